//! Tallies: made, filled, merged, kept, judged, and what goes wrong with them.

use std::ffi::{CStr, c_void};
use std::mem::MaybeUninit;
use std::ptr::{null, null_mut};

use super::{call, on, plan, pointer, read};
use crate::assessment::{caicach_assess, caicach_assessment_finding_at, caicach_assessment_finding_count};
use crate::bytes::{caicach_bytes, caicach_bytes_data, caicach_bytes_len};
use crate::error::{caicach_error, caicach_error_code, caicach_error_detail_code, caicach_error_detail_path};
use crate::finding::{caicach_finding_rule, caicach_finding_subject_id, caicach_finding_verdict};
use crate::groups::*;
use crate::input::NUL_TERMINATED;
use crate::options::CAICACH_NO_DATE;
use crate::rejects::*;
use crate::status::*;
use crate::tally::*;
use crate::tally_csv::*;
use crate::tally_options::*;
use crate::verdict::{CAICACH_VERDICT_BINDING, CAICACH_VERDICT_NOT_BINDING};
use crate::watch::*;

/// The options as `CAICACH_TALLY_OPTIONS_INIT` gives them.
fn init() -> caicach_tally_options {
    caicach_tally_options {
        struct_size: size_of::<caicach_tally_options>(),
        groupings: null(),
        groupings_len: 0,
        as_of: null(),
        as_of_len: 0,
        start: null(),
        start_len: 0,
        holidays: null(),
        holidays_len: 0,
        keep_rejects: 10_000,
        reject_limit: u64::MAX,
        as_of_days: CAICACH_NO_DATE,
        start_days: CAICACH_NO_DATE,
        suspension: 0,
        repeat_supplement: 0,
        cancelled: 0,
        threads: 0,
    }
}

/// The year 2024 by body and officer.
fn year() -> caicach_tally_options {
    caicach_tally_options {
        groupings: c"body;body,officer".as_ptr(),
        groupings_len: NUL_TERMINATED,
        as_of: c"2024-12-31".as_ptr(),
        as_of_len: NUL_TERMINATED,
        start_days: 19_723,
        ..init()
    }
}

/// The options as `CAICACH_CSV_OPTIONS_INIT` gives them.
fn csv() -> caicach_csv_options {
    caicach_csv_options {
        struct_size: size_of::<caicach_csv_options>(),
        encoding: null(),
        encoding_len: 0,
        label: null(),
        label_len: 0,
        columns: null(),
        column_count: 0,
        on_progress: None,
        progress_data: null_mut(),
        skip_lines: 0,
        separator: 0,
        reserved: 0,
    }
}

fn new(options: &caicach_tally_options) -> Result<Box<caicach_tally>, Box<caicach_error>> {
    // SAFETY: the options are there during the call.
    call(|out, error| unsafe { caicach_tally_new(options, out, error) })
}

/// Status and first code of a failure.
fn failed(f: impl FnOnce(Option<&mut MaybeUninit<Box<caicach_error>>>) -> caicach_status) -> (caicach_status, String) {
    let mut error = MaybeUninit::uninit();
    let status = f(Some(&mut error));
    assert_ne!(status, CAICACH_OK);
    // SAFETY: the error is written on failure.
    let error: Box<caicach_error> = unsafe { error.assume_init() };
    assert_eq!(caicach_error_code(Some(&error)), status);
    (status, read(caicach_error_detail_code(Some(&error), 0)).to_owned())
}

fn add(tally: &mut caicach_tally, text: &str, options: *const caicach_csv_options) -> caicach_status {
    let (data, len) = pointer(text);
    // SAFETY: text and options are there during the call.
    unsafe { caicach_tally_add_csv(Some(tally), data, len, options, None, None) }
}

fn counted(text: &str) -> Box<caicach_tally> {
    let mut tally = new(&year()).unwrap();
    assert_eq!(add(&mut tally, text, null()), CAICACH_OK);
    tally
}

type Failing<'a> = Option<&'a mut MaybeUninit<Box<caicach_error>>>;

fn merge(tally: &mut caicach_tally, other: &caicach_tally, error: Failing<'_>) -> caicach_status {
    // SAFETY: both are there during the call.
    unsafe { caicach_tally_merge(tally, other, error) }
}

