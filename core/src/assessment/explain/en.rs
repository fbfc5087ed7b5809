//! Explanations in English.

use rust_decimal::Decimal;

use super::words::{
    amount, capped, cite, is_consequence, is_top, known_interval, listed, measure, percent, range, sentence_case,
    threshold,
};
use crate::measure::exact::{Bound, Extent};
use crate::plan::kind::{MeasureId, RuleKind, StaffCategory, Stock, SubjectKind};
use crate::rule::finding::{Cut, Finding, HeadroomValue, Measured, Required, StockChange, Subject, Unit, Verdict};
use crate::text::number::{counted, date, integer};
use crate::text::{Lang, number};

const EN: Lang = Lang::En;

pub(super) fn sentence(finding: &Finding) -> String {
    let body = match (finding.required(), finding.capped()) {
        (Some(Required::Cut(_)), _) => reduction(finding),
        (Some(Required::Share(bound)), Some(_)) => cap(finding, bound),
        (Some(Required::Share(bound)), None) => level(finding, bound),
        _ => None,
    };
    let body = body.unwrap_or_else(|| format!("{}: {}", finding.subject().name, under(finding, finding.verdict())));
    let body = if finding.retrospective() {
        format!("{body}; judged in retrospect, since {} precedes the plan", finding.period().name(EN))
    } else {
        body
    };
    format!("{} {}.", sentence_case(&body), cite(finding, EN))
}

/// The subject in a sentence. People go by their ids, which are not to be taken for words.
fn subject(finding: &Finding) -> String {
    let Subject { kind, name, .. } = finding.subject();
    if *kind == SubjectKind::Person { format!("person {name}") } else { name.to_string() }
}

/// A verdict on what a finding is about.
pub(super) fn under(finding: &Finding, verdict: Verdict) -> &'static str {
    let consequence = is_consequence(finding);
    match verdict {
        Verdict::Met => "it is met",
        Verdict::NotMet => "it is not met",
        Verdict::Pending => "it is not yet due",
        Verdict::Undetermined => "the data do not decide it",
        Verdict::NotApplicable => "it does not apply",
        Verdict::Binding if consequence => "the measures are due",
        Verdict::NotBinding if consequence => "the measures are not due",
        Verdict::Binding => "the cap binds",
        Verdict::NotBinding => "the cap does not bind",
    }
}

fn cap(finding: &Finding, bound: &Bound) -> Option<String> {
    let (what, _) = measure(finding)?;
    let name = subject(finding);
    let year = finding.period().name(EN);
    match finding.verdict() {
        Verdict::Undetermined => {
            let question = format!("it is {}", side(bound, true));
            return Some(undetermined(finding, bound, &format!("the {}", noun(what, None)), &question));
        }
        Verdict::NotApplicable => {
            return Some(format!("{name} {} in {year}, so there is no {} to judge", nothing(what), noun(what, None)));
        }
        _ => {}
    }
    let Some(Measured::Share(extent)) = finding.measured() else { return None };
    let had = had(finding, what, extent, bound);
    let side = side(bound, finding.verdict() == Verdict::Binding);
    let (scale, lost, ceiling) = capped(finding)?;
    let rank = scale.id.as_str() == "rank";
    let (pronoun, verb, noun) = if rank { ("it", "ranked", "rank") } else { ("they", "rated", "rating") };
    let whose = if rank { "its" } else { "their" };
    let and_above = if is_top(scale, lost) { "" } else { " or above" };
    if finding.verdict() == Verdict::Binding {
        return Some(format!(
            "{name} in {year} had {had}, which is {side}, so {pronoun} may not be {verb} {}{and_above}; the highest {noun} still possible is {}",
            lost.en, ceiling.en
        ));
    }
    let near = match finding.headroom().map(|headroom| (headroom.unit, &headroom.value)) {
        Some((Unit::LateDossiers, HeadroomValue::Count(count))) => {
            let more = counted(*count, "more late dossier", "more late dossiers");
            format!("; {more} would rule out the {noun} {}", lost.en)
        }
        _ => String::new(),
    };
    Some(format!("{name} in {year} had {had}, which is {side}, so {whose} {noun} is not capped{near}"))
}

