//! How dossiers are counted: a struct that may grow.

use std::ffi::c_char;

use caicach::calendar::{Calendar, HolidayData};
use caicach::tally::{Cancelled, Grouping, Options, RepeatSupplement, Run, Suspension, Workdays};

use crate::error::Failure;
use crate::input::text;
use crate::structs::{Growing, copy, day};

/// A suspension moves the due date by working days, with holidays, swapped days and make-up Saturdays.
pub const CAICACH_SUSPENSION_WORKING_DAYS: i32 = 0;
/// A suspension moves the due date by calendar days.
pub const CAICACH_SUSPENSION_CALENDAR_DAYS: i32 = 1;
/// A second request for more papers changes nothing (reading "repeat_supplement").
pub const CAICACH_REPEAT_SUPPLEMENT_IGNORE: i32 = 0;
/// A dossier with more than one request counts as late once resolved, as overdue until then.
pub const CAICACH_REPEAT_SUPPLEMENT_LATE: i32 = 1;
/// Cancelled dossiers count as received and in a column of their own.
pub const CAICACH_CANCELLED_COUNTED: i32 = 0;
/// Cancelled dossiers are left out, and reported as not counted.
pub const CAICACH_CANCELLED_EXCLUDED: i32 = 1;

/// How to count dossiers. Begin with `CAICACH_TALLY_OPTIONS_INIT`, then set the as-of day in one of the two ways, and
/// what dossiers are to be grouped by. It may grow as caicach_assess_options may.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct caicach_tally_options {
    /// sizeof(caicach_tally_options).
    pub struct_size: usize,
    /// The groupings, separated by ";": "body;body,officer;body,field,month". Coarser ones are had without asking. An
    /// empty text counts everything in one group.
    pub groupings: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub groupings_len: usize,
    /// The state at the end of this day is counted: "2024-12-31", or NULL and `as_of_days`.
    pub as_of: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub as_of_len: usize,
    /// The period's first day: what was received before it is carried over. "2024-01-01"; NULL for `start_days` or none.
    pub start: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub start_len: usize,
    /// Days off and make-up days to be laid over the built-in calendar (TOML as the library's holidays-vn.toml); may be
    /// empty.
    pub holidays: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub holidays_len: usize,
    /// How many rejected rows are kept; all are counted.
    pub keep_rejects: u64,
    /// More rejected rows than this in one call are an error, and nothing of the call is counted; `UINT64_MAX` for any.
    pub reject_limit: u64,
    /// The as-of day as days since 1970-01-01, or `CAICACH_NO_DATE` and `as_of`.
    pub as_of_days: i32,
    /// The period's first day as days since 1970-01-01, or `CAICACH_NO_DATE`.
    pub start_days: i32,
    /// One of the `CAICACH_SUSPENSION_` constants.
    pub suspension: i32,
    /// One of the `CAICACH_REPEAT_SUPPLEMENT_` constants.
    pub repeat_supplement: i32,
    /// One of the `CAICACH_CANCELLED_` constants.
    pub cancelled: i32,
    /// Threads to count on; 0 is 1.
    pub threads: u32,
}

// SAFETY: as the trait asks.
unsafe impl Growing for caicach_tally_options {
    const INIT: &'static str = "CAICACH_TALLY_OPTIONS_INIT";
    const FIRST_SIZE: usize = size_of::<caicach_tally_options>();
}

/// What a tally is made with.
#[derive(Debug, Clone)]
pub(crate) struct Making {
    pub(crate) options: Options,
    pub(crate) groupings: Vec<Grouping>,
    pub(crate) run: Run,
    pub(crate) keep: usize,
}

/// How many rejected rows are kept where nothing is said.
const KEEP: usize = 10_000;

impl Making {
    /// Nothing is said but the options.
    pub(crate) fn plain(options: Options, groupings: Vec<Grouping>) -> Making {
        Making { options, groupings, run: Run::default().keep_rejects(KEEP), keep: KEEP }
    }
}

/// The working days of the built-in calendar and of what is laid over it.
pub(crate) fn workdays(holidays: &str) -> Result<Workdays, Failure> {
    let wrong = |error: caicach::calendar::CalendarError| Failure::options("options.holidays", error.to_string(), None);
    let mut calendar = Calendar::builtin().map_err(wrong)?;
    if !holidays.is_empty() {
        calendar = calendar.with(HolidayData::from_toml(holidays).map_err(wrong)?).map_err(wrong)?;
    }
    Ok(Workdays::of_years(&calendar))
}

/// The options as the `caicach` crate takes them.
///
/// # Safety
/// `options` is NULL or as its fields say.
pub(crate) unsafe fn read(options: *const caicach_tally_options) -> Result<Making, Failure> {
    // SAFETY: the caller says so.
    let given = unsafe { copy(options, "options") }?;
    // SAFETY: the caller says that the fields are as they must be.
    let (groupings, holidays, as_of, start) = unsafe {
        (
            text(given.groupings, given.groupings_len, "options.groupings")?,
            text(given.holidays, given.holidays_len, "options.holidays")?,
            day(given.as_of, given.as_of_len, given.as_of_days, "options.as_of")?,
            day(given.start, given.start_len, given.start_days, "options.start")?,
        )
    };
    let wrong = |error: caicach::tally::GroupingError| Failure::options("options.groupings", error.to_string(), None);
    let groupings = Grouping::list(groupings).map_err(wrong)?;
    let missing = || Failure::options("options.as_of", "the as-of day is missing".into(), Some("set `as_of`"));
    let mut options = Options::as_of(as_of.ok_or_else(missing)?);
    if let Some(start) = start {
        options = options.starting(start);
    }
    let options = options
        .suspension(match given.suspension {
            CAICACH_SUSPENSION_WORKING_DAYS => Suspension::Working(Some(workdays(holidays)?.into())),
            CAICACH_SUSPENSION_CALENDAR_DAYS => Suspension::Calendar,
            other => return Err(no_choice("options.suspension", other)),
        })
        .repeat_supplement(match given.repeat_supplement {
            CAICACH_REPEAT_SUPPLEMENT_IGNORE => RepeatSupplement::Ignore,
            CAICACH_REPEAT_SUPPLEMENT_LATE => RepeatSupplement::Late,
            other => return Err(no_choice("options.repeat_supplement", other)),
        })
        .cancelled(match given.cancelled {
            CAICACH_CANCELLED_COUNTED => Cancelled::Counted,
            CAICACH_CANCELLED_EXCLUDED => Cancelled::Excluded,
            other => return Err(no_choice("options.cancelled", other)),
        });
    let keep = usize::try_from(given.keep_rejects).unwrap_or(usize::MAX);
    let run = Run::default()
        .threads(usize::try_from(given.threads).unwrap_or(1))
        .keep_rejects(keep)
        .reject_limit(Some(given.reject_limit).filter(|limit| *limit != u64::MAX));
    Ok(Making { options, groupings, run, keep })
}

fn no_choice(path: &str, number: i32) -> Failure {
    Failure::options(path, format!("{number} is none of the choices"), None)
}
