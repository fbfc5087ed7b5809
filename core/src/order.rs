//! Sorting, sets and maps that cost little code for each kind of thing they are used on.
//!
//! The sorts of the standard library are compiled anew for every type and every comparison, some kilobytes each, and
//! collecting into its sets and maps sorts too. The lists of a ledger are short: here one sort of places is compiled
//! once, and what is sorted is only compared and swapped. Tallies, which sort much, use the standard library's.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Stable sorting of a slice.
pub(crate) trait InOrder<T> {
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
        if self.is_sorted_by(|a, b| compare(a, b).is_le()) {
            return;
        }
        let compared = |a: usize, b: usize| match (self.get(a), self.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        };
        arrange(places(self.len(), &compared), &mut |a, b| self.swap(a, b));
    }
}

/// For each of so many things the place it has in order.
fn places(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|a, b| compare(*a, *b));
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
        let (keys, values) = pairs.into_iter().unzip();
        Lists { keys, values }
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

/// Collecting one by one.
pub(crate) trait OneByOne: Iterator + Sized {
    /// The things as a set.
    fn set(self) -> BTreeSet<Self::Item>
    where
        Self::Item: Ord,
    {
        let mut set = BTreeSet::new();
        set.extend(self);
        set
    }

    /// Keys and values as a map; of equal keys the last value.
    fn map_of<K: Ord, V>(self) -> BTreeMap<K, V>
    where
        Self: Iterator<Item = (K, V)>,
    {
        let mut map = BTreeMap::new();
        map.extend(self);
        map
    }
}

impl<I: Iterator> OneByOne for I {}

#[cfg(test)]
mod tests {
    use super::{InOrder, Lists, OneByOne};

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

    #[test]
    fn collects_as_the_standard_library_does() {
        let pairs = || numbers(300).into_iter().enumerate().map(|(i, n)| (n, i));
        assert_eq!(pairs().map_of(), pairs().collect());
        assert_eq!(pairs().map(|pair| pair.0).set(), pairs().map(|pair| pair.0).collect());
    }
}
