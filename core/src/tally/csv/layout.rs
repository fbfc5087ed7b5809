//! Which fields of a record are kept, and where.

use super::header::Header;
use crate::tally::role::Role;

/// The fields that matter stand in the order of [`Role::ALL`].
#[derive(Debug)]
pub(crate) struct Layout {
    /// For each column of the file the place of its field; beyond the width where it does not matter.
    slots: Vec<usize>,
    /// For each role the place of its field.
    places: Vec<Option<usize>>,
    width: usize,
}

impl Layout {
    pub(crate) fn new(header: &Header) -> Self {
        let mut width = 0;
        let mut places = Vec::new();
        for role in Role::ALL {
            places.push(header.has(*role).then_some(width));
            width += usize::from(header.has(*role));
        }
        let slots = header
            .roles
            .iter()
            .map(|role| role.and_then(|r| places.get(r).copied().flatten()).unwrap_or(usize::MAX))
            .collect();
        Self { slots, places, width }
    }

    /// Where the field of a column of the file stands; beyond the width where it does not matter.
    #[inline(always)]
    pub(crate) fn slot(&self, column: usize) -> usize {
        self.slots.get(column).copied().unwrap_or(usize::MAX)
    }

    /// Where the field of a role stands.
    pub(crate) fn place(&self, role: Role) -> Option<usize> {
        let at = Role::ALL.iter().position(|r| *r == role)?;
        self.places.get(at).copied().flatten()
    }

    /// How many fields of a record are kept.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }
}
