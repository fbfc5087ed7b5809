//! Shares of counts known between two ends, against every pair of counts that the ends allow.
#![allow(clippy::unwrap_used)]

use super::*;

/// So many stand for a count without bound.
const FAR: u64 = 60;

/// Every range of small counts, bounded or not.
fn ranges() -> impl Iterator<Item = Range> {
    (0..4).flat_map(|low| (low..5).map(Some).chain([None]).map(move |high| Range::new(low, high)))
}

fn counts(of: Range) -> std::ops::RangeInclusive<u64> {
    of.low..=of.high().unwrap_or(FAR)
}

/// The smallest and the largest of some shares; none where there are none.
fn ends(shares: Vec<Amount>) -> Option<(Amount, Amount)> {
    let low = shares.iter().copied().min_by(Amount::compare)?;
    Some((low, shares.iter().copied().max_by(Amount::compare)?))
}

/// An extent must end where the shares do; an end that they come near without bound is open.
fn holds(found: Extent, (low, high): (Amount, Amount), (open_low, open_high): (bool, bool), case: &str) {
    for end in [found.low, found.high] {
        assert!(end.amount.counts().is_none_or(|(_, whole)| whole > 0), "{case}: {found:?}");
    }
    let low = if open_low { Amount::ZERO } else { low };
    let high = if open_high { Amount::HUNDRED } else { high };
    assert!(found.low.amount.compare(&low).is_eq() && found.low.open == open_low, "{case}: {found:?}, from {low:?}");
    assert!(found.high.amount.compare(&high).is_eq() && found.high.open == open_high, "{case}: {found:?}, to {high:?}");
}

#[test]
fn a_share_in_a_whole_ends_where_what_it_may_be_ends() {
    for (part, whole) in ranges().flat_map(|part| ranges().map(move |whole| (part, whole))) {
        let case = format!("{part:?} in {whole:?}");
        let Some(found) = share(part, whole) else {
            assert_eq!(whole, Range::ZERO, "{case}");
            continue;
        };
        // A published total stands even where the part exceeds it.
        let slip = whole.known().is_some() && part.high().is_some();
        let of = |of: u64| {
            counts(part).filter(move |part| *part <= of || slip).map(move |part| Amount::Share { part, whole: of })
        };
        let Some((low, high)) = ends(counts(whole).filter(|whole| *whole > 0).flat_map(of).collect()) else { continue };
        // Where the whole may be nothing and the part is not, one of them is wrong and nothing is said from below.
        let low = if whole.low == 0 && part.low > 0 { Amount::ZERO } else { low };
        holds(found, (low, high), (whole.high().is_none() && part.low > 0, false), &case);
    }
}

#[test]
fn a_share_of_parts_ends_where_what_it_may_be_ends() {
    for (bad, good) in ranges().flat_map(|bad| ranges().map(move |good| (bad, good))) {
        let case = format!("{bad:?} beside {good:?}");
        let Some(found) = share_of_parts(bad, Rest::of(&good)) else {
            assert_eq!((bad, good), (Range::ZERO, Range::ZERO));
            continue;
        };
        // Where there may be nothing to take a share of, it may be nothing.
        let of = |part: u64, rest: u64| match part + rest {
            0 => Amount::ZERO,
            whole => Amount::Share { part, whole },
        };
        let all = counts(bad).flat_map(|part| counts(good).map(move |rest| of(part, rest)));
        let open = (good.high().is_none() && bad.low > 0, bad.high().is_none() && good.low > 0);
        holds(found, ends(all.collect()).unwrap(), open, &case);
    }
}

#[test]
fn parts_beyond_their_totals_leave_less_than_nothing() {
    let cases = ranges().flat_map(|bad| ranges().flat_map(move |good| (1..4u64).map(move |slip| (bad, good, slip))));
    for (bad, good, slip) in cases.filter(|(bad, good, slip)| bad.low + good.low > *slip) {
        let case = format!("{bad:?} beside {good:?} less {slip}");
        let less = Rest { low: -signed(slip), most: -signed(slip) };
        let found = share_of_parts(bad, Rest::of(&good).plus(&less)).unwrap();
        let of = |part: u64, rest: u64| Amount::Share { part, whole: part + rest - slip };
        let all = || counts(bad).flat_map(|part| counts(good).map(move |rest| of(part, rest)));
        if good.low >= slip {
            let open = (good.high().is_none() && bad.low > 0, bad.high().is_none() && good.low > slip);
            holds(found, ends(all().collect()).unwrap(), open, &case);
            continue;
        }
        // Some of it may be beyond its whole: of what is above 100 % only that is said.
        for share in all().filter(|share| share.compare(&Amount::HUNDRED).is_lt()) {
            assert!(found.low.amount.compare(&share).is_le() && found.high.amount.compare(&share).is_ge(), "{case}");
        }
        assert!(found.high.amount.compare(&Amount::HUNDRED).is_ge(), "{case}");
        let beyond = all().all(|share| share.compare(&Amount::HUNDRED).is_gt());
        assert!(!beyond || found.low.amount.compare(&Amount::HUNDRED).is_ge(), "{case}: {found:?}");
    }
}

