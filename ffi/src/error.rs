//! What went wrong, as an object.

use std::ffi::{CString, c_char};
use std::fmt::Display;
use std::str::Utf8Error;

use caicach::apportion::ApportionError;
use caicach::calendar::lunar::LunarError;
use caicach::plan::amendment::AmendmentError;
use caicach::plan::registry::Unresolved;
use caicach::{AssessError, FactsError, PlanError, Problem, Problems};
use serde::Serialize;

use crate::guard::{Stopped, free, getter};
use crate::status::{
    CAICACH_ERROR_DATA, CAICACH_ERROR_FACTS, CAICACH_ERROR_INTERNAL, CAICACH_ERROR_INVALID_ARGUMENT,
    CAICACH_ERROR_INVALID_UTF8, CAICACH_ERROR_NOT_FOUND, CAICACH_ERROR_NULL_ARGUMENT, CAICACH_ERROR_OPTIONS,
    CAICACH_ERROR_PLAN, CAICACH_ERROR_READ, CAICACH_ERROR_READINGS, CAICACH_ERROR_STOPPED, CAICACH_ERROR_TERMS,
    caicach_status,
};
use crate::text::{address, c_text};

/// A failure before it is an object of C.
#[derive(Debug)]
pub(crate) struct Failure {
    status: caicach_status,
    message: String,
    details: Vec<Detail>,
    /// How many problems there were in all.
    total: usize,
}

/// One thing wrong. The JSON is that of a problem of the `caicach` crate.
#[derive(Debug, Serialize)]
struct Detail {
    code: String,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

impl From<&Problem> for Detail {
    fn from(problem: &Problem) -> Detail {
        Detail {
            code: problem.code().as_str().to_owned(),
            path: problem.path().to_owned(),
            line: problem.line(),
            message: problem.message().to_owned(),
            help: problem.help_text().map(str::to_owned),
        }
    }
}

impl Failure {
    fn one(status: caicach_status, code: &str, path: &str, message: String, help: Option<String>) -> Failure {
        let shown = if path.is_empty() { message.clone() } else { format!("`{path}`: {message}") };
        let shown = help.iter().fold(shown, |shown, help| format!("{shown}; {help}"));
        let detail = Detail { code: code.to_owned(), path: path.to_owned(), line: None, message, help };
        Failure { status, message: shown, details: vec![detail], total: 1 }
    }

    fn many(status: caicach_status, message: &dyn Display, problems: &Problems) -> Failure {
        Failure {
            status,
            message: message.to_string(),
            details: problems.list().iter().map(Detail::from).collect(),
            total: problems.total(),
        }
    }

    pub(crate) fn status(&self) -> caicach_status {
        self.status
    }

    pub(crate) fn internal(stopped: Stopped) -> Failure {
        let message = format!("internal error: {}", stopped.0);
        Failure::one(CAICACH_ERROR_INTERNAL, "internal", "", message, Some("please report it".into()))
    }

    pub(crate) fn null(name: &str) -> Failure {
        Failure::one(CAICACH_ERROR_NULL_ARGUMENT, "null_argument", name, "must not be NULL".into(), None)
    }

    pub(crate) fn utf8(name: &str, error: &Utf8Error) -> Failure {
        let message = format!("not UTF-8 after {} bytes", error.valid_up_to());
        Failure::one(CAICACH_ERROR_INVALID_UTF8, "invalid_utf8", name, message, None)
    }

    pub(crate) fn argument(name: &str, message: String) -> Failure {
        Failure::one(CAICACH_ERROR_INVALID_ARGUMENT, "invalid_argument", name, message, None)
    }

    pub(crate) fn options(path: &str, message: String, help: Option<&str>) -> Failure {
        Failure::one(CAICACH_ERROR_OPTIONS, "options", path, message, help.map(str::to_owned))
    }

    pub(crate) fn read(path: &str, message: String) -> Failure {
        Failure::one(CAICACH_ERROR_READ, "read", path, message, None)
    }

    pub(crate) fn data(code: &str, message: String) -> Failure {
        Failure::one(CAICACH_ERROR_DATA, code, "", message, None)
    }

    pub(crate) fn terms(code: &str, message: String) -> Failure {
        Failure::one(CAICACH_ERROR_TERMS, code, "", message, None)
    }

    pub(crate) fn stopped(message: String) -> Failure {
        Failure::one(CAICACH_ERROR_STOPPED, "stopped", "", message, None)
    }

    pub(crate) fn not_found(code: &str, path: &str, message: String, help: Option<String>) -> Failure {
        Failure::one(CAICACH_ERROR_NOT_FOUND, code, path, message, help)
    }

