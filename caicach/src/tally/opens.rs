//! The pending dossiers of many groups by due day.

use super::days::{FIRST, slot};
use super::flow::OVERDUE;
use crate::order::InOrder;

/// How many dossiers of a group fall due on each day, in order; the day is [`OVERDUE`] where they count as overdue in any
/// case.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Days<'o> {
    entries: &'o [Entry],
    /// The place of the first entry, and of all entries what they have beyond.
    from: usize,
    beyond: &'o [(usize, u32)],
}

/// A due day and how many dossiers fall due on it, in 32 bits; what the number has beyond [`Entry::MOST`] is kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Entry(u32);

impl Entry {
    /// Bits of the number; the others are enough for all days.
    const BITS: u32 = 15;
    /// The largest number.
    pub(crate) const MOST: u32 = (1 << Self::BITS) - 1;

    /// So many empty ones, in memory that need not be written yet.
    pub(crate) fn none(len: usize) -> Vec<Self> {
        vec![0; len].into_iter().map(Self).collect()
    }

    /// The day and the number; of the latter what fits.
    #[inline]
    pub(crate) const fn new(day: i32, count: u32) -> Self {
        // 0 comes before all days.
        let day = if day == OVERDUE { 0 } else { slot(day) as u32 + 1 };
        Self(day << Self::BITS | count & Self::MOST)
    }

    #[inline]
    pub(crate) const fn day(self) -> i32 {
        match self.0 >> Self::BITS {
            0 => OVERDUE,
            day => (day - 1).cast_signed().wrapping_add(FIRST),
        }
    }

    #[inline]
    pub(crate) const fn count(self) -> u32 {
        self.0 & Self::MOST
    }

    /// Adds to the number; gives what does not fit.
    #[inline]
    pub(crate) const fn add(&mut self, count: u32) -> u32 {
        let sum = self.count().saturating_add(count);
        *self = Self(self.0 & !Self::MOST | sum & Self::MOST);
        sum & !Self::MOST
    }
}

impl<'o> Days<'o> {
    /// The days and how many dossiers.
    pub(crate) fn iter(self) -> impl Iterator<Item = (i32, u32)> + use<'o> {
        let mut beyond =
            self.beyond.iter().skip(self.beyond.partition_point(|(place, _)| *place < self.from)).peekable();
        (self.from..).zip(self.entries).map(move |(place, entry)| {
            let more = beyond.next_if(|(of, _)| *of == place).map_or(0, |(_, more)| *more);
            (entry.day(), more.saturating_add(entry.count()))
        })
    }

    pub(crate) const fn len(self) -> usize {
        self.entries.len()
    }
}

/// The names of a group, a due day, and how many dossiers of the group are due on it.
pub(crate) type Due = ([u32; 3], i32, u32);

/// The pending dossiers of groups by due day: in the order of groups, no group twice and none without any (hồ sơ đang giải
/// quyết theo hạn).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Opens {
    names: Vec<[u32; 3]>,
    /// Where the days of each group end.
    ends: Vec<usize>,
    days: Vec<Entry>,
    /// By place of the day, what its number has beyond.
    beyond: Vec<(usize, u32)>,
}

/// The lists of groups that may be empty, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// Where the list of each group ends.
    pub(crate) ends: Vec<usize>,
    pub(crate) days: Vec<Entry>,
    /// A group, a day, and what is to be added to its number; in any order, and more than once.
    pub(crate) beyond: Vec<(usize, i32, u32)>,
}

impl Opens {
    /// In order, from what is in none: a group and day may occur more than once.
    pub(crate) fn of(mut dues: Vec<Due>) -> Self {
        dues.order_by_key(|(names, day, _)| (*names, *day));
        let mut out = Self::default();
        for same in dues.chunk_by(|a, b| a.0 == b.0) {
            let Some((names, ..)) = same.first() else { continue };
            out.push(*names, same.iter().map(|(_, day, count)| (*day, *count)));
        }
        out
    }

    /// Of lists, leaving out groups without any; `names` are those of a group by its place, which have to be in order.
    pub(crate) fn of_lists(lists: Lists, names: impl Fn(usize) -> [u32; 3]) -> Self {
        let Lists { ends, days, beyond } = lists;
        let mut out = Self { days, ..Self::default() };
        let mut places: Vec<(usize, u32)> = Vec::new();
        for (group, day, more) in beyond {
            let start = group.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
            let days = ends.get(group).and_then(|end| out.days.get(start..*end)).unwrap_or_default();
            places.push((start + days.partition_point(|entry| entry.day() < day), more));
        }
        places.order_by_key(|(place, _)| *place);
        for same in places.chunk_by(|a, b| a.0 == b.0) {
            let sum = same.iter().fold(0_u32, |sum, (_, more)| sum.saturating_add(*more));
            out.beyond.extend(same.first().map(|(place, _)| (*place, sum)));
        }
        let mut before = 0;
        for (place, end) in ends.into_iter().enumerate() {
            if end > before {
                out.names.push(names(place));
                out.ends.push(end);
                before = end;
            }
        }
        out
    }

