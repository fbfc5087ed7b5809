//! The agenda, and its calendar file against the grammar of RFC 5545.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use time::Date;

use super::{Agenda, AgendaKind, Weekly};
use crate::calendar::parse_iso;
use crate::plan::Plan;
use crate::text::Lang;

fn day(text: &str) -> Date {
    parse_iso(text).unwrap()
}

fn agenda(from: &str, to: &str, body: Option<&str>, weekly: Weekly) -> Agenda {
    let plan = Plan::builtin().unwrap();
    let body = body.map(|id| plan.registry().by_id(id).unwrap());
    plan.agenda(day(from), day(to), body, weekly)
}

fn ids(agenda: &Agenda) -> Vec<(String, &str)> {
    agenda.items().iter().map(|item| (crate::calendar::iso(item.due()), item.id())).collect()
}

#[test]
fn a_year_of_the_whole_plan() {
    let year = agenda("2023-01-01", "2023-12-31", None, Weekly::Left);
    let due: Vec<(String, &str)> = ids(&year).into_iter().filter(|(day, _)| day.as_str() < "2023-12-31").collect();
    let expected = [
        ("2023-03-31", "periodic_report"),
        ("2023-03-31", "coordination_regulation"),
        ("2023-06-30", "periodic_report"),
        ("2023-09-30", "periodic_report"),
    ];
    assert_eq!(due, expected.map(|(day, id)| (day.to_owned(), id)));
    let last: BTreeSet<&str> = year.items().iter().skip(due.len()).map(super::AgendaItem::id).collect();
    for id in ["periodic_report", "annual_par_plan", "evaluation_window", "public_dialogue", "title_standards", "II.9"]
    {
        assert!(last.contains(id), "{id}");
    }
    // The rule stands for the task whose duty it is.
    for id in ["I.5", "I.9", "II.8", "V.2", "III.1"] {
        assert!(!year.items().iter().any(|item| item.id() == id), "{id}");
    }
}

#[test]
fn milestones_stand_in_their_years() {
    let all = agenda("2023-01-01", "2030-12-31", None, Weekly::Left);
    let years = |id: &str| -> Vec<i32> {
        let of = all.items().iter().filter(|item| item.kind() == AgendaKind::Milestone && item.id() == id);
        of.map(|item| item.due().year()).collect()
    };
    assert_eq!(years("satisfaction_overall"), [2025, 2030]);
    assert_eq!(years("unit_reduction"), [2025]);
    assert_eq!(years("cadre_reduction"), [2026]);
    assert_eq!(years("par_rank_good"), [2025, 2026, 2027, 2028, 2029, 2030]);
    let phases = ids(&all).into_iter().filter(|(_, id)| *id == "autonomy_phase").map(|(day, _)| day);
    assert_eq!(phases.collect::<Vec<_>>(), ["2025-12-31", "2030-12-31"]);
}

#[test]
fn one_body_has_its_own_agenda() {
    let own = agenda("2024-07-01", "2025-12-31", Some("phuong_son"), Weekly::Left);
    // It ends on 31 October 2024: yearly duties fall due then, and no report of the year.
    let due: BTreeSet<(String, &str)> = ids(&own).into_iter().collect();
    assert!(due.contains(&("2024-10-31".into(), "guidance_sessions")));
    assert!(due.contains(&("2024-09-30".into(), "periodic_report")));
    assert!(due.iter().all(|(day, _)| day.as_str() <= "2024-10-31"));
    assert!(!due.contains(&("2024-10-31".into(), "periodic_report")));
    assert!(!due.iter().any(|(_, id)| *id == "evaluation_window"));
    let office = agenda("2024-01-01", "2024-12-31", Some("phong_tai_chinh_ke_hoach"), Weekly::Left);
    assert!(office.items().iter().any(|item| item.id() == "public_dialogue"));
    assert!(!office.items().iter().any(|item| item.id() == "guidance_sessions"));
}

#[test]
fn weeks_are_listed_when_asked_for() {
    let weeks = agenda("2024-06-01", "2024-06-30", Some("loc_tho"), Weekly::Listed);
    let due: Vec<String> =
        ids(&weeks).into_iter().filter(|(_, id)| *id == "weekly_review").map(|(day, _)| day).collect();
    assert_eq!(due, ["2024-06-02", "2024-06-09", "2024-06-16", "2024-06-23", "2024-06-30"]);
}

