//! The facts as one assessment sees them: names resolved, records put in order by subject and time.
//!
//! - `dossiers`: dossier counts and published shares of them by body or person and year;
//! - `over`: a body's year read over the bodies it came of; `city`: sums over the territory;
//! - `surveys`: satisfaction by body, field and year; `surveys_over`: the same over the bodies it came of;
//! - `ranks`: ranks of bodies, values of indices, fees paid online by year;
//! - `stock`: headcounts, quota adjustments, service units and title standards by date;
//! - `carried`: stocks through reorganisations;
//! - `events`: what was done, by body, person, enterprise or task and day;
//! - `readers`: what no rule reads;
//! - `names`: resolving what records call a body; `handles`: tables by what the ledger numbers itself.
//!
//! Building a ledger is the one place where records are read; measures only look things up.

mod carried;
mod city;
mod dossiers;
pub(crate) mod events;
mod handles;
mod names;
mod over;
mod ranks;
mod readers;
mod stock;
mod surveys;
mod surveys_over;

use std::collections::HashMap;
use std::sync::Arc;

use time::Date;

pub(crate) use dossiers::{DossierYear, Dossiers};
pub(crate) use events::Events;
pub(crate) use ranks::{Payments, RankYear, Ranks, scale as rank_scale};
pub(crate) use stock::{StockRecord, Stocks, TitleRecord, last_in};
pub(crate) use surveys::Surveys;

use crate::calendar::Period;
use crate::facts::{BodyRef, CollectiveId, CollectiveKind, Facts, FactsError, Person, PersonId, Role, TableName};
use crate::input::{Members, Object, Problems, object};
use crate::order::{InOrder, Map, Set};
use crate::plan::Plan;
use crate::plan::lineage::Lineage;
use crate::plan::registry::{BodyIx, Registry};
use names::Names;

/// A person of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonIx(u32);

