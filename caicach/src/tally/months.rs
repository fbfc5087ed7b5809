//! The months of rows, by number.

use fearless_simd::{Simd, dispatch, i32x16, mask32x16, prelude::*, u8x64, u32x16};

use super::classify::{Class, Rows, WORD, class, outcome};
use super::days::{self, Month, SPAN, slot};
use super::flow::OPEN_MONTH;
use super::lanes::Lanes;
use crate::calendar::epoch_days;
use crate::order::InOrder;

/// The number of no month.
const NOWHERE: u16 = 0;
/// Stands for the number of a month that has not been met.
const UNMET: u16 = u16::MAX;

/// Most years for whose days months are computed instead of being looked up.
const FEW: usize = 6;

/// The months of a year.
const YEAR: i32 = 12;

/// The number of March in [`Month::index`].
const MARCH: i32 = 2;

/// The classes of pending rows.
const PENDING: std::ops::Range<Class> = class::of(0, outcome::PENDING)..class::of(0, outcome::PENDING + 1);

/// Months numbered from 1 on.
#[derive(Debug)]
pub(crate) struct Months {
    list: Vec<i32>,
    /// As long as the months follow each other and are of few years.
    window: Window,
    /// From then on: the number of each day's month, or [`UNMET`].
    by_day: Vec<u16>,
}

/// Months that follow each other. Years are taken to begin in March, as then all months but the last have the same days in
/// every year.
#[derive(Debug, Clone, Copy, Default)]
struct Window {
    /// The first days of so many years.
    years: [i32; FEW],
    known: usize,
    /// How many months of the first year come before the first month.
    skipped: i32,
    /// How many months.
    len: i32,
}

/// The rows of a block that months are asked of; the period's first day, or before all days.
#[derive(Clone, Copy)]
struct Days<'a> {
    received: &'a [i32],
    closed: &'a [i32],
    classes: &'a [Class],
    start: i32,
}

impl Months {
    pub(crate) fn new() -> Self {
        Self { list: vec![OPEN_MONTH], window: Window::default(), by_day: Vec::new() }
    }

    /// The months by number, among them all that have been met.
    pub(crate) fn list(&self) -> &[i32] {
        &self.list
    }

    /// The numbers of the months in which rows came in, or of the period's start, and of those in which they were closed;
    /// 0 where that is not counted.
    #[inline(never)]
    pub(crate) fn numbers(
        &mut self,
        lanes: Lanes,
        rows: &Rows<'_>,
        start: i32,
        classes: &[Class],
        out: &mut [Vec<u32>; 2],
    ) {
        out.iter_mut().for_each(|numbers| numbers.resize(classes.len(), 0));
        let [came, went] = out.each_mut().map(Vec::as_mut_slice);
        let days = Days { received: rows.received, closed: rows.closed, classes, start };
        // Few blocks have a month that none before has had.
        if !self.find(lanes, days, came, went) {
            self.learn(days);
            self.find(lanes, days, came, went);
        }
    }

    /// Gives whether all months have been met before.
    fn find(&self, lanes: Lanes, days: Days<'_>, came: &mut [u32], went: &mut [u32]) -> bool {
        if !self.by_day.is_empty() {
            return self.find_each(days, came, went);
        }
        let (words, rest) = days.split();
        let (came, came_rest) = came.split_at_mut(words.classes.len());
        let (went, went_rest) = went.split_at_mut(words.classes.len());
        dispatch!(lanes.level(), simd => words.compute(simd, &self.window, came, went))
            && self.find_each(rest, came_rest, went_rest)
    }

    fn find_each(&self, days: Days<'_>, came: &mut [u32], went: &mut [u32]) -> bool {
        let mut met = true;
        for ((received, closed), (came, went)) in days.counted().zip(came.iter_mut().zip(went)) {
            for (day, number) in [(received, came), (closed, went)] {
                let found = day.map_or(NOWHERE, |day| self.number(day));
                met &= found != UNMET;
                *number = u32::from(found);
            }
        }
        met
    }

    #[inline]
    fn number(&self, day: i32) -> u16 {
        if !self.by_day.is_empty() {
            return self.by_day.get(slot(day)).copied().unwrap_or(UNMET);
        }
        u16::try_from(self.window.number(day)).unwrap_or(UNMET)
    }

