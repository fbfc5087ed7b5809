//! Pending dossiers by group and due day, while they are counted.

use super::lanes::Lanes;
use super::opens::{Entry, Lists};
use crate::order::InOrder;

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
    /// Counts rows by group, of which there are `width`, and page.
    pub(crate) fn count(&mut self, width: usize, groups: &[u32], pages: &[u32]) {
        self.width = width;
        for (group, page) in groups.iter().zip(pages) {
            self.add(*page, *group);
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
}

/// What one has counted.
pub(crate) struct Part<'p> {
    pending: Pending,
    /// Due days by page.
    dues: &'p [i32],
    /// For each group that of the whole.
    groups: Vec<u32>,
    /// Whether these are the same.
    same: bool,
}

impl<'p> Part<'p> {
    /// `of_whole` gives for each group that of the whole.
    pub(crate) fn new(pending: Pending, dues: &'p [i32], of_whole: impl Fn(usize) -> u32) -> Self {
        let groups: Vec<u32> = (0..pending.width).map(of_whole).collect();
        let same = (0..).zip(&groups).all(|(group, of_whole)| group == *of_whole);
        Self { pending, dues, groups, same }
    }
}

/// Dossiers that are due on one day.
enum Page<'p> {
    /// Of many groups, whole rounds left out.
    Day(&'p Day, &'p Part<'p>),
    /// A round of a group of the whole.
    Round(u32),
}

impl Page<'_> {
    /// How long it takes to read, in single dossiers.
    fn cost(&self) -> usize {
        match self {
            Self::Day(Day::Few(groups), _) => groups.len(),
            Self::Day(Day::FewOfMany(groups), _) => groups.len(),
            Self::Day(Day::Many(counts), _) => counts.len() / 4,
            Self::Round(_) => 1,
        }
    }
}

/// What several have counted, by day.
pub(crate) struct Pages<'p> {
    list: Vec<(i32, Page<'p>)>,
    /// How many groups there are in the whole.
    width: usize,
}

