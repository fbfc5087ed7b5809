//! A block of rows made ready to be judged.

use super::bind::{fill_counts, fill_flags, part};
use super::classify::{Class, hint, outcome};
use super::columns::{Columns, Flags};
use super::days::{LAST, NEVER};
use super::error::TallyError;
use super::extras::Extras;
use super::lanes::Lanes;
use super::moment::{Days, Moment, NO_MOMENT};
use super::names::BAD;
use super::options::{Options, Suspension};

/// Days of a block of rows, wherever they lie.
#[derive(Debug, Default)]
pub(crate) struct Clocks {
    received: Days,
    due: Days,
    closed: Days,
    moved: Vec<i32>,
    never: Vec<i32>,
    undated: Vec<i32>,
}

/// The three days of each row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dated<'a> {
    pub(crate) received: &'a [i32],
    pub(crate) due: &'a [i32],
    pub(crate) closed: &'a [i32],
}

/// All else that is known of a block of rows; each column has a number for each row.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub(crate) names: [Vec<u32>; 3],
    pub(crate) channel: Vec<u32>,
    pub(crate) cancelled: Vec<u32>,
    pub(crate) hints: Vec<u32>,
    pub(crate) suspended: Vec<u32>,
    pub(crate) requests: Vec<u32>,
    pub(crate) notices: Vec<u32>,
    satisfied: Vec<u32>,
    apology: Vec<u32>,
    pub(crate) extras: Vec<u32>,
    pub(crate) more: Vec<(u32, [u32; 2])>,
    pub(crate) spare: Vec<u32>,
}

impl Marks {
    /// Makes all columns that long. Columns that a batch does not have stay 0.
    pub(crate) fn resize(&mut self, len: usize) {
        let [body, officer, field] = &mut self.names;
        for column in [
            body,
            officer,
            field,
            &mut self.channel,
            &mut self.cancelled,
            &mut self.hints,
            &mut self.suspended,
            &mut self.requests,
            &mut self.notices,
            &mut self.satisfied,
            &mut self.apology,
            &mut self.extras,
            &mut self.spare,
        ] {
            column.resize(len, 0);
        }
    }

    /// Forgets what the batch before has left.
    pub(crate) fn clear(&mut self) {
        self.resize(0);
        self.more.clear();
    }

