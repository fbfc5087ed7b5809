//! Done by a date, in given months of every year, or within so many days of an event.
//!
//! - **By a date**: the first record of the activity counts. A body that ends before the date is judged to its last day.
//! - **In months of every year**: a record dated in one of the months. One dated outside them says nothing of the window:
//!   it may belong to another year.
//! - **Within days of an event**: each change in a person's record (`record_update`), whose own record says when it was
//!   entered; of any other activity each trigger of the task in whose clause the rule stands. The day of the event is not
//!   counted.

use std::sync::Arc;

use time::Date;

use super::case::{Case, Prepared};
use super::finding::{Finding, Headroom, HeadroomValue, Measured, Required, Subject, Unit, Verdict};
use super::subjects::{Named, bodies, covered, span, told};
use super::{Judgement, judged};
use crate::calendar::Period;
use crate::facts::TableName;
use crate::measure::ledger::events::{Done, Update, within};
use crate::measure::missing::{Lacking, Missing};
use crate::measure::note::DataNote;
use crate::measure::schedule;
use crate::measure::ways::{UpdateDays, Ways};
use crate::plan::kind::{Deadline, SubjectKind};

/// What is known of one thing that falls due.
struct Due<'d> {
    by: Date,
    required: Required,
    done: Option<(Date, Option<&'d Arc<str>>)>,
    complete: bool,
    missing: Missing,
}

pub(super) fn findings(case: &Case, rule: &Prepared<'_>, deadline: &Deadline, out: &mut Vec<Finding>) {
    match (deadline.within_days, rule.rule.head().subject.kind) {
        (Some(days), SubjectKind::Person) => updates(case, rule, days, out),
        (Some(days), _) => after_triggers(case, rule, deadline, days, out),
        (None, _) => match deadline.by {
            Some(by) => by_date(case, rule, deadline, by, out),
            None => months(case, rule, deadline, out),
        },
    }
}

