//! Dates in and out: ISO 8601 for machines, dd/mm/yyyy as Vietnamese exports have it, and day numbers.

use time::{Month, Time};

pub use time::Date;

/// The years that a date in data may have. Anything else is a typing error (`0204`, `20024`), not history.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// The Julian day number of 1970-01-01.
const EPOCH_JULIAN_DAY: i32 = 2_440_588;

/// How much of a faulty text a message repeats.
const SHOWN: usize = 40;

/// Why a text is not a date (lỗi ngày tháng).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// The text does not have the expected shape.
    #[error("{text}: write dates as {expected}")]
    Shape {
        /// The text as given, cut short.
        text: String,
        /// The shape that was expected, such as `YYYY-MM-DD`.
        expected: &'static str,
    },
    /// The year is outside [`YEARS`].
    #[error("{text}: years run from 1900 to 2200")]
    Year {
        /// The text as given.
        text: String,
    },
    /// The month is not 1 to 12.
    #[error("{text}: months run from 01 to 12")]
    Month {
        /// The text as given.
        text: String,
    },
    /// The month has no such day.
    #[error("{text}: {month} {year} has {} days", month.length(*year))]
    Day {
        /// The text as given.
        text: String,
        /// The year.
        year: i32,
        /// The month.
        month: Month,
    },
    /// The time of day is not one.
    #[error("{text}: times run from 00:00 to 23:59")]
    Time {
        /// The text as given.
        text: String,
    },
}

/// Reads a date written `YYYY-MM-DD` (ngày theo ISO 8601), nothing else, years 1900 to 2200.
///
/// # Errors
/// [`DateError`] says what is wrong.
///
/// ```
/// use caicach::calendar::{iso, parse_iso};
/// assert_eq!(iso(parse_iso("2024-02-29").unwrap()), "2024-02-29");
/// assert_eq!(parse_iso("2024-02-31").unwrap_err().to_string(), "2024-02-31: February 2024 has 29 days");
/// assert_eq!(parse_iso("31/02/2024").unwrap_err().to_string(), "31/02/2024: write dates as YYYY-MM-DD");
/// ```
pub fn parse_iso(text: &str) -> Result<Date, DateError> {
    let mut fields = text.split('-');
    let shape = || DateError::Shape { text: shown(text), expected: "YYYY-MM-DD" };
    match (fields.next(), fields.next(), fields.next(), fields.next()) {
        (Some(year), Some(month), Some(day), None) if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            let year = digits(year).ok_or_else(shape)?;
            let month = digits(month).ok_or_else(shape)?;
            let day = digits(day).ok_or_else(shape)?;
            date_of(text, year, month, day)
        }
        _ => Err(shape()),
    }
}

/// Writes a date as `YYYY-MM-DD`.
#[must_use]
pub fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

/// Reads a date as Vietnamese documents and exports write it (ngày/tháng/năm): `13/01/2023`, `13-01-2023`,
/// `13.1.2023`, with or without a time of day, which is checked and dropped.
///
/// # Errors
/// [`DateError`] says what is wrong.
///
/// ```
/// use caicach::calendar::{iso, parse_vietnamese};
/// assert_eq!(iso(parse_vietnamese("5/3/2024 16:45").unwrap()), "2024-03-05");
/// assert!(parse_vietnamese("05/03/24").is_err());
/// ```
pub fn parse_vietnamese(text: &str) -> Result<Date, DateError> {
    parse_vietnamese_moment(text).map(|(date, _)| date)
}

/// As [`parse_vietnamese`], with the time of day if there is one: `05/03/2024 16:45` or `05/03/2024 16:45:10`.
///
/// # Errors
/// [`DateError`] says what is wrong.
pub fn parse_vietnamese_moment(text: &str) -> Result<(Date, Option<Time>), DateError> {
    let mut words = text.split_whitespace();
    let shape = || DateError::Shape { text: shown(text), expected: "DD/MM/YYYY" };
    let (Some(date), time, None) = (words.next(), words.next(), words.next()) else {
        return Err(shape());
    };
    let separator = date.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '-' | '.'));
    let mut fields = date.split(separator.ok_or_else(shape)?);
    let date = match (fields.next(), fields.next(), fields.next(), fields.next()) {
        (Some(day), Some(month), Some(year), None)
            if (1..=2).contains(&day.len()) && (1..=2).contains(&month.len()) && year.len() == 4 =>
        {
            let year = digits(year).ok_or_else(shape)?;
            let month = digits(month).ok_or_else(shape)?;
            date_of(text, year, month, digits(day).ok_or_else(shape)?)?
        }
        _ => return Err(shape()),
    };
    match time {
        None => Ok((date, None)),
        Some(time) => match time_of(time) {
            Some(time) => Ok((date, Some(time))),
            None => Err(DateError::Time { text: shown(text) }),
        },
    }
}

/// Days since 1970-01-01 (date32 of Arrow, the C interface's dates).
#[must_use]
pub fn epoch_days(date: Date) -> i32 {
    // A `Date` lies within years -9999..=9999, so this cannot overflow.
    date.to_julian_day().saturating_sub(EPOCH_JULIAN_DAY)
}

/// The date that many days after 1970-01-01, unless it is beyond what a [`Date`] can be.
#[must_use]
pub fn from_epoch_days(days: i32) -> Option<Date> {
    Date::from_julian_day(days.checked_add(EPOCH_JULIAN_DAY)?).ok()
}

fn date_of(text: &str, year: u16, month: u16, day: u16) -> Result<Date, DateError> {
    let year = i32::from(year);
    if !YEARS.contains(&year) {
        return Err(DateError::Year { text: shown(text) });
    }
    let month = u8::try_from(month).ok().and_then(|m| Month::try_from(m).ok());
    let month = month.ok_or_else(|| DateError::Month { text: shown(text) })?;
    let date = u8::try_from(day).ok().and_then(|d| Date::from_calendar_date(year, month, d).ok());
    date.ok_or_else(|| DateError::Day { text: shown(text), year, month })
}

