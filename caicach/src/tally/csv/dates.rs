//! Dates of a column, many at a time.

use super::records::Field;
use crate::tally::lanes::Lanes;

/// How many are read at a time.
pub(crate) const MANY: usize = 64;

/// Fields that may be dates of ten bytes, and what they turn out to be.
#[derive(Debug)]
pub(crate) struct Batch {
    lanes: Lanes,
    /// The bytes from 0, from 4 and from 6 on.
    words: [[u32; MANY]; 3],
    lens: [u32; MANY],
    /// Days, where they are dates.
    pub(crate) days: [i32; MANY],
    /// [`ALONE`] where a field is a date and nothing else, [`FIRST`] where it begins with one, something else where it
    /// does not, or not as those before it.
    pub(crate) found: [u32; MANY],
}

pub(crate) const ALONE: u32 = 0;
pub(crate) const FIRST: u32 = 1;
const OTHER: u32 = 2;

/// How dates are written: with which bytes between their numbers.
#[derive(Debug, Clone, Copy)]
enum Style {
    /// `dd/mm/yyyy`
    DayFirst(u8),
    /// `yyyy-mm-dd`
    YearFirst(u8),
}

impl Batch {
    pub(crate) fn new(lanes: Lanes) -> Self {
        Self { lanes, words: [[0; MANY]; 3], lens: [0; MANY], days: [0; MANY], found: [0; MANY] }
    }

    /// Reads the next fields, up to [`MANY`]; gives how many there were, and whether any is not a date alone.
    #[inline(always)]
    pub(crate) fn read<'t>(&mut self, fields: &mut impl Iterator<Item = Field<'t>>) -> (usize, bool) {
        let Self { lanes, words: [a, b, c], lens, days, found } = self;
        let mut count = 0;
        for ((((field, a), b), c), len) in fields.zip(a.iter_mut()).zip(b.iter_mut()).zip(c.iter_mut()).zip(&mut *lens)
        {
            let (from, to) = field.within();
            let ten = field.text.get(from..).and_then(<[u8]>::first_chunk::<10>).unwrap_or(&[0; 10]);
            let [p, q, r, s, t, u, v, w, x, y] = *ten;
            *a = u32::from_le_bytes([p, q, r, s]);
            *b = u32::from_le_bytes([t, u, v, w]);
            *c = u32::from_le_bytes([v, w, x, y]);
            *len = to.wrapping_sub(from) as u32;
            count += 1;
            if count == MANY {
                break;
            }
        }
        let style = (0..count).find_map(|i| match (lens.get(i), a.get(i), b.get(i)) {
            (Some(10..), Some(a), Some(b)) => Style::of(*a, *b),
            _ => None,
        });
        let Some(style) = style else {
            found.fill(OTHER);
            return (count, true);
        };
        let pattern = style.pattern();
        let (words, lens) = ([&*a, &*b, &*c], &*lens);
        let odd = lanes.run(
            #[inline(always)]
            || match style {
                Style::DayFirst(_) => judge(words, lens, &pattern, days, found, day_first),
                Style::YearFirst(_) => judge(words, lens, &pattern, days, found, year_first),
            },
        );
        (count, odd)
    }
}

/// For each of three words what makes digits 0 to 9 and separators 0, and what then shows any other byte in its highest
/// bit.
type Pattern = [(u32, u32); 3];

impl Style {
    fn of(a: u32, b: u32) -> Option<Self> {
        let ([_, _, third, _], [fifth, ..]) = (a.to_le_bytes(), b.to_le_bytes());
        match (third, fifth) {
            (b'/' | b'-' | b'.', _) => Some(Self::DayFirst(third)),
            (_, b'/' | b'-') => Some(Self::YearFirst(fifth)),
            _ => None,
        }
    }

    fn pattern(self) -> Pattern {
        let words = match self {
            Self::DayFirst(c) => [[b'0', b'0', c, b'0'], [b'0', c, b'0', b'0'], [b'0'; 4]],
            Self::YearFirst(c) => [[b'0'; 4], [c, b'0', b'0', c], [b'0', c, b'0', b'0']],
        };
        words.map(|word| {
            let shows = word.map(|byte| if byte == b'0' { 0x76 } else { 0x7f });
            (u32::from_le_bytes(word), u32::from_le_bytes(shows))
        })
    }
}

