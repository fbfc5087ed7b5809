//! Rankings, indices, fees paid online and those who are rated, made at random; and the laws of the yearly rating.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::facts::{document, plan, question, tries};

/// Mostly a rank, sometimes only a score or nothing.
fn ranked() -> impl Strategy<Value = Value> {
    let bands = proptest::sample::select(vec!["good", "fair", "average", "weak"]);
    let scores = proptest::sample::select(vec!["100", "85", "84.99", "70", "69.999", "50", "49.99", "0"]);
    prop_oneof![
        6 => bands.prop_map(|band| json!({"rank": band})),
        2 => scores.prop_map(|score| json!({"score": score})),
        1 => Just(json!({})),
    ]
}

fn rankings() -> impl Strategy<Value = Vec<Value>> {
    let bodies = ["loc_tho", "vinh_hai", "phuong_son", "tan_tien", "nha_trang"];
    let keys: Vec<(i32, &str)> = (2022..=2027).flat_map(|year| bodies.map(|body| (year, body))).collect();
    let here = |(year, body): &(i32, &str)| match *body {
        "phuong_son" => *year <= 2024,
        "tan_tien" => (2024..=2025).contains(year),
        "nha_trang" => true,
        _ => *year <= 2025,
    };
    let keys: Vec<_> = keys.into_iter().filter(here).collect();
    let area = proptest::option::of(proptest::sample::select(vec!["good", "average", "weak"]));
    proptest::sample::subsequence(keys.clone(), 0..=keys.len()).prop_flat_map(move |keys| {
        let results = proptest::collection::vec((ranked(), area.clone()), keys.len());
        (Just(keys), results).prop_map(|(keys, results)| {
            let record = |((year, body), (mut record, area)): ((i32, &str), (Value, Option<&str>))| {
                record["year"] = json!(year);
                record["body"] = json!(body);
                record["source"] = json!(format!("QĐ {body} {year}"));
                if let Some(area) = area {
                    record["areas"] = json!([{"area": "thể chế", "rank": area}]);
                }
                record
            };
            keys.into_iter().zip(results).map(record).collect()
        })
    })
}

fn indices() -> impl Strategy<Value = Vec<Value>> {
    let keys: Vec<(i32, &str)> = (2022..=2027).flat_map(|year| ["par", "dti"].map(|index| (year, index))).collect();
    let value = proptest::sample::select(vec!["88.6", "88.60", "90.49", "90.490001", "0.5"]);
    proptest::sample::subsequence(keys.clone(), 0..=keys.len()).prop_flat_map(move |keys| {
        (Just(keys.clone()), proptest::collection::vec(value.clone(), keys.len())).prop_map(|(keys, values)| {
            let record = |((year, index), value)| json!({"year": year, "index": index, "value": value});
            keys.into_iter().zip(values).map(record).collect()
        })
    })
}

fn payments() -> impl Strategy<Value = Vec<Value>> {
    let localities = ["nha_trang", "Cam Ranh", "Ninh Hòa", "Diên Khánh"];
    let keys: Vec<(i32, &str)> = (2023..=2026).flat_map(|year| localities.map(|locality| (year, locality))).collect();
    let counts = (0u64..6, 0u64..6).prop_map(|(a, b)| (a.min(b), a.max(b)));
    proptest::sample::subsequence(keys.clone(), 0..=keys.len()).prop_flat_map(move |keys| {
        (Just(keys.clone()), proptest::collection::vec(counts.clone(), keys.len())).prop_map(|(keys, counts)| {
            let record = |((year, locality), (paid, payable))| {
                json!({"year": year, "locality": locality, "paid_online": paid, "payable": payable})
            };
            keys.into_iter().zip(counts).map(record).collect()
        })
    })
}

/// Facts of the tables that rules by rank read.
pub(crate) fn ranks() -> impl Strategy<Value = Value> {
    let complete = proptest::option::weighted(0.3, proptest::sample::select(vec!["rankings", "online_payments"]));
    let people = proptest::sample::subsequence(
        vec![
            json!({"id": "h1", "body": "loc_tho", "role": "head", "category": "cadre"}),
            json!({"id": "h2", "body": "nha_trang", "role": "head", "category": "cadre"}),
            json!({"id": "h3", "body": "tan_tien", "role": "head", "category": "cadre"}),
            json!({"id": "s1", "body": "loc_tho", "role": "staff", "category": "employee", "areas": ["thể chế"]}),
            json!({"id": "s2", "body": "vinh_hai", "role": "deputy", "category": "cadre", "areas": ["khác"]}),
        ],
        0..=5,
    );
    let collectives = proptest::sample::subsequence(
        vec![
            json!({"id": "c1", "body": "loc_tho", "kind": "leadership"}),
            json!({"id": "c2", "body": "vinh_hai", "kind": "party_organisation"}),
            json!({"id": "c3", "body": "nha_trang", "kind": "leadership"}),
        ],
        0..=3,
    );
    (rankings(), indices(), payments(), people, collectives, complete).prop_map(
        |(rankings, indices, payments, people, collectives, complete)| {
            let complete = complete.map(|table| json!({"table": table, "from": "2023-01-01", "to": "2025-12-31"}));
            json!({"rankings": rankings, "indices": indices, "online_payments": payments, "people": people,
                "collectives": collectives, "complete": complete.into_iter().collect::<Vec<_>>()})
        },
    )
}