    /// Numbers the months that have not been met.
    #[cold]
    fn learn(&mut self, days: Days<'_>) {
        let all = days.counted().flat_map(|(received, closed)| [received, closed]).flatten();
        let mut new: Vec<i32> = all.filter(|day| self.number(*day) == UNMET).map(days::month_of).collect();
        new.order();
        new.dedup();
        let (Some(first), Some(last)) = (new.first().copied(), new.last().copied()) else { return };
        let next = if self.list.len() > 1 { self.list.last().map_or(first, |month| month + 1) } else { first };
        if self.by_day.is_empty() && first >= next {
            let from = self.list.get(1).copied().unwrap_or(first);
            if let Some(window) = Window::of(from, last) {
                self.list.extend(next..=last);
                self.window = window;
                return;
            }
        }
        self.list.extend(new);
        self.by_day = vec![UNMET; SPAN];
        for (number, month) in (1..).zip(self.list.iter().skip(1)) {
            let (first, last) = days::days_of(*month);
            self.by_day.get_mut(slot(first)..=slot(last)).into_iter().flatten().for_each(|day| *day = number);
        }
    }
}

impl Window {
    /// The months from one to another, unless they are of too many years.
    fn of(first: i32, last: i32) -> Option<Self> {
        let skipped = (first - MARCH).rem_euclid(YEAR);
        let mut out = Self { skipped, len: last - first + 1, ..Self::default() };
        // With the year of the month after the last, or the day after a short February would still seem to be of February.
        let known = usize::try_from((last + 1 - first + skipped) / YEAR + 1).ok()?;
        for (year, month) in out.years.get_mut(..known)?.iter_mut().zip((first - skipped..).step_by(YEAR as usize)) {
            *year = epoch_days(Month::at(month).first_day()?);
        }
        Some(Self { known, ..out })
    }

    fn years(&self) -> &[i32] {
        self.years.get(..self.known).unwrap_or_default()
    }

    /// The number of a day's month, from 1 on; -1 if it is none of these.
    #[inline]
    fn number(&self, day: i32) -> i32 {
        let year = self.years().partition_point(|first| *first <= day).saturating_sub(1);
        let first = self.years.get(year).copied().unwrap_or_default();
        let month = month_of_year(day.wrapping_sub(first)).wrapping_add(YEAR * year as i32);
        let number = month.wrapping_sub(self.skipped).wrapping_add(1);
        if (1..=self.len).contains(&number) { number } else { -1 }
    }
}

/// What a day of a year is multiplied with and divided by, a power of 2, for its month: like five months of 153 days,
/// from March on.
const FIVE_MONTHS: (i32, i32, u32) = (5 * 857, 2 * 857, 17);

/// The month of a day of a year that begins in March, both from 0 on; none of a year's for other days.
#[inline]
const fn month_of_year(day: i32) -> i32 {
    let (by, plus, shift) = FIVE_MONTHS;
    day.wrapping_mul(by).wrapping_add(plus) >> shift
}

impl<'a> Days<'a> {
    /// The whole words of rows, and the rest.
    fn split(self) -> (Self, Self) {
        let whole = self.classes.len() - self.classes.len() % WORD;
        let (received, rest_received) = self.received.split_at_checked(whole).unwrap_or_default();
        let (closed, rest_closed) = self.closed.split_at_checked(whole).unwrap_or_default();
        let (classes, rest_classes) = self.classes.split_at_checked(whole).unwrap_or_default();
        (
            Self { received, closed, classes, ..self },
            Self { received: rest_received, closed: rest_closed, classes: rest_classes, ..self },
        )
    }

    /// The days by which rows count: that of receipt, and that on which they were closed.
    fn counted(self) -> impl Iterator<Item = (Option<i32>, Option<i32>)> {
        let rows = self.received.iter().zip(self.closed).zip(self.classes);
        rows.map(move |((received, closed), class)| {
            let counts = *class < class::VOID;
            let is_closed = counts && !PENDING.contains(class);
            (counts.then_some((*received).max(self.start)), is_closed.then_some(*closed))
        })
    }

