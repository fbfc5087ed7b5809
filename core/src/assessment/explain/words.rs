//! What the sentences of both languages share.

use rust_decimal::Decimal;

use crate::calendar::{Period, PeriodKind};
use crate::measure::exact::{Amount, Bound, Extent, compare_ratios};
use crate::plan::Rule;
use crate::plan::document::Document;
use crate::plan::kind::{MeasureId, RuleKind};
use crate::plan::reading::ReadingOption;
use crate::plan::scale::{Band, Scale};
use crate::rule::finding::{Finding, Measured, Sensitivity};
use crate::text::{Lang, number};

/// A percentage as people read it: two decimals, and more where two would put it on the wrong side of the
/// threshold or on it ("9,99964%" is not "10,00%").
pub(in crate::assessment) fn percent(ratio: (i128, i128), threshold: Decimal, lang: Lang) -> String {
    let against = (threshold.mantissa(), 10i128.saturating_pow(threshold.scale()));
    let side = compare_ratios(ratio.0, ratio.1, against.0, against.1);
    let shown = |places: u32| number::percent_ratio(ratio.0, ratio.1.saturating_mul(100), places, lang);
    let places = (2..=12).find(|places| {
        // Half up to so many places, as the shown text is.
        let unit = 10i128.saturating_pow(*places);
        let doubled = ratio.0.saturating_mul(unit).saturating_mul(2).saturating_add(ratio.1);
        let rounded = doubled.div_euclid(ratio.1.saturating_mul(2));
        compare_ratios(rounded, unit, against.0, against.1) == side
    });
    shown(places.unwrap_or(12))
}

/// An exact amount: a published number as published, a share to enough decimals.
pub(super) fn amount(amount: &Amount, threshold: Decimal, lang: Lang) -> String {
    match amount {
        Amount::Percent(value) => number::decimal(&value.normalize(), lang),
        Amount::Share { .. } => percent(amount.ratio(), threshold, lang),
    }
}

/// A threshold without useless zeros.
pub(super) fn threshold(bound: &Bound, lang: Lang) -> String {
    number::decimal(&bound.threshold().normalize(), lang)
}

/// "từ 23,49% đến 29,14%"; with an open upper end "đến dưới".
pub(super) fn range(extent: &Extent, bound: &Bound, lang: Lang) -> String {
    let end = |amount_of: &Amount| amount(amount_of, bound.threshold(), lang);
    let (low, high) = (end(&extent.low.amount), end(&extent.high.amount));
    match (lang, extent.low.open, extent.high.open) {
        (Lang::Vi, false, false) => format!("từ {low}% đến {high}%"),
        (Lang::Vi, false, true) => format!("từ {low}% đến dưới {high}%"),
        (Lang::Vi, true, false) => format!("từ trên {low}% đến {high}%"),
        (Lang::Vi, true, true) => format!("từ trên {low}% đến dưới {high}%"),
        (Lang::En, false, false) => format!("from {low}% to {high}%"),
        (Lang::En, false, true) => format!("from {low}% to below {high}%"),
        (Lang::En, true, false) => format!("from above {low}% to {high}%"),
        (Lang::En, true, true) => format!("from above {low}% to below {high}%"),
    }
}

/// A sentence from its body: capital letter, remark on the time, clause, full stop.
pub(super) fn closed(finding: &Finding, body: &str, lang: Lang) -> String {
    let year = || finding.period().name(lang);
    let remark = match (finding.retrospective(), lang) {
        (false, _) => String::new(),
        (true, Lang::Vi) => format!("; đây là kết quả xét hồi cứu, vì {} có trước Kế hoạch", year()),
        (true, Lang::En) => format!("; judged in retrospect, since {} precedes the plan", year()),
    };
    format!("{}{remark} {}.", sentence_case(body), cite(finding, lang))
}

/// When something was, as it stands within a sentence: "năm 2024", "từ 01/01/2024 đến 31/10/2024"; "in 2024".
pub(super) fn during(period: &Period, lang: Lang) -> String {
    let part = period.kind() == PeriodKind::Other && period.days() > 1;
    match lang {
        Lang::Vi if part => format!("từ {} đến {}", number::date(period.from(), lang), number::date(period.to(), lang)),
        Lang::Vi => period.name(lang),
        Lang::En if part => {
            format!("from {} to {}", number::date(period.from(), lang), number::date(period.to(), lang))
        }
        Lang::En if period.days() == 1 => format!("on {}", period.name(lang)),
        Lang::En => match period.kind() {
            PeriodKind::NineMonths | PeriodKind::HalfYear | PeriodKind::Week => format!("in the {}", period.name(lang)),
            _ => format!("in {}", period.name(lang)),
        },
    }
}

/// The facts that are missing, one after the other.
pub(super) fn lacking(finding: &Finding, lang: Lang) -> String {
    let all: Vec<String> = finding.missing().iter().map(|missing| missing.text(lang)).collect();
    match lang {
        Lang::Vi => listed(&all, " và ").unwrap_or_else(|| "số liệu".into()),
        Lang::En => listed(&all, " and ").unwrap_or_else(|| "data".into()),
    }
}

