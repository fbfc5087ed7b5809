//! What has been read, byte for byte, and the number that it has: found again in one go.

use std::hash::{BuildHasher, RandomState};

use fearless_simd::Level;
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
use fearless_simd::{prelude::*, u64x4, x86::Avx2};
#[cfg(target_arch = "x86")]
use std::arch::x86::{__m256i, _mm256_mul_epu32, _mm256_srli_epi64};
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m256i, _mm256_mul_epu32, _mm256_srli_epi64};

/// Readings and their numbers.
#[derive(Debug, Clone)]
pub(crate) struct Readings {
    level: Level,
    seen: Vec<Seen>,
    /// Places in `seen` plus one, by hash; a power of two of pairs.
    pairs: Vec<Pair>,
    /// Keeps chosen names from colliding; decides nothing but where they lie.
    keys: Words,
}

/// One cache line: most readings are found by looking at it alone.
#[derive(Debug, Clone)]
#[repr(align(64))]
struct Seen {
    words: Words,
    len: u32,
    number: u32,
    /// The bytes that the words do not hold.
    rest: Box<[u8]>,
}

/// A part of a text, from where to where, and where its number goes.
pub(crate) type Part<'o> = ((usize, usize), &'o mut u32);

/// How many bytes [`Words`] hold.
const HELD: usize = 32;

/// The first bytes of a reading, with zeros after those of a shorter one. Names are short, and a loop over their bytes
/// would be a branch that no processor foresees.
type Words = [u64; HELD / 8];

/// Two places under one hash, or 0 where there is none; each with a tag of further bits of the hash. They are looked at
/// together: a branch on which of two names it is would be foreseen by no processor.
type Pair = [u32; 2];

const FIRST_PAIRS: usize = 1024;
/// How many bits of a place are no tag.
const PLACE_BITS: u32 = 24;

impl Readings {
    pub(crate) fn new() -> Self {
        let state = RandomState::new();
        Self {
            level: Level::new(),
            seen: Vec::new(),
            pairs: vec![[0; 2]; FIRST_PAIRS],
            keys: [0, 1, 2, 3].map(|n| state.hash_one(n)),
        }
    }

    /// The number of a reading, if it has one.
    #[inline]
    pub(crate) fn number(&self, bytes: &[u8]) -> Option<u32> {
        let words = words(bytes);
        let rest = bytes.get(HELD..).unwrap_or_default();
        let hash = fold(Plain.hash(words, &self.keys).wrapping_add(self.hash_rest(rest)));
        self.find(Plain, hash, words, bytes.len(), rest)
    }

    /// The numbers of parts of a text, up to the first part that has none yet, is long or lies at the end of the text:
    /// that one, with the parts after it.
    #[inline(always)]
    pub(crate) fn numbers<'o, I: Iterator<Item = Part<'o>>>(&self, text: &[u8], parts: I) -> Option<(Part<'o>, I)> {
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        if let Some(avx2) = self.level.as_avx2() {
            return avx2.vectorize(
                #[inline(always)]
                move || self.numbers_by(avx2, text, parts),
            );
        }
        self.numbers_by(Plain, text, parts)
    }

    #[inline(always)]
    fn numbers_by<'o, I: Iterator<Item = Part<'o>>>(
        &self,
        by: impl By,
        text: &[u8],
        mut parts: I,
    ) -> Option<(Part<'o>, I)> {
        while let Some(part) = parts.next() {
            let ((from, to), out) = part;
            let len = to.wrapping_sub(from);
            let wide = text.get(from..).and_then(<[u8]>::first_chunk);
            let (Some(wide), Some(mask)) = (wide, MASKS.get(len)) else { return Some((((from, to), out), parts)) };
            let words = by.load(wide, mask);
            match self.find(by, fold(by.hash(words, &self.keys)), words, len, &[]) {
                Some(number) => *out = number,
                None => return Some((((from, to), out), parts)),
            }
        }
        None
    }

    #[inline(always)]
    fn find<B: By>(&self, by: B, hash: u32, words: B::Words, len: usize, rest: &[u8]) -> Option<u32> {
        let tag = tag(hash);
        let mask = self.pairs.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        loop {
            let [first, second] = self.pairs.get(at).copied().unwrap_or_default();
            // A place if one of them has the tag; else so large a number that nothing is there.
            let place = (first ^ tag).min(second ^ tag);
            match self.seen.get((place as usize).wrapping_sub(1)) {
                Some(seen)
                    if by.same(words, &seen.words) & (seen.len as usize == len)
                        && (len <= HELD || *seen.rest == *rest) =>
                {
                    return Some(seen.number);
                }
                None if second == 0 => return None,
                // Another name has the tag, or there was no room.
                _ => at = at.wrapping_add(1) & mask,
            }
        }
    }

