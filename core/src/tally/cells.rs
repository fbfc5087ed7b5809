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
    /// Makes the table at least that long.
    pub(crate) fn reach(&mut self, len: usize) {
        if self.cells.len() < len {
            self.cells.resize(len, C::default());
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(crate) fn clear(&mut self) {
        self.cells.clear();
        self.rounds.clear();
    }

    /// Counts one in the cell of each row: groups are `width` cells wide, of which each row has one. Cells beyond the
    /// table count nowhere.
    #[inline(never)]
    pub(crate) fn count(&mut self, groups: &[u32], width: u32, classes: &[u32]) {
        let Self { cells, rounds } = self;
        let cells = cells.as_mut_slice();
        for (group, class) in groups.iter().zip(classes) {
            let place = group.wrapping_mul(width).wrapping_add(*class);
            if let Some(cell) = cells.get_mut(place as usize) {
                let (next, wrapped) = cell.next();
                *cell = next;
                if wrapped {
                    note(rounds, place);
                }
            }
        }
    }

    /// Calls with the place and count of every cell that has counted; for a cell that has wrapped, more than once.
    pub(crate) fn for_each(&self, mut call: impl FnMut(usize, u64)) {
        let (eights, rest) = self.cells.as_chunks::<8>();
        for (start, eight) in (0..).step_by(8).zip(eights) {
            // Most cells of a large table are empty.
            if eight.iter().any(|c| c.value() != 0) {
                for (place, cell) in (start..).zip(eight).filter(|(_, c)| c.value() != 0) {
                    call(place, cell.value());
                }
            }
        }
        for (place, cell) in (eights.len() * 8..).zip(rest).filter(|(_, c)| c.value() != 0) {
            call(place, cell.value());
        }
        for place in &self.rounds {
            call(*place as usize, C::ROUND);
        }
    }

    /// Calls with the class and count of every cell of a group that has counted, whole rounds left out.
    #[inline]
    pub(crate) fn for_each_in(&self, group: usize, width: usize, mut call: impl FnMut(u32, u64)) {
        let from = group.saturating_mul(width);
        for (class, cell) in (0..).zip(self.cells.get(from..from.saturating_add(width)).unwrap_or_default()) {
            if cell.value() != 0 {
                call(class, cell.value());
            }
        }
    }

    /// Calls with the group, class and count of every whole round.
    pub(crate) fn for_each_round(&self, width: usize, mut call: impl FnMut(usize, u32, u64)) {
        for place in self.rounds.iter().map(|p| *p as usize) {
            call(place / width.max(1), (place % width.max(1)) as u32, C::ROUND);
        }
    }
}

#[cold]
#[inline(never)]
fn note(rounds: &mut Vec<u32>, place: u32) {
    rounds.push(place);
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::Cells;

    #[test]
    fn counts_beyond_a_round() {
        let mut cells = Cells::<u8>::default();
        cells.reach(3);
        cells.count(&[0; 1000], 3, &[1; 1000]);
        cells.count(&[2; 256], 1, &[0; 256]);
        cells.count(&[0, 9], 1, &[0, 0]);
        let mut totals = [0; 3];
        cells.for_each(|place, count| totals[place] += count);
        assert_eq!(totals, [1, 1000, 256]);
    }
}
