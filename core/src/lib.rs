//! All of `caicach` but its tallies, which re-exports what is here: use that crate.
//!
//! It is a crate of its own so that it can be compiled small where `caicach`, then little more than tallies, is compiled
//! for speed: a package is the smallest thing that Cargo has an `opt-level` for.

pub mod apportion;
pub mod assessment;
pub mod calendar;
pub mod facts;
mod few;
mod input;
pub mod measure;
#[doc(hidden)]
pub mod order;
pub mod plan;
pub mod rule;
pub mod text;

pub use assessment::{AssessError, Assessment, Options};
pub use facts::{Facts, FactsError};
pub use input::{Problem, ProblemCode, Problems};
pub use plan::{Plan, PlanError};
pub use rule::case::Case;
pub use rule::finding::{Finding, Verdict};
pub use text::Lang;
