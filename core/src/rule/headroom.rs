//! How far a subject is from the other verdict, in closed form.

use rust_decimal::Decimal;

use super::finding::{Headroom, HeadroomValue, Unit};
use crate::measure::exact::{Amount, Bound, Extent};

/// The smallest number of `part` that satisfies a floor over `whole`: at least or more than `percent`.
pub(super) fn needed(whole: i128, percent: Decimal, strict: bool) -> Option<i128> {
    let (p, q) = (percent.mantissa(), 10i128.checked_pow(percent.scale())?.checked_mul(100)?);
    let product = p.checked_mul(whole)?;
    let floor = product.checked_div(q)?;
    let whole_number = product.checked_rem(q)? == 0;
    if whole_number && !strict { Some(floor) } else { floor.checked_add(1) }
}

/// What a bound asks of larger values: whether it is a floor to them and whether it is strict. The bound
/// "at most" turns where "more than" begins.
fn turning(bound: &Bound) -> (Decimal, bool) {
    match bound {
        Bound::AtLeast(t) | Bound::LessThan(t) => (*t, false),
        Bound::MoreThan(t) | Bound::AtMost(t) => (*t, true),
    }
}

/// Headroom of a share whose whole stays and whose parts change sides; in percentage points where no
/// counts are known. `None` where the share is not one known value.
pub(super) fn within(extent: &Extent, bound: &Bound, unit: Unit) -> Option<Headroom> {
    let amount = extent.value()?;
    let (threshold, strict) = turning(bound);
    let Amount::Share { part, whole } = amount else { return points(&amount, threshold) };
    let (part, whole) = (i128::from(part), i128::from(whole));
    let need = needed(whole, threshold, strict)?;
    let value = if part >= need { part.checked_sub(need)?.checked_add(1)? } else { need.checked_sub(part)? };
    // A verdict that no number of these could turn has no headroom.
    (need <= whole && need > 0).then_some(Headroom { unit, value: HeadroomValue::Count(value) })
}

/// The distance to the threshold in percentage points.
fn points(amount: &Amount, threshold: Decimal) -> Option<Headroom> {
    let (value, over) = amount.ratio();
    let scale = 10i128.checked_pow(threshold.scale())?;
    let distance = value.checked_mul(scale)?.checked_sub(threshold.mantissa().checked_mul(over)?)?;
    let value = HeadroomValue::Points(Box::new((distance.checked_abs()?, over.checked_mul(scale)?)));
    Some(Headroom { unit: Unit::PercentagePoints, value })
}

/// Headroom of a late share: further dossiers resolved late until the bound is reached, or further ones
/// resolved in time until it no longer is. Each of them joins the whole.
pub(super) fn late(extent: &Extent, bound: &Bound) -> Option<Headroom> {
    let amount = extent.value()?;
    let (threshold, strict) = turning(bound);
    let Amount::Share { part, whole } = amount else { return points(&amount, threshold) };
    let (part, whole) = (i128::from(part), i128::from(whole));
    let (p, q) = (threshold.mantissa(), 10i128.checked_pow(threshold.scale())?.checked_mul(100)?);
    // Above the threshold while q * part - p * whole is positive, or not negative where it is not strict.
    let excess = q.checked_mul(part)?.checked_sub(p.checked_mul(whole)?)?;
    let least = if strict { 1 } else { 0 };
    if excess >= least {
        // Each timely dossier takes p away; it must fall below `least`.
        let value = excess.checked_sub(least)?.checked_div(p)?.checked_add(1)?;
        Some(Headroom { unit: Unit::TimelyDossiers, value: HeadroomValue::Count(value) })
    } else {
        // Each late dossier adds q - p; it must reach `least`.
        let each = q.checked_sub(p).filter(|each| *each > 0)?;
        let short = least.checked_sub(excess)?;
        let value = short.checked_add(each)?.checked_sub(1)?.checked_div(each)?;
        Some(Headroom { unit: Unit::LateDossiers, value: HeadroomValue::Count(value) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bounds(tenths: i64) -> [Bound; 4] {
        let t = Decimal::new(tenths, 1);
        [Bound::AtLeast(t), Bound::MoreThan(t), Bound::AtMost(t), Bound::LessThan(t)]
    }

    fn share(part: u64, whole: u64) -> Amount {
        Amount::Share { part, whole }
    }

    #[test]
    fn a_verdict_that_nothing_turns_has_no_headroom() {
        let (none, all) = (Decimal::ZERO, Decimal::ONE_HUNDRED);
        let within =
            |part, bound| within(&Extent::exactly(share(part, 10)), &bound, Unit::Respondents).map(|of| of.value);
        // At least nothing and more than all never turn; at least all and more than nothing do.
        assert_eq!((within(3, Bound::AtLeast(none)), within(3, Bound::MoreThan(all))), (None, None));
        assert_eq!(within(3, Bound::AtLeast(all)), Some(HeadroomValue::Count(7)));
        assert_eq!(within(3, Bound::MoreThan(none)), Some(HeadroomValue::Count(3)));
        let late = |part, bound| late(&Extent::exactly(share(part, 10)), &bound).map(|of| of.value);
        // One is late for good; and where none is, the next one is more than nothing.
        assert_eq!(late(1, Bound::MoreThan(none)), None);
        assert_eq!(late(0, Bound::MoreThan(none)), Some(HeadroomValue::Count(1)));
        assert_eq!(late(3, Bound::AtLeast(all)), None);
    }

    proptest! {
        #[test]
        fn late_headroom_is_the_smallest_change_that_turns(whole in 1u64..400, part in 0u64..400, tenths in 1i64..999) {
            let part = part.min(whole);
            for bound in bounds(tenths) {
                let now = bound.holds(&share(part, whole));
                let found = late(&Extent::exactly(share(part, whole)), &bound).unwrap();
                let HeadroomValue::Count(k) = found.value else { panic!("counts are known") };
                let after = |k: u64| match found.unit {
                    Unit::LateDossiers => bound.holds(&share(part + k, whole + k)),
                    _ => bound.holds(&share(part, whole + k)),
                };
                let brute = (1..=500_000u64).find(|k| after(*k) != now);
                prop_assert_eq!(brute.map(i128::from), Some(k));
            }
        }

        #[test]
        fn headroom_within_a_whole_is_the_smallest_change_that_turns(whole in 1u64..400, part in 0u64..400, tenths in 0i64..1001) {
            let part = part.min(whole);
            for bound in bounds(tenths) {
                let now = bound.holds(&share(part, whole));
                let brute = (1..=whole).find(|k| {
                    let up = (part + k <= whole).then(|| bound.holds(&share(part + k, whole)));
                    let down = part.checked_sub(*k).map(|p| bound.holds(&share(p, whole)));
                    up == Some(!now) || down == Some(!now)
                });
                let found = within(&Extent::exactly(share(part, whole)), &bound, Unit::Respondents);
                let found = found.map(|headroom| match headroom.value {
                    HeadroomValue::Count(k) => k,
                    _ => panic!("counts are known"),
                });
                prop_assert_eq!(found, brute.map(i128::from));
            }
        }
    }
}
