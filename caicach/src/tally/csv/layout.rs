//! Which column of a file holds what.

use super::header::Header;
use crate::tally::role::Role;

/// For each role its column.
#[derive(Debug)]
pub(crate) struct Layout(Vec<Option<usize>>);

impl Layout {
    pub(crate) fn new(header: &Header) -> Self {
        Self((0..Role::ALL.len()).map(|role| header.roles.iter().position(|r| *r == Some(role))).collect())
    }

    /// The column of a role.
    pub(crate) fn column(&self, role: Role) -> Option<usize> {
        let at = Role::ALL.iter().position(|r| *r == role)?;
        self.0.get(at).copied().flatten()
    }
}