fn had(finding: &Finding, what: MeasureId, extent: &Extent, bound: &Bound) -> String {
    let Some(value) = extent.value() else {
        return format!("a {} {}", noun(what, None), range(extent, bound, EN));
    };
    let shown = amount(&value, bound.threshold(), EN);
    match (what, value.counts()) {
        (MeasureId::LateShare, Some((part, whole))) => {
            let of =
                if finding.takes("late_denominator", "resolved") { "dossiers resolved late" } else { "dossiers late" };
            format!("{} of {} {of} ({shown}%)", integer(part.into(), EN), integer(whole.into(), EN))
        }
        (_, Some((part, whole))) => {
            format!(
                "a {} of {shown}% ({} of {})",
                noun(what, None),
                integer(part.into(), EN),
                integer(whole.into(), EN)
            )
        }
        (_, None) => format!("a {} of {shown}%", noun(what, None)),
    }
}

pub(super) fn side(bound: &Bound, holds: bool) -> String {
    let t = threshold(bound, EN);
    match (bound, holds) {
        (Bound::AtLeast(_), true) | (Bound::LessThan(_), false) => format!("{t}% or more"),
        (Bound::AtLeast(_), false) | (Bound::LessThan(_), true) => format!("below {t}%"),
        (Bound::MoreThan(_), true) | (Bound::AtMost(_), false) => format!("above {t}%"),
        (Bound::MoreThan(_), false) | (Bound::AtMost(_), true) => format!("{t}% or less"),
    }
}

