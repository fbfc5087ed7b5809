//! The schedules of tasks: the periods in which they fall due, and which of those are done.
//!
//! - `by`, `period`: one period, which ends on the day named; a report of completion after it makes it done late. What is
//!   due by a day may be done before its time begins, what is to be done from one day to another may not.
//! - `annual`, `annual_at_least`, `phase`: one period after the other. A report of completion belongs to the period in
//!   which it is dated; one dated in no period, or in a period that is done already, makes good the latest earlier one
//!   that is not.
//! - `within`: one for each event (a trigger of the task, or a change in a person's record), with a last day.
//! - `on_trigger`: one for each trigger, without a last day.
//! - `continuous`: none.
//!
//! A task is done when a report says so that is of the whole task or of its lead. Where it has no single lead, it is done
//! when every body that leads it, or carries it out where none does, has reported its own part.

use time::Date;

use super::ledger::Ledger;
use super::ledger::events::Reported;
use super::ways::UpdateDays;
use crate::calendar::{Period, Step};
use crate::facts::TaskStatusReport;
use crate::order::{InOrder, Set};
use crate::plan::Plan;
use crate::plan::registry::{BodyIx, Registry};
use crate::plan::task::{DutyRole, Schedule, ScheduleKind, Task};

/// The event of a `within` schedule that the facts record by itself.
const RECORD_CHANGE: &str = "record_change";

/// One time that a task falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// The first day on which it can be done.
    pub(crate) from: Date,
    /// The last day, where it has one.
    pub(crate) due: Option<Date>,
    /// When it was done.
    pub(crate) done: Option<Date>,
    /// Whether any report is dated in it.
    pub(crate) started: bool,
}

impl Occurrence {
    fn open(from: Date, due: Option<Date>) -> Occurrence {
        Occurrence { from, due, done: None, started: false }
    }

    /// Whether it is done, and in time.
    pub(crate) fn in_time(&self) -> bool {
        self.done.is_some_and(|done| self.due.is_none_or(|due| done <= due))
    }
}

/// The last day for something that happened on `event`, which is not counted itself.
pub(crate) fn days_after(plan: &Plan, event: Date, days: u32, way: UpdateDays) -> Option<Date> {
    if way == UpdateDays::Calendar {
        return event.checked_add(time::Duration::days(i64::from(days)));
    }
    let calendar = plan.calendar()?;
    calendar.add_working_days(event, days).or_else(|| {
        // Years whose holidays are not known: every weekday is worked.
        let later = std::iter::successors(Some(event), |day| day.next_day());
        let mut worked = later.filter(|day| calendar.is_working(*day));
        worked.nth(usize::try_from(days).ok()?)
    })
}

/// The periods of a schedule with days of their own that begin by `until`, and the one after them.
pub(crate) fn windows(plan: &Plan, schedule: &Schedule, until: Date) -> Vec<Period> {
    let document = plan.document();
    let first = document.valid_from.year();
    let last = document.valid_to;
    let once = |from: Option<Date>, to: Option<Date>| {
        let to = to?;
        Period::new(from.or_else(|| Some(Period::year(first)?.from()))?.min(to), to).ok()
    };
    let of_year = |year: i32| {
        let months: Vec<u8> = schedule.months.iter().filter_map(|month| u8::try_from(*month).ok()).collect();
        match (months.first(), months.last()) {
            (Some(opens), Some(closes)) => {
                Period::new(Period::month(year, *opens)?.from(), Period::month(year, *closes)?.to()).ok()
            }
            _ => Period::year(year),
        }
    };
    let mut all: Vec<Period> = match schedule.kind {
        ScheduleKind::By => once(None, schedule.date).into_iter().collect(),
        ScheduleKind::Period => once(schedule.from, schedule.to).into_iter().collect(),
        ScheduleKind::Annual | ScheduleKind::AnnualAtLeast => {
            (first..=until.year().saturating_add(1)).filter_map(of_year).collect()
        }
        ScheduleKind::Phase => phases(document.valid_from, schedule.years.unwrap_or(1), until),
        ScheduleKind::Continuous | ScheduleKind::Within | ScheduleKind::OnTrigger => Vec::new(),
    };
    all.retain(|window| last.is_none_or(|last| window.from() <= last));
    all
}

