//! A norm of the plan with its words.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::light::light;
use super::reading::Bilingual;
use crate::error::Result;
use crate::to_python::{plain, tuple};

light! {
    /// A rule (quy định): one norm of the plan with its words. What its kind needs is in to_dict().
    ///
    /// >>> import caicach
    /// >>> rule = caicach.Plan.builtin().rule("cadre_reduction")
    /// >>> rule.kind, rule.to_dict()["percent"]
    /// ('reduction', '5')
    Rule(caicach::plan::Rule) {
        /// Its id: "late_share_caps_rank".
        #[getter]
        fn id(&self) -> &str {
            self.0.id().as_str()
        }
        /// The clause ("I.1.3") or task ("annex I.9") that says so.
        #[getter]
        fn clause(&self) -> &str {
            &self.0.head().clause
        }
        /// Further clauses that say so.
        #[getter]
        fn also<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
            tuple(py, self.0.head().also.iter())
        }
        /// What kind of norm it is: "cap", "level", "reduction" ...
        #[getter]
        fn kind(&self) -> &'static str {
            self.0.head().kind.as_str()
        }
        /// The kind of subject it judges: "city", "body", "person" ...
        #[getter]
        fn subject_kind(&self) -> &'static str {
            self.0.head().subject.kind.as_str()
        }
        /// A short name for boards.
        #[getter]
        fn title(&self) -> Bilingual {
            Bilingual::of(&self.0.head().title)
        }
        /// What it says, in English.
        #[getter]
        fn gist_en(&self) -> &str {
            &self.0.head().gist_en
        }
        /// Its words, verbatim from the clause or task.
        #[getter]
        fn quote(&self) -> &str {
            &self.0.head().quote
        }
        /// Whether the document only aspires to it (phấn đấu).
        #[getter]
        fn aspirational(&self) -> bool {
            self.0.aspirational()
        }
        /// The readings it relies on, by key.
        #[getter]
        fn readings<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
            tuple(py, self.0.head().readings.iter().map(|key| key.as_str()))
        }
        fn __repr__(&self) -> String {
            format!("<Rule {} ({}, {})>", self.0.id(), self.kind(), self.0.head().clause)
        }
    }
}
