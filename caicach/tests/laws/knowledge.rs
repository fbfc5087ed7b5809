//! Knowing less never decides otherwise: what bounds decide is what the whole record decides.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::facts::{Question, count, document, tries};

/// All columns of a form that adds up, in quarters or for the year.
#[derive(Debug, Clone)]
struct Form {
    early: u64,
    on_time: u64,
    late: u64,
    in_time: u64,
    overdue: u64,
    /// How much of what was received was carried over, and how much of the rest came online, in hundredths.
    carried: u64,
    online: u64,
    cancelled: u64,
}

fn form() -> impl Strategy<Value = Form> {
    ((count(), count(), count()), (count(), count(), 0u64..=100, 0u64..=100, 0u64..20)).prop_map(
        |((early, on_time, late), (in_time, overdue, carried, online, cancelled))| Form {
            early,
            on_time,
            late,
            in_time,
            overdue,
            carried,
            online,
            cancelled,
        },
    )
}

impl Form {
    fn pending(&self) -> u64 {
        self.in_time + self.overdue
    }

    /// The record with the columns that the mask publishes; `before` is what the period before left pending.
    fn record(&self, period: (&str, &str), before: Option<u64>, mask: u16) -> Value {
        let resolved = self.early + self.on_time + self.late;
        let pending = self.pending();
        let accounted = resolved + pending + self.cancelled;
        let carried = before.unwrap_or(accounted * self.carried / 100);
        // What was carried over and is not accounted for was withdrawn.
        let received = accounted.max(carried);
        let cancelled = received - resolved - pending;
        let online = (received - carried) * self.online / 100;
        let direct = received - carried - online;
        let groups = [
            ("received", vec![("online", online), ("direct", direct), ("carried_over", carried), ("total", received)]),
            (
                "resolved",
                vec![
                    ("early", self.early),
                    ("on_time", self.on_time),
                    ("in_time", self.early + self.on_time),
                    ("late", self.late),
                    ("total", resolved),
                ],
            ),
            ("pending", vec![("in_time", self.in_time), ("overdue", self.overdue), ("total", pending)]),
        ];
        let mut record = json!({"body": "nha_trang", "from": period.0, "to": period.1, "cancelled": cancelled});
        let mut bit = 0;
        for (name, columns) in groups {
            let mut group = Map::new();
            for (column, count) in columns {
                if mask >> bit & 1 == 1 {
                    group.insert(column.to_owned(), json!(count));
                }
                bit += 1;
            }
            record[name] = Value::Object(group);
        }
        record
    }
}

/// Verdict and extent, the latter as `[low, high]` in two decimals where it is known.
fn judged(records: Vec<Value>, rule: &str, denominator: &str) -> (String, Value) {
    let facts = json!({"schema": "caicach/facts/1", "dossier_counts": records});
    let readings = vec![("late_denominator".to_owned(), denominator.to_owned())];
    let document = document(&Question { facts, as_of: "2026-02-01", readings }.assess());
    let finding = document["findings"].as_array().unwrap().iter().find(|finding| {
        finding["rule"] == rule && finding["subject"]["id"] == "nha_trang" && finding["period"]["from"] == "2025-01-01"
    });
    let finding = finding.unwrap();
    (finding["verdict"].as_str().unwrap().to_owned(), finding["measured"].clone())
}

/// Part and whole of an end, percentages over a hundred.
fn ratio(end: &Value) -> (i128, i128) {
    match end["part"].as_i64() {
        Some(part) => (part.into(), end["whole"].as_i64().unwrap().into()),
        None => {
            let value: i128 = end["value"].as_str().unwrap().parse().unwrap();
            (value, 100)
        }
    }
}

fn at_most(a: (i128, i128), b: (i128, i128)) -> bool {
    a.0 * b.1 <= b.0 * a.1
}

/// What a mask decides is what all columns decide, and its interval holds their value.
fn agree(whole: &(String, Value), part: &(String, Value)) -> Result<(), TestCaseError> {
    let undecided = ["undetermined", "pending"].contains(&part.0.as_str());
    // Without any dossier, "none of an unknown number" cannot be told from "none of some".
    let nothing =
        whole.0 == "not_applicable" && ["not_binding", "binding", "met", "not_met"].contains(&part.0.as_str());
    prop_assert!(undecided || nothing || part.0 == whole.0, "{:?} but {:?} in part", whole, part);
    if whole.1.is_null() || part.1.is_null() {
        return Ok(());
    }
    let exact = ratio(&whole.1);
    let (low, high) = if part.1.get("low").is_some() { (&part.1["low"], &part.1["high"]) } else { (&part.1, &part.1) };
    prop_assert!(at_most(ratio(low), exact) && at_most(exact, ratio(high)), "{:?} not in {:?}", whole.1, part.1);
    Ok(())
}

proptest! {
    #![proptest_config(tries(96))]

    #[test]
    fn less_of_a_year_decides_nothing_else(form in form(), mask in 0u16..4096, place in 0usize..4) {
        let denominator = ["resolved", "due", "received", "portal"][place];
        let year = ("2025-01-01", "2025-12-31");
        for rule in ["late_share_caps_rank", "online_majority"] {
            let whole = judged(vec![form.record(year, None, 4095)], rule, denominator);
            agree(&whole, &judged(vec![form.record(year, None, mask)], rule, denominator))?;
        }
    }

    #[test]
    fn less_of_a_quarter_decides_nothing_else(forms in prop::array::uniform3(form()), masks in prop::array::uniform3(0u16..4096), place in 0usize..4) {
        let denominator = ["resolved", "due", "received", "portal"][place];
        let quarters = [("2025-01-01", "2025-03-31"), ("2025-04-01", "2025-06-30"), ("2025-07-01", "2025-09-30")];
        let records = |masks: [u16; 3]| {
            let mut before = None;
            let mut records = Vec::new();
            for ((form, quarter), mask) in forms.iter().zip(quarters).zip(masks) {
                records.push(form.record(quarter, before, mask));
                before = Some(form.pending());
            }
            records
        };
        for rule in ["late_share_caps_rank", "online_majority"] {
            let whole = judged(records([4095; 3]), rule, denominator);
            agree(&whole, &judged(records(masks), rule, denominator))?;
        }
    }
}
