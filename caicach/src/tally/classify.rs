//! What a dossier counts as: the one place where dates are judged.
//!
//! Rows are judged 64 at a time. What is true of them is kept as bits of one word for each thing, so that most of the
//! judging is done on all 64 at once; the few rows with anything unusual are judged again one by one, by [`Judge::one`].

use fearless_simd::{Level, Simd, dispatch, i32x16, mask8x64, mask32x16, prelude::*, u8x64, u32x16};

use super::ahead::Ahead;
use super::days::{FIRST, LAST, NEVER};

/// How many rows are judged at a time.
pub(crate) const WORD: usize = 64;

/// Receipt: 0 to 3 are the channels (3 unknown), 4 is carried over.
pub(crate) mod receipt {
    pub(crate) const CARRIED: u8 = 4;
    pub(crate) const COUNT: u8 = 5;
}

/// Outcome: 0 early, 1 on time, 2 late, 3 pending, 4 cancelled.
pub(crate) mod outcome {
    pub(crate) const ON_TIME: u8 = 1;
    pub(crate) const LATE: u8 = 2;
    pub(crate) const PENDING: u8 = 3;
    pub(crate) const CANCELLED: u8 = 4;
    pub(crate) const COUNT: u8 = 5;
}

/// What a row counts as: its receipt, and five times its outcome; [`class::VOID`] if it is not counted.
pub(crate) type Class = u8;

/// See [`Class`].
pub(crate) mod class {
    use super::{Class, outcome, receipt};

    /// Not counted.
    pub(crate) const VOID: Class = receipt::COUNT * outcome::COUNT;
    /// Room for a counter of each class: no class is as large.
    pub(crate) const ROOM: usize = 26;

    #[inline(always)]
    pub(crate) const fn of(receipt: u8, outcome: u8) -> Class {
        outcome.wrapping_mul(receipt::COUNT).wrapping_add(receipt)
    }

    /// The receipt of a class that is counted.
    #[inline(always)]
    pub(crate) const fn receipt(class: Class) -> u8 {
        class % receipt::COUNT
    }

    /// The outcome of a class that is counted; of [`VOID`] none that there is.
    #[inline(always)]
    pub(crate) const fn outcome(class: Class) -> u8 {
        class / receipt::COUNT
    }
}

/// Why a row is not counted, as bits; [`state::LATER`] alone is counted.
pub(crate) mod state {
    /// To be rejected.
    pub(crate) const BAD: u8 = 1;
    /// Received after as-of.
    pub(crate) const AFTER: u8 = 2;
    /// Closed before the period.
    pub(crate) const BEFORE: u8 = 4;
    /// Cancelled, and cancelled ones are excluded.
    pub(crate) const EXCLUDED: u8 = 8;
    /// Closed after as-of, so still pending then.
    pub(crate) const LATER: u8 = 16;
    /// Any that leaves the row out.
    pub(crate) const VOID: u8 = BAD | AFTER | BEFORE | EXCLUDED;
}

/// The terms that rows are judged by, as numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judge {
    pub(crate) as_of: i32,
    /// The period's first day, or `i32::MIN`.
    pub(crate) start: i32,
    /// Whether cancelled rows are left out.
    pub(crate) exclude: bool,
}

/// A bit for each of 64 rows.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Flags {
    /// The day on which it was closed is told.
    pub(crate) told: u64,
    pub(crate) cancelled: u64,
    /// Found bad before.
    pub(crate) bad: u64,
    /// Where closed on the due day, then after the due instant.
    pub(crate) tie_late: u64,
    /// Late by the reading of repeated requests.
    pub(crate) repeat: u64,
}

/// The columns of a block of rows, all of one length; of `channel` and `flags` there may be more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) received: &'a [i32],
    /// Moved by the suspension.
    pub(crate) due: &'a [i32],
    /// Anything where it is not told, and [`NEVER`] is no day either.
    pub(crate) closed: &'a [i32],
    /// The number of a channel, 3 where it is not known.
    pub(crate) channel: &'a [u8],
    pub(crate) flags: &'a [Flags],
}

