//! Decimals, dates and numbers for people.

use caicach::assessment::TaskStatus;
use caicach::calendar::Date;
use caicach::calendar::lunar::LunarDate;
use caicach::measure::ratio::Ratio;
use caicach::text::number;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDate, PyInt, PyType};

use crate::arguments::lang_of;

static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static FRACTION: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static LUNAR_DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static VERDICT: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static TASK_STATUS: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// The class `decimal.Decimal`, imported when first needed.
pub(crate) fn decimal_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    DECIMAL.import(py, "decimal", "Decimal")
}

/// A decimal from its text, digit by digit.
pub(crate) fn decimal<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    decimal_type(py)?.call1((text,))
}

/// A date.
pub(crate) fn date(py: Python<'_>, date: Date) -> PyResult<Bound<'_, PyDate>> {
    PyDate::new(py, date.year(), u8::from(date.month()), date.day())
}

/// A date as its class writes it, YYYY-MM-DD, whatever a class of somebody's own would write.
pub(crate) fn iso(date: &Bound<'_, PyDate>) -> PyResult<String> {
    date.py().get_type::<PyDate>().call_method1("isoformat", (date,))?.extract()
}

/// A `caicach.LunarDate`.
pub(crate) fn lunar_date(py: Python<'_>, date: LunarDate) -> PyResult<Bound<'_, PyAny>> {
    let LunarDate { year, month, leap, day } = date;
    LUNAR_DATE.import(py, "caicach.types", "LunarDate")?.call1((year, month, leap, day))
}

/// An exact fraction.
pub(crate) fn fraction(py: Python<'_>, ratio: Ratio) -> PyResult<Bound<'_, PyAny>> {
    FRACTION.import(py, "fractions", "Fraction")?.call1((ratio.numerator(), ratio.denominator()))
}

/// The same of a numerator and a denominator that is not 0.
pub(crate) fn fraction_of(py: Python<'_>, numerator: u128, denominator: u128) -> PyResult<Bound<'_, PyAny>> {
    FRACTION.import(py, "fractions", "Fraction")?.call1((numerator, denominator))
}

/// A member of `caicach.TaskStatus`.
pub(crate) fn task_status(py: Python<'_>, status: TaskStatus) -> PyResult<Bound<'_, PyAny>> {
    TASK_STATUS.import(py, "caicach.types", "TaskStatus")?.call1((status.as_str(),))
}

/// A member of `caicach.Verdict`.
pub(crate) fn verdict<'py>(py: Python<'py>, verdict: caicach::Verdict) -> PyResult<Bound<'py, PyAny>> {
    VERDICT.import(py, "caicach.types", "Verdict")?.call1((verdict.as_str(),))
}

/// Writes a number as officials do: "3.905" and "5,43" in Vietnamese, "3,905" and "5.43" in English.
///
/// All given digits are written, none is rounded away.
///
/// >>> import caicach, decimal
/// >>> caicach.format_number(3905), caicach.format_number(decimal.Decimal("5.43"))
/// ('3.905', '5,43')
/// >>> caicach.format_number(3905, lang="en")
/// '3,905'
#[pyfunction]
#[pyo3(signature = (value, *, lang="vi"))]
pub(crate) fn format_number(value: &Bound<'_, PyAny>, lang: &str) -> PyResult<String> {
    let lang = lang_of(lang)?;
    if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
        return Ok(number::integer(value.extract()?, lang));
    }
    if value.is_instance(decimal_type(value.py())?)? {
        // Without an exponent, whatever the decimal was made from.
        let text: String = value.call_method1("__format__", ("f",))?.extract()?;
        let value = rust_decimal::Decimal::from_str_exact(&text).map_err(|_| {
            pyo3::exceptions::PyValueError::new_err(format!("not a number of at most 28 digits: {text}"))
        })?;
        return Ok(number::decimal(&value, lang));
    }
    Err(PyTypeError::new_err(format!("expected an int or a Decimal, found {}", value.get_type().name()?)))
}
