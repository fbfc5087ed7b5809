//! Sorting, sets and maps that cost little code for each kind of thing they are used on.
//!
//! The sorts of the standard library are compiled anew for every type and every comparison, some kilobytes each, and
//! collecting into its sets and maps sorts too. The lists of a ledger are short: here one sort of places is compiled
//! once, and what is sorted is only compared and swapped. Tallies sort so too: most of what they sort is in order already.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::iter::{Chain, Flatten};
use std::slice;

/// Stable sorting of a slice.
pub trait InOrder<T> {
    /// Sorts by a comparison.
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);

    /// Sorts by what a key says.
    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }

    /// Sorts by the order that the things have of themselves.
    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }
}

impl<T> InOrder<T> for [T] {
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        // Most lists are in order already.
        if !self.is_sorted_by(|a, b| compare(a, b).is_le()) {
            let len = self.len();
            sort(&mut Sorted(self, compare), len);
        }
    }
}

/// What is sorted: things that are only compared and swapped.
trait Things {
    fn compare(&self, a: usize, b: usize) -> Ordering;

    fn swap(&mut self, a: usize, b: usize);
}

struct Sorted<'t, T, F>(&'t mut [T], F);

impl<T, F: Fn(&T, &T) -> Ordering> Things for Sorted<'_, T, F> {
    fn compare(&self, a: usize, b: usize) -> Ordering {
        match (self.0.get(a), self.0.get(b)) {
            (Some(a), Some(b)) => self.1(a, b),
            _ => Ordering::Equal,
        }
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.0.swap(a, b);
    }
}

fn sort(things: &mut dyn Things, len: usize) {
    let places = places(len, things);
    arrange(places, &mut |a, b| things.swap(a, b));
}

/// For each of so many things the place it has in order.
fn places(len: usize, things: &dyn Things) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|a, b| things.compare(*a, *b));
    let mut places = vec![0; len];
    for (place, from) in order.into_iter().enumerate() {
        if let Some(of) = places.get_mut(from) {
            *of = place;
        }
    }
    places
}

/// Brings each thing to its place: every swap brings at least one there for good.
pub(crate) fn arrange(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for here in 0..places.len() {
        while let Some(there) = places.get(here).copied().filter(|there| *there != here) {
            swap(here, there);
            places.swap(here, there);
        }
    }
}

/// Values under keys, several under one. Made once, and in order from then on.
#[derive(Debug)]
pub(crate) struct Lists<K, V> {
    /// In order; each key stands as often as it has values.
    keys: Vec<K>,
    values: Vec<V>,
}

impl<K, V> Default for Lists<K, V> {
    fn default() -> Self {
        Lists { keys: Vec::new(), values: Vec::new() }
    }
}

impl<K: Ord, V> Lists<K, V> {
    /// The values of each key in order of what `by` says of them, and else as they come.
    pub(crate) fn new<B: Ord>(mut pairs: Vec<(K, V)>, by: impl Fn(&V) -> B) -> Self {
        pairs.order_by(|a, b| a.0.cmp(&b.0).then_with(|| by(&a.1).cmp(&by(&b.1))));
        let mut lists = Lists::default();
        for (key, value) in pairs {
            lists.keys.push(key);
            lists.values.push(value);
        }
        lists
    }

    /// The values of the key that compares as equal.
    pub(crate) fn of(&self, key: impl Fn(&K) -> Ordering) -> &[V] {
        let from = self.keys.partition_point(|of| key(of).is_lt());
        let to = self.keys.partition_point(|of| key(of).is_le());
        self.values.get(from..to).unwrap_or_default()
    }

    /// Each key with its values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &[V])> {
        let mut values = self.values.as_slice();
        self.keys.chunk_by(|a, b| a == b).filter_map(move |keys| {
            let (of_key, rest) = values.split_at_checked(keys.len())?;
            values = rest;
            Some((keys.first()?, of_key))
        })
    }
}

/// How many entries lie in one list.
const TOGETHER: usize = 128;

