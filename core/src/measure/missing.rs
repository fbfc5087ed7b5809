//! What is missing for a number.

use std::sync::Arc;

use crate::calendar::{Period, PeriodKind};
use crate::input::choice;
use crate::input::{Members, Object, object};
use crate::text::{Lang, number};

choice! {
    /// A kind of fact that can be missing.
    pub enum Lacking {
        /// Dossier counts (`dossier_counts`, or `shares` of `late_share`).
        LateShare = "late_share",
        /// Satisfaction (`surveys`, or `shares` of `satisfaction`).
        Satisfaction = "satisfaction",
        /// How many answered a survey and how many were satisfied, where only a percentage is known (`surveys`).
        SatisfactionCounts = "satisfaction_counts",
        /// Dossiers received online (`dossier_counts`, or `shares` of `online_share`).
        OnlineShare = "online_share",
        /// Staff who meet the standards of their title (`title_standards`).
        TitleStandards = "title_standards",
        /// The headcount at the baseline (`headcounts`).
        BaselineHeadcount = "baseline_headcount",
        /// A headcount of the period (`headcounts`).
        CurrentHeadcount = "current_headcount",
        /// The number of public service units at the baseline (`service_units`).
        BaselineUnits = "baseline_units",
        /// The number of public service units in the period (`service_units`).
        CurrentUnits = "current_units",
        /// Activities of a kind (`activities`).
        Activities = "activities",
        /// All inspections of an enterprise (`inspections`).
        Inspections = "inspections",
        /// The day on which a change was entered (`record_updates`).
        RecordUpdates = "record_updates",
        /// The deputy responsible (`deputies`).
        Deputies = "deputies",
        /// Assignments in writing (`written_assignments`).
        WrittenAssignments = "written_assignments",
        /// Requests for more papers and written notices of them (`dossier_counts`).
        SupplementNotices = "supplement_notices",
        /// Apologies for dossiers resolved late (`dossier_counts`).
        Apologies = "apologies",
        /// Documents in and out (`documents`).
        Documents = "documents",
        /// Cost estimates and their appraisal (`estimates`).
        Estimates = "estimates",
        /// Reports on tasks (`task_reports`).
        TaskReports = "task_reports",
        /// The rank of the body (`rankings`).
        Rank = "rank",
        /// The rank of a content area of the body (`rankings`).
        AreaRank = "area_rank",
        /// The value of an index (`indices`).
        Index = "index",
        /// Fees paid online in the territory itself (`online_payments`).
        OwnPayments = "own_payments",
        /// Fees paid online in the other localities, all of them (`online_payments`, `complete`).
        PeerPayments = "peer_payments",
    }
}

/// A fact whose absence leaves a finding open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// What kind of fact.
    pub what: Lacking,
    /// Which of its kind: the field of a survey, the kind of activity, the content area, the index.
    pub field: Option<Arc<str>>,
    /// The time it should speak of.
    pub period: Period,
}

