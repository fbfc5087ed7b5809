//! What can go wrong with a whole file; what is wrong with one row is a [`Reject`](super::super::Reject).

use super::header::Role;
use crate::tally::TallyError;

/// Why a CSV file could not be counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CsvError {
    /// The rows could not be counted.
    #[error(transparent)]
    Tally(#[from] TallyError),
    /// The file could not be read.
    #[error("reading failed: {message}")]
    Read {
        /// The kind of failure.
        kind: std::io::ErrorKind,
        /// The message of the system.
        message: String,
    },
    /// There is no header line.
    #[error("there is no header line")]
    NoHeader,
    /// The header line is not text in the declared encoding.
    #[error("the header line is not {encoding} text: {message}")]
    HeaderEncoding {
        /// The declared encoding.
        encoding: String,
        /// What is wrong.
        message: String,
    },
    /// The text begins with the byte order mark of UTF-16.
    #[error("the file is UTF-16; save it as UTF-8")]
    Utf16,
    /// No heading stands for a required column.
    #[error("no heading stands for column `{column}`; headings are {headings}")]
    NoColumn {
        /// The column.
        column: Role,
        /// The headings found.
        headings: String,
    },
    /// Two headings stand for one column.
    #[error("headings `{first}` and `{second}` both stand for column `{column}`; map one of them to nothing")]
    TwoColumns {
        /// The column.
        column: Role,
        /// The first heading.
        first: String,
        /// The second.
        second: String,
    },
    /// The mapping names a heading that the file does not have.
    #[error("the mapping names the heading `{heading}`, which the file does not have; headings are {headings}")]
    UnknownHeading {
        /// The heading.
        heading: String,
        /// The headings found.
        headings: String,
    },
    /// The caller's progress function asked to stop.
    #[error("stopped by the caller")]
    Stopped,
}

impl From<std::io::Error> for CsvError {
    fn from(error: std::io::Error) -> Self {
        Self::Read { kind: error.kind(), message: error.to_string() }
    }
}
