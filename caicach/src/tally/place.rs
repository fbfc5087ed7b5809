//! Where the groups of a grouping stand in a table of counters.

use std::collections::HashMap;
use std::ops::Range;

use super::bind::part;
use super::flow::{Key, NO_MONTH};
use super::grouping::{Dimension, Grouping};
use super::lanes::Lanes;
use super::leaf::Block;

/// More groups than this are numbered as they are met, instead of each having its place beforehand.
const ROOM: usize = 1 << 19;

/// The months of a year, and none.
const YEAR: usize = 13;

/// The numbers of one kind of name, or of months, of a block of rows; places are computed of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Digits<'a> {
    of: Of<'a>,
    /// What is to be added to each.
    plus: u32,
}

/// Columns have codes of either kind; as codes that stand for something they are the same.
#[derive(Debug, Clone, Copy)]
enum Of<'a> {
    Plain(&'a [u32]),
    Signed(&'a [i32]),
}

impl<'a> Digits<'a> {
    /// These numbers.
    pub(crate) const fn new(of: &'a [u32]) -> Self {
        Self { of: Of::Plain(of), plus: 0 }
    }

    /// One more than each of these codes.
    pub(crate) const fn after(of: &'a [u32]) -> Self {
        Self { of: Of::Plain(of), plus: 1 }
    }

    /// The same for codes with a sign, of which none is negative.
    pub(crate) const fn after_signed(of: &'a [i32]) -> Self {
        Self { of: Of::Signed(of), plus: 1 }
    }

    /// Those of some rows.
    fn part(self, rows: Range<usize>) -> Self {
        let of = match self.of {
            Of::Plain(of) => Of::Plain(part(of, rows)),
            Of::Signed(of) => Of::Signed(part(of, rows)),
        };
        Self { of, ..self }
    }

    /// The number of a row, 0 where there is none.
    #[inline(always)]
    pub(crate) fn at(self, row: u32) -> u32 {
        let number = match self.of {
            Of::Plain(of) => of.get(row as usize).copied(),
            Of::Signed(of) => of.get(row as usize).map(|code| code.cast_unsigned()),
        };
        number.map_or(0, |number| number.wrapping_add(self.plus))
    }
}

/// Finds the group of each row of a block: by computing its place where names and months are few, by looking up its
/// number where they are many.
#[derive(Debug)]
pub(crate) struct Places {
    grouping: Grouping,
    /// How many names of each kind there is room for; 1 for a dimension that does not matter.
    room: [usize; 3],
    /// How many months there is room for; 1 where they do not matter.
    months: usize,
    numbered: Option<Numbered>,
}

/// What a group is about: its rows count in one for their receipt and in one for their outcome, which differ by month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Receipt,
    Outcome,
}

#[derive(Debug, Default)]
struct Numbered {
    numbers: HashMap<[u32; 4], u32>,
    keys: Vec<[u32; 4]>,
    /// The groups of the rows of a block, by receipt and by outcome.
    rows: [Vec<u32>; 2],
}

