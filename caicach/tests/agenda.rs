//! The agenda as an official reads it: every line of a year, of one body, and of the calendar file of a month. Read the
//! snapshots beside the plan.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use caicach::assessment::agenda::{Agenda, Weekly};
use caicach::calendar::{iso, parse_iso};
use caicach::{Lang, Plan};

fn agenda(from: &str, to: &str, body: Option<&str>) -> Agenda {
    let plan = Plan::builtin().unwrap();
    let body = body.map(|id| plan.registry().by_id(id).unwrap());
    plan.agenda(parse_iso(from).unwrap(), parse_iso(to).unwrap(), body, Weekly::Left)
}

fn shown(agenda: &Agenda) -> String {
    let mut out = String::new();
    for item in agenda.items() {
        let days = format!("{} for {} to {}", iso(item.due()), iso(item.period().from()), iso(item.period().to()));
        writeln!(out, "{days}: {} {} ({}) {}", item.kind(), item.id(), item.clause(), item.who().join(" ")).unwrap();
        writeln!(out, "  {}\n  {}", item.text(Lang::Vi), item.text(Lang::En)).unwrap();
    }
    out
}

#[test]
fn of_the_whole_plan() {
    insta::assert_snapshot!("plan_2025", shown(&agenda("2025-01-01", "2025-12-31", None)));
    // Its first year, which begins on 13 January, and the last.
    insta::assert_snapshot!("plan_2023", shown(&agenda("2022-01-01", "2023-12-31", None)));
    insta::assert_snapshot!("plan_2030", shown(&agenda("2030-01-01", "2031-12-31", None)));
}

#[test]
fn of_one_body() {
    insta::assert_snapshot!("ward_2024", shown(&agenda("2024-01-01", "2024-12-31", Some("phuong_son"))));
}

#[test]
fn as_json_it_says_the_same() {
    let agenda = agenda("2025-01-01", "2025-12-31", None);
    let list: Vec<serde_json::Value> = serde_json::from_str(&agenda.to_json()).unwrap();
    assert_eq!(list.len(), agenda.items().len());
    for (json, item) in list.iter().zip(agenda.items()) {
        let expected = serde_json::json!({
            "due": iso(item.due()),
            "period": {"from": iso(item.period().from()), "to": iso(item.period().to())},
            "kind": item.kind().as_str(),
            "id": item.id(),
            "clause": item.clause(),
            "who": item.who(),
            "vi": item.text(Lang::Vi),
            "en": item.text(Lang::En),
        });
        assert_eq!(*json, expected);
    }
}

#[test]
fn as_a_calendar_file() {
    let month = agenda("2023-03-01", "2023-03-31", None);
    for (name, lang) in [("march_vi", Lang::Vi), ("march_en", Lang::En)] {
        // The version of the library stands in it.
        let text = month.to_ical(parse_iso("2023-01-13").unwrap(), lang).replace(env!("CARGO_PKG_VERSION"), "0.0.0");
        insta::assert_snapshot!(name, text.replace("\r\n", "\n"));
    }
}