/// The order of a map's entries: which of them come one after the other, in short lists. It knows nothing of keys and
/// values, so that it is compiled once.
#[derive(Debug, Clone)]
struct Index(Vec<Vec<usize>>);

/// A key that is looked for.
trait Sought {
    /// How an entry's key compares with it.
    fn compared_with(&self, entry: usize) -> Ordering;
}

struct Key<'m, K, V, Q: ?Sized>(&'m [(K, V)], &'m Q);

impl<K: Borrow<Q>, V, Q: Ord + ?Sized> Sought for Key<'_, K, V, Q> {
    fn compared_with(&self, entry: usize) -> Ordering {
        self.0.get(entry).map_or(Ordering::Equal, |(of, _)| of.borrow().cmp(self.1))
    }
}

/// Which list, and which place in it.
type Place = (usize, usize);

impl Index {
    /// Where an entry is and which it is, or where it would be, by how entries compare with it.
    fn find(&self, sought: &dyn Sought) -> (Place, Option<usize>) {
        let compare = |entry: usize| sought.compared_with(entry);
        let begins = |list: &Vec<usize>| list.first().is_some_and(|first| compare(*first).is_le());
        let list = self.0.partition_point(begins).saturating_sub(1);
        let entries = self.0.get(list).map(Vec::as_slice).unwrap_or_default();
        let at = entries.partition_point(|entry| compare(*entry).is_lt());
        ((list, at), entries.get(at).copied().filter(|entry| compare(*entry).is_eq()))
    }