/// Phases of five years are those of state planning; others are counted from the plan's first year.
fn phases(from: Date, years: u32, until: Date) -> Vec<Period> {
    let length = i32::try_from(years).unwrap_or(i32::MAX);
    let first = if length == 5 {
        Step::Phase.holding(from).map_or(from.year(), |phase| phase.from().year())
    } else {
        from.year()
    };
    let phase = |year: &i32| Period::years(*year, year.saturating_add(length).saturating_sub(1));
    let starts = std::iter::successors(Some(first), |year| year.checked_add(length));
    let mut all = Vec::new();
    for phase in starts.map_while(|year| phase(&year)) {
        all.push(phase);
        if phase.from() > until {
            break;
        }
    }
    all
}

/// The bodies of a task's duties of one role, groups in their members.
fn holders(registry: &Registry, task: &Task, role: DutyRole) -> Set<BodyIx> {
    let named = task.duties.iter().filter(|duty| duty.role == role).flat_map(|duty| &duty.bodies);
    let mut all = Set::new();
    for name in named {
        match registry.by_id(name) {
            Some(body) => {
                all.insert(body);
            }
            None => all.extend(registry.group(name).into_iter().flatten()),
        }
    }
    all
}

/// Who must have reported for the task to be done: its leads; without any, those that carry it out.
fn responsible(registry: &Registry, task: &Task) -> Set<BodyIx> {
    let roles = [DutyRole::Lead, DutyRole::CarryOut, DutyRole::Coordinate];
    roles.iter().map(|role| holders(registry, task, *role)).find(|all| !all.is_empty()).unwrap_or_default()
}

/// What the reports on one task say.
struct Reports<'l> {
    all: &'l [Reported],
    /// The days on which the task was reported done as a whole.
    whole: Vec<Date>,
    responsible: Set<BodyIx>,
}

