//! Another province's shape runs through the same engine.

use caicach::assessment::agenda::Weekly;
use caicach::calendar::{Calendar, HolidayData};
use caicach::{Lang, Plan, Verdict};

use crate::common::own::{an_binh, an_binh_and, assess, day, facts, finding, on};

pub(crate) const FACTS: &str = r#"
    "complete": [{"table": "headcounts", "from": "2021-01-01", "to": "2025-12-31"},
                 {"table": "surveys", "from": "2023-01-01", "to": "2023-12-31"}],
    "headcounts": [
        {"date": "2021-12-31", "category": "cadre", "basis": "assigned", "count": 100, "body": "thi_tran_an"},
        {"date": "2021-12-31", "category": "cadre", "basis": "assigned", "count": 60, "body": "xa_binh"},
        {"date": "2021-12-31", "category": "cadre", "basis": "assigned", "count": 40, "body": "xa_cat"},
        {"date": "2025-12-31", "category": "cadre", "basis": "assigned", "count": 95, "body": "thi_tran_an"},
        {"date": "2025-12-31", "category": "cadre", "basis": "assigned", "count": 90, "body": "xa_binh_cat"}],
    "surveys": [
        {"year": 2023, "field": "overall", "body": "thi_tran_an", "respondents": 100, "satisfied": 95},
        {"year": 2023, "field": "overall", "body": "xa_binh", "respondents": 50, "satisfied": 42},
        {"year": 2023, "field": "overall", "body": "xa_cat", "respondents": 50, "satisfied": 48}],
    "dossier_counts": [
        {"body": "Thị trấn An", "from": "2023-01-01", "to": "2023-12-31",
         "resolved": {"in_time": 970, "late": 30}, "pending": {"in_time": 10, "overdue": 0}},
        {"body": "UBND xã Bình", "from": "2023-01-01", "to": "2023-12-31",
         "resolved": {"in_time": 970, "late": 30}, "pending": {"in_time": 0, "overdue": 60}},
        {"body": "90007", "from": "2023-01-01", "to": "2023-12-31",
         "resolved": {"in_time": 975, "late": 25}, "pending": {"in_time": 0, "overdue": 0}},
        {"body": "90007", "from": "2024-01-01", "to": "2024-12-31",
         "resolved": {"in_time": 920, "late": 80}, "pending": {"in_time": 0, "overdue": 0}},
        {"body": "thi_tran_an", "officer": "cb1", "from": "2023-01-01", "to": "2023-12-31",
         "resolved": {"in_time": 94, "late": 6}, "pending": {"in_time": 0, "overdue": 0}}]"#;

#[test]
fn a_plan_of_another_shape_runs_through_the_same_engine() {
    let assessment = assess(&an_binh(), FACTS, "2026-01-15");
    let verdict = |rule, subject, year| finding(&assessment, rule, subject, year).verdict();
    // 30 of 1000 is 3 %: not excellent; 90 of 1060 due is 8.49 %: not good; 25 of 1000 is below both.
    assert_eq!(verdict("late_not_excellent", "thi_tran_an", 2023), Verdict::Binding);
    assert_eq!(verdict("late_not_good", "thi_tran_an", 2023), Verdict::NotBinding);
    assert_eq!(verdict("late_not_good", "xa_binh", 2023), Verdict::Binding);
    assert_eq!(verdict("late_not_excellent", "xa_cat", 2023), Verdict::NotBinding);
    // Of code 90007 in 2024 it is the new commune's: exactly 8 %.
    assert_eq!(verdict("late_not_good", "xa_binh_cat", 2024), Verdict::Binding);
    assert_eq!(finding(&assessment, "late_not_good", "xa_binh_cat", 2024).sensitive_to().len(), 1);
    assert_eq!(verdict("satisfaction_not_good", "xa_binh", 2023), Verdict::Binding);
    // More than 6 % of a person: 6 % is not.
    assert_eq!(verdict("person_not_excellent", "cb1", 2023), Verdict::NotBinding);
    // 185 of 200: exactly 92.5 % satisfied is above 92; 15 posts of 200 are 7.5 %.
    assert_eq!(verdict("satisfaction", "an_binh", 2023), Verdict::Met);
    assert_eq!(verdict("posts", "an_binh", 2025), Verdict::Met);
}

