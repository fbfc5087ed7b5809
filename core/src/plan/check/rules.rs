//! What every rule refers to: clauses, readings, subject; and that it lists the readings it relies on.

use super::known::Known;
use super::readings::known_options;
use super::report::Report;
use super::{ids, kinds};
use crate::input::node::clip;
use crate::input::{Path, ProblemCode};
use crate::plan::ids::{OptionId, ReadingKey};
use crate::plan::kind::{CoverageOf, Level, MeasureId, RuleKind, RuleSubject, Stock, SubjectKind};
use crate::plan::rule::Rule;

/// The roles that people have in facts.
const ROLES: &[&str] = &["head", "deputy", "staff"];

pub(super) fn check(known: &Known<'_>, report: &mut Report<'_>) {
    let rules = Path::Root.key("rule");
    for (i, rule) in known.plan.rule.iter().enumerate() {
        let at = rules.index(i);
        places(known, report, &at, rule);
        subject(known, report, &at.key("subject"), &rule.head().subject);
        readings(known, report, &at, rule);
        relied_on(known, report, &at.key("readings"), rule);
        kinds::check(known, report, &at, rule);
    }
}

/// Reports a name that is neither a paragraph nor a task.
pub(super) fn place(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, name: &str) {
    if known.place(name).is_none() {
        report.unknown(at, "clause or task", name, known.places());
    }
}

fn places(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, rule: &Rule) {
    place(known, report, &at.key("clause"), &rule.head().clause);
    let also = at.key("also");
    for (i, name) in rule.head().also.iter().enumerate() {
        place(known, report, &also.index(i), name);
    }
    ids::list(report, &also, rule.head().also.iter().map(String::as_str));
}

fn subject(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, subject: &RuleSubject) {
    if let Some(group) = &subject.group
        && !known.body_groups.contains(group.as_str())
    {
        report.unknown(&at.key("group"), "group of bodies", group.as_str(), known.body_groups.iter().copied());
    }
    let Some(role) = &subject.role else { return };
    if subject.kind != SubjectKind::Person {
        report.inconsistent(
            &at.key("role"),
            format!("`role` belongs to persons, not to a subject of kind `{}`", subject.kind),
        );
    } else if !ROLES.contains(&role.as_str()) {
        let message = format!("unknown value `{}`, expected one of {}", clip(role), ROLES.join(", "));
        report.add(ProblemCode::UnknownChoice, &at.key("role"), message);
    }
}

/// The readings under which a rule has other parameters.
pub(super) fn under(rule: &Rule) -> Vec<(&ReadingKey, &OptionId)> {
    match rule.kind() {
        RuleKind::Level(level) => level.under.iter().map(|under| (&under.reading, &under.option)).collect(),
        RuleKind::Cap(cap) => cap.under.iter().map(|under| (&under.reading, &under.option)).collect(),
        _ => Vec::new(),
    }
}

fn readings(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, rule: &Rule) {
    let listed = &rule.head().readings;
    let (readings_at, under_at) = (at.key("readings"), at.key("under"));
    let under = under(rule);
    ids::list(report, &readings_at, listed.iter().map(ReadingKey::as_str));
    for (i, key) in listed.iter().enumerate() {
        let own = known_options(key.as_str()).is_none();
        if !known.readings.contains_key(key.as_str()) {
            report.unknown(&readings_at.index(i), "reading", key.as_str(), known.readings.keys().copied());
        } else if own && !under.iter().any(|(reading, _)| *reading == key) {
            let message = format!("no `under` of this rule says what the reading `{key}` changes");
            report.inconsistent(&readings_at.index(i), message);
        }
    }
    for (i, (key, option)) in under.into_iter().enumerate() {
        let one_at = under_at.index(i);
        let Some(reading) = known.readings.get(key.as_str()) else {
            report.unknown(&one_at.key("reading"), "reading", key.as_str(), known.readings.keys().copied());
            continue;
        };
        if !listed.contains(key) {
            report.inconsistent(&one_at.key("reading"), format!("the rule does not list the reading `{key}`"));
        }
        let options = || reading.options.iter().map(|option| option.id.as_str());
        if !options().any(|id| id == option.as_str()) {
            let what = format!("option of `{key}`");
            report.unknown(&one_at.key("option"), &what, option.as_str(), options());
        }
    }
}

/// The readings of the engine that decide how a rule is computed.
fn governing(kind: &RuleKind) -> Vec<&'static str> {
    match kind {
        RuleKind::Level(level) => governing_level(level),
        RuleKind::Leadership(kind) if kind.measure == MeasureId::LateShare => vec!["late_denominator"],
        RuleKind::Cap(cap) => {
            let mut conditions = cap.when.iter().chain(cap.under.iter().flat_map(|under| &under.when));
            let late = conditions.any(|condition| condition.measure == MeasureId::LateShare);
            if late { vec!["late_denominator"] } else { Vec::new() }
        }
        RuleKind::Reduction(reduction) => match reduction.stock {
            Stock::Headcount => {
                vec!["reduction_rounding", "reduction_baseline", "headcount_basis", "baseline_adjustment"]
            }
            Stock::ServiceUnits => vec!["reduction_rounding", "reduction_baseline"],
        },
        RuleKind::Consequence(kind) if kind.patterns.iter().any(|pattern| pattern.years > 1) => {
            vec!["consecutive_rank"]
        }
        RuleKind::Deadline(kind) if kind.within_days.is_some() => vec!["update_days"],
        // Tasks due within days of an event are among them.
        RuleKind::Coverage(kind) if kind.of == CoverageOf::TasksOnSchedule => vec!["update_days"],
        _ => Vec::new(),
    }
}

fn governing_level(level: &Level) -> Vec<&'static str> {
    let late = (level.measure == MeasureId::LateShare).then_some("late_denominator");
    let fields = (level.measure == MeasureId::Satisfaction && level.field.is_some()).then_some("satisfaction_fields");
    let steps = (level.steps.len() > 1).then_some("between_milestones");
    [late, fields, steps].into_iter().flatten().collect()
}

/// Reports every reading that the plan defines, that governs the rule, and that the rule does not list.
fn relied_on(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, rule: &Rule) {
    let listed = &rule.head().readings;
    for key in governing(rule.kind()) {
        if known.readings.contains_key(key) && !listed.iter().any(|listed| listed.as_str() == key) {
            report.missing(at, format!("the rule relies on the reading `{key}` and must list it"));
        }
    }
}