#[test]
fn a_rest_is_what_a_known_total_leaves_for_good_or_ill() {
    let rest = |low, most| Rest { low, most };
    let beside = |part, whole| Rest::beside(&part, &whole, &Range::exactly(7));
    assert_eq!(beside(Range::exactly(3), Range::exactly(5)), rest(2, 2));
    assert_eq!(beside(Range::exactly(8), Range::exactly(5)), rest(-3, -3));
    // A part known between ends has no slip: what is told of it is within the total.
    assert_eq!(beside(Range::between(2, 8), Range::exactly(5)), rest(0, 3));
    assert_eq!(beside(Range::at_least(2), Range::exactly(5)), rest(0, 3));
    assert_eq!(beside(Range::exactly(3), Range::at_least(5)), rest(7, 7));
    let half = Decimal::new(50, 0);
    assert_eq!((rest(-3, -3).scaled(half), rest(-3, 5).scaled(half)), (rest(-2, -1), rest(-2, 3)));
    assert_eq!((rest(-3, -3).at_most_all(), rest(2, 5).at_most_all()), (rest(-3, 0), rest(0, 5)));
    assert_eq!(Rest::of(&Range::ANY).scaled(half), Rest::of(&Range::ANY));
    assert_eq!((rest(-2, -1).hull(&rest(-3, -3)), rest(0, 2).hull(&rest(4, 4))), (rest(-3, -1), rest(0, 4)));
    assert_eq!(rest(-3, -3).plus(&Rest::of(&Range::at_least(2))), rest(-1, i64::MAX));
}

#[test]
fn a_count_beyond_all_counts_is_no_bound() {
    assert_eq!((Range::exactly(7).known(), Range::exactly(7).high()), (Some(7), Some(7)));
    assert_eq!((Range::between(3, u64::MAX - 1).high(), Range::at_least(3).high()), (Some(u64::MAX - 1), None));
    // Nothing is decided by a number that only stands for none.
    assert_eq!((Range::exactly(u64::MAX).known(), Range::ANY.known()), (None, None));
    assert_eq!(Range::exactly(u64::MAX - 1).plus(&Range::exactly(1)), Range::at_least(u64::MAX));
}

/// A flow whose counts are all different.
fn numbered(first: u64) -> Flow {
    let next = std::cell::Cell::new(first);
    let count = || {
        next.set(next.get() + 1);
        Range::exactly(next.get())
    };
    Flow::NONE.each(|_| count(), |_| Rest::of(&count()))
}

/// Its counts of pending dossiers, and what it received.
fn of_pending_and_received(flow: &Flow) -> ([Range; 4], Rest) {
    ([flow.pending_in_time, flow.overdue, flow.pending, flow.received], flow.pending_untimely)
}

#[test]
fn what_is_pending_at_the_end_is_the_later_ones_and_flows_add_up() {
    let (first, later) = (numbered(100), numbered(200));
    let both = first.followed_by(&later);
    let mut sum = first.beside(&later);
    sum.received = first.received.plus(&later.fresh);
    sum.pending_in_time = later.pending_in_time;
    sum.overdue = later.overdue;
    sum.pending_untimely = later.pending_untimely;
    sum.pending = later.pending;
    assert_eq!(both, sum);
}

#[test]
fn who_takes_over_has_what_was_left_pending_counted_already() {
    let (own, before) = (numbered(200), numbered(100));
    let sum = before.beside(&own);
    for (begins_before, reaches) in [(false, false), (false, true), (true, false), (true, true)] {
        let found = own.taking_over(&before, begins_before, reaches);
        let received = if begins_before { sum.received } else { before.received.plus(&own.fresh) };
        let ([in_time, overdue, pending, _], untimely) = of_pending_and_received(if reaches { &own } else { &sum });
        assert_eq!(of_pending_and_received(&found), ([in_time, overdue, pending, received], untimely));
        assert_eq!((found.late, found.resolved, found.online), (sum.late, sum.resolved, sum.online));
    }
}

#[test]
fn parts_bound_a_share_whose_whole_may_be_nothing() {
    // 57 beside up to 10, of a whole of which nothing is known: at least 57 of 67.
    let (part, rest) = (Range::exactly(57), Rest::of(&Range::new(0, Some(10))));
    let found = share_with_rest(part, rest, Range::new(0, None)).unwrap();
    assert!(found.low.amount.compare(&Amount::Share { part: 57, whole: 67 }).is_eq(), "{found:?}");
    // Where parts may say less than nothing is left, they bound nothing.
    let found = share_with_rest(part, Rest { low: -1, most: 10 }, Range::new(0, None)).unwrap();
    assert!(found.low.amount.compare(&Amount::ZERO).is_eq(), "{found:?}");
}
