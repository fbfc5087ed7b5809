//! A rule: one norm of the plan with its words.

use serde::{Serialize, Serializer};

use super::ids::{ReadingKey, RuleId};
use super::kind::{KindName, RuleKind, RuleSubject};
use super::reading::Bilingual;
use crate::input::field::{entries, names, read, read_fields, read_record};
use crate::input::record::Record;
use crate::input::{Field, Node, Path, Problems, Show, Shown, record};

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

impl Record for Rule {
    fn each<'r>(&'r self, show: &mut dyn FnMut(&'static str, &'r dyn Field)) {
        self.head.each(show);
        self.kind.record().each(show);
    }

    fn each_mut(&mut self, take: &mut dyn FnMut(&'static str, &mut dyn Field)) {
        self.head.each_mut(take);
        self.kind.record_mut().each_mut(take);
    }
}

impl Field for Rule {
    fn blank() -> Self {
        Rule { head: RuleHead::blank(), kind: RuleKind::blank(KindName::Level) }
    }

    fn read(&mut self, node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> bool {
        let kind = node.get("kind").and_then(|kind| read(kind, &at.key("kind"), &mut Problems::default()));
        if let Some(kind) = kind {
            self.kind = RuleKind::blank(kind);
            return read_record(self, node, at, out);
        }
        // With no known kind its fields cannot be told from slips: only the kind is reported.
        let kinds = KindName::ALL.iter().flat_map(|kind| names(RuleKind::blank(*kind).record()));
        let names: Vec<&str> = names(&self.head).into_iter().chain(kinds).collect();
        if let Some(entries) = entries(node, &names, at, out) {
            read_fields(&mut self.head, entries, node.line, at, out);
        }
        false
    }
}

impl Show for Rule {
    fn shown(&self) -> Shown<'_> {
        Shown::Record(self)
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown().serialize(serializer)
    }
}