#[test]
fn events_of_the_facts_put_down_what_is_due_within_days_of_them() {
    let text = include_str!("../../../data/plan-298.toml");
    // A plan in which a task too is due within days of its trigger.
    let schedule =
        "text = \"Khi có đề nghị của cơ quan cấp trên\", kind = \"on_trigger\", event = \"superior_request\"";
    assert_eq!(text.matches(schedule).count(), 1);
    let within = "text = \"Trong 10 ngày từ khi có đề nghị\", kind = \"within\", days = 10, of = \"superior_request\"";
    let plan = Plan::from_toml(text.replace(schedule, within)).unwrap();
    let facts = crate::Facts::from_json(
        r#"{"schema": "caicach/facts/1",
        "people": [{"id": "cb1", "body": "Lộc Thọ", "role": "staff", "category": "cadre"}],
        "record_updates": [{"person": "cb1", "changed": "2024-04-26"}, {"person": "cb 2", "changed": "2024-04-26"},
            {"person": "cb1", "changed": "2024-05-20", "recorded": "2024-05-21"}, {"person": "cb1", "changed": "2024-07-01"}],
        "triggers": [{"task": "III.2", "date": "2024-04-29"}, {"task": "II.3", "date": "2024-04-29"}]}"#,
    )
    .unwrap();
    let drawn = |readings: &[(&str, &str)], body: Option<&str>| {
        let mut options = crate::Options::on(day("2024-06-30"));
        for (key, option) in readings {
            options = options.reading(*key, *option);
        }
        let case = plan.prepare(&facts, &options).unwrap();
        let body = body.map(|id| case.registry().by_id(id).unwrap());
        let agenda = case.agenda(day("2024-04-27"), day("2024-06-29"), body, Weekly::Left);
        let document: Vec<serde_json::Value> = serde_json::from_str(&agenda.to_json()).unwrap();
        assert!(
            document.iter().map(|json| json["about"].as_str()).eq(agenda.items().iter().map(super::AgendaItem::about))
        );
        let event = |item: &&super::AgendaItem| item.due() != day("2024-06-30");
        let of = |item: &super::AgendaItem| {
            (
                crate::calendar::iso(item.due()),
                item.id().to_owned(),
                item.about().map(str::to_owned),
                item.who().to_vec(),
            )
        };
        (agenda.items().iter().filter(event).map(of).collect::<Vec<_>>(), agenda)
    };
    let item = |due: &str, id: &str, about: Option<&str>, who: &[&str]| {
        (
            due.to_owned(),
            id.to_owned(),
            about.map(str::to_owned),
            who.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>(),
        )
    };
    let (found, agenda) = drawn(&[], None);
    let of_task: Vec<&str> = found.iter().find(|one| one.1 == "III.2").unwrap().3.iter().map(String::as_str).collect();
    assert_eq!(
        found,
        [
            item("2024-05-01", "record_update", Some("cb 2"), &["co_quan_don_vi"]),
            item("2024-05-01", "record_update", Some("cb1"), &["loc_tho"]),
            item("2024-05-09", "III.2", None, &of_task),
            item("2024-05-25", "record_update", Some("cb1"), &["loc_tho"]),
        ]
    );
    // Monday 29 April to Wednesday 1 May are off, Saturday 4 May is worked.
    let (working, _) = drawn(&[("update_days", "working")], Some("loc_tho"));
    let of_body: Vec<&str> = working.iter().filter(|one| one.1 == "record_update").map(|one| one.0.as_str()).collect();
    assert_eq!(of_body, ["2024-05-07", "2024-05-07", "2024-05-27"]);
    // Each event has a UID of its own, and an agenda of the plan alone has none of them.
    let text = agenda.to_ical(day("2024-04-27"), Lang::Vi);
    let uids = parsed(&text).into_iter().filter(|(key, _)| key == "UID").map(|(_, value)| value);
    assert_eq!(uids.collect::<BTreeSet<_>>().len(), agenda.items().len());
    let alone = plan.agenda(day("2024-04-27"), day("2024-06-29"), None, Weekly::Left);
    assert!(!alone.items().iter().any(|item| item.id() == "record_update" || item.id() == "III.2"));
}

#[test]
fn nothing_falls_due_before_the_plan_or_in_a_reversed_range() {
    assert!(agenda("2020-01-01", "2023-01-12", None, Weekly::Listed).items().is_empty());
    assert!(agenda("2024-12-31", "2024-01-01", None, Weekly::Listed).items().is_empty());
}

/// A content line's name with parameters, and its value.
type Property = (String, String);

