//! Tasks of a plan.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;

use caicach::plan::task::{ScheduleKind, Task};

use crate::error::{Failure, caicach_error};
use crate::guard::{fallible, free, getter, given};
use crate::input::text;
use crate::plan::caicach_plan;
use crate::status::caicach_status;
use crate::text::{address, c_text};

/// A task (nhiệm vụ) of the annex. It belongs to its plan, or to the list it is in, and lives as long; so do its texts.
#[derive(Debug)]
pub struct caicach_task {
    id: CString,
    group: CString,
    printed_number: CString,
    text: CString,
    gist_en: CString,
    schedule: CString,
    schedule_kind: CString,
    deliverables: Vec<CString>,
}

impl caicach_task {
    pub(crate) fn new(task: &Task) -> caicach_task {
        caicach_task {
            id: c_text(task.id.as_str()),
            group: c_text(task.group.as_str()),
            printed_number: c_text(task.printed_number.as_str()),
            text: c_text(task.text.as_str()),
            gist_en: c_text(task.gist_en.as_str()),
            schedule: c_text(task.schedule.text.as_str()),
            schedule_kind: c_text(task.schedule.kind.as_str()),
            deliverables: task.deliverables.iter().map(|deliverable| c_text(deliverable.as_str())).collect(),
        }
    }
}

/// Group and position: "V.9".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_id(task: Option<&caicach_task>) -> *const c_char {
    getter(std::ptr::null(), || Some(task?.id.as_ptr()))
}

/// The group it belongs to: "V".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_group(task: Option<&caicach_task>) -> *const c_char {
    getter(std::ptr::null(), || Some(task?.group.as_ptr()))
}

/// The number as printed, which may repeat.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_printed_number(task: Option<&caicach_task>) -> *const c_char {
    getter(std::ptr::null(), || Some(task?.printed_number.as_ptr()))
}

/// The corrected wording, in Vietnamese.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_text(task: Option<&caicach_task>) -> *const c_char {
    getter(std::ptr::null(), || Some(task?.text.as_ptr()))
}

/// What it asks, in English.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_gist_en(task: Option<&caicach_task>) -> *const c_char {
    getter(std::ptr::null(), || Some(task?.gist_en.as_ptr()))
}

/// When (tiến độ), in the plan's words.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_schedule(task: Option<&caicach_task>) -> *const c_char {
    getter(std::ptr::null(), || Some(task?.schedule.as_ptr()))
}

/// How it is timed: "continuous", "by", "annual".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_schedule_kind(task: Option<&caicach_task>) -> *const c_char {
    getter(std::ptr::null(), || Some(task?.schedule_kind.as_ptr()))
}

/// How many deliverables it has.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_deliverable_count(task: Option<&caicach_task>) -> usize {
    getter(0, || Some(task?.deliverables.len()))
}

/// What it must yield (sản phẩm); NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_deliverable_at(task: Option<&caicach_task>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(address(task?.deliverables.get(index))))
}

/// Some tasks of a plan. Immutable. Free them with `caicach_tasks_free`; they do not need the plan any more.
#[derive(Debug)]
pub struct caicach_tasks(Vec<caicach_task>);

/// The tasks in which a body (by id) has a duty, by itself or as a member of a group of bodies, those of a group of the annex
/// ("VII"), those with a kind of schedule ("annual"), or what several of these have in common, in the order of the annex.
/// NULL for any. CAICACH_ERROR_NOT_FOUND where the plan has no such body or group, or there is no such kind.
// Each text comes with its length.
#[allow(clippy::too_many_arguments)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_plan_tasks_of(
    plan: Option<&caicach_plan>,
    body: *const c_char,
    body_len: usize,
    group: *const c_char,
    group_len: usize,
    schedule: *const c_char,
    schedule_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_tasks>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let plan = &given(plan, "plan")?.plan;
        let contents = plan.contents();
        let asked = |data: *const c_char, len, name| {
            // SAFETY: the header asks this of the caller.
            if data.is_null() { Ok(None) } else { unsafe { text(data, len, name) }.map(Some) }
        };
        let body = asked(body, body_len, "body")?
            .map(|id| known("body", id, plan.body(id), contents.body.iter().map(|body| body.id.as_str())))
            .transpose()?;
        let group = asked(group, group_len, "group")?
            .map(|id| {
                let ids = || contents.group.iter().map(|group| group.id.as_str());
                known("group", id, ids().find(|known| *known == id), ids())
            })
            .transpose()?;
        let schedule = asked(schedule, schedule_len, "schedule")?
            .map(|kind| {
                let kinds = ScheduleKind::ALL.iter().map(|kind| kind.as_str());
                known("schedule", kind, ScheduleKind::from_word(kind), kinds)
            })
            .transpose()?;
        let tasks: Vec<&Task> = match body {
            Some(body) => plan.tasks_of_body(&body.id).collect(),
            None => plan.tasks().iter().collect(),
        };
        let wanted = tasks.into_iter().filter(|task| {
            group.is_none_or(|id| task.group.as_str() == id) && schedule.is_none_or(|kind| task.schedule.kind == kind)
        });
        Ok(Box::new(caicach_tasks(wanted.map(caicach_task::new).collect())))
    })
}

/// What has an id, or the failure that says what is near.
pub(crate) fn known<'k, T>(
    what: &str,
    id: &str,
    found: Option<T>,
    ids: impl IntoIterator<Item = &'k str>,
) -> Result<T, Failure> {
    found.ok_or_else(|| {
        let help = caicach::text::nearest(id, ids).map(|near| format!("did you mean `{near}`?"));
        Failure::not_found("unknown_reference", what, format!("the plan has no {what} of this id"), help)
    })
}

/// How many tasks there are.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_tasks_count(tasks: Option<&caicach_tasks>) -> usize {
    getter(0, || Some(tasks?.0.len()))
}

/// One of them; it belongs to the list. NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_tasks_at(tasks: Option<&caicach_tasks>, index: usize) -> Option<&caicach_task> {
    getter(None, || Some(tasks?.0.get(index)))
}

/// Frees them. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_tasks_free(tasks: Option<Box<caicach_tasks>>) {
    free(tasks);
}
