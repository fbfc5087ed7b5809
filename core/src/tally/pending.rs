//! Pending dossiers by group and due day, while they are counted.

/// Pending dossiers by due day and, for each, by group: most days are of long ago and have few dossiers left, those near
/// as-of have many.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    /// How many groups there are.
    width: usize,
    /// By page, the number of a due day.
    days: Vec<Day>,
    /// The page and group of each counter that has wrapped.
    rounds: Vec<(u32, u32)>,
}

#[derive(Debug)]
enum Day {
    /// The group of each dossier.
    Few(Vec<u32>),
    /// How many dossiers each group has, as a byte that wraps.
    Many(Vec<u8>),
}

/// How many dossiers a byte counts until it wraps.
const ROUND: u32 = 1 << 8;

impl Pending {
    /// Counts rows of groups by page; the groups are given for all rows of a block.
    pub(crate) fn count(&mut self, width: usize, rows: &[u32], pages: &[u32], groups: &[u32]) {
        self.width = width;
        for (row, page) in rows.iter().zip(pages) {
            let group = groups.get(*row as usize).copied().unwrap_or_default();
            self.add(*page, group);
        }
    }

    #[inline]
    fn add(&mut self, page: u32, group: u32) {
        match self.days.get_mut(page as usize) {
            Some(Day::Many(counts)) => raise(counts, &mut self.rounds, page, group),
            Some(Day::Few(groups)) => {
                groups.push(group);
                if groups.len().saturating_mul(size_of::<u32>()) > self.width {
                    self.widen(page);
                }
            }
            None => {
                self.days.resize_with(page as usize + 1, || Day::Few(Vec::new()));
                self.add(page, group);
            }
        }
    }

    /// From now on the day is counted in bytes, since these are fewer.
    #[cold]
    fn widen(&mut self, page: u32) {
        let Some(day) = self.days.get_mut(page as usize) else { return };
        if let Day::Few(groups) = day {
            let mut counts = vec![0; self.width];
            groups.iter().for_each(|group| raise(&mut counts, &mut self.rounds, page, *group));
            *day = Day::Many(counts);
        }
    }

    /// Calls with the group, due day and count of pending dossiers, in no order; for a group and day more than once.
    pub(crate) fn each(&self, dues: &[i32], mut call: impl FnMut(usize, i32, u32)) {
        for (due, day) in dues.iter().zip(&self.days) {
            day.each(|group, count| call(group, *due, count));
        }
        for (page, group) in &self.rounds {
            if let Some(due) = dues.get(*page as usize) {
                call(*group as usize, *due, ROUND);
            }
        }
    }

    /// How many groups there are.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }
}

/// What one has counted, its days by page, and for each of its groups the group of the whole.
pub(crate) type Part<'p> = (Pending, &'p [i32], Vec<u32>);

/// Dossiers that are due on one day.
enum Page<'p> {
    /// Of many groups, whole rounds left out, with the groups of the whole.
    Day(&'p Day, &'p [u32]),
    /// A round of a group of the whole.
    Round(u32),
}

/// What several have counted, as lists by day: gives for each group of the whole, of which there are `width`, where its
/// list ends, and the lists.
pub(crate) fn joined(parts: &[Part<'_>], width: usize) -> (Vec<usize>, Vec<(i32, u32)>) {
    let mut pages: Vec<(i32, Page<'_>)> = Vec::new();
    for (pending, dues, groups) in parts {
        pages.extend(dues.iter().zip(&pending.days).map(|(due, day)| (*due, Page::Day(day, groups))));
        let round =
            |(page, group): &(u32, u32)| Some((*dues.get(*page as usize)?, Page::Round(*groups.get(*group as usize)?)));
        pages.extend(pending.rounds.iter().filter_map(round));
    }
    pages.sort_by_key(|(due, _)| *due);
    // Gone through twice: first to see how long each list becomes, then to fill it.
    let mut ends = vec![0_usize; width];
    each_by_day(&pages, width, |group, _, _, is_new| {
        ends.get_mut(group).into_iter().for_each(|length| *length += usize::from(is_new));
    });
    let mut next = Vec::with_capacity(width);
    let mut end = 0;
    for length in &mut ends {
        next.push(end);
        end += *length;
        *length = end;
    }
    let mut lists = vec![(0, 0_u32); end];
    each_by_day(&pages, width, |group, due, count, is_new| {
        let Some(next) = next.get_mut(group) else { return };
        *next += usize::from(is_new);
        if let Some(entry) = next.checked_sub(1).and_then(|at| lists.get_mut(at)) {
            *entry = (due, entry.1.saturating_add(count));
        }
    });
    (ends, lists)
}

/// Calls with group of the whole, day, count, and whether the day is the first of its kind for the group; in the order of
/// days.
#[inline]
fn each_by_day(pages: &[(i32, Page<'_>)], width: usize, mut call: impl FnMut(usize, i32, u32, bool)) {
    let mut last_turn = vec![0_u32; width];
    for (turn, same) in (1_u32..).zip(pages.chunk_by(|a, b| a.0 == b.0)) {
        let mut add = |group: u32, due: i32, count: u32| {
            if let Some(last) = last_turn.get_mut(group as usize) {
                call(group as usize, due, count, std::mem::replace(last, turn) != turn);
            }
        };
        for (due, page) in same {
            match page {
                Page::Round(group) => add(*group, *due, ROUND),
                Page::Day(day, groups) => {
                    day.each(|group, count| groups.get(group).into_iter().for_each(|group| add(*group, *due, count)));
                }
            }
        }
    }
}

impl Day {
    /// Calls with groups and how many dossiers they have, whole rounds left out; with a group more than once.
    fn each(&self, mut call: impl FnMut(usize, u32)) {
        match self {
            Self::Few(groups) => groups.iter().for_each(|group| call(*group as usize, 1)),
            Self::Many(counts) => super::cells::for_each(counts, |group, count| call(group, count as u32)),
        }
    }
}

#[inline(always)]
fn raise(counts: &mut [u8], rounds: &mut Vec<(u32, u32)>, page: u32, group: u32) {
    if let Some(count) = counts.get_mut(group as usize) {
        *count = count.wrapping_add(1);
        if *count == 0 {
            rounds.push((page, group));
        }
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::Pending;

    #[test]
    fn few_and_many_are_told_alike() {
        let mut pending = Pending::default();
        let groups: Vec<u32> = (0..3000).map(|i| if i % 3 == 0 { 5 } else { i % 40 }).collect();
        let rows: Vec<u32> = (0..3000).collect();
        // Three dossiers on page 1, all the others on page 0.
        let pages: Vec<u32> = rows.iter().map(|row| u32::from(row % 1000 == 7)).collect();
        pending.count(40, &rows, &pages, &groups);
        let (ends, lists) = super::joined(&[(pending, &[20, 10], (0..40).collect())], 40);
        let sum = |of: usize, due: i32| {
            let from = if of == 0 { 0 } else { ends[of - 1] };
            let days = &lists[from..ends[of]];
            assert!(days.is_sorted_by(|a, b| a.0 < b.0));
            days.iter().filter(|(day, _)| *day == due).map(|(_, count)| count).sum::<u32>()
        };
        for group in 0..40 {
            for (page, due) in [(0, 20), (1, 10)] {
                let rows = groups.iter().zip(&pages).filter(|(of, on)| **of as usize == group && **on == page);
                assert_eq!(sum(group, due) as usize, rows.count(), "{group} {due}");
            }
        }
        assert!(sum(5, 20) > 1000 && sum(5, 10) > 0);
    }
}