fn subtract(tally: &mut caicach_tally, other: &caicach_tally, error: Failing<'_>) -> caicach_status {
    // SAFETY: both are there during the call.
    unsafe { caicach_tally_subtract(tally, other, error) }
}

fn groups(tally: &caicach_tally, grouping: &str) -> Result<Box<caicach_groups>, Box<caicach_error>> {
    let (data, len) = pointer(grouping);
    // SAFETY: the text is there during the call.
    call(|out, error| unsafe { caicach_tally_groups(Some(tally), data, len, out, error) })
}

fn count(groups: &caicach_groups, index: usize, which: i32) -> Option<u64> {
    let mut out = MaybeUninit::uninit();
    // SAFETY: written where the function says so.
    caicach_groups_count(Some(groups), index, which, Some(&mut out)).then(|| unsafe { out.assume_init() })
}

fn bytes(tally: &caicach_tally) -> Vec<u8> {
    let out: Box<caicach_bytes> = call(|out, error| caicach_tally_to_bytes(Some(tally), out, error)).unwrap();
    // SAFETY: so many bytes are there as long as the handle.
    unsafe { std::slice::from_raw_parts(caicach_bytes_data(Some(&out)), caicach_bytes_len(Some(&out))) }.to_vec()
}

fn from_bytes(bytes: &[u8], options: *const caicach_tally_options) -> Result<Box<caicach_tally>, Box<caicach_error>> {
    let (data, len) = (bytes.as_ptr(), bytes.len());
    // SAFETY: bytes and options are there during the call.
    call(|out, error| unsafe { caicach_tally_from_bytes(data, len, options, out, error) })
}

const HEAD: &str = "Đơn vị;Cán bộ;Ngày nhận;Hạn trả;Ngày trả;Số ngày tạm dừng;Ghi chú\n";
const LATE: &str = "UBND phường Lộc Thọ;An;02/01/2024;10/01/2024;11/01/2024;;\n";
const EARLY: &str = "UBND phường Lộc Thọ;Bình;02/01/2024;10/01/2024;09/01/2024;;\n";
const SUSPENDED: &str = "UBND phường Lộc Thọ;Bình;02/01/2024;10/01/2024;11/01/2024;1;\n";
const OPEN: &str = "UBND phường Lộc Thọ;An;20/12/2024;03/01/2025;;;\n";
const BROKEN: &str = "UBND phường Lộc Thọ;An;20/12/2024;31/02/2025;;;\n";

#[test]
fn rows_become_groups_facts_and_verdicts() {
    let tally = counted(&format!("{HEAD}{}{}{SUSPENDED}{OPEN}", LATE.repeat(10), EARLY.repeat(89)));
    let by_officer = groups(&tally, "body, officer").unwrap();
    assert_eq!(caicach_groups_len(Some(&by_officer)), 2);
    let name = |index, dimension| caicach_groups_name(Some(&by_officer), index, dimension);
    assert_eq!(read(name(0, CAICACH_DIMENSION_BODY)), "UBND phường Lộc Thọ");
    assert_eq!(read(name(1, CAICACH_DIMENSION_OFFICER)), "Bình");
    assert!(name(0, CAICACH_DIMENSION_FIELD).is_null() && name(0, 0).is_null() && name(0, -1).is_null());
    assert!(name(2, CAICACH_DIMENSION_BODY).is_null());
    assert_eq!(count(&by_officer, 0, CAICACH_COUNT_RESOLVED_LATE), Some(10));
    assert_eq!(count(&by_officer, 0, CAICACH_COUNT_PENDING_IN_TIME), Some(1));
    assert_eq!(count(&by_officer, 1, CAICACH_COUNT_RESOLVED_ON_TIME), Some(1));
    assert_eq!((count(&by_officer, 2, 1), count(&by_officer, 0, 0), count(&by_officer, 0, 22)), (None, None, None));
    assert_eq!(caicach_groups_month(Some(&by_officer), 0), CAICACH_NO_DATE);

    let (list, source) = (pointer("body; body,officer"), pointer("export"));
    // SAFETY: the texts are there during the call.
    let facts = call(|out, error| unsafe {
        caicach_tally_to_facts(Some(&tally), list.0, list.1, source.0, source.1, out, error)
    })
    .unwrap();
    let (plan, options) = (plan(), on(c"2025-01-15"));
    // SAFETY: the options are there during the call.
    let assessment =
        call(|out, error| unsafe { caicach_assess(Some(&plan), Some(&facts), &options, out, error) }).unwrap();
    let verdict = |rule: &str, subject: &str| {
        let findings = (0..caicach_assessment_finding_count(Some(&assessment)))
            .map(|at| caicach_assessment_finding_at(Some(&assessment), at));
        let mut found = findings
            .filter(|f| read(caicach_finding_rule(*f)) == rule && read(caicach_finding_subject_id(*f)) == subject);
        caicach_finding_verdict(found.next_back().unwrap())
    };
    assert_eq!(verdict("late_share_caps_person", "An"), CAICACH_VERDICT_BINDING);
    assert_eq!(verdict("late_share_caps_person", "Bình"), CAICACH_VERDICT_NOT_BINDING);
}

