//! Plans other than the built-in one: another province's shape, amendments, differences.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use caicach::assessment::agenda::Weekly;
use caicach::calendar::{Calendar, HolidayData, parse_iso};
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

#[test]
fn its_agenda_ends_with_it() {
    let plan = an_binh();
    let agenda = plan.agenda(parse_iso("2021-01-01").unwrap(), parse_iso("2027-12-31").unwrap(), None, Weekly::Left);
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
title = { vi = "Dẫn đầu về mức độ hài lòng", en = "First in satisfaction" }
gist_en = "First in satisfaction."
quote = "mức độ hài lòng của người dân"
measure = "satisfaction"
from = 2022
"#;
    let named = |text: &str| -> Vec<String> {
        let plan = Plan::from_toml(text).unwrap_or_else(|error| panic!("{error}"));
        let assessment = plan.assess(&facts(FACTS), &on("2026-01-15")).unwrap();
        let named = assessment.summary().not_yet_evaluated();
        named.iter().map(ToString::to_string).collect()
    };
    assert_eq!(named(&format!("{AN_BINH}{first}")), ["first_in_satisfaction"]);
    // Of fees paid online the peers' figures are among the facts.
    let judged = first.replace("measure = \"satisfaction\"", "measure = \"online_payment_share\"");
    assert_eq!(named(&format!("{AN_BINH}{judged}")), Vec::<String>::new());
}

/// Rules of kinds and with conditions that neither plan has.
const MORE: &str = r#"
[[task]]
id = "A.3"
group = "A"
printed_number = "3"
text = "Tối thiểu 90% văn bản được xử lý điện tử. Cấp phó của đơn vị xếp hạng yếu 01 năm bị xem xét. Báo cáo trong 10 ngày kể từ khi có yêu cầu. Không xếp hạng tốt trở lên nếu dưới 20% hồ sơ trực tuyến. Đơn vị xếp hạng khá 02 năm liên tục hoặc 01 năm từ trung bình trở xuống phải giải trình."
gist_en = "At least 90 % of documents; deputies of bodies ranked weak; reports within 10 days; below 20 % online."
deliverables = ["Báo cáo"]
schedule = { text = "Khi có yêu cầu", kind = "on_trigger", event = "request" }

[[task.duties]]
text = "Các xã, thị trấn thực hiện."
role = "lead"
bodies = ["xa_thi_tran"]

[[rule]]
id = "documents"
clause = "annex A.3"
kind = "coverage"
subject = { kind = "body", group = "xa_thi_tran" }
title = { vi = "Văn bản điện tử", en = "Electronic documents" }
gist_en = "At least 90 % of documents."
quote = "Tối thiểu 90% văn bản được xử lý điện tử"
of = "electronic_documents"
percent = "90"
from = 2022

[[rule]]
id = "deputies"
clause = "annex A.3"
kind = "consequence"
subject = { kind = "person", role = "deputy" }
title = { vi = "Cấp phó", en = "Deputies" }
gist_en = "Deputies of bodies ranked weak."
quote = "Cấp phó của đơn vị xếp hạng yếu 01 năm bị xem xét"
scale = "rank"
patterns = [{ band = "weak", years = 1 }]
measures = [{ vi = "xem xét", en = "a review" }]

[[rule]]
id = "reports"
clause = "annex A.3"
kind = "deadline"
subject = { kind = "body", group = "xa_thi_tran" }
title = { vi = "Báo cáo theo yêu cầu", en = "Reports on request" }
gist_en = "Within 10 days of a request."
quote = "Báo cáo trong 10 ngày kể từ khi có yêu cầu"
activity = "periodic_report"
within_days = 10

[[rule]]
id = "online_not_good"
clause = "annex A.3"
kind = "cap"
subject = { kind = "body", group = "xa_thi_tran" }
title = { vi = "Trực tuyến dưới 20%", en = "Below 20 % online" }
gist_en = "Not good below 20 % online."
quote = "Không xếp hạng tốt trở lên nếu dưới 20% hồ sơ trực tuyến"
scale = "rank"
ceiling = "fair"
when = [{ measure = "online_share", less_than = "20" }]
"#;

