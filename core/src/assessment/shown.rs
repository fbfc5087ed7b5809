//! The figures of a finding as the assessment shows them: percentages to two places, rounded half up, for display only.

use super::json::{points, two_places};
use crate::measure::exact::Extent;
use crate::rule::finding::{Finding, Headroom, HeadroomValue, Measured};

impl Finding {
    /// The percentage measured, where it is one known value: `5.43`.
    pub fn percent_shown(&self) -> Option<String> {
        match self.measured()? {
            Measured::Share(extent) => Some(two_places(extent.value()?.ratio())),
            Measured::Stock(stock) => {
                let (cut, base) = (stock.cut()?, stock.base()?);
                Some(two_places((cut.saturating_mul(100), base)))
            }
            _ => None,
        }
    }

    /// The ends between which the percentage measured lies, where no more is known than that.
    pub fn percent_bounds_shown(&self) -> Option<(String, String)> {
        match self.measured()? {
            Measured::Share(extent @ Extent { low, high }) if extent.value().is_none() => {
                Some((two_places(low.amount.ratio()), two_places(high.amount.ratio())))
            }
            _ => None,
        }
    }

    /// [`Finding::margin`] in percentage points: `-0.43`.
    pub fn margin_shown(&self) -> Option<String> {
        self.margin().map(points)
    }
}

impl Headroom {
    /// The value without its unit: `3`, `0.64`.
    pub fn value_shown(&self) -> String {
        match &self.value {
            HeadroomValue::Count(count) => count.to_string(),
            HeadroomValue::Points(distance) => points(**distance),
            HeadroomValue::Amount(amount) => amount.normalize().to_string(),
        }
    }
}
