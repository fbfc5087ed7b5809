//! All that falls due between two days.

use caicach::assessment::agenda as core;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::{PyDate, PyTuple};

use crate::arguments::{day, lang_of};
use crate::boundary::written;
use crate::error::Result;
use crate::finding::Period;
use crate::plan::Plan;
use crate::same::{Compared, Other};
use crate::to_python::{call, plain, tuple};
use crate::value;

/// All that falls due between two days (lịch công việc), by day. Made by Plan.agenda; a table in Jupyter.
///
/// >>> import caicach
/// >>> agenda = caicach.Plan.builtin().agenda("2023-03-01", "2023-03-31")
/// >>> [item.text(lang="en") for item in agenda.items]
/// ['Periodic reports: at least 1 periodic reform report for Q1 2023', 'Coordination regulation issued: by 31 March 2023']
/// >>> agenda.to_ical(stamp="2023-01-13").count("BEGIN:VEVENT")
/// 2
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Agenda(core::Agenda);

impl Agenda {
    pub(crate) fn new(agenda: core::Agenda) -> Agenda {
        Agenda(agenda)
    }
}

#[pymethods]
impl Agenda {
    /// What falls due, by day, then by kind and id.
    #[getter]
    fn items<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.items().iter().cloned().map(AgendaItem))
    }
    /// The plan.
    #[getter]
    fn plan(&self) -> Plan {
        Plan::new(self.0.plan().clone())
    }
    /// The agenda as an iCalendar file (RFC 5545), one all-day event for each item on its last day.
    ///
    /// `stamp` is the day that the events give as that of their making, since the library reads no clock: the same agenda
    /// and day give the same text. The UID of an event stays the same from file to file, so that a calendar into which
    /// the file is read again holds each event once.
    #[pyo3(signature = (*, stamp, lang="vi"))]
    fn to_ical(&self, py: Python<'_>, stamp: &Bound<'_, PyAny>, lang: &str) -> Result<String> {
        let (stamp, lang) = (day(stamp, "stamp")?, lang_of(lang)?);
        written(py, &|| self.0.to_ical(stamp, lang))
    }
    /// The agenda as JSON: a list of items.
    fn to_json(&self, py: Python<'_>) -> Result<String> {
        written(py, &|| self.0.to_json())
    }
    /// The items as the plain values of their JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.0.items())
    }
    /// The agenda as an HTML fragment: no script, no outside asset. At most `rows` items are listed.
    #[pyo3(signature = (*, lang="vi", rows=200))]
    fn to_html<'py>(slf: &Bound<'py, Self>, lang: &str, rows: usize) -> Result<Bound<'py, PyAny>> {
        call(slf.py(), "caicach._html_views", "agenda", (slf, lang, rows))
    }
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> Result<Bound<'py, PyAny>> {
        Agenda::to_html(slf, "vi", 200)
    }
    /// The items as a pandas DataFrame. ImportError with what to install where pandas is absent.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> Result<Bound<'py, PyAny>> {
        call(slf.py(), "caicach._frames", "to_pandas", (slf, "agenda"))
    }
    /// The items as a polars DataFrame. ImportError with what to install where polars is absent.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> Result<Bound<'py, PyAny>> {
        call(slf.py(), "caicach._frames", "to_polars", (slf, "agenda"))
    }
    fn __len__(&self) -> usize {
        self.0.items().len()
    }
    fn __repr__(&self) -> String {
        format!("<Agenda {}: {} items>", self.0.plan().document().number, self.0.items().len())
    }
}

/// One thing that falls due.
///
/// >>> import caicach
/// >>> item = caicach.Plan.builtin().agenda("2023-03-01", "2023-03-31").items[0]
/// >>> item.due, item.kind, item.id, item.clause
/// (datetime.date(2023, 3, 31), 'frequency', 'periodic_report', 'IV.1.5')
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct AgendaItem(core::AgendaItem);

#[pymethods]
impl AgendaItem {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// The last day on which it can be done.
    #[getter]
    fn due<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDate>> {
        value::date(py, self.0.due())
    }
    /// The period for which it is owed.
    #[getter]
    fn period(&self) -> Period {
        Period::new(self.0.period())
    }
    /// "task", "frequency", "deadline" or "milestone".
    #[getter]
    fn kind(&self) -> &'static str {
        self.0.kind().as_str()
    }
    /// The task ("I.9") or rule ("self_inspection").
    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }
    /// The clause or task that says so: "IV.1.4", "annex I.8".
    #[getter]
    fn clause(&self) -> &str {
        self.0.clause()
    }
    /// Whom it concerns: bodies and groups of bodies, by id.
    #[getter]
    fn who<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.who())
    }
    /// The person whose record has changed, where it is about one.
    #[getter]
    fn about(&self) -> Option<&str> {
        self.0.about()
    }
    /// What is to be done, without its clause.
    #[pyo3(signature = (lang="vi"))]
    fn text(&self, lang: &str) -> Result<&str> {
        Ok(self.0.text(lang_of(lang)?))
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __repr__(&self) -> String {
        format!("<AgendaItem {} {} {}>", caicach::calendar::iso(self.0.due()), self.0.kind(), self.0.id())
    }
}
