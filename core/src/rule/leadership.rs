//! First among its peers by a share; equal shares are shared firsts (1, 1, 3). Where the city's own is known as a published
//! percentage alone, it is compared as far as that tells.

use std::cmp::Ordering;

use super::case::{Case, Prepared};
use super::finding::{Finding, Headroom, HeadroomValue, Measured, Required, Unit, Verdict};
use super::{Judgement, judged};
use crate::calendar::Period;
use crate::facts::{ShareMeasure, TableName};
use crate::measure::exact::{Amount, Extent};
use crate::measure::ledger::{Payments, Who};
use crate::measure::missing::{Lacking, Missing};
use crate::plan::kind::Leadership;

pub(super) fn findings(case: &Case, rule: &Prepared<'_>, leadership: &Leadership, out: &mut Vec<Finding>) {
    for year in (leadership.from..=case.as_of().year()).filter_map(Period::year) {
        judged(case, rule, case.city_subject(), year, |_| Some(judge(case, &year)), out);
    }
}

/// Which of two shares is larger.
fn compare(a: (u64, u64), b: (u64, u64)) -> Ordering {
    let share = |(part, whole)| Amount::Share { part, whole };
    share(a).compare(&share(b))
}

/// The place of a share among its peers, how many have one, and the best of the others.
fn place(own: (u64, u64), peers: &[(u64, u64)]) -> (u32, u32, Option<(u64, u64)>) {
    // Where nothing was payable there is no share.
    let peers = || peers.iter().copied().filter(|(_, payable)| *payable > 0);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(1);
    let better = peers().filter(|peer| compare(*peer, own) == Ordering::Greater).count();
    (count(better), count(peers().count()), peers().max_by(|a, b| compare(*a, *b)))
}

fn judge<'l>(case: &'l Case, year: &Period) -> Judgement<'l> {
    let ledger = case.ledger();
    let complete = ledger.complete(TableName::OnlinePayments, None, None, year);
    let payments = ledger.ranks.payments(year.from().year());
    let mut judgement = Judgement::bare(Verdict::Pending);
    judgement.required = Some(Required::First);
    judgement.due = Some(year.to());
    judgement.sources = payments.into_iter().flat_map(|payments| payments.sources.iter().cloned()).collect();
    let own = payments.and_then(|payments| payments.own);
    let measure = ShareMeasure::OnlinePaymentShare;
    let published = |city| ledger.dossiers.share(measure, Who::Body(city), year.from().year());
    match (own, ledger.city.and_then(published)) {
        (Some((_, 0)), _) => judgement.verdict = Verdict::NotApplicable,
        (Some(own), _) => among(own, payments, complete, year, &mut judgement),
        (None, Some(share)) => {
            judgement.evidence = Some(&share.evidence);
            among_published(share.extent, payments, complete, year, &mut judgement);
        }
        (None, None) if complete => judgement.verdict = Verdict::NotApplicable,
        (None, None) => judgement.missing.push(Missing { what: Lacking::OwnPayments, field: None, period: *year }),
    }
    if judgement.verdict == Verdict::Pending && case.as_of() > year.to() {
        judgement.verdict = Verdict::Undetermined;
    }
    judgement
}

fn among(own: (u64, u64), payments: Option<&Payments>, complete: bool, year: &Period, judgement: &mut Judgement<'_>) {
    let peers = payments.map_or(&[][..], |payments| &payments.peers);
    let (place, of, best) = place(own, peers);
    judgement.measured = Some(Measured::Place { place, of, own, best });
    judgement.headroom = best.and_then(|best| headroom(own, best));
    if place > 1 {
        judgement.verdict = Verdict::NotMet;
    } else if complete {
        judgement.verdict = Verdict::Met;
    } else {
        judgement.missing.push(Missing { what: Lacking::PeerPayments, field: None, period: *year });
    }
}

/// The same of a share of which only a percentage is known.
fn among_published(
    own: Extent,
    payments: Option<&Payments>,
    complete: bool,
    year: &Period,
    judgement: &mut Judgement<'_>,
) {
    let peers = payments.map_or(&[][..], |payments| &payments.peers);
    let shares = || peers.iter().copied();
    // Where nothing was payable, nothing of it was paid online: 0 %.
    let against = |(part, whole), end: &Amount| Amount::Share { part, whole }.compare(end);
    let better = |peer| match against(peer, &own.high.amount) {
        Ordering::Equal => own.high.open,
        other => other == Ordering::Greater,
    };
    judgement.measured = Some(Measured::Share(own));
    if shares().any(better) {
        judgement.verdict = Verdict::NotMet;
    } else if !shares().all(|peer| against(peer, &own.low.amount).is_le()) {
        judgement.missing.push(Missing { what: Lacking::OwnPayments, field: None, period: *year });
    } else if complete {
        judgement.verdict = Verdict::Met;
    } else {
        judgement.missing.push(Missing { what: Lacking::PeerPayments, field: None, period: *year });
    }
}

/// How many more of one's own dossiers paid online reach the best of the others, or how many fewer lose the lead to it.
fn headroom(own: (u64, u64), best: (u64, u64)) -> Option<Headroom> {
    let ((part, whole), (best_part, best_whole)) = (own, best);
    // The least number paid online that is no worse than the best of the others.
    let product = i128::from(best_part).checked_mul(i128::from(whole))?;
    let over = i128::from(best_whole);
    let need = product.checked_add(over.checked_sub(1)?)?.checked_div(over)?;
    let part = i128::from(part);
    let value = if part >= need { part.checked_sub(need)?.checked_add(1)? } else { need.checked_sub(part)? };
    (need > 0).then_some(Headroom { unit: Unit::OnlinePayments, value: HeadroomValue::Count(value) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ties_share_the_first_place_and_the_next_is_skipped() {
        // The same share over different wholes.
        let (a, b, c) = ((1, 2), (50, 100), (1, 3));
        assert_eq!(place(a, &[b, c]), (1, 3, Some(b)));
        assert_eq!(place(b, &[a, c]), (1, 3, Some(a)));
        assert_eq!(place(c, &[a, b]).0, 3);
        assert_eq!(place(a, &[]), (1, 1, None));
        assert_eq!(place(a, &[(0, 0)]), (1, 1, None));
        assert_eq!(place((1, u64::MAX), &[(1, u64::MAX - 1)]).0, 2);
    }

    #[test]
    fn a_lead_over_nothing_is_not_lost() {
        assert_eq!(headroom((5, 10), (0, 10)), None);
        assert_eq!(headroom((5, 10), (1, 10)).map(|of| of.value), Some(HeadroomValue::Count(5)));
    }

    proptest! {
        #[test]
        fn headroom_is_the_smallest_change_that_turns(own in (0u64..60, 1u64..60), best in (0u64..60, 1u64..60)) {
            let (own, best) = ((own.0.min(own.1), own.1), (best.0.min(best.1), best.1));
            let first = |part: u64| place((part, own.1), &[best]).0 == 1;
            let brute = (1..=own.1).find(|k| {
                let up = (own.0 + k <= own.1).then(|| first(own.0 + k));
                let down = own.0.checked_sub(*k).map(first);
                up == Some(!first(own.0)) || down == Some(!first(own.0))
            });
            let found = headroom(own, best).map(|headroom| match headroom.value {
                HeadroomValue::Count(k) => k,
                _ => panic!("a count"),
            });
            prop_assert_eq!(found, brute.map(i128::from));
        }
    }
}
