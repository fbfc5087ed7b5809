//! The Vietnamese lunar calendar (âm lịch), lunar years 1900 to 2100, exact to the day.
//!
//! Days begin at midnight UTC+7 throughout, which is why a Vietnamese date can differ from the Chinese one: Tết 2030 is 2
//! February, not 3 February. Calendars printed before 1968 followed UTC+8 (in the south, for part of 1945-1975, longer);
//! dates of those years may be a day or, around a leap month, a month away from what people used then.

use super::date::Date;
use super::lunar_table::{FIRST_YEAR, YEARS};
use time::{Duration, Month};

/// A date of the Vietnamese lunar calendar (ngày âm lịch).
///
/// Just what was given: whether there is such a day, [`lunar_to_solar`] says. Ordered as the days are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LunarDate {
    /// The lunar year, named by the calendar year in which it begins.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// Whether it is the leap month (tháng nhuận), which follows the month of the same number.
    pub leap: bool,
    /// The day, 1 to 30.
    pub day: u8,
}

/// Why there is no such day (không có ngày đó).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LunarError {
    /// The lunar year is not in 1900 to 2100, or a calendar date falls into another.
    #[error("lunar years run from 1900 to 2100")]
    OutOfRange,
    /// The month is not 1 to 12.
    #[error("lunar months run from 1 to 12")]
    NoSuchMonth,
    /// The month is not repeated in that year.
    #[error("lunar year {year} has no leap month {month}")]
    NoLeapMonth {
        /// The lunar year.
        year: i32,
        /// The month.
        month: u8,
    },
    /// The month has no such day.
    #[error("{}month {month} of lunar year {year} has {length} days", if *leap { "leap " } else { "" })]
    NoSuchDay {
        /// The lunar year.
        year: i32,
        /// The month.
        month: u8,
        /// Whether it is the leap month.
        leap: bool,
        /// How many days it has, 29 or 30.
        length: u8,
    },
}

impl LunarError {
    /// The kind of error, a word that is stable across versions.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            LunarError::OutOfRange => "out_of_range",
            LunarError::NoSuchMonth => "no_such_month",
            LunarError::NoLeapMonth { .. } => "no_leap_month",
            LunarError::NoSuchDay { .. } => "no_such_day",
        }
    }

    /// What of a lunar date it is about: `year`, `month`, `leap` or `day`.
    #[must_use]
    pub fn path(&self) -> &'static str {
        match self {
            LunarError::OutOfRange => "year",
            LunarError::NoSuchMonth => "month",
            LunarError::NoLeapMonth { .. } => "leap",
            LunarError::NoSuchDay { .. } => "day",
        }
    }
}

/// The calendar date of a lunar date.
///
/// ```
/// use caicach::calendar::lunar::{LunarDate, LunarError, lunar_to_solar};
/// let mid_autumn = LunarDate { year: 2024, month: 8, leap: false, day: 15 };
/// assert_eq!(lunar_to_solar(mid_autumn).map(caicach::calendar::iso).as_deref(), Ok("2024-09-17"));
/// let error = lunar_to_solar(LunarDate { leap: true, ..mid_autumn }).unwrap_err();
/// assert_eq!(error, LunarError::NoLeapMonth { year: 2024, month: 8 });
/// ```
///
/// # Errors
/// [`LunarError`] says why there is no such day.
pub fn lunar_to_solar(date: LunarDate) -> Result<Date, LunarError> {
    let LunarDate { year, month, leap, day } = date;
    let table = LunarYear::of(year).ok_or(LunarError::OutOfRange)?;
    if !(1..=12).contains(&month) {
        return Err(LunarError::NoSuchMonth);
    }
    let mut before = 0;
    for (number, repeated, length) in table.months() {
        if (number, repeated) == (month, leap) {
            if !(1..=length).contains(&day) {
                return Err(LunarError::NoSuchDay { year, month, leap, length });
            }
            let found = table.tet().and_then(|tet| days_after(tet, before + i64::from(day) - 1));
            return found.ok_or(LunarError::OutOfRange);
        }
        before += i64::from(length);
    }
    Err(LunarError::NoLeapMonth { year, month })
}

