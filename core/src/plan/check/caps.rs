//! Caps, their conditions, and references to scales and bands.

use super::kinds::{exactly_one, is_rank, percent, survey_field};
use super::known::Known;
use super::report::Report;
use crate::input::{Path, ProblemCode};
use crate::order::Set;
use crate::plan::kind::{Cap, Condition};

/// The scale of the ranks that conditions compare.
pub(super) const RANK: &str = "rank";

pub(super) fn check(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, cap: &Cap) {
    scale(known, report, &at.key("scale"), cap.scale.as_str());
    band(known, report, &at.key("ceiling"), cap.scale.as_str(), cap.ceiling.as_str());
    conditions(known, report, &at.key("when"), &cap.when);
    let under = at.key("under");
    let mut seen = Set::new();
    for (i, other) in cap.under.iter().enumerate() {
        let under_at = under.index(i);
        conditions(known, report, &under_at.key("when"), &other.when);
        if !seen.insert((&other.reading, &other.option, other.from)) {
            report.add(ProblemCode::DuplicateId, &under_at.key("option"), "the option has its conditions already");
        }
    }
}

/// Reports an id that no scale has.
pub(super) fn scale(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, id: &str) {
    if !known.scales.contains_key(id) {
        report.unknown(at, "scale", id, known.scales.keys().copied());
    }
}

/// Reports an id that no band of a known scale has.
pub(super) fn band(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, scale: &str, id: &str) {
    let Some(scale) = known.scales.get(scale) else { return };
    if scale.place(id).is_none() {
        let what = format!("band of the scale `{}`", scale.id);
        report.unknown(at, &what, id, scale.bands.iter().map(|band| band.id.as_str()));
    }
}

fn conditions(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, when: &[Condition]) {
    if when.is_empty() {
        report.missing(at, "a cap needs at least one condition");
    }
    for (i, one) in when.iter().enumerate() {
        condition(known, report, &at.index(i), one);
    }
}

fn condition(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, one: &Condition) {
    let percents = [
        ("at_least", one.at_least),
        ("more_than", one.more_than),
        ("at_most", one.at_most),
        ("less_than", one.less_than),
    ];
    let bands = [("band_at_most", one.band_at_most.as_ref()), ("band_below", one.band_below.as_ref())];
    let mut given: Vec<(&str, bool)> = percents.iter().map(|(name, bound)| (*name, bound.is_some())).collect();
    given.extend(bands.iter().map(|(name, bound)| (*name, bound.is_some())));
    exactly_one(report, at, &given);
    survey_field(report, at, one.measure, one.field.as_deref());
    let rank = is_rank(one.measure);
    if rank && !known.scales.contains_key(RANK) {
        report.unknown(&at.key("measure"), "scale", RANK, known.scales.keys().copied());
    }
    for (name, bound) in percents {
        let Some(value) = bound else { continue };
        percent(report, &at.key(name), value);
        if rank {
            report.inconsistent(&at.key(name), format!("`{}` is a rank: its bound is a band", one.measure));
        }
    }
    for (name, bound) in bands {
        let Some(id) = bound else { continue };
        if rank {
            band(known, report, &at.key(name), RANK, id.as_str());
        } else {
            report.inconsistent(&at.key(name), format!("`{}` is a percentage: its bound is a number", one.measure));
        }
    }
}
