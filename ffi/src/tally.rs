//! Dossiers counted.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use caicach::calendar::{epoch_days, from_epoch_days};
use caicach::tally::{Dimension, Grouping, Rejects, Tally};

use crate::bytes::caicach_bytes;
use crate::error::{Failure, caicach_error};
use crate::facts::caicach_facts;
use crate::groups::not_kept;
use crate::guard::{changing, fallible, free, getter, given};
use crate::input::{bytes, text};
use crate::options::CAICACH_NO_DATE;
use crate::status::caicach_status;
use crate::tally_options::{Making, caicach_tally_options, read, workdays};
use crate::text::caicach_text;

/// Counts of dossiers by any set of groupings (bảng tổng hợp hồ sơ), and the rows that could not be taken. Free it with
/// `caicach_tally_free`. It is the one handle that changes: while a function that takes it without `const` runs, no other
/// may use it. Such a function does all it says or, on failure, nothing.
#[derive(Debug)]
pub struct caicach_tally {
    pub(crate) making: Making,
    pub(crate) tally: Tally,
    pub(crate) rejects: Rejects,
}

impl caicach_tally {
    /// Adds what has been counted.
    pub(crate) fn take(&mut self, tally: &Tally, rejects: Rejects) -> Result<(), Failure> {
        self.tally = self.tally.merge(tally)?;
        self.rejects.extend(rejects, self.making.keep);
        Ok(())
    }
}

/// Which rows caicach_tally_rows counts: all that were read.
pub const CAICACH_ROWS_READ: i32 = 0;
/// Rows that are in the counts.
pub const CAICACH_ROWS_COUNTED: i32 = 1;
/// Rows that could not be taken.
pub const CAICACH_ROWS_REJECTED: i32 = 2;
/// Rows left out: received after the as-of day.
pub const CAICACH_ROWS_RECEIVED_AFTER: i32 = 3;
/// Rows left out: closed before the period's first day.
pub const CAICACH_ROWS_CLOSED_BEFORE: i32 = 4;
/// Rows left out: cancelled, where these are excluded.
pub const CAICACH_ROWS_CANCELLED_EXCLUDED: i32 = 5;

/// The tally of no rows yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_new(
    options: *const caicach_tally_options,
    out: Option<&mut MaybeUninit<Box<caicach_tally>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        // SAFETY: the header asks this of the caller.
        let making = unsafe { read(options) }?;
        let tally = Tally::empty(&making.options, &making.groupings);
        Ok(Box::new(caicach_tally { making, tally, rejects: Rejects::default() }))
    })
}

/// Two tallies that are not one and the same.
///
/// # Safety
/// Each is NULL or a tally; nobody else uses the first.
unsafe fn apart<'a>(
    tally: *mut caicach_tally,
    other: *const caicach_tally,
) -> Result<(&'a mut caicach_tally, &'a caicach_tally), Failure> {
    if !tally.is_null() && std::ptr::eq(tally, other) {
        return Err(Failure::argument("other", "is the tally itself".into()));
    }
    // SAFETY: not the same, so that one may be changed while the other is read; the caller says the rest.
    unsafe { Ok((given(tally.as_mut(), "tally")?, given(other.as_ref(), "other")?)) }
}

/// Adds another tally of the same options and groupings, and its rejected rows. The order of adding does not matter.
///
/// CAICACH_ERROR_TERMS where options or groupings differ.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_merge(
    tally: *mut caicach_tally,
    other: *const caicach_tally,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    changing(error, || {
        // SAFETY: the header asks this of the caller.
        let (tally, other) = unsafe { apart(tally, other) }?;
        tally.take(&other.tally, other.rejects.clone())
    })
}

/// Takes out the rows of another tally; with caicach_tally_merge a dossier's change: the old row out, the new one in.
///
/// CAICACH_ERROR_TERMS where options or groupings differ, or a count would go below zero: then these rows were never in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_subtract(
    tally: *mut caicach_tally,
    other: *const caicach_tally,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    changing(error, || {
        // SAFETY: the header asks this of the caller.
        let (tally, other) = unsafe { apart(tally, other) }?;
        tally.tally = tally.tally.minus(&other.tally)?;
        Ok(())
    })
}

/// Moves the as-of day forward, in days since 1970-01-01, without reading closed rows again.
///
/// CAICACH_ERROR_TERMS for an earlier day, and where rows read were received or closed between the two days.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_tally_move_to(
    tally: Option<&mut caicach_tally>,
    as_of_days: i32,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    changing(error, || {
        let tally = given(tally, "tally")?;
        let none = || Failure::argument("as_of_days", format!("{as_of_days} is no day of the calendar"));
        let day = from_epoch_days(as_of_days).ok_or_else(none)?;
        tally.tally = tally.tally.moved_to(day)?;
        tally.making.options = tally.making.options.clone().with_as_of(day);
        Ok(())
    })
}

/// Gives a body, officer or field ("body") another name; groups that come to one name are summed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_rename(
    tally: Option<&mut caicach_tally>,
    dimension: *const c_char,
    dimension_len: usize,
    from: *const c_char,
    from_len: usize,
    to: *const c_char,
    to_len: usize,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    changing(error, || {
        let tally = given(tally, "tally")?;
        // SAFETY: the header asks this of the caller.
        let (dimension, from, to) = unsafe {
            (text(dimension, dimension_len, "dimension")?, text(from, from_len, "from")?, text(to, to_len, "to")?)
        };
        let none = || Failure::argument("dimension", format!("`{dimension}` is not one of body, officer, field"));
        let mut named = Dimension::ALL.into_iter().filter(|d| *d != Dimension::Month);
        let dimension = named.find(|d| d.name() == dimension).ok_or_else(none)?;
        tally.tally = tally.tally.renamed(dimension, |name| (name == from).then(|| to.to_owned()));
        Ok(())
    })
}