    /// The numbers of months of a window; gives whether all lie in it.
    #[inline(always)]
    fn compute<S: Simd>(self, simd: S, window: &Window, came: &mut [u32], went: &mut [u32]) -> bool {
        let class = |class: Class| u8x64::splat(simd, class);
        let (void, pending, after) = (class(class::VOID), class(PENDING.start), class(PENDING.end));
        let splat = |number: i32| i32x16::splat(simd, number);
        let Some((first, later)) = window.years().split_first() else {
            return self.counted().all(|of| of == (None, None));
        };
        let (by, plus, shift) = FIVE_MONTHS;
        let (by, plus, year, none) = (splat(by), splat(plus), splat(YEAR), splat(0));
        let (start, first, before, len) =
            (splat(self.start), splat(*first), splat(1 - window.skipped), splat(window.len));
        let mut unmet = 0;
        let days = self.received.as_chunks::<WORD>().0.iter().zip(self.closed.as_chunks::<WORD>().0);
        let out = came.as_chunks_mut::<WORD>().0.iter_mut().zip(went.as_chunks_mut::<WORD>().0);
        for (((received, closed), classes), (came, went)) in days.zip(self.classes.as_chunks::<WORD>().0).zip(out) {
            let classes = u8x64::from_slice(simd, classes);
            let counted = classes.simd_lt(void).to_bitmask();
            let is_closed = counted & !(classes.simd_ge(pending) & classes.simd_lt(after)).to_bitmask();
            for (days, is_in, mut bits, out) in [(received, true, counted, came), (closed, false, is_closed, went)] {
                for (days, out) in days.as_chunks::<16>().0.iter().zip(out.as_chunks_mut::<16>().0) {
                    let mut day = i32x16::from_slice(simd, days);
                    if is_in {
                        day = day.max(start);
                    }
                    let (mut of_year, mut number) = (day - first, before);
                    for first in later {
                        let in_later = day.simd_ge(splat(*first));
                        of_year = in_later.select(day - splat(*first), of_year);
                        number = in_later.select(number + year, number);
                    }
                    number += (of_year * by + plus) >> shift;
                    let beyond = number.simd_gt(len) | number.simd_le(none);
                    unmet |= beyond.to_bitmask() & bits & 0xffff;
                    number = mask32x16::from_bitmask(simd, bits & 0xffff).select(number, none);
                    number.bitcast::<u32x16<S>>().store_slice(out);
                    bits >>= 16;
                }
            }
        }
        unmet == 0
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::{Months, UNMET, Window};
    use crate::tally::classify::{Rows, class, outcome};
    use crate::tally::days::{self, FIRST, LAST};
    use crate::tally::lanes::Lanes;

    #[test]
    fn months_are_computed_as_the_calendar_has_them() {
        for (first, months) in (1900 * 12..2201 * 12).zip([1, 3, 13, 25, 60].into_iter().cycle()) {
            let last = (first + months - 1).min(2201 * 12 - 1);
            let window = Window::of(first, last).expect("few years");
            let (from, to) = (days::days_of(first).0, days::days_of(last).1);
            for day in (from - 800).max(FIRST)..=(to + 800).min(LAST) {
                let number = if (from..=to).contains(&day) { days::month_of(day) - first + 1 } else { -1 };
                assert_eq!(window.number(day), number, "{day}");
            }
        }
        assert!(Window::of(2000 * 12, 2010 * 12).is_none());
    }

    #[test]
    fn months_are_numbered_however_they_come() {
        // Days of one block after the other: a year, later months, an earlier one, one far off.
        let blocks = [19_723..20_089, 20_000..20_300, 19_700..19_730, 80_000..80_001];
        let mut months = Months::new();
        let mut numbered = Vec::new();
        for (block, days) in blocks.into_iter().enumerate() {
            let received: Vec<i32> = days.collect();
            let closed: Vec<i32> = received.iter().map(|day| day + 40).collect();
            let classes: Vec<u8> = (0..received.len())
                .map(|row| match row % 3 {
                    0 => class::of(0, 0),
                    1 => class::of(0, outcome::PENDING),
                    _ => class::VOID,
                })
                .collect();
            let rows = Rows { received: &received, due: &received, closed: &closed, channel: &[], flags: &[] };
            let mut out = [Vec::new(), Vec::new()];
            let start = received[0] + 1;
            months.numbers(Lanes::of_this_processor(), &rows, start, &classes, &mut out);
            assert_eq!(months.by_day.is_empty(), block < 2);
            for (row, class) in classes.iter().enumerate() {
                let month = |number: u32| months.list()[number as usize];
                let expected = |counts: bool, day: i32| if counts { days::month_of(day) } else { months.list()[0] };
                let found = [month(out[0][row]), month(out[1][row])];
                let day = received[row].max(start);
                assert_eq!(found, [expected(*class != class::VOID, day), expected(*class == 0, closed[row])]);
            }
            // No number becomes that of another month.
            assert!(months.list().starts_with(&numbered));
            numbered = months.list().to_vec();
        }
        assert_eq!(months.number(0), UNMET);
    }
}
