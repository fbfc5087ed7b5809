//! What was done, by whom and when: activities, inspections, updates of records, deputies, assignments in writing,
//! documents, estimates, reports on tasks and the events that tasks wait for.
//!
//! Everything is in order of time and known by the day of assessment; what is later is not yet there.

use std::sync::Arc;

use time::Date;

use super::{Building, why};
use crate::calendar::Period;
use crate::facts::{ActivityKind, EnterpriseId, Facts, Fund, PersonId, TableName, TaskId, TaskStatusReport};
use crate::input::{Problem, ProblemCode, Problems};
use crate::order::{InOrder, Lists, Set};
use crate::plan::Plan;
use crate::plan::registry::BodyIx;

/// An activity on a day.
#[derive(Debug, Clone)]
pub(crate) struct Done {
    pub(crate) date: Date,
    pub(crate) times: u64,
    pub(crate) source: Option<Arc<str>>,
}

/// An inspection of one enterprise.
#[derive(Debug, Clone)]
pub(crate) struct Inspected {
    pub(crate) date: Date,
    pub(crate) ordered_by_superior: bool,
    pub(crate) source: Option<Arc<str>>,
}

/// A change in a person's record.
#[derive(Debug, Clone)]
pub(crate) struct Update {
    pub(crate) person: PersonId,
    /// The body that the person is listed in, where it is known.
    pub(crate) body: Option<BodyIx>,
    pub(crate) changed: Date,
    /// When it was entered, as far as that is known on the day of assessment.
    pub(crate) recorded: Option<Date>,
    pub(crate) source: Option<Arc<str>>,
}

/// Part and whole on a day.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    pub(crate) date: Date,
    pub(crate) part: u64,
    pub(crate) whole: u64,
    pub(crate) source: Option<Arc<str>>,
}

/// A body's documents in a year.
#[derive(Debug, Clone)]
pub(crate) struct DocumentYear {
    /// Those that must be handled electronically.
    pub(crate) due: u64,
    pub(crate) electronic: u64,
    pub(crate) total: u64,
    pub(crate) signed: Option<u64>,
    pub(crate) source: Option<Arc<str>>,
}

/// A cost estimate.
#[derive(Debug, Clone)]
pub(crate) struct Estimated {
    /// Whether it has been appraised by the day of assessment.
    pub(crate) appraised: bool,
    pub(crate) outside_budget: bool,
    pub(crate) source: Option<Arc<str>>,
}

/// A report on a task.
#[derive(Debug, Clone)]
pub(crate) struct Reported {
    pub(crate) date: Date,
    /// Whose part; none: the whole task.
    pub(crate) body: Option<BodyIx>,
    pub(crate) status: TaskStatusReport,
    pub(crate) source: Option<Arc<str>>,
}

/// Everything known of what was done.
#[derive(Debug, Default)]
pub(crate) struct Events {
    activities: Lists<(BodyIx, ActivityKind), Done>,
    pub(crate) inspections: Lists<EnterpriseId, Inspected>,
    /// By person, then by the day of the change.
    pub(crate) updates: Vec<Update>,
    deputies: Lists<BodyIx, Done>,
    assignments: Lists<BodyIx, Tally>,
    documents: Lists<(BodyIx, i32), DocumentYear>,
    estimates: Lists<(BodyIx, TaskId), Estimated>,
    reports: Lists<TaskId, Reported>,
    triggers: Lists<TaskId, Done>,
}

impl Events {
    /// A body's activities of one kind, oldest first.
    pub(crate) fn of(&self, body: BodyIx, kind: &str) -> &[Done] {
        self.activities.of(|(of, activity)| (*of, activity.as_str()).cmp(&(body, kind)))
    }

    /// The first day on which a body has a deputy responsible.
    pub(crate) fn deputy(&self, body: BodyIx) -> Option<&Done> {
        self.deputies.of(|of| of.cmp(&body)).first()
    }

    /// A body's last record of assignments in writing in a period.
    pub(crate) fn assignment(&self, body: BodyIx, period: &Period) -> Option<&Tally> {
        self.assignments.of(|of| of.cmp(&body)).iter().rev().find(|tally| period.contains(tally.date))
    }

