//! Days and instants of a block of rows.

use super::bind::part;
use super::columns::{Column, Moments, TimeUnit};
use super::lanes::Lanes;

/// Vietnam's clock is seven hours ahead of UTC all year round.
pub(crate) const AHEAD: i64 = 7 * 3600;
pub(crate) const DAY: i64 = 86_400;

/// A day that is none: what stands for an instant beyond all days.
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
    /// The days of the rows from `start` on; anything where there is none.
    pub(crate) fn of<'s>(&'s mut self, lanes: Lanes, values: &Moments<'s>, start: usize, len: usize) -> Moment<'s> {
        let rows = start..start.saturating_add(len);
        match *values {
            Moments::Days(days) => Moment { days: part(days, rows), times: None },
            Moments::Split(days, times) => Moment { days: part(days, rows.clone()), times: Some(part(times, rows)) },
            Moments::Stamps { values, unit, utc } => {
                let (days, times) = (&mut self.days, &mut self.times);
                days.resize(len, 0);
                times.resize(len, 0);
                let (stamps, ahead) = (part(values, rows), if utc { AHEAD } else { 0 });
                lanes.run(
                    #[inline(always)]
                    || split(stamps, unit, ahead, days, times),
                );
                Moment { days: &self.days, times: Some(&self.times) }
            }
        }
    }
}

#[inline(always)]
fn split(stamps: &[i64], unit: TimeUnit, ahead: i64, days: &mut [i32], times: &mut [i64]) {
    // The compiler makes multiplications of divisions by constants.
    match unit {
        TimeUnit::Second => split_by::<1>(stamps, ahead, days, times),
        TimeUnit::Millisecond => split_by::<1_000>(stamps, ahead, days, times),
        TimeUnit::Microsecond => split_by::<1_000_000>(stamps, ahead, days, times),
        TimeUnit::Nanosecond => split_by::<1_000_000_000>(stamps, ahead, days, times),
    }
}

#[inline(always)]
fn split_by<const PER_SECOND: i64>(stamps: &[i64], ahead: i64, days: &mut [i32], times: &mut [i64]) {
    let (ahead, scale) = (ahead.wrapping_mul(PER_SECOND), 1_000_000_000 / PER_SECOND);
    for (stamp, (day, time)) in stamps.iter().zip(days.iter_mut().zip(times)) {
        let local = stamp.saturating_add(ahead);
        let whole = local.div_euclid(DAY.wrapping_mul(PER_SECOND));
        *day = i32::try_from(whole).unwrap_or(NO_MOMENT);
        *time = local.wrapping_sub(whole.wrapping_mul(DAY.wrapping_mul(PER_SECOND))).wrapping_mul(scale);
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
