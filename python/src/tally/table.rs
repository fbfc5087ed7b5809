//! Tables for whoever reads Arrow data.

use std::sync::Arc;

use caicach::tally::arrow as core;
use caicach_arrow::{schema_of, stream_of};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};

use crate::error::Result;
use crate::to_python::{Item, call, list};
use crate::value;

/// Rows of a tally, or rows that it could not take, as a table: for pyarrow, polars, DuckDB and whatever else reads the
/// Arrow PyCapsule interface.
///
/// >>> import caicach
/// >>> text = b"body,received,due\nA,01/02/2024,05/02/2024\n"
/// >>> table = caicach.Tally.from_csv(text, as_of="2024-02-29").table("body")
/// >>> len(table), table.columns[:3], table.to_dict()["received_total"]
/// (1, ['body', 'received_total', 'received_online'], [1])
#[pyclass(frozen, module = "caicach.tally")]
pub(crate) struct Table(Arc<core::Table>);

impl Table {
    pub(super) fn of(table: core::Table) -> Table {
        Table(Arc::new(table))
    }
}

/// A column as Python values.
fn column<'py>(py: Python<'py>, cells: &core::Cells) -> Result<Bound<'py, PyList>> {
    match cells {
        core::Cells::Days(days) => {
            let date = |day: &Option<i32>| match day.and_then(caicach::calendar::from_epoch_days) {
                Some(date) => Item(value::date(py, date).map(Bound::into_any)),
                None => Item(Ok(py.None().into_bound(py))),
            };
            list(py, days.iter().map(date))
        }
        core::Cells::Counts(counts) => list(py, counts),
        core::Cells::Texts(texts) => list(py, texts),
    }
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.0.columns().iter().map(|column| column.name).collect()
    }

    fn __len__(&self) -> usize {
        self.0.rows()
    }

    /// A stream of the rows; a new one for each call.
    #[pyo3(signature = (requested_schema=None))]
    pub(super) fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyCapsule>> {
        // The interface lets a producer give what it has where it does not cast.
        let _ = requested_schema;
        Ok(PyCapsule::new_with_value(py, stream_of(self.0.clone()), c"arrow_array_stream")?)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyCapsule>> {
        Ok(PyCapsule::new_with_value(py, schema_of(&self.0), c"arrow_schema")?)
    }

    /// The columns by name, as lists of Python values.
    pub(super) fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for column in self.0.columns() {
            dict.set_item(column.name, self::column(py, &column.cells)?)?;
        }
        Ok(dict)
    }

    /// A pyarrow.Table. Needs pyarrow: pip install "caicach[arrow]".
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> Result<Bound<'py, PyAny>> {
        call(slf.py(), "caicach._tables", "to_arrow", (slf,))
    }

    /// A polars.DataFrame. Needs polars: pip install "caicach[polars]".
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> Result<Bound<'py, PyAny>> {
        call(slf.py(), "caicach._tables", "to_polars", (slf,))
    }

    /// A pandas.DataFrame, whose counts are Int64. Needs pandas: pip install "caicach[pandas]".
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> Result<Bound<'py, PyAny>> {
        call(slf.py(), "caicach._tables", "to_pandas", (slf,))
    }

    fn __repr__(&self) -> String {
        format!("<Table {} rows, {} columns>", self.0.rows(), self.0.columns().len())
    }
}
