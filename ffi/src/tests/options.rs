//! The struct of options: sizes, the tail, the day, readings.

use std::ptr::null;

use super::{WARD, assess, choice, facts, init, on, read};
use crate::assessment::{
    caicach_assessment, caicach_assessment_finding_at, caicach_assessment_finding_count, caicach_assessment_receipt,
    caicach_assessment_summary_count,
};
use crate::dependence::caicach_assessment_dependence_count;
use crate::error::{
    caicach_error, caicach_error_code, caicach_error_detail_code, caicach_error_detail_help, caicach_error_detail_path,
};
use crate::finding::caicach_finding_verdict;
use crate::input::NUL_TERMINATED;
use crate::options::{CAICACH_ASSESS_VERDICTS_ONLY, CAICACH_NO_DATE, caicach_assess_options, caicach_reading_choice};
use crate::receipt::{
    caicach_receipt_as_of, caicach_receipt_as_of_text, caicach_receipt_known_on, caicach_receipt_known_on_text,
    caicach_receipt_reading_count, caicach_receipt_reading_key, caicach_receipt_reading_option,
};
use crate::status::{
    CAICACH_ERROR_INVALID_ARGUMENT, CAICACH_ERROR_INVALID_UTF8, CAICACH_ERROR_NULL_ARGUMENT, CAICACH_ERROR_OPTIONS,
    CAICACH_ERROR_READINGS, caicach_status,
};
use crate::verdict::CAICACH_VERDICT_BINDING;

fn with(options: &caicach_assess_options) -> Result<Box<caicach_assessment>, Box<caicach_error>> {
    assess(&facts(WARD).unwrap(), options)
}

/// Status and first path of a failure.
fn failure(options: &caicach_assess_options) -> (caicach_status, String) {
    let error = with(options).unwrap_err();
    (caicach_error_code(Some(&error)), read(caicach_error_detail_path(Some(&error), 0)).to_owned())
}

fn options_error(path: &str) -> (caicach_status, String) {
    (CAICACH_ERROR_OPTIONS, path.to_owned())
}

/// A struct as a later version of the header has it.
#[repr(C)]
struct Longer {
    known: caicach_assess_options,
    later: [u64; 4],
}

impl Longer {
    fn of(later: [u64; 4]) -> Longer {
        let known = caicach_assess_options { struct_size: size_of::<Longer>(), ..on(c"2025-01-15") };
        Longer { known, later }
    }

    fn assess(&self) -> Result<Box<caicach_assessment>, Box<caicach_error>> {
        assess(&facts(WARD).unwrap(), std::ptr::from_ref(self).cast())
    }
}

#[test]
fn a_longer_struct_works_while_its_tail_is_zero() {
    assert!(Longer::of([0; 4]).assess().is_ok());
    for at in 0..4 {
        let mut later = [0; 4];
        later[at] = 1 << 63;
        let error = Longer::of(later).assess().unwrap_err();
        assert_eq!(caicach_error_code(Some(&error)), CAICACH_ERROR_OPTIONS);
        assert_eq!(read(caicach_error_detail_path(Some(&error), 0)), "options.struct_size");
        assert!(read(caicach_error_detail_help(Some(&error), 0)).contains("does not have"));
    }
}

#[test]
fn a_size_that_cannot_be_is_refused() {
    let known = size_of::<caicach_assess_options>();
    for struct_size in [0, 1, FIRST - 1, FIRST + 1, known - 1, 4097, usize::MAX] {
        let options = caicach_assess_options { struct_size, ..on(c"2025-01-15") };
        assert_eq!(failure(&options), options_error("options.struct_size"), "{struct_size}");
    }
}

/// The size of the struct before `known_on`.
const FIRST: usize = std::mem::offset_of!(caicach_assess_options, known_on);

#[test]
fn a_program_of_the_first_version_works() {
    // What lies behind its struct is not ours to read.
    let garbage = caicach_assess_options {
        struct_size: FIRST,
        known_on: std::ptr::dangling(),
        known_on_len: 7,
        ..on(c"2025-01-15")
    };
    let assessment = with(&garbage).unwrap();
    assert_eq!(caicach_receipt_known_on(caicach_assessment_receipt(Some(&assessment))), CAICACH_NO_DATE);
}

