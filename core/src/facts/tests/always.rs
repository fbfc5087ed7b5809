//! What holds of every input.

use proptest::prelude::*;

use super::{ALL, Facts};

/// Reads anything: never a panic, and either facts or a reason.
fn read(text: &[u8]) -> Option<Facts> {
    match Facts::from_json(text) {
        Ok(facts) => Some(facts),
        Err(error) => {
            assert!(!error.problems().is_empty());
            assert!(error.to_string().lines().count() >= 2);
            None
        }
    }
}

/// What is written is read back as the same.
fn round_trip(facts: &Facts) {
    let text = facts.to_json();
    let again = Facts::from_json(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(&again, facts);
    assert_eq!(again.to_json(), text);
    assert_eq!(again.fingerprint(), facts.fingerprint());
    assert_eq!(&Facts::new(facts.tables().clone()).unwrap(), facts);
}

#[test]
fn the_sample_survives_the_round_trip() {
    let facts = Facts::from_json(ALL).unwrap();
    round_trip(&facts);
    let print = facts.fingerprint();
    assert!(print.starts_with("sha256:") && print.len() == 7 + 64);
    assert_eq!(print, crate::facts::tests::digest(&facts.to_json()));
    assert!(facts.to_json().starts_with(r#"{"schema":"caicach/facts/1","complete":[{"table":"activities","from""#));
}

#[test]
fn the_order_of_records_and_fields_changes_nothing() {
    let facts = Facts::from_json(ALL).unwrap();
    let mut document: serde_json::Value = serde_json::from_str(&facts.to_json()).unwrap();
    for table in document.as_object_mut().unwrap().values_mut() {
        if let Some(records) = table.as_array_mut() {
            records.reverse();
        }
    }
    let reversed = Facts::from_json(document.to_string()).unwrap();
    assert_eq!(reversed.fingerprint(), facts.fingerprint());
    assert_eq!(reversed.to_json(), facts.to_json());
}

#[test]
fn facts_are_shared_between_threads() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<Facts>();
    shared::<crate::facts::FactsError>();
}

/// Parts that JSON is made of, and words of the format.
fn fragment() -> impl Strategy<Value = String> {
    let words = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "null",
        "true",
        "0",
        "-1",
        "1e400",
        "1.5",
        "\\u0000",
        "\\ud800",
        " ",
        "\"schema\"",
        "\"caicach/facts/1\"",
        "\"headcounts\"",
        "\"surveys\"",
        "\"year\"",
        "\"2024-01-01\"",
        "\"đ\"",
    ];
    prop_oneof![4 => prop::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn bytes(text in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&text);
    }

    #[test]
    fn strings(text in any::<String>()) {
        read(text.as_bytes());
    }

    #[test]
    fn fragments(parts in prop::collection::vec(fragment(), 0..40)) {
        read(parts.concat().as_bytes());
        read(super::document(&parts.concat()).as_bytes());
    }

    /// A sound document, some bytes of which are other ones, missing, or doubled.
    #[test]
    fn mutations(edits in prop::collection::vec((any::<prop::sample::Index>(), 0..4u8, any::<u8>()), 1..4)) {
        let mut text = ALL.as_bytes().to_vec();
        for (place, what, byte) in edits {
            let at = place.index(text.len());
            match what {
                0 => text[at] = byte,
                1 => { text.remove(at); }
                2 => text.insert(at, byte),
                _ => text[at] = b"0123456789"[usize::from(byte) % 10],
            }
        }
        if let Some(facts) = read(&text) {
            round_trip(&facts);
        }
    }

    /// A value of a sound document is another value.
    #[test]
    fn values(place in any::<prop::sample::Index>(), value in prop::sample::select(VALUES.to_vec())) {
        let mut document: serde_json::Value = serde_json::from_str(ALL).unwrap();
        let count = leaves(&mut document, &mut |_, _| ());
        let chosen = place.index(count);
        leaves(&mut document, &mut |i, leaf| if i == chosen { *leaf = serde_json::from_str(value).unwrap() });
        if let Some(facts) = read(document.to_string().as_bytes()) {
            round_trip(&facts);
        }
    }

    #[test]
    fn shuffled(order in Just((0..60u32).collect::<Vec<_>>()).prop_shuffle()) {
        let records = |order: &[u32]| {
            // Every record thrice over, some with a source: repeats must not matter either.
            let record = |i: &u32| match i % 3 {
                0 => format!(r#"{{"year": {}, "index": "par", "value": "{}"}}"#, 2000 + i / 3, i / 3),
                n => format!(r#"{{"year": {}, "index": "par", "value": {}, "source": "s{n}"}}"#, 2000 + i / 3, i / 3),
            };
            let records: Vec<String> = order.iter().map(record).collect();
            super::facts(&format!("\"indices\": [{}]", records.join(", ")))
        };
        let sorted: Vec<u32> = (0..60).collect();
        let (a, b) = (records(&sorted), records(&order));
        prop_assert_eq!(a.tables().len(), 20);
        prop_assert_eq!(a.fingerprint(), b.fingerprint());
        prop_assert_eq!(a.tables(), b.tables());
        round_trip(&b);
    }
}

const VALUES: &[&str] = &[
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "100",
    "1e30",
    "1000000000000000",
    "1000000000000001",
    "\"\"",
    "\"6x\"",
    "\"a\"",
    "\"2024-02-29\"",
    "\"2023-02-29\"",
    "\"99.99\"",
    "[]",
    "{}",
    "[null]",
    "[\"a\", \"a\"]",
    "{\"late\": 1}",
    "2024",
];

/// Calls `visit` with every value inside lists and objects; how many there are.
fn leaves(value: &mut serde_json::Value, visit: &mut dyn FnMut(usize, &mut serde_json::Value)) -> usize {
    fn walk(value: &mut serde_json::Value, count: &mut usize, visit: &mut dyn FnMut(usize, &mut serde_json::Value)) {
        visit(*count, value);
        *count += 1;
        match value {
            serde_json::Value::Array(items) => items.iter_mut().for_each(|item| walk(item, count, visit)),
            serde_json::Value::Object(map) => map.values_mut().for_each(|item| walk(item, count, visit)),
            _ => {}
        }
    }
    let mut count = 0;
    walk(value, &mut count, visit);
    count
}
