//! What to look after before it is too late.

use rust_decimal::Decimal;

use super::counts::{Counts, Group, for_each_group};
use super::flow::{Flow, OVERDUE};
use super::grouping::{Dimension, Grouping};
use super::opens::{by_rule, split};
use super::sum::Tally;
use crate::calendar::{Date, from_epoch_days};
use crate::order::InOrder;

/// A share that must not be reached (ngưỡng), as a fraction: 5 % is 5/100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    part: u64,
    whole: u64,
}

impl Threshold {
    /// So many per cent, more than 0 and at most 100.
    ///
    /// ```
    /// use caicach::tally::Threshold;
    /// assert!(Threshold::percent("5".parse().unwrap()).is_some());
    /// assert!(Threshold::percent("0".parse().unwrap()).is_none());
    /// assert_eq!(Threshold::parse("7.5"), Threshold::percent("7.5".parse().unwrap()));
    /// assert!(Threshold::parse("5 %").is_none());
    /// ```
    #[must_use]
    pub fn percent(percent: Decimal) -> Option<Self> {
        let percent = percent.normalize();
        let part = u64::try_from(percent.mantissa()).ok().filter(|p| *p > 0)?;
        let whole = 10_u64.checked_pow(percent.scale())?.checked_mul(100)?;
        (part <= whole).then_some(Self { part, whole })
    }

    /// So many per cent as text: digits, with a point where there are decimals.
    #[must_use]
    pub fn parse(percent: &str) -> Option<Self> {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let (whole, decimals) = percent.split_once('.').unwrap_or((percent, "0"));
        let is_number = digits(whole) && digits(decimals);
        Decimal::from_str_exact(percent).ok().filter(|_| is_number).and_then(Self::percent)
    }

    /// Whether `late` of `all` reach it; none of none do not.
    #[must_use]
    pub fn is_reached(&self, late: u64, all: u64) -> bool {
        all > 0 && u128::from(late) * u128::from(self.whole) >= u128::from(self.part) * u128::from(all)
    }

    /// The most of `all` that do not reach it; `None` where even none of them would.
    fn most(&self, all: u64) -> Option<u64> {
        let below = (u128::from(self.part) * u128::from(all)).checked_sub(1)?;
        u64::try_from(below / u128::from(self.whole)).ok()
    }
}

/// How far a late share (late of resolved) is from a threshold, in dossiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Headroom {
    /// How many more may be resolved late, one after the other, before the threshold is reached; `None` where it is
    /// already.
    pub more_late: Option<u64>,
    /// How many of the pending ones may be resolved late when all of them are resolved; `None` where the threshold is
    /// reached even with none. Those overdue now are among them.
    pub of_pending: Option<u64>,
    /// How many have to be resolved in time to come below the threshold; 0 where it is not reached.
    pub in_time_needed: u64,
}

impl Headroom {
    /// The headroom of a group with so many late, resolved and pending.
    #[must_use]
    pub fn of(threshold: Threshold, late: u64, resolved: u64, pending: u64) -> Self {
        let (part, whole) = (u128::from(threshold.part), u128::from(threshold.whole));
        let (l, n) = (u128::from(late), u128::from(resolved));
        let narrow = |n: u128| u64::try_from(n).unwrap_or(u64::MAX);
        let reached = threshold.is_reached(late, resolved);
        // (l + k) / (n + k) < part / whole, so k (whole - part) < part n - whole l.
        let room = (part * n).saturating_sub(whole * l);
        let more_late = match whole - part {
            // 100 %: only where nothing is in time.
            0 if room > 0 => Some(u64::MAX),
            0 => Some(0),
            step => Some(narrow(room.div_ceil(step).saturating_sub(1))),
        };
        let all = resolved.saturating_add(pending);
        let of_pending = threshold.most(all).and_then(|most| most.checked_sub(late)).map(|most| most.min(pending));
        // l / (n + j) < part / whole, so j > (whole l - part n) / part.
        let in_time_needed = if reached { narrow((whole * l - part * n) / part + 1) } else { 0 };
        Self { more_late: more_late.filter(|_| !reached), of_pending, in_time_needed }
    }
}

/// A group's pending dossiers and how much lateness it can still bear.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Watch<'t> {
    /// The group and its counts.
    pub group: Group<'t>,
    /// Pending dossiers by days left until they are due, in order: 0 is due at as-of, below 0 overdue.
    pub by_days_left: Vec<(i32, u64)>,
    /// Pending dossiers that count as overdue whatever their due date (reading `repeat_supplement`).
    pub overdue_by_rule: u64,
    /// How far the late share is from the threshold.
    pub headroom: Headroom,
}

