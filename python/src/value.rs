//! Decimals, dates and numbers for people.

use caicach::assessment::TaskStatus;
use caicach::calendar::Date;
use caicach::calendar::lunar::LunarDate;
use caicach::measure::ratio::Ratio;
use caicach::text::number;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDate, PyInt, PyTuple, PyType};

use crate::arguments::lang_of;
use crate::error::{Result, type_error, value_error};

static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static FRACTION: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static LUNAR_DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static VERDICT: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static TASK_STATUS: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// A value of a class, which is imported when first needed.
fn make<'py>(
    py: Python<'py>,
    cell: &PyOnceLock<Py<PyType>>,
    module: &str,
    class: &str,
    arguments: impl IntoPyObject<'py, Target = PyTuple, Output = Bound<'py, PyTuple>, Error = PyErr>,
) -> Result<Bound<'py, PyAny>> {
    let arguments = arguments.into_pyobject(py)?;
    Ok(cell.import(py, module, class)?.call1(arguments)?)
}

/// The class `decimal.Decimal`, imported when first needed.
pub(crate) fn decimal_type(py: Python<'_>) -> Result<&Bound<'_, PyType>> {
    Ok(DECIMAL.import(py, "decimal", "Decimal")?)
}

/// A decimal from its text, digit by digit.
pub(crate) fn decimal<'py>(py: Python<'py>, text: &str) -> Result<Bound<'py, PyAny>> {
    make(py, &DECIMAL, "decimal", "Decimal", (text,))
}

/// A date.
pub(crate) fn date(py: Python<'_>, date: Date) -> Result<Bound<'_, PyDate>> {
    Ok(PyDate::new(py, date.year(), u8::from(date.month()), date.day())?)
}

/// A date as its class writes it, YYYY-MM-DD, whatever a class of somebody's own would write.
pub(crate) fn iso(date: &Bound<'_, PyDate>) -> Result<String> {
    Ok(date.py().get_type::<PyDate>().call_method1("isoformat", (date,))?.extract()?)
}

/// A `caicach.LunarDate`.
pub(crate) fn lunar_date(py: Python<'_>, date: LunarDate) -> Result<Bound<'_, PyAny>> {
    let LunarDate { year, month, leap, day } = date;
    make(py, &LUNAR_DATE, "caicach.types", "LunarDate", (year, month, leap, day))
}

/// An exact fraction.
pub(crate) fn fraction(py: Python<'_>, ratio: Ratio) -> Result<Bound<'_, PyAny>> {
    make(py, &FRACTION, "fractions", "Fraction", (ratio.numerator(), ratio.denominator()))
}

/// The same of a numerator and a denominator that is not 0.
pub(crate) fn fraction_of(py: Python<'_>, numerator: u128, denominator: u128) -> Result<Bound<'_, PyAny>> {
    make(py, &FRACTION, "fractions", "Fraction", (numerator, denominator))
}

/// A member of `caicach.TaskStatus`.
pub(crate) fn task_status(py: Python<'_>, status: TaskStatus) -> Result<Bound<'_, PyAny>> {
    make(py, &TASK_STATUS, "caicach.types", "TaskStatus", (status.as_str(),))
}

/// A member of `caicach.Verdict`.
pub(crate) fn verdict<'py>(py: Python<'py>, verdict: caicach::Verdict) -> Result<Bound<'py, PyAny>> {
    make(py, &VERDICT, "caicach.types", "Verdict", (verdict.as_str(),))
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
pub(crate) fn format_number(value: &Bound<'_, PyAny>, lang: &str) -> Result<String> {
    let lang = lang_of(lang)?;
    if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
        return Ok(number::integer(value.extract()?, lang));
    }
    if value.is_instance(decimal_type(value.py())?)? {
        // Without an exponent, whatever the decimal was made from.
        let text: String = value.call_method1("__format__", ("f",))?.extract()?;
        let value = rust_decimal::Decimal::from_str_exact(&text)
            .map_err(|_| value_error(format!("not a number of at most 28 digits: {text}")))?;
        return Ok(number::decimal(&value, lang));
    }
    Err(type_error(format!("expected an int or a Decimal, found {}", value.get_type().name()?)))
}
