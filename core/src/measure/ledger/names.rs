//! Resolving what records call a body, each spelling and time once.

use std::collections::BTreeMap;

use time::Date;

use crate::calendar::Period;
use crate::facts::{BodyRef, Facts, Reorganisation, TableName};
use crate::input::{Path, Problem, ProblemCode, Problems};
use crate::plan::Plan;
use crate::plan::body::Body;
use crate::plan::ids::BodyId;
use crate::plan::lineage::{Event, Lineage};
use crate::plan::registry::{BodyIx, DuplicateBody, Registry, Unresolved};

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
    known: BTreeMap<(BodyRef, Option<Period>), BodyIx>,
    /// Whether some body goes by two names.
    aliased: bool,
}

impl<'a> Names<'a> {
    /// Resolves every name that a record mentions; those that do not resolve are problems with the place
    /// where they stand in the input.
    pub(super) fn new(registry: &'a Registry, facts: &Facts, as_of: Date, problems: &mut Problems) -> Self {
        let mut names = Names { registry, known: BTreeMap::new(), aliased: false };
        let mut spellings: BTreeMap<BodyIx, String> = BTreeMap::new();
        for mention in facts.mentions() {
            let key = (mention.body, mention.during);
            if names.known.contains_key(&key) {
                continue;
            }
            match resolve(registry, &key.0, key.1, as_of) {
                Ok(body) => {
                    let spelling = crate::text::fold(key.0.as_str());
                    names.aliased |= *spellings.entry(body).or_insert_with(|| spelling.clone()) != spelling;
                    names.known.insert(key, body);
                }
                // A unit listed by itself need not be a body of the plan.
                Err(Unresolved::Unknown { .. }) if mention.table == TableName::ServiceUnits => {}
                // Other localities of the province are no bodies of the plan.
                Err(Unresolved::Unknown { .. }) if mention.table == TableName::OnlinePayments => {}
                Err(unresolved) => {
                    let problem = Problem::new(unresolved.code(), mention.path, None, unresolved.to_string());
                    problems.push(match unresolved.help() {
                        Some(help) => problem.help(help),
                        None => problem,
                    });
                }
            }
        }
        names
    }

    pub(super) fn registry(&self) -> &'a Registry {
        self.registry
    }

    pub(super) fn aliased(&self) -> bool {
        self.aliased
    }

    /// The body that a record names, over its period where it has one.
    pub(super) fn find(&self, name: &BodyRef, during: Option<Period>) -> Option<BodyIx> {
        self.known.get(&(name.clone(), during)).copied()
    }

    /// The same where no name means the city.
    pub(super) fn find_or_city(&self, name: Option<&BodyRef>, during: Period) -> Option<BodyIx> {
        match name {
            Some(name) => self.find(name, Some(during)),
            None => self.registry.city(),
        }
    }
}

/// A name over a period; without one an id of any time, or a name of the day of assessment or else of any time.
pub(super) fn resolve(
    registry: &Registry,
    name: &BodyRef,
    during: Option<Period>,
    as_of: Date,
) -> Result<BodyIx, Unresolved> {
    match (during, registry.by_id(name.as_str())) {
        (None, Some(body)) => Ok(body),
        (Some(period), _) => registry.resolve(name.as_str(), period.from(), period.to()),
        (None, None) => match registry.resolve(name.as_str(), as_of, as_of) {
            Err(Unresolved::NotInForce { .. }) => registry.resolve(name.as_str(), Date::MIN, Date::MAX),
            found => found,
        },
    }
}
