//! Days as numbers, and the months they lie in.

use crate::calendar::{Date, epoch_days, from_epoch_days};
use time::Month as Named;

/// 1900-01-01, the first day that a dossier may bear.
pub(crate) const FIRST: i32 = -25_567;
/// 2200-12-31, the last.
pub(crate) const LAST: i32 = 84_370;
/// How many days that are.
pub(crate) const SPAN: usize = 109_938;
/// Stands for "not completed": later than any day.
pub(crate) const NEVER: i32 = i32::MAX;

/// A month of a year (tháng).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    index: i32,
}

impl Month {
    /// The month that holds the date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self { index: date.year().saturating_mul(12).saturating_add(i32::from(u8::from(date.month())) - 1) }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.index.div_euclid(12)
    }

    /// The month of the year, 1 to 12.
    #[must_use]
    pub const fn number(self) -> u8 {
        // The remainder lies in 0..12.
        (self.index.rem_euclid(12) + 1) as u8
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> Option<Date> {
        Date::from_calendar_date(self.year(), Named::try_from(self.number()).ok()?, 1).ok()
    }

    /// The last day.
    #[must_use]
    pub fn last_day(self) -> Option<Date> {
        let named = Named::try_from(self.number()).ok()?;
        Date::from_calendar_date(self.year(), named, named.length(self.year())).ok()
    }

    pub(crate) const fn index(self) -> i32 {
        self.index
    }

    pub(crate) const fn at(index: i32) -> Self {
        Self { index }
    }
}

/// `2024-07`.
impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

/// The index of the month that holds the day, for days of the calendar.
pub(crate) fn month_of(day: i32) -> i32 {
    from_epoch_days(day.clamp(FIRST, LAST)).map_or(0, |date| Month::of(date).index())
}

/// The number of a day, held within [`FIRST`] and [`LAST`].
pub(crate) fn number_of(date: Date) -> i32 {
    epoch_days(date).clamp(FIRST, LAST)
}

/// Where a day stands in a table of [`SPAN`] days; anything else than a day of the span falls outside the table.
#[inline(always)]
pub(crate) const fn slot(day: i32) -> usize {
    day.wrapping_sub(FIRST) as u32 as usize
}

/// The first and last day of the month with that index.
pub(crate) fn days_of(month: i32) -> (i32, i32) {
    let month = Month::at(month);
    let day = |date: Option<Date>, or| date.map_or(or, number_of);
    (day(month.first_day(), FIRST), day(month.last_day(), LAST))
}
