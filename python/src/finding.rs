//! A finding and what it is made of.

use std::sync::Arc;

use caicach::Lang;
use caicach::rule::finding as core;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::{PyDate, PyTuple};

use crate::arguments::lang_of;
use crate::boundary::written;
use crate::error::Result;
use crate::plan::Bilingual;
use crate::same::{Compared, Other, hash};
use crate::to_python::{plain, tuple, typed};
use crate::value;

/// What one rule says of one subject and period (kết luận).
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "dossier_counts": [
/// ...     {"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 212, "total": 3905}}]})
/// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
/// >>> finding, = assessment.select(rule="late_share_caps_rank", subject="loc_tho", verdict="binding")
/// >>> finding.clause, finding.period.to, finding.required
/// ('annex I.9', datetime.date(2024, 12, 31), {'comparison': 'at_least', 'percent': Decimal('5')})
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Finding {
    assessment: Arc<caicach::Assessment>,
    index: usize,
}

impl Finding {
    pub(crate) fn new(assessment: &Arc<caicach::Assessment>, index: usize) -> Finding {
        Finding { assessment: Arc::clone(assessment), index }
    }

    /// The same finding, for another owner.
    pub(crate) fn again(&self) -> Finding {
        Finding::new(&self.assessment, self.index)
    }

    fn core(&self) -> Result<&caicach::Finding> {
        // Made with a place that is there, and the assessment does not change.
        self.assessment.findings().get(self.index).ok_or_else(|| PyRuntimeError::new_err("no such finding").into())
    }
}

#[pymethods]
impl Finding {
    /// The rule, by id.
    #[getter]
    fn rule(&self) -> Result<&str> {
        Ok(self.core()?.rule().as_str())
    }
    /// The clause or task that the rule stands in: "I.1.3", "annex I.9".
    #[getter]
    fn clause(&self) -> Result<&str> {
        Ok(self.core()?.clause())
    }
    /// Whom it is about.
    #[getter]
    fn subject(&self) -> Result<Subject> {
        Ok(Subject::of(self.core()?.subject()))
    }
    /// The body whose rank bears on the subject: that of a head, of a collective.
    #[getter]
    fn body(&self) -> Result<Option<Subject>> {
        Ok(self.core()?.body().map(Subject::of))
    }
    /// The period judged.
    #[getter]
    fn period(&self) -> Result<Period> {
        Ok(Period(self.core()?.period()))
    }
    /// What is found.
    #[getter]
    fn verdict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        value::verdict(py, self.core()?.verdict())
    }
    /// What was measured, as far as it is known: percentages as Decimal, days as date, counts as int.
    ///
    /// A share has part, whole and percent (to two places, for display), or value and percent where only a percentage
    /// is known, or low and high where it is known within bounds. A stock has baseline, adjustment, base, now, cut and
    /// percent.
    #[getter]
    fn measured<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.core()?.measured().map(|measured| typed(py, measured)).transpose()
    }
    /// What the rule requires: comparison, percent and, for a reduction, cut, by and pace. For a cap it is the condition
    /// under which it binds.
    #[getter]
    fn required<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.core()?.required().map(|required| typed(py, required)).transpose()
    }
    /// Signed distance to the threshold in percentage points, positive on the good side, rounded half up to two places
    /// for display. What decides is margin_ratio.
    #[getter]
    fn margin<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.core()?.margin_shown().map(|margin| value::decimal(py, &margin)).transpose()
    }
    /// The margin exactly: numerator and positive denominator, in percentage points.
    #[getter]
    fn margin_ratio(&self) -> Result<Option<(i128, i128)>> {
        Ok(self.core()?.margin())
    }
    /// The smallest change that would turn the verdict into the other one.
    #[getter]
    fn headroom(&self) -> Result<Option<Headroom>> {
        Ok(self.core()?.headroom().cloned().map(Headroom))
    }
    /// Part and whole, where the measure is a share of counts.
    #[getter]
    fn counts(&self) -> Result<Option<(i128, i128)>> {
        Ok(self.core()?.counts())
    }
    /// The last day on which it can still be met, where it has one.
    #[getter]
    fn due<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
        self.core()?.due().map(|due| value::date(py, due)).transpose()
    }
    /// The facts whose absence leaves it open.
    #[getter]
    fn missing<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.core()?.missing().iter().cloned().map(Missing))
    }
    /// For a cap, the scale it is on and the highest band still possible when it binds: ("rank", "fair").
    #[getter]
    fn capped(&self) -> Result<Option<(&str, &str)>> {
        Ok(self.core()?.capped().map(|capped| (capped.scale.as_str(), capped.ceiling.as_str())))
    }
    /// The measures that are due when a consequence takes hold.
    #[getter]
    fn measures<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.core()?.measures().iter().map(Bilingual::of))
    }
    /// The readings that the rule relies on, by key.
    #[getter]
    fn readings<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.core()?.readings().iter().map(|key| key.as_str()))
    }
    /// The options of readings under which the verdict would be another.
    #[getter]
    fn sensitive_to<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.core()?.sensitive_to().iter().cloned().map(Sensitivity))
    }
    /// What is to be known of the data behind it.
    #[getter]
    fn data_notes<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.core()?.data_notes().iter().cloned().map(DataNote))
    }
    /// Where the facts were read.
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.core()?.sources())
    }
    /// Whether the document only aspires to it (phấn đấu).
    #[getter]
    fn aspirational(&self) -> Result<bool> {
        Ok(self.core()?.aspirational())
    }
    /// Whether the year lies before the plan's first.
    #[getter]
    fn retrospective(&self) -> Result<bool> {
        Ok(self.core()?.retrospective())
    }
    /// Why the verdict is what it is, as an official would write it, ending with the clause.
    ///
    /// >>> import caicach
    /// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
    /// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
    /// >>> assessment.findings[0].explanation(lang="en").endswith("298/KH-UBND).")
    /// True
    #[pyo3(signature = (lang="vi"))]
    fn explanation(&self, py: Python<'_>, lang: &str) -> Result<String> {
        let (finding, lang) = (self.core()?, lang_of(lang)?);
        written(py, &|| finding.explanation(lang))
    }
    /// The finding as JSON, as it stands in the assessment.
    fn to_json(&self, py: Python<'_>) -> Result<String> {
        let finding = self.core()?;
        written(py, &|| finding.to_json())
    }
    /// The finding as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, self.core()?)
    }
    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }
    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
    }
    fn __repr__(&self) -> Result<String> {
        let finding = self.core()?;
        let (rule, subject, period) = (finding.rule(), &finding.subject().id, finding.period());
        Ok(format!("<Finding {rule} {subject} {period}: {}>", finding.verdict()))
    }
}

