//! The highest band that caps leave.

use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::PyTuple;

use crate::error::Result;
use crate::finding::Subject;
use crate::same::{Compared, Other};
use crate::to_python::{plain, tuple};

/// The highest band of a scale still possible (mức cao nhất có thể đạt).
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "dossier_counts": [
/// ...     {"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 212, "total": 3905}}]})
/// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
/// >>> ceiling = next(c for c in assessment.ceilings if c.subject.id == "loc_tho")
/// >>> ceiling.ceiling, ceiling.binding
/// ('fair', ('late_share_caps_rank',))
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Ceiling(caicach::assessment::Ceiling);

impl Ceiling {
    pub(crate) fn new(ceiling: caicach::assessment::Ceiling) -> Ceiling {
        Ceiling(ceiling)
    }
}

#[pymethods]
impl Ceiling {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// Whose it is.
    #[getter]
    fn subject(&self) -> Subject {
        Subject::of(self.0.subject())
    }
    /// The year.
    #[getter]
    fn year(&self) -> i32 {
        self.0.year()
    }
    /// "rank" or "rating".
    #[getter]
    fn scale(&self) -> &str {
        self.0.scale().as_str()
    }
    /// The lowest cap that binds, or the top of the scale, by id: "fair".
    #[getter]
    fn ceiling(&self) -> &str {
        self.0.ceiling().as_str()
    }
    /// Whether a cap that is still undetermined could lower it further.
    #[getter]
    fn provisional(&self) -> bool {
        self.0.provisional()
    }
    /// The caps that bind, by rule.
    #[getter]
    fn binding<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.binding().iter().map(|rule| rule.as_str()))
    }
    /// The caps that are undetermined, by rule.
    #[getter]
    fn undetermined<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.undetermined().iter().map(|rule| rule.as_str()))
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __repr__(&self) -> String {
        let provisional = if self.0.provisional() { ", provisional" } else { "" };
        let (subject, ceiling) = (&self.0.subject().id, self.0.ceiling());
        format!("<Ceiling {subject} {} {}: {ceiling}{provisional}>", self.0.year(), self.0.scale())
    }
}
