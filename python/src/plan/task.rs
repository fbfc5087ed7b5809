//! A task of the annex: schedule and duties.

use caicach::plan::task as core;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyTuple};

use super::light::{day, light};
use crate::error::Result;
use crate::to_python::{plain, tuple};

light! {
    /// A task (nhiệm vụ) of the annex.
    ///
    /// >>> import caicach
    /// >>> task = caicach.Plan.builtin().task("I.1")
    /// >>> [(duty.role, duty.bodies) for duty in task.duties]
    /// [('carry_out', ('co_quan_don_vi',))]
    Task(core::Task) {
        /// Group and position: "V.9".
        #[getter]
        fn id(&self) -> &str {
            self.0.id.as_str()
        }
        /// The group it belongs to: "V".
        #[getter]
        fn group(&self) -> &str {
            self.0.group.as_str()
        }
        /// The number as printed, which may repeat.
        #[getter]
        fn printed_number(&self) -> &str {
            &self.0.printed_number
        }
        /// The corrected wording.
        #[getter]
        fn text(&self) -> &str {
            &self.0.text
        }
        /// The wording as scanned, where it differs.
        #[getter]
        fn printed(&self) -> Option<&str> {
            self.0.printed.as_deref()
        }
        /// What it asks, in English.
        #[getter]
        fn gist_en(&self) -> &str {
            &self.0.gist_en
        }
        /// What it must yield (sản phẩm).
        #[getter]
        fn deliverables<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
            tuple(py, self.0.deliverables.iter())
        }
        /// When (tiến độ).
        #[getter]
        fn schedule(&self) -> Schedule {
            Schedule(self.0.schedule.clone())
        }
        /// Who does what (phân công).
        #[getter]
        fn duties<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
            tuple(py, self.0.duties.iter().cloned().map(Duty))
        }
        fn __repr__(&self) -> String {
            format!("<Task {} ({})>", self.0.id, self.0.schedule.kind)
        }
    }
}

light! {
    /// The schedule of a task: the words whole, and what they mean.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().task("I.1").schedule.text
    /// 'Thường xuyên'
    Schedule(core::Schedule) {
        /// The corrected wording.
        #[getter]
        fn text(&self) -> &str {
            &self.0.text
        }
        /// The kind, which decides which of the other fields are given: "by", "annual", "within" ...
        #[getter]
        fn kind(&self) -> &'static str {
            self.0.kind.as_str()
        }
        /// The day by which it is due ("by").
        #[getter]
        fn date<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
            day(py, self.0.date)
        }
        /// Months of every year ("annual"), 1 to 12.
        #[getter]
        fn months<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
            tuple(py, self.0.months.iter().copied())
        }
        /// How many times a year ("annual_at_least").
        #[getter]
        fn n(&self) -> Option<u32> {
            self.0.n
        }
        /// First day ("period").
        #[getter]
        fn from_<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
            day(py, self.0.from)
        }
        /// Last day ("period").
        #[getter]
        fn to<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
            day(py, self.0.to)
        }
        /// Length of a phase in years ("phase").
        #[getter]
        fn years(&self) -> Option<u32> {
            self.0.years
        }
        /// Days allowed ("within").
        #[getter]
        fn days(&self) -> Option<u32> {
            self.0.days
        }
        /// The event that the days count from ("within").
        #[getter]
        fn of(&self) -> Option<&str> {
            self.0.of.as_deref()
        }
        /// The event that is waited for ("on_trigger").
        #[getter]
        fn event(&self) -> Option<&str> {
            self.0.event.as_deref()
        }
        fn __repr__(&self) -> String {
            format!("<Schedule {}: {}>", self.0.kind, self.0.text)
        }
    }
}

light! {
    /// One sentence of a task's assignment: the role that bodies have in it.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().task("I.1").duties[0].text
    /// 'Các cơ quan, đơn vị thực hiện.'
    Duty(core::Duty) {
        /// The corrected wording.
        #[getter]
        fn text(&self) -> &str {
            &self.0.text
        }
        /// "lead", "coordinate" or "carry_out".
        #[getter]
        fn role(&self) -> &'static str {
            self.0.role.as_str()
        }
        /// Bodies or groups of bodies, by id.
        #[getter]
        fn bodies<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
            tuple(py, self.0.bodies.iter())
        }
        /// The rule that this duty grounds, by id.
        #[getter]
        fn rule(&self) -> Option<&str> {
            self.0.rule.as_ref().map(|rule| rule.as_str())
        }
        fn __repr__(&self) -> String {
            format!("<Duty {}: {}>", self.0.role, self.0.bodies.join(", "))
        }
    }
}
