//! Dates, numbers, and yes or no as governments' exports write them.

use crate::calendar::date::{parse_iso, parse_vietnamese_moment};
use crate::calendar::epoch_days;
use crate::tally::{days, moment};

/// Reads dates; knows the first day of every month.
#[derive(Debug)]
pub(crate) struct Dates {
    /// For each month of the years 1900 to 2200 its first day, and that of the month after the last.
    months: Vec<i32>,
}

const FIRST_YEAR: u32 = 1900;
const SECOND: i64 = 1_000_000_000;

/// A day number and nanoseconds since midnight, 0 where no time is given.
pub(crate) type Moment = (i32, i64);

impl Dates {
    pub(crate) fn new() -> Self {
        let mut months: Vec<i32> = (1900 * 12..2201 * 12).map(|month| days::days_of(month).0).collect();
        months.push(days::LAST + 1);
        Self { months }
    }

    /// Reads `dd/mm/yyyy` or `yyyy-mm-dd`, with `/`, `-` or `.`, with or without a time of day. Where it is neither, gives
    /// whether there is no text at all.
    pub(crate) fn read(&self, text: &[u8]) -> Result<Moment, bool> {
        if let Some((date, rest)) = text.split_first_chunk::<10>()
            && let Some(day) = self.date(date)
        {
            if rest.is_empty() {
                return Ok((day, 0));
            }
            if let Some(time) = time(rest) {
                return Ok((day, time));
            }
            if let Some(moment) = zoned(day, rest) {
                return Ok(moment);
            }
        }
        if text.is_empty() { Err(true) } else { slow(text).ok_or(false) }
    }

    #[inline(always)]
    fn date(&self, text: &[u8; 10]) -> Option<i32> {
        let [_, _, c, _, e, ..] = *text;
        let (head, tail) = (text.first_chunk::<8>()?, text.last_chunk::<4>()?);
        let (head, tail) = (u64::from_le_bytes(*head), u32::from_le_bytes(*tail));
        let (year, month, day) = if matches!(c, b'/' | b'-' | b'.') {
            // dd/mm/yy and yyyy.
            let separators = u64::from(c) << 16 | u64::from(c) << 40;
            let pairs = pairs(head ^ (0x3030_0030_3000_3030 | separators), 0x7676_7f76_767f_7676)?;
            (four(tail)?, pairs >> 24 & 0xff, pairs & 0xff)
        } else if matches!(e, b'-' | b'/') {
            // yyyy-mm- and m-dd.
            let separators = u64::from(e) << 32 | u64::from(e) << 56;
            let pairs = pairs(head ^ (0x0030_3000_3030_3030 | separators), 0x7f76_767f_7676_7676)?;
            // The first two bytes of the tail have been looked at.
            let day = four(tail & 0xffff_0000 | 0x3030)?;
            ((pairs & 0xff) as u32 * 100 + (pairs >> 16 & 0xff) as u32, pairs >> 40 & 0xff, u64::from(day))
        } else {
            return None;
        };
        let (month, day) = (month as u32, day as i32);
        let at = year.wrapping_sub(FIRST_YEAR).wrapping_mul(12).wrapping_add(month).wrapping_sub(1) as usize;
        let (first, next) = (self.months.get(at)?, self.months.get(at + 1)?);
        let found = first.wrapping_add(day).wrapping_sub(1);
        ((month.wrapping_sub(1) < 12) & (day > 0) & (found < *next)).then_some(found)
    }
}

/// Two-digit numbers of a text whose digits have been made 0 to 9 and whose separators 0: in each byte the number that
/// begins there. `None` where a digit is none, which shows in its highest bit, by itself or with 0x76 added, or a
/// separator, to which 0x7f is added, is not 0.
#[inline(always)]
fn pairs(digits: u64, add: u64) -> Option<u64> {
    let wrong = (digits | digits.wrapping_add(add)) & 0x8080_8080_8080_8080;
    (wrong == 0).then_some(digits.wrapping_mul(10).wrapping_add(digits >> 8))
}

/// A number of four digits.
#[inline(always)]
fn four(text: u32) -> Option<u32> {
    let digits = text ^ 0x3030_3030;
    let wrong = (digits | digits.wrapping_add(0x7676_7676)) & 0x8080_8080;
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    (wrong == 0).then_some((pairs & 0xff) * 100 + (pairs >> 16 & 0xff))
}

