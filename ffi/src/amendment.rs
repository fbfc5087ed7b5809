//! Dated changes to a plan, and the plan in force on a day.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;

use caicach::calendar::{epoch_days, iso};
use caicach::plan::amendment::{AmendedPlan, Amendment, Change};

use crate::error::{Failure, caicach_error};
use crate::guard::{fallible, free, getter, given};
use crate::input::{bytes, day};
use crate::options::CAICACH_NO_DATE;
use crate::plan::caicach_plan;
use crate::status::caicach_status;
use crate::structs::array;
use crate::text::{address, c_text};

/// An amendment (sửa đổi, bổ sung): dated changes to a plan, in a file of its own. Immutable. Free it with
/// `caicach_amendment_free`; what was made with it does not need it any more.
#[derive(Debug)]
pub struct caicach_amendment {
    amendment: Amendment,
    number: CString,
    title: CString,
    date: CString,
    changes: Vec<Shown>,
}

/// A change as C reads it.
#[derive(Debug)]
struct Shown {
    day: i32,
    date: CString,
    action: CString,
    what: CString,
    target: Option<CString>,
}

impl Shown {
    fn new(change: &Change) -> Shown {
        Shown {
            day: epoch_days(change.date),
            date: c_text(iso(change.date)),
            action: c_text(change.action.as_str()),
            what: c_text(change.what.as_str()),
            target: change.target().map(c_text),
        }
    }
}

/// A plan with amendments, in force as amended on any day. Immutable. Free it with `caicach_amended_plan_free`.
#[derive(Debug)]
pub struct caicach_amended_plan {
    amended: AmendedPlan,
    versions: Vec<CString>,
}

/// Reads an amendment from the text of its file (schema caicach/amendment/1).
///
/// CAICACH_ERROR_PLAN lists every problem of the file with its line.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_amendment_from_toml(
    toml: *const c_char,
    toml_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_amendment>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        // SAFETY: the header asks this of the caller.
        let toml = unsafe { bytes(toml, toml_len, "toml") }?;
        let amendment = Amendment::from_toml(toml)?;
        let document = amendment.document();
        Ok(Box::new(caicach_amendment {
            number: c_text(document.number.as_str()),
            title: c_text(document.title.as_str()),
            date: c_text(iso(document.date)),
            changes: amendment.changes().iter().map(Shown::new).collect(),
            amendment,
        }))
    })
}

/// Number of the amending document.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amendment_number(amendment: Option<&caicach_amendment>) -> *const c_char {
    getter(std::ptr::null(), || Some(amendment?.number.as_ptr()))
}

/// Its title.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amendment_title(amendment: Option<&caicach_amendment>) -> *const c_char {
    getter(std::ptr::null(), || Some(amendment?.title.as_ptr()))
}

/// The day it was signed: "2025-02-20".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amendment_date_text(amendment: Option<&caicach_amendment>) -> *const c_char {
    getter(std::ptr::null(), || Some(amendment?.date.as_ptr()))
}

/// How many changes it makes.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amendment_change_count(amendment: Option<&caicach_amendment>) -> usize {
    getter(0, || Some(amendment?.changes.len()))
}

/// The first day on which a change holds; `CAICACH_NO_DATE` beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amendment_change_date(amendment: Option<&caicach_amendment>, index: usize) -> i32 {
    getter(CAICACH_NO_DATE, || Some(amendment?.changes.get(index)?.day))
}

/// The first day on which a change holds: "2025-03-01"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amendment_change_date_text(
    amendment: Option<&caicach_amendment>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(amendment?.changes.get(index)?.date.as_ptr()))
}

/// What it does: "replace", "add", "remove"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amendment_change_action(
    amendment: Option<&caicach_amendment>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(amendment?.changes.get(index)?.action.as_ptr()))
}

/// What it changes: "clause", "task", "rule", "reading", "body", "body_group", "reorganisation"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amendment_change_what(amendment: Option<&caicach_amendment>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(amendment?.changes.get(index)?.what.as_ptr()))
}

/// The id of what it changes; NULL for a reorganisation and beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amendment_change_target(
    amendment: Option<&caicach_amendment>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(address(amendment?.changes.get(index)?.target.as_ref())))
}

/// Frees an amendment. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amendment_free(amendment: Option<Box<caicach_amendment>>) {
    free(amendment);
}

/// A plan with amendments. Every version that comes of them is checked as any plan is: CAICACH_ERROR_PLAN lists all that
/// does not fit. `amendments` is an array of `amendment_count` handles, which may be NULL where there are none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_plan_amended(
    plan: Option<&caicach_plan>,
    amendments: *const *const caicach_amendment,
    amendment_count: usize,
    out: Option<&mut MaybeUninit<Box<caicach_amended_plan>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let plan = given(plan, "plan")?;
        // SAFETY: the header asks this of the caller.
        let amendments = unsafe { handles(amendments, amendment_count) }?;
        let amended = plan.plan.amended(&amendments)?;
        let versions = amended.versions().iter().map(|(from, _)| c_text(iso(*from))).collect();
        Ok(Box::new(caicach_amended_plan { amended, versions }))
    })
}

/// The amendments of an array of handles.
///
/// # Safety
/// `handles` is NULL or points to `count` handles that are NULL or alive.
unsafe fn handles(handles: *const *const caicach_amendment, count: usize) -> Result<Vec<Amendment>, Failure> {
    // SAFETY: the caller says so; a NULL handle is `None`.
    let handles = unsafe { array(handles.cast::<Option<&caicach_amendment>>(), count, "amendments") }?;
    let amendment = |(at, handle): (usize, &Option<&caicach_amendment>)| match handle {
        Some(handle) => Ok(handle.amendment.clone()),
        None => Err(Failure::null(&format!("amendments[{at}]"))),
    };
    handles.iter().enumerate().map(amendment).collect()
}

/// The plan in force on a day ("2025-03-01"). It is the caller's: free it with `caicach_plan_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_amended_plan_on(
    amended: Option<&caicach_amended_plan>,
    date: *const c_char,
    date_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_plan>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let amended = given(amended, "amended")?;
        // SAFETY: the header asks this of the caller.
        let date = unsafe { day(date, date_len, "date") }?;
        Ok(caicach_plan::boxed(amended.amended.on(date).clone()))
    })
}

/// How many versions there are after the first.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amended_plan_version_count(amended: Option<&caicach_amended_plan>) -> usize {
    getter(0, || Some(amended?.versions.len()))
}

/// The first day of a version, as days since 1970-01-01; `CAICACH_NO_DATE` beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amended_plan_version_date(amended: Option<&caicach_amended_plan>, index: usize) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(amended?.amended.versions().get(index)?.0)))
}

/// The first day of a version: "2025-03-01"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amended_plan_version_date_text(
    amended: Option<&caicach_amended_plan>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(address(amended?.versions.get(index))))
}

/// Frees an amended plan; the plans that were asked of it stay. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_amended_plan_free(amended: Option<Box<caicach_amended_plan>>) {
    free(amended);
}
