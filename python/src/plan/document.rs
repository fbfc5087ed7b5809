//! The head of the document and its paragraphs.

use caicach::plan::document as core;
use pyo3::prelude::*;
use pyo3::types::PyDate;

use super::light::{day, light};
use crate::error::Result;
use crate::to_python::plain;
use crate::value;

light! {
    /// The head of a plan: who issued it, when, on which basis.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().document.date
    /// datetime.date(2023, 1, 13)
    Document(core::Document) {
        /// Number of the document.
        #[getter]
        fn number(&self) -> &str {
            &self.0.number
        }
        /// The day it was signed.
        #[getter]
        fn date<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDate>> {
            value::date(py, self.0.date)
        }
        /// Who issued it.
        #[getter]
        fn issuer(&self) -> &str {
            &self.0.issuer
        }
        /// The body whose plan it is, by id.
        #[getter]
        fn body(&self) -> &str {
            self.0.body.as_str()
        }
        /// Full title.
        #[getter]
        fn title(&self) -> &str {
            &self.0.title
        }
        /// Title in English.
        #[getter]
        fn title_en(&self) -> &str {
            &self.0.title_en
        }
        /// Who signed it.
        #[getter]
        fn signed_by(&self) -> &str {
            &self.0.signed_by
        }
        /// First day in force.
        #[getter]
        fn valid_from<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDate>> {
            value::date(py, self.0.valid_from)
        }
        /// Last day in force, where it has one.
        #[getter]
        fn valid_to<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
            day(py, self.0.valid_to)
        }
        fn __repr__(&self) -> String {
            format!("<Document {}>", self.0.number)
        }
    }
}

light! {
    /// A paragraph of the main text.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().clauses[0].id
    /// 'I.1.1'
    Clause(core::Clause) {
        /// "I.1.3": third paragraph of section I.1.
        #[getter]
        fn id(&self) -> &str {
            self.0.id.as_str()
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
        /// What it says, in English.
        #[getter]
        fn gist_en(&self) -> &str {
            &self.0.gist_en
        }
        fn __repr__(&self) -> String {
            format!("<Clause {}>", self.0.id)
        }
    }
}
