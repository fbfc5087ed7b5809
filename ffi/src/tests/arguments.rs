//! NULL, lengths, and text that is none.

use std::mem::MaybeUninit;
use std::ptr::null;

use super::{WARD, call, facts, on, plan, pointer, read};
use crate::assessment::{
    caicach_assess, caicach_assessment_finding_at, caicach_assessment_finding_count, caicach_assessment_free,
    caicach_assessment_receipt, caicach_assessment_summary_count, caicach_assessment_to_json,
};
use crate::case::{caicach_case_body, caicach_case_free, caicach_case_prepare, caicach_subject_free};
use crate::ceiling::{caicach_ceiling_band, caicach_ceiling_free};
use crate::error::{
    caicach_error, caicach_error_code, caicach_error_detail_code, caicach_error_detail_count,
    caicach_error_detail_help, caicach_error_detail_line, caicach_error_detail_path, caicach_error_details_json,
    caicach_error_free, caicach_error_message, caicach_error_problem_count,
};
use crate::facts::{caicach_facts_add, caicach_facts_fingerprint, caicach_facts_free, caicach_facts_from_json};
use crate::finding::{caicach_finding_counts, caicach_finding_explanation, caicach_finding_verdict};
use crate::input::NUL_TERMINATED;
use crate::lang::CAICACH_LANG_VI;
use crate::plan::{
    caicach_plan_builtin, caicach_plan_free, caicach_plan_from_toml, caicach_plan_number, caicach_plan_rule_at,
    caicach_plan_rule_by_id, caicach_plan_rule_count, caicach_plan_title,
};
use crate::rule::caicach_rule_quote;
use crate::status::{
    CAICACH_ERROR_FACTS, CAICACH_ERROR_INVALID_ARGUMENT, CAICACH_ERROR_INVALID_UTF8, CAICACH_ERROR_NOT_FOUND,
    CAICACH_ERROR_NULL_ARGUMENT, CAICACH_ERROR_PLAN, CAICACH_OK, caicach_status_name,
};
use crate::text::{caicach_text_data, caicach_text_free, caicach_text_len};
use crate::verdict::{caicach_verdict_word, number};

/// The one detail of an error: code and path.
fn detail(error: &caicach_error) -> (&str, &str) {
    assert_eq!(caicach_error_detail_count(Some(error)), 1);
    (read(caicach_error_detail_code(Some(error), 0)), read(caicach_error_detail_path(Some(error), 0)))
}

#[test]
fn null_is_an_error_that_names_the_argument() {
    let (plan, ward) = (plan(), facts(WARD).unwrap());
    let day = on(c"2025-01-15");
    // SAFETY: NULL or there during the call.
    unsafe {
        let error = call(|out, error| caicach_facts_from_json(null(), 4, out, error)).unwrap_err();
        assert_eq!(detail(&error), ("null_argument", "json"));
        let error = call(|out, error| caicach_plan_from_toml(null(), NUL_TERMINATED, out, error)).unwrap_err();
        assert_eq!(detail(&error), ("null_argument", "toml"));
        let error = call(|out, error| caicach_assess(None, Some(&ward), &day, out, error)).unwrap_err();
        assert_eq!(detail(&error), ("null_argument", "plan"));
        let error = call(|out, error| caicach_assess(Some(&plan), None, &day, out, error)).unwrap_err();
        assert_eq!(detail(&error), ("null_argument", "facts"));
        let error = call(|out, error| caicach_assess(Some(&plan), Some(&ward), null(), out, error)).unwrap_err();
        assert_eq!(detail(&error), ("null_argument", "options"));
        let error = call(|out, error| caicach_case_body(None, null(), 0, 2024, out, error)).unwrap_err();
        assert_eq!(detail(&error), ("null_argument", "case_"));
    }
    let error = call(|out, error| caicach_facts_add(Some(&ward), None, out, error)).unwrap_err();
    assert_eq!(detail(&error), ("null_argument", "other"));
    assert_eq!(read(caicach_error_message(Some(&error))), "`other`: must not be NULL");
    let error = call(|out, error| caicach_assessment_to_json(None, out, error)).unwrap_err();
    assert_eq!(detail(&error), ("null_argument", "assessment"));

    let mut error = MaybeUninit::uninit();
    assert_eq!(caicach_plan_builtin(None, Some(&mut error)), CAICACH_ERROR_NULL_ARGUMENT);
    // SAFETY: the error is written on failure.
    let error: Box<caicach_error> = unsafe { error.assume_init() };
    assert_eq!(detail(&error), ("null_argument", "out"));
    assert_eq!(caicach_plan_builtin(None, None), CAICACH_ERROR_NULL_ARGUMENT);
}

