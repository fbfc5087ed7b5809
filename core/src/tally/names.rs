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

/// One cache line: most names are found by looking at it alone.
#[derive(Debug, Clone)]
#[repr(align(64))]
struct Seen {
    words: Words,
    number: u32,
    /// All bytes where the words do not hold them, else none.
    bytes: Box<[u8]>,
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
        let words = Words::of(bytes);
        let hash = words.hash(bytes, self.seed);
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(slot) = self.slots.get(at).copied().filter(|s| *s != 0) {
            if let Some(seen) = self.seen.get(slot as usize - 1)
                && seen.words == words
                && (words.hold() || *seen.bytes == *bytes)
            {
                return seen.number;
            }
            at = (at + 1) & mask;
        }
        self.learn(bytes, words)
    }

    #[cold]
    #[inline(never)]
    fn learn(&mut self, bytes: &[u8], words: Words) -> u32 {
        let number = match (self.encoding, std::str::from_utf8(bytes)) {
            (Encoding::Utf8, Ok(text)) => self.number_of_text(text),
            (Encoding::Utf8, Err(_)) => BAD,
            (encoding, _) => decode(bytes, encoding).map_or(BAD, |text| self.number_of_text(&text)),
        };
        let bytes = if words.hold() { Box::default() } else { bytes.into() };
        self.remember(Seen { words, number, bytes });
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
        let Some(hash) = self.seen.get(index).map(|s| s.words.hash(&s.bytes, self.seed)) else { return };
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

/// How many bytes [`Words`] hold.
const HELD: usize = 32;

/// The bytes of a name as four words that overlap where it is short, and its length: no two names of up to [`HELD`] bytes
/// have the same. Names are short, and a loop over their bytes would be a branch that no processor foresees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Words {
    words: [u64; 4],
    len: u32,
}

impl Words {
    #[inline(always)]
    fn of(bytes: &[u8]) -> Self {
        let len = bytes.len();
        let at =
            |from: usize| bytes.get(from..).and_then(<[u8]>::first_chunk::<8>).map_or(0, |w| u64::from_le_bytes(*w));
        let words = if len < 8 {
            [short(bytes), 0, 0, 0]
        } else {
            [at(0), at(8.min(len - 8)), at(len.saturating_sub(16)), at(len - 8)]
        };
        Self { words, len: len as u32 }
    }

    /// Whether nothing of the name is left out.
    #[inline(always)]
    fn hold(&self) -> bool {
        self.len as usize <= HELD
    }

    /// A quick hash.
    #[inline(always)]
    fn hash(&self, bytes: &[u8], seed: u64) -> u64 {
        let [a, b, c, d] = self.words;
        let ends = mix(mix(a ^ seed, b ^ MULTIPLIER.wrapping_mul(u64::from(self.len) | 1)) ^ c, d ^ seed);
        if self.hold() {
            return ends;
        }
        bytes.as_chunks::<8>().0.iter().fold(ends, |state, word| mix(u64::from_le_bytes(*word) ^ seed, state | 1))
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

    #[test]
    fn one_byte_makes_another_name() {
        // Of every length, each byte in turn another, and one byte less.
        for len in 1..80 {
            let mut names = Names::new();
            let first = names.number("a".repeat(len).as_bytes());
            for at in 0..len {
                let mut other = vec![b'a'; len];
                if let Some(byte) = other.get_mut(at) {
                    *byte = b'b';
                }
                assert_eq!(names.number(&other) as usize, at + 2, "{len} {at}");
            }
            assert_ne!(names.number("a".repeat(len + 1).as_bytes()), first);
            assert_eq!(names.number("a".repeat(len).as_bytes()), first);
        }
    }
}
