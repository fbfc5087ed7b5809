//! Tests of [`super`].
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use super::{Calendar, DayKind, YEARS};
use crate::calendar::{CalendarError, Date, DayOff, DayOffKind, HalfDay, HolidayData, Period, iso, parse_iso};
use crate::text::Lang;

fn builtin() -> Calendar {
    Calendar::builtin().expect("the built-in calendar")
}

fn day(text: &str) -> Date {
    parse_iso(text).expect("a date")
}

fn year(year: i32) -> Period {
    Period::year(year).expect("a year")
}

fn day_off<'a>(calendar: &'a Calendar, date: &str) -> &'a DayOff {
    match calendar.day(day(date)) {
        DayKind::Holiday(off) => Some(off),
        _ => None,
    }
    .expect("a day off")
}

#[test]
fn working_days_of_decided_years() {
    let calendar = builtin();
    for (number, count) in [(2023, 249), (2024, 251), (2025, 250), (2026, 250)] {
        assert_eq!(calendar.working_days(&year(number)), count, "{number}");
        assert!(!calendar.is_estimated(number));
    }
    assert!(calendar.is_estimated(2022) && calendar.is_estimated(2027) && calendar.is_estimated(1950));
}

#[test]
fn the_estimate_has_as_many_days_as_was_decided() {
    // Which days are off differs, how many does not: swaps cancel out.
    for number in 2023..=2026 {
        let off = super::statutory::days_off(number).len();
        let weekdays = (0..year(number).days())
            .filter_map(|n| year(number).from().checked_add(time::Duration::days(i64::from(n))))
            .filter(|day| !super::is_weekend(*day))
            .count();
        assert_eq!(u32::try_from(weekdays - off).ok(), Some(builtin().working_days(&year(number))), "{number}");
    }
}

#[test]
fn days_have_kinds_names_and_sources() {
    let calendar = builtin();
    assert_eq!(calendar.day(day("2024-04-26")), DayKind::WorkingDay);
    assert_eq!(calendar.day(day("2024-04-27")), DayKind::Weekend);
    let off = day_off(&calendar, "2024-04-29");
    assert_eq!((off.kind(), off.name(Lang::Vi)), (DayOffKind::Swap, "Ngày Chiến thắng 30/4"));
    assert!(off.source().contains("2450/VPCP-KGVX") && !off.estimated());
    let instead_of = Some(day("2024-04-29"));
    assert!(matches!(calendar.day(day("2024-05-04")), DayKind::MakeUp(worked) if worked.instead_of() == instead_of));
    let off = day_off(&calendar, "2030-02-04");
    assert_eq!((off.name(Lang::En), off.estimated()), ("Lunar New Year", true));
    assert_eq!(calendar.days_off(&year(2026)).count(), 13);
    // Outside its years it knows weekends only.
    assert_eq!(calendar.day(day("1999-01-01")), DayKind::WorkingDay);
    assert_eq!(calendar.day(day("2101-01-01")), DayKind::Weekend);
}

#[test]
fn receipt_day_is_not_counted() {
    let calendar = builtin();
    for (received, n, due) in [
        ("2024-08-12", 0, "2024-08-12"),
        ("2024-08-12", 1, "2024-08-13"),
        ("2024-08-12", 5, "2024-08-19"),
        // Received on a Saturday: Monday is day 0.
        ("2024-08-17", 0, "2024-08-19"),
        ("2024-08-17", 1, "2024-08-20"),
        // Over Tết 2024 (8 to 14 February off).
        ("2024-02-07", 1, "2024-02-15"),
        ("2024-02-09", 1, "2024-02-16"),
        // A make-up Saturday counts, and can be day 0.
        ("2025-04-25", 1, "2025-04-26"),
        ("2025-04-26", 1, "2025-04-28"),
        // Over New Year 2026, with the swap.
        ("2025-12-31", 1, "2026-01-05"),
        ("2026-01-09", 1, "2026-01-10"),
    ] {
        assert_eq!(calendar.add_working_days(day(received), n).map(iso).as_deref(), Some(due), "{received} + {n}");
    }
}

#[test]
fn adding_agrees_with_walking_and_with_counting() {
    let calendar = builtin();
    let mut received = day("2023-12-20");
    while received < day("2027-03-01") {
        let mut walked = received;
        while !calendar.is_working(walked) {
            walked = walked.next_day().expect("a date");
        }
        for n in 0..40 {
            assert_eq!(calendar.add_working_days(received, n), Some(walked), "{received} + {n}");
            assert_eq!(
                calendar.working_days_between(received, walked),
                i32::try_from(n).ok(),
                "{received} to {walked}"
            );
            walked = walked.next_day().expect("a date");
            while !calendar.is_working(walked) {
                walked = walked.next_day().expect("a date");
            }
        }
        received = received.next_day().expect("a date");
    }
}

