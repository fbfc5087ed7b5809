//! Options of an assessment: a struct that may grow.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use caicach::Options;
use caicach::calendar::{from_epoch_days, parse_iso};

use crate::error::Failure;
use crate::input::text;

/// No day: the value of `as_of_days` while it is not set. `INT32_MIN` in the header, by way of `cbindgen.toml`.
pub const CAICACH_NO_DATE: i32 = i32::MIN;

/// An option chosen for a reading: how the plan is to be understood where it can be understood in more than one way.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct caicach_reading_choice {
    /// The reading: "late_denominator".
    pub key: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub key_len: usize,
    /// The option: "resolved".
    pub option: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub option_len: usize,
}

/// How to assess. Begin with `CAICACH_ASSESS_OPTIONS_INIT`, then set the day, in one of the two ways.
///
/// Later versions add fields at the end. A program compiled with a longer struct than the library knows works as long
/// as what the library does not know is zero. Structs beyond 4096 bytes are refused.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct caicach_assess_options {
    /// sizeof(caicach_assess_options).
    pub struct_size: usize,
    /// The day of assessment as "2025-01-15", or NULL and `as_of_days`.
    pub as_of: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub as_of_len: usize,
    /// Readings chosen; all others are by the plan's default. Of two choices for one reading the last holds.
    pub readings: *const caicach_reading_choice,
    /// How many.
    pub reading_count: usize,
    /// The day of assessment as days since 1970-01-01, or `CAICACH_NO_DATE` and `as_of`.
    pub as_of_days: i32,
    /// Zero.
    pub reserved: u32,
}

/// The size of the struct in the first version; no program has a shorter one.
const FIRST_SIZE: usize = size_of::<caicach_assess_options>();

/// Beyond this a size is taken for garbage.
const MOST_SIZE: usize = 4096;

/// Copies the struct as far as both sides know it.
///
/// # Safety
/// `options` is NULL or points to a `size_t` that says how many bytes are there from it on.
unsafe fn copy(options: *const caicach_assess_options) -> Result<caicach_assess_options, Failure> {
    if options.is_null() {
        return Err(Failure::null("options"));
    }
    // SAFETY: not NULL, and the caller says that at least the size is there. The address may be odd.
    let size = unsafe { options.cast::<usize>().read_unaligned() };
    let path = "options.struct_size";
    if !(FIRST_SIZE..=MOST_SIZE).contains(&size) {
        let help = "begin with CAICACH_ASSESS_OPTIONS_INIT";
        return Err(Failure::options(path, format!("{size} bytes, expected {FIRST_SIZE} or more"), Some(help)));
    }
    let known = size_of::<caicach_assess_options>();
    // SAFETY: the caller says that `size` bytes are there, and any address is aligned for bytes.
    let all = unsafe { std::slice::from_raw_parts(options.cast::<u8>(), size) };
    let (ours, tail) = all.split_at_checked(known).unwrap_or((all, &[]));
    if tail.iter().any(|byte| *byte != 0) {
        let message = format!("{size} bytes, and those beyond {known} are not zero");
        let help = "the program sets a field that this version of the library does not have";
        return Err(Failure::options(path, message, Some(help)));
    }
    let mut copy = MaybeUninit::<caicach_assess_options>::zeroed();
    // SAFETY: `ours` is no longer than the struct; the two do not overlap, one being on this stack.
    unsafe { std::ptr::copy_nonoverlapping(ours.as_ptr(), copy.as_mut_ptr().cast::<u8>(), ours.len()) };
    // SAFETY: zeroed and then overwritten; any bytes are integers and raw pointers.
    Ok(unsafe { copy.assume_init() })
}

/// The options as the `caicach` crate takes them.
///
/// # Safety
/// `options` is NULL or as its fields say.
pub(crate) unsafe fn read(options: *const caicach_assess_options) -> Result<Options, Failure> {
    // SAFETY: the caller says so.
    let given = unsafe { copy(options) }?;
    if given.reserved != 0 {
        return Err(Failure::options("options.reserved", "must be zero".into(), None));
    }
    // SAFETY: the caller says that the fields are as they must be.
    let chosen = unsafe { choices(&given) }?;
    let mut options = match (given.as_of.is_null(), given.as_of_days) {
        (true, CAICACH_NO_DATE) => {
            let help = "set `as_of_days` or `as_of`";
            return Err(Failure::options("options.as_of", "the day of assessment is missing".into(), Some(help)));
        }
        (true, days) => {
            let day = from_epoch_days(days);
            let none = || Failure::options("options.as_of_days", format!("{days} is no day of the calendar"), None);
            Options::on(day.ok_or_else(none)?)
        }
        (false, CAICACH_NO_DATE) => {
            // SAFETY: the caller says that the fields are as they must be.
            let day = unsafe { text(given.as_of, given.as_of_len, "options.as_of") }?;
            Options::on(parse_iso(day).map_err(|error| Failure::options("options.as_of", error.to_string(), None))?)
        }
        (false, _) => {
            let help = "leave `as_of_days` at CAICACH_NO_DATE or `as_of` at NULL";
            return Err(Failure::options("options.as_of", "the day is given twice".into(), Some(help)));
        }
    };
    for (key, option) in chosen {
        options = options.reading(key, option);
    }
    Ok(options)
}

/// The readings chosen.
///
/// # Safety
/// The fields are as they must be, and stay.
unsafe fn choices<'a>(given: &caicach_assess_options) -> Result<Vec<(&'a str, &'a str)>, Failure> {
    if given.reading_count == 0 {
        return Ok(Vec::new());
    }
    if given.readings.is_null() {
        return Err(Failure::null("options.readings"));
    }
    let most = isize::MAX.unsigned_abs() / size_of::<caicach_reading_choice>();
    if given.reading_count > most || !given.readings.is_aligned() {
        let message = format!("no array of {} at this address", given.reading_count);
        return Err(Failure::argument("options.readings", message));
    }
    // SAFETY: not NULL, aligned, not beyond isize, and the caller says that so many are there and stay.
    let choices = unsafe { std::slice::from_raw_parts(given.readings, given.reading_count) };
    let read = |(at, choice): (usize, &caicach_reading_choice)| {
        // SAFETY: the caller says that the fields are as they must be.
        let key = unsafe { text(choice.key, choice.key_len, &format!("options.readings[{at}].key")) }?;
        // SAFETY: as for the key.
        let option = unsafe { text(choice.option, choice.option_len, &format!("options.readings[{at}].option")) }?;
        Ok((key, option))
    };
    choices.iter().enumerate().map(read).collect()
}
