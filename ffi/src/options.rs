//! Options of an assessment: a struct that may grow.

use std::ffi::c_char;

use caicach::Options;

use crate::error::Failure;
use crate::input::text;
use crate::structs::{Growing, array, copy, day};

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

// SAFETY: as the trait asks.
unsafe impl Growing for caicach_assess_options {
    const INIT: &'static str = "CAICACH_ASSESS_OPTIONS_INIT";
    const FIRST_SIZE: usize = size_of::<caicach_assess_options>();
}

/// The options as the `caicach` crate takes them.
///
/// # Safety
/// `options` is NULL or as its fields say.
pub(crate) unsafe fn read(options: *const caicach_assess_options) -> Result<Options, Failure> {
    // SAFETY: the caller says so.
    let given = unsafe { copy(options, "options") }?;
    if given.reserved != 0 {
        return Err(Failure::options("options.reserved", "must be zero".into(), None));
    }
    // SAFETY: the caller says that the fields are as they must be.
    let chosen = unsafe { choices(&given) }?;
    // SAFETY: the same.
    let day = unsafe { day(given.as_of, given.as_of_len, given.as_of_days, "options.as_of") }?;
    let missing = || {
        let help = "set `as_of_days` or `as_of`";
        Failure::options("options.as_of", "the day of assessment is missing".into(), Some(help))
    };
    let mut options = Options::on(day.ok_or_else(missing)?);
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
    // SAFETY: the caller says that the fields are as they must be, and stay.
    let choices = unsafe { array(given.readings, given.reading_count, "options.readings") }?;
    let read = |(at, choice): (usize, &caicach_reading_choice)| {
        // SAFETY: the caller says that the fields are as they must be.
        let key = unsafe { text(choice.key, choice.key_len, &format!("options.readings[{at}].key")) }?;
        // SAFETY: as for the key.
        let option = unsafe { text(choice.option, choice.option_len, &format!("options.readings[{at}].option")) }?;
        Ok((key, option))
    };
    choices.iter().enumerate().map(read).collect()
}
