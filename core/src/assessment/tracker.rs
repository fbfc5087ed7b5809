//! The tracker of tasks: where each task of the annex stands on the day of assessment.
//!
//! A status speaks of one time that the task falls due: the one that runs, or the last one that is over and not done.
//! - `waiting_for_trigger`: the event it waits for has not been recorded.
//! - `not_due`: its time has not begun.
//! - `due`: it is to be done now, and no report is dated in this time.
//! - `in_progress`: a report is, but none says that all of it is done.
//! - `done`, `done_late`: it is done for this time.
//! - `overdue`: its last day is past, and no report says that it is done. This is what the facts say, not a verdict: rule
//!   `tasks_on_schedule` judges, and concludes nothing from silence.
//!
//! A continuous task (thường xuyên) is `due` until there is a report on it, `in_progress` from then on, and never overdue
//! or done. A task that a trigger started and that has no last day is never overdue either.

use time::Date;

use crate::facts::TaskStatusReport;
use crate::input::choice;
use crate::input::{Members, Object, object};
use crate::measure::ledger::Ledger;
use crate::measure::schedule::{self, Occurrence};
use crate::order::Set;
use crate::plan::Plan;
use crate::plan::ids::TaskId;
use crate::plan::registry::BodyIx;
use crate::plan::task::{DutyRole, ScheduleKind, Task};
use crate::rule::case::Case;

choice! {
    /// Where a task stands.
    pub enum TaskStatus {
        /// The event it waits for has not happened (chờ sự kiện).
        WaitingForTrigger = "waiting_for_trigger",
        /// Its time has not begun (chưa đến kỳ).
        NotDue = "not_due",
        /// To be done now (cần thực hiện).
        Due = "due",
        /// Begun (đang thực hiện).
        InProgress = "in_progress",
        /// Done in time (hoàn thành).
        Done = "done",
        /// Done after its last day (hoàn thành trễ).
        DoneLate = "done_late",
        /// Not reported done, and its last day is past (quá hạn).
        Overdue = "overdue",
    }
}

/// Who still owes a report on a task (ai còn nợ).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The body or group of bodies, by id.
    pub body: String,
    /// Its role.
    pub role: DutyRole,
    /// Of a group, how many of its members in force have not reported their part.
    pub members: Option<u32>,
}

/// Where one task stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskState {
    task: TaskId,
    schedule: ScheduleKind,
    status: TaskStatus,
    from: Option<Date>,
    due: Option<Date>,
    done: Option<Date>,
    next_due: Option<Date>,
    days_overdue: Option<u32>,
    missed: u32,
    lead: Vec<String>,
    reports: u32,
    last_report: Option<Date>,
    owes: Vec<Owed>,
}

impl TaskState {
    /// The task.
    pub fn task(&self) -> &TaskId {
        &self.task
    }

    /// How it is timed.
    pub fn schedule(&self) -> ScheduleKind {
        self.schedule
    }

    /// Where it stands.
    pub fn status(&self) -> TaskStatus {
        self.status
    }

    /// The first day of the time that the status speaks of.
    pub fn from(&self) -> Option<Date> {
        self.from
    }

    /// The last day of that time, where it has one.
    pub fn due(&self) -> Option<Date> {
        self.due
    }

    /// The day on which it was done.
    pub fn done(&self) -> Option<Date> {
        self.done
    }

    /// The first day, from the day of assessment on, on which something of it falls due that is not done.
    pub fn next_due(&self) -> Option<Date> {
        self.next_due
    }

    /// How many days it is overdue.
    pub fn days_overdue(&self) -> Option<u32> {
        self.days_overdue
    }

    /// How many times it fell due and was never reported done, the one that the status speaks of included.
    pub fn missed(&self) -> u32 {
        self.missed
    }

    /// The bodies or groups that lead it, by id.
    pub fn lead(&self) -> &[String] {
        &self.lead
    }

    /// How many reports there are on it.
    pub fn reports(&self) -> u32 {
        self.reports
    }