    /// Notes the number of a reading that has none.
    pub(crate) fn note(&mut self, bytes: &[u8], number: u32) {
        if self.seen.len() + 2 > 1 << PLACE_BITS {
            // Readings beyond the sixteen millionth are noted nowhere.
            return;
        }
        let rest = bytes.get(HELD..).unwrap_or_default().into();
        self.seen.push(Seen { words: words(bytes), len: bytes.len() as u32, number, rest });
        if self.seen.len() * 2 > self.pairs.len() {
            self.pairs = vec![[0; 2]; self.pairs.len() * 2];
            for i in 0..self.seen.len() {
                self.place(i);
            }
        } else {
            self.place(self.seen.len() - 1);
        }
    }

    fn place(&mut self, index: usize) {
        let Some(seen) = self.seen.get(index) else { return };
        let hash = fold(Plain.hash(seen.words, &self.keys).wrapping_add(self.hash_rest(&seen.rest)));
        let tag = tag(hash);
        let place = tag | u32::try_from(index + 1).unwrap_or(0);
        let mask = self.pairs.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some([first, second]) = self.pairs.get_mut(at) {
            if *first == 0 {
                *first = place;
                return;
            }
            // Never two of the same tag in one pair.
            if *second == 0 && (*first ^ tag) >> PLACE_BITS != 0 {
                *second = place;
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// The part of the bytes beyond the words in a hash.
    fn hash_rest(&self, rest: &[u8]) -> u64 {
        let mix = |a: u64, b: u64| {
            let product = u128::from(a).wrapping_mul(u128::from(b));
            (product as u64) ^ (product >> 64) as u64
        };
        let [first, second, ..] = self.keys;
        rest.chunks(HELD)
            .fold(0, |hash, bytes| words(bytes).iter().fold(hash, |hash, word| mix(hash ^ first, word ^ second)))
    }
}

/// Where a reading is looked for, and its tag.
#[inline(always)]
const fn fold(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

/// The tag under which a reading stands in its pair; its highest bit is set, which tells it from a free place.
#[inline(always)]
const fn tag(hash: u32) -> u32 {
    (hash | 1 << 31) & (u32::MAX << PLACE_BITS)
}

/// What a processor does to words.
trait By: Copy {
    type Words: Copy;

    fn load(self, bytes: &[u8; HELD], mask: &Words) -> Self::Words;
    /// The sum of the products of the halves of the words, each with a key: NH of UMAC.
    fn hash(self, words: Self::Words, keys: &Words) -> u64;
    fn same(self, words: Self::Words, others: &Words) -> bool;
}

/// Any processor.
#[derive(Clone, Copy)]
struct Plain;

impl By for Plain {
    type Words = Words;

    #[inline(always)]
    fn load(self, bytes: &[u8; HELD], mask: &Words) -> Words {
        let mut words = words_of(bytes);
        words.iter_mut().zip(mask).for_each(|(word, mask)| *word &= mask);
        words
    }

    #[inline(always)]
    fn hash(self, words: Words, keys: &Words) -> u64 {
        words.iter().zip(keys).fold(0, |sum, (word, key)| {
            let word = word ^ key;
            sum.wrapping_add((word & 0xffff_ffff).wrapping_mul(word >> 32))
        })
    }

    #[inline(always)]
    fn same(self, words: Words, others: &Words) -> bool {
        words.iter().zip(others).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
    }
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
impl By for Avx2 {
    type Words = u64x4<Self>;

    #[inline(always)]
    fn load(self, bytes: &[u8; HELD], mask: &Words) -> u64x4<Self> {
        let (bytes, mask): (u64x4<Self>, u64x4<Self>) = (words_of(bytes).simd_into(self), (*mask).simd_into(self));
        bytes & mask
    }

    #[inline(always)]
    fn hash(self, words: u64x4<Self>, keys: &Words) -> u64 {
        let words = words ^ u64x4::simd_from(self, *keys);
        let products: u64x4<Self> = products(self, words.into()).simd_into(self);
        let [a, b, c, d] = products.into();
        a.wrapping_add(b).wrapping_add(c.wrapping_add(d))
    }

    #[inline(always)]
    fn same(self, words: u64x4<Self>, others: &Words) -> bool {
        words.simd_eq(u64x4::simd_from(self, *others)).all_true()
    }
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fearless_simd::kernel!(
    #[inline(always)]
    fn products(_avx2: Avx2, words: __m256i) -> __m256i {
        _mm256_mul_epu32(words, _mm256_srli_epi64::<32>(words))
    }
);

/// For each length of a name, the bits of its bytes.
static MASKS: [Words; HELD + 1] = {
    let mut masks = [[0; HELD / 8]; HELD + 1];
    let mut rest = masks.as_mut_slice();
    let mut len = 0;
    while let [mask, more @ ..] = rest {
        let [a, b, c, d] = mask;
        (*a, *b, *c, *d) = (ones(len, 0), ones(len, 8), ones(len, 16), ones(len, 24));
        (rest, len) = (more, len + 1);
    }
    masks
};

/// The bits of those bytes of a name of that length that are in the word that begins there.
const fn ones(len: usize, from: usize) -> u64 {
    match len.saturating_sub(from) {
        0 => 0,
        bytes @ 1..8 => (1 << (bytes * 8)) - 1,
        _ => u64::MAX,
    }
}

#[inline(always)]
fn words_of(bytes: &[u8; HELD]) -> Words {
    let mut words = [0; HELD / 8];
    words.iter_mut().zip(bytes.as_chunks().0).for_each(|(word, bytes)| *word = u64::from_le_bytes(*bytes));
    words
}

/// The first bytes of a name after which there may be nothing to read.
#[inline(always)]
fn words(bytes: &[u8]) -> Words {
    if let Some(bytes) = bytes.first_chunk() {
        return words_of(bytes);
    }
    let Some(last) = bytes.len().checked_sub(8) else { return [short(bytes), 0, 0, 0] };
    // A word that reaches beyond the end is read earlier, and what does not belong to it shifted out.
    [0, 8, 16, 24].map(|from| {
        let at = last.min(from);
        let word = bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |word| u64::from_le_bytes(*word));
        word.checked_shr((from - at) as u32 * 8).unwrap_or(0)
    })
}

/// Up to seven bytes as one number.
#[inline(always)]
fn short(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(head), Some(tail)) => {
            u64::from(u32::from_le_bytes(*head)) | u64::from(u32::from_le_bytes(*tail)) << ((bytes.len() - 4) * 8)
        }
        _ => bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::Readings;
    use fearless_simd::Level;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn a_reading_has_its_number_by_itself_and_in_a_text(
            readings in prop::collection::vec(
                prop::collection::vec(prop::sample::select(b"\0\0\0ab\xff".to_vec()), 0..70), 1..300
            ),
            tail in 0..40_usize,
        ) {
            let mut text = readings.concat();
            text.extend(vec![b'a'; tail]);
            for level in [Level::new(), Level::baseline()] {
                let mut known = Readings { level, ..Readings::new() };
                let mut expected = HashMap::new();
                for reading in &readings {
                    let number = expected.len() as u32;
                    prop_assert_eq!(known.number(reading), expected.get(reading).copied());
                    if expected.insert(reading, *expected.get(reading).unwrap_or(&number)).is_none() {
                        known.note(reading, number);
                    }
                }
                let mut numbers = vec![u32::MAX; readings.len()];
                let mut at = 0;
                let spans: Vec<(usize, usize)> =
                    readings.iter().map(|r| (at, { at += r.len(); at })).collect();
                let mut given_up = 0;
                let mut parts = spans.iter().copied().zip(numbers.iter_mut());
                while let Some((((from, to), out), rest)) = known.numbers(&text, parts) {
                    // Only what is long or near the end.
                    prop_assert!(to - from > 32 || from + 32 > text.len());
                    *out = text.get(from..to).and_then(|reading| known.number(reading)).unwrap_or(u32::MAX);
                    given_up += 1;
                    parts = rest;
                }
                prop_assert!(given_up <= readings.len());
                for (reading, number) in readings.iter().zip(numbers) {
                    prop_assert_eq!(expected.get(reading), Some(&number));
                }
            }
        }
    }
}