#[test]
fn rejected_rows_are_told_one_by_one() {
    let mut tally = new(&year()).unwrap();
    let text = format!("\u{FEFF}{HEAD}{LATE}\n{BROKEN}{LATE}");
    let (data, len) = pointer(&text);
    let options = caicach_csv_options { label: c"t.csv".as_ptr(), label_len: NUL_TERMINATED, ..csv() };
    let mut out = MaybeUninit::uninit();
    // SAFETY: text and options are there during the call.
    let status = unsafe { caicach_tally_add_csv(Some(&mut tally), data, len, &options, Some(&mut out), None) };
    assert_eq!(status, CAICACH_OK);
    // SAFETY: written on success.
    let summary: Box<caicach_csv_summary> = unsafe { out.assume_init() };
    assert_eq!(caicach_csv_summary_separator(Some(&summary)), u32::from(b';'));
    assert_eq!((caicach_csv_summary_rows(Some(&summary)), caicach_csv_summary_blank(Some(&summary))), (3, 1));
    assert_eq!(caicach_csv_summary_bytes(Some(&summary)), len as u64);
    assert_eq!(caicach_csv_summary_ignored_count(Some(&summary)), 1);
    assert_eq!(read(caicach_csv_summary_ignored_at(Some(&summary), 0)), "Ghi chú");

    let rejects: Box<caicach_rejects> = call(|out, error| caicach_tally_rejects(Some(&tally), out, error)).unwrap();
    assert_eq!((caicach_rejects_total(Some(&rejects)), caicach_rejects_len(Some(&rejects))), (1, 1));
    assert_eq!(caicach_rejects_line(Some(&rejects), 0), 4);
    for (getter, expected) in [
        (caicach_rejects_source as extern "C" fn(_, _) -> _, "t.csv"),
        (caicach_rejects_column, "Hạn trả"),
        (caicach_rejects_value, "31/02/2025"),
        (caicach_rejects_reason, "bad_due"),
        (caicach_rejects_message, "the due date is not a date between 1900 and 2200"),
    ] {
        assert_eq!(read(getter(Some(&rejects), 0)), expected);
        assert!(getter(Some(&rejects), 1).is_null());
    }
    let rows = |which| caicach_tally_rows(Some(&tally), which);
    assert_eq!((rows(CAICACH_ROWS_READ), rows(CAICACH_ROWS_COUNTED), rows(CAICACH_ROWS_REJECTED)), (3, 2, 1));
    let reason = pointer("bad_due");
    // SAFETY: the text is there during the call.
    assert_eq!(unsafe { caicach_tally_rejected_for(Some(&tally), reason.0, reason.1) }, 1);
}

