//! One step of a chain of reasons: from what is known to what follows for whom.

use super::rank::{because, called, introduced};
use super::words::{amount, capped, lacking, range, threshold};
use super::{consequence, en, vi};
use crate::measure::exact::Bound;
use crate::plan::kind::{MeasureId, SubjectKind};
use crate::rule::finding::{Finding, Measured, Required, Verdict};
use crate::text::Lang;

impl Finding {
    /// "xếp hạng trung bình năm 2023 và năm 2024 → người đứng đầu: điều chuyển": a step of a chain of reasons.
    pub(crate) fn reason(&self, lang: Lang) -> String {
        let effect = effect(self, lang);
        match cause(self, lang) {
            Some(cause) => format!("{cause} → {effect}"),
            None => effect,
        }
    }
}

fn cause(finding: &Finding, lang: Lang) -> Option<String> {
    if let (Some(Measured::Share(extent)), Some(Required::Share(bound))) = (finding.measured(), finding.required()) {
        let (what, _) = super::words::measure(finding)?;
        let noun = noun(what, lang);
        let when = finding.period().name(lang);
        return Some(match (extent.value(), lang) {
            (Some(value), Lang::Vi) => format!(
                "{noun} {when} là {}% ({})",
                amount(&value, bound.threshold(), lang),
                side(finding, bound, lang)
            ),
            (Some(value), Lang::En) => {
                format!("{noun} {when}: {}% ({})", amount(&value, bound.threshold(), lang), side(finding, bound, lang))
            }
            (None, _) => format!("{noun} {when} {}", range(extent, bound, lang)),
        });
    }
    if let Some(history) = consequence::measures(finding, lang).and_then(|_| consequence::history(finding, lang)) {
        return Some(match lang {
            Lang::Vi => format!("xếp hạng {history}"),
            Lang::En => format!("ranked {history}"),
        });
    }
    let because = because(finding, lang)?;
    Some(match lang {
        Lang::Vi => format!("{because} {}", finding.period().name(lang)),
        Lang::En => format!("{because} in {}", finding.period().name(lang)),
    })
}

fn noun(what: MeasureId, lang: Lang) -> String {
    match lang {
        Lang::Vi => vi::noun(what, None),
        Lang::En => en::noun(what, None),
    }
}

/// Where the threshold lies from the value.
fn side(finding: &Finding, bound: &Bound, lang: Lang) -> String {
    let binding = finding.verdict() == Verdict::Binding;
    match finding.verdict() {
        Verdict::Binding | Verdict::NotBinding if lang == Lang::Vi => vi::side(bound, binding),
        Verdict::Binding | Verdict::NotBinding => en::side(bound, binding),
        _ => format!("{}%", threshold(bound, lang)),
    }
}

/// "xếp hạng cao nhất: khá", "người đứng đầu UBND phường Lộc Thọ: điều chuyển".
fn effect(finding: &Finding, lang: Lang) -> String {
    let who = introduced(finding, lang);
    let who = who.trim_end_matches(',');
    let what = match (finding.verdict(), capped(finding), lang) {
        (Verdict::Binding, Some((_, _, ceiling)), _) => {
            let of_rank = matches!(finding.subject().kind, SubjectKind::Body | SubjectKind::City);
            let highest = match (of_rank, lang) {
                (true, Lang::Vi) => "xếp hạng cao nhất là",
                (false, Lang::Vi) => "xếp loại cao nhất là",
                (true, Lang::En) => "highest rank",
                (false, Lang::En) => "highest rating",
            };
            format!("{highest} {}", called(ceiling, lang))
        }
        (Verdict::Binding, None, _) => consequence::measures(finding, lang).unwrap_or_default(),
        (Verdict::NotBinding, Some(_), Lang::Vi) => "không bị giới hạn".into(),
        (Verdict::NotBinding, Some(_), Lang::En) => "not capped".into(),
        (Verdict::NotBinding, None, Lang::Vi) => "không bị xử lý".into(),
        (Verdict::NotBinding, None, Lang::En) => "nothing due".into(),
        (Verdict::NotApplicable, _, Lang::Vi) => "không áp dụng".into(),
        (Verdict::NotApplicable, _, Lang::En) => "does not apply".into(),
        (_, _, Lang::Vi) => format!("chưa kết luận được, thiếu {}", lacking(finding, lang)),
        (_, _, Lang::En) => format!("open, missing: {}", lacking(finding, lang)),
    };
    format!("{who}: {what}")
}
