//! The counters of one grouping.

use std::collections::HashMap;

use super::cells::{self, Cells};
use super::classify::{Class, outcome, receipt};
use super::extras::Extras;
use super::flow::{Flow, Key, Open, at};
use super::grouping::Grouping;
use super::lanes::Lanes;
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
    pub(crate) classes: &'a [Class],
    /// Empty where no grouping is by month.
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
    /// Whether each pair of receipt and outcome has a counter: one count to a row, but a wider table. Otherwise a group
    /// has counters for its receipts, and after them those for its outcomes.
    paired: bool,
    classes: Cells,
    extra: Cells,
    more: HashMap<u32, [u64; 2]>,
    open: Cells,
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
            classes: Cells::default(),
            extra: Cells::default(),
            more: HashMap::new(),
            open: Cells::default(),
            open_far: HashMap::new(),
            flows: Vec::new(),
            due: Vec::new(),
        }
    }

    pub(crate) const fn grouping(&self) -> Grouping {
        self.places.grouping()
    }

    /// Counts a block.
    pub(crate) fn count(&mut self, lanes: Lanes, block: &Block<'_>, legend: &Legend<'_>) {
        self.make_room(legend);
        self.places.find(lanes, block);
        if !self.places.computed() {
            self.reach(self.places.len(), legend.extras);
        }
        let (by_receipt, by_outcome) = (self.places.receipt(block), self.places.outcome(block));
        let rows = by_receipt.iter().zip(by_outcome).zip(block.classes);
        if self.paired {
            self.classes.count(rows.map(|((group, _), class)| [place(*group, IN * OUT, class.pair())]));
        } else {
            self.classes.count(rows.map(|((received, settled), class)| {
                let outcome = IN.wrapping_add(class.outcome());
                [place(*received, IN + OUT, class.receipt()), place(*settled, IN + OUT, outcome)]
            }));
        }
        let codes = legend.extras.codes();
        if codes > 1 {
            let rows = by_outcome.iter().zip(block.extras);
            self.extra.count(rows.map(|(group, code)| [place(*group, codes, *code)]));
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
        let [classes, codes] = self.widths(extras);
        self.classes.reach(groups.saturating_mul(classes));
        if codes > 1 {
            self.extra.reach(groups.saturating_mul(codes));
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
            let base = self.places.base(block);
            let width = u32::try_from(width).unwrap_or(0);
            self.open.count(
                block
                    .open
                    .iter()
                    .zip(block.pages)
                    .map(|(row, page)| [place(*page, width, base.get(*row as usize).copied().unwrap_or_default())]),
            );
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
        for place in 0..self.places.len() {
            let mut flow = Flow::default();
            self.add_place(place, legend.extras, &mut flow);
            if !flow.is_zero() {
                self.flows.push((self.places.key(place, legend.months), flow));
            }
        }
        self.drain_rounds(legend);
        self.classes.clear();
        self.extra.clear();
    }

    /// Adds what has been counted in a place, whole rounds left out.
    #[inline]
    fn add_place(&self, place: usize, extras: &Extras, flow: &mut Flow) {
        let [classes, codes] = self.widths(extras);
        if self.paired {
            self.classes.for_each_in(place, classes, |class, count| self.unfold(class, count, flow));
        } else {
            flow.add_classes(self.classes.group(place));
        }
        if codes > 1 {
            self.extra.for_each_in(place, codes, |code, count| extras.unfold(code, count, flow));
        }
    }

    /// Takes out the whole rounds of counters, and what is more than one to a row.
    fn drain_rounds(&mut self, legend: &Legend<'_>) {
        let [classes, codes] = self.widths(legend.extras);
        let mut flows = std::mem::take(&mut self.flows);
        let mut add = |place: usize, change: &dyn Fn(&mut Flow)| {
            let mut flow = Flow::default();
            change(&mut flow);
            // Rows that are not counted have counters too.
            if !flow.is_zero() {
                flows.push((self.places.key(place, legend.months), flow));
            }
        };
        self.classes.for_each_round(classes, |place, class, count| {
            add(place, &|flow| self.unfold(class, count, flow));
        });
        self.extra.for_each_round(codes, |place, code, count| {
            add(place, &|flow| legend.extras.unfold(code, count, flow));
        });
        for (place, [requests, notices]) in self.more.drain() {
            let mut flow = Flow::default();
            flow.add_at(at::REQUESTS, requests);
            flow.add_at(at::NOTICES, notices);
            flows.push((self.places.key(place as usize, legend.months), flow));
        }
        self.flows = flows;
    }

    /// How many cells a group has in each of the two tables.
    fn widths(&self, extras: &Extras) -> [usize; 2] {
        [if self.paired { IN * OUT } else { IN + OUT }, extras.codes()].map(|width| width as usize)
    }

    fn unfold(&self, class: u32, count: u64, flow: &mut Flow) {
        if self.paired {
            flow.receive(class % IN, count);
            flow.settle(class / IN, count);
        } else if class < IN {
            flow.receive(class, count);
        } else {
            flow.settle(class.saturating_sub(IN), count);
        }
    }

    fn drain_open(&mut self, legend: &Legend<'_>) {
        if !self.open.is_empty() {
            self.drain_pages(legend);
        }
        for ((names, page), count) in self.open_far.drain() {
            if let Some(due) = legend.dues.get(page as usize) {
                self.due.push(Open { names, days: vec![(*due, u32::try_from(count).unwrap_or(u32::MAX))] });
            }
        }
    }

    fn drain_pages(&mut self, legend: &Legend<'_>) {
        let width = self.places.in_month().max(1);
        // Exactly as long as they become, and in the order of days.
        let mut lengths = vec![0_usize; width];
        for page in self.open.pages(width) {
            cells::for_each(page, |group, _| lengths.get_mut(group).into_iter().for_each(|length| *length += 1));
        }
        let mut days: Vec<Vec<(i32, u32)>> = lengths.into_iter().map(Vec::with_capacity).collect();
        let mut pages: Vec<(i32, &[u8])> = legend.dues.iter().copied().zip(self.open.pages(width)).collect();
        pages.sort_unstable_by_key(|(due, _)| *due);
        for (due, page) in pages {
            cells::for_each(page, |group, count| {
                if let Some(days) = days.get_mut(group) {
                    days.push((due, count as u32));
                }
            });
        }
        self.open.for_each_round(width, |page, group, count| {
            if let (Some(days), Some(due)) = (days.get_mut(group as usize), legend.dues.get(page)) {
                days.push((*due, count as u32));
            }
        });
        // The pages are large: what they held lies in lists from here on.
        self.open = Cells::default();
        for (place, days) in days.into_iter().enumerate().filter(|(_, days)| !days.is_empty()) {
            self.due.push(Open { names: self.places.names_at(place), days });
        }
    }

    /// Ends counting. What is still in tables by place stays there, to be read by [`Leaf::add_group`]; the rest is given,
    /// in no order, and a group may occur more than once. Where `all` is wanted, nothing stays.
    pub(crate) fn take_rest(&mut self, legend: &Legend<'_>, all: bool) -> Table {
        if all || !self.places.computed() {
            self.drain(legend);
        } else {
            self.drain_open(legend);
            self.drain_rounds(legend);
        }
        let (flows, open) = (std::mem::take(&mut self.flows), std::mem::take(&mut self.due));
        Table { grouping: self.places.grouping(), flows, open }
    }

    /// How many places there are, none where groups are numbered as they are met.
    pub(crate) fn places(&self) -> usize {
        if self.places.computed() && !self.classes.is_empty() { self.places.len() } else { 0 }
    }

    /// The place of these names, the month left aside, if there is one.
    pub(crate) fn place_of(&self, names: [u32; 3]) -> Option<usize> {
        if self.classes.is_empty() { None } else { self.places.place_of(names) }
    }

    /// Whether anything has been counted for the names at a place in the month of that number.
    #[inline]
    pub(crate) fn has_group(&self, place: usize, month: usize) -> bool {
        let width = if self.paired { IN * OUT } else { IN + OUT };
        self.classes.any_in(month * self.places.in_month() + place, width as usize)
    }

    /// Adds what has been counted for the names at a place in the month of that number.
    #[inline]
    pub(crate) fn add_group(&self, place: usize, month: usize, extras: &Extras, flow: &mut Flow) {
        self.add_place(month * self.places.in_month() + place, extras, flow);
    }
}

/// The cell of a class of a group that is so many cells wide.
#[inline(always)]
fn place(group: u32, width: u32, class: u32) -> u32 {
    group.wrapping_mul(width).wrapping_add(class)
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