/// What a block of rows counts as.
#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    pub(crate) classes: Vec<Class>,
    /// The pending rows, as bits.
    pub(crate) open: Vec<u64>,
    /// The rows with a state, and their states.
    pub(crate) odd: Vec<(u32, u8)>,
}

/// The columns of 64 rows.
#[derive(Clone, Copy)]
struct Word<'a> {
    /// Of receipt, due, closed.
    days: [&'a [i32; WORD]; 3],
    channel: &'a [u8; WORD],
    flags: Flags,
    /// The place of the first of them in the block.
    from: u32,
}

/// Bits of 64 rows that come of their days.
struct Found {
    open: u64,
    odd: u64,
}

impl Judge {
    /// Judges a block of rows, and asks for rows to come meanwhile.
    pub(crate) fn judge(&self, level: Level, rows: &Rows<'_>, ahead: &mut Ahead<'_>, out: &mut Verdicts) {
        let len = rows.received.len();
        out.odd.clear();
        out.open.resize(len.div_ceil(WORD), 0);
        out.classes.resize(len.next_multiple_of(WORD), class::VOID);
        let judge = *self;
        dispatch!(level, simd => judge.whole_words(simd, rows, ahead, out));
        let whole = len - len % WORD;
        if whole < len {
            // The rest of the rows, and more of which nothing is read.
            let days = [rows.received, rows.due, rows.closed].map(|days| padded(days.get(whole..).unwrap_or_default()));
            let channel = padded(rows.channel.get(whole..).unwrap_or_default());
            let [received, due, closed] = days.each_ref();
            let rest = Rows {
                received,
                due,
                closed,
                channel: &channel,
                flags: rows.flags.get(whole / WORD..).unwrap_or_default(),
            };
            let mut last = Verdicts { classes: vec![class::VOID; WORD], open: vec![0], ..Verdicts::default() };
            dispatch!(level, simd => judge.whole_words(simd, &rest, ahead, &mut last));
            let (here, from) = (len % WORD, whole as u32);
            let open = out.open.last_mut().into_iter().zip(last.open);
            open.for_each(|(open, rest)| *open = rest & ((1 << here) - 1));
            let odd = last.odd.iter().filter(|(row, _)| (*row as usize) < here);
            out.odd.extend(odd.map(|(row, state)| (row + from, *state)));
            for (out, class) in out.classes.iter_mut().skip(whole).zip(last.classes) {
                *out = class;
            }
        }
        out.classes.truncate(len);
    }

    #[inline(always)]
    fn whole_words<S: Simd>(self, simd: S, rows: &Rows<'_>, ahead: &mut Ahead<'_>, out: &mut Verdicts) {
        let Verdicts { classes, open, odd } = out;
        let (received, due, closed) = (words(rows.received), words(rows.due), words(rows.closed));
        let columns = received.iter().zip(due).zip(closed).zip(words(rows.channel)).zip(rows.flags);
        let mut from = 0_u32;
        let out = classes.as_chunks_mut::<WORD>().0.iter_mut().zip(open);
        for (((((received, due), closed), channel), flags), (out, open)) in columns.zip(out) {
            if from.is_multiple_of(2 * WORD as u32) {
                ahead.ask();
            }
            let word = Word { days: [received, due, closed], channel, flags: *flags, from };
            let found = self.word(simd, word, out);
            *open = found.open & !found.odd;
            if found.odd != 0 {
                *open |= self.odd_ones(word, found.odd, out, odd);
            }
            from = from.wrapping_add(WORD as u32);
        }
    }

    /// Judges the odd ones of 64 rows; gives those of them that are pending.
    #[inline(never)]
    fn odd_ones(self, word: Word<'_>, mut rows: u64, classes: &mut [Class; WORD], odd: &mut Vec<(u32, u8)>) -> u64 {
        let Word { days, channel, flags, from } = word;
        let mut open = 0;
        while rows != 0 {
            let row = rows.trailing_zeros();
            rows &= rows - 1;
            let at = row as usize;
            let [received, due, closed] = days.map(|days| days.get(at).copied().unwrap_or_default());
            let closed = if flags.told >> row & 1 == 1 { closed } else { NEVER };
            let channel = channel.get(at).copied().unwrap_or_default();
            let (class, state) = self.one([received, due, closed], channel, flags, row);
            if let Some(out) = classes.get_mut(at) {
                *out = class;
            }
            if class::outcome(class) == outcome::PENDING {
                open |= 1 << row;
            }
            if state != 0 {
                odd.push((from.wrapping_add(row), state));
            }
        }
        open
    }

