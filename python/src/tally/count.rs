//! Rows in memory, counted batch by batch.

use std::time::{Duration, Instant};

use caicach::tally as core;
use pyo3::prelude::*;

use super::error;
use super::input::Source;
use crate::error::Pending;

/// How often Ctrl-C is looked for.
const LOOK: Duration = Duration::from_millis(100);

/// What stops a count in memory.
pub(super) enum Stop {
    Python(PyErr),
    Batch(core::arrow::ArrowError),
    Count(core::TallyError),
}

impl Stop {
    pub(super) fn raise(self) -> Pending {
        match self {
            Stop::Python(error) => error.into(),
            Stop::Batch(error) => error::batch(&error),
            Stop::Count(error) => error::counting(&error),
        }
    }
}

/// What headings stand for.
type Mapping = [(String, Option<core::Role>)];

/// Counts batch after batch, without the interpreter.
pub(super) fn count(
    mut source: Source,
    mut tallier: core::Tallier<'_>,
    mapping: &Mapping,
) -> Result<core::Counted, Stop> {
    let mut looked = Instant::now();
    while let Some(batch) = source.next() {
        let batch = batch.map_err(Stop::Python)?;
        let columns = batch.columns(mapping).map_err(Stop::Batch)?;
        tallier.add(&columns).map_err(Stop::Count)?;
        if looked.elapsed() > LOOK {
            Python::attach(|py| py.check_signals()).map_err(Stop::Python)?;
            looked = Instant::now();
        }
    }
    tallier.finish().map_err(Stop::Count)
}
