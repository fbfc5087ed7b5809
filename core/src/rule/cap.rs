//! When a condition holds, a rank or rating may not exceed a band.

use super::case::{Case, Prepared};
use super::finding::{Finding, Measured, Required, Unit, Verdict};
use super::{Judgement, headroom, instances, judged_by, ranked};
use crate::calendar::Period;
use crate::facts::FieldId;
use crate::measure::exact::Bound;
use crate::measure::ledger::Who;
use crate::measure::measurement::{Measurement, Value};
use crate::measure::ways::Ways;
use crate::measure::{late_share, online_share, satisfaction};
use crate::plan::kind::{Cap, CapUnder, Condition, MeasureId, RuleKind};

pub(super) fn findings(case: &Case, rule: &Prepared<'_>, cap: &Cap, out: &mut Vec<Finding>) {
    let instances = instances::instances(case, rule.rule);
    out.reserve(instances.len());
    for (who, year) in instances {
        let Some(subject) = case.subject_of(who) else { continue };
        let full = |ways: &Ways| Some(judge(case, cap, who, &year, ways));
        let short = |ways: &Ways, chosen: Verdict| {
            let same = alike(case, cap, year.from().year(), ways);
            Some(if same { chosen } else { verdict(case, cap, who, &year, ways) })
        };
        judged_by(case, rule, subject, year, &full, &short, out);
    }
}

/// The conditions that hold in a year under the chosen readings.
fn conditions<'r>(case: &Case, cap: &'r Cap, year: i32, ways: &Ways) -> &'r [Condition] {
    let applies = |under: &&CapUnder| {
        under.from.is_none_or(|from| year >= from)
            && ways.takes(case.plan(), under.reading.as_str(), under.option.as_str())
    };
    cap.under.iter().find(applies).map_or(&cap.when, |under| &under.when)
}

/// Whether a cap says the same in a year as under the chosen readings, whoever it is about: the same conditions apply, and
/// where these are on late dossiers a share of the same. Nothing else of the readings changes what is decided.
fn alike(case: &Case, cap: &Cap, year: i32, ways: &Ways) -> bool {
    let (taken, chosen) = (conditions(case, cap, year, ways), conditions(case, cap, year, case.ways()));
    let late = |condition: &Condition| condition.measure == MeasureId::LateShare;
    std::ptr::eq(taken, chosen)
        && (ways.known().late_denominator == case.ways().known().late_denominator || !taken.iter().any(late))
}

/// What the cap says of a subject in a year, with what it looked at.
pub(super) fn judge<'l>(case: &'l Case, cap: &Cap, who: Who, year: &Period, ways: &Ways) -> Judgement<'l> {
    let mut judgement = Judgement::bare(Verdict::Binding);
    judgement.verdict = decide(case, cap, who, year, ways, Some(&mut judgement));
    if matches!(judgement.verdict, Verdict::NotBinding | Verdict::NotApplicable) {
        // What is decided is not missing anything.
        judgement.missing.clear();
    }
    judgement
}

/// The same without what it looked at.
pub(super) fn verdict(case: &Case, cap: &Cap, who: Who, year: &Period, ways: &Ways) -> Verdict {
    decide(case, cap, who, year, ways, None)
}

/// Whether all conditions hold, as Kleene has it: one that does not settles it, whatever the others are.
fn decide<'l>(
    case: &'l Case,
    cap: &Cap,
    who: Who,
    year: &Period,
    ways: &Ways,
    mut judgement: Option<&mut Judgement<'l>>,
) -> Verdict {
    let mut all = Verdict::Binding;
    for condition in conditions(case, cap, year.from().year(), ways) {
        let judgement = judgement.as_deref_mut();
        let one = match condition.measure {
            MeasureId::Rank | MeasureId::AreaRank => ranked::condition(case, condition, who, year, judgement),
            _ => share(case, condition, who, year, ways, judgement),
        };
        match one {
            Verdict::Binding => {}
            Verdict::Undetermined => all = Verdict::Undetermined,
            settled => return settled,
        }
    }
    all
}

/// What one condition on a percentage says; what it looked at goes into the judgement.
fn share<'l>(
    case: &'l Case,
    condition: &Condition,
    who: Who,
    year: &Period,
    ways: &Ways,
    judgement: Option<&mut Judgement<'l>>,
) -> Verdict {
    let Some(bound) = bound(condition) else { return Verdict::Undetermined };
    let measurement = measure(case, condition, who, year, ways);
    let held = measurement.value.extent().map(|extent| (extent, bound.decide(&extent)));
    let verdict = match held {
        None => Verdict::NotApplicable,
        Some((_, Some(true))) => Verdict::Binding,
        Some((_, Some(false))) => Verdict::NotBinding,
        Some((_, None)) => Verdict::Undetermined,
    };
    let Some(judgement) = judgement else { return verdict };
    if let (Some((extent, _)), true) = (held, measurement.value != Value::Unknown) {
        judgement.measured = Some(Measured::Share(extent));
        judgement.headroom = match condition.measure {
            MeasureId::LateShare => headroom::late(&extent, &bound),
            MeasureId::Satisfaction => headroom::within(&extent, &bound, Unit::Respondents),
            _ => headroom::within(&extent, &bound, Unit::OnlineDossiers),
        };
    }
    if condition.measure == MeasureId::LateShare && judgement.measured.is_some() {
        judgement.notes.extend(late_share::as_counted(case.ledger(), who, year.from().year(), ways));
    }
    judgement.required = Some(Required::Share(bound));
    judgement.evidence = measurement.evidence;
    if verdict == Verdict::Undetermined {
        judgement.missing.extend(measurement.missing);
    }
    verdict
}

fn bound(condition: &Condition) -> Option<Bound> {
    let Condition { at_least, more_than, at_most, less_than, .. } = condition;
    at_least
        .map(Bound::AtLeast)
        .or_else(|| more_than.map(Bound::MoreThan))
        .or_else(|| at_most.map(Bound::AtMost))
        .or_else(|| less_than.map(Bound::LessThan))
}

fn measure<'l>(case: &'l Case, condition: &Condition, who: Who, year: &Period, ways: &Ways) -> Measurement<'l> {
    let ledger = case.ledger();
    match (condition.measure, who) {
        (MeasureId::LateShare, who) => late_share::late_share(ledger, who, year, ways.known().late_denominator),
        (MeasureId::Satisfaction, Who::Body(body)) => {
            let field = condition.field.as_deref().unwrap_or(FieldId::OVERALL);
            satisfaction::satisfaction(ledger, body, field, year)
        }
        (MeasureId::OnlineShare, who) => online_share::online_share(ledger, who, year),
        _ => Measurement { value: Value::Unknown, evidence: None, missing: None },
    }
}

/// The verdict of every cap of a scale on one subject in one year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdicts<'c> {
    pub(crate) rule: &'c crate::plan::Rule,
    pub(crate) cap: &'c Cap,
    pub(crate) verdict: Verdict,
}

/// Every cap on one subject in one year, judged under the chosen readings without making findings.
pub(crate) fn caps_of(case: &Case, who: Who, year: Period) -> impl Iterator<Item = Verdicts<'_>> {
    case.rules().filter_map(move |rule| {
        let RuleKind::Cap(cap) = rule.rule.kind() else { return None };
        let meant = instances::meant(case, rule.rule, who);
        meant.then(|| Verdicts { rule: rule.rule, cap, verdict: verdict(case, cap, who, &year, case.ways()) })
    })
}
