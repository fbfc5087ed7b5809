//! What depends on how the plan is read.

use std::sync::Arc;

use caicach::assessment as core;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::arguments::lang_of;
use crate::error::Result;
use crate::finding::{Finding, Period, Subject};
use crate::plan::{Bilingual, ReadingOption};
use crate::to_python::{plain, tuple};
use crate::value;

/// What one other option of a reading would change.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [
/// ...     {"date": "2022-12-31", "category": "employee", "basis": "assigned", "count": 27651},
/// ...     {"date": "2026-12-31", "category": "employee", "basis": "assigned", "count": 24886}]})
/// >>> other = caicach.Plan.builtin().assess(facts, as_of="2027-01-15").sensitivity[0]
/// >>> other.reading, other.taken, other.option.id, other.by_rule
/// ('reduction_rounding', 'exact', 'nearest', {'employee_reduction': 1})
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Dependence {
    assessment: Arc<caicach::Assessment>,
    inner: core::Dependence,
}

impl Dependence {
    pub(super) fn all(assessment: &Arc<caicach::Assessment>) -> Vec<Dependence> {
        let one = |inner| Dependence { assessment: Arc::clone(assessment), inner };
        assessment.sensitivity().into_iter().map(one).collect()
    }
}

#[pymethods]
impl Dependence {
    /// The reading, by key.
    #[getter]
    fn reading(&self) -> &str {
        self.inner.reading().as_str()
    }
    /// The question that it answers.
    #[getter]
    fn question(&self) -> Bilingual {
        Bilingual::of(self.inner.question())
    }
    /// The option taken, by id.
    #[getter]
    fn taken(&self) -> &str {
        self.inner.taken().as_str()
    }
    /// The option that would change something.
    #[getter]
    fn option(&self) -> ReadingOption {
        ReadingOption(self.inner.option().clone())
    }
    /// What it would change, in the order of the findings.
    #[getter]
    fn changes<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        let change = |change: &core::Change| Change {
            finding: Finding::new(&self.assessment, change.finding),
            inner: change.clone(),
        };
        tuple(py, self.inner.changes().iter().map(change))
    }
    /// How many findings of each rule it would change, in the order of the plan.
    #[getter]
    fn by_rule<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        let counts = PyDict::new(py);
        for (rule, count) in self.inner.by_rule() {
            counts.set_item(rule.as_str(), count)?;
        }
        Ok(counts)
    }
    /// All of it in a sentence.
    #[pyo3(signature = (lang="vi"))]
    fn text(&self, lang: &str) -> Result<String> {
        Ok(self.inner.text(lang_of(lang)?))
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.inner)
    }
    fn __repr__(&self) -> String {
        let (reading, option) = (self.inner.reading(), &self.inner.option().id);
        format!("<Dependence {reading}={option}: {} changes>", self.inner.changes().len())
    }
}

/// A finding that another reading would change.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [
/// ...     {"date": "2022-12-31", "category": "employee", "basis": "assigned", "count": 27651},
/// ...     {"date": "2026-12-31", "category": "employee", "basis": "assigned", "count": 24886}]})
/// >>> change = caicach.Plan.builtin().assess(facts, as_of="2027-01-15").sensitivity[0].changes[0]
/// >>> change.rule, change.verdict.value, change.would_be.value
/// ('employee_reduction', 'not_met', 'met')
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Change {
    finding: Finding,
    inner: core::Change,
}

#[pymethods]
impl Change {
    /// The finding.
    #[getter]
    fn finding(&self) -> Finding {
        self.finding.again()
    }
    /// Its rule, by id.
    #[getter]
    fn rule(&self) -> &str {
        self.inner.rule.as_str()
    }
    /// Whom it is about.
    #[getter]
    fn subject(&self) -> Subject {
        Subject::of(&self.inner.subject)
    }
    /// Its period.
    #[getter]
    fn period(&self) -> Period {
        Period::new(self.inner.period)
    }
    /// The verdict found.
    #[getter]
    fn verdict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        value::verdict(py, self.inner.verdict)
    }
    /// The verdict that it would be.
    #[getter]
    fn would_be<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        value::verdict(py, self.inner.would_be)
    }
    fn __repr__(&self) -> String {
        let core::Change { rule, subject, verdict, would_be, .. } = &self.inner;
        format!("<Change {rule} {}: {verdict} → {would_be}>", subject.id)
    }
}
