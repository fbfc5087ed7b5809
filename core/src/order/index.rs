//! The order of entries.

use std::cmp::Ordering;
use std::iter::{Chain, Flatten};
use std::slice;

/// How many entries lie in one list.
const TOGETHER: usize = 128;

/// The order of a map's entries: which of them come one after the other, in short lists. It knows nothing of keys and
/// values, so that it is compiled once.
#[derive(Debug, Clone)]
pub(super) struct Index(Vec<Vec<usize>>);

/// A key that is looked for.
pub(super) trait Sought {
    /// How an entry's key compares with it.
    fn compared_with(&self, entry: usize) -> Ordering;
}

/// Which list, and which place in it.
pub(super) type Place = (usize, usize);

impl Index {
    pub(super) const fn new() -> Self {
        Index(Vec::new())
    }

    /// Where an entry is and which it is, or where it would be, by how entries compare with it.
    pub(super) fn find(&self, sought: &dyn Sought) -> (Place, Option<usize>) {
        let compare = |entry: usize| sought.compared_with(entry);
        let begins = |list: &Vec<usize>| list.first().is_some_and(|first| compare(*first).is_le());
        let list = self.0.partition_point(begins).saturating_sub(1);
        let entries = self.0.get(list).map(Vec::as_slice).unwrap_or_default();
        let at = entries.partition_point(|entry| compare(*entry).is_lt());
        ((list, at), entries.get(at).copied().filter(|entry| compare(*entry).is_eq()))
    }

    /// Puts an entry where it would be.
    pub(super) fn put(&mut self, (list, at): Place, entry: usize) {
        let Some(entries) = self.0.get_mut(list) else {
            self.0.push(vec![entry]);
            return;
        };
        entries.insert(at, entry);
        if entries.len() > TOGETHER {
            // A full list is left full where keys come in order.
            let behind = entries.split_off(if at == TOGETHER { at } else { TOGETHER / 2 });
            self.0.insert(list.saturating_add(1), behind);
        }
    }

    /// Another entry in one's place, or none.
    pub(super) fn replace(&mut self, (list, at): Place, by: Option<usize>) {
        let Some(entries) = self.0.get_mut(list) else { return };
        match (by, entries.get_mut(at)) {
            (Some(by), Some(entry)) => *entry = by,
            (None, Some(_)) => _ = entries.remove(at),
            _ => {}
        }
        if entries.is_empty() {
            self.0.remove(list);
        }
    }

    /// The entries from a place on.
    pub(super) fn from(&self, (list, at): Place) -> Entries<'_> {
        let (first, rest) = self.0.get(list..).and_then(|lists| lists.split_first()).unzip();
        let first = first.and_then(|entries| entries.get(at..)).unwrap_or_default();
        Entries(first.iter().chain(rest.unwrap_or_default().iter().flatten()))
    }

    /// For each entry the place it has in order.
    pub(super) fn places(&self) -> Vec<usize> {
        let mut places: Vec<usize> = self.from((0, 0)).collect();
        let order = places.clone();
        for (place, entry) in order.into_iter().enumerate() {
            if let Some(of) = places.get_mut(entry) {
                *of = place;
            }
        }
        places
    }
}

/// Entries one after the other.
#[derive(Debug, Clone)]
pub(super) struct Entries<'i>(Chain<slice::Iter<'i, usize>, Flatten<slice::Iter<'i, Vec<usize>>>>);

impl Iterator for Entries<'_> {
    type Item = usize;

    #[inline(never)]
    fn next(&mut self) -> Option<usize> {
        self.0.next().copied()
    }
}