#[test]
fn flags_that_are_not_known_are_refused() {
    for flags in [2, 3, 1 << 31] {
        let options = caicach_assess_options { flags, ..on(c"2025-01-15") };
        assert_eq!(failure(&options), options_error("options.flags"), "{flags}");
    }
}

/// Known as 40 of 1000 late first, then as 60.
const CORRECTED: &str = r#"{"schema": "caicach/facts/1", "dossier_counts": [
    {"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 40, "total": 1000},
     "known_on": "2025-01-10"},
    {"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 60, "total": 1000},
     "known_on": "2025-03-01"}]}"#;

#[test]
fn the_day_of_knowledge() {
    let binding = |options: &caicach_assess_options| {
        let assessment = assess(&facts(CORRECTED).unwrap(), options).unwrap();
        let receipt = caicach_assessment_receipt(Some(&assessment));
        let known = (caicach_receipt_known_on(receipt), caicach_receipt_known_on_text(receipt));
        let known = (known.0 != CAICACH_NO_DATE).then(|| (known.0, read(known.1).to_owned()));
        (caicach_assessment_summary_count(Some(&assessment), CAICACH_VERDICT_BINDING), known)
    };
    let known_on = |day: &'static std::ffi::CStr| caicach_assess_options {
        known_on: day.as_ptr(),
        known_on_len: NUL_TERMINATED,
        ..on(c"2025-12-31")
    };
    assert_eq!(binding(&on(c"2025-12-31")), (1, None));
    assert_eq!(binding(&known_on(c"2025-02-28")), (0, Some((20_147, "2025-02-28".to_owned()))));
    assert_eq!(binding(&known_on(c"2025-03-01")), (1, Some((20_148, "2025-03-01".to_owned()))));
    assert_eq!(failure(&known_on(c"2025-02-30")), options_error("options.known_on"));
    assert_eq!(failure(&known_on(c"")), options_error("options.known_on"));
    let bad = caicach_assess_options { known_on: c"\xff".as_ptr(), known_on_len: 1, ..on(c"2025-01-15") };
    assert_eq!(failure(&bad), (CAICACH_ERROR_INVALID_UTF8, "options.known_on".into()));
}

#[test]
fn verdicts_alone() {
    let cut = r#"{"schema": "caicach/facts/1", "headcounts": [
        {"date": "2022-12-31", "category": "employee", "basis": "assigned", "count": 27651},
        {"date": "2026-12-31", "category": "employee", "basis": "assigned", "count": 24886}]}"#;
    let full = assess(&facts(cut).unwrap(), &on(c"2027-01-15")).unwrap();
    let options = caicach_assess_options { flags: CAICACH_ASSESS_VERDICTS_ONLY, ..on(c"2027-01-15") };
    let bare = assess(&facts(cut).unwrap(), &options).unwrap();
    assert!(caicach_assessment_dependence_count(Some(&full)) > 0);
    assert_eq!(caicach_assessment_dependence_count(Some(&bare)), 0);
    let verdicts = |whole: &caicach_assessment| -> Vec<_> {
        let findings = (0..caicach_assessment_finding_count(Some(whole)))
            .map(|at| caicach_finding_verdict(caicach_assessment_finding_at(Some(whole), at)));
        findings.collect()
    };
    assert_eq!(verdicts(&full), verdicts(&bare));
}

#[test]
fn the_address_may_be_odd() {
    let options = on(c"2025-01-15");
    let size = size_of::<caicach_assess_options>();
    let mut bytes = vec![0_u8; size + 1];
    // SAFETY: the struct has no padding, and both have so many bytes.
    unsafe { std::ptr::copy_nonoverlapping(std::ptr::from_ref(&options).cast(), bytes[1..].as_mut_ptr(), size) };
    assert!(assess(&facts(WARD).unwrap(), bytes[1..].as_ptr().cast()).is_ok());
}

