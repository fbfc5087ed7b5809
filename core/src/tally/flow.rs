//! What is counted for a group.

use super::classify::{outcome, receipt};

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

/// How many classes of receipt and outcome there are.
pub(crate) const CLASSES: usize = (receipt::COUNT + outcome::COUNT) as usize;

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

    /// Counts rows of a class of receipt.
    pub(crate) fn receive(&mut self, class: u32, count: u64) {
        if class < receipt::VOID {
            self.add_at(at::ONLINE + class as usize, count);
        }
    }

    /// Counts rows of all classes of receipt, then of outcome; pending ones are kept by due day.
    #[inline(always)]
    pub(crate) fn add_classes(&mut self, counts: Option<&[u8; CLASSES]>) {
        let Some([online, direct, postal, unknown, carried, _, early, on_time, late, _, cancelled, _]) = counts else {
            return;
        };
        let counts = [online, direct, postal, unknown, carried, early, on_time, late, cancelled];
        for (sum, n) in self.0.iter_mut().zip(counts) {
            *sum = sum.saturating_add(u64::from(*n));
        }
    }

    /// Counts rows of a class of outcome; pending ones are kept by due day.
    pub(crate) fn settle(&mut self, class: u32, count: u64) {
        match class {
            0..=outcome::LATE => self.add_at(at::EARLY + class as usize, count),
            outcome::CANCELLED => self.add_at(at::CANCELLED, count),
            _ => {}
        }
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

/// The pending dossiers of a group by due day, in order: how many fall due on each; the day is [`OVERDUE`] where they
/// count as overdue in any case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Open {
    pub(crate) names: [u32; 3],
    pub(crate) days: Vec<(i32, u32)>,
}

impl Open {
    /// Adds pending dossiers in any order.
    pub(crate) fn add(&mut self, more: &[(i32, u32)]) {
        self.days.extend_from_slice(more);
        self.tidy();
    }

    /// No day twice, none without dossiers, all in order.
    pub(crate) fn tidy(&mut self) {
        // Stable, since that is quick with lists in order put end to end.
        self.days.sort();
        self.days.dedup_by(|later, first| {
            let same = later.0 == first.0;
            if same {
                first.1 = first.1.saturating_add(later.1);
            }
            same
        });
        self.days.retain(|(_, count)| *count > 0);
    }

    /// Takes dossiers out, unless there are too few.
    pub(crate) fn take(&mut self, less: &[(i32, u32)]) -> Option<()> {
        for (day, count) in less {
            let at = self.days.binary_search_by_key(day, |(day, _)| *day).ok()?;
            let (_, left) = self.days.get_mut(at)?;
            *left = left.checked_sub(*count)?;
        }
        self.days.retain(|(_, count)| *count > 0);
        Some(())
    }

    /// How many are due before a day, and how many are not.
    pub(crate) fn split(&self, day: i32) -> (u64, u64) {
        let sum = |days: &[(i32, u32)]| days.iter().fold(0_u64, |sum, (_, n)| sum.saturating_add(u64::from(*n)));
        let at = self.days.partition_point(|(due, _)| *due < day);
        let (before, rest) = self.days.split_at_checked(at).unwrap_or_default();
        (sum(before), sum(rest))
    }
}

/// The due day of what counts as overdue whatever its due date (reading `repeat_supplement`).
pub(crate) const OVERDUE: i32 = i32::MIN;
