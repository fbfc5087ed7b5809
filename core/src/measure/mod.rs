//! Measures: named numbers computed from facts for a subject and a period, exact, bounded or unknown.
//!
//! - `exact`: percentages without rounding, intervals of them, bounds that decide or do not.
//! - `ledger`: facts bound to a plan, put in order; `range`: what totals say of parts.
//! - `measurement`: what a measure says; `note`: remarks on the data, and what is missing.
//! - `ways`: the readings chosen; `schedule`: when tasks fall due and whether they are done.
//! - `activity`: what people call the activities that rules count.
//! - `ratio`: exact fractions.
//! - one file for each measure: `late_share`, `satisfaction`, `online_share`, `title_standards`, `stock`.

pub(crate) mod activity;
pub mod exact;
pub(crate) mod late_share;
pub(crate) mod ledger;
pub mod measurement;
pub mod note;
pub(crate) mod online_share;
pub(crate) mod range;
pub mod ratio;
pub(crate) mod satisfaction;
pub(crate) mod schedule;
pub(crate) mod stock;
pub(crate) mod title_standards;
pub mod ways;

pub use ledger::{PersonIx, Unused};

use crate::text::Lang;

/// The name of a survey's field, with its "lĩnh vực".
pub(crate) fn field_name(field: &str, lang: Lang) -> String {
    match (lang, field) {
        (Lang::Vi, "land") => "lĩnh vực đất đai".into(),
        (Lang::Vi, "construction") => "lĩnh vực xây dựng".into(),
        (Lang::Vi, "investment") => "lĩnh vực đầu tư".into(),
        (Lang::Vi, "overall") => "chung".into(),
        (Lang::Vi, other) => format!("lĩnh vực {other}"),
        (Lang::En, "overall") => "overall".into(),
        (Lang::En, other) => format!("the field of {other}"),
    }
}