/// Year, month and day of `dd/mm/yyyy`, whose bytes are numbers.
#[inline(always)]
fn day_first([a, b, c]: [u32; 3]) -> [u32; 3] {
    [year(c), (a >> 24).wrapping_mul(10).wrapping_add(b & 0xff), pairs(a) & 0xff]
}

/// Year, month and day of `yyyy-mm-dd`, whose bytes are numbers.
#[inline(always)]
fn year_first([a, b, c]: [u32; 3]) -> [u32; 3] {
    [year(a), pairs(b) >> 8 & 0xff, pairs(c) >> 16 & 0xff]
}

/// In each byte the number of two digits that begins there.
#[inline(always)]
fn pairs(digits: u32) -> u32 {
    digits.wrapping_mul(10).wrapping_add(digits >> 8)
}

#[inline(always)]
fn year(digits: u32) -> u32 {
    let pairs = pairs(digits);
    (pairs & 0xff).wrapping_mul(100).wrapping_add(pairs >> 16 & 0xff)
}

/// Days of fields; gives whether any is something else. A loop without branches, for wide vectors.
#[inline(always)]
fn judge(
    [a, b, c]: [&[u32; MANY]; 3],
    lens: &[u32; MANY],
    [at_a, at_b, at_c]: &Pattern,
    days: &mut [i32; MANY],
    found: &mut [u32; MANY],
    parts: impl Fn([u32; 3]) -> [u32; 3],
) -> bool {
    let mut all = 0;
    let words = a.iter().zip(b).zip(c).zip(lens);
    for ((((a, b), c), len), (out, found)) in words.zip(days.iter_mut().zip(found)) {
        let (a, b, c) = (a ^ at_a.0, b ^ at_b.0, c ^ at_c.0);
        let shown = a | a.wrapping_add(at_a.1) | b | b.wrapping_add(at_b.1) | c | c.wrapping_add(at_c.1);
        let [year, month, day] = parts([a, b, c]);
        let century = century(year);
        let leap = (year & 3 == 0) & ((year != century.wrapping_mul(100)) | (century & 3 == 0));
        let longest = if month == 2 { 28 + u32::from(leap) } else { 30 + (month.wrapping_add(month >> 3) & 1) };
        let is_date = (shown & 0x8080_8080 == 0)
            & (year.wrapping_sub(1900) <= 300)
            & (month.wrapping_sub(1) < 12)
            & (day.wrapping_sub(1) < longest);
        *out = day_number(year, month, day);
        let is_first = is_date & (*len >= 10);
        *found = if is_first { u32::from(*len > 10) } else { OTHER };
        all |= *found;
    }
    all != ALONE
}

/// Years divided by a hundred, as far as years of four digits go.
#[inline(always)]
fn century(year: u32) -> u32 {
    year.wrapping_mul(5243) >> 19
}

