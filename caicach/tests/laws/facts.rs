//! Facts made at random: valid, and crowded around the thresholds.

use caicach::calendar::parse_iso;
use caicach::{Assessment, Facts, Options, Plan};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A question: facts, day and readings.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) facts: Value,
    pub(crate) as_of: &'static str,
    pub(crate) readings: Vec<(String, String)>,
}

impl Question {
    pub(crate) fn options(&self) -> Options {
        let options = Options::on(parse_iso(self.as_of).unwrap());
        self.readings.iter().fold(options, |options, (key, option)| options.reading(key, option))
    }

    pub(crate) fn assess(&self) -> Assessment {
        assess(&self.facts, &self.options())
    }
}

pub(crate) fn plan() -> &'static Plan {
    static PLAN: std::sync::OnceLock<Plan> = std::sync::OnceLock::new();
    PLAN.get_or_init(|| Plan::builtin().unwrap())
}

pub(crate) fn assess(facts: &Value, options: &Options) -> Assessment {
    let facts = Facts::from_json(facts.to_string()).unwrap_or_else(|error| panic!("{error}\n{facts}"));
    plan().assess(&facts, options).unwrap_or_else(|error| panic!("{error}\n{facts:?}"))
}

/// How often a law is tried: so many times, or as many times more as `LAWS_TIMES` says.
pub(crate) fn tries(cases: u32) -> ProptestConfig {
    let times = std::env::var("LAWS_TIMES").ok().and_then(|times| times.parse::<u32>().ok()).unwrap_or(1);
    ProptestConfig { cases: cases * times, failure_persistence: None, ..ProptestConfig::default() }
}

/// The assessment as a document.
pub(crate) fn document(assessment: &Assessment) -> Value {
    serde_json::from_str(&assessment.to_json()).unwrap()
}

/// A count, often nothing, often small, sometimes huge.
pub(crate) fn count() -> impl Strategy<Value = u64> {
    prop_oneof![2 => Just(0u64), 6 => 0u64..30, 4 => 0u64..1200, 1 => 0u64..4_000_000_000]
}

/// One option of each of some readings of the plan.
pub(crate) fn readings() -> impl Strategy<Value = Vec<(String, String)>> {
    let each: Vec<_> = plan()
        .readings()
        .iter()
        .map(|reading| {
            let key = reading.key.as_str().to_owned();
            let options: Vec<String> = reading.options.iter().map(|option| option.id.as_str().to_owned()).collect();
            proptest::sample::select(options).prop_map(move |option| (key.clone(), option))
        })
        .collect();
    proptest::sample::subsequence(each.clone(), 0..=each.len()).prop_flat_map(|chosen| chosen)
}

fn days() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "2022-12-31",
        "2023-06-30",
        "2024-12-31",
        "2025-01-15",
        "2025-12-31",
        "2026-01-01",
        "2026-12-31",
        "2027-02-01",
        "2031-03-01",
    ])
}

/// A group of form II.06a with each column published or not.
pub(crate) fn group(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    proptest::collection::vec(proptest::option::weighted(0.7, count()), names.len()).prop_map(move |values| {
        let known = names.iter().zip(values).filter_map(|(name, value)| Some(((*name).to_owned(), json!(value?))));
        Value::Object(known.collect::<Map<_, _>>())
    })
}

fn quarter(year: i32, quarter: usize) -> (String, String) {
    let ends = [("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")];
    let (from, to) = ends[quarter];
    (format!("{year}-{from}"), format!("{year}-{to}"))
}

