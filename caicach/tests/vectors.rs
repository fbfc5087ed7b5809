//! The shared cases of `tests/vectors`, which the C and Python clients run as well.

mod common;

#[test]
fn every_vector_holds() {
    common::run_folder("vectors");
}
