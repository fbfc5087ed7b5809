//! Laws that hold for all facts, tried on facts made at random.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, clippy::expect_used)]

mod common;
mod laws {
    pub(crate) mod ceilings;
    pub(crate) mod facts;
    pub(crate) mod headroom;
    pub(crate) mod hostile;
    pub(crate) mod knowledge;
    pub(crate) mod monotone;
    pub(crate) mod numbers;
    pub(crate) mod order;
    pub(crate) mod ranks;
    pub(crate) mod readings;
}
