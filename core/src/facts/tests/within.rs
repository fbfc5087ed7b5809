//! What must hold within one record.

use super::{facts, one, wrong};
use crate::facts::{ServiceUnits, SurveyResult};
use crate::input::ProblemCode::{Contradiction, Inconsistent, MissingField, OutOfRange};

#[test]
fn first_days_come_before_last_days() {
    for (tables, path) in [
        (r#""complete": [{"table": "surveys", "from": "2024-01-02", "to": "2024-01-01"}]"#, "complete[0].from"),
        (
            r#""bodies": [{"id": "a", "kind": "k", "names": ["A"], "valid_from": "2024-01-02", "valid_to": "2024-01-01"}]"#,
            "bodies[0].valid_from",
        ),
        (
            r#""service_units": [{"id": "a", "name": "A", "established": "2024-01-02", "dissolved": "2024-01-01"}]"#,
            "service_units[0].established",
        ),
        (r#""dossier_counts": [{"body": "a", "from": "2024-01-02", "to": "2024-01-01"}]"#, "dossier_counts[0].from"),
        (
            r#""shares": [{"measure": "late_share", "from": "2024-01-02", "to": "2024-01-01", "percent": 1}]"#,
            "shares[0].from",
        ),
        (
            r#""estimates": [{"task": "I.1", "body": "a", "amount": 1, "submitted": "2024-01-02", "fund": "project",
                "appraised": "2024-01-01"}]"#,
            "estimates[0].submitted",
        ),
    ] {
        one(tables, Inconsistent, path, "2024-01-02 is after `");
    }
}

#[test]
fn a_part_is_not_larger_than_its_whole() {
    for (tables, path) in [
        (r#""surveys": [{"year": 2024, "field": "land", "respondents": 1, "satisfied": 2}]"#, "surveys[0].satisfied"),
        (r#""title_standards": [{"date": "2024-12-31", "total": 1, "meeting": 2}]"#, "title_standards[0].meeting"),
        (
            r#""written_assignments": [{"date": "2024-12-31", "body": "a", "staff": 1, "assigned": 2}]"#,
            "written_assignments[0].assigned",
        ),
        (
            r#""online_payments": [{"year": 2024, "locality": "a", "paid_online": 2, "payable": 1}]"#,
            "online_payments[0].paid_online",
        ),
        (r#""indices": [{"year": 2024, "index": "par", "value": 1, "rank": 64, "of": 63}]"#, "indices[0].rank"),
    ] {
        one(tables, Inconsistent, path, "");
    }
    for (field, secret, excepted, electronic) in
        [("secret", 11, 0, 1), ("excepted", 0, 11, 1), ("electronic", 0, 0, 11), ("excepted", 6, 5, 1)]
    {
        let tables = format!(
            r#""documents": [{{"year": 2024, "body": "a", "total": 10, "secret": {secret}, "excepted": {excepted},
                "electronic": {electronic}}}]"#
        );
        one(&tables, Inconsistent, &format!("documents[0].{field}"), "more than");
    }
    let signed = r#""documents": [{"year": 2024, "body": "a", "total": 1, "secret": 0, "electronic": 1, "digitally_signed": 2}]"#;
    one(signed, Inconsistent, "documents[0].digitally_signed", "more than");
}

#[test]
fn numbers_that_cannot_be() {
    one(r#""indices": [{"year": 2024, "index": "par", "value": -1}]"#, OutOfRange, "indices[0].value", "-1");
    one(r#""indices": [{"year": 2024, "index": "par", "value": 1, "rank": 0}]"#, OutOfRange, "indices[0].rank", "");
    one(r#""rankings": [{"year": 2024, "body": "a", "score": "-0.5"}]"#, OutOfRange, "rankings[0].score", "-0.5");
    let area = r#""rankings": [{"year": 2024, "body": "a", "areas": [{"area": "x", "score": -1}]}]"#;
    one(area, OutOfRange, "rankings[0].areas[0].score", "-1");
    let estimate =
        r#""estimates": [{"task": "I.1", "body": "a", "amount": -5, "submitted": "2024-01-02", "fund": "annual"}]"#;
    one(estimate, OutOfRange, "estimates[0].amount", "-5");
    let twice = r#""rankings": [{"year": 2024, "body": "a", "areas": [{"area": "x"}, {"area": "x", "score": 1}]}]"#;
    one(twice, Contradiction, "rankings[0].areas[1].area", "stands twice");
}

#[test]
fn roundings_fit_their_percentages() {
    let share = |percent: &str, rounded_to: u32| {
        format!(
            r#""shares": [{{"measure": "late_share", "from": "2024-01-01", "to": "2024-12-31", "percent": {percent},
                "rounded_to": {rounded_to}}}]"#
        )
    };
    one(&share("1.79", 11), OutOfRange, "shares[0].rounded_to", "0 to 10");
    one(&share("1.795", 2), Inconsistent, "shares[0].percent", "more decimals than the 2");
    for (percent, rounded_to) in [("1.79", 2), ("1.8", 2), ("1.800", 2), ("2", 0), ("\"1.0123456789\"", 10)] {
        facts(&share(percent, rounded_to));
    }
}

