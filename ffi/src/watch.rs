//! What to look after before it is too late.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use caicach::calendar::epoch_days;
use caicach::tally::{Act, Counts, Headroom, Threshold, Watch};

use crate::error::{Failure, caicach_error};
use crate::groups::{Names, count_of, not_kept, number};
use crate::guard::{fallible, free, getter, given};
use crate::input::text;
use crate::options::CAICACH_NO_DATE;
use crate::status::caicach_status;
use crate::tally::caicach_tally;

/// For each group its pending dossiers by days left, and how much lateness it can still bear (theo dõi hạn). Immutable.
/// Free it with `caicach_watch_free`; it does not need its tally any more.
#[derive(Debug)]
pub struct caicach_watch(Vec<Watched>);

#[derive(Debug)]
struct Watched {
    names: Names,
    counts: Counts,
    by_days_left: Vec<(i32, u64)>,
    overdue_by_rule: u64,
    headroom: Headroom,
}

/// What to act on today, the greatest harm first (việc cần xử lý ngay): the pending dossiers of a group that fall due on
/// one day. Immutable. Free it with `caicach_acts_free`; it does not need its tally any more.
#[derive(Debug)]
pub struct caicach_acts(Vec<Acted>);

#[derive(Debug)]
struct Acted {
    names: Names,
    due: Option<i32>,
    days_left: i32,
    dossiers: u64,
    decides: bool,
    headroom: Headroom,
}

/// A percentage as a threshold.
///
/// # Safety
/// As [`text`].
unsafe fn threshold(percent: *const c_char, percent_len: usize) -> Result<Threshold, Failure> {
    // SAFETY: the caller says so.
    let percent = unsafe { text(percent, percent_len, "percent") }?;
    let none = || Failure::argument("percent", format!("`{percent}` is no percentage above 0 and up to 100"));
    Threshold::parse(percent).ok_or_else(none)
}

/// The groups of a grouping ("body,officer") with what is pending, and their distance from a late share of so many per
/// cent ("5"), late of resolved. CAICACH_ERROR_DATA where the grouping is not kept.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_watch(
    tally: Option<&caicach_tally>,
    grouping: *const c_char,
    grouping_len: usize,
    percent: *const c_char,
    percent_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_watch>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let tally = given(tally, "tally")?;
        // SAFETY: the header asks this of the caller.
        let (grouping, percent) =
            unsafe { (text(grouping, grouping_len, "grouping")?, threshold(percent, percent_len)?) };
        let watched = |watch: Watch<'_>| Watched {
            names: Names::of(&watch.group),
            counts: watch.group.counts,
            by_days_left: watch.by_days_left,
            overdue_by_rule: watch.overdue_by_rule,
            headroom: watch.headroom,
        };
        let found = tally.tally.watch(grouping.parse()?, percent).ok_or_else(|| not_kept(grouping))?;
        Ok(Box::new(caicach_watch(found.into_iter().map(watched).collect())))
    })
}

/// How many groups there are.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_watch_len(watch: Option<&caicach_watch>) -> usize {
    getter(0, || Some(watch?.0.len()))
}

/// The name of a group's body, officer or field; NULL as for caicach_groups_name. Lives as long as the watch.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_watch_name(watch: Option<&caicach_watch>, index: usize, dimension: i32) -> *const c_char {
    getter(std::ptr::null(), || Some(watch?.0.get(index)?.names.get(dimension)))
}

/// A count of a group, by one of the `CAICACH_COUNT_` constants.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_watch_count(
    watch: Option<&caicach_watch>,
    index: usize,
    which: i32,
    out: Option<&mut MaybeUninit<u64>>,
) -> bool {
    number(out, || count_of(&watch?.0.get(index)?.counts, which))
}

/// On how many different days pending dossiers of a group fall due.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_watch_day_count(watch: Option<&caicach_watch>, index: usize) -> usize {
    getter(0, || Some(watch?.0.get(index)?.by_days_left.len()))
}

/// How many days are left to such a day, in order: 0 is the as-of day, below 0 they are overdue; 0 beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_watch_days_left(watch: Option<&caicach_watch>, index: usize, day: usize) -> i32 {
    getter(0, || Some(watch?.0.get(index)?.by_days_left.get(day)?.0))
}

/// How many dossiers fall due on it.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_watch_dossiers(watch: Option<&caicach_watch>, index: usize, day: usize) -> u64 {
    getter(0, || Some(watch?.0.get(index)?.by_days_left.get(day)?.1))
}

