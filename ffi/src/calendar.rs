//! The working calendar of state bodies, and the lunar days on which it rests.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use caicach::calendar::{
    Calendar, CalendarError, Date, Half, HalfDay, HolidayData, Period, epoch_days, from_epoch_days,
    lunar::{self, LunarDate, LunarError},
};

use crate::error::{Failure, caicach_error};
use crate::guard::{fallible, free, getter, given};
use crate::input::text;
use crate::options::CAICACH_NO_DATE;
use crate::plan::caicach_plan;
use crate::status::caicach_status;
use crate::text::caicach_text;

/// A working calendar (lịch làm việc): weekends, holidays and swapped days are off, make-up Saturdays are worked. Years 2023
/// to 2026 are as decided, others from 2000 to 2100 computed from the Labour Code. Immutable. Free it with
/// `caicach_calendar_free`. Days are days since 1970-01-01.
#[derive(Debug)]
pub struct caicach_calendar(pub(crate) Calendar);

fn refused(field: &'static str) -> impl Fn(CalendarError) -> Failure {
    move |error| Failure::argument(field, error.to_string())
}

/// The calendar that comes with the library.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_calendar_builtin(
    out: Option<&mut MaybeUninit<Box<caicach_calendar>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || Ok(Box::new(caicach_calendar(Calendar::builtin().map_err(refused("calendar"))?))))
}

/// A calendar with data laid over it (TOML, schema caicach/holidays/1): its years replace whole years, its `day_off` and
/// `working_day` entries change single days. CAICACH_ERROR_INVALID_ARGUMENT where the data cannot be read or contradict
/// themselves.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_calendar_with_holidays(
    calendar: Option<&caicach_calendar>,
    toml: *const c_char,
    toml_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_calendar>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let calendar = given(calendar, "calendar")?.0.clone();
        // SAFETY: the header asks this of the caller.
        let data = HolidayData::from_toml(unsafe { text(toml, toml_len, "toml") }?).map_err(refused("toml"))?;
        Ok(Box::new(caicach_calendar(calendar.with(data).map_err(refused("toml"))?)))
    })
}

/// A calendar with an optional day switched on: "culture_day" (24 November from 2026, not yet law).
/// CAICACH_ERROR_INVALID_ARGUMENT where it has no such day.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_calendar_with_optional(
    calendar: Option<&caicach_calendar>,
    id: *const c_char,
    id_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_calendar>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let calendar = given(calendar, "calendar")?.0.clone();
        // SAFETY: the header asks this of the caller.
        let id = unsafe { text(id, id_len, "id") }?;
        Ok(Box::new(caicach_calendar(calendar.with_optional(id).map_err(refused("id"))?)))
    })
}

/// A plan whose working days are counted by a calendar. The receipts of its assessments name a calendar that is not the
/// built-in one.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_with_calendar(
    plan: Option<&caicach_plan>,
    calendar: Option<&caicach_calendar>,
    out: Option<&mut MaybeUninit<Box<caicach_plan>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let (plan, calendar) = (given(plan, "plan")?, given(calendar, "calendar")?);
        Ok(caicach_plan::boxed(plan.plan.with_calendar(calendar.0.clone())))
    })
}

fn number(day: Option<Date>) -> i32 {
    day.map_or(CAICACH_NO_DATE, epoch_days)
}

/// Whether a day is worked; false for what is no day of the calendar.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_calendar_is_working(calendar: Option<&caicach_calendar>, day: i32) -> bool {
    getter(false, || Some(calendar?.0.is_working(from_epoch_days(day)?)))
}

/// Whether the days off of a year are computed from the law, its decision being unknown.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_calendar_is_estimated(calendar: Option<&caicach_calendar>, year: i32) -> bool {
    getter(false, || Some(calendar?.0.is_estimated(year)))
}

/// How many working days there are from a day to a day, both included; 0 where the second comes first.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_calendar_working_days(calendar: Option<&caicach_calendar>, from: i32, to: i32) -> u32 {
    getter(0, || {
        let period = Period::new(from_epoch_days(from)?, from_epoch_days(to)?).ok()?;
        Some(calendar?.0.working_days(&period))
    })
}

/// The day on which `n` working days end for something received on a day, which is not counted; received on a day off, the
/// next working day stands for it. `CAICACH_NO_DATE` outside the years 2000 to 2100.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_calendar_add_working_days(calendar: Option<&caicach_calendar>, received: i32, n: u32) -> i32 {
    getter(CAICACH_NO_DATE, || Some(number(calendar?.0.add_working_days(from_epoch_days(received)?, n))))
}

