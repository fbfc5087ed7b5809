//! Panics stop at the guard, and outputs are written on success alone.

use std::mem::MaybeUninit;

use super::read;
use crate::error::{caicach_error, caicach_error_details_json, caicach_error_message};
use crate::guard::{fallible, free, getter};
use crate::status::{CAICACH_ERROR_INTERNAL, CAICACH_ERROR_NULL_ARGUMENT, CAICACH_OK};

/// Panics as it is dropped.
struct Late;

impl Drop for Late {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

#[test]
fn a_panic_is_an_internal_error() {
    let mut out = MaybeUninit::new(7_i64);
    let mut error: MaybeUninit<Box<caicach_error>> = MaybeUninit::uninit();
    let status = fallible(Some(&mut out), Some(&mut error), || panic!("broken {}", 1));
    assert_eq!(status, CAICACH_ERROR_INTERNAL);
    // SAFETY: the error is written on failure.
    let error = unsafe { error.assume_init() };
    assert_eq!(read(caicach_error_message(Some(&error))), "internal error: broken 1; please report it");
    let json = r#"[{"code":"internal","path":"","message":"internal error: broken 1","help":"please report it"}]"#;
    assert_eq!(read(caicach_error_details_json(Some(&error))), json);
    // SAFETY: it was written before the call, and the failed call left it.
    assert_eq!(unsafe { out.assume_init() }, 7);
}

#[test]
fn an_error_may_be_left_out() {
    let mut out = MaybeUninit::<i64>::uninit();
    assert_eq!(fallible(Some(&mut out), None, || panic!("broken")), CAICACH_ERROR_INTERNAL);
    assert_eq!(fallible::<i64>(None, None, || Ok(1)), CAICACH_ERROR_NULL_ARGUMENT);
    assert_eq!(fallible(Some(&mut out), None, || Ok(1)), CAICACH_OK);
}

#[test]
fn success_leaves_the_error_alone() {
    let mut out = MaybeUninit::<i64>::uninit();
    let mut error: MaybeUninit<Box<caicach_error>> = MaybeUninit::zeroed();
    assert_eq!(fallible(Some(&mut out), Some(&mut error), || Ok(1)), CAICACH_OK);
    // SAFETY: the bytes of a NULL box read as an option of one.
    assert!(unsafe { error.as_ptr().cast::<Option<Box<caicach_error>>>().read() }.is_none());
}

#[test]
fn a_payload_that_panics_stops_too() {
    let late = || std::panic::panic_any(Late);
    assert_eq!(getter(3, late), 3);
    free(Some(Box::new(Late)));
}
