//! A measure reaches a floor from a year on.

use super::case::{Case, Prepared};
use super::finding::{Finding, Measured, Required, Unit, Verdict};
use super::{Judgement, headroom, judged};
use crate::calendar::Period;
use crate::facts::FieldId;
use crate::measure::exact::{Amount, Bound};
use crate::measure::ledger::Who;
use crate::measure::measurement::{Measurement, Value};
use crate::measure::missing::{Lacking, Missing};
use crate::measure::note::DataNote;
use crate::measure::ways::{BetweenMilestones, SatisfactionFields, Ways};
use crate::measure::{late_share, online_share, satisfaction, title_standards};
use crate::order::InOrder;
use crate::plan::kind::{Level, MeasureId, Step};
use crate::plan::registry::BodyIx;

pub(super) fn findings(case: &Case, rule: &Prepared<'_>, level: &Level, out: &mut Vec<Finding>) {
    let Some(first) = level.steps.iter().map(|step| step.from).min() else { return };
    let mut judge = |year: i32| {
        let Some(period) = Period::year(year) else { return };
        judged(case, rule, case.city_subject(), period, |ways| judge(case, rule, level, &period, ways), out);
    };
    (first..=case.as_of().year()).for_each(&mut judge);
    let next =
        steps(case, level, case.ways()).iter().map(|step| step.from).filter(|from| *from > case.as_of().year()).min();
    next.into_iter().for_each(judge);
}

/// The floors under the chosen readings.
fn steps<'r>(case: &Case, level: &'r Level, ways: &Ways) -> &'r [Step] {
    let under = level.under.iter().find(|under| ways.takes(case.plan(), under.reading.as_str(), under.option.as_str()));
    under.map_or(&level.steps, |under| &under.steps)
}

/// The floor of a year: that of the last step whose year has come.
fn floor(case: &Case, rule: &Prepared<'_>, level: &Level, year: i32, ways: &Ways) -> Option<Bound> {
    let step = steps(case, level, ways).iter().filter(|step| step.from <= year).max_by_key(|step| step.from)?;
    let posed = rule.ground.readings.iter().any(|key| key.as_str() == "between_milestones");
    if posed && ways.known().between_milestones == BetweenMilestones::MilestoneOnly && step.from != year {
        return None;
    }
    step.at_least.map(Bound::AtLeast).or_else(|| step.more_than.map(Bound::MoreThan))
}

fn judge<'l>(case: &'l Case, rule: &Prepared<'_>, level: &Level, year: &Period, ways: &Ways) -> Option<Judgement<'l>> {
    let bound = floor(case, rule, level, year.from().year(), ways)?;
    let mut judgement = Judgement::bare(Verdict::Pending);
    judgement.required = Some(Required::Share(bound));
    judgement.due = Some(year.to());
    if year.from() > case.as_of() {
        return Some(judgement);
    }
    let value = measure(case, level, year, ways, &mut judgement);
    let Some(extent) = value.extent() else {
        judgement.verdict = Verdict::NotApplicable;
        return Some(judgement);
    };
    if value != Value::Unknown {
        judgement.measured = Some(Measured::Share(extent));
        judgement.headroom = headroom::within(&extent, &bound, unit(level.measure));
    }
    judgement.verdict = match bound.decide(&extent) {
        Some(true) => Verdict::Met,
        Some(false) => Verdict::NotMet,
        None if case.as_of() <= year.to() => Verdict::Pending,
        None => Verdict::Undetermined,
    };
    if matches!(judgement.verdict, Verdict::Met | Verdict::NotMet) {
        // What is decided is not missing anything.
        judgement.missing.clear();
    }
    Some(judgement)
}

/// What the level's measure is in a year, where it is known exactly.
pub(crate) fn value(case: &Case, level: &Level, year: &Period) -> Option<Amount> {
    measure(case, level, year, case.ways(), &mut Judgement::bare(Verdict::Pending)).extent()?.value()
}

/// The measure of the territory in a year, with what it rests on.
fn measure<'l>(case: &'l Case, level: &Level, year: &Period, ways: &Ways, judgement: &mut Judgement<'l>) -> Value {
    let ledger = case.ledger();
    let Some(city) = ledger.city else { return Value::Unknown };
    let field = level.field.as_deref().unwrap_or(FieldId::OVERALL);
    let measurement = match level.measure {
        MeasureId::Satisfaction
            if level.field.is_some() && ways.known().satisfaction_fields == SatisfactionFields::Pooled =>
        {
            return pooled(case, city, year, judgement);
        }
        MeasureId::Satisfaction => satisfaction::satisfaction(ledger, city, field, year),
        MeasureId::OnlineShare => online_share::online_share(ledger, Who::Body(city), year),
        MeasureId::LateShare => {
            let who = Who::Body(city);
            judgement.notes.extend(late_share::as_counted(ledger, who, year.from().year(), ways));
            late_share::late_share(ledger, who, year, ways.known().late_denominator)
        }
        MeasureId::TitleStandards => return titles(case, year, judgement),
        MeasureId::OnlinePaymentShare | MeasureId::Rank | MeasureId::AreaRank => {
            Measurement { value: Value::Unknown, evidence: None, missing: None }
        }
    };
    judgement.evidence = measurement.evidence;
    judgement.missing.extend(measurement.missing);
    measurement.value
}

fn pooled(case: &Case, city: BodyIx, year: &Period, judgement: &mut Judgement<'_>) -> Value {
    let (value, missing) = satisfaction::pooled(case.ledger(), city, case.survey_fields(), year);
    judgement.missing.extend(missing);
    if value != Value::Unknown {
        for evidence in satisfaction::pooled_evidence(case.ledger(), city, case.survey_fields(), year) {
            judgement.notes.extend(evidence.notes.iter().cloned());
            judgement.sources.extend(evidence.sources.iter().cloned());
        }
        judgement.notes.order();
        judgement.notes.dedup();
        judgement.sources.order();
        judgement.sources.dedup();
    }
    value
}

fn titles(case: &Case, year: &Period, judgement: &mut Judgement<'_>) -> Value {
    let (value, record) = title_standards::title_standards(case.ledger(), year, case.as_of());
    match record {
        None => judgement.missing.push(Missing { what: Lacking::TitleStandards, field: None, period: *year }),
        Some(record) => {
            judgement.sources.extend(record.sources.iter().cloned());
            judgement.notes.extend(record.notes.iter().cloned());
            judgement.notes.extend(record.bodies.map(|bodies| DataNote::SummedOverBodies { bodies }));
        }
    }
    value
}

fn unit(measure: MeasureId) -> Unit {
    match measure {
        MeasureId::Satisfaction => Unit::Respondents,
        MeasureId::TitleStandards => Unit::People,
        _ => Unit::OnlineDossiers,
    }
}
