//! The working calendar of state bodies.

use caicach::calendar as core;
use caicach::calendar::lunar::{self, LunarDate, LunarError};
use pyo3::prelude::*;
use pyo3::types::PyDate;

use crate::arguments::{day, text};
use crate::boundary::boundary;
use crate::error::{Result, calendar_error, lunar_error, value_error};
use crate::to_python::plain;
use crate::value;

/// A working calendar (lịch làm việc): weekends, holidays and swapped days are off, make-up Saturdays are worked. Years 2023
/// to 2026 are as decided, others from 2000 to 2100 computed from the Labour Code. Immutable.
///
/// >>> import caicach
/// >>> calendar = caicach.Calendar.builtin()
/// >>> calendar.add_working_days("2024-04-26", 3)
/// datetime.date(2024, 5, 4)
/// >>> calendar.working_days("2024-01-01", "2024-12-31")
/// 251
/// >>> calendar.is_estimated(2027), calendar.is_estimated(2026)
/// (True, False)
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Calendar(pub(crate) core::Calendar);

fn half_of(half: &str) -> Result<core::Half> {
    match half {
        "morning" => Ok(core::Half::Morning),
        "afternoon" => Ok(core::Half::Afternoon),
        _ => Err(value_error(format!("half is \"morning\" or \"afternoon\", not {half:?}"))),
    }
}