    /// Puts an entry where it would be.
    fn put(&mut self, (list, at): Place, entry: usize) {
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
    fn replace(&mut self, (list, at): Place, by: Option<usize>) {
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
    fn from(&self, (list, at): Place) -> Entries<'_> {
        let (first, rest) = self.0.get(list..).and_then(|lists| lists.split_first()).unzip();
        let first = first.and_then(|entries| entries.get(at..)).unwrap_or_default();
        Entries(first.iter().chain(rest.unwrap_or_default().iter().flatten()))
    }

    /// For each entry the place it has in order.
    fn places(&self) -> Vec<usize> {
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
struct Entries<'i>(Chain<slice::Iter<'i, usize>, Flatten<slice::Iter<'i, Vec<usize>>>>);

impl Iterator for Entries<'_> {
    type Item = usize;

    #[inline(never)]
    fn next(&mut self) -> Option<usize> {
        self.0.next().copied()
    }
}

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
        Map { entries: Vec::new(), index: Index(Vec::new()) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    fn entries(&self) -> Iter<'_, K, V> {
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

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{InOrder, Lists, Map, Set};

    /// Numbers that look random and are the same in every run.
    fn numbers(len: usize) -> Vec<u32> {
        let next = |n: &u32| Some(n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
        std::iter::successors(Some(7), next).map(|n| n >> 24).take(len).collect()
    }

    #[test]
    fn sorts_as_the_standard_library_does() {
        for len in [0, 1, 2, 3, 20, 21, 500] {
            // Pairs of which the first alone is compared show whether equal things keep their order.
            let mut pairs: Vec<(u32, usize)> = numbers(len).into_iter().enumerate().map(|(i, n)| (n % 50, i)).collect();
            let mut expected = pairs.clone();
            expected.sort_by_key(|pair| pair.0);
            pairs.order_by_key(|pair| pair.0);
            assert_eq!(pairs, expected, "{len}");
            expected.sort_by(|a, b| b.cmp(a));
            pairs.order_by(|a, b| b.cmp(a));
            assert_eq!(pairs, expected, "{len} backwards");
            pairs.rotate_left(len / 3);
            expected.sort();
            pairs.order();
            assert_eq!(pairs, expected, "{len} rotated");
        }
    }

    #[test]
    fn lists_have_the_values_of_their_keys() {
        let lists = Lists::new(vec![(2, 'd'), (1, 'b'), (3, 'e'), (1, 'a'), (2, 'c')], |value| *value);
        assert_eq!(
            (1..=4).map(|n| lists.of(|key| key.cmp(&n)).iter().collect()).collect::<Vec<String>>(),
            ["ab", "cd", "e", ""]
        );
        let all: Vec<(i32, &[char])> = lists.iter().map(|(key, values)| (*key, values)).collect();
        assert_eq!(all, [(1, &['a', 'b'][..]), (2, &['c', 'd']), (3, &['e'])]);
        let kept = Lists::new(vec![(1, 'b'), (1, 'a')], |_| ());
        assert_eq!(kept.of(|key| key.cmp(&1)), ['b', 'a']);
        assert!(Lists::<i32, char>::default().of(|key| key.cmp(&1)).is_empty());
    }

    #[track_caller]
    fn same(map: &Map<u32, usize>, expected: &BTreeMap<u32, usize>) {
        assert_eq!(map.iter().collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>());
        assert!(map.into_iter().eq(expected));
        assert!(map.keys().eq(expected.keys()) && map.values().eq(expected.values()));
        assert_eq!((map.len(), map.is_empty()), (expected.len(), expected.is_empty()));
        assert!(map.clone().into_values().eq(expected.values().copied()));
    }

    #[test]
    fn maps_are_those_of_the_standard_library() {
        let pairs = || numbers(3000).into_iter().enumerate().map(|(i, n)| (n.wrapping_mul(40_503) % 700, i));
        let (mut map, mut expected): (Map<u32, usize>, BTreeMap<u32, usize>) = (pairs().collect(), pairs().collect());
        same(&map, &expected);
        for (key, value) in pairs().map(|(key, value)| (key * 3 % 900, value)) {
            match value % 4 {
                0 => assert_eq!(map.insert(key, value), expected.insert(key, value)),
                1 => assert_eq!(map.remove(&key), expected.remove(&key)),
                2 => {
                    *map.entry(key).or_insert(7) += 1;
                    *expected.entry(key).or_insert(7) += 1;
                }
                _ => assert_eq!(map.get_mut(&key), expected.get_mut(&key)),
            }
            assert_eq!((map.get(&key), map.contains_key(&key)), (expected.get(&key), expected.contains_key(&key)));
            assert!(map.from(&key).take(200).eq(expected.range(key..).take(200)));
        }
        same(&map, &expected);
    }

    #[test]
    fn maps_lose_what_is_taken_from_them() {
        let pairs = || numbers(500).into_iter().enumerate().map(|(i, n)| (n.wrapping_mul(40_503) % 700, i));
        let (mut map, mut expected): (Map<u32, usize>, BTreeMap<u32, usize>) = (pairs().collect(), pairs().collect());
        let mut other = map.clone();
        assert!(other == map);
        other.values_mut().for_each(|value| *value += 1);
        assert!(other != map && other.iter().all(|(key, value)| expected[key] + 1 == *value));
        // Lists become empty and go, the first one first.
        for key in expected.keys() {
            assert!(other.remove(key).is_some() && other.remove(key).is_none());
            assert!(other.keys().eq(expected.range(key + 1..).map(|(key, _)| key)));
        }
        same(&other, &BTreeMap::new());
        assert_eq!((other.insert(1, 2), other.get(&1)), (None, Some(&2)));
        map.retain(|key, value| (*key as usize + *value).is_multiple_of(3));
        expected.retain(|key, value| (*key as usize + *value).is_multiple_of(3));
        same(&map, &expected);
        map.clear();
        same(&map, &BTreeMap::new());
    }

    #[test]
    fn sets_are_those_of_the_standard_library() {
        let (mut set, mut expected): (Set<u32>, BTreeSet<u32>) =
            (numbers(50).into_iter().collect(), numbers(50).into_iter().collect());
        for number in numbers(300) {
            assert_eq!(set.contains(&number), expected.contains(&number));
            assert_eq!(set.insert(number), expected.insert(number));
        }
        assert!(
            set.iter().eq(&expected) && set.len() == expected.len() && !set.is_empty() && Set::<u32>::new().is_empty()
        );
        assert!(
            set.up_to(100).eq(expected.range(..=100))
                && (&set).into_iter().eq(&expected)
                && set.into_iter().eq(expected)
        );
    }
}
