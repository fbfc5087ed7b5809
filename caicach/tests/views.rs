//! What an assessment shows beside its findings, whole: ceilings, ratings with their reasons, paths of targets, tasks, what
//! depends on readings, the summary. Read the snapshots beside the facts of `tests/vectors/views.json`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use caicach::assessment::Ceiling;
use caicach::assessment::{Rating, TaskState};
use caicach::calendar::{Date, iso, parse_iso};
use caicach::plan::ids::RuleId;
use caicach::{Assessment, Facts, Finding, Lang, Options, Plan, Verdict};
use serde_json::{Map, Value, json};

const PARTS: [&str; 5] = ["ceilings", "ratings", "progress", "sensitivity", "summary"];

#[test]
fn of_the_cases_that_are_about_them() {
    let plan = Plan::builtin().unwrap();
    let cases = common::cases("vectors");
    let of_views = cases.iter().filter(|(file, _)| file.ends_with("views.json"));
    for (number, (_, case)) in of_views.enumerate() {
        let json = common::assess(&plan, &case["facts"].to_string(), case).unwrap();
        assert!(json.starts_with(r#"{"schema":"caicach/assessment/1","receipt":{"#));
        let document: Value = serde_json::from_str(&json).unwrap();
        let mut shown = vec![case["name"].as_str().unwrap().to_owned()];
        for part in PARTS {
            shown.push(format!("{part}: {}", serde_json::to_string_pretty(&document[part]).unwrap()));
        }
        shown.extend(document["tasks"].as_array().unwrap().iter().map(Value::to_string));
        insta::assert_snapshot!(format!("case_{number}"), shown.join("\n"));
    }
}

fn days(day: Option<Date>) -> Value {
    day.map_or(Value::Null, |day| iso(day).into())
}

fn ceiling_said(ceiling: &Ceiling) -> Value {
    let ids = |rules: &[RuleId]| -> Vec<String> { rules.iter().map(ToString::to_string).collect() };
    json!({"subject": &*ceiling.subject().id, "ceiling": ceiling.ceiling().as_str(), "provisional": ceiling.provisional(),
        "binding": ids(ceiling.binding()), "undetermined": ids(ceiling.undetermined())})
}

fn rating_said(assessment: &Assessment, rating: &Rating<'_>) -> Value {
    let all = |list: &[&Ceiling]| -> Vec<Value> { list.iter().map(|ceiling| ceiling_said(ceiling)).collect() };
    let reasons = rating.reasons().iter().map(|reason| {
        assert!(std::ptr::eq(&assessment.findings()[reason.place()], reason.finding()));
        json!({"rule": reason.finding().rule().as_str(), "vi": reason.text(Lang::Vi), "en": reason.text(Lang::En)})
    });
    json!({"year": rating.year(), "rank": rating.rank().map(|band| band.as_str()),
        "rank_ceiling": rating.rank_ceiling().map(ceiling_said), "heads": all(rating.heads()),
        "deputies": all(rating.deputies()), "staff": all(rating.staff()), "collectives": all(rating.collectives()),
        "reasons": reasons.collect::<Vec<_>>(), "measures": rating.measures().map(|(_, measure)| json!({"vi": measure.vi})).collect::<Vec<_>>(),
        "missing": rating.missing().map(|wanted| json!({"subject": wanted.of, "field": wanted.missing.field.as_deref()})).collect::<Vec<_>>(),
        "data_notes": rating.data_notes().iter().map(|note| json!({"vi": note.text(Lang::Vi)})).collect::<Vec<_>>()})
}

fn task_said(task: &TaskState) -> Value {
    json!({"task": task.task().as_str(), "schedule": task.schedule().as_str(), "status": task.status().as_str(),
        "from": days(task.from()), "due": days(task.due()), "done": days(task.done()), "next_due": days(task.next_due()),
        "days_overdue": task.days_overdue(), "missed": (task.missed() > 0).then(|| task.missed()), "lead": task.lead(),
        "reports": {"count": task.reports(), "last": days(task.last_report())}})
}

fn receipt_said(assessment: &Assessment, case: &Value) -> Value {
    let receipt = assessment.receipt();
    assert_eq!(days(receipt.known_on()), case["known_on"]);
    assert_eq!(receipt.engine(), concat!("caicach ", env!("CARGO_PKG_VERSION")));
    let taken = receipt.readings().iter().map(|(key, option)| (key.as_str().to_owned(), option.as_str().into()));
    let readings: Map<String, Value> = taken.collect();
    for (key, option) in case["readings"].as_object().into_iter().flatten() {
        assert_eq!(readings[key], *option);
    }
    json!({"engine": receipt.engine(), "plan": receipt.plan(), "plan_fingerprint": receipt.plan_fingerprint(),
        "facts_fingerprint": receipt.facts_fingerprint(), "as_of": iso(receipt.as_of()), "known_on": days(receipt.known_on()),
        "readings": readings})
}

fn summary_said(assessment: &Assessment) -> Value {
    let summary = assessment.summary();
    let verdicts = ["met", "not_met", "pending", "undetermined", "not_applicable", "binding", "not_binding"];
    let counts = |count: &dyn Fn(Verdict) -> u64| -> Map<String, Value> {
        let of = |word: &str| (word.to_owned(), count(Verdict::from_word(word).unwrap()).into());
        verdicts.iter().map(|word| of(word)).collect()
    };
    let mut said = counts(&|verdict| summary.count(verdict));
    said.insert("aspirational".into(), counts(&|verdict| summary.aspirational(verdict)).into());
    said.insert("sensitive".into(), summary.sensitive().into());
    said.insert(
        "not_yet_evaluated".into(),
        json!(summary.not_yet_evaluated().iter().map(|id| id.as_str()).collect::<Vec<_>>()),
    );
    said.into()
}

fn finding_said(finding: &Finding) -> Value {
    let bounds = finding.percent_bounds_shown();
    json!({"percent": finding.percent_shown(), "low": bounds.as_ref().map(|(low, _)| low), "high": bounds.map(|(_, high)| high),
        "margin": finding.margin_shown(), "headroom": finding.headroom().map(|headroom| headroom.value_shown())})
}

/// The shared cases whose assessments are looked at: the views, and what was published of Nha Trang.
const SEEN: [&str; 4] = ["views.json", "nha_trang.json", "known_on.json", "area_caps_person.json"];

#[test]
fn getters_say_what_the_document_says() {
    let plan = Plan::builtin().unwrap();
    let mut kinds = [0; 4];
    for (file, case) in common::cases("vectors") {
        if !SEEN.iter().any(|name| file.ends_with(name)) || case.get("plan").is_some() || case["facts"].is_null() {
            continue;
        }
        let Ok(document) = common::assess(&plan, &case["facts"].to_string(), &case) else { continue };
        let document: Value = serde_json::from_str(&document).unwrap();
        let assessment = assessed(&plan, &case);
        let mut same = |place: usize, part: &Value, said: Vec<Value>| {
            let list = part.as_array().cloned().unwrap_or_else(|| vec![part.clone()]);
            assert_eq!(list.len(), said.len(), "{}", case["name"]);
            for (part, said) in list.iter().zip(&said) {
                assert_eq!(common::differences(said, part), Vec::<String>::new(), "{}", case["name"]);
            }
            kinds[place] += said.len();
        };
        same(0, &document["ratings"], assessment.ratings().iter().map(|of| rating_said(&assessment, of)).collect());
        same(1, &document["tasks"], assessment.tasks().iter().map(task_said).collect());
        same(2, &document["receipt"], vec![receipt_said(&assessment, &case)]);
        same(3, &document["summary"], vec![summary_said(&assessment)]);
        for (finding, json) in assessment.findings().iter().zip(document["findings"].as_array().unwrap()) {
            assert_eq!(serde_json::from_str::<Value>(&finding.to_json()).unwrap(), *json);
            assert_eq!(days(finding.due()), json["due"]);
        }
    }
    assert!(kinds.iter().all(|seen| *seen > 0), "{kinds:?}");
}

fn assessed(plan: &Plan, case: &Value) -> Assessment {
    let facts = Facts::from_json(case["facts"].to_string()).unwrap();
    let mut options = Options::on(parse_iso(case["as_of"].as_str().unwrap()).unwrap());
    if let Some(known_on) = case["known_on"].as_str() {
        options = options.known_on(parse_iso(known_on).unwrap());
    }
    for (key, option) in case["readings"].as_object().into_iter().flatten() {
        options = options.reading(key, option.as_str().unwrap());
    }
    plan.assess(&facts, &options).unwrap()
}

#[test]
fn figures_are_shown_to_two_places() {
    let plan = Plan::builtin().unwrap();
    let cases = common::cases("vectors");
    let mut shown = Vec::new();
    for name in [
        "late: 212 of 3 905",
        "late: 5.01 % rounded to 2",
        "posts: 1 215 of 1 247 at the end of 2024",
        "overall: 899 of 1000",
    ] {
        let (_, case) = cases.iter().find(|(_, case)| case["name"] == name).unwrap();
        let assessment = assessed(&plan, case);
        let rule = case["expect"]["findings"][0]["rule"].as_str().unwrap();
        let of_rule = assessment
            .findings()
            .iter()
            .filter(|finding| finding.rule().as_str() == rule && finding.measured().is_some());
        shown.extend(of_rule.map(|finding| format!("{name}: {rule} {}", finding_said(finding))));
    }
    insta::assert_snapshot!("figures", shown.join("\n"));
}

fn facts(tables: &str) -> Facts {
    Facts::from_json(format!("{{\"schema\": \"caicach/facts/1\", {tables}}}")).unwrap()
}

fn on(day: &str) -> Options {
    Options::on(parse_iso(day).unwrap())
}

#[test]
fn ceilings_asked_for_one_by_one_are_those_of_the_assessment() {
    let plan = Plan::builtin().unwrap();
    let facts = facts(
        r#""people": [{"id": "h", "body": "loc_tho", "role": "head", "category": "cadre"},
                      {"id": "s", "body": "vinh_hai", "role": "staff", "category": "cadre"}],
           "collectives": [{"id": "c1", "body": "loc_tho", "kind": "leadership"},
                           {"id": "c2", "body": "vinh_hai", "kind": "leadership"}],
           "rankings": [{"year": 2024, "body": "loc_tho", "rank": "weak"}, {"year": 2024, "body": "vinh_hai", "rank": "good"}],
           "dossier_counts": [{"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 6, "total": 100}}]"#,
    );
    let case = plan.prepare(&facts, &on("2025-01-15")).unwrap();
    let assessment = case.assess();
    let mut seen = Vec::new();
    for ceiling in assessment.ceilings() {
        let (id, scale) = (&*ceiling.subject().id, ceiling.scale().as_str());
        let one = match (scale, case.person(id), case.collective(id)) {
            ("rank", ..) => case.ceiling_of_body(case.body(id, 2024).unwrap(), scale, 2024),
            (_, Some(person), _) => case.ceiling_of_person(person, scale, 2024),
            (_, None, Some(collective)) => case.ceiling_of_collective(collective, scale, 2024),
            _ => None,
        };
        assert_eq!(one.as_ref(), Some(ceiling));
        seen.push((id, ceiling.ceiling().as_str()));
    }
    for expected in [("h", "completed"), ("s", "excellent"), ("c1", "good"), ("c2", "excellent"), ("loc_tho", "fair")] {
        assert!(seen.contains(&expected), "{expected:?}");
    }
    assert!(
        case.person("nobody").is_none() && case.collective("none").is_none() && case.body("nowhere", 2024).is_none()
    );
}

#[test]
fn a_case_knows_what_became_of_bodies_by_its_own_facts() {
    let plan = Plan::builtin().unwrap();
    let facts = facts(
        r#""bodies": [{"id": "new", "kind": "ward", "names": ["UBND phường Mới"], "valid_from": "2024-07-01"}],
           "reorganisations": [{"date": "2024-07-01", "kind": "split", "from": ["loc_tho"], "to": ["loc_tho", "new"]}]"#,
    );
    let case = plan.prepare(&facts, &on("2025-01-15")).unwrap();
    let (new, from) = (case.body("new", 2024).unwrap(), case.body("loc_tho", 2023).unwrap());
    let before: Vec<_> = case.lineage().before(new).iter().map(|link| link.body).collect();
    assert_eq!(before, [from]);
}

#[test]
fn what_is_not_read_is_named_by_its_day_or_period() {
    let plan = Plan::builtin().unwrap();
    let facts = facts(
        r#""activities": [{"kind": "self_inspection", "body": "loc_tho", "date": "2025-03-01"}],
           "dossier_counts": [{"body": "loc_tho", "from": "2023-07-01", "to": "2024-06-30", "resolved": {"late": 6, "total": 100}}]"#,
    );
    let assessment = plan.assess(&facts, &on("2025-01-15")).unwrap();
    let document: Value = serde_json::from_str(&assessment.to_json()).unwrap();
    assert!(
        document["unused"]
            .as_array()
            .unwrap()
            .iter()
            .map(|unused| unused["vi"].as_str().unwrap())
            .eq(assessment.unused().iter().map(|unused| unused.vi))
    );
    let unused = assessment.unused().iter().map(|unused| (unused.table, unused.when.as_str(), unused.en));
    assert_eq!(
        unused.collect::<Vec<_>>(),
        [
            ("activities", "2025-03-01", "after the day of assessment"),
            ("dossier_counts", "2023-07-01/2024-06-30", "its period does not lie within one year")
        ]
    );
}