/// The lunar date of a calendar date, 1900-01-31 to 2101-01-28.
///
/// ```
/// use caicach::calendar::{lunar::{LunarDate, solar_to_lunar}, parse_iso};
/// let lunar = solar_to_lunar(parse_iso("2023-03-22").unwrap());
/// assert_eq!(lunar, Ok(LunarDate { year: 2023, month: 2, leap: true, day: 1 }));
/// ```
///
/// # Errors
/// [`LunarError::OutOfRange`] before Tết 1900 and after the lunar year 2100.
pub fn solar_to_lunar(date: Date) -> Result<LunarDate, LunarError> {
    lunar(date).ok_or(LunarError::OutOfRange)
}

fn lunar(date: Date) -> Option<LunarDate> {
    // Before Tết it is still the lunar year that began in the calendar year before.
    let mut number = date.year();
    if LunarYear::of(number).and_then(LunarYear::tet).is_none_or(|tet| date < tet) {
        number = number.checked_sub(1)?;
    }
    let year = LunarYear::of(number)?;
    let mut left = (date - year.tet()?).whole_days();
    for (month, leap, length) in year.months() {
        if left < i64::from(length) {
            let day = u8::try_from(left).ok()?.checked_add(1)?;
            return Some(LunarDate { year: number, month, leap, day });
        }
        left -= i64::from(length);
    }
    None
}

/// Lunar New Year's day (mùng 1 Tết Nguyên đán) in a calendar year, 1900 to 2100.
#[must_use]
pub fn tet(year: i32) -> Option<Date> {
    LunarYear::of(year)?.tet()
}

/// Hùng Kings' commemoration day (Giỗ Tổ Hùng Vương, 10/3 âm lịch) in a calendar year, 1900 to 2100.
#[must_use]
pub fn hung_kings_day(year: i32) -> Option<Date> {
    lunar_to_solar(LunarDate { year, month: 3, leap: false, day: 10 }).ok()
}

/// One entry of the table, unpacked as its head describes.
#[derive(Clone, Copy)]
struct LunarYear {
    year: i32,
    bits: u32,
}

impl LunarYear {
    fn of(year: i32) -> Option<Self> {
        let index = usize::try_from(year.checked_sub(FIRST_YEAR)?).ok()?;
        Some(Self { year, bits: *YEARS.get(index)? })
    }

    fn tet(self) -> Option<Date> {
        let new_year = Date::from_calendar_date(self.year, Month::January, 1).ok()?;
        days_after(new_year, i64::from(self.bits >> 17))
    }

    /// The months in order: number, whether it is the leap month, length.
    fn months(self) -> impl Iterator<Item = (u8, bool, u8)> {
        let leap_month = (self.bits >> 13) & 0xf;
        let numbers = (1..=12_u8).flat_map(move |month| {
            let repeated = (u32::from(month) == leap_month).then_some((month, true));
            std::iter::once((month, false)).chain(repeated)
        });
        let lengths = (0..13).map(move |position| if (self.bits >> position) & 1 == 1 { 30 } else { 29 });
        numbers.zip(lengths).map(|((month, leap), length)| (month, leap, length))
    }
}

