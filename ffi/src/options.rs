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
    /// 0 or `CAICACH_ASSESS_VERDICTS_ONLY`.
    pub flags: u32,
    /// Judges by what was known on a day ("2025-03-01"): records that became known later are not seen. NULL: by all that
    /// is known. As text alone, since no number but a day of its own would say: none.
    pub known_on: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub known_on_len: usize,
}

/// Flag of an assessment: does not try the other options of the readings, for callers who ask for verdicts alone. Nothing
/// then says what it is sensitive to.
pub const CAICACH_ASSESS_VERDICTS_ONLY: u32 = 1;

// SAFETY: as the trait asks.
unsafe impl Growing for caicach_assess_options {
    const INIT: &'static str = "CAICACH_ASSESS_OPTIONS_INIT";
    // Before `known_on` was there.
    const FIRST_SIZE: usize = std::mem::offset_of!(caicach_assess_options, known_on);
}

/// The options as the `caicach` crate takes them.
///
/// # Safety
/// `options` is NULL or as its fields say.
pub(crate) unsafe fn read(options: *const caicach_assess_options) -> Result<Options, Failure> {
    // SAFETY: the caller says so.
    let given = unsafe { copy(options, "options") }?;
    if given.flags & !CAICACH_ASSESS_VERDICTS_ONLY != 0 {
        let help = "the program sets a flag that this version of the library does not have";
        return Err(Failure::options("options.flags", format!("unknown flags in {:#x}", given.flags), Some(help)));
    }
    // SAFETY: the caller says that the fields are as they must be.
    let chosen = unsafe { choices(&given) }?;
    // SAFETY: the same.
    let day = unsafe { self::day(given.as_of, given.as_of_len, given.as_of_days, "options.as_of") }?;
    let missing = || {
        let help = "set `as_of_days` or `as_of`";
        Failure::options("options.as_of", "the day of assessment is missing".into(), Some(help))
    };
    let mut options = Options::on(day.ok_or_else(missing)?);
    // SAFETY: the same.
    if let Some(day) = unsafe { self::day(given.known_on, given.known_on_len, CAICACH_NO_DATE, "options.known_on") }? {
        options = options.known_on(day);
    }
    options = options.alternatives(given.flags & CAICACH_ASSESS_VERDICTS_ONLY == 0);
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
