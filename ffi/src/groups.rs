//! Groups and their counts.

use std::ffi::{CStr, CString, c_char};
use std::mem::MaybeUninit;

use caicach::calendar::epoch_days;
use caicach::tally::{Counts, Group};

use crate::error::{Failure, caicach_error};
use crate::guard::{fallible, free, getter, given};
use crate::input::text;
use crate::options::CAICACH_NO_DATE;
use crate::status::caicach_status;
use crate::tally::caicach_tally;
use crate::text::{address, c_text};

/// By the body (cơ quan, đơn vị).
pub const CAICACH_DIMENSION_BODY: i32 = 1;
/// By the officer in charge (người xử lý).
pub const CAICACH_DIMENSION_OFFICER: i32 = 2;
/// By the field of the procedure (lĩnh vực).
pub const CAICACH_DIMENSION_FIELD: i32 = 3;

/// Received in all (tiếp nhận), column 3 of form II.06a; the constant is one of those that caicach_groups_count takes.
pub const CAICACH_COUNT_RECEIVED_TOTAL: i32 = 1;
/// Received online (trực tuyến).
pub const CAICACH_COUNT_RECEIVED_ONLINE: i32 = 2;
/// Received at the counter (trực tiếp).
pub const CAICACH_COUNT_RECEIVED_DIRECT: i32 = 3;
/// Received by public post (bưu chính công ích); the form counts it with the direct ones.
pub const CAICACH_COUNT_RECEIVED_POSTAL: i32 = 4;
/// Received by a channel that is not given.
pub const CAICACH_COUNT_RECEIVED_UNKNOWN_CHANNEL: i32 = 5;
/// Carried over (từ kỳ trước).
pub const CAICACH_COUNT_RECEIVED_CARRIED_OVER: i32 = 6;
/// Resolved in all (đã giải quyết), column 7.
pub const CAICACH_COUNT_RESOLVED_TOTAL: i32 = 7;
/// Resolved before the due date (sớm hạn).
pub const CAICACH_COUNT_RESOLVED_EARLY: i32 = 8;
/// Resolved on it (đúng hạn).
pub const CAICACH_COUNT_RESOLVED_ON_TIME: i32 = 9;
/// Resolved after it (trễ hạn).
pub const CAICACH_COUNT_RESOLVED_LATE: i32 = 10;
/// Cancelled or withdrawn (dừng xử lý, rút).
pub const CAICACH_COUNT_CANCELLED: i32 = 11;
/// Citizens who were satisfied (hài lòng).
pub const CAICACH_COUNT_SATISFIED: i32 = 12;
/// Citizens who were asked and were not.
pub const CAICACH_COUNT_DISSATISFIED: i32 = 13;
/// Dossiers for which more papers were requested (phải bổ sung).
pub const CAICACH_COUNT_SUPPLEMENTED: i32 = 14;
/// Requests for more papers.
pub const CAICACH_COUNT_SUPPLEMENT_REQUESTS: i32 = 15;
/// Requests made in writing.
pub const CAICACH_COUNT_SUPPLEMENT_NOTICES: i32 = 16;
/// Dossiers with a letter of apology (thư xin lỗi).
pub const CAICACH_COUNT_APOLOGIES: i32 = 17;
/// Dossiers resolved late that have one.
pub const CAICACH_COUNT_APOLOGIES_LATE: i32 = 18;
/// Pending in all (đang giải quyết), column 11.
pub const CAICACH_COUNT_PENDING_TOTAL: i32 = 19;
/// Pending and not yet due (trong hạn); not known at the end of a month before that of the as-of day.
pub const CAICACH_COUNT_PENDING_IN_TIME: i32 = 20;
/// Pending past the due date (quá hạn); not known as above.
pub const CAICACH_COUNT_PENDING_OVERDUE: i32 = 21;

/// The groups of a grouping and their counts, sorted by name and month. Immutable. Free it with `caicach_groups_free`;
/// it does not need its tally any more.
#[derive(Debug)]
pub struct caicach_groups(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    names: Names,
    month: Option<i32>,
    counts: Counts,
}

/// The names of a group as C reads them.
#[derive(Debug)]
pub(crate) struct Names([Option<CString>; 3]);

