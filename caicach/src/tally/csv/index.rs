//! All separators, line ends and quotes of a text, found in one go.

use fearless_simd::prelude::*;
#[cfg(target_arch = "x86_64")]
use fearless_simd::x86::Avx512;
use fearless_simd::{Level, dispatch, u8x64};
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m512i, _mm512_maskz_compress_epi8};

use super::record::{Places, Reader};
use super::records::Quotes;

/// Their places, in order.
#[derive(Debug)]
pub(crate) struct Index {
    level: Level,
    all: All,
    outside: Outside,
}

/// All of them.
#[derive(Debug, Default)]
struct All {
    ends: Ends,
    /// How many of them are ends of lines.
    lines: usize,
    quotes: Vec<u32>,
}

/// Those that are not in quotes, where all quotes are as they should be: each opens a field or closes one, or is one of
/// two that stand for one.
#[derive(Debug, Default)]
struct Outside {
    ends: Ends,
    lines: usize,
    /// All bits where the text so far ends in quotes, else none.
    inside: u64,
    /// Whether the byte before was an end, closed quotes, or was a carriage return after that: 1 or 0.
    after_end: u64,
    after_close: u64,
    after_return: u64,
    /// Bits for quotes that are wrong, quotes after a quote, and lines that end in quotes.
    wrong: u64,
    doubled: u64,
    inner_lines: u64,
}

/// Where fields end: first [`BEFORE`], so that each field begins after the end of the one before, then separators and line
/// ends, at last the end of the text where it lacks a line end.
#[derive(Debug, Default)]
struct Ends {
    /// Longer than needed: room for whatever is found next.
    list: Vec<u32>,
    found: usize,
}

/// One before the first place.
pub(crate) const BEFORE: u32 = u32::MAX;

/// Bits of 64 bytes.
#[derive(Debug, Clone, Copy)]
struct Marks {
    separators: u64,
    lines: u64,
    quotes: u64,
    /// The bytes that belong to the text.
    within: u64,
}

impl Marks {
    #[inline(always)]
    fn of<S: Simd>(simd: S, block: &[u8; 64], separator: u8) -> Self {
        let separators = are(simd, block, separator);
        let (lines, quotes) = (are(simd, block, b'\n') & !separators, are(simd, block, b'"') & !separators);
        Self { separators, lines, quotes, within: u64::MAX }
    }
}

/// The bits of bytes that are such.
#[inline(always)]
fn are<S: Simd>(simd: S, block: &[u8; 64], byte: u8) -> u64 {
    u8x64::simd_from(simd, *block).simd_eq(u8x64::splat(simd, byte)).to_bitmask()
}

/// What notes marks.
trait Note {
    fn note<S: Simd>(&mut self, simd: S, base: u32, block: &[u8; 64], marks: Marks, write: impl Write);
}

/// Goes through a text, 64 bytes at a time.
fn go(level: Level, text: &[u8], separator: u8, to: &mut impl Note) {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx512) = level.as_avx512() {
        return avx512.vectorize(
            #[inline(always)]
            || {
                go_by(
                    avx512,
                    text,
                    separator,
                    to,
                    #[inline(always)]
                    |bits, base, room| write_squeezed(avx512, bits, base, room),
                );
            },
        );
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = level.as_avx2() {
        return avx2.vectorize(
            #[inline(always)]
            || go_by(avx2, text, separator, to, write),
        );
    }
    _ = level;
    dispatch!(Level::baseline(), simd => go_by(simd, text, separator, to, write));
}

#[inline(always)]
fn go_by<S: Simd>(simd: S, text: &[u8], separator: u8, to: &mut impl Note, write: impl Write) {
    let (blocks, rest) = text.as_chunks::<64>();
    let mut base = 0;
    for block in blocks {
        to.note(simd, base, block, Marks::of(simd, block, separator), write);
        base = u32::wrapping_add(base, 64);
    }
    let mut block = [0; 64];
    block.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let Marks { separators, lines, quotes, .. } = Marks::of(simd, &block, separator);
    let end = 1_u64 << (rest.len() & 63);
    let within = end.wrapping_sub(1);
    let missing = if text.last().is_some_and(|byte| *byte != b'\n') { end } else { 0 };
    let lines = lines & within | missing;
    let marks = Marks { separators: separators & within, lines, quotes: quotes & within, within };
    to.note(simd, base, &block, marks, write);
}

