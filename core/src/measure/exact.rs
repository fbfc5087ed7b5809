//! Exact percentages: known, or known between two ends.

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// A percentage without any rounding: a share of counts, or a decimal as it was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// `part` of `whole`; `whole` is not 0.
    Share {
        /// The things counted.
        part: u64,
        /// All things of the kind.
        whole: u64,
    },
    /// A percentage published as a number.
    Percent(Decimal),
}

impl Amount {
    /// 0 %.
    pub const ZERO: Amount = Amount::Percent(Decimal::ZERO);
    /// 100 %.
    pub const HUNDRED: Amount = Amount::Percent(Decimal::ONE_HUNDRED);

    /// Numerator and positive denominator of the percentage.
    pub fn ratio(&self) -> (i128, i128) {
        match self {
            Amount::Share { part, whole } => (i128::from(*part).saturating_mul(100), i128::from((*whole).max(1))),
            Amount::Percent(value) => (value.mantissa(), 10i128.saturating_pow(value.scale())),
        }
    }

    /// The share's counts, where it is one.
    pub fn counts(&self) -> Option<(u64, u64)> {
        match self {
            Amount::Share { part, whole } => Some((*part, *whole)),
            Amount::Percent(_) => None,
        }
    }

    /// Which of two percentages is larger, exactly.
    pub fn compare(&self, other: &Amount) -> Ordering {
        let ((a, b), (c, d)) = (self.ratio(), other.ratio());
        compare_ratios(a, b, c, d)
    }
}

/// Compares a/b with c/d for positive b and d, without ever overflowing.
pub(crate) fn compare_ratios(mut a: i128, mut b: i128, mut c: i128, mut d: i128) -> Ordering {
    let small = |n: i128| i64::try_from(n).map(i128::from);
    if let (Ok(a), Ok(b), Ok(c), Ok(d)) = (small(a), small(b), small(c), small(d)) {
        // The usual case: such products always fit.
        return a.wrapping_mul(d).cmp(&c.wrapping_mul(b));
    }
    if let (Some(left), Some(right)) = (a.checked_mul(d), c.checked_mul(b)) {
        return left.cmp(&right);
    }
    // Euclid: compare whole parts, then the remainders' reciprocals the other way round.
    let mut flipped = false;
    loop {
        let whole = a.div_euclid(b).cmp(&c.div_euclid(d));
        if whole != Ordering::Equal {
            return if flipped { whole.reverse() } else { whole };
        }
        let (rest_a, rest_c) = (a.rem_euclid(b), c.rem_euclid(d));
        if rest_a == 0 || rest_c == 0 {
            let order = rest_a.cmp(&rest_c);
            return if flipped { order.reverse() } else { order };
        }
        (a, b, c, d) = (b, rest_a, d, rest_c);
        flipped = !flipped;
    }
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// Where it is.
    pub amount: Amount,
    /// Whether the end itself is excluded.
    pub open: bool,
}

/// What is known of a percentage: that it lies between two ends, which may be one point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The lower end.
    pub low: End,
    /// The upper end.
    pub high: End,
}

impl Extent {
    /// Nothing is known: 0 % to 100 %.
    pub const UNKNOWN: Extent =
        Extent { low: End { amount: Amount::ZERO, open: false }, high: End { amount: Amount::HUNDRED, open: false } };

    /// Exactly this.
    pub fn exactly(amount: Amount) -> Extent {
        let end = End { amount, open: false };
        Extent { low: end, high: end }
    }

    /// Between two amounts, both included.
    pub fn between(low: Amount, high: Amount) -> Extent {
        Extent { low: End { amount: low, open: false }, high: End { amount: high, open: false } }
    }