impl<'l> Reports<'l> {
    fn new(ledger: &'l Ledger, task: &Task) -> Reports<'l> {
        let all = ledger.events.reports(task.id.as_str());
        // Where nobody has reported, nobody is asked for.
        let responsible = if all.is_empty() { Set::new() } else { responsible(&ledger.registry, task) };
        let sole = if responsible.len() == 1 { responsible.iter().next().copied() } else { None };
        let completed = all.iter().filter(|report| report.status == TaskStatusReport::Completed);
        let whole = completed.filter(|report| report.body.is_none() || report.body == sole);
        Reports { all, whole: whole.map(|report| report.date).collect(), responsible }
    }

    /// When every body responsible in a time, as far as it has passed, has completed its part by reports of some days.
    fn by_parts(&self, ledger: &Ledger, time: &Period, days: &Period) -> Option<Date> {
        let (from, to) = (time.from(), time.to().min(ledger.as_of()));
        let in_force = |body: &&BodyIx| ledger.registry.get(**body).is_some_and(|body| body.in_force(from, to));
        let mut bodies = self.responsible.iter().filter(in_force).peekable();
        bodies.peek()?;
        bodies.try_fold(Date::MIN, |last, body| {
            let own = |report: &&Reported| {
                report.status == TaskStatusReport::Completed && report.body == Some(*body) && days.contains(report.date)
            };
            Some(last.max(self.all.iter().find(own)?.date))
        })
    }

    fn any_in(&self, window: &Period) -> bool {
        self.all.iter().any(|report| window.contains(report.date))
    }
}

/// Every time that a task has begun to fall due by the day of assessment, in order, each as far as it is done; and the
/// last day of the next one, where it has one.
pub(crate) fn course(plan: &Plan, ledger: &Ledger, task: &Task, way: UpdateDays) -> (Vec<Occurrence>, Option<Date>) {
    let as_of = ledger.as_of();
    let schedule = &task.schedule;
    match schedule.kind {
        ScheduleKind::Within => (within(plan, ledger, task, way), None),
        ScheduleKind::OnTrigger => (triggered(ledger, task, |_| None), None),
        _ => {
            let windows = windows(plan, schedule, as_of);
            let next = windows.iter().find(|window| window.from() > as_of).map(Period::to);
            let begun: Vec<Period> = windows.into_iter().filter(|window| window.from() <= as_of).collect();
            (dated(ledger, task, &begun), next)
        }
    }
}

/// Whether a schedule's event is a change in a person's record.
pub(crate) fn is_record_change(schedule: &Schedule) -> bool {
    schedule.of.as_deref() == Some(RECORD_CHANGE)
}

fn within(plan: &Plan, ledger: &Ledger, task: &Task, way: UpdateDays) -> Vec<Occurrence> {
    let days = task.schedule.days.unwrap_or(0);
    let last_day = |event: Date| days_after(plan, event, days, way);
    if !is_record_change(&task.schedule) {
        return triggered(ledger, task, last_day);
    }
    let occurrence = |update: &super::ledger::events::Update| Occurrence {
        done: update.recorded,
        ..Occurrence::open(update.changed, last_day(update.changed))
    };
    let mut all: Vec<Occurrence> = ledger.events.updates.iter().map(occurrence).collect();
    all.order_by_key(|one| (one.from, one.due, one.done));
    all
}

/// One for each event; the first completion from its day on makes it done.
fn triggered(ledger: &Ledger, task: &Task, last_day: impl Fn(Date) -> Option<Date>) -> Vec<Occurrence> {
    let reports = Reports::new(ledger, task);
    let events = ledger.events.triggers(task.id.as_str());
    let occurrence = |event: &super::ledger::events::Done| {
        let after = Period::new(event.date, Date::MAX).ok();
        let whole = reports.whole.iter().copied().find(|done| *done >= event.date);
        let done = whole.or_else(|| after.and_then(|after| reports.by_parts(ledger, &after, &after)));
        let started = after.is_some_and(|after| reports.any_in(&after));
        Occurrence { done, started, ..Occurrence::open(event.date, last_day(event.date)) }
    };
    events.iter().map(occurrence).collect()
}

/// The days of which a report belongs to a period.
fn taken(task: &Task, window: &Period) -> Period {
    let from = if task.schedule.kind == ScheduleKind::By { Date::MIN } else { window.from() };
    Period::new(from, window.to()).unwrap_or(*window)
}

/// Periods one after the other, each with the reports that belong to it.
fn dated(ledger: &Ledger, task: &Task, windows: &[Period]) -> Vec<Occurrence> {
    let reports = Reports::new(ledger, task);
    let needed = usize::try_from(task.schedule.n.unwrap_or(1)).unwrap_or(usize::MAX).max(1);
    let once = matches!(task.schedule.kind, ScheduleKind::By | ScheduleKind::Period);
    let mut left: Vec<Date> = Vec::new();
    let mut all: Vec<Occurrence> = Vec::new();
    let windows: Vec<(Period, Period)> = windows.iter().map(|window| (*window, taken(task, window))).collect();
    for (window, taken) in &windows {
        let own: Vec<Date> = reports.whole.iter().copied().filter(|done| taken.contains(*done)).collect();
        let whole = own.get(needed.saturating_sub(1)).copied();
        left.extend(own.iter().skip(needed));
        let parts_until = if once { Date::MAX } else { window.to() };
        let parts = Period::new(taken.from(), parts_until).ok().filter(|_| needed == 1);
        let done = whole.or_else(|| reports.by_parts(ledger, window, &parts?));
        let started = reports.any_in(taken);
        all.push(Occurrence { done, started, ..Occurrence::open(window.from(), Some(window.to())) });
    }
    let outside = |done: &&Date| !windows.iter().any(|(_, taken)| taken.contains(**done));
    left.extend(reports.whole.iter().filter(outside));
    left.order();
    for done in left.into_iter().filter(|_| needed == 1) {
        let earlier = all.iter_mut().rev().find(|one| one.done.is_none() && one.due.is_some_and(|due| due < done));
        if let Some(one) = earlier {
            one.done = Some(done);
        }
    }
    all
}
