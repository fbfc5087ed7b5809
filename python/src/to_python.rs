//! Any document of the engine as Python values: dict, list, str, int, bool, None. There are no floats.

use std::fmt::Display;

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};
use serde::ser::{self, Serialize, Serializer};

/// A document with the plain values that its JSON has.
pub(crate) fn plain<'py, T: Serialize + ?Sized>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    Ok(value.serialize(ToPython { py, typed: false, key: "" })?)
}

/// A part of a finding, with percentages as `Decimal` and days as `date`.
pub(crate) fn typed<'py, T: Serialize + ?Sized>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    Ok(value.serialize(ToPython { py, typed: true, key: "" })?)
}

#[derive(Clone, Copy)]
struct ToPython<'py, 'k> {
    py: Python<'py>,
    typed: bool,
    /// The key that the value stands under.
    key: &'k str,
}

impl<'py> ToPython<'py, '_> {
    fn text(&self, text: &str) -> PyResult<Bound<'py, PyAny>> {
        match self.key {
            "percent" | "value" | "before" | "per_year" if self.typed => crate::value::decimal(self.py, text),
            "date" | "by" if self.typed => match caicach::calendar::parse_iso(text) {
                Ok(date) => Ok(crate::value::date(self.py, date)?.into_any()),
                Err(_) => Ok(PyString::new(self.py, text).into_any()),
            },
            _ => Ok(PyString::new(self.py, text).into_any()),
        }
    }
}

/// What serde needs around an exception.
#[derive(Debug)]
struct Failed(PyErr);

impl Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failed {}

impl ser::Error for Failed {
    fn custom<T: Display>(message: T) -> Self {
        Failed(PyTypeError::new_err(message.to_string()))
    }
}

impl From<PyErr> for Failed {
    fn from(error: PyErr) -> Self {
        Failed(error)
    }
}

impl From<Failed> for PyErr {
    fn from(error: Failed) -> Self {
        error.0
    }
}

type Made<'py> = Result<Bound<'py, PyAny>, Failed>;

