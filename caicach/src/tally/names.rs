//! Names given numbers, so that rows are counted by number.

use super::readings::{Part, Readings};
use crate::text::form::composed;
use crate::text::{Encoding, decode};
use std::collections::HashMap;

/// The number of "no name": a missing officer or field.
pub(crate) const NONE: u32 = 0;
/// Marks what is no name at all: a code beyond its dictionary, bytes that are not UTF-8.
pub(crate) const BAD: u32 = u32::MAX;

/// Names and their numbers, from 1 on, in the order in which they were first met.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    numbers: HashMap<Box<str>, u32>,
    encoding: Encoding,
    /// Several readings may have one number: names are kept without white space at the ends and composed (NFC).
    readings: Readings,
}

impl Names {
    pub(crate) fn new() -> Self {
        Self::encoded(Encoding::Utf8)
    }

    /// Names that are read in some encoding.
    pub(crate) fn encoded(encoding: Encoding) -> Self {
        Self { numbers: HashMap::new(), encoding, readings: Readings::new() }
    }

    /// How many names, not counting "none".
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The names after so many, in the order of their numbers.
    pub(crate) fn after(&self, known: usize) -> Vec<&str> {
        if self.len() == known {
            return Vec::new();
        }
        let mut new = vec![""; self.len().saturating_sub(known)];
        for (name, number) in &self.numbers {
            let place = (*number as usize).checked_sub(known + 1).and_then(|at| new.get_mut(at));
            place.into_iter().for_each(|place| *place = name);
        }
        new
    }

    /// The names in the order of their numbers.
    pub(crate) fn into_list(self) -> Vec<Box<str>> {
        let mut list = vec![Box::default(); self.len()];
        for (name, number) in self.numbers {
            if let Some(place) = list.get_mut((number as usize).wrapping_sub(1)) {
                *place = name;
            }
        }
        list
    }

    /// The number of the name read as these bytes.
    #[inline]
    pub(crate) fn number(&mut self, bytes: &[u8]) -> u32 {
        self.readings.number(bytes).unwrap_or_else(|| self.learn(bytes))
    }

    /// The numbers of the values of a dictionary, [`NONE`] for one that is missing: these are looked up once, and not row by
    /// row, so that nothing is kept of how they are read.
    pub(crate) fn number_values(&mut self, values: &[Option<&str>]) -> Vec<u32> {
        if self.numbers.is_empty() {
            self.numbers.reserve(values.len());
        }
        let number = |value: &Option<&str>| match value {
            None => NONE,
            Some(text) => self.numbers.get(*text).copied().unwrap_or_else(|| self.number_of_text(text)),
        };
        values.iter().map(number).collect()
    }

    /// The numbers of names that are parts of a text.
    #[inline(always)]
    pub(crate) fn number_all<'o>(&mut self, text: &[u8], mut parts: impl Iterator<Item = Part<'o>>) {
        while let Some((((from, to), number), rest)) = self.readings.numbers(text, parts) {
            *number = self.number(text.get(from..to).unwrap_or_default());
            parts = rest;
        }
    }

    #[cold]
    #[inline(never)]
    fn learn(&mut self, bytes: &[u8]) -> u32 {
        let number = match (self.encoding, std::str::from_utf8(bytes)) {
            (Encoding::Utf8, Ok(text)) => self.number_of_text(text),
            (Encoding::Utf8, Err(_)) => BAD,
            (encoding, _) => decode(bytes, encoding).map_or(BAD, |text| self.number_of_text(&text)),
        };
        self.readings.note(bytes, number);
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
        let number = u32::try_from(self.len() + 1).unwrap_or(BAD);
        self.numbers.insert(name.into(), number);
        number
    }
}

/// A name as it is kept: composed, no white space at the ends, one space for any within.
pub(crate) fn tidy(text: &str) -> String {
    // The most frequent kind of name is as it should be: letters of Vietnamese that are composed, and single spaces.
    let plain = |c: char| matches!(c, '!'..='~' | '\u{C0}'..='\u{2FF}' | '\u{1EA0}'..='\u{1EF9}');
    if text.split(' ').all(|word| !word.is_empty() && word.chars().all(plain)) {
        return text.to_owned();
    }
    let visible = |c: char| !matches!(c, '\u{FEFF}' | '\u{200B}' | '\0');
    let clean: String = composed(text).chars().filter(|c| visible(*c)).collect();
    let mut name = String::with_capacity(clean.len());
    for word in clean.split_whitespace() {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    name
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
        assert_eq!(names.after(0), ["Lộc Thọ", "Vĩnh Hải"]);
        assert_eq!(names.after(1), ["Vĩnh Hải"]);
        assert_eq!(names.into_list(), ["Lộc Thọ", "Vĩnh Hải"].map(Into::into));
    }

    #[test]
    fn many_names_are_told_apart() {
        let mut names = Names::new();
        let all: Vec<String> = (0..20_000).map(|i| format!("{}{i}", "x".repeat(i % 30))).collect();
        for _ in 0..2 {
            for (i, name) in all.iter().enumerate() {
                assert_eq!(names.number(name.as_bytes()) as usize, i + 1);
                // Between other text.
                let text = format!("{name},{}", "Ω".repeat(i % 20));
                let mut number = 0;
                names.number_all(text.as_bytes(), std::iter::once(((0, name.len()), &mut number)));
                assert_eq!(number as usize, i + 1);
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
            let mut numbers = [0; 3];
            let parts = numbers.iter_mut().enumerate().map(|(at, number)| ((at, at + len), number));
            names.number_all("a".repeat(100).as_bytes(), parts);
            assert_eq!(numbers, [first; 3]);
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
