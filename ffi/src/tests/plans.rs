//! Agendas, differences of plans, amendments and apportioning as C reads them.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::ptr::null;

use caicach::apportion::{Holder, apportion};
use caicach::calendar::{epoch_days, iso, parse_iso};
use caicach::plan::amendment::Amendment;
use caicach::{Lang, Plan};

use super::{call, facts, on, plan, pointer, read};
use crate::agenda::*;
use crate::amendment::*;
use crate::apportion::*;
use crate::bodies::*;
use crate::calendar::*;
use crate::case::{caicach_case_collective, caicach_case_prepare, caicach_subject_ceiling};
use crate::ceiling::{caicach_ceiling_band, caicach_ceiling_subject_id};
use crate::diff::*;
use crate::error::{
    caicach_error, caicach_error_code, caicach_error_detail_code, caicach_error_detail_help, caicach_error_detail_path,
};
use crate::lang::{CAICACH_LANG_EN, CAICACH_LANG_VI};
use crate::options::CAICACH_NO_DATE;
use crate::plan::{caicach_plan, caicach_plan_fingerprint};
use crate::status::{
    CAICACH_ERROR_INVALID_ARGUMENT, CAICACH_ERROR_NOT_FOUND, CAICACH_ERROR_NULL_ARGUMENT, CAICACH_ERROR_PLAN,
    CAICACH_OK, caicach_status,
};
use crate::text::{caicach_text, caicach_text_data};
use crate::verdict::{CAICACH_VERDICT_MET, CAICACH_VERDICT_NOT_MET};
use crate::verdict_changes::*;

fn text(text: &caicach_text) -> &str {
    read(caicach_text_data(Some(text)))
}

fn told(error: &caicach_error) -> (caicach_status, &str, &str) {
    let (code, path) = (caicach_error_detail_code(Some(error), 0), caicach_error_detail_path(Some(error), 0));
    (caicach_error_code(Some(error)), read(code), read(path))
}

fn agenda(from: &str, to: &str, body: Option<&str>, flags: u32) -> Result<Box<caicach_agenda>, Box<caicach_error>> {
    let plan = plan();
    let ((from, from_len), (to, to_len)) = (pointer(from), pointer(to));
    let (body, body_len) = body.map_or((null(), 0), pointer);
    // SAFETY: the texts are there during the call.
    call(|out, error| unsafe {
        caicach_plan_agenda(Some(&plan), from, from_len, to, to_len, body, body_len, flags, out, error)
    })
}

