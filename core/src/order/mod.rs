//! Sorting, sets and maps that cost little code for each kind of thing they are used on.
//!
//! The sorts of the standard library are compiled anew for every type and every comparison, some kilobytes each, and
//! collecting into its sets and maps sorts too. The lists of a ledger are short: here one sort of places is compiled
//! once, and what is sorted is only compared and swapped. Tallies sort so too: most of what they sort is in order already.

mod index;
mod map;
mod set;
#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests;

use std::cmp::Ordering;

pub(crate) use map::Map;
pub(crate) use set::Set;

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
