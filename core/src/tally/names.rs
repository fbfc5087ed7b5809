//! Names given numbers, so that rows are counted by number.

use crate::text::{Encoding, decode};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

/// The number of "no name": a missing officer or field.
pub(crate) const NONE: u32 = 0;
/// Marks what is no name at all: a code beyond its dictionary, bytes that are not UTF-8.
pub(crate) const BAD: u32 = u32::MAX;

/// Names and their numbers, from 1 on, in the order in which they were first met.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    list: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
    encoding: Encoding,
    /// What was read, byte for byte, and its number. Several readings may have one number: names are kept without
    /// white space at the ends and composed (NFC).
    seen: Vec<Seen>,
    /// Places in `seen` plus one, by hash; a power of two of them.
    slots: Vec<u32>,
    seed: u64,
}

#[derive(Debug, Clone)]
struct Seen {
    hash: u64,
    bytes: Box<[u8]>,
    number: u32,
}

const FIRST_SLOTS: usize = 256;

impl Names {
    pub(crate) fn new() -> Self {
        Self::encoded(Encoding::Utf8)
    }

    /// Names that are read in some encoding.
    pub(crate) fn encoded(encoding: Encoding) -> Self {
        Self {
            list: Vec::new(),
            numbers: HashMap::new(),
            encoding,
            seen: Vec::new(),
            slots: vec![0; FIRST_SLOTS],
            // The seed keeps chosen names from colliding; it decides nothing but where they lie.
            seed: RandomState::new().hash_one(0),
        }
    }

    /// How many names, not counting "none".
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn list(&self) -> &[Box<str>] {
        &self.list
    }

    /// The number of the name read as these bytes.
    #[inline]
    pub(crate) fn number(&mut self, bytes: &[u8]) -> u32 {
        let hash = hash(bytes, self.seed);
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(slot) = self.slots.get(at).copied().filter(|s| *s != 0) {
            if let Some(seen) = self.seen.get(slot as usize - 1)
                && seen.hash == hash
                && same(&seen.bytes, bytes)
            {
                return seen.number;
            }
            at = (at + 1) & mask;
        }
        self.learn(bytes, hash)
    }

    #[cold]
    #[inline(never)]
    fn learn(&mut self, bytes: &[u8], hash: u64) -> u32 {
        let number = match (self.encoding, std::str::from_utf8(bytes)) {
            (Encoding::Utf8, Ok(text)) => self.number_of_text(text),
            (Encoding::Utf8, Err(_)) => BAD,
            (encoding, _) => decode(bytes, encoding).map_or(BAD, |text| self.number_of_text(&text)),
        };
        self.remember(Seen { hash, bytes: bytes.into(), number });
        number
    }

    fn number_of_text(&mut self, text: &str) -> u32 {
        let name = tidy(text);
        if name.is_empty() {
            return NONE;
        }
        if let Some(number) = self.numbers.get(name.as_str()) {
            return *number;
        }
        self.list.push(name.as_str().into());
        let number = u32::try_from(self.list.len()).unwrap_or(BAD);
        self.numbers.insert(name.into(), number);
        number
    }

    fn remember(&mut self, seen: Seen) {
        self.seen.push(seen);
        if self.seen.len() * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 4];
            for i in 0..self.seen.len() {
                self.place(i);
            }
        } else {
            self.place(self.seen.len() - 1);
        }
    }

    fn place(&mut self, index: usize) {
        let Some(hash) = self.seen.get(index).map(|s| s.hash) else { return };
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(slot) = self.slots.get_mut(at) {
            if *slot == 0 {
                *slot = u32::try_from(index + 1).unwrap_or(0);
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

/// A name as it is kept: composed, no white space at the ends, one space for any within.
pub(crate) fn tidy(text: &str) -> String {
    // The most frequent kind of name is as it should be: letters of Vietnamese that are composed, and single spaces.
    let plain = |c: char| matches!(c, '!'..='~' | '\u{C0}'..='\u{2FF}' | '\u{1EA0}'..='\u{1EF9}');
    if text.split(' ').all(|word| !word.is_empty() && word.chars().all(plain)) {
        return text.to_owned();
    }
    let composed: String = if is_nfc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes {
        text.to_owned()
    } else {
        text.nfc().collect()
    };
    let visible = |c: char| !matches!(c, '\u{FEFF}' | '\u{200B}' | '\0');
    let clean: String = composed.chars().filter(|c| visible(*c)).collect();
    let mut name = String::with_capacity(clean.len());
    for word in clean.split_whitespace() {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    name
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

#[inline(always)]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ MULTIPLIER).wrapping_mul(u128::from(b));
    (product as u64) ^ (product >> 64) as u64
}

/// A quick hash: names are short, and most have been met before.
#[inline(always)]
fn hash(bytes: &[u8], seed: u64) -> u64 {
    let len = bytes.len() as u64;
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(head), Some(tail)) if bytes.len() <= 16 => {
            mix(u64::from_le_bytes(*head) ^ seed, mix(u64::from_le_bytes(*tail), seed ^ len))
        }
        (Some(_), Some(tail)) => {
            let start = mix(u64::from_le_bytes(*tail), seed ^ len);
            bytes.as_chunks::<8>().0.iter().fold(start, |state, word| mix(u64::from_le_bytes(*word) ^ seed, state | 1))
        }
        _ => mix(short(bytes) ^ seed, seed ^ MULTIPLIER.wrapping_mul(len | 1)),
    }
}

/// Whether two names are the same, byte for byte: by words of eight, which for names is quicker than a call.
#[inline(always)]
fn same(a: &[u8], b: &[u8]) -> bool {
    match (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        (Some(last), Some(other)) if a.len() == b.len() => {
            let word = |bytes: &[u8; 8]| u64::from_ne_bytes(*bytes);
            let words = a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0);
            word(last) == word(other) && words.fold(0, |differ, (a, b)| differ | word(a) ^ word(b)) == 0
        }
        _ => a == b,
    }
}

/// Up to seven bytes as one number; which number does not matter, as long as it holds all of them.
#[inline(always)]
fn short(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(head), Some(tail)) => u64::from(u32::from_le_bytes(*head)) << 32 | u64::from(u32::from_le_bytes(*tail)),
        _ => bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::{BAD, NONE, Names};

    #[test]
    fn one_name_one_number() {
        let mut names = Names::new();
        let first = names.number("Lộc Thọ".as_bytes());
        assert_eq!((first, names.number(b"  L\xe1\xbb\x99c  Th\xe1\xbb\x8d ")), (1, 1));
        assert_eq!(names.number("Lo\u{0323}\u{0302}c Tho\u{0323}".as_bytes()), 1);
        assert_eq!(names.number("Vĩnh Hải".as_bytes()), 2);
        assert_eq!((names.number(b""), names.number(b" \t")), (NONE, NONE));
        assert_eq!((names.number(b"\xff"), names.number(b"\xff")), (BAD, BAD));
        assert_eq!(names.list().iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["Lộc Thọ", "Vĩnh Hải"]);
    }

    #[test]
    fn many_names_are_told_apart() {
        let mut names = Names::new();
        let all: Vec<String> = (0..20_000).map(|i| format!("{}{i}", "x".repeat(i % 30))).collect();
        for _ in 0..2 {
            for (i, name) in all.iter().enumerate() {
                assert_eq!(names.number(name.as_bytes()) as usize, i + 1);
            }
        }
        assert_eq!(names.len(), all.len());
    }
}
