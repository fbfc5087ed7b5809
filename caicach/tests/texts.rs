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
    "annual_par_plan: met",
    "annual_par_plan: not met where the table is complete",
    "annual_par_plan: pending on the last day",
    "annual_par_plan: undetermined without a declaration",
    "area: fair body, weak area",
    "area: one of two areas is enough",
    "area: rank unknown, area not low",
    "area: nothing known",
    "area: a complete ranking does not list the body",
    "autonomy_phase: undetermined after the phase",
    "autonomy_phase: boundary, the last day of a phase and the first of the next",
    "autonomy_phase: boundary, a decision the day before the phase",
    "posts: none of nine",
    "posts: added posts left out",
    "posts: posts taken away lower the baseline",
    "posts: baseline of 2021",
    "posts: named as the city's own",
    "communication_plan: pending on the last day",
    "communication_plan: the city owes one too",
    "communication_plan: a body that ends in October is judged to its end",
    "coordination_regulation: boundary, met on the last day",
    "coordination_regulation: boundary, not met a day later",
    "coordination_regulation: pending up to the day",
    "coordination_regulation: undetermined after it",
    "deputy_responsible: boundary, named the day after",
    "deputy_responsible: pending",
    "deputy_responsible: undetermined, the list does not reach back",
    "e_residential_pilot: not met",
    "e_residential_pilot: pending",
    "e_residential_pilot: undetermined",
    "e_residential_pilot: boundary, the last day and the day after",
    "e_residential_pilot: Tân Lập is judged to its end",
    "electronic_documents: met",
    "electronic_documents: boundary, one short",
    "electronic_documents: pending",
    "electronic_documents: undetermined",
    "electronic_documents: not applicable, all secret",
    "evaluation_window: met",
    "evaluation_window: not met",
    "evaluation_window: pending",
    "evaluation_window: undetermined",
    "collective: good allows excellent",
    "collective: rank unknown, no cap known",
    "collective: fair rules out excellent",
    "collective: rank unknown but capped at fair",
    "collective: a complete ranking does not list the body",
    "funding_appraised: met",
    "funding_appraised: not met, submitted but not appraised",
    "funding_appraised: undetermined",
    "guidance_sessions: met",
    "guidance_sessions: pending on the last day",
    "guidance_sessions: undetermined without a declaration",
    "guidance_sessions: boundary, the day after does not",
    "guidance_sessions: one short",
    "par: a rise",
    "par: a fall",
    "par: this year missing the day after",
    "pci: a rise",
    "pci: a fall",
    "pci: this year missing the day after",
    "papi: a rise",
    "papi: a fall",
    "papi: this year missing on its last day",
    "papi: this year missing the day after",
    "ict: a rise",
    "ict: a fall",
    "ict: this year missing the day after",
    "dti: a rise",
    "dti: an equal value is not a rise",
    "dti: this year missing the day after",
    "inspection_limit: not met as soon as exceeded",
    "inspection_limit: undetermined without a complete list",
    "inspection_limit: boundary, two inspections of two years",
    "late_apology: met",
    "late_apology: pending while the year runs",
    "late_apology: undetermined after it",
    "late_apology: not applicable without any",
    "late_apology: bounds decide",
    "portal: a residual that is not in time, pending unknown",
    "person: 9.999 % in 2025 where 10 % holds throughout",
    "payments: a better peer decides at once",
    "payments: a tie is a shared first",
    "payments: first of those listed, not all listed, within the year",
    "payments: first of those listed, not all listed, after the year",
    "payments: own figures missing",
    "payments: nothing payable is no share",
    "payments: a peer with nothing payable is no peer",
    "city rank: weak in 2025 is three bands short",
    "city rank: unknown on the last day of 2025",
    "city rank: unknown the day after",
    "city rank: an aspiration from 2026 on",
    "city rank: a score of 85 is good by the assumed cut-offs",
    "city rank: a list of the city's own ranks without one of the year",
    "periodic_report: one report is not four",
    "periodic_report: pending, due on the last day",
    "periodic_report: undetermined",
    "procedure_review_report: met",
    "procedure_review_report: not met where the table is complete",
    "procedure_review_report: pending on the last day",
    "procedure_review_report: undetermined without a declaration",
    "public_dialogue: met",
    "public_dialogue: pending on the last day",
    "public_dialogue: undetermined without a declaration",
    "public_dialogue: boundary, the day after does not",
    "head: the rank of the running year is not there yet",
    "head: a complete ranking does not list the body",
    "head: the body was not there yet",
    "head: a score of 50 is average, 49.99 weak",
    "head: of the city, in a year with records of the city alone",
    "head: before the plan, in retrospect",
    "accountable: weak",
    "accountable: fair is not",
    "accountable: good is not",
    "accountable: rank unknown, other bodies known",
    "accountable: a complete ranking does not list it",
    "accountable: the city too, where it has records",
    "replaced: this year unknown after average",
    "replaced: average, a gap known to be without rank, average",
    "replaced: weak then average, exactly average",
    "replaced: weak then average, average or below",
    "replaced: three years average are two runs",
    "replaced: a body made by a merger has no rank before it",
    "record_update: boundary, the sixth day is late but the fifth working day",
    "record_update: working days over Reunification Day",
    "record_update: pending",
    "record_update: not met where the table is complete",
    "record_update: undetermined otherwise",
    "land: missing on the last day",
    "construction: 85 is enough in 2025",
    "construction: missing on the last day",
    "investment: missing",
    "self_inspection: met",
    "self_inspection: pending on the last day",
    "self_inspection: undetermined without a declaration",
    "self_inspection: boundary, the day after does not",
    "single_lead: met, one body",
    "single_lead: not met, no lead",
    "single_lead: boundary, a lead and others that carry out",
    "supplement_notice: met",
    "supplement_notice: pending while the year runs",
    "supplement_notice: undetermined after it",
    "supplement_notice: not applicable without any",
    "supplement_notice: records of two halves add up",
    "tasks_on_schedule: met",
    "tasks_on_schedule: pending",
    "tasks_on_schedule: undetermined",
    "tasks_on_schedule: continuous tasks have no day to keep",
    "tasks_on_schedule: V.9 by its updates, and by the reading",
    "training_plan: met",
    "training_plan: pending on the last day",
    "training_plan: undetermined without a declaration",
    "training_plan: boundary, the day after does not",
    "training_plan: one of two plans is not enough",
    "training_plan: one of two plans and silence on the other",
    "weekly_review: met on a Monday and on a Sunday",
    "weekly_review: not met in a week of a complete month",
    "weekly_review: pending in the week that runs",
    "written_assignment: met",
    "written_assignment: boundary, one short",
    "written_assignment: pending",
    "written_assignment: undetermined, last year's record does not count",
    "written_assignment: not applicable without staff",
    "lineage: percentages alone have a hull, which does not decide",
    "lineage: communes up to June and wards after are the city's 2025",
    "portal: a residual of one field beside another of which little is known",
    "online: 50 % rounded",
    "area: not known of one, the other not low",
    "identity: parts that exceed the total",
    "identity: received",
    "identity: pending",
    "identity: the balance of the form",
    "identity: in time",
    "posts: no baseline",
    "posts: added posts join the baseline",
    "communication_plan: undetermined without a declaration",
    "electronic_documents: beyond the whole",
    "par: this year missing on its last day",
    "pci: this year missing on its last day",
    "ict: this year missing on its last day",
    "dti: this year missing on its last day",
    "inspection_limit: boundary, one ordered by a superior is set aside",
    "lineage: one of the three has no records",
    "lineage: percentages cannot be pooled: the hull does not decide",
    "lineage: a split divides by its shares",
    "lineage: a split without shares leaves the counts open",
    "name: phường Vạn Thạnh is van_thanh",
    "city rank: what caps allow is remarked, not concluded",
    "land: missing",
];