#[test]
fn an_agenda() {
    let found = agenda("2023-01-01", "2024-12-31", None, 0).unwrap();
    let (from, to) = (parse_iso("2023-01-01").unwrap(), parse_iso("2024-12-31").unwrap());
    let own = Plan::builtin().unwrap().agenda(from, to, None, Default::default());
    let json = call(|out, error| caicach_agenda_to_json(Some(&found), out, error)).unwrap();
    assert_eq!(text(&json), own.to_json());
    assert_eq!(caicach_agenda_item_count(Some(&found)), own.items().len());
    assert!(own.items().len() > 20);
    for (i, own) in own.items().iter().enumerate() {
        let item = caicach_agenda_item_at(Some(&found), i);
        assert_eq!(caicach_agenda_item_due(item), epoch_days(own.due()));
        assert_eq!(read(caicach_agenda_item_due_text(item)), iso(own.due()));
        assert_eq!(caicach_agenda_item_period_from(item), epoch_days(own.period().from()));
        assert_eq!(caicach_agenda_item_period_to(item), epoch_days(own.period().to()));
        assert_eq!(read(caicach_agenda_item_period_from_text(item)), iso(own.period().from()));
        assert_eq!(read(caicach_agenda_item_period_to_text(item)), iso(own.period().to()));
        assert_eq!(read(caicach_agenda_item_kind(item)), own.kind().as_str());
        assert_eq!(read(caicach_agenda_item_id(item)), own.id());
        assert_eq!(read(caicach_agenda_item_clause(item)), own.clause());
        assert_eq!(caicach_agenda_item_who_count(item), own.who().len());
        for (j, who) in own.who().iter().enumerate() {
            assert_eq!(read(caicach_agenda_item_who_at(item, j)), who);
        }
        assert_eq!(read(caicach_agenda_item_text(item, CAICACH_LANG_VI)), own.text(Lang::Vi));
        assert_eq!(read(caicach_agenda_item_text(item, CAICACH_LANG_EN)), own.text(Lang::En));
    }
    assert!(caicach_agenda_item_at(Some(&found), own.items().len()).is_none());
    assert_eq!(caicach_agenda_item_due(None), CAICACH_NO_DATE);
    let (stamp, len) = pointer("2023-01-13");
    // SAFETY: the text is there during the call.
    let ical = |lang| call(|out, error| unsafe { caicach_agenda_to_ical(Some(&found), stamp, len, lang, out, error) });
    let day = parse_iso("2023-01-13").unwrap();
    assert_eq!(text(&ical(CAICACH_LANG_VI).unwrap()), own.to_ical(day, Lang::Vi));
    assert_eq!(text(&ical(CAICACH_LANG_EN).unwrap()), own.to_ical(day, Lang::En));
    assert_eq!(told(&ical(7).unwrap_err()), (CAICACH_ERROR_INVALID_ARGUMENT, "invalid_argument", "lang"));
}

#[test]
fn an_agenda_of_one_body_and_of_weeks() {
    let count = |body, flags| {
        let found = agenda("2024-01-01", "2024-12-31", body, flags).unwrap();
        caicach_agenda_item_count(Some(&found))
    };
    assert!(count(Some("loc_tho"), 0) < count(None, 0));
    assert_eq!(count(Some("UBND phường Lộc Thọ"), 0), count(Some("loc_tho"), 0));
    assert!(count(None, CAICACH_AGENDA_WEEKLY) >= count(None, 0) + 52);
    let failed = |from, to, body, flags| agenda(from, to, body, flags).unwrap_err();
    let argument = |path| (CAICACH_ERROR_INVALID_ARGUMENT, "invalid_argument", path);
    assert_eq!(told(&failed("2024-02-30", "2024-12-31", None, 0)), argument("from"));
    assert_eq!(told(&failed("2024-01-01", "", None, 0)), argument("to"));
    assert_eq!(told(&failed("2024-01-01", "2024-12-31", None, 2)), argument("flags"));
    let unknown = failed("2024-01-01", "2024-12-31", Some("nobody"), 0);
    assert_eq!((told(&unknown).0, told(&unknown).2), (CAICACH_ERROR_NOT_FOUND, "body"));
}

#[test]
fn an_agenda_with_facts() {
    let text = r#"{"schema": "caicach/facts/1", "record_updates": [{"person": "cb1", "changed": "2024-04-26"}]}"#;
    let (plan, facts, options) = (plan(), facts(text).unwrap(), on(c"2024-06-01"));
    // SAFETY: the options are there during the call.
    let case =
        call(|out, error| unsafe { caicach_case_prepare(Some(&plan), Some(&facts), &raw const options, out, error) });
    let case = case.unwrap();
    let ((from, from_len), (to, to_len), (body, body_len)) =
        (pointer("2024-04-27"), pointer("2024-05-31"), pointer("UBND phường Lộc Thọ"));
    let drawn = |flags| {
        // SAFETY: the texts are there during the call.
        call(|out, error| unsafe {
            caicach_case_agenda(Some(&case), from, from_len, to, to_len, body, body_len, flags, out, error)
        })
    };
    let found = drawn(0).unwrap();
    assert_eq!(caicach_agenda_item_count(Some(&found)), 1);
    let item = caicach_agenda_item_at(Some(&found), 0);
    assert_eq!(read(caicach_agenda_item_about(item)), "cb1");
    assert_eq!(read(caicach_agenda_item_due_text(item)), "2024-05-01");
    assert!(caicach_agenda_item_about(None).is_null());
    let listed = drawn(CAICACH_AGENDA_WEEKLY).unwrap();
    assert!(caicach_agenda_item_about(caicach_agenda_item_at(Some(&listed), 0)).is_null());
    assert_eq!(told(&drawn(4).unwrap_err()), (CAICACH_ERROR_INVALID_ARGUMENT, "invalid_argument", "flags"));
}

