//! Pending dossiers by group and due day, while they are counted.

use super::opens::{Entry, Lists};

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
    /// The group of each dossier, where all have small numbers.
    Few(Vec<u16>),
    /// The group of each dossier.
    FewOfMany(Vec<u32>),
    /// How many dossiers each group has, as a byte that wraps.
    Many(Vec<u8>),
}

/// So many groups have numbers of 16 bits.
const SMALL: usize = 1 << 16;

/// A day has many dossiers if it has more than one to so many groups.
const MANY: usize = 4;

/// How many dossiers a byte counts until it wraps.
const ROUND: u32 = 1 << 8;

impl Pending {
    /// Counts rows of groups by page.
    #[inline(always)]
    pub(crate) fn count(&mut self, width: usize, rows: &[u32], pages: &[u32], group: impl Fn(u32) -> u32) {
        self.width = width;
        for (row, page) in rows.iter().zip(pages) {
            self.add(*page, group(*row));
        }
    }

    #[inline]
    fn add(&mut self, page: u32, group: u32) {
        let few = match self.days.get_mut(page as usize) {
            Some(Day::Many(counts)) => return raise(counts, &mut self.rounds, page, group),
            Some(Day::Few(groups)) => {
                groups.push(group as u16);
                groups.len()
            }
            Some(Day::FewOfMany(groups)) => {
                groups.push(group);
                groups.len()
            }
            None => {
                let none = || if self.width > SMALL { Day::FewOfMany(Vec::new()) } else { Day::Few(Vec::new()) };
                self.days.resize_with(page as usize + 1, none);
                return self.add(page, group);
            }
        };
        if few.saturating_mul(MANY) > self.width {
            self.widen(page);
        }
    }

    /// From now on the day is counted in bytes.
    #[cold]
    fn widen(&mut self, page: u32) {
        let Some(day) = self.days.get_mut(page as usize) else { return };
        let (mut counts, rounds) = (vec![0; self.width], &mut self.rounds);
        day.each(|group, _| raise(&mut counts, rounds, page, group as u32));
        *day = Day::Many(counts);
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

/// What several have counted, as lists by day of the groups of the whole, of which there are `width`.
pub(crate) fn joined(parts: &[Part<'_>], width: usize) -> Lists {
    let mut pages: Vec<(i32, Page<'_>)> = Vec::new();
    for (pending, dues, groups) in parts {
        pages.extend(dues.iter().zip(&pending.days).map(|(due, day)| (*due, Page::Day(day, groups))));
        let round =
            |(page, group): &(u32, u32)| Some((*dues.get(*page as usize)?, Page::Round(*groups.get(*group as usize)?)));
        pages.extend(pending.rounds.iter().filter_map(round));
    }
    pages.sort_by_key(|(due, _)| *due);
    // Gone through twice: first to see how long each list may become, then to fill it. Where a day has many dossiers, they
    // are summed up by group first.
    let (mut next, mut sums) = (vec![0_usize; width], vec![0_u32; width]);
    for (_, pages) in by_day(&pages) {
        if sum_up(pages, &mut sums) {
            next.iter_mut().zip(&sums).for_each(|(length, sum)| *length += usize::from(*sum != 0));
        } else {
            each(pages, |group, _| next.get_mut(group).into_iter().for_each(|length| *length += 1));
        }
    }
    let mut room = 0;
    for start in &mut next {
        room += std::mem::replace(start, room);
    }
    let mut starts = next.clone();
    let (mut lists, mut beyond) = (Entry::none(room), Vec::new());
    for (due, pages) in by_day(&pages) {
        if sum_up(pages, &mut sums) {
            for (group, (next, sum)) in next.iter_mut().zip(&sums).enumerate().filter(|(_, (_, sum))| **sum != 0) {
                lists.get_mut(*next).into_iter().for_each(|entry| *entry = Entry::new(due, *sum));
                *next += 1;
                if *sum > Entry::MOST {
                    beyond.push((group, due, sum & !Entry::MOST));
                }
            }
        } else {
            each(pages, |group, count| {
                let (Some(next), Some(start)) = (next.get_mut(group), starts.get(group)) else { return };
                let last = next.checked_sub(1).filter(|last| last >= start).and_then(|last| lists.get_mut(last));
                let more = match last.filter(|entry| entry.day() == due) {
                    Some(entry) => entry.add(count),
                    None => {
                        lists.get_mut(*next).into_iter().for_each(|entry| *entry = Entry::new(due, count));
                        *next += 1;
                        count & !Entry::MOST
                    }
                };
                if more > 0 {
                    beyond.push((group, due, more));
                }
            });
        }
    }
    // What a group has more than once on a day of few dossiers has left room.
    let mut end = 0;
    for (start, next) in starts.iter_mut().zip(next) {
        lists.copy_within(*start..next, end);
        end += next - *start;
        *start = end;
    }
    lists.truncate(end);
    Lists { ends: starts, days: lists, beyond }
}

/// The pages of each day.
fn by_day<'a, 'p>(pages: &'a [(i32, Page<'p>)]) -> impl Iterator<Item = (i32, &'a [(i32, Page<'p>)])> {
    pages.chunk_by(|a, b| a.0 == b.0).filter_map(|same| Some((same.first()?.0, same)))
}

/// The sums of a day by group of the whole, if it has many dossiers.
fn sum_up(pages: &[(i32, Page<'_>)], sums: &mut [u32]) -> bool {
    if !pages.iter().any(|(_, page)| matches!(page, Page::Day(Day::Many(_), _))) {
        return false;
    }
    sums.fill(0);
    each(pages, |group, count| sums.get_mut(group).into_iter().for_each(|sum| *sum = sum.saturating_add(count)));
    true
}

/// Calls with groups of the whole and how many dossiers they have, with a group more than once.
#[inline]
fn each(pages: &[(i32, Page<'_>)], mut call: impl FnMut(usize, u32)) {
    for (_, page) in pages {
        match page {
            Page::Round(group) => call(*group as usize, ROUND),
            Page::Day(day @ (Day::Few(_) | Day::FewOfMany(_)), groups) => {
                day.each(|group, count| groups.get(group).into_iter().for_each(|group| call(*group as usize, count)));
            }
            Page::Day(Day::Many(counts), groups) => {
                for (group, count) in groups.iter().zip(counts) {
                    call(*group as usize, u32::from(*count));
                }
            }
        }
    }
}

impl Day {
    /// Calls with groups and how many dossiers they have, whole rounds left out; with a group more than once.
    fn each(&self, mut call: impl FnMut(usize, u32)) {
        match self {
            Self::Few(groups) => groups.iter().for_each(|group| call(usize::from(*group), 1)),
            Self::FewOfMany(groups) => groups.iter().for_each(|group| call(*group as usize, 1)),
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
        pending.count(40, &rows, &pages, |row| groups[row as usize]);
        let lists = super::joined(&[(pending, &[20, 10], (0..40).collect())], 40);
        let sum = |of: usize, due: i32| {
            let from = if of == 0 { 0 } else { lists.ends[of - 1] };
            let days = &lists.days[from..lists.ends[of]];
            assert!(days.is_sorted_by(|a, b| a.day() < b.day()));
            days.iter().filter(|entry| entry.day() == due).map(|entry| entry.count()).sum::<u32>()
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
