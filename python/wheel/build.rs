//! Links the wheel's library to be small.

mod smaller;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=smaller.rs");
    smaller::link_smaller();
}