#[test]
fn a_calendar() {
    let calendar = call(|out, error| caicach_calendar_builtin(out, error)).unwrap();
    let day = |text: &str| epoch_days(parse_iso(text).unwrap());
    let of = Some(&*calendar);
    assert_eq!(caicach_calendar_add_working_days(of, day("2024-04-26"), 3), day("2024-05-04"));
    assert_eq!(caicach_calendar_add_working_days(of, day("2101-01-01"), 3), CAICACH_NO_DATE);
    assert_eq!(caicach_calendar_add_working_days(of, i32::MAX, 3), CAICACH_NO_DATE);
    assert_eq!(caicach_calendar_add_half_days(of, i32::MIN, 3), CAICACH_NO_DATE);
    let friday = 2 * day("2024-08-16");
    assert_eq!(caicach_calendar_add_half_days(of, friday, 1), friday + 1);
    assert_eq!(caicach_calendar_add_half_days(of, friday + 1, 1), friday + 6);
    assert_eq!(caicach_calendar_working_days(of, day("2026-01-01"), day("2026-12-31")), 250);
    assert_eq!(caicach_calendar_working_days(of, day("2026-12-31"), day("2026-01-01")), 0);
    assert_eq!(caicach_calendar_working_days_between(of, day("2024-05-04"), day("2024-04-26")), -3);
    assert_eq!((caicach_lunar_new_year(2030), caicach_lunar_new_year(1800)), (day("2030-02-02"), CAICACH_NO_DATE));
    assert_eq!(caicach_hung_kings_day(2026), day("2026-04-26"));
    let (id, len) = pointer("culture_day");
    // SAFETY: the text is there during the call.
    let with = call(|out, error| unsafe { caicach_calendar_with_optional(of, id, len, out, error) }).unwrap();
    assert!(caicach_calendar_is_working(of, day("2026-11-24")));
    assert!(!caicach_calendar_is_working(Some(&with), day("2026-11-24")));
    let print = |calendar| call(|out, error| caicach_calendar_fingerprint(calendar, out, error)).unwrap();
    assert_ne!(text(&print(of)), text(&print(Some(&with))));
    let (id, len) = pointer("no_day");
    // SAFETY: the same.
    let unknown = call(|out, error| unsafe { caicach_calendar_with_optional(of, id, len, out, error) }).unwrap_err();
    assert_eq!(told(&unknown), (CAICACH_ERROR_INVALID_ARGUMENT, "invalid_argument", "id"));
    let reversed = call(|out, error| caicach_calendar_days_off_json(of, 3, 2, out, error)).unwrap_err();
    assert_eq!(told(&reversed), (CAICACH_ERROR_INVALID_ARGUMENT, "invalid_argument", "to"));
}