impl Ends {
    fn clear(&mut self) {
        self.list.resize(self.list.len().max(1), BEFORE);
        self.found = 1;
    }

    #[inline(always)]
    fn push(&mut self, bits: u64, base: u32, write: impl Write) {
        if self.list.len() < self.found.wrapping_add(64) {
            self.grow();
        }
        if let Some(room) = self.list.get_mut(self.found..).and_then(<[u32]>::first_chunk_mut) {
            write(bits, base, room);
        }
        self.found = self.found.wrapping_add(bits.count_ones() as usize);
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.list.resize(self.list.len() * 2 + 64, 0);
    }

    fn get(&self) -> &[u32] {
        self.list.get(..self.found).unwrap_or_default()
    }

    /// Whether of so many lines each has so many fields.
    fn are_even(&self, text: &[u8], lines: usize, columns: usize) -> bool {
        let ends = self.get().get(1..).unwrap_or_default();
        lines.checked_mul(columns) == Some(ends.len())
            && ends.chunks_exact(columns.max(1)).all(|record| record.last().is_some_and(|end| is_line(text, *end)))
    }

    /// Whether no field is longer than that.
    fn are_short(&self, longest: usize) -> bool {
        self.get().windows(2).all(|pair| matches!(pair, [a, b] if b.wrapping_sub(*a) as usize <= longest))
    }
}

impl Note for All {
    #[inline(always)]
    fn note<S: Simd>(&mut self, _: S, base: u32, _: &[u8; 64], marks: Marks, write: impl Write) {
        self.ends.push(marks.separators | marks.lines, base, write);
        self.lines = self.lines.wrapping_add(marks.lines.count_ones() as usize);
        if marks.quotes != 0 {
            self.note_quotes(base, marks.quotes);
        }
    }
}

impl All {
    #[inline(never)]
    fn note_quotes(&mut self, base: u32, mut quotes: u64) {
        while quotes != 0 {
            self.quotes.push(base.wrapping_add(quotes.trailing_zeros()));
            quotes &= quotes.wrapping_sub(1);
        }
    }
}

impl Note for Outside {
    #[inline(always)]
    fn note<S: Simd>(&mut self, simd: S, base: u32, block: &[u8; 64], marks: Marks, write: impl Write) {
        let Marks { separators, lines, quotes, within } = marks;
        let returns = are(simd, block, b'\r') & within;
        // In quotes is what has an odd number of quotes up to and with it: an opening quote is, a closing one is not.
        let inside = [1, 2, 4, 8, 16, 32].iter().fold(quotes, |bits, by| bits ^ (bits << by)) ^ self.inside;
        let (opening, closing) = (quotes & inside, quotes & !inside);
        let ends = (separators | lines) & !inside;
        let (after_end, after_close) = (ends << 1 | self.after_end, closing << 1 | self.after_close);
        let return_after = after_close & returns;
        let after_return = return_after << 1 | self.after_return;
        let strange = after_close & !(separators | lines | quotes | returns) | after_return & !lines;
        self.wrong |= opening & !(after_end | after_close) | strange & within;
        self.doubled |= opening & after_close;
        self.inner_lines |= lines & inside & within;
        self.inside = if inside >> 63 == 1 { u64::MAX } else { 0 };
        (self.after_end, self.after_close, self.after_return) = (ends >> 63, closing >> 63, return_after >> 63);
        self.ends.push(ends, base, write);
        self.lines = self.lines.wrapping_add((lines & ends).count_ones() as usize);
    }
}

impl Index {
    pub(crate) fn new() -> Self {
        Self { level: Level::new(), all: All::default(), outside: Outside::default() }
    }

    /// Finds them. The text must be shorter than 4 GB.
    pub(crate) fn find(&mut self, text: &[u8], separator: u8) {
        let All { ends, lines, quotes } = &mut self.all;
        ends.clear();
        quotes.clear();
        *lines = 0;
        go(self.level, text, separator, &mut self.all);
    }

    /// Where fields end, if each line is a record of so many fields; and what is in quotes.
    pub(crate) fn even(&mut self, text: &[u8], reader: &Reader, columns: usize) -> Option<(&[u32], Quotes)> {
        if self.all.quotes.is_empty() {
            let All { ends, lines, .. } = &self.all;
            return ends.are_even(text, *lines, columns).then_some((ends.get(), Quotes::None));
        }
        let mut ends = std::mem::take(&mut self.outside.ends);
        ends.clear();
        // The text begins as if after an end.
        self.outside = Outside { ends, after_end: 1, ..Outside::default() };
        go(self.level, text, reader.separator, &mut self.outside);
        let Outside { ends, lines, inside, wrong, inner_lines, doubled, .. } = &self.outside;
        let quotes = if *doubled == 0 { Quotes::Around } else { Quotes::Within };
        let even =
            inside | wrong | inner_lines == 0 && ends.are_even(text, *lines, columns) && ends.are_short(reader.longest);
        even.then_some((ends.get(), quotes))
    }

