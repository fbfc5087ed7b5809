//! Counts known between two ends: what the totals of a form leave open about its parts.

use rust_decimal::Decimal;

use super::exact::{Amount, End, Extent};
use crate::facts::{DossierCounts, Pending, Received, Resolved};

/// A count of at least `low` and, where it is bounded, at most `high()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) low: u64,
    /// `u64::MAX` stands for no bound, as no count is that large: the year of every person has sixteen of these.
    most: u64,
}

impl Range {
    pub(crate) const ZERO: Range = Range::exactly(0);
    pub(crate) const ANY: Range = Range::new(0, None);

    pub(crate) const fn new(low: u64, high: Option<u64>) -> Range {
        let most = match high {
            Some(high) => high,
            None => u64::MAX,
        };
        Range { low, most }
    }

    pub(crate) const fn exactly(count: u64) -> Range {
        Range::new(count, Some(count))
    }

    fn at_least(low: u64) -> Range {
        Range::new(low, None)
    }

    fn between(low: u64, high: u64) -> Range {
        Range::new(low, Some(high))
    }

    /// The most it can be, where it is bounded.
    pub(crate) fn high(&self) -> Option<u64> {
        (self.most < u64::MAX).then_some(self.most)
    }

    /// The count, where it is known.
    pub(crate) fn known(&self) -> Option<u64> {
        self.high().filter(|high| *high == self.low)
    }

    pub(crate) fn plus(&self, other: &Range) -> Range {
        let high = match (self.high(), other.high()) {
            (Some(a), Some(b)) => a.checked_add(b),
            _ => None,
        };
        Range::new(self.low.saturating_add(other.low), high)
    }

    /// `percent` of it, as far as whole things allow: known where that is a whole number, else between the two next.
    pub(crate) fn scaled(&self, percent: Decimal) -> Range {
        let over = |count: u64, up: bool| {
            let q = 10i128.checked_pow(percent.scale())?.checked_mul(100)?;
            let product = i128::from(count).checked_mul(percent.mantissa())?;
            let added = if up { q.checked_sub(1)? } else { 0 };
            u64::try_from(product.checked_add(added)?.checked_div(q)?).ok()
        };
        Range::new(over(self.low, false).unwrap_or(0), self.high().and_then(|high| over(high, true)))
    }

    /// Anything from nothing to all of it.
    pub(crate) fn at_most_all(&self) -> Range {
        Range { low: 0, ..*self }
    }

    /// What remains of a total when a part is taken away; never below nothing.
    fn minus(&self, part: &Range) -> Range {
        let low = part.high().map_or(0, |high| self.low.saturating_sub(high));
        Range::new(low, self.high().map(|high| high.saturating_sub(part.low)))
    }
}

/// What a total leaves beside a part, between two ends: below nothing where the part is published beyond its total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rest {
    low: i64,
    /// `i64::MAX` stands for no bound.
    most: i64,
}

impl Rest {
    pub(crate) const ZERO: Rest = Rest { low: 0, most: 0 };

    /// What `whole` leaves beside `part` where it is known; else what is told of the other part.
    fn beside(part: &Range, whole: &Range, told: &Range) -> Rest {
        let Some(whole) = whole.known() else { return Rest::of(told) };
        let less = |part: u64| signed(whole).saturating_sub(signed(part));
        // A part without bound may be all there is.
        let low = part.high().map_or(0, less);
        Rest { low: low.max(less(part.low).min(0)), most: less(part.low) }
    }

    fn of(range: &Range) -> Rest {
        Rest { low: signed(range.low), most: signed(range.most) }
    }

    /// The most it can be, where it is bounded.
    fn high(&self) -> Option<i64> {
        (self.most < i64::MAX).then_some(self.most)
    }

    /// Whether nothing is left, or less.
    pub(crate) fn is_nothing(&self) -> bool {
        self.most <= 0
    }

