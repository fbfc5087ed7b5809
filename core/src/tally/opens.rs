//! The pending dossiers of many groups by due day.

use super::flow::OVERDUE;

/// How many dossiers fall due on each day, in order; the day is [`OVERDUE`] where they count as overdue in any case.
pub(crate) type Days = [(i32, u32)];

/// The names of a group, a due day, and how many dossiers of the group are due on it.
pub(crate) type Due = ([u32; 3], i32, u32);

/// The pending dossiers of groups by due day: in the order of groups, no group twice and none without any (hồ sơ đang giải
/// quyết theo hạn).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Opens {
    names: Vec<[u32; 3]>,
    /// Where the days of each group end.
    ends: Vec<usize>,
    days: Vec<(i32, u32)>,
}

impl Opens {
    /// In order, from what is in none: a group and day may occur more than once.
    pub(crate) fn of(mut dues: Vec<Due>) -> Self {
        dues.sort_unstable_by_key(|(names, day, _)| (*names, *day));
        let mut out = Self::default();
        for same in dues.chunk_by(|a, b| a.0 == b.0) {
            let Some((names, ..)) = same.first() else { continue };
            out.push(*names, same.iter().map(|(_, day, count)| (*day, *count)));
        }
        out
    }

    /// Of the lists of all groups, one after the other: `ends` is where each ends, and groups without any are left out.
    /// `names` are those of a group by its place, which have to be in order.
    pub(crate) fn of_lists(ends: Vec<usize>, days: Vec<(i32, u32)>, names: impl Fn(usize) -> [u32; 3]) -> Self {
        let mut out = Self { names: Vec::new(), ends: Vec::new(), days };
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
            match last {
                Some((of, sum)) if *of == day => *sum = sum.saturating_add(count),
                _ => self.days.push((day, count)),
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
    pub(crate) fn days(&self, place: usize) -> &Days {
        let end = |at: Option<usize>| at.and_then(|at| self.ends.get(at)).copied();
        let (from, to) = (end(place.checked_sub(1)).unwrap_or(0), end(Some(place)).unwrap_or(0));
        self.days.get(from..to).unwrap_or_default()
    }

    /// The groups and their days.
    pub(crate) fn iter(&self) -> impl Iterator<Item = ([u32; 3], &Days)> {
        self.names.iter().enumerate().map(|(place, names)| (*names, self.days(place)))
    }

    /// Each group and day by itself.
    pub(crate) fn dues(&self) -> impl Iterator<Item = Due> {
        self.iter().flat_map(|(names, days)| days.iter().map(move |(day, count)| (names, *day, *count)))
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
                out.push(names, days.iter().copied());
                continue;
            };
            let mut left = days.to_vec();
            for (day, count) in less {
                let at = left.binary_search_by_key(day, |(day, _)| *day).ok()?;
                let (_, rest) = left.get_mut(at)?;
                *rest = rest.checked_sub(*count)?;
            }
            out.push(names, left);
        }
        // What is left over was never in.
        gone.peek().is_none().then_some(out)
    }
}

/// How many are due before a day, and how many are not.
pub(crate) fn split(days: &Days, day: i32) -> (u64, u64) {
    let sum = |days: &Days| days.iter().fold(0_u64, |sum, (_, n)| sum.saturating_add(u64::from(*n)));
    let at = days.partition_point(|(due, _)| *due < day);
    let (before, rest) = days.split_at_checked(at).unwrap_or_default();
    (sum(before), sum(rest))
}

/// How many count as overdue whatever their due day.
pub(crate) fn by_rule(days: &Days) -> u64 {
    days.first().filter(|(day, _)| *day == OVERDUE).map_or(0, |(_, n)| u64::from(*n))
}
