//! Câu giải thích bằng tiếng Việt: explanations in Vietnamese.

use rust_decimal::Decimal;

use super::words::{
    amount, capped, cite, is_consequence, is_top, known_interval, listed, measure, percent, range, sentence_case,
    threshold,
};
use crate::measure::exact::{Bound, Extent};
use crate::plan::kind::{MeasureId, RuleKind, StaffCategory, Stock, SubjectKind};
use crate::rule::finding::{Cut, Finding, HeadroomValue, Measured, Required, StockChange, Subject, Unit, Verdict};
use crate::text::number::{date, integer};
use crate::text::{Lang, number};

const VI: Lang = Lang::Vi;

pub(super) fn sentence(finding: &Finding) -> String {
    let body = match (finding.required(), finding.capped()) {
        (Some(Required::Cut(_)), _) => reduction(finding),
        (Some(Required::Share(bound)), Some(_)) => cap(finding, bound),
        (Some(Required::Share(bound)), None) => level(finding, bound),
        _ => None,
    };
    let body = body.unwrap_or_else(|| format!("{}: {}", finding.subject().name, under(finding, finding.verdict())));
    let body = if finding.retrospective() {
        format!("{body}; đây là kết quả xét hồi cứu, vì {} có trước Kế hoạch", finding.period().name(VI))
    } else {
        body
    };
    format!("{} {}.", sentence_case(&body), cite(finding, VI))
}

/// The subject in a sentence. People go by their ids, which are not to be taken for words.
fn subject(finding: &Finding) -> String {
    let Subject { kind, name, .. } = finding.subject();
    if *kind == SubjectKind::Person { format!("cá nhân {name}") } else { name.to_string() }
}

/// "đạt", "chưa đủ dữ liệu": a verdict on what a finding is about.
pub(super) fn under(finding: &Finding, verdict: Verdict) -> &'static str {
    let consequence = is_consequence(finding);
    match verdict {
        Verdict::Met => "đạt",
        Verdict::NotMet => "chưa đạt",
        Verdict::Pending => "chưa đến hạn",
        Verdict::Undetermined => "chưa đủ dữ liệu để kết luận",
        Verdict::NotApplicable => "không áp dụng",
        Verdict::Binding if consequence => "thuộc diện xử lý",
        Verdict::NotBinding if consequence => "không thuộc diện xử lý",
        Verdict::Binding => "bị giới hạn",
        Verdict::NotBinding => "không bị giới hạn",
    }
}

fn cap(finding: &Finding, bound: &Bound) -> Option<String> {
    let (what, _) = measure(finding)?;
    let name = subject(finding);
    let year = finding.period().name(VI);
    match finding.verdict() {
        Verdict::Undetermined => {
            let question = format!("có thuộc trường hợp {}", side(bound, true));
            return Some(undetermined(finding, bound, &noun(what, None), &question));
        }
        Verdict::NotApplicable => {
            return Some(format!("{name} {year} {} nên không xét {}", nothing(what), noun(what, None)));
        }
        _ => {}
    }
    let Some(Measured::Share(extent)) = finding.measured() else { return None };
    let has = has(finding, what, extent, bound);
    let side = side(bound, finding.verdict() == Verdict::Binding);
    let (scale, lost, ceiling) = capped(finding)?;
    let (verb, tail) = if scale.id.as_str() == "rank" {
        ("xếp hạng", " về kết quả cải cách hành chính")
    } else {
        ("xếp loại", "")
    };
    let and_above = if is_top(scale, lost) { "" } else { " trở lên" };
    if finding.verdict() == Verdict::Binding {
        return Some(format!(
            "{name} {year} {has}, thuộc trường hợp {side}, nên không được {verb} {}{and_above}{tail}; mức {verb} cao nhất có thể đạt là {}",
            lost.vi, ceiling.vi
        ));
    }
    let near = match finding.headroom().map(|headroom| (headroom.unit, &headroom.value)) {
        Some((Unit::LateDossiers, HeadroomValue::Count(count))) => {
            format!("; thêm {} hồ sơ trễ hạn nữa thì không còn được {verb} {}", integer(*count, VI), lost.vi)
        }
        _ => String::new(),
    };
    Some(format!("{name} {year} {has}, {side}, nên không bị giới hạn mức {verb}{near}"))
}

/// "có 212/3.905 hồ sơ giải quyết trễ hạn (5,43%)", "có chỉ số hài lòng 86,36%".
fn has(finding: &Finding, what: MeasureId, extent: &Extent, bound: &Bound) -> String {
    let Some(value) = extent.value() else {
        return format!("có {} trong khoảng {}", noun(what, None), range(extent, bound, VI));
    };
    let shown = amount(&value, bound.threshold(), VI);
    match (what, value.counts()) {
        (MeasureId::LateShare, Some((part, whole))) => {
            let of = if finding.takes("late_denominator", "resolved") {
                "hồ sơ giải quyết trễ hạn"
            } else {
                "hồ sơ trễ hạn"
            };
            format!("có {}/{} {of} ({shown}%)", integer(part.into(), VI), integer(whole.into(), VI))
        }
        (_, Some((part, whole))) => {
            format!("có {} {shown}% ({}/{})", noun(what, None), integer(part.into(), VI), integer(whole.into(), VI))
        }
        (_, None) => format!("có {} {shown}%", noun(what, None)),
    }
}

