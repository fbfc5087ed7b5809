//! Tasks of a plan.

use std::ffi::{CString, c_char};

use caicach::plan::task::Task;

use crate::guard::getter;
use crate::text::{address, c_text};

/// A task (nhiệm vụ) of the annex. It belongs to its plan and lives as long; so do its texts.
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
