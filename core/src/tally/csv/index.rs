//! All separators, line ends and quotes of a text, found in one go.

use super::record::Places;
use crate::tally::lanes::Lanes;

/// Their places, in order.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// Longer than needed while they are being found.
    places: Vec<u32>,
    found: usize,
}

/// Gathers the lowest bits of eight bytes in the highest byte of the product.
const GATHER: u64 = 0x0102_0408_1020_4080;

impl Index {
    /// Finds them. The text must be shorter than 4 GB.
    ///
    /// Written so that the compiler compares many bytes at a time: first a mark for each byte, then the marks of 64
    /// bytes as the bits of a number, then the bits that are set one by one.
    pub(crate) fn find(&mut self, lanes: Lanes, text: &[u8], separator: u8) {
        lanes.run(
            #[inline(always)]
            move || self.find_by(text, separator),
        );
    }

    #[inline(always)]
    fn find_by(&mut self, text: &[u8], separator: u8) {
        let (blocks, rest) = text.as_chunks::<64>();
        self.found = 0;
        let mut base = 0_u32;
        for block in blocks {
            let mut marks = [0_u8; 64];
            for (mark, byte) in marks.iter_mut().zip(block) {
                *mark = u8::from((*byte == separator) | (*byte == b'\n') | (*byte == b'"'));
            }
            let mut bits = 0_u64;
            for eight in marks.as_chunks::<8>().0.iter().rev() {
                bits = (bits << 8) | (u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56);
            }
            if self.places.len() < self.found + 64 {
                self.places.resize(self.places.len() * 2 + 64, 0);
            }
            let mut set = 0;
            for place in self.places.iter_mut().skip(self.found) {
                if bits == 0 {
                    break;
                }
                *place = base.wrapping_add(bits.trailing_zeros());
                bits &= bits.wrapping_sub(1);
                set += 1;
            }
            self.found += set;
            base = base.wrapping_add(64);
        }
        self.places.truncate(self.found);
        for (place, byte) in (base..).zip(rest) {
            if *byte == separator || *byte == b'\n' || *byte == b'"' {
                self.places.push(place);
            }
        }
        self.found = self.places.len();
    }

    /// The places from the first on.
    pub(crate) fn cursor(&self) -> Cursor<'_> {
        Cursor { places: &self.places, at: 0 }
    }
}

/// Goes through the places of an [`Index`].
#[derive(Debug)]
pub(crate) struct Cursor<'p> {
    places: &'p [u32],
    at: usize,
}

impl Cursor<'_> {
    /// Goes to the first place from there on, forwards or back.
    pub(crate) fn seek(&mut self, place: usize) {
        self.at = self.places.partition_point(|p| (*p as usize) < place);
    }
}

impl Places for Cursor<'_> {
    #[inline(always)]
    fn next(&mut self) -> Option<usize> {
        let place = self.places.get(self.at)?;
        self.at += 1;
        Some(*place as usize)
    }

    #[inline]
    fn pass(&mut self, end: usize) {
        while self.places.get(self.at).is_some_and(|p| *p as usize <= end) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Index;
    use crate::tally::lanes::Lanes;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_place_is_found(text in prop::collection::vec(prop::sample::select(b"ab,;\n\"\x2d\xac".to_vec()), 0..300)) {
            let mut index = Index::default();
            index.find(Lanes::of_this_processor(), &text, b',');
            let expected = (0..).zip(&text).filter(|(_, b)| matches!(b, b',' | b'\n' | b'"')).map(|(i, _)| i);
            prop_assert_eq!(index.places, expected.collect::<Vec<u32>>());
        }
    }
}
