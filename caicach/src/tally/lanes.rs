//! Short loops over plain slices, compiled once for any processor and again for those with wide vectors.

use fearless_simd::{Level, Simd, dispatch, mask8x64, mask32x16, prelude::*, u8x64, u32x16};

/// How wide vectors may be here.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lanes(Level);

impl Lanes {
    /// As wide as this processor has them.
    pub(crate) fn of_this_processor() -> Self {
        Self(Level::new())
    }

    /// For loops that are written in vectors.
    pub(crate) const fn level(self) -> Level {
        self.0
    }

    /// Runs the work; a loop in it becomes code for wide vectors if all that it calls is inlined, so mark the closure
    /// `#[inline(always)]` too.
    #[inline(always)]
    pub(crate) fn run<R>(self, work: impl FnOnce() -> R) -> R {
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        if let Some(avx2) = self.0.as_avx2() {
            return avx2.vectorize(work);
        }
        work()
    }

    /// Sets the bytes at the bits to one value. Bytes that are not a whole 64 at the end stay, so have room for them.
    pub(crate) fn paint(self, bits: &[u64], byte: u8, out: &mut [u8]) {
        dispatch!(self.0, simd => paint_bytes(simd, bits, byte, out));
    }

    /// The same for numbers, of which the last may be fewer than 64.
    pub(crate) fn paint_numbers(self, bits: &[u64], number: u32, out: &mut [u32]) {
        dispatch!(self.0, simd => paint_numbers(simd, bits, number, out));
    }

    /// Calls with the place of every number that is not 0, and the number.
    pub(crate) fn for_each_some(self, numbers: &[u32], mut call: impl FnMut(usize, u32)) {
        for (from, numbers) in (0..).step_by(64).zip(numbers.chunks(64)) {
            let mut bits = dispatch!(self.0, simd => find_some(simd, numbers));
            while bits != 0 {
                let at = bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if let Some(number) = numbers.get(at) {
                    call(from + at, *number);
                }
            }
        }
    }

    /// Replaces small numbers by those of a table.
    pub(crate) fn translate(self, table: &[u8; 64], numbers: &mut [u8]) {
        dispatch!(self.0, simd => translate(simd, table, numbers));
    }
}

#[inline(always)]
fn paint_bytes<S: Simd>(simd: S, bits: &[u64], byte: u8, out: &mut [u8]) {
    for (bits, out) in bits.iter().zip(out.as_chunks_mut::<64>().0) {
        let old = u8x64::from_slice(simd, out);
        mask8x64::from_bitmask(simd, *bits).select(u8x64::splat(simd, byte), old).store_slice(out);
    }
}

#[inline(always)]
fn paint_numbers<S: Simd>(simd: S, bits: &[u64], number: u32, out: &mut [u32]) {
    for (bits, out) in bits.iter().zip(out.chunks_mut(64)) {
        let (sixteens, rest) = out.as_chunks_mut::<16>();
        let mut bits = *bits;
        for out in sixteens {
            let old = u32x16::from_slice(simd, out);
            mask32x16::from_bitmask(simd, bits & 0xffff).select(u32x16::splat(simd, number), old).store_slice(out);
            bits >>= 16;
        }
        for out in rest {
            *out = if bits & 1 == 1 { number } else { *out };
            bits >>= 1;
        }
    }
}

#[inline(always)]
fn find_some<S: Simd>(simd: S, numbers: &[u32]) -> u64 {
    let (sixteens, rest) = numbers.as_chunks::<16>();
    let mut bits = 0;
    for (shift, some) in (0..).step_by(16).zip(sixteens) {
        bits |= (!u32x16::from_slice(simd, some).simd_eq(u32x16::splat(simd, 0))).to_bitmask() << shift;
    }
    let whole = sixteens.len() * 16;
    rest.iter().zip(whole..).fold(bits, |bits, (number, at)| bits | u64::from(*number != 0) << at)
}

#[inline(always)]
fn translate<S: Simd>(simd: S, table: &[u8; 64], numbers: &mut [u8]) {
    let table = u8x64::from_slice(simd, table);
    for numbers in numbers.as_chunks_mut::<64>().0 {
        table.swizzle_dyn(u8x64::from_slice(simd, numbers)).store_slice(numbers);
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::Lanes;
    use fearless_simd::Level;

    #[test]
    fn vectors_do_what_loops_do() {
        for lanes in [Lanes::of_this_processor(), Lanes(Level::baseline())] {
            let bits: Vec<u64> = (0..4_u64).map(|i| 0x9E37_79B9_7F4A_7C15_u64.rotate_left(i as u32 * 9)).collect();
            let is = |i: usize| bits[i / 64] >> (i % 64) & 1 == 1;
            let mut bytes: Vec<u8> = (0..=255).collect();
            lanes.paint(&bits, 77, &mut bytes);
            assert!(bytes.iter().enumerate().all(|(i, b)| usize::from(*b) == if is(i) { 77 } else { i }));
            for len in [0, 1, 15, 16, 17, 64, 100, 255, 256] {
                let mut numbers: Vec<u32> = (0..len as u32).collect();
                lanes.paint_numbers(&bits, 7777, &mut numbers);
                assert!(numbers.iter().enumerate().all(|(i, n)| *n == if is(i) { 7777 } else { i as u32 }), "{len}");
                lanes.paint_numbers(&bits, 0, &mut numbers);
                let (mut found, some) = (Vec::new(), (0..).zip(&numbers).filter(|(_, n)| **n != 0));
                lanes.for_each_some(&numbers, |at, number| found.push((at, number)));
                assert_eq!(found, some.map(|(at, n)| (at, *n)).collect::<Vec<(usize, u32)>>(), "{len}");
            }
            let table = std::array::from_fn(|i| (i as u8).wrapping_mul(7));
            let mut numbers: Vec<u8> = (0..128_u8).map(|i| i.wrapping_mul(5) % 64).collect();
            let expected: Vec<u8> = numbers.iter().map(|n| table[usize::from(*n)]).collect();
            lanes.translate(&table, &mut numbers);
            assert_eq!(numbers, expected);
        }
    }
}