    /// The places from the first on.
    pub(crate) fn cursor(&self) -> Cursor<'_> {
        Cursor { ends: self.all.ends.get().get(1..).unwrap_or_default(), quotes: &self.all.quotes, end: 0, quote: 0 }
    }
}

/// Writes the places of the bits that are set, counted from a base, and whatever else after them.
///
/// Most blocks have few, so that eight or more are written whether or not there are so many: a loop to their very number
/// would be a branch that no processor foresees.
trait Write: Fn(u64, u32, &mut [u32; 64]) + Copy {}
impl<F: Fn(u64, u32, &mut [u32; 64]) + Copy> Write for F {}

#[inline(always)]
fn write(mut bits: u64, base: u32, room: &mut [u32; 64]) {
    for eight in room.as_chunks_mut::<8>().0 {
        for place in eight {
            *place = base.wrapping_add(bits.trailing_zeros());
            bits &= bits.wrapping_sub(1);
        }
        if bits == 0 {
            break;
        }
    }
}

/// The same where a processor squeezes out bytes itself.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn write_squeezed(avx512: Avx512, bits: u64, base: u32, room: &mut [u32; 64]) {
    let places: u8x64<Avx512> = squeeze(avx512, bits, u8x64::simd_from(avx512, COUNTED).into()).simd_into(avx512);
    let places: [u8; 64] = places.into();
    let count = bits.count_ones();
    for (at, (to, from)) in
        (16..).step_by(16).zip(room.as_chunks_mut::<16>().0.iter_mut().zip(places.as_chunks::<16>().0))
    {
        to.iter_mut().zip(from).for_each(|(to, from)| *to = base.wrapping_add(u32::from(*from)));
        if count <= at {
            break;
        }
    }
}

/// The numbers from 0 to 63.
#[cfg(target_arch = "x86_64")]
const COUNTED: [u8; 64] = {
    let mut numbers = [0; 64];
    let (mut rest, mut next) = (numbers.as_mut_slice(), 0);
    while let [number, more @ ..] = rest {
        *number = next;
        (rest, next) = (more, next + 1);
    }
    numbers
};

#[cfg(target_arch = "x86_64")]
fearless_simd::kernel!(
    #[inline(always)]
    fn squeeze(_avx512: Avx512, bits: u64, bytes: __m512i) -> __m512i {
        _mm512_maskz_compress_epi8(bits, bytes)
    }
);

/// Whether a line ends there.
#[inline(always)]
pub(crate) fn is_line(text: &[u8], at: u32) -> bool {
    text.get(at as usize).is_none_or(|byte| *byte == b'\n')
}

/// Goes through the places of an [`Index`].
#[derive(Debug)]
pub(crate) struct Cursor<'p> {
    ends: &'p [u32],
    quotes: &'p [u32],
    end: usize,
    quote: usize,
}

impl Cursor<'_> {
    /// Goes to the first place from there on, forwards or back.
    pub(crate) fn seek(&mut self, place: usize) {
        self.end = self.ends.partition_point(|p| (*p as usize) < place);
        self.quote = self.quotes.partition_point(|p| (*p as usize) < place);
    }

    /// The ends of the next fields, if these are all fields of a line without quotes.
    #[inline]
    pub(crate) fn plain(&mut self, text: &[u8], columns: usize) -> Option<&[u32]> {
        let ends = self.ends.get(self.end..self.end + columns)?;
        let (last, others) = ends.split_last()?;
        let plain = is_line(text, *last)
            && self.quotes.get(self.quote).is_none_or(|quote| quote > last)
            && !others.iter().any(|end| is_line(text, *end));
        self.end += if plain { columns } else { 0 };
        plain.then_some(ends)
    }
}