    pub(crate) fn lunar(path: &str, error: LunarError) -> Failure {
        Failure::one(CAICACH_ERROR_INVALID_ARGUMENT, error.code(), path, error.to_string(), None)
    }

    pub(crate) fn unresolved(path: &str, unresolved: &Unresolved) -> Failure {
        Failure::not_found(unresolved.code().as_str(), path, unresolved.message(), unresolved.help())
    }
}

impl From<AmendmentError> for Failure {
    fn from(error: AmendmentError) -> Failure {
        Failure::many(CAICACH_ERROR_PLAN, &error, error.problems())
    }
}

impl From<ApportionError> for Failure {
    fn from(error: ApportionError) -> Failure {
        let path = if error.path() == "posts" { "holders" } else { error.path() };
        Failure::one(CAICACH_ERROR_INVALID_ARGUMENT, error.code(), path, error.to_string(), None)
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Failure {
        Failure::many(CAICACH_ERROR_PLAN, &error, error.problems())
    }
}

impl From<FactsError> for Failure {
    fn from(error: FactsError) -> Failure {
        Failure::many(CAICACH_ERROR_FACTS, &error, error.problems())
    }
}

impl From<AssessError> for Failure {
    fn from(error: AssessError) -> Failure {
        let status = match error {
            AssessError::Facts(_) => CAICACH_ERROR_FACTS,
            AssessError::Readings(_) => CAICACH_ERROR_READINGS,
            _ => CAICACH_ERROR_INVALID_ARGUMENT,
        };
        Failure::many(status, &error, error.problems())
    }
}

/// What went wrong. Free it with `caicach_error_free`. Its texts live as long as it does.
#[derive(Debug)]
pub struct caicach_error {
    status: caicach_status,
    message: CString,
    json: CString,
    details: Vec<Shown>,
    total: usize,
}

/// A detail as C reads it.
#[derive(Debug)]
struct Shown {
    code: CString,
    path: CString,
    line: Option<u32>,
    message: CString,
    help: Option<CString>,
}

impl caicach_error {
    pub(crate) fn new(failure: Failure) -> caicach_error {
        // Texts and numbers always have a JSON text.
        let json = serde_json::to_string(&failure.details).unwrap_or_default();
        let shown = |detail: Detail| Shown {
            code: c_text(detail.code),
            path: c_text(detail.path),
            line: detail.line,
            message: c_text(detail.message),
            help: detail.help.map(c_text),
        };
        caicach_error {
            status: failure.status,
            message: c_text(failure.message),
            json: c_text(json),
            details: failure.details.into_iter().map(shown).collect(),
            total: failure.total,
        }
    }
}

/// The status that came with the error.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_error_code(error: Option<&caicach_error>) -> caicach_status {
    getter(0, || Some(error?.status))
}

/// All that went wrong, in English, for a log: one line for each problem.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_error_message(error: Option<&caicach_error>) -> *const c_char {
    getter(std::ptr::null(), || Some(error?.message.as_ptr()))
}

/// The details as JSON: a list of {"code", "path", "line"?, "message", "help"?}.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_error_details_json(error: Option<&caicach_error>) -> *const c_char {
    getter(std::ptr::null(), || Some(error?.json.as_ptr()))
}

/// How many problems there were in all. The details hold the first thousand.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_error_problem_count(error: Option<&caicach_error>) -> usize {
    getter(0, || Some(error?.total))
}

/// How many details there are.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_error_detail_count(error: Option<&caicach_error>) -> usize {
    getter(0, || Some(error?.details.len()))
}

/// The kind of problem, a stable word: "unknown_field", "null_argument".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_error_detail_code(error: Option<&caicach_error>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(error?.details.get(index)?.code.as_ptr()))
}

/// Where it is: `headcounts[3].category`, or the argument's name; empty for the whole input.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_error_detail_path(error: Option<&caicach_error>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(error?.details.get(index)?.path.as_ptr()))
}

/// The line of the input, counted from 1; 0 where it is not known.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_error_detail_line(error: Option<&caicach_error>, index: usize) -> u32 {
    getter(0, || error?.details.get(index)?.line)
}

/// What is wrong, in one line of English.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_error_detail_message(error: Option<&caicach_error>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(error?.details.get(index)?.message.as_ptr()))
}

/// What would be right ("did you mean `category`?"); NULL where that cannot be said.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_error_detail_help(error: Option<&caicach_error>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(address(error?.details.get(index)?.help.as_ref())))
}

/// Frees an error. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_error_free(error: Option<Box<caicach_error>>) {
    free(error);
}