#[test]
fn days_between() {
    let calendar = builtin();
    let between = |a, b| calendar.working_days_between(day(a), day(b));
    assert_eq!(between("2024-08-12", "2024-08-12"), Some(0));
    assert_eq!(between("2024-08-12", "2024-08-18"), Some(4));
    assert_eq!(between("2024-08-17", "2024-08-18"), Some(0));
    assert_eq!(between("2024-08-17", "2024-08-19"), Some(0));
    assert_eq!(between("2024-08-19", "2024-08-12"), Some(-5));
    assert_eq!(between("2024-02-07", "2024-02-15"), Some(1));
    assert_eq!(between("1999-12-31", "2024-02-15"), None);
    assert_eq!(between("2024-02-15", "2101-01-01"), None);
}

#[test]
fn half_days() {
    let calendar = builtin();
    let due = |received, n| calendar.add_half_days(received, n);
    let (friday, monday, tuesday) = (day("2024-08-16"), day("2024-08-19"), day("2024-08-20"));
    assert_eq!(due(HalfDay::morning(friday), 0), Some(HalfDay::morning(friday)));
    assert_eq!(due(HalfDay::morning(friday), 1), Some(HalfDay::afternoon(friday)));
    assert_eq!(due(HalfDay::morning(friday), 2), Some(HalfDay::morning(monday)));
    assert_eq!(due(HalfDay::afternoon(friday), 1), Some(HalfDay::morning(monday)));
    assert_eq!(due(HalfDay::afternoon(friday), 3), Some(HalfDay::morning(tuesday)));
    // 1.5 days is not 1 day, the known bug of some one-stop software.
    assert_eq!(due(HalfDay::morning(friday), 3), Some(HalfDay::afternoon(monday)));
    // On a day off, whichever half, Monday morning stands for it.
    for received in [HalfDay::morning(day("2024-08-17")), HalfDay::afternoon(day("2024-08-17"))] {
        assert_eq!(due(received, 0), Some(HalfDay::morning(monday)));
        assert_eq!(due(received, 1), Some(HalfDay::afternoon(monday)));
        assert_eq!(due(received, 2), Some(HalfDay::morning(tuesday)));
    }
    assert_eq!(due(HalfDay::afternoon(friday), u32::MAX), None);
    assert_eq!(due(HalfDay::afternoon(day("1999-01-01")), 1), None);
}

#[test]
fn whole_days_in_halves_end_on_the_same_day() {
    let calendar = builtin();
    for n in 0..30 {
        for received in ["2024-04-26", "2024-04-27", "2025-01-24", "2026-08-28"] {
            let whole = calendar.add_working_days(day(received), n);
            for half in [HalfDay::morning(day(received)), HalfDay::afternoon(day(received))] {
                assert_eq!(calendar.add_half_days(half, 2 * n).map(|end| end.date), whole);
            }
        }
    }
}

#[test]
fn culture_day_is_a_switch() {
    let calendar = builtin();
    assert!(calendar.is_working(day("2026-11-24")));
    let (optional, on) = calendar.optional_days().next().expect("an optional day");
    assert_eq!((optional.id(), optional.name(Lang::Vi), on), ("culture_day", "Ngày Văn hóa Việt Nam", false));
    assert_eq!(optional.from_year(), 2026);
    assert!(optional.source().contains("NQ"), "{}", optional.source());
    let calendar = calendar.with_optional("culture_day").expect("a known day");
    assert!(!calendar.is_working(day("2026-11-24")));
    assert_eq!(calendar.working_days(&year(2026)), 249);
    assert_eq!(calendar.working_days(&year(2025)), 250);
    // 24 November 2029 is a Saturday.
    assert!(!calendar.is_working(day("2029-11-26")));
    assert_eq!(calendar.with_optional("x").expect_err("unknown").to_string(), "no optional day `x`");
}

#[test]
fn single_days_are_laid_over() {
    let data = HolidayData::default()
        .day_off(day("2025-11-20"), "Nghỉ do mưa lũ", "CV 1")
        .day_off(day("2025-04-26"), "Không làm bù", "CV 2")
        .working_day(day("2025-05-02"), "CV 2")
        .working_day(day("2025-11-23"), "CV 1");
    let calendar = builtin().with(data).expect("a calendar");
    assert!(matches!(calendar.day(day("2025-11-20")), DayKind::Holiday(off) if off.kind() == DayOffKind::Extra));
    assert!(matches!(calendar.day(day("2025-11-23")), DayKind::MakeUp(worked) if worked.source() == "CV 1"));
    assert_eq!(calendar.day(day("2025-05-02")), DayKind::WorkingDay);
    assert!(!calendar.is_working(day("2025-04-26")));
    assert_eq!(calendar.working_days(&year(2025)), 250);
    assert_eq!(calendar.add_working_days(day("2025-11-19"), 1).map(iso).as_deref(), Some("2025-11-21"));
    // Later data go before earlier ones.
    let back = HolidayData::default().working_day(day("2025-11-20"), "CV 3");
    assert_eq!(calendar.with(back).expect("a calendar").day(day("2025-11-20")), DayKind::WorkingDay);
}