/// "từ 5% trở lên" where the bound holds, "dưới 5%" where it does not.
pub(super) fn side(bound: &Bound, holds: bool) -> String {
    let t = threshold(bound, VI);
    match (bound, holds) {
        (Bound::AtLeast(_), true) | (Bound::LessThan(_), false) => format!("từ {t}% trở lên"),
        (Bound::AtLeast(_), false) | (Bound::LessThan(_), true) => format!("dưới {t}%"),
        (Bound::MoreThan(_), true) | (Bound::AtMost(_), false) => format!("trên {t}%"),
        (Bound::MoreThan(_), false) | (Bound::AtMost(_), true) => format!("từ {t}% trở xuống"),
    }
}

pub(super) fn noun(what: MeasureId, field: Option<&str>) -> String {
    match (what, field) {
        (MeasureId::LateShare, _) => "tỷ lệ hồ sơ trễ hạn".into(),
        (MeasureId::Satisfaction, None) => "chỉ số hài lòng".into(),
        (MeasureId::Satisfaction, Some(field)) => {
            format!("mức độ hài lòng về thủ tục hành chính {}", crate::measure::field_name(field, VI))
        }
        (MeasureId::OnlineShare, _) => "tỷ lệ hồ sơ nộp trực tuyến".into(),
        (MeasureId::OnlinePaymentShare, _) => "tỷ lệ hồ sơ thanh toán trực tuyến".into(),
        (MeasureId::TitleStandards, _) => "tỷ lệ cán bộ, công chức, viên chức đạt chuẩn chức danh".into(),
        (MeasureId::Rank, _) => "mức xếp hạng".into(),
        (MeasureId::AreaRank, _) => "mức xếp hạng của nội dung phụ trách".into(),
    }
}

fn nothing(what: MeasureId) -> &'static str {
    match what {
        MeasureId::LateShare => "không có hồ sơ để xét",
        MeasureId::Satisfaction => "không có phiếu khảo sát",
        MeasureId::OnlineShare | MeasureId::OnlinePaymentShare => "không có hồ sơ tiếp nhận",
        MeasureId::TitleStandards => "không có cán bộ, công chức, viên chức",
        MeasureId::Rank | MeasureId::AreaRank => "không được xếp hạng",
    }
}

/// What is missing, or what the known interval leaves open. `question`: "có đạt tối thiểu 90%".
fn undetermined(finding: &Finding, bound: &Bound, noun: &str, question: &str) -> String {
    let name = subject(finding);
    let year = finding.period().name(VI);
    match (known_interval(finding), missing(finding)) {
        (Some(extent), _) => format!(
            "chưa đủ dữ liệu để kết luận: {noun} {year} của {name} chỉ xác định được trong khoảng {}, chưa rõ {question} hay không",
            range(extent, bound, VI)
        ),
        (None, Some(missing)) => format!("chưa đủ dữ liệu để kết luận: thiếu {missing} của {name}"),
        (None, None) => format!("chưa đủ dữ liệu để kết luận về {name} {year}"),
    }
}

fn missing(finding: &Finding) -> Option<String> {
    let all: Vec<String> = finding.missing().iter().map(|missing| missing.text(VI)).collect();
    listed(&all, " và ")
}

fn level(finding: &Finding, bound: &Bound) -> Option<String> {
    let (what, field) = measure(finding)?;
    let noun = noun(what, field);
    let name = subject(finding);
    let year = finding.period().name(VI);
    let floor = match bound {
        Bound::MoreThan(_) => format!("trên {}%", threshold(bound, VI)),
        _ if bound.threshold() == Decimal::ONE_HUNDRED => format!("{}%", threshold(bound, VI)),
        _ => format!("tối thiểu {}%", threshold(bound, VI)),
    };
    match finding.verdict() {
        Verdict::Undetermined => return Some(undetermined(finding, bound, &noun, &format!("có đạt {floor}"))),
        Verdict::NotApplicable => return Some(format!("{year}, {name} {} nên không xét {noun}", nothing(what))),
        Verdict::Pending => {
            let now = match (known_interval(finding), missing(finding)) {
                (Some(extent), _) => {
                    format!("; hiện chỉ xác định được trong khoảng {}", range(extent, bound, VI))
                }
                (None, Some(missing)) => format!("; hiện chưa có {missing}"),
                (None, None) => String::new(),
            };
            let by = finding.due().map_or_else(String::new, |due| format!("đến {} ", date(due, VI)));
            return Some(format!("{noun} của {name} chưa đến hạn đánh giá; {by}phải đạt {floor}{now}"));
        }
        _ => {}
    }
    let Some(Measured::Share(extent)) = finding.measured() else { return None };
    let shown = match extent.value() {
        Some(value) => {
            let counts = value.counts().map_or_else(String::new, |(part, whole)| {
                format!(" ({}/{})", integer(part.into(), VI), integer(whole.into(), VI))
            });
            format!("là {}%{counts}", amount(&value, bound.threshold(), VI))
        }
        None => format!("trong khoảng {}", range(extent, bound, VI)),
    };
    let met = finding.verdict() == Verdict::Met;
    let result = if met { "đạt yêu cầu" } else { "chưa đạt yêu cầu" };
    Some(format!("{noun} {year} của {name} {shown}, {result} {floor}{}", distance(finding, met)))
}

