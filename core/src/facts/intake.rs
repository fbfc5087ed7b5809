//! From records as they come to tables that agree with themselves.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use serde_json::Value;
use time::Date;

use super::Mention;
use super::ids::BodyRef;
use super::note::{FactNote, FactNoteKind, Remarks};
use super::record::Fact;
use super::shape::list;
use crate::calendar::Period;
use crate::input::field::wrong_type;
use crate::input::{Kind, Node, Path, Problem, ProblemCode, Problems};

/// Under which name a body is known: what two records call differently may be one.
pub(super) type Names<'n> = &'n dyn Fn(&BodyRef, Option<Period>) -> Option<BodyRef>;

/// A record and where it stood in its table.
#[derive(Debug)]
pub(super) struct Row<T> {
    pub(super) place: usize,
    pub(super) record: T,
}

/// The records of one table. What is wrong with one does not keep the others from being read.
pub(super) fn rows<T: Fact>(document: &Node<'_>, out: &mut Problems) -> Vec<Row<T>> {
    let name = T::TABLE.as_str();
    let Some(table) = document.get(name) else { return Vec::new() };
    let at = Path::Root.key(name);
    let Kind::List(items) = &table.kind else {
        wrong_type(table, "a list of records", &at, out);
        return Vec::new();
    };
    let read = |(place, item)| T::read(item, &at.index(place), out).map(|record| Row { place, record });
    items.iter().enumerate().filter_map(read).collect()
}

/// Every body that the records of a table name.
pub(super) fn mentions<T: Fact>(rows: Vec<Row<T>>, all: &mut Vec<Mention>) {
    for Row { place, mut record } in rows {
        record.each_body(&mut |field, body, during| {
            let path = format!("{}[{place}].{field}", T::TABLE);
            all.push(Mention { table: T::TABLE, path, body: body.clone(), during });
        });
    }
}

/// Of the records known by a day (or at all), those of the latest state of knowledge of each key.
pub(super) fn known<T: Fact>(rows: Vec<Row<T>>, by: Option<Date>, names: Names<'_>) -> Vec<Row<T>> {
    let seen = |row: &Row<T>| by.is_none_or(|by| row.record.known_on().is_none_or(|known| known <= by));
    let rows: Vec<Row<T>> = rows.into_iter().filter(seen).collect();
    if rows.iter().all(|row| row.record.known_on().is_none()) {
        return rows;
    }
    let mut latest: HashMap<Vec<u8>, Option<Date>> = HashMap::with_capacity(rows.len());
    let keyed = rows.into_iter().map(|row| {
        let mut bare = bare(&row.record, names);
        bare.undated();
        (bare.key(), row)
    });
    let keyed: Vec<(Vec<u8>, Row<T>)> = keyed.collect();
    for (key, row) in &keyed {
        let known = row.record.known_on();
        let last = latest.entry(key.clone()).or_insert(known);
        *last = (*last).max(known);
    }
    let is_last = |(key, row): &(Vec<u8>, Row<T>)| latest.get(key) == Some(&row.record.known_on());
    keyed.into_iter().filter(is_last).map(|(_, row)| row).collect()
}

/// A record without what does not matter for agreement, its bodies under one name each.
fn bare<T: Fact>(record: &T, names: Names<'_>) -> T {
    let mut bare = record.clone();
    bare.strip();
    bare.each_body(&mut |_, body, during| {
        if let Some(known) = names(body, during) {
            *body = known;
        }
    });
    bare.sort_lists();
    bare
}

/// Where checks put what they find.
pub(super) struct Intake<'i> {
    pub(super) names: Names<'i>,
    pub(super) problems: &'i mut Problems,
    pub(super) notes: Vec<FactNote>,
}

/// A record on its way into a table.
struct Candidate<T> {
    row: Row<T>,
    /// The record without source and note, its bodies under one name each, its lists sorted.
    bare: T,
    /// Its own text, by which tables are ordered.
    text: String,
}

