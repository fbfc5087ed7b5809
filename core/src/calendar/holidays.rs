//! Days off as data: official decisions, what a user lays over them, and why a day is off.

use super::date::{Date, parse_iso};
use crate::text::Lang;
use serde::{Deserialize, Deserializer};
use time::Month;

/// The format of a holiday file.
pub const SCHEMA: &str = "caicach/holidays/1";

/// A year that has 29 February.
const LEAP_YEAR: i32 = 2024;

/// Holidays as data (lịch nghỉ lễ, tết): the built-in file, or what a user lays over it.
///
/// The form is that of `data/holidays-vn.toml`: `[[year]]` gives all days off and worked Saturdays of a year as decided
/// and replaces what is known of that year, `[[day_off]]` and `[[working_day]]` change single days, each with its
/// source. Any serde format will do.
///
/// ```
/// use caicach::calendar::{Calendar, HolidayData, parse_iso};
/// let flood = HolidayData::from_toml(r#"
///     schema = "caicach/holidays/1"
///     [[day_off]]
///     date = "2025-11-20"
///     vi = "Nghỉ do mưa lũ"
///     source = "Công văn của UBND tỉnh"
/// "#).unwrap();
/// let calendar = Calendar::builtin().unwrap().with(flood).unwrap();
/// assert!(!calendar.is_working(parse_iso("2025-11-20").unwrap()));
/// ```
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HolidayData {
    pub(super) schema: Option<String>,
    pub(super) holiday: Vec<NamedHoliday>,
    pub(super) year: Vec<Decision>,
    pub(super) optional: Vec<OptionalDay>,
    pub(super) day_off: Vec<ExtraDayOff>,
    pub(super) working_day: Vec<ExtraWorkingDay>,
}

/// A name that decisions refer to by its id.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedHoliday {
    pub(super) id: String,
    pub(super) vi: String,
    pub(super) en: Option<String>,
}

/// All that was decided for one year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    pub(super) year: i32,
    pub(super) source: String,
    pub(super) off: Vec<DecidedDayOff>,
    #[serde(default)]
    pub(super) worked: Vec<DecidedWorkingDay>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecidedDayOff {
    #[serde(deserialize_with = "iso_date")]
    pub(super) date: Date,
    pub(super) holiday: String,
    #[serde(default)]
    pub(super) kind: DayOffKind,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecidedWorkingDay {
    #[serde(deserialize_with = "iso_date")]
    pub(super) date: Date,
    #[serde(default, deserialize_with = "optional_iso_date")]
    pub(super) instead_of: Option<Date>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExtraDayOff {
    #[serde(deserialize_with = "iso_date")]
    pub(super) date: Date,
    pub(super) vi: String,
    pub(super) en: Option<String>,
    pub(super) source: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExtraWorkingDay {
    #[serde(deserialize_with = "iso_date")]
    pub(super) date: Date,
    #[serde(default, deserialize_with = "optional_iso_date")]
    pub(super) instead_of: Option<Date>,
    pub(super) source: String,
}

/// A yearly day off that is not law yet: off only when switched on (`Calendar::with_optional`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionalDay {
    id: String,
    vi: String,
    en: Option<String>,
    month: u8,
    day: u8,
    from_year: i32,
    source: String,
}

impl OptionalDay {
    /// The id by which it is switched on, such as `culture_day`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its name (tên ngày lễ).
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        choose(lang, &self.vi, self.en.as_deref())
    }

    /// The first year in which it would be off.
    #[must_use]
    pub const fn from_year(&self) -> i32 {
        self.from_year
    }

    /// What it rests on.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its date in a year; `None` before its first year, and where there is no such day (29 February).
    pub(super) fn date_in(&self, year: i32) -> Option<Date> {
        let month = Month::try_from(self.month).ok()?;
        Date::from_calendar_date(year, month, self.day).ok().filter(|_| year >= self.from_year)
    }

    pub(super) fn check(&self) -> Result<(), CalendarError> {
        let length = Month::try_from(self.month).map_or(0, |month| month.length(LEAP_YEAR));
        if (1..=length).contains(&self.day) { Ok(()) } else { Err(CalendarError::NoSuchDay(self.id.clone())) }
    }

    pub(super) fn day_off(&self, date: Date, kind: DayOffKind) -> DayOff {
        DayOff { date, kind, vi: self.vi.clone(), en: self.en.clone(), source: self.source.clone(), estimated: false }
    }
}

impl HolidayData {
    /// Reads holiday data from TOML.
    ///
    /// # Errors
    /// [`CalendarError::Syntax`] with the line, [`CalendarError::Schema`] if the format is another one.
    pub fn from_toml(text: &str) -> Result<Self, CalendarError> {
        let data: Self = toml::from_str(text).map_err(|error| {
            let before = error.span().map_or(0, |span| span.start);
            let line = 1 + text.bytes().take(before).filter(|byte| *byte == b'\n').count();
            CalendarError::Syntax { line, message: error.message().replace('\n', " ") }
        })?;
        data.check_schema()?;
        Ok(data)
    }

    pub(super) fn check_schema(&self) -> Result<(), CalendarError> {
        match self.schema.as_deref() {
            None | Some(SCHEMA) => Ok(()),
            Some(other) => Err(CalendarError::Schema(other.to_owned())),
        }
    }

    /// Adds one day off (ngày nghỉ bổ sung) with its Vietnamese name and its source.
    #[must_use]
    pub fn day_off(mut self, date: Date, name: &str, source: &str) -> Self {
        self.day_off.push(ExtraDayOff { date, vi: name.to_owned(), en: None, source: source.to_owned() });
        self
    }

    /// Adds one working day (ngày làm việc bổ sung): a weekend day or a holiday that is worked.
    #[must_use]
    pub fn working_day(mut self, date: Date, source: &str) -> Self {
        self.working_day.push(ExtraWorkingDay { date, instead_of: None, source: source.to_owned() });
        self
    }
}

/// How a weekday comes to be off (loại ngày nghỉ).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DayOffKind {
    /// The holiday itself (nghỉ lễ, tết).
    #[default]
    Holiday,
    /// In place of a holiday that fell on a weekend (nghỉ bù).
    Compensation,
    /// A working day moved to a Saturday, to join days off (nghỉ hoán đổi).
    Swap,
    /// Added by the user (nghỉ bổ sung).
    Extra,
}

