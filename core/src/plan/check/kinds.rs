//! What each kind of rule needs to make sense: one bound, years in order, percentages that are some.

use rust_decimal::Decimal;

use super::known::Known;
use super::report::Report;
use super::{caps, tasks};
use crate::calendar::iso;
use crate::facts::IndexId;
use crate::input::{Path, ProblemCode};
use crate::order::Set;
use crate::plan::kind::{Consequence, Deadline, Frequency, Level, MeasureId, Rank, Reduction, RuleKind, Step, Stock};
use crate::plan::rule::Rule;

/// Percentages have at most so many decimals, so that products of them stay exact.
const DECIMALS: u32 = 6;

pub(super) fn check(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, rule: &Rule) {
    match rule.kind() {
        RuleKind::Level(kind) => level(report, at, kind),
        RuleKind::Reduction(kind) => reduction(report, at, kind),
        RuleKind::Rank(kind) => rank(known, report, at, kind),
        RuleKind::Leadership(kind) => per_cent_measure(report, &at.key("measure"), kind.measure),
        RuleKind::Improvement(kind) => index(report, &at.key("index"), &kind.index),
        RuleKind::Cap(kind) => caps::check(known, report, at, kind),
        RuleKind::Consequence(kind) => consequence(known, report, at, kind),
        RuleKind::Frequency(kind) => frequency(report, at, kind),
        RuleKind::Deadline(kind) => deadline(report, at, kind),
        RuleKind::Coverage(kind) => {
            if let Some(value) = kind.percent {
                positive_percent(report, &at.key("percent"), value);
            }
        }
        RuleKind::Structure(_) => {}
    }
}

/// Reports a value that is no percentage, or one with too many decimals.
pub(super) fn percent(report: &mut Report<'_>, at: &Path<'_>, value: Decimal) {
    if value < Decimal::ZERO || value > Decimal::ONE_HUNDRED {
        report.out_of_range(at, format!("expected a percentage from 0 to 100, found {value}"));
    } else if value.normalize().scale() > DECIMALS {
        report.out_of_range(at, format!("expected at most {DECIMALS} decimals, found {value}"));
    }
}

fn positive_percent(report: &mut Report<'_>, at: &Path<'_>, value: Decimal) {
    if value.is_zero() {
        report.out_of_range(at, "expected more than 0 per cent, found 0");
    }
    percent(report, at, value);
}

/// Reports anything but exactly one of the fields.
pub(super) fn exactly_one(report: &mut Report<'_>, at: &Path<'_>, fields: &[(&str, bool)]) {
    let mut given = fields.iter().filter(|(_, given)| *given).map(|(name, _)| *name);
    let names: Vec<String> = fields.iter().map(|(name, _)| format!("`{name}`")).collect();
    match (given.next(), given.next()) {
        (Some(_), None) => {}
        (Some(_), Some(second)) => {
            report.inconsistent(&at.key(second), format!("expected one of {}, found more", names.join(", ")));
        }
        (None, _) => report.missing(at, format!("expected one of {}, found none", names.join(", "))),
    }
}

/// Whether a measure is a rank and not a percentage.
pub(super) fn is_rank(measure: MeasureId) -> bool {
    matches!(measure, MeasureId::Rank | MeasureId::AreaRank)
}

fn per_cent_measure(report: &mut Report<'_>, at: &Path<'_>, measure: MeasureId) {
    if is_rank(measure) {
        report.inconsistent(at, format!("`{measure}` is a rank, and this rule compares percentages"));
    }
}

/// The field of a survey belongs to a measure that surveys have.
pub(super) fn survey_field(report: &mut Report<'_>, at: &Path<'_>, measure: MeasureId, field: Option<&str>) {
    if field.is_some() && measure != MeasureId::Satisfaction {
        report.inconsistent(&at.key("field"), format!("`field` belongs to `satisfaction`, not to `{measure}`"));
    }
}

fn level(report: &mut Report<'_>, at: &Path<'_>, level: &Level) {
    per_cent_measure(report, &at.key("measure"), level.measure);
    survey_field(report, at, level.measure, level.field.as_deref());
    steps(report, &at.key("steps"), &level.steps);
    let under = at.key("under");
    let mut seen = Set::new();
    for (i, other) in level.under.iter().enumerate() {
        let under_at = under.index(i);
        steps(report, &under_at.key("steps"), &other.steps);
        if !seen.insert((&other.reading, &other.option)) {
            report.add(ProblemCode::DuplicateId, &under_at.key("option"), "the option has its steps already");
        }
    }
}