#[test]
fn a_lunar_date() {
    let day = |text: &str| epoch_days(parse_iso(text).unwrap());
    let lunar = |day| {
        let mut out = MaybeUninit::uninit();
        // SAFETY: the output is written on success.
        (caicach_solar_to_lunar(day, Some(&mut out), None) == CAICACH_OK).then(|| unsafe { out.assume_init() })
    };
    let leap = caicach_lunar_date { year: 2023, month: 2, leap: 1, day: 1 };
    assert_eq!(lunar(day("2023-03-22")), Some(leap));
    assert_eq!((lunar(day("1900-01-30")), lunar(i32::MAX), lunar(CAICACH_NO_DATE)), (None, None, None));
    let solar = |date: caicach_lunar_date| {
        let (mut out, mut error) = (MaybeUninit::uninit(), MaybeUninit::uninit());
        match caicach_lunar_to_solar(Some(&date), Some(&mut out), Some(&mut error)) {
            // SAFETY: the output is written on success.
            CAICACH_OK => Ok(unsafe { out.assume_init() }),
            // SAFETY: the error is written on failure.
            _ => Err::<i32, Box<caicach_error>>(unsafe { error.assume_init() }),
        }
    };
    assert_eq!(solar(leap).unwrap(), day("2023-03-22"));
    for (date, code, path) in [
        (caicach_lunar_date { year: i32::MIN, ..leap }, "out_of_range", "date.year"),
        // Not taken for 2.
        (caicach_lunar_date { month: 258, ..leap }, "no_such_month", "date.month"),
        (caicach_lunar_date { month: 3, ..leap }, "no_leap_month", "date.leap"),
        (caicach_lunar_date { leap: 2, ..leap }, "invalid_argument", "date.leap"),
        (caicach_lunar_date { day: 257, ..leap }, "no_such_day", "date.day"),
    ] {
        assert_eq!(told(&solar(date).unwrap_err()), (CAICACH_ERROR_INVALID_ARGUMENT, code, path));
    }
}

const ROUNDING: &str = r#"schema = "caicach/amendment/1"
document = { number = "120/QĐ-UBND", date = "2025-02-20", issuer = "UBND thành phố Nha Trang", title = "Sửa đổi" }
change = [{ date = "2025-03-01", action = "replace", what = "reading", id = "reduction_rounding", default = "nearest" }]
"#;

fn amendment(toml: &str) -> Result<Box<caicach_amendment>, Box<caicach_error>> {
    let (data, len) = pointer(toml);
    // SAFETY: the text is there during the call.
    call(|out, error| unsafe { caicach_amendment_from_toml(data, len, out, error) })
}

fn amended(amendments: &[*const caicach_amendment]) -> Result<Box<caicach_amended_plan>, Box<caicach_error>> {
    let plan = plan();
    // SAFETY: the array and its handles are there during the call.
    call(|out, error| unsafe { caicach_plan_amended(Some(&plan), amendments.as_ptr(), amendments.len(), out, error) })
}

fn in_force(amended: &caicach_amended_plan, day: &str) -> Result<Box<caicach_plan>, Box<caicach_error>> {
    let (data, len) = pointer(day);
    // SAFETY: the text is there during the call.
    call(|out, error| unsafe { caicach_amended_plan_on(Some(amended), data, len, out, error) })
}

#[test]
fn the_plan_in_force() {
    let found = amendment(ROUNDING).unwrap();
    assert_eq!(read(caicach_amendment_number(Some(&found))), "120/QĐ-UBND");
    assert_eq!(read(caicach_amendment_title(Some(&found))), "Sửa đổi");
    assert_eq!(read(caicach_amendment_date_text(Some(&found))), "2025-02-20");
    assert_eq!(caicach_amendment_change_count(Some(&found)), 1);
    assert_eq!(read(caicach_amendment_change_date_text(Some(&found), 0)), "2025-03-01");
    assert_eq!(caicach_amendment_change_date(Some(&found), 0), 20_148);
    assert_eq!(read(caicach_amendment_change_action(Some(&found), 0)), "replace");
    assert_eq!(read(caicach_amendment_change_what(Some(&found), 0)), "reading");
    assert_eq!(read(caicach_amendment_change_target(Some(&found), 0)), "reduction_rounding");
    assert!(caicach_amendment_change_target(Some(&found), 1).is_null());

    let amended = amended(&[&raw const *found]).unwrap();
    drop(found);
    assert_eq!(caicach_amended_plan_version_count(Some(&amended)), 1);
    assert_eq!(read(caicach_amended_plan_version_date_text(Some(&amended), 0)), "2025-03-01");
    assert_eq!(caicach_amended_plan_version_date(Some(&amended), 0), 20_148);
    assert_eq!(caicach_amended_plan_version_date(Some(&amended), 1), CAICACH_NO_DATE);
    let own = Plan::builtin().unwrap();
    let own = own.amended(&[Amendment::from_toml(ROUNDING).unwrap()]).unwrap();
    for day in ["1900-01-01", "2025-02-28", "2025-03-01", "2030-01-01"] {
        let plan = in_force(&amended, day).unwrap();
        let fingerprint = own.on(parse_iso(day).unwrap()).fingerprint();
        assert_eq!(read(caicach_plan_fingerprint(Some(&plan))), fingerprint);
    }
    assert_eq!(told(&in_force(&amended, "today").unwrap_err()).2, "date");
}

