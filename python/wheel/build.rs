//! Links the wheel's library to be small.

#[path = "../../ffi/smaller.rs"]
mod smaller;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../ffi/smaller.rs");
    smaller::link_smaller();
}
