//! The order of inputs changes nothing.

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::facts::{assess, question, tries};

/// The same document with its tables, records and fields in another order.
fn shuffled(value: &Value, turn: usize) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(|item| shuffled(item, turn)).collect();
            let by = if items.is_empty() { 0 } else { turn % items.len() };
            items.rotate_left(by);
            if turn % 2 == 1 {
                items.reverse();
            }
            Value::Array(items)
        }
        Value::Object(map) => {
            let fields: Vec<(String, Value)> =
                map.iter().map(|(key, value)| (key.clone(), shuffled(value, turn))).collect();
            Value::Object(fields.into_iter().rev().collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(tries(24))]

    #[test]
    fn of_inputs_changes_nothing(question in question(), turn in 1usize..1000) {
        let options = question.options();
        let one = assess(&question.facts, &options).to_json();
        prop_assert_eq!(&one, &assess(&shuffled(&question.facts, turn), &options).to_json());
        prop_assert_eq!(&one, &assess(&question.facts, &options).to_json());
    }

    #[test]
    fn of_findings_is_that_of_the_plan_then_subject_then_period(question in question()) {
        let assessment = question.assess();
        let rules: Vec<&str> = super::facts::plan().rules().iter().map(|rule| rule.id().as_str()).collect();
        let keys: Vec<_> = assessment
            .findings()
            .iter()
            .map(|finding| {
                let rule = rules.iter().position(|rule| *rule == finding.rule().as_str());
                (rule, finding.subject().id.clone(), finding.period())
            })
            .collect();
        prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", keys);
    }
}
