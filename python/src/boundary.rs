//! The one way from Python into the engine.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;

use crate::error::{Pending, Result, internal};

/// Runs engine work with the interpreter let go, so that other Python threads run meanwhile. A panic, which would be a
/// defect of caicach, becomes `caicach.InternalError`.
pub(crate) fn boundary<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> Result<T> {
    let (mut work, mut done) = (Some(work), None);
    guarded(py, &mut || done = work.take().map(|work| work()));
    done.ok_or_else(Pending::left)
}

/// The same of work that writes a text, as much of it does.
pub(crate) fn written(py: Python<'_>, work: &(dyn Fn() -> String + Sync)) -> Result<String> {
    boundary(py, work)
}

/// What `boundary` does, once for all kinds of work. A panic is left as Python's pending exception.
fn guarded(py: Python<'_>, work: &mut (dyn FnMut() + Send)) {
    // Everything the work sees is immutable: a panic cannot leave it half changed.
    if let Err(panic) = py.detach(|| catch_unwind(AssertUnwindSafe(work))) {
        let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        let said = said.unwrap_or("panic without a message");
        // It is pending now, and told by there being no result.
        let _: Pending = internal(format!("caicach has a defect, please report it: {said}"));
    }
}

/// Panics behind the boundary, to test that it comes out as `InternalError`.
#[pyfunction]
pub(crate) fn _panic(py: Python<'_>) -> Result<()> {
    #[allow(clippy::panic)]
    boundary(py, || panic!("asked for"))
}
