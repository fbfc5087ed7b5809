//! Where the tasks of the annex stand.

use std::ffi::{CString, c_char};

use caicach::assessment::{TaskState, TaskStatus};
use caicach::calendar::{epoch_days, iso};

use crate::assessment::caicach_assessment;
use crate::guard::getter;
use crate::options::CAICACH_NO_DATE;
use crate::text::{address, c_text};

/// One of the `CAICACH_TASK_STATUS_` constants; 0 where there is none.
pub type caicach_task_status = i32;

/// The event it waits for has not happened (chờ sự kiện).
pub const CAICACH_TASK_STATUS_WAITING_FOR_TRIGGER: caicach_task_status = 1;
/// Its time has not begun (chưa đến kỳ).
pub const CAICACH_TASK_STATUS_NOT_DUE: caicach_task_status = 2;
/// To be done now (cần thực hiện).
pub const CAICACH_TASK_STATUS_DUE: caicach_task_status = 3;
/// Begun (đang thực hiện).
pub const CAICACH_TASK_STATUS_IN_PROGRESS: caicach_task_status = 4;
/// Done in time (hoàn thành).
pub const CAICACH_TASK_STATUS_DONE: caicach_task_status = 5;
/// Done after its last day (hoàn thành trễ).
pub const CAICACH_TASK_STATUS_DONE_LATE: caicach_task_status = 6;
/// Not reported done, and its last day is past (quá hạn).
pub const CAICACH_TASK_STATUS_OVERDUE: caicach_task_status = 7;

fn number(status: TaskStatus) -> caicach_task_status {
    match status {
        TaskStatus::WaitingForTrigger => CAICACH_TASK_STATUS_WAITING_FOR_TRIGGER,
        TaskStatus::NotDue => CAICACH_TASK_STATUS_NOT_DUE,
        TaskStatus::Due => CAICACH_TASK_STATUS_DUE,
        TaskStatus::InProgress => CAICACH_TASK_STATUS_IN_PROGRESS,
        TaskStatus::Done => CAICACH_TASK_STATUS_DONE,
        TaskStatus::DoneLate => CAICACH_TASK_STATUS_DONE_LATE,
        TaskStatus::Overdue => CAICACH_TASK_STATUS_OVERDUE,
    }
}

/// Where a task stands on the day of assessment. It belongs to its assessment and lives as long; so do its texts.
#[derive(Debug)]
pub struct caicach_task_state {
    state: TaskState,
    task: CString,
    schedule: CString,
    status: CString,
    from: Option<CString>,
    due: Option<CString>,
    done: Option<CString>,
    next_due: Option<CString>,
    last_report: Option<CString>,
    lead: Vec<CString>,
    owes: Vec<(CString, CString)>,
}

impl caicach_task_state {
    pub(crate) fn new(state: &TaskState) -> caicach_task_state {
        let owes = state.owes().iter();
        caicach_task_state {
            task: c_text(state.task().as_str()),
            schedule: c_text(state.schedule().as_str()),
            status: c_text(state.status().as_str()),
            from: state.from().map(|day| c_text(iso(day))),
            due: state.due().map(|day| c_text(iso(day))),
            done: state.done().map(|day| c_text(iso(day))),
            next_due: state.next_due().map(|day| c_text(iso(day))),
            last_report: state.last_report().map(|day| c_text(iso(day))),
            lead: state.lead().iter().map(|body| c_text(body.as_str())).collect(),
            owes: owes.map(|owed| (c_text(owed.body.as_str()), c_text(owed.role.as_str()))).collect(),
            state: state.clone(),
        }
    }
}

/// How many tasks the plan has, each with where it stands.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_task_count(assessment: Option<&caicach_assessment>) -> usize {
    getter(0, || Some(assessment?.tasks().len()))
}

/// Where a task stands, in the order of the annex; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_task_at(
    assessment: Option<&caicach_assessment>,
    index: usize,
) -> Option<&caicach_task_state> {
    getter(None, || Some(assessment?.tasks().get(index)))
}

/// The task: "V.9".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_task(state: Option<&caicach_task_state>) -> *const c_char {
    getter(std::ptr::null(), || Some(state?.task.as_ptr()))
}

