//! Arrow arrays as columns of dossiers, and tallies as record batches (feature `arrow`).
//!
//! Arrays are read in place, sliced or not: names as dictionaries with any whole-number key or as plain text (`Utf8`,
//! `LargeUtf8`, `Utf8View`), days as `Date32` or timestamps of any unit, counts as whole numbers of any width, flags as
//! booleans or whole numbers. A timestamp with a time zone is an instant and falls on the day it is in Vietnam (UTC+7);
//! one without is the time on a local clock.

mod read;
mod write;

use arrow_array::RecordBatch;
use arrow_schema::DataType;

use super::columns::Columns;
use super::role::{Role, RoleError, assign};

/// Why a record batch is not one of dossiers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArrowError {
    /// It is not clear which column is which.
    #[error(transparent)]
    Columns(#[from] RoleError),
    /// A column has a type that it cannot be read from.
    #[error("column `{column}` is of type {found}; expected {expected}")]
    Type {
        /// The column's name in the batch.
        column: String,
        /// Its type.
        found: String,
        /// What it could be.
        expected: &'static str,
    },
}

const NAMES: &str = "text (Utf8, LargeUtf8, Utf8View) or a dictionary of it";
const DAYS: &str = "Date32 or Timestamp";
const NUMBERS: &str = "whole numbers";
const FLAGS: &str = "Boolean or whole numbers";

/// The columns of a record batch, by their names or a mapping of names.
///
/// Names are taken as headings of CSV files are: `body` or `Đơn vị`, `received` or `Ngày tiếp nhận`; columns that stand
/// for nothing are left aside, and so are optional ones of type `Null`.
///
/// # Errors
/// [`ArrowError`].
pub fn columns<'a>(batch: &'a RecordBatch, mapping: &[(String, Option<Role>)]) -> Result<Columns<'a>, ArrowError> {
    let headings: Vec<String> = batch.schema_ref().fields().iter().map(|f| f.name().clone()).collect();
    let roles = assign(&headings, mapping)?;
    let find = |role: Role| {
        let place = Role::ALL.iter().position(|r| *r == role);
        let at = roles.iter().position(|r| r.is_some() && *r == place)?;
        Some(Found { name: batch.schema_ref().fields().get(at)?.name(), array: batch.columns().get(at)?.as_ref() })
    };
    let given = |role: Role| find(role).filter(|f| *f.array.data_type() != DataType::Null);
    let required = |column| find(column).ok_or_else(|| RoleError::NoColumn { column, headings: headings.join(", ") });
    Ok(Columns {
        body: required(Role::Body)?.keys()?,
        received: required(Role::Received)?.moments()?,
        due: required(Role::Due)?.moments()?,
        officer: given(Role::Officer).map(Found::keys).transpose()?,
        field: given(Role::Field).map(Found::keys).transpose()?,
        channel: given(Role::Channel).map(Found::keys).transpose()?,
        completed: given(Role::Completed).map(Found::moments).transpose()?,
        cancelled: given(Role::Cancelled).map(Found::flags).transpose()?,
        suspended_days: given(Role::SuspendedDays).map(Found::ints).transpose()?,
        supplement_requests: given(Role::SupplementRequests).map(Found::ints).transpose()?,
        supplement_notices: given(Role::SupplementNotices).map(Found::ints).transpose()?,
        apology: given(Role::Apology).map(Found::flags).transpose()?,
        satisfied: given(Role::Satisfied).map(Found::flags).transpose()?,
        gone: None,
    })
}

/// A column of a batch.
#[derive(Clone, Copy)]
struct Found<'a> {
    name: &'a str,
    array: &'a dyn arrow_array::Array,
}

impl Found<'_> {
    fn wrong(&self, expected: &'static str) -> ArrowError {
        ArrowError::Type { column: self.name.to_owned(), found: self.array.data_type().to_string(), expected }
    }
}
