//! Explanations in English.

use super::words::{amount, capped, cite, is_top, measure, percent, range, sentence_case, threshold};
use crate::measure::exact::{Bound, Extent};
use crate::plan::kind::{MeasureId, RuleKind, StaffCategory, Stock};
use crate::rule::finding::{Finding, HeadroomValue, Measured, Required, StockChange, Unit, Verdict};
use crate::text::number::{date, integer};
use crate::text::{Lang, number};

const EN: Lang = Lang::En;

pub(super) fn sentence(finding: &Finding) -> String {
    let body = match (finding.required(), finding.capped()) {
        (Some(Required::Cut { .. }), _) => reduction(finding),
        (Some(Required::Share(bound)), Some(_)) => cap(finding, bound),
        (Some(Required::Share(bound)), None) => level(finding, bound),
        _ => None,
    };
    let body = body.unwrap_or_else(|| format!("{}: {}", finding.subject().name, under(finding.verdict())));
    let body = if finding.retrospective() { format!("{body}; in retrospect, before there was a plan") } else { body };
    format!("{} {}.", sentence_case(&body), cite(finding, EN))
}

/// The verdict under another reading.
pub(super) fn under(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "it is met",
        Verdict::NotMet => "it is not met",
        Verdict::Pending => "it is not yet due",
        Verdict::Undetermined => "the data do not decide it",
        Verdict::NotApplicable => "it does not apply",
        Verdict::Binding => "the cap binds",
        Verdict::NotBinding => "the cap does not bind",
    }
}

fn cap(finding: &Finding, bound: &Bound) -> Option<String> {
    let (what, _) = measure(finding)?;
    let name = &finding.subject().name;
    let year = finding.period().name(EN);
    match finding.verdict() {
        Verdict::Undetermined => return Some(undetermined(finding, bound)),
        Verdict::NotApplicable => {
            return Some(format!("{name} {} in {year}, so {} is not considered", nothing(what), noun(what, None)));
        }
        _ => {}
    }
    let Some(Measured::Share(extent)) = finding.measured() else { return None };
    let had = had(finding, what, extent, bound);
    let side = side(bound, finding.verdict() == Verdict::Binding);
    let (scale, lost, ceiling) = capped(finding)?;
    let (verb, noun) = if scale.id.as_str() == "rank" { ("ranked", "rank") } else { ("rated", "rating") };
    let and_above = if is_top(scale, lost) { "" } else { " or above" };
    if finding.verdict() == Verdict::Binding {
        return Some(format!(
            "{name} in {year} had {had}, which is {side}, so it may not be {verb} {}{and_above}; the highest {noun} still possible is {}",
            lost.en, ceiling.en
        ));
    }
    let near = match finding.headroom().map(|headroom| (headroom.unit, headroom.value)) {
        Some((Unit::LateDossiers, HeadroomValue::Count(count))) => {
            format!("; {} more late dossiers would rule out the {noun} {}", integer(count, EN), lost.en)
        }
        _ => String::new(),
    };
    Some(format!("{name} in {year} had {had}, {side}, so its {noun} is not capped{near}"))
}

fn had(finding: &Finding, what: MeasureId, extent: &Extent, bound: &Bound) -> String {
    let Some(value) = extent.value() else {
        return format!("{} {}", noun(what, None), range(extent, bound, EN));
    };
    let shown = amount(&value, bound.threshold(), EN);
    match (what, value.counts()) {
        (MeasureId::LateShare, Some((part, whole))) => {
            let of = if finding.takes("late_denominator", "resolved") { "dossiers resolved late" } else { "dossiers late" };
            format!("{} of {} {of} ({shown}%)", integer(part.into(), EN), integer(whole.into(), EN))
        }
        (_, Some((part, whole))) => {
            format!("{} of {shown}% ({} of {})", noun(what, None), integer(part.into(), EN), integer(whole.into(), EN))
        }
        (_, None) => format!("{} of {shown}%", noun(what, None)),
    }
}

