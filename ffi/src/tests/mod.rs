//! What C can do to the library, done from Rust.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod answers;
mod arguments;
mod guarded;
mod options;
mod plans;
mod tally;
mod views;

use std::ffi::{CStr, c_char};
use std::mem::MaybeUninit;

use crate::assessment::{caicach_assess, caicach_assessment};
use crate::error::caicach_error;
use crate::facts::{caicach_facts, caicach_facts_from_json};
use crate::input::NUL_TERMINATED;
use crate::options::{CAICACH_NO_DATE, caicach_assess_options, caicach_reading_choice};
use crate::plan::{caicach_plan, caicach_plan_builtin};
use crate::status::{CAICACH_OK, caicach_status};

type Out<'a, T> = Option<&'a mut MaybeUninit<Box<T>>>;

/// Calls a function with an output and an error, and takes the one that it says it wrote.
fn call<T>(f: impl FnOnce(Out<'_, T>, Out<'_, caicach_error>) -> caicach_status) -> Result<Box<T>, Box<caicach_error>> {
    let (mut out, mut error) = (MaybeUninit::uninit(), MaybeUninit::uninit());
    match f(Some(&mut out), Some(&mut error)) {
        // SAFETY: the output is written on success.
        CAICACH_OK => Ok(unsafe { out.assume_init() }),
        status => {
            // SAFETY: the error is written on failure.
            let error: Box<caicach_error> = unsafe { error.assume_init() };
            assert_eq!(crate::error::caicach_error_code(Some(&error)), status);
            Err(error)
        }
    }
}

/// A borrowed text.
fn read<'a>(text: *const c_char) -> &'a str {
    assert!(!text.is_null());
    // SAFETY: the getters give NUL-terminated texts, and the tests keep the handle.
    unsafe { CStr::from_ptr(text) }.to_str().unwrap()
}

fn pointer(text: &str) -> (*const c_char, usize) {
    (text.as_ptr().cast(), text.len())
}

fn plan() -> Box<caicach_plan> {
    call(|out, error| caicach_plan_builtin(out, error)).unwrap()
}

fn facts(json: &str) -> Result<Box<caicach_facts>, Box<caicach_error>> {
    let (data, len) = pointer(json);
    // SAFETY: the text is there during the call.
    call(|out, error| unsafe { caicach_facts_from_json(data, len, out, error) })
}

/// The options as `CAICACH_ASSESS_OPTIONS_INIT` gives them.
fn init() -> caicach_assess_options {
    caicach_assess_options {
        struct_size: size_of::<caicach_assess_options>(),
        as_of: std::ptr::null(),
        as_of_len: 0,
        readings: std::ptr::null(),
        reading_count: 0,
        as_of_days: CAICACH_NO_DATE,
        flags: 0,
        known_on: std::ptr::null(),
        known_on_len: 0,
    }
}

fn on(day: &CStr) -> caicach_assess_options {
    caicach_assess_options { as_of: day.as_ptr(), as_of_len: NUL_TERMINATED, ..init() }
}

fn choice(key: &CStr, option: &CStr) -> caicach_reading_choice {
    caicach_reading_choice {
        key: key.as_ptr(),
        key_len: NUL_TERMINATED,
        option: option.as_ptr(),
        option_len: NUL_TERMINATED,
    }
}

fn assess(
    facts: &caicach_facts,
    options: *const caicach_assess_options,
) -> Result<Box<caicach_assessment>, Box<caicach_error>> {
    let plan = plan();
    // SAFETY: the options are there during the call.
    call(|out, error| unsafe { caicach_assess(Some(&plan), Some(facts), options, out, error) })
}

const WARD: &str = r#"{"schema": "caicach/facts/1", "dossier_counts": [
    {"body": "UBND phường Lộc Thọ", "from": "2024-01-01", "to": "2024-12-31",
     "resolved": {"late": 212, "total": 3905}, "source": "a\u0000b"}]}"#;
