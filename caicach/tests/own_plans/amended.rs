//! A plan amended over time, and in what two plans differ.

use caicach::plan::amendment::{Amendment, AmendmentError};
use caicach::plan::diff::{Fate, Part};
use caicach::{Lang, Plan, ProblemCode, Verdict};

use crate::common::own::{an_binh, assess, day, facts, finding, on};
use crate::shape::FACTS;

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
    let at = |text: &str| amended.on(day(text));
    assert_eq!(at("2024-05-31").fingerprint(), plan.fingerprint());
    assert_eq!(at("2024-06-01").rule("late_not_good").unwrap().head().title.en, "Late from 9 %");
    assert!(at("2024-12-31").rule("dialogues").is_some());
    assert!(at("2025-01-01").rule("dialogues").is_none());
    // 8 % of 2024 is no longer too late.
    let assessment = assess(at("2026-01-15"), FACTS, "2026-01-15");
    assert_eq!(finding(&assessment, "late_not_good", "xa_binh_cat", 2024).verdict(), Verdict::NotBinding);
}

#[test]
fn the_difference_names_thresholds_readings_and_verdicts() {
    let plan = an_binh();
    let amended = plan.amended(&[amendment(LOWER).unwrap()]).unwrap();
    let other = amended.on(day("2025-06-01"));
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
    let first = day("2024-03-01");
    let plan = amended.on(first);
    assert_eq!(plan.reading("late_denominator").unwrap().default.as_str(), "resolved");
    assert_eq!(plan.successors("xa_binh", first)[0].id.as_str(), "xa_moi");
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
    assert_eq!((errata(&plan), errata(amended.on(day("2024-03-01")))), (1, 0));
}
