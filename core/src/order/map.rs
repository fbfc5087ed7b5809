//! Values under keys.

use std::borrow::Borrow;
use std::cmp::Ordering;

use super::arrange;
use super::index::{Entries, Index, Place, Sought};

/// A map as a list of entries and their order. Code for a tree is some kilobytes for each kind of key and value; this is a
/// fraction, and as quick for what a plan and its facts hold.
#[derive(Debug, Clone)]
pub(crate) struct Map<K, V> {
    entries: Vec<(K, V)>,
    index: Index,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map::new()
    }
}

impl<K, V> Map<K, V> {
    pub(crate) const fn new() -> Self {
        Map { entries: Vec::new(), index: Index::new() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn entries(&self) -> Iter<'_, K, V> {
        Iter { entries: &self.entries, order: self.index.from((0, 0)) }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> + Clone {
        self.entries().map(|(key, value)| (key, value))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> + Clone {
        self.entries().map(|(key, _)| key)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> + Clone {
        self.entries().map(|(_, value)| value)
    }

    /// The values in no order.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    pub(crate) fn into_values(self) -> impl Iterator<Item = V> {
        self.into_iter().map(|(_, value)| value)
    }

    pub(crate) fn clear(&mut self) {
        *self = Map::new();
    }
}

struct Key<'m, K, V, Q: ?Sized>(&'m [(K, V)], &'m Q);

impl<K: Borrow<Q>, V, Q: Ord + ?Sized> Sought for Key<'_, K, V, Q> {
    fn compared_with(&self, entry: usize) -> Ordering {
        self.0.get(entry).map_or(Ordering::Equal, |(of, _)| of.borrow().cmp(self.1))
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Where a key is and in which entry, or where it would be.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> (Place, Option<usize>)
    where
        K: Borrow<Q>,
    {
        self.index.find(&Key(&self.entries, key))
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (_, entry) = self.find(key);
        self.entries.get(entry?).map(|(_, value)| value)
    }

    pub(crate) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (_, entry) = self.find(key);
        self.entries.get_mut(entry?).map(|(_, value)| value)
    }

    pub(crate) fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).1.is_some()
    }

    /// The entries from a key on.
    pub(crate) fn from(&self, key: &K) -> impl Iterator<Item = (&K, &V)> + use<'_, K, V> {
        let (place, _) = self.find(key);
        Iter { entries: &self.entries, order: self.index.from(place) }.map(|(key, value)| (key, value))
    }

    /// Puts a value under a key; what was there is given back.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let (place, entry) = self.find(&key);
        if let Some((_, old)) = entry.and_then(|entry| self.entries.get_mut(entry)) {
            return Some(std::mem::replace(old, value));
        }
        self.index.put(place, self.entries.len());
        self.entries.push((key, value));
        None
    }

    pub(crate) fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (place, entry) = self.find(key);
        let entry = entry?;
        // The last entry takes its place in the list.
        let (last, _) = self.find(self.entries.last()?.0.borrow());
        self.index.replace(last, Some(entry));
        self.index.replace(place, None);
        Some(self.entries.swap_remove(entry).1)
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
        *self = std::mem::take(self).into_iter().filter(|(key, value)| keep(key, value)).collect();
    }

    pub(crate) fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        Entry(self, key)
    }
}

/// The place of a key.
pub(crate) struct Entry<'m, K, V>(&'m mut Map<K, V>, K);

impl<'m, K: Ord, V> Entry<'m, K, V> {
    pub(crate) fn or_insert_with(self, make: impl FnOnce() -> V) -> &'m mut V {
        let Entry(map, key) = self;
        let (place, entry) = map.find(&key);
        let entry = entry.unwrap_or_else(|| {
            map.index.put(place, map.entries.len());
            map.entries.push((key, make()));
            map.entries.len().saturating_sub(1)
        });
        #[expect(clippy::indexing_slicing, reason = "it was found or put there")]
        &mut map.entries[entry].1
    }

    pub(crate) fn or_insert(self, value: V) -> &'m mut V {
        self.or_insert_with(|| value)
    }

    pub(crate) fn or_default(self) -> &'m mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.entries().eq(other.entries())
    }
}

impl<K: Eq, V: Eq> Eq for Map<K, V> {}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(key, value)| _ = self.insert(key, value));
    }
}

/// Of equal keys the last value.
impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Map::new();
        map.extend(entries);
        map
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(mut self) -> Self::IntoIter {
        arrange(self.index.places(), &mut |a, b| self.entries.swap(a, b));
        self.entries.into_iter()
    }
}

/// The entries of a map in order.
#[derive(Debug)]
pub(crate) struct Iter<'m, K, V> {
    entries: &'m [(K, V)],
    order: Entries<'m>,
}

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Iter { entries: self.entries, order: self.order.clone() }
    }
}

impl<'m, K, V> Iterator for Iter<'m, K, V> {
    type Item = &'m (K, V);

    fn next(&mut self) -> Option<Self::Item> {
        self.entries.get(self.order.next()?)
    }
}

impl<'m, K, V> IntoIterator for &'m Map<K, V> {
    type Item = (&'m K, &'m V);
    type IntoIter = std::iter::Map<Iter<'m, K, V>, fn(&'m (K, V)) -> Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries().map(|(key, value)| (key, value))
    }
}