/// Done on or before: met. Later, or not at all where everything is listed: not met.
fn judge(as_of: Date, due: Due<'_>) -> Judgement<'static> {
    let verdict = match due.done {
        Some((done, _)) if done <= due.by => Verdict::Met,
        Some(_) => Verdict::NotMet,
        None if as_of <= due.by => Verdict::Pending,
        None if due.complete => Verdict::NotMet,
        None => Verdict::Undetermined,
    };
    let mut judgement = Judgement::bare(verdict);
    judgement.due = Some(due.by);
    judgement.required = Some(due.required);
    if let Some((done, source)) = due.done {
        judgement.measured = Some(Measured::Done(done));
        judgement.sources.extend(source.cloned());
        let days = i128::from(due.by.to_julian_day()).saturating_sub(i128::from(done.to_julian_day()));
        // To spare: one more day than could be lost. Late: the days it is late.
        let value = if days >= 0 { days.saturating_add(1) } else { days.saturating_neg() };
        judgement.headroom = Some(Headroom { unit: Unit::Days, value: HeadroomValue::Count(value) });
    }
    if verdict == Verdict::Undetermined {
        judgement.missing.push(due.missing);
    }
    judgement
}

fn activity(deadline: &Deadline, period: Period) -> Missing {
    Missing { what: Lacking::Activities, field: Some(deadline.activity.as_str().into()), period }
}

fn first(done: &[Done]) -> Option<(Date, Option<&Arc<str>>)> {
    done.first().map(|done| (done.date, done.source.as_ref()))
}

fn by_date(case: &Case, rule: &Prepared<'_>, deadline: &Deadline, by: Date, out: &mut Vec<Finding>) {
    let from = deadline.from.unwrap_or(case.plan().document().valid_from).min(by);
    let after = Period::new(deadline.from.unwrap_or(Date::MIN), Date::MAX);
    let (Ok(whole), Ok(after)) = (Period::new(from, by), after) else { return };
    let ledger = case.ledger();
    for named in bodies(case, rule) {
        let Some(period) = whole.intersection(&named.life) else { continue };
        let all = ledger.events.of(named.body, &deadline.activity);
        let complete = ledger.complete_over(TableName::Activities, Some(&deadline.activity), Some(named.body));
        let judge = |_: &Ways| {
            let due = Due {
                by: period.to(),
                required: Required::By(period.to()),
                done: first(within(all, &after)),
                complete: covered(&complete, &period),
                missing: activity(deadline, period),
            };
            Some(judge(case.as_of(), due))
        };
        judged(case, rule, named.subject.clone(), period, judge, out);
    }
}

/// In the months of each year in which a body is there.
fn months(case: &Case, rule: &Prepared<'_>, deadline: &Deadline, out: &mut Vec<Finding>) {
    let Some(span) = span(case, deadline.from.map_or(i32::MIN, Date::year).max(case.first_year())) else { return };
    let told = told(case, rule, &span);
    for named in bodies(case, rule) {
        let years = told.of(named.body).iter();
        years.for_each(|year| months_of(case, rule, deadline, &named, year, out));
    }
}

/// In those of one year.
fn months_of(
    case: &Case,
    rule: &Prepared<'_>,
    deadline: &Deadline,
    named: &Named,
    year: &Period,
    out: &mut Vec<Finding>,
) {
    let ledger = case.ledger();
    let all = ledger.events.of(named.body, &deadline.activity);
    let complete = ledger.complete_over(TableName::Activities, Some(&deadline.activity), Some(named.body));
    let month = |month: &u32| Period::month(year.from().year(), u8::try_from(*month).ok()?)?.intersection(&named.life);
    let parts: Vec<Period> = deadline.months.iter().filter_map(month).collect();
    let (Some(opens), Some(by)) = (parts.first().map(Period::from), parts.last().map(Period::to)) else { return };
    let (Ok(window), Some(period)) = (Period::new(opens, by), year.intersection(&named.life)) else { return };
    let judge = |_: &Ways| {
        let due = Due {
            by,
            required: Required::Within(window),
            done: parts.iter().find_map(|part| first(within(all, part))),
            complete: parts.iter().all(|part| covered(&complete, part)),
            missing: activity(deadline, window),
        };
        Some(judge(case.as_of(), due))
    };
    judged(case, rule, named.subject.clone(), period, judge, out);
}

/// The last day for something of a day, by reading `update_days`.
fn last_day(case: &Case, event: Date, days: u32, ways: &Ways) -> Option<Date> {
    schedule::days_after(case.plan(), event, days, ways.known().update_days)
}

/// Each change in a person's record.
fn updates(case: &Case, rule: &Prepared<'_>, days: u32, out: &mut Vec<Finding>) {
    let ledger = case.ledger();
    for update in &ledger.events.updates {
        let id: Arc<str> = (&update.person).into();
        let subject = Arc::new(Subject { kind: SubjectKind::Person, name: Arc::clone(&id), id });
        let complete = |period: &Period| ledger.complete(TableName::RecordUpdates, None, update.body, period);
        let judge =
            |ways: &Ways| update_due(case, update, last_day(case, update.changed, days, ways)?, ways, &complete);
        judged(case, rule, subject, Period::day(update.changed), judge, out);
    }
}

fn update_due(
    case: &Case,
    update: &Update,
    by: Date,
    ways: &Ways,
    complete: &dyn Fn(&Period) -> bool,
) -> Option<Judgement<'static>> {
    let time = Period::new(update.changed, by).ok()?;
    let due = Due {
        by,
        required: Required::By(by),
        done: update.recorded.map(|recorded| (recorded, update.source.as_ref())),
        complete: complete(&time),
        missing: Missing { what: Lacking::RecordUpdates, field: None, period: Period::day(update.changed) },
    };
    let mut judgement = judge(case.as_of(), due);
    let working = ways.known().update_days == UpdateDays::Working;
    if working && case.plan().calendar().is_some_and(|calendar| calendar.is_estimated(by.year())) {
        judgement.notes.push(DataNote::EstimatedDaysOff { year: by.year() });
    }
    Some(judgement)
}

/// Each event of the task in whose clause the rule stands.
fn after_triggers(case: &Case, rule: &Prepared<'_>, deadline: &Deadline, days: u32, out: &mut Vec<Finding>) {
    let Some(task) = rule.rule.head().clause.strip_prefix("annex ") else { return };
    let ledger = case.ledger();
    for named in bodies(case, rule) {
        let all = ledger.events.of(named.body, &deadline.activity);
        for event in ledger.events.triggers(task).iter().filter(|event| named.life.contains(event.date)) {
            let Ok(after) = Period::new(event.date, Date::MAX) else { continue };
            let judge = |ways: &Ways| {
                let by = last_day(case, event.date, days, ways)?;
                let time = Period::new(event.date, by).ok()?;
                let kind = Some(deadline.activity.as_str());
                let due = Due {
                    by,
                    required: Required::By(by),
                    done: first(within(all, &after)),
                    complete: ledger.complete(TableName::Activities, kind, Some(named.body), &time),
                    missing: activity(deadline, time),
                };
                Some(judge(case.as_of(), due))
            };
            judged(case, rule, named.subject.clone(), Period::day(event.date), judge, out);
        }
    }
}
