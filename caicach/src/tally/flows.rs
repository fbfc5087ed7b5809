//! The counts of many groups in little room.

use super::flow::{FIELDS, Flow, Key};
use crate::order::InOrder;

/// The counts that most tables have, from the first on.
const COMMON: usize = 9;
const REST: usize = FIELDS - COMMON;

/// Groups and their counts, in any order (bảng nhóm và số đếm).
///
/// Where groups are many, their counts are small, so that these are kept in 16 bits; what is beyond them is noted apart.
/// Counts of what no row told of take no room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Flows {
    /// The names of groups, and where those of the same names end, which mostly differ by month.
    names: Vec<([u32; 3], usize)>,
    months: Vec<i32>,
    common: Vec<[u16; COMMON]>,
    /// Empty where all of it is 0.
    rest: Vec<[u16; REST]>,
    /// The group, which count it is, and what the count has beyond 16 bits.
    beyond: Vec<(usize, usize, u64)>,
}

impl Flows {
    pub(crate) fn with_capacity(groups: usize) -> Self {
        Self { months: Vec::with_capacity(groups), common: Vec::with_capacity(groups), ..Self::default() }
    }

    /// Gives back room that is not used.
    pub(crate) fn shrink(&mut self) {
        self.names.shrink_to_fit();
        self.months.shrink_to_fit();
        self.common.shrink_to_fit();
        self.rest.shrink_to_fit();
    }

    pub(crate) const fn len(&self) -> usize {
        self.months.len()
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = Key> {
        let starts = std::iter::once(0).chain(self.names.iter().map(|(_, end)| *end));
        self.names.iter().zip(starts).flat_map(|((names, end), start)| {
            let months = self.months.get(start..*end).unwrap_or_default();
            months.iter().map(|month| Key { names: *names, month: *month })
        })
    }

    /// All names, in the order of groups.
    pub(crate) fn names(&self) -> impl Iterator<Item = [u32; 3]> {
        self.names.iter().map(|(names, _)| *names)
    }

    /// Gives the groups other names.
    pub(crate) fn rename(&mut self, name: impl Fn([u32; 3]) -> [u32; 3]) {
        let old = std::mem::take(&mut self.names);
        for (names, end) in old {
            self.extend_names(name(names), end);
        }
    }

    #[inline]
    pub(crate) fn push(&mut self, key: Key, flow: &Flow) {
        let (common, rest) = flow.0.split_first_chunk::<COMMON>().unwrap_or((&[0; COMMON], &[]));
        let all = flow.0.iter().fold(0, |all, count| all | count);
        if all > u64::from(u16::MAX) {
            self.note_beyond(flow);
        }
        let any = rest.iter().fold(0, |any, count| any | count);
        if any != 0 || !self.rest.is_empty() {
            self.rest.resize(self.len(), [0; REST]);
            let mut low = [0; REST];
            low.iter_mut().zip(rest).for_each(|(low, count)| *low = *count as u16);
            self.rest.push(low);
        }
        self.months.push(key.month);
        self.extend_names(key.names, self.len());
        self.common.push(common.map(|count| count as u16));
    }

    /// The groups up to there have these names.
    #[inline]
    fn extend_names(&mut self, names: [u32; 3], end: usize) {
        match self.names.last_mut() {
            Some((last, last_end)) if *last == names => *last_end = end,
            _ => self.names.push((names, end)),
        }
    }

    #[cold]
    fn note_beyond(&mut self, flow: &Flow) {
        let upper =
            flow.0.iter().map(|count| count >> u16::BITS << u16::BITS).enumerate().filter(|(_, upper)| *upper > 0);
        let place = self.len();
        self.beyond.extend(upper.map(|(at, upper)| (place, at, upper)));
    }

    /// The counts of a group by its place; zero beyond the end.
    #[inline]
    pub(crate) fn flow(&self, place: usize) -> Flow {
        let mut flow = Flow::default();
        let (common, rest) = (self.common.get(place), self.rest.get(place));
        let low = common.into_iter().flatten().chain(rest.into_iter().flatten());
        flow.0.iter_mut().zip(low).for_each(|(count, low)| *count = u64::from(*low));
        if !self.beyond.is_empty() {
            let from = self.beyond.partition_point(|(group, ..)| *group < place);
            for (_, at, upper) in self.beyond.iter().skip(from).take_while(|(group, ..)| *group == place) {
                flow.add_at(*at, *upper);
            }
        }
        flow
    }

    /// The groups and their counts.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Key, Flow)> {
        self.keys().zip(0..).map(|(key, place)| (key, self.flow(place)))
    }

    /// The same in order, no group twice and none that is empty.
    pub(crate) fn in_order(self) -> Self {
        let empty = (0..self.len()).any(|place| self.flow(place).is_zero());
        if !empty && self.keys().is_sorted_by(|a, b| a < b) {
            return self;
        }
        let mut order: Vec<(Key, u32)> = self.keys().zip(0..).collect();
        order.order();
        let mut out = Self::default();
        for same in order.chunk_by(|a, b| a.0 == b.0) {
            let mut sum = Flow::default();
            same.iter().for_each(|(_, place)| sum.add(&self.flow(*place as usize)));
            if let Some((key, _)) = same.first().filter(|_| !sum.is_zero()) {
                out.push(*key, &sum);
            }
        }
        out
    }
}

impl FromIterator<(Key, Flow)> for Flows {
    fn from_iter<I: IntoIterator<Item = (Key, Flow)>>(groups: I) -> Self {
        let mut out = Self::default();
        out.extend(groups);
        out
    }
}

impl Extend<(Key, Flow)> for Flows {
    fn extend<I: IntoIterator<Item = (Key, Flow)>>(&mut self, groups: I) {
        groups.into_iter().for_each(|(key, flow)| self.push(key, &flow));
    }
}

#[cfg(test)]
mod tests {
    use super::Flows;
    use crate::tally::flow::{Flow, Key, at};

    #[test]
    fn large_counts_and_rare_ones_are_kept() {
        let key = |name: u32| Key { names: [name, 0, 0], month: 0 };
        let flow = |at: usize, count: u64| {
            let mut flow = Flow::default();
            flow.add_at(at, count);
            flow
        };
        let groups = [
            (key(3), flow(at::LATE, 7)),
            (key(1), flow(at::SATISFIED, u64::MAX)),
            (key(2), flow(at::ONLINE, 1 << 40 | 5)),
            (key(3), flow(at::ONLINE, u64::from(u32::MAX))),
            (key(0), Flow::default()),
        ];
        let flows: Flows = groups.into_iter().collect();
        assert_eq!(flows.iter().collect::<Vec<_>>(), groups);
        let mut both = flow(at::LATE, 7);
        both.add(&flow(at::ONLINE, u64::from(u32::MAX)));
        let sorted = flows.clone().in_order();
        assert_eq!(
            sorted.iter().collect::<Vec<_>>(),
            [(key(1), flow(at::SATISFIED, u64::MAX)), (key(2), flow(at::ONLINE, 1 << 40 | 5)), (key(3), both)]
        );
        assert_eq!(sorted, flows.in_order().in_order());
    }
}