fn place(band: &Value) -> usize {
    plan().scale("rank").unwrap().place(band.as_str().unwrap()).unwrap()
}

proptest! {
    #![proptest_config(tries(24))]

    /// The yearly rating says what findings and ceilings say, and nothing else.
    #[test]
    fn ratings_are_what_findings_and_ceilings_say(question in question()) {
        let document = document(&question.assess());
        let of = |table: &str| document[table].as_array().unwrap().clone();
        let (findings, ceilings) = (of("findings"), of("ceilings"));
        let mut told = BTreeSet::new();
        for rating in of("ratings") {
            let year = rating["year"].as_i64().unwrap();
            prop_assert!(told.insert((rating["body"]["id"].to_string(), year)));
            for group in ["heads", "deputies", "staff", "collectives"] {
                for highest in rating[group].as_array().unwrap() {
                    let same = |ceiling: &&Value| {
                        ceiling["subject"]["id"] == highest["subject"] && ceiling["year"] == year && ceiling["scale"] == "rating"
                    };
                    let ceiling = ceilings.iter().find(same).unwrap();
                    for key in ["ceiling", "provisional", "binding", "undetermined"] {
                        prop_assert_eq!(&ceiling[key], &highest[key]);
                    }
                }
            }
            for reason in rating["reasons"].as_array().unwrap() {
                let same = |finding: &&Value| {
                    finding["rule"] == reason["rule"] && finding["subject"]["id"] == reason["subject"]
                        && finding["period"]["from"] == json!(format!("{year}-01-01"))
                };
                prop_assert_eq!(&findings.iter().find(same).unwrap()["verdict"], &reason["verdict"]);
            }
            let measures = rating["measures"].as_array().unwrap();
            prop_assert!(measures.iter().all(|due| rating["reasons"].as_array().unwrap().iter().any(|reason|
                reason["rule"] == due["rule"] && reason["subject"] == due["subject"] && reason["verdict"] == "binding")));
            let above = match (rating.get("rank"), rating.get("rank_ceiling")) {
                (Some(rank), Some(highest)) => place(rank) < place(&highest["ceiling"]),
                _ => false,
            };
            let noted = rating["data_notes"].as_array().unwrap().iter().any(|note| note["code"] == "rank_above_ceiling");
            prop_assert_eq!(above, noted);
        }
    }

    /// A worse rank never frees a head, a body, a collective or someone tied to an area.
    #[test]
    fn a_worse_rank_never_frees(question in question(), year in 2023i32..=2025, from in 0usize..4, to in 0usize..4) {
        let bands = ["good", "fair", "average", "weak"];
        let (better, worse) = (bands[from.min(to)], bands[from.max(to)]);
        let binding = |band: &str| {
            let mut question = question.clone();
            let table = question.facts["rankings"].as_array_mut().unwrap();
            table.retain(|record| record["body"] != "loc_tho" || record["year"] != year);
            table.push(json!({"year": year, "body": "loc_tho", "rank": band, "areas": [{"area": "thể chế", "rank": "average"}]}));
            let document = document(&question.assess());
            let findings = document["findings"].as_array().unwrap().clone();
            let bound = findings.into_iter().filter(|finding| {
                let by_rank = finding["rule"].as_str().unwrap();
                // Two years average and then weak is no run of "average" where the plan is read to the letter.
                let same_year = finding["period"]["from"] == json!(format!("{year}-01-01"));
                finding["verdict"] == "binding" && same_year
                    && ["rank_caps_head", "rank_replaces_head", "excellent_needs_good_rank", "rank_holds_body_accountable", "area_caps_person"].contains(&by_rank)
            });
            bound.map(|finding| (finding["rule"].to_string(), finding["subject"]["id"].to_string())).collect::<BTreeSet<_>>()
        };
        let (before, after) = (binding(better), binding(worse));
        prop_assert!(before.is_subset(&after), "{} {:?} but {} {:?}", better, before, worse, after);
    }
}
