//! Where tasks stand: each kind of schedule, each status.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::{TaskState, TaskStatus};
use crate::calendar::{iso, parse_iso};
use crate::{Facts, Options, Plan};

fn facts(tables: &str) -> Facts {
    Facts::from_json(format!(r#"{{"schema": "caicach/facts/1", {tables}}}"#)).unwrap()
}

fn state(tables: &str, as_of: &str, task: &str) -> TaskState {
    let plan = Plan::builtin().unwrap();
    let assessment = plan.assess(&facts(tables), &Options::on(parse_iso(as_of).unwrap())).unwrap();
    assessment.tasks().iter().find(|state| state.task().as_str() == task).unwrap().clone()
}

fn reports(records: &[(&str, &str, &str, Option<&str>)]) -> String {
    let record = |(task, date, status, body): &(&str, &str, &str, Option<&str>)| {
        let body = body.map(|body| format!(r#", "body": "{body}""#)).unwrap_or_default();
        format!(r#"{{"task": "{task}", "date": "{date}", "status": "{status}"{body}}}"#)
    };
    format!(r#""task_reports": [{}]"#, records.iter().map(record).collect::<Vec<_>>().join(", "))
}

/// Status, due, next due, days overdue.
#[track_caller]
fn stands(tables: &str, as_of: &str, task: &str, expected: (TaskStatus, &str, &str, Option<u32>)) {
    let state = state(tables, as_of, task);
    let day = |day: Option<time::Date>| day.map(iso).unwrap_or_default();
    let found = (state.status(), day(state.due()), day(state.next_due()), state.days_overdue());
    assert_eq!(found, (expected.0, expected.1.to_owned(), expected.2.to_owned(), expected.3));
}

const NONE: &str = r#""task_reports": []"#;

#[test]
fn a_task_with_a_date() {
    stands(NONE, "2023-03-31", "I.5", (TaskStatus::Due, "2023-03-31", "2023-03-31", None));
    stands(NONE, "2023-04-01", "I.5", (TaskStatus::Overdue, "2023-03-31", "", Some(1)));
    let started = reports(&[("I.5", "2023-02-01", "started", None)]);
    stands(&started, "2023-03-31", "I.5", (TaskStatus::InProgress, "2023-03-31", "2023-03-31", None));
    let done = |day| reports(&[("I.5", day, "completed", Some("Phòng Nội vụ"))]);
    stands(&done("2023-03-31"), "2024-01-01", "I.5", (TaskStatus::Done, "2023-03-31", "", None));
    stands(&done("2023-04-02"), "2024-01-01", "I.5", (TaskStatus::DoneLate, "2023-03-31", "", None));
    // Due by a day, it may be done before the plan's first.
    stands(&done("2022-12-20"), "2023-02-01", "I.5", (TaskStatus::Done, "2023-03-31", "", None));
    let begun = reports(&[("I.5", "2022-12-20", "started", None)]);
    stands(&begun, "2023-02-01", "I.5", (TaskStatus::InProgress, "2023-03-31", "2023-03-31", None));
    // What is reported later is not known yet.
    stands(&done("2023-04-02"), "2023-04-01", "I.5", (TaskStatus::Overdue, "2023-03-31", "", Some(1)));
}

#[test]
fn another_body_s_part_is_not_the_task() {
    let part = reports(&[("I.5", "2023-02-01", "completed", Some("Lộc Thọ"))]);
    stands(&part, "2023-03-01", "I.5", (TaskStatus::InProgress, "2023-03-31", "2023-03-31", None));
}

#[test]
fn a_task_in_months_of_every_year() {
    stands(NONE, "2023-10-31", "I.9", (TaskStatus::NotDue, "", "2023-12-31", None));
    stands(NONE, "2023-11-01", "I.9", (TaskStatus::Due, "2023-12-31", "2023-12-31", None));
    stands(NONE, "2024-01-10", "I.9", (TaskStatus::Overdue, "2023-12-31", "2024-12-31", Some(10)));
    let late = reports(&[("I.9", "2024-01-05", "completed", None)]);
    stands(&late, "2024-01-10", "I.9", (TaskStatus::DoneLate, "2023-12-31", "2024-12-31", None));
    let in_time = reports(&[("I.9", "2023-11-01", "completed", None)]);
    stands(&in_time, "2024-01-10", "I.9", (TaskStatus::Done, "2023-12-31", "2024-12-31", None));
}

#[test]
fn a_task_of_every_year() {
    let first = reports(&[("II.8", "2023-05-01", "completed", None)]);
    stands(&first, "2023-06-01", "II.8", (TaskStatus::Done, "2023-12-31", "2024-12-31", None));
    stands(&first, "2024-06-01", "II.8", (TaskStatus::Due, "2024-12-31", "2024-12-31", None));
    stands(&first, "2025-02-01", "II.8", (TaskStatus::Overdue, "2024-12-31", "2025-12-31", Some(32)));
    // A second report of one year makes good the year before it.
    let twice = reports(&[("II.8", "2024-02-01", "completed", None), ("II.8", "2024-03-01", "completed", None)]);
    assert_eq!(state(&twice, "2025-01-01", "II.8").missed(), 0);
    assert_eq!(state(NONE, "2026-01-01", "II.8").missed(), 3);
}

#[test]
fn a_phase_and_a_period() {
    stands(NONE, "2023-06-01", "VI.1", (TaskStatus::Due, "2025-12-31", "2025-12-31", None));
    let decided = reports(&[("VI.1", "2022-06-01", "completed", None)]);
    stands(&decided, "2025-06-01", "VI.1", (TaskStatus::Done, "2025-12-31", "2030-12-31", None));
    stands(NONE, "2027-01-01", "IV.1", (TaskStatus::Overdue, "2026-12-31", "", Some(1)));
}

#[test]
fn a_task_that_waits_for_an_event() {
    let trigger = r#""triggers": [{"task": "III.8", "date": "2024-02-02"}]"#;
    stands(NONE, "2030-01-01", "III.8", (TaskStatus::WaitingForTrigger, "", "", None));
    stands(trigger, "2024-02-01", "III.8", (TaskStatus::WaitingForTrigger, "", "", None));
    stands(trigger, "2030-01-01", "III.8", (TaskStatus::Due, "", "", None));
    let report = |day, status| format!("{trigger}, {}", reports(&[("III.8", day, status, None)]));
    stands(&report("2024-02-03", "started"), "2024-03-01", "III.8", (TaskStatus::InProgress, "", "", None));
    stands(&report("2024-02-02", "completed"), "2024-03-01", "III.8", (TaskStatus::Done, "", "", None));
    stands(&report("2024-02-01", "completed"), "2024-03-01", "III.8", (TaskStatus::Due, "", "", None));
}

#[test]
fn a_task_due_within_days_of_each_change() {
    let change =
        |recorded: &str| format!(r#""record_updates": [{{"person": "A", "changed": "2024-08-05"{recorded}}}]"#);
    stands(NONE, "2024-08-05", "V.9", (TaskStatus::WaitingForTrigger, "", "", None));
    stands(&change(""), "2024-08-10", "V.9", (TaskStatus::Due, "2024-08-10", "2024-08-10", None));
    stands(&change(""), "2024-08-11", "V.9", (TaskStatus::Overdue, "2024-08-10", "", Some(1)));
    let on = |day| change(&format!(r#", "recorded": "{day}""#));
    stands(&on("2024-08-10"), "2024-09-01", "V.9", (TaskStatus::Done, "2024-08-10", "", None));
    stands(&on("2024-08-11"), "2024-09-01", "V.9", (TaskStatus::DoneLate, "2024-08-10", "", None));
}

#[test]
fn a_continuous_task_is_never_overdue_or_done() {
    stands(NONE, "2030-01-01", "I.6", (TaskStatus::Due, "", "", None));
    let done = reports(&[("I.6", "2024-01-01", "completed", None)]);
    stands(&done, "2030-01-01", "I.6", (TaskStatus::InProgress, "", "", None));
}

#[test]
fn without_a_lead_every_body_must_report() {
    let plan = Plan::builtin().unwrap();
    let offices: Vec<&str> = plan
        .registry()
        .group("co_quan_chuyen_mon")
        .unwrap()
        .filter_map(|ix| plan.registry().get(ix).map(|body| body.id.as_str()))
        .collect();
    let some = |count: usize| {
        let all = offices.iter().take(count).map(|office| ("II.9", "2024-03-01", "completed", Some(*office)));
        reports(&all.collect::<Vec<_>>())
    };
    assert_eq!(state(&some(offices.len()), "2024-06-01", "II.9").status(), TaskStatus::Done);
    let open = state(&some(offices.len() - 1), "2024-06-01", "II.9");
    // The year before was never reported.
    assert_eq!(open.status(), TaskStatus::Overdue);
    assert_eq!(open.reports() as usize, offices.len() - 1);
}

#[test]
fn bodies_to_come_owe_no_part_yet() {
    let plan = Plan::builtin().unwrap();
    let on = parse_iso("2023-06-01").unwrap();
    let there = |body: &&str| plan.body(body).is_some_and(|body| body.in_force(on, on));
    let registry = plan.registry();
    let all = registry.group("co_quan_don_vi").unwrap().filter_map(|ix| registry.get(ix).map(|body| body.id.as_str()));
    let all: Vec<&str> = all.filter(there).collect();
    let done = |count: usize| {
        let parts = all.iter().take(count).map(|body| ("II.1", "2023-05-20", "completed", Some(*body)));
        let trigger = r#""triggers": [{"task": "II.1", "date": "2023-05-02"}]"#;
        state(&format!("{trigger}, {}", reports(&parts.collect::<Vec<_>>())), "2023-06-01", "II.1")
    };
    // The wards of 2025 are not among those who carry it out in 2023.
    assert_eq!(done(all.len()).status(), TaskStatus::Done);
    let open = done(all.len() - 1);
    assert_eq!((open.status(), open.owes().len()), (TaskStatus::InProgress, 1));
}

#[test]
fn who_owes_what() {
    let part = reports(&[("I.4", "2024-01-05", "completed", Some("Lộc Thọ")), ("I.4", "2024-02-05", "started", None)]);
    let state = state(&part, "2024-06-01", "I.4");
    let owed: Vec<(&str, Option<u32>)> = state.owes().iter().map(|owed| (owed.body.as_str(), owed.members)).collect();
    // 26 of 27 communes, and 26 communes, 12 offices and a centre of all bodies.
    assert_eq!(owed, [("co_quan_don_vi", Some(39)), ("ubnd_cap_xa", Some(26))]);
    assert_eq!((state.reports(), state.last_report().map(iso)), (2, Some("2024-02-05".into())));
    assert_eq!(state.lead(), [] as [&str; 0]);
}

#[test]
fn a_report_on_no_task_of_the_plan_is_refused() {
    let plan = Plan::builtin().unwrap();
    let facts = facts(&reports(&[("I.55", "2024-01-05", "completed", None)]));
    let error = plan.assess(&facts, &Options::on(parse_iso("2024-06-01").unwrap())).unwrap_err();
    let found: Vec<(&str, &str)> =
        error.problems().list().iter().map(|problem| (problem.code().as_str(), problem.path())).collect();
    assert_eq!(found, [("unknown_reference", "task_reports[0].task")]);
}

#[test]
fn tasks_are_in_the_document() {
    let plan = Plan::builtin().unwrap();
    let options = Options::on(parse_iso("2023-04-10").unwrap());
    let json = plan.assess(&facts(NONE), &options).unwrap().to_json();
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["tasks"].as_array().unwrap().len(), 55);
    let expected = serde_json::json!({
        "task": "I.5", "schedule": "by", "status": "overdue", "from": "2023-01-01", "due": "2023-03-31",
        "days_overdue": 10, "missed": 1, "lead": ["phong_noi_vu"], "reports": {"count": 0},
        "owes": [{"body": "phong_noi_vu", "role": "lead"}, {"body": "co_quan_don_vi", "role": "carry_out", "members": 40}],
    });
    assert_eq!(document["tasks"][4], expected);
}
