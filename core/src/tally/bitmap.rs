//! Rows of bits, as Arrow lays them out.

/// A row of bits, least significant first, from any bit on (dãy bit).
#[derive(Debug, Clone, Copy)]
pub struct Bitmap<'a> {
    bytes: &'a [u8],
    offset: usize,
    len: usize,
}

const BITS: [u8; 8] = [1, 2, 4, 8, 16, 32, 64, 128];

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

    /// Writes the bits from `start` on as numbers 0 and 1, as many as `out` holds.
    #[inline(always)]
    pub(crate) fn unpack(&self, start: usize, out: &mut [u32]) {
        let at = self.offset.saturating_add(start);
        let (skip, shift) = (at / 8, at % 8);
        let bytes = self.bytes.get(skip..).unwrap_or_default();
        if shift == 0 {
            spread(bytes.iter().copied(), out);
        } else {
            let next = bytes.iter().skip(1).copied().chain(std::iter::once(0));
            spread(bytes.iter().zip(next).map(|(low, high)| low >> shift | high << (8 - shift)), out);
        }
    }
}

#[inline(always)]
fn spread(mut bytes: impl Iterator<Item = u8>, out: &mut [u32]) {
    let (whole, rest) = out.as_chunks_mut::<8>();
    for (eight, byte) in whole.iter_mut().zip(&mut bytes) {
        for (bit, mask) in eight.iter_mut().zip(BITS) {
            *bit = u32::from(byte & mask != 0);
        }
    }
    if let Some(byte) = bytes.next() {
        for (bit, mask) in rest.iter_mut().zip(BITS) {
            *bit = u32::from(byte & mask != 0);
        }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::Bitmap;

    #[test]
    fn bits_are_unpacked_from_any_offset() {
        let bytes = [0b1010_0110, 0b0111_0001, 0b1100_0011];
        for offset in 0..20 {
            for len in 0..=(24 - offset) {
                let bitmap = Bitmap::new(&bytes, offset, len).expect("enough bits");
                for start in 0..=len {
                    let mut out = vec![7; len - start];
                    bitmap.unpack(start, &mut out);
                    let expected: Vec<u32> = (start..len).map(|i| u32::from(bitmap.get(i))).collect();
                    assert_eq!(out, expected, "{offset} {len} {start}");
                }
            }
        }
        assert!(Bitmap::new(&bytes, 20, 5).is_none());
        assert!(Bitmap::new(&bytes, usize::MAX, 5).is_none());
    }
}