    /// A body's documents of a year.
    pub(crate) fn documents(&self, body: BodyIx, year: i32) -> Option<&DocumentYear> {
        self.documents.of(|of| of.cmp(&(body, year))).last()
    }

    /// A body's cost estimates for a task.
    pub(crate) fn estimates(&self, body: BodyIx, task: &str) -> &[Estimated] {
        self.estimates.of(|(of, about)| (*of, about.as_str()).cmp(&(body, task)))
    }

    /// The reports on a task, oldest first.
    pub(crate) fn reports(&self, task: &str) -> &[Reported] {
        self.reports.of(|of| of.as_str().cmp(task))
    }

    /// The events that a task waits for, oldest first.
    pub(crate) fn triggers(&self, task: &str) -> &[Done] {
        self.triggers.of(|of| of.as_str().cmp(task))
    }
}

/// The activities in a period.
pub(crate) fn within<'d>(done: &'d [Done], period: &Period) -> &'d [Done] {
    let from = done.partition_point(|one| one.date < period.from());
    let to = done.partition_point(|one| one.date <= period.to());
    done.get(from..to).unwrap_or(&[])
}

/// How often something was done.
pub(crate) fn times(done: &[Done]) -> u64 {
    done.iter().fold(0u64, |sum, one| sum.saturating_add(one.times))
}

/// Reports records about tasks that the plan does not have.
pub(super) fn check_tasks(plan: &Plan, facts: &Facts, problems: &mut Problems) {
    let tables = facts.tables();
    let reports = tables.task_reports.iter().map(|record| &record.task).enumerate();
    let triggers = tables.triggers.iter().map(|record| &record.task).enumerate();
    let estimates = tables.estimates.iter().map(|record| &record.task).enumerate();
    let all = reports
        .map(|at| (TableName::TaskReports, at))
        .chain(triggers.map(|at| (TableName::Triggers, at)))
        .chain(estimates.map(|at| (TableName::Estimates, at)));
    let known: Set<&str> = plan.tasks().iter().map(|task| task.id.as_str()).collect();
    for (table, (index, task)) in all {
        if !known.contains(task.as_str()) {
            let path = format!("{}.task", facts.path(table, index));
            let message = format!("the plan has no task `{}`", crate::input::node::clip(task.as_str()));
            let problem = Problem::new(ProblemCode::UnknownReference, path, None, message);
            problems.push(problem.did_you_mean(task.as_str(), known.iter().copied()));
        }
    }
}

