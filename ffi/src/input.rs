//! Text that comes in: a pointer and a length in bytes.

use std::ffi::{CStr, c_char};

use caicach::calendar::{Date, parse_iso};

use crate::error::Failure;

/// The length that says: the text ends at its first NUL. `CAICACH_NUL_TERMINATED` in the header.
pub(crate) const NUL_TERMINATED: usize = usize::MAX;

/// The bytes of an argument. NULL is the empty text if its length is 0, and an error otherwise.
///
/// # Safety
/// `data` is NULL or points to `len` bytes, or to a NUL-terminated text where `len` is [`NUL_TERMINATED`], that stay
/// and do not change while the result is used.
pub(crate) unsafe fn bytes<'a>(data: *const c_char, len: usize, name: &str) -> Result<&'a [u8], Failure> {
    if data.is_null() {
        return if len == 0 { Ok(&[]) } else { Err(Failure::null(name)) };
    }
    if len == NUL_TERMINATED {
        // SAFETY: not NULL, and the caller says that it is NUL-terminated and stays.
        return Ok(unsafe { CStr::from_ptr(data) }.to_bytes());
    }
    if isize::try_from(len).is_err() {
        return Err(Failure::argument(name, format!("no text is {len} bytes long")));
    }
    // SAFETY: not NULL, any address is aligned for bytes, the length is not beyond isize, and the caller says that so
    // many bytes are there and stay.
    Ok(unsafe { std::slice::from_raw_parts(data.cast::<u8>(), len) })
}

/// A day of an argument, in ISO text.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn day(data: *const c_char, len: usize, name: &str) -> Result<Date, Failure> {
    // SAFETY: the caller says what `text` asks for.
    let text = unsafe { text(data, len, name) }?;
    parse_iso(text).map_err(|error| Failure::argument(name, error.to_string()))
}

/// The text of an argument.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn text<'a>(data: *const c_char, len: usize, name: &str) -> Result<&'a str, Failure> {
    // SAFETY: the caller says what `bytes` asks for.
    let bytes = unsafe { bytes(data, len, name) }?;
    std::str::from_utf8(bytes).map_err(|error| Failure::utf8(name, &error))
}
