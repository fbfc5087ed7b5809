//! Identifiers and open words of facts.

use super::words::words;
use crate::input::id;

pub use crate::plan::ids::{BandId, BodyId, TaskId};

id! {
    /// A body (cơ quan, đơn vị) as a record names it: its id in the plan or any name that resolves to one on the
    /// record's date. Compared with others by [`crate::text::fold()`].
    pub struct BodyRef;
}
id! {
    /// A person (cán bộ, công chức, viên chức): a code of the caller's own, best one that says nothing of the person.
    pub struct PersonId;
}
id! {
    /// An enterprise or household business (doanh nghiệp, hộ kinh doanh): tax code or a code of the caller's own.
    pub struct EnterpriseId;
}
id! {
    /// A collective that is rated (tập thể): a code of the caller's own.
    pub struct CollectiveId;
}
id! {
    /// A field of procedures (lĩnh vực): of surveys `overall`, `land`, `construction`, `investment`, or any other
    /// name; of dossiers whatever the form has in its second column.
    pub struct FieldId;
}
id! {
    /// A content area of administrative reform (nội dung cải cách hành chính) in which bodies are scored.
    pub struct AreaId;
}
id! {
    /// A kind of activity (loại hoạt động): one of [`ActivityKind::KNOWN`] or another that a plan asks for.
    pub struct ActivityKind;
}

words! {
    FieldId {
        /// All procedures together.
        OVERALL = "overall",
        /// Land (đất đai).
        LAND = "land",
        /// Construction (xây dựng).
        CONSTRUCTION = "construction",
        /// Investment (đầu tư).
        INVESTMENT = "investment",
    }
}

words! {
    ActivityKind {
        /// The head's meeting on reform (họp giao ban, đánh giá công tác cải cách hành chính).
        REVIEW_MEETING = "review_meeting",
        /// A session that shows people how to file online (buổi hướng dẫn nộp hồ sơ trực tuyến).
        GUIDANCE_SESSION = "guidance_session",
        /// A body's inspection of itself (tự kiểm tra).
        SELF_INSPECTION = "self_inspection",
        /// The yearly self-evaluation (tự đánh giá, chấm điểm).
        SELF_EVALUATION = "self_evaluation",
        /// A dialogue with businesses and investors (đối thoại).
        PUBLIC_DIALOGUE = "public_dialogue",
        /// A periodic report on reform (báo cáo định kỳ).
        PERIODIC_REPORT = "periodic_report",
        /// The regulation on coordinating reform (quy chế phối hợp).
        COORDINATION_REGULATION = "coordination_regulation",
        /// A plan of communication on reform (kế hoạch tuyên truyền).
        COMMUNICATION_PLAN = "communication_plan",
        /// A year's plan of reform (kế hoạch cải cách hành chính năm).
        ANNUAL_PAR_PLAN = "annual_par_plan",
        /// A report on reviewing procedures (báo cáo rà soát thủ tục hành chính).
        PROCEDURE_REVIEW_REPORT = "procedure_review_report",
        /// A plan of training (kế hoạch đào tạo, bồi dưỡng).
        TRAINING_PLAN = "training_plan",
        /// A plan of human resources (kế hoạch nhân lực).
        WORKFORCE_PLAN = "workforce_plan",
        /// A decision on a unit's financial autonomy (quyết định giao quyền tự chủ tài chính).
        AUTONOMY_DECISION = "autonomy_decision",
        /// A pilot carried out (hoàn thành thí điểm).
        PILOT_COMPLETED = "pilot_completed",
    }
}
