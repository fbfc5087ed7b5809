//! The two paths on which a target may be approached, exactly.
//!
//! - **Even**: the same on every day of the period (of a share known by year: in every year).
//! - **Back-loaded**: nothing in the first year, then twice as much in the third as in the second, and so on: the years
//!   weigh 0, 1, 2, ... Posts in practice fall late in a period, when people retire and units have been merged. Within a
//!   year the path is even. A period of one year has the even path alone.
//!
//! Both end at the target on the last day. Neither is a norm of the plan.

use time::Date;

use crate::calendar::Period;
use crate::measure::ratio::Ratio;

/// What a path asks for by a day, as a part of the whole way: 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) even: Ratio,
    pub(super) back_loaded: Ratio,
}

/// The part of the way by the end of a day of a period of whole years.
pub(super) fn by_day(period: &Period, day: Date) -> Option<Parts> {
    let day = day.min(period.to());
    let Ok(passed) = Period::new(period.from(), day) else {
        return Some(Parts { even: Ratio::ZERO, back_loaded: Ratio::ZERO });
    };
    let even = Ratio::new(passed.days().into(), period.days().into())?;
    let years = i128::from(period.to().year().checked_sub(period.from().year())?).checked_add(1)?;
    let year = Period::year(day.year())?;
    let of_year = Ratio::new(Period::new(year.from(), day).ok()?.days().into(), year.days().into())?;
    let before = i128::from(day.year().checked_sub(period.from().year())?);
    Some(Parts { even, back_loaded: back_loaded(before, of_year, years)?.unwrap_or(even) })
}

/// The part of the way after some of so many years.
pub(super) fn by_year(passed: i128, years: i128) -> Option<Parts> {
    let even = Ratio::new(passed, years)?;
    let back_loaded = back_loaded(passed, Ratio::ZERO, years)?.unwrap_or(even);
    Some(Parts { even, back_loaded })
}

/// After `before` whole years and a part of the next: the weights 0, 1, 2, ... so far over all of them. `Some(None)` where
/// there is one year, which has no weight.
fn back_loaded(before: i128, of_next: Ratio, years: i128) -> Option<Option<Ratio>> {
    let sum = |years: i128| years.checked_mul(years.checked_sub(1)?)?.checked_div(2);
    let all = sum(years)?;
    if all <= 0 {
        return Some(None);
    }
    let so_far = Ratio::whole(sum(before)?).plus(Ratio::whole(before).times(of_next)?)?;
    Some(so_far.over(Ratio::whole(all)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::calendar::parse_iso;

    fn ratio(a: i128, b: i128) -> Ratio {
        Ratio::new(a, b).unwrap()
    }

    #[test]
    fn four_years_by_day() {
        let period = Period::years(2023, 2026).unwrap();
        let at = |day: &str| by_day(&period, parse_iso(day).unwrap()).unwrap();
        assert_eq!(at("2022-12-31"), Parts { even: Ratio::ZERO, back_loaded: Ratio::ZERO });
        // 1461 days in all; the weights are 0, 1, 2, 3 of 6.
        assert_eq!(at("2023-12-31"), Parts { even: ratio(365, 1461), back_loaded: Ratio::ZERO });
        assert_eq!(at("2024-12-31"), Parts { even: ratio(731, 1461), back_loaded: ratio(1, 6) });
        assert_eq!(at("2025-12-31"), Parts { even: ratio(1096, 1461), back_loaded: ratio(3, 6) });
        assert_eq!(at("2026-12-31"), Parts { even: Ratio::whole(1), back_loaded: Ratio::whole(1) });
        assert_eq!(at("2030-01-01"), at("2026-12-31"));
        // The first day of 2024: a 366th of the weight of that year.
        assert_eq!(at("2024-01-01").back_loaded, ratio(1, 366 * 6));
    }

    #[test]
    fn one_year_has_the_even_path_alone() {
        let parts = by_day(&Period::year(2025).unwrap(), parse_iso("2025-06-30").unwrap()).unwrap();
        assert_eq!(parts, Parts { even: ratio(181, 365), back_loaded: ratio(181, 365) });
        assert_eq!(by_year(1, 1).unwrap().back_loaded, Ratio::whole(1));
    }

    #[test]
    fn years_of_a_share() {
        assert_eq!(by_year(0, 5).unwrap(), Parts { even: Ratio::ZERO, back_loaded: Ratio::ZERO });
        assert_eq!(by_year(2, 5).unwrap(), Parts { even: ratio(2, 5), back_loaded: ratio(1, 10) });
        assert_eq!(by_year(5, 5).unwrap(), Parts { even: Ratio::whole(1), back_loaded: Ratio::whole(1) });
    }
}
