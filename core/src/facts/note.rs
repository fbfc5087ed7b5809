//! What is odd about facts but was kept.

use std::fmt;

use super::tables::TableName;
use crate::input::{Path, choice};
use crate::order::Set;

choice! {
    /// The kind of a [`FactNote`], stable across versions.
    #[non_exhaustive]
    pub enum FactNoteKind {
        /// A record that says what another says; one of them is kept.
        Repeat = "repeat",
        /// Published figures that do not add up (form II.06a).
        BrokenIdentity = "broken_identity",
        /// A part larger than what it is a part of, where practice allows it.
        PartBeyondWhole = "part_beyond_whole",
        /// A word that means nothing special, but is nearly one that does.
        UnfamiliarWord = "unfamiliar_word",
    }
}

/// Something odd about a record that was kept all the same.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FactNote {
    kind: FactNoteKind,
    table: TableName,
    path: String,
    message: String,
}

impl FactNote {
    pub(crate) fn new(kind: FactNoteKind, table: TableName, path: &Path<'_>, message: String) -> Self {
        FactNote { kind, table, path: path.to_string(), message }
    }

    /// What kind of oddity it is.
    pub fn kind(&self) -> FactNoteKind {
        self.kind
    }

    /// The table of the record.
    pub fn table(&self) -> TableName {
        self.table
    }

    /// Where the record stood in what was read: `dossier_counts[2]`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is odd, in one line.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for FactNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.path, self.message)
    }
}

/// Takes the notes on one record.
#[derive(Debug)]
pub(crate) struct Remarks<'r> {
    pub(crate) table: TableName,
    pub(crate) at: Path<'r>,
    pub(crate) notes: &'r mut Vec<FactNote>,
    /// The words of the table that are not known ones, each of which is remarked once.
    pub(crate) unknown: &'r mut Set<String>,
}

/// Beyond this many unknown words in one table they are plainly meant, and looking each up would only cost time.
const UNKNOWN_AT_MOST: usize = 500;

impl Remarks<'_> {
    /// A note on the record.
    pub(crate) fn add(&mut self, kind: FactNoteKind, message: String) {
        self.notes.push(FactNote::new(kind, self.table, &self.at, message));
    }

    /// A note that `word` in `field` is nearly one that has a meaning, at its first occurrence.
    pub(crate) fn unfamiliar(&mut self, field: &str, word: &str, known: &[&str]) {
        if known.contains(&word) || self.unknown.contains(word) || self.unknown.len() >= UNKNOWN_AT_MOST {
            return;
        }
        self.unknown.insert(word.to_owned());
        if let Some(known) = crate::text::nearest(word, known.iter().copied()) {
            let message = format!("`{field}` is `{word}`, which means nothing special; did you mean `{known}`?");
            self.add(FactNoteKind::UnfamiliarWord, message);
        }
    }

    /// A note that a part is larger than its whole.
    pub(crate) fn part(&mut self, part: (&str, Option<u64>), whole: (&str, Option<u64>)) {
        if let (Some(p), Some(w)) = (part.1, whole.1)
            && p > w
        {
            let message = format!("`{}` is {p}, more than `{}`, which is {w}", part.0, whole.0);
            self.add(FactNoteKind::PartBeyondWhole, message);
        }
    }
}
