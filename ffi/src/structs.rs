//! Structs and arrays that come in.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use caicach::calendar::{Date, from_epoch_days, parse_iso};

use crate::error::Failure;
use crate::input::text;
use crate::options::CAICACH_NO_DATE;

/// A struct of options, which may grow at its end.
///
/// # Safety
/// `repr(C)`; begins with a `size_t` that says its size; has no fields but integers, raw pointers and optional
/// function pointers, so that zeroes are a value of it.
pub(crate) unsafe trait Growing: Copy {
    /// What it begins as in C.
    const INIT: &'static str;
    /// Its size in its first version; no program has a shorter one.
    const FIRST_SIZE: usize;
}

/// Beyond this a size is taken for garbage.
const MOST_SIZE: usize = 4096;

/// Copies a struct as far as both sides know it.
///
/// # Safety
/// `given` is NULL or points to a `size_t` that says how many bytes are there from it on.
pub(crate) unsafe fn copy<T: Growing>(given: *const T, name: &str) -> Result<T, Failure> {
    if given.is_null() {
        return Err(Failure::null(name));
    }
    // SAFETY: not NULL, and the caller says that at least the size is there. The address may be odd.
    let size = unsafe { given.cast::<usize>().read_unaligned() };
    let path = format!("{name}.struct_size");
    if !(T::FIRST_SIZE..=MOST_SIZE).contains(&size) {
        let (first, help) = (T::FIRST_SIZE, format!("begin with {}", T::INIT));
        return Err(Failure::options(&path, format!("{size} bytes, expected {first} or more"), Some(&help)));
    }
    let known = size_of::<T>();
    // No struct has had more than two versions: what lies between them is cut off in a field.
    if size > T::FIRST_SIZE && size < known {
        return Err(Failure::options(&path, format!("{size} bytes, which no version has"), None));
    }
    // SAFETY: the caller says that `size` bytes are there, and any address is aligned for bytes.
    let all = unsafe { std::slice::from_raw_parts(given.cast::<u8>(), size) };
    let (ours, tail) = all.split_at_checked(known).unwrap_or((all, &[]));
    if tail.iter().any(|byte| *byte != 0) {
        let message = format!("{size} bytes, and those beyond {known} are not zero");
        let help = "the program sets a field that this version of the library does not have";
        return Err(Failure::options(&path, message, Some(help)));
    }
    let mut copy = MaybeUninit::<T>::zeroed();
    // SAFETY: `ours` is no longer than the struct; the two do not overlap, one being on this stack.
    unsafe { std::ptr::copy_nonoverlapping(ours.as_ptr(), copy.as_mut_ptr().cast::<u8>(), ours.len()) };
    // SAFETY: zeroed and then overwritten by what the caller says is such a struct.
    Ok(unsafe { copy.assume_init() })
}

/// An array of structs; NULL is an empty one if its count is 0.
///
/// # Safety
/// `data` is NULL or points to so many, which stay and do not change while the result is used.
pub(crate) unsafe fn array<'a, T>(data: *const T, count: usize, name: &str) -> Result<&'a [T], Failure> {
    if count == 0 {
        return Ok(&[]);
    }
    if data.is_null() {
        return Err(Failure::null(name));
    }
    let most = isize::MAX.unsigned_abs() / size_of::<T>().max(1);
    if count > most || !data.is_aligned() {
        return Err(Failure::argument(name, format!("no array of {count} at this address")));
    }
    // SAFETY: not NULL, aligned, not beyond isize, and the caller says that so many are there and stay.
    Ok(unsafe { std::slice::from_raw_parts(data, count) })
}

/// A day that is given as text or as days since 1970-01-01, in one of the two ways or not at all.
///
/// # Safety
/// As [`text`].
pub(crate) unsafe fn day(data: *const c_char, len: usize, days: i32, path: &str) -> Result<Option<Date>, Failure> {
    match (data.is_null(), days) {
        (true, CAICACH_NO_DATE) => Ok(None),
        (true, days) => {
            let none = || Failure::options(&format!("{path}_days"), format!("{days} is no day of the calendar"), None);
            from_epoch_days(days).map(Some).ok_or_else(none)
        }
        (false, CAICACH_NO_DATE) => {
            // SAFETY: the caller says that the fields are as they must be.
            let day = unsafe { text(data, len, path) }?;
            parse_iso(day).map(Some).map_err(|error| Failure::options(path, error.to_string(), None))
        }
        (false, _) => {
            let field = path.rsplit('.').next().unwrap_or(path);
            let help = format!("leave `{field}_days` at CAICACH_NO_DATE or `{field}` at NULL");
            Err(Failure::options(path, "the day is given twice".into(), Some(&help)))
        }
    }
}
