//! A case: plan, facts, day and readings, made ready to be judged.

use std::sync::{Arc, OnceLock};

use time::Date;

use super::finding::{Capped, Ground, Subject};
use crate::assessment::Options;
use crate::assessment::rating::Roster;
use crate::calendar::Period;
use crate::facts::{CollectiveKind, Facts, FactsError, FieldId};
use crate::measure::ledger::{CollectiveEntry, CollectiveIx, Ledger, PersonEntry, PersonIx, Unused, Who};
use crate::measure::ways::Ways;
use crate::order::InOrder;
use crate::plan::body::Body;
use crate::plan::ids::{OptionId, ReadingKey};
use crate::plan::kind::{RuleKind, SubjectKind};
use crate::plan::lineage::Lineage;
use crate::plan::registry::{BodyIx, Registry};
use crate::plan::{Plan, Rule};

/// Plan and facts bound together on a day under chosen readings. Immutable; every question put to it
/// gets the same answer.
#[derive(Debug)]
pub struct Case {
    plan: Plan,
    /// The facts as given, and what of them was known.
    given: Facts,
    facts: Facts,
    known_on: Option<Date>,
    ledger: Ledger,
    as_of: Date,
    ways: Ways,
    survey_fields: Vec<FieldId>,
    city: Arc<Subject>,
    subjects: Vec<Arc<Subject>>,
    /// The bodies in order of their ids.
    by_id: Vec<BodyIx>,
    people: Vec<Arc<Subject>>,
    collectives: Vec<Arc<Subject>>,
    lines: Vec<Line>,
    roster: OnceLock<Arc<Roster>>,
}

/// What of a rule depends on the readings chosen.
#[derive(Debug)]
struct Line {
    ground: Arc<Ground>,
    alternatives: Vec<Alternative>,
}

/// The readings with one option changed.
#[derive(Debug)]
pub(crate) struct Alternative {
    pub(crate) reading: ReadingKey,
    pub(crate) option: OptionId,
    pub(crate) ways: Ways,
}

/// A rule ready to be judged.
#[derive(Debug)]
pub(crate) struct Prepared<'c> {
    pub(crate) rule: &'c Rule,
    pub(crate) ground: &'c Arc<Ground>,
    pub(crate) alternatives: &'c [Alternative],
}

impl Case {
    pub(crate) fn new(plan: &Plan, given: &Facts, options: &Options, ways: Ways) -> Result<Case, FactsError> {
        let as_of = options.as_of();
        let (ledger, facts) = Ledger::new(plan, given, as_of, options.known())?;
        let mut lines: Vec<Line> =
            plan.rules().iter().enumerate().map(|(place, rule)| line(plan, (place, rule), &ways)).collect();
        if !options.tries_alternatives() {
            lines.iter_mut().for_each(|line| line.alternatives.clear());
        }
        let subjects: Vec<Arc<Subject>> =
            ledger.registry.iter().map(|(ix, body)| body_subject(&ledger, ix, body)).collect();
        let mut by_id: Vec<BodyIx> = ledger.registry.iter().map(|(ix, _)| ix).collect();
        by_id.order_by_key(|ix| subjects.get(ix.index()).map(|subject: &Arc<Subject>| &subject.id));
        let city = city_subject(plan);
        let people = ledger.people.iter().map(person_subject).collect();
        let collectives = ledger.collectives.iter().map(|of| collective_subject(&ledger, of)).collect();
        let survey_fields = survey_fields(plan);
        Ok(Case {
            plan: plan.clone(),
            given: given.clone(),
            facts,
            known_on: options.known(),
            ledger,
            as_of,
            ways,
            survey_fields,
            city,
            subjects,
            by_id,
            people,
            collectives,
            lines,
            roster: OnceLock::new(),
        })
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The facts as they were given.
    pub fn given(&self) -> &Facts {
        &self.given
    }

    /// The day by whose knowledge is judged, where one was given.
    pub fn known_on(&self) -> Option<Date> {
        self.known_on
    }

    /// What became of every body, by the plan's reorganisations and those of the facts.
    pub fn lineage(&self) -> &Lineage {
        &self.ledger.lineage
    }

    /// The facts that are judged: those known, of each key the latest state.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The day of assessment.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// The readings chosen.
    pub fn ways(&self) -> &Ways {
        &self.ways
    }

    /// Records that nothing in this assessment reads, and why.
    pub fn unused(&self) -> &[Unused] {
        &self.ledger.unused
    }

    /// The bodies, those that the facts add included.
    pub fn registry(&self) -> &Registry {
        &self.ledger.registry
    }

    /// The handle of a body, by id or by a name it bears in a year.
    pub fn body(&self, name: &str, year: i32) -> Option<BodyIx> {
        let year = Period::year(year)?;
        self.ledger.registry.resolve(name, year.from(), year.to()).ok()
    }

    /// The handle of a collective, by id.
    pub fn collective(&self, id: &str) -> Option<CollectiveIx> {
        let place = self.ledger.collectives.binary_search_by(|entry| entry.id.as_str().cmp(id));
        place.ok().and_then(CollectiveIx::new)
    }

    /// The handle of a person, by id.
    pub fn person(&self, id: &str) -> Option<PersonIx> {
        self.ledger.person(id)
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The first year of the plan; years before it are judged in retrospect.
    pub(crate) fn first_year(&self) -> i32 {
        self.plan.document().valid_from.year()
    }

    /// The fields whose rules may be read together.
    pub(crate) fn survey_fields(&self) -> &[FieldId] {
        &self.survey_fields
    }

    /// The rules that this version judges, in the order of the plan.
    pub(crate) fn rules(&self) -> impl Iterator<Item = Prepared<'_>> {
        let rules = self.plan.rules().iter().zip(&self.lines);
        rules.filter(|(rule, _)| super::evaluated(rule)).map(|(rule, line)| Prepared {
            rule,
            ground: &line.ground,
            alternatives: &line.alternatives,
        })
    }

    /// The territory of the plan as a subject.
    pub(crate) fn city_subject(&self) -> Arc<Subject> {
        Arc::clone(&self.city)
    }

    /// A body, person or collective as a subject.
    pub(crate) fn subject_of(&self, who: Who) -> Option<Arc<Subject>> {
        match who {
            Who::Body(body) => self.subject(body),
            Who::Person(person) => self.person_subject(person),
            Who::Collective(collective) => self.collective_subject(collective),
        }
    }

    /// The people of the ledger as subjects, in its order.
    pub(crate) fn people(&self) -> &[Arc<Subject>] {
        &self.people
    }

    /// The collectives of the ledger as subjects, in its order.
    pub(crate) fn collectives(&self) -> &[Arc<Subject>] {
        &self.collectives
    }

    /// Who serves where; made when first asked for.
    pub(crate) fn roster(&self) -> Arc<Roster> {
        Arc::clone(self.roster.get_or_init(|| Arc::new(Roster::new(self))))
    }

    /// A collective as a subject.
    pub(crate) fn collective_subject(&self, collective: CollectiveIx) -> Option<Arc<Subject>> {
        self.collectives.get(collective.index()).cloned()
    }

    /// A body as a subject.
    pub(crate) fn subject(&self, body: BodyIx) -> Option<Arc<Subject>> {
        self.subjects.get(body.index()).cloned()
    }

    /// The bodies in order of their ids, as findings on them stand.
    pub(super) fn bodies_by_id(&self) -> impl Iterator<Item = BodyIx> + '_ {
        self.by_id.iter().copied()
    }

