//! What C reads is what the library says.

use std::mem::MaybeUninit;

use caicach::calendar::{epoch_days, iso, parse_iso};
use caicach::{Facts, Lang, Options, Plan};

use super::{WARD, assess, call, facts, on, plan, pointer, read};
use crate::assessment::{
    caicach_assessment_ceiling_at, caicach_assessment_ceiling_count, caicach_assessment_finding_at,
    caicach_assessment_finding_count, caicach_assessment_summary_count, caicach_assessment_to_json,
    caicach_assessment_unused_json,
};
use crate::case::{
    caicach_case_assess, caicach_case_body, caicach_case_person, caicach_case_prepare, caicach_subject_ceiling,
};
use crate::ceiling::{
    caicach_ceiling_band, caicach_ceiling_binding_at, caicach_ceiling_provisional, caicach_ceiling_subject_id,
    caicach_ceiling_year,
};
use crate::error::{caicach_error_code, caicach_error_detail_help};
use crate::facts::{caicach_facts_add, caicach_facts_fingerprint, caicach_facts_notes_json, caicach_facts_to_json};
use crate::finding::*;
use crate::lang::{CAICACH_LANG_EN, CAICACH_LANG_VI};
use crate::plan::{
    caicach_plan_fingerprint, caicach_plan_from_toml, caicach_plan_number, caicach_plan_reading_at,
    caicach_plan_reading_count, caicach_plan_rule_by_id, caicach_plan_rule_count, caicach_plan_task_at,
    caicach_plan_task_count, caicach_plan_to_json,
};
use crate::reading::{caicach_reading_key, caicach_reading_option_count};
use crate::rule::{caicach_rule_clause, caicach_rule_quote, caicach_rule_title};
use crate::status::CAICACH_ERROR_NOT_FOUND;
use crate::task::caicach_task_id;
use crate::text::{caicach_text, caicach_text_data, caicach_text_len};
use crate::verdict::{CAICACH_VERDICT_BINDING, number};

fn whole(text: &caicach_text) -> &str {
    let read = read(caicach_text_data(Some(text)));
    assert_eq!(caicach_text_len(Some(text)), read.len());
    read
}

fn own() -> caicach::Assessment {
    let options = Options::on(parse_iso("2025-01-15").unwrap());
    Plan::builtin().unwrap().assess(&Facts::from_json(WARD).unwrap(), &options).unwrap()
}

#[test]
fn the_plan() {
    let (plan, own) = (plan(), Plan::builtin().unwrap());
    assert_eq!(read(caicach_plan_number(Some(&plan))), "298/KH-UBND");
    assert_eq!(read(caicach_plan_fingerprint(Some(&plan))), own.fingerprint());
    assert_eq!(caicach_plan_rule_count(Some(&plan)), own.rules().len());
    assert_eq!(caicach_plan_task_count(Some(&plan)), 55);
    assert_eq!(read(caicach_task_id(caicach_plan_task_at(Some(&plan), 0))), own.tasks()[0].id.as_str());
    assert_eq!(caicach_plan_reading_count(Some(&plan)), own.readings().len());
    let reading = caicach_plan_reading_at(Some(&plan), 0);
    assert_eq!(read(caicach_reading_key(reading)), own.readings()[0].key.as_str());
    assert_eq!(caicach_reading_option_count(reading), own.readings()[0].options.len());
    let (id, len) = pointer("late_share_caps_rank");
    // SAFETY: the text is there during the call.
    let rule = unsafe { caicach_plan_rule_by_id(Some(&plan), id, len) };
    let head = own.rule("late_share_caps_rank").unwrap().head();
    assert_eq!(read(caicach_rule_clause(rule)), head.clause);
    assert_eq!(read(caicach_rule_quote(rule)), head.quote);
    assert_eq!(read(caicach_rule_title(rule, CAICACH_LANG_EN)), head.title.en);
    let json = call(|out, error| caicach_plan_to_json(Some(&plan), out, error)).unwrap();
    assert_eq!(whole(&json), own.to_json());

    let toml = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../core/data/plan-298.toml")).unwrap();
    let (data, len) = pointer(&toml);
    // SAFETY: the text is there during the call.
    let loaded = call(|out, error| unsafe { caicach_plan_from_toml(data, len, out, error) }).unwrap();
    assert_eq!(read(caicach_plan_fingerprint(Some(&loaded))), own.fingerprint());
}

