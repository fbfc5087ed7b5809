//! Exceptions and the problems they carry.

use std::fmt;

use pyo3::prelude::*;
use pyo3::{PyTypeInfo, import_exception};

import_exception!(caicach.exceptions, AmendmentError);
import_exception!(caicach.exceptions, ApportionError);
import_exception!(caicach.exceptions, CalendarError);
import_exception!(caicach.exceptions, DateError);
import_exception!(caicach.exceptions, FactsError);
import_exception!(caicach.exceptions, InternalError);
import_exception!(caicach.exceptions, NotFoundError);
import_exception!(caicach.exceptions, PlanError);
import_exception!(caicach.exceptions, ReadingsError);
import_exception!(caicach.exceptions, TallyError);

/// One thing wrong with an input: where, what, and what would be right.
///
/// >>> import caicach
/// >>> try:
/// ...     caicach.Facts.from_json('{"schema": "caicach/facts/1", "surveis": []}')
/// ... except caicach.FactsError as error:
/// ...     error.problems[0].code, error.problems[0].path
/// ('unknown_field', 'surveis')
#[pyclass(frozen, eq, hash, module = "caicach")]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Problem {
    /// The kind of problem, a word that is stable across versions: "wrong_type".
    #[pyo3(get)]
    pub(crate) code: String,
    /// Where it stands: "headcounts[3].category"; empty for the whole input.
    #[pyo3(get)]
    pub(crate) path: String,
    /// The line of the source, counted from 1, where it is known.
    #[pyo3(get)]
    pub(crate) line: Option<u32>,
    /// What is wrong, in one line.
    #[pyo3(get)]
    pub(crate) message: String,
    /// What would be right, where that can be said.
    #[pyo3(get)]
    pub(crate) help: Option<String>,
}

#[pymethods]
impl Problem {
    #[new]
    #[pyo3(signature = (code, path, message, line=None, help=None))]
    fn new(code: String, path: String, message: String, line: Option<u32>, help: Option<String>) -> Problem {
        Problem { code, path, line, message, help }
    }

    fn __str__(&self) -> String {
        self.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<Problem {}: {self}>", self.code)
    }

    fn __getnewargs__(&self) -> (&str, &str, &str, Option<u32>, Option<&str>) {
        (&self.code, &self.path, &self.message, self.line, self.help.as_deref())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        f.write_str(&self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}

impl Problem {
    /// A problem of an argument as a whole.
    pub(crate) fn of(code: &str, path: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem { code: code.into(), path: path.into(), line: None, message: message.into(), help: None }
    }

    fn from_core(problem: &caicach::Problem) -> Problem {
        Problem {
            code: problem.code().as_str().into(),
            path: problem.path().into(),
            line: problem.line(),
            message: problem.message().into(),
            help: problem.help_text().map(Into::into),
        }
    }

    pub(crate) fn list(problems: &caicach::Problems) -> Vec<Problem> {
        problems.list().iter().map(Problem::from_core).collect()
    }
}

/// An exception of a class of `caicach.exceptions` with its problems.
pub(crate) fn raise<E: PyTypeInfo>(message: String, problems: Vec<Problem>, total: usize) -> PyErr {
    PyErr::new::<E, _>((message, problems, total))
}

pub(crate) fn plan_error(error: &caicach::PlanError) -> PyErr {
    let problems = error.problems();
    raise::<PlanError>(error.to_string(), Problem::list(problems), problems.total())
}

pub(crate) fn facts_error(error: &caicach::FactsError) -> PyErr {
    let problems = error.problems();
    raise::<FactsError>(error.to_string(), Problem::list(problems), problems.total())
}

pub(crate) fn assess_error(error: &caicach::AssessError) -> PyErr {
    let problems = error.problems();
    let (message, list, total) = (error.to_string(), Problem::list(problems), problems.total());
    match error {
        caicach::AssessError::Readings(_) => raise::<ReadingsError>(message, list, total),
        // What else there may be is about facts that do not fit the plan.
        _ => raise::<FactsError>(message, list, total),
    }
}

/// Nothing bears this id; with "did you mean" where something known is near.
pub(crate) fn not_found<'k>(what: &str, id: &str, known: impl IntoIterator<Item = &'k str>) -> PyErr {
    let help = caicach::text::nearest(id, known).map(|near| format!("did you mean `{near}`?"));
    let shown: String = id.chars().take(80).collect();
    let problem = Problem { help, ..Problem::of("unknown_reference", "", format!("the plan has no {what} `{shown}`")) };
    raise::<NotFoundError>(problem.to_string(), vec![problem], 1)
}

/// The caller speaks of a body that has no posts.
pub(crate) fn unknown_holder<'k>(path: &str, id: &str, known: impl IntoIterator<Item = &'k str>) -> PyErr {
    let help = caicach::text::nearest(id, known).map(|near| format!("did you mean `{near}`?"));
    let shown: String = id.chars().take(80).collect();
    let message = format!("the body `{shown}` is not among the posts");
    let problem = Problem { help, ..Problem::of("unknown_reference", path, message) };
    raise::<NotFoundError>(problem.to_string(), vec![problem], 1)
}

pub(crate) fn amendment_error(error: &caicach::plan::amendment::AmendmentError) -> PyErr {
    let problems = error.problems();
    raise::<AmendmentError>(error.to_string(), Problem::list(problems), problems.total())
}

pub(crate) fn calendar_error(error: &caicach::calendar::CalendarError, path: &str) -> PyErr {
    let problem = Problem::of("calendar", path, error.to_string());
    raise::<CalendarError>(error.to_string(), vec![problem], 1)
}

pub(crate) fn lunar_error(error: caicach::calendar::lunar::LunarError, path: &str) -> PyErr {
    raise::<CalendarError>(error.to_string(), vec![Problem::of(error.code(), path, error.to_string())], 1)
}

pub(crate) fn apportion_error(error: &caicach::apportion::ApportionError) -> PyErr {
    let problem = Problem::of(error.code(), error.path(), error.to_string());
    raise::<ApportionError>(error.to_string(), vec![problem], 1)
}