#[test]
fn a_failed_call_counts_nothing() {
    let mut tally = new(&caicach_tally_options { reject_limit: 1, ..year() }).unwrap();
    let (good, bad) = (format!("{HEAD}{LATE}{BROKEN}"), format!("{HEAD}{LATE}{BROKEN}{BROKEN}"));
    assert_eq!(add(&mut tally, &good, null()), CAICACH_OK);
    let mut code = |text: &str, options: *const caicach_csv_options| {
        let (data, len) = pointer(text);
        // SAFETY: text and options are there during the call.
        failed(|error| unsafe { caicach_tally_add_csv(Some(&mut tally), data, len, options, None, error) })
    };
    let data = |code: &str| (CAICACH_ERROR_DATA, code.to_owned());
    assert_eq!(code(&bad, null()), data("too_many_rejects"));
    assert_eq!(code("", null()), data("no_header"));
    assert_eq!(code("Đơn vị;x\n", null()), data("no_column"));
    let with = |separator, encoding: &CStr| caicach_csv_options {
        separator,
        encoding: encoding.as_ptr(),
        encoding_len: NUL_TERMINATED,
        ..csv()
    };
    let options = (CAICACH_ERROR_OPTIONS, "options".to_owned());
    assert_eq!(code(&good, &with(300, c"utf-8")), options);
    assert_eq!(code(&good, &with(0, c"ebcdic")), options);
    assert_eq!(code(&good, &caicach_csv_options { struct_size: 8, ..csv() }), options);
    assert_eq!(caicach_tally_rows(Some(&tally), CAICACH_ROWS_READ), 2);
    let (path, len) = pointer("/no/such/file.csv");
    // SAFETY: the text is there during the call.
    let missing =
        failed(|error| unsafe { caicach_tally_add_csv_path(Some(&mut tally), path, len, null(), None, error) });
    assert_eq!(missing, (CAICACH_ERROR_READ, "read".to_owned()));
}

#[test]
fn headings_are_mapped_and_progress_is_told() {
    unsafe extern "C" fn told(data: *mut c_void, bytes: u64, rows: u64, _: u64) -> i32 {
        // SAFETY: the test hands over two numbers, and one thread at a time is told.
        let seen = unsafe { &mut *data.cast::<[u64; 2]>() };
        *seen = [bytes, rows];
        i32::from(rows > 1)
    }
    let column = |heading: &'static CStr, column: Option<&'static CStr>| caicach_column {
        heading: heading.as_ptr(),
        heading_len: NUL_TERMINATED,
        column: column.map_or(null(), CStr::as_ptr),
        column_len: if column.is_some() { NUL_TERMINATED } else { 0 },
    };
    let columns = [column(c"Nơi làm", Some(c"body")), column(c"Đơn vị", None), column(c"Ai", Some(c"officer"))];
    let mut seen = [0_u64; 2];
    let options = caicach_csv_options {
        columns: columns.as_ptr(),
        column_count: 3,
        skip_lines: 1,
        on_progress: Some(told),
        progress_data: std::ptr::from_mut(&mut seen).cast(),
        ..csv()
    };
    let mut tally = new(&year()).unwrap();
    let text = "BÁO CÁO\nĐơn vị,Nơi làm,Ai,Ngày nhận,Hạn trả\nA,B,C,02/01/2024,10/01/2024\n";
    assert_eq!(add(&mut tally, text, &options), CAICACH_OK);
    assert_eq!(seen, [text.len() as u64, 1]);
    assert_eq!(read(caicach_groups_name(Some(&groups(&tally, "body").unwrap()), 0, CAICACH_DIMENSION_BODY)), "B");
    let stopped = add(&mut tally, &format!("{text}A,B,C,02/01/2024,10/01/2024\n"), &options);
    assert_eq!((stopped, caicach_tally_rows(Some(&tally), CAICACH_ROWS_READ)), (CAICACH_ERROR_STOPPED, 1));
    let wrong = [column(c"Ai", Some(c"offcer"))];
    let options = caicach_csv_options { columns: wrong.as_ptr(), column_count: 1, ..csv() };
    assert_eq!(add(&mut tally, text, &options), CAICACH_ERROR_OPTIONS);
}

