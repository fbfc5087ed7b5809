//! Measures: named numbers computed from facts for a subject and a period, exact, bounded or unknown.
//!
//! - `exact`: percentages without rounding, intervals of them, bounds that decide or do not.
//! - `ledger`: facts bound to a plan, put in order; `range`: what totals say of parts.
//! - `measurement`: what a measure says; `note`: remarks on the data; `missing`: what is not there.
//! - `ways`: the readings chosen; `schedule`: when tasks fall due and whether they are done.
//! - `activity`: what people call the activities that rules count.
//! - `ratio`: exact fractions.
//! - one file for each measure: `late_share`, `satisfaction`, `online_share`, `title_standards`, `stock`.

pub(crate) mod activity;
pub mod exact;
pub(crate) mod late_share;
pub(crate) mod ledger;
pub(crate) mod measurement;
pub mod missing;
pub mod note;
pub(crate) mod online_share;
pub(crate) mod range;
pub mod ratio;
pub(crate) mod satisfaction;
pub(crate) mod schedule;
pub(crate) mod stock;
pub(crate) mod title_standards;
pub mod ways;

pub use ledger::{CollectiveIx, PersonIx, Unused};

use crate::facts::IndexId;
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

/// The name of an index as the province publishes it.
pub(crate) fn index_name(index: IndexId, lang: Lang) -> &'static str {
    match (lang, index) {
        (Lang::Vi, IndexId::Par) => "chỉ số cải cách hành chính (PAR Index)",
        (Lang::Vi, IndexId::Pci) => "chỉ số năng lực cạnh tranh cấp tỉnh (PCI)",
        (Lang::Vi, IndexId::Papi) => "chỉ số hiệu quả quản trị và hành chính công cấp tỉnh (PAPI)",
        (Lang::Vi, IndexId::Ict) => "chỉ số mức độ sẵn sàng cho phát triển và ứng dụng công nghệ thông tin (ICT Index)",
        (Lang::Vi, IndexId::Dti) => "chỉ số chuyển đổi số (DTI)",
        (Lang::Vi, IndexId::Sipas) => "chỉ số hài lòng về sự phục vụ hành chính (SIPAS)",
        (Lang::En, IndexId::Par) => "the PAR Index",
        (Lang::En, IndexId::Pci) => "the PCI",
        (Lang::En, IndexId::Papi) => "the PAPI",
        (Lang::En, IndexId::Ict) => "the ICT Index",
        (Lang::En, IndexId::Dti) => "the DTI",
        (Lang::En, IndexId::Sipas) => "the SIPAS index",
    }
}

/// The same by the index's id.
pub(crate) fn index_name_of(index: &str, lang: Lang) -> String {
    IndexId::from_word(index).map_or_else(|| index.to_owned(), |index| index_name(index, lang).to_owned())
}
