//! Whatever gives Arrow data through the PyCapsule interface, as record batches.

use caicach_arrow::{ArrowArray, ArrowArrayStream, ArrowSchema, Batch, Broken, Stream};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyIterator, PyMapping, PyString};

use super::error::error;

/// Batches of rows, one after the other. What is asked for the next one need not hold the interpreter.
pub(super) enum Source {
    /// A stream, and whether it has given anything yet.
    Stream(Stream, bool),
    /// One batch.
    Batch(Option<Batch>),
    /// Several sources in turn, which Python makes as they are asked for.
    Items(Py<PyIterator>, Option<Box<Source>>),
}

fn broken(error: &Broken) -> PyErr {
    // Of one attachment: an exception does not stay pending without the interpreter.
    Python::attach(|_| self::error("arrow", "", format!("the Arrow data cannot be read: {error}"), None).into())
}

impl Source {
    /// Anything with `__arrow_c_stream__` or `__arrow_c_array__`, a lazy frame of polars, or an iterable of such.
    pub(super) fn of(data: &Bound<'_, PyAny>) -> PyResult<Source> {
        if data.hasattr("__arrow_c_stream__")? {
            return stream(&data.call_method0("__arrow_c_stream__")?);
        }
        if data.hasattr("__arrow_c_array__")? {
            return batch(&data.call_method0("__arrow_c_array__")?);
        }
        // A lazy frame of polars has no rows before it is collected.
        if data.hasattr("collect_schema")? {
            return Source::of(&data.call_method0("collect")?);
        }
        // Frames of a pandas that does not have the interface yet iterate over their headings.
        let old_pandas = data.hasattr("iloc")? && data.hasattr("dtypes")?;
        if old_pandas {
            let table = data.py().import("pyarrow")?.getattr("Table")?;
            return stream(&table.call_method1("from_pandas", (data,))?.call_method0("__arrow_c_stream__")?);
        }
        let text = data.is_instance_of::<PyString>() || data.cast::<PyMapping>().is_ok();
        match PyIterator::from_object(data) {
            Ok(items) if !text => Ok(Source::Items(items.unbind(), None)),
            _ => {
                let name = data.get_type().name()?;
                let what = "an object with __arrow_c_stream__ or __arrow_c_array__, or an iterable of such";
                Err(PyTypeError::new_err(format!("expected {what}, found {name}")))
            }
        }
    }

    /// The next batch. Attaches to Python only where Python has to make it.
    pub(super) fn next(&mut self) -> Option<PyResult<Batch>> {
        match self {
            Source::Stream(reader, given) => match reader.next() {
                // The columns of a stream without rows are looked at as well.
                None if !*given => {
                    *given = true;
                    Some(Ok(reader.empty()))
                }
                next => {
                    *given = true;
                    next.map(|batch| batch.map_err(|error| broken(&error)))
                }
            },
            Source::Batch(batch) => batch.take().map(Ok),
            Source::Items(items, current) => loop {
                if let Some(batch) = current.as_mut().and_then(|source| source.next()) {
                    return Some(batch);
                }
                let next = Python::attach(|py| items.bind(py).clone().next().map(|item| Source::of(&item?)))?;
                match next {
                    Ok(source) => *current = Some(Box::new(source)),
                    Err(error) => return Some(Err(error)),
                }
            },
        }
    }
}

fn stream(capsule: &Bound<'_, PyAny>) -> PyResult<Source> {
    let pointer = capsule.cast::<PyCapsule>()?.pointer_checked(Some(c"arrow_array_stream"))?;
    // SAFETY: a capsule of this name holds an ArrowArrayStream by the Arrow PyCapsule interface. It is moved out, and
    // what is left behind is marked as released, so that the capsule's destructor does not release it again.
    let stream = unsafe { pointer.cast::<ArrowArrayStream>().as_mut() }.take();
    Stream::new(stream).map(|stream| Source::Stream(stream, false)).map_err(|error| broken(&error))
}

fn batch(capsules: &Bound<'_, PyAny>) -> PyResult<Source> {
    let (schema, array) = capsules.extract::<(Bound<'_, PyCapsule>, Bound<'_, PyCapsule>)>()?;
    let schema = schema.pointer_checked(Some(c"arrow_schema"))?.cast::<ArrowSchema>();
    let array = array.pointer_checked(Some(c"arrow_array"))?.cast::<ArrowArray>();
    // SAFETY: a capsule of this name holds an ArrowSchema, which lives as long as the capsule; `capsules` holds it here.
    let schema = unsafe { schema.as_ref() };
    // SAFETY: a capsule of this name holds an ArrowArray. It is moved out and marked as released behind.
    let array = unsafe { { array }.as_mut() }.take();
    Batch::of(schema, array).map(|batch| Source::Batch(Some(batch))).map_err(|error| broken(&error))
}
