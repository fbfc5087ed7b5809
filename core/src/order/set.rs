//! Things, each once.

use std::borrow::Borrow;

use super::map::{Iter, Map};

/// A set, as a [`Map`] is a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Set<T>(Map<T, ()>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Set::new()
    }
}

impl<T> Set<T> {
    pub(crate) const fn new() -> Self {
        Set(Map::new())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.0.keys()
    }
}

impl<T: Ord> Set<T> {
    /// The things up to one.
    pub(crate) fn up_to(&self, last: T) -> impl Iterator<Item = &T> {
        self.iter().take_while(move |thing| **thing <= last)
    }

    pub(crate) fn contains<Q: Ord + ?Sized>(&self, thing: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.contains_key(thing)
    }

    /// Adds a thing; whether it was not there yet.
    pub(crate) fn insert(&mut self, thing: T) -> bool {
        self.0.insert(thing, ()).is_none()
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, things: I) {
        things.into_iter().for_each(|thing| _ = self.insert(thing));
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        let mut set = Set::new();
        set.extend(things);
        set
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = std::iter::Map<<Map<T, ()> as IntoIterator>::IntoIter, fn((T, ())) -> T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|(thing, ())| thing)
    }
}

impl<'s, T> IntoIterator for &'s Set<T> {
    type Item = &'s T;
    type IntoIter = std::iter::Map<Iter<'s, T, ()>, fn(&'s (T, ())) -> &'s T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.entries().map(|(thing, ())| thing)
    }
}
