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

/// How many counts there are.
pub(crate) const FIELDS: usize = 16;

/// The counts of a group that add up: all but the pending ones, which are kept by due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flow(pub(crate) [u64; FIELDS]);

impl Flow {
    pub(crate) fn is_zero(&self) -> bool {
        self.0.iter().all(|n| *n == 0)
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

    /// The difference, unless a count would go below zero.
    pub(crate) fn minus(&self, other: &Self) -> Option<Self> {
        let mut out = *self;
        for (a, b) in out.0.iter_mut().zip(other.0) {
            *a = a.checked_sub(b)?;
        }
        Some(out)
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

/// Pending dossiers of a group that fall due on one day; `due` is [`OVERDUE`] where they count as overdue in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Open {
    pub(crate) names: [u32; 3],
    pub(crate) due: i32,
    pub(crate) count: u64,
}

/// The due day of what counts as overdue whatever its due date (reading `repeat_supplement`).
pub(crate) const OVERDUE: i32 = i32::MIN;