fn side(bound: &Bound, holds: bool) -> String {
    let t = threshold(bound, EN);
    match (bound, holds) {
        (Bound::AtLeast(_), true) | (Bound::LessThan(_), false) => format!("{t}% or more"),
        (Bound::AtLeast(_), false) | (Bound::LessThan(_), true) => format!("below {t}%"),
        (Bound::MoreThan(_), true) | (Bound::AtMost(_), false) => format!("above {t}%"),
        (Bound::MoreThan(_), false) | (Bound::AtMost(_), true) => format!("{t}% or less"),
    }
}

fn noun(what: MeasureId, field: Option<&str>) -> String {
    match (what, field) {
        (MeasureId::LateShare, _) => "a late share".into(),
        (MeasureId::Satisfaction, None) => "a satisfaction index".into(),
        (MeasureId::Satisfaction, Some(field)) => {
            format!("satisfaction with procedures in {}", crate::measure::field_name(field, EN))
        }
        (MeasureId::OnlineShare, _) => "the share of dossiers filed online".into(),
        (MeasureId::OnlinePaymentShare, _) => "the share of dossiers paid online".into(),
        (MeasureId::TitleStandards, _) => "the share of staff meeting the standards of their title".into(),
        (MeasureId::Rank, _) => "a rank".into(),
        (MeasureId::AreaRank, _) => "a rank of the content area".into(),
    }
}

fn nothing(what: MeasureId) -> &'static str {
    match what {
        MeasureId::LateShare => "had no dossiers to judge",
        MeasureId::Satisfaction => "had no survey answers",
        MeasureId::OnlineShare | MeasureId::OnlinePaymentShare => "received no dossiers",
        MeasureId::TitleStandards => "had no staff",
        MeasureId::Rank | MeasureId::AreaRank => "was not ranked",
    }
}

fn undetermined(finding: &Finding, bound: &Bound) -> String {
    let name = &finding.subject().name;
    let known = match finding.measured() {
        Some(Measured::Share(extent)) => format!("; the data only say that it is {}", range(extent, bound, EN)),
        _ => String::new(),
    };
    match missing(finding) {
        Some(missing) => format!("the data do not decide it: {missing} of {name} missing{known}"),
        None => format!("the data do not decide it for {name} in {}{known}", finding.period().name(EN)),
    }
}