impl Places {
    pub(crate) fn new(grouping: Grouping) -> Self {
        Self { grouping, room: [1; 3], months: 1, numbered: None }
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
    pub(crate) fn fits(&self, names: [usize; 3], months: usize) -> bool {
        let mut rooms = self.room.iter().zip(names).zip(Dimension::ALL);
        !self.computed()
            || (rooms.all(|((room, names), d)| !self.grouping.has(d) || names <= *room)
                && (!self.by_month() || months <= self.months))
    }

    /// Makes room for so many names and months; all groups move.
    pub(crate) fn move_for(&mut self, names: [usize; 3], months: usize) {
        for ((room, names), dimension) in self.room.iter_mut().zip(names).zip(Dimension::ALL) {
            if self.grouping.has(dimension) && names > *room {
                // The first time exactly so much; afterwards names are met as they come.
                *room = if *room == 1 { names } else { names.max(*room * 2) };
            }
        }
        if self.by_month() && months > self.months {
            // A year's at first, and more as long as that does not take the room of names.
            let more = if self.months == 1 { YEAR } else { self.months * 2 };
            self.months = months.max(more.min(ROOM / self.in_month().max(1)));
        }
    }

    /// Whether groups have become too many for computed places.
    pub(crate) fn outgrown(&self) -> bool {
        self.computed() && self.len() > ROOM
    }

    /// From now on groups are numbered as they are met.
    pub(crate) fn number_groups(&mut self) {
        self.numbered = Some(Numbered::default());
    }

    /// Numbers the groups of a block, unless places are computed.
    #[inline(never)]
    pub(crate) fn find(&mut self, block: &Block<'_>) {
        let by_month = self.by_month();
        let Self { numbered: Some(numbered), grouping, .. } = self else { return };
        let keep = |(names, dimension): (Digits<'_>, _), row| if grouping.has(dimension) { names.at(row) } else { 0 };
        let [mut receipt, mut outcome] = std::mem::take(&mut numbered.rows);
        receipt.clear();
        outcome.clear();
        let month = |months: Digits<'_>, row| if by_month { months.at(row) } else { 0 };
        let [body, officer, field] = block.names;
        let kinds = [(body, Dimension::Body), (officer, Dimension::Officer), (field, Dimension::Field)];
        for (row, _) in (0..).zip(block.classes) {
            let (month_in, month_out) = (month(block.receipt_month, row), month(block.outcome_month, row));
            let [a, b, c] = kinds.map(|kind| keep(kind, row));
            let into = numbered.number([a, b, c, month_in]);
            receipt.push(into);
            outcome.push(if month_in != month_out { numbered.number([a, b, c, month_out]) } else { into });
        }
        numbered.rows = [receipt, outcome];
    }

    /// The numbers that places are computed of, and how far apart they stand.
    fn digits<'b>(&self, block: &Block<'b>, side: Side) -> [(Digits<'b>, u32); 4] {
        let [bodies, officers, fields] = block.names;
        let months = if side == Side::Receipt { block.receipt_month } else { block.outcome_month };
        let mut digits = [(bodies, 0), (officers, 0), (fields, 0), (months, 0)];
        let [_, officer_room, field_room] = self.room;
        let steps = [officer_room, field_room, self.months, 1];
        let mut step = 1_u32;
        for ((digit, room), dimension) in digits.iter_mut().zip(steps).zip(Dimension::ALL).rev() {
            step = step.wrapping_mul(u32::try_from(room).unwrap_or(0));
            digit.1 = if self.grouping.has(dimension) { step } else { 0 };
        }
        digits
    }

    /// The cells that the rows of a block count in, each of its kind, where a group has so many cells.
    pub(crate) fn cells<'b>(
        &'b self,
        block: &Block<'b>,
        side: Side,
        (width, kinds): (usize, &'b [u8]),
    ) -> CellsOfRows<'b> {
        let width = width as u32;
        let digits = match &self.numbered {
            None => self.digits(block, side).map(|(digits, step)| (digits, step.wrapping_mul(width))),
            Some(Numbered { rows: [receipt, outcome], .. }) => {
                let groups = Digits::new(if side == Side::Receipt { receipt } else { outcome });
                let none = (Digits::new(&[]), 0);
                [(groups, width), none, none, none]
            }
        };
        CellsOfRows { kinds, digits }
    }

    /// The group that a row counts in for its outcome.
    pub(crate) fn outcome(&self, block: &Block<'_>, row: u32) -> u32 {
        match &self.numbered {
            None => self
                .digits(block, Side::Outcome)
                .iter()
                .fold(0, |sum, (n, step)| sum.wrapping_add(n.at(row).wrapping_mul(*step))),
            Some(Numbered { rows: [_, outcome], .. }) => Digits::new(outcome).at(row),
        }
    }

    /// The group at a place; `months` are the months by number.
    pub(crate) fn key(&self, place: usize, months: &[i32]) -> Key {
        let [body, officer, field, month] = match &self.numbered {
            Some(numbered) => numbered.keys.get(place).copied().unwrap_or_default(),
            None => {
                let (base, month) = self.split(place);
                let [a, b, c] = self.names_at(base);
                [a, b, c, u32::try_from(month).unwrap_or(0)]
            }
        };
        let month = if self.by_month() { months.get(month as usize).copied().unwrap_or(NO_MONTH) } else { NO_MONTH };
        Key { names: [body, officer, field], month }
    }

    /// The computed place of a month of names at a place.
    #[inline]
    pub(crate) const fn in_month_of(&self, base: usize, month: usize) -> usize {
        base * self.months + month
    }

    /// The place of names, and the number of the month, at a computed place.
    pub(crate) fn split(&self, place: usize) -> (usize, usize) {
        let months = self.months.max(1);
        (place / months, place % months)
    }

    /// The names at a place, the month left aside.
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

    /// The computed places of the names of some rows of a block, the month left aside.
    pub(crate) fn bases(&self, block: &Block<'_>, rows: &[u32], out: &mut Vec<u32>) {
        out.clear();
        out.resize(rows.len(), 0);
        let mut step = 1_u32;
        for ((names, room), dimension) in block.names.into_iter().zip(self.room).zip(Dimension::ALL).rev() {
            if self.grouping.has(dimension) {
                for (out, row) in out.iter_mut().zip(rows) {
                    *out = step.wrapping_mul(names.at(*row)).wrapping_add(*out);
                }
                step = step.wrapping_mul(u32::try_from(room).unwrap_or(0));
            }
        }
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

/// The cells that the rows of a block count in: the kind of each, and numbers with how far apart their cells stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CellsOfRows<'b> {
    kinds: &'b [u8],
    digits: [(Digits<'b>, u32); 4],
}

impl CellsOfRows<'_> {
    /// Those of some rows.
    #[inline(never)]
    pub(crate) fn find(&self, lanes: Lanes, rows: Range<usize>, cells: &mut Vec<u32>) {
        let kinds = part(self.kinds, rows.clone());
        cells.resize(kinds.len(), 0);
        let digits = self.digits.iter().filter(|(_, step)| *step != 0);
        let mut digits = digits.map(|(digits, step)| (digits.part(rows.clone()), *step));
        match digits.next() {
            Some(first) => add_digit(lanes, first, Some(kinds), cells),
            None => cells.iter_mut().zip(kinds).for_each(|(cell, kind)| *cell = u32::from(*kind)),
        }
        digits.for_each(|digit| add_digit(lanes, digit, None, cells));
    }
}

/// Adds a digit to numbers, or to what they start from.
fn add_digit(lanes: Lanes, (digits, step): (Digits<'_>, u32), start: Option<&[u8]>, out: &mut [u32]) {
    let plus = digits.plus.wrapping_mul(step);
    lanes.run(
        #[inline(always)]
        move || match digits.of {
            Of::Plain(of) => add(of, |digit| digit.wrapping_mul(step).wrapping_add(plus), start, out),
            Of::Signed(of) => add(of, |code| code.cast_unsigned().wrapping_mul(step).wrapping_add(plus), start, out),
        },
    );
}

#[inline(always)]
fn add<T: Copy>(digits: &[T], number: impl Fn(T) -> u32, start: Option<&[u8]>, out: &mut [u32]) {
    match start {
        Some(start) => {
            for ((out, digit), start) in out.iter_mut().zip(digits).zip(start) {
                *out = number(*digit).wrapping_add(u32::from(*start));
            }
        }
        None => out.iter_mut().zip(digits).for_each(|(out, digit)| *out = number(*digit).wrapping_add(*out)),
    }
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
