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
    assert!(set.iter().eq(&expected) && set.len() == expected.len() && !set.is_empty() && Set::<u32>::new().is_empty());
    assert!(
        set.up_to(100).eq(expected.range(..=100)) && (&set).into_iter().eq(&expected) && set.into_iter().eq(expected)
    );
}