#[test]
fn the_facts() {
    let (ward, own) = (facts(WARD).unwrap(), Facts::from_json(WARD).unwrap());
    assert_eq!(read(caicach_facts_fingerprint(Some(&ward))), own.fingerprint());
    let json = call(|out, error| caicach_facts_to_json(Some(&ward), out, error)).unwrap();
    assert_eq!(whole(&json), own.to_json());
    let notes = call(|out, error| caicach_facts_notes_json(Some(&ward), out, error)).unwrap();
    assert_eq!(whole(&notes), "[]");
    let other = r#"{"schema": "caicach/facts/1", "surveys": [{"year": 2023, "field": "land", "percent": 90}]}"#;
    let other = facts(other).unwrap();
    let both = call(|out, error| caicach_facts_add(Some(&ward), Some(&other), out, error)).unwrap();
    assert_eq!(both.facts.tables().len(), 2);
}

#[test]
fn every_finding() {
    let assessment = assess(&facts(WARD).unwrap(), &on(c"2025-01-15")).unwrap();
    let own = own();
    let json = call(|out, error| caicach_assessment_to_json(Some(&assessment), out, error)).unwrap();
    assert_eq!(whole(&json), own.to_json());
    let unused = call(|out, error| caicach_assessment_unused_json(Some(&assessment), out, error)).unwrap();
    assert_eq!(whole(&unused), serde_json::to_string(own.unused()).unwrap());
    assert_eq!(caicach_assessment_finding_count(Some(&assessment)), own.findings().len());
    for (at, own) in own.findings().iter().enumerate() {
        let finding = caicach_assessment_finding_at(Some(&assessment), at);
        assert_eq!(read(caicach_finding_rule(finding)), own.rule().as_str());
        assert_eq!(read(caicach_finding_clause(finding)), own.clause());
        assert_eq!(read(caicach_finding_subject_kind(finding)), own.subject().kind.as_str());
        assert_eq!(read(caicach_finding_subject_id(finding)), own.subject().id.as_ref());
        assert_eq!(read(caicach_finding_subject_name(finding)), own.subject().name.as_ref());
        assert_eq!(caicach_finding_period_from(finding), epoch_days(own.period().from()));
        assert_eq!(caicach_finding_period_to(finding), epoch_days(own.period().to()));
        assert_eq!(read(caicach_finding_period_from_text(finding)), iso(own.period().from()));
        assert_eq!(caicach_finding_verdict(finding), number(own.verdict()));
        assert_eq!(read(caicach_finding_verdict_text(finding)), own.verdict().as_str());
        assert_eq!(read(caicach_finding_explanation(finding, CAICACH_LANG_VI)), own.explanation(Lang::Vi));
        assert_eq!(read(caicach_finding_explanation(finding, CAICACH_LANG_EN)), own.explanation(Lang::En));
        assert_eq!(caicach_finding_missing_count(finding), own.missing().len());
        for (i, missing) in own.missing().iter().enumerate() {
            assert_eq!(read(caicach_finding_missing_text(finding, i, CAICACH_LANG_VI)), missing.text(Lang::Vi));
        }
        assert_eq!(caicach_finding_sensitive_count(finding), own.sensitive_to().len());
        assert_eq!(caicach_finding_data_note_count(finding), own.data_notes().len());
        assert_eq!(caicach_finding_reading_count(finding), own.readings().len());
        assert_eq!(caicach_finding_source_count(finding), own.sources().count());
        assert_eq!(caicach_finding_aspirational(finding), own.aspirational());
        assert_eq!(caicach_finding_retrospective(finding), own.retrospective());
        let json = call(|out, error| caicach_finding_to_json(finding, out, error)).unwrap();
        assert_eq!(whole(&json), own.to_json());
    }
    for verdict in caicach::Verdict::ALL {
        let count = caicach_assessment_summary_count(Some(&assessment), number(*verdict));
        assert_eq!(count, own.summary().count(*verdict));
    }
}