/// "Chưa đủ dữ liệu để kết luận: thiếu ... của ...".
pub(super) fn undecided(finding: &Finding, whose: &str, lang: Lang) -> String {
    let lacking = lacking(finding, lang);
    match lang {
        Lang::Vi => format!("chưa đủ dữ liệu để kết luận: thiếu {lacking} của {whose}"),
        Lang::En => format!("there are not enough data to conclude; missing for {whose}: {lacking}"),
    }
}

/// Where the norm stands, in brackets at the end.
pub(super) fn cite(finding: &Finding, lang: Lang) -> String {
    cite_clause(finding.plan().document(), finding.clause(), lang)
}

/// The same of any clause or task.
pub(in crate::assessment) fn cite_clause(document: &Document, clause: &str, lang: Lang) -> String {
    match (lang, clause.strip_prefix("annex ")) {
        (Lang::Vi, Some(task)) => format!("(Phụ lục, mục {task}, {})", document.cite),
        (Lang::Vi, None) => format!("(mục {}, {})", section(clause), document.cite),
        (Lang::En, Some(task)) => format!("(Annex, item {task}, {})", document.cite_en),
        (Lang::En, None) => format!("(section {}, {})", section(clause), document.cite_en),
    }
}

/// `I.1` of `I.1.3`: people cite sections, not paragraphs.
fn section(clause: &str) -> &str {
    match clause.match_indices('.').nth(1) {
        Some((end, _)) => clause.get(..end).unwrap_or(clause),
        None => clause,
    }
}

/// The option that a sensitivity speaks of.
pub(super) fn option<'f>(finding: &'f Finding, sensitivity: &Sensitivity) -> Option<&'f ReadingOption> {
    let reading = finding.plan().reading(sensitivity.reading.as_str())?;
    reading.options.iter().find(|option| option.id == sensitivity.option)
}

/// What the rule measures, and the field of a survey.
pub(super) fn measure(finding: &Finding) -> Option<(MeasureId, Option<&str>)> {
    match finding.norm()?.kind() {
        RuleKind::Level(level) => Some((level.measure, level.field.as_deref())),
        RuleKind::Cap(cap) => cap.when.first().map(|condition| (condition.measure, condition.field.as_deref())),
        _ => None,
    }
}

/// The scale that a cap caps, the band above its ceiling, and the ceiling.
pub(super) fn capped(finding: &Finding) -> Option<(&Scale, &Band, &Band)> {
    let capped = finding.capped()?;
    let scale = finding.plan().scale(capped.scale.as_str())?;
    let place = scale.place(capped.ceiling.as_str())?;
    Some((scale, scale.bands.get(place.checked_sub(1)?)?, scale.bands.get(place)?))
}

/// Whether measures are due where the rule takes hold, in place of a cap.
pub(super) fn is_consequence(finding: &Finding) -> bool {
    matches!(finding.norm().map(Rule::kind), Some(RuleKind::Consequence(_)))
}

/// Whether a band is the best of its scale.
pub(super) fn is_top(scale: &Scale, band: &Band) -> bool {
    scale.bands.first().is_some_and(|top| top.id == band.id)
}

/// What is known of a share that is not one value, where that is more than nothing.
pub(super) fn known_interval(finding: &Finding) -> Option<&Extent> {
    let Some(Measured::Share(extent)) = finding.measured() else { return None };
    let Extent { low, high } = extent;
    let anything = low.amount.compare(&Amount::ZERO).is_le() && high.amount.compare(&Amount::HUNDRED).is_ge();
    (!anything && extent.value().is_none()).then_some(extent)
}

/// "a, b và c".
pub(super) fn listed(items: &[String], and: &str) -> Option<String> {
    match items.split_last()? {
        (last, []) => Some(last.clone()),
        (last, before) => Some(format!("{}{and}{last}", before.join(", "))),
    }
}

/// A text with its first letter in upper case.
pub(super) fn sentence_case(text: &str) -> String {
    let mut rest = text.chars();
    let mut out = String::with_capacity(text.len());
    out.extend(rest.next().into_iter().flat_map(char::to_uppercase));
    out.push_str(rest.as_str());
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::calendar::parse_iso;

    #[test]
    fn a_day_a_part_and_a_year_stand_within_a_sentence() {
        let said = |from: &str, to: &str| {
            let period = Period::new(parse_iso(from).unwrap(), parse_iso(to).unwrap()).unwrap();
            [Lang::Vi, Lang::En].map(|lang| during(&period, lang))
        };
        assert_eq!(said("2024-08-05", "2024-08-05"), ["ngày 05/08/2024", "on 5 August 2024"]);
        let part = ["từ 05/08/2024 đến 06/08/2024", "from 5 August 2024 to 6 August 2024"];
        assert_eq!(said("2024-08-05", "2024-08-06"), part);
        assert_eq!(said("2024-01-01", "2024-12-31"), ["năm 2024", "in 2024"]);
        assert_eq!(said("2024-01-01", "2024-06-30"), ["6 tháng đầu năm 2024", "in the first half of 2024"]);
    }
}
