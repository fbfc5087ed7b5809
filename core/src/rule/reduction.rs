//! A stock falls by at least so many per cent of its baseline by the end of a year.

use rust_decimal::Decimal;

use super::case::{Case, Prepared};
use super::finding::{Cut, Finding, Headroom, HeadroomValue, Measured, Required, StockChange, Unit, Verdict};
use super::{Judgement, judged};
use crate::calendar::Period;
use crate::few::Few;
use crate::measure::missing::{Lacking, Missing};
use crate::measure::note::DataNote;
use crate::measure::stock::{self, Standing};
use crate::measure::ways::{ReductionRounding, Ways};
use crate::order::InOrder;
use crate::plan::kind::{Reduction, Stock};

pub(super) fn findings(case: &Case, rule: &Prepared<'_>, reduction: &Reduction, out: &mut Vec<Finding>) {
    let from = first_year(case, reduction);
    let Some(period) = Period::years(from, reduction.by) else { return };
    judged(case, rule, case.city_subject(), period, |ways| Some(judge(case, reduction, &period, ways)), out);
}

/// The first year of the period; the plan's own where the clause names none.
fn first_year(case: &Case, reduction: &Reduction) -> i32 {
    reduction.from.unwrap_or_else(|| case.first_year()).min(reduction.by)
}

fn judge<'l>(case: &'l Case, reduction: &Reduction, period: &Period, ways: &Ways) -> Judgement<'l> {
    let deadline = period.to();
    let standing =
        stock::standing(case.ledger(), reduction, period.from().year(), case.as_of().min(deadline), ways.known());
    let change = StockChange {
        baseline: standing.baseline.as_ref().map(|record| (record.date, record.count)),
        adjustment: standing.adjustment,
        now: standing.now.as_ref().map(|record| (record.date, record.count)),
    };
    let required = change.base().and_then(|base| posts(base, reduction.percent, ways.known().reduction_rounding));
    let over = case.as_of() > deadline;
    let fresh = change.now.is_some_and(|(date, _)| date.year() == deadline.year());
    let enough = change.cut().zip(required).map(|(cut, required)| cut >= required);
    let mut judgement = Judgement::bare(match enough {
        _ if change.base().is_some_and(|base| base <= 0) => Verdict::NotApplicable,
        Some(true) if !over || fresh => Verdict::Met,
        Some(false) if over && fresh => Verdict::NotMet,
        _ if over => Verdict::Undetermined,
        _ => Verdict::Pending,
    });
    judgement.missing = missing(case, reduction, period, &standing, over && !fresh, ways);
    judgement.notes = notes(&standing, over && !fresh);
    judgement.sources = standing.sources.into_iter().collect();
    judgement.due = Some(deadline);
    judgement.measured = (change.baseline.is_some() || change.now.is_some()).then_some(Measured::Stock(change));
    let years = i128::from(deadline.year().saturating_sub(period.from().year()).saturating_add(1));
    let pace = required.map(|required| (required, years));
    judgement.required =
        Some(Required::Cut(Box::new(Cut { percent: reduction.percent, cut: required, by: deadline, pace })));
    let judged = judgement.verdict != Verdict::NotApplicable;
    judgement.headroom = change.cut().zip(required).filter(|_| judged).map(|(cut, required)| {
        // To keep: one more than could be given back. To reach: what is still to cut.
        let distance =
            if cut >= required { cut.saturating_sub(required).saturating_add(1) } else { required.saturating_sub(cut) };
        Headroom { unit: unit(reduction.stock), value: HeadroomValue::Count(distance) }
    });
    judgement
}

/// The cut that a share of the base asks for, in whole posts: rounded up, or half up to the nearest.
pub(super) fn posts(base: i128, percent: Decimal, rounding: ReductionRounding) -> Option<i128> {
    let (p, q) = (percent.mantissa(), 10i128.checked_pow(percent.scale())?.checked_mul(100)?);
    let product = p.checked_mul(base)?;
    let added = match rounding {
        ReductionRounding::Exact => q.checked_sub(1)?,
        ReductionRounding::Nearest => q.checked_div(2)?,
    };
    Some(product.checked_add(added)?.div_euclid(q))
}

fn missing(
    case: &Case,
    reduction: &Reduction,
    period: &Period,
    standing: &Standing,
    stale: bool,
    ways: &Ways,
) -> Few<Missing> {
    let (baseline, current) = match reduction.stock {
        Stock::Headcount => (Lacking::BaselineHeadcount, Lacking::CurrentHeadcount),
        Stock::ServiceUnits => (Lacking::BaselineUnits, Lacking::CurrentUnits),
    };
    let mut missing = Few::default();
    if standing.baseline.is_none() {
        let window = stock::baseline_window(period.from().year(), ways.known().reduction_baseline);
        let period = window.and_then(|(_, eve)| Period::year(eve.year())).unwrap_or(*period);
        missing.push(Missing { what: baseline, field: None, period });
    }
    if standing.now.is_none() || stale {
        let year = case.as_of().year().min(period.to().year());
        let period = Period::year(year).unwrap_or(*period);
        missing.push(Missing { what: current, field: None, period });
    }
    missing
}

fn notes(standing: &Standing, stale: bool) -> Vec<DataNote> {
    let mut notes = Vec::new();
    if standing.adjustment != 0 {
        notes.push(DataNote::BaselineAdjusted { delta: standing.adjustment });
    }
    let records = [&standing.baseline, &standing.now];
    notes.extend(
        records.iter().filter_map(|record| record.as_ref()?.bodies.map(|bodies| DataNote::SummedOverBodies { bodies })),
    );
    notes.extend(records.iter().filter_map(|record| record.as_ref()).flat_map(|record| record.notes.iter().cloned()));
    if let (true, Some(now)) = (stale, &standing.now) {
        notes.push(DataNote::StaleRecord { date: now.date });
    }
    notes.order();
    notes.dedup();
    notes
}

fn unit(stock: Stock) -> Unit {
    match stock {
        Stock::Headcount => Unit::Posts,
        Stock::ServiceUnits => Unit::ServiceUnits,
    }
}