/// `HH:MM` or `HH:MM:SS`, the hour with one digit or two.
fn time_of(text: &str) -> Option<Time> {
    let mut fields = text.split(':');
    let hour = fields.next().filter(|f| f.len() <= 2)?;
    let minute = fields.next().filter(|f| f.len() == 2)?;
    let second = fields.next().unwrap_or("00");
    if second.len() != 2 || fields.next().is_some() {
        return None;
    }
    let number = |field| digits(field).and_then(|n| u8::try_from(n).ok());
    Time::from_hms(number(hour)?, number(minute)?, number(second)?).ok()
}

/// One to four ASCII digits as a number; no sign, no blank, no other script's digits.
fn digits(field: &str) -> Option<u16> {
    let plain = (1..=4).contains(&field.len()) && field.bytes().all(|b| b.is_ascii_digit());
    if plain { field.parse().ok() } else { None }
}

fn shown(text: &str) -> String {
    if text.chars().nth(SHOWN).is_none() {
        return text.to_owned();
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::{Date, Month, epoch_days, from_epoch_days, iso, parse_iso, parse_vietnamese, parse_vietnamese_moment};

    fn day(year: i32, month: Month, day: u8) -> Date {
        Date::from_calendar_date(year, month, day).expect("a date")
    }

    #[test]
    fn iso_is_read_and_written() {
        for text in ["1900-01-01", "2023-01-13", "2024-02-29", "2200-12-31"] {
            assert_eq!(iso(parse_iso(text).expect("a date")), text);
        }
        assert_eq!(parse_iso("2023-01-13"), Ok(day(2023, Month::January, 13)));
    }

    #[test]
    fn iso_says_why_not() {
        for (text, why) in [
            ("2024-02-31", "2024-02-31: February 2024 has 29 days"),
            ("2023-02-29", "2023-02-29: February 2023 has 28 days"),
            ("2024-04-00", "2024-04-00: April 2024 has 30 days"),
            ("31/02/2024", "31/02/2024: write dates as YYYY-MM-DD"),
            ("2024-13-01", "2024-13-01: months run from 01 to 12"),
            ("2024-00-01", "2024-00-01: months run from 01 to 12"),
            ("1899-12-31", "1899-12-31: years run from 1900 to 2200"),
            ("2201-01-01", "2201-01-01: years run from 1900 to 2200"),
            ("", ": write dates as YYYY-MM-DD"),
        ] {
            assert_eq!(parse_iso(text).expect_err(text).to_string(), why);
        }
        for text in [
            "2024-2-01",
            "24-02-01",
            " 2024-02-01",
            "2024-02-01T00:00",
            "+024-02-01",
            "2024-02-01-",
            "2024-+2-01",
            "２０24-01",
        ] {
            assert!(parse_iso(text).is_err(), "{text}");
        }
        let long = parse_iso(&"9".repeat(1000)).expect_err("no date").to_string();
        assert!(long.len() < 100, "{long}");
    }

    #[test]
    fn vietnamese_dates_are_read() {
        for text in ["13/01/2023", "13-01-2023", "13.01.2023", "13/1/2023", " 13/01/2023 ", "13/01/2023 07:30"] {
            assert_eq!(parse_vietnamese(text), Ok(day(2023, Month::January, 13)), "{text}");
        }
        let (_, time) = parse_vietnamese_moment("13/01/2023 16:45:10").expect("a moment");
        assert_eq!(time.map(|t| t.as_hms()), Some((16, 45, 10)));
        assert_eq!(parse_vietnamese_moment("13/01/2023").expect("a date").1, None);
    }

    #[test]
    fn vietnamese_dates_say_why_not() {
        for (text, why) in [
            ("31/02/2024", "31/02/2024: February 2024 has 29 days"),
            ("01/13/2024", "01/13/2024: months run from 01 to 12"),
            ("2024-01-13", "2024-01-13: write dates as DD/MM/YYYY"),
            ("13/01/23", "13/01/23: write dates as DD/MM/YYYY"),
            ("13/01-2023", "13/01-2023: write dates as DD/MM/YYYY"),
            ("13/01/2023 24:00", "13/01/2023 24:00: times run from 00:00 to 23:59"),
            ("13/01/2023 7", "13/01/2023 7: times run from 00:00 to 23:59"),
        ] {
            assert_eq!(parse_vietnamese(text).expect_err(text).to_string(), why);
        }
        for text in [
            "",
            "/",
            "13012023",
            "013/01/2023",
            "13/001/2023",
            "13/01/2023 07:30 SA",
            "13/01/2023 07:30:5",
            "13/01/2023 07:30:00:00",
            "13/01/2023/1",
            "a/b/cdef",
        ] {
            assert!(parse_vietnamese(text).is_err(), "{text}");
        }
    }

    #[test]
    fn day_numbers_go_both_ways() {
        assert_eq!(epoch_days(day(1970, Month::January, 1)), 0);
        assert_eq!(epoch_days(day(2024, Month::December, 31)), 20_088);
        assert_eq!(epoch_days(day(1969, Month::December, 31)), -1);
        for days in (-30_000..90_000).step_by(37) {
            assert_eq!(from_epoch_days(days).map(epoch_days), Some(days));
        }
        assert_eq!(from_epoch_days(i32::MAX), None);
        assert_eq!(from_epoch_days(i32::MIN), None);
        assert!(epoch_days(Date::MIN) < epoch_days(Date::MAX));
    }
}
