//! What the tests that run shared cases have in common: reading them, running them, saying what differs.
//!
//! The form of a case is described in `tests/vectors/README.md`.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

pub(crate) mod own;

use std::path::{Path, PathBuf};

use caicach::calendar::parse_iso;
use caicach::{Facts, Options, Plan, Problems};
use serde_json::{Map, Value};

/// A folder of `tests/` beside `core/`.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests").join(name)
}

/// Every case of a folder's JSON files, each with the file it stands in.
pub(crate) fn cases(name: &str) -> Vec<(PathBuf, Value)> {
    let folder = folder(name);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let list: Vec<Value> =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        all.extend(list.into_iter().map(|case| (file.clone(), case)));
    }
    all
}

/// Runs every case of a folder and panics with all that failed.
pub(crate) fn run_folder(name: &str) {
    let builtin = Plan::builtin().unwrap();
    let cases = cases(name);
    let mut seen = std::collections::BTreeSet::new();
    let mut failed = Vec::new();
    for (file, case) in &cases {
        let title = case["name"].as_str().unwrap_or("a case without name");
        let mut wrong = check(&builtin, file, case);
        if !seen.insert(title) {
            wrong.push("another case has the same name".to_owned());
        }
        if !wrong.is_empty() {
            let file = file.file_name().unwrap().to_string_lossy();
            failed.push(format!("{file}: {title}\n    {}", wrong.join("\n    ")));
        }
    }
    assert!(!cases.is_empty(), "no case in {name}");
    assert!(failed.is_empty(), "{} of {} cases failed:\n{}", failed.len(), cases.len(), failed.join("\n"));
}

/// What a case may expect.
const EXPECTED: [&str; 10] =
    ["findings", "absent", "ceilings", "ratings", "tasks", "progress", "sensitivity", "unused", "errors", "same_as"];

/// What an assessment shows besides its findings and ceilings, and the keys that identify an item of it.
const VIEWS: [(&str, &[&str]); 5] = [
    ("ratings", &["body", "year"]),
    ("tasks", &["task"]),
    ("progress", &["rule", "subject"]),
    ("sensitivity", &["reading", "option"]),
    ("unused", &["table", "subject"]),
];

/// What is wrong with one case; nothing where all is as expected.
pub(crate) fn check(builtin: &Plan, file: &Path, case: &Value) -> Vec<String> {
    let known = ["name", "boundary", "why", "facts", "facts_text", "as_of", "known_on", "readings", "plan", "expect"];
    let mut wrong = unknown_keys(case, &known);
    wrong.extend(unknown_keys(&case["expect"], &EXPECTED));
    let plan = match case["plan"].as_str() {
        None => builtin.clone(),
        Some(path) => {
            let text = std::fs::read_to_string(file.parent().unwrap().join(path)).unwrap();
            Plan::from_toml(&text).unwrap()
        }
    };
    let facts = match case["facts_text"].as_str() {
        Some(text) => text.to_owned(),
        None => case["facts"].to_string(),
    };
    let expect = &case["expect"];
    let result = assess(&plan, &facts, case);
    if let Some(errors) = expect["errors"].as_array() {
        match result {
            Ok(_) => wrong.push(format!("expected the errors {}, found none", expect["errors"])),
            Err(problems) => errors_differ(errors, &problems, &mut wrong),
        }
        return wrong;
    }
    let json = match result {
        Ok(json) => json,
        Err(problems) => {
            wrong.push(format!("expected no error, found\n      {}", problems.to_string().replace('\n', "\n      ")));
            return wrong;
        }
    };
    let document: Value = serde_json::from_str(&json).unwrap();
    for pattern in expect["findings"].as_array().into_iter().flatten() {
        one(&document["findings"], pattern, &["rule", "subject", "period"], &mut wrong);
    }
    for pattern in expect["ceilings"].as_array().into_iter().flatten() {
        one(&document["ceilings"], pattern, &["subject", "year", "scale"], &mut wrong);
    }
    for (part, keys) in VIEWS {
        for pattern in expect[part].as_array().into_iter().flatten() {
            one(&document[part], pattern, keys, &mut wrong);
        }
    }
    for pattern in expect["absent"].as_array().into_iter().flatten() {
        let found =
            document["findings"].as_array().unwrap().iter().find(|finding| differences(pattern, finding).is_empty());
        if let Some(found) = found {
            wrong
                .push(format!("expected nothing like {pattern}, found {} {}", found["subject"]["id"], found["period"]));
        }
    }
    if let Some(facts) = expect.get("same_as") {
        match assess(&plan, &facts.to_string(), case) {
            Ok(other) if other == json => {}
            Ok(_) => wrong.push("the facts of `same_as` give another result".to_owned()),
            Err(problems) => wrong.push(format!("the facts of `same_as` are refused: {problems}")),
        }
    }
    wrong
}

