//! The C interface of caicach: `include/caicach.h` is made from this crate and says how to use it.
//!
//! There is no logic here. Every function reads its arguments, calls the `caicach` crate, and hands the result over.
//!
//! - `guard`: the one place through which every function runs; a panic stops there.
//! - `status`, `error`: what a function that can fail returns, and what it says of the failure.
//! - `input`, `text`: text in, text out. `options`: a struct of options that may grow.
//! - `version`, `lang`, `verdict`: constants and their words.
//! - `structs`: structs of options and arrays of structs. `bytes`: bytes out.
//! - `plan`, `clause`, `rule`, `task`, `reading`; `facts`; `case`, `assessment`, `receipt`, `finding`, `ceiling`: the handles.
//! - `rating`, `task_state`, `progress`, `dependence`: what else an assessment shows (`views`, made when asked for).
//! - `calendar`; `agenda`; `diff`, `verdict_changes`, `amendment`; `bodies`; `apportion`: what is made of plans, and of posts.
//! - `tally`, `tally_options`, `tally_csv`, `tally_arrow` (feature `arrow`), `groups`, `rejects`, `watch`: dossiers counted.
//!
//! # Where safety comes from
//! A handle argument is an `Option` of a reference or a box, a NULL pointer being `None`: the type says what the caller
//! owes, which is what the header asks, and the body needs no unsafe code. An output is an `Option` of a reference to
//! memory that need not be initialised. Only text and options come as raw pointers; `input` and `options` read them,
//! and the functions that take them are `unsafe`.

// Names are those of C.
#![allow(non_camel_case_types)]
// What a caller owes is the same everywhere and stands once, at the head of the header.
#![allow(clippy::missing_safety_doc)]

pub mod agenda;
pub mod amendment;
pub mod apportion;
pub mod assessment;
pub mod bodies;
pub mod bytes;
pub mod calendar;
pub mod case;
pub mod ceiling;
pub mod clause;
pub mod dependence;
pub mod diff;
pub mod error;
pub mod facts;
pub mod finding;
pub mod groups;
mod guard;
mod input;
pub mod lang;
pub mod options;
pub mod plan;
pub mod progress;
pub mod rating;
pub mod reading;
pub mod receipt;
pub mod rejects;
pub mod rule;
pub mod status;
mod structs;
pub mod tally;
#[cfg(feature = "arrow")]
pub mod tally_arrow;
pub mod tally_csv;
mod tally_failure;
pub mod tally_options;
pub mod task;
pub mod task_state;
#[cfg(test)]
mod tests;
pub mod text;
pub mod verdict;
pub mod verdict_changes;
pub mod version;
mod views;
pub mod watch;

// Handles may be shared between threads: all are immutable, but for the tally, which its caller guards.
const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<text::caicach_text>();
    shared::<error::caicach_error>();
    shared::<plan::caicach_plan>();
    shared::<rule::caicach_rule>();
    shared::<task::caicach_task>();
    shared::<task::caicach_tasks>();
    shared::<clause::caicach_clause>();
    shared::<reading::caicach_reading>();
    shared::<facts::caicach_facts>();
    shared::<calendar::caicach_calendar>();
    shared::<case::caicach_case>();
    shared::<case::caicach_subject>();
    shared::<assessment::caicach_assessment>();
    shared::<receipt::caicach_receipt>();
    shared::<finding::caicach_finding>();
    shared::<ceiling::caicach_ceiling>();
    shared::<rating::caicach_rating>();
    shared::<task_state::caicach_task_state>();
    shared::<progress::caicach_progress>();
    shared::<dependence::caicach_dependence>();
    shared::<agenda::caicach_agenda>();
    shared::<agenda::caicach_agenda_item>();
    shared::<diff::caicach_diff>();
    shared::<diff::caicach_difference>();
    shared::<verdict_changes::caicach_verdict_changes>();
    shared::<amendment::caicach_amendment>();
    shared::<amendment::caicach_amended_plan>();
    shared::<apportion::caicach_apportionment>();
    shared::<bodies::caicach_bodies>();
    shared::<tally::caicach_tally>();
    shared::<tally_csv::caicach_csv_summary>();
    shared::<groups::caicach_groups>();
    shared::<rejects::caicach_rejects>();
    shared::<watch::caicach_watch>();
    shared::<watch::caicach_acts>();
    shared::<bytes::caicach_bytes>();
};
