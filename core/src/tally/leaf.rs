//! The counters of one grouping.

use std::collections::HashMap;

use super::cells::Cells;
use super::classify::{outcome, receipt};
use super::extras::Extras;
use super::flow::{Flow, Key, Open, at};
use super::grouping::Grouping;
use super::place::Places;
use super::table::Table;

/// Most counters for due days that are kept in pages, at one byte each.
const PAGES: usize = 1 << 22;

/// Most groups for which receipt and outcome are counted in one table: one count to a row, but a wider table.
const PAIRED: usize = 1 << 13;

/// Most groups that are numbered at a time: then the tables are emptied, so that no place outgrows its 32 bits.
const NUMBERED: usize = if cfg!(test) { 1 << 10 } else { 1 << 21 };

const IN: u32 = receipt::COUNT;
const OUT: u32 = outcome::COUNT;

/// The numbers of a block of rows that a leaf counts by, all of one length.
#[derive(Debug)]
pub(crate) struct Block<'a> {
    /// Numbers of body, officer, field.
    pub(crate) names: [&'a [u32]; 3],
    pub(crate) receipt: &'a [u32],
    pub(crate) outcome: &'a [u32],
    /// Both in one: the receipt, and six times the outcome.
    pub(crate) pair: &'a [u32],
    pub(crate) receipt_month: &'a [u32],
    pub(crate) outcome_month: &'a [u32],
    pub(crate) extras: &'a [u32],
    /// The pending rows, and for each the page of its due day. (Not of the common length.)
    pub(crate) open: &'a [u32],
    pub(crate) pages: &'a [u32],
    /// Rows with more than one request or notice, and how many more. (Not of the common length.)
    pub(crate) more: &'a [(u32, [u32; 2])],
}

/// What the numbers of a scan stand for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Legend<'a> {
    /// How many names of each kind there are, "none" included.
    pub(crate) names: [usize; 3],
    /// Months by number.
    pub(crate) months: &'a [i32],
    /// Due days by page.
    pub(crate) dues: &'a [i32],
    pub(crate) extras: &'a Extras,
}

/// The counters of one grouping, by the numbers of a scan.
#[derive(Debug)]
pub(crate) struct Leaf {
    places: Places,
    /// Whether receipt and outcome are counted in one table, the first.
    paired: bool,
    received: Cells<u16>,
    settled: Cells<u16>,
    extra: Cells<u16>,
    more: HashMap<u32, [u64; 2]>,
    open: Cells<u8>,
    /// Due days and groups of a block.
    open_base: Vec<u32>,
    open_far: HashMap<([u32; 3], u32), u64>,
    /// What has been taken out of the tables.
    flows: Vec<(Key, Flow)>,
    due: Vec<Open>,
}

impl Leaf {
    pub(crate) fn new(grouping: Grouping) -> Self {
        Self {
            places: Places::new(grouping),
            paired: false,
            received: Cells::default(),
            settled: Cells::default(),
            extra: Cells::default(),
            more: HashMap::new(),
            open: Cells::default(),
            open_base: Vec::new(),
            open_far: HashMap::new(),
            flows: Vec::new(),
            due: Vec::new(),
        }
    }

    pub(crate) const fn grouping(&self) -> Grouping {
        self.places.grouping()
    }

    /// Counts a block.
    pub(crate) fn count(&mut self, block: &Block<'_>, legend: &Legend<'_>) {
        self.make_room(legend);
        self.places.find(block);
        if !self.places.computed() {
            self.reach(self.places.len(), legend.extras);
        }
        let (by_receipt, by_outcome) = (self.places.receipt(), self.places.outcome());
        if self.paired {
            self.received.count(by_receipt, IN * OUT, block.pair);
        } else {
            self.received.count(by_receipt, IN, block.receipt);
            self.settled.count(by_outcome, OUT, block.outcome);
        }
        let codes = legend.extras.codes();
        if codes > 1 {
            self.extra.count(by_outcome, codes, block.extras);
        }
        for (row, by) in block.more {
            let Some(place) = by_outcome.get(*row as usize) else { continue };
            for (sum, by) in self.more.entry(*place).or_default().iter_mut().zip(by) {
                *sum = sum.saturating_add(u64::from(*by));
            }
        }
        self.count_open(block, legend);
    }

    #[inline(never)]
    fn make_room(&mut self, legend: &Legend<'_>) {
        if !self.places.fits(legend.names) {
            self.drain(legend);
            self.places.move_for(legend.names);
            self.paired = !self.places.by_month() && self.places.len() <= PAIRED;
        }
        if self.places.outgrown(legend.months.len()) {
            self.drain(legend);
            self.places.number_groups();
            self.paired = false;
        }
        if !self.places.computed() && self.places.len() > NUMBERED {
            self.drain(legend);
            self.places.number_groups();
        }
        self.reach(self.places.len(), legend.extras);
    }

    fn reach(&mut self, groups: usize, extras: &Extras) {
        let (first, second) = if self.paired { (IN * OUT, 0) } else { (IN, OUT) };
        self.received.reach(groups.saturating_mul(first as usize));
        self.settled.reach(groups.saturating_mul(second as usize));
        if extras.codes() > 1 {
            self.extra.reach(groups.saturating_mul(extras.codes() as usize));
        }
    }

