//! Arrow arrays as columns of dossiers, and tallies as tables.
//!
//! Arrays are read in place, sliced or not: names as dictionaries with any whole-number key or as plain text (`Utf8`,
//! `LargeUtf8`, `Utf8View`), days as `Date32` or timestamps of any unit, counts as whole numbers of any width, flags as
//! booleans or whole numbers. A timestamp with a time zone is an instant and falls on the day it is in Vietnam (UTC+7);
//! one without is the time on a local clock.
//!
//! Whoever holds Arrow data says of a column what it is, an [`Array`]: the record batches of arrow-array with the feature
//! `arrow`, the package caicach-arrow for the C data interface.

#[cfg(feature = "arrow")]
mod record_batch;
mod table;

#[cfg(feature = "arrow")]
pub use record_batch::columns;
pub use table::{Cells, Table, TableColumn};

use super::bitmap::Bitmap;
use super::columns::{Column, Columns, Flags, Ints, Keys, Moments};
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

/// What an array holds.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Values<'a> {
    /// Texts, or codes into a dictionary of them.
    Keys(Keys<'a>),
    /// Days or instants.
    Moments(Moments<'a>),
    /// Whole numbers.
    Ints(Ints<'a>),
    /// Booleans.
    Bits(Bitmap<'a>),
    /// Nothing: every row is missing.
    Null,
    /// What no column of dossiers is read from.
    Other,
}

/// An array as it lies.
#[derive(Debug, Clone)]
pub struct Array<'a> {
    /// Its type, for messages.
    pub kind: String,
    /// What it holds.
    pub values: Values<'a>,
    /// Which rows are there, where any is missing.
    pub valid: Option<Bitmap<'a>>,
}

/// Columns of dossiers from arrays: their headings, and what the array under each is, which is asked for those that stand
/// for something.
///
/// Headings are taken as those of CSV files are: `body` or `Đơn vị`, `received` or `Ngày tiếp nhận`; columns that stand
/// for nothing are left aside, and so are optional ones of type `Null`. The mapping says otherwise where it should.
///
/// # Errors
/// [`ArrowError`].
pub fn columns_of<'a>(
    headings: &[String],
    array: &dyn Fn(usize) -> Array<'a>,
    mapping: &[(String, Option<Role>)],
) -> Result<Columns<'a>, ArrowError> {
    let roles = assign(headings, mapping)?;
    let find = |role: Role| {
        let place = Role::ALL.iter().position(|r| *r == role);
        let at = roles.iter().position(|r| r.is_some() && *r == place)?;
        Some(Found { name: headings.get(at)?, array: array(at) })
    };
    let given = |role: Role| find(role).filter(|found| !matches!(found.array.values, Values::Null));
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

/// The array under a heading.
struct Found<'n, 'a> {
    name: &'n str,
    array: Array<'a>,
}

impl<'a> Found<'_, 'a> {
    fn keys(self) -> Result<Column<'a, Keys<'a>>, ArrowError> {
        self.read("text (Utf8, LargeUtf8, Utf8View) or a dictionary of it", |values| match values {
            Values::Keys(keys) => Some(keys),
            _ => None,
        })
    }

    fn moments(self) -> Result<Column<'a, Moments<'a>>, ArrowError> {
        self.read("Date32 or Timestamp", |values| match values {
            Values::Moments(moments) => Some(moments),
            _ => None,
        })
    }

    fn ints(self) -> Result<Column<'a, Ints<'a>>, ArrowError> {
        self.read("whole numbers", |values| match values {
            Values::Ints(ints) => Some(ints),
            _ => None,
        })
    }

    fn flags(self) -> Result<Column<'a, Flags<'a>>, ArrowError> {
        self.read("Boolean or whole numbers", |values| match values {
            Values::Bits(bits) => Some(Flags::Bits(bits)),
            Values::Ints(ints) => Some(Flags::Ints(ints)),
            _ => None,
        })
    }

    fn read<V>(self, expected: &'static str, of: fn(Values<'a>) -> Option<V>) -> Result<Column<'a, V>, ArrowError> {
        let Array { kind, values, valid } = self.array;
        let wrong = || ArrowError::Type { column: self.name.to_owned(), found: kind, expected };
        of(values).map(|values| Column { values, valid }).ok_or_else(wrong)
    }
}
