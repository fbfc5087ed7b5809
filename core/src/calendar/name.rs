//! What people call a period.

use super::period::{Period, PeriodKind};
use crate::text::Lang;
use crate::text::number;

impl Period {
    /// The period's name as an official would write it (tên kỳ).
    ///
    /// ```
    /// use caicach::{calendar::Period, text::Lang};
    /// let name = |period: Option<Period>| period.unwrap().name(Lang::Vi);
    /// assert_eq!(name(Period::year(2024)), "năm 2024");
    /// assert_eq!(name(Period::quarter(2024, 1)), "quý I/2024");
    /// assert_eq!(name(Period::half(2021, 1)), "6 tháng đầu năm 2021");
    /// assert_eq!(name(Period::month(2019, 10)), "tháng 10/2019");
    /// assert_eq!(Period::half(2021, 1).unwrap().name(Lang::En), "first half of 2021");
    /// ```
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        match lang {
            Lang::Vi => vietnamese(self),
            Lang::En => english(self),
        }
    }
}

fn vietnamese(period: &Period) -> String {
    let (year, month) = (period.from().year(), u8::from(period.from().month()));
    match period.kind() {
        PeriodKind::Year => format!("năm {year}"),
        PeriodKind::NineMonths => format!("9 tháng đầu năm {year}"),
        PeriodKind::HalfYear if month == 1 => format!("6 tháng đầu năm {year}"),
        PeriodKind::HalfYear => format!("6 tháng cuối năm {year}"),
        PeriodKind::Quarter => format!("quý {}/{year}", roman_quarter(month)),
        PeriodKind::Month => format!("tháng {month:02}/{year}"),
        PeriodKind::Week => format!("tuần {}", between(period, "–", Lang::Vi)),
        PeriodKind::Phase => format!("giai đoạn {year}-{}", period.to().year()),
        PeriodKind::Other if period.days() == 1 => format!("ngày {}", number::date(period.from(), Lang::Vi)),
        PeriodKind::Other => between(period, "–", Lang::Vi),
    }
}

fn english(period: &Period) -> String {
    let year = period.from().year();
    let month = period.from().month();
    match period.kind() {
        PeriodKind::Year => year.to_string(),
        PeriodKind::NineMonths => format!("first nine months of {year}"),
        PeriodKind::HalfYear if u8::from(month) == 1 => format!("first half of {year}"),
        PeriodKind::HalfYear => format!("second half of {year}"),
        PeriodKind::Quarter => format!("Q{} {year}", u8::from(month).div_ceil(3)),
        PeriodKind::Month => format!("{month} {year}"),
        PeriodKind::Week => format!("week of {}", number::date(period.from(), Lang::En)),
        PeriodKind::Phase => format!("{year}-{}", period.to().year()),
        PeriodKind::Other if period.days() == 1 => number::date(period.from(), Lang::En),
        PeriodKind::Other => between(period, " – ", Lang::En),
    }
}

fn between(period: &Period, dash: &str, lang: Lang) -> String {
    format!("{}{dash}{}", number::date(period.from(), lang), number::date(period.to(), lang))
}

/// Vietnamese numbers quarters in Roman numerals: quý I to quý IV.
fn roman_quarter(month: u8) -> &'static str {
    match month {
        1..=3 => "I",
        4..=6 => "II",
        7..=9 => "III",
        _ => "IV",
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::{Lang, Period};
    use crate::calendar::parse_iso;

    #[track_caller]
    fn named(period: Option<Period>, vi: &str, en: &str) {
        let period = period.expect("a period");
        assert_eq!((period.name(Lang::Vi).as_str(), period.name(Lang::En).as_str()), (vi, en));
    }

    fn between(from: &str, to: &str) -> Option<Period> {
        Period::new(parse_iso(from).expect("a date"), parse_iso(to).expect("a date")).ok()
    }

    #[test]
    fn periods_have_names() {
        named(Period::year(2024), "năm 2024", "2024");
        named(Period::nine_months(2023), "9 tháng đầu năm 2023", "first nine months of 2023");
        named(Period::half(2021, 1), "6 tháng đầu năm 2021", "first half of 2021");
        named(Period::half(2021, 2), "6 tháng cuối năm 2021", "second half of 2021");
        for (quarter, vi, en) in [(1, "I", 1), (2, "II", 2), (3, "III", 3), (4, "IV", 4)] {
            named(Period::quarter(2024, quarter), &format!("quý {vi}/2024"), &format!("Q{en} 2024"));
        }
        named(Period::month(2019, 10), "tháng 10/2019", "October 2019");
        named(Period::month(2019, 3), "tháng 03/2019", "March 2019");
        named(Period::phase(2021), "giai đoạn 2021-2025", "2021-2025");
        named(between("2024-09-30", "2024-10-06"), "tuần 30/09/2024–06/10/2024", "week of 30 September 2024");
        named(between("2024-01-13", "2024-01-13"), "ngày 13/01/2024", "13 January 2024");
        let ten_months = between("2019-01-01", "2019-10-31");
        named(ten_months, "01/01/2019–31/10/2019", "1 January 2019 – 31 October 2019");
    }
}
