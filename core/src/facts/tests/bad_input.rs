//! Documents that are not facts at all, or whose fields are not what they must be.

use rust_decimal::Decimal;

use super::{ALL, Facts, document, facts, one, refused, wrong};
use crate::input::ProblemCode::{
    BadDate, DuplicateKey, MissingField, OutOfRange, Syntax, TooLarge, UnknownChoice, UnknownField, UnknownSchema,
    WrongType,
};

#[track_caller]
fn code_of(text: impl AsRef<[u8]>) -> crate::input::ProblemCode {
    let problems = refused(text);
    assert_eq!(problems.total(), 1, "{problems}");
    problems.list()[0].code()
}

#[test]
fn what_is_not_json() {
    for text in
        ["", "  \n", "{", "{]", "nul", "{\"schema\": NaN}", "{\"schema\": +1}", "{} {}", "{\"a\": 01}", "{}\u{feff}"]
    {
        let problems = refused(text);
        assert!(problems.list().iter().any(|p| p.code() == Syntax), "{text:?}: {problems}");
    }
    // Windows writes a byte order mark first.
    assert!(Facts::from_json(format!("\u{feff}{ALL}")).is_ok());
    assert_eq!(code_of(b"{\"schema\": \"\xff\xfe\"}"), Syntax);
    assert_eq!(code_of(b"\xff\xfe\x00\x00"), Syntax);
    assert_eq!(code_of("[".repeat(10_000_000)), TooLarge);
    assert_eq!(code_of("{\"a\":".repeat(100_000)), TooLarge);
    let deep = document(&format!("\"surveys\": {}1{}", "[".repeat(70), "]".repeat(70)));
    assert_eq!(code_of(deep), TooLarge);
}

#[test]
fn what_is_not_json_says_where() {
    for (text, path) in [
        (b"{\"surveys\": [{\"year\": 2024}, {\"percent\": NaN}]}".as_slice(), "surveys[1].percent"),
        (b"{\"surveys\": [{\"year\": 2024}, {\"note\": \"\xff\"}]}", "surveys[1].note"),
        (b"{\"surveys\": [{\"year\": 2024}, {\"percent\": 1,}]}", "surveys[1]"),
        (b"{\"surveys\": [{\"year\": 2024}, ]}", "surveys[1]"),
        (b"{\"surveys\": [", "surveys[0]"),
        (b"{\"surveys\": [] \"shares\": []}", ""),
        (b"{\"surveys\": []} 1", ""),
        (b"\xff", ""),
    ] {
        let problems = refused(text);
        assert_eq!((problems.list()[0].code(), problems.list()[0].path()), (Syntax, path));
    }
    let deep = refused(format!("{{\"surveys\": {}", "[".repeat(10_000_000)));
    assert!(deep.list()[0].path().starts_with("surveys[0][0]") && deep.list()[0].path().chars().count() <= 41);
}

#[test]
fn what_is_not_an_object() {
    for text in ["[]", "null", "1", "\"caicach/facts/1\"", "true"] {
        assert_eq!(code_of(text), WrongType, "{text}");
    }
}