    /// Reads the columns of marks of a block; gives the days of its rows.
    #[inline(never)]
    pub(crate) fn ready<'s>(
        &mut self,
        lanes: Lanes,
        clocks: &'s mut Clocks,
        columns: &'s Columns<'s>,
        start: usize,
        options: &Options,
    ) -> Result<Dated<'s>, TallyError> {
        let Clocks { received, due, closed, moved, never, undated } = clocks;
        let len = self.hints.len();
        self.hints.fill(0);
        if let Some(gone) = columns.gone {
            let rows = part(gone, start..start.saturating_add(len));
            self.hints.iter_mut().zip(rows).for_each(|(h, gone)| *h = u32::from(*gone) * (hint::GONE | hint::BAD));
        }
        self.numbers(lanes, columns, start, options);
        let received = received.of(lanes, &columns.received, start, len, NO_MOMENT, &mut self.spare);
        let due = due.of(lanes, &columns.due, start, len, NO_MOMENT, &mut self.spare);
        let closed = match &columns.completed {
            Some(column) => closed.of(lanes, column, start, len, NEVER, &mut self.spare),
            None => {
                never.resize(len, NEVER);
                Moment { days: never.as_slice(), times: None }
            }
        };
        self.compare_times(&received, &due, &closed);
        let mut dated = Dated { received: received.days, due: due.days, closed: closed.days };
        if columns.suspended_days.is_some() {
            self.move_due(dated.due, moved, options)?;
            dated.due = moved;
        }
        if columns.cancelled.is_some() {
            // A cancellation without a date counts on the day of receipt.
            undated.clear();
            let rows = dated.closed.iter().zip(dated.received).zip(&self.cancelled);
            undated.extend(rows.map(|((c, r), gone)| if (*c == NEVER) & (*gone != 0) { *r } else { *c }));
            dated.closed = undated;
        }
        Ok(dated)
    }

    fn numbers(&mut self, lanes: Lanes, columns: &Columns<'_>, start: usize, options: &Options) {
        let Self { cancelled, suspended, requests, notices, hints, spare, .. } = self;
        if let Some(column) = &columns.cancelled {
            fill_flags(lanes, column, start, cancelled, spare);
        }
        for (column, out) in [
            (&columns.suspended_days, suspended),
            (&columns.supplement_requests, &mut *requests),
            (&columns.supplement_notices, notices),
        ] {
            if let Some(column) = column {
                fill_counts(lanes, column, start, out, spare);
                mark(out, hints, |n| n == BAD, hint::BAD);
            }
        }
        if options.repeat_is_late() {
            mark(requests, hints, |n| n > 1, hint::REPEAT);
        }
    }

    /// Marks rows closed on the due day but after the due instant, and those closed before the instant of receipt.
    /// Midnight is no time of day.
    fn compare_times(&mut self, received: &Moment<'_>, due: &Moment<'_>, closed: &Moment<'_>) {
        let Some(closed_at) = closed.times else { return };
        if let Some(due_at) = due.times {
            for ((hints, closed), due) in self.hints.iter_mut().zip(closed_at).zip(due_at) {
                *hints |= u32::from((closed > due) & (*due > 0)) * hint::TIE_LATE;
            }
        }
        if let Some(received_at) = received.times {
            let days = received.days.iter().zip(closed.days);
            for (hints, ((r_day, c_day), (r, c))) in
                self.hints.iter_mut().zip(days.zip(received_at.iter().zip(closed_at)))
            {
                *hints |= u32::from((r_day == c_day) & (c < r) & (*c > 0)) * hint::BAD;
            }
        }
    }

    fn move_due(&mut self, due: &[i32], moved: &mut Vec<i32>, options: &Options) -> Result<(), TallyError> {
        moved.clear();
        moved.extend_from_slice(due);
        for ((day, by), hints) in moved.iter_mut().zip(&self.suspended).zip(&mut self.hints) {
            if *by == 0 || *by == BAD {
                continue;
            }
            let to = match options.suspends_by() {
                Suspension::Calendar => day.checked_add_unsigned(*by).filter(|day| *day <= LAST),
                Suspension::Working(Some(table)) => table.moved(*day, *by),
                Suspension::Working(None) => return Err(TallyError::NoWorkdays),
            };
            match to {
                Some(to) => *day = to,
                None => *hints |= hint::BAD | hint::SUSPENSION,
            }
        }
        Ok(())
    }

    /// Numbers what is counted besides receipt and outcome.
    #[inline(never)]
    pub(crate) fn fold_extras(
        &mut self,
        lanes: Lanes,
        columns: &Columns<'_>,
        start: usize,
        classes: &[Class],
        extras: &Extras,
    ) {
        self.more.clear();
        if extras.codes() == 1 {
            return;
        }
        let Self { satisfied, apology, extras: codes, requests, notices, more, spare, .. } = self;
        codes.fill(0);
        if let Some(column) = &columns.satisfied {
            fill_flags(lanes, column, start, satisfied, spare);
            // 1 is yes, 2 no, 0 not asked.
            satisfied.iter_mut().for_each(|s| *s = 2_u32.wrapping_sub(*s));
            if let Flags::Tri(values) = column.values {
                let missing = part(values, start..start.saturating_add(satisfied.len())).iter().map(|v| *v == 2);
                satisfied.iter_mut().zip(missing).filter(|(_, missing)| *missing).for_each(|(s, _)| *s = 0);
            }
            if let Some(valid) = column.valid {
                valid.unpack(start, spare);
                satisfied.iter_mut().zip(spare.iter()).for_each(|(s, v)| *s = s.wrapping_mul(*v));
            }
            append(codes, satisfied.iter().copied());
        }
        if let Some(column) = &columns.apology {
            fill_flags(lanes, column, start, apology, spare);
            let late = classes.iter().map(|c| 2_u32.wrapping_sub(u32::from(c.outcome() == outcome::LATE)));
            append(codes, apology.iter().zip(late).map(|(a, late)| a.wrapping_mul(late)));
        }
        if extras.requests {
            append(codes, requests.iter().map(|n| (*n).min(2)));
        }
        if extras.notices {
            append(codes, notices.iter().map(|n| (*n).min(2)));
        }
        for (code, class) in codes.iter_mut().zip(classes) {
            *code = if class.is_void() { 0 } else { *code };
        }
        let counts = requests.iter().zip(notices.iter()).zip(classes).enumerate();
        for (row, ((requests, notices), _)) in counts.filter(|(_, ((r, n), c))| ((**r > 1) | (**n > 1)) & !c.is_void())
        {
            more.push((row as u32, [requests.saturating_sub(1), notices.saturating_sub(1)]));
        }
    }
}

/// One more digit to each number.
#[inline(always)]
fn append(codes: &mut [u32], digits: impl Iterator<Item = u32>) {
    for (code, digit) in codes.iter_mut().zip(digits) {
        *code = code.wrapping_mul(3).wrapping_add(digit);
    }
}

/// Sets a bit in the hints of the rows whose number is such.
#[inline(always)]
pub(crate) fn mark(numbers: &[u32], hints: &mut [u32], such: impl Fn(u32) -> bool, bit: u32) {
    for (number, hints) in numbers.iter().zip(hints) {
        *hints |= u32::from(such(*number)) * bit;
    }
}
