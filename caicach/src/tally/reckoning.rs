//! What became of the rows read.

use super::reject::Reason;

/// What became of the rows read (đối chiếu số dòng): every row is counted, rejected, or not of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reckoning {
    pub(crate) counted: u64,
    pub(crate) received_after: u64,
    pub(crate) closed_before: u64,
    pub(crate) cancelled: u64,
    pub(crate) rejected: [u64; Reason::ALL.len()],
}

impl Default for Reckoning {
    fn default() -> Self {
        Self { counted: 0, received_after: 0, closed_before: 0, cancelled: 0, rejected: [0; Reason::ALL.len()] }
    }
}

impl Reckoning {
    /// Rows read in all: counted, not counted and rejected.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.counted.saturating_add(self.not_counted()).saturating_add(self.rejected())
    }

    /// Rows that are in the counts.
    #[must_use]
    pub const fn counted(&self) -> u64 {
        self.counted
    }

    /// Rows left out by the terms: received after as-of, closed before the period, cancelled where these are excluded.
    #[must_use]
    pub const fn not_counted(&self) -> u64 {
        self.received_after.saturating_add(self.closed_before).saturating_add(self.cancelled)
    }

    /// Rows received after as-of.
    #[must_use]
    pub const fn received_after_as_of(&self) -> u64 {
        self.received_after
    }

    /// Rows closed before the period's first day.
    #[must_use]
    pub const fn closed_before_period(&self) -> u64 {
        self.closed_before
    }

    /// Cancelled rows that were excluded.
    #[must_use]
    pub const fn cancelled_excluded(&self) -> u64 {
        self.cancelled
    }

    /// Rows that could not be taken.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.rejected.iter().fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// Rows that could not be taken, by reason; only reasons that occurred.
    pub fn rejected_by_reason(&self) -> impl Iterator<Item = (Reason, u64)> {
        Reason::ALL.iter().copied().zip(self.rejected).filter(|(_, n)| *n > 0)
    }

    pub(crate) fn reject(&mut self, reason: Reason) {
        if let Some((_, count)) = Reason::ALL.iter().zip(&mut self.rejected).find(|(r, _)| **r == reason) {
            *count = count.saturating_add(1);
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (a, b) in self.parts_mut().into_iter().zip(other.parts()) {
            *a = a.saturating_add(b);
        }
        for (a, b) in self.rejected.iter_mut().zip(other.rejected) {
            *a = a.saturating_add(b);
        }
    }

    pub(crate) fn minus(&self, other: &Self) -> Option<Self> {
        let mut out = *self;
        for (a, b) in out.parts_mut().into_iter().zip(other.parts()) {
            *a = a.checked_sub(b)?;
        }
        for (a, b) in out.rejected.iter_mut().zip(other.rejected) {
            *a = a.checked_sub(b)?;
        }
        Some(out)
    }

    pub(crate) const fn parts(&self) -> [u64; 4] {
        [self.counted, self.received_after, self.closed_before, self.cancelled]
    }

    pub(crate) const fn parts_mut(&mut self) -> [&mut u64; 4] {
        [&mut self.counted, &mut self.received_after, &mut self.closed_before, &mut self.cancelled]
    }
}