impl Names {
    pub(crate) fn new(body: Option<&str>, officer: Option<&str>, field: Option<&str>) -> Names {
        Names([body.map(c_text), officer.map(c_text), field.map(c_text)])
    }

    pub(crate) fn of(group: &Group<'_>) -> Names {
        Names::new(group.body, group.officer, group.field)
    }

    /// The name of one of the `CAICACH_DIMENSION_` constants.
    pub(crate) fn get(&self, dimension: i32) -> *const c_char {
        let at = usize::try_from(dimension).ok().and_then(|dimension| dimension.checked_sub(1));
        address(at.and_then(|at| self.0.get(at)?.as_ref()))
    }
}

/// The count of one of the `CAICACH_COUNT_` constants.
pub(crate) fn count_of(counts: &Counts, which: i32) -> Option<u64> {
    let at = usize::try_from(which).ok()?.checked_sub(1)?;
    counts.columns().get(at)?.1
}

/// Writes a number if there is one, and says whether there is.
pub(crate) fn number(out: Option<&mut MaybeUninit<u64>>, of: impl FnOnce() -> Option<u64>) -> bool {
    getter(false, || {
        let number = of()?;
        out?.write(number);
        Some(true)
    })
}

/// The groups of a grouping ("body,field"; "" for all together). CAICACH_ERROR_DATA where it is not kept.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_groups(
    tally: Option<&caicach_tally>,
    grouping: *const c_char,
    grouping_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_groups>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let tally = given(tally, "tally")?;
        // SAFETY: the header asks this of the caller.
        let grouping = unsafe { text(grouping, grouping_len, "grouping") }?;
        let groups = tally.tally.groups(grouping.parse()?).ok_or_else(|| not_kept(grouping))?;
        let entry = |group: &Group<'_>| Entry {
            names: Names::of(group),
            month: group.month.and_then(|month| month.first_day()).map(epoch_days),
            counts: group.counts,
        };
        Ok(Box::new(caicach_groups(groups.iter().map(entry).collect())))
    })
}

pub(crate) fn not_kept(grouping: &str) -> Failure {
    Failure::data("grouping", format!("the grouping `{grouping}` is not kept"))
}

/// How many groups there are.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_groups_len(groups: Option<&caicach_groups>) -> usize {
    getter(0, || Some(groups?.0.len()))
}

/// The name of a group's body, officer or field, by one of the `CAICACH_DIMENSION_` constants; NULL where it is not
/// grouped by that, or the name is not known. Lives as long as the groups.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_groups_name(groups: Option<&caicach_groups>, index: usize, dimension: i32) -> *const c_char {
    getter(std::ptr::null(), || Some(groups?.0.get(index)?.names.get(dimension)))
}

/// The first day of a group's month, as days since 1970-01-01; `CAICACH_NO_DATE` where it is not grouped by month.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_groups_month(groups: Option<&caicach_groups>, index: usize) -> i32 {
    getter(CAICACH_NO_DATE, || groups?.0.get(index)?.month)
}

/// A count of a group, by one of the `CAICACH_COUNT_` constants. False where it is not known, and `*out` is left alone.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_groups_count(
    groups: Option<&caicach_groups>,
    index: usize,
    which: i32,
    out: Option<&mut MaybeUninit<u64>>,
) -> bool {
    number(out, || count_of(&groups?.0.get(index)?.counts, which))
}

/// The name of a count ("resolved_late"), which is that of its column everywhere; NULL for no constant.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_count_name(which: i32) -> *const c_char {
    const NAMES: [&CStr; 21] = [
        c"received_total",
        c"received_online",
        c"received_direct",
        c"received_postal",
        c"received_unknown_channel",
        c"received_carried_over",
        c"resolved_total",
        c"resolved_early",
        c"resolved_on_time",
        c"resolved_late",
        c"cancelled",
        c"satisfied",
        c"dissatisfied",
        c"supplemented",
        c"supplement_requests",
        c"supplement_notices",
        c"apologies",
        c"apologies_late",
        c"pending_total",
        c"pending_in_time",
        c"pending_overdue",
    ];
    getter(std::ptr::null(), || Some(NAMES.get(usize::try_from(which).ok()?.checked_sub(1)?)?.as_ptr()))
}

/// Frees groups. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_groups_free(groups: Option<Box<caicach_groups>>) {
    free(groups);
}
