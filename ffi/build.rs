//! Gives the shared library the name under which programs look for it, and has it linked to be small.

#[path = "../python/wheel/smaller.rs"]
mod smaller;

/// As `CAICACH_ABI_VERSION` in `src/version.rs`; a test compares them.
const ABI_VERSION: u32 = 0;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../python/wheel/smaller.rs");
    smaller::link_smaller();
    let unix = std::env::var_os("CARGO_CFG_UNIX").is_some();
    match std::env::var("CARGO_CFG_TARGET_VENDOR").as_deref() {
        Ok("apple") => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-install_name,@rpath/libcaicach.{ABI_VERSION}.dylib");
        }
        _ if unix => println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libcaicach.so.{ABI_VERSION}"),
        _ => {}
    }
}