impl Building<'_> {
    pub(super) fn events(&mut self, from: Date) -> Events {
        let (activities, inspections) = (self.activities(), self.inspections());
        let mut events = Events { activities, inspections, ..Events::default() };
        self.updates(&mut events, from);
        self.states(&mut events);
        events.estimates = self.estimates();
        self.task_records(&mut events);
        events
    }

    /// Whether a record is of a later day; it is then listed as not read.
    fn later(&mut self, table: &'static str, subject: &str, date: Date) -> bool {
        let later = date > self.as_of;
        if later {
            self.unused(table, subject, &Period::day(date), why::LATER);
        }
        later
    }

    fn activities(&mut self) -> Lists<(BodyIx, ActivityKind), Done> {
        let facts = self.facts;
        let mut all = Vec::new();
        for record in &facts.tables().activities {
            let body = self.names.find(&record.body, Some(Period::day(record.date)));
            let Some(body) = body else { continue };
            if self.later("activities", record.body.as_str(), record.date) {
                continue;
            }
            let source = self.source(record.source.as_ref());
            let done = Done { date: record.date, times: record.times(), source };
            all.push(((body, record.kind.clone()), done));
        }
        Lists::new(all, |done| done.date)
    }

    fn inspections(&mut self) -> Lists<EnterpriseId, Inspected> {
        let facts = self.facts;
        let mut all = Vec::new();
        for record in &facts.tables().inspections {
            if self.later("inspections", record.enterprise.as_str(), record.date) {
                continue;
            }
            let source = self.source(record.source.as_ref());
            let inspected = Inspected { date: record.date, ordered_by_superior: record.ordered_by_superior, source };
            all.push((record.enterprise.clone(), inspected));
        }
        Lists::new(all, |inspected| inspected.date)
    }

    fn updates(&mut self, events: &mut Events, from: Date) {
        let facts = self.facts;
        for record in &facts.tables().record_updates {
            if self.later("record_updates", record.person.as_str(), record.changed) {
                continue;
            }
            if record.changed < from {
                self.unused("record_updates", record.person.as_str(), &Period::day(record.changed), why::BEFORE);
                continue;
            }
            let listed = self.people.get(&record.person).and_then(|ix| self.entries.get(ix.index()));
            let body = listed.and_then(|entry| entry.listed.first()).map(|(body, _)| *body);
            let recorded = record.recorded.filter(|recorded| *recorded <= self.as_of);
            let source = self.source(record.source.as_ref());
            let person = record.person.clone();
            events.updates.push(Update { person, body, changed: record.changed, recorded, source });
        }
        events.updates.order_by(|a, b| (&a.person, a.changed).cmp(&(&b.person, b.changed)));
    }

    /// Deputies, assignments in writing and documents: the state of a body on a day or in a year.
    fn states(&mut self, events: &mut Events) {
        let facts = self.facts;
        let (mut deputies, mut assignments, mut all_documents) = (Vec::new(), Vec::new(), Vec::new());
        for record in &facts.tables().deputies {
            let body = self.names.find(&record.body, Some(Period::day(record.since)));
            let Some(body) = body else { continue };
            if !self.later("deputies", record.body.as_str(), record.since) {
                let done = Done { date: record.since, times: 1, source: self.source(record.source.as_ref()) };
                deputies.push((body, done));
            }
        }
        for record in &facts.tables().written_assignments {
            let body = self.names.find(&record.body, Some(Period::day(record.date)));
            let Some(body) = body else { continue };
            if !self.later("written_assignments", record.body.as_str(), record.date) {
                let source = self.source(record.source.as_ref());
                let tally = Tally { date: record.date, part: record.assigned, whole: record.staff, source };
                assignments.push((body, tally));
            }
        }
        for record in &facts.tables().documents {
            let (Some(year), Some(due)) = (Period::year(record.year), record.electronic_due()) else { continue };
            let Some(body) = self.names.find(&record.body, Some(year)) else { continue };
            if !self.later("documents", record.body.as_str(), year.from()) {
                let source = self.source(record.source.as_ref());
                let (electronic, total, signed) = (record.electronic, record.total, record.digitally_signed);
                all_documents.push(((body, record.year), DocumentYear { due, electronic, total, signed, source }));
            }
        }
        events.deputies = Lists::new(deputies, |done| done.date);
        events.assignments = Lists::new(assignments, |tally| tally.date);
        events.documents = Lists::new(all_documents, |_| ());
    }

    fn estimates(&mut self) -> Lists<(BodyIx, TaskId), Estimated> {
        let facts = self.facts;
        let mut all = Vec::new();
        for record in &facts.tables().estimates {
            let body = self.names.find(&record.body, Some(Period::day(record.submitted)));
            let Some(body) = body else { continue };
            if !self.later("estimates", record.body.as_str(), record.submitted) {
                let estimated = Estimated {
                    appraised: record.appraised.is_some_and(|day| day <= self.as_of),
                    outside_budget: record.fund == Fund::OutsideBudget,
                    source: self.source(record.source.as_ref()),
                };
                all.push(((body, record.task.clone()), estimated));
            }
        }
        Lists::new(all, |_| ())
    }

    fn task_records(&mut self, events: &mut Events) {
        let facts = self.facts;
        let (mut reports, mut triggers) = (Vec::new(), Vec::new());
        for record in &facts.tables().task_reports {
            let named = record.body.as_ref().map(|body| self.names.find(body, Some(Period::day(record.date))));
            let body = match named {
                Some(None) => continue,
                named => named.flatten(),
            };
            if !self.later("task_reports", record.task.as_str(), record.date) {
                let source = self.source(record.source.as_ref());
                let reported = Reported { date: record.date, body, status: record.status, source };
                reports.push((record.task.clone(), reported));
            }
        }
        for record in &facts.tables().triggers {
            if !self.later("triggers", record.task.as_str(), record.date) {
                let done = Done { date: record.date, times: 1, source: self.source(record.source.as_ref()) };
                triggers.push((record.task.clone(), done));
            }
        }
        events.reports = Lists::new(reports, |reported| reported.date);
        events.triggers = Lists::new(triggers, |done| done.date);
    }
}