/// Whom a finding is about.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
/// >>> caicach.Plan.builtin().assess(facts, as_of="2025-01-15").findings[0].subject
/// <Subject city nha_trang: UBND thành phố Nha Trang>
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Subject {
    /// "city", "body", "person" ...
    #[pyo3(get)]
    kind: &'static str,
    /// Its id.
    #[pyo3(get)]
    id: String,
    /// Its name as shown to people.
    #[pyo3(get)]
    name: String,
}

impl Subject {
    pub(crate) fn of(subject: &core::Subject) -> Subject {
        Subject { kind: subject.kind.as_str(), id: subject.id.as_ref().into(), name: subject.name.as_ref().into() }
    }
}

#[pymethods]
impl Subject {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }
    fn __repr__(&self) -> String {
        format!("<Subject {} {}: {}>", self.kind, self.id, self.name)
    }
}

/// A range of days, both ends included (kỳ).
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
/// >>> period = caicach.Plan.builtin().assess(facts, as_of="2025-01-15").findings[0].period
/// >>> period.from_ <= period.to
/// True
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Period(caicach::calendar::Period);

impl Period {
    pub(crate) fn new(period: caicach::calendar::Period) -> Period {
        Period(period)
    }
}

#[pymethods]
impl Period {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }
    /// The first day.
    #[getter]
    fn from_<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDate>> {
        value::date(py, self.0.from())
    }
    /// The last day.
    #[getter]
    fn to<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDate>> {
        value::date(py, self.0.to())
    }
    /// The year, where the period is a calendar year.
    #[getter]
    fn year(&self) -> Option<i32> {
        self.0.is_year()
    }
    /// As people say it: "năm 2024", "6 tháng đầu năm 2021".
    #[pyo3(signature = (lang="vi"))]
    fn name(&self, lang: &str) -> Result<String> {
        Ok(self.0.name(lang_of(lang)?))
    }
    fn __repr__(&self) -> String {
        format!("<Period {}>", self.0)
    }
}

