//! Numbers and dates as people write them, in Vietnamese (3.905; 5,43) and in English (3,905; 5.43).
//!
//! All of it is exact: nothing passes through a float, and no value makes a function panic. Reading numbers is not done
//! here: 1.234 is ambiguous, so a reader declares its locale.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use time::Date;

/// The most decimal places that are written; what [`Decimal`] itself can hold.
const MOST_PLACES: u32 = 28;

/// What stands where there is no number: the sign that Vietnamese tables use.
const NO_NUMBER: &str = "–";

/// The language of a text for people (ngôn ngữ).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Vietnamese (tiếng Việt), `"vi"`.
    #[default]
    Vi,
    /// English, `"en"`.
    En,
}

impl Lang {
    /// The language's code: `"vi"` or `"en"`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The sign between groups of three digits (dấu phân cách hàng nghìn).
    const fn group(self) -> char {
        match self {
            Self::Vi => '.',
            Self::En => ',',
        }
    }

    /// The decimal sign (dấu thập phân).
    const fn point(self) -> char {
        match self {
            Self::Vi => ',',
            Self::En => '.',
        }
    }
}

/// "1 post", "2 posts": an English noun with its number.
pub(crate) fn counted(count: i128, one: &str, many: &str) -> String {
    format!("{} {}", integer(count, Lang::En), if count == 1 { one } else { many })
}

/// A whole number with its thousands grouped (số nguyên).
///
/// ```
/// use caicach::text::{Lang, number};
/// assert_eq!(number::integer(3905, Lang::Vi), "3.905");
/// assert_eq!(number::integer(-33_232, Lang::En), "-33,232");
/// ```
#[must_use]
pub fn integer(n: i128, lang: Lang) -> String {
    assemble(n < 0, &n.unsigned_abs().to_string(), "", lang)
}

/// A decimal with its thousands grouped and all its given digits, trailing zeros too (số thập phân).
///
/// ```
/// use caicach::text::{Lang, number};
/// use rust_decimal::Decimal;
/// assert_eq!(number::decimal(&Decimal::new(543, 2), Lang::Vi), "5,43");
/// assert_eq!(number::decimal(&Decimal::new(1_234_500, 2), Lang::En), "12,345.00");
/// ```
#[must_use]
pub fn decimal(d: &Decimal, lang: Lang) -> String {
    let text = d.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((text.as_str(), ""));
    assemble(d.is_sign_negative(), whole, fraction, lang)
}

/// The ratio `num / den` as a percentage with exactly `places` decimals and no percent sign (tỷ lệ phần trăm).
///
/// Rounded half up in magnitude (away from zero on a tie), exactly, whatever the integers. Without a denominator
/// (`den <= 0`) there is no ratio: "–". More than 28 places are not written.
///
/// ```
/// use caicach::text::{Lang, number::percent_ratio};
/// assert_eq!(percent_ratio(212, 3905, 2, Lang::Vi), "5,43");
/// assert_eq!(percent_ratio(2765, 27_651, 2, Lang::En), "10.00");
/// assert_eq!(percent_ratio(1, 0, 2, Lang::Vi), "–");
/// ```
#[must_use]
pub fn percent_ratio(num: i128, den: i128, places: u32, lang: Lang) -> String {
    let den = match u128::try_from(den) {
        Ok(den) if den > 0 => den,
        _ => return NO_NUMBER.to_owned(),
    };
    let places = usize::try_from(places.min(MOST_PLACES)).unwrap_or(0);
    let num = num_parts(num, den, places + 2);
    // Two more digits belong to the whole part: the ratio times one hundred.
    let split = num.digits.len().saturating_sub(places);
    let (whole, fraction) = num.digits.split_at_checked(split).unwrap_or((&num.digits, &[]));
    let (whole, fraction) = (text_of(whole), text_of(fraction));
    let whole = whole.trim_start_matches('0');
    assemble(num.negative, if whole.is_empty() { "0" } else { whole }, &fraction, lang)
}

/// A date as people write it (ngày): `31/12/2024` or `31 December 2024`.
///
/// ```
/// use caicach::text::{Lang, number};
/// let day = caicach::calendar::parse_iso("2024-12-31").unwrap();
/// assert_eq!(number::date(day, Lang::Vi), "31/12/2024");
/// assert_eq!(number::date(day, Lang::En), "31 December 2024");
/// ```
#[must_use]
pub fn date(date: Date, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{:02}/{:02}/{:04}", date.day(), u8::from(date.month()), date.year()),
        Lang::En => format!("{} {} {:04}", date.day(), date.month(), date.year()),
    }
}

/// The digits of a quotient, decimal point not yet placed.
struct Quotient {
    negative: bool,
    digits: Vec<u8>,
}

/// Long division of `num / den` to `places` decimals, rounded half up in magnitude.
fn num_parts(num: i128, den: u128, places: usize) -> Quotient {
    let magnitude = num.unsigned_abs();
    let mut digits: Vec<u8> = (magnitude / den).to_string().bytes().map(|b| b - b'0').collect();
    let mut rest = magnitude % den;
    for _ in 0..places {
        let (digit, left) = next_digit(rest, den);
        digits.push(digit);
        rest = left;
    }
    // rest < den < 2^127, so twice the rest fits.
    if rest * 2 >= den {
        round_up(&mut digits);
    }
    Quotient { negative: num < 0, digits }
}

/// `rest * 10` divided by `den`. Added up ten times, since the product may not fit: both are under 2^127, so each sum
/// does.
fn next_digit(rest: u128, den: u128) -> (u8, u128) {
    let (mut digit, mut sum) = (0, 0);
    for _ in 0..10 {
        sum += rest;
        if sum >= den {
            sum -= den;
            digit += 1;
        }
    }
    (digit, sum)
}