#[test]
fn figures_of_a_finding_are_those_of_its_json() {
    let assessment = assess(&facts(WARD).unwrap(), &on(c"2025-01-15")).unwrap();
    let all = (0..).map_while(|at| caicach_assessment_finding_at(Some(&assessment), at));
    let mut seen = 0;
    for finding in all {
        let finding = Some(finding);
        let json = call(|out, error| caicach_finding_to_json(finding, out, error)).unwrap();
        let json: serde_json::Value = serde_json::from_str(whole(&json)).unwrap();
        let text = |text: *const std::ffi::c_char| (!text.is_null()).then(|| read(text).to_owned());
        let member = |pointer: &str| json.pointer(pointer).and_then(|value| value.as_str()).map(str::to_owned);
        assert_eq!(text(caicach_finding_percent(finding)), member("/measured/percent"));
        assert_eq!(text(caicach_finding_percent_low(finding)), member("/measured/low/percent"));
        assert_eq!(text(caicach_finding_percent_high(finding)), member("/measured/high/percent"));
        assert_eq!(text(caicach_finding_margin(finding)), member("/margin/value"));
        assert_eq!(text(caicach_finding_headroom_unit(finding)), member("/headroom/unit"));
        assert_eq!(text(caicach_finding_due_text(finding)), member("/due"));
        let (mut part, mut of) = (MaybeUninit::new(-1), MaybeUninit::new(-1));
        let counts = caicach_finding_counts(finding, Some(&mut part), Some(&mut of));
        assert_eq!(counts, json.pointer("/counts").is_some());
        // SAFETY: both were written before the call.
        let (part, of) = unsafe { (part.assume_init(), of.assume_init()) };
        assert_eq!(part, json.pointer("/counts/part").and_then(serde_json::Value::as_i64).unwrap_or(-1));
        assert_eq!(of, json.pointer("/counts/whole").and_then(serde_json::Value::as_i64).unwrap_or(-1));
        let mut room = MaybeUninit::new(-1);
        let whole_number = json.pointer("/headroom/value").and_then(serde_json::Value::as_i64);
        assert_eq!(caicach_finding_headroom_count(finding, Some(&mut room)), whole_number.is_some());
        // SAFETY: it was written before the call.
        assert_eq!(unsafe { room.assume_init() }, whole_number.unwrap_or(-1));
        seen += usize::from(counts);
    }
    assert!(seen > 0);
}

#[test]
fn a_nul_inside_a_text_is_shown() {
    let assessment = assess(&facts(WARD).unwrap(), &on(c"2025-01-15")).unwrap();
    let all = (0..).map_while(|at| caicach_assessment_finding_at(Some(&assessment), at));
    let sourced = all.into_iter().find(|finding| caicach_finding_source_count(Some(finding)) > 0);
    assert_eq!(read(caicach_finding_source_at(sourced, 0)), "a\u{FFFD}b");
}

