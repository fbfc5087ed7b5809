//! A Python mapping as the JSON text that facts are read from.
//!
//! Only values with one meaning are taken: str, int, bool, None, `Decimal`, `date`, mappings with text keys, lists and
//! tuples. A float stands for its shortest text, digit by digit (86.36 is 86.36); NaN and infinity are not numbers.

use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyDate, PyDateTime, PyDict, PyFloat, PyInt, PyList, PyMapping, PySequence, PyString, PyTuple,
};

use crate::error::{Problem, Result};
use crate::value::decimal_type;

/// Deeper than any document of facts.
const MAX_DEPTH: usize = 32;

/// How much of a key a path repeats.
const SHOWN: usize = 60;

/// The JSON text of a value, and what could not be written: there `null` stands instead.
pub(crate) fn json(value: &Bound<'_, PyAny>) -> Result<(String, Vec<Problem>)> {
    let mut writer = Writer { out: String::new(), path: Vec::new(), problems: Vec::new() };
    writer.value(value)?;
    Ok((writer.out, writer.problems))
}

enum Step {
    Key(String),
    Index(usize),
}

struct Writer {
    out: String,
    path: Vec<Step>,
    problems: Vec<Problem>,
}

impl Writer {
    fn value(&mut self, value: &Bound<'_, PyAny>) -> Result<()> {
        let py = value.py();
        if value.is_none() {
            self.out.push_str("null");
        } else if let Ok(flag) = value.cast::<PyBool>() {
            self.out.push_str(if flag.is_true() { "true" } else { "false" });
        } else if let Ok(text) = value.cast::<PyString>() {
            self.text(text)?;
        } else if value.is_instance_of::<PyInt>() {
            self.whole(value);
        } else if value.is_instance_of::<PyFloat>() {
            let text: String = py.get_type::<PyFloat>().call_method1("__repr__", (value,))?.extract()?;
            self.number(&text, "a float");
        } else if value.is_instance(decimal_type(py)?)? {
            let text: String = value.str()?.extract()?;
            self.number(&text, "a Decimal");
        } else if value.is_instance_of::<PyDateTime>() {
            self.refuse("wrong_type", "a datetime is not a date: a day has no time", Some("pass its date()"));
        } else if let Ok(date) = value.cast::<PyDate>() {
            self.date(&crate::value::iso(date)?);
        } else if self.path.len() >= MAX_DEPTH {
            self.refuse("too_large", "nested too deeply, or holds itself", None);
        } else if let Ok(dict) = value.cast::<PyDict>() {
            self.map(dict.items().iter())?;
        } else if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            self.list(value)?;
        } else if let Ok(mapping) = value.cast::<PyMapping>() {
            self.map(mapping.items()?.iter())?;
        } else if value.cast::<PySequence>().is_ok() && !self.binary(value)? {
            self.list(value)?;
        } else if let Ok(whole) = value.call_method0("__index__") {
            // Whole numbers of other libraries, such as numpy.int64.
            self.whole(&whole);
        } else {
            let message = format!("{} is not a value that facts can have", value.get_type().name()?);
            self.refuse("wrong_type", &message, None);
        }
        Ok(())
    }

    /// Bytes are sequences of numbers to Python, but not to anyone who passes them.
    fn binary(&self, value: &Bound<'_, PyAny>) -> Result<bool> {
        let name = value.get_type().name()?;
        Ok(["bytes", "bytearray", "memoryview"].iter().any(|binary| name == *binary))
    }

    fn text(&mut self, text: &Bound<'_, PyString>) -> Result<()> {
        match text.to_str() {
            Ok(text) => self.quote(text),
            Err(_) => self.refuse("syntax", "the text has half a character (a lone surrogate)", None),
        }
        Ok(())
    }

    fn quote(&mut self, text: &str) {
        // A text always has a JSON text.
        self.out.push_str(&serde_json::to_string(text).unwrap_or_default());
    }

    fn whole(&mut self, value: &Bound<'_, PyAny>) {
        match value.extract::<i128>() {
            Ok(number) => self.out.push_str(&number.to_string()),
            Err(_) => self.refuse("out_of_range", "the number is too large", None),
        }
    }

    /// A number as it writes itself, where that is a number.
    fn number(&mut self, text: &str, what: &str) {
        let finite = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
        if finite {
            self.out.push_str(text);
        } else {
            let message = format!("{what} that is no number: {}", text.chars().take(SHOWN).collect::<String>());
            self.refuse("wrong_type", &message, Some("leave out what is not known"));
        }
    }

    fn date(&mut self, date: &str) {
        if caicach::calendar::parse_iso(date).is_ok() {
            self.quote(date);
        } else {
            self.refuse("bad_date", "years run from 1900 to 2200", None);
        }
    }

    fn map<'py>(&mut self, items: impl Iterator<Item = Bound<'py, PyAny>>) -> Result<()> {
        self.out.push('{');
        let mut first = true;
        for item in items {
            let (key, value) = item.extract::<(Bound<'py, PyAny>, Bound<'py, PyAny>)>()?;
            let name = match key.cast::<PyString>() {
                Ok(name) if name.to_str().is_ok() => name.to_string_lossy().into_owned(),
                _ => {
                    let message = format!("a key is text, not {}", key.get_type().name()?);
                    self.refused("wrong_type", &message, None);
                    continue;
                }
            };
            if !std::mem::take(&mut first) {
                self.out.push(',');
            }
            self.quote(&name);
            self.out.push(':');
            self.path.push(Step::Key(name));
            self.value(&value)?;
            self.path.pop();
        }
        self.out.push('}');
        Ok(())
    }

    fn list(&mut self, items: &Bound<'_, PyAny>) -> Result<()> {
        self.out.push('[');
        for (index, item) in items.try_iter()?.enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.path.push(Step::Index(index));
            self.value(&item?)?;
            self.path.pop();
        }
        self.out.push(']');
        Ok(())
    }

    /// Notes a problem of the value at hand, for which `null` is written.
    fn refuse(&mut self, code: &str, message: &str, help: Option<&str>) {
        self.refused(code, message, help);
        self.out.push_str("null");
    }

    fn refused(&mut self, code: &str, message: &str, help: Option<&str>) {
        // As many as the engine itself keeps.
        if self.problems.len() < caicach::Problems::KEPT {
            let problem = Problem { help: help.map(Into::into), ..Problem::of(code, &self.place(), message) };
            self.problems.push(problem);
        }
    }

    /// The path as the engine writes it: `headcounts[3].category`.
    fn place(&self) -> String {
        let mut place = String::new();
        for step in &self.path {
            match step {
                Step::Index(index) => place.push_str(&format!("[{index}]")),
                Step::Key(key) => {
                    if !place.is_empty() {
                        place.push('.');
                    }
                    place.extend(key.chars().take(SHOWN));
                }
            }
        }
        place
    }
}