    pub(crate) fn plus(&self, other: &Rest) -> Rest {
        let most = match (self.high(), other.high()) {
            (Some(a), Some(b)) => a.saturating_add(b),
            _ => i64::MAX,
        };
        Rest { low: self.low.saturating_add(other.low), most }
    }

    /// From the least of both to the most of both: below nothing a part is more than the whole.
    fn hull(&self, other: &Rest) -> Rest {
        Rest { low: self.low.min(other.low), most: self.most.max(other.most) }
    }

    fn scaled(&self, percent: Decimal) -> Rest {
        let over = |count: i64, up: bool| {
            let q = 10i128.checked_pow(percent.scale())?.checked_mul(100)?;
            let product = i128::from(count).checked_mul(percent.mantissa())?;
            let added = if up { q.checked_sub(1)? } else { 0 };
            i64::try_from(product.checked_add(added)?.div_euclid(q)).ok()
        };
        let most = self.high().and_then(|high| over(high, true)).unwrap_or(i64::MAX);
        Rest { low: over(self.low, false).unwrap_or(self.low.min(0)), most }
    }

    /// Anything from nothing to all of it.
    fn at_most_all(&self) -> Rest {
        Rest { low: self.low.min(0), most: self.most.max(0) }
    }
}

/// What is beyond all counts has no bound.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The parts of a body's dossiers that measures read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flow {
    /// Received online in the period.
    pub(crate) online: Range,
    /// What the fresh ones leave beside those received online.
    pub(crate) offline: Rest,
    /// Received in the period, what was carried over aside.
    pub(crate) fresh: Range,
    /// Received with what was carried over: column 3 of form II.06a.
    pub(crate) received: Range,
    /// Resolved early or on time.
    pub(crate) in_time: Range,
    /// Resolved late.
    pub(crate) late: Range,
    /// What the total of resolved dossiers leaves beside the late ones.
    pub(crate) not_late: Rest,
    /// What it leaves beside those in time.
    pub(crate) untimely: Rest,
    /// Resolved.
    pub(crate) resolved: Range,
    /// Pending in time.
    pub(crate) pending_in_time: Range,
    /// Pending overdue.
    pub(crate) overdue: Range,
    /// What the total of pending dossiers leaves beside those in time.
    pub(crate) pending_untimely: Rest,
    /// Pending.
    pub(crate) pending: Range,
    /// Requests for more papers.
    pub(crate) requests: Range,
    /// Those of them made in writing.
    pub(crate) notices: Range,
    /// Apologies for dossiers resolved late.
    pub(crate) apologies: Range,
}

impl Flow {
    pub(crate) const NONE: Flow = Flow {
        online: Range::ZERO,
        offline: Rest::ZERO,
        fresh: Range::ZERO,
        received: Range::ZERO,
        in_time: Range::ZERO,
        late: Range::ZERO,
        not_late: Rest::ZERO,
        untimely: Rest::ZERO,
        resolved: Range::ZERO,
        pending_in_time: Range::ZERO,
        overdue: Range::ZERO,
        pending_untimely: Rest::ZERO,
        pending: Range::ZERO,
        requests: Range::ZERO,
        notices: Range::ZERO,
        apologies: Range::ZERO,
    };

