//! Sentences on being first among peers.

use rust_decimal::Decimal;

use super::words::{amount, during, lacking, range, undecided};
use crate::measure::exact::{Bound, Extent};
use crate::rule::finding::{Finding, HeadroomValue, Measured, Verdict};
use crate::text::number::{integer, percent_ratio};
use crate::text::{Lang, number};

pub(super) fn body(finding: &Finding, lang: Lang) -> Option<String> {
    let (who, when) = (&finding.subject().name, during(&finding.period(), lang));
    let must = if finding.aspirational() { "phấn đấu" } else { "phải" };
    match (finding.measured(), finding.verdict(), lang) {
        (Some(Measured::Place { .. }), _, _) => placed(finding, lang),
        (Some(Measured::Share(extent)), _, _) => Some(published(finding, extent, lang)),
        (_, Verdict::NotApplicable, Lang::Vi) => {
            Some(format!("{who} {when} không có hồ sơ phải thanh toán nên không xét tỷ lệ thanh toán trực tuyến"))
        }
        (_, Verdict::NotApplicable, Lang::En) => {
            Some(format!("{who} had no dossiers with fees {when}, so their online payment is not considered"))
        }
        (_, Verdict::Pending, Lang::Vi) => Some(format!(
            "{who} {must} dẫn đầu {when} về tỷ lệ hồ sơ thanh toán trực tuyến; chưa đến hạn đánh giá, hiện chưa có {}",
            lacking(finding, lang)
        )),
        (_, Verdict::Pending, Lang::En) => Some(format!(
            "{who} is to be first in online payment {when}; that is not yet due, still missing: {}",
            lacking(finding, lang)
        )),
        (_, Verdict::Undetermined, _) => Some(undecided(finding, who, lang)),
        _ => None,
    }
}

fn share((part, whole): (u64, u64), lang: Lang) -> String {
    percent_ratio(part.into(), i128::from(whole.max(1)), 2, lang)
}

/// A share with its counts.
fn counted(of: (u64, u64), lang: Lang) -> String {
    let (part, whole) = (integer(of.0.into(), lang), integer(of.1.into(), lang));
    match lang {
        Lang::Vi => format!("{}% ({part}/{whole} hồ sơ)", share(of, lang)),
        Lang::En => format!("{}% ({part} of {whole} dossiers)", share(of, lang)),
    }
}

fn placed(finding: &Finding, lang: Lang) -> Option<String> {
    let Some(Measured::Place { place, of, own, best }) = finding.measured() else { return None };
    let (who, when) = (&finding.subject().name, during(&finding.period(), lang));
    let tie = *place == 1 && best.is_some_and(|best| ties(*own, best));
    let (place, count) = (integer((*place).into(), lang), integer((*of).into(), lang));
    let others = match (best, lang) {
        (None, _) => String::new(),
        (Some(best), Lang::Vi) => format!(", cao nhất trong các địa phương khác là {}", counted(*best, lang)),
        (Some(best), Lang::En) => format!(", the best of the others having {}", counted(*best, lang)),
    };
    let own = counted(*own, lang);
    Some(match lang {
        Lang::Vi => {
            let rank = if tie { "đồng hạng 1".to_owned() } else { format!("đứng thứ {place}") };
            let start = format!(
                "{who} {when} có tỷ lệ hồ sơ thanh toán trực tuyến {own}, {rank} trong {count} địa phương có số liệu{others}"
            );
            format!("{start}; {}", result(finding, lang))
        }
        Lang::En => {
            let rank = if tie { "tied for place 1".to_owned() } else { format!("place {place}") };
            let of = number::counted((*of).into(), "locality", "localities");
            let start = format!("{when} {who} had {own} paid online, {rank} among {of} with figures{others}");
            format!("{start}; {}", result(finding, lang))
        }
    })
}

/// A share known as a percentage alone.
fn published(finding: &Finding, extent: &Extent, lang: Lang) -> String {
    let (who, when) = (&finding.subject().name, during(&finding.period(), lang));
    let own = match extent.value() {
        Some(value) => format!("{}%", amount(&value, Decimal::ZERO, lang)),
        None => range(extent, &Bound::AtLeast(Decimal::ZERO), lang),
    };
    let result = result(finding, lang);
    match lang {
        Lang::Vi => format!("{who} {when} có tỷ lệ hồ sơ thanh toán trực tuyến {own}; {result}"),
        Lang::En => format!("{when} {who} had a share of {own} paid online; {result}"),
    }
}

fn ties(a: (u64, u64), b: (u64, u64)) -> bool {
    u128::from(a.0).checked_mul(b.1.into()) == u128::from(b.0).checked_mul(a.1.into())
}

fn result(finding: &Finding, lang: Lang) -> String {
    let aim = match (finding.aspirational(), lang) {
        (true, Lang::Vi) => "mục tiêu phấn đấu dẫn đầu",
        (false, Lang::Vi) => "yêu cầu dẫn đầu",
        (true, Lang::En) => "the aspiration to be first",
        (false, Lang::En) => "the requirement to be first",
    };
    let more = match finding.headroom().map(|headroom| &headroom.value) {
        Some(HeadroomValue::Count(count)) => match lang {
            Lang::Vi => format!(", cần thêm {} hồ sơ thanh toán trực tuyến", integer(*count, lang)),
            Lang::En => {
                format!(", {} paid online would do", number::counted(*count, "more dossier", "more dossiers"))
            }
        },
        _ => String::new(),
    };
    match (finding.verdict(), lang) {
        (Verdict::Met, Lang::Vi) => format!("đạt {aim}"),
        (Verdict::Met, Lang::En) => format!("{aim} is met"),
        (Verdict::NotMet, Lang::Vi) => format!("chưa đạt {aim}{more}"),
        (Verdict::NotMet, Lang::En) => format!("{aim} is not met{more}"),
        (Verdict::Pending, Lang::Vi) => format!("chưa đến hạn đánh giá {aim}, còn thiếu {}", lacking(finding, lang)),
        (Verdict::Pending, Lang::En) => format!("{aim} is not yet due, still missing: {}", lacking(finding, lang)),
        (_, Lang::Vi) => format!("chưa đủ dữ liệu để kết luận: thiếu {}", lacking(finding, lang)),
        (_, Lang::En) => format!("there are not enough data to conclude; missing: {}", lacking(finding, lang)),
    }
}