/// What follows from ranks of one year or of two.
const ACCOUNT: &str = r#"
[[rule]]
id = "account"
clause = "annex A.3"
kind = "consequence"
subject = { kind = "body", group = "xa_thi_tran" }
title = { vi = "Giải trình", en = "An account" }
gist_en = "Two years fair, or one year average or below, call for an account."
quote = "Đơn vị xếp hạng khá 02 năm liên tục hoặc 01 năm từ trung bình trở xuống phải giải trình"
scale = "rank"
patterns = [{ band = "fair", years = 2 }, { band = "average", years = 1, or_below = true }]
measures = [{ vi = "giải trình", en = "an account" }]
"#;

#[test]
fn the_ranks_told_are_those_of_the_pattern_that_holds() {
    let plan = Plan::from_toml(format!("{AN_BINH}{MORE}{ACCOUNT}")).unwrap_or_else(|error| panic!("{error}"));
    let told = |before: &str, last: &str| {
        let facts = facts(&format!(
            r#""rankings": [{{"year": 2023, "body": "thi_tran_an", "rank": "{before}"}},
                            {{"year": 2024, "body": "thi_tran_an", "rank": "{last}"}}]"#
        ));
        let assessment = plan.assess(&facts, &on("2025-01-15")).unwrap();
        let finding = finding(&assessment, "account", "thi_tran_an", 2024);
        (finding.verdict(), finding.explanation(Lang::En))
    };
    for (before, last, verdict, ranks) in [
        ("good", "weak", Verdict::Binding, "was ranked weak in 2024 ("),
        ("good", "average", Verdict::Binding, "was ranked average in 2024 ("),
        ("fair", "fair", Verdict::Binding, "was ranked fair in 2023 and in 2024 ("),
        ("weak", "fair", Verdict::NotBinding, "was ranked weak in 2023, fair in 2024 ("),
    ] {
        let (found, text) = told(before, last);
        assert_eq!(found, verdict);
        assert!(text.contains(ranks), "{text}");
    }
}

#[test]
fn a_cap_that_looks_at_ranks_leaves_none_that_is_not_known() {
    let by_rank = r#"
[[rule]]
id = "by_rank"
clause = "annex A.3"
kind = "cap"
subject = { kind = "body", group = "xa_thi_tran" }
title = { vi = "Theo xếp hạng", en = "By rank" }
gist_en = "By rank."
quote = "Đơn vị xếp hạng khá"
scale = "rank"
ceiling = "average"
when = [{ measure = "rank", band_at_most = "fair" }]
"#;
    let plan = Plan::from_toml(format!("{AN_BINH}{MORE}{by_rank}")).unwrap_or_else(|error| panic!("{error}"));
    let facts = facts(
        r#""dossier_counts": [{"body": "thi_tran_an", "from": "2024-01-01", "to": "2024-12-31",
            "resolved": {"in_time": 96, "late": 4}, "pending": {"in_time": 0, "overdue": 0}}]"#,
    );
    let assessment = plan.assess(&facts, &on("2025-01-15")).unwrap();
    let finding = finding(&assessment, "by_rank", "thi_tran_an", 2024);
    assert_eq!(finding.verdict(), Verdict::Undetermined);
    // 4 % late leave good at best.
    let notes: Vec<String> = finding.data_notes().iter().map(|note| note.text(Lang::En)).collect();
    assert_eq!(notes, ["the caps that bind leave good as the best rank still possible"]);
}

