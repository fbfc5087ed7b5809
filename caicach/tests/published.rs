//! Published figures with their sources, and what the plan says of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

#[test]
fn published_figures_are_judged_as_expected() {
    common::run_folder("published");
}

#[test]
fn every_published_figure_says_where_it_was_read() {
    for (_, case) in common::cases("published") {
        for (table, records) in case["facts"].as_object().unwrap().iter().filter(|(table, _)| *table != "schema") {
            for record in records.as_array().unwrap() {
                assert!(record["source"].is_string(), "{}: {table}: {record}", case["name"]);
            }
        }
    }
}
