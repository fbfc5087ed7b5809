//! Ceilings are what the caps leave, however one asks for them.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::facts::{document, plan, question, tries};
use caicach::Facts;

/// The bands of the scales, best first, and each cap's ceiling.
fn lowest(scale: &str, ceilings: &[&str]) -> String {
    let scale = plan().scale(scale).unwrap();
    let places = ceilings.iter().map(|band| scale.bands.iter().position(|known| known.id.as_str() == *band).unwrap());
    scale.bands[places.max().unwrap_or(0)].id.as_str().to_owned()
}

fn cap_of(rule: &str) -> Option<(&'static str, &'static str)> {
    match rule {
        "late_share_caps_rank" | "satisfaction_caps_rank" => Some(("rank", "fair")),
        "late_share_caps_person" | "rank_caps_head" | "area_caps_person" => Some(("rating", "completed")),
        "excellent_needs_good_rank" => Some(("rating", "good")),
        _ => None,
    }
}

/// A ceiling made from the findings as the design says it.
fn made(findings: &[&Value], subject: &Value, year: i64, scale: &str) -> Value {
    let of_verdict = |verdict: &str| -> Vec<&str> {
        let rules = findings
            .iter()
            .filter(|finding| finding["verdict"] == verdict)
            .map(|finding| finding["rule"].as_str().unwrap());
        rules.collect()
    };
    let (binding, undetermined) = (of_verdict("binding"), of_verdict("undetermined"));
    let bands = |rules: &[&str]| -> Vec<&'static str> { rules.iter().map(|rule| cap_of(rule).unwrap().1).collect() };
    let ceiling = lowest(scale, &bands(&binding));
    let threatened = lowest(scale, &bands(&[binding.clone(), undetermined.clone()].concat()));
    json!({"subject": subject, "year": year, "scale": scale, "ceiling": ceiling, "provisional": threatened != ceiling,
        "binding": binding, "undetermined": undetermined})
}

proptest! {
    #![proptest_config(tries(24))]

    #[test]
    fn are_the_lowest_cap_that_binds(question in question()) {
        let assessment = question.assess();
        let document = document(&assessment);
        let findings = document["findings"].as_array().unwrap();
        let mut seen = 0usize;
        for ceiling in document["ceilings"].as_array().unwrap() {
            let (subject, scale) = (&ceiling["subject"], ceiling["scale"].as_str().unwrap());
            let year = ceiling["year"].as_i64().unwrap();
            let of_year = |finding: &&Value| finding["period"]["from"] == json!(format!("{year}-01-01"));
            let of_scale = |finding: &&Value| cap_of(finding["rule"].as_str().unwrap()).is_some_and(|cap| cap.0 == scale);
            let own: Vec<&Value> =
                findings.iter().filter(|finding| finding["subject"] == *subject).filter(of_year).filter(of_scale).collect();
            seen += own.len();
            prop_assert_eq!(ceiling, &made(&own, subject, year, scale));
        }
        let caps = findings.iter().filter(|finding| cap_of(finding["rule"].as_str().unwrap()).is_some()).count();
        prop_assert_eq!(seen, caps, "every cap's finding belongs to one ceiling");
    }

    #[test]
    fn asked_for_one_by_one_are_those_of_the_assessment(question in question()) {
        let facts = Facts::from_json(question.facts.to_string()).unwrap();
        let case = plan().prepare(&facts, &question.options()).unwrap();
        for ceiling in case.assess().ceilings() {
            let (id, year) = (ceiling.subject().id.as_ref(), ceiling.year());
            let one = match ceiling.scale().as_str() {
                "rank" => case.ceiling_of_body(case.body(id, year).unwrap(), "rank", year),
                scale => match case.person(id) {
                    Some(person) => case.ceiling_of_person(person, scale, year),
                    None => case.ceiling_of_collective(case.collective(id).unwrap(), scale, year),
                },
            };
            prop_assert_eq!(Some(ceiling), one.as_ref());
        }
    }
}