    /// A published percentage; with `rounded_to` decimals it stands for all that rounds half up to it.
    pub fn published(percent: Decimal, rounded_to: Option<u32>) -> Extent {
        let Some(places) = rounded_to.filter(|places| *places <= 20) else {
            return Extent::exactly(Amount::Percent(percent));
        };
        // Half a unit of the last place published.
        let half = Decimal::new(5, places.saturating_add(1));
        let low = percent.checked_sub(half).filter(|low| !low.is_sign_negative()).unwrap_or_default();
        let high = percent.checked_add(half).unwrap_or(Decimal::ONE_HUNDRED);
        let beyond = high > Decimal::ONE_HUNDRED;
        Extent {
            low: End { amount: Amount::Percent(low), open: false },
            high: End { amount: Amount::Percent(high.min(Decimal::ONE_HUNDRED)), open: !beyond },
        }
    }

    /// What is left of 100 %; nothing where it is beyond.
    pub(crate) fn complement(&self) -> Extent {
        let rest = |end: End| match end.amount {
            Amount::Share { part, whole } => {
                End { amount: Amount::Share { part: whole.saturating_sub(part), whole }, ..end }
            }
            Amount::Percent(value) => {
                let left = Decimal::ONE_HUNDRED.checked_sub(value).unwrap_or_default().max(Decimal::ZERO);
                End { amount: Amount::Percent(left), ..end }
            }
        };
        Extent { low: rest(self.high), high: rest(self.low) }
    }

    /// The one value, where it is known.
    pub fn value(&self) -> Option<Amount> {
        (!self.low.open && !self.high.open && self.is_point()).then_some(self.low.amount)
    }

    /// Whether both ends are at one amount.
    fn is_point(&self) -> bool {
        // What is the same needs no arithmetic to be equal.
        let (low, high) = (&self.low.amount, &self.high.amount);
        low.counts().is_some_and(|counts| high.counts() == Some(counts)) || low.compare(high).is_eq()
    }

    /// What both extents allow; `None` where they contradict each other.
    pub fn intersection(&self, other: &Extent) -> Option<Extent> {
        let low = match self.low.amount.compare(&other.low.amount) {
            Ordering::Less => other.low,
            Ordering::Greater => self.low,
            Ordering::Equal => End { open: self.low.open || other.low.open, ..self.low },
        };
        let high = match self.high.amount.compare(&other.high.amount) {
            Ordering::Less => self.high,
            Ordering::Greater => other.high,
            Ordering::Equal => End { open: self.high.open || other.high.open, ..self.high },
        };
        let empty = match low.amount.compare(&high.amount) {
            Ordering::Less => false,
            Ordering::Equal => low.open || high.open,
            Ordering::Greater => true,
        };
        (!empty).then_some(Extent { low, high })
    }

    /// The smallest extent that holds both.
    pub fn hull(&self, other: &Extent) -> Extent {
        let low = match self.low.amount.compare(&other.low.amount) {
            Ordering::Less => self.low,
            Ordering::Greater => other.low,
            Ordering::Equal => End { open: self.low.open && other.low.open, ..self.low },
        };
        let high = match self.high.amount.compare(&other.high.amount) {
            Ordering::Less => other.high,
            Ordering::Greater => self.high,
            Ordering::Equal => End { open: self.high.open && other.high.open, ..self.high },
        };
        Extent { low, high }
    }
}

/// A bound that a rule compares a percentage with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// `>=`
    AtLeast(Decimal),
    /// `>`
    MoreThan(Decimal),
    /// `<=`
    AtMost(Decimal),
    /// `<`
    LessThan(Decimal),
}

impl Bound {
    /// The threshold in per cent.
    pub fn threshold(&self) -> Decimal {
        match self {
            Bound::AtLeast(t) | Bound::MoreThan(t) | Bound::AtMost(t) | Bound::LessThan(t) => *t,
        }
    }

