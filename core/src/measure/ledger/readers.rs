//! What of the facts no rule of the plan reads: it is told, not dropped in silence.

use super::{Building, why};
use crate::calendar::Period;
use crate::facts::{BodyRef, FieldId, ShareMeasure, SurveyResult};
use crate::order::Map;
use crate::plan::kind::{CoverageOf, MeasureId, RuleKind, SubjectKind};
use crate::plan::registry::{BodyIx, Registry};
use crate::plan::task::ScheduleKind;
use crate::plan::{Plan, Rule};

/// The rules that read a kind of records.
struct Readers<'p> {
    plan: &'p Plan,
    registry: &'p Registry,
    /// By what they look at, whoever they are about.
    by_measure: Map<(MeasureId, Option<&'p str>), Vec<&'p Rule>>,
    by_activity: Map<&'p str, Vec<&'p Rule>>,
}

/// The measures that a rule looks at, each with the field of a survey.
fn looks_at(rule: &Rule) -> Vec<(MeasureId, Option<&str>)> {
    match rule.kind() {
        RuleKind::Level(level) => vec![(level.measure, level.field.as_deref())],
        RuleKind::Leadership(kind) => vec![(kind.measure, None)],
        RuleKind::Cap(cap) => {
            let all = cap.when.iter().chain(cap.under.iter().flat_map(|under| &under.when));
            all.map(|condition| (condition.measure, condition.field.as_deref())).collect()
        }
        _ => Vec::new(),
    }
}

impl<'p> Readers<'p> {
    fn new(plan: &'p Plan, registry: &'p Registry) -> Readers<'p> {
        let (mut by_measure, mut by_activity) = (Map::new(), Map::new());
        for rule in plan.rules() {
            for (measure, field) in looks_at(rule) {
                let field = field.filter(|field| *field != FieldId::OVERALL);
                let rules: &mut Vec<&Rule> = by_measure.entry((measure, field)).or_default();
                rules.push(rule);
            }
            let kinds: Vec<&str> = match rule.kind() {
                RuleKind::Frequency(frequency) => {
                    std::iter::once(&frequency.activity).chain(&frequency.also_activities).map(String::as_str).collect()
                }
                RuleKind::Deadline(deadline) => vec![deadline.activity.as_str()],
                _ => Vec::new(),
            };
            for kind in kinds {
                let rules: &mut Vec<&Rule> = by_activity.entry(kind).or_default();
                rules.push(rule);
            }
        }
        Readers { plan, registry, by_measure, by_activity }
    }

    /// Whether a rule is about a body.
    fn names(&self, rule: &Rule, body: BodyIx) -> bool {
        let subject = &rule.head().subject;
        let of_group = || subject.group.as_ref().is_none_or(|group| self.registry.in_group(body, group.as_str()));
        if self.registry.city() == Some(body) {
            return subject.kind == SubjectKind::City || subject.city_too.unwrap_or(false);
        }
        subject.kind == SubjectKind::Body && of_group()
    }

    /// Whether some rule looks at a measure of a body; of a person where none is named.
    fn measure(&self, measure: MeasureId, field: Option<&str>, body: Option<BodyIx>) -> bool {
        let field = field.filter(|field| *field != FieldId::OVERALL);
        let about = |rule: &&&Rule| match body {
            Some(body) => self.names(rule, body),
            None => rule.head().subject.kind == SubjectKind::Person,
        };
        self.by_measure.get(&(measure, field)).is_some_and(|rules| rules.iter().any(|rule| about(&rule)))
    }

    /// The first year in which some coverage of a body is judged.
    fn covers(&self, wanted: &[CoverageOf], body: BodyIx) -> Option<i32> {
        let from = |rule: &Rule| match rule.kind() {
            RuleKind::Coverage(coverage) if wanted.contains(&coverage.of) && self.names(rule, body) => {
                Some(coverage.from)
            }
            _ => None,
        };
        self.plan.rules().iter().filter_map(from).min()
    }

    /// The first year in which an activity of a body counts.
    fn activity(&self, kind: &str, body: BodyIx) -> Option<i32> {
        let rules = self.by_activity.get(kind).into_iter().flatten().filter(|rule| self.names(rule, body));
        let from = |rule: &Rule| match rule.kind() {
            RuleKind::Frequency(frequency) => frequency.from,
            _ => i32::MIN,
        };
        rules.map(|rule| from(rule)).min()
    }

    /// Whether an event starts a task, or the days of a rule on it.
    fn waits(&self, task: &str) -> bool {
        let kind = self.plan.task(task).map(|task| task.schedule.kind);
        let dated = |rule: &Rule| match rule.kind() {
            RuleKind::Deadline(deadline) => {
                deadline.within_days.is_some() && rule.head().clause.strip_prefix("annex ") == Some(task)
            }
            _ => false,
        };
        matches!(kind, Some(ScheduleKind::OnTrigger | ScheduleKind::Within)) || self.plan.rules().iter().any(dated)
    }
}

