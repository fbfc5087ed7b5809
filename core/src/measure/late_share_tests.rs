//! The share of what is due, against every number that may be overdue.
#![allow(clippy::unwrap_used)]

use super::*;

/// So many stand for a count without bound.
const FAR: u64 = 60;

fn found(late: u64, resolved: u64, overdue: Range) -> Option<Extent> {
    let flow = Flow { late: Range::exactly(late), resolved: Range::exactly(resolved), overdue, ..Flow::NONE };
    of_flow(&flow, LateDenominator::Due)
}

#[test]
fn of_what_is_due_it_ends_where_what_may_be_overdue_ends() {
    let ranges = (0..4u64).flat_map(|low| (low..5).map(Some).chain([None]).map(move |high| Range::new(low, high)));
    let cases = ranges.flat_map(|overdue| (0..6).flat_map(move |late| (0..6).map(move |of| (late, of, overdue))));
    // More late than nothing resolved: of that slip nothing is said here.
    for (late, resolved, overdue) in cases.filter(|(late, resolved, _)| *late == 0 || *resolved > 0) {
        let case = format!("{late} of {resolved}, {overdue:?} overdue");
        let all = (overdue.low..=overdue.high().unwrap_or(FAR)).filter(|overdue| resolved + overdue > 0);
        let shares = all.map(|overdue| Amount::Share { part: late + overdue, whole: resolved + overdue });
        let shares: Vec<Amount> = shares.collect();
        let Some(extent) = found(late, resolved, overdue) else {
            assert!(shares.is_empty(), "{case}");
            continue;
        };
        let low = shares.iter().copied().min_by(Amount::compare).unwrap();
        let high = shares.iter().copied().max_by(Amount::compare).unwrap();
        // Without bound all that is due comes near 100 %, from below or, by a slip, from above.
        let (open_low, open_high) = match overdue.high() {
            Some(_) => (false, false),
            None => (late > resolved, late < resolved),
        };
        // Where there may be nothing to take a share of, nothing is decided.
        let low = if resolved + overdue.low == 0 { Amount::ZERO } else { low };
        let low = if open_low { Amount::HUNDRED } else { low };
        let high = if open_high { Amount::HUNDRED } else { high };
        assert!(extent.low.amount.compare(&low).is_eq() && extent.low.open == open_low, "{case}: {extent:?}");
        assert!(extent.high.amount.compare(&high).is_eq() && extent.high.open == open_high, "{case}: {extent:?}");
    }
}