#[test]
fn amendments_that_do_not_fit() {
    let error = amendment("schema = 1").unwrap_err();
    assert_eq!(caicach_error_code(Some(&error)), CAICACH_ERROR_PLAN);
    let found = amendment(&ROUNDING.replace("reduction_rounding", "reduction_roundin")).unwrap();
    let error = amended(&[&raw const *found]).unwrap_err();
    assert_eq!(told(&error), (CAICACH_ERROR_PLAN, "unknown_reference", "amendment[0].change[0].id"));
    assert_eq!(read(caicach_error_detail_help(Some(&error), 0)), "did you mean `reduction_rounding`?");
    let error = amended(&[null()]).unwrap_err();
    assert_eq!(told(&error), (CAICACH_ERROR_NULL_ARGUMENT, "null_argument", "amendments[0]"));
    assert_eq!(caicach_amended_plan_version_count(Some(&amended(&[]).unwrap())), 0);
}

#[test]
fn differences_and_verdicts() {
    let (plan, amendment) = (plan(), amendment(ROUNDING).unwrap());
    let other = in_force(&amended(&[&raw const *amendment]).unwrap(), "2025-03-01").unwrap();
    let diff = call(|out, error| caicach_plan_diff(Some(&plan), Some(&other), out, error)).unwrap();
    let own = Plan::builtin().unwrap();
    let own_other = own.amended(&[Amendment::from_toml(ROUNDING).unwrap()]).unwrap();
    let own_diff = own.diff(own_other.on(parse_iso("2025-03-01").unwrap()));
    let json = call(|out, error| caicach_diff_to_json(Some(&diff), out, error)).unwrap();
    assert_eq!(text(&json), own_diff.to_json());
    assert_eq!(read(caicach_diff_text(Some(&diff), CAICACH_LANG_EN)), own_diff.text(Lang::En));
    assert_eq!(caicach_diff_count(Some(&diff)), 1);
    let one = caicach_diff_at(Some(&diff), 0);
    assert_eq!(read(caicach_difference_part(one)), "reading");
    assert_eq!(read(caicach_difference_id(one)), "reduction_rounding");
    assert_eq!(read(caicach_difference_fate(one)), "changed");
    assert_eq!(read(caicach_difference_text(one, CAICACH_LANG_VI)), own_diff.differences()[0].text(Lang::Vi));
    assert_eq!(caicach_difference_field_count(one), 1);
    assert_eq!(read(caicach_difference_field_path(one, 0)), "default");
    assert_eq!(read(caicach_difference_field_before(one, 0)), "\"exact\"");
    assert_eq!(read(caicach_difference_field_after(one, 0)), "\"nearest\"");
    assert!(caicach_diff_at(Some(&diff), 1).is_none());
    assert_eq!(caicach_diff_threshold_count(Some(&diff)), 0);

    // 10 % of 27 651 is 2 765.1: 2 765 posts are enough only where it is rounded to the nearest.
    let cut = facts(
        r#"{"schema": "caicach/facts/1", "headcounts": [
        {"date": "2022-12-31", "category": "employee", "basis": "assigned", "count": 27651},
        {"date": "2026-12-31", "category": "employee", "basis": "assigned", "count": 24886}]}"#,
    )
    .unwrap();
    let options = on(c"2027-01-15");
    // SAFETY: the options are there during the call.
    let changes = call(|out, error| unsafe {
        caicach_plan_verdict_changes(Some(&plan), Some(&other), Some(&cut), &raw const options, out, error)
    })
    .unwrap();
    assert_eq!(caicach_verdict_changes_count(Some(&changes)), 1);
    assert_eq!(read(caicach_verdict_changes_rule(Some(&changes), 0)), "employee_reduction");
    assert_eq!(read(caicach_verdict_changes_subject_kind(Some(&changes), 0)), "city");
    assert_eq!(read(caicach_verdict_changes_subject_id(Some(&changes), 0)), "nha_trang");
    assert_eq!(read(caicach_verdict_changes_subject_name(Some(&changes), 0)), "UBND thành phố Nha Trang");
    assert_eq!(read(caicach_verdict_changes_from_text(Some(&changes), 0)), "2023-01-01");
    assert_eq!(read(caicach_verdict_changes_to_text(Some(&changes), 0)), "2026-12-31");
    assert_eq!(caicach_verdict_changes_from(Some(&changes), 0), 19_358);
    assert_eq!(caicach_verdict_changes_to(Some(&changes), 0), 20_818);
    assert_eq!(caicach_verdict_changes_before(Some(&changes), 0), CAICACH_VERDICT_NOT_MET);
    assert_eq!(caicach_verdict_changes_after(Some(&changes), 0), CAICACH_VERDICT_MET);
    assert_eq!(caicach_verdict_changes_after(Some(&changes), 1), 0);
}

