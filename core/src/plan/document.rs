//! The document itself: head, sections, paragraphs, groups of tasks, corrections of the printed text.

use time::Date;

use super::ids::{BodyId, ClauseId, GroupId};
use crate::input::record;

record! {
    /// The head of the plan.
    pub struct Document {
        /// Number of the document (số, ký hiệu): `298/KH-UBND`.
        pub number: String,
        /// The day it was signed.
        pub date: Date,
        /// Who issued it.
        pub issuer: String,
        /// The body whose plan it is; findings about the whole territory have it as their subject. A file may leave it out
        /// where the issuer is a name of the body.
        pub body: BodyId,
        /// Place of issue.
        pub place: Option<String>,
        /// Full title.
        pub title: String,
        /// Title in English; left out, the title.
        pub title_en: String,
        /// Title of the annex (phụ lục).
        pub annex_title: Option<String>,
        /// Title of the annex in English.
        pub annex_title_en: Option<String>,
        /// How the plan is cited at the end of a sentence, in Vietnamese; left out, by its number.
        pub cite: String,
        /// How the plan is cited in English; left out, by its number.
        pub cite_en: String,
        /// The sentence before section I.
        pub opening: Option<String>,
        /// Who signed it.
        pub signed_by: String,
        /// In what capacity.
        pub signed_as: Option<String>,
        /// The documents it rests on (căn cứ).
        pub basis: Vec<String>,
        /// Who receives it (nơi nhận).
        pub recipients: Vec<String>,
        /// First day in force.
        pub valid_from: Date,
        /// Last day in force, where it has one.
        pub valid_to: Option<Date>,
    }
}

record! {
    /// A heading.
    pub struct Section {
        /// `I`, `I.1`.
        pub id: String,
        /// The heading as printed.
        pub title: String,
        /// The heading in English.
        pub title_en: String,
    }
}

record! {
    /// One paragraph of the main text.
    pub struct Clause {
        /// `I.1.3`: third paragraph of section I.1.
        pub id: ClauseId,
        /// The corrected wording.
        pub text: String,
        /// The wording as scanned, where it differs.
        pub printed: Option<String>,
        /// What it says, in English.
        pub gist_en: String,
    }
}

record! {
    /// A group of tasks in the annex.
    pub struct Group {
        /// `I` to `VII`.
        pub id: GroupId,
        /// Its title.
        pub title: String,
        /// Its title in English.
        pub title_en: String,
    }
}

crate::input::choice! {
    /// What an erratum corrects.
    pub enum ErratumKind {
        /// Letters or words.
        Wording = "wording",
        /// Numbering, cells, rows: nothing in the text is replaced.
        Structure = "structure",
    }
}

record! {
    /// A correction of the printed document.
    pub struct Erratum {
        /// A clause (`I.1.3`) or a task of the annex (`annex I.9`).
        pub r#where: String,
        /// Of wording or of structure.
        pub kind: ErratumKind,
        /// What is printed.
        pub printed: String,
        /// What is read instead.
        pub corrected: String,
        /// Why, in Vietnamese.
        pub why: String,
        /// Why, in English.
        pub why_en: String,
    }
}
