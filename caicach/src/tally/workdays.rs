//! The working days that a suspension is counted in.

use super::days;
use crate::calendar::{Calendar, Date, Period, epoch_days, from_epoch_days};

/// A table of working days (bảng ngày làm việc), so that moving a due date costs two look-ups.
///
/// Made once from the working calendar, or from any rule that says of a date whether it is a working day.
#[derive(Clone, PartialEq, Eq)]
pub struct Workdays {
    first: i32,
    /// For each day of the range: how many working days there are up to and including it.
    up_to: Vec<u32>,
    /// The working days of the range.
    days: Vec<i32>,
    fingerprint: u64,
}

impl Workdays {
    /// The working days between two dates, both included, as the function says.
    ///
    /// A due date moved out of the range makes its row a rejected one, so give a range with a year to spare.
    pub fn new(from: Date, to: Date, is_working: impl Fn(Date) -> bool) -> Self {
        let (first, last) = (days::number_of(from), epoch_days(to).min(days::LAST));
        let mut table = Self { first, up_to: Vec::new(), days: Vec::new(), fingerprint: 0xcbf2_9ce4_8422_2325 };
        let mut count = 0_u32;
        for day in first..=last {
            let working = from_epoch_days(day).is_some_and(&is_working);
            if working {
                count = count.saturating_add(1);
                table.days.push(day);
            }
            table.up_to.push(count);
            let word = i64::from(day).cast_unsigned() << 1 | u64::from(working);
            table.fingerprint = (table.fingerprint ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        }
        table
    }

    /// The working days of a calendar between two dates, both included.
    #[must_use]
    pub fn of_calendar(calendar: &Calendar, from: Date, to: Date) -> Self {
        Self::new(from, to, |date| calendar.is_working(date))
    }

    /// The working days of all years that a calendar knows: days off, swaps and make-up Saturdays included.
    ///
    /// Tallies made with it can be merged wherever they were made, the calendar being the same.
    #[must_use]
    pub fn of_years(calendar: &Calendar) -> Self {
        let years = calendar.years();
        let ends = Period::years(*years.start(), *years.end());
        let (from, to) = ends.map_or((Date::MIN, Date::MIN), |years| (years.from(), years.to()));
        Self::of_calendar(calendar, from, to)
    }

    /// The day number of the due date moved by that many working days; `None` beyond the range.
    pub(crate) fn moved(&self, day: i32, by: u32) -> Option<i32> {
        if by == 0 {
            return Some(day);
        }
        let at = usize::try_from(day.checked_sub(self.first)?).ok()?;
        let before = self.up_to.get(at)?;
        self.days.get(usize::try_from(before.checked_add(by)?.checked_sub(1)?).ok()?).copied()
    }

    /// Tells two tables of working days apart.
    #[must_use]
    pub const fn fingerprint(&self) -> u64 {
        self.fingerprint
    }
}

impl std::fmt::Debug for Workdays {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workdays").field("first", &self.first).field("days", &self.days.len()).finish()
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::Workdays;
    use crate::calendar::{epoch_days, parse_iso};
    use time::Weekday;

    #[test]
    fn working_days_are_added() {
        let date = |text| parse_iso(text).expect("a date");
        let table = Workdays::new(date("2024-01-01"), date("2024-12-31"), |d| {
            !matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday)
        });
        let moved = |from, by| table.moved(epoch_days(date(from)), by);
        // 2024-03-01 is a Friday.
        assert_eq!(moved("2024-03-01", 0), Some(epoch_days(date("2024-03-01"))));
        assert_eq!(moved("2024-03-01", 1), Some(epoch_days(date("2024-03-04"))));
        assert_eq!(moved("2024-03-02", 1), Some(epoch_days(date("2024-03-04"))));
        assert_eq!(moved("2024-03-01", 6), Some(epoch_days(date("2024-03-11"))));
        assert_eq!(moved("2024-12-31", 1), None);
        assert_eq!(moved("2023-12-31", 1), None);
    }
}
