//! Which verdicts differ between two plans.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;

use caicach::calendar::{epoch_days, iso};
use caicach::plan::diff::VerdictChange;

use crate::error::caicach_error;
use crate::facts::caicach_facts;
use crate::guard::{fallible, free, getter, given};
use crate::options::{CAICACH_NO_DATE, caicach_assess_options, read};
use crate::plan::caicach_plan;
use crate::status::caicach_status;
use crate::text::c_text;
use crate::verdict::{caicach_verdict, number};

/// The findings whose verdicts differ between two plans. Immutable. Free it with `caicach_verdict_changes_free`; it does
/// not need the plans any more.
#[derive(Debug)]
pub struct caicach_verdict_changes(Vec<Changed>);

#[derive(Debug)]
struct Changed {
    rule: CString,
    subject_kind: CString,
    subject_id: CString,
    subject_name: CString,
    from_day: i32,
    to_day: i32,
    from: CString,
    to: CString,
    before: Option<caicach_verdict>,
    after: Option<caicach_verdict>,
}

impl Changed {
    fn new(change: &VerdictChange) -> Changed {
        let (from, to) = (change.period.from(), change.period.to());
        Changed {
            rule: c_text(change.rule.as_str()),
            subject_kind: c_text(change.subject.kind.as_str()),
            subject_id: c_text(change.subject.id.as_ref()),
            subject_name: c_text(change.subject.name.as_ref()),
            from_day: epoch_days(from),
            to_day: epoch_days(to),
            from: c_text(iso(from)),
            to: c_text(iso(to)),
            before: change.before.map(number),
            after: change.after.map(number),
        }
    }
}

/// Which verdicts are others under another plan, for the same facts and options. Fails as `caicach_assess` does, of either
/// plan: the readings chosen must be known to both.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_plan_verdict_changes(
    plan: Option<&caicach_plan>,
    other: Option<&caicach_plan>,
    facts: Option<&caicach_facts>,
    options: *const caicach_assess_options,
    out: Option<&mut MaybeUninit<Box<caicach_verdict_changes>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let (plan, other, facts) = (given(plan, "plan")?, given(other, "other")?, given(facts, "facts")?);
        // SAFETY: the header asks this of the caller.
        let options = unsafe { read(options) }?;
        let changes = plan.plan.verdict_changes(&other.plan, &facts.facts, &options)?;
        Ok(Box::new(caicach_verdict_changes(changes.iter().map(Changed::new).collect())))
    })
}

/// How many verdicts differ.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_changes_count(changes: Option<&caicach_verdict_changes>) -> usize {
    getter(0, || Some(changes?.0.len()))
}

/// The rule of one that does; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_changes_rule(
    changes: Option<&caicach_verdict_changes>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(changes?.0.get(index)?.rule.as_ptr()))
}

/// The kind of whom it is about; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_changes_subject_kind(
    changes: Option<&caicach_verdict_changes>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(changes?.0.get(index)?.subject_kind.as_ptr()))
}

/// The id of whom it is about; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_changes_subject_id(
    changes: Option<&caicach_verdict_changes>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(changes?.0.get(index)?.subject_id.as_ptr()))
}

/// The name of whom it is about; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_changes_subject_name(
    changes: Option<&caicach_verdict_changes>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(changes?.0.get(index)?.subject_name.as_ptr()))
}

/// The first day of its period; `CAICACH_NO_DATE` beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_changes_from(changes: Option<&caicach_verdict_changes>, index: usize) -> i32 {
    getter(CAICACH_NO_DATE, || Some(changes?.0.get(index)?.from_day))
}

/// The last day of its period; `CAICACH_NO_DATE` beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_changes_to(changes: Option<&caicach_verdict_changes>, index: usize) -> i32 {
    getter(CAICACH_NO_DATE, || Some(changes?.0.get(index)?.to_day))
}

/// The first day of its period: "2024-01-01"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_changes_from_text(
    changes: Option<&caicach_verdict_changes>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(changes?.0.get(index)?.from.as_ptr()))
}

/// The last day of its period: "2024-12-31"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_changes_to_text(
    changes: Option<&caicach_verdict_changes>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(changes?.0.get(index)?.to.as_ptr()))
}

/// The verdict under the first plan; 0 where it has no such finding.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_changes_before(
    changes: Option<&caicach_verdict_changes>,
    index: usize,
) -> caicach_verdict {
    getter(0, || changes?.0.get(index)?.before)
}

/// The verdict under the other; 0 where it has no such finding.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_changes_after(
    changes: Option<&caicach_verdict_changes>,
    index: usize,
) -> caicach_verdict {
    getter(0, || changes?.0.get(index)?.after)
}

/// Frees them. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_changes_free(changes: Option<Box<caicach_verdict_changes>>) {
    free(changes);
}
