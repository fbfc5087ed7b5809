//! Where a rejected row comes from, and what is wrong with it.

use super::bind::BoundKeys;
use super::block::{Dated, Marks, hint};
use super::columns::Columns;
use super::days::{FIRST, LAST, NEVER};
use super::moment;
use super::names::BAD;
use super::reject::Reason;

/// Says of the rows of a batch where they come from.
pub(crate) trait Origin: Sync {
    /// The file or the like.
    fn source(&self) -> String;
    /// The line on which the row begins.
    fn line(&self, row: usize) -> u64;
    /// The heading of a column.
    fn heading(&self, column: &'static str) -> String;
    /// The value as it was read.
    fn value(&self, row: usize, column: &'static str) -> String;
}

/// Rows in memory.
#[derive(Debug)]
pub(crate) struct InMemory<'a> {
    pub(crate) columns: &'a Columns<'a>,
    /// How many rows came before.
    pub(crate) before: u64,
    /// Where they come from.
    pub(crate) label: &'a str,
}

impl Origin for InMemory<'_> {
    fn source(&self) -> String {
        self.label.to_owned()
    }

    fn line(&self, row: usize) -> u64 {
        self.before.saturating_add(row as u64).saturating_add(1)
    }

    fn heading(&self, column: &'static str) -> String {
        column.to_owned()
    }

    fn value(&self, row: usize, column: &'static str) -> String {
        let Columns { body, officer, field, channel, received, due, completed, .. } = self.columns;
        let numbers = |column: &Option<_>| column.as_ref().map_or_else(String::new, |c| super::bind::shown(c, row));
        match column {
            "body" => BoundKeys::shown(body, row),
            "officer" => officer.as_ref().map_or_else(String::new, |c| BoundKeys::shown(c, row)),
            "field" => field.as_ref().map_or_else(String::new, |c| BoundKeys::shown(c, row)),
            "channel" => channel.as_ref().map_or_else(String::new, |c| BoundKeys::shown(c, row)),
            "received" => moment::shown(received, row),
            "due" => moment::shown(due, row),
            "completed" => completed.as_ref().map_or_else(String::new, |c| moment::shown(c, row)),
            "suspended_days" => numbers(&self.columns.suspended_days),
            "supplement_requests" => numbers(&self.columns.supplement_requests),
            "supplement_notices" => numbers(&self.columns.supplement_notices),
            _ => String::new(),
        }
    }
}

/// Why a row found bad is bad, and in which column; `row` is its place in the batch, `i` in the block.
pub(crate) fn fault(
    columns: &Columns<'_>,
    row: usize,
    i: usize,
    marks: &Marks,
    dated: &Dated<'_>,
) -> (Reason, &'static str) {
    let number = |numbers: &[u32]| numbers.get(i).copied().unwrap_or(0);
    let hints = marks.hints(i);
    let in_names = ["body", "officer", "field"].into_iter().enumerate().find(|(i, _)| hints & (hint::NAME << i) != 0);
    if let Some((_, column)) = in_names {
        return (Reason::BadName, column);
    }
    if hints & hint::NO_BODY != 0 {
        return (Reason::MissingBody, "body");
    }
    if let Some(fault) = fault_in_days(columns, row, i, dated) {
        return fault;
    }
    if hints & hint::CHANNEL != 0 {
        return (Reason::BadChannel, "channel");
    }
    let counts = [
        ("suspended_days", &marks.suspended),
        ("supplement_requests", &marks.requests),
        ("supplement_notices", &marks.notices),
    ];
    if let Some((column, _)) = counts.into_iter().find(|(_, numbers)| number(numbers) == BAD) {
        return (Reason::BadNumber, column);
    }
    if hints & hint::SUSPENSION != 0 {
        return (Reason::BadSuspension, "suspended_days");
    }
    (Reason::CompletedBeforeReceived, "completed")
}

/// What is wrong with a day by itself.
fn fault_in_days(columns: &Columns<'_>, row: usize, i: usize, dated: &Dated<'_>) -> Option<(Reason, &'static str)> {
    let day = |days: &[i32]| days.get(i).copied().unwrap_or(0);
    let out = |day: i32| !(FIRST..=LAST).contains(&day);
    let missing = |valid: Option<super::bitmap::Bitmap<'_>>| valid.is_some_and(|v| !v.get(row));
    let (received, due, closed) = (day(dated.received), day(dated.due), day(dated.closed));
    if missing(columns.received.valid) {
        return Some((Reason::MissingReceived, "received"));
    }
    if out(received) {
        return Some((Reason::BadReceived, "received"));
    }
    if missing(columns.due.valid) {
        return Some((Reason::MissingDue, "due"));
    }
    if out(due) {
        return Some((Reason::BadDue, "due"));
    }
    let told = columns.completed.as_ref().is_some_and(|column| !missing(column.valid));
    (told && closed != NEVER && out(closed)).then_some((Reason::BadCompleted, "completed"))
}