    /// Adds a group after all others, with days in order; a day may occur more than once.
    pub(crate) fn push(&mut self, names: [u32; 3], days: impl IntoIterator<Item = (i32, u32)>) {
        let start = self.days.len();
        for (day, count) in days {
            if count == 0 {
                continue;
            }
            let last = if self.days.len() > start { self.days.last_mut() } else { None };
            let more = match last {
                Some(last) if last.day() == day => last.add(count),
                _ => {
                    self.days.push(Entry::new(day, count));
                    count & !Entry::MOST
                }
            };
            if more > 0 {
                let place = self.days.len() - 1;
                match self.beyond.last_mut().filter(|(of, _)| *of == place) {
                    Some((_, sum)) => *sum = sum.saturating_add(more),
                    None => self.beyond.push((place, more)),
                }
            }
        }
        if self.days.len() > start {
            self.names.push(names);
            self.ends.push(self.days.len());
        }
    }

    pub(crate) const fn len(&self) -> usize {
        self.names.len()
    }

    pub(crate) fn names(&self) -> &[[u32; 3]] {
        &self.names
    }

    /// The days of a group by its place.
    pub(crate) fn days(&self, place: usize) -> Days<'_> {
        let end = |at: Option<usize>| at.and_then(|at| self.ends.get(at)).copied();
        let (from, to) = (end(place.checked_sub(1)).unwrap_or(0), end(Some(place)).unwrap_or(0));
        Days { entries: self.days.get(from..to).unwrap_or_default(), from, beyond: &self.beyond }
    }

    /// The groups and their days.
    pub(crate) fn iter(&self) -> impl Iterator<Item = ([u32; 3], Days<'_>)> {
        self.names.iter().enumerate().map(|(place, names)| (*names, self.days(place)))
    }

    /// Each group and day by itself.
    pub(crate) fn dues(&self) -> impl Iterator<Item = Due> {
        self.iter().flat_map(|(names, days)| days.iter().map(move |(day, count)| (names, day, count)))
    }

    /// Gives the groups other names; the order of groups may have to be restored.
    pub(crate) fn renamed(mut self, name: impl Fn([u32; 3]) -> [u32; 3]) -> Self {
        self.names.iter_mut().for_each(|names| *names = name(*names));
        if self.names.is_sorted_by(|a, b| a < b) { self } else { Self::of(self.dues().collect()) }
    }

    /// What is left when dossiers are taken out, unless there are too few.
    pub(crate) fn minus(&self, other: &Self) -> Option<Self> {
        let mut out = Self::default();
        let mut gone = other.iter().peekable();
        for (names, days) in self.iter() {
            let Some((_, less)) = gone.next_if(|(of, _)| *of == names) else {
                out.push(names, days.iter());
                continue;
            };
            let mut left: Vec<(i32, u32)> = days.iter().collect();
            for (day, count) in less.iter() {
                let at = left.binary_search_by_key(&day, |(day, _)| *day).ok()?;
                let (_, rest) = left.get_mut(at)?;
                *rest = rest.checked_sub(count)?;
            }
            out.push(names, left);
        }
        // What is left over was never in.
        gone.peek().is_none().then_some(out)
    }
}

/// How many are due before a day, and how many are not.
pub(crate) fn split(days: Days<'_>, day: i32) -> (u64, u64) {
    days.iter().fold((0, 0), |(before, rest), (due, count)| match due < day {
        true => (u64::saturating_add(before, u64::from(count)), rest),
        false => (before, u64::saturating_add(rest, u64::from(count))),
    })
}

/// How many count as overdue whatever their due day.
pub(crate) fn by_rule(days: Days<'_>) -> u64 {
    days.iter().next().filter(|(day, _)| *day == OVERDUE).map_or(0, |(_, n)| u64::from(n))
}

#[cfg(test)]
mod tests {
    use super::{Entry, Opens};
    use crate::tally::days::{FIRST, LAST};
    use crate::tally::flow::OVERDUE;

    #[test]
    fn large_numbers_are_kept() {
        let days = [(OVERDUE, 70_000), (FIRST, 1), (0, Entry::MOST), (1, Entry::MOST + 1), (LAST, u32::MAX)];
        let mut opens = Opens::default();
        opens.push([1, 0, 0], [(5, 3)]);
        // Each day in two pieces.
        let pieces = days.iter().flat_map(|(day, count)| [(*day, count / 3), (*day, count - count / 3)]);
        opens.push([2, 0, 0], pieces.clone());
        assert_eq!(opens.days(0).iter().collect::<Vec<_>>(), [(5, 3)]);
        assert_eq!(opens.days(1).iter().collect::<Vec<_>>(), days);
        assert_eq!(super::by_rule(opens.days(1)), 70_000);
        assert_eq!(super::split(opens.days(1), 1), (70_001 + u64::from(Entry::MOST), u64::from(u32::MAX) + 32_768));
        let again = pieces.map(|(day, count)| ([2, 0, 0], day, count)).chain([([1, 0, 0], 5, 3)]);
        assert_eq!(Opens::of(again.collect()), opens);
        let less = Opens::of(vec![([2, 0, 0], LAST, u32::MAX - 1), ([1, 0, 0], 5, 3)]);
        let left = opens.minus(&less).map(|left| left.iter().map(|(_, days)| days.iter().last()).collect::<Vec<_>>());
        assert_eq!(left, Some(vec![Some((LAST, 1))]));
        assert!(less.minus(&opens).is_none());
    }
}