fn date(py: Python<'_>, found: Option<core::Date>) -> Result<Option<Bound<'_, PyDate>>> {
    found.map(|found| value::date(py, found)).transpose()
}

fn period(start: &Bound<'_, PyAny>, end: &Bound<'_, PyAny>) -> Result<core::Period> {
    let (start, end) = (day(start, "start")?, day(end, "end")?);
    core::Period::new(start, end).map_err(|error| value_error(error.to_string()))
}

#[pymethods]
impl Calendar {
    /// The calendar that comes with the library.
    #[staticmethod]
    fn builtin(py: Python<'_>) -> Result<Calendar> {
        let made = boundary(py, core::Calendar::builtin)?;
        Ok(Calendar(made.map_err(|error| calendar_error(&error, "calendar"))?))
    }

    /// This calendar with data laid over it: TOML text of schema caicach/holidays/1, whose years replace whole years and
    /// whose `day_off` and `working_day` entries change single days. CalendarError where it cannot be read.
    ///
    /// >>> import caicach
    /// >>> own = caicach.Calendar.builtin().with_holidays('''
    /// ... [[day_off]]
    /// ... date = "2025-11-20"
    /// ... vi = "Nghỉ do mưa lũ"
    /// ... source = "Công văn của UBND tỉnh"
    /// ... ''')
    /// >>> own.is_working("2025-11-20")
    /// False
    fn with_holidays(&self, py: Python<'_>, toml: &Bound<'_, PyAny>) -> Result<Calendar> {
        let toml = text(toml)?;
        let calendar = self.0.clone();
        let made = boundary(py, || {
            let toml = std::str::from_utf8(toml.as_ref())
                .map_err(|error| core::CalendarError::Syntax { line: 1, message: error.to_string() })?;
            calendar.with(core::HolidayData::from_toml(toml)?)
        })?;
        Ok(Calendar(made.map_err(|error| calendar_error(&error, "toml"))?))
    }

    /// This calendar with an optional day switched on, such as "culture_day" (24 November from 2026, not yet law).
    /// CalendarError where there is no such day.
    fn with_optional(&self, py: Python<'_>, id: &str) -> Result<Calendar> {
        let calendar = self.0.clone();
        let made = boundary(py, || calendar.with_optional(id))?;
        Ok(Calendar(made.map_err(|error| calendar_error(&error, "id"))?))
    }

    /// Whether a day is worked.
    fn is_working(&self, date: &Bound<'_, PyAny>) -> Result<bool> {
        Ok(self.0.is_working(day(date, "date")?))
    }

    /// Whether the days off of a year are computed from the law, its decision being unknown.
    fn is_estimated(&self, year: i32) -> bool {
        self.0.is_estimated(year)
    }

    /// How many working days there are from a day to a day, both included.
    fn working_days(&self, start: &Bound<'_, PyAny>, end: &Bound<'_, PyAny>) -> Result<u32> {
        Ok(self.0.working_days(&period(start, end)?))
    }

    /// The day on which `n` working days end for something received on a day, which is not counted; received on a day off,
    /// the next working day stands for it. None outside the years 2000 to 2100.
    fn add_working_days<'py>(
        &self,
        py: Python<'py>,
        received: &Bound<'py, PyAny>,
        n: u32,
    ) -> Result<Option<Bound<'py, PyDate>>> {
        date(py, self.0.add_working_days(day(received, "received")?, n))
    }

    /// The half day at whose end `n` half working days end: received in the morning, one half ends that afternoon; received
    /// in the afternoon, at noon of the next working day; received on a day off, the next working day's morning stands for
    /// it. None outside the years 2000 to 2100.
    ///
    /// >>> import caicach
    /// >>> calendar = caicach.Calendar.builtin()
    /// >>> calendar.add_half_days("2024-08-16", "morning", 1), calendar.add_half_days("2024-08-16", "afternoon", 1)
    /// ((datetime.date(2024, 8, 16), 'afternoon'), (datetime.date(2024, 8, 19), 'morning'))
    fn add_half_days<'py>(
        &self,
        py: Python<'py>,
        received: &Bound<'py, PyAny>,
        half: &str,
        n: u32,
    ) -> Result<Option<(Bound<'py, PyDate>, &'static str)>> {
        let received = core::HalfDay { date: day(received, "received")?, half: half_of(half)? };
        let Some(due) = self.0.add_half_days(received, n) else { return Ok(None) };
        let half = if due.half == core::Half::Morning { "morning" } else { "afternoon" };
        Ok(Some((value::date(py, due.date)?, half)))
    }

    /// How many working days passed from a day, which is not counted, to a day, which is; negative where the second comes
    /// first, None outside the years 2000 to 2100.
    fn working_days_between(&self, start: &Bound<'_, PyAny>, end: &Bound<'_, PyAny>) -> Result<Option<i32>> {
        Ok(self.0.working_days_between(day(start, "start")?, day(end, "end")?))
    }

    /// The days off from a day to a day other than plain weekends: date, kind ("holiday", "compensation", "swap", "extra"),
    /// names, source, and whether they are estimated.
    fn days_off<'py>(
        &self,
        py: Python<'py>,
        start: &Bound<'py, PyAny>,
        end: &Bound<'py, PyAny>,
    ) -> Result<Bound<'py, PyAny>> {
        let days: Vec<&core::DayOff> = self.0.days_off(&period(start, end)?).collect();
        plain(py, &days)
    }

    /// SHA-256 over all working days: two calendars with one fingerprint count alike.
    #[getter]
    fn fingerprint(&self) -> String {
        self.0.fingerprint()
    }

    /// The first day of the lunar year (Tết Nguyên đán) that begins in a year, by the Vietnamese calendar at UTC+7; None
    /// outside the years 1900 to 2100.
    ///
    /// >>> import caicach
    /// >>> caicach.Calendar.lunar_new_year(2030)
    /// datetime.date(2030, 2, 2)
    #[staticmethod]
    fn lunar_new_year(py: Python<'_>, year: i32) -> Result<Option<Bound<'_, PyDate>>> {
        date(py, lunar::tet(year))
    }

    /// Hùng Kings' day, the tenth of the third lunar month, in a year; None outside the years 1900 to 2100.
    #[staticmethod]
    fn hung_kings_day(py: Python<'_>, year: i32) -> Result<Option<Bound<'_, PyDate>>> {
        date(py, lunar::hung_kings_day(year))
    }

    /// The lunar date of a day, by the Vietnamese calendar at UTC+7. CalendarError (code "out_of_range") outside 1900-01-31
    /// to 2101-01-28.
    ///
    /// >>> import caicach
    /// >>> caicach.Calendar.solar_to_lunar("2023-03-22")
    /// LunarDate(year=2023, month=2, leap=True, day=1)
    #[staticmethod]
    fn solar_to_lunar<'py>(py: Python<'py>, date: &Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>> {
        let found = lunar::solar_to_lunar(day(date, "date")?).map_err(|error| lunar_error(error, "date"))?;
        value::lunar_date(py, found)
    }

    /// The day of a lunar date, its month the leap month (tháng nhuận) where `leap` says so. CalendarError says by its code
    /// why there is no such day: "out_of_range" (lunar years run from 1900 to 2100), "no_such_month", "no_leap_month",
    /// "no_such_day".
    ///
    /// >>> import caicach
    /// >>> caicach.Calendar.lunar_to_solar(2024, 8, 15)
    /// datetime.date(2024, 9, 17)
    /// >>> caicach.Calendar.lunar_to_solar(2024, 12, 30)
    /// Traceback (most recent call last):
    /// caicach.CalendarError: month 12 of lunar year 2024 has 29 days
    #[staticmethod]
    #[pyo3(signature = (year, month, day, *, leap=false))]
    fn lunar_to_solar(py: Python<'_>, year: i64, month: i64, day: i64, leap: bool) -> Result<Bound<'_, PyDate>> {
        // What a byte does not hold is no month and no day either.
        let byte = |number: i64| u8::try_from(number).unwrap_or(u8::MAX);
        let found = i32::try_from(year)
            .map_err(|_| LunarError::OutOfRange)
            .and_then(|year| lunar::lunar_to_solar(LunarDate { year, month: byte(month), leap, day: byte(day) }));
        value::date(py, found.map_err(|error| lunar_error(error, error.path()))?)
    }

    fn __repr__(&self) -> String {
        format!("<Calendar {}>", self.0.fingerprint().get(..19).unwrap_or_default())
    }
}
