//! What must hold between records: contradictions, repeats, overlaps; and sets of facts put together.

use super::{Facts, facts, one, wrong};
use crate::facts::{BodyRef, FactNoteKind, TableName, Tables};
use crate::input::ProblemCode::{Contradiction, OutOfRange, Overlap};

/// A table with two records of one key and different values, for every table that can have them.
const CONTRADICTIONS: &[(&str, &str, &str, &str)] = &[
    ("bodies", r#""id": "a", "kind": "k", "valid_from": "2024-01-01""#, r#""names": ["A"]"#, r#""names": ["B"]"#),
    ("reorganisations", r#""date": "2024-11-01", "kind": "merge", "from": ["a"]"#, r#""to": ["b"]"#, r#""to": ["c"]"#),
    ("headcounts", r#""date": "2024-12-31", "category": "cadre", "basis": "actual""#, r#""count": 1"#, r#""count": 2"#),
    (
        "quota_adjustments",
        r#""date": "2024-12-31", "category": "cadre", "reason": "r""#,
        r#""delta": 1"#,
        r#""delta": -1"#,
    ),
    ("service_units", r#""date": "2024-12-31""#, r#""count": 1"#, r#""count": 2"#),
    ("service_units", r#""id": "u", "name": "U""#, r#""established": "2020-01-01""#, r#""established": "2021-01-01""#),
    ("surveys", r#""year": 2024, "field": "land""#, r#""percent": 50"#, r#""respondents": 2, "satisfied": 1"#),
    (
        "dossier_counts",
        r#""body": "a", "from": "2024-01-01", "to": "2024-12-31""#,
        r#""cancelled": 1"#,
        r#""cancelled": 2"#,
    ),
    (
        "shares",
        r#""measure": "late_share", "from": "2024-01-01", "to": "2024-12-31""#,
        r#""percent": 1"#,
        r#""percent": 2"#,
    ),
    ("rankings", r#""year": 2024, "body": "a""#, r#""rank": "good""#, r#""rank": "fair""#),
    ("people", r#""id": "p", "body": "a", "category": "cadre""#, r#""role": "head""#, r#""role": "staff""#),
    ("collectives", r#""id": "c", "kind": "leadership""#, r#""body": "a""#, r#""body": "b""#),
    ("activities", r#""kind": "self_inspection", "body": "a", "date": "2024-01-01""#, r#""count": 1"#, r#""count": 2"#),
    (
        "inspections",
        r#""enterprise": "e", "body": "a", "date": "2024-01-01""#,
        r#""ordered_by_superior": true"#,
        r#""ordered_by_superior": false"#,
    ),
    (
        "record_updates",
        r#""person": "p", "changed": "2024-01-01""#,
        r#""recorded": "2024-01-02""#,
        r#""recorded": "2024-01-03""#,
    ),
    ("indices", r#""year": 2024, "index": "par""#, r#""value": 1"#, r#""value": 2"#),
    ("online_payments", r#""year": 2024, "locality": "a", "payable": 9"#, r#""paid_online": 1"#, r#""paid_online": 2"#),
    ("title_standards", r#""date": "2024-12-31", "total": 9"#, r#""meeting": 1"#, r#""meeting": 2"#),
    ("written_assignments", r#""date": "2024-12-31", "body": "a", "staff": 9"#, r#""assigned": 1"#, r#""assigned": 2"#),
    ("documents", r#""year": 2024, "body": "a", "total": 9, "secret": 0"#, r#""electronic": 1"#, r#""electronic": 2"#),
    (
        "estimates",
        r#""task": "I.1", "body": "a", "submitted": "2024-01-01", "fund": "annual""#,
        r#""amount": 1"#,
        r#""amount": 2"#,
    ),
    ("deputies", r#""body": "a", "since": "2024-01-01""#, r#""person": "p""#, r#""person": "q""#),
];

#[test]
fn one_key_has_one_value() {
    for (table, key, a, b) in CONTRADICTIONS {
        let both = format!("\"{table}\": [{{{key}, {a}}}, {{{key}, {b}, \"source\": \"other\"}}]");
        one(&both, Contradiction, &format!("{table}[1]"), &format!("contradicts `{table}[0]`: the same "));
        // Said at different times, they are two states of knowledge.
        let later = format!("\"{table}\": [{{{key}, {a}}}, {{{key}, {b}, \"known_on\": \"2025-01-01\"}}]");
        assert_eq!(facts(&later).tables().len(), 2, "{table}");
        // Said twice, they are one.
        let twice = format!("\"{table}\": [{{{key}, {a}, \"note\": \"n\"}}, {{{key}, {a}, \"source\": \"s\"}}]");
        let twice = facts(&twice);
        assert_eq!(twice.tables().len(), 1, "{table}");
        assert_eq!((twice.notes().len(), twice.notes()[0].kind()), (1, FactNoteKind::Repeat), "{table}");
        assert_eq!(twice.notes()[0].path(), format!("{table}[1]"));
    }
}

#[test]
fn every_contradiction_is_reported_with_what_differs() {
    let problems = wrong(
        r#""indices": [{"year": 2024, "index": "par", "value": 1, "rank": 3}, {"year": 2023, "index": "par", "value": 1},
            {"year": 2024, "index": "par", "value": 2, "rank": 4}, {"year": 2024, "index": "par", "value": 1}]"#,
    );
    let text: Vec<String> = problems.list().iter().map(|p| format!("{}: {}", p.path(), p.message())).collect();
    assert_eq!(
        text,
        [
            "indices[2]: contradicts `indices[0]`: the same `year` and `index`, another `rank` and `value`",
            "indices[3]: contradicts `indices[0]`: the same `year` and `index`, another `rank`",
        ]
    );
}

#[test]
fn names_of_bodies_are_compared_folded() {
    let table = |a: &str, b: &str, count: u64| {
        format!(
            r#""headcounts": [{{"date": "2024-12-31", "category": "cadre", "basis": "actual", "count": 1, "body": "{a}"}},
               {{"date": "2024-12-31", "category": "cadre", "basis": "actual", "count": {count}, "body": "{b}"}}]"#
        )
    };
    for (a, b) in [("Vĩnh Hòa", "vĩnh  hoà"), ("Vĩnh Hòa", "Vi\u{303}nh Ho\u{300}a")] {
        one(&table(a, b, 2), Contradiction, "headcounts[1]", "contradicts `headcounts[0]`");
        let help = |b: &str| wrong(&table(a, b, 2)).list()[0].help_text().unwrap_or_default().to_owned();
        assert!(help(b).starts_with("the two write the same `body` in two ways") && help(a).contains("`known_on`"));
        assert_eq!(facts(&table(a, b, 1)).tables().len(), 1);
    }
    assert_eq!(facts(&table("Vĩnh Thạnh", "Vĩnh Thanh", 2)).tables().len(), 2);
}

#[test]
fn lists_whose_order_says_nothing_are_compared_sorted() {
    let merged = |from: &str, to: &str| {
        format!(r#"{{"date": "2024-11-01", "kind": "merge", "from": [{from}], "to": ["{to}"]}}"#)
    };
    let table =
        |to: &str| format!("\"reorganisations\": [{}, {}]", merged(r#""A", "B""#, "C"), merged(r#""b", "a""#, to));
    assert_eq!(facts(&table("c")).tables().len(), 1);
    one(&table("d"), Contradiction, "reorganisations[1]", "another `to`");
    let person =
        |areas: &str| format!(r#"{{"id": "p", "body": "a", "role": "head", "category": "cadre", "areas": [{areas}]}}"#);
    let people = format!("\"people\": [{}, {}]", person(r#""x", "y""#), person(r#""y", "x""#));
    assert_eq!(facts(&people).tables().len(), 1);
}

#[test]
fn of_repeats_the_same_one_is_kept_whatever_the_order() {
    let records = [
        r#"{"year": 2024, "index": "par", "value": 1}"#,
        r#"{"year": 2024, "index": "par", "value": "1.0", "source": "b"}"#,
        r#"{"year": 2024, "index": "par", "value": 1e0, "source": "a", "note": "n"}"#,
    ];
    let mut prints = Vec::new();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let table: Vec<&str> = order.iter().map(|i| records[*i]).collect();
        let facts = facts(&format!("\"indices\": [{}]", table.join(", ")));
        assert_eq!(facts.tables().indices[0].source.as_deref(), Some("a"));
        assert_eq!(facts.notes().len(), 2);
        prints.push(facts.fingerprint().to_owned());
    }
    prints.dedup();
    assert_eq!(prints.len(), 1);
}

/// Two records of dossiers of one body with these periods.
fn periods(a: (&str, &str), b: (&str, &str)) -> String {
    let record = |(from, to): (&str, &str)| format!(r#"{{"body": "a", "from": "{from}", "to": "{to}"}}"#);
    format!("\"dossier_counts\": [{}, {}]", record(a), record(b))
}

const YEAR: (&str, &str) = ("2024-01-01", "2024-12-31");
const QUARTER: (&str, &str) = ("2024-01-01", "2024-03-31");
const NINE: (&str, &str) = ("2024-01-01", "2024-09-30");
const SECOND_HALF: (&str, &str) = ("2024-07-01", "2024-12-31");

#[test]
fn periods_nest_or_keep_apart() {
    for (a, b) in [
        (YEAR, QUARTER),
        (YEAR, ("2024-12-01", "2024-12-31")),
        (YEAR, ("2025-01-01", "2025-12-31")),
        (NINE, QUARTER),
        (QUARTER, ("2024-04-01", "2024-06-30")),
        (("2024-01-01", "2024-10-31"), QUARTER),
    ] {
        for table in [periods(a, b), periods(b, a)] {
            assert_eq!(facts(&table).tables().len(), 2, "{a:?} {b:?}");
        }
    }
    for (a, b, says) in [
        (NINE, SECOND_HALF, "overlap in part"),
        (YEAR, ("2024-06-01", "2025-05-31"), "overlap in part"),
        (("2024-01-01", "2024-10-31"), ("2024-01-01", "2024-11-30"), "of one kind"),
        (("2024-01-01", "2024-01-10"), ("2024-01-10", "2024-01-20"), "of one kind"),
    ] {
        for table in [periods(a, b), periods(b, a)] {
            let problems = wrong(&table);
            assert_eq!((problems.total(), problems.list()[0].code()), (1, Overlap), "{a:?} {b:?} {problems}");
            assert!(problems.to_string().contains(says), "{problems}");
        }
    }
}

#[test]
fn periods_of_different_lanes_do_not_meet() {
    let record = |fields: &str, to: &str| format!(r#"{{"body": "a", "from": "2024-01-01", "to": "{to}"{fields}}}"#);
    for fields in [r#", "field": "x""#, r#", "officer": "x""#, r#", "known_on": "2024-12-01""#] {
        let table = format!("\"dossier_counts\": [{}, {}]", record("", "2024-10-31"), record(fields, "2024-11-30"));
        assert_eq!(facts(&table).tables().len(), 2, "{fields}");
    }
    let share = |measure: &str, to: &str| {
        format!(r#"{{"measure": "{measure}", "from": "2024-01-01", "to": "{to}", "percent": 1}}"#)
    };
    let table = |a: &str, b: &str| format!("\"shares\": [{}, {}]", share(a, "2024-10-31"), share(b, "2024-11-30"));
    facts(&table("late_share", "online_share"));
    one(&table("late_share", "late_share"), Overlap, "shares[0]", "`shares[1]`");
}

#[test]
fn overlaps_are_found_among_many_and_reported_in_order() {
    let month = |i: i32| format!(r#"{{"body": "a", "from": "{}-01-01", "to": "{}-06-15"}}"#, 1900 + i, 1900 + i);
    let mut records: Vec<String> = (0..300).map(month).collect();
    facts(&format!("\"dossier_counts\": [{}]", records.join(", ")));
    records.push(r#"{"body": "A", "from": "1950-03-01", "to": "1950-09-30"}"#.into());
    records.push(r#"{"body": "a", "from": "1940-03-01", "to": "1940-09-30"}"#.into());
    let problems = wrong(&format!("\"dossier_counts\": [{}]", records.join(", ")));
    let paths: Vec<&str> = problems.list().iter().map(|p| p.path()).collect();
    assert_eq!(paths, ["dossier_counts[300]", "dossier_counts[301]"]);
}

#[test]
fn two_sets_are_joined_under_the_same_checks() {
    let a = facts(r#""indices": [{"year": 2024, "index": "par", "value": 1}]"#);
    let b =
        facts(r#""indices": [{"year": 2025, "index": "par", "value": 1}, {"year": 2024, "index": "par", "value": 1}]"#);
    let c = facts(r#""indices": [{"year": 2024, "index": "par", "value": 3}]"#);
    let both = a.add(&b).unwrap();
    assert_eq!(both, b.add(&a).unwrap());
    assert_eq!(both.tables().len(), 2);
    let error = a.add(&c).unwrap_err();
    assert_eq!(error.problems().list()[0].path(), "indices[1]");
}

#[test]
fn under_names_of_a_plan_two_names_are_one_body() {
    let table = |count: u64| {
        facts(&format!(
            r#""headcounts": [{{"date": "2024-12-31", "category": "cadre", "basis": "actual", "count": 2, "body": "z"}},
              {{"date": "2024-12-31", "category": "cadre", "basis": "actual", "count": 1, "body": "Lộc Thọ"}},
              {{"date": "2024-12-31", "category": "cadre", "basis": "actual", "count": {count}, "body": "P. Lộc Thọ"}}]"#
        ))
    };
    let resolve =
        |body: Option<&BodyRef>, _: Option<_>| body?.as_str().contains("Lộc Thọ").then(|| BodyRef::from("loc_tho"));
    let merged = table(1).under_names(resolve).unwrap();
    assert_eq!((merged.tables().len(), merged.notes().len()), (2, 1));
    assert_eq!(merged.notes(), merged.under_names(resolve).unwrap().notes());
    assert_eq!(table(5).under_names(|_, _| None).unwrap(), table(5));
    let error = table(5).under_names(resolve).unwrap_err();
    assert_eq!(error.problems().list()[0].path(), "headcounts[2]", "{error}");
    assert!(error.to_string().contains("contradicts `headcounts[1]`"), "{error}");
}

/// Tables whose records are of the whole city where they name no body: what is the same in two records, and what differs.
const OF_CITY: &[(&str, &str, &str, &str)] = &[
    ("headcounts", r#""date": "2024-12-31", "category": "cadre", "basis": "actual""#, r#""count": 1"#, r#""count": 2"#),
    (
        "quota_adjustments",
        r#""date": "2024-12-31", "category": "cadre", "reason": "r""#,
        r#""delta": 1"#,
        r#""delta": 2"#,
    ),
    ("surveys", r#""year": 2024, "field": "land""#, r#""percent": 50"#, r#""percent": 51"#),
    (
        "shares",
        r#""measure": "late_share", "from": "2024-01-01", "to": "2024-12-31""#,
        r#""percent": 1"#,
        r#""percent": 2"#,
    ),
    ("title_standards", r#""date": "2024-12-31", "total": 9"#, r#""meeting": 1"#, r#""meeting": 2"#),
];

#[test]
fn a_record_without_a_body_is_one_of_the_city() {
    let city = |body: Option<&BodyRef>, _: Option<_>| {
        body.is_none_or(|body| body.as_str() == "TP. Nha Trang").then(|| BodyRef::from("nha_trang"))
    };
    for (table, key, a, b) in OF_CITY {
        let two = |a: &str, b: &str| {
            let named = r#""body": "TP. Nha Trang""#;
            facts(&format!("\"{table}\": [{{{key}, {a}}}, {{{key}, {b}, {named}}}, {{{key}, {b}, \"body\": \"z\"}}]"))
        };
        assert_eq!(two(a, b).tables().len(), 3, "{table}");
        let error = two(a, b).under_names(city).unwrap_err();
        assert_eq!(error.problems().list()[0].path(), format!("{table}[1]"));
        assert!(error.to_string().contains(&format!("contradicts `{table}[0]`: the same ")), "{error}");
        assert!(!error.to_string().contains("another `body`"), "{error}");
        let one = two(a, a).under_names(city).unwrap();
        assert_eq!((one.tables().len(), one.notes().len()), (2, 1), "{table}");
    }
}

#[test]
fn records_know_where_they_stood() {
    let facts = facts(
        r#""indices": [{"year": 2025, "index": "par", "value": 1}, {"year": 2024, "index": "par", "value": 1},
            {"year": 2025, "index": "par", "value": 1}], "people": [{"id": "p", "body": "Lộc Thọ", "role": "head",
            "category": "cadre"}]"#,
    );
    let years: Vec<i32> = facts.tables().indices.iter().map(|index| index.year).collect();
    assert_eq!(years, [2024, 2025]);
    assert_eq!(facts.path(TableName::Indices, 0), "indices[1]");
    assert_eq!(facts.path(TableName::Indices, 1), "indices[0]");
    let mentions = facts.mentions();
    assert_eq!((mentions.len(), mentions[0].path.as_str(), mentions[0].during), (1, "people[0].body", None));
}

#[test]
fn built_tables_are_checked_as_read_ones_are() {
    use crate::facts::{Basis, Category, Headcount, IndexId, IndexValue, Percent, Survey};
    let day = crate::calendar::parse_iso("2024-12-31").unwrap();
    let headcount = |count| Headcount::new(day, Category::Cadre, Basis::Assigned, count);
    let survey = |year| Survey { percent: Percent::new(50.into()), ..Survey::new(year, "".into()) };
    let far = time::Date::MIN;
    let tables = Tables {
        headcounts: vec![headcount(u64::MAX), headcount(1), headcount(2)],
        surveys: vec![survey(20024)],
        indices: vec![IndexValue::new(2024, IndexId::Par, rust_decimal::Decimal::MAX)],
        triggers: vec![crate::facts::Trigger::new("I.1".into(), far)],
        ..Tables::default()
    };
    let error = Facts::new(tables).unwrap_err();
    let paths: Vec<&str> = error.problems().list().iter().map(|p| p.path()).collect();
    assert_eq!(
        paths,
        [
            "headcounts[0].count",
            "surveys[0].year",
            "surveys[0].field",
            "triggers[0].date",
            "indices[0].value",
            "headcounts[2]"
        ],
        "{error}"
    );
    assert_eq!(error.problems().list()[0].code(), OutOfRange);
    let built = Facts::new(Tables { headcounts: vec![headcount(7)], ..Tables::default() }).unwrap();
    let read = facts(r#""headcounts": [{"count": 7, "basis": "assigned", "date": "2024-12-31", "category": "cadre"}]"#);
    assert_eq!((built.to_json(), built.fingerprint()), (read.to_json(), read.fingerprint()));
    assert!(Facts::new(Tables::default()).unwrap().is_empty());
}
