//! Bytes that go out.

use crate::guard::{free, getter};

/// Bytes of their own. Free them with `caicach_bytes_free`.
#[derive(Debug)]
pub struct caicach_bytes(pub(crate) Vec<u8>);

/// The first byte. Lives as long as the bytes.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_bytes_data(bytes: Option<&caicach_bytes>) -> *const u8 {
    getter(std::ptr::null(), || Some(bytes?.0.as_ptr()))
}

/// How many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_bytes_len(bytes: Option<&caicach_bytes>) -> usize {
    getter(0, || Some(bytes?.0.len()))
}

/// Frees bytes. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_bytes_free(bytes: Option<Box<caicach_bytes>>) {
    free(bytes);
}
