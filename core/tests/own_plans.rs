//! Plans other than the built-in one: another province's shape, amendments, differences.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use caicach::calendar::parse_iso;
use caicach::plan::amendment::{Amendment, AmendmentError};
use caicach::plan::diff::{Fate, Part};
use caicach::{Assessment, Facts, Finding, Lang, Options, Plan, ProblemCode, Verdict};

const AN_BINH: &str = include_str!("plans/an-binh.toml");

fn an_binh() -> Plan {
    Plan::from_toml(AN_BINH).unwrap_or_else(|error| panic!("{error}"))
}

fn facts(tables: &str) -> Facts {
    Facts::from_json(format!("{{\"schema\": \"caicach/facts/1\", {tables}}}")).unwrap()
}

fn on(day: &str) -> Options {
    Options::on(parse_iso(day).unwrap())
}

const FACTS: &str = r#"
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

fn finding<'a>(assessment: &'a Assessment, rule: &str, subject: &str, year: i32) -> &'a Finding {
    let found =
        |f: &&Finding| f.rule().as_str() == rule && &*f.subject().id == subject && f.period().to().year() == year;
    assessment.findings().iter().find(found).unwrap_or_else(|| panic!("{rule} {subject} {year}"))
}

#[test]
fn a_plan_of_another_shape_runs_through_the_same_engine() {
    let assessment = an_binh().assess(&facts(FACTS), &on("2026-01-15")).unwrap();
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
    let assessment = an_binh().assess(&facts(FACTS), &on("2026-01-15")).unwrap();
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
    assert_eq!(plan.successors("xa_cat", parse_iso("2024-01-01").unwrap())[0].id.as_str(), "xa_binh_cat");
}

fn amendment(changes: &str) -> Result<Amendment, AmendmentError> {
    Amendment::from_toml(format!(
        "schema = \"caicach/amendment/1\"\ndocument = {{ number = \"9/QĐ-UBND\", date = \"2024-01-05\", issuer = \"UBND huyện \
         An Bình\", title = \"Sửa đổi\" }}\n{changes}"
    ))
}

const LOWER: &str = r#"
[[change]]
date = "2024-06-01"
action = "replace"
what = "task"
[change.task]
id = "A.1"
group = "A"
printed_number = "1"
text = "Không xếp hạng xuất sắc đối với xã, thị trấn có từ 3% hồ sơ trễ hạn trở lên; không xếp hạng tốt trở lên nếu từ 9% trở lên hoặc mức độ hài lòng dưới 85%; cá nhân có trên 6% hồ sơ trễ hạn không xếp loại xuất sắc."
gist_en = "Caps on ranks."
deliverables = ["Quyết định xếp hạng"]
schedule = { text = "Tháng 12 hằng năm", kind = "annual", months = [12] }
duties = [{ text = "Phòng Nội vụ tham mưu.", role = "lead", bodies = ["phong_noi_vu"], rule = "late_not_excellent" }]

[[change]]
date = "2024-06-01"
action = "replace"
what = "rule"
[change.rule]
id = "late_not_good"
clause = "annex A.1"
kind = "cap"
subject = { kind = "body", group = "xa_thi_tran" }
title = { vi = "Trễ hạn từ 9%", en = "Late from 9 %" }
gist_en = "Not good from 9 % late."
quote = "không xếp hạng tốt trở lên nếu từ 9% trở lên"
readings = ["late_denominator"]
scale = "rank"
ceiling = "fair"
when = [{ measure = "late_share", at_least = "9" }]

[[change]]
date = "2024-06-01"
action = "replace"
what = "rule"
[change.rule]
id = "satisfaction_not_good"
clause = "annex A.1"
kind = "cap"
subject = { kind = "body", group = "xa_thi_tran" }
title = { vi = "Hài lòng dưới 85%", en = "Satisfaction below 85 %" }
gist_en = "Not good below 85 % satisfaction."
quote = "hoặc mức độ hài lòng dưới 85%"
scale = "rank"
ceiling = "fair"
when = [{ measure = "satisfaction", less_than = "85" }]

[[change]]
date = "2025-01-01"
action = "remove"
what = "rule"
id = "dialogues"
"#;