/// Days from 1970-01-01 on. The year is taken to begin in March, so that a leap day is its last.
#[inline(always)]
fn day_number(year: u32, month: u32, day: u32) -> i32 {
    let early = u32::from(month <= 2);
    let (year, month) = (year.wrapping_sub(early), month.wrapping_add(early * 12).wrapping_sub(3));
    let of_year = (month.wrapping_mul(153).wrapping_add(2)).wrapping_mul(52_429) >> 18;
    let century = century(year);
    year.wrapping_mul(365)
        .wrapping_add(year >> 2)
        .wrapping_sub(century)
        .wrapping_add(century >> 2)
        .wrapping_add(of_year)
        .wrapping_add(day)
        .wrapping_sub(719_469)
        .cast_signed()
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::{ALONE, Batch, FIRST, OTHER};
    use crate::calendar::from_epoch_days;
    use crate::tally::csv::index::Index;
    use crate::tally::csv::record::Reader;
    use crate::tally::csv::records::Rows;
    use crate::tally::csv::value::Dates;
    use crate::tally::days::{FIRST as FIRST_DAY, LAST};
    use crate::tally::lanes::Lanes;
    use proptest::prelude::*;

    /// What a batch makes of fields, which hold no line ends.
    fn read(fields: &[String]) -> Vec<(u32, i32)> {
        let text: String = fields.iter().map(|field| format!("{field};\n")).collect();
        let mut index = Index::new();
        index.find(text.as_bytes(), b';');
        let reader = Reader { separator: b';', longest: 1 << 16 };
        let (ends, quotes) = index.even(text.as_bytes(), &reader, 2).expect("even rows");
        let rows = Rows::even(text.as_bytes(), ends, 2, quotes);
        assert_eq!(rows.len(), fields.len());
        let (mut batch, mut column, mut out) = (Batch::new(Lanes::of_this_processor()), rows.column(0), Vec::new());
        while out.len() < fields.len() {
            let (count, any) = batch.read(&mut column);
            let found = || batch.found.iter().take(count).copied();
            assert!(any || found().all(|found| found == ALONE));
            out.extend(found().zip(batch.days));
        }
        out
    }

    fn written(day: i32, style: usize) -> String {
        let Some(date) = from_epoch_days(day) else { return String::new() };
        let (y, m, d) = (date.year(), u8::from(date.month()), date.day());
        match style {
            0 => format!("{d:02}/{m:02}/{y}"),
            1 => format!("{y}-{m:02}-{d:02}"),
            2 => format!("{d:02}.{m:02}.{y}"),
            3 => format!("{d:02}-{m:02}-{y}"),
            4 => format!("{y}/{m:02}/{d:02}"),
            _ => format!("{d}/{m}/{y}"),
        }
    }

    #[test]
    fn every_day_is_read_in_every_style() {
        for style in 0..5 {
            let fields: Vec<String> = (FIRST_DAY..=LAST).map(|day| written(day, style)).collect();
            assert!(read(&fields).iter().zip(FIRST_DAY..).all(|(found, day)| *found == (ALONE, day)), "{style}");
        }
    }

    #[test]
    fn no_other_day_is_read() {
        let slow = Dates::new();
        let numbers = |n: u32| [0, 1, 2, 4, 9, 12, 13, 28, 29, 30, 31, 32, 99].map(|d| (d, n));
        for year in [0, 1600, 1899, 1900, 2000, 2023, 2024, 2100, 2200, 2201, 2400, 9999] {
            for (day, month) in [0, 1, 2, 4, 9, 12, 13, 28, 99].into_iter().flat_map(numbers) {
                for field in [format!("{day:02}/{month:02}/{year:04}"), format!("{year:04}-{month:02}-{day:02}")] {
                    let expected = slow.read(field.as_bytes()).ok().map(|(day, _)| (ALONE, day));
                    let found = read(std::slice::from_ref(&field));
                    assert_eq!(found.first().copied().filter(|(found, _)| *found != OTHER), expected, "{field}");
                }
            }
        }
    }

    /// A date, or something like one.
    fn field() -> impl Strategy<Value = String> {
        let date = || (19_000..21_000_i32, 0..6_usize).prop_map(|(day, style)| written(day, style));
        let usual = || (19_000..21_000_i32).prop_map(|day| written(day, 1));
        prop_oneof![
            4 => usual(),
            2 => date(),
            1 => (date(), 0..10_usize, prop::sample::select("0/:9 -xé".chars().collect::<Vec<_>>())).prop_map(
                |(date, at, other)| date.chars().enumerate().map(|(i, c)| if i == at { other } else { c }).collect()
            ),
            1 => (usual(), "[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?").prop_map(|(date, time)| date + &time),
            1 => Just(String::new()),
            1 => ("[ ]{0,2}", date(), "[ ]{0,2}").prop_map(|(before, date, after)| before + &date + &after),
        ]
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_is_read_one_by_one(fields in prop::collection::vec(field(), 1..200)) {
            let slow = Dates::new();
            for (field, (found, day)) in fields.iter().zip(read(&fields)) {
                let whole = slow.read(field.as_bytes());
                match found {
                    ALONE => prop_assert_eq!(whole, Ok((day, 0)), "{}", field),
                    FIRST => {
                        let date = field.get(..10).unwrap_or_default();
                        prop_assert_eq!(slow.read(date.as_bytes()), Ok((day, 0)), "{}", field);
                    }
                    // Left to be read one by one.
                    _ => {}
                }
            }
        }
    }
}