    /// The parts of one record, each as far as the record's own totals bound it.
    pub(crate) fn of(received: Option<&Received>, resolved: Option<&Resolved>, pending: Option<&Pending>) -> Flow {
        let (online, offline, fresh, received) =
            received.map_or((Range::ANY, Rest::of(&Range::ANY), Range::ANY, Range::ANY), received_parts);
        let (in_time, late, resolved) = resolved.map_or((Range::ANY, Range::ANY, Range::ANY), |r| {
            let in_time = r.in_time.or_else(|| r.early?.checked_add(r.on_time?));
            let at_least = r.early.unwrap_or(0).saturating_add(r.on_time.unwrap_or(0));
            two_parts(in_time, at_least, r.late, r.total)
        });
        let (pending_in_time, overdue, pending) =
            pending.map_or((Range::ANY, Range::ANY, Range::ANY), |p| two_parts(p.in_time, 0, p.overdue, p.total));
        let (requests, notices, apologies) = (Range::ANY, Range::ANY, Range::ANY);
        // What the published total leaves comes first; parts may disagree with it.
        let not_late = Rest::beside(&late, &resolved, &in_time);
        let untimely = Rest::beside(&in_time, &resolved, &late);
        let pending_untimely = Rest::beside(&pending_in_time, &pending, &overdue);
        Flow {
            online,
            offline,
            fresh,
            received,
            in_time,
            late,
            not_late,
            untimely,
            resolved,
            pending_in_time,
            overdue,
            pending_untimely,
            pending,
            requests,
            notices,
            apologies,
        }
    }

    /// With what the record says of requests for more papers, notices and apologies.
    pub(crate) fn with_courtesy(self, record: &DossierCounts) -> Flow {
        let range = |count: Option<u64>| count.map_or(Range::ANY, Range::exactly);
        Flow {
            requests: range(record.supplement_requests),
            notices: range(record.supplement_notices),
            apologies: range(record.apologies),
            ..self
        }
    }

    /// Two sets of dossiers of one period side by side: of two fields, of two bodies.
    pub(crate) fn beside(&self, other: &Flow) -> Flow {
        Flow {
            online: self.online.plus(&other.online),
            offline: self.offline.plus(&other.offline),
            fresh: self.fresh.plus(&other.fresh),
            received: self.received.plus(&other.received),
            in_time: self.in_time.plus(&other.in_time),
            late: self.late.plus(&other.late),
            not_late: self.not_late.plus(&other.not_late),
            untimely: self.untimely.plus(&other.untimely),
            resolved: self.resolved.plus(&other.resolved),
            pending_in_time: self.pending_in_time.plus(&other.pending_in_time),
            overdue: self.overdue.plus(&other.overdue),
            pending_untimely: self.pending_untimely.plus(&other.pending_untimely),
            pending: self.pending.plus(&other.pending),
            requests: self.requests.plus(&other.requests),
            notices: self.notices.plus(&other.notices),
            apologies: self.apologies.plus(&other.apologies),
        }
    }

    /// The share of a body that a split gives to another, each count by itself.
    pub(crate) fn scaled(&self, percent: Decimal) -> Flow {
        self.each(|count| count.scaled(percent), |rest| rest.scaled(percent))
    }

    /// An unknown part of a body.
    pub(crate) fn at_most_all(&self) -> Flow {
        self.each(Range::at_most_all, Rest::at_most_all)
    }

    /// At least these and at most those: of a record that runs over the day of a split.
    pub(crate) fn up_to(&self, all: &Flow) -> Flow {
        let span = |low: Range, high: Range| Range { low: low.low.min(high.low), ..high };
        Flow {
            online: span(self.online, all.online),
            offline: self.offline.hull(&all.offline),
            fresh: span(self.fresh, all.fresh),
            received: span(self.received, all.received),
            in_time: span(self.in_time, all.in_time),
            late: span(self.late, all.late),
            not_late: self.not_late.hull(&all.not_late),
            untimely: self.untimely.hull(&all.untimely),
            resolved: span(self.resolved, all.resolved),
            pending_in_time: span(self.pending_in_time, all.pending_in_time),
            overdue: span(self.overdue, all.overdue),
            pending_untimely: self.pending_untimely.hull(&all.pending_untimely),
            pending: span(self.pending, all.pending),
            requests: span(self.requests, all.requests),
            notices: span(self.notices, all.notices),
            apologies: span(self.apologies, all.apologies),
        }
    }

