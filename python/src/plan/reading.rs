//! Questions the document leaves open, and texts in two languages.

use caicach::plan::reading as core;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::PyTuple;

use super::light::light;
use crate::error::Result;
use crate::same::{Compared, Other, hash};
use crate::to_python::{plain, tuple};

/// A text in both languages.
///
/// >>> import caicach
/// >>> caicach.Plan.builtin().rule("par_rank_good").title.en
/// "The city's reform rank"
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Bilingual {
    /// Vietnamese.
    #[pyo3(get)]
    vi: String,
    /// English.
    #[pyo3(get)]
    en: String,
}

impl Bilingual {
    pub(crate) fn of(text: &core::Bilingual) -> Bilingual {
        Bilingual { vi: text.vi.clone(), en: text.en.clone() }
    }
}

#[pymethods]
impl Bilingual {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }
    fn __repr__(&self) -> String {
        format!("<Bilingual {}>", self.en)
    }
}

light! {
    /// A question that the document leaves open (cách hiểu), its answers, and the one taken by default.
    ///
    /// >>> import caicach
    /// >>> reading = caicach.Plan.builtin().reading("late_denominator")
    /// >>> [option.id for option in reading.options]
    /// ['resolved', 'due', 'received', 'portal']
    Reading(core::Reading) {
        /// Its key.
        #[getter]
        fn key(&self) -> &str {
            self.0.key.as_str()
        }
        /// The question.
        #[getter]
        fn question(&self) -> Bilingual {
            Bilingual::of(&self.0.question)
        }
        /// The answers.
        #[getter]
        fn options<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
            tuple(py, self.0.options.iter().cloned().map(ReadingOption))
        }
        /// The answer taken unless the caller chooses, by id.
        #[getter]
        fn default(&self) -> &str {
            self.0.default.as_str()
        }
        /// Why that one.
        #[getter]
        fn reason(&self) -> &str {
            &self.0.reason
        }
        fn __repr__(&self) -> String {
            format!("<Reading {}: {}>", self.0.key, self.0.default)
        }
    }
}

light! {
    /// One way to understand what a document leaves open.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().reading("late_denominator").options[0].en
    /// 'dossiers resolved late are taken over all dossiers resolved'
    ReadingOption(core::ReadingOption) {
        /// Its id, used in calls and receipts.
        #[getter]
        fn id(&self) -> &str {
            self.0.id.as_str()
        }
        /// What it means, in Vietnamese.
        #[getter]
        fn vi(&self) -> &str {
            &self.0.vi
        }
        /// What it means, in English.
        #[getter]
        fn en(&self) -> &str {
            &self.0.en
        }
        fn __repr__(&self) -> String {
            format!("<ReadingOption {}>", self.0.id)
        }
    }
}