    /// A person as a subject. Their names are not among the facts: the id stands for them.
    pub(crate) fn person_subject(&self, person: PersonIx) -> Option<Arc<Subject>> {
        self.people.get(person.index()).cloned()
    }
}

fn city_subject(plan: &Plan) -> Arc<Subject> {
    let id = &plan.document().body;
    let name = plan.body(id.as_str()).map_or(id.as_str(), |body| body.name());
    Arc::new(Subject { kind: SubjectKind::City, id: id.into(), name: name.into() })
}

fn person_subject(entry: &PersonEntry) -> Arc<Subject> {
    let id: Arc<str> = (&entry.id).into();
    Arc::new(Subject { kind: SubjectKind::Person, name: Arc::clone(&id), id })
}

/// A collective is called after its body: "tập thể lãnh đạo UBND phường Lộc Thọ".
fn collective_subject(ledger: &Ledger, entry: &CollectiveEntry) -> Arc<Subject> {
    let body = ledger.registry.get(entry.body).map_or("", Body::name);
    let kind = match entry.kind {
        CollectiveKind::PartyOrganisation => "tổ chức cơ sở đảng",
        CollectiveKind::Leadership => "tập thể lãnh đạo",
    };
    let name = format!("{kind} {body}").into();
    Arc::new(Subject { kind: SubjectKind::Collective, id: (&entry.id).into(), name })
}

fn body_subject(ledger: &Ledger, ix: BodyIx, body: &Body) -> Arc<Subject> {
    let kind = if Some(ix) == ledger.city { SubjectKind::City } else { SubjectKind::Body };
    Arc::new(Subject { kind, id: (&body.id).into(), name: body.name().into() })
}

fn line(plan: &Plan, (place, rule): (usize, &Rule), ways: &Ways) -> Line {
    let mut alternatives = Vec::new();
    let mut taken = Vec::new();
    let readings = rule.head().readings.clone();
    for key in &readings {
        let Some(asked) = plan.readings().iter().position(|reading| reading.key == *key) else { continue };
        let options = plan.readings().get(asked).map_or(&[][..], |reading| &reading.options);
        taken.extend(options.get(ways.option(asked)).map(|option| option.id.clone()));
        for (option, answer) in options.iter().enumerate().filter(|(option, _)| *option != ways.option(asked)) {
            let ways = ways.with(plan, asked, option);
            alternatives.push(Alternative { reading: key.clone(), option: answer.id.clone(), ways });
        }
    }
    let capped = match rule.kind() {
        RuleKind::Cap(cap) => Some(Capped { scale: cap.scale.clone(), ceiling: cap.ceiling.clone() }),
        _ => None,
    };
    let ground = Ground { plan: plan.clone(), place, id: rule.id().clone(), readings, taken, capped };
    Line { ground: Arc::new(ground), alternatives }
}

/// The fields of all rules that stand under reading `satisfaction_fields`.
fn survey_fields(plan: &Plan) -> Vec<FieldId> {
    let pooled = |rule: &&Rule| rule.head().readings.iter().any(|key| key.as_str() == "satisfaction_fields");
    let field = |rule: &Rule| match rule.kind() {
        RuleKind::Level(level) => level.field.as_deref().map(FieldId::from),
        _ => None,
    };
    plan.rules().iter().filter(pooled).filter_map(field).collect()
}
