//! Each kind of problem in a small plan: its code, its path, its line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod any;
mod parameters;
mod references;
mod words;

use std::collections::BTreeMap;

use crate::input::{Problem, ProblemCode};
use crate::plan::{BUILTIN, Plan, PlanError};

/// A small sound plan with a rule of nearly every kind.
const BASE: &str = include_str!("base.toml");

fn problems(text: &str) -> Vec<Problem> {
    match Plan::from_toml(text) {
        Ok(_) => Vec::new(),
        Err(error) => error.problems().list().to_vec(),
    }
}

fn summary(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{}: {problem}\n", problem.code())).collect()
}

/// The small plan with one change.
#[track_caller]
fn changed(from: &str, to: &str) -> String {
    assert_eq!(BASE.matches(from).count(), 1, "not once in the plan: {from}");
    BASE.replacen(from, to, 1)
}

/// Changes the small plan and expects one problem: its code, its path, words of its line, words of its message.
#[track_caller]
fn refused(from: &str, to: &str, code: ProblemCode, path: &str, line_has: &str, says: &str) {
    let text = changed(from, to);
    expect_one(&text, code, path, line_has, says);
}

#[track_caller]
fn expect_one(text: &str, code: ProblemCode, path: &str, line_has: &str, says: &str) {
    let found = problems(text);
    let all = summary(&found);
    let [problem] = found.as_slice() else { panic!("expected one problem, found:\n{all}") };
    assert_eq!((problem.code(), problem.path()), (code, path), "{all}");
    let line = problem.line().and_then(|line| text.lines().nth(line as usize - 1)).unwrap_or_default();
    assert!(line.contains(line_has), "{all}line: {line}");
    assert!(problem.to_string().contains(says), "{all}");
}

/// Changes the small plan and expects no problem.
#[track_caller]
fn accepted(from: &str, to: &str) {
    let found = problems(&changed(from, to));
    assert!(found.is_empty(), "{}", summary(&found));
}

#[test]
fn what_follows_may_be_left_out() {
    let without = |lines: &[&str]| {
        let kept = BASE.lines().filter(|line| !lines.iter().any(|start| line.starts_with(start)));
        Plan::from_toml(kept.collect::<Vec<_>>().join("\n")).unwrap_or_else(|error| panic!("{error}"))
    };
    let whole = Plan::from_toml(BASE).unwrap();
    assert_eq!(
        without(&["cite = ", "cite_en = ", "body = \"city\"", "group = \"I\""]).fingerprint(),
        whole.fingerprint()
    );
    let bare = without(&["title_en = \"Plan\"", "title = { vi", "gist_en = \"A good rank.\""]);
    assert_eq!(bare.document().title_en, "Kế hoạch");
    let rule = bare.rules().iter().find(|rule| rule.head().id.as_str() == "late_cap").unwrap();
    assert_eq!(rule.head().title.vi, rule.head().quote);
    assert_eq!(rule.head().title.en, rule.head().gist_en);
}

#[test]
fn keys_that_stand_twice_are_named() {
    let twice = |from: &str, to: &str, path: &str, line_has: &str| {
        refused(from, to, ProblemCode::DuplicateKey, path, line_has, "stands more than once");
    };
    twice("signed_by = \"A\"", "signed_by = \"A\"\nsigned_by = \"B\"", "document.signed_by", "\"B\"");
    twice("gist_en = \"Review.\"", "gist_en = \"Review.\"\ngist_en = \"x\"", "task[1].gist_en", "\"x\"");
    twice("[[section]]", "[document]\n[[section]]", "document", "[document]");
    twice("title = { vi = \"Hài lòng\",", "title = { vi = \"x\", vi = \"y\",", "rule[0].title.vi", "\"y\"");
    // As many as a hostile file can hold.
    let many = format!("schema = 1\n{}", "[[task]]\nid = 1\nid = 2\n".repeat(100_000));
    assert!(problems(&many).iter().all(|problem| problem.code() == ProblemCode::DuplicateKey));
}

#[test]
fn one_change_makes_one_problem() {
    #[derive(serde::Deserialize)]
    struct Case {
        from: String,
        to: String,
        code: String,
        path: String,
        line_has: String,
        says: String,
    }
    let mut cases: BTreeMap<String, Vec<Case>> = toml::from_str(include_str!("refused.toml")).unwrap();
    for case in cases.remove("case").unwrap() {
        let code = ProblemCode::from_word(&case.code).unwrap();
        refused(&case.from, &case.to, code, &case.path, &case.line_has, &case.says);
    }
}

#[test]
fn the_small_plan_is_sound() {
    assert_eq!(summary(&problems(BASE)), "");
}

#[test]
fn the_built_in_plan_is_sound() {
    assert_eq!(summary(&problems(BUILTIN)), "");
}

#[test]
fn all_problems_are_reported_at_once_in_the_order_of_the_file() {
    let mut text = BASE.to_owned();
    for (from, to) in [
        ("body = \"city\"", "body = \"ctiy\""),
        ("group = \"I\"\nprinted_number = \"1\"", "group = \"X\"\nprinted_number = \"1\""),
        ("months = [11, 12] }", "months = [11, 13] }"),
        ("rule = \"late_cap\"", "rule = \"late_cup\""),
        ("parent = \"city\"\n\n[[body]]\nid = \"binh\"", "parent = \"nobody\"\n\n[[body]]\nid = \"binh\""),
        ("default = \"resolved\"", "default = \"reslved\""),
        ("{ id = \"due\",", "{ id = \"dew\","),
        ("quote = \"Định kỳ hằng tuần", "quote = \"Định kỳ hàng tuần"),
        ("at_least = \"85\" }", "at_least = \"86\" }"),
        ("printed = \"phần đầu\"", "printed = \"phần đâu\""),
    ] {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replacen(from, to, 1);
    }
    let error = Plan::from_toml(&text).unwrap_err();
    let PlanError::Invalid(found) = &error;
    let paths: Vec<(ProblemCode, &str)> = found.list().iter().map(|p| (p.code(), p.path())).collect();
    assert_eq!(
        paths,
        [
            (ProblemCode::UnknownReference, "document.body"),
            (ProblemCode::Inconsistent, "clause[0].printed"),
            (ProblemCode::UnknownReference, "task[0].group"),
            (ProblemCode::OutOfRange, "task[0].schedule.months[1]"),
            (ProblemCode::UnknownReference, "task[0].duties[0].rule"),
            (ProblemCode::UnknownReference, "body[1].parent"),
            (ProblemCode::UnknownChoice, "reading[0].options[1].id"),
            (ProblemCode::UnknownReference, "reading[0].default"),
            (ProblemCode::QuoteMismatch, "rule[0].steps[0].at_least"),
            (ProblemCode::QuoteMismatch, "rule[6].quote"),
            (ProblemCode::QuoteMismatch, "erratum[0].printed"),
        ],
        "{error}"
    );
    assert!(
        error.to_string().starts_with(
            "11 problem(s) in the plan:\nline 7: `document.body`: no body has the id `ctiy`; did you mean `city`?\n"
        ),
        "{error}"
    );
}

#[test]
fn problems_of_shape_come_with_problems_of_meaning() {
    let text = changed("title_en = \"Objectives\"", "title_en = \"Objectives\"\ncolour = \"red\"");
    let text = text.replacen("duties_printed_in = \"I.1\"", "duties_printed_in = \"I.8\"", 1);
    let found = problems(&text);
    let codes: Vec<ProblemCode> = found.iter().map(Problem::code).collect();
    assert_eq!(codes, [ProblemCode::UnknownField, ProblemCode::UnknownReference], "{}", summary(&found));
}