fn made<'py, T: IntoPyObject<'py>>(py: Python<'py>, value: T) -> Made<'py> {
    value.into_bound_py_any(py).map_err(Failed)
}

/// What the documents of the engine do not contain.
fn foreign<'py>(what: &str) -> Made<'py> {
    Err(ser::Error::custom(format!("a document with {what}")))
}

impl<'py, 'k> Serializer for ToPython<'py, 'k> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;
    type SerializeSeq = ListOf<'py, 'k>;
    type SerializeTuple = ListOf<'py, 'k>;
    type SerializeTupleStruct = ListOf<'py, 'k>;
    type SerializeTupleVariant = ser::Impossible<Self::Ok, Failed>;
    type SerializeMap = DictOf<'py>;
    type SerializeStruct = DictOf<'py>;
    type SerializeStructVariant = ser::Impossible<Self::Ok, Failed>;

    fn serialize_bool(self, v: bool) -> Made<'py> {
        made(self.py, v)
    }
    fn serialize_i8(self, v: i8) -> Made<'py> {
        made(self.py, v)
    }
    fn serialize_i16(self, v: i16) -> Made<'py> {
        made(self.py, v)
    }
    fn serialize_i32(self, v: i32) -> Made<'py> {
        made(self.py, v)
    }
    fn serialize_i64(self, v: i64) -> Made<'py> {
        made(self.py, v)
    }
    fn serialize_i128(self, v: i128) -> Made<'py> {
        made(self.py, v)
    }
    fn serialize_u8(self, v: u8) -> Made<'py> {
        made(self.py, v)
    }
    fn serialize_u16(self, v: u16) -> Made<'py> {
        made(self.py, v)
    }
    fn serialize_u32(self, v: u32) -> Made<'py> {
        made(self.py, v)
    }
    fn serialize_u64(self, v: u64) -> Made<'py> {
        made(self.py, v)
    }
    fn serialize_u128(self, v: u128) -> Made<'py> {
        made(self.py, v)
    }
    fn serialize_f32(self, _: f32) -> Made<'py> {
        foreign("a float")
    }
    fn serialize_f64(self, _: f64) -> Made<'py> {
        foreign("a float")
    }
    fn serialize_char(self, v: char) -> Made<'py> {
        made(self.py, v)
    }
    fn serialize_str(self, v: &str) -> Made<'py> {
        self.text(v).map_err(Failed)
    }
    fn serialize_bytes(self, _: &[u8]) -> Made<'py> {
        foreign("bytes")
    }
    fn serialize_none(self) -> Made<'py> {
        self.serialize_unit()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made<'py> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Made<'py> {
        Ok(self.py.None().into_bound(self.py))
    }
    fn serialize_unit_struct(self, _: &'static str) -> Made<'py> {
        self.serialize_unit()
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Made<'py> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Made<'py> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Made<'py> {
        foreign("a variant that holds something")
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Failed> {
        Ok(ListOf { list: PyList::empty(self.py), each: self })
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Failed> {
        self.serialize_seq(None)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Failed> {
        self.serialize_seq(None)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Failed> {
        Err(ser::Error::custom("a document with a variant that holds something"))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Failed> {
        Ok(DictOf { dict: PyDict::new(self.py), typed: self.typed, key: None })
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Failed> {
        self.serialize_map(None)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Failed> {
        Err(ser::Error::custom("a document with a variant that holds something"))
    }
}

/// A list under construction.
struct ListOf<'py, 'k> {
    list: Bound<'py, PyList>,
    each: ToPython<'py, 'k>,
}

impl<'py> ListOf<'py, '_> {
    fn add<T: Serialize + ?Sized>(&self, value: &T) -> Result<(), Failed> {
        Ok(self.list.append(value.serialize(self.each)?)?)
    }

    fn done(self) -> Made<'py> {
        Ok(self.list.into_any())
    }
}

impl<'py> ser::SerializeSeq for ListOf<'py, '_> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.add(value)
    }
    fn end(self) -> Made<'py> {
        self.done()
    }
}

impl<'py> ser::SerializeTuple for ListOf<'py, '_> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.add(value)
    }
    fn end(self) -> Made<'py> {
        self.done()
    }
}

impl<'py> ser::SerializeTupleStruct for ListOf<'py, '_> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.add(value)
    }
    fn end(self) -> Made<'py> {
        self.done()
    }
}

/// A dict under construction.
struct DictOf<'py> {
    dict: Bound<'py, PyDict>,
    typed: bool,
    key: Option<Bound<'py, PyString>>,
}

impl<'py> ser::SerializeMap for DictOf<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        let key = key.serialize(ToPython { py: self.dict.py(), typed: false, key: "" })?;
        self.key = Some(key.cast_into().map_err(|error| Failed(error.into()))?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        let Some(key) = self.key.take() else {
            return Err(ser::Error::custom("a document with a value without a key"));
        };
        let name = if self.typed { key.to_string_lossy() } else { "".into() };
        let value = value.serialize(ToPython { py: self.dict.py(), typed: self.typed, key: &name })?;
        Ok(self.dict.set_item(&key, value)?)
    }

    fn end(self) -> Made<'py> {
        Ok(self.dict.into_any())
    }
}

impl<'py> ser::SerializeStruct for DictOf<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Failed> {
        let value = value.serialize(ToPython { py: self.dict.py(), typed: self.typed, key })?;
        Ok(self.dict.set_item(key, value)?)
    }

    fn end(self) -> Made<'py> {
        Ok(self.dict.into_any())
    }
}

/// A tuple of what an iterator gives.
pub(crate) fn tuple<'py, T, E>(py: Python<'py>, items: impl IntoIterator<Item = T>) -> PyResult<Bound<'py, PyTuple>>
where
    T: IntoPyObject<'py, Error = E>,
    E: Into<PyErr>,
{
    let items = items.into_iter().map(|item| item.into_bound_py_any(py)).collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(py, items)
}
