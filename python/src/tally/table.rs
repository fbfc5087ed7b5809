//! Tables for whoever reads Arrow data.

use arrow_array::cast::AsArray;
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Date32Type, UInt64Type};
use arrow_array::{Array, RecordBatch, RecordBatchIterator};
use arrow_schema::DataType;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};

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
pub(crate) struct Table(pub(super) RecordBatch);

fn failed(error: &arrow_schema::ArrowError) -> PyErr {
    crate::error::InternalError::new_err(error.to_string())
}

/// A column as Python values.
fn list<'py>(py: Python<'py>, array: &dyn Array) -> PyResult<Bound<'py, PyList>> {
    match array.data_type() {
        DataType::Date32 => {
            let days = array.as_primitive::<Date32Type>().iter().map(|day| {
                let date = day.and_then(caicach::calendar::from_epoch_days);
                date.map(|date| value::date(py, date)).transpose()
            });
            PyList::new(py, days.collect::<PyResult<Vec<_>>>()?)
        }
        DataType::UInt64 => PyList::new(py, array.as_primitive::<UInt64Type>().iter().collect::<Vec<_>>()),
        _ => PyList::new(py, array.as_string::<i32>().iter().collect::<Vec<_>>()),
    }
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.0.schema_ref().fields().iter().map(|field| field.name().as_str()).collect()
    }

    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    /// A stream of the rows; a new one for each call.
    #[pyo3(signature = (requested_schema=None))]
    pub(super) fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer give what it has where it does not cast.
        let _ = requested_schema;
        let reader = RecordBatchIterator::new([Ok(self.0.clone())], self.0.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.0.schema_ref().as_ref()).map_err(|error| failed(&error))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The columns by name, as lists of Python values.
    pub(super) fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (field, array) in self.0.schema_ref().fields().iter().zip(self.0.columns()) {
            dict.set_item(field.name(), list(py, array.as_ref())?)?;
        }
        Ok(dict)
    }

    /// A pyarrow.Table. Needs pyarrow: pip install "caicach[arrow]".
    pub(super) fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("caicach._tables")?.call_method1("to_arrow", (slf,))
    }

    /// A polars.DataFrame. Needs polars: pip install "caicach[polars]".
    pub(super) fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("caicach._tables")?.call_method1("to_polars", (slf,))
    }

    /// A pandas.DataFrame, whose counts are Int64. Needs pandas: pip install "caicach[pandas]".
    pub(super) fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("caicach._tables")?.call_method1("to_pandas", (slf,))
    }

    fn __repr__(&self) -> String {
        format!("<Table {} rows, {} columns>", self.0.num_rows(), self.0.num_columns())
    }
}