/// Why records of a year are not read by what reads such records from another year on; none where they are.
fn from(first: Option<i32>, year: i32) -> Option<(&'static str, &'static str)> {
    match first {
        None => Some(why::NO_RULE),
        Some(first) if year < first => Some(why::BEFORE),
        Some(_) => None,
    }
}

impl Building<'_> {
    /// Lists the records that nothing of the plan looks at. Those of later days are listed already.
    pub(super) fn unread(&mut self, plan: &Plan) {
        let readers = Readers::new(plan, self.names.registry());
        self.unread_shares(&readers);
        self.unread_surveys(&readers);
        self.unread_dossiers(&readers);
        self.unread_duties(&readers);
        self.unread_others(&readers);
    }

    fn tell(&mut self, table: &'static str, subject: &str, period: Period, why: Option<(&'static str, &'static str)>) {
        if let Some(why) = why.filter(|_| period.from() <= self.as_of) {
            self.unused(table, subject, &period, why);
        }
    }

    fn unread_shares(&mut self, readers: &Readers<'_>) {
        let facts = self.facts;
        for record in &facts.tables().shares {
            let Some(period) = record.period() else { continue };
            let Some(body) = self.names.find_or_city(record.body.as_ref(), period) else { continue };
            let measure = match record.measure {
                ShareMeasure::LateShare => MeasureId::LateShare,
                ShareMeasure::Satisfaction => MeasureId::Satisfaction,
                ShareMeasure::OnlineShare => MeasureId::OnlineShare,
                ShareMeasure::OnlinePaymentShare => MeasureId::OnlinePaymentShare,
            };
            let field = record.field.as_ref().map(FieldId::as_str);
            if measure != MeasureId::Satisfaction && field.is_some_and(|field| field != FieldId::OVERALL) {
                continue;
            }
            // Satisfaction with a person is no measure.
            let read = match &record.officer {
                Some(_) => measure != MeasureId::Satisfaction && readers.measure(measure, field, None),
                None => readers.measure(measure, field, Some(body)),
            };
            let subject =
                record.officer.as_ref().map_or_else(|| named(record.body.as_ref()), |officer| officer.as_str());
            if !read {
                self.tell("shares", &about(subject, record.measure.as_str()), period, Some(why::NO_RULE));
            }
        }
    }

    fn unread_surveys(&mut self, readers: &Readers<'_>) {
        let (facts, city) = (self.facts, self.names.registry().city());
        for record in &facts.tables().surveys {
            let Some(year) = Period::year(record.year) else { continue };
            let Some(body) = self.names.find_or_city(record.body.as_ref(), year) else { continue };
            let reads = |body| readers.measure(MeasureId::Satisfaction, Some(record.field.as_str()), body);
            // Respondents of bodies add up to the city's.
            let counted =
                matches!(record.result(), Some(SurveyResult::Counts { .. })) && self.lineage.in_territory(body);
            let read = reads(Some(body)) || (counted && city.is_some() && reads(city));
            if !read {
                let subject = about(named(record.body.as_ref()), record.field.as_str());
                self.tell("surveys", &subject, year, Some(why::NO_RULE));
            }
        }
    }

    fn unread_dossiers(&mut self, readers: &Readers<'_>) {
        let facts = self.facts;
        let of_people = readers.measure(MeasureId::LateShare, None, None);
        let mut known: Map<BodyIx, bool> = Map::new();
        for record in &facts.tables().dossier_counts {
            let Some(period) = record.period().filter(|_| record.officer.is_none() || !of_people) else { continue };
            let Some(body) = self.names.find(&record.body, Some(period)) else { continue };
            let read = match record.officer {
                Some(_) => false,
                None => *known.entry(body).or_insert_with(|| {
                    let reads = |measure| readers.measure(measure, None, Some(body));
                    self.lineage.in_territory(body)
                        || reads(MeasureId::LateShare)
                        || reads(MeasureId::OnlineShare)
                        || readers.covers(&[CoverageOf::Apologies, CoverageOf::SupplementNotices], body).is_some()
                }),
            };
            self.tell("dossier_counts", record.body.as_str(), period, (!read).then_some(why::NO_RULE));
        }
    }

    /// What bodies owe: activities, and the states that coverage looks at.
    fn unread_duties(&mut self, readers: &Readers<'_>) {
        let facts = self.facts;
        let tables = facts.tables();
        let mut known: Map<(&str, BodyIx), Option<i32>> = Map::new();
        for record in &tables.activities {
            let day = Period::day(record.date);
            let Some(body) = self.names.find(&record.body, Some(day)) else { continue };
            let kind = record.kind.as_str();
            let first = *known.entry((kind, body)).or_insert_with(|| readers.activity(kind, body));
            if let why @ Some(_) = from(first, record.date.year()) {
                self.tell("activities", &about(record.body.as_str(), kind), day, why);
            }
        }
        let deputies =
            tables.deputies.iter().map(|r| ("deputies", CoverageOf::Deputies, &r.body, Period::day(r.since)));
        let assignments = tables.written_assignments.iter();
        let assignments =
            assignments.map(|r| ("written_assignments", CoverageOf::WrittenAssignments, &r.body, Period::day(r.date)));
        let estimates =
            tables.estimates.iter().map(|r| ("estimates", CoverageOf::Estimates, &r.body, Period::day(r.submitted)));
        let documents = tables.documents.iter();
        let documents = documents
            .filter_map(|r| Some(("documents", CoverageOf::ElectronicDocuments, &r.body, Period::year(r.year)?)));
        for (table, of, name, period) in deputies.chain(assignments).chain(estimates).chain(documents) {
            let Some(body) = self.names.find(name, Some(period)) else { continue };
            // Who was named deputy or had estimated before the plan still is and has.
            let lasting = matches!(of, CoverageOf::Deputies | CoverageOf::Estimates);
            let year = if lasting { i32::MAX } else { period.from().year() };
            self.tell(table, name.as_str(), period, from(readers.covers(&[of], body), year));
        }
    }

    fn unread_others(&mut self, readers: &Readers<'_>) {
        let facts = self.facts;
        let (tables, rules) = (facts.tables(), readers.plan.rules());
        let indices: Vec<&str> = rules
            .iter()
            .filter_map(|rule| match rule.kind() {
                RuleKind::Improvement(improvement) => Some(improvement.index.as_str()),
                _ => None,
            })
            .collect();
        for record in tables.indices.iter().filter(|record| !indices.contains(&record.index.as_str())) {
            let Some(year) = Period::year(record.year) else { continue };
            self.tell("indices", record.index.as_str(), year, Some(why::NO_RULE));
        }
        for record in tables.triggers.iter().filter(|record| !readers.waits(record.task.as_str())) {
            self.tell("triggers", record.task.as_str(), Period::day(record.date), Some(why::NO_RULE));
        }
        let leads = readers.by_measure.contains_key(&(MeasureId::OnlinePaymentShare, None));
        for record in tables.online_payments.iter().filter(|_| !leads) {
            let Some(year) = Period::year(record.year) else { continue };
            self.tell("online_payments", record.locality.as_str(), year, Some(why::NO_RULE));
        }
        let first = rules.iter().filter_map(|rule| match rule.kind() {
            RuleKind::Frequency(frequency) if rule.head().subject.kind == SubjectKind::Enterprise => {
                Some(frequency.from)
            }
            _ => None,
        });
        let first = first.min();
        for record in &tables.inspections {
            let day = Period::day(record.date);
            self.tell("inspections", record.enterprise.as_str(), day, from(first, record.date.year()));
        }
    }
}

/// Whom a record is about, and what of it.
fn about(subject: &str, what: &str) -> String {
    format!("{subject} ({what})").trim_start().to_owned()
}

/// As the record names it; the city where it names none.
fn named(body: Option<&BodyRef>) -> &str {
    body.map_or("", |body| body.as_str())
}
