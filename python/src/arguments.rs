//! Arguments as Python gives them: checked, never guessed.

use caicach::calendar::Date;
use caicach::{Lang, Options};
use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyDate, PyDateTime, PyIterator, PyMapping, PyString};

use crate::error::{Pending, Problem, Result, raise_one, type_error, value_error};

/// The language of a text for people.
pub(crate) fn lang_of(lang: &str) -> Result<Lang> {
    match lang {
        "vi" => Ok(Lang::Vi),
        "en" => Ok(Lang::En),
        _ => Err(value_error(format!("lang is \"vi\" or \"en\", not {lang:?}"))),
    }
}

fn found(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "something else".into(), |name| name.to_string())
}

fn bad_date(name: &str, message: String) -> Pending {
    let problem = Problem::of("bad_date", name, message);
    raise_one("DateError", problem)
}

fn read_day(iso: &str, name: &str) -> Result<Date> {
    caicach::calendar::parse_iso(iso).map_err(|error| bad_date(name, error.to_string()))
}

/// A day: a `date`, or its ISO text. A `datetime` is not a day.
pub(crate) fn day(value: &Bound<'_, PyAny>, name: &str) -> Result<Date> {
    if value.is_instance_of::<PyDateTime>() {
        let message = format!("{name} is a day: a datetime has a time as well, pass its date()");
        return Err(type_error(message));
    }
    if let Ok(date) = value.cast::<PyDate>() {
        return read_day(&crate::value::iso(date)?, name);
    }
    if let Ok(text) = value.cast::<PyString>() {
        return match text.to_str() {
            Ok(text) => read_day(text, name),
            Err(_) => Err(bad_date(name, "write dates as YYYY-MM-DD".into())),
        };
    }
    Err(type_error(format!("{name} is a date or a text YYYY-MM-DD, not {}", found(value))))
}

/// The day, the readings and the knowledge of an assessment.
pub(crate) fn options(
    as_of: &Bound<'_, PyAny>,
    readings: Option<&Bound<'_, PyAny>>,
    known_on: Option<&Bound<'_, PyAny>>,
    alternatives: bool,
) -> Result<Options> {
    let mut options = Options::on(day(as_of, "as_of")?).alternatives(alternatives);
    if let Some(known_on) = known_on {
        options = options.known_on(day(known_on, "known_on")?);
    }
    let Some(readings) = readings else { return Ok(options) };
    let Ok(readings) = readings.cast::<PyMapping>() else {
        return Err(type_error(format!("readings is a dict of key to option, not {}", found(readings))));
    };
    for entry in readings.items()?.iter() {
        let (key, option) = entry.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
        options = options.reading(word(&key, "the key of a reading")?, word(&option, "the option of a reading")?);
    }
    Ok(options)
}

/// A text argument.
pub(crate) fn word(value: &Bound<'_, PyAny>, what: &str) -> Result<String> {
    match value.cast::<PyString>() {
        Ok(text) => Ok(text.to_string_lossy().into_owned()),
        Err(_) => Err(type_error(format!("{what} is a str, not {}", found(value)))),
    }
}

/// A count: an `int` that is not a `bool`, or what says of itself that it is a whole number.
pub(crate) fn count(value: &Bound<'_, PyAny>, what: &str) -> Result<u64> {
    let whole = !value.is_instance_of::<PyBool>() && value.hasattr("__index__")?;
    if !whole {
        return Err(type_error(format!("{what} is an int, not {}", found(value))));
    }
    value.extract().map_err(|_| value_error(format!("{what} is a count between 0 and 2**64 - 1")))
}

/// One word or several.
pub(crate) fn words(value: &Bound<'_, PyAny>, what: &str) -> Result<Vec<String>> {
    if value.is_instance_of::<PyString>() {
        return Ok(vec![word(value, what)?]);
    }
    let Ok(items) = PyIterator::from_object(value) else {
        return Err(type_error(format!("{what} is a str or several, not {}", found(value))));
    };
    let mut words = Vec::new();
    for item in items {
        words.push(word(&item?, what)?);
    }
    Ok(words)
}

/// The text of a document, as bytes. What is not UTF-8 goes on to the engine, whose error says where.
pub(crate) enum Text {
    Bytes(PyBackedBytes),
    Owned(Vec<u8>),
}

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        match self {
            Text::Bytes(bytes) => bytes,
            Text::Owned(bytes) => bytes,
        }
    }
}

/// A document given as `str`, `bytes` or `bytearray`.
pub(crate) fn text(value: &Bound<'_, PyAny>) -> Result<Text> {
    let py = value.py();
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Ok(Text::Bytes(bytes.clone().into()));
    }
    if let Ok(bytes) = value.cast::<PyByteArray>() {
        return Ok(Text::Owned(bytes.to_vec()));
    }
    let Ok(text) = value.cast::<PyString>() else {
        return Err(type_error(format!("expected str or bytes, found {}", found(value))));
    };
    match text.to_str() {
        Ok(text) => Ok(Text::Owned(text.as_bytes().to_vec())),
        // Half a character that UTF-8 cannot hold: written as bytes that are not UTF-8, so that the engine refuses them
        // with the place.
        Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(py) => {
            let bytes = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
            Ok(Text::Owned(bytes.cast::<PyBytes>()?.as_bytes().to_vec()))
        }
        Err(error) => Err(error.into()),
    }
}

/// The bytes of a file; what goes wrong is the usual `OSError` with the file's name.
pub(crate) fn file(path: &Bound<'_, PyAny>) -> Result<Text> {
    let py = path.py();
    // A number would be taken for an open file.
    let path = py.import("os")?.call_method1("fspath", (path,))?;
    let file = py.import("io")?.call_method1("open", (path, "rb"))?;
    let bytes = file.call_method0("read");
    file.call_method0("close")?;
    text(&bytes?)
}