fn with_more() -> Plan {
    Plan::from_toml(format!("{AN_BINH}{MORE}")).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_share_of_members_may_be_enough() {
    let documents = |electronic: u64| {
        let facts = facts(&format!(
            r#""documents": [{{"year": 2024, "body": "thi_tran_an", "total": 10, "secret": 0, "electronic": {electronic}}}]"#
        ));
        with_more().assess(&facts, &on("2025-01-15")).unwrap()
    };
    let (nine, eight) = (documents(9), documents(8));
    let of = |assessment| -> Finding { finding(assessment, "documents", "thi_tran_an", 2024).clone() };
    assert_eq!((of(&nine).verdict(), of(&eight).verdict()), (Verdict::Met, Verdict::NotMet));
    let percent = |assessment| serde_json::to_value(of(assessment).required().unwrap()).unwrap();
    assert_eq!(percent(&nine), serde_json::json!({"comparison": "at_least", "percent": "90"}));
    // All of them is no share.
    let all = MORE.replace("90%", "100%").replace("\"90\"", "\"100\"");
    let all = Plan::from_toml(format!("{AN_BINH}{all}")).unwrap_or_else(|error| panic!("{error}"));
    let facts =
        facts(r#""documents": [{"year": 2024, "body": "thi_tran_an", "total": 10, "secret": 0, "electronic": 10}]"#);
    let all = all.assess(&facts, &on("2025-01-15")).unwrap();
    assert_eq!(percent(&all), serde_json::json!({"comparison": "all"}));
}

#[test]
fn only_a_head_has_the_body_to_stand_for_it() {
    let ranked = r#""rankings": [{"year": 2024, "body": "thi_tran_an", "rank": "weak"}]"#;
    let found = |tables: &str| -> Vec<(String, Verdict)> {
        let assessment = with_more().assess(&facts(tables), &on("2025-01-15")).unwrap();
        let of_rule = assessment.findings().iter().filter(|finding| finding.rule().as_str() == "deputies");
        of_rule.map(|finding| (finding.subject().id.to_string(), finding.verdict())).collect()
    };
    assert_eq!(found(ranked), []);
    let deputy = r#""people": [{"id": "p", "body": "thi_tran_an", "role": "deputy", "category": "cadre"}]"#;
    assert_eq!(found(&format!("{ranked}, {deputy}")), [("p".to_owned(), Verdict::Binding)]);
}

#[test]
fn what_an_event_starts_is_due_so_many_days_after_it() {
    let facts = facts(
        r#""triggers": [{"task": "A.3", "date": "2024-03-01"}, {"task": "A.3", "date": "2024-05-01"}],
           "activities": [{"kind": "periodic_report", "body": "thi_tran_an", "date": "2024-03-11"},
                          {"kind": "periodic_report", "body": "thi_tran_an", "date": "2024-05-12"}],
           "complete": [{"table": "activities", "kind": "periodic_report", "body": "xa_binh_cat", "from": "2024-03-01", "to": "2024-03-31"}]"#,
    );
    let assessment = with_more().assess(&facts, &on("2025-01-15")).unwrap();
    let verdict = |subject: &str, day: &str| {
        let day = parse_iso(day).unwrap();
        let of = |finding: &&Finding| {
            finding.rule().as_str() == "reports" && &*finding.subject().id == subject && finding.period().from() == day
        };
        assessment.findings().iter().find(of).unwrap().verdict()
    };
    // The tenth day and the eleventh; of the other body all of March is listed, and nothing of May.
    assert_eq!(verdict("thi_tran_an", "2024-03-01"), Verdict::Met);
    assert_eq!(verdict("thi_tran_an", "2024-05-01"), Verdict::NotMet);
    assert_eq!(verdict("xa_binh_cat", "2024-03-01"), Verdict::NotMet);
    assert_eq!(verdict("xa_binh_cat", "2024-05-01"), Verdict::Undetermined);
}

#[test]
fn a_cap_may_look_at_what_came_online() {
    let online = |online: u64| {
        let facts = facts(&format!(
            r#""dossier_counts": [{{"body": "thi_tran_an", "from": "2024-01-01", "to": "2024-12-31",
                "received": {{"online": {online}, "direct": {}, "carried_over": 0}}}}]"#,
            100 - online
        ));
        let assessment = with_more().assess(&facts, &on("2025-01-15")).unwrap();
        finding(&assessment, "online_not_good", "thi_tran_an", 2024).verdict()
    };
    assert_eq!((online(19), online(20)), (Verdict::Binding, Verdict::NotBinding));
}