/// The same rows counted by fewer groupings ("body;field,month"), so that what is handed on holds no more than it needs.
/// Rejected rows are left behind. CAICACH_ERROR_DATA where one of them is not kept.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_only(
    tally: Option<&caicach_tally>,
    groupings: *const c_char,
    groupings_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_tally>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let given = given(tally, "tally")?;
        // SAFETY: the header asks this of the caller.
        let text = unsafe { text(groupings, groupings_len, "groupings") }?;
        let groupings = Grouping::list(text)?;
        let tally = given.tally.only(&groupings).ok_or_else(|| not_kept(text))?;
        let making = Making { groupings, ..given.making.clone() };
        Ok(Box::new(caicach_tally { making, tally, rejects: Rejects::default() }))
    })
}

/// The tally as bytes with version and checksum: the same bytes for equal tallies. Rejected rows are in them by number.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_tally_to_bytes(
    tally: Option<&caicach_tally>,
    out: Option<&mut MaybeUninit<Box<caicach_bytes>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || Ok(Box::new(caicach_bytes(given(tally, "tally")?.tally.to_bytes()))))
}

/// The tally that was written as these bytes. `options` may be NULL; otherwise they must be those that it was made with,
/// and say on how many threads rows are added and how rejected rows are kept.
///
/// CAICACH_ERROR_DATA for damaged bytes; CAICACH_ERROR_TERMS where the options are others, or are NULL and the tally was
/// counted by a calendar other than the built-in one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_from_bytes(
    data: *const u8,
    data_len: usize,
    options: *const caicach_tally_options,
    out: Option<&mut MaybeUninit<Box<caicach_tally>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        // SAFETY: the header asks this of the caller.
        let tally = Tally::from_bytes(unsafe { bytes(data.cast(), data_len, "data") }?)?;
        let making = if options.is_null() {
            let days = workdays("")?.into();
            let other = || Failure::terms("calendar", "the tally was counted by another calendar".into());
            Making::plain(tally.options(Some(&days)).ok_or_else(other)?, tally.groupings())
        } else {
            // SAFETY: the header asks this of the caller.
            unsafe { read(options) }?
        };
        let tally = Tally::empty(&making.options, &making.groupings).merge(&tally)?;
        Ok(Box::new(caicach_tally { making, tally, rejects: Rejects::default() }))
    })
}

/// How many rows became what: one of the `CAICACH_ROWS_` constants. Read are those counted, rejected and left out.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_tally_rows(tally: Option<&caicach_tally>, which: i32) -> u64 {
    getter(0, || {
        let rows = tally?.tally.reckoning();
        Some(match which {
            CAICACH_ROWS_READ => rows.rows(),
            CAICACH_ROWS_COUNTED => rows.counted(),
            CAICACH_ROWS_REJECTED => rows.rejected(),
            CAICACH_ROWS_RECEIVED_AFTER => rows.received_after_as_of(),
            CAICACH_ROWS_CLOSED_BEFORE => rows.closed_before_period(),
            CAICACH_ROWS_CANCELLED_EXCLUDED => rows.cancelled_excluded(),
            _ => return None,
        })
    })
}

/// How many rows were rejected for a reason ("bad_due"); 0 for a reason that is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_rejected_for(
    tally: Option<&caicach_tally>,
    reason: *const c_char,
    reason_len: usize,
) -> u64 {
    getter(0, || {
        // SAFETY: the header asks this of the caller.
        let reason = unsafe { text(reason, reason_len, "reason") }.ok()?;
        tally?.tally.reckoning().rejected_by_reason().find(|(r, _)| r.code() == reason).map(|(_, count)| count)
    })
}

/// The as-of day, as days since 1970-01-01; `CAICACH_NO_DATE` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_tally_as_of(tally: Option<&caicach_tally>) -> i32 {
    getter(CAICACH_NO_DATE, || tally?.tally.as_of().map(epoch_days))
}

/// The period's first day, as days since 1970-01-01; `CAICACH_NO_DATE` where it has none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_tally_start(tally: Option<&caicach_tally>) -> i32 {
    getter(CAICACH_NO_DATE, || tally?.tally.start().map(epoch_days))
}

/// The groupings that are kept: "officer;body,field,month". All coarser ones can be asked for too.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_tally_groupings(
    tally: Option<&caicach_tally>,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let kept = given(tally, "tally")?.tally.groupings();
        Ok(caicach_text::boxed(kept.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")))
    })
}

/// The tally as facts: the table dossier_counts of all these groupings ("body;body,officer"), so that
/// caicach_assess judges them. By "body,officer" persons are judged, an officer's name being the person's id; a name
/// without a digit that stands under several bodies is as many persons, each with the body in its id: "An (Lộc Thọ)".
/// `source` becomes the source of each record and may be empty.
///
/// CAICACH_ERROR_DATA where a grouping is not kept or has no body, or the tally has neither a first day nor months;
/// CAICACH_ERROR_FACTS where two groupings say the same twice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_to_facts(
    tally: Option<&caicach_tally>,
    groupings: *const c_char,
    groupings_len: usize,
    source: *const c_char,
    source_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_facts>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let tally = given(tally, "tally")?;
        // SAFETY: the header asks this of the caller.
        let (groupings, source) =
            unsafe { (text(groupings, groupings_len, "groupings")?, text(source, source_len, "source")?) };
        let source = Some(source).filter(|source| !source.is_empty());
        Ok(caicach_facts::boxed(tally.tally.to_facts(&Grouping::list(groupings)?, source)?))
    })
}

/// Frees a tally. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_tally_free(tally: Option<Box<caicach_tally>>) {
    free(tally);
}