/// "; còn thiếu 3,64 điểm phần trăm".
fn distance(finding: &Finding, met: bool) -> String {
    let Some(headroom) = finding.headroom() else { return String::new() };
    match (&headroom.value, met) {
        // A strict floor may be missed by nothing at all.
        (HeadroomValue::Points(points), false) if points.0 > 0 => {
            format!("; còn thiếu {} điểm phần trăm", percent(**points, Decimal::ZERO, VI))
        }
        (HeadroomValue::Count(count), false) => {
            let count = integer(*count, VI);
            match headroom.unit {
                Unit::Respondents => format!("; cần thêm {count} người hài lòng trong số người được khảo sát"),
                Unit::OnlineDossiers => format!("; cần thêm {count} hồ sơ nộp trực tuyến thay cho nộp trực tiếp"),
                Unit::People => format!("; còn {count} người chưa đạt chuẩn"),
                _ => String::new(),
            }
        }
        _ => String::new(),
    }
}

fn reduction(finding: &Finding) -> Option<String> {
    let Some(Required::Cut(required)) = finding.required() else { return None };
    let Cut { percent: least, cut: required, by, .. } = required.as_ref();
    let RuleKind::Reduction(rule) = finding.norm()?.kind() else { return None };
    let (noun, unit) = match (rule.stock, rule.category) {
        (Stock::ServiceUnits, _) => ("số đơn vị sự nghiệp công lập".to_owned(), "đơn vị"),
        (Stock::Headcount, category) => {
            let whose = match category {
                Some(StaffCategory::Employee) => "biên chế viên chức hưởng lương từ ngân sách nhà nước",
                _ => "biên chế cán bộ, công chức",
            };
            let basis = if finding.takes("headcount_basis", "actual") { "có mặt" } else { "được giao" };
            (format!("{whose} {basis}"), "biên chế")
        }
    };
    let floor = format!("{}%", number::decimal(&least.normalize(), VI));
    let change = match finding.measured() {
        Some(Measured::Stock(change)) => *change,
        _ => StockChange::default(),
    };
    let (Some(now), Some(base), Some(cut)) = (change.now, change.base(), change.cut()) else {
        let missing = missing(finding).unwrap_or_else(|| "số liệu".into());
        let name = &finding.subject().name;
        return Some(if finding.verdict() == Verdict::Pending {
            format!("{noun} phải giảm tối thiểu {floor} đến {}; hiện chưa có {missing} của {name}", date(*by, VI))
        } else {
            format!("chưa đủ dữ liệu để kết luận: thiếu {missing} của {name}")
        });
    };
    if base <= 0 {
        return Some(format!("{noun} tại thời điểm làm mốc là {}, không có gì để giảm", integer(base, VI)));
    }
    let from = match (change.baseline, change.adjustment) {
        (Some((day, _)), 0) => format!("{} ({})", integer(base, VI), date(day, VI)),
        (Some((day, count)), added) => {
            let sign = if added > 0 { "+" } else { "" };
            format!(
                "{} ({} ngày {}, điều chỉnh {sign}{})",
                integer(base, VI),
                integer(count.into(), VI),
                date(day, VI),
                integer(added.into(), VI)
            )
        }
        (None, _) => integer(base, VI),
    };
    let amount = integer(cut.saturating_abs(), VI);
    let share = percent((cut.saturating_abs().saturating_mul(100), base), *least, VI);
    let moved = match cut.signum() {
        1 => format!("giảm {amount} so với {from}, đạt {share}%"),
        0 => format!("không thay đổi so với {from}"),
        _ => format!("tăng {amount} so với {from}, tương ứng tăng {share}%"),
    };
    let start = format!("đến {}, {noun} là {}, {moved}", date(now.0, VI), integer(now.1.into(), VI));
    let required = (*required)?;
    let short = required.saturating_sub(cut);
    Some(match finding.verdict() {
        Verdict::Met => format!("{start}; đã đạt mức giảm tối thiểu {floor} ({} {unit})", integer(required, VI)),
        Verdict::NotMet => {
            format!("{start}; chưa đạt mức giảm tối thiểu {floor}, còn thiếu {} {unit}", integer(short, VI))
        }
        Verdict::Undetermined => {
            let missing = missing(finding).unwrap_or_default();
            format!("{start}; chưa đủ dữ liệu để kết luận: thiếu {missing} của {}", finding.subject().name)
        }
        _ => format!(
            "{start}; còn phải giảm {} {unit} để đạt tối thiểu {floor} vào cuối năm {}",
            integer(short, VI),
            by.year()
        ),
    })
}