#[test]
fn tallies_are_merged_changed_moved_and_kept() {
    let all = counted(&format!("{HEAD}{LATE}{EARLY}{OPEN}"));
    let mut sum = counted(&format!("{HEAD}{LATE}"));
    let rest = counted(&format!("{HEAD}{EARLY}{OPEN}"));
    assert_eq!(merge(&mut sum, &rest, None), CAICACH_OK);
    assert_eq!(bytes(&sum), bytes(&all));
    // A dossier's change: pending becomes late.
    let (old, new_) = (counted(&format!("{HEAD}{OPEN}")), counted(&format!("{HEAD}{LATE}")));
    assert_eq!(subtract(&mut sum, &old, None), CAICACH_OK);
    assert_eq!(merge(&mut sum, &new_, None), CAICACH_OK);
    assert_eq!(bytes(&sum), bytes(&counted(&format!("{HEAD}{LATE}{EARLY}{LATE}"))));
    let never = failed(|error| subtract(&mut sum, &old, error));
    assert_eq!(never, (CAICACH_ERROR_TERMS, "not_there".to_owned()));
    let other = new(&caicach_tally_options { cancelled: CAICACH_CANCELLED_EXCLUDED, ..year() }).unwrap();
    let terms = failed(|error| merge(&mut sum, &other, error));
    assert_eq!(terms, (CAICACH_ERROR_TERMS, "terms".to_owned()));

    let itself = std::ptr::from_mut::<caicach_tally>(&mut sum);
    // SAFETY: the tally is there during the call, which is what is tried out.
    let itself = failed(|error| unsafe { caicach_tally_merge(itself, itself, error) });
    assert_eq!(itself, (CAICACH_ERROR_INVALID_ARGUMENT, "invalid_argument".to_owned()));
    // SAFETY: NULL is allowed.
    assert_eq!(unsafe { caicach_tally_merge(null_mut(), null(), None) }, CAICACH_ERROR_NULL_ARGUMENT);

    let kept = bytes(&all);
    for options in [null(), &year()] {
        let mut again = from_bytes(&kept, options).unwrap();
        assert_eq!(bytes(&again), kept);
        assert_eq!(add(&mut again, &format!("{HEAD}{SUSPENDED}"), null()), CAICACH_OK);
        assert_eq!(bytes(&again), bytes(&counted(&format!("{HEAD}{LATE}{EARLY}{OPEN}{SUSPENDED}"))));
    }
    let code = |error: Box<caicach_error>| {
        (caicach_error_code(Some(&error)), read(caicach_error_detail_code(Some(&error), 0)).to_owned())
    };
    let mut damaged = kept.clone();
    damaged[20] ^= 1;
    assert_eq!(code(from_bytes(&damaged, null()).unwrap_err()), (CAICACH_ERROR_DATA, "checksum".into()));
    let later = caicach_tally_options { as_of: null(), as_of_len: 0, as_of_days: 20_100, ..year() };
    assert_eq!(code(from_bytes(&kept, &later).unwrap_err()), (CAICACH_ERROR_TERMS, "terms".into()));

    let fewer = |list: &str| {
        let (data, len) = pointer(list);
        // SAFETY: the text is there during the call.
        call(|out, error| unsafe { caicach_tally_only(Some(&all), data, len, out, error) })
    };
    assert_eq!(caicach_groups_len(Some(&groups(&fewer("body").unwrap(), "").unwrap())), 1);
    assert_eq!(code(fewer("field").unwrap_err()), (CAICACH_ERROR_DATA, "grouping".into()));

    let mut moved = from_bytes(&kept, null()).unwrap();
    assert_eq!(caicach_tally_move_to(Some(&mut moved), 20_100, None), CAICACH_OK);
    assert_eq!((caicach_tally_as_of(Some(&moved)), caicach_tally_start(Some(&moved))), (20_100, 19_723));
    let total = groups(&moved, "").unwrap();
    assert_eq!(count(&total, 0, CAICACH_COUNT_PENDING_OVERDUE), Some(1));
    assert_eq!(add(&mut moved, &format!("{HEAD}{LATE}"), null()), CAICACH_OK);
    let back = failed(|error| caicach_tally_move_to(Some(&mut moved), 20_099, error));
    assert_eq!(back, (CAICACH_ERROR_TERMS, "back".to_owned()));
}

