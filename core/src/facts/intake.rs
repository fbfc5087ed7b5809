//! From records as they come to tables that agree with themselves.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use serde_json::Value;
use sha2::{Digest, Sha256};
use time::Date;

use super::ids::BodyRef;
use super::mention::Stated;
use super::note::{FactNote, FactNoteKind, Remarks};
use super::record::Fact;
use super::shape::list;
use super::tables::TableName;
use crate::calendar::Period;
use crate::input::field::wrong_type;
use crate::input::{Kind, Node, Path, Problem, ProblemCode, Problems};

/// Under which name a body is known: what two records call differently may be one. Asked without a name it gives the city's,
/// which records mean that name no body.
pub(super) type Names<'n> = &'n dyn Fn(Option<&BodyRef>, Option<Period>) -> Option<BodyRef>;

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

/// Of the records known by a day (or at all), those of the latest state of knowledge of each key.
pub(super) fn known<T: Fact>(rows: Vec<Row<T>>, by: Option<Date>, names: Names<'_>) -> Vec<Row<T>> {
    let seen = |row: &Row<T>| by.is_none_or(|by| row.record.known_on().is_none_or(|known| known <= by));
    let rows: Vec<Row<T>> = rows.into_iter().filter(seen).collect();
    if rows.iter().all(|row| row.record.known_on().is_none()) {
        return rows;
    }
    let mut latest: HashMap<Vec<u8>, Option<Date>> = HashMap::with_capacity(rows.len());
    let keyed = rows.into_iter().map(|row| {
        let mut bare = bare(&row.record, names, |_, _, _| ());
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
/// `seen` is told of each body as the record names it.
fn bare<T: Fact>(record: &T, names: Names<'_>, mut seen: impl FnMut(&str, &BodyRef, Option<Period>)) -> T {
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

/// Where checks put what they find.
pub(super) struct Intake<'i> {
    pub(super) names: Names<'i>,
    pub(super) problems: &'i mut Problems,
    pub(super) notes: Vec<FactNote>,
    /// The bodies that records name, in the order of the tables.
    pub(super) stated: Vec<Stated>,
    /// The tables in which a record names no body and so is of the whole city.
    pub(super) unnamed: Vec<TableName>,
    /// Of the tables' text so far, where their records' texts are written anyway; none where records are in the order of
    /// their texts already.
    pub(super) digest: Option<Sha256>,
}

/// A record on its way into a table, as far as agreement and order need it: the same for every kind of record, so that
/// what is done with it is compiled once.
struct Candidate {
    place: usize,
    /// Which of the records it is.
    record: usize,
    /// What the record is about.
    key: Vec<u8>,
    /// Its own text, by which tables are ordered; empty where they are ordered already.
    text: String,
    /// Its period, and the time line on which periods must not overlap.
    lane: Option<(Vec<u8>, Period)>,
}

/// What is the same for all records of a table.
struct Table<'t> {
    name: TableName,
    key: &'static [&'static str],
    at: Path<'t>,
    /// Whether two records without source and note say the same, their bodies under one name each.
    same: &'t dyn Fn(usize, usize) -> bool,
    /// The text of such a record.
    bare: &'t dyn Fn(usize) -> String,
}

impl Intake<'_> {
    /// Checks the records of a table, leaves out repeats, and orders them by their text.
    pub(super) fn settle<T: Fact>(&mut self, mut rows: Vec<Row<T>>) -> Vec<Row<T>> {
        if rows.is_empty() {
            return rows;
        }
        let at = Path::Root.key(T::TABLE.as_str());
        let mut unknown = BTreeSet::new();
        let mut candidates = Vec::with_capacity(rows.len());
        let mut bares = Vec::with_capacity(rows.len());
        let mut stated = Vec::with_capacity(rows.len());
        for (record, row) in rows.iter().enumerate() {
            let at = at.index(row.place);
            row.record.check(&at, self.problems);
            row.record.remarks(&mut Remarks { table: T::TABLE, at, notes: &mut self.notes, unknown: &mut unknown });
            let mut seen = Vec::new();
            let bare = bare(&row.record, self.names, |field, body, during| {
                seen.push(Stated::new(T::TABLE, row.place, field, body, during));
            });
            let text = self.digest.as_ref().and_then(|_| serde_json::to_string(&row.record).ok()).unwrap_or_default();
            candidates.push(Candidate { place: row.place, record, key: bare.key(), text, lane: bare.lane() });
            bares.push(bare);
            stated.push(seen);
        }
        if rows.iter_mut().any(|row| matches!(row.record.body_or_city(), Some(None))) {
            self.unnamed.push(T::TABLE);
        }
        let same = |a: usize, b: usize| bares.get(a) == bares.get(b);
        let bare =
            |record: usize| bares.get(record).and_then(|bare| serde_json::to_string(bare).ok()).unwrap_or_default();
        let kept = self.arrange(candidates, &Table { name: T::TABLE, key: T::KEY, at, same: &same, bare: &bare });
        let of_record = |(_, record): &(usize, usize)| stated.get_mut(*record).map(std::mem::take);
        self.stated.extend(kept.iter().filter_map(of_record).flatten());
        let mut records: Vec<Option<T>> = rows.into_iter().map(|row| Some(row.record)).collect();
        let row = |(place, record): (usize, usize)| Some(Row { place, record: records.get_mut(record)?.take()? });
        kept.into_iter().filter_map(row).collect()
    }

    /// The records to keep, in order: their places, and which they are.
    fn arrange(&mut self, candidates: Vec<Candidate>, table: &Table<'_>) -> Vec<(usize, usize)> {
        let mut kept = self.agree(candidates, table);
        self.overlaps(&kept, &table.at);
        kept.sort_by(|a, b| a.text.cmp(&b.text));
        if let Some(digest) = &mut self.digest {
            digest.update(format!(",\"{}\":", table.name));
            for (i, candidate) in kept.iter().enumerate() {
                digest.update(if i == 0 { "[" } else { "," });
                digest.update(&candidate.text);
            }
            digest.update("]");
        }
        kept.into_iter().map(|candidate| (candidate.place, candidate.record)).collect()
    }

    /// One record for each key: another that says the same is noted, one that says otherwise is reported.
    fn agree(&mut self, candidates: Vec<Candidate>, table: &Table<'_>) -> Vec<Candidate> {
        let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
        // For each key its place in `kept`, and which record it was first.
        let mut by_key: HashMap<Vec<u8>, (usize, usize)> = HashMap::with_capacity(candidates.len());
        for mut candidate in candidates {
            let (slot, bare) = match by_key.entry(std::mem::take(&mut candidate.key)) {
                Entry::Vacant(slot) => {
                    slot.insert((kept.len(), candidate.record));
                    kept.push(candidate);
                    continue;
                }
                Entry::Occupied(slot) => *slot.get(),
            };
            let Some(first) = kept.get_mut(slot) else { continue };
            if (table.same)(bare, candidate.record) {
                self.repeat(first, candidate, table);
            } else {
                self.problems.push(contradiction(first, bare, &candidate, table));
            }
        }
        kept
    }

    /// Keeps the record whose text comes first, which is one with a source rather than one without.
    fn repeat(&mut self, first: &mut Candidate, second: Candidate, table: &Table<'_>) {
        let at = table.at.index(second.place);
        let message = format!("repeats `{}`; one of the two is kept", table.at.index(first.place));
        self.notes.push(FactNote::new(FactNoteKind::Repeat, table.name, &at, message));
        if second.text < first.text {
            first.record = second.record;
            first.text = second.text;
        }
    }

    /// Periods of one lane either nest and are of different kinds, or have no day in common.
    fn overlaps(&mut self, kept: &[Candidate], table: &Path<'_>) {
        let lane = |candidate: &Candidate| candidate.lane.clone().map(|(lane, period)| (lane, period, candidate.place));
        let mut lanes: Vec<(Vec<u8>, Period, usize)> = kept.iter().filter_map(lane).collect();
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
fn contradiction(first: &Candidate, bare: usize, second: &Candidate, table: &Table<'_>) -> Problem {
    let differing = differences(&(table.bare)(bare), &(table.bare)(second.record));
    // As they were given, whatever order the table has by now.
    let (first, second) = if first.place > second.place { (second, first) } else { (first, second) };
    let other = list(differing.iter().map(String::as_str));
    let key = list(table.key.iter().copied());
    let message = format!("contradicts `{}`: the same {key}, another {other}", table.at.index(first.place));
    Problem::new(ProblemCode::Contradiction, table.at.index(second.place), None, message)
        .help("keep the one that is right; where knowledge changed, say in each since when with `known_on`")
}

/// The names of the fields in which two records differ, by their texts.
fn differences(a: &str, b: &str) -> BTreeSet<String> {
    let (Ok(Value::Object(a)), Ok(Value::Object(b))) = (serde_json::from_str(a), serde_json::from_str(b)) else {
        return BTreeSet::new();
    };
    a.keys().chain(b.keys()).filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}
