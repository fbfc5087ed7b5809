//! What an assessment was made from.

use std::ffi::{CString, c_char};

use caicach::assessment::Receipt;
use caicach::calendar::{epoch_days, iso};

use crate::guard::getter;
use crate::options::CAICACH_NO_DATE;
use crate::text::{address, c_text};

/// Engine, plan, facts, day and readings of an assessment, so that it can be made again years later. It belongs to its
/// assessment and lives as long; so do its texts.
#[derive(Debug)]
pub struct caicach_receipt {
    engine: CString,
    plan: CString,
    plan_fingerprint: CString,
    facts_fingerprint: CString,
    as_of: CString,
    as_of_days: i32,
    known_on: Option<CString>,
    known_on_days: i32,
    readings: Vec<(CString, CString)>,
}

impl caicach_receipt {
    pub(crate) fn new(receipt: &Receipt) -> caicach_receipt {
        let taken = receipt.readings().iter();
        caicach_receipt {
            engine: c_text(receipt.engine()),
            plan: c_text(receipt.plan()),
            plan_fingerprint: c_text(receipt.plan_fingerprint()),
            facts_fingerprint: c_text(receipt.facts_fingerprint()),
            as_of: c_text(iso(receipt.as_of())),
            as_of_days: epoch_days(receipt.as_of()),
            known_on: receipt.known_on().map(|day| c_text(iso(day))),
            known_on_days: receipt.known_on().map_or(CAICACH_NO_DATE, epoch_days),
            readings: taken.map(|(key, option)| (c_text(key.as_str()), c_text(option.as_str()))).collect(),
        }
    }
}

/// Name and version of the engine: "caicach 0.1.0".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_receipt_engine(receipt: Option<&caicach_receipt>) -> *const c_char {
    getter(std::ptr::null(), || Some(receipt?.engine.as_ptr()))
}

/// Number of the plan.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_receipt_plan(receipt: Option<&caicach_receipt>) -> *const c_char {
    getter(std::ptr::null(), || Some(receipt?.plan.as_ptr()))
}

/// As `caicach_plan_fingerprint`.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_receipt_plan_fingerprint(receipt: Option<&caicach_receipt>) -> *const c_char {
    getter(std::ptr::null(), || Some(receipt?.plan_fingerprint.as_ptr()))
}

/// As `caicach_facts_fingerprint`.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_receipt_facts_fingerprint(receipt: Option<&caicach_receipt>) -> *const c_char {
    getter(std::ptr::null(), || Some(receipt?.facts_fingerprint.as_ptr()))
}

/// The day of assessment, as days since 1970-01-01; `CAICACH_NO_DATE` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_receipt_as_of(receipt: Option<&caicach_receipt>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(receipt?.as_of_days))
}

/// The day of assessment: "2025-01-15".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_receipt_as_of_text(receipt: Option<&caicach_receipt>) -> *const c_char {
    getter(std::ptr::null(), || Some(receipt?.as_of.as_ptr()))
}

/// The day by whose knowledge was judged, as days since 1970-01-01; `CAICACH_NO_DATE` where none was given.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_receipt_known_on(receipt: Option<&caicach_receipt>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(receipt?.known_on_days))
}

/// The day by whose knowledge was judged: "2025-03-01"; NULL where none was given.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_receipt_known_on_text(receipt: Option<&caicach_receipt>) -> *const c_char {
    getter(std::ptr::null(), || Some(address(receipt?.known_on.as_ref())))
}

/// How many readings the plan has; for each of them one option was taken.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_receipt_reading_count(receipt: Option<&caicach_receipt>) -> usize {
    getter(0, || Some(receipt?.readings.len()))
}

/// The key of a reading; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_receipt_reading_key(receipt: Option<&caicach_receipt>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(receipt?.readings.get(index)?.0.as_ptr()))
}

/// The option taken for a reading; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_receipt_reading_option(receipt: Option<&caicach_receipt>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(receipt?.readings.get(index)?.1.as_ptr()))
}
