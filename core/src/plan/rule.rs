//! A rule: one norm of the plan with its words.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::ids::{ReadingKey, RuleId};
use super::kind::{KindName, RuleKind, RuleSubject};
use super::reading::Bilingual;
use crate::input::record::Record;
use crate::input::{Field, Node, Path, Problems, record};

record! {
    /// What every rule has.
    pub struct RuleHead {
        /// Its id: `late_share_caps_rank`.
        pub id: RuleId,
        /// The clause (`I.1.3`) or task (`annex I.9`) that says so.
        pub clause: String,
        /// Further clauses that say so.
        pub also: Vec<String>,
        /// What kind of norm it is.
        pub kind: KindName,
        /// Whom it judges.
        pub subject: RuleSubject,
        /// A short name for boards.
        pub title: Bilingual,
        /// What it says, in English.
        pub gist_en: String,
        /// Its words, verbatim from the clause or task.
        pub quote: String,
        /// Whether the document only aspires to it (phấn đấu).
        pub aspirational: Option<bool>,
        /// The readings it relies on.
        pub readings: Vec<ReadingKey>,
    }
}

/// A norm of the plan (quy định): its head and what its kind needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    head: RuleHead,
    kind: RuleKind,
}

impl Rule {
    /// Its id.
    pub fn id(&self) -> &RuleId {
        &self.head.id
    }

    /// What every rule has.
    pub fn head(&self) -> &RuleHead {
        &self.head
    }

    /// What its kind needs.
    pub fn kind(&self) -> &RuleKind {
        &self.kind
    }

    /// Whether the document only aspires to it.
    pub fn aspirational(&self) -> bool {
        self.head.aspirational.unwrap_or(false)
    }
}

impl Field for Rule {
    fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Self> {
        let kind = node.get("kind").and_then(|kind| KindName::read(kind, &at.key("kind"), &mut Problems::default()));
        let mut names: Vec<&str> = RuleHead::FIELDS.to_vec();
        match kind {
            Some(kind) => names.extend(RuleKind::fields(kind)),
            // With no known kind its fields cannot be told from slips: only the kind is reported.
            None => names.extend(KindName::ALL.iter().flat_map(|kind| RuleKind::fields(*kind))),
        }
        let entries = crate::input::field::entries(node, &names, at, out)?;
        let head = RuleHead::read_fields(entries, node.line, at, out);
        let kind = kind.and_then(|kind| RuleKind::read(kind, entries, node.line, at, out));
        Some(Rule { head: head?, kind: kind? })
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.head.write_fields(&mut map)?;
        self.kind.write(&mut map)?;
        map.end()
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.write(serializer)
    }
}
