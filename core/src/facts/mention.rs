//! The bodies that records name, as they name them.

use super::{BodyRef, TableName};
use crate::calendar::Period;

/// A body as some record names it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mention {
    /// The table of the record.
    pub table: TableName,
    /// Where the name stood in what was read: `headcounts[3].body`.
    pub path: String,
    /// The name.
    pub body: BodyRef,
    /// The days on one of which a body of this name must have existed; none where the record tells no day.
    pub during: Option<Period>,
}

/// A mention as it is kept, its path not yet written out.
#[derive(Debug)]
pub(crate) struct Stated {
    pub(crate) table: TableName,
    place: usize,
    field: Box<str>,
    pub(crate) body: BodyRef,
    pub(crate) during: Option<Period>,
}

impl Stated {
    pub(super) fn new(table: TableName, place: usize, field: &str, body: &BodyRef, during: Option<Period>) -> Stated {
        Stated { table, place, field: field.into(), body: body.clone(), during }
    }

    pub(crate) fn path(&self) -> String {
        format!("{}[{}].{}", self.table, self.place, self.field)
    }

    pub(super) fn mention(&self) -> Mention {
        Mention { table: self.table, path: self.path(), body: self.body.clone(), during: self.during }
    }
}
