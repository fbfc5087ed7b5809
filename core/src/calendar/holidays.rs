//! Days off as data: official decisions, what a user lays over them, and why a day is off.

use super::date::Date;
use crate::input::field::read;
use crate::input::{Field, Node, Path, Problem, Problems, Show, Shown, choice, record};
use crate::text::Lang;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use time::Month;

/// The format of a holiday file.
pub const SCHEMA: &str = "caicach/holidays/1";

/// A year that has 29 February.
const LEAP_YEAR: i32 = 2024;

record! {
    /// Holidays as data (lịch nghỉ lễ, tết): the built-in file, or what a user lays over it.
    ///
    /// The form is that of `data/holidays-vn.toml`: `[[year]]` gives all days off and worked Saturdays of a year as decided
    /// and replaces what is known of that year, `[[day_off]]` and `[[working_day]]` change single days, each with its
    /// source.
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
    #[derive(Default)]
    pub struct HolidayData {
        pub(super) schema: Option<String>,
        pub(super) holiday: Vec<NamedHoliday>,
        pub(super) year: Vec<Decision>,
        pub(super) optional: Vec<OptionalDay>,
        pub(super) day_off: Vec<ExtraDayOff>,
        pub(super) working_day: Vec<ExtraWorkingDay>,
    }
}

record! {
    /// A name that decisions refer to by its id.
    pub(super) struct NamedHoliday {
        pub(super) id: String,
        pub(super) vi: String,
        pub(super) en: Option<String>,
    }
}

record! {
    /// All that was decided for one year.
    pub(super) struct Decision {
        pub(super) year: i32,
        pub(super) source: String,
        pub(super) off: DaysOff,
        pub(super) worked: Vec<DecidedWorkingDay>,
    }
}

/// The days off of a year. They must be listed, even where there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DaysOff(pub(super) Vec<DecidedDayOff>);

impl Field for DaysOff {
    fn blank() -> Self {
        DaysOff(Vec::new())
    }

    fn read(&mut self, node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> bool {
        self.0.read(node, at, out)
    }
}

impl Show for DaysOff {
    fn shown(&self) -> Shown<'_> {
        self.0.shown()
    }
}

record! {
    pub(super) struct DecidedDayOff {
        pub(super) date: Date,
        pub(super) holiday: String,
        pub(super) kind: Option<DayOffKind>,
    }
}

record! {
    pub(super) struct DecidedWorkingDay {
        pub(super) date: Date,
        pub(super) instead_of: Option<Date>,
    }
}

record! {
    pub(super) struct ExtraDayOff {
        pub(super) date: Date,
        pub(super) vi: String,
        pub(super) en: Option<String>,
        pub(super) source: String,
    }
}

record! {
    pub(super) struct ExtraWorkingDay {
        pub(super) date: Date,
        pub(super) instead_of: Option<Date>,
        pub(super) source: String,
    }
}

record! {
    /// A yearly day off that is not law yet: off only when switched on (`Calendar::with_optional`).
    pub struct OptionalDay {
        id: String,
        vi: String,
        en: Option<String>,
        month: u32,
        day: u32,
        from_year: i32,
        source: String,
    }
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
        let (month, day) = self.month_and_day()?;
        Date::from_calendar_date(year, month, day).ok().filter(|_| year >= self.from_year)
    }

    fn month_and_day(&self) -> Option<(Month, u8)> {
        let month = u8::try_from(self.month).ok()?;
        Some((Month::try_from(month).ok()?, u8::try_from(self.day).ok()?))
    }

    pub(super) fn check(&self) -> Result<(), CalendarError> {
        let is_day = |(month, day): (Month, u8)| (1..=month.length(LEAP_YEAR)).contains(&day);
        let sound = self.month_and_day().is_some_and(is_day);
        if sound { Ok(()) } else { Err(CalendarError::NoSuchDay(self.id.clone())) }
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
        let mut problems = Problems::default();
        let tree = crate::input::read_toml(text.as_bytes(), &mut problems);
        let data = tree.and_then(|tree| read::<Self>(&tree, &Path::Root, &mut problems));
        // One error says one thing: the first that is wrong.
        match (problems.list().first(), data) {
            (None, Some(data)) => data.check_schema().map(|()| data),
            (first, _) => {
                let line = first.and_then(Problem::line).and_then(|line| usize::try_from(line).ok()).unwrap_or(1);
                Err(CalendarError::Syntax { line, message: first.map(Problem::without_line).unwrap_or_default() })
            }
        }
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

choice! {
    /// How a weekday comes to be off (loại ngày nghỉ).
    #[derive(Default)]
    #[non_exhaustive]
    pub enum DayOffKind {
        /// The holiday itself (nghỉ lễ, tết).
        #[default]
        Holiday = "holiday",
        /// In place of a holiday that fell on a weekend (nghỉ bù).
        Compensation = "compensation",
        /// A working day moved to a Saturday, to join days off (nghỉ hoán đổi).
        Swap = "swap",
        /// Added by the user (nghỉ bổ sung).
        Extra = "extra",
    }
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

impl Serialize for DayOff {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("date", &super::iso(self.date))?;
        map.serialize_entry("kind", self.kind.as_str())?;
        map.serialize_entry("vi", &self.vi)?;
        map.serialize_entry("en", self.name(Lang::En))?;
        map.serialize_entry("source", &self.source)?;
        map.serialize_entry("estimated", &self.estimated)?;
        map.end()
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
