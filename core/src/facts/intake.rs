//! From records as they come to tables that agree with themselves.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use sha2::{Digest, Sha256};
use time::Date;

use super::ids::BodyRef;
use super::mention::Stated;
use super::note::{FactNote, FactNoteKind};
use super::shape::list;
use super::sheet::{Findings, Outline, Sheet};
use super::tables::TableName;
use crate::calendar::Period;
use crate::input::field::wrong_type;
use crate::input::{Kind, Node, Path, Problem, ProblemCode, Problems, read_json};
use crate::order::{InOrder, Set, arrange};

/// Under which name a body is known: what two records call differently may be one. Asked without a name it gives the city's,
/// which records mean that name no body.
pub(super) type Names<'n> = &'n dyn Fn(Option<&BodyRef>, Option<Period>) -> Option<BodyRef>;

/// Reads the records of one table; gives where each of them stood. What is wrong with one does not keep the others from
/// being read.
pub(super) fn read(sheet: &mut dyn Sheet, document: &Node<'_>, out: &mut Problems) -> Vec<usize> {
    let name = sheet.name().as_str();
    let Some(table) = document.get(name) else { return Vec::new() };
    let at = Path::Root.key(name);
    let Kind::List(items) = &table.kind else {
        wrong_type(table, "a list of records", &at, out);
        return Vec::new();
    };
    let read =
        |(place, item)| sheet.read(item, items.len().saturating_sub(place), &at.index(place), out).then_some(place);
    items.iter().enumerate().filter_map(read).collect()
}

/// Leaves the records known by a day (or at all), of each key those of the latest state of knowledge.
pub(super) fn known(sheet: &mut dyn Sheet, places: &mut Vec<usize>, by: Option<Date>, names: Names<'_>) {
    let seen = |at: &usize| by.is_none_or(|by| sheet.known_on(*at).is_none_or(|known| known <= by));
    let mut records: Vec<usize> = (0..sheet.count()).filter(seen).collect();
    if records.iter().any(|at| sheet.known_on(*at).is_some()) {
        let mut latest: HashMap<Vec<u8>, Option<Date>> = HashMap::with_capacity(records.len());
        let keys: Vec<Vec<u8>> = records.iter().map(|at| sheet.undated_key(*at, names)).collect();
        for (key, at) in keys.iter().zip(&records) {
            let known = sheet.known_on(*at);
            let last = latest.entry(key.clone()).or_insert(known);
            *last = (*last).max(known);
        }
        let is_last = |(key, at): &(&Vec<u8>, usize)| latest.get(*key) == Some(&sheet.known_on(*at));
        records = keys.iter().zip(records).filter(is_last).map(|(_, at)| at).collect();
    }
    keep(sheet, places, records);
}

/// Leaves some records of a table in a new order, and the places they had beside them.
fn keep(sheet: &mut dyn Sheet, places: &mut Vec<usize>, mut records: Vec<usize>) {
    let (kept, count) = (records.len(), sheet.count());
    // Where each record goes: those kept to their new places, the others behind them.
    let mut targets = vec![count; count];
    for (target, record) in records.drain(..).enumerate() {
        if let Some(of) = targets.get_mut(record) {
            *of = target;
        }
    }
    for (target, of) in (kept..).zip(targets.iter_mut().filter(|of| **of == count)) {
        *of = target;
    }
    arrange(targets, &mut |a, b| {
        sheet.swap(a, b);
        places.swap(a, b);
    });
    sheet.truncate(kept);
    places.truncate(kept);
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
    sheet: &'t dyn Sheet,
    at: Path<'t>,
}

