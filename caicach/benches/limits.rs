//! What the library takes, beside the limits we set it: `cargo bench -p caicach --bench limits`.
//!
//! Each figure is the median of many runs in this process; the last column is its ratio to the limit.
//! Nothing is asserted: machines differ, and a test that depends on the clock is no test.

mod common;

use std::hint::black_box;
use std::time::Duration;

use caicach::calendar::parse_iso;
use caicach::{Facts, Options, Plan};
use common::median;

fn row(name: &str, took: Duration, limit: Duration) {
    let ratio = took.as_secs_f64() / limit.as_secs_f64();
    println!("| {name} | {took:.2?} | {limit:.0?} | {ratio:.2} |");
}

fn main() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/nha-trang.json");
    let text = std::fs::read(path).expect("the demo facts");
    let day = parse_iso("2025-01-15").expect("a day");
    let plan = Plan::builtin().expect("the built-in plan");
    let facts = Facts::from_json(&text).expect("facts");
    let options = Options::on(day);
    let case = plan.prepare(&facts, &options).expect("a case");
    let body = case.body("loc_tho", 2024).expect("a body");

    println!("| work | median | limit | ratio |\n|---|---|---|---|");
    let millis = Duration::from_millis;
    row("load the built-in plan", median(101, || drop(black_box(Plan::builtin()))), millis(5));
    row("read the demo facts", median(101, || drop(black_box(Facts::from_json(&text)))), millis(5));
    row("prepare plan and demo facts", median(101, || drop(black_box(plan.prepare(&facts, &options)))), millis(1));
    row("assess the demo facts, prepared", median(101, || drop(black_box(case.assess()))), millis(1));
    row(
        "assess the demo facts, from facts read",
        median(101, || drop(black_box(plan.assess(&facts, &options)))),
        millis(1),
    );
    let many = 10_000u32;
    let ceilings = median(21, || {
        for _ in 0..many {
            drop(black_box(case.ceiling_of_body(black_box(body), "rank", 2024)));
        }
    });
    row("both rank caps of one body-year, prepared", ceilings / many, Duration::from_micros(2));
    println!("\n{} findings; {} ceilings", case.assess().findings().len(), case.assess().ceilings().len());
}
