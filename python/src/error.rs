//! Exceptions and the problems they carry.

use std::fmt;
use std::marker::PhantomData;

use pyo3::CastError;
use pyo3::exceptions::{PyTypeError, PyValueError};
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
    fn new(code: &str, path: &str, message: &str, line: Option<u32>, help: Option<&str>) -> Problem {
        Problem { line, help: help.map(Into::into), ..Problem::of(code, path, message) }
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
    pub(crate) fn of(code: &str, path: &str, message: impl Into<String>) -> Problem {
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

/// An exception that is pending in the interpreter, where it waits to be raised or fetched. It is handed on, never dropped,
/// nothing is asked of Python meanwhile, and it does not leave `Python::attach`: a thread of ours is forgotten after that.
///
/// A `PyErr` is eight words, which every `?` of every function would move.
#[derive(Debug)]
pub(crate) struct Pending(PhantomData<*mut ()>);

/// What a function gives that may raise.
pub(crate) type Result<T, E = Pending> = std::result::Result<T, E>;

impl Pending {
    /// What was raised, where it has been left pending.
    pub(crate) fn left() -> Pending {
        Pending(PhantomData)
    }
}

impl From<PyErr> for Pending {
    #[cold]
    fn from(error: PyErr) -> Pending {
        Python::attach(|py| error.restore(py));
        Pending::left()
    }
}

impl From<CastError<'_, '_>> for Pending {
    fn from(error: CastError<'_, '_>) -> Pending {
        PyErr::from(error).into()
    }
}

impl From<Pending> for PyErr {
    #[cold]
    fn from(_: Pending) -> PyErr {
        Python::attach(PyErr::fetch)
    }
}

pub(crate) fn type_error(message: impl Into<String>) -> Pending {
    PyTypeError::new_err(message.into()).into()
}

pub(crate) fn value_error(message: impl Into<String>) -> Pending {
    PyValueError::new_err(message.into()).into()
}

/// An exception of a class of `caicach.exceptions` with its problems.
pub(crate) fn raise(class: &str, message: String, problems: Vec<Problem>, total: usize) -> Pending {
    let make = |py: Python<'_>| -> Result<PyErr> {
        let class = py.import("caicach.exceptions")?.getattr(class)?;
        Ok(PyErr::from_value(class.call1((message, tuple(py, problems)?, total))?))
    };
    Python::attach(make).map_or_else(|error| error, Pending::from)
}

/// The same with one problem, which says what it is.
pub(crate) fn raise_one(class: &str, problem: Problem) -> Pending {
    raise(class, problem.to_string(), vec![problem], 1)
}

/// The same with the problems of the engine.
fn raise_all(class: &str, error: &dyn fmt::Display, problems: &caicach::Problems) -> Pending {
    raise(class, error.to_string(), Problem::list(problems), problems.total())
}

/// What nobody but caicach is to blame for.
pub(crate) fn internal(message: String) -> Pending {
    raise("InternalError", message, Vec::new(), 0)
}

pub(crate) fn plan_error(error: &caicach::PlanError) -> Pending {
    raise_all("PlanError", error, error.problems())
}

pub(crate) fn facts_error(error: &caicach::FactsError) -> Pending {
    raise_all("FactsError", error, error.problems())
}

pub(crate) fn amendment_error(error: &caicach::plan::amendment::AmendmentError) -> Pending {
    raise_all("AmendmentError", error, error.problems())
}

pub(crate) fn assess_error(error: &caicach::AssessError) -> Pending {
    let class = match error {
        caicach::AssessError::Readings(_) => "ReadingsError",
        // What else there may be is about facts that do not fit the plan.
        _ => "FactsError",
    };
    raise_all(class, error, error.problems())
}

/// Nothing bears this id; with "did you mean" where something known is near.
pub(crate) fn not_found<'k>(what: &str, id: &str, known: impl IntoIterator<Item = &'k str>) -> Pending {
    unknown("", id, &mut known.into_iter(), &|shown| format!("the plan has no {what} `{shown}`"))
}

/// The caller speaks of a body that has no posts.
pub(crate) fn unknown_holder<'k>(path: &str, id: &str, known: impl IntoIterator<Item = &'k str>) -> Pending {
    unknown(path, id, &mut known.into_iter(), &|shown| format!("the body `{shown}` is not among the posts"))
}

fn unknown<'k>(
    path: &str,
    id: &str,
    known: &mut dyn Iterator<Item = &'k str>,
    message: &dyn Fn(&str) -> String,
) -> Pending {
    let help = caicach::text::nearest(id, known).map(|near| format!("did you mean `{near}`?"));
    let shown: String = id.chars().take(80).collect();
    raise_one("NotFoundError", Problem { help, ..Problem::of("unknown_reference", path, message(&shown)) })
}

/// One problem whose message is that of the exception.
fn raise_plain(class: &str, code: &str, path: &str, message: String) -> Pending {
    raise(class, message.clone(), vec![Problem::of(code, path, message)], 1)
}

pub(crate) fn calendar_error(error: &caicach::calendar::CalendarError, path: &str) -> Pending {
    raise_plain("CalendarError", "calendar", path, error.to_string())
}

pub(crate) fn lunar_error(error: caicach::calendar::lunar::LunarError, path: &str) -> Pending {
    raise_plain("CalendarError", error.code(), path, error.to_string())
}

pub(crate) fn apportion_error(error: &caicach::apportion::ApportionError) -> Pending {
    raise_plain("ApportionError", error.code(), error.path(), error.to_string())
}
