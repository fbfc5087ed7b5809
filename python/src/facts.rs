//! Facts.

use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::PyTuple;

use crate::arguments::{file, text};
use crate::boundary::{boundary, written};
use crate::error::{Problem, Result, facts_error, raise};
use crate::from_python;
use crate::same::{Compared, Other, hash};
use crate::to_python::{self, tuple};

/// Facts (dữ liệu thực tế): what happened, as tables of records. Checked and immutable.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "surveys": [
/// ...     {"year": 2023, "field": "overall", "body": "Lộc Thọ", "percent": 86.36, "rounded_to": 2}]})
/// >>> len(facts), facts.to_dict()["surveys"][0]["percent"]
/// (1, '86.36')
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Facts(caicach::Facts);

impl Facts {
    pub(crate) fn new(facts: caicach::Facts) -> Facts {
        Facts(facts)
    }

    pub(crate) fn core(&self) -> &caicach::Facts {
        &self.0
    }
}

impl PartialEq for Facts {
    fn eq(&self, other: &Facts) -> bool {
        self.0.fingerprint() == other.0.fingerprint()
    }
}

fn read(py: Python<'_>, source: impl AsRef<[u8]> + Send + Sync) -> Result<Facts> {
    let facts = boundary(py, || caicach::Facts::from_json(&source))?;
    facts.map(Facts).map_err(|error| facts_error(&error))
}

#[pymethods]
impl Facts {
    /// Reads facts from JSON, as str or bytes. Numbers are read digit by digit, never through a float.
    ///
    /// FactsError lists every problem of the document with its path.
    ///
    /// >>> import caicach
    /// >>> caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
    /// <Facts: no record>
    /// >>> caicach.Facts.from_json('{"schema": "caicach/facts/1", "surveys": [{"year": 2023, "percent": "6x"}]}')
    /// Traceback (most recent call last):
    /// caicach.FactsError: 2 problem(s) in the facts:
    /// ...
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &Bound<'_, PyAny>) -> Result<Facts> {
        read(py, self::text(text)?)
    }

    /// Reads facts from a JSON file. OSError where the file cannot be read.
    ///
    /// >>> import caicach
    /// >>> caicach.Facts.load("no such file")
    /// Traceback (most recent call last):
    /// FileNotFoundError: [Errno 2] No such file or directory: 'no such file'
    #[staticmethod]
    fn load(py: Python<'_>, path: &Bound<'_, PyAny>) -> Result<Facts> {
        read(py, file(path)?)
    }

    /// Takes facts from a mapping of the structure of the JSON document.
    ///
    /// Values are str, int, bool, None, Decimal, date, mappings, lists and tuples. A float stands for its shortest
    /// text: 86.36 is 86.36 exactly. NaN, infinity and datetime are problems with their path, as anything else is that
    /// cannot be a value of facts.
    ///
    /// >>> import caicach, datetime
    /// >>> caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [
    /// ...     {"date": datetime.date(2022, 12, 31), "category": "cadre", "basis": "assigned", "count": 1247}]})
    /// <Facts: 1 record>
    #[staticmethod]
    fn from_dict(py: Python<'_>, mapping: &Bound<'_, PyAny>) -> Result<Facts> {
        let (json, ours) = from_python::json(mapping)?;
        let facts = boundary(py, || caicach::Facts::from_json(&json))?;
        if ours.is_empty() {
            return facts.map(Facts).map_err(|error| facts_error(&error));
        }
        // What could not be written stands there as null, of which the engine has its own, lesser remark.
        let theirs = facts.err().map(|error| Problem::list(error.problems())).unwrap_or_default();
        let (own, mut problems) = (ours.len(), ours);
        for problem in theirs {
            if problems.iter().take(own).all(|mine| mine.path != problem.path) {
                problems.push(problem);
            }
        }
        let total = problems.len();
        let mut message = format!("{total} problem(s) in the facts:");
        for problem in &problems {
            message.push_str(&format!("\n{problem}"));
        }
        Err(raise("FactsError", message, problems, total))
    }

    /// The facts as JSON: the same facts give the same bytes, in whatever order they were given.
    ///
    /// >>> import caicach
    /// >>> caicach.Facts.from_json('{"schema": "caicach/facts/1"}').to_json()
    /// '{"schema":"caicach/facts/1"}'
    fn to_json(&self, py: Python<'_>) -> Result<String> {
        written(py, &|| self.0.to_json())
    }

    /// The facts as the plain values of their JSON; percentages are texts, so that no digit is lost.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        to_python::read(py, &self.0.to_json())
    }

    /// SHA-256 of to_json(): two sets of facts with one fingerprint say the same.
    #[getter]
    fn fingerprint(&self, py: Python<'_>) -> Result<String> {
        written(py, &|| self.0.fingerprint().to_owned())
    }

    /// What is odd about the records but was kept, such as published figures that do not add up.
    ///
    /// >>> import caicach
    /// >>> record = {"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1247}
    /// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [record, record]})
    /// >>> facts.notes[0].kind, facts.notes[0].path
    /// ('repeat', 'headcounts[1]')
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.notes().iter().map(FactNote::of))
    }

    /// These facts and others together; FactsError where they contradict each other.
    ///
    /// >>> import caicach
    /// >>> none = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
    /// >>> none + none
    /// <Facts: no record>
    fn __add__(&self, py: Python<'_>, other: &Bound<'_, Facts>) -> Result<Facts> {
        let other = other.get();
        boundary(py, || self.0.add(&other.0))?.map(Facts).map_err(|error| facts_error(&error))
    }

    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }

    fn __hash__(&self, py: Python<'_>) -> Result<u64> {
        Ok(hash(self.fingerprint(py)?.as_str()))
    }

    /// How many records there are.
    fn __len__(&self) -> usize {
        self.0.tables().len()
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
    }

    fn __repr__(&self) -> String {
        match self.0.tables().len() {
            0 => "<Facts: no record>".into(),
            1 => "<Facts: 1 record>".into(),
            n => format!("<Facts: {n} records>"),
        }
    }
}

/// Something odd about a record that was kept all the same. See Facts.notes.
///
/// >>> import caicach
/// >>> record = {"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1247}
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [record, record]})
/// >>> facts.notes[0].table
/// 'headcounts'
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct FactNote {
    /// What kind of oddity it is: "repeat", "broken_identity" ...
    #[pyo3(get)]
    kind: &'static str,
    /// The table of the record.
    #[pyo3(get)]
    table: &'static str,
    /// Where the record stood in what was read: "dossier_counts[2]".
    #[pyo3(get)]
    path: String,
    /// What is odd, in one line.
    #[pyo3(get)]
    message: String,
}

impl FactNote {
    fn of(note: &caicach::facts::FactNote) -> FactNote {
        FactNote {
            kind: note.kind().as_str(),
            table: note.table().as_str(),
            path: note.path().into(),
            message: note.message().into(),
        }
    }
}

#[pymethods]
impl FactNote {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }
    fn __repr__(&self) -> String {
        format!("<FactNote {} {}: {}>", self.kind, self.path, self.message)
    }
}
