//! The header line: which column is which.

use super::CsvOptions;
use super::error::CsvError;
use super::record;
use crate::tally::role::{Role, assign};
use crate::text::{Encoding, decode};

/// What the header line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) separator: u8,
    pub(crate) headings: Vec<String>,
    /// For each column the place of its role in [`Role::ALL`].
    pub(crate) roles: Vec<Option<usize>>,
}

impl Header {
    /// Reads a header line; `said` is the separator that the file itself names.
    pub(crate) fn read(line: &[u8], said: Option<u8>, options: &CsvOptions) -> Result<Self, CsvError> {
        let separator = options.separator.or(said).unwrap_or_else(|| sniff(line));
        if has_old_line_ends(line) {
            return Err(CsvError::CarriageReturns);
        }
        let encoding = options.encoding;
        let mut headings = Vec::new();
        for field in record::fields(line, separator) {
            let text = decode(&field, encoding).map_err(|error| CsvError::HeaderEncoding {
                encoding: encoding.to_string(),
                message: error.to_string(),
            })?;
            headings.push(crate::tally::names::tidy(&text));
        }
        let roles = assign(&headings, &options.mapping)?;
        Ok(Self { separator, headings, roles })
    }

    /// The heading over a column, by the column's name.
    pub(crate) fn heading(&self, name: &str) -> &str {
        let place = Role::ALL.iter().position(|role| role.name() == name);
        let at = self.roles.iter().position(|role| role.is_some() && *role == place);
        at.and_then(|at| self.headings.get(at)).map_or("", String::as_str)
    }

    /// The headings that stand for no column.
    pub(crate) fn ignored(&self) -> Vec<String> {
        let pairs = self.headings.iter().zip(&self.roles);
        pairs.filter(|(_, role)| role.is_none()).map(|(heading, _)| heading.clone()).collect()
    }

    pub(crate) fn has(&self, role: Role) -> bool {
        let place = Role::ALL.iter().position(|r| *r == role);
        self.roles.iter().any(|r| r.is_some() && *r == place)
    }
}

/// The separator that occurs most often outside quotes: `;`, `,`, tab or `|`.
fn sniff(line: &[u8]) -> u8 {
    let mut best = (b',', 0_usize);
    for separator in [b';', b'\t', b'|', b','] {
        let count = record::fields(line, separator).count();
        if count > best.1 {
            best = (separator, count);
        }
    }
    best.0
}

/// Whether a carriage return outside quotes has text after it.
fn has_old_line_ends(line: &[u8]) -> bool {
    let mut quoted = false;
    line.trim_ascii_end().iter().any(|byte| {
        quoted ^= *byte == b'"';
        *byte == b'\r' && !quoted
    })
}

/// The separator that a first line `sep=;` names, as Excel reads and writes it, and how long that line is.
pub(crate) fn said_separator(start: &[u8]) -> Option<(u8, usize)> {
    match start.strip_prefix(b"sep=")? {
        [separator, b'\n', ..] => Some((*separator, 6)),
        [separator, b'\r', b'\n', ..] => Some((*separator, 7)),
        _ => None,
    }
}

/// Byte order marks at the start of a file: how many bytes to skip.
pub(crate) fn byte_order_mark(start: &[u8], encoding: Encoding) -> Result<usize, CsvError> {
    match start {
        [0xEF, 0xBB, 0xBF, ..] if encoding == Encoding::Utf8 => Ok(3),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] if encoding == Encoding::Utf8 => Err(CsvError::Utf16),
        // No mark, but letters of two bytes each.
        [1..=255, 0, 1..=255, 0, ..] | [0, 1..=255, 0, 1..=255, ..] => Err(CsvError::Utf16),
        _ => Ok(0),
    }
}