#[test]
fn thresholds() {
    let toml = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../core/data/plan-298.toml")).unwrap();
    let toml = toml.replace("ít nhất 5% biên chế cán bộ", "ít nhất 6% biên chế cán bộ");
    let (before, after) = toml.split_once("id = \"cadre_reduction\"").unwrap();
    let after = after.replacen("percent = \"5\"", "percent = \"6\"", 1);
    let toml = format!("{before}id = \"cadre_reduction\"{after}");
    let (data, len) = pointer(&toml);
    // SAFETY: the text is there during the call.
    let other = call(|out, error| unsafe { crate::plan::caicach_plan_from_toml(data, len, out, error) }).unwrap();
    let diff = call(|out, error| caicach_plan_diff(Some(&plan()), Some(&other), out, error)).unwrap();
    assert_eq!(caicach_diff_threshold_count(Some(&diff)), 1);
    assert_eq!(read(caicach_diff_threshold_rule(Some(&diff), 0)), "cadre_reduction");
    assert_eq!(read(caicach_diff_threshold_path(Some(&diff), 0)), "percent");
    assert_eq!(read(caicach_diff_threshold_before(Some(&diff), 0)), "\"5\"");
    assert_eq!(read(caicach_diff_threshold_after(Some(&diff), 0)), "\"6\"");
    assert!(caicach_diff_threshold_rule(Some(&diff), 1).is_null());
}

fn holder(id: &'static std::ffi::CStr, posts: u64, floor: u64, exempt: u32) -> caicach_holder {
    caicach_holder { id: id.as_ptr(), id_len: id.count_bytes(), posts, floor, exempt, reserved: 0 }
}

fn divided(cut: u64, holders: &[caicach_holder]) -> Result<Box<caicach_apportionment>, Box<caicach_error>> {
    // SAFETY: the array is there during the call.
    call(|out, error| unsafe { caicach_apportion(cut, holders.as_ptr(), holders.len(), out, error) })
}

