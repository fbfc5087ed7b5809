//! Rules of kinds and with conditions that neither plan has.

use caicach::{Assessment, Finding, Lang, Plan, Verdict};

use crate::common::own::{AN_BINH, an_binh, an_binh_and, an_binh_with, assess, day, facts, finding, on, plan};

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
gist_en = "Within 10 days of a request."
quote = "Báo cáo trong 10 ngày kể từ khi có yêu cầu"
activity = "periodic_report"
within_days = 10

[[rule]]
id = "online_not_good"
clause = "annex A.3"
kind = "cap"
subject = { kind = "body", group = "xa_thi_tran" }
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
gist_en = "Two years fair, or one year average or below, call for an account."
quote = "Đơn vị xếp hạng khá 02 năm liên tục hoặc 01 năm từ trung bình trở xuống phải giải trình"
scale = "rank"
patterns = [{ band = "fair", years = 2 }, { band = "average", years = 1, or_below = true }]
measures = [{ vi = "giải trình", en = "an account" }]
"#;

#[test]
fn the_ranks_told_are_those_of_the_pattern_that_holds() {
    let plan = an_binh_and(&[MORE, ACCOUNT]);
    let told = |before: &str, last: &str| {
        let ranks = format!(
            r#""rankings": [{{"year": 2023, "body": "thi_tran_an", "rank": "{before}"}},
                            {{"year": 2024, "body": "thi_tran_an", "rank": "{last}"}}]"#
        );
        let assessment = assess(&plan, &ranks, "2025-01-15");
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
gist_en = "By rank."
quote = "Đơn vị xếp hạng khá"
scale = "rank"
ceiling = "average"
when = [{ measure = "rank", band_at_most = "fair" }]
"#;
    let dossiers = r#""dossier_counts": [{"body": "thi_tran_an", "from": "2024-01-01", "to": "2024-12-31",
            "resolved": {"in_time": 96, "late": 4}, "pending": {"in_time": 0, "overdue": 0}}]"#;
    let assessment = assess(&an_binh_and(&[MORE, by_rank]), dossiers, "2025-01-15");
    let finding = finding(&assessment, "by_rank", "thi_tran_an", 2024);
    assert_eq!(finding.verdict(), Verdict::Undetermined);
    // 4 % late leave good at best.
    let notes: Vec<String> = finding.data_notes().iter().map(|note| note.text(Lang::En)).collect();
    assert_eq!(notes, ["the caps that bind leave good as the best rank still possible"]);
}

