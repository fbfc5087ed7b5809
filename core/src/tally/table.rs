//! The counts of one grouping in their one canonical order.

use std::iter::Peekable;

use super::days;
use super::flow::{Flow, Key, OPEN_MONTH, OVERDUE, Open};
use super::grouping::Grouping;

/// The counts of one grouping: no group twice, none empty, all in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) grouping: Grouping,
    pub(crate) flows: Vec<(Key, Flow)>,
    pub(crate) open: Vec<Open>,
}

impl Table {
    pub(crate) const fn empty(grouping: Grouping) -> Self {
        Self { grouping, flows: Vec::new(), open: Vec::new() }
    }

    /// Brings counts in any order into the one canonical form.
    pub(crate) fn in_order(self) -> Self {
        let Self { grouping, mut flows, mut open } = self;
        if !flows.is_sorted_by(|a, b| a.0 < b.0) {
            flows = sorted(&flows);
        }
        open.sort_by_key(|o| o.names);
        open.dedup_by(|later, first| {
            let same = later.names == first.names;
            if same {
                first.days.append(&mut later.days);
            }
            same
        });
        open.iter_mut().for_each(Open::tidy);
        open.retain(|o| !o.days.is_empty());
        Self { grouping, flows, open }
    }

    /// The same counts under other numbers for the names.
    pub(crate) fn renumbered(mut self, numbers: &Numbers) -> Self {
        self.flows.iter_mut().for_each(|(key, _)| key.names = renumber(key.names, numbers));
        self.open.iter_mut().for_each(|o| o.names = renumber(o.names, numbers));
        self
    }

    /// Adds the counts of a table of the same grouping under other numbers; afterwards they are in no order.
    pub(crate) fn append(&mut self, other: &Self, numbers: &Numbers) {
        self.flows.extend(other.flows.iter().map(|(key, flow)| (under(key, numbers), *flow)));
        let open = other.open.iter().map(|o| Open { names: renumber(o.names, numbers), days: o.days.clone() });
        self.open.extend(open);
    }

    /// The sum of two tables of one grouping, each under its numbers in one list of names, in which neither changes its
    /// order.
    pub(crate) fn plus(&self, mine: &Numbers, other: &Self, theirs: &Numbers) -> Self {
        let mut flows = Vec::with_capacity(self.flows.len().max(other.flows.len()));
        let mut a = self.flows.iter().map(|(key, flow)| (under(key, mine), flow)).peekable();
        let mut b = other.flows.iter().map(|(key, flow)| (under(key, theirs), flow)).peekable();
        while let Some((key, flow)) = next_of(&mut a, &mut b, |x, y| x.0 <= y.0) {
            match flows.last_mut() {
                Some((last, sum)) if *last == key => Flow::add(sum, flow),
                _ => flows.push((key, *flow)),
            }
        }
        let mut open: Vec<Open> = Vec::with_capacity(self.open.len().max(other.open.len()));
        let mut a = self.open.iter().map(|o| (renumber(o.names, mine), &o.days)).peekable();
        let mut b = other.open.iter().map(|o| (renumber(o.names, theirs), &o.days)).peekable();
        while let Some((names, days)) = next_of(&mut a, &mut b, |x, y| x.0 <= y.0) {
            match open.last_mut() {
                Some(last) if last.names == names => last.add(days),
                _ => open.push(Open { names, days: days.clone() }),
            }
        }
        Self { grouping: self.grouping, flows, open }
    }

    /// The difference of two tables, unless something would be below zero.
    pub(crate) fn minus(mut self, other: &Self) -> Option<Self> {
        for (key, flow) in &other.flows {
            let at = self.flows.binary_search_by_key(key, |(k, _)| *k).ok()?;
            let (_, left) = self.flows.get_mut(at)?;
            *left = left.minus(flow)?;
        }
        for gone in &other.open {
            let at = self.open.binary_search_by_key(&gone.names, |o| o.names).ok()?;
            self.open.get_mut(at)?.take(&gone.days)?;
        }
        self.flows.retain(|(_, flow)| !flow.is_zero());
        self.open.retain(|o| !o.days.is_empty());
        Some(self)
    }

