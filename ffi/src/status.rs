//! What a function that can fail returns.

use std::ffi::c_char;

use crate::guard::getter;

/// `CAICACH_OK`, or one of the `CAICACH_ERROR_` constants. New ones may come.
pub type caicach_status = i32;

/// It worked; the output is written.
pub const CAICACH_OK: caicach_status = 0;
/// A fault of the library itself. The process is sound; please report it.
pub const CAICACH_ERROR_INTERNAL: caicach_status = 1;
/// A pointer that must not be NULL is.
pub const CAICACH_ERROR_NULL_ARGUMENT: caicach_status = 2;
/// A name or id is not UTF-8. (Plans and facts that are not are `CAICACH_ERROR_PLAN` and `CAICACH_ERROR_FACTS`.)
pub const CAICACH_ERROR_INVALID_UTF8: caicach_status = 3;
/// A length, year or date that cannot be.
pub const CAICACH_ERROR_INVALID_ARGUMENT: caicach_status = 4;
/// A struct of options of a size or with fields that this version does not know.
pub const CAICACH_ERROR_OPTIONS: caicach_status = 5;
/// The plan or an amendment has problems; the details list all of them.
pub const CAICACH_ERROR_PLAN: caicach_status = 6;
/// The facts have problems, by themselves or under this plan; the details list all of them.
pub const CAICACH_ERROR_FACTS: caicach_status = 7;
/// Readings or options of them that the plan does not have; the details list all of them.
pub const CAICACH_ERROR_READINGS: caicach_status = 8;
/// No body, person or scale of this name, or more than one body.
pub const CAICACH_ERROR_NOT_FOUND: caicach_status = 9;
/// A file that cannot be read.
pub const CAICACH_ERROR_READ: caicach_status = 10;
/// Dossiers that cannot be counted as they come: columns that are missing or of another type, too many rejected rows,
/// damaged bytes, a grouping that is not kept.
pub const CAICACH_ERROR_DATA: caicach_status = 11;
/// Tallies of other options or groupings, a move of the as-of day that cannot be, rows taken out that were never in.
pub const CAICACH_ERROR_TERMS: caicach_status = 12;
/// The caller's progress function asked to stop.
pub const CAICACH_ERROR_STOPPED: caicach_status = 13;

/// The word for a status ("null_argument"), for logs. Lives as long as the library; NULL for no status.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_status_name(status: caicach_status) -> *const c_char {
    getter(std::ptr::null(), || {
        let name = match status {
            CAICACH_OK => c"ok",
            CAICACH_ERROR_INTERNAL => c"internal",
            CAICACH_ERROR_NULL_ARGUMENT => c"null_argument",
            CAICACH_ERROR_INVALID_UTF8 => c"invalid_utf8",
            CAICACH_ERROR_INVALID_ARGUMENT => c"invalid_argument",
            CAICACH_ERROR_OPTIONS => c"options",
            CAICACH_ERROR_PLAN => c"plan",
            CAICACH_ERROR_FACTS => c"facts",
            CAICACH_ERROR_READINGS => c"readings",
            CAICACH_ERROR_NOT_FOUND => c"not_found",
            CAICACH_ERROR_READ => c"read",
            CAICACH_ERROR_DATA => c"data",
            CAICACH_ERROR_TERMS => c"terms",
            CAICACH_ERROR_STOPPED => c"stopped",
            _ => return None,
        };
        Some(name.as_ptr())
    })
}
