//! Bodies and groups of bodies as the plan file lists them.

use time::Date;

use super::ids::{BodyGroupId, BodyId};
use crate::input::{choice, record};

record! {
    /// A body (cơ quan, đơn vị, địa phương). A body is a code and the day it came into force, never a
    /// code or a name alone: codes and names are used again.
    pub struct Body {
        /// Its id in this plan.
        pub id: BodyId,
        /// `city`, `city_office`, `service_unit`, `commune`, `outside`, ...: what selectors select by.
        pub kind: String,
        /// Its names, the one to show first.
        pub names: Vec<String>,
        /// Its name in English, where one is customary.
        pub name_en: Option<String>,
        /// Official code (mã đơn vị hành chính).
        pub code: Option<String>,
        /// First day in force.
        pub valid_from: Option<Date>,
        /// Last day in force.
        pub valid_to: Option<Date>,
        /// The body it belongs to.
        pub parent: Option<BodyId>,
        /// Where the record was read.
        pub source: Option<String>,
        /// Anything worth knowing.
        pub note: Option<String>,
    }
}

impl Body {
    /// The name to show.
    pub fn name(&self) -> &str {
        self.names.first().map_or(self.id.as_str(), String::as_str)
    }

    /// Whether it exists on some day of `from` to `to`.
    pub fn in_force(&self, from: Date, to: Date) -> bool {
        self.valid_from.is_none_or(|start| start <= to) && self.valid_to.is_none_or(|end| end >= from)
    }
}

record! {
    /// A named group of bodies: "các cơ quan, đơn vị", "UBND cấp xã".
    pub struct BodyGroup {
        /// Its id.
        pub id: BodyGroupId,
        /// What the document calls it.
        pub names: Vec<String>,
        /// Its name in English.
        pub name_en: Option<String>,
        /// Its members by id, or none where `kinds` selects them.
        pub members: Vec<BodyId>,
        /// The kinds of body that belong to it.
        pub kinds: Vec<String>,
        /// Why it has no members, where it has none.
        pub note: Option<String>,
    }
}

choice! {
    /// What a reorganisation (sắp xếp) does.
    pub enum ReorganisationKind {
        /// Several become one (nhập).
        Merge = "merge",
        /// One becomes several (chia, tách).
        Split = "split",
        /// Another name, the same body.
        Rename = "rename",
        /// An end without continuation (giải thể).
        Dissolve = "dissolve",
        /// Another parent.
        Transfer = "transfer",
        /// Turned into a company (cổ phần hóa).
        Equitise = "equitise",
    }
}

record! {
    /// A part of what a split divides.
    pub struct SplitShare {
        /// The body that receives it.
        pub body: BodyId,
        /// How many hundredths it receives.
        pub percent: rust_decimal::Decimal,
    }
}

record! {
    /// A reorganisation of bodies.
    pub struct Reorganisation {
        /// First day of the new state.
        pub date: Date,
        /// What it does.
        pub kind: ReorganisationKind,
        /// The bodies before.
        pub from: Vec<BodyId>,
        /// The bodies after.
        pub to: Vec<BodyId>,
        /// How a split divides counts; without it they are undetermined.
        pub shares: Vec<SplitShare>,
        /// The deciding document.
        pub document: Option<String>,
        /// Where it was read.
        pub source: Option<String>,
        /// Anything worth knowing.
        pub note: Option<String>,
    }
}
