//! A tally as bytes: compact, versioned, guarded by a checksum.
//!
//! Layout: `CCTALLY` and the version (one byte), the checksum (the first 8 bytes of SHA-256 over the rest), then the
//! content. Whole numbers are written in groups of 7 bits, least significant first; names with their length; keys as
//! differences to the ones before.

use sha2::{Digest, Sha256};

use super::days;
use super::extras::known;
use super::flow::{FIELDS, Flow, Key, OVERDUE};
use super::grouping::Grouping;
use super::options::Terms;
use super::reckoning::Reckoning;
use super::reject::Reason;
use super::sum::Tally;
use super::table::Table;

const MAGIC: &[u8; 7] = b"CCTALLY";
const VERSION: u8 = 1;
const HEAD: usize = 16;

/// Why bytes are not a tally.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The bytes do not begin as a tally does.
    #[error("not a tally")]
    NotATally,
    /// The tally was written by another version of this library.
    #[error("the tally is of version {found}, this library reads version {known}")]
    Version {
        /// The version found.
        found: u8,
        /// The version known.
        known: u8,
    },
    /// The bytes end too early.
    #[error("the tally is cut off")]
    Truncated,
    /// The bytes are not those that were written.
    #[error("the checksum of the tally does not fit: it has been damaged")]
    Checksum,
    /// The checksum fits, but the content makes no sense: it was not written by this library.
    #[error("the content of the tally makes no sense")]
    Content,
}

impl Tally {
    /// The tally as bytes, the same bytes for equal tallies.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Out::default();
        body.terms(&self.terms);
        body.0.push(self.known);
        body.reckoning(&self.reckoning);
        body.list(self.later.len());
        for (day, count) in &self.later {
            body.signed(i64::from(*day));
            body.number(*count);
        }
        for names in &self.names {
            body.list(names.len());
            for name in names {
                body.list(name.len());
                body.0.extend_from_slice(name.as_bytes());
            }
        }
        body.list(self.tables.len());
        self.tables.iter().for_each(|table| body.table(table));
        let mut out = Vec::with_capacity(HEAD + body.0.len());
        out.extend_from_slice(MAGIC);
        out.push(VERSION);
        out.extend_from_slice(&checksum(&body.0));
        out.append(&mut body.0);
        out
    }

    /// The tally that was written as these bytes.
    ///
    /// # Errors
    /// [`SnapshotError`]; damaged bytes never give a tally.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let (magic, rest) = bytes.split_at_checked(MAGIC.len()).ok_or_else(|| short_of(bytes))?;
        if magic != MAGIC {
            return Err(SnapshotError::NotATally);
        }
        let (&found, rest) = rest.split_first().ok_or(SnapshotError::Truncated)?;
        if found != VERSION {
            return Err(SnapshotError::Version { found, known: VERSION });
        }
        let (sum, body) = rest.split_first_chunk::<8>().ok_or(SnapshotError::Truncated)?;
        if *sum != checksum(body) {
            return Err(SnapshotError::Checksum);
        }
        let mut input = In(body);
        let tally = input.tally().ok_or(SnapshotError::Content)?;
        if input.0.is_empty() { Ok(tally) } else { Err(SnapshotError::Content) }
    }
}

fn short_of(bytes: &[u8]) -> SnapshotError {
    if MAGIC.starts_with(bytes) { SnapshotError::Truncated } else { SnapshotError::NotATally }
}

fn checksum(body: &[u8]) -> [u8; 8] {
    let digest = Sha256::digest(body);
    digest.first_chunk::<8>().copied().unwrap_or_default()
}

#[derive(Default)]
struct Out(Vec<u8>);

impl Out {
    // Compiled once, not in each of the many places that call it; so is its counterpart.
    #[inline(never)]
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63).cast_unsigned());
    }

    fn list(&mut self, len: usize) {
        self.number(len as u64);
    }

    fn terms(&mut self, terms: &Terms) {
        self.signed(i64::from(terms.as_of));
        self.number(u64::from(terms.start.is_some()));
        self.signed(i64::from(terms.start.unwrap_or(0)));
        self.0.push(terms.flags);
        self.number(terms.fingerprint);
    }

    fn reckoning(&mut self, reckoning: &Reckoning) {
        reckoning.parts().into_iter().for_each(|n| self.number(n));
        let rejected: Vec<(Reason, u64)> = reckoning.rejected_by_reason().collect();
        self.list(rejected.len());
        for (reason, count) in rejected {
            // By its code, which later versions keep.
            self.list(reason.code().len());
            self.0.extend_from_slice(reason.code().as_bytes());
            self.number(count);
        }
    }

    fn table(&mut self, table: &Table) {
        self.0.push(table.grouping.bits());
        self.list(table.flows.len());
        let mut last = Key::default();
        for (key, flow) in table.flows.iter() {
            self.key(&last, &key);
            last = key;
            // Most counts of a group are 0: a bit for each says which are not.
            let filled = flow.0.iter().rev().fold(0_u64, |bits, n| bits << 1 | u64::from(*n != 0));
            self.number(filled);
            flow.0.iter().filter(|n| **n != 0).for_each(|n| self.number(*n));
        }
        self.list(table.open.len());
        let mut last = Key::default();
        for (names, days) in table.open.iter() {
            let key = Key { names, month: 0 };
            self.key(&last, &key);
            last = key;
            self.list(days.len());
            let mut before = 0;
            for (day, count) in days.iter() {
                self.signed(i64::from(day) - before);
                before = i64::from(day);
                self.number(u64::from(count));
            }
        }
    }

    fn key(&mut self, last: &Key, key: &Key) {
        for (a, b) in last.names.iter().zip(key.names) {
            self.signed(i64::from(b) - i64::from(*a));
        }
        self.signed(i64::from(key.month) - i64::from(last.month));
    }
}