    /// The day of the last of them.
    pub fn last_report(&self) -> Option<Date> {
        self.last_report
    }

    /// Who still owes a report for the time that the status speaks of; nobody where nothing is to be done.
    pub fn owes(&self) -> &[Owed] {
        &self.owes
    }
}

object!(TaskState, Reports, Owed);

impl Object for TaskState {
    fn members(&self, to: &mut Members<'_>) {
        to.add("task", &self.task);
        to.add("schedule", &self.schedule);
        to.add("status", &self.status);
        for (key, day) in [("from", self.from), ("due", self.due), ("done", self.done), ("next_due", self.next_due)] {
            if let Some(day) = day {
                to.add(key, &day);
            }
        }
        if let Some(days) = self.days_overdue {
            to.add("days_overdue", &days);
        }
        if self.missed > 0 {
            to.add("missed", &self.missed);
        }
        to.add("lead", &self.lead);
        to.add("reports", &Reports(self.reports, self.last_report));
        to.add("owes", &self.owes);
    }
}

struct Reports(u32, Option<Date>);

impl Object for Reports {
    fn members(&self, to: &mut Members<'_>) {
        to.add("count", &self.0);
        if let Some(last) = self.1 {
            to.add("last", &last);
        }
    }
}

impl Object for Owed {
    fn members(&self, to: &mut Members<'_>) {
        to.add("body", &self.body);
        to.add("role", &self.role);
        if let Some(members) = self.members {
            to.add("members", &members);
        }
    }
}

/// Every task, in the order of the annex.
pub(super) fn tasks(case: &Case) -> Vec<TaskState> {
    case.plan().tasks().iter().map(|task| state(case, task)).collect()
}

/// What a status speaks of.
struct Standing {
    status: TaskStatus,
    of: Option<Occurrence>,
    next_due: Option<Date>,
    missed: usize,
}

fn state(case: &Case, task: &Task) -> TaskState {
    let ledger = case.ledger();
    let reports = ledger.events.reports(task.id.as_str());
    let (occurrences, next) = schedule::course(case.plan(), ledger, task, case.ways().known().update_days);
    let as_of = case.as_of();
    let standing = match task.schedule.kind {
        ScheduleKind::Continuous => {
            let status = if reports.is_empty() { TaskStatus::Due } else { TaskStatus::InProgress };
            Standing { status, of: None, next_due: None, missed: 0 }
        }
        ScheduleKind::Within | ScheduleKind::OnTrigger => after_events(&occurrences, as_of),
        _ => in_periods(&occurrences, next, as_of),
    };
    let open = matches!(standing.status, TaskStatus::Due | TaskStatus::InProgress | TaskStatus::Overdue);
    let from = standing.of.map(|of| of.from);
    let due = standing.of.and_then(|of| of.due);
    let overdue = due.filter(|_| standing.status == TaskStatus::Overdue);
    TaskState {
        task: task.id.clone(),
        schedule: task.schedule.kind,
        status: standing.status,
        from,
        due,
        done: standing.of.and_then(|of| of.done),
        next_due: standing.next_due,
        days_overdue: overdue
            .and_then(|due| u32::try_from(as_of.to_julian_day().saturating_sub(due.to_julian_day())).ok()),
        missed: u32::try_from(standing.missed).unwrap_or(u32::MAX),
        lead: named(task, DutyRole::Lead).map(str::to_owned).collect(),
        reports: u32::try_from(reports.len()).unwrap_or(u32::MAX),
        last_report: reports.last().map(|report| report.date),
        owes: if open { owes(case.plan(), ledger, task, from) } else { Vec::new() },
    }
}

/// The bodies and groups of a role, each once.
fn named(task: &Task, role: DutyRole) -> impl Iterator<Item = &str> {
    let all: Set<&str> = task
        .duties
        .iter()
        .filter(|duty| duty.role == role)
        .flat_map(|duty| duty.bodies.iter().map(String::as_str))
        .collect();
    all.into_iter()
}

