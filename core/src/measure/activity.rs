//! What people call the activities that rules count.

use std::borrow::Cow;

use crate::facts::ActivityKind;
use crate::text::Lang;

/// The words for one kind of activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words<'k> {
    /// What it is counted in: "buổi", "kế hoạch"; none of it stands alone in English.
    pub(crate) unit: &'static str,
    /// What follows the unit in Vietnamese: "hướng dẫn nộp hồ sơ trực tuyến".
    rest: Cow<'k, str>,
    /// In English, one and several.
    one: Cow<'k, str>,
    several: Cow<'k, str>,
}

impl Words<'_> {
    /// Its name without a number: "kế hoạch tuyên truyền cải cách hành chính", "communication plan".
    pub(crate) fn name(&self, lang: Lang) -> String {
        match lang {
            Lang::Vi => format!("{} {}", self.unit, self.rest),
            Lang::En => self.one.to_string(),
        }
    }

    /// Its name as something done or missing: what is counted in "lần" is called a doing.
    pub(crate) fn thing(&self, lang: Lang) -> String {
        match (lang, self.unit) {
            (Lang::Vi, "lần") => format!("việc {}", self.rest),
            _ => self.name(lang),
        }
    }

    /// The name as it follows a count.
    pub(crate) fn counted(&self, count: i128, lang: Lang) -> String {
        match lang {
            Lang::Vi => self.name(lang),
            Lang::En if count == 1 => self.one.to_string(),
            Lang::En => self.several.to_string(),
        }
    }
}

/// The words for a kind of activity; one that only a plan knows is called by its own id.
pub(crate) fn words(kind: &str) -> Words<'_> {
    let (unit, rest, one, several) = match kind {
        ActivityKind::REVIEW_MEETING => {
            ("cuộc họp", "đánh giá kết quả thực hiện nhiệm vụ", "review meeting", "review meetings")
        }
        ActivityKind::GUIDANCE_SESSION => {
            ("buổi", "hướng dẫn nộp hồ sơ trực tuyến", "session on filing online", "sessions on filing online")
        }
        ActivityKind::SELF_INSPECTION => {
            ("lần", "tự kiểm tra công tác cải cách hành chính", "self-inspection", "self-inspections")
        }
        ActivityKind::SELF_EVALUATION => {
            ("lần", "tự đánh giá công tác cải cách hành chính", "self-evaluation", "self-evaluations")
        }
        ActivityKind::PUBLIC_DIALOGUE => {
            ("lần", "gặp gỡ, đối thoại với doanh nghiệp", "dialogue with business", "dialogues with business")
        }
        ActivityKind::PERIODIC_REPORT => {
            ("báo cáo", "cải cách hành chính định kỳ", "periodic reform report", "periodic reform reports")
        }
        ActivityKind::COORDINATION_REGULATION => (
            "Quy chế",
            "phối hợp thực hiện công tác cải cách hành chính",
            "coordination regulation",
            "coordination regulations",
        ),
        ActivityKind::COMMUNICATION_PLAN => {
            ("kế hoạch", "tuyên truyền cải cách hành chính", "communication plan", "communication plans")
        }
        ActivityKind::ANNUAL_PAR_PLAN => ("kế hoạch", "cải cách hành chính", "reform plan", "reform plans"),
        ActivityKind::PROCEDURE_REVIEW_REPORT => (
            "báo cáo",
            "kết quả rà soát, đơn giản hóa thủ tục hành chính",
            "report on reviewing procedures",
            "reports on reviewing procedures",
        ),
        ActivityKind::TRAINING_PLAN => ("kế hoạch", "đào tạo, bồi dưỡng", "training plan", "training plans"),
        ActivityKind::WORKFORCE_PLAN => {
            ("kế hoạch", "phát triển nguồn nhân lực", "human-resources plan", "human-resources plans")
        }
        ActivityKind::AUTONOMY_DECISION => (
            "quyết định",
            "giao quyền tự chủ tài chính",
            "decision on financial autonomy",
            "decisions on financial autonomy",
        ),
        ActivityKind::PILOT_COMPLETED => ("việc", "thực hiện thí điểm", "pilot", "pilots"),
        "inspection" => ("cuộc", "thanh tra, kiểm tra", "inspection", "inspections"),
        "record_update" => ("việc", "cập nhật hồ sơ cán bộ", "update of the record", "updates of records"),
        own => {
            let quoted: Cow<'_, str> = format!("“{own}”").into();
            return Words { unit: "hoạt động", rest: quoted.clone(), one: quoted.clone(), several: quoted };
        }
    };
    Words { unit, rest: rest.into(), one: one.into(), several: several.into() }
}
