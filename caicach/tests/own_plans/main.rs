//! Plans other than the built-in one: another province's shape, other rules, amendments, differences.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../common/mod.rs"]
mod common;

mod amended;
mod rules;
mod shape;