fn is_missed(one: &Occurrence, as_of: Date) -> bool {
    one.done.is_none() && one.due.is_some_and(|due| due < as_of)
}

fn done(one: &Occurrence) -> TaskStatus {
    if one.in_time() { TaskStatus::Done } else { TaskStatus::DoneLate }
}

fn running(one: &Occurrence) -> TaskStatus {
    if one.started { TaskStatus::InProgress } else { TaskStatus::Due }
}

/// Tasks with days of their own: the period that runs, unless it is not done and the one before it is overdue.
fn in_periods(all: &[Occurrence], next: Option<Date>, as_of: Date) -> Standing {
    let over = |one: &&Occurrence| one.due.is_some_and(|due| due < as_of);
    let current = all.iter().rev().find(|one| !over(one));
    let last = all.iter().rev().find(over);
    let (status, of) = match (current, last) {
        (Some(current), _) if current.done.is_some() => (done(current), Some(current)),
        (_, Some(last)) if last.done.is_none() => (TaskStatus::Overdue, Some(last)),
        (Some(current), _) => (running(current), Some(current)),
        (None, Some(last)) => (done(last), Some(last)),
        (None, None) => (TaskStatus::NotDue, None),
    };
    let open = current.filter(|one| one.done.is_none()).and_then(|one| one.due);
    Standing {
        status,
        of: of.copied(),
        next_due: open.or(next),
        missed: all.iter().filter(|one| is_missed(one, as_of)).count(),
    }
}

/// Tasks that events start, several of which may be open at once: the one that is overdue longest, then the one that
/// falls due first, then the last one done.
fn after_events(all: &[Occurrence], as_of: Date) -> Standing {
    let missed = || all.iter().filter(|one| is_missed(one, as_of));
    let open = || all.iter().filter(|one| one.done.is_none() && !is_missed(one, as_of));
    let earliest = missed().min_by_key(|one| one.due);
    let first_open = open().min_by_key(|one| one.due.unwrap_or(Date::MAX));
    let (status, of) = match (earliest, first_open, all.last()) {
        (Some(one), ..) => (TaskStatus::Overdue, Some(one)),
        (None, Some(one), _) => (running(one), Some(one)),
        (None, None, Some(one)) => (done(one), Some(one)),
        (None, None, None) => (TaskStatus::WaitingForTrigger, None),
    };
    Standing { status, of: of.copied(), next_due: open().filter_map(|one| one.due).min(), missed: missed().count() }
}

/// Those with a duty whose own part has not been reported done since a day.
fn owes(plan: &Plan, ledger: &Ledger, task: &Task, since: Option<Date>) -> Vec<Owed> {
    let as_of = ledger.as_of();
    let since = since.unwrap_or(plan.document().valid_from);
    let reports = ledger.events.reports(task.id.as_str());
    let has_reported = |body: BodyIx| {
        let own =
            |report: &&crate::measure::ledger::events::Reported| report.body == Some(body) && report.date >= since;
        reports.iter().filter(own).any(|report| report.status == TaskStatusReport::Completed)
    };
    let in_force = |body: &BodyIx| ledger.registry.get(*body).is_some_and(|body| body.in_force(as_of, as_of));
    let mut all = Vec::new();
    for role in [DutyRole::Lead, DutyRole::CarryOut, DutyRole::Coordinate] {
        for name in named(task, role) {
            let members = match ledger.registry.by_id(name) {
                Some(body) if in_force(&body) && !has_reported(body) => None,
                Some(_) => continue,
                None => {
                    let members = ledger.registry.group(name).into_iter().flatten();
                    let missing = members.filter(in_force).filter(|body| !has_reported(*body)).count();
                    match u32::try_from(missing) {
                        Ok(missing) if missing > 0 => Some(missing),
                        _ => continue,
                    }
                }
            };
            all.push(Owed { body: name.to_owned(), role, members });
        }
    }
    all
}

#[cfg(test)]
#[path = "tracker_tests.rs"]
mod tests;
