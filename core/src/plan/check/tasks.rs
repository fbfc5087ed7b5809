//! Tasks: group, duties, schedule.

use rust_decimal::Decimal;

use super::known::Known;
use super::report::Report;
use super::{ids, number};
use crate::calendar::iso;
use crate::input::node::clip;
use crate::input::{Path, ProblemCode};
use crate::plan::task::{Duty, Schedule, ScheduleKind, Task};

pub(super) fn check(known: &Known<'_>, report: &mut Report<'_>) {
    let tasks = Path::Root.key("task");
    for (i, task) in known.plan.task.iter().enumerate() {
        one_task(known, report, &tasks.index(i), task);
    }
}

fn one_task(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, task: &Task) {
    if !known.groups.contains(task.group.as_str()) {
        report.unknown(&at.key("group"), "group", task.group.as_str(), known.groups.iter().copied());
    }
    if let Some(other) = &task.duties_printed_in
        && !known.has_task(other.as_str())
    {
        report.unknown(&at.key("duties_printed_in"), "task", other.as_str(), known.task_ids());
    }
    let duties = at.key("duties");
    for (i, one) in task.duties.iter().enumerate() {
        duty(known, report, &duties.index(i), one);
    }
    let schedule_at = at.key("schedule");
    schedule_fields(report, &schedule_at, &task.schedule);
    schedule_values(report, &schedule_at, &task.schedule);
    schedule_words(report, &schedule_at, &task.schedule);
}

fn duty(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, duty: &Duty) {
    let bodies = at.key("bodies");
    if duty.bodies.is_empty() {
        report.missing(&bodies, "a duty needs the bodies whose it is");
    }
    for (i, id) in duty.bodies.iter().enumerate() {
        if !known.bodies.contains_key(id.as_str()) && !known.body_groups.contains(id.as_str()) {
            let ids = known.bodies.keys().chain(&known.body_groups).copied();
            report.unknown(&bodies.index(i), "body or group of bodies", id, ids);
        }
    }
    ids::list(report, &bodies, duty.bodies.iter().map(String::as_str));
    if let Some(rule) = &duty.rule
        && !known.rules.contains(rule.as_str())
    {
        report.unknown(&at.key("rule"), "rule", rule.as_str(), known.rules.iter().copied());
    }
}

/// The fields that a kind of schedule needs, and those it may have.
fn fields_of(kind: ScheduleKind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        ScheduleKind::Continuous => (&[], &[]),
        ScheduleKind::By => (&["date"], &[]),
        ScheduleKind::Annual => (&[], &["months"]),
        ScheduleKind::AnnualAtLeast => (&["n"], &[]),
        ScheduleKind::Period => (&["from", "to"], &[]),
        ScheduleKind::Phase => (&["years"], &[]),
        ScheduleKind::Within => (&["days", "of"], &[]),
        ScheduleKind::OnTrigger => (&["event"], &[]),
    }
}

fn schedule_fields(report: &mut Report<'_>, at: &Path<'_>, schedule: &Schedule) {
    let given = [
        ("date", schedule.date.is_some()),
        ("months", !schedule.months.is_empty()),
        ("n", schedule.n.is_some()),
        ("from", schedule.from.is_some()),
        ("to", schedule.to.is_some()),
        ("years", schedule.years.is_some()),
        ("days", schedule.days.is_some()),
        ("of", schedule.of.is_some()),
        ("event", schedule.event.is_some()),
    ];
    let (needed, allowed) = fields_of(schedule.kind);
    for (name, given) in given {
        if given && !needed.contains(&name) && !allowed.contains(&name) {
            let message = format!("a schedule of kind `{}` has no `{name}`", schedule.kind);
            report.inconsistent(&at.key(name), message);
        } else if !given && needed.contains(&name) {
            report.missing(&at.key(name), format!("a schedule of kind `{}` needs `{name}`", schedule.kind));
        }
    }
}

fn schedule_values(report: &mut Report<'_>, at: &Path<'_>, schedule: &Schedule) {
    months(report, &at.key("months"), &schedule.months);
    for (name, value) in [("n", schedule.n), ("years", schedule.years), ("days", schedule.days)] {
        if value == Some(0) {
            report.out_of_range(&at.key(name), "expected at least 1, found 0");
        }
    }
    if let (Some(from), Some(to)) = (schedule.from, schedule.to)
        && from > to
    {
        report.inconsistent(&at.key("to"), format!("`from` {} is after `to` {}", iso(from), iso(to)));
    }
}

/// Months are 1 to 12, each once, in order.
pub(super) fn months(report: &mut Report<'_>, at: &Path<'_>, months: &[u32]) {
    let mut last = 0;
    for (i, month) in months.iter().enumerate() {
        if !(1..=12).contains(month) {
            report.out_of_range(&at.index(i), format!("expected a month from 1 to 12, found {month}"));
        } else if *month <= last {
            report.inconsistent(&at.index(i), "the months must rise");
        }
        last = last.max(*month);
    }
}

/// The numbers of a schedule must be in its words, as those of a rule in its quote.
fn schedule_words(report: &mut Report<'_>, at: &Path<'_>, schedule: &Schedule) {
    let mut said = None;
    let mut check = |at: &Path<'_>, value: Decimal| {
        let said = said.get_or_insert_with(|| number::numbers(&schedule.text));
        if !said.contains(&value) && !report.has(at) {
            let words = clip(&schedule.text);
            let message = format!("the number {value} is not in the words of the schedule, `{words}`");
            report.add(ProblemCode::QuoteMismatch, at, message);
        }
    };
    let months = at.key("months");
    for (i, month) in schedule.months.iter().enumerate() {
        check(&months.index(i), Decimal::from(*month));
    }
    let numbers = [("n", schedule.n), ("years", schedule.years), ("days", schedule.days)];
    let numbers = numbers.map(|(name, number)| (name, number.map(Decimal::from)));
    let dates = [("date", schedule.date), ("from", schedule.from), ("to", schedule.to)];
    let dates = dates.map(|(name, date)| (name, date.map(|date| Decimal::from(date.year()))));
    for (name, value) in numbers.into_iter().chain(dates) {
        value.into_iter().for_each(|value| check(&at.key(name), value));
    }
}