#[test]
fn surveys_have_one_of_two_shapes() {
    let survey = |fields: &str| format!(r#""surveys": [{{"year": 2024, "field": "land"{fields}}}]"#);
    one(&survey(""), MissingField, "surveys[0]", "give either `percent` or `respondents` and `satisfied`");
    one(
        &survey(r#", "percent": 90, "respondents": 10, "satisfied": 9"#),
        Inconsistent,
        "surveys[0]",
        "`percent`, `respondents` and `satisfied` cannot stand in one record",
    );
    one(&survey(r#", "respondents": 10"#), MissingField, "surveys[0].satisfied", "go together");
    one(&survey(r#", "satisfied": 10"#), MissingField, "surveys[0].respondents", "go together");
    one(&survey(r#", "rounded_to": 2"#), MissingField, "surveys[0].percent", "missing");
    one(&survey(r#", "rounded_to": 2, "respondents": 1, "satisfied": 1"#), Inconsistent, "surveys[0]", "`rounded_to`");
    let counts = facts(&survey(r#", "respondents": 10, "satisfied": 9"#));
    let result = counts.tables().surveys[0].result();
    assert_eq!(result, Some(SurveyResult::Counts { respondents: 10, satisfied: 9 }));
    let percent = facts(&survey(r#", "percent": 90, "rounded_to": 0"#));
    let result = percent.tables().surveys[0].result();
    assert!(matches!(result, Some(SurveyResult::Percent { rounded_to: Some(0), .. })));
    facts(&survey(r#", "respondents": 0, "satisfied": 0"#));
}

#[test]
fn service_units_are_counted_or_listed() {
    let unit = |fields: &str| format!("\"service_units\": [{{{fields}}}]");
    let listed = r#""id": "u", "name": "U", "established": "2018-01-01""#;
    one(
        &unit(""),
        MissingField,
        "service_units[0]",
        "give either `date` and `count` or `id`, `name` and `established`",
    );
    one(&unit(&format!(r#"{listed}, "date": "2024-01-01""#)), Inconsistent, "service_units[0]", "cannot stand");
    one(&unit(r#""date": "2024-01-01", "dissolved": "2024-01-01""#), Inconsistent, "service_units[0]", "`dissolved`");
    one(&unit(r#""count": 3"#), MissingField, "service_units[0].date", "go together");
    assert_eq!(wrong(&unit(r#""dissolved": "2024-01-01""#)).total(), 3);
    let both = facts(&format!(r#""service_units": [{{{listed}}}, {{"date": "2024-01-01", "count": 3}}]"#));
    let read: Vec<_> = both.tables().service_units.iter().map(|unit| unit.read()).collect();
    assert!(matches!(read[0], Some(ServiceUnits::Counted { count: 3, .. })));
    assert!(matches!(read[1], Some(ServiceUnits::Listed { name: "U", dissolved: None, .. })));
}

#[test]
fn reorganisations_have_the_sides_their_kind_needs() {
    let one_of = |kind: &str, from: &str, to: &str| {
        format!(r#""reorganisations": [{{"date": "2024-11-01", "kind": "{kind}", "from": {from}, "to": {to}}}]"#)
    };
    one(&one_of("merge", "[]", r#"["b"]"#), Inconsistent, "reorganisations[0].from", "at least one body");
    for kind in ["merge", "split", "rename", "transfer", "equitise"] {
        one(&one_of(kind, r#"["a"]"#, "[]"), Inconsistent, "reorganisations[0].to", "at least one body");
    }
    facts(&one_of("dissolve", r#"["a"]"#, "[]"));
    one(&one_of("merge", r#"["a"]"#, r#"["b", "c"]"#), Inconsistent, "reorganisations[0].to", "one body after");
    one(&one_of("split", r#"["a", "b"]"#, r#"["c", "d"]"#), Inconsistent, "reorganisations[0].from", "one body before");
    assert_eq!(wrong(&one_of("rename", r#"["a", "b"]"#, r#"["c", "d"]"#)).total(), 2);
}

#[test]
fn bodies_stand_once_in_a_reorganisation() {
    let merge = r#""reorganisations": [{"date": "2024-11-01", "kind": "merge", "from": ["Vĩnh Hòa", "vĩnh hoà"], "to": ["b"]}]"#;
    one(merge, Inconsistent, "reorganisations[0].from[1]", "stands twice");
}

#[test]
fn shares_of_a_split_go_to_its_parts_and_add_up() {
    let split = |kind: &str, shares: &str| {
        format!(
            r#""reorganisations": [{{"date": "2024-11-01", "kind": "{kind}", "from": ["a"], "to": ["Lộc Thọ"],
                "shares": [{shares}]}}]"#
        )
    };
    facts(&split("split", r#"{"body": "LỘC THỌ", "percent": 100}"#));
    one(&split("split", r#"{"body": "Lộc Thọ", "percent": 99.9}"#), Inconsistent, "reorganisations[0].shares", "99.9");
    one(&split("split", r#"{"body": "z", "percent": 100}"#), Inconsistent, "reorganisations[0].shares[0].body", "`z`");
    one(&split("merge", r#"{"body": "Lộc Thọ", "percent": 100}"#), Inconsistent, "reorganisations[0].shares", "split");
}

#[test]
fn only_what_has_a_kind_is_complete_for_a_kind() {
    let complete = |table: &str| {
        format!(r#""complete": [{{"table": "{table}", "kind": "k", "from": "2024-01-01", "to": "2024-12-31"}}]"#)
    };
    facts(&complete("activities"));
    one(&complete("headcounts"), Inconsistent, "complete[0].kind", "`headcounts` have no kind");
    let itself = r#""complete": [{"table": "complete", "from": "2024-01-01", "to": "2024-12-31"}]"#;
    one(itself, Inconsistent, "complete[0].table", "itself");
}

#[test]
fn bodies_have_names() {
    one(r#""bodies": [{"id": "a", "kind": "k"}]"#, MissingField, "bodies[0].names", "at least one name");
    one(r#""bodies": [{"id": "a", "kind": "", "names": ["A"]}]"#, OutOfRange, "bodies[0].kind", "empty");
    one(r#""bodies": [{"id": "a", "kind": "k", "names": ["A", " "]}]"#, OutOfRange, "bodies[0].names[1]", "empty");
}
