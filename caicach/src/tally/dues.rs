//! The due days of pending dossiers.

use super::days::{self, SPAN};
use super::flow::OVERDUE;

/// The place in a table of days that stands for "no day": pending, or not counted.
pub(crate) const NO_DAY: u32 = SPAN as u32;

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
