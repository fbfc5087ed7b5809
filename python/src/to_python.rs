//! Any document of the engine as Python values: dict, list, str, int, bool, None. There are no floats.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};
use serde::Serialize;

use crate::error::{Pending, Result, type_error};

/// Whatever has a JSON text. By its table of functions what is done with the text is compiled once, not for every kind.
pub(crate) trait Document {
    fn write(&self, out: &mut Vec<u8>) -> serde_json::Result<()>;
}

impl<T: Serialize> Document for T {
    fn write(&self, out: &mut Vec<u8>) -> serde_json::Result<()> {
        self.serialize(&mut serde_json::Serializer::new(out))
    }
}

/// A document with the plain values that its JSON has: whole numbers of any size, and members in their order.
///
/// By way of the JSON, which is written anyway: a serializer that makes Python values would compile every document once
/// more.
pub(crate) fn plain<'py>(py: Python<'py>, value: &dyn Document) -> Result<Bound<'py, PyAny>> {
    let mut text = Vec::new();
    value.write(&mut text).map_err(|error| type_error(error.to_string()))?;
    read(py, &String::from_utf8_lossy(&text))
}

/// The plain values of a JSON text.
pub(crate) fn read<'py>(py: Python<'py>, json: &str) -> Result<Bound<'py, PyAny>> {
    static LOADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    Ok(LOADS.import(py, "json", "loads")?.call1((json,))?)
}

/// A part of a finding, with percentages as `Decimal` and days as `date`.
pub(crate) fn typed<'py>(py: Python<'py>, value: &dyn Document) -> Result<Bound<'py, PyAny>> {
    with_types(plain(py, value)?, "")
}

/// The same value with types for the texts that have one by the key they stand under.
fn with_types<'py>(value: Bound<'py, PyAny>, key: &str) -> Result<Bound<'py, PyAny>> {
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

/// What a function of the part of caicach that is written in Python gives.
pub(crate) fn call<'py>(
    py: Python<'py>,
    module: &str,
    function: &str,
    arguments: impl IntoPyObject<'py, Target = PyTuple, Output = Bound<'py, PyTuple>, Error = PyErr>,
) -> Result<Bound<'py, PyAny>> {
    let arguments = arguments.into_pyobject(py)?;
    called(py, module, function, &arguments)
}

fn called<'py>(
    py: Python<'py>,
    module: &str,
    function: &str,
    arguments: &Bound<'py, PyTuple>,
) -> Result<Bound<'py, PyAny>> {
    Ok(py.import(module)?.getattr(function)?.call1(arguments)?)
}

/// A tuple of what an iterator gives.
pub(crate) fn tuple<'py, T, E>(py: Python<'py>, items: impl IntoIterator<Item = T>) -> Result<Bound<'py, PyTuple>>
where
    T: IntoPyObject<'py, Error = E>,
    E: Into<PyErr>,
{
    let mut items = items.into_iter();
    tuple_of(py, &mut || items.next().and_then(|item| kept(py, item.into_bound_py_any(py))))
}

/// An item that is being made.
pub(crate) struct Item<'py, T>(pub(crate) Result<Bound<'py, T>>);

impl<'py, T> IntoPyObject<'py> for Item<'py, T> {
    type Target = T;
    type Output = Bound<'py, T>;
    type Error = Pending;

    fn into_pyobject(self, _: Python<'py>) -> Result<Bound<'py, T>> {
        self.0
    }
}

/// The same as a list.
pub(crate) fn list<'py, T, E>(py: Python<'py>, items: impl IntoIterator<Item = T>) -> Result<Bound<'py, PyList>>
where
    T: IntoPyObject<'py, Error = E>,
    E: Into<PyErr>,
{
    Ok(tuple(py, items)?.to_list())
}

/// What was made; an exception is left pending, which costs the many callers less than handing it on.
fn kept<'py>(py: Python<'py>, made: pyo3::PyResult<Bound<'py, PyAny>>) -> Option<Bound<'py, PyAny>> {
    made.map_err(|error| error.restore(py)).ok()
}

/// What `tuple` does, once for all kinds of items.
fn tuple_of<'py>(py: Python<'py>, next: &mut dyn FnMut() -> Option<Bound<'py, PyAny>>) -> Result<Bound<'py, PyTuple>> {
    let items: Vec<_> = std::iter::from_fn(next).collect();
    if PyErr::occurred(py) { Err(Pending::left()) } else { Ok(PyTuple::new(py, items)?) }
}

/// The tuple of a cell, made when first asked for.
pub(crate) fn made<'py>(
    py: Python<'py>,
    cell: &PyOnceLock<Py<PyTuple>>,
    make: &mut dyn FnMut() -> Result<Bound<'py, PyTuple>>,
) -> Result<Bound<'py, PyTuple>> {
    Ok(cell.get_or_try_init(py, || make().map(Bound::unbind))?.bind(py).clone())
}
