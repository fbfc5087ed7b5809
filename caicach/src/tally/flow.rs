//! What is counted for a group.

/// Where each count stands in a [`Flow`].
pub(crate) mod at {
    pub(crate) const ONLINE: usize = 0;
    pub(crate) const DIRECT: usize = 1;
    pub(crate) const POSTAL: usize = 2;
    pub(crate) const UNKNOWN: usize = 3;
    pub(crate) const CARRIED: usize = 4;
    pub(crate) const EARLY: usize = 5;
    pub(crate) const ON_TIME: usize = 6;
    pub(crate) const LATE: usize = 7;
    pub(crate) const CANCELLED: usize = 8;
    pub(crate) const SATISFIED: usize = 9;
    pub(crate) const DISSATISFIED: usize = 10;
    pub(crate) const SUPPLEMENTED: usize = 11;
    pub(crate) const REQUESTS: usize = 12;
    pub(crate) const NOTICES: usize = 13;
    pub(crate) const APOLOGIES: usize = 14;
    pub(crate) const APOLOGIES_LATE: usize = 15;
}

/// The cells of a group where receipts and outcomes are counted apart: where each [`Class`] counts.
pub(crate) mod cell {
    use super::super::classify::{Class, class, outcome, receipt};

    /// Receipts; then early, on time, late, cancelled; and a last one for what is counted nowhere else.
    pub(crate) const COUNT: usize = 10;
    /// The last one.
    pub(crate) const ELSEWHERE: usize = COUNT - 1;

    /// The cells of classes, for their receipt and for their outcome; pending ones are kept by due day.
    pub(crate) const OF_CLASS: [[u8; 64]; 2] = [table(true), table(false)];

    const fn table(of_receipt: bool) -> [u8; 64] {
        let mut cells = [ELSEWHERE as u8; 64];
        let mut rest: &mut [u8] = &mut cells;
        let mut class: Class = 0;
        while let ([cell, more @ ..], true) = (rest, class < class::VOID) {
            *cell = match class::outcome(class) {
                _ if of_receipt => class::receipt(class),
                outcome::PENDING => ELSEWHERE as u8,
                outcome::CANCELLED => receipt::COUNT + outcome::LATE + 1,
                other => receipt::COUNT + other,
            };
            class += 1;
            rest = more;
        }
        cells
    }

    /// The cells that a class counts in.
    pub(crate) fn of_class(class: usize) -> impl Iterator<Item = usize> {
        let cells = OF_CLASS.iter().filter_map(move |table| table.get(class)).map(|cell| usize::from(*cell));
        cells.filter(|cell| *cell < ELSEWHERE)
    }
}

/// How many counts there are.
pub(crate) const FIELDS: usize = 16;

/// The counts of a group that add up: all but the pending ones, which are kept by due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flow(pub(crate) [u64; FIELDS]);

impl Flow {
    pub(crate) fn is_zero(&self) -> bool {
        self.0.iter().fold(0, |any, n| any | n) == 0
    }

    pub(crate) fn get(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or(0)
    }

    pub(crate) fn add_at(&mut self, at: usize, count: u64) {
        if let Some(n) = self.0.get_mut(at) {
            *n = n.saturating_add(count);
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a = a.saturating_add(b);
        }
    }

    /// Calls with each count that is not 0.
    pub(crate) fn each(&self, mut call: impl FnMut(usize, u64)) {
        self.0.iter().enumerate().filter(|(_, count)| **count != 0).for_each(|(at, count)| call(at, *count));
    }

    /// The difference, unless a count would go below zero.
    pub(crate) fn minus(&self, other: &Self) -> Option<Self> {
        let mut out = *self;
        for (a, b) in out.0.iter_mut().zip(other.0) {
            *a = a.checked_sub(b)?;
        }
        Some(out)
    }

    /// Counts rows by cell.
    #[inline(always)]
    pub(crate) fn add_cells(&mut self, counts: &[u8; cell::COUNT]) {
        // The last cell counts nowhere. Few small numbers are added, far from what would wrap.
        for (sum, n) in self.0.iter_mut().zip(counts).take(cell::ELSEWHERE) {
            *sum = sum.wrapping_add(u64::from(*n));
        }
    }

    /// Counts rows of a class.
    pub(crate) fn add_class(&mut self, class: usize, count: u64) {
        cell::of_class(class).for_each(|at| self.add_at(at, count));
    }

    /// Received in all, those carried over included.
    pub(crate) fn received(&self) -> u64 {
        sum(&self.0, at::ONLINE, at::CARRIED)
    }

    /// Resolved or cancelled.
    pub(crate) fn closed(&self) -> u64 {
        sum(&self.0, at::EARLY, at::CANCELLED)
    }
}

fn sum(counts: &[u64; FIELDS], first: usize, last: usize) -> u64 {
    counts.get(first..=last).unwrap_or_default().iter().fold(0, |sum, n| sum.saturating_add(*n))
}

/// The group that a count belongs to, by the numbers of its names; 0 is no name. The month is its index, [`NO_MONTH`]
/// where months are not told apart, [`OPEN_MONTH`] for what hangs on pending dossiers: it belongs to the as-of month,
/// which may still move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Key {
    pub(crate) names: [u32; 3],
    pub(crate) month: i32,
}

pub(crate) const NO_MONTH: i32 = 0;
pub(crate) const OPEN_MONTH: i32 = i32::MAX;

/// The due day of what counts as overdue whatever its due date (reading `repeat_supplement`).
pub(crate) const OVERDUE: i32 = i32::MIN;
