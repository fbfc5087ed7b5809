//! How two plans differ.

use caicach::plan::diff as core;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::PyTuple;

use crate::arguments::lang_of;
use crate::boundary::written;
use crate::error::Result;
use crate::finding::{Period, Subject};
use crate::same::{Compared, Other};
use crate::to_python::{call, plain, tuple};
use crate::value;

/// Everything in which two plans differ, and, where facts were given, the verdicts that do.
///
/// >>> import caicach
/// >>> plan = caicach.Plan.builtin()
/// >>> amendment = caicach.Amendment.from_toml('''
/// ... schema = "caicach/amendment/1"
/// ... document = { number = "1/QĐ", date = "2025-02-20", issuer = "UBND thành phố Nha Trang", title = "Sửa đổi" }
/// ... [[change]]
/// ... date = "2025-03-01"
/// ... action = "replace"
/// ... what = "reading"
/// ... id = "reduction_rounding"
/// ... default = "nearest"
/// ... ''')
/// >>> diff = plan.diff(plan.amended(amendment).on("2025-03-01"))
/// >>> diff.text(lang="en")
/// 'Reading `reduction_rounding`: default: "exact" → "nearest"'
/// >>> bool(diff), bool(plan.diff(plan))
/// (True, False)
#[pyclass(frozen, module = "caicach")]
pub(crate) struct PlanDiff {
    inner: core::PlanDiff,
    verdicts: Option<Vec<core::VerdictChange>>,
}

impl PlanDiff {
    pub(super) fn new(inner: core::PlanDiff, verdicts: Option<Vec<core::VerdictChange>>) -> PlanDiff {
        PlanDiff { inner, verdicts }
    }
}

#[pymethods]
impl PlanDiff {
    /// The records that differ, part by part in the order of a plan file, by id.
    #[getter]
    fn differences<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.inner.differences().iter().cloned().map(Difference))
    }
    /// What rules demand otherwise (floors, caps, years, bands, counts): the id of each rule and the field.
    #[getter]
    fn thresholds<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        let demands = self.inner.thresholds();
        tuple(py, demands.map(|(rule, field)| (rule.to_owned(), FieldDifference(field.clone()))))
    }
    /// The findings whose verdicts differ for the facts given; None where no facts were.
    #[getter]
    fn verdict_changes<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyTuple>>> {
        let changes = self.verdicts.as_ref();
        changes.map(|changes| tuple(py, changes.iter().cloned().map(VerdictChange))).transpose()
    }
    /// The differences in words, one to a line.
    #[pyo3(signature = (lang="vi"))]
    fn text(&self, lang: &str) -> Result<String> {
        Ok(self.inner.text(lang_of(lang)?))
    }
    /// The differences as JSON, without verdicts.
    fn to_json(&self, py: Python<'_>) -> Result<String> {
        written(py, &|| self.inner.to_json())
    }
    /// The differences as the plain values of their JSON, without verdicts.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.inner)
    }
    /// The differences as an HTML fragment: no script, no outside asset. At most `rows` lines of each table.
    #[pyo3(signature = (*, lang="vi", rows=200))]
    fn to_html<'py>(slf: &Bound<'py, Self>, lang: &str, rows: usize) -> Result<Bound<'py, PyAny>> {
        call(slf.py(), "caicach._html_views", "diff", (slf, lang, rows))
    }
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> Result<Bound<'py, PyAny>> {
        PlanDiff::to_html(slf, "vi", 200)
    }
    fn __len__(&self) -> usize {
        self.inner.differences().len()
    }
    fn __repr__(&self) -> String {
        let verdicts = self.verdicts.as_ref().map(|changes| format!(", {} verdicts", changes.len()));
        format!("<PlanDiff: {} differences{}>", self.inner.differences().len(), verdicts.unwrap_or_default())
    }
}

/// A record of a plan that differs from that of another.
///
/// >>> import caicach
/// >>> plan = caicach.Plan.builtin()
/// >>> len(plan.diff(plan).differences)
/// 0
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Difference(core::Difference);

#[pymethods]
impl Difference {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// Where in the plan it stands: "clause", "rule", "reading" ...
    #[getter]
    fn part(&self) -> &'static str {
        self.0.part.as_str()
    }
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }
    /// What became of it: "added", "removed" or "changed".
    #[getter]
    fn fate(&self) -> &'static str {
        self.0.fate.as_str()
    }
    /// The fields that differ, where both plans have it.
    #[getter]
    fn fields<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.fields.iter().cloned().map(FieldDifference))
    }
    /// The difference in words.
    #[pyo3(signature = (lang="vi"))]
    fn text(&self, lang: &str) -> Result<String> {
        Ok(self.0.text(lang_of(lang)?))
    }
    fn __repr__(&self) -> String {
        format!("<Difference {} {}: {}>", self.0.part, self.0.id, self.0.fate)
    }
}

/// A field that differs. Values are JSON texts.
///
/// >>> import caicach
/// >>> plan = caicach.Plan.builtin()
/// >>> [field for rule, field in plan.diff(plan).thresholds]
/// []
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct FieldDifference(core::FieldDifference);

#[pymethods]
impl FieldDifference {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// The field within its record: "steps[0].at_least".
    #[getter]
    fn path(&self) -> &str {
        &self.0.path
    }
    /// Its value in this plan, as JSON; None where it is not given.
    #[getter]
    fn before(&self) -> Option<&str> {
        self.0.before.as_deref()
    }
    /// Its value in the other, as JSON; None where it is not given.
    #[getter]
    fn after(&self) -> Option<&str> {
        self.0.after.as_deref()
    }
    fn __repr__(&self) -> String {
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".into());
        format!("<FieldDifference {}: {} → {}>", self.0.path, shown(&self.0.before), shown(&self.0.after))
    }
}

/// A finding whose verdict differs between two plans.
///
/// >>> import caicach
/// >>> plan, facts = caicach.Plan.builtin(), caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
/// >>> plan.diff(plan, facts, as_of="2025-01-15").verdict_changes
/// ()
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct VerdictChange(core::VerdictChange);

#[pymethods]
impl VerdictChange {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// The rule, by id.
    #[getter]
    fn rule(&self) -> &str {
        self.0.rule.as_str()
    }
    /// Whom it is about.
    #[getter]
    fn subject(&self) -> Subject {
        Subject::of(&self.0.subject)
    }
    /// The period.
    #[getter]
    fn period(&self) -> Period {
        Period::new(self.0.period)
    }
    /// The verdict under this plan; None where it has no such finding.
    #[getter]
    fn before<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.0.before.map(|verdict| value::verdict(py, verdict)).transpose()
    }
    /// The verdict under the other; None where it has no such finding.
    #[getter]
    fn after<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.0.after.map(|verdict| value::verdict(py, verdict)).transpose()
    }
    fn __repr__(&self) -> String {
        let word = |verdict: Option<caicach::Verdict>| verdict.map_or("none", caicach::Verdict::as_str);
        let core::VerdictChange { rule, subject, period, before, after } = &self.0;
        format!("<VerdictChange {rule} {} {period}: {} → {}>", subject.id, word(*before), word(*after))
    }
}