/// Two fields of surveys that may be read together.
const FIELDS: &str = r#"
[[reading]]
key = "satisfaction_fields"
question = { vi = "Tính riêng hay gộp các lĩnh vực?", en = "Are the fields read together?" }
options = [
  { id = "each", vi = "tính riêng từng lĩnh vực", en = "each is read alone" },
  { id = "pooled", vi = "tính gộp các lĩnh vực", en = "they are read together" },
]
default = "each"
reason = "Theo câu chữ (minh họa)."

[[clause]]
id = "1.4"
text = "Năm 2024, mức độ hài lòng về đất đai và về xây dựng đạt tối thiểu 85%."
gist_en = "Satisfaction with land and with construction at least 85 % in 2024."
"#;

fn field_rule(field: &str) -> String {
    format!(
        r#"
[[rule]]
id = "of_{field}"
clause = "1.4"
kind = "level"
subject = {{ kind = "city" }}
title = {{ vi = "Hài lòng", en = "Satisfaction" }}
gist_en = "At least 85 %."
quote = "Năm 2024, mức độ hài lòng về đất đai và về xây dựng đạt tối thiểu 85%"
readings = ["satisfaction_fields"]
measure = "satisfaction"
field = "{field}"
steps = [{{ from = 2024, at_least = "85" }}]
"#
    )
}

