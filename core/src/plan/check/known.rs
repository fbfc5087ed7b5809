//! The plan's own ids, to look references up.

use crate::order::{Map, Set};
use crate::plan::Contents;
use crate::plan::body::Body;
use crate::plan::document::Clause;
use crate::plan::reading::Reading;
use crate::plan::scale::Scale;
use crate::plan::task::Task;

/// Where a rule or an erratum points: a paragraph or a task, with its place in the file.
#[derive(Clone, Copy)]
pub(super) enum Place<'c> {
    Clause(usize, &'c Clause),
    Task(usize, &'c Task),
}

pub(super) struct Known<'c> {
    pub(super) plan: &'c Contents,
    pub(super) bodies: Map<&'c str, &'c Body>,
    pub(super) body_groups: Set<&'c str>,
    pub(super) groups: Set<&'c str>,
    pub(super) rules: Set<&'c str>,
    pub(super) readings: Map<&'c str, &'c Reading>,
    pub(super) scales: Map<&'c str, &'c Scale>,
    clauses: Map<&'c str, (usize, &'c Clause)>,
    tasks: Map<&'c str, (usize, &'c Task)>,
    places: Vec<String>,
}

impl<'c> Known<'c> {
    pub(super) fn of(plan: &'c Contents) -> Self {
        let clauses = plan.clause.iter().map(|clause| clause.id.as_str().to_owned());
        let tasks = plan.task.iter().map(|task| format!("annex {}", task.id));
        Known {
            plan,
            // Of two things with one id the first is meant: the second is reported.
            bodies: plan.body.iter().rev().map(|body| (body.id.as_str(), body)).collect(),
            body_groups: plan.body_group.iter().map(|group| group.id.as_str()).collect(),
            groups: plan.group.iter().map(|group| group.id.as_str()).collect(),
            rules: plan.rule.iter().map(|rule| rule.id().as_str()).collect(),
            readings: plan.reading.iter().rev().map(|reading| (reading.key.as_str(), reading)).collect(),
            scales: plan.scale.iter().rev().map(|scale| (scale.id.as_str(), scale)).collect(),
            clauses: plan
                .clause
                .iter()
                .enumerate()
                .rev()
                .map(|(i, clause)| (clause.id.as_str(), (i, clause)))
                .collect(),
            tasks: plan.task.iter().enumerate().rev().map(|(i, task)| (task.id.as_str(), (i, task))).collect(),
            places: clauses.chain(tasks).collect(),
        }
    }

    /// The paragraph `I.1.3` or the task `annex I.9`.
    pub(super) fn place(&self, name: &str) -> Option<Place<'c>> {
        match name.strip_prefix("annex ") {
            Some(task) => self.tasks.get(task).map(|(i, task)| Place::Task(*i, task)),
            None => self.clauses.get(name).map(|(i, clause)| Place::Clause(*i, clause)),
        }
    }

    /// The name of every place.
    pub(super) fn places(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(String::as_str)
    }

    pub(super) fn has_task(&self, id: &str) -> bool {
        self.tasks.contains_key(id)
    }

    pub(super) fn task_ids(&self) -> impl Iterator<Item = &'c str> + '_ {
        self.tasks.keys().copied()
    }
}

impl<'c> Place<'c> {
    /// Every corrected wording of the place.
    pub(super) fn texts(self) -> Vec<&'c str> {
        match self {
            Place::Clause(_, clause) => vec![clause.text.as_str()],
            Place::Task(_, task) => {
                let mut texts = vec![task.text.as_str(), task.schedule.text.as_str()];
                texts.extend(task.deliverables.iter().map(String::as_str));
                texts.extend(task.duties.iter().map(|duty| duty.text.as_str()));
                texts
            }
        }
    }

    /// Every wording as scanned that differs from the corrected one.
    pub(super) fn printed(self) -> Vec<&'c str> {
        match self {
            Place::Clause(_, clause) => clause.printed.as_deref().into_iter().collect(),
            Place::Task(_, task) => {
                let mut texts: Vec<&str> =
                    [&task.printed, &task.schedule.printed].into_iter().flatten().map(String::as_str).collect();
                texts.extend(task.deliverables_printed.iter().map(String::as_str));
                texts.extend(task.duties.iter().filter_map(|duty| duty.printed.as_deref()));
                texts
            }
        }
    }
}