/// Reads what [`Out`] writes; `None` where it makes no sense.
struct In<'a>(&'a [u8]);

impl<'a> In<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    #[inline(never)]
    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return None;
            }
            number |= bits << shift;
            if byte < 0x80 {
                // One way only to write a number.
                return (byte != 0 || shift == 0).then_some(number);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -((number & 1).cast_signed()))
    }

    fn small(&mut self) -> Option<i32> {
        i32::try_from(self.signed()?).ok()
    }

    /// The length of a list: each entry takes at least a byte, so it cannot be longer than what is left.
    fn list(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|len| *len <= self.0.len())
    }

    fn text(&mut self) -> Option<&'a str> {
        let len = self.list()?;
        let (text, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    fn tally(&mut self) -> Option<Tally> {
        let terms = self.terms()?;
        let known = self.byte().filter(|bits| bits & !known::ALL == 0)?;
        let reckoning = self.reckoning()?;
        let mut later: Vec<(i32, u64)> = Vec::new();
        for _ in 0..self.list()? {
            let (day, count) = (self.small()?, self.number()?);
            let in_order = later.last().is_none_or(|(last, _)| *last < day);
            if !in_order || count == 0 || day <= terms.as_of {
                return None;
            }
            later.push((day, count));
        }
        let names = [self.names()?, self.names()?, self.names()?];
        let [body, officer, field] = &names;
        let counts = [body.len() + 1, officer.len() + 1, field.len() + 1];
        let mut tables = Vec::new();
        for _ in 0..self.list()? {
            tables.push(self.table().filter(|table| table.is_sound(counts))?);
        }
        let groupings: Vec<Grouping> = tables.iter().map(|t: &Table| t.grouping).collect();
        (Grouping::finest(&groupings) == groupings).then_some(Tally { terms, names, tables, reckoning, later, known })
    }

    fn terms(&mut self) -> Option<Terms> {
        let as_of = self.small()?;
        let has_start = self.number()?;
        let start = self.small()?;
        let start = match has_start {
            0 if start == 0 => None,
            1 => Some(start),
            _ => return None,
        };
        let days = super::days::FIRST..=super::days::LAST;
        let sane = days.contains(&as_of) && start.is_none_or(|s| days.contains(&s));
        let (flags, fingerprint) = (self.byte()?, self.number()?);
        sane.then_some(Terms { as_of, start, flags, fingerprint })
    }

    fn reckoning(&mut self) -> Option<Reckoning> {
        let mut reckoning = Reckoning::default();
        for part in reckoning.parts_mut() {
            *part = self.number()?;
        }
        for _ in 0..self.list()? {
            let (code, count) = (self.text()?, self.number()?);
            let place = Reason::ALL.iter().position(|reason| reason.code() == code)?;
            *reckoning.rejected.get_mut(place)? = count;
        }
        Some(reckoning)
    }

    fn names(&mut self) -> Option<Vec<Box<str>>> {
        let mut names: Vec<Box<str>> = Vec::new();
        for _ in 0..self.list()? {
            let name = self.text()?;
            if name.is_empty() || names.last().is_some_and(|last| **last >= *name) {
                return None;
            }
            names.push(name.into());
        }
        Some(names)
    }

    fn table(&mut self) -> Option<Table> {
        let mut table = Table::empty(Grouping::from_bits(self.byte()?)?);
        let mut last = Key::default();
        for _ in 0..self.list()? {
            last = self.key(&last)?;
            let filled = self.number()?;
            if filled >> FIELDS != 0 {
                return None;
            }
            let mut flow = Flow::default();
            for (at, count) in flow.0.iter_mut().enumerate() {
                if filled >> at & 1 == 1 {
                    *count = self.number()?;
                }
            }
            table.flows.push(last, &flow);
        }
        let mut last = Key::default();
        for _ in 0..self.list()? {
            last = self.key(&last)?;
            let mut days = Vec::new();
            let mut day = 0_i64;
            for _ in 0..self.list()? {
                day = day.checked_add(self.signed()?)?;
                days.push((i32::try_from(day).ok()?, u32::try_from(self.number()?).ok()?));
            }
            // What is no due day, in no order, twice, or 0, would not be written so.
            let due = |day: i32| day == OVERDUE || (days::FIRST..=days::LAST).contains(&day);
            if days.is_empty()
                || !days.is_sorted_by(|a, b| a.0 < b.0)
                || days.iter().any(|(day, count)| !due(*day) || *count == 0)
            {
                return None;
            }
            table.open.push(last.names, days);
        }
        Some(table)
    }

    fn key(&mut self, last: &Key) -> Option<Key> {
        let mut key = *last;
        for name in &mut key.names {
            *name = u32::try_from(i64::from(*name).checked_add(self.signed()?)?).ok()?;
        }
        key.month = i32::try_from(i64::from(key.month).checked_add(self.signed()?)?).ok()?;
        Some(key)
    }
}