#[test]
fn an_amendment_gives_the_plan_in_force_on_any_day() {
    let plan = an_binh();
    let amended = plan.amended(&[amendment(LOWER).unwrap()]).unwrap();
    let days = amended.versions().iter().map(|(date, _)| date.to_string()).collect::<Vec<_>>();
    assert_eq!(days, ["2024-06-01", "2025-01-01"]);
    let at = |day: &str| amended.on(parse_iso(day).unwrap());
    assert_eq!(at("2024-05-31").fingerprint(), plan.fingerprint());
    assert_eq!(at("2024-06-01").rule("late_not_good").unwrap().head().title.en, "Late from 9 %");
    assert!(at("2024-12-31").rule("dialogues").is_some());
    assert!(at("2025-01-01").rule("dialogues").is_none());
    // 8 % of 2024 is no longer too late.
    let assessment = at("2026-01-15").assess(&facts(FACTS), &on("2026-01-15")).unwrap();
    assert_eq!(finding(&assessment, "late_not_good", "xa_binh_cat", 2024).verdict(), Verdict::NotBinding);
}

#[test]
fn the_difference_names_thresholds_readings_and_verdicts() {
    let plan = an_binh();
    let amended = plan.amended(&[amendment(LOWER).unwrap()]).unwrap();
    let other = amended.on(parse_iso("2025-06-01").unwrap());
    let diff = plan.diff(other);
    let changed: Vec<(&str, Fate)> = diff.of(Part::Rule).map(|d| (d.id.as_str(), d.fate)).collect();
    assert_eq!(
        changed,
        [("dialogues", Fate::Removed), ("late_not_good", Fate::Changed), ("satisfaction_not_good", Fate::Changed)]
    );
    let thresholds: Vec<(&str, &str, Option<&str>, Option<&str>)> = diff
        .thresholds()
        .map(|(rule, field)| (rule, field.path.as_str(), field.before.as_deref(), field.after.as_deref()))
        .collect();
    assert_eq!(thresholds[0], ("late_not_good", "under", Some(thresholds[0].2.unwrap()), None));
    assert_eq!(thresholds[1], ("late_not_good", "when[0].at_least", Some("\"8\""), Some("\"9\"")));
    assert_eq!(thresholds.len(), 2);
    assert!(diff.text(Lang::Vi).contains("Quy định `dialogues`: bỏ"));
    assert!(diff.text(Lang::En).contains("when[0].at_least: \"8\" → \"9\""), "{}", diff.text(Lang::En));
    assert_eq!(diff.of(Part::Task).count(), 1);
    let json: serde_json::Value = serde_json::from_str(&diff.to_json()).unwrap();
    assert_eq!(json["differences"].as_array().unwrap().len(), diff.differences().len());

    let changes = plan.verdict_changes(other, &facts(FACTS), &on("2026-01-15")).unwrap();
    let late: Vec<_> = changes.iter().filter(|change| change.rule.as_str() == "late_not_good").collect();
    // 8.49 % of xã Bình in 2023 and 8 % of the new commune in 2024.
    assert_eq!(late.len(), 2);
    assert!(late.iter().all(|c| (c.before, c.after) == (Some(Verdict::Binding), Some(Verdict::NotBinding))));
    assert!(changes.iter().all(|c| c.rule.as_str() != "dialogues" || c.after.is_none()));
    assert!(plan.verdict_changes(&plan, &facts(FACTS), &on("2026-01-15")).unwrap().is_empty());
}

#[test]
fn readings_and_bodies_are_amended_too() {
    let changes = r#"
[[change]]
date = "2024-03-01"
action = "replace"
what = "reading"
id = "late_denominator"
default = "resolved"
[[change]]
date = "2024-03-01"
action = "add"
what = "body"
after = "xa_binh_cat"
body = { id = "xa_moi", kind = "commune", names = ["UBND xã Mới"], valid_from = "2024-03-01", parent = "an_binh" }
[[change]]
date = "2024-03-01"
action = "replace"
what = "body"
body = { id = "xa_binh_cat", kind = "commune", names = ["UBND xã Bình Cát"], code = "90007", valid_from = "2024-01-01", valid_to = "2024-02-29", parent = "an_binh" }
[[change]]
date = "2024-03-01"
action = "add"
what = "reorganisation"
reorganisation = { date = "2024-03-01", kind = "rename", from = ["xa_binh_cat"], to = ["xa_moi"] }
"#;
    let amended = an_binh().amended(&[amendment(changes).unwrap()]).unwrap();
    let day = parse_iso("2024-03-01").unwrap();
    let plan = amended.on(day);
    assert_eq!(plan.reading("late_denominator").unwrap().default.as_str(), "resolved");
    assert_eq!(plan.successors("xa_binh", day)[0].id.as_str(), "xa_moi");
    let place = plan.contents().body.iter().position(|body| body.id.as_str() == "xa_moi").unwrap();
    assert_eq!(plan.contents().body[place - 1].id.as_str(), "xa_binh_cat");
    let diff = an_binh().diff(plan);
    let reading = diff.of(Part::Reading).next().unwrap();
    assert_eq!((reading.id.as_str(), reading.fields[0].path.as_str()), ("late_denominator", "default"));
}

