//! What an assessment was made from.

use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::{PyDate, PyDict};

use crate::error::Result;
use crate::same::{Compared, Other};
use crate::to_python::plain;
use crate::value;

/// Engine, plan, facts, day and readings of an assessment.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
/// >>> receipt = caicach.Plan.builtin().assess(facts, as_of="2025-01-15").receipt
/// >>> receipt.as_of, receipt.readings["late_denominator"]
/// (datetime.date(2025, 1, 15), 'resolved')
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Receipt(pub(super) caicach::assessment::Receipt);

#[pymethods]
impl Receipt {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// Name and version of the engine.
    #[getter]
    fn engine(&self) -> &'static str {
        self.0.engine()
    }
    /// Number of the plan.
    #[getter]
    fn plan(&self) -> &str {
        self.0.plan()
    }
    /// See Plan.fingerprint.
    #[getter]
    fn plan_fingerprint(&self) -> &str {
        self.0.plan_fingerprint()
    }
    /// See Facts.fingerprint.
    #[getter]
    fn facts_fingerprint(&self) -> &str {
        self.0.facts_fingerprint()
    }
    /// The day of assessment.
    #[getter]
    fn as_of<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDate>> {
        value::date(py, self.0.as_of())
    }
    /// The day by whose knowledge was judged, where one was given.
    #[getter]
    fn known_on<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
        self.0.known_on().map(|day| value::date(py, day)).transpose()
    }
    /// See Calendar.fingerprint; None where working days are counted by the built-in calendar.
    #[getter]
    fn calendar_fingerprint(&self) -> Option<&str> {
        self.0.calendar_fingerprint()
    }
    /// The option taken for every reading of the plan.
    #[getter]
    fn readings<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        let readings = PyDict::new(py);
        for (key, option) in self.0.readings() {
            readings.set_item(key.as_str(), option.as_str())?;
        }
        Ok(readings)
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __repr__(&self) -> String {
        format!("<Receipt {} of {} as of {}>", self.0.engine(), self.0.plan(), caicach::calendar::iso(self.0.as_of()))
    }
}
