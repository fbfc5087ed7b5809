//! Batch after batch.

use std::ffi::{CStr, c_int};
use std::sync::Arc;

use crate::abi::{ArrowArray, ArrowArrayStream, ArrowSchema};
use crate::kind::{Field, fields};
use crate::{Batch, Broken};

/// A stream that is read.
#[derive(Debug)]
pub struct Stream {
    stream: ArrowArrayStream,
    fields: Arc<[Field]>,
}

impl Stream {
    /// Asks the stream for its columns.
    ///
    /// # Errors
    /// [`Broken`] where it has been released, fails, or is not one of record batches.
    pub fn new(mut stream: ArrowArrayStream) -> Result<Self, Broken> {
        let (Some(get_schema), Some(_)) = (stream.get_schema, stream.release) else {
            return Err(Broken("the stream has been released".into()));
        };
        let mut schema = ArrowSchema::released();
        // SAFETY: the stream has not been released, and the schema is a place to write to.
        let code = unsafe { get_schema(&raw mut stream, &raw mut schema) };
        if code != 0 {
            return Err(failed(&mut stream, code));
        }
        Ok(Self { stream, fields: fields(&schema)?.into() })
    }

    /// A batch of no rows with the stream's columns.
    #[must_use]
    pub fn empty(&self) -> Batch {
        Batch::empty(self.fields.clone())
    }
}

impl Iterator for Stream {
    type Item = Result<Batch, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut array = ArrowArray::released();
        let get_next = self.stream.get_next?;
        // SAFETY: the stream has not been released, and the array is a place to write to.
        let code = unsafe { get_next(&raw mut self.stream, &raw mut array) };
        if code != 0 {
            return Some(Err(failed(&mut self.stream, code)));
        }
        array.release.is_some().then(|| Batch::new(array, self.fields.clone()))
    }
}

/// What the stream says of its failure.
fn failed(stream: &mut ArrowArrayStream, code: c_int) -> Broken {
    // SAFETY: the stream has not been released, and its last call has failed.
    let said = stream.get_last_error.map_or(std::ptr::null(), |last| unsafe { last(stream) });
    if said.is_null() {
        return Broken(std::io::Error::from_raw_os_error(code).to_string());
    }
    // SAFETY: it is a text that ends in NUL and stays until the next call; it is copied.
    Broken(unsafe { CStr::from_ptr(said) }.to_string_lossy().into_owned())
}
