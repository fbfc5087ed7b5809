//! All that falls due between two days.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;

use caicach::assessment::agenda::{Agenda, AgendaItem, Weekly};
use caicach::calendar::{Date, epoch_days, iso};
use caicach::plan::registry::{BodyIx, Registry};

use crate::case::caicach_case;
use crate::error::{Failure, caicach_error};
use crate::guard::{fallible, free, getter, given};
use crate::input::{day, text};
use crate::lang::{caicach_lang, lang};
use crate::options::CAICACH_NO_DATE;
use crate::plan::caicach_plan;
use crate::status::caicach_status;
use crate::text::{Both, address, c_text, caicach_text};

/// Flag of `caicach_plan_agenda`: the weekly meetings too, which otherwise would drown the rest.
pub const CAICACH_AGENDA_WEEKLY: u32 = 1;

/// All that falls due between two days (lịch công việc). Immutable. Free it with `caicach_agenda_free`; it does not need
/// the plan any more.
#[derive(Debug)]
pub struct caicach_agenda {
    agenda: Agenda,
    items: Vec<caicach_agenda_item>,
}

/// One thing that falls due. It belongs to its agenda and lives as long; so do its texts.
#[derive(Debug)]
pub struct caicach_agenda_item {
    due_day: i32,
    from_day: i32,
    to_day: i32,
    due: CString,
    from: CString,
    to: CString,
    kind: CString,
    id: CString,
    clause: CString,
    who: Vec<CString>,
    about: Option<CString>,
    text: Both,
}

impl caicach_agenda {
    fn boxed(agenda: Agenda) -> Box<caicach_agenda> {
        let items = agenda.items().iter().map(caicach_agenda_item::new).collect();
        Box::new(caicach_agenda { agenda, items })
    }
}

impl caicach_agenda_item {
    fn new(item: &AgendaItem) -> caicach_agenda_item {
        let (due, period) = (item.due(), item.period());
        caicach_agenda_item {
            due_day: epoch_days(due),
            from_day: epoch_days(period.from()),
            to_day: epoch_days(period.to()),
            due: c_text(iso(due)),
            from: c_text(iso(period.from())),
            to: c_text(iso(period.to())),
            kind: c_text(item.kind().as_str()),
            id: c_text(item.id()),
            clause: c_text(item.clause()),
            who: item.who().iter().map(|who| c_text(who.as_str())).collect(),
            about: item.about().map(c_text),
            text: Both::of(|lang| item.text(lang).to_owned()),
        }
    }
}

/// All that falls due from a day to a day ("2025-01-01"), both included: of every body, or of one (an id or a name that it
/// bears in that time; NULL for all) and of the groups it belongs to. Read from the plan alone; see `caicach_case_agenda`. `flags` is 0 or
/// `CAICACH_AGENDA_WEEKLY`.
///
/// CAICACH_ERROR_INVALID_ARGUMENT for what is no day, CAICACH_ERROR_NOT_FOUND where no body bears the name, or several.
// Each text comes with its length.
#[allow(clippy::too_many_arguments)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_plan_agenda(
    plan: Option<&caicach_plan>,
    from: *const c_char,
    from_len: usize,
    to: *const c_char,
    to_len: usize,
    body: *const c_char,
    body_len: usize,
    flags: u32,
    out: Option<&mut MaybeUninit<Box<caicach_agenda>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let plan = &given(plan, "plan")?.plan;
        let draw = |from, to, body, weekly| plan.agenda(from, to, body, weekly);
        // SAFETY: the header asks this of the caller.
        unsafe { drawn(plan.registry(), (from, from_len), (to, to_len), (body, body_len), flags, draw) }
    })
}

/// As `caicach_plan_agenda`, with what is due within days of the events that the facts tell of, such as changes in people's
/// records: those known on the case's day, their days counted by its readings.
// Each text comes with its length.
#[allow(clippy::too_many_arguments)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_case_agenda(
    case_: Option<&caicach_case>,
    from: *const c_char,
    from_len: usize,
    to: *const c_char,
    to_len: usize,
    body: *const c_char,
    body_len: usize,
    flags: u32,
    out: Option<&mut MaybeUninit<Box<caicach_agenda>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let case = given(case_, "case_")?.case();
        let draw = |from, to, body, weekly| case.agenda(from, to, body, weekly);
        // SAFETY: the header asks this of the caller.
        unsafe { drawn(case.registry(), (from, from_len), (to, to_len), (body, body_len), flags, draw) }
    })
}

