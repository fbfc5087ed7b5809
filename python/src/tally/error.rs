//! What can go wrong with a tally, as `caicach.TallyError` with a code.

use std::sync::Mutex;

use caicach::tally::arrow::ArrowError;
use caicach::tally::csv::CsvError;
use caicach::tally::{
    ChangeError, FactsFromTallyError, MergeError, MoveError, RoleError, SnapshotError, TallyError as CoreError,
};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;

use crate::error::{Problem, raise_one};

/// An exception of that code.
pub(super) fn error(code: &str, path: &str, message: impl Into<String>, help: Option<&str>) -> PyErr {
    let problem = Problem { help: help.map(Into::into), ..Problem::of(code, path, message) };
    raise_one("TallyError", problem)
}

pub(super) fn counting(error: &CoreError) -> PyErr {
    let (code, path, help) = match error {
        CoreError::Length { column, .. } => ("length", *column, None),
        CoreError::NoColumn { dimension } => ("no_column", *dimension, Some("give the column, or group without it")),
        CoreError::Offsets { column, .. } => ("bad_offsets", *column, None),
        CoreError::Period => ("period", "start", None),
        CoreError::NoWorkdays => ("no_workdays", "", None),
        CoreError::TooManyRejects { .. } => {
            ("too_many_rejects", "", Some("see `rejects` of a run without reject_limit"))
        }
        CoreError::Worker => return crate::error::internal(error.to_string()),
        _ => ("tally", "", None),
    };
    self::error(code, path, error.to_string(), help)
}

fn columns(error: &RoleError) -> PyErr {
    let map = Some("say which heading it is: mapping={\"heading\": \"column\"}");
    let (code, path, help) = match error {
        RoleError::NoColumn { column, .. } => ("no_column", column.name(), map),
        RoleError::TwoColumns { column, .. } => ("two_columns", column.name(), Some("mapping={\"heading\": None}")),
        RoleError::UnknownHeading { heading, .. } => ("unknown_heading", heading.as_str(), None),
        _ => ("columns", "", None),
    };
    self::error(code, path, error.to_string(), help)
}

pub(super) fn batch(error: &ArrowError) -> PyErr {
    match error {
        ArrowError::Columns(error) => columns(error),
        ArrowError::Type { column, .. } => {
            self::error("wrong_type", column, error.to_string(), Some("cast the column, in pandas by convert_dtypes()"))
        }
        _ => self::error("arrow", "", error.to_string(), None),
    }
}

/// What a file could not be read for. Where a Python file or function failed, its own exception is raised.
pub(super) fn file(error: &CsvError, raised: &Mutex<Option<PyErr>>) -> PyErr {
    if let Some(raised) = raised.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take() {
        return raised;
    }
    match error {
        CsvError::Tally(error) => counting(error),
        CsvError::Columns(error) => columns(error),
        CsvError::Read { message, .. } => PyOSError::new_err(message.clone()),
        CsvError::NoHeader => self::error("no_header", "", error.to_string(), None),
        CsvError::HeaderEncoding { .. } => self::error(
            "encoding",
            "",
            error.to_string(),
            Some("declare it: encoding=\"tcvn3\", \"vni\" or \"cp1258\""),
        ),
        CsvError::Utf16 => self::error("encoding", "", error.to_string(), None),
        CsvError::CarriageReturns => self::error("line_ends", "", error.to_string(), None),
        CsvError::Stopped => self::error("stopped", "", error.to_string(), None),
        _ => self::error("csv", "", error.to_string(), None),
    }
}

pub(super) fn merging(error: &MergeError) -> PyErr {
    match error {
        MergeError::Terms => {
            self::error("different_terms", "", error.to_string(), Some("count both with the same options"))
        }
        MergeError::Groupings => self::error("different_groupings", "by", error.to_string(), None),
        _ => self::error("merge", "", error.to_string(), None),
    }
}

pub(super) fn change(error: &ChangeError) -> PyErr {
    match error {
        ChangeError::Merge(error) => merging(error),
        ChangeError::Tally(error) => counting(error),
        ChangeError::NotThere { .. } => self::error("not_there", "", error.to_string(), None),
        _ => self::error("change", "", error.to_string(), None),
    }
}

pub(super) fn moving(error: &MoveError) -> PyErr {
    let code = match error {
        MoveError::Back => "back",
        MoveError::RowsBetween { .. } => "rows_between",
        _ => "move",
    };
    self::error(code, "as_of", error.to_string(), None)
}

pub(super) fn snapshot(error: &SnapshotError) -> PyErr {
    let code = match error {
        SnapshotError::NotATally => "not_a_tally",
        SnapshotError::Version { .. } => "version",
        SnapshotError::Truncated => "truncated",
        SnapshotError::Checksum => "checksum",
        SnapshotError::Content => "content",
        _ => "snapshot",
    };
    self::error(code, "", error.to_string(), None)
}

pub(super) fn facts(error: &FactsFromTallyError) -> PyErr {
    match error {
        FactsFromTallyError::Facts(error) => crate::error::facts_error(error),
        FactsFromTallyError::Grouping { .. } => self::error("grouping", "by", error.to_string(), None),
        FactsFromTallyError::NoPeriod => self::error("no_period", "start", error.to_string(), None),
        _ => self::error("facts", "", error.to_string(), None),
    }
}