#[test]
fn a_case_is_asked_often() {
    let (plan, ward, day) = (plan(), facts(WARD).unwrap(), on(c"2025-01-15"));
    // SAFETY: the options are there during the call.
    let case = call(|out, error| unsafe { caicach_case_prepare(Some(&plan), Some(&ward), &day, out, error) }).unwrap();
    drop((plan, ward));
    let assessment = call(|out, error| caicach_case_assess(Some(&case), out, error)).unwrap();
    let json = call(|out, error| caicach_assessment_to_json(Some(&assessment), out, error)).unwrap();
    assert_eq!(whole(&json), own().to_json());

    let (name, len) = pointer("phường Lộc Thọ");
    // SAFETY: the text is there during the call.
    let body = call(|out, error| unsafe { caicach_case_body(Some(&case), name, len, 2024, out, error) }).unwrap();
    drop(case);
    let (scale, len) = pointer("rank");
    for _ in 0..3 {
        // SAFETY: the text is there during the call.
        let ceiling = call(|out, error| unsafe { caicach_subject_ceiling(Some(&body), scale, len, 2024, out, error) });
        let ceiling = ceiling.unwrap();
        assert_eq!(read(caicach_ceiling_subject_id(Some(&ceiling))), "loc_tho");
        assert_eq!(caicach_ceiling_year(Some(&ceiling)), 2024);
        assert_eq!(read(caicach_ceiling_band(Some(&ceiling))), "fair");
        assert_eq!(read(caicach_ceiling_binding_at(Some(&ceiling), 0)), "late_share_caps_rank");
        assert!(caicach_ceiling_binding_at(Some(&ceiling), 1).is_null());
    }
    let all = (0..caicach_assessment_ceiling_count(Some(&assessment)))
        .map(|at| caicach_assessment_ceiling_at(Some(&assessment), at));
    let mut ward = all.filter(|ceiling| {
        read(caicach_ceiling_subject_id(*ceiling)) == "loc_tho" && caicach_ceiling_year(*ceiling) == 2024
    });
    let listed = ward.next().unwrap();
    assert_eq!(read(caicach_ceiling_band(listed)), "fair");
    // SAFETY: the text is there during the call.
    let asked = call(|out, error| unsafe { caicach_subject_ceiling(Some(&body), scale, len, 2024, out, error) });
    assert_eq!(caicach_ceiling_provisional(listed), caicach_ceiling_provisional(Some(&asked.unwrap())));
    assert!(caicach_assessment_summary_count(Some(&assessment), CAICACH_VERDICT_BINDING) > 0);

    let (scale, len) = pointer("rnk");
    // SAFETY: the text is there during the call.
    let none = call(|out, error| unsafe { caicach_subject_ceiling(Some(&body), scale, len, 2024, out, error) });
    let none = none.unwrap_err();
    assert_eq!(caicach_error_code(Some(&none)), CAICACH_ERROR_NOT_FOUND);
    assert_eq!(read(caicach_error_detail_help(Some(&none), 0)), "expected one of rank, rating");
}

#[test]
fn a_person_is_found_by_id() {
    let people = r#"{"schema": "caicach/facts/1", "people": [
        {"id": "p1", "body": "loc_tho", "role": "staff", "category": "civil_servant"}]}"#;
    let (plan, people, day) = (plan(), facts(people).unwrap(), on(c"2025-01-15"));
    // SAFETY: the options are there during the call.
    let case = call(|out, error| unsafe { caicach_case_prepare(Some(&plan), Some(&people), &day, out, error) });
    let case = case.unwrap();
    let (id, len) = pointer("p1");
    // SAFETY: the text is there during the call.
    let person = call(|out, error| unsafe { caicach_case_person(Some(&case), id, len, out, error) }).unwrap();
    let (scale, len) = pointer("rating");
    // SAFETY: the text is there during the call.
    let ceiling = call(|out, error| unsafe { caicach_subject_ceiling(Some(&person), scale, len, 2024, out, error) });
    assert_eq!(read(caicach_ceiling_band(Some(&ceiling.unwrap()))), "excellent");
    let (id, len) = pointer("p2");
    // SAFETY: the text is there during the call.
    let none = call(|out, error| unsafe { caicach_case_person(Some(&case), id, len, out, error) }).unwrap_err();
    assert_eq!(caicach_error_code(Some(&none)), CAICACH_ERROR_NOT_FOUND);
}