#[test]
fn fields_are_pooled_where_their_rules_say_so() {
    let rules = [field_rule("land"), field_rule("construction")].concat();
    let plan = Plan::from_toml(format!("{AN_BINH}{FIELDS}{rules}")).unwrap_or_else(|error| panic!("{error}"));
    let survey = |field: &str, satisfied: u64| {
        format!(r#"{{"year": 2024, "field": "{field}", "respondents": 100, "satisfied": {satisfied}}}"#)
    };
    let surveys = [survey("land", 80), survey("construction", 95)].join(", ");
    let facts = facts(&format!("\"surveys\": [{surveys}]"));
    let verdicts = |option: &str| {
        let assessment = plan.assess(&facts, &on("2025-01-15").reading("satisfaction_fields", option)).unwrap();
        ["of_land", "of_construction"].map(|rule| finding(&assessment, rule, "an_binh", 2024).verdict())
    };
    // 175 of 200 are 87.5 %.
    assert_eq!(verdicts("each"), [Verdict::NotMet, Verdict::Met]);
    assert_eq!(verdicts("pooled"), [Verdict::Met, Verdict::Met]);
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

#[test]
fn a_receipt_names_the_calendar_that_is_not_the_built_in_one() {
    let (plan, builtin) = (an_binh(), Calendar::builtin().unwrap());
    let named = |plan: &Plan| {
        let assessment = plan.assess(&facts(r#""rankings": []"#), &on("2024-01-15")).unwrap();
        assessment.receipt().calendar_fingerprint().map(str::to_owned)
    };
    assert_eq!(named(&plan), None);
    assert_eq!(named(&plan.with_calendar(builtin.clone())), None);
    let day = HolidayData::default().day_off(parse_iso("2024-03-13").unwrap(), "Nghỉ", "Công văn");
    let own = builtin.with(day).unwrap();
    let print = own.fingerprint();
    assert_eq!(named(&plan.with_calendar(own)), Some(print));
}

#[test]
fn of_many_leads_the_first_four_are_named() {
    let rule = r#"[[rule]]
id = "one_lead"
clause = "annex A.2"
kind = "structure"
subject = { kind = "task" }
title = { vi = "Một đầu mối", en = "One lead" }
gist_en = "One lead for each task."
quote = "đối thoại với người dân"
property = "single_lead"

[[rule]]
id = "dialogues""#;
    let plan = AN_BINH.replace("[[rule]]\nid = \"dialogues\"", rule);
    let plan = plan.replace(r#"bodies = ["phong_noi_vu"]"#, r#"bodies = ["xa_thi_tran", "phong_noi_vu"]"#);
    let said = |plan: &str, task: &str, lang: Lang| {
        let plan = Plan::from_toml(plan).unwrap_or_else(|error| panic!("{error}"));
        let assessment = plan.assess(&facts(r#""rankings": []"#), &on("2024-01-15")).unwrap();
        let found = assessment.findings().iter().find(|f| f.rule().as_str() == "one_lead" && &*f.subject().id == task);
        found.unwrap().explanation(lang).to_string()
    };
    let four = "UBND thị trấn An, UBND xã Bình, UBND xã Bình Cát, UBND xã Cát";
    assert!(said(&plan, "A.2", Lang::Vi).contains(&format!("giao cho 4 cơ quan chủ trì ({four}), trong khi")));
    // By id the office comes first, and the last commune is left out.
    let five = "Phòng Nội vụ huyện An Bình, UBND thị trấn An, UBND xã Bình, UBND xã Bình Cát, ...";
    assert!(said(&plan, "A.1", Lang::Vi).contains(&format!("giao cho 5 cơ quan chủ trì ({five}), trong khi")));
    assert!(said(&plan, "A.1", Lang::En).contains(&format!("given to 5 leads ({five}), while")));
    // A group of which the plan names no member goes by its own name.
    let group = "[[body_group]]\nid = \"truong\"\nnames = [\"các trường học\"]\nkinds = [\"school\"]\n\n[[body_group]]";
    let nobody = plan.replace("[[body_group]]", group).replace(r#"bodies = ["xa_thi_tran"]"#, r#"bodies = ["truong"]"#);
    assert!(said(&nobody, "A.2", Lang::Vi).contains("giao cho các trường học chủ trì, không phải một cơ quan cụ thể"));
}

#[test]
fn caps_on_other_bodies_leave_no_ceiling() {
    // The office is ranked too, and the caps are on communes alone.
    let group = "[[body_group]]\nid = \"tat_ca\"\nnames = [\"các cơ quan\"]\nkinds = [\"commune\", \"township\", \"office\"]\n\n[[body_group]]";
    let ranked = "kind = \"rank\"\nsubject = { kind = \"body\", group = \"xa_thi_tran\" }";
    let plan = AN_BINH.replacen("[[body_group]]", group, 1).replace(ranked, &ranked.replace("xa_thi_tran", "tat_ca"));
    let plan = Plan::from_toml(&plan).unwrap_or_else(|error| panic!("{error}"));
    let late = |body: &str| {
        let resolved = r#""from": "2023-01-01", "to": "2023-12-31", "resolved": {"in_time": 90, "late": 10}"#;
        format!(r#"{{"body": "{body}", {resolved}, "pending": {{"in_time": 0, "overdue": 0}}}}"#)
    };
    let facts = facts(&format!(r#""dossier_counts": [{}, {}]"#, late("thi_tran_an"), late("phong_noi_vu")));
    let assessment = plan.assess(&facts, &on("2024-01-15")).unwrap();
    let notes = |subject| -> Vec<String> {
        let notes = finding(&assessment, "rank_fair", subject, 2023).data_notes().iter();
        notes.map(|note| note.text(Lang::En)).collect()
    };
    assert_eq!(notes("thi_tran_an"), ["the caps that bind leave fair as the best rank still possible"]);
    assert_eq!(notes("phong_noi_vu"), [""; 0]);
}

#[test]
fn a_cap_at_the_top_leaves_no_ceiling() {
    let capped = "ceiling = \"good\"\nwhen = [{ measure = \"late_share\", at_least = \"3\" }]";
    let plan = Plan::from_toml(AN_BINH.replace(capped, &capped.replace("good", "excellent")));
    let plan = plan.unwrap_or_else(|error| panic!("{error}"));
    let facts = facts(
        r#""dossier_counts": [{"body": "thi_tran_an", "from": "2023-01-01", "to": "2023-12-31",
            "resolved": {"in_time": 96, "late": 4}, "pending": {"in_time": 0, "overdue": 0}}]"#,
    );
    let of = |plan: &Plan| plan.assess(&facts, &on("2024-01-15")).unwrap();
    assert_eq!(finding(&of(&plan), "late_not_excellent", "thi_tran_an", 2023).verdict(), Verdict::Binding);
    assert_eq!(finding(&of(&plan), "rank_fair", "thi_tran_an", 2023).data_notes().len(), 0);
    assert_eq!(finding(&of(&an_binh()), "rank_fair", "thi_tran_an", 2023).data_notes().len(), 1);
}
