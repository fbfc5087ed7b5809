//! Counters, small ones in great number.

/// A counter that wraps.
pub(crate) trait Cell: Copy + Default {
    /// How often it counts until it wraps.
    const ROUND: u64;
    /// One more, and whether it has wrapped.
    fn next(self) -> (Self, bool);
    fn value(self) -> u64;
}

impl Cell for u8 {
    const ROUND: u64 = 1 << 8;
    #[inline(always)]
    fn next(self) -> (Self, bool) {
        let next = self.wrapping_add(1);
        (next, next == 0)
    }
    fn value(self) -> u64 {
        u64::from(self)
    }
}

impl Cell for u16 {
    const ROUND: u64 = 1 << 16;
    #[inline(always)]
    fn next(self) -> (Self, bool) {
        let next = self.wrapping_add(1);
        (next, next == 0)
    }
    fn value(self) -> u64 {
        u64::from(self)
    }
}

/// A table of counters.
///
/// The counters are narrow, so that a whole table stays in a near cache. One that wraps is noted in a list, which stays
/// short: an entry stands for a whole round of rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cells<C> {
    cells: Vec<C>,
    rounds: Vec<u32>,
}

impl<C: Cell> Cells<C> {
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Makes the table at least that long.
    pub(crate) fn reach(&mut self, len: usize) {
        if self.cells.len() < len {
            self.cells.resize(len, C::default());
        }
    }

    pub(crate) fn clear(&mut self) {
        self.cells.clear();
        self.rounds.clear();
    }

    /// Counts one at each place; places beyond the table count nowhere.
    #[inline(always)]
    pub(crate) fn count(&mut self, places: impl Iterator<Item = u32>) {
        let Self { cells, rounds } = self;
        let cells = cells.as_mut_slice();
        for place in places {
            if let Some(cell) = cells.get_mut(place as usize) {
                let (next, wrapped) = cell.next();
                *cell = next;
                if wrapped {
                    note(rounds, place);
                }
            }
        }
    }

    /// The whole counts, place by place. The list of rounds is folded in first.
    pub(crate) fn totals(&mut self) -> impl Iterator<Item = u64> {
        self.rounds.sort_unstable();
        let mut rounds = self.rounds.iter().copied().peekable();
        self.cells.iter().enumerate().map(move |(place, cell)| {
            let mut total = cell.value();
            while rounds.next_if(|r| *r as usize == place).is_some() {
                total = total.saturating_add(C::ROUND);
            }
            total
        })
    }
}

#[cold]
#[inline(never)]
fn note(rounds: &mut Vec<u32>, place: u32) {
    rounds.push(place);
}

#[cfg(test)]
mod tests {
    use super::Cells;

    #[test]
    fn counts_beyond_a_round() {
        let mut cells = Cells::<u8>::default();
        cells.reach(3);
        cells.count((0..1000).map(|_| 1));
        cells.count((0..256).map(|_| 2));
        cells.count([0, 9].into_iter());
        assert_eq!(cells.totals().collect::<Vec<_>>(), [1, 1000, 256]);
    }
}