#[test]
fn what_to_watch_and_to_act_on() {
    let tally = counted(&format!("{HEAD}{}{}", EARLY.repeat(30), OPEN.repeat(2)));
    let (grouping, percent) = (pointer("body"), pointer("5"));
    // SAFETY: the texts are there during the call.
    let watch: Box<caicach_watch> = call(|out, error| unsafe {
        caicach_tally_watch(Some(&tally), grouping.0, grouping.1, percent.0, percent.1, out, error)
    })
    .unwrap();
    let number = |get: extern "C" fn(Option<&caicach_watch>, usize, Option<&mut MaybeUninit<u64>>) -> bool| {
        let mut out = MaybeUninit::uninit();
        // SAFETY: written where the function says so.
        get(Some(&watch), 0, Some(&mut out)).then(|| unsafe { out.assume_init() })
    };
    assert_eq!(caicach_watch_len(Some(&watch)), 1);
    assert_eq!(read(caicach_watch_name(Some(&watch), 0, CAICACH_DIMENSION_BODY)), "UBND phường Lộc Thọ");
    // Of 32 in the end 1 is 3.1 %, 2 are 6.3 %.
    assert_eq!((number(caicach_watch_more_late), number(caicach_watch_of_pending)), (Some(1), Some(1)));
    assert_eq!(caicach_watch_in_time_needed(Some(&watch), 0), 0);
    assert_eq!(caicach_watch_day_count(Some(&watch), 0), 1);
    assert_eq!((caicach_watch_days_left(Some(&watch), 0, 0), caicach_watch_dossiers(Some(&watch), 0, 0)), (3, 2));
    assert_eq!(caicach_watch_overdue_by_rule(Some(&watch), 0), 0);

    // SAFETY: the texts are there during the call.
    let acts: Box<caicach_acts> = call(|out, error| unsafe {
        caicach_tally_act_today(Some(&tally), grouping.0, grouping.1, percent.0, percent.1, 5, out, error)
    })
    .unwrap();
    assert_eq!(caicach_acts_len(Some(&acts)), 1);
    assert_eq!((caicach_acts_due(Some(&acts), 0), caicach_acts_days_left(Some(&acts), 0)), (20_091, 3));
    assert_eq!((caicach_acts_dossiers(Some(&acts), 0), caicach_acts_decides(Some(&acts), 0)), (2, true));
    let percent = pointer("5 %");
    let wrong = failed(|error| {
        let mut out = MaybeUninit::uninit();
        // SAFETY: the texts are there during the call.
        unsafe {
            caicach_tally_watch(Some(&tally), grouping.0, grouping.1, percent.0, percent.1, Some(&mut out), error)
        }
    });
    assert_eq!(wrong, (CAICACH_ERROR_INVALID_ARGUMENT, "invalid_argument".to_owned()));
}

#[test]
fn options_that_cannot_be_are_named() {
    let path = |options: caicach_tally_options| {
        let error = new(&options).unwrap_err();
        (caicach_error_code(Some(&error)), read(caicach_error_detail_path(Some(&error), 0)).to_owned())
    };
    let wrong = |field: &str| (CAICACH_ERROR_OPTIONS, format!("options.{field}"));
    assert_eq!(path(init()), wrong("as_of"));
    assert_eq!(path(caicach_tally_options { as_of_days: 0, ..year() }), wrong("as_of"));
    assert_eq!(path(caicach_tally_options { start_days: i32::MAX, ..year() }), wrong("start_days"));
    assert_eq!(path(caicach_tally_options { suspension: 2, ..year() }), wrong("suspension"));
    assert_eq!(path(caicach_tally_options { repeat_supplement: -1, ..year() }), wrong("repeat_supplement"));
    assert_eq!(path(caicach_tally_options { cancelled: 7, ..year() }), wrong("cancelled"));
    assert_eq!(path(caicach_tally_options { struct_size: 0, ..year() }), wrong("struct_size"));
    let colour = caicach_tally_options { groupings: c"colour".as_ptr(), ..year() };
    assert_eq!(path(colour), wrong("groupings"));
    let holidays = caicach_tally_options { holidays: c"?".as_ptr(), holidays_len: 1, ..year() };
    assert_eq!(path(holidays), wrong("holidays"));
    let not_kept = groups(&new(&year()).unwrap(), "field").unwrap_err();
    assert_eq!(caicach_error_code(Some(&not_kept)), CAICACH_ERROR_DATA);
}