/// How it is timed: "continuous", "by", "annual".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_schedule_kind(state: Option<&caicach_task_state>) -> *const c_char {
    getter(std::ptr::null(), || Some(state?.schedule.as_ptr()))
}

/// Where it stands; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_status(state: Option<&caicach_task_state>) -> caicach_task_status {
    getter(0, || Some(number(state?.state.status())))
}

/// The word for it: "overdue".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_status_text(state: Option<&caicach_task_state>) -> *const c_char {
    getter(std::ptr::null(), || Some(state?.status.as_ptr()))
}

/// The first day of the time that the status speaks of, as days since 1970-01-01; `CAICACH_NO_DATE` where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_from(state: Option<&caicach_task_state>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(state?.state.from()?)))
}

/// The first day of the time that the status speaks of: "2024-12-31"; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_from_text(state: Option<&caicach_task_state>) -> *const c_char {
    getter(std::ptr::null(), || Some(address(state?.from.as_ref())))
}

/// The last day of that time, as days since 1970-01-01; `CAICACH_NO_DATE` where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_due(state: Option<&caicach_task_state>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(state?.state.due()?)))
}

/// The last day of that time: "2024-12-31"; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_due_text(state: Option<&caicach_task_state>) -> *const c_char {
    getter(std::ptr::null(), || Some(address(state?.due.as_ref())))
}

/// The day on which it was done, as days since 1970-01-01; `CAICACH_NO_DATE` where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_done(state: Option<&caicach_task_state>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(state?.state.done()?)))
}

/// The day on which it was done: "2024-12-31"; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_done_text(state: Option<&caicach_task_state>) -> *const c_char {
    getter(std::ptr::null(), || Some(address(state?.done.as_ref())))
}

/// The first day, from the day of assessment on, on which something of it falls due that is not done, as days since 1970-01-01; `CAICACH_NO_DATE` where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_next_due(state: Option<&caicach_task_state>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(state?.state.next_due()?)))
}

/// The first day, from the day of assessment on, on which something of it falls due that is not done: "2024-12-31"; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_next_due_text(state: Option<&caicach_task_state>) -> *const c_char {
    getter(std::ptr::null(), || Some(address(state?.next_due.as_ref())))
}

/// The day of the last report on it, as days since 1970-01-01; `CAICACH_NO_DATE` where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_last_report(state: Option<&caicach_task_state>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(state?.state.last_report()?)))
}

/// The day of the last report on it: "2024-12-31"; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_last_report_text(state: Option<&caicach_task_state>) -> *const c_char {
    getter(std::ptr::null(), || Some(address(state?.last_report.as_ref())))
}

/// How many days it is overdue; 0 where it is not.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_days_overdue(state: Option<&caicach_task_state>) -> u32 {
    getter(0, || state?.state.days_overdue())
}

/// How many times it fell due and was never reported done, the one that the status speaks of included.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_missed(state: Option<&caicach_task_state>) -> u32 {
    getter(0, || Some(state?.state.missed()))
}

/// How many reports there are on it.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_reports(state: Option<&caicach_task_state>) -> u32 {
    getter(0, || Some(state?.state.reports()))
}

/// How many bodies or groups lead it.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_lead_count(state: Option<&caicach_task_state>) -> usize {
    getter(0, || Some(state?.lead.len()))
}

/// A body or group that leads it, by id; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_lead_at(state: Option<&caicach_task_state>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(address(state?.lead.get(index))))
}

/// How many still owe a report for the time that the status speaks of.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_owed_count(state: Option<&caicach_task_state>) -> usize {
    getter(0, || Some(state?.owes.len()))
}

/// A body or group that does, by id; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_owed_body(state: Option<&caicach_task_state>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(state?.owes.get(index)?.0.as_ptr()))
}

/// Its role: "lead", "coordinate", "carry_out"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_owed_role(state: Option<&caicach_task_state>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(state?.owes.get(index)?.1.as_ptr()))
}

/// Of a group, how many of its members in force have not reported their part; 0 for a body.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_task_state_owed_members(state: Option<&caicach_task_state>, index: usize) -> u32 {
    getter(0, || state?.state.owes().get(index)?.members)
}