/// Something to act on: the pending dossiers of a group that fall due on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Act<'t> {
    /// The body, if grouped by body.
    pub body: Option<&'t str>,
    /// The officer, if grouped by officer.
    pub officer: Option<&'t str>,
    /// The field, if grouped by field.
    pub field: Option<&'t str>,
    /// When they are due.
    pub due: Option<Date>,
    /// How many days are left; below 0 they are overdue.
    pub days_left: i32,
    /// How many dossiers.
    pub dossiers: u64,
    /// Whether the group reaches the threshold if these, and what is due before them, are resolved late and all else
    /// pending in time; and does not reach it already without them.
    pub decides: bool,
    /// The group's headroom.
    pub headroom: Headroom,
}

impl Tally {
    /// For each group its pending dossiers by days left and its headroom, in the order of groups. `None` where the
    /// grouping is not kept; months are left aside.
    #[must_use]
    pub fn watch(&self, grouping: Grouping, threshold: Threshold) -> Option<Vec<Watch<'_>>> {
        let table = self.table(grouping.without(Dimension::Month))?;
        let mut out = Vec::new();
        for_each_group(&table, &mut |names, flows, open| {
            let mut flow = Flow::default();
            flows.iter().for_each(|(_, f)| flow.add(f));
            let (overdue, in_time) = split(open, self.terms.as_of);
            let counts = Counts::of(&flow, in_time, overdue);
            let headroom = Headroom::of(threshold, counts.resolved.late, counts.resolved.total(), counts.pending.total);
            let dated = open.iter().filter(|(day, _)| *day != OVERDUE);
            out.push(Watch {
                group: self.group(names, None, counts),
                by_days_left: dated.map(|(day, n)| (day.saturating_sub(self.terms.as_of), u64::from(n))).collect(),
                overdue_by_rule: by_rule(open),
                headroom,
            });
        });
        Some(out)
    }

    /// What to act on today, the greatest harm first: pending dossiers overdue or due within so many days.
    ///
    /// First come those that decide whether a group reaches the threshold, then those not yet overdue before those
    /// overdue, then those with the fewest days left, of the groups with the least headroom, and the most dossiers.
    #[must_use]
    pub fn act_today(&self, grouping: Grouping, threshold: Threshold, within_days: u32) -> Option<Vec<Act<'_>>> {
        let within = i32::try_from(within_days).unwrap_or(i32::MAX);
        let mut acts = Vec::new();
        for watch in self.watch(grouping, threshold)? {
            let Group { body, officer, field, .. } = watch.group;
            let of_pending = watch.headroom.of_pending;
            let mut late = watch.overdue_by_rule;
            for (days_left, dossiers) in watch.by_days_left {
                let before = late;
                late = late.saturating_add(dossiers);
                if days_left > within {
                    break;
                }
                acts.push(Act {
                    body,
                    officer,
                    field,
                    due: from_epoch_days(self.terms.as_of.saturating_add(days_left)),
                    days_left,
                    dossiers,
                    decides: of_pending.is_some_and(|most| before <= most && late > most),
                    headroom: watch.headroom,
                });
            }
        }
        acts.order_by_key(|a| {
            let harm = (!a.decides, a.days_left < 0, a.days_left.unsigned_abs());
            (harm, a.headroom.of_pending.unwrap_or(u64::MAX), std::cmp::Reverse(a.dossiers))
        });
        Some(acts)
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::{Headroom, Threshold};
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    proptest! {
        #[test]
        fn headroom_is_what_trying_out_gives(
            late in 0..40_u64, in_time in 0..400_u64, pending in 0..60_u64, percent in 1..1000_i64
        ) {
            let threshold = Threshold::percent(Decimal::new(percent, 1)).expect("a percentage");
            let n = late + in_time;
            let room = Headroom::of(threshold, late, n, pending);
            let reached = threshold.is_reached(late, n);
            prop_assert_eq!(room.more_late.is_none(), reached);
            if let Some(more) = room.more_late {
                prop_assert!(more == 0 || !threshold.is_reached(late + more, n + more));
                prop_assert!(threshold.is_reached(late + more + 1, n + more + 1));
            }
            let all = n + pending;
            match room.of_pending {
                None => prop_assert!(all == 0 || threshold.is_reached(late, all)),
                Some(most) => {
                    prop_assert!(!threshold.is_reached(late + most, all));
                    prop_assert!(most == pending || threshold.is_reached(late + most + 1, all));
                }
            }
            let needed = room.in_time_needed;
            prop_assert!(!threshold.is_reached(late, n + needed));
            prop_assert!(needed == 0 || threshold.is_reached(late, n + needed - 1));
        }
    }
}