/// A day off that is not a plain weekend (ngày nghỉ lễ, tết).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOff {
    pub(super) date: Date,
    pub(super) kind: DayOffKind,
    pub(super) vi: String,
    pub(super) en: Option<String>,
    pub(super) source: String,
    pub(super) estimated: bool,
}

impl DayOff {
    /// The day.
    #[must_use]
    pub const fn date(&self) -> Date {
        self.date
    }

    /// How it comes to be off.
    #[must_use]
    pub const fn kind(&self) -> DayOffKind {
        self.kind
    }

    /// The holiday's name (tên ngày lễ); where no English name is known, the Vietnamese one.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        choose(lang, &self.vi, self.en.as_deref())
    }

    /// The decision or law it rests on (căn cứ).
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether it was computed from the law, the decision for its year being unknown.
    #[must_use]
    pub const fn estimated(&self) -> bool {
        self.estimated
    }
}

/// A weekend day that is worked (ngày làm bù).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeUp {
    pub(super) date: Date,
    pub(super) instead_of: Option<Date>,
    pub(super) source: String,
}

impl MakeUp {
    /// The day.
    #[must_use]
    pub const fn date(&self) -> Date {
        self.date
    }

    /// The day off that it makes up for, if said.
    #[must_use]
    pub const fn instead_of(&self) -> Option<Date> {
        self.instead_of
    }

    /// The decision it rests on (căn cứ).
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

/// Why holiday data make no calendar (lỗi dữ liệu ngày nghỉ).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// The text is not holiday data.
    #[error("line {line}: {message}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// The data are of another format or version.
    #[error("`schema` is `{0}`, expected `caicach/holidays/1`")]
    Schema(String),
    /// A day off names a holiday that is not listed.
    #[error("unknown holiday `{0}`")]
    UnknownHoliday(String),
    /// There is no optional day of that id.
    #[error("no optional day `{0}`")]
    UnknownOptional(String),
    /// The month and day of an optional day are no day of the year.
    #[error("optional day `{0}`: no such day of the year")]
    NoSuchDay(String),
    /// A year or a date is outside what the calendar covers.
    #[error("`{0}` is outside the years of the calendar, 2000 to 2100")]
    OutOfRange(String),
    /// A date is listed under another year.
    #[error("`{date}` is listed under year {year}")]
    WrongYear {
        /// The date.
        date: String,
        /// The year it is listed under.
        year: i32,
    },
    /// A date or a year is given twice, or as a day off and as a working day.
    #[error("`{0}` is given twice")]
    Twice(String),
    /// A `[[year]]` lists a weekend day as off, which it is anyway: probably a typing error.
    #[error("`{0}` is a weekend day: list weekdays off only")]
    WeekendOff(String),
    /// A `[[year]]` lists a weekday as worked, which it is anyway: probably a typing error.
    #[error("`{0}` is a weekday: list weekend days worked only")]
    WeekdayWorked(String),
}

fn choose<'a>(lang: Lang, vi: &'a str, en: Option<&'a str>) -> &'a str {
    match (lang, en) {
        (Lang::En, Some(en)) => en,
        _ => vi,
    }
}

fn iso_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_iso(&text).map_err(serde::de::Error::custom)
}

fn optional_iso_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| parse_iso(&text)).transpose().map_err(serde::de::Error::custom)
}
