//! Which library this is.

use std::ffi::{CStr, c_char};

use crate::guard::getter;

/// The number of the binary interface, which stands in the name of the shared library (`libcaicach.so.0`).
pub const CAICACH_ABI_VERSION: u32 = 0;

/// The version of the library that is running: "0.1.0". Lives as long as the library.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    getter(c"".as_ptr(), || CStr::from_bytes_with_nul(VERSION.as_bytes()).ok().map(CStr::as_ptr))
}

/// `CAICACH_ABI_VERSION` of the library that is running. A program compiled with another value must not go on.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_abi_version() -> u32 {
    getter(CAICACH_ABI_VERSION, || Some(CAICACH_ABI_VERSION))
}