#[test]
fn getters_of_null_say_nothing() {
    assert!(caicach_plan_number(None).is_null());
    assert!(caicach_plan_title(None, CAICACH_LANG_VI).is_null());
    assert_eq!(caicach_plan_rule_count(None), 0);
    assert!(caicach_plan_rule_at(None, 0).is_none());
    assert!(caicach_rule_quote(None).is_null());
    assert!(caicach_facts_fingerprint(None).is_null());
    assert_eq!(caicach_assessment_finding_count(None), 0);
    assert!(caicach_assessment_finding_at(None, 0).is_none());
    assert!(caicach_assessment_receipt(None).is_none());
    assert_eq!(caicach_assessment_summary_count(None, 1), 0);
    assert_eq!(caicach_finding_verdict(None), 0);
    assert!(!caicach_finding_counts(None, None, None));
    assert!(caicach_finding_explanation(None, CAICACH_LANG_VI).is_null());
    assert!(caicach_ceiling_band(None).is_null());
    assert!(caicach_text_data(None).is_null());
    assert_eq!(caicach_text_len(None), 0);
    assert_eq!(caicach_error_code(None), CAICACH_OK);
    assert!(caicach_error_message(None).is_null());
    assert!(caicach_error_details_json(None).is_null());
}

#[test]
fn freeing_null_does_nothing() {
    caicach_plan_free(None);
    caicach_facts_free(None);
    caicach_assessment_free(None);
    caicach_case_free(None);
    caicach_subject_free(None);
    caicach_ceiling_free(None);
    caicach_text_free(None);
    caicach_error_free(None);
}

#[test]
fn beyond_the_last_there_is_nothing() {
    let plan = plan();
    assert!(caicach_plan_rule_at(Some(&plan), caicach_plan_rule_count(Some(&plan))).is_none());
    assert!(caicach_plan_rule_at(Some(&plan), usize::MAX).is_none());
    assert!(caicach_plan_title(Some(&plan), 0).is_null());
    assert!(caicach_plan_title(Some(&plan), 3).is_null());
    let (id, len) = pointer("no_such_rule");
    // SAFETY: the text is there during the call.
    assert!(unsafe { caicach_plan_rule_by_id(Some(&plan), id, len) }.is_none());
    // SAFETY: NULL is allowed.
    assert!(unsafe { caicach_plan_rule_by_id(Some(&plan), null(), 3) }.is_none());
}

#[test]
fn text_ends_where_the_caller_says() {
    let text = c"{\"schema\": \"caicach/facts/1\"}garbage";
    // SAFETY: the text is there during the call, with its NUL.
    unsafe {
        assert!(call(|out, error| caicach_facts_from_json(text.as_ptr(), 29, out, error)).is_ok());
        let whole = call(|out, error| caicach_facts_from_json(text.as_ptr(), NUL_TERMINATED, out, error));
        assert_eq!(detail(&whole.unwrap_err()).0, "syntax");
        let long = call(|out, error| caicach_facts_from_json(text.as_ptr(), usize::MAX - 1, out, error)).unwrap_err();
        assert_eq!(caicach_error_code(Some(&long)), CAICACH_ERROR_INVALID_ARGUMENT);
        let empty = call(|out, error| caicach_facts_from_json(null(), 0, out, error)).unwrap_err();
        assert_eq!(caicach_error_code(Some(&empty)), CAICACH_ERROR_FACTS);
    }
}

