//! Sentences on indices that are to rise.

use rust_decimal::Decimal;

use super::words::{during, lacking};
use crate::measure::index_name_of;
use crate::rule::finding::{Finding, HeadroomValue, Measured, Verdict};
use crate::text::Lang;
use crate::text::number::decimal;

pub(super) fn body(finding: &Finding, lang: Lang) -> Option<String> {
    let name = index_name_of(&finding.subject().id, lang);
    let when = during(&finding.period(), lang);
    match finding.verdict() {
        Verdict::Met | Verdict::NotMet => judged(finding, &name, &when, lang),
        Verdict::Pending => Some(pending(finding, &name, &when, lang)),
        // What is missing names the index.
        _ => Some(match lang {
            Lang::Vi => format!("chưa đủ dữ liệu để kết luận: thiếu {}", lacking(finding, lang)),
            Lang::En => format!("there are not enough data to conclude; missing: {}", lacking(finding, lang)),
        }),
    }
}

fn shown(value: Decimal, lang: Lang) -> String {
    decimal(&value.normalize(), lang)
}

fn judged(finding: &Finding, name: &str, when: &str, lang: Lang) -> Option<String> {
    let Some(Measured::Index { value: Some(value), before: Some(before) }) = finding.measured() else { return None };
    let by = match finding.headroom().map(|headroom| &headroom.value) {
        Some(HeadroomValue::Amount(points)) => shown(*points, lang),
        _ => String::new(),
    };
    let (value_shown, before_shown) = (shown(*value, lang), shown(*before, lang));
    Some(match (lang, value.cmp(before)) {
        (Lang::Vi, std::cmp::Ordering::Greater) => {
            format!("{name} {when} là {value_shown}, tăng {by} so với năm trước ({before_shown}), đạt yêu cầu nâng cao")
        }
        (Lang::Vi, std::cmp::Ordering::Equal) => {
            format!("{name} {when} là {value_shown}, bằng năm trước ({before_shown}), chưa đạt yêu cầu nâng cao")
        }
        (Lang::Vi, std::cmp::Ordering::Less) => {
            format!(
                "{name} {when} là {value_shown}, giảm {by} so với năm trước ({before_shown}), chưa đạt yêu cầu nâng cao"
            )
        }
        (Lang::En, std::cmp::Ordering::Greater) => {
            format!("{name} is {value_shown} {when}, {by} more than the year before ({before_shown}), and so has risen")
        }
        (Lang::En, std::cmp::Ordering::Equal) => {
            format!(
                "{name} is {value_shown} {when}, the same as the year before ({before_shown}), and so has not risen"
            )
        }
        (Lang::En, std::cmp::Ordering::Less) => {
            format!(
                "{name} is {value_shown} {when}, {by} less than the year before ({before_shown}), and so has not risen"
            )
        }
    })
}

fn pending(finding: &Finding, name: &str, when: &str, lang: Lang) -> String {
    let before = match finding.measured() {
        Some(Measured::Index { before: Some(before), .. }) => format!(" ({})", shown(*before, lang)),
        _ => String::new(),
    };
    match lang {
        Lang::Vi => {
            format!(
                "{name} {when} phải cao hơn năm trước{before}; chưa đến hạn đánh giá, hiện chưa có {}",
                lacking(finding, lang)
            )
        }
        Lang::En => {
            format!(
                "{name} must be higher {when} than the year before{before}; that is not yet due, still missing: {}",
                lacking(finding, lang)
            )
        }
    }
}