impl<'p> Pages<'p> {
    pub(crate) fn new(parts: &'p [Part<'p>], width: usize) -> Self {
        let mut list = Vec::new();
        for part in parts {
            let Part { pending, dues, groups, .. } = part;
            list.extend(dues.iter().zip(&pending.days).map(|(due, day)| (*due, Page::Day(day, part))));
            list.extend(pending.rounds.iter().filter_map(|(page, group)| {
                Some((*dues.get(*page as usize)?, Page::Round(*groups.get(*group as usize)?)))
            }));
        }
        list.order_by_key(|(due, _)| *due);
        Self { list, width }
    }

    /// How long they take to read, in single dossiers.
    pub(crate) fn cost(&self) -> usize {
        self.list.iter().fold(0, |sum, (_, page)| sum.saturating_add(page.cost()))
    }

    /// As lists by day of each group of the whole.
    pub(crate) fn lists(&self) -> Lists {
        // Gone through twice: first to see how long each list may become, then to fill it.
        let mut making = Making::new(self.width);
        self.by_day().for_each(|(_, pages)| making.make_room(pages));
        making.start();
        self.by_day().for_each(|(due, pages)| making.fill(due, pages));
        making.lists()
    }

    fn by_day(&self) -> impl Iterator<Item = (i32, &[(i32, Page<'p>)])> {
        self.list.chunk_by(|a, b| a.0 == b.0).filter_map(|same| Some((same.first()?.0, same)))
    }
}

/// Lists by day in the making. Where a day has many dossiers, they are summed up by group first.
struct Making {
    lanes: Lanes,
    /// Room for the sums of a day.
    sums: Vec<u32>,
    /// Where the list of each group goes on: at first how long it may become.
    next: Vec<usize>,
    lists: Lists,
}

impl Making {
    fn new(width: usize) -> Self {
        let (sums, next) = (vec![0; width], vec![0; width]);
        Self { lanes: Lanes::of_this_processor(), sums, next, lists: Lists::default() }
    }

    /// The lists may become longer by a day.
    fn make_room(&mut self, pages: &[(i32, Page<'_>)]) {
        if self.sum_up(pages) {
            let (next, sums) = (self.next.as_mut_slice(), self.sums.as_slice());
            self.lanes.run(
                #[inline(always)]
                move || next.iter_mut().zip(sums).for_each(|(length, sum)| *length += usize::from(*sum != 0)),
            );
        } else {
            each(pages, |group, _| self.next.get_mut(group).into_iter().for_each(|length| *length += 1));
        }
    }

    /// Lengths become places to start at.
    fn start(&mut self) {
        let mut room = 0;
        for start in &mut self.next {
            room += std::mem::replace(start, room);
        }
        self.lists.ends.clone_from(&self.next);
        self.lists.days = Entry::none(room);
    }

    /// Adds a day to the lists.
    fn fill(&mut self, due: i32, pages: &[(i32, Page<'_>)]) {
        let is_summed_up = self.sum_up(pages);
        let Self { lanes, sums, next, lists: Lists { ends: starts, days, beyond } } = self;
        if is_summed_up {
            lanes.for_each_some(sums, |group, sum| {
                let Some(next) = next.get_mut(group) else { return };
                days.get_mut(*next).into_iter().for_each(|entry| *entry = Entry::new(due, sum));
                *next += 1;
                if sum > Entry::MOST {
                    beyond.push((group, due, sum & !Entry::MOST));
                }
            });
            return;
        }
        each(pages, |group, count| {
            let (Some(next), Some(start)) = (next.get_mut(group), starts.get(group)) else { return };
            let last = next.checked_sub(1).filter(|last| last >= start);
            let more = match last.and_then(|last| days.get_mut(last)).filter(|entry| entry.day() == due) {
                Some(entry) => entry.add(count),
                None => {
                    days.get_mut(*next).into_iter().for_each(|entry| *entry = Entry::new(due, count));
                    *next += 1;
                    count & !Entry::MOST
                }
            };
            if more > 0 {
                beyond.push((group, due, more));
            }
        });
    }

    /// The sums of a day by group, if it has many dossiers.
    fn sum_up(&mut self, pages: &[(i32, Page<'_>)]) -> bool {
        if !pages.iter().any(|(_, page)| matches!(page, Page::Day(Day::Many(_), _))) {
            return false;
        }
        self.sums.fill(0);
        for page in pages.chunks(1) {
            let sums = self.sums.as_mut_slice();
            if let [(_, Page::Day(Day::Many(counts), Part { same: true, .. }))] = page {
                self.lanes.run(
                    #[inline(always)]
                    move || {
                        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum = sum.saturating_add((*count).into()))
                    },
                );
            } else {
                let add = |sum: &mut u32, count| *sum = sum.saturating_add(count);
                each(page, |group, count| sums.get_mut(group).into_iter().for_each(|sum| add(sum, count)));
            }
        }
        true
    }

    fn lists(self) -> Lists {
        let Self { next, mut lists, .. } = self;
        // What a group has more than once on a day of few dossiers has left room.
        let mut end = 0;
        for (start, next) in lists.ends.iter_mut().zip(next) {
            lists.days.copy_within(*start..next, end);
            end += next - *start;
            *start = end;
        }
        lists.days.truncate(end);
        lists
    }
}

/// Calls with groups of the whole and how many dossiers they have, with a group more than once.
#[inline]
fn each(pages: &[(i32, Page<'_>)], mut call: impl FnMut(usize, u32)) {
    for (_, page) in pages {
        match page {
            Page::Round(group) => call(*group as usize, ROUND),
            Page::Day(day @ (Day::Few(_) | Day::FewOfMany(_)), Part { groups, .. }) => {
                day.each(|group, count| groups.get(group).into_iter().for_each(|group| call(*group as usize, count)));
            }
            Page::Day(Day::Many(counts), Part { groups, .. }) => {
                groups.iter().zip(counts).for_each(|(group, count)| call(*group as usize, u32::from(*count)));
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
    use super::{Pages, Part, Pending};

    #[test]
    fn few_and_many_are_told_alike() {
        let mut pending = Pending::default();
        let groups: Vec<u32> = (0..3000).map(|i| if i % 3 == 0 { 5 } else { i % 40 }).collect();
        // Three dossiers on page 1, all the others on page 0.
        let pages: Vec<u32> = (0..3000).map(|row| u32::from(row % 1000 == 7)).collect();
        pending.count(40, &groups, &pages);
        let parts = [Part::new(pending, &[20, 10], |group| group as u32)];
        let lists = Pages::new(&parts, 40).lists();
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
