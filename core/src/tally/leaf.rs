//! The counters of one grouping.

use std::collections::HashMap;

use super::cells::Cells;
use super::classify::{outcome, receipt};
use super::extras::Extras;
use super::flow::{Flow, Key, Open, at};
use super::grouping::Grouping;
use super::place::Places;

/// Most counters for due days that are kept in pages, at one byte each.
const PAGES: usize = 1 << 22;

const IN: u32 = receipt::COUNT;
const OUT: u32 = outcome::COUNT;

/// The numbers of a block of rows that a leaf counts by, all of one length.
#[derive(Debug)]
pub(crate) struct Block<'a> {
    /// Numbers of body, officer, field.
    pub(crate) names: [&'a [u32]; 3],
    pub(crate) receipt: &'a [u32],
    pub(crate) outcome: &'a [u32],
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
    received: Cells<u16>,
    settled: Cells<u16>,
    extra: Cells<u16>,
    more: HashMap<u32, [u64; 2]>,
    open: Cells<u8>,
    open_far: HashMap<([u32; 3], u32), u64>,
    /// What has been taken out of the tables.
    flows: Vec<(Key, Flow)>,
    due: Vec<Open>,
}

impl Leaf {
    pub(crate) fn new(grouping: Grouping) -> Self {
        Self {
            places: Places::new(grouping),
            received: Cells::default(),
            settled: Cells::default(),
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
    pub(crate) fn count(&mut self, block: &Block<'_>, legend: &Legend<'_>) {
        self.make_room(legend);
        self.places.find(block);
        if !self.places.computed() {
            self.reach(self.places.len(), legend.extras);
        }
        let (by_receipt, by_outcome) = (self.places.receipt(), self.places.outcome());
        let cell = |group: &u32, width: u32, class: &u32| group.wrapping_mul(width).wrapping_add(*class);
        self.received.count(by_receipt.iter().zip(block.receipt).map(|(g, c)| cell(g, IN, c)));
        self.settled.count(by_outcome.iter().zip(block.outcome).map(|(g, c)| cell(g, OUT, c)));
        let codes = legend.extras.codes();
        if codes > 1 {
            self.extra.count(by_outcome.iter().zip(block.extras).map(|(g, c)| cell(g, codes, c)));
        }
        for (row, by) in block.more {
            let Some(place) = by_outcome.get(*row as usize) else { continue };
            for (sum, by) in self.more.entry(*place).or_default().iter_mut().zip(by) {
                *sum = sum.saturating_add(u64::from(*by));
            }
        }
        self.count_open(block, legend);
    }

    fn make_room(&mut self, legend: &Legend<'_>) {
        if !self.places.fits(legend.names) {
            self.drain(legend);
            self.places.move_for(legend.names);
        }
        if self.places.outgrown(legend.months.len()) {
            self.drain(legend);
            self.places.number_groups();
        }
        self.reach(self.places.len(), legend.extras);
    }

    fn reach(&mut self, groups: usize, extras: &Extras) {
        self.received.reach(groups.saturating_mul(IN as usize));
        self.settled.reach(groups.saturating_mul(OUT as usize));
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
            let (base, width) = (self.places.base(), u32::try_from(width).unwrap_or(0));
            let group = |row: &u32| base.get(*row as usize).copied().unwrap_or(u32::MAX);
            self.open.count(block.open.iter().zip(block.pages).map(|(row, page)| page.wrapping_mul(width).wrapping_add(group(row))));
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
        let width = legend.extras.codes() as usize;
        let (mut received, mut settled, mut extra) = (self.received.totals(), self.settled.totals(), self.extra.totals());
        for place in 0..self.places.len() {
            let mut flow = Flow::default();
            for (class, count) in received.by_ref().take(IN as usize).enumerate() {
                if class < receipt::VOID as usize {
                    flow.add_at(at::ONLINE + class, count);
                }
            }
            for (class, count) in settled.by_ref().take(OUT as usize).enumerate() {
                match class as u32 {
                    class @ 0..=outcome::LATE => flow.add_at(at::EARLY + class as usize, count),
                    outcome::CANCELLED => flow.add_at(at::CANCELLED, count),
                    _ => {}
                }
            }
            if width > 1 {
                for (code, count) in extra.by_ref().take(width).enumerate().filter(|(_, count)| *count > 0) {
                    legend.extras.unfold(code as u32, count, &mut flow);
                }
            }
            if let Some([requests, notices]) = u32::try_from(place).ok().and_then(|p| self.more.get(&p)) {
                flow.add_at(at::REQUESTS, *requests);
                flow.add_at(at::NOTICES, *notices);
            }
            if !flow.is_zero() {
                self.flows.push((self.places.key(place, legend.months), flow));
            }
        }
        drop((received, settled, extra));
        self.received.clear();
        self.settled.clear();
        self.extra.clear();
        self.more.clear();
    }

    fn drain_open(&mut self, legend: &Legend<'_>) {
        let width = self.places.in_month().max(1);
        for (place, count) in self.open.totals().enumerate().filter(|(_, count)| *count > 0) {
            let Some(due) = legend.dues.get(place / width) else { continue };
            self.due.push(Open { names: self.places.names_at(place % width), due: *due, count });
        }
        self.open.clear();
        for ((names, page), count) in self.open_far.drain() {
            let Some(due) = legend.dues.get(page as usize) else { continue };
            self.due.push(Open { names, due: *due, count });
        }
    }

    /// What has been counted, in no order; a group may occur more than once.
    pub(crate) fn finish(mut self, legend: &Legend<'_>) -> (Grouping, Vec<(Key, Flow)>, Vec<Open>) {
        self.drain(legend);
        (self.places.grouping(), self.flows, self.due)
    }
}