impl Places for Cursor<'_> {
    #[inline(always)]
    fn next(&mut self) -> Option<usize> {
        let (end, quote) = (self.ends.get(self.end), self.quotes.get(self.quote));
        let is_quote = quote.is_some_and(|quote| end.is_none_or(|end| quote < end));
        let place = if is_quote { quote } else { end };
        self.quote += usize::from(is_quote);
        self.end += usize::from(!is_quote);
        place.map(|place| *place as usize)
    }

    #[inline]
    fn pass(&mut self, end: usize) {
        while self.ends.get(self.end).is_some_and(|p| *p as usize <= end) {
            self.end += 1;
        }
        while self.quotes.get(self.quote).is_some_and(|p| *p as usize <= end) {
            self.quote += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BEFORE, Index};
    use crate::tally::csv::record::{End, Reader};
    use crate::tally::csv::records::Rows;
    use fearless_simd::{Level, prelude::*};
    use proptest::prelude::*;

    /// Each kind of processor that this one can stand for.
    fn levels() -> Vec<Level> {
        let mut levels = vec![Level::new(), Level::baseline()];
        #[cfg(target_arch = "x86_64")]
        levels.extend(Level::new().as_avx2().map(Simd::level));
        levels
    }

    proptest! {
        #[test]
        fn every_place_is_found(text in prop::collection::vec(prop::sample::select(b"ab,;\n\"\x2d\xac".to_vec()), 0..300)) {
            for level in levels() {
                let mut index = Index { level, ..Index::new() };
                // What was found before is forgotten.
                index.find(b"a,b\n\"", b',');
                index.find(&text, b',');
                let places = |such: &dyn Fn(u8) -> bool| -> Vec<u32> {
                    (0..).zip(&text).filter(|(_, b)| such(**b)).map(|(i, _)| i).collect()
                };
                let open = text.last().is_some_and(|b| *b != b'\n');
                let mut ends = vec![BEFORE];
                ends.extend(places(&|b| b == b',' || b == b'\n'));
                ends.extend(open.then_some(text.len() as u32));
                prop_assert_eq!(index.all.ends.get(), ends);
                prop_assert_eq!(index.all.lines, places(&|b| b == b'\n').len() + usize::from(open));
                prop_assert_eq!(&index.all.quotes, &places(&|b| b == b'"'));
            }
        }

        #[test]
        fn even_rows_are_the_records(
            lines in prop::collection::vec(
                prop_oneof![
                    20 => "([ab]{0,9}|\"([ab,]|\"\"){0,30}\"),([ab]{0,9}|\"([ab,]|\"\"){0,9}\"),([ab]?|\"[ab,]{0,9}\")\r?",
                    1 => "[ab,\"\r\n]{0,9}",
                ],
                0..12
            ),
            open: bool,
        ) {
            let mut text = lines.join("\n");
            if !open && !text.is_empty() {
                text.push('\n');
            }
            let text = text.as_bytes();
            let reader = Reader { separator: b',', longest: 35 };
            let (mut at, mut records, mut whole) = (0, Vec::new(), true);
            while at < text.len() {
                let mut fields = Vec::new();
                let end = reader.record(text, at, true, |_, span| fields.push(span.text(text).into_owned()));
                let End::Record { next } = end else { whole = false; break };
                whole &= fields.len() == 3 && !text.get(at..next - 1).unwrap_or_default().contains(&b'\n');
                records.push(fields);
                at = next;
            }
            for level in levels() {
                let mut index = Index { level, ..Index::new() };
                // What was found before is forgotten.
                index.find(b"\"a,\"\"b\n", b',');
                _ = index.even(b"\"a,\"\"b\n", &reader, 3);
                index.find(text, b',');
                let stray = records.iter().flatten().count() > 0 && ["a\"", "b\"", "\r\""].iter().any(|stray| lines.iter().any(|line| line.contains(stray)));
                let Some((ends, quotes)) = index.even(text, &reader, 3) else {
                    // Given up where records are not so, or might not be.
                    // As written a quote within takes two places, and those around it two more.
                    let written = |field: &Vec<u8>| field.len() + field.iter().filter(|b| **b == b'"').count() + 2;
                    let long = records.iter().flatten().any(|field| written(field) > 30);
                    prop_assert!(!whole || long || stray, "{:?}", String::from_utf8_lossy(text));
                    continue;
                };
                prop_assert!(whole);
                let rows = Rows::even(text, ends, 3, quotes);
                prop_assert_eq!(rows.len(), records.len());
                for column in 0..3 {
                    for (field, record) in rows.column(column).zip(&records) {
                        prop_assert_eq!(Some(&field.text().into_owned()), record.get(column));
                    }
                }
            }
        }
    }
}
