//! Tables by handles: numbers that the ledger gave out itself, so that nobody can choose them to collide.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A table whose keys are made of handles and years.
pub(super) type ByHandle<K, V> = HashMap<K, V, BuildHasherDefault<HandleHasher>>;

/// Folds whole words, a fraction of the work that keys of unknown origin need.
#[derive(Debug, Default, Clone)]
pub(super) struct HandleHasher(u64);

/// The fraction of the golden ratio in 64 bits.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl HandleHasher {
    fn fold(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(SPREAD);
    }
}

impl Hasher for HandleHasher {
    fn finish(&self) -> u64 {
        // The table takes its place from the low bits, which a product mixes least.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.fold(u64::from(*byte)));
    }

    fn write_u32(&mut self, word: u32) {
        self.fold(u64::from(word));
    }

    fn write_i32(&mut self, word: i32) {
        self.fold(u64::from(word.cast_unsigned()));
    }

    fn write_isize(&mut self, word: isize) {
        self.fold(u64::try_from(word).unwrap_or(u64::MAX));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};
    use std::hash::{BuildHasher, Hasher};

    use super::{ByHandle, HandleHasher};
    use crate::measure::ledger::{CollectiveIx, PersonIx, Who};

    #[test]
    fn every_key_is_found_again() {
        let keys = || (0u32..500).flat_map(|handle| (2000i32..2030).map(move |year| (Some(handle), year)));
        let table: ByHandle<(Option<u32>, i32), i64> =
            keys().map(|key| (key, i64::from(key.1) * i64::from(key.0.unwrap_or(0)))).collect();
        assert_eq!(table.len(), 500 * 30);
        assert!(keys().all(|key| table.get(&key) == Some(&(i64::from(key.1) * i64::from(key.0.unwrap_or(0))))));
        assert_eq!(table.get(&(None, 2000)), None);
    }

    #[test]
    fn keys_are_spread_over_the_places_of_a_table() {
        let hasher = std::hash::BuildHasherDefault::<HandleHasher>::default();
        let whose = (0..256).flat_map(|handle| {
            let (person, collective) = (PersonIx::new(handle).unwrap(), CollectiveIx::new(handle).unwrap());
            [Who::Person(person), Who::Collective(collective)]
        });
        let keys = whose.flat_map(|who| (2000i32..2032).map(move |year| (who, year)));
        let hashes: Vec<u64> = keys.map(|key| hasher.hash_one(key)).collect();
        assert_eq!(hashes.iter().collect::<HashSet<_>>().len(), hashes.len());
        // The low bits are the place, the seven high ones are compared before the keys are.
        let fullest = |bits: u32, place: &dyn Fn(&u64) -> u64| {
            let mut places: HashMap<u64, usize> = HashMap::new();
            hashes.iter().for_each(|hash| *places.entry(place(hash)).or_default() += 1);
            (places.values().max().copied().unwrap_or(0), hashes.len() >> bits)
        };
        let (low, even) = fullest(10, &|hash| hash & 1023);
        assert!(low < 4 * even, "{low} in one place, {even} were even");
        let (high, even) = fullest(7, &|hash| hash >> 57);
        assert!(high < 4 * even, "{high} alike in the high bits, {even} were even");
    }
    #[test]
    fn handles_that_differ_in_their_high_bits_alone_are_spread_too() {
        let hasher = std::hash::BuildHasherDefault::<HandleHasher>::default();
        let mut places: HashMap<u64, usize> = HashMap::new();
        let keys = (0u32..4096).map(|handle| (handle << 20, 2024i32));
        keys.for_each(|key| *places.entry(hasher.hash_one(key) & 1023).or_default() += 1);
        let fullest = places.values().max().copied().unwrap_or(0);
        assert!(fullest < 16, "{fullest} in one place, 4 were even");
    }

    #[test]
    fn bytes_are_told_apart_by_their_order_too() {
        let of = |bytes: &[u8]| {
            let mut hasher = HandleHasher::default();
            hasher.write(bytes);
            hasher.finish()
        };
        let all = [of(&[]), of(&[1]), of(&[2]), of(&[1, 2]), of(&[2, 1])];
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    }
}