/// The half day at whose end `n` half working days end. A half day is twice its day, and one more for the afternoon: of day
/// 19787 (2024-03-05) the morning is 39574, the afternoon 39575. Received in the morning, one half ends that afternoon;
/// received in the afternoon, at noon of the next working day; received on a day off, the next working day's morning stands
/// for it. `CAICACH_NO_DATE` outside the years 2000 to 2100.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_calendar_add_half_days(calendar: Option<&caicach_calendar>, received: i32, n: u32) -> i32 {
    getter(CAICACH_NO_DATE, || {
        let half = if received.rem_euclid(2) == 0 { Half::Morning } else { Half::Afternoon };
        let received = HalfDay { date: from_epoch_days(received.div_euclid(2))?, half };
        let due = calendar?.0.add_half_days(received, n)?;
        epoch_days(due.date).checked_mul(2)?.checked_add(i32::from(due.half == Half::Afternoon))
    })
}

/// How many working days passed from a day, which is not counted, to a day, which is; negative where the second comes first,
/// `CAICACH_NO_DATE` outside the years 2000 to 2100.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_calendar_working_days_between(
    calendar: Option<&caicach_calendar>,
    from: i32,
    to: i32,
) -> i32 {
    getter(CAICACH_NO_DATE, || calendar?.0.working_days_between(from_epoch_days(from)?, from_epoch_days(to)?))
}

/// The days off from a day to a day other than plain weekends, as JSON: a list of {date, kind, vi, en, source, estimated},
/// kind being "holiday", "compensation", "swap" or "extra".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_calendar_days_off_json(
    calendar: Option<&caicach_calendar>,
    from: i32,
    to: i32,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let calendar = &given(calendar, "calendar")?.0;
        let none = |field| move || Failure::argument(field, "no day of the calendar".into());
        let from = from_epoch_days(from).ok_or_else(none("from"))?;
        let to = from_epoch_days(to).ok_or_else(none("to"))?;
        let period = Period::new(from, to).map_err(|error| Failure::argument("to", error.to_string()))?;
        let days: Vec<_> = calendar.days_off(&period).collect();
        // Texts and dates always have a JSON text.
        Ok(caicach_text::boxed(serde_json::to_string(&days).unwrap_or_default()))
    })
}

/// SHA-256 over all working days: two calendars with one fingerprint count alike.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_calendar_fingerprint(
    calendar: Option<&caicach_calendar>,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || Ok(caicach_text::boxed(given(calendar, "calendar")?.0.fingerprint())))
}

/// The first day of the lunar year (Tết Nguyên đán) that begins in a year, by the Vietnamese calendar at UTC+7;
/// `CAICACH_NO_DATE` outside the years 1900 to 2100.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_lunar_new_year(year: i32) -> i32 {
    getter(CAICACH_NO_DATE, || Some(number(lunar::tet(year))))
}

/// Hùng Kings' day, the tenth of the third lunar month, in a year; `CAICACH_NO_DATE` outside the years 1900 to 2100.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_hung_kings_day(year: i32) -> i32 {
    getter(CAICACH_NO_DATE, || Some(number(lunar::hung_kings_day(year))))
}

/// A date of the Vietnamese lunar calendar (ngày âm lịch).
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct caicach_lunar_date {
    /// The lunar year, named by the calendar year in which it begins.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
    /// 1 for the leap month (tháng nhuận), which follows the month of the same number, else 0.
    pub leap: u32,
    /// The day, 1 to 30.
    pub day: u32,
}

/// The lunar date of a day, by the Vietnamese calendar at UTC+7. CAICACH_ERROR_INVALID_ARGUMENT ("out_of_range") outside
/// 1900-01-31 to 2101-01-28.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_solar_to_lunar(
    day: i32,
    out: Option<&mut MaybeUninit<caicach_lunar_date>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let found = from_epoch_days(day).ok_or(LunarError::OutOfRange).and_then(lunar::solar_to_lunar);
        let LunarDate { year, month, leap, day } = found.map_err(|error| Failure::lunar("day", error))?;
        Ok(caicach_lunar_date { year, month: month.into(), leap: leap.into(), day: day.into() })
    })
}

/// The day of a lunar date, as days since 1970-01-01. CAICACH_ERROR_INVALID_ARGUMENT where there is no such day: the lunar
/// year is not in 1900 to 2100 ("out_of_range"), the month not in 1 to 12 ("no_such_month"), the year has no such leap month
/// ("no_leap_month"), or the month is shorter ("no_such_day").
#[unsafe(no_mangle)]
pub extern "C" fn caicach_lunar_to_solar(
    date: Option<&caicach_lunar_date>,
    out: Option<&mut MaybeUninit<i32>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let date = given(date, "date")?;
        let leap = match date.leap {
            0 => false,
            1 => true,
            other => return Err(Failure::argument("date.leap", format!("{other} is neither 0 nor 1"))),
        };
        // What a byte does not hold is no month and no day either.
        let byte = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
        let date = LunarDate { year: date.year, month: byte(date.month), leap, day: byte(date.day) };
        let found = lunar::lunar_to_solar(date).map(epoch_days);
        found.map_err(|error| Failure::lunar(&format!("date.{}", error.path()), error))
    })
}

/// Frees a calendar. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_calendar_free(calendar: Option<Box<caicach_calendar>>) {
    free(calendar);
}