fn unknown_keys(value: &Value, known: &[&str]) -> Vec<String> {
    let keys = value.as_object().into_iter().flat_map(Map::keys);
    keys.filter(|key| !known.contains(&key.as_str())).map(|key| format!("unknown key `{key}` in the case")).collect()
}

pub(crate) fn assess(plan: &Plan, facts: &str, case: &Value) -> Result<String, Problems> {
    let facts = Facts::from_json(facts).map_err(|error| error.problems().clone())?;
    let mut options = Options::on(parse_iso(case["as_of"].as_str().unwrap()).unwrap());
    if let Some(known_on) = case["known_on"].as_str() {
        options = options.known_on(parse_iso(known_on).unwrap());
    }
    for (key, option) in case["readings"].as_object().into_iter().flatten() {
        options = options.reading(key, option.as_str().unwrap());
    }
    let assessment = plan.assess(&facts, &options).map_err(|error| error.problems().clone())?;
    Ok(assessment.to_json())
}

/// The errors found must be those expected, each once, in any order.
fn errors_differ(expected: &[Value], problems: &Problems, wrong: &mut Vec<String>) {
    let show = |code: &str, path: &str| format!("{code} at `{path}`");
    let mut found: Vec<String> =
        problems.list().iter().map(|problem| show(problem.code().as_str(), problem.path())).collect();
    for error in expected {
        let error = show(error["code"].as_str().unwrap(), error["path"].as_str().unwrap());
        match found.iter().position(|other| *other == error) {
            Some(place) => {
                found.remove(place);
            }
            None => wrong.push(format!("expected the error {error}")),
        }
    }
    wrong.extend(found.into_iter().map(|error| format!("did not expect the error {error}")));
}

/// The one item that the keys of a pattern identify must have all that the pattern says.
fn one(items: &Value, pattern: &Value, keys: &[&str], wrong: &mut Vec<String>) {
    let pattern_keys: Map<String, Value> =
        keys.iter().filter_map(|key| pattern.get(*key).map(|value| ((*key).to_owned(), value.clone()))).collect();
    let label = Value::Object(pattern_keys.clone());
    let found: Vec<&Value> =
        items.as_array().unwrap().iter().filter(|item| differences(&label, item).is_empty()).collect();
    match found.as_slice() {
        [item] => wrong.extend(differences(pattern, item).into_iter().map(|text| format!("{label}: {text}"))),
        [] => wrong.push(format!("{label}: there is none")),
        several => wrong.push(format!("{label}: there are {}, say which", several.len())),
    }
}

/// How a value differs from a pattern. A pattern of an object says what some of its keys must be (`null`: the key is not
/// there); lists have the same length, item by item. `subject` may be an id alone.
pub(crate) fn differences(pattern: &Value, value: &Value) -> Vec<String> {
    let mut out = Vec::new();
    compare("", pattern, value, &mut out);
    out
}

fn compare(at: &str, pattern: &Value, value: &Value, out: &mut Vec<String>) {
    match (pattern, value) {
        (Value::Object(pattern), Value::Object(object)) => {
            for (key, expected) in pattern {
                let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                match object.get(key) {
                    None if expected.is_null() => {}
                    None => out.push(format!("{path}: expected {expected}, is not there")),
                    Some(found) => compare(&path, expected, found, out),
                }
            }
        }
        (Value::Array(pattern), Value::Array(list)) => {
            if pattern.len() != list.len() {
                let (expected, found) = (Value::from(pattern.clone()), Value::from(list.clone()));
                out.push(format!("{at}: expected {} items {expected}, found {} {found}", pattern.len(), list.len()));
            }
            for (i, (expected, found)) in pattern.iter().zip(list).enumerate() {
                compare(&format!("{at}[{i}]"), expected, found, out);
            }
        }
        (Value::String(id), Value::Object(subject)) if at == "subject" => {
            if subject["id"] != *id {
                out.push(format!("{at}: expected {id}, found {}", subject["id"]));
            }
        }
        _ if pattern == value => {}
        _ => out.push(format!("{at}: expected {pattern}, found {value}")),
    }
}
