//! Plans.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;

use caicach::Plan;

use crate::clause::caicach_clause;
use crate::error::caicach_error;
use crate::guard::{fallible, free, getter, given};
use crate::input::{bytes, text};
use crate::lang::caicach_lang;
use crate::reading::caicach_reading;
use crate::rule::caicach_rule;
use crate::status::caicach_status;
use crate::task::caicach_task;
use crate::text::{Both, c_text, caicach_text};

/// A plan (kế hoạch), loaded and checked. Immutable. Free it with `caicach_plan_free`; what was made with it does not
/// need it any more.
#[derive(Debug)]
pub struct caicach_plan {
    pub(crate) plan: Plan,
    number: CString,
    title: Both,
    fingerprint: CString,
    clauses: Vec<caicach_clause>,
    rules: Vec<caicach_rule>,
    tasks: Vec<caicach_task>,
    readings: Vec<caicach_reading>,
}

impl caicach_plan {
    pub(crate) fn boxed(plan: Plan) -> Box<caicach_plan> {
        let document = plan.document();
        Box::new(caicach_plan {
            number: c_text(document.number.as_str()),
            title: Both::pair(&document.title, &document.title_en),
            fingerprint: c_text(plan.fingerprint()),
            clauses: plan.contents().clause.iter().map(caicach_clause::new).collect(),
            rules: plan.rules().iter().map(caicach_rule::new).collect(),
            tasks: plan.tasks().iter().map(caicach_task::new).collect(),
            readings: plan.readings().iter().map(caicach_reading::new).collect(),
            plan,
        })
    }
}

/// The plan that comes with the library: Kế hoạch 298/KH-UBND of Nha Trang.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_builtin(
    out: Option<&mut MaybeUninit<Box<caicach_plan>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || Ok(caicach_plan::boxed(Plan::builtin()?)))
}

/// Loads a plan from the text of its file (schema caicach/plan/1).
///
/// CAICACH_ERROR_PLAN lists every problem of the file with its line.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_plan_from_toml(
    toml: *const c_char,
    toml_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_plan>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        // SAFETY: the header asks this of the caller.
        let toml = unsafe { bytes(toml, toml_len, "toml") }?;
        Ok(caicach_plan::boxed(Plan::from_toml(toml)?))
    })
}

/// The plan as JSON, in the structure of the plan file.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_to_json(
    plan: Option<&caicach_plan>,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || Ok(caicach_text::boxed(given(plan, "plan")?.plan.to_json())))
}

/// Number of the document: "298/KH-UBND". Lives as long as the plan.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_number(plan: Option<&caicach_plan>) -> *const c_char {
    getter(std::ptr::null(), || Some(plan?.number.as_ptr()))
}

/// Title of the document; NULL for an unknown language. Lives as long as the plan.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_title(plan: Option<&caicach_plan>, lang: caicach_lang) -> *const c_char {
    getter(std::ptr::null(), || Some(plan?.title.get(lang)?.as_ptr()))
}

/// "sha256:" and 64 hexadecimal digits: two plans with one fingerprint say the same. Lives as long as the plan.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_fingerprint(plan: Option<&caicach_plan>) -> *const c_char {
    getter(std::ptr::null(), || Some(plan?.fingerprint.as_ptr()))
}

/// How many paragraphs its main text has.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_clause_count(plan: Option<&caicach_plan>) -> usize {
    getter(0, || Some(plan?.clauses.len()))
}

/// A paragraph, in the order of the text; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_clause_at(plan: Option<&caicach_plan>, index: usize) -> Option<&caicach_clause> {
    getter(None, || Some(plan?.clauses.get(index)))
}

/// The paragraph with an id ("I.1.3"); NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_plan_clause_by_id(
    plan: Option<&caicach_plan>,
    id: *const c_char,
    id_len: usize,
) -> Option<&caicach_clause> {
    getter(None, || {
        // SAFETY: the header asks this of the caller.
        let id = unsafe { text(id, id_len, "id") }.ok()?;
        Some(plan?.clauses.iter().find(|clause| clause.has_id(id)))
    })
}

/// How many rules it has.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_rule_count(plan: Option<&caicach_plan>) -> usize {
    getter(0, || Some(plan?.rules.len()))
}

/// A rule, in the order of the file; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_rule_at(plan: Option<&caicach_plan>, index: usize) -> Option<&caicach_rule> {
    getter(None, || Some(plan?.rules.get(index)))
}

/// The rule with an id; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_plan_rule_by_id(
    plan: Option<&caicach_plan>,
    id: *const c_char,
    id_len: usize,
) -> Option<&caicach_rule> {
    getter(None, || {
        // SAFETY: the header asks this of the caller.
        let id = unsafe { text(id, id_len, "id") }.ok()?;
        Some(plan?.rules.iter().find(|rule| rule.has_id(id)))
    })
}

/// How many tasks it has.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_task_count(plan: Option<&caicach_plan>) -> usize {
    getter(0, || Some(plan?.tasks.len()))
}

/// A task, in the order of the annex; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_task_at(plan: Option<&caicach_plan>, index: usize) -> Option<&caicach_task> {
    getter(None, || Some(plan?.tasks.get(index)))
}

/// How many readings it has.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_reading_count(plan: Option<&caicach_plan>) -> usize {
    getter(0, || Some(plan?.readings.len()))
}

/// A reading, in the order of the file; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_reading_at(plan: Option<&caicach_plan>, index: usize) -> Option<&caicach_reading> {
    getter(None, || Some(plan?.readings.get(index)))
}

/// Frees a plan. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_free(plan: Option<Box<caicach_plan>>) {
    free(plan);
}
