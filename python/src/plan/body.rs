//! A body in one period of its existence.

use caicach::plan::body as core;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyTuple};

use super::light::{day, light};
use crate::error::Result;
use crate::to_python::{plain, tuple};

light! {
    /// A body (cơ quan, đơn vị, địa phương) in one period of its existence.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().body("loc_tho").kind
    /// 'commune'
    Body(core::Body) {
        /// Its id in this plan.
        #[getter]
        fn id(&self) -> &str {
            self.0.id.as_str()
        }
        /// "city", "city_office", "commune" ...
        #[getter]
        fn kind(&self) -> &str {
            &self.0.kind
        }
        /// The name to show.
        #[getter]
        fn name(&self) -> &str {
            self.0.name()
        }
        /// All its names.
        #[getter]
        fn names<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
            tuple(py, self.0.names.iter())
        }
        /// Official code (mã đơn vị hành chính).
        #[getter]
        fn code(&self) -> Option<&str> {
            self.0.code.as_deref()
        }
        /// First day in force.
        #[getter]
        fn valid_from<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
            day(py, self.0.valid_from)
        }
        /// Last day in force.
        #[getter]
        fn valid_to<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
            day(py, self.0.valid_to)
        }
        /// The body it belongs to, by id.
        #[getter]
        fn parent(&self) -> Option<&str> {
            self.0.parent.as_ref().map(|parent| parent.as_str())
        }
        fn __repr__(&self) -> String {
            format!("<Body {}: {}>", self.0.id, self.0.name())
        }
    }
}