#[test]
fn its_ceilings_are_on_its_own_five_bands() {
    let assessment = assess(&an_binh(), FACTS, "2026-01-15");
    let ceiling = |subject: &str, year: i32| {
        let found = assessment.ceilings().iter().find(|c| &*c.subject().id == subject && c.year() == year).unwrap();
        (found.ceiling().to_string(), found.provisional())
    };
    assert_eq!(ceiling("thi_tran_an", 2023), ("good".into(), false));
    assert_eq!(ceiling("xa_binh", 2023), ("fair".into(), false));
    assert_eq!(ceiling("xa_cat", 2023), ("excellent".into(), false));
    // Satisfaction of 2024 is not known, but no cap goes lower than that of the late share.
    assert_eq!(ceiling("xa_binh_cat", 2024), ("fair".into(), false));
    let vi = finding(&assessment, "late_not_excellent", "thi_tran_an", 2023).explanation(Lang::Vi);
    assert!(vi.contains("không được xếp hạng xuất sắc"), "{vi}");
    assert!(
        vi.contains("mức xếp hạng cao nhất có thể đạt là tốt (Phụ lục, mục A.1, Kế hoạch số 45/KH-UBND (minh họa))"),
        "{vi}"
    );
}

#[test]
fn its_readings_and_codes_are_its_own() {
    let plan = an_binh();
    let assessment = plan.assess(&facts(FACTS), &on("2026-01-15").reading("strict_eight", "eased")).unwrap();
    assert_eq!(finding(&assessment, "late_not_good", "xa_binh_cat", 2024).verdict(), Verdict::NotBinding);
    assert!(plan.assess(&facts(FACTS), &on("2026-01-15").reading("headcount_basis", "actual")).is_err());
    assert_eq!(plan.successors("xa_cat", day("2024-01-01"))[0].id.as_str(), "xa_binh_cat");
}

#[test]
fn its_agenda_ends_with_it() {
    let plan = an_binh();
    let agenda = plan.agenda(day("2021-01-01"), day("2027-12-31"), None, Weekly::Left);
    let of = |id: &str| -> Vec<i32> {
        agenda.items().iter().filter(|item| item.id() == id).map(|item| item.due().year()).collect()
    };
    assert_eq!(of("dialogues"), [2022, 2023, 2024, 2025]);
    assert_eq!(of("rank_fair"), [2022, 2023, 2024, 2025]);
    assert_eq!(of("A.1"), [2022, 2023, 2024, 2025]);
}

#[test]
fn a_rule_that_nothing_judges_is_named() {
    let first = r#"
[[rule]]
id = "first_in_satisfaction"
clause = "1.1"
kind = "leadership"
subject = { kind = "city" }
gist_en = "First in satisfaction."
quote = "mức độ hài lòng của người dân"
measure = "satisfaction"
from = 2022
"#;
    let named = |rule: &str| -> Vec<String> {
        let assessment = assess(&an_binh_and(&[rule]), FACTS, "2026-01-15");
        let named = assessment.summary().not_yet_evaluated();
        named.iter().map(ToString::to_string).collect()
    };
    assert_eq!(named(first), ["first_in_satisfaction"]);
    // Of fees paid online the peers' figures are among the facts.
    let judged = first.replace("measure = \"satisfaction\"", "measure = \"online_payment_share\"");
    assert_eq!(named(&judged), Vec::<String>::new());
}

#[test]
fn a_receipt_names_the_calendar_that_is_not_the_built_in_one() {
    let (plan, builtin) = (an_binh(), Calendar::builtin().unwrap());
    let named = |plan: &Plan| {
        let assessment = assess(plan, r#""rankings": []"#, "2024-01-15");
        let print = assessment.receipt().calendar_fingerprint().map(str::to_owned);
        let document: serde_json::Value = serde_json::from_str(&assessment.to_json()).unwrap();
        assert_eq!(document["receipt"]["calendar_fingerprint"].as_str(), print.as_deref());
        print
    };
    assert_eq!(named(&plan), None);
    assert_eq!(named(&plan.with_calendar(builtin.clone())), None);
    let own = builtin.with(HolidayData::default().day_off(day("2024-03-13"), "Nghỉ", "Công văn")).unwrap();
    let print = own.fingerprint();
    assert_eq!(named(&plan.with_calendar(own)), Some(print));
}
