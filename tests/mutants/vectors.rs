//! The shared cases and the sentences that `texts.rs` shows, one by one, for many mutants in one process.
//! Takes the place of `core/tests/vectors.rs` in the copy that holds all mutants.
//!
//! Without `CAICACH_ROUND` every case is run once. With it, each line of that file is a mutant's number and those of
//! cases: they are run with the mutant switched on up to the first that fails, and what came of it is printed.

mod common;

use std::cell::Cell;
use std::path::PathBuf;
use std::time::Instant;

use caicach::{Plan, mutant};
use serde_json::Value;

/// A case with what it must give, or the sentences that it must give.
struct Task {
    file: PathBuf,
    case: Value,
    sentences: Option<Vec<Value>>,
}

#[test]
fn every_vector_holds() {
    let builtin = Plan::builtin().unwrap();
    mutant::ends("start");
    let tasks = tasks(&builtin);
    let Ok(round) = std::env::var("CAICACH_ROUND") else {
        for (number, task) in tasks.iter().enumerate() {
            mutant::ends("left");
            let began = Instant::now();
            assert!(holds(&Plan::builtin().unwrap(), task), "{} {}", task.file.display(), task.case["name"]);
            mutant::ends(&format!("case {number} {}", began.elapsed().as_micros()));
        }
        return;
    };
    std::panic::set_hook(Box::new(|_| {}));
    for line in std::fs::read_to_string(round).unwrap().lines() {
        let mut numbers = line.split(' ').map(|number| number.parse::<usize>().unwrap());
        let id = numbers.next().unwrap();
        println!("\nbegins {id}");
        mutant::choose(u32::try_from(id).unwrap());
        let last = Cell::new(0);
        let passed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let builtin = Plan::builtin().unwrap();
            numbers.all(|number| {
                last.set(number);
                holds(&builtin, &tasks[number])
            })
        }));
        mutant::choose(0);
        match passed {
            Ok(true) => println!("\npassed {id}"),
            _ => println!("\ncaught {id} {}", last.get()),
        }
    }
}

fn tasks(builtin: &Plan) -> Vec<Task> {
    let cases = common::cases("vectors");
    let texts = std::fs::read_to_string(common::folder("../core/tests/texts.rs")).unwrap();
    let shown = cases.iter().filter(|(_, case)| texts.contains(&format!("    {},\n", case["name"])));
    let shown = shown.map(|(file, case)| Task {
        file: file.clone(),
        case: case.clone(),
        sentences: Some(sentences(builtin, case)),
    });
    let shown: Vec<Task> = shown.collect();
    let cases = cases.into_iter().map(|(file, case)| Task { file, case, sentences: None });
    cases.chain(shown).collect()
}

fn holds(builtin: &Plan, task: &Task) -> bool {
    match &task.sentences {
        Some(sentences) => *sentences == self::sentences(builtin, &task.case),
        None => common::check(builtin, &task.file, &task.case).is_empty(),
    }
}

/// What `texts.rs` shows of a case: its sentences, what is missing and remarks.
fn sentences(builtin: &Plan, case: &Value) -> Vec<Value> {
    let json = common::assess(builtin, &case["facts"].to_string(), case).unwrap();
    let document: Value = serde_json::from_str(&json).unwrap();
    let find = |pattern: &Value| {
        let mut all = document["findings"].as_array().unwrap().iter();
        let finding = all.find(|finding| common::differences(pattern, finding).is_empty()).unwrap();
        let said = ["explanation", "missing", "data_notes"].map(|part| finding[part].clone());
        Value::from(said.to_vec())
    };
    case["expect"]["findings"].as_array().unwrap().iter().map(find).collect()
}
