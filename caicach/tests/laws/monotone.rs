//! Worse facts never make a verdict better.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::facts::{Question, count, readings, tries};

fn verdict(question: &Question, rule: &str, subject: &str, year: i32) -> &'static str {
    let assessment = question.assess();
    let found = assessment.findings().iter().find(|finding| {
        finding.rule().as_str() == rule
            && finding.subject().id.as_ref() == subject
            && finding.period().from().year() == year
    });
    found.unwrap_or_else(|| panic!("no finding of {rule}")).verdict().as_str()
}

fn ask(table: &str, records: Value, as_of: &'static str, readings: &[(String, String)]) -> Question {
    Question { facts: json!({"schema": "caicach/facts/1", table: records}), as_of, readings: readings.to_vec() }
}

fn dossiers(columns: [u64; 8]) -> Value {
    let [online, direct, carried, early, on_time, late, in_time, overdue] = columns;
    json!([{"body": "loc_tho", "officer": "cb1", "from": "2024-01-01", "to": "2024-12-31",
        "received": {"online": online, "direct": direct, "carried_over": carried},
        "resolved": {"early": early, "on_time": on_time, "late": late}, "pending": {"in_time": in_time, "overdue": overdue}},
        {"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31",
        "received": {"online": online, "direct": direct, "carried_over": carried},
        "resolved": {"early": early, "on_time": on_time, "late": late}, "pending": {"in_time": in_time, "overdue": overdue}}])
}

proptest! {
    #![proptest_config(tries(128))]

    #[test]
    fn more_late_dossiers_never_free_from_a_cap(
        columns in prop::array::uniform8(count()), more in 1u64..50, timely in any::<bool>(), readings in readings()
    ) {
        let before = ask("dossier_counts", dossiers(columns), "2025-01-15", &readings);
        let mut worse = columns;
        // One dossier more is received and resolved late, or one in time is late instead.
        if timely && columns[3] >= more {
            worse[3] -= more;
        } else {
            worse[0] += more;
        }
        worse[5] += more;
        let after = ask("dossier_counts", dossiers(worse), "2025-01-15", &readings);
        for (rule, subject) in [("late_share_caps_rank", "loc_tho"), ("late_share_caps_person", "cb1")] {
            let (before, after) = (verdict(&before, rule, subject, 2024), verdict(&after, rule, subject, 2024));
            // A published slip may leave more late than received: the share is then what it is, and still no better.
            let columns_add_up = columns[0] + columns[1] + columns[2] >= columns[5] + columns[7];
            if before == "binding" && columns_add_up {
                prop_assert_eq!(after, "binding");
            }
        }
    }

    #[test]
    fn more_posts_cut_never_miss_a_reduction(base in 0u64..3000, now in 0u64..3000, more in 1u64..200, late in any::<bool>(), readings in readings()) {
        let as_of = if late { "2027-02-01" } else { "2025-06-30" };
        let records = |now: u64| {
            let at = |date: &str, basis: &str, category: &str, count: u64| json!({"date": date, "basis": basis, "category": category, "count": count});
            let mut all = Vec::new();
            for basis in ["assigned", "actual"] {
                for category in ["cadre", "employee"] {
                    all.extend([at("2021-12-31", basis, category, base), at("2022-12-31", basis, category, base),
                        at(if late { "2026-12-31" } else { "2024-12-31" }, basis, category, now)]);
                }
            }
            json!(all)
        };
        let before = ask("headcounts", records(now), as_of, &readings);
        let after = ask("headcounts", records(now.saturating_sub(more)), as_of, &readings);
        for rule in ["cadre_reduction", "employee_reduction"] {
            if verdict(&before, rule, "nha_trang", 2023) == "met" {
                prop_assert_eq!(verdict(&after, rule, "nha_trang", 2023), "met");
            }
        }
    }

    #[test]
    fn more_satisfied_people_never_fail_a_floor(respondents in 1u64..2000, satisfied in 0u64..2000, more in 1u64..100) {
        let survey = |satisfied: u64| {
            let satisfied = satisfied.min(respondents);
            json!([{"year": 2025, "field": "overall", "respondents": respondents, "satisfied": satisfied},
                {"year": 2025, "field": "overall", "body": "loc_tho", "respondents": respondents, "satisfied": satisfied}])
        };
        let before = ask("surveys", survey(satisfied), "2026-01-15", &[]);
        let after = ask("surveys", survey(satisfied + more), "2026-01-15", &[]);
        if verdict(&before, "satisfaction_overall", "nha_trang", 2025) == "met" {
            prop_assert_eq!(verdict(&after, "satisfaction_overall", "nha_trang", 2025), "met");
        }
        if verdict(&before, "satisfaction_caps_rank", "loc_tho", 2025) == "not_binding" {
            prop_assert_eq!(verdict(&after, "satisfaction_caps_rank", "loc_tho", 2025), "not_binding");
        }
    }
}