fn round_up(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}

fn text_of(digits: &[u8]) -> String {
    digits.iter().map(|d| char::from(b'0' + d)).collect()
}

/// Sign, grouped whole part, decimal sign and fraction. Zero has no sign.
fn assemble(negative: bool, whole: &str, fraction: &str, lang: Lang) -> String {
    let zero = whole.bytes().chain(fraction.bytes()).all(|b| b == b'0');
    let mut out = String::with_capacity(whole.len() * 4 / 3 + fraction.len() + 2);
    if negative && !zero {
        out.push('-');
    }
    let count = whole.len();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (count - i).is_multiple_of(3) {
            out.push(lang.group());
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(lang.point());
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::{Lang, date, decimal, integer, percent_ratio};
    use rust_decimal::Decimal;
    use time::{Date, Month};

    #[test]
    fn integers_are_grouped() {
        for (n, vi, en) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1000, "1.000", "1,000"),
            (-1000, "-1.000", "-1,000"),
            (33_232, "33.232", "33,232"),
            (1_234_567, "1.234.567", "1,234,567"),
        ] {
            assert_eq!(integer(n, Lang::Vi), vi);
            assert_eq!(integer(n, Lang::En), en);
        }
        let least = "-170.141.183.460.469.231.731.687.303.715.884.105.728";
        assert_eq!(integer(i128::MIN, Lang::Vi), least);
    }

    #[test]
    fn decimals_keep_their_digits() {
        let d = |text: &str| Decimal::from_str_exact(text).expect("a decimal");
        assert_eq!(decimal(&d("5.43"), Lang::Vi), "5,43");
        assert_eq!(decimal(&d("5.43"), Lang::En), "5.43");
        assert_eq!(decimal(&d("5.430"), Lang::Vi), "5,430");
        assert_eq!(decimal(&d("-12345.6"), Lang::Vi), "-12.345,6");
        assert_eq!(decimal(&d("100"), Lang::En), "100");
        assert_eq!(decimal(&d("-0.00"), Lang::Vi), "0,00");
        assert_eq!(decimal(&Decimal::MIN, Lang::En), "-79,228,162,514,264,337,593,543,950,335");
        assert_eq!(decimal(&Decimal::new(1, 28), Lang::Vi), format!("0,{}1", "0".repeat(27)));
    }

    #[test]
    fn percentages_are_rounded_half_up() {
        for (num, den, places, text) in [
            (212, 3905, 2, "5,43"),
            (7807, 30724, 2, "25,41"),
            (0, 7, 2, "0,00"),
            (1, 1, 2, "100,00"),
            (1, 1, 0, "100"),
            (1, 200, 0, "1"),
            (-1, 200, 0, "-1"),
            (1, 20_000, 2, "0,01"),
            (1, 20_001, 2, "0,00"),
            (-1, 20_001, 2, "0,00"),
            (-1, 3, 2, "-33,33"),
            (99_995, 100_000, 2, "100,00"),
            (99_995, 100_000, 3, "99,995"),
            (12, 1, 2, "1.200,00"),
            (1, 3, 5, "33,33333"),
        ] {
            assert_eq!(percent_ratio(num, den, places, Lang::Vi), text, "{num}/{den}");
        }
        assert_eq!(percent_ratio(12, 1, 2, Lang::En), "1,200.00");
    }

    #[test]
    fn percentages_agree_with_plain_arithmetic() {
        for den in 1..60_i128 {
            for num in -130..130_i128 {
                let hundredths = (num.abs() * 20_000 + den) / (2 * den);
                let sign = if num < 0 && hundredths > 0 { "-" } else { "" };
                let whole = integer(hundredths / 100, Lang::En);
                let expected = format!("{sign}{whole}.{:02}", hundredths % 100);
                assert_eq!(percent_ratio(num, den, 2, Lang::En), expected, "{num}/{den}");
            }
        }
    }

    #[test]
    fn extremes_have_an_answer() {
        assert_eq!(percent_ratio(5, 0, 2, Lang::Vi), "–");
        assert_eq!(percent_ratio(5, -1, 2, Lang::En), "–");
        assert_eq!(percent_ratio(5, i128::MIN, 2, Lang::En), "–");
        assert_eq!(percent_ratio(i128::MAX, i128::MAX, 2, Lang::Vi), "100,00");
        assert_eq!(percent_ratio(i128::MIN, i128::MAX, 2, Lang::Vi), "-100,00");
        assert_eq!(percent_ratio(i128::MAX - 1, i128::MAX, 28, Lang::En), "100.".to_owned() + &"0".repeat(28));
        let all = percent_ratio(i128::MAX, 1, 2, Lang::En);
        assert_eq!(all, "17,014,118,346,046,923,173,168,730,371,588,410,572,700.00");
        assert_eq!(percent_ratio(1, 3, u32::MAX, Lang::En).len(), 2 + 1 + 28);
    }

    #[test]
    fn dates_are_written_for_people() {
        let day = Date::from_calendar_date(2024, Month::March, 5).expect("a date");
        assert_eq!(date(day, Lang::Vi), "05/03/2024");
        assert_eq!(date(day, Lang::En), "5 March 2024");
    }

    #[test]
    fn languages_have_codes() {
        assert_eq!(serde_json::to_string(&Lang::Vi).expect("json"), "\"vi\"");
        assert_eq!(serde_json::from_str::<Lang>("\"en\"").expect("a language"), Lang::En);
        assert_eq!((Lang::Vi.code(), Lang::En.code()), ("vi", "en"));
    }
}
