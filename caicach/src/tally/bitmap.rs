//! Rows of bits, as Arrow lays them out.

/// A row of bits, least significant first, from any bit on (dãy bit).
#[derive(Debug, Clone, Copy)]
pub struct Bitmap<'a> {
    bytes: &'a [u8],
    offset: usize,
    len: usize,
}

impl<'a> Bitmap<'a> {
    /// `len` bits from bit `offset` of the bytes on; `None` where there are not so many.
    #[must_use]
    pub fn new(bytes: &'a [u8], offset: usize, len: usize) -> Option<Self> {
        let end = offset.checked_add(len)?.div_ceil(8);
        (end <= bytes.len()).then_some(Self { bytes, offset, len })
    }

    /// How many bits.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bit `index`; beyond the end it is 0.
    #[must_use]
    pub fn get(&self, index: usize) -> bool {
        let at = self.offset.saturating_add(index);
        index < self.len && self.bytes.get(at / 8).is_some_and(|b| b >> (at % 8) & 1 == 1)
    }

    /// Writes the bits from `start` on as words of 64, the first row lowest; beyond the end they are 0.
    pub(crate) fn words(&self, start: usize, out: &mut [u64]) {
        let at = self.offset.saturating_add(start);
        let mut bytes = self.bytes.get(at / 8..).unwrap_or_default();
        let mut left = self.len.saturating_sub(start);
        for word in out {
            let mut here = [0; 16];
            match bytes.first_chunk::<9>() {
                // Up to seven bits of a word lie in the byte after it.
                Some(nine) => here.iter_mut().zip(nine).for_each(|(to, from)| *to = *from),
                None => here.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from),
            }
            let bits = (u128::from_le_bytes(here) >> (at % 8)) as u64;
            *word = if left < 64 { bits & ((1 << left) - 1) } else { bits };
            bytes = bytes.get(8..).unwrap_or_default();
            left = left.saturating_sub(64);
        }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::Bitmap;

    #[test]
    fn words_hold_the_bits_from_any_offset() {
        let bytes: Vec<u8> = (0..40_u8).map(|i| i.wrapping_mul(37) ^ 0b1010_0110).collect();
        for offset in 0..20 {
            for len in [0, 1, 7, 63, 64, 65, 128, 200, 320 - offset] {
                let bitmap = Bitmap::new(&bytes, offset, len).expect("enough bits");
                for start in (0..=len).step_by(13) {
                    let mut words = vec![7; (len - start).div_ceil(64)];
                    bitmap.words(start, &mut words);
                    let bit = |i: usize| words.get(i / 64).expect("a word") >> (i % 64) & 1 == 1;
                    for i in 0..words.len() * 64 {
                        assert_eq!(bit(i), bitmap.get(start + i), "{offset} {len} {start} {i}");
                    }
                }
            }
        }
        assert!(Bitmap::new(&bytes, 316, 5).is_none());
        assert!(Bitmap::new(&bytes, usize::MAX, 5).is_none());
    }
}