/// Reads a calendar file strictly: CRLF alone, lines of at most 75 octets, folding undone, BEGIN and END in pairs.
fn parsed(text: &str) -> Vec<Property> {
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count());
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_end_matches("\r\n").split("\r\n") {
        assert!((1..=75).contains(&line.len()), "{} octets: {line}", line.len());
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().unwrap().push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    let mut open = Vec::new();
    let split = |line: &String| {
        let (name, value) = line.split_once(':').unwrap();
        assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b';' | b'=')), "{name}");
        (name.to_owned(), value.to_owned())
    };
    let properties: Vec<Property> = lines.iter().map(split).collect();
    for (name, value) in &properties {
        match name.as_str() {
            "BEGIN" => open.push(value.clone()),
            "END" => assert_eq!(open.pop().as_ref(), Some(value)),
            _ => assert!(!open.is_empty()),
        }
    }
    assert!(open.is_empty());
    properties
}

/// A text value with its escapes undone; none may be left or unknown.
fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(match chars.next().unwrap() {
                'n' => '\n',
                c @ ('\\' | ';' | ',') => c,
                other => panic!("escape of {other}"),
            }),
            ';' | ',' => panic!("unescaped {c} in {value}"),
            c => out.push(c),
        }
    }
    out
}

#[test]
fn the_calendar_file_follows_the_grammar() {
    for lang in [Lang::Vi, Lang::En] {
        let agenda = agenda("2023-01-01", "2026-12-31", None, Weekly::Listed);
        let text = agenda.to_ical(day("2024-02-29"), lang);
        assert_eq!(text, agenda.to_ical(day("2024-02-29"), lang));
        let properties = parsed(&text);
        let of = |name: &str| -> Vec<&str> {
            let named = properties.iter().filter(|(key, _)| key.split(';').next() == Some(name));
            named.map(|(_, value)| value.as_str()).collect()
        };
        assert_eq!(of("VERSION"), ["2.0"]);
        assert_eq!(of("PRODID").len(), 1);
        let count = agenda.items().len();
        let uids: BTreeSet<&str> = of("UID").into_iter().collect();
        assert_eq!((of("UID").len(), uids.len()), (count, count), "every event has its own UID");
        assert_eq!(of("DTSTAMP"), vec!["20240229T000000Z"; count]);
        let starts: Vec<&str> = of("DTSTART").into_iter().filter(|value| value.len() == 8).collect();
        let expected: Vec<String> = agenda.items().iter().map(|item| item.due().to_string().replace('-', "")).collect();
        assert_eq!(starts, expected);
        let summaries: Vec<String> = of("SUMMARY").into_iter().map(unescaped).collect();
        let texts: Vec<&str> = agenda.items().iter().map(|item| item.text(lang)).collect();
        assert_eq!(summaries, texts);
        of("DESCRIPTION").into_iter().for_each(|value| assert!(unescaped(value).contains('\n')));
    }
}

#[test]
fn an_event_ends_the_day_after() {
    let agenda = agenda("2023-03-31", "2023-03-31", None, Weekly::Left);
    let properties = parsed(&agenda.to_ical(day("2023-01-01"), Lang::Vi));
    assert!(properties.contains(&("DTSTART;VALUE=DATE".into(), "20230331".into())));
    assert!(properties.contains(&("DTEND;VALUE=DATE".into(), "20230401".into())));
    let uid = "deadline-coordination_regulation-20230113-20230331@298-KH-UBND.caicach";
    assert!(properties.contains(&("UID".into(), uid.into())));
}

#[test]
fn an_empty_agenda_is_a_calendar_too() {
    let none = agenda("2020-01-01", "2020-12-31", None, Weekly::Left);
    let properties = parsed(&none.to_ical(day("2020-01-01"), Lang::En));
    let begun: Vec<&str> =
        properties.iter().filter(|(name, _)| name == "BEGIN").map(|(_, value)| value.as_str()).collect();
    assert_eq!(begun, ["VCALENDAR", "VTIMEZONE", "STANDARD"], "at least one component");
}

#[test]
fn of_control_characters_a_calendar_file_has_tabs_and_line_breaks_alone() {
    assert_eq!(super::ical::escaped("a\u{7}b\tc\r\nd\u{85}"), "ab\tc\\nd");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_folded_and_escaped_back(text in "\\PC{0,300}", breaks in "[a\\\\;,\\n đ😀]{0,120}") {
        let text = format!("{text}{breaks}");
        let mut lines = super::ical::Lines::default();
        lines.add("BEGIN", "VEVENT");
        lines.add("SUMMARY", &super::ical::escaped(&text));
        lines.add("END", "VEVENT");
        let properties = parsed(&lines.text);
        prop_assert_eq!(unescaped(&properties[1].1), text);
    }
}
