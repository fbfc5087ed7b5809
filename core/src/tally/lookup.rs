//! Tables by day: the number of a day's month, the page of a due day.

use super::classify::{Class, Rows, class, outcome};
use super::days::{self, SPAN, slot};
use super::flow::{OPEN_MONTH, OVERDUE};

/// The place in a table of days that stands for "no day": pending, or not counted.
pub(crate) const NO_DAY: u32 = SPAN as u32;

/// Months numbered in the order in which they are met; number 0 is "not yet".
#[derive(Debug)]
pub(crate) struct Months {
    /// The number of a day's month, 0 where it has not been met.
    by_day: Vec<u16>,
    list: Vec<i32>,
}

impl Months {
    pub(crate) fn new() -> Self {
        Self { by_day: vec![0; SPAN], list: vec![OPEN_MONTH] }
    }

    /// The months met, by number.
    pub(crate) fn list(&self) -> &[i32] {
        &self.list
    }

    /// The numbers of the months in which rows came in, or of the period's start, and of those in which they were closed;
    /// 0 where that is not counted.
    #[inline(never)]
    pub(crate) fn numbers(&mut self, rows: &Rows<'_>, start: i32, classes: &[Class], out: &mut [Vec<u32>; 2]) {
        out.iter_mut().for_each(|numbers| numbers.resize(classes.len(), 0));
        while self.look_up(rows, start, classes, out) {
            self.learn(rows, start, classes);
        }
    }

    /// Gives whether a month has not been met before.
    #[inline]
    fn look_up(&self, rows: &Rows<'_>, start: i32, classes: &[Class], [came, went]: &mut [Vec<u32>; 2]) -> bool {
        let table = self.by_day.as_slice();
        let month = |day: i32| u32::from(table.get(slot(day)).copied().unwrap_or(0));
        let mut new = false;
        let days = rows.received.iter().zip(rows.closed).zip(classes);
        for (((received, closed), class), (came, went)) in days.zip(came.iter_mut().zip(went)) {
            let (is_in, is_out) = (*class != class::VOID, is_closed(*class));
            let (month_in, month_out) = (month((*received).max(start)), month(*closed));
            new |= (is_in & (month_in == 0)) | (is_out & (month_out == 0));
            *came = if is_in { month_in } else { 0 };
            *went = if is_out { month_out } else { 0 };
        }
        new
    }

    #[cold]
    fn learn(&mut self, rows: &Rows<'_>, start: i32, classes: &[Class]) {
        for ((received, closed), class) in rows.received.iter().zip(rows.closed).zip(classes) {
            if *class != class::VOID {
                self.meet((*received).max(start));
            }
            if is_closed(*class) {
                self.meet(*closed);
            }
        }
    }

    fn meet(&mut self, day: i32) {
        if self.by_day.get(slot(day)) == Some(&0) {
            let month = days::month_of(day);
            let number = u16::try_from(self.list.len()).unwrap_or(0);
            self.list.push(month);
            for place in self.by_day.get_mut(slot_range(days::days_of(month))).unwrap_or_default() {
                *place = number;
            }
        }
    }
}

/// Whether a row of that class is resolved or cancelled.
#[inline(always)]
fn is_closed(class: Class) -> bool {
    (class != class::VOID) & (class::outcome(class) != outcome::PENDING)
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