#[test]
fn a_cut_apportioned() {
    let holders = [holder(c"a", 103, 0, 0), holder(c"b", 57, 0, 0), holder(c"c", 41, 0, 0), holder(c"d", 9, 9, 0)];
    let holders = [&holders[..], &[holder(c"school", 400, 0, 1)]].concat();
    let found = divided(21, &holders).unwrap();
    let own = [Holder::new("a", 103), Holder::new("b", 57), Holder::new("c", 41), Holder::new("d", 9).keeping(9)];
    let own = apportion(21, &[&own[..], &[Holder::new("school", 400).exempt()]].concat()).unwrap();
    let json = call(|out, error| caicach_apportionment_to_json(Some(&found), out, error)).unwrap();
    assert_eq!(text(&json), own.to_json());
    assert_eq!(caicach_apportionment_cut(Some(&found)), 21);
    assert_eq!(caicach_apportionment_lot_count(Some(&found)), 5);
    let because: Vec<&str> = (0..5).map(|i| read(caicach_apportionment_lot_because(Some(&found), i))).collect();
    assert_eq!(because, ["remainder", "remainder", "quota", "floor", "exempt"]);
    for (i, lot) in own.lots().iter().enumerate() {
        assert_eq!(read(caicach_apportionment_lot_id(Some(&found), i)), lot.id());
        assert_eq!(caicach_apportionment_lot_posts(Some(&found), i), lot.posts());
        assert_eq!(caicach_apportionment_lot_cut(Some(&found), i), lot.cut());
        assert_eq!(caicach_apportionment_lot_left(Some(&found), i), lot.left());
        let (mut numerator, mut denominator) = (MaybeUninit::uninit(), MaybeUninit::uninit());
        let (a, b) = (Some(&mut numerator), Some(&mut denominator));
        assert!(caicach_apportionment_lot_quota(Some(&found), i, a, b));
        // SAFETY: both are written where the answer is true.
        let quota = unsafe { (u128::from(numerator.assume_init()), u128::from(denominator.assume_init())) };
        assert_eq!(quota, (lot.quota().numerator, lot.quota().denominator));
    }
    assert!(!caicach_apportionment_lot_quota(Some(&found), 5, None, None));
    assert_eq!(caicach_apportionment_lot_count(Some(&divided(0, &[]).unwrap())), 0);
}

#[test]
fn cuts_that_cannot_be_apportioned() {
    let failed = |cut, holders: &[caicach_holder]| {
        let error = divided(cut, holders).unwrap_err();
        let (status, code, path) = told(&error);
        assert_eq!(status, CAICACH_ERROR_INVALID_ARGUMENT);
        (code.to_owned(), path.to_owned())
    };
    let pair = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    let (a, b) = (holder(c"a", 4, 0, 0), holder(c"b", 4, 0, 0));
    assert_eq!(failed(9, &[a, b]), pair("too_little", "cut"));
    assert_eq!(failed(1, &[a, a]), pair("duplicate_id", "holders"));
    assert_eq!(failed(1, &[a, caicach_holder { posts: u64::MAX, ..b }]), pair("out_of_range", "holders"));
    assert_eq!(failed(1, &[a, caicach_holder { exempt: 2, ..b }]), pair("invalid_argument", "holders[1].exempt"));
    assert_eq!(failed(1, &[a, caicach_holder { reserved: 1, ..b }]), pair("invalid_argument", "holders[1].reserved"));
    let error = divided(1, &[caicach_holder { id: null::<c_char>(), ..a }]).unwrap_err();
    assert_eq!(told(&error), (CAICACH_ERROR_NULL_ARGUMENT, "null_argument", "holders[0].id"));
}

fn ids(bodies: &caicach_bodies) -> Vec<&str> {
    let all = (0..caicach_bodies_count(Some(bodies))).map(|i| {
        assert!(!read(caicach_bodies_name(Some(bodies), i)).is_empty());
        read(caicach_bodies_id(Some(bodies), i))
    });
    all.collect()
}

