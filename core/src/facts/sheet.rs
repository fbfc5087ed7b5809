//! A table whose kind of record does not matter, so that what is done with every table is compiled once.

use time::Date;

use super::ids::BodyRef;
use super::intake::Names;
use super::note::{FactNote, Remarks};
use super::record::{Declared, Fact, members};
use super::tables::TableName;
use crate::calendar::Period;
use crate::input::field::List;
use crate::input::show::Items;
use crate::input::{Field, Node, Path, Problems};
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
pub(super) trait Sheet: List + Items {
    /// The table.
    fn name(&self) -> TableName;

    /// The fields that say what a record is about.
    fn key_fields(&self) -> &'static [&'static str];

    /// How many records there are.
    fn count(&self) -> usize;

    /// Since when a record is known, where it says so.
    fn known_on(&self, at: usize) -> Option<Date>;

    /// A record without its kind.
    fn fact(&self, at: usize) -> Option<&dyn Fact>;

    /// The same to be changed.
    fn fact_mut(&mut self, at: usize) -> Option<&mut dyn Fact>;

    /// Lends a copy of a record.
    fn copied(&self, at: usize, work: &mut dyn FnMut(&mut dyn Fact));

    /// Puts two records in each other's places.
    fn swap(&mut self, a: usize, b: usize);

    /// Leaves out all records but the first few.
    fn truncate(&mut self, count: usize);
}

impl<T: Fact + Declared + Field + Clone> Sheet for Vec<T> {
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

    fn fact(&self, at: usize) -> Option<&dyn Fact> {
        self.get(at).map(|record| record as _)
    }

    fn fact_mut(&mut self, at: usize) -> Option<&mut dyn Fact> {
        self.get_mut(at).map(|record| record as _)
    }

    fn copied(&self, at: usize, work: &mut dyn FnMut(&mut dyn Fact)) {
        if let Some(record) = self.get(at) {
            work(&mut record.clone());
        }
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.as_mut_slice().swap(a, b);
    }

    fn truncate(&mut self, count: usize) {
        Vec::truncate(self, count);
    }
}

impl dyn Sheet + '_ {
    /// What a record is about.
    pub(super) fn outline(&self, at: usize, names: Names<'_>, seen: Seen<'_>) -> Option<Outline> {
        let is_key = |name: &str| self.key_fields().contains(&name) || name == "known_on";
        self.bare(at, names, seen, |bare| Outline { key: members(bare, &is_key), lane: bare.lane() })
    }

    /// What it is about whenever it is known.
    pub(super) fn undated_key(&self, at: usize, names: Names<'_>) -> Vec<u8> {
        let is_key = |name: &str| self.key_fields().contains(&name);
        self.bare(at, names, &mut |_, _, _| (), |bare| members(bare, &is_key)).unwrap_or_default()
    }

    /// Checks a record by itself.
    pub(super) fn check(&self, at: usize, path: Path<'_>, findings: Findings<'_>) {
        let Some(record) = self.fact(at) else { return };
        let Findings { problems, notes, unknown } = findings;
        record.check(&path, problems);
        record.remarks(&mut Remarks { table: self.name(), at: path, notes, unknown });
    }

    /// Its JSON text.
    pub(super) fn text(&self, at: usize) -> String {
        self.at(at).map(|record| record.json()).unwrap_or_default()
    }

    /// The text of its fields without source and note, its bodies under one name each: records with one such text say the
    /// same.
    pub(super) fn bare_text(&self, at: usize, names: Names<'_>) -> Vec<u8> {
        let says = |name: &str| !matches!(name, "source" | "note");
        self.bare(at, names, &mut |_, _, _| (), |bare| members(bare, &says)).unwrap_or_default()
    }

    /// Reads one more record, of so many that are to come; false where it cannot be read.
    pub(super) fn read(&mut self, node: &Node<'_>, of: usize, path: &Path<'_>, out: &mut Problems) -> bool {
        let read = self.add(of).is_some_and(|record| record.read(node, path, out));
        if !read {
            self.truncate(self.count().saturating_sub(1));
        }
        read
    }

    /// Whether a record leaves the body out where the city is meant.
    pub(super) fn leaves_body_out(&mut self) -> bool {
        (0..self.count()).any(|at| matches!(self.fact_mut(at).and_then(|record| record.body_or_city()), Some(None)))
    }

    /// What `of` says of a record, its bodies under one name each and its lists in order.
    fn bare<R>(&self, at: usize, names: Names<'_>, seen: Seen<'_>, of: impl Fn(&dyn Fact) -> R) -> Option<R> {
        let mut told = None;
        self.copied(at, &mut |bare| {
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
            told = Some(of(bare));
        });
        told
    }
}
