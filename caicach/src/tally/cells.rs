//! Counters, small ones in great number.

/// Most rounds that are kept one by one.
const ROUNDS: usize = 1 << 14;

/// A counter that wraps.
pub(crate) trait Counter: Copy + Default + PartialEq + Into<u64> {
    /// How often it counts until it wraps.
    const ROUND: u64;
    /// One more.
    fn raised(self) -> Self;
}

impl Counter for u8 {
    const ROUND: u64 = 1 << Self::BITS;
    #[inline(always)]
    fn raised(self) -> Self {
        self.wrapping_add(1)
    }
}

impl Counter for u16 {
    const ROUND: u64 = 1 << Self::BITS;
    #[inline(always)]
    fn raised(self) -> Self {
        self.wrapping_add(1)
    }
}

/// A table of counters.
///
/// The counters are small, so that a whole table stays in a near cache: bytes if it is large. One that wraps is noted in
/// a list, which is summed up when it gets long.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cells<C> {
    cells: Vec<C>,
    rounds: Vec<u32>,
    /// The places of the list summed up, in order, and how often each occurred.
    sums: Vec<(u32, u64)>,
}

impl<C: Counter> Cells<C> {
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
        self.sums.clear();
    }

    /// Counts one in each of the cells. Cells beyond the table count nowhere.
    #[inline(always)]
    pub(crate) fn count(&mut self, places: &[u32]) {
        let Self { cells, rounds, sums } = self;
        let cells = cells.as_mut_slice();
        let mut count = |place: &u32| {
            if let Some(cell) = cells.get_mut(*place as usize) {
                *cell = cell.raised();
                if *cell == C::default() {
                    note(rounds, *place);
                }
            }
        };
        // Some at a time, since a jump back for each would take longer than the counting.
        let (some, rest) = places.as_chunks::<8>();
        some.iter().for_each(|some| some.iter().for_each(&mut count));
        rest.iter().for_each(count);
        if rounds.len() >= ROUNDS {
            fold(rounds, sums);
        }
    }

    /// The cells of a group that is so many cells wide.
    #[inline(always)]
    pub(crate) fn group<const WIDTH: usize>(&self, group: usize) -> Option<&[C; WIDTH]> {
        self.cells.as_chunks().0.get(group)
    }

    /// Calls with the class and count of every cell of a group that has counted, whole rounds left out.
    #[inline]
    pub(crate) fn for_each_in(&self, group: usize, width: usize, mut call: impl FnMut(usize, u64)) {
        let from = group.saturating_mul(width);
        for (class, cell) in (0..).zip(self.cells.get(from..from.saturating_add(width)).unwrap_or_default()) {
            if *cell != C::default() {
                call(class, (*cell).into());
            }
        }
    }

    /// Calls with the group, class and count of whole rounds, in order of cells.
    pub(crate) fn for_each_round(&mut self, width: usize, mut call: impl FnMut(usize, usize, u64)) {
        fold(&mut self.rounds, &mut self.sums);
        let width = width.max(1);
        for (place, rounds) in &self.sums {
            let place = *place as usize;
            call(place / width, place % width, rounds.saturating_mul(C::ROUND));
        }
    }
}

/// Calls with the place and count of every cell that has counted.
pub(crate) fn for_each(cells: &[u8], mut call: impl FnMut(usize, u64)) {
    let (some, rest) = cells.as_chunks::<16>();
    for (start, some) in (0..).step_by(16).zip(some) {
        // Most cells of a large table are empty.
        if u128::from_le_bytes(*some) != 0 {
            for (place, cell) in (start..).zip(some).filter(|(_, cell)| **cell != 0) {
                call(place, u64::from(*cell));
            }
        }
    }
    for (place, cell) in (cells.len() - rest.len()..).zip(rest).filter(|(_, cell)| **cell != 0) {
        call(place, u64::from(*cell));
    }
}

#[cold]
#[inline(never)]
fn note(rounds: &mut Vec<u32>, place: u32) {
    rounds.push(place);
}

/// Sums up the list.
#[cold]
fn fold(rounds: &mut Vec<u32>, sums: &mut Vec<(u32, u64)>) {
    rounds.sort_unstable();
    let mut old = std::mem::take(sums).into_iter().peekable();
    for same in rounds.chunk_by(|a, b| a == b) {
        let Some(place) = same.first() else { continue };
        sums.extend(std::iter::from_fn(|| old.next_if(|(of, _)| of < place)));
        let before = old.next_if(|(of, _)| of == place).map_or(0, |(_, count)| count);
        sums.push((*place, before.saturating_add(same.len() as u64)));
    }
    sums.extend(old);
    rounds.clear();
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::{Cells, ROUNDS};

    fn totals(cells: &mut Cells<u8>, len: usize) -> Vec<u64> {
        let mut totals = vec![0; len];
        super::for_each(&cells.cells, |place, count| totals[place] += count);
        cells.for_each_round(1, |place, _, count| totals[place] += count);
        totals
    }

    #[test]
    fn counts_beyond_a_round() {
        let mut cells = Cells::<u8>::default();
        cells.reach(3);
        cells.count(&[1; 1000]);
        cells.count(&[2; 256]);
        // The last one lies beyond the table.
        cells.count(&[0, 9]);
        assert_eq!(totals(&mut cells, 3), [1, 1000, 256]);
    }

    #[test]
    fn a_long_list_of_rounds_is_summed_up() {
        let mut cells = Cells::<u8>::default();
        cells.reach(40);
        let rows = (ROUNDS + 10) * 256;
        for start in (0..rows).step_by(512) {
            cells.count(&(start..start + 512).map(|row| (row % 3 * 17) as u32).collect::<Vec<_>>());
        }
        assert!(!cells.sums.is_empty());
        let totals = totals(&mut cells, 40);
        assert_eq!(totals.iter().sum::<u64>(), rows as u64);
        assert!([0, 17, 34].iter().all(|place| totals[*place] >= rows as u64 / 3));
    }
}