impl PersonIx {
    pub(crate) fn new(index: usize) -> Option<Self> {
        u32::try_from(index).ok().map(PersonIx)
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A collective of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CollectiveIx(u32);

impl CollectiveIx {
    pub(crate) fn new(index: usize) -> Option<Self> {
        u32::try_from(index).ok().map(CollectiveIx)
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Whose dossiers, rank or rating it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Who {
    Body(BodyIx),
    Person(PersonIx),
    Collective(CollectiveIx),
}

/// A person who handles dossiers or is listed in `people`.
#[derive(Debug, Clone)]
pub(crate) struct PersonEntry {
    pub(crate) id: PersonId,
    /// The records of `people` about them, in order of the body.
    pub(crate) listed: Vec<(BodyIx, Person)>,
    /// The content areas that their work is tied to.
    pub(crate) tied: Vec<Arc<str>>,
}

impl PersonEntry {
    /// Where they serve, and what they are there.
    pub(crate) fn post(&self) -> Option<(BodyIx, Role)> {
        self.listed.first().map(|(body, person)| (*body, person.role))
    }
}

/// A collective that is rated as one.
#[derive(Debug, Clone)]
pub(crate) struct CollectiveEntry {
    pub(crate) id: CollectiveId,
    pub(crate) body: BodyIx,
    pub(crate) kind: CollectiveKind,
}

/// A declaration that a table lists everything of a scope.
#[derive(Debug, Clone)]
struct Scope {
    table: TableName,
    kind: Option<String>,
    body: Option<BodyIx>,
    period: Period,
}

/// A record that no measure of this assessment reads, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unused {
    /// The table it stands in.
    pub table: &'static str,
    /// Whom it is about.
    pub subject: String,
    /// The period or day it speaks of, ISO.
    pub when: String,
    /// Why, in Vietnamese.
    pub vi: &'static str,
    /// Why, in English.
    pub en: &'static str,
}

object!(Unused);

impl Object for Unused {
    fn members(&self, to: &mut Members<'_>) {
        to.add("table", &self.table);
        to.add("subject", &self.subject);
        to.add("when", &self.when);
        to.add("vi", &self.vi);
        to.add("en", &self.en);
    }
}

/// Facts bound to a plan on a day.
#[derive(Debug)]
pub(crate) struct Ledger {
    pub(crate) registry: Registry,
    /// What became of every body, by the plan and the facts.
    pub(crate) lineage: Lineage,
    pub(crate) city: Option<BodyIx>,
    pub(crate) people: Vec<PersonEntry>,
    pub(crate) collectives: Vec<CollectiveEntry>,
    pub(crate) ranks: Ranks,
    pub(crate) dossiers: Dossiers,
    pub(crate) surveys: Surveys,
    pub(crate) stocks: Stocks,
    pub(crate) events: Events,
    scopes: Vec<Scope>,
    as_of: Date,
    /// Years with any record of a body other than the city.
    pub(crate) body_years: Set<i32>,
    /// Years with a record of the city itself.
    pub(crate) city_years: Set<i32>,
    /// Years in which people are judged: those of bodies, and those with a person's own records.
    pub(crate) person_years: Set<i32>,
    persons: HashMap<PersonId, PersonIx>,
    pub(crate) unused: Vec<Unused>,
    told_of_bodies: Vec<i32>,
    told_of_city: Vec<i32>,
}

/// What building a ledger collects besides the ledger.
struct Building<'a> {
    facts: &'a Facts,
    as_of: Date,
    names: Names<'a>,
    lineage: Lineage,
    people: HashMap<PersonId, PersonIx>,
    entries: Vec<PersonEntry>,
    scopes: Vec<Scope>,
    body_years: Set<i32>,
    city_years: Set<i32>,
    person_years: Set<i32>,
    unused: Vec<Unused>,
    sources: Map<String, Arc<str>>,
}

impl Ledger {
    /// Binds facts to a plan as they stand on a day, by what was known of them on another. Gives the facts that count too.
    ///
    /// # Errors
    /// [`FactsError`] with every name that does not resolve, every id declared twice, and every pair of
    /// records that turn out to speak of one body and contradict each other.
    pub(crate) fn new(
        plan: &Plan,
        facts: &Facts,
        as_of: Date,
        known_on: Option<Date>,
    ) -> Result<(Ledger, Facts), FactsError> {
        let known = facts.known(known_on);
        let mut problems = Problems::default();
        let registry = names::registry_with(plan, &known, &mut problems);
        events::check_tasks(plan, &known, &mut problems);
        let names = Names::new(&registry, &known, as_of, &mut problems);
        ranks::check(plan, &known, &mut problems);
        if !problems.is_empty() {
            return Err(FactsError::Invalid(problems));
        }
        if !names.aliased() {
            return Ok((Self::build(plan, &known, as_of, names), known));
        }
        // Some body goes by two names: records that looked like two bodies' must agree as one's.
        let name = |name: Option<&BodyRef>, during: Option<Period>| {
            let found = name.map_or_else(|| registry.city(), |name| names.find(name, during));
            let body = found.and_then(|ix| registry.get(ix));
            body.map(|body| BodyRef::from(body.id.as_str()))
        };
        let settled = known.under_names(name)?.known_under(known_on, &name);
        Ok((Self::build(plan, &settled, as_of, names), settled))
    }

    /// `names` are those of the facts.
    fn build(plan: &Plan, facts: &Facts, as_of: Date, names: Names<'_>) -> Ledger {
        let registry = names.registry();
        let lineage = names::lineage_with(plan, facts, &names);
        let mut building = Building {
            facts,
            as_of,
            names,
            lineage,
            people: HashMap::new(),
            entries: Vec::new(),
            scopes: Vec::new(),
            body_years: Set::new(),
            city_years: Set::new(),
            person_years: Set::new(),
            unused: Vec::new(),
            sources: Map::new(),
        };
        building.people();
        building.scopes();
        let collectives = building.collectives();
        let ranks = building.ranks(plan);
        let dossiers = building.dossiers();
        let surveys = building.surveys();
        let stocks = building.stocks();
        let events = building.events(plan.document().valid_from);
        building.other_tables();
        building.unread(plan);
        let Building {
            lineage,
            people: persons,
            entries,
            scopes,
            body_years,
            city_years,
            mut person_years,
            mut unused,
            ..
        } = building;
        unused.order();
        unused.dedup();
        person_years.extend(body_years.iter().copied());
        let mut ledger = Ledger {
            city: registry.city(),
            registry: registry.clone(),
            lineage,
            people: entries,
            collectives,
            ranks,
            dossiers,
            surveys,
            stocks,
            events,
            scopes,
            as_of,
            body_years,
            city_years,
            person_years,
            persons,
            unused,
            told_of_bodies: Vec::new(),
            told_of_city: Vec::new(),
        };
        ledger.told_of_bodies = ledger.years_told(false);
        ledger.told_of_city = ledger.years_told(true);
        ledger
    }

    /// The years in which the facts say anything of bodies, or of the city itself: a record, or a declaration that a table
    /// is complete.
    pub(crate) fn told_years(&self, of_city: bool) -> &[i32] {
        if of_city { &self.told_of_city } else { &self.told_of_bodies }
    }

    /// See [`Ledger::told_years`]; in order.
    fn years_told(&self, of_city: bool) -> Vec<i32> {
        let until = self.as_of.year();
        let about = |scope: &&Scope| scope.body.is_none_or(|body| (Some(body) == self.city) == of_city);
        let declared = self.scopes.iter().filter(about).flat_map(|scope| {
            let years = scope.period.from().year()..=scope.period.to().year().min(until);
            // A declaration over all of time says nothing of years long before any plan.
            years.rev().take(YEARS_DECLARED)
        });
        let recorded = if of_city { &self.city_years } else { &self.body_years };
        declared.chain(recorded.up_to(until).copied()).collect::<Set<i32>>().into_iter().collect()
    }

    /// The day of assessment.
    pub(crate) fn as_of(&self) -> Date {
        self.as_of
    }

    /// The handle of a person.
    pub(crate) fn person(&self, id: &str) -> Option<PersonIx> {
        self.persons.get(id).copied()
    }

    /// A period as far as it has passed on the day of assessment.
    pub(crate) fn so_far(&self, period: &Period) -> Period {
        Period::new(period.from(), period.to().min(self.as_of)).unwrap_or(*period)
    }

    /// The times over which a table is declared to list everything of a body (or of all).
    pub(crate) fn complete_over(&self, table: TableName, kind: Option<&str>, body: Option<BodyIx>) -> Vec<Period> {
        let meant = |scope: &&Scope| {
            scope.table == table
                && (scope.body.is_none() || scope.body == body)
                && (scope.kind.is_none() || scope.kind.as_deref() == kind)
        };
        self.scopes.iter().filter(meant).map(|scope| scope.period).collect()
    }

    /// Whether a table is declared to list everything of a body (or of all) over a period.
    pub(crate) fn complete(&self, table: TableName, kind: Option<&str>, body: Option<BodyIx>, period: &Period) -> bool {
        complete(&self.scopes, table, kind, body, period)
    }

    /// Whether a table is declared to list everything of one body in a period, by a declaration of that body itself.
    pub(crate) fn complete_of(&self, table: TableName, body: BodyIx, period: &Period) -> bool {
        let own = |scope: &&Scope| scope.body == Some(body) && scope.table == table && scope.kind.is_none();
        period.covered_by(self.scopes.iter().filter(own).map(|scope| scope.period))
    }
}

fn complete(scopes: &[Scope], table: TableName, kind: Option<&str>, body: Option<BodyIx>, period: &Period) -> bool {
    let meant = |scope: &&Scope| {
        scope.table == table
            && (scope.body.is_none() || scope.body == body)
            && (scope.kind.is_none() || scope.kind.as_deref() == kind)
    };
    period.covered_by(scopes.iter().filter(meant).map(|scope| scope.period))
}

impl Building<'_> {
    fn people(&mut self) {
        let facts = self.facts;
        for person in &facts.tables().people {
            let body = self.names.find(&person.body, None);
            let ix = self.person(&person.id);
            if let (Some(body), Some(entry)) = (body, self.entries.get_mut(ix.index())) {
                entry.listed.push((body, person.clone()));
                entry.listed.order_by_key(|(body, person)| (*body, person.role));
            }
            let tied: Vec<Arc<str>> = person.areas.iter().map(|area| self.shared(area.as_str())).collect();
            if let Some(entry) = self.entries.get_mut(ix.index()) {
                entry.tied.extend(tied);
                entry.tied.order();
                entry.tied.dedup();
            }
        }
    }

    /// The collectives, by id.
    fn collectives(&mut self) -> Vec<CollectiveEntry> {
        let records = self.facts.tables().collectives.iter();
        let entry = |record: &crate::facts::Collective| {
            let body = self.names.find(&record.body, None)?;
            Some(CollectiveEntry { id: record.id.clone(), body, kind: record.kind })
        };
        let mut collectives: Vec<CollectiveEntry> = records.filter_map(entry).collect();
        collectives.order_by(|a, b| a.id.cmp(&b.id));
        collectives
    }

    /// Tables that here only say that a body was there in some year.
    fn other_tables(&mut self) {
        let facts = self.facts;
        let tables = facts.tables();
        let day = |date| Some(Period::day(date));
        let yearly = tables.rankings.iter().map(|r| (&r.body, Period::year(r.year)));
        let documents = tables.documents.iter().map(|r| (&r.body, Period::year(r.year)));
        let activities = tables.activities.iter().map(|r| (&r.body, day(r.date)));
        let inspections = tables.inspections.iter().map(|r| (&r.body, day(r.date)));
        let assignments = tables.written_assignments.iter().map(|r| (&r.body, day(r.date)));
        let deputies = tables.deputies.iter().map(|r| (&r.body, day(r.since)));
        let estimates = tables.estimates.iter().map(|r| (&r.body, day(r.submitted)));
        let reports = tables.task_reports.iter().filter_map(|r| Some((r.body.as_ref()?, day(r.date))));
        let all = yearly.chain(documents).chain(activities).chain(inspections).chain(assignments);
        for (name, period) in all.chain(deputies).chain(estimates).chain(reports) {
            let Some(period) = period else { continue };
            let body = self.names.find(name, Some(period));
            self.saw(body, &period);
        }
    }

    /// The handle of a person, new where nobody of that id is known yet.
    fn person(&mut self, id: &PersonId) -> PersonIx {
        if let Some(ix) = self.people.get(id) {
            return *ix;
        }
        let ix = PersonIx(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        self.people.insert(id.clone(), ix);
        self.entries.push(PersonEntry { id: id.clone(), listed: Vec::new(), tied: Vec::new() });
        ix
    }

    fn scopes(&mut self) {
        let facts = self.facts;
        for record in &facts.tables().complete {
            let Some(period) = record.period() else { continue };
            let body = record.body.as_ref().map(|name| self.names.find(name, Some(period)));
            let body = match body {
                None => None,
                Some(Some(body)) => Some(body),
                Some(None) => continue,
            };
            let kind = record.kind.clone();
            self.scopes.push(Scope { table: record.table, kind, body, period });
        }
    }

    /// One shared text for each source.
    fn source(&mut self, source: Option<&String>) -> Option<Arc<str>> {
        Some(self.shared(source?))
    }

    /// One shared text for all that are equal.
    fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.sources.get(text) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = text.into();
        self.sources.insert(text.to_owned(), Arc::clone(&shared));
        shared
    }

    /// Notes that a body has records in some years.
    fn saw(&mut self, body: Option<BodyIx>, period: &Period) {
        let years = period.from().year()..=period.to().year().min(self.as_of.year());
        if body.is_none() || body == self.names.registry().city() {
            self.city_years.extend(years);
        } else {
            self.body_years.extend(years);
        }
    }

    fn unused(&mut self, table: &'static str, subject: &str, period: &Period, why: (&'static str, &'static str)) {
        let when = if period.days() == 1 {
            crate::calendar::iso(period.from())
        } else {
            format!("{}/{}", crate::calendar::iso(period.from()), crate::calendar::iso(period.to()))
        };
        self.unused.push(Unused { table, subject: subject.to_owned(), when, vi: why.0, en: why.1 });
    }
}

/// How many years of one declaration are looked at, the last ones.
const YEARS_DECLARED: usize = 100;

/// Why a record is not read.
pub(super) mod why {
    pub(crate) const LATER: (&str, &str) = ("sau ngày đánh giá", "after the day of assessment");
    pub(crate) const BEFORE: (&str, &str) = ("trước khi có kế hoạch", "before there was a plan");
    pub(crate) const STRADDLES: (&str, &str) =
        ("kỳ số liệu không nằm gọn trong một năm", "its period does not lie within one year");
    pub(crate) const NO_RULE: (&str, &str) =
        ("không có quy định nào của Kế hoạch dùng số liệu này", "no rule of the plan reads it");
    pub(crate) const NOT_COMPLETE: (&str, &str) = (
        "bảng chưa được khai là đầy đủ nên không cộng thành số chung",
        "its table is not declared complete, so that no sum is made of it",
    );
    pub(crate) const OWN: (&str, &str) = ("đã có số chung của thành phố", "the city has a figure of its own");
    pub(crate) const COVERED: (&str, &str) =
        ("đã có số liệu của kỳ bao trùm", "a record of a longer period says it already");
    pub(crate) const BREAKDOWN: (&str, &str) =
        ("là số chi tiết theo lĩnh vực, đã có số chung", "a breakdown by field of a record that is there");
}
