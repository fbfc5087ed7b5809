//! Headroom, told by a finding, against trying: one step less leaves the verdict, so many steps turn it.

use caicach::rule::finding::{Finding, HeadroomValue, Unit, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::facts::{Question, tries};

/// Facts with one count that steps go up or down from, and what is asked of them.
struct Trial<'a> {
    rule: &'a str,
    subject: &'a str,
    as_of: &'static str,
    readings: Vec<(String, String)>,
    facts: &'a dyn Fn(i128, Unit) -> Option<Value>,
    /// Which way the count must go to leave this verdict.
    towards: &'a dyn Fn(Verdict) -> i128,
}

impl Trial<'_> {
    fn finding<R>(&self, steps: i128, unit: Unit, look: impl Fn(&Finding) -> R) -> Option<R> {
        let facts = (self.facts)(steps, unit)?;
        let assessment = Question { facts, as_of: self.as_of, readings: self.readings.clone() }.assess();
        let mut findings = assessment.findings().iter();
        let found = findings.find(|one| one.rule().as_str() == self.rule && one.subject().id.as_ref() == self.subject);
        Some(look(found.unwrap_or_else(|| panic!("no finding of {}", self.rule))))
    }

    fn holds(&self) {
        let told = self.finding(0, Unit::Events, |one| (one.verdict(), one.headroom().cloned()));
        let (verdict, headroom) = told.unwrap();
        let headroom = headroom.unwrap_or_else(|| panic!("{}: {verdict:?} has no headroom", self.rule));
        let HeadroomValue::Count(least) = headroom.value else { panic!("{}: not a count", self.rule) };
        let after = |steps: i128| self.finding(steps * (self.towards)(verdict), headroom.unit, Finding::verdict);
        assert!(least > 0, "{}: {verdict:?} is to turn by nothing", self.rule);
        assert_eq!(after(least - 1), Some(verdict), "{}: {} is more than it takes", self.rule, least);
        let turned = after(least).unwrap_or_else(|| panic!("{}: there are no {least}", self.rule));
        assert_ne!(turned, verdict, "{}: {least} do not turn it", self.rule);
    }
}

/// Up from a verdict that asks for more, down from the other.
fn up_from(low: Verdict) -> impl Fn(Verdict) -> i128 {
    move |verdict| if verdict == low { 1 } else { -1 }
}

fn table(name: &str, records: Value) -> Value {
    let complete = json!([{"table": name, "from": "2019-01-01", "to": "2027-12-31"}]);
    json!({"schema": "caicach/facts/1", name: records, "complete": complete})
}

/// A count near `percent` of a whole.
fn near(whole: u64, percent: u64, off: i64) -> i128 {
    (i128::from(whole * percent / 100) + i128::from(off)).clamp(0, i128::from(whole))
}

