//! Whatever comes in: facts or problems with paths, never a panic.

use std::sync::OnceLock;

use caicach::calendar::parse_iso;
use caicach::{Facts, Options};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::facts::{facts, plan, tries};

fn odd() -> impl Strategy<Value = Value> {
    let texts = vec![
        "",
        "6x",
        "NaN",
        "2024-02-30",
        "31/12/2024",
        "Nha Trang",
        "22366",
        "UBND",
        "\u{301}",
        "1e400",
        "-0",
        "loc_tho",
        "0001-01-01",
        "9999-12-31",
    ];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON has no such number", |n| n.is_finite()).prop_map(Value::from),
        proptest::sample::select(texts).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[[{}]]])),
    ]
}

/// Every place of a document, as a pointer.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| places(item, &format!("{at}/{i}"), out)),
        Value::Object(map) => map.iter().for_each(|(key, item)| places(item, &format!("{at}/{key}"), out)),
        _ => {}
    }
}

fn builds_or_says_why(text: &[u8]) {
    static OPTIONS: OnceLock<[Options; 2]> = OnceLock::new();
    let options = OPTIONS.get_or_init(|| ["2025-01-15", "2031-03-01"].map(|day| Options::on(parse_iso(day).unwrap())));
    let problems = match Facts::from_json(text) {
        Err(error) => error.problems().clone(),
        Ok(facts) => match options.iter().try_for_each(|options| {
            let assessment = plan().assess(&facts, options)?;
            let document: Value = serde_json::from_str(&assessment.to_json()).expect("an assessment is JSON");
            assert!(document["findings"].as_array().is_some_and(|findings| !findings.is_empty()));
            Ok::<(), caicach::AssessError>(())
        }) {
            Ok(()) => return,
            Err(error) => error.problems().clone(),
        },
    };
    assert!(!problems.is_empty(), "an error without a problem");
    assert!(problems.list().iter().all(|problem| !problem.message().is_empty() && !problem.message().contains('\n')));
}

proptest! {
    #![proptest_config(tries(64))]

    #[test]
    fn a_value_out_of_place_is_taken_or_refused(facts in facts(), odd in odd(), at in any::<prop::sample::Index>(), drop in any::<bool>()) {
        let mut document = facts;
        let mut all = Vec::new();
        places(&document, "", &mut all);
        let place = at.get(&all);
        match (drop, place.rsplit_once('/')) {
            (true, Some((parent, key))) => match document.pointer_mut(parent) {
                Some(Value::Object(map)) => drop_key(map, key),
                Some(Value::Array(items)) => items.truncate(key.parse().unwrap_or(0)),
                _ => {}
            },
            _ => *document.pointer_mut(place).unwrap() = odd,
        }
        builds_or_says_why(document.to_string().as_bytes());
    }

    #[test]
    fn bytes_out_of_place_are_taken_or_refused(facts in facts(), edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..3), 1..6)) {
        let mut bytes = facts.to_string().into_bytes();
        for (at, byte, how) in edits {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at.max(1)),
            }
        }
        builds_or_says_why(&bytes);
    }
}

fn drop_key(map: &mut serde_json::Map<String, Value>, key: &str) {
    map.remove(key);
}

#[test]
fn what_no_text_can_say() {
    let mut brackets = vec![b'['; 10 << 20];
    builds_or_says_why(&brackets);
    brackets.fill(b'{');
    builds_or_says_why(&brackets);
    builds_or_says_why(b"\xff\xfe{}");
    builds_or_says_why(b"{\"schema\": \"caicach/facts/1\", \"note\": \"\xc3\x28\"}");
    builds_or_says_why(b"");
    builds_or_says_why(b"{\"schema\": \"a\nb\"}");
    builds_or_says_why(b"{\"schema\": \"a\r\x1b\"}");
    builds_or_says_why(&vec![b'9'; 1 << 20]);
}
