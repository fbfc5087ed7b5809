//! A table whose kind of record does not matter, so that what is done with every table is compiled once.

use time::Date;

use super::ids::BodyRef;
use super::intake::Names;
use super::note::{FactNote, Remarks};
use super::record::Fact;
use super::tables::TableName;
use crate::calendar::Period;
use crate::input::{Node, Path, Problems};
use crate::order::Set;

/// Told of each body that a record names: the field, the name, and when the body must exist.
pub(super) type Seen<'s> = &'s mut dyn FnMut(&str, &BodyRef, Option<Period>);

/// What a record is about, its bodies under one name each.
pub(super) struct Outline {
    pub(super) key: Vec<u8>,
    /// Its period, and the time line on which periods must not overlap.
    pub(super) lane: Option<(Vec<u8>, Period)>,
}

/// Where the checks of one record put what they find.
pub(super) struct Findings<'f> {
    pub(super) problems: &'f mut Problems,
    pub(super) notes: &'f mut Vec<FactNote>,
    pub(super) unknown: &'f mut Set<String>,
}

/// The records of one table by their places in it.
pub(super) trait Sheet {
    /// The table.
    fn name(&self) -> TableName;

    /// The fields that say what a record is about.
    fn key_fields(&self) -> &'static [&'static str];

    /// How many records there are.
    fn count(&self) -> usize;

    /// Since when a record is known, where it says so.
    fn known_on(&self, at: usize) -> Option<Date>;

    /// What a record is about.
    fn outline(&self, at: usize, names: Names<'_>, seen: Seen<'_>) -> Option<Outline>;

    /// What it is about whenever it is known.
    fn undated_key(&self, at: usize, names: Names<'_>) -> Vec<u8>;

    /// Checks a record by itself.
    fn check(&self, at: usize, path: Path<'_>, findings: Findings<'_>);

    /// Its JSON text.
    fn text(&self, at: usize) -> String;

    /// The same without source and note, its bodies under one name each: records with one such text say the same.
    fn bare_text(&self, at: usize, names: Names<'_>) -> String;

    /// Reads one more record; false where it cannot be read.
    fn read(&mut self, node: &Node<'_>, path: &Path<'_>, out: &mut Problems) -> bool;

    /// Whether a record leaves the body out where the city is meant.
    fn leaves_body_out(&mut self) -> bool;

    /// Puts two records in each other's places.
    fn swap(&mut self, a: usize, b: usize);

    /// Leaves out all records but the first few.
    fn truncate(&mut self, count: usize);
}

impl<T: Fact> Sheet for Vec<T> {
    fn name(&self) -> TableName {
        T::TABLE
    }

    fn key_fields(&self) -> &'static [&'static str] {
        T::KEY
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn known_on(&self, at: usize) -> Option<Date> {
        self.get(at)?.known_on()
    }

    fn outline(&self, at: usize, names: Names<'_>, seen: Seen<'_>) -> Option<Outline> {
        let bare = bare(self.get(at)?, names, seen);
        Some(Outline { key: bare.key(), lane: bare.lane() })
    }

    fn undated_key(&self, at: usize, names: Names<'_>) -> Vec<u8> {
        let Some(record) = self.get(at) else { return Vec::new() };
        let mut bare = bare(record, names, &mut |_, _, _| ());
        bare.undated();
        bare.key()
    }

    fn check(&self, at: usize, path: Path<'_>, findings: Findings<'_>) {
        let Some(record) = self.get(at) else { return };
        let Findings { problems, notes, unknown } = findings;
        record.check(&path, problems);
        record.remarks(&mut Remarks { table: T::TABLE, at: path, notes, unknown });
    }

    fn text(&self, at: usize) -> String {
        self.get(at).and_then(|record| serde_json::to_string(record).ok()).unwrap_or_default()
    }

    fn bare_text(&self, at: usize, names: Names<'_>) -> String {
        let bare = self.get(at).map(|record| bare(record, names, &mut |_, _, _| ()));
        bare.and_then(|bare| serde_json::to_string(&bare).ok()).unwrap_or_default()
    }

    fn read(&mut self, node: &Node<'_>, path: &Path<'_>, out: &mut Problems) -> bool {
        let record = T::read(node, path, out);
        let read = record.is_some();
        self.extend(record);
        read
    }

    fn leaves_body_out(&mut self) -> bool {
        self.iter_mut().any(|record| matches!(record.body_or_city(), Some(None)))
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.as_mut_slice().swap(a, b);
    }

    fn truncate(&mut self, count: usize) {
        Vec::truncate(self, count);
    }
}

/// A record without what does not matter for agreement.
fn bare<T: Fact>(record: &T, names: Names<'_>, seen: Seen<'_>) -> T {
    let mut bare = record.clone();
    bare.strip();
    bare.each_body(&mut |field, body, during| {
        seen(field, body, during);
        if let Some(known) = names(Some(body), during) {
            *body = known;
        }
    });
    if let Some(body @ None) = bare.body_or_city() {
        *body = names(None, None);
    }
    bare.sort_lists();
    bare
}
