//! Resolving what records call a body, each spelling once.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Period;
use crate::facts::{BodyRef, Facts};
use crate::input::{Path, Problem, ProblemCode, Problems};
use crate::plan::Plan;
use crate::plan::body::Body;
use crate::plan::ids::BodyId;
use crate::plan::registry::{BodyIx, DuplicateBody, Registry};

/// The plan's registry with the bodies that the facts add.
pub(super) fn registry_with(plan: &Plan, facts: &Facts, problems: &mut Problems) -> Registry {
    let added = &facts.tables().bodies;
    if added.is_empty() {
        return plan.registry().clone();
    }
    let bodies: Vec<Body> = added
        .iter()
        .map(|body| Body {
            id: body.id.clone(),
            kind: body.kind.to_string(),
            names: body.names.clone(),
            name_en: None,
            code: body.code.clone(),
            valid_from: body.valid_from,
            valid_to: body.valid_to,
            parent: body.parent.as_ref().map(|parent| BodyId::from(parent.as_str())),
            source: body.source.clone(),
            note: body.note.clone(),
        })
        .collect();
    match plan.registry().extended(&bodies) {
        Ok(registry) => registry,
        Err(duplicates) => {
            for DuplicateBody { index, id, .. } in duplicates {
                let root = Path::Root;
                let table = root.key("bodies");
                let message = format!("the body `{id}` is already in the plan's registry");
                problems.add(ProblemCode::DuplicateId, &table.index(index).key("id"), None, message);
            }
            plan.registry().clone()
        }
    }
}

/// Names already resolved.
pub(super) struct Names<'a> {
    registry: &'a Registry,
    known: BTreeMap<(BodyRef, Period), BodyIx>,
    /// What each body is called, to see whether one goes by two names.
    spellings: BTreeMap<BodyIx, BTreeSet<String>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(registry: &'a Registry) -> Self {
        Names { registry, known: BTreeMap::new(), spellings: BTreeMap::new() }
    }

    /// Whether some body goes by two names.
    pub(super) fn aliased(&self) -> bool {
        self.spellings.values().any(|names| names.len() > 1)
    }

    pub(super) fn registry(&self) -> &'a Registry {
        self.registry
    }

    /// The body that a record's field names over a period; a problem with the field's path where none does.
    pub(super) fn resolve(
        &mut self,
        name: &BodyRef,
        period: &Period,
        table: &str,
        index: usize,
        field: &str,
        problems: &mut Problems,
    ) -> Option<BodyIx> {
        let key = (name.clone(), *period);
        if let Some(known) = self.known.get(&key) {
            return Some(*known);
        }
        match self.registry.resolve(name.as_str(), period.from(), period.to()) {
            Ok(body) => {
                self.spellings.entry(body).or_default().insert(crate::text::fold(name.as_str()));
                self.known.insert(key, body);
                Some(body)
            }
            Err(unresolved) => {
                let path = format!("{table}[{index}].{field}");
                problems.push(Problem::new(unresolved.code(), path, None, unresolved.to_string()));
                None
            }
        }
    }

    /// The same where the record has no date of its own: by id at any time, else by name on a day.
    pub(super) fn resolve_any(
        &mut self,
        name: &BodyRef,
        day: &Period,
        table: &str,
        index: usize,
        field: &str,
        problems: &mut Problems,
    ) -> Option<BodyIx> {
        match self.registry.by_id(name.as_str()) {
            Some(body) => Some(body),
            None => self.resolve(name, day, table, index, field, problems),
        }
    }
}