fn problems(result: Result<impl std::fmt::Debug, AmendmentError>) -> Vec<(ProblemCode, String)> {
    result.unwrap_err().problems().list().iter().map(|p| (p.code(), p.path().to_owned())).collect()
}

#[test]
fn what_is_wrong_with_an_amendment_is_said_all_at_once() {
    let text = r#"
[[change]]
date = "2024-03-01"
action = "add"
what = "rule"
[[change]]
date = "2024-03-01"
action = "remove"
what = "task"
after = "A.1"
[[change]]
date = "2024-03-01"
action = "replace"
what = "reading"
id = "x"
default = "y"
[change.body]
id = "b"
kind = "k"
names = ["B"]
[[change]]
date = "2024-03-01"
action = "replace"
what = "reorganisation"
id = "x"
"#;
    assert_eq!(
        problems(amendment(text)),
        [
            (ProblemCode::MissingField, "change[0].rule".into()),
            (ProblemCode::MissingField, "change[1].id".into()),
            (ProblemCode::Inconsistent, "change[1].after".into()),
            (ProblemCode::Inconsistent, "change[2].body".into()),
            (ProblemCode::MissingField, "change[3].reorganisation".into()),
            (ProblemCode::Inconsistent, "change[3].action".into()),
        ]
    );
    assert_eq!(
        problems(Amendment::from_toml("")),
        [(ProblemCode::MissingField, "schema".into()), (ProblemCode::MissingField, "document".into())]
    );
    assert_eq!(problems(Amendment::from_toml(b"\xff")), [(ProblemCode::Syntax, String::new())]);
    assert_eq!(problems(Amendment::from_toml("a = ")).len(), 1);
}

#[test]
fn what_does_not_fit_the_plan_is_said_all_at_once() {
    let first = amendment(
        "[[change]]\ndate = \"2024-03-01\"\naction = \"remove\"\nwhat = \"rule\"\nid = \"dialoges\"\n\
         [[change]]\ndate = \"2024-04-01\"\naction = \"remove\"\nwhat = \"clause\"\nid = \"1.2\"\n\
         [[change]]\ndate = \"2024-04-01\"\naction = \"remove\"\nwhat = \"body_group\"\nid = \"xa_thi_tran\"\n",
    )
    .unwrap();
    let second = amendment(
        "[[change]]\ndate = \"2024-04-01\"\naction = \"remove\"\nwhat = \"clause\"\nid = \"1.2\"\n\
         [[change]]\ndate = \"2024-05-01\"\naction = \"replace\"\nwhat = \"reading\"\nid = \"late_denominator\"\ndefault = \"xyz\"\n",
    )
    .unwrap();
    let error = an_binh().amended(&[first.clone(), second]).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains(
            "`amendment[0].change[0].id`: no rule has the id `dialoges` on 2024-03-01; did you mean `dialogues`?"
        ),
        "{text}"
    );
    assert!(
        text.contains(
            "`amendment[1].change[0]`: the clause `1.2` is changed by `amendment[0].change[1]` on that day already"
        ),
        "{text}"
    );
    assert!(text.contains("2024-05-01: reading[0].default"), "{text}");
    let alone = an_binh().amended(&[first]).unwrap_err().to_string();
    assert!(alone.contains("2024-04-01: rule["), "{alone}");
    assert!(alone.contains("no clause or task has the id `1.2`"), "{alone}");
}

#[test]
fn amending_words_takes_their_errata_along() {
    let plan = Plan::builtin().unwrap();
    let clause = plan.clause("I.1.2").unwrap();
    assert!(clause.printed.is_some());
    let text = format!(
        "[[change]]\ndate = \"2024-03-01\"\naction = \"replace\"\nwhat = \"clause\"\n[change.clause]\nid = \"I.1.2\"\ntext = {:?}\n\
         gist_en = \"As amended.\"\n",
        "Trọng tâm cải cách hành chính đến năm 2030 được điều chỉnh."
    );
    let amended = plan.amended(&[amendment(&text).unwrap()]).unwrap();
    let errata = |plan: &Plan| plan.contents().erratum.iter().filter(|erratum| erratum.r#where == "I.1.2").count();
    assert_eq!((errata(&plan), errata(amended.on(parse_iso("2024-03-01").unwrap()))), (1, 0));
}
