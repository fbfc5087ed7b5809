//! The one place through which every function of the interface runs.

use std::any::Any;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Failure, caicach_error};
use crate::status::{CAICACH_ERROR_INTERNAL, CAICACH_OK, caicach_status};

/// What a panic carries.
type Payload = Box<dyn Any + Send>;

/// A panic that was stopped, with its message.
#[derive(Debug)]
pub(crate) struct Stopped(pub(crate) String);

/// Runs a body and stops a panic: none may cross into C.
///
/// Handles are immutable, or changed last and whole, and outputs are written last, so nothing half-changed can be seen
/// after one. What is done after a panic or an error is compiled once, not for every function.
fn guard<T>(body: impl FnOnce() -> T) -> Result<T, Payload> {
    catch_unwind(AssertUnwindSafe(body))
}

/// Drops what a panic carries.
#[cold]
#[inline(never)]
fn put_away(payload: Payload) {
    // It may panic once more as it is dropped; then it is leaked.
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(again);
    }
}

#[cold]
#[inline(never)]
fn stopped(payload: Payload) -> Failure {
    let message = message(payload.as_ref());
    put_away(payload);
    Failure::internal(Stopped(message))
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message").to_owned()
}

/// A function that can fail: writes the output on success alone, the error on failure alone.
pub(crate) fn fallible<T>(
    out: Option<&mut MaybeUninit<T>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
    body: impl FnOnce() -> Result<T, Failure>,
) -> caicach_status {
    let made = guard(|| {
        let out = given(out, "out")?;
        Ok((out, body()?))
    });
    match made {
        Ok(Ok((out, value))) => {
            out.write(value);
            CAICACH_OK
        }
        Ok(Err(failure)) => failed(error, failure),
        Err(payload) => failed(error, stopped(payload)),
    }
}

#[cold]
#[inline(never)]
fn failed(error: Option<&mut MaybeUninit<Box<caicach_error>>>, failure: Failure) -> caicach_status {
    let status = failure.status();
    match (error, guard(|| Box::new(caicach_error::new(failure)))) {
        (Some(error), Ok(object)) => {
            error.write(object);
            status
        }
        (None, Ok(_)) => status,
        (_, Err(payload)) => {
            put_away(payload);
            CAICACH_ERROR_INTERNAL
        }
    }
}

/// A function that can fail and changes a handle instead of making one. What it changes it changes last.
pub(crate) fn changing(
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
    body: impl FnOnce() -> Result<(), Failure>,
) -> caicach_status {
    fallible(Some(&mut MaybeUninit::uninit()), error, body)
}

/// A function that cannot fail but may have nothing to say.
pub(crate) fn getter<T>(nothing: T, body: impl FnOnce() -> Option<T>) -> T {
    match guard(body) {
        Ok(found) => found.unwrap_or(nothing),
        Err(payload) => {
            put_away(payload);
            nothing
        }
    }
}

/// Gives a handle back. NULL is nothing to give back.
pub(crate) fn free<T>(handle: Option<Box<T>>) {
    // Nothing can be reported here, and a panic must not cross.
    if let Err(payload) = guard(|| drop(handle)) {
        put_away(payload);
    }
}

/// An argument that must not be NULL.
pub(crate) fn given<T>(argument: Option<T>, name: &'static str) -> Result<T, Failure> {
    argument.ok_or_else(|| Failure::null(name))
}
