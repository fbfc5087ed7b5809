//! Exceptions and the problems they carry.

use std::fmt;

use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;

use crate::same::{Compared, Other, hash};
use crate::to_python::tuple;

/// One thing wrong with an input: where, what, and what would be right.
///
/// >>> import caicach
/// >>> try:
/// ...     caicach.Facts.from_json('{"schema": "caicach/facts/1", "surveis": []}')
/// ... except caicach.FactsError as error:
/// ...     error.problems[0].code, error.problems[0].path
/// ('unknown_field', 'surveis')
#[pyclass(frozen, module = "caicach")]
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
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }

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
pub(crate) fn raise(class: &str, message: String, problems: Vec<Problem>, total: usize) -> PyErr {
    let make = |py: Python<'_>| {
        let class = py.import("caicach.exceptions")?.getattr(class)?;
        Ok(PyErr::from_value(class.call1((message, tuple(py, problems)?, total))?))
    };
    Python::attach(make).unwrap_or_else(|error: PyErr| error)
}

/// The same with one problem, which says what it is.
pub(crate) fn raise_one(class: &str, problem: Problem) -> PyErr {
    raise(class, problem.to_string(), vec![problem], 1)
}

/// The same with the problems of the engine.
fn raise_all(class: &str, error: &dyn fmt::Display, problems: &caicach::Problems) -> PyErr {
    raise(class, error.to_string(), Problem::list(problems), problems.total())
}

/// What nobody but caicach is to blame for.
pub(crate) fn internal(message: String) -> PyErr {
    raise("InternalError", message, Vec::new(), 0)
}

pub(crate) fn plan_error(error: &caicach::PlanError) -> PyErr {
    raise_all("PlanError", error, error.problems())
}

pub(crate) fn facts_error(error: &caicach::FactsError) -> PyErr {
    raise_all("FactsError", error, error.problems())
}

pub(crate) fn amendment_error(error: &caicach::plan::amendment::AmendmentError) -> PyErr {
    raise_all("AmendmentError", error, error.problems())
}

pub(crate) fn assess_error(error: &caicach::AssessError) -> PyErr {
    let class = match error {
        caicach::AssessError::Readings(_) => "ReadingsError",
        // What else there may be is about facts that do not fit the plan.
        _ => "FactsError",
    };
    raise_all(class, error, error.problems())
}

/// Nothing bears this id; with "did you mean" where something known is near.
pub(crate) fn not_found<'k>(what: &str, id: &str, known: impl IntoIterator<Item = &'k str>) -> PyErr {
    unknown("", id, &mut known.into_iter(), &|shown| format!("the plan has no {what} `{shown}`"))
}

/// The caller speaks of a body that has no posts.
pub(crate) fn unknown_holder<'k>(path: &str, id: &str, known: impl IntoIterator<Item = &'k str>) -> PyErr {
    unknown(path, id, &mut known.into_iter(), &|shown| format!("the body `{shown}` is not among the posts"))
}

fn unknown<'k>(
    path: &str,
    id: &str,
    known: &mut dyn Iterator<Item = &'k str>,
    message: &dyn Fn(&str) -> String,
) -> PyErr {
    let help = caicach::text::nearest(id, known).map(|near| format!("did you mean `{near}`?"));
    let shown: String = id.chars().take(80).collect();
    raise_one("NotFoundError", Problem { help, ..Problem::of("unknown_reference", path, message(&shown)) })
}

/// One problem whose message is that of the exception.
fn raise_plain(class: &str, code: &str, path: &str, message: String) -> PyErr {
    raise(class, message.clone(), vec![Problem::of(code, path, message)], 1)
}

pub(crate) fn calendar_error(error: &caicach::calendar::CalendarError, path: &str) -> PyErr {
    raise_plain("CalendarError", "calendar", path, error.to_string())
}

pub(crate) fn lunar_error(error: caicach::calendar::lunar::LunarError, path: &str) -> PyErr {
    raise_plain("CalendarError", error.code(), path, error.to_string())
}

pub(crate) fn apportion_error(error: &caicach::apportion::ApportionError) -> PyErr {
    raise_plain("ApportionError", error.code(), error.path(), error.to_string())
}
