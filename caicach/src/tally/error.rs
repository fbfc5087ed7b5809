//! What can go wrong with a whole batch, merge or change; what is wrong with one row is a [`Reject`](super::Reject).

use super::grouping::Grouping;

/// Why a batch of rows could not be counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TallyError {
    /// The columns have different lengths.
    #[error("column `{column}` has {found} rows, `received` has {expected}")]
    Length {
        /// The column.
        column: &'static str,
        /// How many rows it should have.
        expected: usize,
        /// How many it has.
        found: usize,
    },
    /// A grouping needs a column that is not there.
    #[error("grouping by `{dimension}` needs the column `{dimension}`")]
    NoColumn {
        /// The dimension.
        dimension: &'static str,
    },
    /// The offsets of a text column do not increase or lead beyond its bytes.
    #[error("the offsets of text column `{column}` lead beyond its bytes or go back at row {row}")]
    Offsets {
        /// The column.
        column: &'static str,
        /// The row, from 0.
        row: usize,
    },
    /// There are suspended dossiers and no working days to count by.
    #[error("dossiers are suspended by working days, but no table of working days was given")]
    NoWorkdays,
    /// The period begins after the as-of date.
    #[error("the period's first day is after the as-of date")]
    Period,
    /// More rows were rejected than allowed.
    #[error("{rejected} rows were rejected, more than the {limit} allowed")]
    TooManyRejects {
        /// How many so far.
        rejected: u64,
        /// How many are allowed.
        limit: u64,
    },
    /// A worker stopped in a way that is a defect of this library.
    #[error("a worker thread stopped")]
    Worker,
}

/// Why two tallies cannot be merged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// As-of date, period or readings differ.
    #[error("the two tallies have different terms (as-of date, period, suspension, readings)")]
    Terms,
    /// The groupings differ.
    #[error("the two tallies keep different groupings")]
    Groupings,
}

/// Why rows cannot be added to or taken out of a tally.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// The rows were counted under other terms or for other groupings.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// The rows could not be counted.
    #[error(transparent)]
    Tally(#[from] TallyError),
    /// A count would go below zero.
    #[error("rows to be taken out were never counted (by `{grouping}`)")]
    NotThere {
        /// Where it was found out.
        grouping: Grouping,
    },
}

/// Why the as-of date cannot be moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoveError {
    /// The new date is before the old one.
    #[error("as-of can only move forward")]
    Back,
    /// Rows were read that were received or closed between the two dates.
    #[error("{rows} rows read were received or closed after the old as-of date; read them again for the new one")]
    RowsBetween {
        /// How many.
        rows: u64,
    },
}
