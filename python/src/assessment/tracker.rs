//! Where the tasks of the annex stand.

use caicach::assessment as core;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::{PyDate, PyTuple};

use crate::error::Result;
use crate::plan::light::day;
use crate::same::{Compared, Other};
use crate::to_python::{plain, tuple};
use crate::value;

/// Where a task (nhiệm vụ) stands on the day of assessment. What it asks is in plan.task(state.task).
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
/// >>> states = caicach.Plan.builtin().assess(facts, as_of="2025-01-15").tasks
/// >>> len(states), states[0].task, states[0].status.value, states[0].status.label()
/// (55, 'I.1', 'due', 'cần thực hiện')
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct TaskState(pub(super) core::TaskState);

#[pymethods]
impl TaskState {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// The task, by id.
    #[getter]
    fn task(&self) -> &str {
        self.0.task().as_str()
    }
    /// How it is timed: "by", "annual", "continuous" ...
    #[getter]
    fn schedule(&self) -> &'static str {
        self.0.schedule().as_str()
    }
    /// Where it stands.
    #[getter]
    fn status<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        value::task_status(py, self.0.status())
    }
    /// The first day of the time that the status speaks of.
    #[getter]
    fn from_<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
        day(py, self.0.from())
    }
    /// The last day of that time, where it has one.
    #[getter]
    fn due<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
        day(py, self.0.due())
    }
    /// The day on which it was done.
    #[getter]
    fn done<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
        day(py, self.0.done())
    }
    /// The first day, from the day of assessment on, on which something of it falls due that is not done.
    #[getter]
    fn next_due<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
        day(py, self.0.next_due())
    }
    /// How many days it is overdue.
    #[getter]
    fn days_overdue(&self) -> Option<u32> {
        self.0.days_overdue()
    }
    /// How many times it fell due and was never reported done, the one that the status speaks of included.
    #[getter]
    fn missed(&self) -> u32 {
        self.0.missed()
    }
    /// The bodies or groups that lead it, by id.
    #[getter]
    fn lead<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.lead())
    }
    /// How many reports there are on it.
    #[getter]
    fn reports(&self) -> u32 {
        self.0.reports()
    }
    /// The day of the last of them.
    #[getter]
    fn last_report<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
        day(py, self.0.last_report())
    }
    /// Who still owes a report for the time that the status speaks of; nobody where nothing is to be done.
    #[getter]
    fn owes<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.owes().iter().cloned().map(Owed))
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __repr__(&self) -> String {
        format!("<TaskState {}: {}>", self.0.task(), self.0.status())
    }
}

/// Who still owes a report on a task.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
/// >>> state = caicach.Plan.builtin().assess(facts, as_of="2025-01-15").tasks[0]
/// >>> [(owed.body, owed.role) for owed in state.owes]
/// [('co_quan_don_vi', 'carry_out')]
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Owed(core::Owed);

#[pymethods]
impl Owed {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// The body or group of bodies, by id.
    #[getter]
    fn body(&self) -> &str {
        &self.0.body
    }
    /// "lead", "coordinate" or "carry_out".
    #[getter]
    fn role(&self) -> &'static str {
        self.0.role.as_str()
    }
    /// Of a group, how many of its members in force have not reported their part.
    #[getter]
    fn members(&self) -> Option<u32> {
        self.0.members
    }
    fn __repr__(&self) -> String {
        let members = self.0.members.map_or_else(String::new, |members| format!(", {members} members"));
        format!("<Owed {} ({}{members})>", self.0.body, self.0.role)
    }
}