/// Records of one line of dossiers: of the year, or of some quarters.
fn dossiers(body: &'static str, officer: Option<&'static str>, year: i32) -> impl Strategy<Value = Vec<Value>> {
    let record = (
        proptest::option::weighted(0.8, group(&["online", "direct", "carried_over", "total"])),
        proptest::option::weighted(0.9, group(&["early", "on_time", "in_time", "late", "total"])),
        proptest::option::weighted(0.8, group(&["in_time", "overdue", "total"])),
    );
    let periods = prop_oneof![Just(vec![4]), proptest::sample::subsequence(vec![0, 1, 2, 3], 0..=4)];
    (periods, proptest::collection::vec(record, 4)).prop_map(move |(periods, groups)| {
        let records = periods.into_iter().zip(groups).map(|(place, (received, resolved, pending))| {
            let (from, to) =
                if place == 4 { (format!("{year}-01-01"), format!("{year}-12-31")) } else { quarter(year, place) };
            let mut record = json!({"body": body, "from": from, "to": to, "source": format!("{body} {from}")});
            let groups = [("received", received), ("resolved", resolved), ("pending", pending)];
            for (name, group) in groups.into_iter().filter_map(|(name, group)| Some((name, group?))) {
                record[name] = group;
            }
            if let Some(officer) = officer {
                record["officer"] = json!(officer);
            }
            record
        });
        records.collect()
    })
}

fn percent() -> impl Strategy<Value = (String, Option<u32>)> {
    let near = proptest::sample::select(vec![
        "4.99", "5", "5.01", "9.99", "10", "49.99", "50", "79.99", "80", "80.01", "85", "89.9", "90", "95", "0", "100",
    ]);
    prop_oneof![
        near.prop_flat_map(|text| (Just(text.to_owned()), proptest::option::of(2u32..4))),
        (0u32..=10_000).prop_flat_map(|n| (Just(format!("{}.{:02}", n / 100, n % 100)), proptest::option::of(2u32..4))),
    ]
}

fn surveys() -> impl Strategy<Value = Vec<Value>> {
    let keys: Vec<(i32, &str, Option<&str>)> = [2023, 2024, 2025, 2026, 2030]
        .into_iter()
        .flat_map(|year| ["overall", "land", "construction", "investment"].map(move |field| (year, field, None)))
        .chain([
            (2023, "overall", Some("Lộc Thọ")),
            (2024, "overall", Some("loc_tho")),
            (2024, "overall", Some("P. Vĩnh Hải")),
        ])
        .collect();
    let result = prop_oneof![
        percent().prop_map(|(percent, rounded)| json!({"percent": percent, "rounded_to": rounded})),
        (count(), count()).prop_map(|(a, b)| json!({"respondents": a.max(b), "satisfied": a.min(b)})),
    ];
    proptest::sample::subsequence(keys.clone(), 0..=keys.len()).prop_flat_map(move |keys| {
        let results = proptest::collection::vec(result.clone(), keys.len());
        (Just(keys), results).prop_map(|(keys, results)| {
            let record = |((year, field, body), mut record): ((i32, &str, Option<&str>), Value)| {
                record["year"] = json!(year);
                record["field"] = json!(field);
                if let Some(body) = body {
                    record["body"] = json!(body);
                }
                let kept = record.as_object().unwrap().iter().filter(|(_, value)| !value.is_null());
                Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
            };
            keys.into_iter().zip(results).map(record).collect()
        })
    })
}