#[test]
fn a_later_decision_replaces_the_estimate() {
    let data = HolidayData::from_toml(
        r#"
        [[year]]
        year = 2027
        source = "Thông báo 1"
        off = [{ date = "2027-01-01", holiday = "new_year" }, { date = "2027-02-05", holiday = "tet" }]
        worked = [{ date = "2027-01-09" }]
        "#,
    );
    let calendar = builtin().with(data.expect("data")).expect("a calendar");
    assert!(!calendar.is_estimated(2027));
    assert_eq!(calendar.days_off(&year(2027)).count(), 2);
    assert!(calendar.is_working(day("2027-01-09")) && calendar.is_working(day("2027-04-30")));
}

#[test]
fn faulty_data_are_refused() {
    let refused =
        |text: &str| HolidayData::from_toml(text).and_then(|data| builtin().with(data)).expect_err(text).to_string();
    let of_2027 = |days: &str| refused(&format!("[[year]]\nyear = 2027\nsource = 's'\n{days}"));
    assert_eq!(of_2027("off = [{date = '2026-01-01', holiday = 'tet'}]"), "`2026-01-01` is listed under year 2027");
    assert_eq!(of_2027("off = [{date = '2027-01-01', holiday = 'x'}]"), "unknown holiday `x`");
    let twice = "off = [{date = '2027-01-01', holiday = 'tet'}, {date = '2027-01-01', holiday = 'tet'}]";
    assert_eq!(of_2027(twice), "`2027-01-01` is given twice");
    let weekend = "off = [{date = '2027-01-02', holiday = 'tet'}]";
    assert_eq!(of_2027(weekend), "`2027-01-02` is a weekend day: list weekdays off only");
    let weekday = "off = []\nworked = [{date = '2027-01-04'}]";
    assert_eq!(of_2027(weekday), "`2027-01-04` is a weekday: list weekend days worked only");
    let message = of_2027("off = [{date = '2027-02-30', holiday = 'tet'}]");
    assert!(message.starts_with("line 4: `year[0].off[0].date`: 2027-02-30: February 2027 has 28 days"), "{message}");
    assert_eq!(of_2027(""), "line 1: `year[0].off`: the field is missing");
    assert_eq!(refused("x = 1"), "line 1: `x`: unknown field");
    assert_eq!(refused("schema = 'x'"), "`schema` is `x`, expected `caicach/holidays/1`");
    let optional = "[[optional]]\nid='x'\nvi='a'\nmonth=2\nday=30\nfrom_year=2026\nsource='b'";
    assert_eq!(refused(optional), "optional day `x`: no such day of the year");
    let both = "[[day_off]]\ndate='2027-01-04'\nvi='a'\nsource='b'\n[[working_day]]\ndate='2027-01-04'\nsource='b'";
    assert_eq!(refused(both), "`2027-01-04` is given twice");
    let far = HolidayData::default().working_day(day("1999-01-02"), "s");
    assert!(matches!(builtin().with(far), Err(CalendarError::OutOfRange(_))));
}

#[test]
fn counting_at_and_beyond_the_ends() {
    let calendar = builtin();
    let (first, last) = (*YEARS.start(), *YEARS.end());
    let whole = Period::years(first, last).expect("a period");
    let sum: u32 = YEARS.map(|number| calendar.working_days(&year(number))).sum();
    assert_eq!(calendar.working_days(&whole), sum);
    assert_eq!(calendar.add_working_days(day("2100-12-31"), 0), Some(day("2100-12-31")));
    assert_eq!(calendar.add_working_days(day("2100-12-31"), 1), None);
    assert_eq!(calendar.add_working_days(day("2099-12-31"), u32::MAX), None);
    assert_eq!(calendar.add_working_days(day("1999-12-31"), 1), None);
    // Weekdays only outside, and both together across the border.
    assert_eq!(calendar.working_days(&year(2101)), 260);
    let across = Period::new(day("1999-12-30"), day("2000-01-04")).expect("a period");
    assert_eq!(calendar.working_days(&across), 3);
    assert_eq!(Calendar::builtin().expect("a calendar").years(), 2000..=2100);
}

#[test]
fn a_fingerprint_tells_calendars_apart_that_count_otherwise() {
    let builtin = Calendar::builtin().unwrap();
    let print = builtin.fingerprint();
    let digits = print.strip_prefix("sha256:").unwrap();
    assert!(digits.len() == 64 && digits.chars().all(|digit| digit.is_ascii_hexdigit()), "{print}");
    let off = |day: &str| {
        let data = HolidayData::default().day_off(parse_iso(day).unwrap(), "Nghỉ", "Công văn");
        Calendar::builtin().unwrap().with(data).unwrap().fingerprint()
    };
    // A Wednesday off; a Saturday off changes nothing.
    assert_ne!(off("2024-03-13"), print);
    assert_ne!(off("2024-03-13"), off("2024-03-14"));
    assert_eq!(off("2024-03-16"), print);
}
