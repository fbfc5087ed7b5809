//! Days and instants of a block of rows.

use super::bind::{choose, mask, part};
use super::columns::{Column, Moments, TimeUnit};
use super::lanes::Lanes;

/// Vietnam's clock is seven hours ahead of UTC all year round.
const AHEAD: i64 = 7 * 3600;
const DAY: i64 = 86_400;

/// A day that is none: what stands for a missing day of receipt or due date.
pub(crate) const NO_MOMENT: i32 = i32::MIN;

/// Where the days of a column's block are put, if they do not already lie somewhere as days.
#[derive(Debug, Default)]
pub(crate) struct Days {
    days: Vec<i32>,
    /// Nanoseconds since midnight.
    times: Vec<i64>,
}

/// The days of a block, and the times of day where the column has them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment<'a> {
    pub(crate) days: &'a [i32],
    pub(crate) times: Option<&'a [i64]>,
}

impl Days {
    /// The days of the rows from `start` on; `missing` where there is none.
    pub(crate) fn of<'s>(
        &'s mut self,
        lanes: Lanes,
        column: &Column<'s, Moments<'s>>,
        start: usize,
        len: usize,
        missing: i32,
        spare: &mut [u32],
    ) -> Moment<'s> {
        let rows = start..start.saturating_add(len);
        let times = match column.values {
            Moments::Days(days) if column.valid.is_none() => return Moment { days: part(days, rows), times: None },
            Moments::Days(days) => {
                self.days.resize(len, missing);
                choose(lanes, column.valid, start, part(days, rows), &mut self.days, spare, missing);
                return Moment { days: &self.days, times: None };
            }
            Moments::Split(days, times) if column.valid.is_none() => {
                return Moment { days: part(days, rows.clone()), times: Some(part(times, rows)) };
            }
            Moments::Split(days, times) => {
                self.days.clear();
                self.days.extend_from_slice(part(days, rows.clone()));
                self.times.clear();
                self.times.extend_from_slice(part(times, rows));
                true
            }
            Moments::Stamps { values, unit, utc } => {
                self.split(part(values, rows), unit, if utc { AHEAD } else { 0 });
                true
            }
        };
        mask(lanes, column.valid, start, &mut self.days, spare, missing);
        Moment { days: &self.days, times: times.then_some(&self.times) }
    }

    fn split(&mut self, stamps: &[i64], unit: TimeUnit, ahead: i64) {
        // The compiler makes multiplications of divisions by constants.
        match unit {
            TimeUnit::Second => self.split_by::<1>(stamps, ahead),
            TimeUnit::Millisecond => self.split_by::<1_000>(stamps, ahead),
            TimeUnit::Microsecond => self.split_by::<1_000_000>(stamps, ahead),
            TimeUnit::Nanosecond => self.split_by::<1_000_000_000>(stamps, ahead),
        }
    }

    #[inline]
    fn split_by<const PER_SECOND: i64>(&mut self, stamps: &[i64], ahead: i64) {
        self.days.clear();
        self.times.clear();
        let ahead = ahead.wrapping_mul(PER_SECOND);
        let local = |stamp: &i64| stamp.saturating_add(ahead);
        self.days.extend(stamps.iter().map(|s| {
            let day = local(s).div_euclid(DAY.wrapping_mul(PER_SECOND));
            i32::try_from(day).unwrap_or(NO_MOMENT)
        }));
        let scale = 1_000_000_000 / PER_SECOND;
        let time = |s: &i64| local(s).rem_euclid(DAY.wrapping_mul(PER_SECOND)).wrapping_mul(scale);
        self.times.extend(stamps.iter().map(time));
    }
}

/// The value of a row, for messages.
pub(crate) fn shown(column: &Column<'_, Moments<'_>>, row: usize) -> String {
    if column.valid.is_some_and(|v| !v.get(row)) {
        return String::new();
    }
    match column.values {
        Moments::Days(days) | Moments::Split(days, _) => {
            days.get(row).map_or_else(String::new, |day| match crate::calendar::from_epoch_days(*day) {
                Some(date) => crate::calendar::iso(date),
                None => format!("day {day}"),
            })
        }
        Moments::Stamps { values, unit, utc } => values.get(row).map_or_else(String::new, |stamp| {
            let seconds = stamp.div_euclid(unit.per_second()).saturating_add(if utc { AHEAD } else { 0 });
            let date = i32::try_from(seconds.div_euclid(DAY)).ok().and_then(crate::calendar::from_epoch_days);
            let minute = seconds.rem_euclid(DAY) / 60;
            date.map_or_else(
                || format!("instant {stamp}"),
                |date| format!("{} {:02}:{:02}", crate::calendar::iso(date), minute / 60, minute % 60),
            )
        }),
    }
}
