//! Counts by verdict, and what nothing read.

use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::{PyDict, PyTuple};

use crate::error::Result;
use crate::same::{Compared, Other, hash};
use crate::to_python::{plain, tuple};
use crate::value;

/// Counts by verdict, aspirations apart, and the rules that were not judged.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
/// >>> summary = caicach.Plan.builtin().assess(facts, as_of="2025-01-15").summary
/// >>> summary.verdicts[caicach.Verdict.BINDING]
/// 0
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Summary(pub(super) caicach::assessment::Summary);

/// Verdicts and how many findings have each.
fn counts<'py>(py: Python<'py>, count: impl Fn(caicach::Verdict) -> u64) -> Result<Bound<'py, PyDict>> {
    let counts = PyDict::new(py);
    for verdict in caicach::Verdict::ALL {
        counts.set_item(value::verdict(py, *verdict)?, count(*verdict))?;
    }
    Ok(counts)
}

#[pymethods]
impl Summary {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// How many findings that are not aspirations came out how.
    #[getter]
    fn verdicts<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        counts(py, |verdict| self.0.count(verdict))
    }
    /// How many aspirations (phấn đấu) came out how.
    #[getter]
    fn aspirational<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        counts(py, |verdict| self.0.aspirational(verdict))
    }
    /// How many findings would be another under another reading.
    #[getter]
    fn sensitive(&self) -> u64 {
        self.0.sensitive()
    }
    /// The rules that this version does not judge.
    #[getter]
    fn not_yet_evaluated<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.not_yet_evaluated().iter().map(|rule| rule.as_str()))
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __repr__(&self) -> String {
        let count = |verdict: &caicach::Verdict| (*verdict, self.0.count(*verdict));
        let counts = caicach::Verdict::ALL.iter().map(count).filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts.map(|(verdict, count)| format!("{verdict} {count}")).collect();
        format!("<Summary {}>", counts.join(", "))
    }
}

/// A record that nothing read, and why.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [
/// ...     {"date": "2026-12-31", "category": "cadre", "basis": "assigned", "count": 1215}]})
/// >>> [(u.table, u.when) for u in caicach.Plan.builtin().assess(facts, as_of="2025-01-15").unused]
/// [('headcounts', '2026-12-31')]
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Unused {
    /// The table it stands in.
    #[pyo3(get)]
    pub(super) table: &'static str,
    /// Whom it is about.
    #[pyo3(get)]
    pub(super) subject: String,
    /// The period or day it speaks of.
    #[pyo3(get)]
    pub(super) when: String,
    /// Why, in Vietnamese.
    #[pyo3(get)]
    pub(super) vi: &'static str,
    /// Why, in English.
    #[pyo3(get)]
    pub(super) en: &'static str,
}

#[pymethods]
impl Unused {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }
    fn __repr__(&self) -> String {
        format!("<Unused {} {} {}: {}>", self.table, self.subject, self.when, self.en)
    }
}
