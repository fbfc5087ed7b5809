//! What can go wrong with a whole file; what is wrong with one row is a [`Reject`](super::super::Reject).

use crate::tally::TallyError;
use crate::tally::role::RoleError;

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
    /// Lines end in a carriage return alone, as on old Macs.
    #[error("the lines of the file end in a carriage return alone; save it with line feeds")]
    CarriageReturns,
    /// It is not clear which column is which.
    #[error(transparent)]
    Columns(#[from] RoleError),
    /// The caller's progress function asked to stop.
    #[error("stopped by the caller")]
    Stopped,
}

impl From<std::io::Error> for CsvError {
    fn from(error: std::io::Error) -> Self {
        Self::Read { kind: error.kind(), message: error.to_string() }
    }
}
