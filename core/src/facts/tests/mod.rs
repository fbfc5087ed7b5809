#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
//! Tests of facts: what is refused (`bad_input`, `within`), what must agree (`between`), what is kept with a note
//! (`kept`), and what never happens (`always`).

mod always;
mod bad_input;
mod between;
mod kept;
mod within;

use super::{Facts, Problems};
use crate::input::ProblemCode;

/// A document with a record of every table and shape.
const ALL: &str = include_str!("all_tables.json");

/// A document with these tables.
fn document(tables: &str) -> String {
    format!("{{\"schema\": \"caicach/facts/1\", {tables}}}")
}

/// The facts of a document with these tables.
#[track_caller]
fn facts(tables: &str) -> Facts {
    Facts::from_json(document(tables)).unwrap_or_else(|error| panic!("{error}"))
}

/// What is wrong with a document.
#[track_caller]
fn refused(text: impl AsRef<[u8]>) -> Problems {
    let error = Facts::from_json(text).expect_err("the facts were taken");
    assert!(!error.problems().is_empty(), "refused without a reason");
    error.problems().clone()
}

/// What is wrong with a document with these tables.
#[track_caller]
fn wrong(tables: &str) -> Problems {
    refused(document(tables))
}

/// The document with these tables has this one problem.
#[track_caller]
fn one(tables: &str, code: ProblemCode, path: &str, says: &str) {
    let problems = wrong(tables);
    assert_eq!(problems.total(), 1, "{problems}");
    let problem = &problems.list()[0];
    assert_eq!((problem.code(), problem.path()), (code, path), "{problems}");
    assert!(problem.to_string().contains(says), "{problem}");
}

/// The fingerprint that a text has.
fn digest(text: &str) -> String {
    use sha2::Digest as _;
    let hex: Vec<String> = sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{}", hex.concat())
}
