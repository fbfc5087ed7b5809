//! The plainest way to count: one row after the other.

use std::collections::BTreeMap;

use caicach::calendar::from_epoch_days;
use caicach::tally::{Dimension, Group, Grouping, Month, Tally};

use super::rows::{BODIES, FIELDS, Layout, OFFICERS, Row};

#[derive(Debug, Clone, Copy)]
pub struct Terms {
    pub as_of: i32,
    pub start: Option<i32>,
    pub working: bool,
    pub repeat_late: bool,
    pub exclude: bool,
}

/// What a row counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Rejected,
    After,
    Before,
    Excluded,
    Counted { carried: bool, outcome: &'static str, closed: Option<i32> },
}

pub fn is_weekend(day: i32) -> bool {
    // 1970-01-01 was a Thursday.
    matches!((day + 3).rem_euclid(7), 5 | 6)
}

fn moved(mut day: i32, mut by: u8, working: bool) -> i32 {
    while by > 0 {
        day += 1;
        if !working || !is_weekend(day) {
            by -= 1;
        }
    }
    day
}

fn cut(moment: (i32, i32), stamp: bool) -> (i32, Option<i32>) {
    (moment.0, stamp.then_some(moment.1))
}

/// Whether one moment is after another, as far as both are known.
/// Midnight is no time.
fn after(a: (i32, Option<i32>), b: (i32, Option<i32>)) -> bool {
    a.0 > b.0 || a.0 == b.0 && matches!((a.1, b.1), (Some(x), Some(y)) if x > y && y > 0)
}

pub fn fate(row: &Row, layout: &Layout, terms: &Terms) -> Fate {
    let sane = |m: Option<(i32, i32)>| m.is_none_or(|(day, _)| (-25_567..=84_370).contains(&day));
    let (Some(_), Some(received), Some(due)) = (row.body, row.received, row.due) else { return Fate::Rejected };
    if !sane(row.received) || !sane(row.due) || !sane(row.completed) || row.channel == Some(3) {
        return Fate::Rejected;
    }
    let received = cut(received, layout.stamps[0]);
    let mut due = cut(due, layout.stamps[1]);
    let mut completed = row.completed.map(|m| cut(m, layout.stamps[2]));
    due.0 = moved(due.0, row.suspended.unwrap_or(0), terms.working);
    if completed.is_some_and(|c| after(received, c)) {
        return Fate::Rejected;
    }
    let cancelled = row.cancelled == Some(true);
    if cancelled && completed.is_none() {
        completed = Some((received.0, None));
    }
    if received.0 > terms.as_of {
        return Fate::After;
    }
    let start = terms.start.unwrap_or(i32::MIN);
    if completed.is_some_and(|c| c.0 < start) {
        return Fate::Before;
    }
    let closed = completed.filter(|c| c.0 <= terms.as_of);
    let repeat = terms.repeat_late && row.requests.unwrap_or(0) > 1;
    let outcome = match closed {
        None if repeat || due.0 < terms.as_of => "overdue",
        None => "in_time",
        Some(_) if cancelled && terms.exclude => return Fate::Excluded,
        Some(_) if cancelled => "cancelled",
        Some(c) if repeat || after(c, due) => "late",
        Some(c) if c.0 < due.0 => "early",
        Some(_) => "on_time",
    };
    Fate::Counted { carried: received.0 < start, outcome, closed: closed.map(|c| c.0) }
}