proptest! {
    #![proptest_config(tries(24))]

    #[test]
    fn of_late_shares(late in 0u64..40, in_time in 1u64..400, overdue in 0u64..6, waiting in 0u64..30, denominator in 0usize..4) {
        let facts = |steps: i128, unit| {
            let steps = steps.unsigned_abs() as u64;
            let (late, in_time) = if unit == Unit::LateDossiers { (late + steps, in_time) } else { (late, in_time + steps) };
            Some(table("dossier_counts", json!([{"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31",
                "received": {"online": late + in_time + overdue + waiting, "direct": 0, "carried_over": 0},
                "resolved": {"in_time": in_time, "late": late}, "pending": {"in_time": waiting, "overdue": overdue}}])))
        };
        let option = ["resolved", "due", "received", "portal"][denominator];
        Trial { rule: "late_share_caps_rank", subject: "loc_tho", as_of: "2025-01-15",
            readings: vec![("late_denominator".to_owned(), option.to_owned())], facts: &facts, towards: &|_| 1 }.holds();
    }

    #[test]
    fn of_shares_within_a_whole(whole in 3u64..400, off in -4i64..5) {
        let survey = |year: i32, field: &'static str, body: Value, percent: u64| move |steps: i128, _| {
            let satisfied = u64::try_from(near(whole, percent, off) + steps).ok().filter(|of| *of <= whole)?;
            Some(table("surveys", json!([{"year": year, "field": field, "body": body, "respondents": whole, "satisfied": satisfied}])))
        };
        let [ward, city] = ["loc_tho", "nha_trang"];
        Trial { rule: "satisfaction_caps_rank", subject: ward, as_of: "2025-01-15", readings: vec![],
            facts: &survey(2024, "overall", json!(ward), 80), towards: &up_from(Verdict::Binding) }.holds();
        Trial { rule: "satisfaction_land", subject: city, as_of: "2026-01-15", readings: vec![],
            facts: &survey(2025, "land", json!(city), 85), towards: &up_from(Verdict::NotMet) }.holds();
        let online = |steps: i128, _| {
            let online = u64::try_from(near(whole, 50, off) + steps).ok().filter(|of| *of <= whole)?;
            Some(table("dossier_counts", json!([{"body": city, "from": "2025-01-01", "to": "2025-12-31",
                "received": {"online": online, "direct": whole - online, "carried_over": 7}}])))
        };
        Trial { rule: "online_majority", subject: city, as_of: "2026-01-15", readings: vec![],
            facts: &online, towards: &up_from(Verdict::NotMet) }.holds();
        let titles = |steps: i128, _| {
            let meeting = u64::try_from(near(whole, 100, off) + steps).ok().filter(|of| *of <= whole)?;
            Some(table("title_standards", json!([{"date": "2023-12-31", "total": whole, "meeting": meeting}])))
        };
        Trial { rule: "title_standards", subject: city, as_of: "2024-01-15", readings: vec![],
            facts: &titles, towards: &up_from(Verdict::NotMet) }.holds();
        let assigned = |steps: i128, _| {
            let assigned = u64::try_from(near(whole, 100, off) + steps).ok().filter(|of| *of <= whole)?;
            Some(table("written_assignments", json!([{"body": ward, "date": "2023-06-30", "staff": whole, "assigned": assigned}])))
        };
        Trial { rule: "written_assignment", subject: ward, as_of: "2024-01-15", readings: vec![],
            facts: &assigned, towards: &up_from(Verdict::NotMet) }.holds();
        let paid = |steps: i128, _| {
            let paid = u64::try_from(near(whole, 60, off) + steps).ok().filter(|of| *of <= whole)?;
            Some(table("online_payments", json!([{"year": 2023, "locality": "Nha Trang", "paid_online": paid, "payable": whole},
                {"year": 2023, "locality": "Cam Ranh", "paid_online": 3, "payable": 5}])))
        };
        Trial { rule: "online_payment_first", subject: city, as_of: "2024-01-15", readings: vec![],
            facts: &paid, towards: &up_from(Verdict::NotMet) }.holds();
    }

    #[test]
    fn of_stocks(base in 20u64..3000, off in -5i64..6, nearest in any::<bool>()) {
        let rounding = if nearest { "nearest" } else { "exact" };
        let readings = vec![("reduction_rounding".to_owned(), rounding.to_owned())];
        for (rule, category, percent) in [("cadre_reduction", "cadre", 95), ("employee_reduction", "employee", 90)] {
            let posts = |steps: i128, _| {
                let now = u64::try_from(near(base, percent, off) + steps).ok()?;
                let at = |date: &str, count: u64| json!({"date": date, "category": category, "basis": "assigned", "count": count});
                Some(table("headcounts", json!([at("2022-12-31", base), at("2026-12-31", now)])))
            };
            Trial { rule, subject: "nha_trang", as_of: "2027-01-15", readings: readings.clone(), facts: &posts,
                towards: &up_from(Verdict::Met) }.holds();
        }
        let units = |steps: i128, _| {
            let now = u64::try_from(near(base, 90, off) + steps).ok()?;
            Some(table("service_units", json!([{"date": "2022-12-31", "count": base}, {"date": "2025-12-31", "count": now}])))
        };
        Trial { rule: "unit_reduction", subject: "nha_trang", as_of: "2026-01-15", readings, facts: &units,
            towards: &up_from(Verdict::Met) }.holds();
    }

    #[test]
    fn of_events_and_days(held in 0u64..6, days in 0i128..12) {
        let on = |n: u64| format!("2023-{:02}-03", n + 1);
        let sessions = |steps: i128, _| {
            let held = u64::try_from(i128::from(held) + steps).ok()?;
            let each = (0..held).map(|n| json!({"kind": "guidance_session", "body": "loc_tho", "date": on(n)}));
            Some(table("activities", each.collect()))
        };
        Trial { rule: "guidance_sessions", subject: "loc_tho", as_of: "2024-01-15", readings: vec![], facts: &sessions,
            towards: &up_from(Verdict::NotMet) }.holds();
        let inspections = |steps: i128, _| {
            let held = u64::try_from(i128::from(held.max(1)) + steps).ok()?;
            let each = (0..held).map(|n| json!({"enterprise": "X", "body": "loc_tho", "date": on(n), "ordered_by_superior": false}));
            // Who is not inspected at all is not a subject.
            let other = json!({"enterprise": "X", "body": "loc_tho", "date": "2023-12-03", "ordered_by_superior": true});
            Some(table("inspections", each.chain([other]).collect()))
        };
        Trial { rule: "inspection_limit", subject: "X", as_of: "2024-01-15", readings: vec![], facts: &inspections,
            towards: &up_from(Verdict::Met) }.holds();
        let recorded = |steps: i128, _| {
            let day = u32::try_from(days + steps + 1).ok().filter(|day| *day > 0)?;
            Some(table("record_updates", json!([{"person": "cb1", "changed": "2023-05-01", "recorded": format!("2023-05-{day:02}")}])))
        };
        Trial { rule: "record_update", subject: "cb1", as_of: "2024-01-15", readings: vec![], facts: &recorded,
            towards: &up_from(Verdict::Met) }.holds();
    }
}
