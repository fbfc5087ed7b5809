//! The shared cases and the sentences that `texts.rs` shows, one by one, for many mutants in one process.
//! Takes the place of `caicach/tests/vectors.rs` in the copy that holds all mutants.
//!
//! Without `CAICACH_ROUND` every case is run once. With it, each line that comes is a mutant's number and those of
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
    if std::env::var_os("CAICACH_ROUND").is_none() {
        for (number, task) in tasks.iter().enumerate() {
            mutant::ends("left");
            let began = Instant::now();
            assert!(holds(&Plan::builtin().unwrap(), task), "{} {}", task.file.display(), task.case["name"]);
            mutant::ends(&format!("case {number} {} {}", began.elapsed().as_micros(), title(task)));
        }
        return;
    }
    std::panic::set_hook(Box::new(|_| {}));
    if std::env::var_os("CAICACH_SHOW").is_some() {
        return show(&tasks);
    }
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let mut numbers = line.split(' ').map(|number| number.parse::<usize>().unwrap());
        let id = numbers.next().unwrap();
        println!("\nbegins {id}");
        mutant::choose(u32::try_from(id).unwrap());
        let last = Cell::new(0);
        let passed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let builtin = Plan::builtin().unwrap();
            numbers.all(|number| {
                last.set(number);
                let held = holds(&builtin, &tasks[number]);
                println!("\nheld");
                held
            })
        }));
        mutant::choose(0);
        match passed {
            Ok(true) => println!("\npassed {id}"),
            _ => println!("\ncaught {id} {}", last.get()),
        }
    }
}

/// Prints for each line, a mutant and cases, what the first of these gives with it that it does not give without.
fn show(tasks: &[Task]) {
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let mut numbers = line.split(' ').map(|number| number.parse::<usize>().unwrap());
        let id = u32::try_from(numbers.next().unwrap()).unwrap();
        let mut found = 0;
        println!("\nmutant {id}");
        for number in numbers {
            let task = &tasks[number];
            let with = |id| {
                mutant::choose(id);
                let given = std::panic::catch_unwind(|| given(task));
                mutant::choose(0);
                given.unwrap_or_else(|_| "panics".into())
            };
            let different = common::differences(&with(0), &with(id));
            if !different.is_empty() {
                println!("  {} {}", task.file.file_name().unwrap().display(), task.case["name"]);
                for text in different.iter().take(4) {
                    println!("    {}", text.chars().take(400).collect::<String>());
                }
                found += 1;
            }
            if found == 2 {
                break;
            }
        }
        println!("\nshown {id} {found}");
    }
}

/// All that a case gives.
fn given(task: &Task) -> Value {
    let builtin = Plan::builtin().unwrap();
    let plan = match task.case["plan"].as_str() {
        None => builtin,
        Some(path) => {
            let text = std::fs::read_to_string(task.file.parent().unwrap().join(path)).unwrap();
            Plan::from_toml(&text).unwrap()
        }
    };
    let facts = task.case["facts_text"].as_str().map_or_else(|| task.case["facts"].to_string(), str::to_owned);
    match common::assess(&plan, &facts, &task.case) {
        Ok(json) => serde_json::from_str(&json).unwrap(),
        Err(problems) => problems.to_string().into(),
    }
}

fn title(task: &Task) -> String {
    let name = task.case["name"].as_str().unwrap();
    if task.sentences.is_some() { format!("{name} (sentences)") } else { name.to_owned() }
}

fn tasks(builtin: &Plan) -> Vec<Task> {
    let cases = common::cases("vectors");
    let texts = std::fs::read_to_string(common::folder("../caicach/tests/texts.rs")).unwrap();
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