type Names = (Option<&'static str>, Option<&'static str>, Option<&'static str>, Option<(i32, u8)>);
pub type Sums = BTreeMap<Names, BTreeMap<&'static str, u64>>;

fn month(day: i32) -> (i32, u8) {
    let month = Month::of(from_epoch_days(day).expect("a date"));
    (month.year(), month.number())
}

/// Every count of every group; months only for what has one.
pub fn count(rows: &[Row], layout: &Layout, terms: &Terms, grouping: Grouping) -> Sums {
    let mut sums = Sums::new();
    for row in rows {
        let Fate::Counted { carried, outcome, closed } = fate(row, layout, terms) else { continue };
        let name =
            |n: Option<u8>, list: &[&'static str], d| n.map(|n| list[usize::from(n)]).filter(|_| grouping.has(d));
        let key = |day: i32| {
            (
                name(row.body, &BODIES, Dimension::Body),
                name(row.officer, &OFFICERS, Dimension::Officer),
                name(row.field, &FIELDS, Dimension::Field),
                grouping.has(Dimension::Month).then(|| month(day)),
            )
        };
        let mut add = |day: i32, what: &'static str, count: u64| {
            if count > 0 {
                *sums.entry(key(day)).or_default().entry(what).or_default() += count;
            }
        };
        let received = row.received.map_or(0, |r| r.0).max(terms.start.unwrap_or(i32::MIN));
        let channel = ["online", "direct", "postal"];
        add(received, if carried { "carried" } else { row.channel.map_or("unknown", |c| channel[usize::from(c)]) }, 1);
        let day = closed.unwrap_or(terms.as_of);
        add(day, outcome, 1);
        add(day, "satisfied", u64::from(row.satisfied == Some(true)));
        add(day, "dissatisfied", u64::from(row.satisfied == Some(false)));
        add(day, "supplemented", u64::from(row.requests.unwrap_or(0) > 0));
        add(day, "requests", u64::from(row.requests.unwrap_or(0)));
        add(day, "notices", u64::from(row.notices.unwrap_or(0)));
        add(day, "apologies", u64::from(row.apology == Some(true)));
        add(day, "apologies_late", u64::from(row.apology == Some(true) && outcome == "late"));
    }
    sums
}

/// The same of a tally. With months, what is carried from month to month is left out, and so is what is pending at the
/// end of earlier months: see [`chain`].
pub fn of_tally(tally: &Tally, grouping: Grouping) -> Sums {
    let mut sums = Sums::new();
    let by_month = grouping.has(Dimension::Month);
    let groups = tally.groups(grouping).expect("a grouping kept");
    let mut before: Option<&Group<'_>> = None;
    let known =
        |list: &[&'static str], name: Option<&str>| name.map(|n| *list.iter().find(|k| **k == n).expect("a name"));
    for group in &groups {
        let same = |a: &Group<'_>, b: &Group<'_>| (a.body, a.officer, a.field) == (b.body, b.officer, b.field);
        let last = before.filter(|b| same(b, group)).map_or(0, |b| b.counts.pending.total);
        before = Some(group);
        let c = &group.counts;
        assert_eq!(c.received.total(), c.resolved.total() + c.pending.total + c.cancelled, "{group:?}");
        let key = (
            known(&BODIES, group.body),
            known(&OFFICERS, group.officer),
            known(&FIELDS, group.field),
            group.month.map(|m| (m.year(), m.number())),
        );
        for (what, count) in [
            ("online", c.received.online),
            ("direct", c.received.direct),
            ("postal", c.received.postal),
            ("unknown", c.received.unknown_channel),
            ("carried", if by_month { c.received.carried_over - last } else { c.received.carried_over }),
            ("early", c.resolved.early),
            ("on_time", c.resolved.on_time),
            ("late", c.resolved.late),
            ("in_time", c.pending.in_time.unwrap_or(0)),
            ("overdue", c.pending.overdue.unwrap_or(0)),
            ("cancelled", c.cancelled),
            ("satisfied", c.satisfied),
            ("dissatisfied", c.dissatisfied),
            ("supplemented", c.supplemented),
            ("requests", c.supplement_requests),
            ("notices", c.supplement_notices),
            ("apologies", c.apologies),
            ("apologies_late", c.apologies_late),
        ] {
            if count > 0 {
                sums.entry(key).or_default().insert(what, count);
            }
        }
    }
    sums
}
