//! Reading structured input: one tree for JSON and TOML, and records read from it.
//!
//! - `node`: the tree ([`Node`]) that both formats become; numbers stay text, digit by digit.
//! - `json`, `toml`: the two front ends. Syntax is theirs; meaning is not.
//! - `path`: where in the input something stands, written as `headcounts[3].category`.
//! - `problem`: what is wrong with an input ([`Problem`]), collected rather than thrown one by one.
//! - `field`: how one value is read ([`field::Field`]); `show`: how one is written ([`show::Show`]).
//! - `record`: the macros that declare a record or a closed choice once, for reading and writing.

pub(crate) mod field;
mod json;
pub(crate) mod node;
mod path;
mod problem;
pub(crate) mod record;
pub(crate) mod show;
mod toml;

pub(crate) use field::Field;
pub(crate) use json::read as read_json;
pub(crate) use node::{Kind, Node};
pub(crate) use path::Path;
pub use problem::{Problem, ProblemCode, Problems};
pub(crate) use record::{choice, id, record};
pub(crate) use show::{Members, Object, Show, Shown, object};
pub(crate) use toml::read as read_toml;
