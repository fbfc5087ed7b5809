//! caicach (cải cách, "reform"): a government's administrative-reform plan as something software can ask.
//!
//! Is this target met, by how much, who may still be rated good, which clause says so?
//!
//! ```
//! use caicach::{Facts, Lang, Options, Plan, calendar::parse_iso};
//!
//! let plan = Plan::builtin()?;
//! let facts = Facts::from_json(r#"{"schema": "caicach/facts/1", "headcounts": [
//!     {"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1247},
//!     {"date": "2024-12-31", "category": "cadre", "basis": "assigned", "count": 1215}]}"#)?;
//! let assessment = plan.assess(&facts, &Options::on(parse_iso("2025-01-15")?))?;
//! let finding = assessment.findings().iter().find(|f| f.rule().as_str() == "cadre_reduction").unwrap();
//! assert_eq!(finding.verdict().as_str(), "pending");
//! assert_eq!(finding.explanation(Lang::Vi),
//!     "Đến 31/12/2024, biên chế cán bộ, công chức được giao là 1.215, giảm 32 so với 1.247 (31/12/2022), đạt 2,57%; \
//!      còn phải giảm 31 biên chế để đạt tối thiểu 5% vào cuối năm 2026 (Phụ lục, mục IV.1, Kế hoạch số 298/KH-UBND).");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where things are
//! Data flows one way: [`plan`] and [`facts`] -> [`measure`] -> [`rule`] -> [`assessment`]. [`text`] and
//! [`calendar`] are the ground floor and know nothing of plans. [`tally`] makes facts of raw dossiers.
//!
//! # What it never does
//! It never guesses: a verdict is met, not met, pending, undetermined or not applicable, and what is
//! missing is named. It never computes in binary floats, reads no clock, no file and no network, and does
//! not panic on any input.

#[doc(inline)]
pub use caicach_core::{apportion, assessment, calendar, facts, measure, plan, rule, text};
pub mod tally;

pub use assessment::{AssessError, Assessment, Options};
use caicach_core::order;
pub use caicach_core::{Problem, ProblemCode, Problems};
pub use facts::{Facts, FactsError};
pub use plan::{Plan, PlanError};
pub use rule::case::Case;
pub use rule::finding::{Finding, Verdict};
pub use text::Lang;