impl Missing {
    /// The table that would have it.
    pub fn table(&self) -> &'static str {
        match self.what {
            Lacking::LateShare | Lacking::OnlineShare => "dossier_counts",
            Lacking::Satisfaction | Lacking::SatisfactionCounts => "surveys",
            Lacking::TitleStandards => "title_standards",
            Lacking::BaselineHeadcount | Lacking::CurrentHeadcount => "headcounts",
            Lacking::BaselineUnits | Lacking::CurrentUnits => "service_units",
            Lacking::Rank | Lacking::AreaRank => "rankings",
            Lacking::Index => "indices",
            Lacking::OwnPayments | Lacking::PeerPayments => "online_payments",
            Lacking::SupplementNotices | Lacking::Apologies => "dossier_counts",
            // The others are called by their table.
            what => what.as_str(),
        }
    }

    /// What is missing, as the object of "thiếu ..." or "missing: ...".
    pub fn text(&self, lang: Lang) -> String {
        let when = match (lang, self.period.kind(), self.period.days()) {
            (Lang::Vi, PeriodKind::Other, 2..) => {
                let day = |day| number::date(day, lang);
                format!("từ {} đến {}", day(self.period.from()), day(self.period.to()))
            }
            (Lang::En, PeriodKind::Week | PeriodKind::HalfYear | PeriodKind::NineMonths, _) => {
                format!("the {}", self.period.name(lang))
            }
            _ => self.period.name(lang),
        };
        match lang {
            Lang::Vi => {
                let what = match (self.what, self.field.as_deref()) {
                    (Lacking::LateShare, _) => "số liệu giải quyết hồ sơ".into(),
                    (Lacking::Satisfaction, None) => "chỉ số hài lòng".into(),
                    (Lacking::Satisfaction, Some(field)) => {
                        format!("mức độ hài lòng {}", super::field_name(field, Lang::Vi))
                    }
                    (Lacking::SatisfactionCounts, field) => {
                        format!(
                            "số người trả lời và số người hài lòng {}",
                            super::field_name(field.unwrap_or_default(), lang)
                        )
                    }
                    (Lacking::OnlineShare, _) => "số liệu tiếp nhận hồ sơ trực tuyến".into(),
                    (Lacking::TitleStandards, _) => "số liệu đạt chuẩn chức danh".into(),
                    (Lacking::BaselineHeadcount, _) => "số biên chế gốc".into(),
                    (Lacking::CurrentHeadcount, _) => "số biên chế".into(),
                    (Lacking::BaselineUnits, _) => "số đơn vị sự nghiệp công lập gốc".into(),
                    (Lacking::CurrentUnits, _) => "số đơn vị sự nghiệp công lập".into(),
                    (Lacking::Activities, kind) => {
                        format!("số liệu về {}", super::activity::words(kind.unwrap_or_default()).thing(lang))
                    }
                    (Lacking::Inspections, _) => "danh sách đầy đủ các cuộc thanh tra, kiểm tra".into(),
                    (Lacking::RecordUpdates, _) => "ngày cập nhật hồ sơ về thay đổi".into(),
                    (Lacking::Deputies, _) => "thông tin về cấp phó phụ trách".into(),
                    (Lacking::WrittenAssignments, _) => "số liệu phân công bằng văn bản".into(),
                    (Lacking::SupplementNotices, _) => "số liệu yêu cầu bổ sung hồ sơ và văn bản thông báo".into(),
                    (Lacking::Apologies, _) => "số liệu hồ sơ trễ hạn và phiếu xin lỗi".into(),
                    (Lacking::Documents, _) => "số liệu xử lý văn bản".into(),
                    (Lacking::Estimates, _) => "kết quả thẩm định dự toán của các nhiệm vụ còn lại".into(),
                    (Lacking::TaskReports, _) => "báo cáo kết quả nhiệm vụ".into(),
                    (Lacking::Rank, _) => "kết quả xếp hạng cải cách hành chính".into(),
                    (Lacking::AreaRank, area) => format!("mức xếp hạng nội dung {}", area.unwrap_or_default()),
                    (Lacking::Index, index) => super::index_name_of(index.unwrap_or_default(), Lang::Vi),
                    (Lacking::OwnPayments, _) => "số liệu thanh toán trực tuyến".into(),
                    (Lacking::PeerPayments, _) => "số liệu thanh toán trực tuyến đầy đủ của các địa phương khác".into(),
                };
                format!("{what} {when}")
            }
            Lang::En => {
                let what = match (self.what, self.field.as_deref()) {
                    (Lacking::LateShare, _) => "dossier counts".into(),
                    (Lacking::Satisfaction, None) => "the satisfaction index".into(),
                    (Lacking::Satisfaction, Some(field)) => {
                        format!("satisfaction with {}", super::field_name(field, Lang::En))
                    }
                    (Lacking::SatisfactionCounts, field) => {
                        format!(
                            "the numbers of respondents and of those satisfied in {}",
                            super::field_name(field.unwrap_or_default(), lang)
                        )
                    }
                    (Lacking::OnlineShare, _) => "counts of dossiers received online".into(),
                    (Lacking::TitleStandards, _) => "counts of staff meeting the standards of their title".into(),
                    (Lacking::BaselineHeadcount, _) => "the baseline headcount".into(),
                    (Lacking::CurrentHeadcount, _) => "a headcount".into(),
                    (Lacking::BaselineUnits, _) => "the baseline number of public service units".into(),
                    (Lacking::CurrentUnits, _) => "the number of public service units".into(),
                    (Lacking::Activities, kind) => {
                        format!("records of the {}", super::activity::words(kind.unwrap_or_default()).thing(lang))
                    }
                    (Lacking::Inspections, _) => "a complete list of inspections".into(),
                    (Lacking::RecordUpdates, _) => "the day on which the change was entered,".into(),
                    (Lacking::Deputies, _) => "the deputy responsible".into(),
                    (Lacking::WrittenAssignments, _) => "counts of written assignments".into(),
                    (Lacking::SupplementNotices, _) => "counts of requests for papers and of written notices".into(),
                    (Lacking::Apologies, _) => "counts of late dossiers and of apologies".into(),
                    (Lacking::Documents, _) => "counts of documents".into(),
                    (Lacking::Estimates, _) => "estimates, or their appraisal, of the other tasks".into(),
                    (Lacking::TaskReports, _) => "reports on the task".into(),
                    (Lacking::Rank, _) => "the rank of administrative reform".into(),
                    (Lacking::AreaRank, area) => format!("the rank of the area {}", area.unwrap_or_default()),
                    (Lacking::Index, index) => super::index_name_of(index.unwrap_or_default(), Lang::En),
                    (Lacking::OwnPayments, _) => "figures of fees paid online".into(),
                    (Lacking::PeerPayments, _) => "complete figures of fees paid online in the other localities".into(),
                };
                format!("{what} for {when}")
            }
        }
    }
}

object!(Missing);

impl Object for Missing {
    fn members(&self, to: &mut Members<'_>) {
        to.add("what", &self.what);
        to.add("table", &self.table());
        if let Some(field) = &self.field {
            to.add("field", &field);
        }
        to.add("from", &self.period.from());
        to.add("to", &self.period.to());
        to.add("vi", &self.text(Lang::Vi));
        to.add("en", &self.text(Lang::En));
    }
}
