//! What an assessment shows beside its findings, whole: ceilings, ratings with their reasons, paths of targets, tasks, what
//! depends on readings, the summary. Read the snapshots beside the facts of `tests/vectors/views.json`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use caicach::Plan;
use serde_json::Value;

const PARTS: [&str; 5] = ["ceilings", "ratings", "progress", "sensitivity", "summary"];

#[test]
fn of_the_cases_that_are_about_them() {
    let plan = Plan::builtin().unwrap();
    let cases = common::cases("vectors");
    let of_views = cases.iter().filter(|(file, _)| file.ends_with("views.json"));
    for (number, (_, case)) in of_views.enumerate() {
        let document: Value =
            serde_json::from_str(&common::assess(&plan, &case["facts"].to_string(), case).unwrap()).unwrap();
        let mut shown = vec![case["name"].as_str().unwrap().to_owned()];
        for part in PARTS {
            shown.push(format!("{part}: {}", serde_json::to_string_pretty(&document[part]).unwrap()));
        }
        shown.extend(document["tasks"].as_array().unwrap().iter().map(Value::to_string));
        insta::assert_snapshot!(format!("case_{number}"), shown.join("\n"));
    }
}
