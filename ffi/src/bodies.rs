//! What became of bodies through reorganisations.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;

use caicach::Plan;
use caicach::plan::body::Body;

use crate::error::{Failure, caicach_error};
use crate::guard::{fallible, free, getter, given};
use crate::input::{day, text};
use crate::plan::caicach_plan;
use crate::status::caicach_status;
use crate::task::known;
use crate::text::c_text;

/// Bodies (cơ quan, đơn vị, địa phương). Immutable. Free them with `caicach_bodies_free`.
#[derive(Debug)]
pub struct caicach_bodies(Vec<(CString, CString)>);

impl caicach_bodies {
    fn boxed(bodies: &[&Body]) -> Box<caicach_bodies> {
        let shown = |body: &&Body| (c_text(body.id.as_str()), c_text(body.name()));
        Box::new(caicach_bodies(bodies.iter().map(shown).collect()))
    }
}

/// What a body (by id) is on a day ("2026-01-01"), by the plan's reorganisations (sắp xếp): itself, or what came of it.
/// CAICACH_ERROR_NOT_FOUND where the plan has no such body.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_plan_successors(
    plan: Option<&caicach_plan>,
    body: *const c_char,
    body_len: usize,
    on: *const c_char,
    on_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_bodies>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let plan = &given(plan, "plan")?.plan;
        // SAFETY: the header asks this of the caller.
        let (body, on) = unsafe { (id_of(plan, body, body_len)?, day(on, on_len, "on")?) };
        Ok(caicach_bodies::boxed(&plan.successors(body, on)))
    })
}

/// What a body (by id) was on a day: itself, or the bodies of which it came. Fails as `caicach_plan_successors` does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_plan_predecessors(
    plan: Option<&caicach_plan>,
    body: *const c_char,
    body_len: usize,
    on: *const c_char,
    on_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_bodies>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let plan = &given(plan, "plan")?.plan;
        // SAFETY: the header asks this of the caller.
        let (body, on) = unsafe { (id_of(plan, body, body_len)?, day(on, on_len, "on")?) };
        Ok(caicach_bodies::boxed(&plan.predecessors(body, on)))
    })
}

/// Over which bodies the city's targets are read on a day: the city itself, and after its end its successors.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_plan_territory(
    plan: Option<&caicach_plan>,
    on: *const c_char,
    on_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_bodies>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let plan = &given(plan, "plan")?.plan;
        // SAFETY: the header asks this of the caller.
        let on = unsafe { day(on, on_len, "on") }?;
        Ok(caicach_bodies::boxed(&plan.territory(on)))
    })
}

/// The id of a body that the plan has.
///
/// # Safety
/// As [`text`].
unsafe fn id_of<'a>(plan: &Plan, body: *const c_char, body_len: usize) -> Result<&'a str, Failure> {
    // SAFETY: the caller says what `text` asks for.
    let id = unsafe { text(body, body_len, "body") }?;
    known("body", id, plan.body(id).map(|_| id), plan.contents().body.iter().map(|body| body.id.as_str()))
}

/// How many bodies there are.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_bodies_count(bodies: Option<&caicach_bodies>) -> usize {
    getter(0, || Some(bodies?.0.len()))
}

/// The id of one; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_bodies_id(bodies: Option<&caicach_bodies>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(bodies?.0.get(index)?.0.as_ptr()))
}

/// Its name, as shown to people; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_bodies_name(bodies: Option<&caicach_bodies>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(bodies?.0.get(index)?.1.as_ptr()))
}

/// Frees them. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_bodies_free(bodies: Option<Box<caicach_bodies>>) {
    free(bodies);
}