fn days_after(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Duration::days(days))
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::{LunarDate, LunarError, LunarYear, hung_kings_day, lunar_to_solar, solar_to_lunar, tet};
    use crate::calendar::{iso, parse_iso};

    #[test]
    fn official_dates() {
        for (year, new_year, hung_kings) in [
            (2023, "2023-01-22", "2023-04-29"),
            (2024, "2024-02-10", "2024-04-18"),
            (2025, "2025-01-29", "2025-04-07"),
            (2026, "2026-02-17", "2026-04-26"),
            (2027, "2027-02-06", "2027-04-16"),
            (2028, "2028-01-26", "2028-04-04"),
            (2029, "2029-02-13", "2029-04-23"),
            (2030, "2030-02-02", "2030-04-12"),
        ] {
            assert_eq!(tet(year).map(iso).as_deref(), Some(new_year));
            assert_eq!(hung_kings_day(year).map(iso).as_deref(), Some(hung_kings));
        }
    }

    #[test]
    fn years_in_which_vietnam_and_china_differ() {
        // China: 30/01/1968, 17/02/1969, 20/02/1985, 18/02/2007, 03/02/2030.
        for new_year in ["1968-01-29", "1969-02-16", "1985-01-21", "2007-02-17", "2030-02-02"] {
            let year = parse_iso(new_year).expect("a date").year();
            assert_eq!(tet(year).map(iso).as_deref(), Some(new_year));
        }
    }

    #[test]
    fn leap_months() {
        for (year, leap_month) in
            [(1985, 2), (2004, 2), (2012, 4), (2014, 9), (2017, 6), (2020, 4), (2023, 2), (2025, 6)]
        {
            let year = LunarYear::of(year).expect("in the table");
            assert_eq!(year.months().find(|(_, leap, _)| *leap).map(|(month, ..)| month), Some(leap_month));
        }
        for year in [2024, 2026, 2027] {
            assert!(LunarYear::of(year).expect("in the table").months().all(|(_, leap, _)| !leap));
        }
        // 2033, famous for fooling simple programs: the leap month comes after month 11.
        assert!(lunar_to_solar(LunarDate { year: 2033, month: 11, leap: true, day: 1 }).is_ok());
    }

    #[test]
    fn every_day_goes_both_ways() {
        let mut day = parse_iso("1900-01-31").expect("a date");
        let last = parse_iso("2101-01-28").expect("a date");
        let mut before = None;
        while day <= last {
            let lunar = solar_to_lunar(day).expect("in the table");
            assert_eq!(lunar_to_solar(lunar), Ok(day), "{lunar:?}");
            assert!(before.is_none_or(|before| before < lunar), "{lunar:?}");
            assert!(lunar.day == 1 || before == Some(LunarDate { day: lunar.day - 1, ..lunar }), "{lunar:?}");
            before = Some(lunar);
            day = day.next_day().expect("a date");
        }
        assert_eq!(solar_to_lunar(last).map(|lunar| (lunar.year, lunar.month)), Ok((2100, 12)));
        assert_eq!(solar_to_lunar(last.next_day().expect("a date")), Err(LunarError::OutOfRange));
        assert_eq!(solar_to_lunar(parse_iso("1900-01-30").expect("a date")), Err(LunarError::OutOfRange));
    }

    #[test]
    fn what_does_not_exist_is_an_error() {
        let date = |year, month, leap, day| lunar_to_solar(LunarDate { year, month, leap, day });
        assert_eq!(date(2024, 13, false, 1), Err(LunarError::NoSuchMonth));
        assert_eq!(date(2024, 0, true, 1), Err(LunarError::NoSuchMonth));
        assert_eq!(date(2024, 1, true, 1), Err(LunarError::NoLeapMonth { year: 2024, month: 1 }));
        for day in [0, 30, u8::MAX] {
            let error = LunarError::NoSuchDay { year: 2024, month: 1, leap: false, length: 29 };
            assert_eq!(date(2024, 1, false, day), Err(error));
        }
        let error = date(2023, 2, true, 30).expect_err("no such day");
        assert_eq!(error.to_string(), "leap month 2 of lunar year 2023 has 29 days");
        for year in [1899, 2101, i32::MIN, i32::MAX] {
            assert_eq!(date(year, 1, false, 1), Err(LunarError::OutOfRange));
        }
        assert_eq!(tet(2101), None);
        assert_eq!(hung_kings_day(1899), None);
        assert_eq!(solar_to_lunar(time::Date::MIN), Err(LunarError::OutOfRange));
        assert_eq!(solar_to_lunar(time::Date::MAX), Err(LunarError::OutOfRange));
    }
}
