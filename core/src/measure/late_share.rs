//! The share of dossiers that are late (tỷ lệ hồ sơ trễ hạn), by reading `late_denominator`.

use super::exact::{Amount, End, Extent};
use super::ledger::{DossierYear, Ledger, Who};
use super::measurement::{Measurement, Value};
use super::missing::{Lacking, Missing};
use super::note::DataNote;
use super::range::{Flow, Range, share, share_with_rest};
use super::ways::{LateDenominator, RepeatSupplement, Ways};
use crate::calendar::Period;
use crate::facts::{ShareMeasure, TableName};

/// The late share of a body or person in a year.
///
/// Counts come first; a published percentage narrows what they leave open, or stands alone.
pub(crate) fn late_share<'l>(
    ledger: &'l Ledger,
    who: Who,
    year: &Period,
    denominator: LateDenominator,
) -> Measurement<'l> {
    let of = year.from().year();
    let counts = ledger.dossiers.counts(who, of);
    let published = ledger.dossiers.share(ShareMeasure::LateShare, who, of);
    let missing = || Some(Missing { what: Lacking::LateShare, field: None, period: *year });
    let Some(DossierYear { flow, evidence }) = counts else {
        return match published {
            Some(published) => Measurement {
                value: Value::Within(published.extent),
                evidence: Some(&published.evidence),
                missing: published.extent.value().is_none().then(missing).flatten(),
            },
            None if none_listed(ledger, who, year) => {
                Measurement { value: Value::Nothing, evidence: None, missing: None }
            }
            None => Measurement { value: Value::Unknown, evidence: None, missing: missing() },
        };
    };
    if let Some(own) = published.filter(|_| evidence.is_sum()) {
        // A figure of its own comes before a sum over bodies.
        let missing = own.extent.value().is_none().then(missing).flatten();
        return Measurement { value: Value::Within(own.extent), evidence: Some(&own.evidence), missing };
    }
    if let Some(apart) = ledger.dossiers.apart(ShareMeasure::LateShare, who, of) {
        // Some of the bodies it came of published percentages alone: the whole lies between these and the counts.
        let hull = of_flow(flow, denominator).map_or(apart.extent, |extent| extent.hull(&apart.extent));
        let missing = hull.value().is_none().then(missing).flatten();
        return Measurement { value: Value::Within(hull), evidence: Some(&apart.evidence), missing };
    }
    let Some(extent) = of_flow(flow, denominator) else {
        return Measurement { value: Value::Nothing, evidence: Some(evidence), missing: None };
    };
    if extent.value().is_some() {
        return Measurement { value: Value::Within(extent), evidence: Some(evidence), missing: None };
    }
    if let Some(published) = published
        && let Some(both) = extent.intersection(&published.extent)
    {
        let missing = both.value().is_none().then(missing).flatten();
        return Measurement { value: Value::Within(both), evidence: Some(&published.evidence), missing };
    }
    Measurement { value: Value::Within(extent), evidence: Some(evidence), missing: missing() }
}

/// That dossiers with repeated requests for more papers are late only where they were counted so, where the reading asks for
/// it and the records do not rule out that there are such.
pub(crate) fn as_counted(ledger: &Ledger, who: Who, year: i32, ways: &Ways) -> Option<DataNote> {
    let none = |of: &DossierYear| of.flow.requests.high().is_some_and(|requests| requests <= 1);
    let asked = ways.known().repeat_supplement == RepeatSupplement::Late;
    (asked && !ledger.dossiers.counts(who, year).is_some_and(none)).then_some(DataNote::RepeatsAsCounted)
}

/// Whether the facts say that there were no dossiers: the table lists everything, and nothing of this.
pub(super) fn none_listed(ledger: &Ledger, who: Who, year: &Period) -> bool {
    let body = match who {
        Who::Body(body) => Some(body),
        Who::Person(_) | Who::Collective(_) => None,
    };
    // The city's figure is the sum over bodies where it has none of its own: over no records, nothing.
    ledger.complete(TableName::DossierCounts, None, body, &ledger.so_far(year))
}

/// The share in a set of dossiers; `None` where there are none to take a share of.
pub(crate) fn of_flow(flow: &Flow, denominator: LateDenominator) -> Option<Extent> {
    match denominator {
        LateDenominator::Resolved => share_with_rest(flow.late, flow.not_late, flow.resolved),
        LateDenominator::Due => due(flow),
        LateDenominator::Received => share(flow.late.plus(&flow.overdue), flow.received),
        LateDenominator::Portal => portal(flow),
    }
}

/// (late + overdue) / (resolved + overdue): what is overdue stands on both sides.
fn due(flow: &Flow) -> Option<Extent> {
    let all = flow.resolved.plus(&flow.overdue);
    let (Some(resolved), Some(most_late)) = (flow.resolved.known(), flow.late.high()) else {
        return share_with_rest(flow.late.plus(&flow.overdue), flow.not_late, all);
    };
    if all.low == 0 {
        // Nothing resolved and perhaps nothing overdue: either there is nothing to take a share of, or all of
        // it is late. Nothing is decided.
        return (all.high() != Some(0)).then_some(Extent::UNKNOWN);
    }
    // The share only moves with what is overdue: nearer to 100 %, the more there is of it, also from beyond by a slip.
    let with = |late: u64, overdue: u64| {
        let (part, whole) = (late.saturating_add(overdue), resolved.saturating_add(overdue));
        share(Range::exactly(part), Range::exactly(whole))
    };
    let most_overdue = |late: u64| match flow.overdue.high() {
        Some(overdue) => with(late, overdue),
        None => Some(approached(resolved != late)),
    };
    let least_overdue = |late: u64| with(late, flow.overdue.low);
    let low = if flow.late.low <= resolved { least_overdue(flow.late.low) } else { most_overdue(flow.late.low) };
    let high = if most_late <= resolved { most_overdue(most_late) } else { least_overdue(most_late) };
    Some(Extent { low: low?.low, high: high?.high })
}

/// 100 % as the end of a share whose part has no bound: never reached where something is not part of it.
fn approached(open: bool) -> Extent {
    let hundred = End { amount: Amount::HUNDRED, open };
    Extent { low: hundred, high: hundred }
}

/// 1 - (in time + pending in time) / (resolved + pending).
fn portal(flow: &Flow) -> Option<Extent> {
    let all = flow.resolved.plus(&flow.pending);
    let (good, bad) = (flow.in_time.plus(&flow.pending_in_time), flow.untimely.plus(&flow.pending_untimely));
    if bad.is_nothing() && all.known() != Some(0) {
        // Of a whole that is known, so that headroom can be counted.
        let of_whole = |whole| Amount::Share { part: 0, whole };
        return Some(Extent::exactly(all.known().map_or(Amount::ZERO, of_whole)));
    }
    if all.low == 0 && good.high() == Some(0) && all.known().is_none() {
        // Perhaps there is nothing to take a share of.
        return Some(Extent::UNKNOWN);
    }
    Some(share_with_rest(good, bad, all)?.complement())
}

#[cfg(test)]
#[path = "late_share_tests.rs"]
mod tests;
