//! What it costs to say what a verdict depends on: `cargo bench -p caicach --bench sensitivity`.
//!
//! 27 communes, 3 000 people and 5 years of facts are assessed with the readings as chosen alone, with every other
//! option tried as well, and with the view of what depends on them put together from the findings. The limit is the
//! design's: less than twice the plain assessment, and 20 ms for that. Nothing is asserted: machines differ.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use caicach::calendar::parse_iso;
use caicach::{Facts, Options, Plan};
use common::median;

/// Dossiers of every commune and person and surveys of every commune in 2020 to 2024. Shares lie around the thresholds.
fn facts(plan: &Plan) -> String {
    let start = parse_iso("2023-01-13").expect("a day");
    let communes: Vec<String> = plan
        .contents()
        .body
        .iter()
        .filter(|body| body.kind == "commune" && body.in_force(start, start))
        .map(|body| body.id.to_string())
        .collect();
    let (mut counts, mut surveys) = (String::new(), String::new());
    for year in 2020..2025 {
        for (i, body) in communes.iter().enumerate() {
            let end = if body_ends(plan, body) && year == 2024 { "10-31" } else { "12-31" };
            let late = 30 + (i * 7 + year as usize * 3) % 40;
            let period = format!("\"from\": \"{year}-01-01\", \"to\": \"{year}-{end}\"");
            let rest = "\"received\": {\"online\": 500, \"direct\": 540, \"carried_over\": 0}";
            write!(
                counts,
                "{{\"body\": \"{body}\", {period}, {rest}, \"resolved\": {{\"in_time\": {}, \"late\": {late}}}, \
                 \"pending\": {{\"in_time\": 35, \"overdue\": 5}}}},",
                1000 - late
            )
            .expect("text");
            write!(surveys, "{{\"year\": {year}, \"field\": \"overall\", \"body\": \"{body}\", \"respondents\": 200, \"satisfied\": {}}},", 150 + i)
                .expect("text");
        }
        for person in 0..3000usize {
            let body = &communes[person % communes.len()];
            let end = if body_ends(plan, body) && year == 2024 { "10-31" } else { "12-31" };
            let late = (person + year as usize) % 14;
            write!(
                counts,
                "{{\"body\": \"{body}\", \"officer\": \"cb{person}\", \"from\": \"{year}-01-01\", \"to\": \"{year}-{end}\", \
                 \"received\": {{\"total\": 104}}, \"resolved\": {{\"in_time\": {}, \"late\": {late}}}, \
                 \"pending\": {{\"in_time\": 3, \"overdue\": 1}}}},",
                100 - late
            )
            .expect("text");
        }
    }
    counts.pop();
    surveys.pop();
    format!("{{\"schema\": \"caicach/facts/1\", \"dossier_counts\": [{counts}], \"surveys\": [{surveys}]}}")
}

fn body_ends(plan: &Plan, body: &str) -> bool {
    plan.body(body).and_then(|body| body.valid_to).is_some_and(|end| end.year() == 2024)
}

fn main() {
    let plan = Plan::builtin().expect("the built-in plan");
    let facts = Facts::from_json(facts(&plan)).unwrap_or_else(|error| panic!("{error}"));
    let options = Options::on(parse_iso("2025-01-15").expect("a day"));
    let with = plan.prepare(&facts, &options).expect("a case");
    let without = plan.prepare(&facts, &options.clone().alternatives(false)).expect("a case");
    let findings = with.assess();
    let plain = median(21, || drop(black_box(without.assess())));
    let tried = median(21, || drop(black_box(with.assess())));
    let view = median(21, || drop(black_box(findings.sensitivity())));
    let all = tried + view;
    let whole = median(21, || drop(black_box(plan.assess(&facts, &options))));
    println!("{} findings, {} of them sensitive", findings.findings().len(), findings.summary().sensitive());
    println!("| work | median | to the plain assessment |\n|---|---|---|");
    for (name, took) in
        [("the readings as chosen", plain), ("with every other option tried", tried), ("and the view of them", all)]
    {
        println!("| {name} | {took:.2?} | {:.2} |", took.as_secs_f64() / plain.as_secs_f64());
    }
    let limit = Duration::from_millis(20);
    println!("\n| work | median | limit | ratio |\n|---|---|---|---|");
    for (name, took) in
        [("the full assessment, prepared", plain), ("the same from facts read, other options too", whole)]
    {
        println!("| {name} | {took:.2?} | {limit:.0?} | {:.2} |", took.as_secs_f64() / limit.as_secs_f64());
    }
}
