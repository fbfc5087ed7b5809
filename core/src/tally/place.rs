//! Where the groups of a grouping stand in a table of counters.

use std::collections::HashMap;

use super::flow::{Key, NO_MONTH};
use super::grouping::{Dimension, Grouping};
use super::lanes::Lanes;
use super::leaf::Block;

/// More groups than this are numbered as they are met, instead of each having its place beforehand.
const ROOM: usize = 1 << 19;

/// Finds the group of each row of a block: by computing its place where names and months are few, by looking up its
/// number where they are many.
#[derive(Debug)]
pub(crate) struct Places {
    grouping: Grouping,
    /// How many names of each kind there is room for; 1 for a dimension that does not matter.
    room: [usize; 3],
    months: usize,
    numbered: Option<Numbered>,
    base: Vec<u32>,
    /// Which names are the base as they are.
    base_at: Option<usize>,
    spare: Vec<u32>,
    receipt: Vec<u32>,
    outcome: Vec<u32>,
}

#[derive(Debug, Default)]
struct Numbered {
    numbers: HashMap<[u32; 4], u32>,
    keys: Vec<[u32; 4]>,
}

impl Places {
    pub(crate) fn new(grouping: Grouping) -> Self {
        Self {
            grouping,
            room: [1; 3],
            months: 1,
            numbered: None,
            base: Vec::new(),
            base_at: None,
            spare: Vec::new(),
            receipt: Vec::new(),
            outcome: Vec::new(),
        }
    }

    pub(crate) const fn grouping(&self) -> Grouping {
        self.grouping
    }

    pub(crate) fn by_month(&self) -> bool {
        self.grouping.has(Dimension::Month)
    }

    /// Whether groups have computed places rather than numbers.
    pub(crate) fn computed(&self) -> bool {
        self.numbered.is_none()
    }

    /// How many groups there are without the month, where places are computed.
    pub(crate) fn in_month(&self) -> usize {
        self.room.iter().fold(1, |product, n| product.saturating_mul(*n))
    }

    /// How many groups there are, or there is a place for.
    pub(crate) fn len(&self) -> usize {
        match &self.numbered {
            Some(numbered) => numbered.keys.len(),
            None => self.in_month().saturating_mul(self.months),
        }
    }

    /// Whether names and months of these numbers would find their groups where they stand now.
    pub(crate) fn fits(&self, names: [usize; 3]) -> bool {
        let mut rooms = self.room.iter().zip(names).zip(Dimension::ALL);
        !self.computed() || rooms.all(|((room, names), d)| !self.grouping.has(d) || names <= *room)
    }

    /// Makes room for so many names; all groups move.
    pub(crate) fn move_for(&mut self, names: [usize; 3]) {
        for ((room, names), dimension) in self.room.iter_mut().zip(names).zip(Dimension::ALL) {
            if self.grouping.has(dimension) && names > *room {
                // The first time exactly so much; afterwards names are met as they come.
                *room = if *room == 1 { names } else { names.max(*room * 2) };
            }
        }
    }

    /// Notes how many months there are; gives whether groups have become too many for computed places.
    pub(crate) fn outgrown(&mut self, months: usize) -> bool {
        if self.by_month() {
            self.months = months;
        }
        self.computed() && self.len() > ROOM
    }

    /// From now on groups are numbered as they are met.
    pub(crate) fn number_groups(&mut self) {
        self.numbered = Some(Numbered::default());
    }

    /// Finds the groups of a block; see [`Places::receipt`] and [`Places::outcome`].
    #[inline(never)]
    pub(crate) fn find(&mut self, lanes: Lanes, block: &Block<'_>) {
        if self.numbered.is_some() {
            self.look_up(block);
            return;
        }
        self.compute_base(lanes, block);
        if self.by_month() {
            let in_month = u32::try_from(self.in_month()).unwrap_or(0);
            let Self { base, base_at, receipt, outcome, .. } = self;
            let base = base_of(base, *base_at, block);
            receipt.resize(base.len(), 0);
            outcome.resize(base.len(), 0);
            let (receipt, outcome) = (receipt.as_mut_slice(), outcome.as_mut_slice());
            let months = block.receipt_month.iter().zip(block.outcome_month);
            lanes.run(
                #[inline(always)]
                move || {
                    let places = receipt.iter_mut().zip(outcome.iter_mut());
                    for ((base, (came, went)), (receipt, outcome)) in base.iter().zip(months).zip(places) {
                        *receipt = came.wrapping_mul(in_month).wrapping_add(*base);
                        *outcome = went.wrapping_mul(in_month).wrapping_add(*base);
                    }
                },
            );
        }
    }