/// ` hh:mm`, as most times are written.
#[inline]
fn minute(text: &[u8]) -> Option<i64> {
    let [b' ' | b'T', h, hour, b':', m, minute] = *text else { return None };
    let digit = |byte: u8| byte.wrapping_sub(b'0');
    let (hour, minute) = ([digit(h), digit(hour)], [digit(m), digit(minute)]);
    if hour.iter().chain(&minute).any(|digit| *digit > 9) {
        return None;
    }
    let [hour, minute] = [hour, minute].map(|[tens, ones]| i64::from(tens * 10 + ones));
    (hour < 24 && minute < 60).then_some((hour * 3600 + minute * 60) * SECOND)
}

/// ` hh:mm`, `Thh:mm:ss`, ` hh:mm:ss.ffff`; the hour with one digit or two.
#[inline]
pub(crate) fn time(text: &[u8]) -> Option<i64> {
    minute(text).or_else(|| rare_time(text))
}

fn rare_time(text: &[u8]) -> Option<i64> {
    let text = match text {
        [b' ' | b'T', rest @ ..] => rest,
        _ => return None,
    };
    let text = text.trim_ascii();
    let mut parts = text.split(|b| *b == b':');
    let hour = number_of(parts.next()?, 1..=2)?;
    let minute = number_of(parts.next()?, 2..=2)?;
    let mut seconds = parts.next().unwrap_or(b"00").split(|b| *b == b'.');
    let second = number_of(seconds.next()?, 2..=2)?;
    let fraction = seconds.next();
    if fraction.is_some_and(|f| f.is_empty() || f.len() > 9 || !f.iter().all(u8::is_ascii_digit)) {
        return None;
    }
    if parts.next().is_some() || seconds.next().is_some() || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some((hour * 3600 + minute * 60 + second) * SECOND)
}

/// A time with its distance from UTC, ` 17:00:00+07:00` or `T10:00:00Z`, on a day: an instant, which falls on the day it is
/// in Vietnam, as instants of Arrow do.
#[cold]
fn zoned(day: i32, text: &[u8]) -> Option<Moment> {
    let (local, sign, hours, minutes) = match text {
        [local @ .., b'Z'] => (local, b'+', 0, 0),
        [local @ .., sign, a, b, b':', c, d] | [local @ .., sign @ (b'+' | b'-'), a, b, c, d] => {
            (local, *sign, number_of(&[*a, *b], 2..=2)?, number_of(&[*c, *d], 2..=2)?)
        }
        [local @ .., sign, a, b] => (local, *sign, number_of(&[*a, *b], 2..=2)?, 0),
        _ => return None,
    };
    let offset = (hours * 3600 + minutes * 60) * SECOND;
    let east = match sign {
        b'+' if hours < 15 && minutes < 60 => offset,
        b'-' if hours < 15 && minutes < 60 => -offset,
        _ => return None,
    };
    let moved = time(local.trim_ascii_end())? - east + moment::AHEAD * SECOND;
    let (days, time) = (moved.div_euclid(moment::DAY * SECOND), moved.rem_euclid(moment::DAY * SECOND));
    let day = i32::try_from(i64::from(day) + days).ok()?;
    (days::FIRST..=days::LAST).contains(&day).then_some((day, time))
}

fn number_of(digits: &[u8], lengths: std::ops::RangeInclusive<usize>) -> Option<i64> {
    if !lengths.contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
}

/// What is written in less usual ways: `5/3/2024`, `13.1.2023 7:05`.
#[cold]
fn slow(text: &[u8]) -> Option<Moment> {
    let text = std::str::from_utf8(text).ok()?.trim();
    if let Ok(date) = parse_iso(text) {
        return Some((epoch_days(date), 0));
    }
    let (date, time) = parse_vietnamese_moment(text).ok()?;
    let seconds = time.map_or(0, |t| {
        let (hour, minute, second) = t.as_hms();
        i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second)
    });
    Some((epoch_days(date), seconds * SECOND))
}

/// A whole number from 0 to the most that a row may bear; `3`, `3.0` and `3,0` are three.
pub(crate) fn count(text: &[u8]) -> Option<i32> {
    let text = text.trim_ascii();
    let whole = text.strip_suffix(b".0").or_else(|| text.strip_suffix(b",0")).unwrap_or(text);
    let number = number_of(whole, 1..=6)?;
    i32::try_from(number).ok().filter(|n| n.unsigned_abs() <= crate::tally::bind::MOST)
}