fn steps(report: &mut Report<'_>, at: &Path<'_>, steps: &[Step]) {
    if steps.is_empty() {
        report.missing(at, "a level needs at least one step");
    }
    let mut last: Option<i32> = None;
    for (i, step) in steps.iter().enumerate() {
        let step_at = at.index(i);
        let bounds = [("at_least", step.at_least), ("more_than", step.more_than)];
        exactly_one(report, &step_at, &bounds.map(|(name, bound)| (name, bound.is_some())));
        for (name, bound) in bounds {
            let Some(value) = bound else { continue };
            percent(report, &step_at.key(name), value);
        }
        if last.is_some_and(|last| step.from <= last) {
            report.inconsistent(&step_at.key("from"), "the years of the steps must rise");
        }
        last = Some(step.from);
    }
}

fn years(report: &mut Report<'_>, at: &Path<'_>, from: Option<i32>, to: i32, last: &str) {
    if from.is_some_and(|from| from > to) {
        report.inconsistent(&at.key(last), format!("`from` is after `{last}`"));
    }
}

fn reduction(report: &mut Report<'_>, at: &Path<'_>, reduction: &Reduction) {
    positive_percent(report, &at.key("percent"), reduction.percent);
    years(report, at, reduction.from, reduction.by, "by");
    match (reduction.stock, reduction.category) {
        (Stock::Headcount, None) => report.missing(&at.key("category"), "a reduction of `headcount` needs `category`"),
        (Stock::ServiceUnits, Some(_)) => {
            report.inconsistent(&at.key("category"), "`category` belongs to `headcount`, not to `service_units`");
        }
        _ => {}
    }
}

/// The index is one that facts can have.
fn index(report: &mut Report<'_>, at: &Path<'_>, index: &str) {
    if IndexId::from_word(index).is_none() {
        report.unknown(at, "index", index, IndexId::ALL.iter().map(|index| index.as_str()));
    }
}

/// The scale is the one that rankings speak of.
fn of_ranks(report: &mut Report<'_>, at: &Path<'_>, scale: &str) {
    if scale != caps::RANK && !report.has(at) {
        report.inconsistent(at, format!("rankings speak of the scale `{}`, not of `{scale}`", caps::RANK));
    }
}

fn rank(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, rank: &Rank) {
    caps::scale(known, report, &at.key("scale"), rank.scale.as_str());
    of_ranks(report, &at.key("scale"), rank.scale.as_str());
    caps::band(known, report, &at.key("at_least"), rank.scale.as_str(), rank.at_least.as_str());
    years(report, at, Some(rank.from), rank.to, "to");
    if rank.aspirational_from.is_some_and(|year| year < rank.from || year > rank.to) {
        report.inconsistent(&at.key("aspirational_from"), "the year is not one from `from` to `to`");
    }
}

fn consequence(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, consequence: &Consequence) {
    caps::scale(known, report, &at.key("scale"), consequence.scale.as_str());
    of_ranks(report, &at.key("scale"), consequence.scale.as_str());
    let patterns = at.key("patterns");
    if consequence.patterns.is_empty() {
        report.missing(&patterns, "a consequence needs at least one pattern");
    }
    if consequence.measures.is_empty() {
        report.missing(&at.key("measures"), "a consequence needs at least one measure");
    }
    for (i, pattern) in consequence.patterns.iter().enumerate() {
        let pattern_at = patterns.index(i);
        caps::band(known, report, &pattern_at.key("band"), consequence.scale.as_str(), pattern.band.as_str());
        at_least_one(report, &pattern_at.key("years"), Some(pattern.years));
    }
}

fn at_least_one(report: &mut Report<'_>, at: &Path<'_>, value: Option<u32>) {
    if value == Some(0) {
        report.out_of_range(at, "expected at least 1, found 0");
    }
}

fn frequency(report: &mut Report<'_>, at: &Path<'_>, frequency: &Frequency) {
    let bounds = [("at_least", frequency.at_least.is_some()), ("at_most", frequency.at_most.is_some())];
    exactly_one(report, at, &bounds);
    at_least_one(report, &at.key("at_least"), frequency.at_least);
}

fn deadline(report: &mut Report<'_>, at: &Path<'_>, deadline: &Deadline) {
    let ends = [
        ("by", deadline.by.is_some()),
        ("months", !deadline.months.is_empty()),
        ("within_days", deadline.within_days.is_some()),
    ];
    exactly_one(report, at, &ends);
    tasks::months(report, &at.key("months"), &deadline.months);
    at_least_one(report, &at.key("within_days"), deadline.within_days);
    if let (Some(from), Some(by)) = (deadline.from, deadline.by)
        && from > by
    {
        report.inconsistent(&at.key("by"), format!("`from` {} is after `by` {}", iso(from), iso(by)));
    }
}