#[test]
fn a_share_of_members_may_be_enough() {
    let documents = |plan: &Plan, electronic: u64| {
        let of = r#""year": 2024, "body": "thi_tran_an", "total": 10, "secret": 0"#;
        assess(plan, &format!(r#""documents": [{{{of}, "electronic": {electronic}}}]"#), "2025-01-15")
    };
    let ninety = an_binh_and(&[MORE]);
    let (nine, eight) = (documents(&ninety, 9), documents(&ninety, 8));
    let of = |assessment: &Assessment| -> Finding { finding(assessment, "documents", "thi_tran_an", 2024).clone() };
    assert_eq!((of(&nine).verdict(), of(&eight).verdict()), (Verdict::Met, Verdict::NotMet));
    let percent = |assessment: &Assessment| serde_json::to_value(of(assessment).required().unwrap()).unwrap();
    assert_eq!(percent(&nine), serde_json::json!({"comparison": "at_least", "percent": "90"}));
    // All of them is no share.
    let all = MORE.replace("90%", "100%").replace("\"90\"", "\"100\"");
    assert_eq!(percent(&documents(&an_binh_and(&[&all]), 10)), serde_json::json!({"comparison": "all"}));
}

#[test]
fn only_a_head_has_the_body_to_stand_for_it() {
    let ranked = r#""rankings": [{"year": 2024, "body": "thi_tran_an", "rank": "weak"}]"#;
    let found = |tables: &str| -> Vec<(String, Verdict)> {
        let assessment = assess(&an_binh_and(&[MORE]), tables, "2025-01-15");
        let of_rule = assessment.findings().iter().filter(|finding| finding.rule().as_str() == "deputies");
        of_rule.map(|finding| (finding.subject().id.to_string(), finding.verdict())).collect()
    };
    assert_eq!(found(ranked), []);
    let deputy = r#""people": [{"id": "p", "body": "thi_tran_an", "role": "deputy", "category": "cadre"}]"#;
    assert_eq!(found(&format!("{ranked}, {deputy}")), [("p".to_owned(), Verdict::Binding)]);
}

#[test]
fn what_an_event_starts_is_due_so_many_days_after_it() {
    let events = r#""triggers": [{"task": "A.3", "date": "2024-03-01"}, {"task": "A.3", "date": "2024-05-01"}],
           "activities": [{"kind": "periodic_report", "body": "thi_tran_an", "date": "2024-03-11"},
                          {"kind": "periodic_report", "body": "thi_tran_an", "date": "2024-05-12"}],
           "complete": [{"table": "activities", "kind": "periodic_report", "body": "xa_binh_cat", "from": "2024-03-01", "to": "2024-03-31"}]"#;
    let assessment = assess(&an_binh_and(&[MORE]), events, "2025-01-15");
    let verdict = |subject: &str, from: &str| {
        let of = |finding: &&Finding| {
            let (rule, period) = (finding.rule().as_str(), finding.period());
            rule == "reports" && &*finding.subject().id == subject && period.from() == day(from)
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
        let dossiers = format!(
            r#""dossier_counts": [{{"body": "thi_tran_an", "from": "2024-01-01", "to": "2024-12-31",
                "received": {{"online": {online}, "direct": {}, "carried_over": 0}}}}]"#,
            100 - online
        );
        let assessment = assess(&an_binh_and(&[MORE]), &dossiers, "2025-01-15");
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
    let plan = an_binh_and(&[FIELDS, &field_rule("land"), &field_rule("construction")]);
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

#[test]
fn of_many_leads_the_first_four_are_named() {
    let rule = r#"[[rule]]
id = "one_lead"
clause = "annex A.2"
kind = "structure"
subject = { kind = "task" }
gist_en = "One lead for each task."
quote = "đối thoại với người dân"
property = "single_lead"

[[rule]]
id = "dialogues""#;
    let leads = [
        ("[[rule]]\nid = \"dialogues\"", rule),
        (r#"bodies = ["phong_noi_vu"]"#, r#"bodies = ["xa_thi_tran", "phong_noi_vu"]"#),
    ];
    let plan = an_binh_with(&leads);
    let said = |plan: &Plan, task: &str, lang: Lang| {
        let assessment = assess(plan, r#""rankings": []"#, "2024-01-15");
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
    let school = [("[[body_group]]", group), (r#"bodies = ["xa_thi_tran"]"#, r#"bodies = ["truong"]"#)];
    let nobody = an_binh_with(&[leads, school].concat());
    assert!(said(&nobody, "A.2", Lang::Vi).contains("giao cho các trường học chủ trì, không phải một cơ quan cụ thể"));
}

#[test]
fn caps_on_other_bodies_leave_no_ceiling() {
    // The office is ranked too, and the caps are on communes alone.
    let group = "[[body_group]]\nid = \"tat_ca\"\nnames = [\"các cơ quan\"]\nkinds = [\"commune\", \"township\", \"office\"]\n\n[[body_group]]";
    let ranked = "kind = \"rank\"\nsubject = { kind = \"body\", group = \"xa_thi_tran\" }";
    let plan =
        plan(AN_BINH.replacen("[[body_group]]", group, 1).replace(ranked, &ranked.replace("xa_thi_tran", "tat_ca")));
    let late = |body: &str| {
        let resolved = r#""from": "2023-01-01", "to": "2023-12-31", "resolved": {"in_time": 90, "late": 10}"#;
        format!(r#"{{"body": "{body}", {resolved}, "pending": {{"in_time": 0, "overdue": 0}}}}"#)
    };
    let dossiers = format!(r#""dossier_counts": [{}, {}]"#, late("thi_tran_an"), late("phong_noi_vu"));
    let assessment = assess(&plan, &dossiers, "2024-01-15");
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
    let plan = an_binh_with(&[(capped, &capped.replace("good", "excellent"))]);
    let dossiers = r#""dossier_counts": [{"body": "thi_tran_an", "from": "2023-01-01", "to": "2023-12-31",
            "resolved": {"in_time": 96, "late": 4}, "pending": {"in_time": 0, "overdue": 0}}]"#;
    let of = |plan: &Plan| assess(plan, dossiers, "2024-01-15");
    assert_eq!(finding(&of(&plan), "late_not_excellent", "thi_tran_an", 2023).verdict(), Verdict::Binding);
    assert_eq!(finding(&of(&plan), "rank_fair", "thi_tran_an", 2023).data_notes().len(), 0);
    assert_eq!(finding(&of(&an_binh()), "rank_fair", "thi_tran_an", 2023).data_notes().len(), 1);
}
