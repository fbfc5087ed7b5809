//! Days off by law alone, for years whose decision is not known (Bộ luật Lao động 2019, Điều 112).
//!
//! An estimate: the law fixes how many days there are, but the days of Tết around New Year's day and the day next to 2
//! September are chosen each autumn for the year to come, and working days are swapped with Saturdays. Assumed here:
//! - Tết: the last day of the lunar year and the first four of the new (three before 2014, when there were four days);
//! - 2 September and, from 2021, 3 September if the 2nd is a Monday, Thursday or Sunday, else 1 September, which joins
//!   the days to a weekend wherever that is possible and is what was decided for 2021 to 2026;
//! - Hùng Kings' day from 2007; no swaps;
//! - a holiday on a weekend is made up for on the next working day that is not off already.

use super::date::Date;
use super::holidays::DayOffKind;
use super::lunar;
use crate::order::Map;
use time::{Month, Weekday};

/// What days computed here rest on.
pub(super) const SOURCE: &str = "Bộ luật Lao động 2019, Điều 112 (ước tính)";

/// The weekdays off of a year, with the id of the holiday and how the day comes to be off.
pub(super) fn days_off(year: i32) -> Map<Date, (&'static str, DayOffKind)> {
    let holidays = holidays(year);
    let mut off: Map<_, _> = holidays
        .iter()
        .filter(|(date, _)| !is_weekend(**date))
        .map(|(date, id)| (*date, (*id, DayOffKind::Holiday)))
        .collect();
    for (date, id) in holidays.iter().filter(|(date, _)| is_weekend(**date)) {
        if let Some(next) = next_free(*date, |day| off.contains_key(&day)) {
            off.insert(next, (*id, DayOffKind::Compensation));
        }
    }
    off
}

/// The first day after `date` that is neither on a weekend nor taken.
pub(super) fn next_free(date: Date, taken: impl Fn(Date) -> bool) -> Option<Date> {
    std::iter::successors(date.next_day(), |day| day.next_day()).find(|day| !is_weekend(*day) && !taken(*day))
}

pub(super) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The days that the law names, weekends too.
fn holidays(year: i32) -> Map<Date, &'static str> {
    let fixed = |month, day| Date::from_calendar_date(year, month, day).ok();
    let mut days: Vec<(Option<Date>, &'static str)> = vec![
        (fixed(Month::January, 1), "new_year"),
        (fixed(Month::April, 30), "victory"),
        (fixed(Month::May, 1), "labour"),
        (fixed(Month::September, 2), "national"),
    ];
    let tet_days = if year < 2014 { 4 } else { 5 };
    let eve = lunar::tet(year).and_then(Date::previous_day);
    days.extend(std::iter::successors(eve, |day| day.next_day()).take(tet_days).map(|day| (Some(day), "tet")));
    if year >= 2007 {
        days.push((lunar::hung_kings_day(year), "hung_kings"));
    }
    if year >= 2021 {
        let second = fixed(Month::September, 2).map(Date::weekday);
        let after = matches!(second, Some(Weekday::Monday | Weekday::Thursday | Weekday::Sunday));
        days.push((fixed(Month::September, if after { 3 } else { 1 }), "national"));
    }
    days.into_iter().filter_map(|(date, id)| Some((date?, id))).collect()
}

#[cfg(test)]
mod tests {
    use super::{DayOffKind, days_off};
    use crate::calendar::iso;

    fn listed(year: i32, only: Option<DayOffKind>) -> Vec<String> {
        let wanted = |kind| only.is_none_or(|only| only == kind);
        days_off(year).into_iter().filter(|(_, (_, kind))| wanted(*kind)).map(|(date, _)| iso(date)).collect()
    }

    #[test]
    fn a_year_without_weekend_holidays() {
        let days = [
            "2030-01-01",
            "2030-02-01",
            "2030-02-04",
            "2030-02-05",
            "2030-02-06",
            "2030-02-07",
            "2030-04-12",
            "2030-04-30",
            "2030-05-01",
            "2030-09-02",
            "2030-09-03",
        ];
        assert_eq!(listed(2030, None), days);
        // Tết 2030 (Saturday 2 February) and its second day are made up for on 6 and 7 February.
        assert_eq!(listed(2030, Some(DayOffKind::Compensation)), ["2030-02-06", "2030-02-07"]);
    }

    #[test]
    fn weekend_holidays_are_made_up_for_in_turn() {
        // 29/4/2023 (10/3 lunar) a Saturday, 30/4 a Sunday, 1/5 off anyway: 2/5 and 3/5.
        let days = listed(2023, Some(DayOffKind::Compensation));
        assert_eq!(days, ["2023-01-02", "2023-01-26", "2023-01-27", "2023-05-02", "2023-05-03", "2023-09-04"]);
    }

    #[test]
    fn the_law_gives_eleven_days() {
        for year in 2021..=2100 {
            // One fewer where 10/3 falls on 30 April: the law does not say that such a day counts twice.
            let count = listed(year, None).len();
            let coincides = crate::calendar::lunar::hung_kings_day(year).map(iso) == Some(format!("{year}-04-30"));
            assert_eq!(count, if coincides { 10 } else { 11 }, "{year}");
        }
        assert_eq!(listed(2020, None).len(), 10);
        assert_eq!(listed(2014, None).len(), 10);
        assert_eq!(listed(2013, None).len(), 9);
        assert_eq!(listed(2006, None).len(), 8);
    }

    #[test]
    fn national_day_is_joined_to_the_weekend_as_it_was() {
        for (year, other) in [(2021, "2021-09-03"), (2022, "2022-09-01"), (2023, "2023-09-01"), (2024, "2024-09-03")] {
            assert!(listed(year, Some(DayOffKind::Holiday)).iter().any(|day| day == other), "{year}");
        }
        for (year, other) in [(2025, "2025-09-01"), (2026, "2026-09-01")] {
            assert!(listed(year, Some(DayOffKind::Holiday)).iter().any(|day| day == other), "{year}");
        }
    }
}