fn missing(finding: &Finding) -> Option<String> {
    let all: Vec<String> = finding.missing().iter().map(|missing| missing.text(EN)).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

fn level(finding: &Finding, bound: &Bound) -> Option<String> {
    let (what, field) = measure(finding)?;
    let noun = match (what, field) {
        (MeasureId::Satisfaction, None) => "the satisfaction index".to_owned(),
        _ => noun(what, field),
    };
    let name = &finding.subject().name;
    let year = finding.period().name(EN);
    let floor = match bound {
        Bound::MoreThan(_) => format!("more than {}%", threshold(bound, EN)),
        _ => format!("at least {}%", threshold(bound, EN)),
    };
    match finding.verdict() {
        Verdict::Undetermined => return Some(undetermined(finding, bound)),
        Verdict::NotApplicable => return Some(format!("{name} {} in {year}, so {noun} is not considered", nothing(what))),
        Verdict::Pending => {
            let now = match (finding.measured(), missing(finding)) {
                (Some(Measured::Share(extent)), _) => {
                    format!("; the data only say that it is {}", range(extent, bound, EN))
                }
                (_, Some(missing)) => format!("; {missing} not there yet"),
                _ => String::new(),
            };
            let by = finding.due().map_or_else(String::new, |due| format!(" by {}", date(due, EN)));
            return Some(format!("{noun} of {name} is not yet due:{by} it must be {floor}{now}"));
        }
        _ => {}
    }
    let Some(Measured::Share(extent)) = finding.measured() else { return None };
    let shown = match extent.value() {
        Some(value) => {
            let counts = value.counts().map_or_else(String::new, |(part, whole)| {
                format!(" ({} of {})", integer(part.into(), EN), integer(whole.into(), EN))
            });
            format!("{}%{counts}", amount(&value, bound.threshold(), EN))
        }
        None => range(extent, bound, EN),
    };
    let met = finding.verdict() == Verdict::Met;
    let result = if met { "as required" } else { "short of what is required" };
    Some(format!("{noun} of {name} in {year} is {shown}, {result}: {floor}{}", distance(finding, met)))
}

fn distance(finding: &Finding, met: bool) -> String {
    let Some(headroom) = finding.headroom() else { return String::new() };
    match (headroom.value, met) {
        (HeadroomValue::Points(a, b), false) => {
            format!("; {} percentage points short", percent((a, b), rust_decimal::Decimal::ZERO, EN))
        }
        (HeadroomValue::Count(count), false) => {
            let count = integer(count, EN);
            match headroom.unit {
                Unit::Respondents => format!("; {count} more satisfied among those asked are needed"),
                Unit::OnlineDossiers => format!("; {count} more dossiers online are needed"),
                Unit::People => format!("; {count} people do not meet them yet"),
                _ => String::new(),
            }
        }
        _ => String::new(),
    }
}

fn reduction(finding: &Finding) -> Option<String> {
    let Some(Required::Cut { percent: least, cut: required, by, .. }) = finding.required() else { return None };
    let RuleKind::Reduction(rule) = finding.plan.rule(finding.rule().as_str())?.kind() else { return None };
    let (noun, unit) = match (rule.stock, rule.category) {
        (Stock::ServiceUnits, _) => ("the number of public service units".to_owned(), "units"),
        (Stock::Headcount, category) => {
            let whose = match category {
                Some(StaffCategory::Employee) => "public employees paid from the state budget",
                _ => "cadres and civil servants",
            };
            let basis = if finding.takes("headcount_basis", "actual") { "actual staff" } else { "assigned quota" };
            (format!("the {basis} of {whose}"), "posts")
        }
    };
    let floor = format!("{}%", number::decimal(&least.normalize(), EN));
    let change = match finding.measured() {
        Some(Measured::Stock(change)) => *change,
        _ => StockChange::default(),
    };
    let (Some(now), Some(base), Some(cut)) = (change.now, change.base(), change.cut()) else {
        let missing = missing(finding).unwrap_or_else(|| "data".into());
        let name = &finding.subject().name;
        return Some(if finding.verdict() == Verdict::Pending {
            format!("{noun} must fall by at least {floor} by {}; {missing} of {name} not there yet", date(*by, EN))
        } else {
            format!("the data do not decide it: {missing} of {name} missing")
        });
    };
    if base <= 0 {
        return Some(format!("{noun} was {} at the baseline: there is nothing to cut", integer(base, EN)));
    }
    let moved = if cut >= 0 { "fewer" } else { "more" };
    let from = match (change.baseline, change.adjustment) {
        (Some((day, _)), 0) => format!("{} ({})", integer(base, EN), date(day, EN)),
        (Some((day, count)), added) => {
            let sign = if added > 0 { "+" } else { "" };
            format!(
                "{} ({} on {}, adjusted by {sign}{})",
                integer(base, EN),
                integer(count.into(), EN),
                date(day, EN),
                integer(added.into(), EN)
            )
        }
        (None, _) => integer(base, EN),
    };
    let share = percent((cut.saturating_mul(100), base), *least, EN);
    let start = format!(
        "on {} {noun} was {}, {} {moved} than {from}, a cut of {share}%",
        date(now.0, EN),
        integer(now.1.into(), EN),
        integer(cut.saturating_abs(), EN)
    );
    let required = (*required)?;
    let short = required.saturating_sub(cut);
    Some(match finding.verdict() {
        Verdict::Met => format!("{start}; the cut of at least {floor} ({} {unit}) is reached", integer(required, EN)),
        Verdict::NotMet => format!("{start}; the cut of at least {floor} is missed by {} {unit}", integer(short, EN)),
        Verdict::Undetermined => {
            let missing = missing(finding).unwrap_or_default();
            format!("{start}; the data do not decide it: {missing} of {} missing", finding.subject().name)
        }
        _ => format!(
            "{start}; {} {unit} still to cut to reach at least {floor} by the end of {}",
            integer(short, EN),
            by.year()
        ),
    })
}