    fn each(&self, change: impl Fn(&Range) -> Range, rest: impl Fn(&Rest) -> Rest) -> Flow {
        Flow {
            online: change(&self.online),
            offline: rest(&self.offline),
            fresh: change(&self.fresh),
            received: change(&self.received),
            in_time: change(&self.in_time),
            late: change(&self.late),
            not_late: rest(&self.not_late),
            untimely: rest(&self.untimely),
            resolved: change(&self.resolved),
            pending_in_time: change(&self.pending_in_time),
            overdue: change(&self.overdue),
            pending_untimely: rest(&self.pending_untimely),
            pending: change(&self.pending),
            requests: change(&self.requests),
            notices: change(&self.notices),
            apologies: change(&self.apologies),
        }
    }

    /// A body's own records beside those of the bodies it came of, which ended on the day before the last of `days`
    /// or earlier: flows add up. What the own records carried over is theirs where they begin before the first of
    /// `days`, else it is what the others left pending, counted there already; what is pending at the end is the own
    /// records' where they reach that far.
    pub(crate) fn taking_over(&self, before: &Flow, begins_before: bool, reaches: bool) -> Flow {
        let sum = before.beside(self);
        let received = if begins_before { sum.received } else { before.received.plus(&self.fresh) };
        let sum = Flow { received, ..sum };
        if reaches { sum.with_pending_of(self) } else { sum }
    }

    /// This period and a later one: flows add up, carried over is this one's, pending the later one's.
    pub(crate) fn followed_by(&self, later: &Flow) -> Flow {
        let received = self.received.plus(&later.fresh);
        Flow { received, ..self.beside(later) }.with_pending_of(later)
    }

    /// With what another has pending in place of this one's.
    pub(crate) fn with_pending_of(&self, other: &Flow) -> Flow {
        let Flow { pending_in_time, overdue, pending_untimely, pending, .. } = *other;
        Flow { pending_in_time, overdue, pending_untimely, pending, ..*self }
    }
}

/// Online, what the fresh ones leave beside those, fresh and in all, of the group "received".
fn received_parts(r: &Received) -> (Range, Rest, Range, Range) {
    let known = [r.online, r.direct, r.carried_over].iter().flatten().fold(0u64, |sum, n| sum.saturating_add(*n));
    let all = match (r.total, r.online, r.direct, r.carried_over) {
        (Some(total), ..) => Range::exactly(total),
        (None, Some(_), Some(_), Some(_)) => Range::exactly(known),
        _ => Range::at_least(known),
    };
    let parts = r.online.unwrap_or(0).saturating_add(r.direct.unwrap_or(0));
    let fresh = match (r.total, r.carried_over) {
        // The published total stands even where its parts disagree with it.
        (Some(total), Some(carried)) => Range::exactly(total.saturating_sub(carried)),
        _ if r.online.is_some() && r.direct.is_some() => {
            Range::exactly(r.total.map_or(parts, |total| parts.min(total)))
        }
        (Some(total), None) => Range::between(parts.min(total), total),
        (None, _) => Range::at_least(parts),
    };
    let online = match (r.online, r.direct) {
        (Some(online), _) => Range::exactly(online),
        (None, direct) => fresh.minus(&direct.map_or(Range::ANY, Range::exactly)),
    };
    let told = match (r.total, r.direct) {
        (Some(total), Some(direct)) => Range::exactly(direct.min(total)),
        // What was carried over is not known, but no more than the total came in beside those online.
        (Some(_), None) => all.minus(&online).at_most_all(),
        (None, direct) => direct.map_or(Range::ANY, Range::exactly),
    };
    let offline = Rest::beside(&online, &fresh, &told);
    (online, offline, fresh, all)
}

