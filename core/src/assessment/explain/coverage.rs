//! Sentences on sets of which every member must have a property.

use super::words::{during, undecided};
use crate::plan::Rule;
use crate::plan::kind::{CoverageOf, RuleKind};
use crate::rule::finding::{Finding, Measured, Verdict};
use crate::text::Lang;
use crate::text::number::integer;

pub(super) fn body(finding: &Finding, lang: Lang) -> Option<String> {
    let RuleKind::Coverage(rule) = finding.norm().map(Rule::kind)? else { return None };
    let whose = match (rule.of, lang) {
        (CoverageOf::TasksOnSchedule, Lang::Vi) => format!("nhiệm vụ mục {}", finding.subject().name),
        (CoverageOf::TasksOnSchedule, Lang::En) => format!("task {}", finding.subject().name),
        _ => finding.subject().name.to_string(),
    };
    let when = match rule.of {
        // What has come up to the day of assessment needs no period.
        CoverageOf::TasksOnSchedule | CoverageOf::Estimates => String::new(),
        _ => format!(" {}", during(&finding.period(), lang)),
    };
    if rule.of == CoverageOf::Deputies {
        return Some(deputy(finding, &whose, &when, lang));
    }
    let cover = match finding.measured() {
        Some(Measured::Cover { part, whole }) => Some((*part, *whole)),
        _ => None,
    };
    Some(match (finding.verdict(), cover) {
        (Verdict::NotApplicable, _) => format!("{whose}{when} {}", nothing(rule.of, lang)),
        (Verdict::Met | Verdict::NotMet, Some(cover)) => {
            let met = finding.verdict() == Verdict::Met;
            format!("{whose}{when} {}", share(rule.of, cover, met, lang))
        }
        (Verdict::Met | Verdict::NotMet, None) => {
            let word = if finding.verdict() == Verdict::Met { enough(lang) } else { short(lang) };
            format!("{whose}{when} {}, {word}", bounded(rule.of, lang))
        }
        (Verdict::Pending, None) if rule.of == CoverageOf::TasksOnSchedule => match lang {
            Lang::Vi => format!("{whose} chưa đến hạn"),
            Lang::En => format!("{whose} is not yet due"),
        },
        (Verdict::Pending, None) => match lang {
            Lang::Vi => format!("{whose}{when} phải bảo đảm {}; hiện chưa có số liệu", all(rule.of, lang)),
            Lang::En => format!("{whose}{when} must see that {}; no data yet", all(rule.of, lang)),
        },
        (_, Some((part, whole))) => {
            let known = match lang {
                Lang::Vi => format!("mới ghi nhận {}/{}", integer(part.into(), lang), integer(whole.into(), lang)),
                Lang::En => format!("{} of {} on record", integer(part.into(), lang), integer(whole.into(), lang)),
            };
            format!("{}; {known}", undecided(finding, &whose, lang))
        }
        _ => undecided(finding, &whose, lang),
    })
}

fn deputy(finding: &Finding, whose: &str, when: &str, lang: Lang) -> String {
    match (finding.verdict(), lang) {
        (Verdict::Met, Lang::Vi) => format!("{whose}{when} đã giao cấp phó chịu trách nhiệm về cải cách hành chính"),
        (Verdict::Met, Lang::En) => format!("{whose}{when} had a deputy responsible for administrative reform"),
        (Verdict::NotMet, Lang::Vi) => {
            format!("{whose}{when} chưa giao cấp phó chịu trách nhiệm về cải cách hành chính")
        }
        (Verdict::NotMet, Lang::En) => format!("{whose}{when} had no deputy responsible for administrative reform"),
        (Verdict::Pending, Lang::Vi) => {
            format!("{whose}{when} phải giao cấp phó chịu trách nhiệm về cải cách hành chính; hiện chưa ghi nhận")
        }
        (Verdict::Pending, Lang::En) => {
            format!("{whose}{when} must name a deputy responsible for administrative reform; none on record yet")
        }
        _ => undecided(finding, whose, lang),
    }
}

fn enough(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "đạt yêu cầu",
        Lang::En => "as required",
    }
}

fn short(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "chưa đạt yêu cầu",
        Lang::En => "short of what is required",
    }
}