    /// Judges 64 rows but the odd ones, which get no class here.
    #[inline(always)]
    fn word<S: Simd>(self, simd: S, word: Word<'_>, out: &mut [Class; WORD]) -> Found {
        let Word { days: [received, due, closed], channel, flags, .. } = word;
        let (first, last) = (i32x16::splat(simd, FIRST), i32x16::splat(simd, LAST));
        let (as_of, start) = (i32x16::splat(simd, self.as_of), i32x16::splat(simd, self.start));
        let never = i32x16::splat(simd, NEVER);
        // A day before the first one comes after all others as a number without a sign.
        let from_first = |days: i32x16<S>| (days - first).bitcast::<u32x16<S>>();
        let (until_as_of, until_last) = (from_first(as_of), from_first(last));
        let (mut open, mut not_early, mut late, mut carried, mut even) = (0, 0, 0, 0, 0);
        let sixteens = received.as_chunks::<16>().0.iter().zip(due.as_chunks::<16>().0).zip(closed.as_chunks::<16>().0);
        let mut shift = 0_u32;
        for ((received, due), closed) in sixteens {
            let (received, due) = (i32x16::from_slice(simd, received), i32x16::from_slice(simd, due));
            let closed = i32x16::from_slice(simd, closed);
            let told = mask32x16::from_bitmask(simd, flags.told >> shift & 0xffff);
            let closed = told.select(closed, never);
            let is_open = closed.simd_gt(as_of);
            // Not so is also what is no day, and what was closed before it was received.
            let is_even = from_first(received).simd_le(until_as_of)
                & from_first(due).simd_le(until_last)
                & closed.simd_ge(received.max(start))
                & (closed.simd_eq(never) | !is_open);
            open |= is_open.to_bitmask() << shift;
            not_early |= closed.simd_ge(due).to_bitmask() << shift;
            late |= closed.simd_gt(due).to_bitmask() << shift;
            carried |= received.simd_lt(start).to_bitmask() << shift;
            even |= is_even.to_bitmask() << shift;
            shift = shift.wrapping_add(16);
        }
        late |= not_early & flags.tie_late | flags.repeat;
        not_early |= flags.repeat;
        let mut odd = !even | flags.bad;
        if self.exclude {
            odd |= flags.cancelled;
        }

        let part = |outcome: u8| outcome.wrapping_mul(receipt::COUNT);
        let mut became = choose(simd, not_early, part(outcome::ON_TIME), u8x64::splat(simd, 0));
        became = choose(simd, late, part(outcome::LATE), became);
        if flags.cancelled != 0 {
            became = choose(simd, flags.cancelled, part(outcome::CANCELLED), became);
        }
        became = choose(simd, open, part(outcome::PENDING), became);
        let mut came = u8x64::from_slice(simd, channel);
        if carried != 0 {
            came = choose(simd, carried, receipt::CARRIED, came);
        }
        (came + became).store_slice(out);
        Found { open, odd }
    }

    /// Judges one row: its class and its state.
    fn one(self, [received, due, closed]: [i32; 3], channel: u8, flags: Flags, row: u32) -> (Class, u8) {
        let is = |bits: u64| bits >> row & 1 == 1;
        let in_calendar = |day: i32| (FIRST..=LAST).contains(&day);
        let is_closed = closed != NEVER;
        let bad = !in_calendar(received)
            || !in_calendar(due)
            || (is_closed && closed > LAST)
            || closed < received
            || is(flags.bad);
        let open = closed > self.as_of;
        let excluded = self.exclude && is(flags.cancelled) && !open;
        let when = |is: bool, bit: u8| if is { bit } else { 0 };
        let state = when(bad, state::BAD)
            | when(received > self.as_of, state::AFTER)
            | when(closed < self.start, state::BEFORE)
            | when(excluded, state::EXCLUDED)
            | when(open && is_closed, state::LATER);
        if state & state::VOID != 0 {
            return (class::VOID, state);
        }
        let outcome = if open {
            outcome::PENDING
        } else if is(flags.cancelled) {
            outcome::CANCELLED
        } else if closed > due || (closed == due && is(flags.tie_late)) || is(flags.repeat) {
            outcome::LATE
        } else {
            u8::from(closed == due) * outcome::ON_TIME
        };
        (class::of(if received < self.start { receipt::CARRIED } else { channel }, outcome), state)
    }
}

