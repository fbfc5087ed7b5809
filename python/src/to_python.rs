//! Any document of the engine as Python values: dict, list, str, int, bool, None. There are no floats.

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};
use serde::Serialize;

/// A document with the plain values that its JSON has.
///
/// By way of the JSON, which is written anyway: a serializer that makes Python values would compile every document once
/// more.
pub(crate) fn plain<'py, T: Serialize + ?Sized>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    let text = serde_json::to_string(value).map_err(|error| PyTypeError::new_err(error.to_string()))?;
    read(py, &text)
}

/// A part of a finding, with percentages as `Decimal` and days as `date`.
pub(crate) fn typed<'py, T: Serialize + ?Sized>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    with_types(plain(py, value)?, "")
}

/// Whole numbers of any size, and members in their order.
fn read<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static LOADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    LOADS.import(py, "json", "loads")?.call1((text,))
}

/// The same value with types for the texts that have one by the key they stand under.
fn with_types<'py>(value: Bound<'py, PyAny>, key: &str) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    if let Ok(text) = value.cast::<PyString>() {
        let text = text.to_string_lossy();
        return match key {
            "percent" | "value" | "before" | "per_year" => crate::value::decimal(py, &text),
            "date" | "by" => match caicach::calendar::parse_iso(&text) {
                Ok(date) => Ok(crate::value::date(py, date)?.into_any()),
                Err(_) => Ok(value),
            },
            _ => Ok(value),
        };
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        let typed = PyDict::new(py);
        for (key, member) in dict {
            let name = key.cast::<PyString>().map(|key| key.to_string_lossy().into_owned()).unwrap_or_default();
            typed.set_item(key, with_types(member, &name)?)?;
        }
        return Ok(typed.into_any());
    }
    if let Ok(list) = value.cast::<PyList>() {
        let typed = PyList::empty(py);
        for item in list {
            typed.append(with_types(item, key)?)?;
        }
        return Ok(typed.into_any());
    }
    Ok(value)
}

/// A tuple of what an iterator gives.
pub(crate) fn tuple<'py, T, E>(py: Python<'py>, items: impl IntoIterator<Item = T>) -> PyResult<Bound<'py, PyTuple>>
where
    T: IntoPyObject<'py, Error = E>,
    E: Into<PyErr>,
{
    let mut items = items.into_iter();
    tuple_of(py, &mut || items.next().map(|item| item.into_bound_py_any(py)))
}

/// What `tuple` does, once for all kinds of items.
fn tuple_of<'py>(
    py: Python<'py>,
    next: &mut dyn FnMut() -> Option<PyResult<Bound<'py, PyAny>>>,
) -> PyResult<Bound<'py, PyTuple>> {
    let mut items = Vec::new();
    while let Some(item) = next() {
        items.push(item?);
    }
    PyTuple::new(py, items)
}

/// The tuple of a cell, made when first asked for.
pub(crate) fn made<'py>(
    py: Python<'py>,
    cell: &PyOnceLock<Py<PyTuple>>,
    make: &mut dyn FnMut() -> PyResult<Bound<'py, PyTuple>>,
) -> PyResult<Bound<'py, PyTuple>> {
    Ok(cell.get_or_try_init(py, || make().map(Bound::unbind))?.bind(py).clone())
}