/// "có 8/10 hồ sơ trễ hạn được xin lỗi, chưa đạt yêu cầu; còn thiếu 2".
fn share(of: CoverageOf, (part, whole): (u64, u64), met: bool, lang: Lang) -> String {
    let (a, b) = (integer(part.into(), lang), integer(whole.into(), lang));
    let said = match (of, lang) {
        (CoverageOf::TasksOnSchedule, Lang::Vi) => format!("có {a}/{b} lần đến hạn hoàn thành đúng tiến độ"),
        (CoverageOf::TasksOnSchedule, Lang::En) => format!("was done on schedule {a} of the {b} times it fell due"),
        (CoverageOf::WrittenAssignments, Lang::Vi) => {
            format!("có {a}/{b} cán bộ, công chức, viên chức, người lao động được phân công bằng văn bản")
        }
        (CoverageOf::WrittenAssignments, Lang::En) => format!("had assigned duties in writing to {a} of {b} staff"),
        (CoverageOf::Estimates, Lang::Vi) => format!("có {a}/{b} nhiệm vụ chủ trì có dự toán được thẩm định"),
        (CoverageOf::Estimates, Lang::En) => {
            format!("had the cost estimates of {a} of the {b} tasks it leads appraised")
        }
        (CoverageOf::SupplementNotices, Lang::Vi) => format!("có {a}/{b} lần yêu cầu bổ sung hồ sơ bằng văn bản"),
        (CoverageOf::SupplementNotices, Lang::En) => format!("made {a} of {b} requests for more papers in writing"),
        (CoverageOf::Apologies, Lang::Vi) => format!("có {a}/{b} hồ sơ giải quyết trễ hạn được xin lỗi"),
        (CoverageOf::Apologies, Lang::En) => format!("apologised for {a} of {b} dossiers resolved late"),
        (_, Lang::Vi) => format!("có {a}/{b} văn bản phải xử lý điện tử được xử lý trên môi trường điện tử"),
        (_, Lang::En) => format!("handled electronically {a} of the {b} documents due to be"),
    };
    if met {
        return format!("{said}, {}", enough(lang));
    }
    let left = integer(whole.saturating_sub(part).into(), lang);
    match lang {
        Lang::Vi => format!("{said}, {}; còn thiếu {left}", short(lang)),
        Lang::En => format!("{said}, {}: {left} missing", short(lang)),
    }
}

/// What is decided although the counts are not all known.
fn bounded(of: CoverageOf, lang: Lang) -> &'static str {
    match (of, lang) {
        (CoverageOf::Apologies, Lang::Vi) => "theo số liệu hiện có về hồ sơ trễ hạn và phiếu xin lỗi",
        (CoverageOf::Apologies, Lang::En) => "by what is known of late dossiers and apologies",
        (_, Lang::Vi) => "theo số liệu hiện có về yêu cầu bổ sung và văn bản thông báo",
        (_, Lang::En) => "by what is known of requests for papers and notices",
    }
}

fn all(of: CoverageOf, lang: Lang) -> &'static str {
    match (of, lang) {
        (CoverageOf::WrittenAssignments, Lang::Vi) => "mọi cán bộ, công chức, viên chức được phân công bằng văn bản",
        (CoverageOf::WrittenAssignments, Lang::En) => "all staff have their duties in writing",
        (CoverageOf::SupplementNotices, Lang::Vi) => "mọi yêu cầu bổ sung hồ sơ có văn bản thông báo",
        (CoverageOf::SupplementNotices, Lang::En) => "every request for more papers is in writing",
        (CoverageOf::Apologies, Lang::Vi) => "mọi hồ sơ giải quyết trễ hạn được xin lỗi",
        (CoverageOf::Apologies, Lang::En) => "every dossier resolved late has an apology",
        (CoverageOf::ElectronicDocuments, Lang::Vi) => "mọi văn bản được xử lý trên môi trường điện tử",
        (CoverageOf::ElectronicDocuments, Lang::En) => "every document is handled electronically",
        (_, Lang::Vi) => "yêu cầu này",
        (_, Lang::En) => "this is done",
    }
}

fn nothing(of: CoverageOf, lang: Lang) -> &'static str {
    match (of, lang) {
        (CoverageOf::TasksOnSchedule, Lang::Vi) => "không có thời hạn cụ thể nên không xét tiến độ",
        (CoverageOf::TasksOnSchedule, Lang::En) => "has no day to keep, so its schedule is not considered",
        (CoverageOf::WrittenAssignments, Lang::Vi) => "không có người để phân công",
        (CoverageOf::WrittenAssignments, Lang::En) => "had no staff",
        (CoverageOf::SupplementNotices, Lang::Vi) => "không yêu cầu bổ sung hồ sơ nên không xét văn bản thông báo",
        (CoverageOf::SupplementNotices, Lang::En) => "requested no more papers, so notices are not considered",
        (CoverageOf::Apologies, Lang::Vi) => "không có hồ sơ giải quyết trễ hạn nên không xét việc xin lỗi",
        (CoverageOf::Apologies, Lang::En) => "resolved no dossier late, so apologies are not considered",
        (CoverageOf::ElectronicDocuments, Lang::Vi) => "không có văn bản phải xử lý điện tử",
        (CoverageOf::ElectronicDocuments, Lang::En) => "had no documents to handle electronically",
        (_, Lang::Vi) => "không có gì để xét",
        (_, Lang::En) => "had nothing to consider",
    }
}