impl Intake<'_> {
    /// Checks the records of a table, leaves out repeats, and orders them by their text. `places` says where each of them
    /// stood in what was read.
    pub(super) fn settle(&mut self, sheet: &mut dyn Sheet, places: &mut Vec<usize>) {
        if sheet.count() == 0 {
            return;
        }
        let at = Path::Root.key(sheet.name().as_str());
        if sheet.leaves_body_out() {
            self.unnamed.push(sheet.name());
        }
        let mut stated = Vec::with_capacity(sheet.count());
        let candidates = self.candidates(sheet, places, &at, &mut stated);
        let kept = self.arrange(candidates, &Table { sheet, at });
        let of_record = |record: &usize| stated.get_mut(*record).map(std::mem::take);
        self.stated.extend(kept.iter().filter_map(of_record).flatten());
        keep(sheet, places, kept);
    }

    /// Each record with what agreement and order need, checked by itself; `stated` gets the bodies that it names.
    fn candidates(
        &mut self,
        sheet: &dyn Sheet,
        places: &[usize],
        at: &Path<'_>,
        stated: &mut Vec<Vec<Stated>>,
    ) -> Vec<Candidate> {
        let mut unknown = Set::new();
        let mut candidates = Vec::with_capacity(places.len());
        for (record, place) in places.iter().copied().enumerate() {
            let (problems, notes) = (&mut *self.problems, &mut self.notes);
            sheet.check(record, at.index(place), Findings { problems, notes, unknown: &mut unknown });
            let mut seen = Vec::new();
            let outline = sheet.outline(record, self.names, &mut |field, body, during| {
                seen.push(Stated::new(sheet.name(), place, field, body, during));
            });
            let Some(Outline { key, lane }) = outline else { continue };
            let text = self.digest.as_ref().map(|_| sheet.text(record)).unwrap_or_default();
            candidates.push(Candidate { place, record, key, text, lane });
            stated.push(seen);
        }
        candidates
    }

    /// The records to keep, in order.
    fn arrange(&mut self, candidates: Vec<Candidate>, table: &Table<'_>) -> Vec<usize> {
        let mut kept = self.agree(candidates, table);
        self.overlaps(&kept, &table.at);
        kept.order_by(|a, b| a.text.cmp(&b.text));
        if let Some(digest) = &mut self.digest {
            digest.update(format!(",\"{}\":", table.sheet.name()));
            for (i, candidate) in kept.iter().enumerate() {
                digest.update(if i == 0 { "[" } else { "," });
                digest.update(&candidate.text);
            }
            digest.update("]");
        }
        kept.into_iter().map(|candidate| candidate.record).collect()
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
            let text = |record: usize| table.sheet.bare_text(record, self.names);
            let (one, other) = (text(bare), text(candidate.record));
            if one == other {
                self.repeat(first, candidate, table);
            } else {
                self.problems.push(contradiction(first, &candidate, (&one, &other), table));
            }
        }
        kept
    }

    /// Keeps the record whose text comes first, which is one with a source rather than one without.
    fn repeat(&mut self, first: &mut Candidate, second: Candidate, table: &Table<'_>) {
        let at = table.at.index(second.place);
        let message = format!("repeats `{}`; one of the two is kept", table.at.index(first.place));
        self.notes.push(FactNote::new(FactNoteKind::Repeat, table.sheet.name(), &at, message));
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
        lanes.order_by(|a, b| (&a.0, a.1.from(), b.1.to(), a.2).cmp(&(&b.0, b.1.from(), a.1.to(), b.2)));
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
        found.order();
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
fn contradiction(first: &Candidate, second: &Candidate, (one, other): (&[u8], &[u8]), table: &Table<'_>) -> Problem {
    let differing = differences(one, other);
    // As they were given, whatever order the table has by now.
    let (first, second) = if first.place > second.place { (second, first) } else { (first, second) };
    let other = list(differing.iter().map(String::as_str));
    let key = list(table.sheet.key_fields().iter().copied());
    let message = format!("contradicts `{}`: the same {key}, another {other}", table.at.index(first.place));
    let written = differences(table.sheet.text(first.record).as_bytes(), table.sheet.text(second.record).as_bytes());
    let names = list(written.iter().map(String::as_str).filter(|name| table.sheet.key_fields().contains(name)));
    let help = if names.is_empty() {
        "keep the one that is right; where knowledge changed, say in each since when with `known_on`".to_owned()
    } else {
        // An export that calls a body by two names gives two halves of one record.
        format!("the two write the same {names} in two ways: make one record of them, or keep the one that is right")
    };
    Problem::new(ProblemCode::Contradiction, table.at.index(second.place), None, message).help(help)
}

/// The names of the fields in which two records differ, by their texts.
fn differences(a: &[u8], b: &[u8]) -> Set<String> {
    let mut none = Problems::default();
    let (Some(a), Some(b)) = (read_json(a, &mut none), read_json(b, &mut none)) else {
        return Set::new();
    };
    let text = |node: &Node<'_>, name: &str| node.get(name).map(Node::to_json);
    let fields = |node: &Node<'_>| match &node.kind {
        Kind::Map(entries) => entries.iter().map(|(name, _)| name.to_string()).collect(),
        _ => Vec::new(),
    };
    fields(&a).into_iter().chain(fields(&b)).filter(|name| text(&a, name) != text(&b, name)).collect()
}
