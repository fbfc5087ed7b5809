//! Every rule of the plan has shared cases for every verdict it can reach, and on both sides of its edge.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use caicach::Plan;
use caicach::plan::kind::KindName;

/// Verdicts that a rule cannot reach, and why.
const CANNOT: [(&str, &str, &str); 3] = [
    ("funding_appraised", "pending", "the plan names no day by which an estimate must be appraised"),
    ("single_lead", "pending", "the plan is all there is to know of its own leads: nothing is still to come"),
    ("single_lead", "undetermined", "for the same reason nothing is missing"),
];

/// The verdicts of a kind that cases must show. Caps and consequences follow from what is known of a year, whenever it
/// becomes known: design 02 gives them no `pending`.
fn verdicts(kind: KindName) -> &'static [&'static str] {
    match kind {
        KindName::Cap | KindName::Consequence => &["binding", "not_binding", "undetermined"],
        _ => &["met", "not_met", "pending", "undetermined"],
    }
}

/// What shows that both sides of an edge are covered.
fn sides(kind: KindName) -> &'static [&'static str] {
    match kind {
        KindName::Cap | KindName::Consequence => &["binding", "not_binding"],
        _ => &["met", "not_met"],
    }
}

/// For each rule the verdicts that cases of the built-in plan expect, all of them or those of boundary cases alone.
fn expected(boundary: bool) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, case) in common::cases("vectors") {
        if case.get("plan").is_some() || (boundary && case["boundary"] != true) {
            continue;
        }
        for finding in case["expect"]["findings"].as_array().into_iter().flatten() {
            if let (Some(rule), Some(verdict)) = (finding["rule"].as_str(), finding["verdict"].as_str()) {
                found.entry(rule.to_owned()).or_default().insert(verdict.to_owned());
            }
        }
    }
    found
}

fn cannot(rule: &str, verdict: &str) -> bool {
    CANNOT.iter().any(|(of, what, _)| *of == rule && *what == verdict)
}

#[test]
fn every_rule_has_a_vector_for_every_verdict_it_can_reach() {
    let (plan, all, edges) = (Plan::builtin().unwrap(), expected(false), expected(true));
    let none = BTreeSet::new();
    let mut lacking = Vec::new();
    for rule in plan.rules() {
        let (id, kind) = (rule.id().as_str(), rule.kind().name());
        let (shown, at_edge) = (all.get(id).unwrap_or(&none), edges.get(id).unwrap_or(&none));
        let wanted = verdicts(kind).iter().filter(|verdict| !cannot(id, verdict));
        lacking.extend(wanted.filter(|v| !shown.contains(**v)).map(|v| format!("{id}: no case is {v}")));
        let both = sides(kind).iter().filter(|side| !at_edge.contains(**side));
        lacking.extend(both.map(|side| format!("{id}: no boundary case is {side}")));
    }
    assert!(lacking.is_empty(), "{} cases are missing:\n{}", lacking.len(), lacking.join("\n"));
}

#[test]
fn what_cannot_be_reached_is_not_reached() {
    let (plan, all) = (Plan::builtin().unwrap(), expected(false));
    for (rule, verdict, why) in CANNOT {
        assert!(plan.rules().iter().any(|of| of.id().as_str() == rule), "{rule} is no rule of the plan");
        assert!(!all.get(rule).is_some_and(|shown| shown.contains(verdict)), "{rule} is {verdict} after all: {why}");
    }
}
