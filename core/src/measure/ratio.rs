//! Exact fractions, for paths, paces and parts of counts.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::exact::compare_ratios;
use crate::text::Lang;
use crate::text::number::percent_ratio;

/// A fraction in lowest terms. Arithmetic that does not fit gives none; nothing is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Ratio = Ratio::whole(0);

    /// A whole number.
    pub const fn whole(number: i128) -> Ratio {
        Ratio { numerator: number, denominator: 1 }
    }

    /// `numerator / denominator`; none for a denominator of 0.
    pub fn new(numerator: i128, denominator: i128) -> Option<Ratio> {
        let common = common(numerator.checked_abs()?, denominator.checked_abs()?)?;
        let by = if denominator < 0 { common.checked_neg()? } else { common };
        Some(Ratio { numerator: numerator.checked_div(by)?, denominator: denominator.checked_div(by)? })
            .filter(|ratio| ratio.denominator > 0)
    }

    /// A decimal.
    pub fn decimal(value: Decimal) -> Option<Ratio> {
        Ratio::new(value.mantissa(), 10i128.checked_pow(value.scale())?)
    }

    /// The numerator, which has the sign.
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// The denominator, above 0.
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// The sum.
    pub fn plus(self, other: Ratio) -> Option<Ratio> {
        let (a, b) = (self.numerator.checked_mul(other.denominator)?, other.numerator.checked_mul(self.denominator)?);
        Ratio::new(a.checked_add(b)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The difference.
    pub fn minus(self, other: Ratio) -> Option<Ratio> {
        self.plus(Ratio { numerator: other.numerator.checked_neg()?, ..other })
    }

    /// The product.
    pub fn times(self, other: Ratio) -> Option<Ratio> {
        Ratio::new(self.numerator.checked_mul(other.numerator)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// So many hundredths of it.
    pub fn percent(self, percent: Decimal) -> Option<Ratio> {
        self.times(Ratio::decimal(percent)?)?.times(Ratio { numerator: 1, denominator: 100 })
    }

    /// The quotient; none by 0.
    pub fn over(self, other: Ratio) -> Option<Ratio> {
        Ratio::new(self.numerator.checked_mul(other.denominator)?, self.denominator.checked_mul(other.numerator)?)
    }

    /// To two places, rounded half up, for display only: "5.43".
    pub fn two_places(self) -> String {
        // `percent_ratio` takes it of one and gives per cent.
        percent_ratio(self.numerator, self.denominator.saturating_mul(100), 2, Lang::En).replace(',', "")
    }

    /// The next whole number at or below it.
    pub fn floor(self) -> i128 {
        self.numerator.div_euclid(self.denominator)
    }

    /// The next whole number at or above it.
    pub fn ceil(self) -> i128 {
        let below = self.floor();
        if self.numerator.rem_euclid(self.denominator) == 0 { below } else { below.saturating_add(1) }
    }

    /// The whole number that it is, where it is one.
    pub fn as_whole(self) -> Option<i128> {
        (self.denominator == 1).then_some(self.numerator)
    }
}

/// The largest number that divides both.
fn common(mut x: i128, mut y: i128) -> Option<i128> {
    while y != 0 {
        // The usual case, in which dividing costs little.
        (x, y) = match (u64::try_from(x), u64::try_from(y)) {
            (Ok(small), Ok(by)) => (y, small.checked_rem(by)?.into()),
            _ => (y, x.checked_rem(y)?),
        };
    }
    Some(x)
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_ratios(self.numerator, self.denominator, other.numerator, other.denominator)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Ratio;

    fn ratio(a: i128, b: i128) -> Ratio {
        Ratio::new(a, b).unwrap()
    }

    #[test]
    fn fractions_are_in_lowest_terms_with_the_sign_above() {
        assert_eq!(ratio(6, -4), ratio(-3, 2));
        assert_eq!((ratio(6, -4).numerator(), ratio(6, -4).denominator()), (-3, 2));
        assert_eq!(ratio(0, 7), Ratio::ZERO);
        assert_eq!(Ratio::new(1, 0), None);
        assert_eq!(Ratio::new(0, 0), None);
        assert_eq!(Ratio::new(i128::MIN, 1), None);
    }

    #[test]
    fn arithmetic_is_exact_or_none() {
        assert_eq!(ratio(1, 3).plus(ratio(1, 6)), Some(ratio(1, 2)));
        assert_eq!(ratio(1, 3).minus(ratio(1, 2)), Some(ratio(-1, 6)));
        assert_eq!(ratio(2, 3).times(ratio(3, 4)), Some(ratio(1, 2)));
        assert_eq!(ratio(2, 3).over(ratio(4, 3)), Some(ratio(1, 2)));
        assert_eq!(ratio(2, 3).over(Ratio::ZERO), None);
        assert_eq!(Ratio::whole(101).percent("33.3".parse().unwrap()), Some(ratio(33_633, 1000)));
        assert_eq!(Ratio::whole(i128::MAX).plus(Ratio::whole(1)), None);
        assert!(ratio(1, 3) < ratio(34, 100));
    }

    #[test]
    fn whole_numbers_beside_it() {
        for (a, b, floor, ceil) in [(7, 2, 3, 4), (-7, 2, -4, -3), (6, 2, 3, 3), (0, 5, 0, 0)] {
            assert_eq!((ratio(a, b).floor(), ratio(a, b).ceil()), (floor, ceil));
        }
        assert_eq!((ratio(6, 2).as_whole(), ratio(7, 2).as_whole()), (Some(3), None));
    }
}
