//! What a finding says of other readings is what a run under them finds.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::facts::{Question, plan, question, tries};

type Key = (String, String, caicach::calendar::Period);

fn verdicts(question: &Question) -> BTreeMap<Key, &'static str> {
    let assessment = question.assess();
    let key = |finding: &caicach::Finding| {
        let verdict = finding.verdict().as_str();
        ((finding.rule().to_string(), finding.subject().id.to_string(), finding.period()), verdict)
    };
    assessment.findings().iter().map(key).collect()
}

proptest! {
    #![proptest_config(tries(16))]

    #[test]
    fn sensitive_to_is_what_another_run_finds(question in question()) {
        let assessment = question.assess();
        for reading in plan().readings() {
            for option in &reading.options {
                let mut other = question.clone();
                other.readings.push((reading.key.as_str().to_owned(), option.id.as_str().to_owned()));
                let found = verdicts(&other);
                for finding in assessment.findings() {
                    let key = (finding.rule().to_string(), finding.subject().id.to_string(), finding.period());
                    // A rule that asks nothing of a year under an option does not apply to it.
                    let verdict = found.get(&key).copied().unwrap_or("not_applicable");
                    let said = finding.sensitive_to().iter().find(|said| said.reading == reading.key && said.option == option.id);
                    let expected = (verdict != finding.verdict().as_str()).then_some(verdict);
                    prop_assert_eq!(said.map(|said| said.verdict.as_str()), expected, "{:?} under {}", key, option.id);
                    if said.is_some() {
                        prop_assert!(finding.readings().contains(&reading.key));
                    }
                }
            }
        }
    }
}