fn stocks() -> impl Strategy<Value = Value> {
    let days = vec!["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31", "2025-12-31", "2026-12-31"];
    let dated = move || {
        proptest::sample::subsequence(days.clone(), 0..=6).prop_flat_map(|days| {
            (Just(days.clone()), proptest::collection::vec(prop_oneof![900u64..1100, count()], days.len()))
        })
    };
    let adjustment =
        (proptest::sample::select(vec!["2022-06-30", "2024-03-01", "2026-06-30"]), -60i64..60, any::<bool>());
    (dated(), dated(), dated(), dated(), proptest::option::of(adjustment), dated()).prop_map(|(cadre, actual, employee, units, added, titles)| {
        let headcount = |category: &'static str, basis: &'static str| {
            move |(date, count): (&'static str, u64)| json!({"date": date, "category": category, "basis": basis, "count": count})
        };
        let pairs = |(days, counts): (Vec<&'static str>, Vec<u64>)| days.into_iter().zip(counts);
        let mut headcounts: Vec<Value> = pairs(cadre).map(headcount("cadre", "assigned")).collect();
        headcounts.extend(pairs(actual).map(headcount("cadre", "actual")));
        headcounts.extend(pairs(employee).map(headcount("employee", "assigned")));
        let units: Vec<Value> = pairs(units).map(|(date, count)| json!({"date": date, "count": count})).collect();
        let titles: Vec<Value> =
            pairs(titles).map(|(date, count)| json!({"date": date, "total": count, "meeting": count - count.min(count % 3)})).collect();
        let added: Vec<Value> = added
            .map(|(date, delta, cadre)| json!({"date": date, "category": if cadre { "cadre" } else { "employee" }, "delta": delta, "reason": "bổ sung"}))
            .into_iter()
            .collect();
        json!({"headcounts": headcounts, "service_units": units, "title_standards": titles, "quota_adjustments": added})
    })
}

fn shares() -> impl Strategy<Value = Vec<Value>> {
    let keys = vec![
        ("late_share", "vinh_hai", 2023),
        ("late_share", "Nha Trang", 2024),
        ("online_share", "nha_trang", 2025),
        ("online_share", "nha_trang", 2026),
        ("late_share", "vinh_tho", 2024),
    ];
    proptest::sample::subsequence(keys, 0..=5).prop_flat_map(|keys| {
        (Just(keys.clone()), proptest::collection::vec(percent(), keys.len())).prop_map(|(keys, percents)| {
            let share = |((measure, body, year), (percent, rounded)): ((&str, &str, i32), (String, Option<u32>))| {
                let mut record = json!({"measure": measure, "body": body, "from": format!("{year}-01-01"), "to": format!("{year}-12-31"), "percent": percent});
                if let Some(places) = rounded {
                    record["rounded_to"] = json!(places);
                }
                record
            };
            keys.into_iter().zip(percents).map(share).collect()
        })
    })
}

/// Facts of many tables.
pub(crate) fn facts() -> impl Strategy<Value = Value> {
    let all_dossiers = (
        dossiers("Lộc Thọ", None, 2023),
        dossiers("P. Lộc Thọ", None, 2024),
        dossiers("Phương Sơn", None, 2023),
        dossiers("TP. Nha Trang", None, 2024),
        dossiers("nha_trang", None, 2025),
        dossiers("Lộc Thọ", Some("cb1"), 2024),
        dossiers("vinh_hai", Some("cb2"), 2025),
    );
    let complete =
        proptest::option::weighted(0.4, proptest::sample::select(vec!["dossier_counts", "surveys", "headcounts"]));
    let all_dossiers = all_dossiers.prop_map(|(a, b, c, d, e, f, g)| [a, b, c, d, e, f, g].concat());
    (all_dossiers, surveys(), stocks(), shares(), complete, any::<bool>()).prop_map(
        |(dossiers, surveys, stocks, shares, complete, listed)| {
            // The district level ended with June 2025: of the body's last year, only its first half.
            let dossiers: Vec<Value> = dossiers
                .into_iter()
                .filter(|record| record["body"] != "vinh_hai" || record["to"].as_str().unwrap() <= "2025-06-30")
                .collect();
            let mut facts =
                json!({"schema": "caicach/facts/1", "dossier_counts": dossiers, "surveys": surveys, "shares": shares});
            for (table, records) in stocks.as_object().unwrap() {
                facts[table] = records.clone();
            }
            if let Some(table) = complete {
                facts["complete"] = json!([{"table": table, "from": "2023-01-01", "to": "2031-12-31"}]);
            }
            if listed {
                facts["people"] = json!([{"id": "cb1", "body": "Lộc Thọ", "role": "head", "category": "civil_servant"},
                    {"id": "cb3", "body": "vinh_hai", "role": "staff", "category": "employee"}]);
            }
            facts
        },
    )
}

/// A question at random.
pub(crate) fn question() -> impl Strategy<Value = Question> {
    (facts(), super::ranks::ranks(), days(), readings()).prop_map(|(mut facts, ranks, as_of, readings)| {
        for (table, records) in ranks.as_object().unwrap() {
            let mut all = facts.get(table).and_then(Value::as_array).cloned().unwrap_or_default();
            all.extend(records.as_array().unwrap().iter().cloned());
            facts[table] = Value::Array(all);
        }
        Question { facts, as_of, readings }
    })
}