/// Yes or no, in Vietnamese with or without diacritics, in English, as a mark or as a number.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    let key = crate::text::bare(text);
    match key.as_str() {
        "co" | "x" | "1" | "dung" | "true" | "yes" | "y" | "c" | "roi" | "da" | "✓" | "✔" | "v" | "hai long"
        | "rat hai long" | "da huy" | "da rut" | "huy" | "rut" | "t" => Some(true),
        // Whoever is neither satisfied nor not was asked and is not among the satisfied: so SIPAS counts.
        "khong" | "0" | "sai" | "false" | "no" | "n" | "k" | "chua" | "khong hai long" | "chua hai long" | "f"
        | "ko" | "rat khong hai long" | "binh thuong" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::{Dates, count, yes_or_no};

    #[test]
    fn dates_are_read_in_all_their_forms() {
        let dates = Dates::new();
        let hour = |h: i64, m: i64, s: i64| (h * 3600 + m * 60 + s) * 1_000_000_000;
        for (text, expected) in [
            ("31/12/2024", (20_088, 0)),
            ("31-12-2024", (20_088, 0)),
            ("31.12.2024", (20_088, 0)),
            ("2024-12-31", (20_088, 0)),
            ("2024/12/31", (20_088, 0)),
            ("2024-12-31T16:45:10", (20_088, hour(16, 45, 10))),
            ("2024-12-31 16:45:10.123", (20_088, hour(16, 45, 10))),
            ("31/12/2024 7:05", (20_088, hour(7, 5, 0))),
            ("31/12/2024  07:05", (20_088, hour(7, 5, 0))),
            ("2024-12-31T16:45:10Z", (20_088, hour(23, 45, 10))),
            ("2024-12-31T17:00:00Z", (20_089, 0)),
            ("2024-12-31 16:45:10+07:00", (20_088, hour(16, 45, 10))),
            ("2024-12-31 16:45:10.123456+0700", (20_088, hour(16, 45, 10))),
            ("2024-12-31 16:45+07", (20_088, hour(16, 45, 0))),
            ("01/01/2025 01:30:00+09:30", (20_088, hour(23, 0, 0))),
            ("2024-12-31 16:45:10-01:00", (20_089, hour(0, 45, 10))),
            ("1/3/2024", (19_783, 0)),
            ("1/3/2024 16:00", (19_783, hour(16, 0, 0))),
            ("29/02/2024", (19_782, 0)),
            ("01/01/1900", (-25_567, 0)),
            ("31/12/2200", (84_370, 0)),
        ] {
            assert_eq!(dates.read(text.as_bytes()), Ok(expected), "{text}");
        }
        for text in [
            "",
            "31/12/24",
            "29/02/2023",
            "31/04/2024",
            "00/01/2024",
            "13/13/2024",
            "2024-13-01",
            "31/12/2024 24:00",
            "31/12/2024x",
            "31/12/1899",
            "01/01/2201",
            "31-12/2024",
            "3a/12/2024",
            "2024-12-31 16",
            "20241231",
            "31/12/2024 16:5",
            "31/12/2024 16:05+",
            "31/12/2024 16:05+7",
            "31/12/2024 16:05+15:00",
            "31/12/2024 16:05+07:60",
            "31/12/2024 16:05 07:00",
            "31/12/2024Z",
            "31/12/2200 17:00Z",
            "45292",
        ] {
            assert_eq!(dates.read(text.as_bytes()), Err(text.is_empty()), "{text}");
        }
    }

    #[test]
    fn numbers_and_answers() {
        for (text, expected) in [("0", 0), (" 12 ", 12), ("3.0", 3), ("100000", 100_000)] {
            assert_eq!(count(text.as_bytes()), Some(expected));
        }
        for text in ["-1", "", "1.5", "100001", "1e3", "ba"] {
            assert_eq!(count(text.as_bytes()), None, "{text}");
        }
        for yes in ["Có", "CÓ", "x", "X", "1", "Đúng", "true", "TRUE", "co", "Hài lòng", "Hủy", "Rút"] {
            assert_eq!(yes_or_no(yes), Some(true), "{yes}");
        }
        for no in ["Không", "0", "Sai", "false", "khong", "Rất không hài lòng", "Bình thường"] {
            assert_eq!(yes_or_no(no), Some(false), "{no}");
        }
        assert_eq!(yes_or_no("có lẽ"), None);
    }
}