#[test]
fn text_that_is_not_utf8_is_an_error() {
    let bad = b"{\"schema\": \"caicach/facts/1\", \"\xff\": 1}";
    let (data, len) = (bad.as_ptr().cast(), bad.len());
    // SAFETY: the text is there during the call.
    let error = call(|out, error| unsafe { caicach_facts_from_json(data, len, out, error) }).unwrap_err();
    assert_eq!(caicach_error_code(Some(&error)), CAICACH_ERROR_FACTS);
    assert_eq!(detail(&error).0, "syntax");
    // SAFETY: the text is there during the call.
    let error = call(|out, error| unsafe { caicach_plan_from_toml(data, len, out, error) }).unwrap_err();
    assert_eq!(caicach_error_code(Some(&error)), CAICACH_ERROR_PLAN);

    let (plan, ward, day) = (plan(), facts(WARD).unwrap(), on(c"2025-01-15"));
    // SAFETY: the options are there during the call.
    let case = call(|out, error| unsafe { caicach_case_prepare(Some(&plan), Some(&ward), &day, out, error) }).unwrap();
    // SAFETY: the text is there during the call.
    let error = call(|out, error| unsafe { caicach_case_body(Some(&case), data, len, 2024, out, error) }).unwrap_err();
    assert_eq!(caicach_error_code(Some(&error)), CAICACH_ERROR_INVALID_UTF8);
    assert_eq!(detail(&error), ("invalid_utf8", "name"));
    let (data, len) = pointer("Lộc Thọọ");
    // SAFETY: the text is there during the call.
    let error = call(|out, error| unsafe { caicach_case_body(Some(&case), data, len, 2024, out, error) }).unwrap_err();
    assert_eq!(caicach_error_code(Some(&error)), CAICACH_ERROR_NOT_FOUND);
    assert_eq!(detail(&error), ("unknown_reference", "name"));
    assert!(read(caicach_error_detail_help(Some(&error), 0)).contains("Lộc Thọ"));
    // SAFETY: the text is there during the call.
    let error = call(|out, error| unsafe { caicach_case_body(Some(&case), data, len, 99_999, out, error) });
    assert_eq!(detail(&error.unwrap_err()), ("invalid_argument", "year"));
}

#[test]
fn details_are_those_of_the_library() {
    let json = r#"{"schema": "caicach/facts/1",
        "headcounts": [{"date": "2024-02-31", "categry": "cadre", "basis": "assigned", "count": -1}],
        "surveys": 3}"#;
    let error = facts(json).unwrap_err();
    let own = caicach::Facts::from_json(json).unwrap_err();
    let details = read(caicach_error_details_json(Some(&error)));
    assert_eq!(details, serde_json::to_string(own.problems().list()).unwrap());
    assert_eq!(read(caicach_error_message(Some(&error))), own.to_string());
    assert_eq!(caicach_error_problem_count(Some(&error)), own.problems().total());
    assert_eq!(caicach_error_detail_count(Some(&error)), own.problems().list().len());
    for (at, problem) in own.problems().list().iter().enumerate() {
        assert_eq!(read(caicach_error_detail_code(Some(&error), at)), problem.code().as_str());
        assert_eq!(read(caicach_error_detail_path(Some(&error), at)), problem.path());
        assert_eq!(caicach_error_detail_line(Some(&error), at), problem.line().unwrap_or(0));
        let help = caicach_error_detail_help(Some(&error), at);
        assert_eq!((!help.is_null()).then(|| read(help)), problem.help_text());
    }
    assert!(caicach_error_detail_code(Some(&error), own.problems().list().len()).is_null());
}

#[test]
fn hostile_input_is_a_typed_error() {
    let brackets = "[".repeat(10_000_000);
    let nan = r#"{"schema": "caicach/facts/1", "surveys": [{"year": 2023, "field": "land", "percent": NaN}]}"#;
    let huge = nan.replace("NaN", "1e400");
    let twice = r#"{"schema": "caicach/facts/1", "surveys": [], "surveys": []}"#;
    for json in [brackets.as_str(), nan, &huge, twice, "", "\0", "null", "[]", "{}"] {
        let error = facts(json).unwrap_err();
        assert_eq!(caicach_error_code(Some(&error)), CAICACH_ERROR_FACTS);
        assert!(caicach_error_detail_count(Some(&error)) > 0);
    }
}

#[test]
fn words_are_those_of_the_library() {
    for verdict in caicach::Verdict::ALL {
        assert_eq!(read(caicach_verdict_word(number(*verdict))), verdict.as_str());
    }
    assert!(caicach_verdict_word(0).is_null());
    assert!(caicach_verdict_word(-1).is_null());
    for status in 0..=13 {
        assert!(!caicach_status_name(status).is_null());
    }
    assert!(caicach_status_name(14).is_null());
}
