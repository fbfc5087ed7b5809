//! Exactly which records are told to be read by nothing: no more and no fewer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use caicach::Plan;

use common::own::{AN_BINH, an_binh, an_binh_with, assess, plan};

const NO_RULE: &str = "no rule of the plan reads it";
const NOT_COMPLETE: &str = "its table is not declared complete, so that no sum is made of it";
const OWN: &str = "the city has a figure of its own";
const BREAKDOWN: &str = "a breakdown by field of a record that is there";

/// What is told of facts, as `table: subject, why`.
fn told(plan: &Plan, tables: &str, day: &str) -> Vec<String> {
    let assessment = assess(plan, tables, day);
    assessment.unused().iter().map(|one| format!("{}: {}, {}", one.table, one.subject, one.en)).collect()
}

/// The same of the built-in plan in January 2025.
fn told_of_298(tables: &str) -> Vec<String> {
    told(&Plan::builtin().unwrap(), tables, "2025-01-15")
}

/// A share of 2024.
fn share(measure: &str, more: &str) -> String {
    format!(r#"{{"measure": "{measure}", "from": "2024-01-01", "to": "2024-12-31", "percent": 1 {more}}}"#)
}

fn shares(all: &[String]) -> String {
    format!(r#""shares": [{}]"#, all.join(", "))
}

const OF_LOC_THO: &str = r#", "body": "loc_tho""#;
const OF_LAND: &str = r#", "field": "land""#;
const OF_ALL: &str = r#", "field": "overall""#;
const OF_CB1: &str = r#", "officer": "cb1""#;

#[test]
fn shares_that_rules_look_at_are_not_told() {
    let read = [
        share("late_share", ""),
        share("late_share", OF_LOC_THO),
        share("late_share", OF_CB1),
        share("satisfaction", ""),
        share("satisfaction", OF_LAND),
        share("satisfaction", OF_LOC_THO),
        share("online_share", ""),
        share("online_payment_share", ""),
    ];
    assert_eq!(told_of_298(&shares(&read)), [""; 0]);
}

#[test]
fn shares_that_none_looks_at_are_told() {
    let of_all = format!("{OF_LOC_THO}{OF_ALL}");
    let unread =
        [share("online_share", &of_all), share("satisfaction", OF_CB1), share("satisfaction", r#", "field": "y_te""#)];
    let why = |subject: &str| format!("shares: {subject}, {NO_RULE}");
    assert_eq!(
        told_of_298(&shares(&unread)),
        [why("(satisfaction)"), why("cb1 (satisfaction)"), why("loc_tho (online_share)")]
    );
    // A field's share is told as a breakdown, whoever may read the whole.
    let fields = [share("late_share", OF_LAND), share("online_share", &format!("{OF_LOC_THO}{OF_LAND}"))];
    assert_eq!(
        told_of_298(&shares(&fields)),
        [format!("shares: , {BREAKDOWN}"), format!("shares: loc_tho, {BREAKDOWN}")]
    );
}

#[test]
fn surveys_are_read_for_the_body_or_for_the_city() {
    let survey =
        |body: &str, field: &str, result: &str| format!(r#"{{"year": 2024, "field": "{field}" {body}, {result}}}"#);
    let (counts, percent) = (r#""respondents": 9, "satisfied": 8"#, r#""percent": 1"#);
    let all = [
        survey("", "land", percent),
        survey(OF_LOC_THO, "overall", percent),
        survey(OF_LOC_THO, "investment", counts),
        survey(OF_LOC_THO, "land", percent),
        survey(r#", "body": "so_noi_vu""#, "investment", counts),
    ];
    assert_eq!(
        told_of_298(&format!(r#""surveys": [{}]"#, all.join(", "))),
        [format!("surveys: loc_tho (land), {NO_RULE}"), format!("surveys: so_noi_vu (investment), {NO_RULE}")]
    );
}

/// Dossiers of 2024.
fn dossiers(body: &str, more: &str) -> String {
    format!(
        r#""dossier_counts": [{{"body": "{body}", "from": "2024-01-01", "to": "2024-12-31", "resolved": {{"late": 1, "total": 9}} {more}}}]"#
    )
}

#[test]
fn dossiers_are_read_in_the_territory_and_where_a_rule_asks() {
    assert_eq!(told_of_298(&dossiers("loc_tho", "")), [""; 0]);
    assert_eq!(told_of_298(&dossiers("loc_tho", OF_CB1)), [""; 0]);
    assert_eq!(told_of_298(&dossiers("so_noi_vu", "")), [format!("dossier_counts: so_noi_vu, {NO_RULE}")]);
    // A body of elsewhere whose late share is capped: its dossiers are read for that alone.
    let body = ("[[body_group]]", ELSEWHERE);
    let ranked = (r#"kinds = ["commune", "township"]"#, r#"kinds = ["commune", "township", "outside"]"#);
    assert_eq!(told(&an_binh_with(&[body, ranked]), &dossiers("chi_cuc", ""), "2025-01-15"), [""; 0]);
    let none = told(&an_binh_with(&[body]), &dossiers("chi_cuc", ""), "2025-01-15");
    assert_eq!(none, [format!("dossier_counts: chi_cuc, {NO_RULE}")]);
}

const ELSEWHERE: &str = r#"[[body]]
id = "chi_cuc"
kind = "outside"
names = ["Chi cục"]

[[body_group]]"#;

/// An Bình's plan without its rule on persons.
fn without_persons() -> Plan {
    let (before, rule) = AN_BINH.split_once("[[rule]]\nid = \"person_not_excellent\"").unwrap();
    let (_, after) = rule.split_once("[[rule]]").unwrap();
    plan(format!("{before}[[rule]]{after}"))
}

#[test]
fn dossiers_and_shares_of_persons_are_read_where_persons_are_judged() {
    let read = shares(&[share("late_share", &format!("{OF_CB1}, \"body\": \"thi_tran_an\""))]);
    let records = dossiers("thi_tran_an", OF_CB1);
    assert_eq!(told(&an_binh(), &read, "2025-01-15"), [""; 0]);
    assert_eq!(told(&an_binh(), &records, "2025-01-15"), [""; 0]);
    assert_eq!(told(&without_persons(), &read, "2025-01-15"), [format!("shares: cb1 (late_share), {NO_RULE}")]);
    assert_eq!(told(&without_persons(), &records, "2025-01-15"), [format!("dossier_counts: thi_tran_an, {NO_RULE}")]);
}

#[test]
fn events_are_read_by_tasks_that_wait_and_by_rules_that_count_days() {
    let events = |tasks: &[&str]| {
        let one = |task: &&str| format!(r#"{{"task": "{task}", "date": "2024-01-05"}}"#);
        format!(r#""triggers": [{}]"#, tasks.iter().map(one).collect::<Vec<_>>().join(", "))
    };
    assert_eq!(told_of_298(&events(&["I.9", "II.1", "V.9"])), [format!("triggers: I.9, {NO_RULE}")]);
    // In another plan a rule counts days from the event of a task that comes every year.
    let rule = r#"[[rule]]
id = "minutes"
clause = "annex A.2"
kind = "deadline"
subject = { kind = "body", group = "xa_thi_tran" }
gist_en = "Minutes within three days."
quote = "đối thoại với người dân ít nhất 3 lần"
activity = "minutes"
within_days = 3

[[rule]]
id = "dialogues""#;
    let counting = an_binh_with(&[("[[rule]]\nid = \"dialogues\"", rule)]);
    assert_eq!(told(&counting, &events(&["A.1", "A.2"]), "2025-01-15"), [format!("triggers: A.1, {NO_RULE}")]);
}

#[test]
fn indices_payments_and_inspections_are_read_where_a_rule_is_about_them() {
    let tables = r#"
        "indices": [{"year": 2024, "index": "pci", "value": 65}],
        "online_payments": [{"year": 2024, "locality": "nha_trang", "payable": 10, "paid_online": 4}],
        "inspections": [{"enterprise": "dn1", "body": "phong_noi_vu", "date": "2024-05-05", "ordered_by_superior": false}]"#;
    assert_eq!(told_of_298(tables), [""; 0]);
    assert_eq!(
        told(&an_binh(), tables, "2025-01-15"),
        ["indices: pci", "inspections: dn1", "online_payments: nha_trang"].map(|what| format!("{what}, {NO_RULE}"))
    );
}

#[test]
fn records_of_bodies_that_make_no_sum_say_why() {
    let posts = r#""headcounts": [
        {"date": "2024-06-30", "category": "cadre", "basis": "assigned", "count": 9, "body": "loc_tho"},
        {"date": "2024-06-30", "category": "cadre", "basis": "assigned", "count": 9, "body": "so_noi_vu"}]"#;
    let (loc_tho, so_noi_vu) = ("UBND phường Lộc Thọ", "Sở Nội vụ");
    assert_eq!(
        told_of_298(posts),
        [format!("headcounts: {so_noi_vu}, {NO_RULE}"), format!("headcounts: {loc_tho}, {NOT_COMPLETE}")]
    );
    // The city's own figure is one of its year alone.
    let titles = r#""title_standards": [
        {"date": "2023-12-31", "total": 9, "meeting": 9, "body": "loc_tho"},
        {"date": "2024-12-31", "total": 9, "meeting": 9, "body": "loc_tho"},
        {"date": "2024-12-31", "total": 99, "meeting": 99}]"#;
    assert_eq!(
        told_of_298(titles),
        [format!("title_standards: {loc_tho}, {NOT_COMPLETE}"), format!("title_standards: {loc_tho}, {OWN}")]
    );
    let units = r#""service_units": [{"date": "2025-01-15", "count": 9}, {"date": "2025-01-16", "count": 9}]"#;
    assert_eq!(told_of_298(units), ["service_units: , after the day of assessment"]);
}