/// A group of two parts and a total. `at_least` is what is known of the first part where it is not whole.
fn two_parts(first: Option<u64>, at_least: u64, second: Option<u64>, total: Option<u64>) -> (Range, Range, Range) {
    let lows = (first.unwrap_or(at_least), second.unwrap_or(0));
    let sum = lows.0.saturating_add(lows.1);
    let all = match (total, first, second) {
        (Some(total), ..) => Range::exactly(total),
        (None, Some(_), Some(_)) => Range::exactly(sum),
        _ => Range::at_least(sum),
    };
    let part = |own: Option<u64>, low: u64, other: Option<u64>, other_low: u64| match (own, total, other) {
        (Some(own), ..) => Range::exactly(own),
        // What is told of a part stands even where it is more than the total leaves it, as a part told whole does.
        (None, Some(total), Some(other)) => Range::exactly(total.saturating_sub(other).max(low)),
        (None, Some(total), None) => {
            let high = total.saturating_sub(other_low);
            Range::between(low, high.max(low))
        }
        (None, None, _) => Range::at_least(low),
    };
    (part(first, lows.0, second, lows.1), part(second, lows.1, first, lows.0), all)
}

/// The share of `part` in `whole` as an extent; `None` where the whole is known to be nothing.
///
/// Without a known whole the part is taken to be within it.
pub(crate) fn share(part: Range, whole: Range) -> Option<Extent> {
    if whole.known() == Some(0) {
        return None;
    }
    if let (Some(part), Some(whole)) = (part.known(), whole.known()) {
        return Some(Extent::exactly(Amount::Share { part, whole }));
    }
    let low = match whole.high() {
        // Where the whole may be nothing, a part that is not says no more than that: the slip may be the part's.
        Some(most) if whole.low > 0 || part.low == 0 => Amount::Share { part: part.low, whole: most },
        _ => Amount::ZERO,
    };
    // Its published total is taken even where a part exceeds it.
    let told = whole.high().is_some_and(|all| all == whole.low || all < part.low);
    let high = match part.high() {
        Some(most) if whole.low > 0 && (most <= whole.low || told) => Amount::Share { part: most, whole: whole.low },
        Some(0) => Amount::ZERO,
        _ => Amount::HUNDRED,
    };
    // A part above nothing in a whole without bound comes near 0 % but is never it.
    let open = whole.high().is_none() && part.low > 0;
    Some(Extent { low: End { amount: low, open }, high: End { amount: high, open: false } })
}

/// The share of `part` in `whole`, of which `rest` is what remains: as far as the totals or the parts bound it.
pub(crate) fn share_with_rest(part: Range, rest: Rest, whole: Range) -> Option<Extent> {
    let by_total = share(part, whole)?;
    // Where totals are contradicted there may be nothing to take a share of, as far as they say.
    if whole.known().is_some() || (whole.low == 0 && rest.low < 0) {
        return Some(by_total);
    }
    let by_parts = share_of_parts(part, rest);
    Some(by_parts.and_then(|by_parts| by_total.intersection(&by_parts)).unwrap_or(by_total))
}

/// The share of `bad` in `bad + good`.
fn share_of_parts(bad: Range, good: Rest) -> Option<Extent> {
    if bad.known() == Some(0) && good == Rest::ZERO {
        return None;
    }
    let share = |part: u64, rest: i64| match part.saturating_add_signed(rest) {
        0 => None,
        whole => Some(Amount::Share { part, whole }),
    };
    let low = match good.high() {
        None => Amount::ZERO,
        Some(rest) if rest >= 0 => share(bad.low, rest).unwrap_or(Amount::ZERO),
        // Beyond its whole, however much of it there is.
        Some(_) => Amount::HUNDRED,
    };
    let high = match bad.high() {
        // The less there is of it, the further it is beyond its whole.
        _ if good.low < 0 => share(bad.low, good.low).unwrap_or(Amount::HUNDRED),
        Some(0) => Amount::ZERO,
        Some(most) => share(most, good.low).unwrap_or(Amount::HUNDRED),
        None => Amount::HUNDRED,
    };
    let open_low = good.high().is_none() && bad.low > 0;
    let open_high = bad.high().is_none() && good.low > 0;
    Some(Extent { low: End { amount: low, open: open_low }, high: End { amount: high, open: open_high } })
}

#[cfg(test)]
#[path = "range_tests.rs"]
mod tests;