#[test]
fn the_day_is_given_once() {
    let by_text = with(&on(c"2025-01-15")).unwrap();
    let by_number = with(&caicach_assess_options { as_of_days: 20_103, ..init() }).unwrap();
    for assessment in [by_text, by_number] {
        let receipt = caicach_assessment_receipt(Some(&assessment));
        assert_eq!(caicach_receipt_as_of(receipt), 20_103);
        assert_eq!(read(caicach_receipt_as_of_text(receipt)), "2025-01-15");
    }
    assert_eq!(failure(&init()), options_error("options.as_of"));
    assert_eq!(failure(&caicach_assess_options { as_of_days: 0, ..on(c"2025-01-15") }), options_error("options.as_of"));
    assert_eq!(failure(&on(c"2025-02-31")), options_error("options.as_of"));
    assert_eq!(failure(&on(c"")), options_error("options.as_of"));
    let beyond = caicach_assess_options { as_of_days: i32::MAX, ..init() };
    assert_eq!(failure(&beyond), options_error("options.as_of_days"));
    let bad = caicach_assess_options { as_of: b"\xff".as_ptr().cast(), as_of_len: 1, ..init() };
    assert_eq!(failure(&bad), (CAICACH_ERROR_INVALID_UTF8, "options.as_of".into()));
}

#[test]
fn readings_are_chosen_and_recorded() {
    let choices = [choice(c"late_denominator", c"due"), choice(c"reduction_rounding", c"nearest")];
    let options = caicach_assess_options { readings: choices.as_ptr(), reading_count: 2, ..on(c"2025-01-15") };
    let assessment = with(&options).unwrap();
    let receipt = caicach_assessment_receipt(Some(&assessment));
    let taken: Vec<_> = (0..caicach_receipt_reading_count(receipt))
        .map(|at| (read(caicach_receipt_reading_key(receipt, at)), read(caicach_receipt_reading_option(receipt, at))))
        .collect();
    assert!(taken.contains(&("late_denominator", "due")));
    assert!(taken.contains(&("reduction_rounding", "nearest")));
    assert!(taken.contains(&("headcount_basis", "assigned")));
}

#[test]
fn readings_that_the_plan_does_not_have_are_all_reported() {
    let choices = [choice(c"late_denominatr", c"due"), choice(c"reduction_rounding", c"nearst")];
    let options = caicach_assess_options { readings: choices.as_ptr(), reading_count: 2, ..on(c"2025-01-15") };
    let error = with(&options).unwrap_err();
    assert_eq!(caicach_error_code(Some(&error)), CAICACH_ERROR_READINGS);
    let code = |at| read(caicach_error_detail_code(Some(&error), at));
    assert_eq!((code(0), code(1)), ("unknown_reference", "unknown_choice"));
    assert_eq!(read(caicach_error_detail_path(Some(&error), 1)), "readings.reduction_rounding");
    assert_eq!(read(caicach_error_detail_help(Some(&error), 1)), "did you mean `nearest`?");
}

#[test]
fn readings_that_cannot_be_read_are_errors() {
    let missing = caicach_assess_options { reading_count: 1, ..on(c"2025-01-15") };
    assert_eq!(failure(&missing), (CAICACH_ERROR_NULL_ARGUMENT, "options.readings".into()));
    let null_option = [caicach_reading_choice { option: null(), ..choice(c"late_denominator", c"") }];
    let options = caicach_assess_options { readings: null_option.as_ptr(), reading_count: 1, ..on(c"2025-01-15") };
    assert_eq!(failure(&options), (CAICACH_ERROR_NULL_ARGUMENT, "options.readings[0].option".into()));
    let bad = [caicach_reading_choice { key: c"\xff".as_ptr(), key_len: NUL_TERMINATED, ..choice(c"", c"due") }];
    let options = caicach_assess_options { readings: bad.as_ptr(), reading_count: 1, ..on(c"2025-01-15") };
    assert_eq!(failure(&options), (CAICACH_ERROR_INVALID_UTF8, "options.readings[0].key".into()));
    let many = caicach_assess_options { readings: bad.as_ptr(), reading_count: usize::MAX, ..on(c"2025-01-15") };
    assert_eq!(failure(&many), (CAICACH_ERROR_INVALID_ARGUMENT, "options.readings".into()));
}