/// How far a subject is from the other verdict.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "dossier_counts": [
/// ...     {"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 190, "total": 3905}}]})
/// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
/// >>> finding, = assessment.select(rule="late_share_caps_rank", subject="loc_tho", verdict="not_binding")
/// >>> finding.headroom
/// <Headroom 6 late_dossiers>
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Headroom(core::Headroom);

#[pymethods]
impl Headroom {
    /// What is counted: "late_dossiers", "posts", "percentage_points" ...
    #[getter]
    fn unit(&self) -> &'static str {
        self.0.unit.as_str()
    }
    /// How many: an int of things; a Decimal of index points; or a Decimal of percentage points, rounded half up to
    /// two places for display.
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        match self.0.value {
            core::HeadroomValue::Count(count) => Ok(count.into_bound_py_any(py)?),
            _ => value::decimal(py, &self.0.value_shown()),
        }
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __repr__(&self) -> String {
        format!("<Headroom {} {}>", self.0.value_shown(), self.0.unit)
    }
}

/// A fact whose absence leaves a finding open.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
/// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
/// >>> assessment.select(rule="cadre_reduction")[0].missing[0].table
/// 'headcounts'
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Missing(caicach::measure::missing::Missing);

impl Missing {
    pub(crate) fn new(missing: caicach::measure::missing::Missing) -> Missing {
        Missing(missing)
    }
}

#[pymethods]
impl Missing {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// What kind of fact: "late_share", "baseline_headcount" ...
    #[getter]
    fn what(&self) -> &'static str {
        self.0.what.as_str()
    }
    /// The table that would have it.
    #[getter]
    fn table(&self) -> &'static str {
        self.0.table()
    }
    /// The field of a survey.
    #[getter]
    fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }
    /// The time it should speak of.
    #[getter]
    fn period(&self) -> Period {
        Period(self.0.period)
    }
    /// In words, in Vietnamese.
    #[getter]
    fn vi(&self) -> String {
        self.0.text(Lang::Vi)
    }
    /// In words, in English.
    #[getter]
    fn en(&self) -> String {
        self.0.text(Lang::En)
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __repr__(&self) -> String {
        format!("<Missing {} {}>", self.0.what, self.0.period)
    }
}

/// An option of a reading under which a verdict would be another.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [
/// ...     {"date": "2022-12-31", "category": "employee", "basis": "assigned", "count": 27651},
/// ...     {"date": "2026-12-31", "category": "employee", "basis": "assigned", "count": 24886}]})
/// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2027-01-15")
/// >>> finding, = assessment.select(rule="employee_reduction")
/// >>> finding.verdict.value, [(s.option, s.verdict.value) for s in finding.sensitive_to][:1]
/// ('not_met', [('nearest', 'met')])
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Sensitivity(core::Sensitivity);

#[pymethods]
impl Sensitivity {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// The reading, by key.
    #[getter]
    fn reading(&self) -> &str {
        self.0.reading.as_str()
    }
    /// Its option.
    #[getter]
    fn option(&self) -> &str {
        self.0.option.as_str()
    }
    /// The verdict under it.
    #[getter]
    fn verdict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        value::verdict(py, self.0.verdict)
    }
    fn __repr__(&self) -> String {
        format!("<Sensitivity {}={}: {}>", self.0.reading, self.0.option, self.0.verdict)
    }
}

/// A remark on the data behind a finding (ghi chú về dữ liệu).
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "surveys": [
/// ...     {"year": 2023, "field": "overall", "percent": "86.36", "rounded_to": 2}]})
/// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
/// >>> codes = {note.code for finding in assessment.findings for note in finding.data_notes}
/// >>> "rounded" in codes
/// True
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct DataNote(caicach::measure::note::DataNote);

impl DataNote {
    pub(crate) fn new(note: caicach::measure::note::DataNote) -> DataNote {
        DataNote(note)
    }
}

#[pymethods]
impl DataNote {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// The stable word for the kind of note: "residual", "rounded" ...
    #[getter]
    fn code(&self) -> &'static str {
        self.0.code()
    }
    /// In words, in Vietnamese.
    #[getter]
    fn vi(&self) -> String {
        self.0.text(Lang::Vi)
    }
    /// In words, in English.
    #[getter]
    fn en(&self) -> String {
        self.0.text(Lang::En)
    }
    /// All of it, with the numbers that its kind has, as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __repr__(&self) -> String {
        format!("<DataNote {}: {}>", self.0.code(), self.0.text(Lang::En))
    }
}
