//! Tables by day: the number of a day's month, the page of a due day.

use super::days::{self, SPAN, slot};
use super::flow::{OPEN_MONTH, OVERDUE};

/// A number not yet given; no other has this bit, since there are some 3 600 months.
const UNSEEN: u16 = 1 << 15;

/// The place in a table of days that stands for "no day": pending, or not counted.
pub(crate) const NO_DAY: u32 = SPAN as u32;

/// Months numbered in the order in which they are met; number 0 is "not yet".
#[derive(Debug)]
pub(crate) struct Months {
    by_day: Vec<u16>,
    list: Vec<i32>,
}

impl Months {
    pub(crate) fn new() -> Self {
        let mut by_day = vec![UNSEEN; SPAN];
        by_day.push(0);
        Self { by_day, list: vec![OPEN_MONTH] }
    }

    /// The months met, by number.
    pub(crate) fn list(&self) -> &[i32] {
        &self.list
    }

    /// The numbers of the months in which the days lie.
    #[inline(never)]
    pub(crate) fn numbers(&mut self, slots: &[u32], out: &mut Vec<u32>) {
        out.resize(slots.len(), 0);
        while self.look_up(slots, out) {
            self.learn(slots, out);
        }
    }

    #[inline]
    fn look_up(&self, slots: &[u32], out: &mut [u32]) -> bool {
        let table = self.by_day.as_slice();
        let mut all = 0;
        for (slot, number) in slots.iter().zip(out) {
            *number = u32::from(table.get(*slot as usize).copied().unwrap_or(0));
            all |= *number;
        }
        all & u32::from(UNSEEN) != 0
    }

    #[cold]
    fn learn(&mut self, slots: &[u32], out: &[u32]) {
        for slot in slots.iter().zip(out).filter(|(_, n)| **n == u32::from(UNSEEN)).map(|(slot, _)| *slot) {
            let month = days::month_of(days::FIRST.saturating_add(slot.cast_signed()));
            if !self.list.contains(&month) {
                let number = u16::try_from(self.list.len()).unwrap_or(0);
                self.list.push(month);
                let days = days::days_of(month);
                for place in self.by_day.get_mut(slot_range(days)).unwrap_or_default() {
                    *place = number;
                }
            }
        }
    }
}

fn slot_range((first, last): (i32, i32)) -> std::ops::RangeInclusive<usize> {
    slot(first)..=slot(last)
}

/// The due days of pending dossiers, each with a page of counters.
#[derive(Debug)]
pub(crate) struct Dues {
    by_day: Vec<u32>,
    list: Vec<i32>,
}

impl Dues {
    pub(crate) fn new() -> Self {
        Self { by_day: vec![0; SPAN + 1], list: Vec::new() }
    }

    /// The due days met, by page.
    pub(crate) fn list(&self) -> &[i32] {
        &self.list
    }

    /// The page of the due day; with [`NO_DAY`] that of [`OVERDUE`].
    #[inline]
    pub(crate) fn page(&mut self, at: u32) -> u32 {
        match self.by_day.get(at as usize).copied() {
            Some(page @ 1..) => page - 1,
            _ => self.learn(at),
        }
    }

    #[cold]
    fn learn(&mut self, at: u32) -> u32 {
        let page = u32::try_from(self.list.len()).unwrap_or(0);
        let day = if at == NO_DAY { OVERDUE } else { days::FIRST.saturating_add(at.cast_signed()) };
        self.list.push(day);
        if let Some(place) = self.by_day.get_mut(at as usize) {
            *place = page + 1;
        }
        page
    }
}
