//! The sentences of findings in both languages: for every rule every verdict it can have, and every shape of what is
//! known. Read the snapshots as an official would.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use caicach::Plan;
use serde_json::Value;

/// Cases of `tests/vectors` whose expected findings are shown.
const SHOWN: &[&str] = &[
    "posts: 1 215 of 1 247 at the end of 2024",
    "posts: 62 of 1 247, rounding decides",
    "posts: 62 of 1 247, nearest chosen",
    "posts: 63 of 1 247",
    "posts: 62 of 1 250, a half is rounded up",
    "posts: none to begin with",
    "posts: nothing known",
    "posts: no baseline yet, before the deadline",
    "posts: a record of 2025 decides nothing after it",
    "posts: actual chosen",
    "gia lai: 2 765 of 27 651 public employees is not 10 %",
    "gia lai: 2 765 of 27 651 public employees, rounded",
    "employees: 1000 to 900 is exactly 10 %",
    "employees: pending on the deadline itself",
    "employees: no baseline",
    "units: 120 to 108 is exactly 10 %",
    "units: 120 to 109 falls one short",
    "units: pending before the deadline",
    "units: nothing known at all",
    "units: nothing known at all, before the deadline",
    "units: more of them now",
    "units: none to begin with",
    "overall: 90 is enough in 2025",
    "overall: 899 of 1000",
    "overall: 89.9999999 is not",
    "overall: nobody asked",
    "overall: no survey, on the last day of the year",
    "overall: no survey, the day after",
    "overall: 90 rounded to a whole number may be 89.5",
    "overall: the same before the end of the year",
    "overall: 90.1 rounded to one decimal is at least 90.05",
    "overall: the floor of 2025 holds in 2026",
    "fields: each on its own",
    "fields: pooled, nobody asked",
    "fields: pooled, one field by percentage alone",
    "land: 84.99 is not",
    "construction: missing",
    "investment: 169 of 200",
    "investment: missing on the last day",
    "online: 501 of 1000 is",
    "online: 500 of 1000 is not a majority",
    "online: 50 %",
    "online: 799 of 1000 where mainly means 80 %",
    "online: carried over not published, bounds do not decide",
    "online: no dossiers",
    "online: missing",
    "online: missing on the last day",
    "titles: all of 100",
    "titles: 99 of 100",
    "titles: 99 999 of 100 000",
    "titles: nobody",
    "titles: no record of the year",
    "late: 212 of 3 905",
    "late: 4.9999999 % of counts",
    "late: 5 % as published",
    "late: 5.01 % rounded to 2",
    "late: 4.99 % rounded to 2",
    "late: 5.0 % rounded to 2",
    "late: nothing resolved",
    "partial: only a total",
    "denominator: resolved",
    "denominator: portal",
    "nha trang: January to October 2019",
    "nha trang: 2019, what was due",
    "nha trang: first half of 2021",
    "matrix 2: 1 % late, satisfaction absent",
    "satisfied: 80 of 100",
    "satisfied: 80.000001",
    "satisfied: nobody asked",
    "satisfied: 80 rounded to 0",
    "person: 10 of 100 in 2024",
    "person: 5 of 100 in 2025",
    "person: 9.999 % in 2024",
    "person: no record",
    "person: nothing resolved",
];

#[test]
fn sentences_of_every_rule_and_verdict() {
    let plan = Plan::builtin().unwrap();
    let cases: BTreeMap<String, Value> = common::cases("vectors")
        .into_iter()
        .map(|(_, case)| (case["name"].as_str().unwrap().to_owned(), case))
        .collect();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut shown = BTreeSet::new();
    for name in SHOWN {
        let case = cases.get(*name).unwrap_or_else(|| panic!("no vector is called {name}"));
        let json = common::assess(&plan, &case["facts"].to_string(), case).unwrap();
        let document: Value = serde_json::from_str(&json).unwrap();
        for pattern in case["expect"]["findings"].as_array().unwrap() {
            let mut all = document["findings"].as_array().unwrap().iter();
            let finding = all.find(|finding| common::differences(pattern, finding).is_empty()).unwrap();
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let (rule, verdict) = (text(&finding["rule"]), text(&finding["verdict"]));
            let of_rule = texts.entry(rule.clone()).or_default();
            let explanation = &finding["explanation"];
            writeln!(of_rule, "{name} [{verdict}]").unwrap();
            writeln!(of_rule, "  {}\n  {}\n", text(&explanation["vi"]), text(&explanation["en"])).unwrap();
            shown.insert((rule, verdict));
        }
    }
    for (rule, text) in &texts {
        insta::assert_snapshot!(rule.as_str(), text);
    }
    let caps = ["late_share_caps_rank", "satisfaction_caps_rank", "late_share_caps_person"];
    let mut possible = BTreeSet::new();
    for rule in texts.keys() {
        let verdicts: &[&str] = match rule.as_str() {
            cap if caps.contains(&cap) => &["binding", "not_binding", "undetermined", "not_applicable"],
            // The three fields speak with one voice.
            "satisfaction_land" | "satisfaction_construction" | "satisfaction_investment" | "employee_reduction" => &[],
            _ => &["met", "not_met", "pending", "undetermined", "not_applicable"],
        };
        possible.extend(verdicts.iter().map(|verdict| (rule.clone(), (*verdict).to_owned())));
    }
    let unseen: Vec<_> = possible.difference(&shown).collect();
    assert!(unseen.is_empty(), "no sentence shown for {unseen:?}");
    assert_eq!(texts.len(), 12, "a rule without a sentence");
}