pub(super) fn noun(what: MeasureId, field: Option<&str>) -> String {
    match (what, field) {
        (MeasureId::LateShare, _) => "late share".into(),
        (MeasureId::Satisfaction, None) => "satisfaction index".into(),
        (MeasureId::Satisfaction, Some(field)) => {
            format!("satisfaction index for procedures in {}", crate::measure::field_name(field, EN))
        }
        (MeasureId::OnlineShare, _) => "share of dossiers filed online".into(),
        (MeasureId::OnlinePaymentShare, _) => "share of dossiers paid online".into(),
        (MeasureId::TitleStandards, _) => "share of staff meeting the standards of their title".into(),
        (MeasureId::Rank, _) => "rank".into(),
        (MeasureId::AreaRank, _) => "rank of the content area".into(),
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

/// What is missing, or what the known interval leaves open. `question`: "it reaches at least 90%".
fn undetermined(finding: &Finding, bound: &Bound, noun: &str, question: &str) -> String {
    let name = subject(finding);
    let year = finding.period().name(EN);
    match (known_interval(finding), missing(finding)) {
        (Some(extent), _) => format!(
            "there are not enough data to conclude: {noun} of {name} in {year} is only known to lie {}, so it is not clear whether {question}",
            range(extent, bound, EN)
        ),
        (None, Some(missing)) => format!("there are not enough data to conclude; missing for {name}: {missing}"),
        (None, None) => format!("there are not enough data to conclude for {name} in {year}"),
    }
}

fn missing(finding: &Finding) -> Option<String> {
    let all: Vec<String> = finding.missing().iter().map(|missing| missing.text(EN)).collect();
    listed(&all, " and ")
}

fn level(finding: &Finding, bound: &Bound) -> Option<String> {
    let (what, field) = measure(finding)?;
    let bare = noun(what, field);
    let noun = format!("the {bare}");
    let name = subject(finding);
    let year = finding.period().name(EN);
    let floor = match bound {
        Bound::MoreThan(_) => format!("more than {}%", threshold(bound, EN)),
        _ if bound.threshold() == Decimal::ONE_HUNDRED => format!("{}%", threshold(bound, EN)),
        _ => format!("at least {}%", threshold(bound, EN)),
    };
    match finding.verdict() {
        Verdict::Undetermined => return Some(undetermined(finding, bound, &noun, &format!("it reaches {floor}"))),
        Verdict::NotApplicable => {
            return Some(format!("{name} {} in {year}, so there is no {bare} to judge", nothing(what)));
        }
        Verdict::Pending => {
            let now = match (known_interval(finding), missing(finding)) {
                (Some(extent), _) => {
                    format!("; so far it is only known to lie {}", range(extent, bound, EN))
                }
                (None, Some(missing)) => format!("; not there yet: {missing}"),
                (None, None) => String::new(),
            };
            let by = finding.due().map_or_else(String::new, |due| format!("by {} ", date(due, EN)));
            return Some(format!("{noun} of {name} is not yet due; {by}it must be {floor}{now}"));
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
    let result = if met { "and reached" } else { "and not reached" };
    Some(format!("{noun} of {name} in {year} is {shown}; {floor} is required {result}{}", distance(finding, met)))
}

fn distance(finding: &Finding, met: bool) -> String {
    let Some(headroom) = finding.headroom() else { return String::new() };
    match (&headroom.value, met) {
        // A strict floor may be missed by nothing at all.
        (HeadroomValue::Points(points), false) if points.0 > 0 => {
            format!("; {} percentage points short", percent(**points, Decimal::ZERO, EN))
        }
        (HeadroomValue::Count(count), false) => match headroom.unit {
            Unit::Respondents => {
                format!(
                    "; {} needed",
                    counted(*count, "more satisfied respondent is", "more satisfied respondents are")
                )
            }
            Unit::OnlineDossiers => {
                format!(
                    "; {} needed",
                    counted(*count, "more dossier filed online is", "more dossiers filed online are")
                )
            }
            Unit::People => {
                format!("; {} meet them yet", counted(*count, "person does not", "people do not"))
            }
            _ => String::new(),
        },
        _ => String::new(),
    }
}

fn reduction(finding: &Finding) -> Option<String> {
    let Some(Required::Cut(required)) = finding.required() else { return None };
    let Cut { percent: least, cut: required, by, .. } = required.as_ref();
    let RuleKind::Reduction(rule) = finding.norm()?.kind() else { return None };
    let (noun, (one, many)) = match (rule.stock, rule.category) {
        (Stock::ServiceUnits, _) => ("the number of public service units".to_owned(), ("unit", "units")),
        (Stock::Headcount, category) => {
            let whose = match category {
                Some(StaffCategory::Employee) => "public employees paid from the state budget",
                _ => "cadres and civil servants",
            };
            let basis = if finding.takes("headcount_basis", "actual") { "actual staff" } else { "assigned quota" };
            (format!("the {basis} of {whose}"), ("post", "posts"))
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
            format!("{noun} must fall by at least {floor} by {}; not there yet for {name}: {missing}", date(*by, EN))
        } else {
            format!("there are not enough data to conclude; missing for {name}: {missing}")
        });
    };
    if base <= 0 {
        return Some(format!("{noun} was {} at the baseline: there is nothing to cut", integer(base, EN)));
    }
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
    let amount = integer(cut.saturating_abs(), EN);
    let share = percent((cut.saturating_abs().saturating_mul(100), base), *least, EN);
    let moved = match cut.signum() {
        1 => format!("{amount} fewer than {from}, a cut of {share}%"),
        0 => format!("no change from {from}"),
        _ => format!("{amount} more than {from}, a rise of {share}%"),
    };
    let start = format!("on {} {noun} was {}, {moved}", date(now.0, EN), integer(now.1.into(), EN));
    let required = (*required)?;
    let short = counted(required.saturating_sub(cut), one, many);
    Some(match finding.verdict() {
        Verdict::Met => {
            format!("{start}; the cut of at least {floor} ({}) is reached", counted(required, one, many))
        }
        Verdict::NotMet => format!("{start}; the cut of at least {floor} is missed by {short}"),
        Verdict::Undetermined => {
            let missing = missing(finding).unwrap_or_default();
            let name = &finding.subject().name;
            format!("{start}; there are not enough data to conclude; missing for {name}: {missing}")
        }
        _ => format!("{start}; {short} still to cut to reach at least {floor} by the end of {}", by.year()),
    })
}
