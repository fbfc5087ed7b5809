//! What can go wrong with a tally, as `caicach.TallyError` with a code.

use std::sync::Mutex;

use caicach::tally::arrow::ArrowError;
use caicach::tally::csv::CsvError;
use caicach::tally::{
    ChangeError, FactsFromTallyError, MergeError, MoveError, RoleError, SnapshotError, TallyError as CoreError,
};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;

use crate::error::{Pending, Problem, raise_one};

/// An exception of that code.
pub(super) fn error(code: &str, path: &str, message: impl Into<String>, help: Option<&str>) -> Pending {
    let problem = Problem { help: help.map(Into::into), ..Problem::of(code, path, message) };
    raise_one("TallyError", problem)
}

pub(super) fn counting(error: &CoreError) -> Pending {
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

fn columns(error: &RoleError) -> Pending {
    let map = Some("say which heading it is: mapping={\"heading\": \"column\"}");
    let (code, path, help) = match error {
        RoleError::NoColumn { column, .. } => ("no_column", column.name(), map),
        RoleError::TwoColumns { column, .. } => ("two_columns", column.name(), Some("mapping={\"heading\": None}")),
        RoleError::UnknownHeading { heading, .. } => ("unknown_heading", heading.as_str(), None),
        _ => ("columns", "", None),
    };
    self::error(code, path, error.to_string(), help)
}

pub(super) fn batch(error: &ArrowError) -> Pending {
    let (code, path, help) = match error {
        ArrowError::Columns(error) => return columns(error),
        ArrowError::Type { column, .. } => {
            ("wrong_type", column.as_str(), Some("cast the column, in pandas by convert_dtypes()"))
        }
        _ => ("arrow", "", None),
    };
    self::error(code, path, error.to_string(), help)
}

/// What a file could not be read for. Where a Python file or function failed, its own exception is raised.
pub(super) fn file(error: &CsvError, raised: &Mutex<Option<PyErr>>) -> Pending {
    if let Some(raised) = raised.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take() {
        return raised.into();
    }
    let (code, help) = match error {
        CsvError::Tally(error) => return counting(error),
        CsvError::Columns(error) => return columns(error),
        CsvError::Read { message, .. } => return PyOSError::new_err(message.clone()).into(),
        CsvError::NoHeader => ("no_header", None),
        CsvError::HeaderEncoding { .. } => ("encoding", Some("declare it: encoding=\"tcvn3\", \"vni\" or \"cp1258\"")),
        CsvError::Utf16 => ("encoding", None),
        CsvError::CarriageReturns => ("line_ends", None),
        CsvError::Stopped => ("stopped", None),
        _ => ("csv", None),
    };
    self::error(code, "", error.to_string(), help)
}

pub(super) fn merging(error: &MergeError) -> Pending {
    let (code, path, help) = match error {
        MergeError::Terms => ("different_terms", "", Some("count both with the same options")),
        MergeError::Groupings => ("different_groupings", "by", None),
        _ => ("merge", "", None),
    };
    self::error(code, path, error.to_string(), help)
}

pub(super) fn change(error: &ChangeError) -> Pending {
    let code = match error {
        ChangeError::Merge(error) => return merging(error),
        ChangeError::Tally(error) => return counting(error),
        ChangeError::NotThere { .. } => "not_there",
        _ => "change",
    };
    self::error(code, "", error.to_string(), None)
}

pub(super) fn moving(error: &MoveError) -> Pending {
    let code = match error {
        MoveError::Back => "back",
        MoveError::RowsBetween { .. } => "rows_between",
        _ => "move",
    };
    self::error(code, "as_of", error.to_string(), None)
}

pub(super) fn snapshot(error: &SnapshotError) -> Pending {
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

pub(super) fn facts(error: &FactsFromTallyError) -> Pending {
    let (code, path) = match error {
        FactsFromTallyError::Facts(error) => return crate::error::facts_error(error),
        FactsFromTallyError::Grouping { .. } => ("grouping", "by"),
        FactsFromTallyError::NoPeriod => ("no_period", "start"),
        _ => ("facts", ""),
    };
    self::error(code, path, error.to_string(), None)
}
