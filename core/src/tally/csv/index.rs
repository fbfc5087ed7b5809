//! All separators, line ends and quotes of a text, found in one go.

use fearless_simd::prelude::*;
#[cfg(target_arch = "x86_64")]
use fearless_simd::x86::Avx512;
use fearless_simd::{Level, dispatch, u8x64};
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m512i, _mm512_maskz_compress_epi8};

use super::record::Places;

/// Their places, in order.
#[derive(Debug)]
pub(crate) struct Index {
    level: Level,
    /// Longer than needed: room for whatever is found next.
    ends: Vec<u32>,
    found: usize,
    /// How many of them are ends of lines.
    lines: usize,
    quotes: Vec<u32>,
}

/// One before the first place.
pub(crate) const BEFORE: u32 = u32::MAX;

/// Bits of 64 bytes.
#[derive(Debug, Clone, Copy)]
struct Marks {
    separators: u64,
    lines: u64,
    quotes: u64,
}

impl Marks {
    #[inline(always)]
    fn of<S: Simd>(simd: S, block: &[u8; 64], separator: u8) -> Self {
        let bytes = u8x64::simd_from(simd, *block);
        let are = |byte: u8| bytes.simd_eq(u8x64::splat(simd, byte)).to_bitmask();
        let separators = are(separator);
        Self { separators, lines: are(b'\n') & !separators, quotes: are(b'"') & !separators }
    }
}

impl Index {
    pub(crate) fn new() -> Self {
        Self { level: Level::new(), ends: Vec::new(), found: 0, lines: 0, quotes: Vec::new() }
    }

    /// Finds them. The text must be shorter than 4 GB.
    pub(crate) fn find(&mut self, text: &[u8], separator: u8) {
        self.ends.resize(self.ends.len().max(1), BEFORE);
        self.quotes.clear();
        #[cfg(target_arch = "x86_64")]
        if let Some(avx512) = self.level.as_avx512() {
            return avx512.vectorize(
                #[inline(always)]
                || {
                    self.find_by(
                        avx512,
                        text,
                        separator,
                        #[inline(always)]
                        |bits, base, room| write_squeezed(avx512, bits, base, room),
                    )
                },
            );
        }
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = self.level.as_avx2() {
            return avx2.vectorize(
                #[inline(always)]
                || self.find_by(avx2, text, separator, write),
            );
        }
        dispatch!(Level::baseline(), simd => self.find_by(simd, text, separator, write));
    }

    #[inline(always)]
    fn find_by<S: Simd>(&mut self, simd: S, text: &[u8], separator: u8, write: impl Write) {
        let (blocks, rest) = text.as_chunks::<64>();
        let (mut counts, mut base) = ((1, 0), 0);
        for block in blocks {
            counts = self.note(counts, base, Marks::of(simd, block, separator), write);
            base = u32::wrapping_add(base, 64);
        }
        let mut block = [0; 64];
        block.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        let Marks { separators, lines, quotes } = Marks::of(simd, &block, separator);
        let end = 1_u64 << (rest.len() & 63);
        let within = end.wrapping_sub(1);
        let missing = if text.last().is_some_and(|byte| *byte != b'\n') { end } else { 0 };
        let lines = lines & within | missing;
        let marks = Marks { separators: separators & within, lines, quotes: quotes & within };
        (self.found, self.lines) = self.note(counts, base, marks, write);
    }

    /// Notes the places of 64 bytes; counts what has been found and how many of that are ends of lines.
    #[inline(always)]
    fn note(
        &mut self,
        (found, line_ends): (usize, usize),
        base: u32,
        marks: Marks,
        write: impl Write,
    ) -> (usize, usize) {
        let Marks { separators, lines, quotes } = marks;
        if self.ends.len() < found.wrapping_add(64) {
            self.grow();
        }
        if let Some(room) = self.ends.get_mut(found..).and_then(<[u32]>::first_chunk_mut) {
            write(separators | lines, base, room);
        }
        if quotes != 0 {
            self.note_quotes(base, quotes);
        }
        // No more than there are bytes.
        let more = (separators | lines).count_ones() as usize;
        (found.wrapping_add(more), line_ends.wrapping_add(lines.count_ones() as usize))
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.ends.resize(self.ends.len() * 2 + 64, 0);
    }

    #[inline(never)]
    fn note_quotes(&mut self, base: u32, mut quotes: u64) {
        while quotes != 0 {
            self.quotes.push(base.wrapping_add(quotes.trailing_zeros()));
            quotes &= quotes.wrapping_sub(1);
        }
    }

    /// Where fields end: first [`BEFORE`], so that each field begins after the end of the one before, then separators and
    /// line ends within quotes or not, at last the end of the text where it lacks a line end.
    pub(crate) fn ends(&self) -> &[u32] {
        self.ends.get(..self.found).unwrap_or_default()
    }

    /// Whether each line is a record of so many fields, none in quotes.
    pub(crate) fn is_even(&self, text: &[u8], columns: usize) -> bool {
        let ends = self.ends().get(1..).unwrap_or_default();
        self.quotes.is_empty()
            && self.lines.checked_mul(columns) == Some(ends.len())
            && ends.chunks_exact(columns.max(1)).all(|record| record.last().is_some_and(|end| is_line(text, *end)))
    }

    /// The places from the first on.
    pub(crate) fn cursor(&self) -> Cursor<'_> {
        Cursor { ends: self.ends().get(1..).unwrap_or_default(), quotes: &self.quotes, end: 0, quote: 0 }
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
                prop_assert_eq!(index.ends(), ends);
                prop_assert_eq!(index.lines, places(&|b| b == b'\n').len() + usize::from(open));
                prop_assert_eq!(&index.quotes, &places(&|b| b == b'"'));
            }
        }

        #[test]
        fn even_is_what_splits_evenly(lines in prop::collection::vec("[ab]?,[ab]?,[ab\"]?|[ab,]{0,4}", 0..9), open: bool) {
            let mut text = lines.join("\n");
            if !open && !text.is_empty() {
                text.push('\n');
            }
            let even = !text.is_empty() && text.lines().all(|line| line.split(',').count() == 3 && !line.contains('"'));
            let mut index = Index::new();
            index.find(text.as_bytes(), b',');
            prop_assert_eq!(index.is_even(text.as_bytes(), 3), even || text.is_empty());
        }
    }
}
