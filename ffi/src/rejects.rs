//! Rows that could not be taken.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;

use caicach::tally::Reject;

use crate::error::caicach_error;
use crate::guard::{fallible, free, getter, given};
use crate::status::caicach_status;
use crate::tally::caicach_tally;
use crate::text::c_text;

/// The rows that a tally could not take (bảng dòng bị loại): all are counted, the first ones kept. Immutable. Free it
/// with `caicach_rejects_free`; it does not need its tally any more.
#[derive(Debug)]
pub struct caicach_rejects {
    total: u64,
    kept: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    source: CString,
    line: u64,
    column: CString,
    value: CString,
    reason: CString,
    message: CString,
}

impl Entry {
    fn new(reject: &Reject) -> Entry {
        Entry {
            source: c_text(reject.source.as_str()),
            line: reject.line,
            column: c_text(reject.column.as_str()),
            value: c_text(reject.value.as_str()),
            reason: c_text(reject.reason.code()),
            message: c_text(reject.reason.message()),
        }
    }
}

/// The rows that could not be taken.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_tally_rejects(
    tally: Option<&caicach_tally>,
    out: Option<&mut MaybeUninit<Box<caicach_rejects>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let rejects = &given(tally, "tally")?.rejects;
        let kept = rejects.kept().iter().map(Entry::new).collect();
        Ok(Box::new(caicach_rejects { total: rejects.total(), kept }))
    })
}

/// How many rows were rejected since the tally was made.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rejects_total(rejects: Option<&caicach_rejects>) -> u64 {
    getter(0, || Some(rejects?.total))
}

/// How many of them are kept.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rejects_len(rejects: Option<&caicach_rejects>) -> usize {
    getter(0, || Some(rejects?.kept.len()))
}

/// The file or label that a row came from; may be empty. NULL beyond the last. As all texts here it lives as long as
/// the rejects.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rejects_source(rejects: Option<&caicach_rejects>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(rejects?.kept.get(index)?.source.as_ptr()))
}

/// The line of the file on which a row begins, or the row, from 1; 0 beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rejects_line(rejects: Option<&caicach_rejects>, index: usize) -> u64 {
    getter(0, || Some(rejects?.kept.get(index)?.line))
}

/// The heading of the column at fault; empty for the whole row.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rejects_column(rejects: Option<&caicach_rejects>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(rejects?.kept.get(index)?.column.as_ptr()))
}

/// The value as it was read, cut to 80 characters.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rejects_value(rejects: Option<&caicach_rejects>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(rejects?.kept.get(index)?.value.as_ptr()))
}

/// Why, as a stable word: "bad_due".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rejects_reason(rejects: Option<&caicach_rejects>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(rejects?.kept.get(index)?.reason.as_ptr()))
}

/// Why, in English.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rejects_message(rejects: Option<&caicach_rejects>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(rejects?.kept.get(index)?.message.as_ptr()))
}

/// Frees rejects. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rejects_free(rejects: Option<Box<caicach_rejects>>) {
    free(rejects);
}
