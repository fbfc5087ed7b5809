//! The Arrow C data and stream interfaces, as far as tallies need them: batches of dossiers in, tables of counts out.
//!
//! A library for Arrow knows every type there is, and as code each of them costs. Of these interfaces, which are three
//! structs, tallies read eighteen types and write three.
//!
//! What others hand over is taken to be valid by Arrow's format, which cannot be checked: pointers point to as much as
//! lengths say. What can be checked at little cost is.

mod abi;
mod batch;
mod export;
mod kind;
mod stream;

pub use abi::{ArrowArray, ArrowArrayStream, ArrowSchema};
pub use batch::Batch;
pub use export::{schema_of, stream_of};
pub use stream::Stream;

/// Why Arrow data cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken(pub(crate) String);

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Broken {}