#[test]
fn the_schema_comes_first() {
    assert_eq!(code_of("{}"), MissingField);
    assert_eq!(code_of(r#"{"schema": "caicach/facts/2", "headcount": [1]}"#), UnknownSchema);
    assert_eq!(code_of(r#"{"schema": "caicach/plan/1"}"#), UnknownSchema);
    assert_eq!(code_of(r#"{"schema": null}"#), WrongType);
    assert_eq!(code_of(r#"{"schema": 1}"#), WrongType);
    // Without a schema the rest is still looked at.
    assert_eq!(refused(r#"{"headcount": [], "surveys": 1}"#).total(), 3);
    assert!(facts("\"surveys\": []").is_empty());
}

#[test]
fn unknown_fields_and_tables_are_named_with_what_was_meant() {
    let headcount = r#"{"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1}"#;
    let last = r#"{"date": "2022-12-31", "category": "employee", "basis": "actual", "count": 1, "categry": 1}"#;
    let tables = format!("\"headcounts\": [{headcount}, {headcount}, {headcount}, {last}]");
    one(&tables, UnknownField, "headcounts[3].categry", "did you mean `category`?");
    one("\"headcount\": []", UnknownField, "headcount", "did you mean `headcounts`?");
    one("\"zebra\": []", UnknownField, "zebra", "unknown field");
    let nested =
        r#""dossier_counts": [{"body": "a", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"latte": 1}}]"#;
    one(nested, UnknownField, "dossier_counts[0].resolved.latte", "did you mean `late`?");
}

#[test]
fn keys_stand_once() {
    assert_eq!(code_of(r#"{"schema": "caicach/facts/1", "schema": "caicach/facts/1"}"#), DuplicateKey);
    let twice = r#""surveys": [{"year": 2024, "field": "land", "percent": 1, "year": 2024}]"#;
    one(twice, DuplicateKey, "surveys[0].year", "more than once");
    let nested = r#""dossier_counts": [{"body": "a", "from": "2024-01-01", "to": "2024-12-31",
        "resolved": {"late": 1, "late": 2}}]"#;
    one(nested, DuplicateKey, "dossier_counts[0].resolved.late", "more than once");
}

#[test]
fn values_of_the_wrong_type() {
    let headcount = |field: &str, value: &str| {
        let mut fields =
            [("date", "\"2022-12-31\""), ("category", "\"cadre\""), ("basis", "\"actual\""), ("count", "1")];
        for (name, old) in &mut fields {
            if *name == field {
                *old = value;
            }
        }
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
        format!("\"headcounts\": [{{{}}}]", fields.join(", "))
    };
    for (field, value, code) in [
        ("count", "\"6x\"", WrongType),
        ("count", "\"6\"", WrongType),
        ("count", "1.5", WrongType),
        ("count", "1.0000000000000000000000001", WrongType),
        ("count", "15e-1", WrongType),
        ("count", "1e-400", WrongType),
        ("count", "1E-400", WrongType),
        ("count", "\"6.0\"", WrongType),
        ("count", "null", WrongType),
        ("count", "true", WrongType),
        ("count", "[]", WrongType),
        ("count", "{}", WrongType),
        ("count", "-1", OutOfRange),
        ("count", "-1.0", OutOfRange),
        ("count", "1e400", OutOfRange),
        ("count", "-1e400", OutOfRange),
        ("count", "1000000000000001", OutOfRange),
        ("count", "99999999999999999999999999", OutOfRange),
        ("category", "\"cadr\"", UnknownChoice),
        ("category", "\"Cadre\"", UnknownChoice),
        ("category", "1", WrongType),
        ("date", "\"31/02/2024\"", BadDate),
        ("date", "\"2024-02-31\"", BadDate),
        ("date", "\"2023-02-29\"", BadDate),
        ("date", "\"0204-01-01\"", BadDate),
        ("date", "\"2024-1-1\"", BadDate),
        ("date", "\"\"", BadDate),
        ("date", "20240101", WrongType),
    ] {
        one(&headcount(field, value), code, &format!("headcounts[0].{field}"), "expected".get(..0).unwrap());
    }
    one(&headcount("category", "\"cadr\""), UnknownChoice, "headcounts[0].category", "did you mean `cadre`?");
    one("\"headcounts\": {}", WrongType, "headcounts", "expected a list of records, found an object");
    one("\"headcounts\": null", WrongType, "headcounts", "found null");
    one("\"headcounts\": [[]]", WrongType, "headcounts[0]", "expected an object, found a list");
}

#[test]
fn percentages_are_from_0_to_100_and_exact() {
    let survey = |percent: &str| format!(r#""surveys": [{{"year": 2024, "field": "land", "percent": {percent}}}]"#);
    let at = "surveys[0].percent";
    for percent in ["-1", "-0.0000000001", "100.0000000001", "\"101\"", "1e400", "1e-400"] {
        one(&survey(percent), OutOfRange, at, "expected");
    }
    for percent in ["\"6x\"", "\"86,36\"", "\"86.36 %\"", "\"\"", "\"1_0\"", "\".5\"", "\"NaN\"", "true", "null"] {
        one(&survey(percent), WrongType, at, "expected a number");
    }
    for (percent, same) in [
        ("0", "0"),
        ("-0", "0.00"),
        ("100", "1e2"),
        ("\"86.36\"", "86.360"),
        ("4.99999999999999999999999", "\"4.99999999999999999999999\""),
    ] {
        assert_eq!(facts(&survey(percent)), facts(&survey(same)));
        assert_eq!(facts(&survey(percent)).fingerprint(), facts(&survey(same)).fingerprint());
    }
}

#[test]
fn counts_with_a_zero_fraction_are_whole() {
    let headcount = |date: &str, count: &str| {
        format!(
            r#""headcounts": [{{"date": "{date}", "category": "cadre", "basis": "actual", "count": {count}}}],
               "surveys": [{{"year": {count}, "field": "land", "percent": 1}}],
               "quota_adjustments": [{{"date": "{date}", "category": "cadre", "delta": {count}, "reason": "a"}}]"#
        )
    };
    for count in ["2024.0", "2024.000", "2.024e3", "2.024E+3", "202400e-2", "20240e-1"] {
        let written = facts(&headcount("2024-01-01", count));
        assert_eq!(written, facts(&headcount("2024-01-01", "2024")), "{count}");
        assert_eq!(written.fingerprint(), facts(&headcount("2024-01-01", "2024")).fingerprint());
    }
    let delta = facts(
        r#""quota_adjustments": [{"date": "2024-01-01", "category": "cadre", "delta": -12.0, "reason": "a"}],
           "headcounts": [{"date": "2024-01-01", "category": "cadre", "basis": "actual", "count": -0.0}]"#,
    );
    assert_eq!((delta.tables().quota_adjustments[0].delta, delta.tables().headcounts[0].count), (-12, 0));
}

#[test]
fn numbers_are_read_digit_by_digit() {
    for amount in ["12345678901234567.89", "\"12345678901234567.89\"", "1234567890123456789e-2"] {
        let text = format!(
            r#""estimates": [{{"task": "I.1", "body": "a", "amount": {amount}, "submitted": "2024-01-01", "fund": "annual"}}]"#
        );
        let facts = facts(&text);
        let expected = Decimal::from_i128_with_scale(1_234_567_890_123_456_789, 2);
        assert_eq!(facts.tables().estimates[0].amount, expected);
        assert!(facts.to_json().contains("\"12345678901234567.89\""));
    }
}

#[test]
fn missing_fields_are_named() {
    let problems = wrong("\"headcounts\": [{}]");
    let paths: Vec<&str> = problems.list().iter().map(|p| p.path()).collect();
    assert_eq!(paths, ["headcounts[0].date", "headcounts[0].category", "headcounts[0].basis", "headcounts[0].count"]);
    assert!(problems.list().iter().all(|p| p.code() == MissingField));
}

#[test]
fn names_are_neither_empty_nor_endless() {
    for name in ["\"\"", "\"  \"", &format!("\"{}\"", "a".repeat(201))] {
        let tables = format!(r#""collectives": [{{"id": {name}, "body": "b", "kind": "leadership"}}]"#);
        one(&tables, OutOfRange, "collectives[0].id", "expected a name");
    }
}

#[test]
fn all_problems_are_reported_at_once() {
    let many: Vec<String> = (0..200).map(|i| format!(r#"{{"year": {i}, "field": "land", "percent": 1}}"#)).collect();
    let problems = wrong(&format!("\"surveys\": [{}]", many.join(", ")));
    assert_eq!(problems.total(), 200);
    assert_eq!(problems.list()[199].path(), "surveys[199].year");
    let shown = Facts::from_json(document(&format!("\"surveys\": [{}]", many.join(", ")))).unwrap_err().to_string();
    assert!(shown.starts_with("200 problem(s) in the facts:\n"), "{shown}");
    assert_eq!(shown.lines().count(), 201);
}

#[test]
fn a_bad_record_does_not_hide_what_is_wrong_with_others() {
    let problems = wrong(
        r#""surveys": [
            {"year": 2024, "field": "land", "percent": 101},
            {"year": 2024, "field": "land", "respondents": 1, "satisfied": 2},
            {"yaer": 2024, "field": "land", "percent": 1},
            {"year": 2023, "field": "land", "percent": 1},
            {"year": 2023, "field": "land", "percent": 2}],
           "triggers": 7"#,
    );
    let paths: Vec<&str> = problems.list().iter().map(|p| p.path()).collect();
    assert_eq!(
        paths,
        ["surveys[0].percent", "surveys[2].yaer", "surveys[2].year", "triggers", "surveys[1].satisfied", "surveys[4]"],
        "{problems}"
    );
}

#[test]
fn hostile_size_is_answered_in_bounds() {
    let keys: Vec<String> = (0..200_000).map(|i| format!("\"k{i}\": 1")).collect();
    let problems = wrong(&keys.join(", "));
    assert_eq!(problems.total(), 200_000);
    assert_eq!(problems.list().len(), crate::input::Problems::KEPT);
    let long = "x".repeat(1_000_000);
    for problem in wrong(&format!("\"{long}\": \"{long}\"")).list() {
        assert!(problem.to_string().len() < 500);
    }
}

#[test]
fn the_sample_has_every_table() {
    let facts = Facts::from_json(ALL).unwrap_or_else(|error| panic!("{error}"));
    for table in super::super::TableName::ALL {
        assert!(facts.tables().len_of(*table) > 0, "{table}");
    }
}