/// One byte where there is a bit, the others as they are.
#[inline(always)]
fn choose<S: Simd>(simd: S, bits: u64, byte: u8, others: u8x64<S>) -> u8x64<S> {
    mask8x64::from_bitmask(simd, bits).select(u8x64::splat(simd, byte), others)
}

/// The numbers by 64; what is left over is left out.
#[inline(always)]
fn words<T>(numbers: &[T]) -> &[[T; WORD]] {
    numbers.as_chunks().0
}

/// As many numbers as there are to a word, the first ones these.
fn padded<T: Copy + Default>(numbers: &[T]) -> [T; WORD] {
    let mut out = [T::default(); WORD];
    out.iter_mut().zip(numbers).for_each(|(out, number)| *out = *number);
    out
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::{Ahead, Flags, Judge, NEVER, Rows, Verdicts, WORD, class, outcome};
    use fearless_simd::Level;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn many_rows_are_judged_as_each_is(
            // Days near each other, near the ends of the calendar, and no days at all.
            rows in prop::collection::vec(
                (prop::array::uniform3(prop_oneof![4 => -3..6_i32, 1 => prop::sample::select(vec![
                    -25_568, -25_567, 84_370, 84_371, i32::MIN, i32::MAX - 1, NEVER])]), 0..4_u8, 0..64_u8), 0..200),
            as_of in -2..6_i32,
            start in prop::sample::select(vec![i32::MIN, -1, 1]),
            exclude: bool,
        ) {
            let judge = Judge { as_of, start, exclude };
            let day = |at: usize| rows.iter().map(|r| r.0[at]).collect::<Vec<i32>>();
            let (received, due, closed) = (day(0), day(1), day(2));
            let mut channel: Vec<u8> = rows.iter().map(|r| r.1).collect();
            channel.resize(rows.len().next_multiple_of(WORD), 0);
            let mut flags = vec![Flags::default(); rows.len().div_ceil(WORD)];
            for (i, (_, _, bits)) in rows.iter().enumerate() {
                let bit = |of: u8| u64::from(bits >> of & 1) << (i % WORD);
                let flags = &mut flags[i / WORD];
                // Mostly told, seldom bad.
                flags.told |= bit(0) | bit(1);
                flags.cancelled |= bit(2);
                flags.tie_late |= bit(3);
                flags.repeat |= bit(4) & bit(5);
                flags.bad |= bit(4) & bit(2) & bit(0);
            }
            let columns = Rows { received: &received, due: &due, closed: &closed, channel: &channel, flags: &flags };
            let mut expected = Verdicts::default();
            for (i, flags) in (0..rows.len()).map(|i| (i, flags[i / WORD])) {
                let bit = (i % WORD) as u32;
                let closed = if flags.told >> bit & 1 == 1 { closed[i] } else { NEVER };
                let (class, state) = judge.one([received[i], due[i], closed], channel[i], flags, bit);
                expected.classes.push(class);
                if bit == 0 {
                    expected.open.push(0);
                }
                expected.open[i / WORD] |= u64::from(class::outcome(class) == outcome::PENDING) << bit;
                if state != 0 {
                    expected.odd.push((i as u32, state));
                }
            }
            for level in [Level::new(), Level::baseline()] {
                let mut found = Verdicts::default();
                judge.judge(level, &columns, &mut Ahead::default(), &mut found);
                prop_assert_eq!(&found.classes, &expected.classes);
                prop_assert_eq!(&found.open, &expected.open);
                prop_assert_eq!(&found.odd, &expected.odd);
            }
        }
    }
}