/// Pending dossiers that are overdue whatever their due date, by `CAICACH_REPEAT_SUPPLEMENT_LATE`.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_watch_overdue_by_rule(watch: Option<&caicach_watch>, index: usize) -> u64 {
    getter(0, || Some(watch?.0.get(index)?.overdue_by_rule))
}

/// How many more may be resolved late, one after the other, before the share is reached; false where it is already.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_watch_more_late(
    watch: Option<&caicach_watch>,
    index: usize,
    out: Option<&mut MaybeUninit<u64>>,
) -> bool {
    number(out, || watch?.0.get(index)?.headroom.more_late)
}

/// How many of the pending ones may be resolved late when all of them are resolved; false where the share is reached
/// even with none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_watch_of_pending(
    watch: Option<&caicach_watch>,
    index: usize,
    out: Option<&mut MaybeUninit<u64>>,
) -> bool {
    number(out, || watch?.0.get(index)?.headroom.of_pending)
}

/// How many have to be resolved in time to come below the share; 0 where it is not reached.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_watch_in_time_needed(watch: Option<&caicach_watch>, index: usize) -> u64 {
    getter(0, || Some(watch?.0.get(index)?.headroom.in_time_needed))
}

/// Frees a watch. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_watch_free(watch: Option<Box<caicach_watch>>) {
    free(watch);
}

/// What is overdue or due within so many days, in this order: what decides whether a group reaches the share; what can
/// still be in time; the fewest days left; the least headroom; the most dossiers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_act_today(
    tally: Option<&caicach_tally>,
    grouping: *const c_char,
    grouping_len: usize,
    percent: *const c_char,
    percent_len: usize,
    within_days: u32,
    out: Option<&mut MaybeUninit<Box<caicach_acts>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let tally = given(tally, "tally")?;
        // SAFETY: the header asks this of the caller.
        let (grouping, percent) =
            unsafe { (text(grouping, grouping_len, "grouping")?, threshold(percent, percent_len)?) };
        let acted = |act: Act<'_>| Acted {
            names: Names::new(act.body, act.officer, act.field),
            due: act.due.map(epoch_days),
            days_left: act.days_left,
            dossiers: act.dossiers,
            decides: act.decides,
            headroom: act.headroom,
        };
        let found = tally.tally.act_today(grouping.parse()?, percent, within_days).ok_or_else(|| not_kept(grouping))?;
        Ok(Box::new(caicach_acts(found.into_iter().map(acted).collect())))
    })
}

/// How many entries there are.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_acts_len(acts: Option<&caicach_acts>) -> usize {
    getter(0, || Some(acts?.0.len()))
}

/// The name of an entry's body, officer or field; NULL as for caicach_groups_name. Lives as long as the entries.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_acts_name(acts: Option<&caicach_acts>, index: usize, dimension: i32) -> *const c_char {
    getter(std::ptr::null(), || Some(acts?.0.get(index)?.names.get(dimension)))
}

/// When they are due, as days since 1970-01-01; `CAICACH_NO_DATE` beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_acts_due(acts: Option<&caicach_acts>, index: usize) -> i32 {
    getter(CAICACH_NO_DATE, || acts?.0.get(index)?.due)
}

/// How many days are left; below 0 they are overdue.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_acts_days_left(acts: Option<&caicach_acts>, index: usize) -> i32 {
    getter(0, || Some(acts?.0.get(index)?.days_left))
}

/// How many dossiers.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_acts_dossiers(acts: Option<&caicach_acts>, index: usize) -> u64 {
    getter(0, || Some(acts?.0.get(index)?.dossiers))
}

/// Whether the group reaches the share if these, and what is due before them, are resolved late and all else pending in
/// time, and does not reach it without them.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_acts_decides(acts: Option<&caicach_acts>, index: usize) -> bool {
    getter(false, || Some(acts?.0.get(index)?.decides))
}

/// How many of the group's pending ones may be resolved late; false where the share is reached even with none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_acts_of_pending(
    acts: Option<&caicach_acts>,
    index: usize,
    out: Option<&mut MaybeUninit<u64>>,
) -> bool {
    number(out, || acts?.0.get(index)?.headroom.of_pending)
}

/// Frees entries. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_acts_free(acts: Option<Box<caicach_acts>>) {
    free(acts);
}
