//! The counts of one grouping in their one canonical order.

use std::iter::Peekable;

use super::days;
use super::flow::{Flow, Key, OPEN_MONTH, OVERDUE};
use super::flows::Flows;
use super::grouping::Grouping;
use super::opens::{self, Opens};

/// The counts of one grouping: no group twice, none empty, all in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) grouping: Grouping,
    pub(crate) flows: Flows,
    pub(crate) open: Opens,
}

impl Table {
    pub(crate) fn empty(grouping: Grouping) -> Self {
        Self { grouping, flows: Flows::default(), open: Opens::default() }
    }

    /// The same counts under other numbers for the names.
    pub(crate) fn renumbered(mut self, numbers: &Numbers) -> Self {
        self.flows.rename(|names| renumber(names, numbers));
        self.flows = self.flows.in_order();
        self.open = self.open.renamed(|names| renumber(names, numbers));
        self
    }

    /// The sum of tables of one grouping, each under its numbers in one list of names.
    pub(crate) fn sum<'t>(grouping: Grouping, tables: impl Iterator<Item = (&'t Self, &'t Numbers)>) -> Self {
        let (mut flows, mut dues) = (Flows::default(), Vec::new());
        for (table, numbers) in tables {
            flows.extend(table.flows.iter().map(|(key, flow)| (under(&key, numbers), flow)));
            dues.extend(table.open.dues().map(|(names, day, count)| (renumber(names, numbers), day, count)));
        }
        Self { grouping, flows: flows.in_order(), open: Opens::of(dues) }
    }

    /// The sum of two tables of one grouping, each under its numbers in one list of names, in which neither changes its
    /// order.
    pub(crate) fn plus(&self, mine: &Numbers, other: &Self, theirs: &Numbers) -> Self {
        let mut flows = Flows::with_capacity(self.flows.len().max(other.flows.len()));
        let mut a = self.flows.iter().map(|(key, flow)| (under(&key, mine), flow)).peekable();
        let mut b = other.flows.iter().map(|(key, flow)| (under(&key, theirs), flow)).peekable();
        let mut last: Option<(Key, Flow)> = None;
        while let Some((key, flow)) = next_of(&mut a, &mut b, |x, y| x.0 <= y.0) {
            match &mut last {
                Some((of, sum)) if *of == key => sum.add(&flow),
                _ => flows.extend(last.replace((key, flow))),
            }
        }
        flows.extend(last);
        let mut open = Opens::default();
        let mut a = self.open.iter().map(|(names, days)| (renumber(names, mine), days)).peekable();
        let mut b = other.open.iter().map(|(names, days)| (renumber(names, theirs), days)).peekable();
        while let Some((names, days)) = next_of(&mut a, &mut b, |x, y| x.0 <= y.0) {
            match b.next_if(|(of, _)| *of == names) {
                Some((_, more)) => open.push(names, merged(days, more)),
                None => open.push(names, days.iter()),
            }
        }
        Self { grouping: self.grouping, flows, open }
    }

    /// The difference of two tables, unless something would be below zero.
    pub(crate) fn minus(self, other: &Self) -> Option<Self> {
        let mut flows = Flows::default();
        let mut gone = other.flows.iter().peekable();
        for (key, flow) in self.flows.iter() {
            let left = match gone.next_if(|(of, _)| *of == key) {
                Some((_, less)) => flow.minus(&less)?,
                None => flow,
            };
            flows.extend((!left.is_zero()).then_some((key, left)));
        }
        // What is left over was never in.
        if gone.peek().is_some() {
            return None;
        }
        Some(Self { grouping: self.grouping, flows, open: self.open.minus(&other.open)? })
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
        let flows = self.flows.iter().map(|(k, f)| (Key { names: keep(k.names), month: month(k.month) }, f));
        let dues = self.open.dues().map(|(names, day, count)| (keep(names), day, count));
        Self { grouping, flows: flows.collect::<Flows>().in_order(), open: Opens::of(dues.collect()) }
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
        self.flows.names().for_each(&mut mark);
        self.open.names().iter().for_each(|names| mark(*names));
    }

    /// Whether it is in canonical form, with names below these numbers.
    pub(crate) fn is_sound(&self, names: [usize; 3]) -> bool {
        let named = |of: [u32; 3]| {
            let mut kinds = of.into_iter().zip(names).zip(super::grouping::Dimension::ALL);
            kinds.all(|((name, count), d)| (name as usize) < count && (name == 0 || self.grouping.has(d)))
        };
        let by_month = self.grouping.has(super::grouping::Dimension::Month);
        let dated = |month: i32| if by_month { month != 0 && in_months(month) } else { month == 0 };
        let flows = self.flows.keys().is_sorted_by(|a, b| a < b)
            && self.flows.iter().all(|(k, f)| named(k.names) && dated(k.month) && !f.is_zero());
        let days = |days: opens::Days<'_>| {
            let due = |day: i32| day == OVERDUE || (days::FIRST..=days::LAST).contains(&day);
            days.iter().is_sorted_by(|a, b| a.0 < b.0) && days.iter().all(|(day, count)| due(day) && count > 0)
        };
        let open = self.open.names().is_sorted_by(|a, b| a < b)
            && self.open.iter().all(|(names, of)| named(names) && of.len() > 0 && days(of));
        flows && open
    }
}

/// Days of two lists in order, each in its place.
fn merged<'d>(a: opens::Days<'d>, b: opens::Days<'d>) -> impl Iterator<Item = (i32, u32)> + use<'d> {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    std::iter::from_fn(move || next_of(&mut a, &mut b, |x, y| x.0 <= y.0))
}

fn in_months(month: i32) -> bool {
    month == OPEN_MONTH || (days::month_of(days::FIRST)..=days::month_of(days::LAST)).contains(&month)
}

/// For each name of three lists its number in another list.
pub(crate) type Numbers = [Vec<u32>; 3];

/// Names under other numbers.
#[inline]
pub(crate) fn renumber(names: [u32; 3], numbers: &Numbers) -> [u32; 3] {
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