    fn count_open(&mut self, block: &Block<'_>, legend: &Legend<'_>) {
        if block.open.is_empty() {
            return;
        }
        let width = self.places.in_month();
        let cells = width.saturating_mul(legend.dues.len());
        if self.places.computed() && cells <= PAGES {
            self.open.reach(cells);
            let base = self.places.base();
            self.open_base.clear();
            self.open_base.extend(block.open.iter().map(|row| base.get(*row as usize).copied().unwrap_or_default()));
            self.open.count(block.pages, u32::try_from(width).unwrap_or(0), &self.open_base);
            return;
        }
        let [body, officer, field] = block.names;
        let name = |names: &[u32], row: &u32| names.get(*row as usize).copied().unwrap_or(0);
        for (row, page) in block.open.iter().zip(block.pages) {
            let names = self.places.relevant([name(body, row), name(officer, row), name(field, row)]);
            let count = self.open_far.entry((names, *page)).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Takes everything out of the tables.
    pub(crate) fn drain(&mut self, legend: &Legend<'_>) {
        self.drain_open(legend);
        let [first, second, third] = self.widths(legend.extras);
        let mut flows = std::mem::take(&mut self.flows);
        for place in 0..self.places.len() {
            let mut flow = Flow::default();
            self.received.for_each_in(place, first, |class, count| self.unfold_first(class, count, &mut flow));
            self.settled.for_each_in(place, second, |class, count| flow.settle(class, count));
            self.extra.for_each_in(place, third, |code, count| legend.extras.unfold(code, count, &mut flow));
            if !flow.is_zero() {
                flows.push((self.places.key(place, legend.months), flow));
            }
        }
        let mut add = |place: usize, change: &dyn Fn(&mut Flow)| {
            let mut flow = Flow::default();
            change(&mut flow);
            flows.push((self.places.key(place, legend.months), flow));
        };
        self.received.for_each_round(first, |place, class, count| {
            add(place, &|flow| self.unfold_first(class, count, flow));
        });
        self.settled.for_each_round(second, |place, class, count| add(place, &|flow| flow.settle(class, count)));
        self.extra.for_each_round(third, |place, code, count| {
            add(place, &|flow| legend.extras.unfold(code, count, flow));
        });
        for (place, [requests, notices]) in self.more.drain() {
            let mut flow = Flow::default();
            flow.add_at(at::REQUESTS, requests);
            flow.add_at(at::NOTICES, notices);
            flows.push((self.places.key(place as usize, legend.months), flow));
        }
        self.flows = flows;
        self.received.clear();
        self.settled.clear();
        self.extra.clear();
    }

    /// How many cells a group has in each of the three tables.
    fn widths(&self, extras: &Extras) -> [usize; 3] {
        [if self.paired { IN * OUT } else { IN }, OUT, extras.codes()].map(|width| width as usize)
    }

    fn unfold_first(&self, class: u32, count: u64, flow: &mut Flow) {
        flow.receive(class % IN, count);
        if self.paired {
            flow.settle(class / IN, count);
        }
    }

    fn drain_open(&mut self, legend: &Legend<'_>) {
        let width = self.places.in_month().max(1);
        let mut days: Vec<Vec<(i32, u32)>> = vec![Vec::new(); if self.open.is_empty() { 0 } else { width }];
        let mut add = |group: usize, page: usize, count: u64| {
            if let (Some(days), Some(due)) = (days.get_mut(group), legend.dues.get(page)) {
                days.push((*due, u32::try_from(count).unwrap_or(u32::MAX)));
            }
        };
        self.open.for_each(|place, count| add(place % width, place / width, count));
        self.open.clear();
        for (place, days) in days.into_iter().enumerate().filter(|(_, days)| !days.is_empty()) {
            self.due.push(Open { names: self.places.names_at(place), days });
        }
        for ((names, page), count) in self.open_far.drain() {
            if let Some(due) = legend.dues.get(page as usize) {
                self.due.push(Open { names, days: vec![(*due, u32::try_from(count).unwrap_or(u32::MAX))] });
            }
        }
    }

    /// What has been counted, in no order; a group may occur more than once.
    pub(crate) fn finish(mut self, legend: &Legend<'_>) -> Table {
        self.drain(legend);
        Table { grouping: self.places.grouping(), flows: self.flows, open: self.due }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use crate::calendar::parse_iso;
    use crate::tally::{Column, Columns, Dimension, Grouping, Ints, Keys, Moments, Options, Run, Tally};

    #[test]
    fn groups_beyond_every_table_are_counted_too() {
        // Each row but the last third is a group of its own.
        let rows = 15_000_u32;
        let code = |n: u32| (0..rows).map(|i| i % 10_000 % n).collect::<Vec<u32>>();
        let names = |n: u32| (0..n).map(|i| format!("name {i}")).collect::<Vec<_>>();
        let (codes, lists) = ([97, 89, 83].map(code), [97, 89, 83].map(names));
        let days = vec![19_800_i32; rows as usize];
        let [body, officer, field] = [0, 1, 2].map(|i| {
            let values = lists.get(i).expect("a list").iter().map(|n| Some(n.as_str())).collect();
            Column::new(Keys::Dictionary { codes: Ints::U32(codes.get(i).expect("codes")), values })
        });
        let moments = || Column::new(Moments::Days(&days));
        let columns = Columns::new(body, moments(), moments()).officer(officer).field(field);
        let grouping = Grouping::of(Dimension::ALL);
        let options = Options::as_of(parse_iso("2024-12-31").expect("a date"));
        let found = Tally::of(&columns, &[grouping], &options, &Run::default()).expect("a tally");
        let groups = found.tally.groups(grouping.without(Dimension::Month)).expect("kept");
        assert_eq!(groups.len(), 10_000);
        assert_eq!(groups.iter().filter(|g| g.counts.received.total() == 2).count(), 5_000);
        assert_eq!(found.tally.total().pending.overdue, Some(15_000));
    }
}
