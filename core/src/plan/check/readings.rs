//! Readings and scales, and the readings that the engine itself knows.

use super::report::Report;
use crate::input::node::clip;
use crate::input::{Path, ProblemCode};
use crate::plan::Contents;
use crate::plan::reading::Reading;
use crate::plan::scale::Scale;

/// The readings that change how the engine computes, with the options it knows. Any other reading is the plan's own:
/// what it changes stands in the `under` of rules.
pub(super) const KNOWN_READINGS: &[(&str, &[&str])] = &[
    ("late_denominator", &["resolved", "due", "received", "portal"]),
    ("reduction_rounding", &["exact", "nearest"]),
    ("reduction_baseline", &["eve_of_period", "year_2021"]),
    ("headcount_basis", &["assigned", "actual"]),
    ("baseline_adjustment", &["adjusted", "raw"]),
    ("satisfaction_fields", &["each", "pooled"]),
    ("between_milestones", &["hold", "milestone_only"]),
    ("update_days", &["calendar", "working"]),
    ("consecutive_rank", &["exactly_average", "average_or_below"]),
    ("repeat_supplement", &["ignore", "late"]),
];

/// The options that the engine knows for a reading; none for a plan's own reading.
pub(super) fn known_options(key: &str) -> Option<&'static [&'static str]> {
    KNOWN_READINGS.iter().find(|(known, _)| *known == key).map(|(_, options)| *options)
}

pub(super) fn check(plan: &Contents, report: &mut Report<'_>) {
    let readings = Path::Root.key("reading");
    for (i, reading) in plan.reading.iter().enumerate() {
        one_reading(report, &readings.index(i), reading);
    }
    let scales = Path::Root.key("scale");
    for (i, scale) in plan.scale.iter().enumerate() {
        one_scale(report, &scales.index(i), scale);
    }
}

fn one_reading(report: &mut Report<'_>, at: &Path<'_>, reading: &Reading) {
    let options = at.key("options");
    if reading.options.len() < 2 {
        report.missing(&options, "a reading needs at least two options");
    }
    let ids = || reading.options.iter().map(|option| option.id.as_str());
    if !ids().any(|id| id == reading.default.as_str()) {
        report.unknown(&at.key("default"), "option", reading.default.as_str(), ids());
    }
    let Some(known) = known_options(reading.key.as_str()) else { return };
    for (i, id) in ids().enumerate().filter(|(_, id)| !known.contains(id)) {
        let message = format!("the engine does not know the option `{}` of `{}`", clip(id), reading.key);
        let help = format!("it knows {}", known.join(", "));
        report.add_with_help(ProblemCode::UnknownChoice, &options.index(i).key("id"), message, help);
    }
}

fn one_scale(report: &mut Report<'_>, at: &Path<'_>, scale: &Scale) {
    let bands = at.key("bands");
    if scale.bands.is_empty() {
        report.missing(&bands, "a scale needs bands");
    }
    let mut lowest = None;
    for (i, band) in scale.bands.iter().enumerate() {
        let Some(score) = band.from_score else { continue };
        if lowest.is_some_and(|lowest| score >= lowest) {
            report.inconsistent(&bands.index(i).key("from_score"), "the best band comes first: the scores must fall");
        }
        lowest = Some(score);
    }
}
