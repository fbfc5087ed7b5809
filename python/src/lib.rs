//! What Python sees of caicach, the module `caicach._core`. It translates and holds no logic.
//!
//! - `boundary`: the one way into the engine: the interpreter let go, a panic turned into an exception.
//! - `error`: exceptions with their problems, and how they are handed on; `arguments`: dates, texts, readings and languages
//!   as Python gives them.
//! - `from_python`: a mapping to the JSON that facts are read from; `to_python`: any document of the engine to Python
//!   values; `value`: decimals and dates; `same`: equality.
//! - one file or folder for each noun: `plan`, `facts`, `case`, `assessment`, `finding`, `calendar`, `agenda`,
//!   `apportion`, `tally`.

mod agenda;
mod apportion;
mod arguments;
mod assessment;
mod boundary;
mod calendar;
mod case;
mod error;
mod facts;
mod finding;
mod from_python;
mod plan;
mod same;
mod tally;
mod to_python;
mod value;

use pyo3::prelude::*;

/// The native part of caicach. Import from `caicach` instead.
#[pymodule]
mod _core {
    #[pymodule_export]
    use super::agenda::{Agenda, AgendaItem};
    #[pymodule_export]
    use super::apportion::{Apportionment, Lot, apportion};
    #[pymodule_export]
    use super::assessment::{Assessment, Ceiling, Receipt, Summary, Unused};
    #[pymodule_export]
    use super::assessment::{
        Change, Dependence, Measure, Owed, PathPoint, Point, Projection, Rating, Reason, TargetProgress, TaskState,
        Wanted,
    };
    #[pymodule_export]
    use super::boundary::_panic;
    #[pymodule_export]
    use super::calendar::Calendar;
    #[pymodule_export]
    use super::case::Case;
    #[pymodule_export]
    use super::error::Problem;
    #[pymodule_export]
    use super::facts::{FactNote, Facts};
    #[pymodule_export]
    use super::finding::{DataNote, Finding, Headroom, Missing, Period, Sensitivity, Subject};
    #[pymodule_export]
    use super::plan::{AmendedPlan, Amendment, AmendmentChange, Difference, FieldDifference, PlanDiff, VerdictChange};
    #[pymodule_export]
    use super::plan::{Bilingual, Body, Clause, Document, Duty, Plan, Reading, ReadingOption, Rule, Schedule, Task};
    #[pymodule_export]
    use super::tally::{Act, Counts, CsvFile, Progress, Reckoning, Reject, Rejects, Room, Table, Tally, Watch};
    #[pymodule_export]
    use super::value::format_number;
    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