#[test]
fn bodies_in_time() {
    let plan = plan();
    let successors = |body: &'static str, on: &'static str| {
        let ((body, body_len), (on, on_len)) = (pointer(body), pointer(on));
        // SAFETY: the texts are there during the call.
        call(|out, error| unsafe { caicach_plan_successors(Some(&plan), body, body_len, on, on_len, out, error) })
    };
    assert_eq!(ids(&successors("phuoc_tien", "2025-01-01").unwrap()), ["tan_tien"]);
    assert_eq!(ids(&successors("phuoc_tien", "2026-01-01").unwrap()), ["phuong_nha_trang"]);
    let error = successors("phuoc_tein", "2026-01-01").unwrap_err();
    assert_eq!(told(&error), (CAICACH_ERROR_NOT_FOUND, "unknown_reference", "body"));
    assert_eq!(read(caicach_error_detail_help(Some(&error), 0)), "did you mean `phuoc_tien`?");
    assert_eq!(told(&successors("phuoc_tien", "x").unwrap_err()).2, "on");
    let ((body, body_len), (on, on_len)) = (pointer("tan_tien"), pointer("2024-06-30"));
    // SAFETY: the texts are there during the call.
    let before =
        call(|out, error| unsafe { caicach_plan_predecessors(Some(&plan), body, body_len, on, on_len, out, error) });
    assert_eq!(ids(&before.unwrap()), ["phuoc_tan", "phuoc_tien", "tan_lap"]);
    // SAFETY: the text is there during the call.
    let territory = call(|out, error| unsafe { caicach_plan_territory(Some(&plan), on, on_len, out, error) }).unwrap();
    assert_eq!(ids(&territory), ["nha_trang"]);
    assert!(caicach_bodies_id(Some(&territory), 1).is_null());
}

#[test]
fn the_ceiling_of_a_collective() {
    let ranked = facts(
        r#"{"schema": "caicach/facts/1", "rankings": [{"year": 2024, "body": "loc_tho", "rank": "weak"}],
        "collectives": [{"id": "c1", "kind": "leadership", "body": "loc_tho"}]}"#,
    )
    .unwrap();
    let (plan, options) = (plan(), on(c"2025-06-30"));
    // SAFETY: the options are there during the call.
    let case =
        call(|out, error| unsafe { caicach_case_prepare(Some(&plan), Some(&ranked), &raw const options, out, error) });
    let case = case.unwrap();
    let collective = |id: &'static str| {
        let (id, len) = pointer(id);
        // SAFETY: the text is there during the call.
        call(|out, error| unsafe { caicach_case_collective(Some(&case), id, len, out, error) })
    };
    assert_eq!(told(&collective("c2").unwrap_err()), (CAICACH_ERROR_NOT_FOUND, "unknown_reference", "id"));
    let found = collective("c1").unwrap();
    let (scale, len) = pointer("rating");
    // SAFETY: the text is there during the call.
    let ceiling =
        call(|out, error| unsafe { caicach_subject_ceiling(Some(&found), scale, len, 2024, out, error) }).unwrap();
    assert_eq!(read(caicach_ceiling_subject_id(Some(&ceiling))), "c1");
    let own = Plan::builtin().unwrap();
    let own_facts = caicach::Facts::from_json(caicach::Facts::to_json(&ranked.facts)).unwrap();
    let own = own.prepare(&own_facts, &caicach::Options::on(parse_iso("2025-06-30").unwrap())).unwrap();
    let own = own.ceiling_of_collective(own.collective("c1").unwrap(), "rating", 2024).unwrap();
    assert_eq!(read(caicach_ceiling_band(Some(&ceiling))), own.ceiling().as_str());
    assert!(!own.binding().is_empty());
}