/// Reads what both are given, each text with its length, and draws up the agenda.
///
/// # Safety
/// As the header says of text.
unsafe fn drawn(
    registry: &Registry,
    from: (*const c_char, usize),
    to: (*const c_char, usize),
    body: (*const c_char, usize),
    flags: u32,
    draw: impl FnOnce(Date, Date, Option<BodyIx>, Weekly) -> Agenda,
) -> Result<Box<caicach_agenda>, Failure> {
    // SAFETY: the caller says so.
    let (from, to) = unsafe { (day(from.0, from.1, "from")?, day(to.0, to.1, "to")?) };
    let body = if body.0.is_null() {
        None
    } else {
        // SAFETY: the same.
        let found = registry.resolve(unsafe { text(body.0, body.1, "body") }?, from, to);
        Some(found.map_err(|unresolved| Failure::unresolved("body", &unresolved))?)
    };
    let weekly = match flags {
        0 => Weekly::Left,
        CAICACH_AGENDA_WEEKLY => Weekly::Listed,
        _ => return Err(Failure::argument("flags", format!("{flags} has bits that this version does not know"))),
    };
    Ok(caicach_agenda::boxed(draw(from, to, body, weekly)))
}

/// The agenda as an iCalendar file (RFC 5545), one all-day event for each item on its last day.
///
/// `stamp` is the day ("2025-01-15") that the events give as that of their making: the same agenda and day give the same
/// bytes. The UID of an event stays the same from file to file.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_agenda_to_ical(
    agenda: Option<&caicach_agenda>,
    stamp: *const c_char,
    stamp_len: usize,
    lang: caicach_lang,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let agenda = &given(agenda, "agenda")?.agenda;
        // SAFETY: the header asks this of the caller.
        let stamp = unsafe { day(stamp, stamp_len, "stamp") }?;
        let none = || Failure::argument("lang", format!("{lang} is no language"));
        let lang = self::lang(lang).ok_or_else(none)?;
        Ok(caicach_text::boxed(agenda.to_ical(stamp, lang)))
    })
}

/// The agenda as JSON: a list of items.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_to_json(
    agenda: Option<&caicach_agenda>,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || Ok(caicach_text::boxed(given(agenda, "agenda")?.agenda.to_json())))
}

/// How many things fall due.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_count(agenda: Option<&caicach_agenda>) -> usize {
    getter(0, || Some(agenda?.items.len()))
}

/// One of them, by day, then by kind and id; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_at(
    agenda: Option<&caicach_agenda>,
    index: usize,
) -> Option<&caicach_agenda_item> {
    getter(None, || Some(agenda?.items.get(index)))
}

/// The last day on which it can be done, as days since 1970-01-01; `CAICACH_NO_DATE` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_due(item: Option<&caicach_agenda_item>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(item?.due_day))
}

/// The last day on which it can be done: "2025-03-31".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_due_text(item: Option<&caicach_agenda_item>) -> *const c_char {
    getter(std::ptr::null(), || Some(item?.due.as_ptr()))
}

/// The first day of the period for which it is owed; `CAICACH_NO_DATE` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_period_from(item: Option<&caicach_agenda_item>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(item?.from_day))
}

/// The last day of that period; `CAICACH_NO_DATE` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_period_to(item: Option<&caicach_agenda_item>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(item?.to_day))
}

/// The first day of the period for which it is owed: "2025-01-01".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_period_from_text(item: Option<&caicach_agenda_item>) -> *const c_char {
    getter(std::ptr::null(), || Some(item?.from.as_ptr()))
}

/// The last day of that period: "2025-03-31".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_period_to_text(item: Option<&caicach_agenda_item>) -> *const c_char {
    getter(std::ptr::null(), || Some(item?.to.as_ptr()))
}

/// What falls due: "task", "frequency", "deadline", "milestone".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_kind(item: Option<&caicach_agenda_item>) -> *const c_char {
    getter(std::ptr::null(), || Some(item?.kind.as_ptr()))
}

/// The task ("I.9") or rule ("self_inspection").
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_id(item: Option<&caicach_agenda_item>) -> *const c_char {
    getter(std::ptr::null(), || Some(item?.id.as_ptr()))
}

/// The clause or task that says so: "IV.1.4", "annex I.8".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_clause(item: Option<&caicach_agenda_item>) -> *const c_char {
    getter(std::ptr::null(), || Some(item?.clause.as_ptr()))
}

/// How many bodies or groups of bodies it concerns.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_who_count(item: Option<&caicach_agenda_item>) -> usize {
    getter(0, || Some(item?.who.len()))
}

/// A body or group that it concerns, by id; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_who_at(item: Option<&caicach_agenda_item>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(address(item?.who.get(index))))
}

/// The person whose record has changed, where it is about one; NULL where it is not.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_about(item: Option<&caicach_agenda_item>) -> *const c_char {
    getter(std::ptr::null(), || Some(address(item?.about.as_ref())))
}

/// What is to be done, without its clause; NULL for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_item_text(item: Option<&caicach_agenda_item>, lang: caicach_lang) -> *const c_char {
    getter(std::ptr::null(), || Some(item?.text.get(lang)?.as_ptr()))
}

/// Frees an agenda with its items. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_agenda_free(agenda: Option<Box<caicach_agenda>>) {
    free(agenda);
}
