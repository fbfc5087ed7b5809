//! Dated changes to a plan, and the plan in force on a day.

use caicach::plan::amendment as core;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::{PyDate, PyTuple};

use super::Plan;
use super::light::light;
use crate::arguments::{day, file, text};
use crate::boundary::boundary;
use crate::error::{Result, amendment_error};
use crate::same::{Compared, Other};
use crate::to_python::{Item, plain, tuple};
use crate::value;

/// An amendment (sửa đổi, bổ sung): dated changes to a plan, in a file of its own.
///
/// >>> import caicach
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
/// >>> [(change.action, change.what, change.target) for change in amendment.changes]
/// [('replace', 'reading', 'reduction_rounding')]
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Amendment(core::Amendment);

fn load(py: Python<'_>, source: impl AsRef<[u8]> + Send + Sync) -> Result<Amendment> {
    let amendment = boundary(py, || core::Amendment::from_toml(&source))?;
    amendment.map(Amendment).map_err(|error| amendment_error(&error))
}

impl Amendment {
    pub(super) fn core(&self) -> &core::Amendment {
        &self.0
    }
}

#[pymethods]
impl Amendment {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// Reads an amendment from the text of its file (TOML), as str or bytes. AmendmentError lists every problem.
    ///
    /// >>> import caicach
    /// >>> try:
    /// ...     caicach.Amendment.from_toml('schema = "caicach/amendment/1"')
    /// ... except caicach.AmendmentError as error:
    /// ...     error.code, error.path
    /// ('missing_field', 'document')
    #[staticmethod]
    fn from_toml(py: Python<'_>, text: &Bound<'_, PyAny>) -> Result<Amendment> {
        load(py, self::text(text)?)
    }
    /// Loads the file of an amendment. AmendmentError lists every problem; OSError where the file cannot be read.
    #[staticmethod]
    fn load(py: Python<'_>, path: &Bound<'_, PyAny>) -> Result<Amendment> {
        load(py, file(path)?)
    }
    /// Number of the amending document.
    #[getter]
    fn number(&self) -> &str {
        &self.0.document().number
    }
    /// The day it was signed.
    #[getter]
    fn date<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDate>> {
        value::date(py, self.0.document().date)
    }
    /// Who issued it.
    #[getter]
    fn issuer(&self) -> &str {
        &self.0.document().issuer
    }
    /// Its title.
    #[getter]
    fn title(&self) -> &str {
        &self.0.document().title
    }
    /// Its title in English.
    #[getter]
    fn title_en(&self) -> Option<&str> {
        self.0.document().title_en.as_deref()
    }
    /// Where it was read.
    #[getter]
    fn source(&self) -> Option<&str> {
        self.0.document().source.as_deref()
    }
    /// The changes, in the order of the file.
    #[getter]
    fn changes<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.changes().iter().cloned().map(AmendmentChange))
    }
    fn __repr__(&self) -> String {
        format!("<Amendment {}: {} changes>", self.number(), self.0.changes().len())
    }
}

light! {
    /// One dated change of an amendment. What an added or replaced record says is in to_dict().
    ///
    /// >>> import caicach
    /// >>> amendment = caicach.Amendment.from_toml('''
    /// ... schema = "caicach/amendment/1"
    /// ... document = { number = "1/QĐ", date = "2025-02-20", issuer = "UBND thành phố Nha Trang", title = "Sửa đổi" }
    /// ... change = [{ date = "2025-03-01", action = "remove", what = "rule", id = "online_majority" }]
    /// ... ''')
    /// >>> amendment.changes[0]
    /// <AmendmentChange 2025-03-01: remove rule online_majority>
    AmendmentChange(core::Change) {
        /// First day on which it holds.
        #[getter]
        fn date<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDate>> {
            value::date(py, self.0.date)
        }
        /// "replace", "add" or "remove".
        #[getter]
        fn action(&self) -> &'static str {
            self.0.action.as_str()
        }
        /// What it changes: "clause", "task", "rule", "reading", "body", "body_group" or "reorganisation".
        #[getter]
        fn what(&self) -> &'static str {
            self.0.what.as_str()
        }
        /// The id of what is changed; a reorganisation has none.
        #[getter]
        fn target(&self) -> Option<&str> {
            self.0.target()
        }
        /// The id of the record after which an added one stands.
        #[getter]
        fn after(&self) -> Option<&str> {
            self.0.after.as_deref()
        }
        /// The new default of a reading.
        #[getter]
        fn default(&self) -> Option<&str> {
            self.0.default.as_ref().map(|option| option.as_str())
        }
        /// Why.
        #[getter]
        fn reason(&self) -> Option<&str> {
            self.0.reason.as_deref()
        }
        fn __repr__(&self) -> String {
            let target = self.0.target().unwrap_or("one");
            let day = caicach::calendar::iso(self.0.date);
            format!("<AmendmentChange {day}: {} {} {target}>", self.0.action, self.0.what)
        }
    }
}

/// A plan with amendments, in force as amended on any day. Made by Plan.amended.
///
/// >>> import caicach
/// >>> plan = caicach.Plan.builtin()
/// >>> amended = plan.amended(caicach.Amendment.from_toml('''
/// ... schema = "caicach/amendment/1"
/// ... document = { number = "1/QĐ", date = "2025-02-20", issuer = "UBND thành phố Nha Trang", title = "Sửa đổi" }
/// ... [[change]]
/// ... date = "2025-03-01"
/// ... action = "replace"
/// ... what = "reading"
/// ... id = "reduction_rounding"
/// ... default = "nearest"
/// ... '''))
/// >>> [amended.on(day).reading("reduction_rounding").default for day in ("2025-02-28", "2025-03-01")]
/// ['exact', 'nearest']
/// >>> amended.on("2025-02-28") == plan
/// True
#[pyclass(frozen, module = "caicach")]
pub(crate) struct AmendedPlan(pub(super) core::AmendedPlan);

#[pymethods]
impl AmendedPlan {
    /// The plan in force on a day.
    fn on(&self, day: &Bound<'_, PyAny>) -> Result<Plan> {
        Ok(Plan::new(self.0.on(self::day(day, "day")?).clone()))
    }
    /// The plan as issued.
    #[getter]
    fn base(&self) -> Plan {
        Plan::new(self.0.base().clone())
    }
    /// The days from which it reads otherwise, and how it reads then.
    #[getter]
    fn versions<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        let version = |(from, plan): &(caicach::calendar::Date, caicach::Plan)| {
            Item(value::date(py, *from).and_then(|from| Ok((from, Plan::new(plan.clone())).into_pyobject(py)?)))
        };
        tuple(py, self.0.versions().iter().map(version))
    }
    /// The amendments.
    #[getter]
    fn amendments<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.amendments().iter().cloned().map(Amendment))
    }
    fn __repr__(&self) -> String {
        let (number, versions) = (&self.0.base().document().number, self.0.versions().len());
        format!("<AmendedPlan {number}: {versions} versions after the first>")
    }
}
