//! Tests are below.