    fn compute_base(&mut self, lanes: Lanes, block: &Block<'_>) {
        let dimensions = block.names.iter().zip(self.room).zip(Dimension::ALL).enumerate();
        let mut dimensions = dimensions.filter(|(_, (_, d))| self.grouping.has(*d));
        let first = dimensions.next();
        self.base_at = first.map(|(at, _)| at);
        let Some((_, ((names, _), _))) = first else {
            self.base.clear();
            self.base.resize(block.classes.len(), 0);
            return;
        };
        let mut so_far: &[u32] = names;
        let (mut sums, mut spare) = (std::mem::take(&mut self.base), std::mem::take(&mut self.spare));
        for (_, ((names, room), _)) in dimensions {
            let room = u32::try_from(room).unwrap_or(0);
            spare.resize(names.len(), 0);
            add_digit(lanes, so_far, room, names, &mut spare);
            std::mem::swap(&mut sums, &mut spare);
            self.base_at = None;
            so_far = &sums;
        }
        (self.base, self.spare) = (sums, spare);
    }

    #[inline(never)]
    fn look_up(&mut self, block: &Block<'_>) {
        let Self { numbered: Some(numbered), receipt, outcome, grouping, .. } = self else { return };
        let by_month = grouping.has(Dimension::Month);
        let [body, officer, field] = block.names;
        let keep = |dimension, name: u32| if grouping.has(dimension) { name } else { 0 };
        receipt.clear();
        outcome.clear();
        let month = |months: &[u32], row: usize| if by_month { months.get(row).copied().unwrap_or(0) } else { 0 };
        for (row, ((body, officer), field)) in body.iter().zip(officer).zip(field).enumerate() {
            let (month_in, month_out) = (month(block.receipt_month, row), month(block.outcome_month, row));
            let names =
                [keep(Dimension::Body, *body), keep(Dimension::Officer, *officer), keep(Dimension::Field, *field)];
            let [a, b, c] = names;
            let into = numbered.number([a, b, c, month_in]);
            receipt.push(into);
            let out = if month_in != month_out { numbered.number([a, b, c, month_out]) } else { into };
            outcome.push(out);
        }
    }

    /// The places of the groups that receipts count in.
    pub(crate) fn receipt<'a>(&'a self, block: &Block<'a>) -> &'a [u32] {
        if self.by_month() || !self.computed() { &self.receipt } else { self.base(block) }
    }

    /// The places of the groups that outcomes count in.
    pub(crate) fn outcome<'a>(&'a self, block: &Block<'a>) -> &'a [u32] {
        if self.by_month() || !self.computed() { &self.outcome } else { self.base(block) }
    }

    /// The places of the groups, months left aside, that pending rows count in; empty unless computed.
    pub(crate) fn base<'a>(&'a self, block: &Block<'a>) -> &'a [u32] {
        if self.computed() { base_of(&self.base, self.base_at, block) } else { &[] }
    }

    /// The group at a place; `months` are the months by number.
    pub(crate) fn key(&self, place: usize, months: &[i32]) -> Key {
        let [body, officer, field, month] = match &self.numbered {
            Some(numbered) => numbered.keys.get(place).copied().unwrap_or_default(),
            None => {
                let in_month = self.in_month().max(1);
                let [a, b, c] = self.names_at(place % in_month);
                [a, b, c, u32::try_from(place / in_month).unwrap_or(0)]
            }
        };
        let month = if self.by_month() { months.get(month as usize).copied().unwrap_or(NO_MONTH) } else { NO_MONTH };
        Key { names: [body, officer, field], month }
    }

    /// The names at a computed place, the month left aside.
    pub(crate) fn names_at(&self, mut place: usize) -> [u32; 3] {
        let mut names = [0; 3];
        for (name, room) in names.iter_mut().zip(self.room).rev() {
            *name = u32::try_from(place % room.max(1)).unwrap_or(0);
            place /= room.max(1);
        }
        names
    }

    /// The computed place of these names, the month left aside, if there is room for them.
    pub(crate) fn place_of(&self, names: [u32; 3]) -> Option<usize> {
        if !self.computed() {
            return None;
        }
        names.into_iter().zip(self.room).try_fold(0, |place: usize, (name, room)| {
            let name = name as usize;
            (name < room).then(|| place.wrapping_mul(room).wrapping_add(name))
        })
    }

    /// The names that matter here.
    pub(crate) fn relevant(&self, names: [u32; 3]) -> [u32; 3] {
        let mut names = names;
        for (name, dimension) in names.iter_mut().zip(Dimension::ALL) {
            *name = if self.grouping.has(dimension) { *name } else { 0 };
        }
        names
    }
}

/// Numbers with one more digit, of a base.
fn add_digit(lanes: Lanes, numbers: &[u32], base: u32, digits: &[u32], out: &mut [u32]) {
    lanes.run(
        #[inline(always)]
        move || {
            for ((out, number), digit) in out.iter_mut().zip(numbers).zip(digits) {
                *out = number.wrapping_mul(base).wrapping_add(*digit);
            }
        },
    );
}

/// The base: names as they are, or what has been computed of several.
fn base_of<'a>(base: &'a [u32], at: Option<usize>, block: &Block<'a>) -> &'a [u32] {
    at.and_then(|at| block.names.get(at)).copied().unwrap_or(base)
}

impl Numbered {
    fn number(&mut self, key: [u32; 4]) -> u32 {
        let next = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(key).or_insert_with(|| {
            self.keys.push(key);
            next
        })
    }
}
