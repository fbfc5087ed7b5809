//! The counters of one grouping.

use std::collections::HashMap;

use super::ahead::{Ahead, OFTEN};
use super::cells::Cells;
use super::classify::{Class, class};
use super::extras::Extras;
use super::flow::{Flow, Key, at, cell};
use super::grouping::Grouping;
use super::lanes::Lanes;
use super::opens::Due;
use super::pending::Pending;
use super::place::{Digits, Places, Side};

/// Most groups for which receipt and outcome are counted in one table: one count to a row, but a wider table.
const PAIRED: usize = 1 << 13;

/// Most groups that are numbered at a time: then the tables are emptied, so that no place outgrows its 32 bits.
const NUMBERED: usize = if cfg!(test) { 1 << 10 } else { 1 << 21 };

/// How many rows are counted until more are asked for.
const FEW: usize = 64;

/// The numbers of a block of rows that a leaf counts by, all of one length.
#[derive(Debug)]
pub(crate) struct Block<'a> {
    /// Numbers of body, officer, field.
    pub(crate) names: [Digits<'a>; 3],
    pub(crate) classes: &'a [Class],
    /// Empty where no grouping is by month.
    pub(crate) receipt_month: Digits<'a>,
    pub(crate) outcome_month: Digits<'a>,
    pub(crate) extras: &'a [u8],
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

/// Room for the cells that the rows of a block count in.
#[derive(Debug, Default)]
pub(crate) struct Room {
    cells: [Vec<u32>; 2],
    groups: Vec<u32>,
    kinds: [Vec<u8>; 2],
}

/// The counters of one grouping, by the numbers of a scan.
#[derive(Debug)]
pub(crate) struct Leaf {
    places: Places,
    /// Whether each class has a counter: one count to a row, but a wider table. Otherwise receipts and outcomes are
    /// counted apart.
    paired: bool,
    pairs: Cells<u16>,
    apart: Cells<u8>,
    extra: Cells<u8>,
    more: HashMap<u32, [u64; 2]>,
    open: Pending,
    open_far: HashMap<([u32; 3], u32), u64>,
    /// What has been taken out of the tables.
    flows: Vec<(Key, Flow)>,
    due: Vec<Due>,
}

impl Leaf {
    pub(crate) fn new(grouping: Grouping) -> Self {
        Self {
            places: Places::new(grouping),
            paired: false,
            pairs: Cells::default(),
            apart: Cells::default(),
            extra: Cells::default(),
            more: HashMap::new(),
            open: Pending::default(),
            open_far: HashMap::new(),
            flows: Vec::new(),
            due: Vec::new(),
        }
    }

    pub(crate) const fn grouping(&self) -> Grouping {
        self.places.grouping()
    }

    /// Counts a block, and asks for rows to come meanwhile.
    pub(crate) fn count(
        &mut self,
        lanes: Lanes,
        block: &Block<'_>,
        legend: &Legend<'_>,
        (ahead, room): (&mut Ahead<'_>, &mut Room),
    ) {
        self.make_room(legend);
        self.places.find(block);
        if !self.places.computed() {
            self.reach(self.places.len(), legend.extras);
        }
        let Self { places, pairs, apart, extra, .. } = self;
        let Room { cells: [cells, others], groups, kinds } = room;
        let rows = block.classes.len();
        let some = (0..rows).step_by(OFTEN).map(|from| from..rows.min(from + OFTEN));
        if self.paired {
            let receipts = places.cells(block, Side::Receipt, (class::ROOM, block.classes));
            for some in some {
                ahead.ask();
                receipts.find(lanes, some, cells);
                for cells in cells.chunks(FEW) {
                    ahead.ask();
                    pairs.count(cells);
                }
            }
        } else {
            for (kinds, of_class) in kinds.iter_mut().zip(&cell::OF_CLASS) {
                find_kinds(lanes, block.classes, of_class, kinds);
            }
            let [receipts, outcomes] = &*kinds;
            let receipts = places.cells(block, Side::Receipt, (cell::COUNT, receipts));
            let outcomes = places.cells(block, Side::Outcome, (cell::COUNT, outcomes));
            for some in some {
                ahead.ask();
                receipts.find(lanes, some.clone(), cells);
                outcomes.find(lanes, some, others);
                for (cells, others) in cells.chunks(FEW).zip(others.chunks(FEW)) {
                    ahead.ask();
                    apart.count(cells);
                    apart.count(others);
                }
            }
        }
        let codes = legend.extras.codes();
        if codes > 1 {
            places.cells(block, Side::Outcome, (codes as usize, block.extras)).find(lanes, 0..rows, cells);
            extra.count(cells);
        }
        for (row, by) in block.more {
            for (sum, by) in self.more.entry(places.outcome(block, *row)).or_default().iter_mut().zip(by) {
                *sum = sum.saturating_add(u64::from(*by));
            }
        }
        self.count_open(block, groups);
    }

    #[inline(never)]
    fn make_room(&mut self, legend: &Legend<'_>) {
        if !self.places.fits(legend.names, legend.months.len()) {
            self.drain(legend);
            self.places.move_for(legend.names, legend.months.len());
            self.paired = !self.places.by_month() && self.places.len() <= PAIRED;
        }
        if self.places.outgrown() {
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
        match self.paired {
            true => self.pairs.reach(groups.saturating_mul(classes)),
            false => self.apart.reach(groups.saturating_mul(classes)),
        }
        if codes > 1 {
            self.extra.reach(groups.saturating_mul(codes));
        }
    }

    fn count_open(&mut self, block: &Block<'_>, groups: &mut Vec<u32>) {
        if block.open.is_empty() {
            return;
        }
        let Self { places, open, open_far, .. } = self;
        if places.computed() {
            places.bases(block, block.open, groups);
            open.count(places.in_month(), groups, block.pages);
            return;
        }
        for (row, page) in block.open.iter().zip(block.pages) {
            let names = block.names.map(|names| names.at(*row));
            let count = open_far.entry((places.relevant(names), *page)).or_default();
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
        let mut rounds = Vec::new();
        self.drain_rounds(legend.extras, |_, place, at, count| rounds.push((place, at, count)));
        for (place, at, count) in rounds {
            let mut flow = Flow::default();
            flow.add_at(at, count);
            self.flows.push((self.places.key(place, legend.months), flow));
        }
        self.pairs.clear();
        self.apart.clear();
        self.extra.clear();
    }

    /// Adds what has been counted in a place, whole rounds left out.
    #[inline]
    fn add_place(&self, place: usize, extras: &Extras, flow: &mut Flow) {
        let [classes, codes] = self.widths(extras);
        if self.paired {
            self.pairs.for_each_in(place, classes, |class, count| flow.add_class(class, count));
        } else if let Some(cells) = self.apart.group(place) {
            flow.add_cells(cells);
        }
        if codes > 1 {
            self.extra.for_each_in(place, codes, |code, count| extras.unfold(code as u32, count, flow));
        }
    }

    /// Takes out the whole rounds of counters, and what is more than one to a row: calls with the place of a group, a count
    /// of it (see [`at`]) and what is to be added to it.
    fn drain_rounds(&mut self, extras: &Extras, mut call: impl FnMut(&Places, usize, usize, u64)) {
        let [classes, codes] = self.widths(extras);
        let Self { places, pairs, apart, extra, more, .. } = self;
        pairs.for_each_round(classes, |place, class, count| {
            cell::of_class(class).for_each(|at| call(places, place, at, count));
        });
        apart.for_each_round(classes, |place, at, count| {
            if at < cell::ELSEWHERE {
                call(places, place, at, count);
            }
        });
        extra.for_each_round(codes, |place, code, count| {
            let mut flow = Flow::default();
            extras.unfold(code as u32, count, &mut flow);
            flow.each(|at, count| call(places, place, at, count));
        });
        for (place, [requests, notices]) in more.drain() {
            call(places, place as usize, at::REQUESTS, requests);
            call(places, place as usize, at::NOTICES, notices);
        }
    }

    /// How many cells a group has in each of the two tables.
    fn widths(&self, extras: &Extras) -> [usize; 2] {
        [if self.paired { class::ROOM } else { cell::COUNT }, extras.codes() as usize]
    }

    fn drain_open(&mut self, legend: &Legend<'_>) {
        let Self { open, due, places, open_far, .. } = self;
        std::mem::take(open).each(legend.dues, |place, day, count| due.push((places.names_at(place), day, count)));
        for ((names, page), count) in open_far.drain() {
            if let Some(day) = legend.dues.get(page as usize) {
                due.push((names, *day, u32::try_from(count).unwrap_or(u32::MAX)));
            }
        }
    }

    /// Takes out what is no longer in tables by place, or everything: in no order, and a group may occur more than once.
    pub(crate) fn take_rest(&mut self, legend: &Legend<'_>, all: bool) -> (Vec<(Key, Flow)>, Vec<Due>) {
        if all || !self.places.computed() {
            self.drain(legend);
        }
        (std::mem::take(&mut self.flows), std::mem::take(&mut self.due))
    }

    /// What tables by place have beside their cells: calls with names, the number of a month, a count (see
    /// [`at`]) and what is to be added to it.
    pub(crate) fn take_rounds(&mut self, extras: &Extras, mut call: impl FnMut([u32; 3], usize, usize, u64)) {
        self.drain_rounds(extras, |places, place, at, count| {
            let (base, month) = places.split(place);
            call(places.names_at(base), month, at, count);
        });
    }

    /// The pending dossiers by place.
    pub(crate) fn take_open(&mut self) -> Pending {
        std::mem::take(&mut self.open)
    }

    /// The names at a place.
    pub(crate) fn names_at(&self, place: usize) -> [u32; 3] {
        self.places.names_at(place)
    }

    /// How many places there are, none where groups are numbered as they are met.
    pub(crate) fn places(&self) -> usize {
        if self.is_empty() { 0 } else { self.places.len() }
    }

    /// Whether nothing lies in tables by place.
    fn is_empty(&self) -> bool {
        !self.places.computed() || (self.pairs.is_empty() && self.apart.is_empty())
    }

    /// The place of these names, the month left aside, if there is one.
    pub(crate) fn place_of(&self, names: [u32; 3]) -> Option<usize> {
        if self.is_empty() { None } else { self.places.place_of(names) }
    }

    /// Adds what has been counted for the names at a place in the month of that number.
    #[inline]
    pub(crate) fn add_group(&self, place: usize, month: usize, extras: &Extras, flow: &mut Flow) {
        self.add_place(self.places.in_month_of(place, month), extras, flow);
    }
}

/// The kinds of cells that rows of these classes count in.
fn find_kinds(lanes: Lanes, classes: &[Class], of_class: &[u8; 64], out: &mut Vec<u8>) {
    out.clear();
    out.extend_from_slice(classes);
    out.resize(classes.len().next_multiple_of(64), class::VOID);
    lanes.translate(of_class, out);
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