/// Every rule and verdict that some case of the built-in plan expects.
fn expected(cases: &BTreeMap<String, Value>) -> BTreeSet<(String, String)> {
    let of_plan = cases.values().filter(|case| case.get("plan").is_none());
    let findings = of_plan.flat_map(|case| case["expect"]["findings"].as_array().into_iter().flatten());
    let pair = |finding: &Value| Some((finding["rule"].as_str()?.to_owned(), finding["verdict"].as_str()?.to_owned()));
    findings.filter_map(pair).collect()
}

#[test]
fn sentences_of_every_rule_and_verdict() {
    let plan = Plan::builtin().unwrap();
    let cases: BTreeMap<String, Value> = common::cases("vectors")
        .into_iter()
        .map(|(_, case)| (case["name"].as_str().unwrap().to_owned(), case))
        .collect();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut notes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
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
            for (part, code) in [("missing", "what"), ("data_notes", "code")] {
                for note in finding[part].as_array().into_iter().flatten() {
                    let said = format!("  {}\n  {}", text(&note["vi"]), text(&note["en"]));
                    notes.entry(format!("{part} {}", text(&note[code]))).or_default().insert(said);
                }
            }
        }
    }
    for (rule, text) in &texts {
        insta::assert_snapshot!(rule.as_str(), text);
    }
    let notes: Vec<String> = notes
        .into_iter()
        .map(|(code, said)| format!("{code}\n{}\n", said.into_iter().collect::<Vec<_>>().join("\n\n")))
        .collect();
    insta::assert_snapshot!("notes", notes.join("\n"));
    let expected = expected(&cases);
    let unseen: Vec<_> = expected.difference(&shown).collect();
    assert!(unseen.is_empty(), "no sentence shown for {unseen:?}");
    assert_eq!(texts.len(), plan.rules().len(), "a rule without a sentence");
}