    /// The table of a coarser grouping.
    pub(crate) fn rolled_up(&self, grouping: Grouping) -> Self {
        let keep = |names: [u32; 3]| {
            let mut out = names;
            for (name, dimension) in out.iter_mut().zip(super::grouping::Dimension::ALL) {
                *name = if grouping.has(dimension) { *name } else { 0 };
            }
            out
        };
        let months = grouping.has(super::grouping::Dimension::Month);
        let month = |month: i32| if months { month } else { super::flow::NO_MONTH };
        let flows = self.flows.iter().map(|(k, f)| (Key { names: keep(k.names), month: month(k.month) }, *f)).collect();
        let open = self.open.iter().map(|o| Open { names: keep(o.names), days: o.days.clone() }).collect();
        Self { grouping, flows, open }.in_order()
    }

    /// Which names occur, by number; 0 always does.
    pub(crate) fn mark_used(&self, used: &mut [Vec<bool>; 3]) {
        let mut mark = |names: [u32; 3]| {
            for (used, name) in used.iter_mut().zip(names) {
                if let Some(place) = used.get_mut(name as usize) {
                    *place = true;
                }
            }
        };
        self.flows.iter().for_each(|(key, _)| mark(key.names));
        self.open.iter().for_each(|o| mark(o.names));
    }

    /// Whether it is in canonical form, with names below these numbers.
    pub(crate) fn is_sound(&self, names: [usize; 3]) -> bool {
        let named = |of: [u32; 3]| {
            let mut kinds = of.into_iter().zip(names).zip(super::grouping::Dimension::ALL);
            kinds.all(|((name, count), d)| (name as usize) < count && (name == 0 || self.grouping.has(d)))
        };
        let by_month = self.grouping.has(super::grouping::Dimension::Month);
        let dated = |month: i32| if by_month { month != 0 && in_months(month) } else { month == 0 };
        let flows = self.flows.is_sorted_by(|a, b| a.0 < b.0)
            && self.flows.iter().all(|(k, f)| named(k.names) && dated(k.month) && !f.is_zero());
        let days = |days: &[(i32, u32)]| {
            let due = |day: i32| day == OVERDUE || (days::FIRST..=days::LAST).contains(&day);
            days.is_sorted_by(|a, b| a.0 < b.0) && days.iter().all(|(day, count)| due(*day) && *count > 0)
        };
        let open = self.open.is_sorted_by(|a, b| a.names < b.names)
            && self.open.iter().all(|o| named(o.names) && !o.days.is_empty() && days(&o.days));
        flows && open
    }
}

/// Groups in order, each once.
fn sorted(flows: &[(Key, Flow)]) -> Vec<(Key, Flow)> {
    let mut order: Vec<(Key, u32)> = (0..).zip(flows).map(|(i, (key, _))| (*key, i)).collect();
    // Large entries are moved once, not sorted.
    order.sort_unstable();
    let mut sorted: Vec<(Key, Flow)> = Vec::with_capacity(flows.len());
    for (key, i) in order {
        let Some((_, flow)) = flows.get(i as usize) else { continue };
        match sorted.last_mut() {
            Some((last, sum)) if *last == key => sum.add(flow),
            _ => sorted.push((key, *flow)),
        }
    }
    sorted
}

fn in_months(month: i32) -> bool {
    month == OPEN_MONTH || (days::month_of(days::FIRST)..=days::month_of(days::LAST)).contains(&month)
}

/// For each name of three lists its number in another list.
pub(crate) type Numbers = [Vec<u32>; 3];

#[inline]
fn renumber(names: [u32; 3], numbers: &Numbers) -> [u32; 3] {
    let mut out = names;
    for (name, numbers) in out.iter_mut().zip(numbers) {
        *name = numbers.get(*name as usize).copied().unwrap_or(0);
    }
    out
}

#[inline]
fn under(key: &Key, numbers: &Numbers) -> Key {
    Key { names: renumber(key.names, numbers), month: key.month }
}

fn next_of<T>(
    a: &mut Peekable<impl Iterator<Item = T>>,
    b: &mut Peekable<impl Iterator<Item = T>>,
    first_is_first: impl Fn(&T, &T) -> bool,
) -> Option<T> {
    match (a.peek(), b.peek()) {
        (Some(x), Some(y)) => {
            if first_is_first(x, y) {
                a.next()
            } else {
                b.next()
            }
        }
        (Some(_), None) => a.next(),
        (None, _) => b.next(),
    }
}
