//! Resolving what records call a body, each spelling and time once.

use std::collections::HashMap;

use time::Date;

use super::handles::ByHandle;
use crate::calendar::Period;
use crate::facts::{BodyRef, Facts, Reorganisation, TableName};
use crate::input::{Path, Problem, ProblemCode, Problems};
use crate::order::Map;
use crate::plan::Plan;
use crate::plan::body::Body;
use crate::plan::ids::BodyId;
use crate::plan::lineage::{Event, Lineage};
use crate::plan::registry::{BodyIx, DuplicateBody, LookUp, Registry, Unresolved};

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

/// The plan's lineage with the reorganisations that the facts add.
pub(super) fn lineage_with(plan: &Plan, facts: &Facts, names: &Names<'_>) -> Lineage {
    let event = |one: &Reorganisation| {
        let before = one.date.previous_day().map(Period::day);
        let after = Some(Period::day(one.date));
        let found = |bodies: &[BodyRef], on| bodies.iter().map(|body| names.find(body, on)).collect::<Option<Vec<_>>>();
        let shares = one.shares.iter().map(|share| Some((names.find(&share.body, after)?, share.percent.value())));
        Some(Event {
            date: one.date,
            kind: one.kind,
            from: found(&one.from, before)?,
            to: found(&one.to, after)?,
            shares: shares.collect::<Option<Vec<_>>>()?,
        })
    };
    let events = facts.tables().reorganisations.iter().filter_map(event).collect();
    plan.lineage().extended(names.registry(), events, plan.registry().len())
}

/// What every name of the facts stands for.
pub(super) struct Names<'a> {
    registry: &'a Registry,
    /// For each name the body it means, by the period of the record.
    known: HashMap<BodyRef, Map<Option<Period>, BodyIx>>,
    /// Whether the records of some table call one body by two names, or the city by its name and by none.
    aliased: bool,
}

impl<'a> Names<'a> {
    /// Resolves every name that a record mentions; those that do not resolve are problems with the place
    /// where they stand in the input.
    pub(super) fn new(registry: &'a Registry, facts: &Facts, as_of: Date, problems: &mut Problems) -> Self {
        let mut found: HashMap<&BodyRef, Meanings<'_>> = HashMap::new();
        let mut spellings: ByHandle<(TableName, BodyIx), &str> = ByHandle::default();
        let mut aliased = false;
        for mention in facts.stated() {
            let name = mention.body.as_str();
            let meanings = found.entry(&mention.body).or_insert_with(|| Meanings::of(registry.look_up(name)));
            match meanings.during(mention.during, as_of) {
                Ok(body) => {
                    let spelling = *spellings.entry((mention.table, body)).or_insert(name);
                    aliased |= Some(body) == registry.city() && facts.has_unnamed(mention.table);
                    aliased |= spelling != name && crate::text::fold(spelling) != crate::text::fold(name);
                }
                // A unit listed by itself need not be a body of the plan.
                Err(Unresolved::Unknown { .. }) if mention.table == TableName::ServiceUnits => {}
                // Other localities of the province are no bodies of the plan.
                Err(Unresolved::Unknown { .. }) if mention.table == TableName::OnlinePayments => {}
                Err(unresolved) => {
                    let problem = Problem::new(unresolved.code(), mention.path(), None, unresolved.message());
                    problems.push(match unresolved.help() {
                        Some(help) => problem.help(help),
                        None => problem,
                    });
                }
            }
        }
        let known = found.into_iter().map(|(name, meanings)| (name.clone(), meanings.known)).collect();
        Names { registry, known, aliased }
    }

    pub(super) fn registry(&self) -> &'a Registry {
        self.registry
    }

    pub(super) fn aliased(&self) -> bool {
        self.aliased
    }

    /// The body that a record names, over its period where it has one.
    pub(super) fn find(&self, name: &BodyRef, during: Option<Period>) -> Option<BodyIx> {
        self.known.get(name)?.get(&during).copied()
    }

    /// The same where no name means the city.
    pub(super) fn find_or_city(&self, name: Option<&BodyRef>, during: Period) -> Option<BodyIx> {
        match name {
            Some(name) => self.find(name, Some(during)),
            None => self.registry.city(),
        }
    }
}

/// A name looked up, and the bodies it has been found to mean.
struct Meanings<'r> {
    name: LookUp<'r>,
    known: Map<Option<Period>, BodyIx>,
}

impl<'r> Meanings<'r> {
    fn of(name: LookUp<'r>) -> Meanings<'r> {
        Meanings { name, known: Map::new() }
    }

    /// The body meant over a period; without one an id of any time, or a name of the day of assessment or else of any
    /// time.
    fn during(&mut self, during: Option<Period>, as_of: Date) -> Result<BodyIx, Unresolved> {
        if let Some(body) = self.known.get(&during) {
            return Ok(*body);
        }
        let body = match (during, self.name.id()) {
            (None, Some(body)) => body,
            (Some(period), _) => self.name.within(period.from(), period.to())?,
            (None, None) => match self.name.within(as_of, as_of) {
                Err(Unresolved::NotInForce { .. }) => self.name.within(Date::MIN, Date::MAX)?,
                found => found?,
            },
        };
        self.known.insert(during, body);
        Ok(body)
    }
}
