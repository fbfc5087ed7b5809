//! Short loops over plain slices, compiled twice: for any processor, and for those with wide vectors.

use fearless_simd::Level;
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
use fearless_simd::Simd;

/// How wide vectors may be here.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lanes(Level);

impl Lanes {
    /// As wide as this processor has them.
    pub(crate) fn of_this_processor() -> Self {
        Self(Level::new())
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
}