impl Intake<'_> {
    /// Checks the records of a table, leaves out repeats, and orders them by their text.
    pub(super) fn settle<T: Fact>(&mut self, rows: Vec<Row<T>>) -> Vec<Row<T>> {
        let name = T::TABLE.as_str();
        let table = Path::Root.key(name);
        let mut unknown = BTreeSet::new();
        for row in &rows {
            let at = table.index(row.place);
            row.record.check(&at, self.problems);
            row.record.remarks(&mut Remarks { table: T::TABLE, at, notes: &mut self.notes, unknown: &mut unknown });
        }
        let mut kept = self.agree(rows, &table);
        self.overlaps(&kept, &table);
        kept.sort_by(|a, b| a.text.cmp(&b.text));
        kept.into_iter().map(|candidate| candidate.row).collect()
    }

    /// One record for each key: another that says the same is noted, one that says otherwise is reported.
    fn agree<T: Fact>(&mut self, rows: Vec<Row<T>>, table: &Path<'_>) -> Vec<Candidate<T>> {
        let mut kept: Vec<Candidate<T>> = Vec::with_capacity(rows.len());
        let mut by_key: HashMap<Vec<u8>, usize> = HashMap::with_capacity(rows.len());
        for row in rows {
            let bare = bare(&row.record, self.names);
            let text = serde_json::to_string(&row.record).unwrap_or_default();
            let candidate = Candidate { row, bare, text };
            let slot = match by_key.entry(candidate.bare.key()) {
                Entry::Vacant(slot) => {
                    slot.insert(kept.len());
                    kept.push(candidate);
                    continue;
                }
                Entry::Occupied(slot) => *slot.get(),
            };
            let Some(first) = kept.get_mut(slot) else { continue };
            if first.bare == candidate.bare {
                self.repeat(first, candidate, table);
            } else {
                self.problems.push(contradiction(first, &candidate, table));
            }
        }
        kept
    }

    /// Keeps the record whose text comes first, which is one with a source rather than one without.
    fn repeat<T: Fact>(&mut self, first: &mut Candidate<T>, second: Candidate<T>, table: &Path<'_>) {
        let at = table.index(second.row.place);
        let message = format!("repeats `{}`; one of the two is kept", table.index(first.row.place));
        self.notes.push(FactNote::new(FactNoteKind::Repeat, T::TABLE, &at, message));
        if second.text < first.text {
            first.row.record = second.row.record;
            first.text = second.text;
        }
    }

    /// Periods of one lane either nest and are of different kinds, or have no day in common.
    fn overlaps<T: Fact>(&mut self, kept: &[Candidate<T>], table: &Path<'_>) {
        let mut lanes: Vec<(Vec<u8>, Period, usize)> = kept
            .iter()
            .filter_map(|candidate| candidate.bare.lane().map(|(lane, period)| (lane, period, candidate.row.place)))
            .collect();
        // Within a lane by first day, the longer before the shorter: what may hold a period comes before it.
        lanes.sort_by(|a, b| (&a.0, a.1.from(), b.1.to(), a.2).cmp(&(&b.0, b.1.from(), a.1.to(), b.2)));
        let mut found = Vec::new();
        let mut open: Vec<(Period, usize)> = Vec::new();
        let mut current: Option<&[u8]> = None;
        for (lane, period, place) in &lanes {
            if current != Some(lane) {
                open.clear();
                current = Some(lane);
            }
            open.retain(|(earlier, _)| earlier.to() >= period.from());
            // One overlap for each record is enough to say, and keeps the work linear.
            if let Some((earlier, other)) = open.iter().find(|(earlier, _)| collide(earlier, period)) {
                found.push((*place, *period, *other, *earlier));
            }
            open.truncate(OPEN_AT_MOST);
            open.push((*period, *place));
        }
        found.sort_unstable();
        for (place, period, other, earlier) in found {
            self.problems.push(overlap(&table.index(place), period, &table.index(other), earlier));
        }
    }
}

/// Periods of sound records nest a few levels deep; more of them open at once are never needed.
const OPEN_AT_MOST: usize = 64;

/// Whether two periods with a day in common may not stand side by side.
fn collide(outer: &Period, inner: &Period) -> bool {
    outer != inner && (outer.kind() == inner.kind() || !outer.covers(inner))
}

fn overlap(at: &Path<'_>, period: Period, other: &Path<'_>, earlier: Period) -> Problem {
    let how = if period.kind() == earlier.kind() { "are of one kind and overlap" } else { "overlap in part" };
    let message = format!("{period} and `{other}` {earlier} {how}");
    Problem::new(ProblemCode::Overlap, at, None, message)
        .help("keep one of the two; a period may hold another only as a year holds its quarters")
}

/// Two records with one key that say different things.
fn contradiction<T: Fact>(first: &Candidate<T>, second: &Candidate<T>, table: &Path<'_>) -> Problem {
    let differing = differences(&first.bare, &second.bare);
    let other = list(differing.iter().map(String::as_str));
    let key = list(T::KEY.iter().copied());
    let message = format!("contradicts `{}`: the same {key}, another {other}", table.index(first.row.place));
    Problem::new(ProblemCode::Contradiction, table.index(second.row.place), None, message)
        .help("keep the one that is right; where knowledge changed, say in each since when with `known_on`")
}

/// The names of the fields in which two records differ.
fn differences<T: Fact>(a: &T, b: &T) -> BTreeSet<String> {
    let (Ok(Value::Object(a)), Ok(Value::Object(b))) = (serde_json::to_value(a), serde_json::to_value(b)) else {
        return BTreeSet::new();
    };
    a.keys().chain(b.keys()).filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}
