//! How far targets that are not yet due have come.

use caicach::assessment as core;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::{PyDate, PyTuple};

use crate::arguments::lang_of;
use crate::boundary::boundary;
use crate::error::Result;
use crate::finding::{Period, Subject};
use crate::same::{Compared, Other};
use crate::to_python::{plain, tuple};
use crate::value;

/// Progress towards a target that is not yet due (tiến độ): information, never a verdict. Values are exact fractions, of
/// posts and units or of per cent.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [
/// ...     {"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1247},
/// ...     {"date": "2024-12-31", "category": "cadre", "basis": "assigned", "count": 1215}]})
/// >>> progress, = caicach.Plan.builtin().assess(facts, as_of="2025-01-15").progress
/// >>> progress.rule, progress.unit, progress.now.value, progress.target.value
/// ('cadre_reduction', 'posts', Fraction(32, 1), Fraction(63, 1))
/// >>> progress.projection.enough, progress.projection.reached
/// (True, Fraction(63, 1))
#[pyclass(frozen, module = "caicach")]
pub(crate) struct TargetProgress(pub(super) core::Progress);

#[pymethods]
impl TargetProgress {
    /// The rule, by id.
    #[getter]
    fn rule(&self) -> &str {
        self.0.rule().as_str()
    }
    /// Whose progress it is.
    #[getter]
    fn subject(&self) -> Subject {
        Subject::of(self.0.subject())
    }
    /// The period of the finding that it goes with.
    #[getter]
    fn period(&self) -> Period {
        Period::new(self.0.period())
    }
    /// "posts", "service_units" or "percentage_points".
    #[getter]
    fn unit(&self) -> &'static str {
        self.0.unit().as_str()
    }
    /// From where the pace is counted: the baseline with nothing cut, or the first figure of a level.
    #[getter]
    fn start(&self) -> Point {
        Point(self.0.start())
    }
    /// The last figure.
    #[getter]
    fn now(&self) -> Point {
        Point(self.0.now())
    }
    /// What is required on the deadline.
    #[getter]
    fn target(&self) -> Point {
        Point(self.0.target())
    }
    /// What the two paths ask for by the day of the last figure.
    #[getter]
    fn required(&self) -> PathPoint {
        PathPoint(self.0.required())
    }
    /// What they ask for by the end of each year up to the deadline.
    #[getter]
    fn path<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.path().iter().copied().map(PathPoint))
    }
    /// Where it leads at this pace; None where there is one figure only.
    #[getter]
    fn projection(&self) -> Option<Projection> {
        self.0.projection().copied().map(Projection)
    }
    /// All of it in a sentence or two, marked as information.
    #[pyo3(signature = (lang="vi"))]
    fn text(&self, py: Python<'_>, lang: &str) -> Result<String> {
        let lang = lang_of(lang)?;
        boundary(py, || self.0.text(lang))
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __repr__(&self) -> String {
        let (now, target) = (self.0.now().value.two_places(), self.0.target());
        let (rule, subject, unit) = (self.0.rule(), &self.0.subject().id, self.0.unit());
        let by = caicach::calendar::iso(target.date);
        format!("<TargetProgress {rule} {subject}: {now} of {} {unit} by {by}>", target.value.two_places())
    }
}

/// What has been reached on a day, or will have to be.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [
/// ...     {"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1247},
/// ...     {"date": "2024-12-31", "category": "cadre", "basis": "assigned", "count": 1215}]})
/// >>> caicach.Plan.builtin().assess(facts, as_of="2025-01-15").progress[0].target
/// <Point 2026-12-31: 63.00>
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Point(core::Point);

#[pymethods]
impl Point {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// The day; of a year's figure its last.
    #[getter]
    fn date<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDate>> {
        value::date(py, self.0.date)
    }
    /// Posts or units cut, or the share in per cent, as a fractions.Fraction.
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        value::fraction(py, self.0.value)
    }
    fn __repr__(&self) -> String {
        format!("<Point {}: {}>", caicach::calendar::iso(self.0.date), self.0.value.two_places())
    }
}

/// What the even and the back-loaded path ask for by a day.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [
/// ...     {"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1247},
/// ...     {"date": "2024-12-31", "category": "cadre", "basis": "assigned", "count": 1215}]})
/// >>> caicach.Plan.builtin().assess(facts, as_of="2025-01-15").progress[0].path[-1]
/// <PathPoint 2026-12-31: even 63.00, back-loaded 63.00>
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct PathPoint(core::PathPoint);

#[pymethods]
impl PathPoint {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// The day.
    #[getter]
    fn date<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDate>> {
        value::date(py, self.0.date)
    }
    /// On the path that asks for the same every day, as a fractions.Fraction.
    #[getter]
    fn even<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        value::fraction(py, self.0.even)
    }
    /// On the path that asks for more late than early, as a fractions.Fraction.
    #[getter]
    fn back_loaded<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        value::fraction(py, self.0.back_loaded)
    }
    fn __repr__(&self) -> String {
        let day = caicach::calendar::iso(self.0.date);
        let (even, back_loaded) = (self.0.even.two_places(), self.0.back_loaded.two_places());
        format!("<PathPoint {day}: even {even}, back-loaded {back_loaded}>")
    }
}

/// Where the pace so far leads, on the assumption that it goes on unchanged.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [
/// ...     {"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1247},
/// ...     {"date": "2024-12-31", "category": "cadre", "basis": "assigned", "count": 1230}]})
/// >>> projection = caicach.Plan.builtin().assess(facts, as_of="2025-01-15").progress[0].projection
/// >>> projection.enough, projection.short
/// (False, Fraction(30, 1))
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Projection(core::Projection);

#[pymethods]
impl Projection {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// Cut in 365 days, or percentage points in a year, as a fractions.Fraction.
    #[getter]
    fn per_year<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        value::fraction(py, self.0.per_year)
    }
    /// What will be reached on the deadline; whole posts and units, and shares between 0 and 100.
    #[getter]
    fn reached<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        value::fraction(py, self.0.reached)
    }
    /// What will then be missing; negative where there is more than required.
    #[getter]
    fn short<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        value::fraction(py, self.0.short)
    }
    /// Whether the target is reached.
    #[getter]
    fn enough(&self) -> bool {
        self.0.enough
    }
    fn __repr__(&self) -> String {
        let (reached, short) = (self.0.reached.two_places(), self.0.short.two_places());
        format!("<Projection {reached}, {short} short>")
    }
}
