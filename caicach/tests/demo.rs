//! The demo's facts: complete with sources, and with every kind of verdict to show.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use caicach::calendar::parse_iso;
use caicach::{Assessment, Facts, Options, Plan, Verdict};
use serde_json::Value;

fn text() -> String {
    std::fs::read_to_string(common::folder("../demo").join("nha-trang.json")).unwrap()
}

fn assessment() -> Assessment {
    let facts = Facts::from_json(text()).unwrap();
    Plan::builtin().unwrap().assess(&facts, &Options::on(parse_iso("2025-01-15").unwrap())).unwrap()
}

#[test]
fn every_record_says_that_it_is_published_or_made_up() {
    let facts: Value = serde_json::from_str(&text()).unwrap();
    let mut published = 0;
    for (table, records) in facts.as_object().unwrap().iter().filter(|(table, _)| *table != "schema") {
        for record in records.as_array().unwrap() {
            let source = record["source"].as_str().unwrap_or_default();
            let made_up = source.starts_with("minh họa (illustrative): ");
            published += usize::from(!made_up);
            assert!(made_up || source.starts_with("https://"), "{table}: {record}");
        }
    }
    assert_eq!(published, 3, "the figures of 2019, 2021 and of Vĩnh Hiệp in 2023 are published ones");
}

#[test]
fn every_kind_of_verdict_is_there() {
    let assessment = assessment();
    for verdict in Verdict::ALL {
        assert!(assessment.findings().iter().any(|finding| finding.verdict() == *verdict), "no finding is {verdict}");
    }
    assert!(assessment.summary().sensitive() > 0 && !assessment.unused().is_empty());
    assert!(assessment.ceilings().iter().any(caicach::assessment::Ceiling::provisional));
}

#[test]
fn of_each_year_every_commune_has_its_dossiers() {
    let assessment = assessment();
    let late = |id: &str, year: i32| {
        assessment.findings().iter().any(|finding| {
            finding.rule().as_str() == "late_share_caps_rank"
                && finding.subject().id.as_ref() == id
                && finding.period().from().year() == year
                && finding.measured().is_some()
        })
    };
    let plan = Plan::builtin().unwrap();
    let communes = plan.registry().group("ubnd_cap_xa").unwrap().map(|ix| plan.registry().get(ix).unwrap());
    let mut counts = (0, 0);
    for commune in communes {
        let of = |year: i32| {
            let (from, to) =
                (parse_iso(&format!("{year}-01-01")).unwrap(), parse_iso(&format!("{year}-12-31")).unwrap());
            assert_eq!(late(commune.id.as_str(), year), commune.in_force(from, to), "{} in {year}", commune.id);
            usize::from(commune.in_force(from, to))
        };
        counts = (counts.0 + of(2023), counts.1 + of(2024));
    }
    assert_eq!(counts, (27, 28), "28 in 2024: the 27, and Tân Tiến from November on");
}
