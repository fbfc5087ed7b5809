//! Stocks that a reduction reduces: baseline, adjustments, and where they stand now.

use std::sync::Arc;

use time::{Date, Month};

use super::ledger::{Ledger, StockRecord, last_in};
use super::ways::{BaselineAdjustment, HeadcountBasis, Known, ReductionBaseline};
use crate::facts::{Basis, Category};
use crate::order::InOrder;
use crate::plan::kind::{Reduction, StaffCategory, Stock};

/// A stock at its baseline and now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    pub(crate) baseline: Option<StockRecord>,
    pub(crate) adjustment: i64,
    pub(crate) now: Option<StockRecord>,
    pub(crate) sources: Vec<Arc<str>>,
}

/// The times between which the baseline record is looked for.
pub(crate) fn baseline_window(period_from: i32, reading: ReductionBaseline) -> Option<(Date, Date)> {
    let last_day = |year| Date::from_calendar_date(year, Month::December, 31).ok();
    match reading {
        ReductionBaseline::EveOfPeriod => Some((Date::MIN, last_day(period_from.checked_sub(1)?)?)),
        ReductionBaseline::Year2021 => Some((Date::from_calendar_date(2021, Month::January, 1).ok()?, last_day(2021)?)),
    }
}

/// Where the stock of a reduction stands, with records up to `until` (the earlier of today and deadline).
pub(crate) fn standing(ledger: &Ledger, rule: &Reduction, period_from: i32, until: Date, known: Known) -> Standing {
    let Some((first, eve)) = baseline_window(period_from, known.reduction_baseline) else {
        return Standing::default();
    };
    match (rule.stock, rule.category) {
        (Stock::Headcount, Some(category)) => headcount(ledger, facts_category(category), first, eve, until, known),
        _ => service_units(ledger, first, eve, until),
    }
}

fn facts_category(category: StaffCategory) -> Category {
    match category {
        StaffCategory::Cadre => Category::Cadre,
        StaffCategory::Employee => Category::Employee,
    }
}

fn headcount(ledger: &Ledger, category: Category, first: Date, eve: Date, until: Date, known: Known) -> Standing {
    let basis = match known.headcount_basis {
        HeadcountBasis::Assigned => Basis::Assigned,
        HeadcountBasis::Actual => Basis::Actual,
    };
    let records = ledger.stocks.headcounts(category, basis);
    let baseline = last_in(records, first, eve.min(until)).cloned();
    // Without a baseline the latest record is shown all the same; it must only be later than its window.
    let after = baseline.as_ref().map_or(eve, |record| record.date);
    let now = after.next_day().and_then(|from| last_in(records, from, until)).cloned();
    let mut sources = sources_of(&[&baseline, &now]);
    let mut adjustment = 0i64;
    if known.baseline_adjustment == BaselineAdjustment::Adjusted
        && let (Some(baseline), Some(now)) = (&baseline, &now)
    {
        for added in ledger.stocks.adjustments(category, baseline.date, now.date) {
            adjustment = adjustment.saturating_add(added.delta);
            sources.extend(added.source.clone());
        }
    }
    sources.order();
    sources.dedup();
    Standing { baseline, adjustment, now, sources }
}

fn service_units(ledger: &Ledger, first: Date, eve: Date, until: Date) -> Standing {
    let baseline = ledger.stocks.units(first, eve.min(until));
    let after = baseline.as_ref().map_or(eve, |record| record.date);
    let now = after.next_day().filter(|from| *from <= until).and_then(|from| ledger.stocks.units(from, until));
    let sources = sources_of(&[&baseline, &now]);
    Standing { baseline, adjustment: 0, now, sources }
}

fn sources_of(records: &[&Option<StockRecord>]) -> Vec<Arc<str>> {
    records.iter().filter_map(|record| record.as_ref()?.source.clone()).collect()
}
