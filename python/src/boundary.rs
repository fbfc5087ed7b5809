//! The one way from Python into the engine.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;

use crate::error::InternalError;

/// Runs engine work with the interpreter let go, so that other Python threads run meanwhile. A panic, which would be a
/// defect of caicach, becomes `caicach.InternalError`.
pub(crate) fn boundary<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    // Everything the work sees is immutable: a panic cannot leave it half changed.
    py.detach(|| catch_unwind(AssertUnwindSafe(work))).map_err(|panic| {
        let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        InternalError::new_err(format!(
            "caicach has a defect, please report it: {}",
            said.unwrap_or("panic without a message")
        ))
    })
}

/// Panics behind the boundary, to test that it comes out as `InternalError`.
#[pyfunction]
pub(crate) fn _panic(py: Python<'_>) -> PyResult<()> {
    #[allow(clippy::panic)]
    boundary(py, || panic!("asked for"))
}