    /// `at_least`, `more_than`, `at_most` or `less_than`.
    pub fn word(&self) -> &'static str {
        match self {
            Bound::AtLeast(_) => "at_least",
            Bound::MoreThan(_) => "more_than",
            Bound::AtMost(_) => "at_most",
            Bound::LessThan(_) => "less_than",
        }
    }

    /// Whether larger values satisfy it.
    pub fn is_floor(&self) -> bool {
        matches!(self, Bound::AtLeast(_) | Bound::MoreThan(_))
    }

    /// Whether one amount satisfies it.
    pub fn holds(&self, amount: &Amount) -> bool {
        let order = amount.compare(&Amount::Percent(self.threshold()));
        match self {
            Bound::AtLeast(_) => order.is_ge(),
            Bound::MoreThan(_) => order.is_gt(),
            Bound::AtMost(_) => order.is_le(),
            Bound::LessThan(_) => order.is_lt(),
        }
    }

    /// Whether the extent satisfies it: `None` where part of it does and part does not.
    pub fn decide(&self, extent: &Extent) -> Option<bool> {
        let threshold = Amount::Percent(self.threshold());
        let low = extent.low.amount.compare(&threshold);
        let high = if extent.is_point() { low } else { extent.high.amount.compare(&threshold) };
        // Everything is >= t; > t; <= t; < t.
        let all_ge = low.is_ge();
        let all_gt = low.is_gt() || (low.is_eq() && extent.low.open);
        let all_le = high.is_le();
        let all_lt = high.is_lt() || (high.is_eq() && extent.high.open);
        let (yes, no) = match self {
            Bound::AtLeast(_) => (all_ge, all_lt),
            Bound::MoreThan(_) => (all_gt, all_le),
            Bound::AtMost(_) => (all_le, all_gt),
            Bound::LessThan(_) => (all_lt, all_ge),
        };
        match (yes, no) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn percent(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn thresholds_are_exact() {
        let five = Bound::AtLeast(percent("5"));
        assert!(five.holds(&Amount::Share { part: 5, whole: 100 }));
        assert!(!five.holds(&Amount::Share { part: 4_999_999, whole: 100_000_000 }));
        assert!(!five.holds(&Amount::Percent(percent("4.9999999999999999999999999"))));
        let eighty = Bound::AtMost(percent("80"));
        assert!(eighty.holds(&Amount::Percent(percent("80.00"))));
        assert!(!eighty.holds(&Amount::Percent(percent("80.00000000000000000000000001"))));
    }

    #[test]
    fn a_rounded_figure_stands_for_its_interval() {
        let extent = Extent::published(percent("1.79"), Some(2));
        assert_eq!(extent.low, End { amount: Amount::Percent(percent("1.785")), open: false });
        assert_eq!(extent.high, End { amount: Amount::Percent(percent("1.795")), open: true });
        assert_eq!(Bound::AtLeast(percent("1.795")).decide(&extent), Some(false));
        assert_eq!(Bound::AtLeast(percent("1.785")).decide(&extent), Some(true));
        assert_eq!(Bound::MoreThan(percent("1.785")).decide(&extent), None);
        let full = Extent::published(percent("100"), Some(0));
        assert_eq!(full.high, End { amount: Amount::Percent(percent("100")), open: false });
        assert_eq!(Extent::published(percent("0"), Some(1)).low.amount, Amount::Percent(percent("0")));
    }

    #[test]
    fn a_figure_rounded_up_to_the_whole_stays_below_it() {
        let extent = Extent::published(percent("99.5"), Some(0));
        assert_eq!(extent.high, End { amount: Amount::Percent(percent("100.0")), open: true });
    }

    #[test]
    fn fractions_are_compared_step_by_step() {
        let big = 1i128 << 100;
        for (a, b) in (-13..13).flat_map(|a| (1..8).map(move |b| (a, b))) {
            for (c, d) in (-13..13).flat_map(|c| (1..8).map(move |d| (c, d))) {
                assert_eq!(
                    compare_ratios(a * big, b * big, c * big, d * big),
                    (a * d).cmp(&(c * b)),
                    "{a}/{b} {c}/{d}"
                );
            }
        }
    }

    #[test]
    fn floors_are_what_larger_values_satisfy() {
        let t = Decimal::TEN;
        let floors =
            [Bound::AtLeast(t), Bound::MoreThan(t), Bound::AtMost(t), Bound::LessThan(t)].map(|b| b.is_floor());
        assert_eq!(floors, [true, true, false, false]);
    }

    /// Every extent with ends at 0 to 3 %, open or closed, that is not empty.
    fn small() -> Vec<Extent> {
        let ends = || (0..4u32).flat_map(|at| [(at, false), (at, true)]);
        let end = |(at, open): (u32, bool)| End { amount: Amount::Percent(Decimal::from(at)), open };
        let pairs = ends().flat_map(|low| ends().map(move |high| (low, high)));
        let within = pairs.filter(|((low, o), (high, p))| low < high || (low == high && !o && !p));
        within.map(|(low, high)| Extent { low: end(low), high: end(high) }).collect()
    }

    /// The half percents that an extent holds.
    fn held(extent: &Extent) -> Vec<bool> {
        let within = |half: i64| {
            let amount = Amount::Percent(Decimal::new(half * 5, 1));
            let (low, high) = (amount.compare(&extent.low.amount), amount.compare(&extent.high.amount));
            (low.is_gt() || (low.is_eq() && !extent.low.open)) && (high.is_lt() || (high.is_eq() && !extent.high.open))
        };
        (0..7).map(within).collect()
    }

    #[test]
    fn an_intersection_holds_what_both_hold_and_a_hull_all_between() {
        for (a, b) in small().into_iter().flat_map(|a| small().into_iter().map(move |b| (a, b))) {
            let (of_a, of_b) = (held(&a), held(&b));
            let both: Vec<bool> = of_a.iter().zip(&of_b).map(|(a, b)| *a && *b).collect();
            let found = a.intersection(&b).map(|extent| held(&extent));
            assert_eq!(found, both.contains(&true).then_some(both), "{a:?} {b:?}");
            let either: Vec<bool> = of_a.iter().zip(&of_b).map(|(a, b)| *a || *b).collect();
            let first = either.iter().position(|held| *held).unwrap();
            let last = either.iter().rposition(|held| *held).unwrap();
            let between: Vec<bool> = (0..7).map(|at| (first..=last).contains(&at)).collect();
            assert_eq!(held(&a.hull(&b)), between, "{a:?} {b:?}");
        }
    }

    #[test]
    fn one_value_is_a_closed_point() {
        for (low, high) in [(false, true), (true, false), (true, true), (false, false)] {
            let end = |open| End { amount: Amount::HUNDRED, open };
            let extent = Extent { low: end(low), high: end(high) };
            assert_eq!(extent.value(), (!low && !high).then_some(Amount::HUNDRED));
        }
        assert_eq!(Extent::UNKNOWN.value(), None);
    }

    proptest! {
        #[test]
        fn euclid_equals_cross_multiplication(a in -10_000i128..10_000, b in 1i128..500, c in -10_000i128..10_000, d in 1i128..500) {
            let big = 1i128 << 100;
            // Scaling both sides forces the slow path without changing the order.
            prop_assert_eq!(compare_ratios(a * big, b * big, c * big, d * big), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn what_an_extent_decides_holds_for_all_in_it(low in 0u32..1000, width in 0u32..1000, at in 0u32..1000, t in 0u32..2000) {
            let tenth = |n: u32| Amount::Percent(Decimal::new(i64::from(n), 1));
            let extent = Extent::between(tenth(low), tenth(low + width));
            let inside = tenth(low + at.min(width));
            let t = Decimal::new(i64::from(t), 1);
            for bound in [Bound::AtLeast(t), Bound::MoreThan(t), Bound::AtMost(t), Bound::LessThan(t)] {
                if let Some(decided) = bound.decide(&extent) {
                    prop_assert_eq!(bound.holds(&inside), decided);
                }
            }
        }
    }
}