#[test]
fn counts_bear_the_names_of_their_columns() {
    for (which, (name, _)) in (1..).zip(caicach::tally::Counts::default().columns()) {
        assert_eq!(read(caicach_count_name(which)), name);
    }
    assert!(caicach_count_name(0).is_null() && caicach_count_name(22).is_null());
    assert_eq!(read(caicach_count_name(CAICACH_COUNT_PENDING_OVERDUE)), "pending_overdue");
}

#[cfg(feature = "arrow")]
mod streams {
    use std::sync::Arc;

    use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
    use arrow_array::{Date32Array, RecordBatch, RecordBatchIterator, RecordBatchReader, StringArray, UInt64Array};
    use caicach_arrow::ArrowArrayStream;

    use super::*;
    use crate::tally_arrow::{caicach_tally_add_arrow, caicach_tally_groups_arrow, caicach_tally_rejects_arrow};

    fn batch(due: Option<i32>) -> RecordBatch {
        let text = |text: &str| -> arrow_array::ArrayRef { Arc::new(StringArray::from(vec![text])) };
        let day = |day| -> arrow_array::ArrayRef { Arc::new(Date32Array::from(vec![day])) };
        let columns = [("body", text("A")), ("Cán bộ", text("An")), ("received", day(Some(19_800))), ("due", day(due))];
        RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap()
    }

    fn stream(batches: Vec<RecordBatch>) -> ArrowArrayStream {
        let schema = batches[0].schema();
        let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new(batches.into_iter().map(Ok), schema)));
        // SAFETY: both are the struct of the interface.
        unsafe { std::mem::transmute::<FFI_ArrowArrayStream, ArrowArrayStream>(stream) }
    }

    fn read_back(fill: impl FnOnce(Option<&mut MaybeUninit<ArrowArrayStream>>) -> caicach_status) -> RecordBatch {
        let mut out = MaybeUninit::uninit();
        assert_eq!(fill(Some(&mut out)), CAICACH_OK);
        // SAFETY: written on success; both are the struct of the interface.
        let stream = unsafe { std::mem::transmute::<ArrowArrayStream, FFI_ArrowArrayStream>(out.assume_init()) };
        let mut reader = RecordBatchStreamReader::try_new(stream).unwrap();
        assert!(!reader.schema().fields().is_empty());
        let batch = reader.next().unwrap().unwrap();
        assert!(reader.next().is_none());
        batch
    }

    #[test]
    fn streams_go_in_and_come_out() {
        let mut tally = new(&year()).unwrap();
        let mut input = stream(vec![batch(Some(19_810)), batch(None), batch(Some(19_820))]);
        let (label, len) = pointer("table");
        // SAFETY: the text is there during the call.
        let mut add = |stream: &mut ArrowArrayStream| unsafe {
            caicach_tally_add_arrow(Some(&mut tally), Some(stream), label, len, null(), 0, None)
        };
        assert_eq!(add(&mut input), CAICACH_OK);
        // It has been released, so there is nothing more to read.
        assert_eq!(add(&mut input), CAICACH_ERROR_DATA);
        let (grouping, len) = pointer("body");
        // SAFETY: the text is there during the call.
        let out = read_back(|out| unsafe { caicach_tally_groups_arrow(Some(&tally), grouping, len, out, None) });
        let overdue = out.column_by_name("pending_overdue").unwrap();
        assert_eq!(overdue.as_any().downcast_ref::<UInt64Array>().unwrap().values(), &[2]);
        let rejects = read_back(|out| caicach_tally_rejects_arrow(Some(&tally), out, None));
        let text = |name| {
            let column = rejects.column_by_name(name).unwrap();
            column.as_any().downcast_ref::<StringArray>().unwrap().value(0).to_owned()
        };
        assert_eq!(
            (text("source"), text("reason"), text("column")),
            ("table".into(), "missing_due".into(), "due".into())
        );
        let lines = rejects.column_by_name("line").unwrap();
        assert_eq!(lines.as_any().downcast_ref::<UInt64Array>().unwrap().values(), &[2]);
    }
}
