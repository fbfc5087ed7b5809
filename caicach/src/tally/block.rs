//! A block of rows made ready to be judged.

use super::bind::{fill_counts, fill_flags, part};
use super::classify::{Class, Flags, Rows, WORD, class, outcome};
use super::columns::{self, Columns};
use super::days::{LAST, NEVER};
use super::error::TallyError;
use super::extras::Extras;
use super::lanes::Lanes;
use super::moment::{Days, Moment};
use super::names::BAD;
use super::options::{Options, Suspension};

/// Days of a block of rows, wherever they lie.
#[derive(Debug, Default)]
pub(crate) struct Clocks {
    received: Days,
    due: Days,
    closed: Days,
    moved: Vec<i32>,
    dated: Vec<i32>,
}

/// The three days of each row; the last is anything where the row's flags say that it is not told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dated<'a> {
    pub(crate) received: &'a [i32],
    pub(crate) due: &'a [i32],
    pub(crate) closed: &'a [i32],
}

/// Why a row was found bad before it was judged.
pub(crate) mod hint {
    /// The name of the body, officer or field is none; shifted left by 0, 1, 2.
    pub(crate) const NAME: u8 = 1;
    /// The channel is none.
    pub(crate) const CHANNEL: u8 = 8;
    /// The suspension leads out of the calendar.
    pub(crate) const SUSPENSION: u8 = 16;
    /// There is no body.
    pub(crate) const NO_BODY: u8 = 32;
}

/// All else that is known of a block of rows; each column has a number for each row, or a bit in words of 64.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub(crate) names: [Vec<u32>; 3],
    /// To whole words.
    pub(crate) channel: Vec<u8>,
    pub(crate) flags: Vec<Flags>,
    hints: Vec<u8>,
    any_hints: bool,
    pub(crate) suspended: Vec<u32>,
    pub(crate) requests: Vec<u32>,
    pub(crate) notices: Vec<u32>,
    /// To whole words.
    pub(crate) extras: Vec<u8>,
    pub(crate) more: Vec<(u32, [u32; 2])>,
    digits: Vec<u8>,
    bits: Vec<u64>,
    pub(crate) spare: Vec<u64>,
}

impl Marks {
    /// Makes all columns that long, names and numbers aside, which become so where they are read.
    pub(crate) fn resize(&mut self, len: usize) {
        let words = len.div_ceil(WORD);
        for column in [&mut self.channel, &mut self.extras, &mut self.digits] {
            column.resize(words * WORD, 0);
        }
        self.bits.resize(words, 0);
        self.spare.resize(words, 0);
        self.flags.clear();
        self.flags.resize(words, Flags::default());
        if std::mem::take(&mut self.any_hints) {
            self.hints.clear();
        }
        self.hints.resize(len, 0);
    }

    /// Forgets what the batch before has left.
    pub(crate) fn clear(&mut self) {
        self.resize(0);
        self.more.clear();
        let Self { names, suspended, requests, notices, .. } = self;
        names.iter_mut().chain([suspended, requests, notices]).for_each(Vec::clear);
    }

    /// A row is bad, for that reason.
    pub(crate) fn accuse(&mut self, row: usize, hint: u8) {
        if let Some(flags) = self.flags.get_mut(row / WORD) {
            flags.bad |= 1 << (row % WORD);
        }
        if let Some(hints) = self.hints.get_mut(row) {
            *hints |= hint;
            self.any_hints = true;
        }
    }

    /// See [`hint`].
    pub(crate) fn hints(&self, row: usize) -> u8 {
        self.hints.get(row).copied().unwrap_or(0)
    }

    /// Whether a row is late by the reading of repeated requests.
    pub(crate) fn repeats(&self, row: usize) -> bool {
        self.flags.get(row / WORD).is_some_and(|flags| flags.repeat >> (row % WORD) & 1 == 1)
    }

    /// Whether any is.
    pub(crate) fn any_repeats(&self) -> bool {
        self.flags.iter().fold(0, |any, flags| any | flags.repeat) != 0
    }

    /// The rows to be judged.
    pub(crate) fn rows<'a>(&'a self, dated: &Dated<'a>) -> Rows<'a> {
        let Dated { received, due, closed } = *dated;
        Rows { received, due, closed, channel: &self.channel, flags: &self.flags }
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
        let Clocks { received, due, closed, moved, dated: undated } = clocks;
        let len = self.hints.len();
        self.flag(columns, start, len);
        self.numbers(lanes, columns, start, options);
        let received = received.of(lanes, &columns.received.values, start, len);
        let due = due.of(lanes, &columns.due.values, start, len);
        let closed = match &columns.completed {
            Some(column) => closed.of(lanes, &column.values, start, len),
            // Not told of any row.
            None => Moment { times: None, ..received },
        };
        self.compare_times(&received, &due, &closed);
        let mut dated = Dated { received: received.days, due: due.days, closed: closed.days };
        if columns.suspended_days.is_some() {
            self.move_due(dated.due, moved, options)?;
            dated.due = moved;
        }
        if columns.cancelled.is_some() && self.any_undated(dated.closed) {
            self.date_cancelled(&dated, undated);
            dated.closed = undated;
        }
        Ok(dated)
    }

    /// Sets the flags that are columns of their own.
    fn flag(&mut self, columns: &Columns<'_>, start: usize, len: usize) {
        let Self { flags, bits, spare, .. } = self;
        if let Some(gone) = columns.gone {
            let rows = part(gone, start..start.saturating_add(len));
            gather(rows.iter().map(|gone| *gone != 0), flags, |flags, bits| flags.bad |= bits);
        }
        for missing in [columns.received.valid, columns.due.valid].into_iter().flatten() {
            missing.words(start, spare);
            flags.iter_mut().zip(&*spare).for_each(|(flags, valid)| flags.bad |= !valid);
        }
        if let Some(column) = &columns.completed {
            match column.valid {
                Some(valid) => valid.words(start, spare),
                None => spare.fill(u64::MAX),
            }
            flags.iter_mut().zip(&*spare).for_each(|(flags, told)| flags.told = *told);
        }
        if let Some(column) = &columns.cancelled {
            fill_flags(column, start, len, bits, spare);
            flags.iter_mut().zip(&*bits).for_each(|(flags, cancelled)| flags.cancelled = *cancelled);
        }
    }

    fn numbers(&mut self, lanes: Lanes, columns: &Columns<'_>, start: usize, options: &Options) {
        let Self { suspended, requests, notices, spare, .. } = self;
        let len = self.hints.len();
        let mut any_bad = false;
        // Of requests and notices, one that a batch does not have is 0.
        if columns.supplement_requests.is_some() || columns.supplement_notices.is_some() {
            requests.resize(len, 0);
            notices.resize(len, 0);
        }
        for (column, out) in [
            (&columns.suspended_days, suspended),
            (&columns.supplement_requests, &mut *requests),
            (&columns.supplement_notices, notices),
        ] {
            if let Some(column) = column {
                out.resize(len, 0);
                fill_counts(lanes, column, start, out, spare);
                any_bad |= has(lanes, out, BAD);
            }
        }
        if any_bad {
            for row in 0..len {
                let is_bad = |numbers: &Vec<u32>| numbers.get(row) == Some(&BAD);
                if is_bad(&self.suspended) | is_bad(&self.requests) | is_bad(&self.notices) {
                    self.accuse(row, 0);
                }
            }
        }
        if options.repeat_is_late() && columns.supplement_requests.is_some() {
            gather(self.requests.iter().map(|n| *n > 1), &mut self.flags, |flags, bits| flags.repeat = bits);
        }
    }

    /// Marks rows closed on the due day but after the due instant, and those closed before the instant of receipt.
    /// Midnight is no time of day.
    fn compare_times(&mut self, received: &Moment<'_>, due: &Moment<'_>, closed: &Moment<'_>) {
        let Some(closed_at) = closed.times.filter(|times| times.iter().fold(0, |any, time| any | *time) > 0) else {
            return;
        };
        if let Some(due_at) = due.times {
            let after = closed_at.iter().zip(due_at).map(|(closed, due)| (closed > due) & (*due > 0));
            gather(after, &mut self.flags, |flags, bits| flags.tie_late = bits);
        }
        if let Some(received_at) = received.times {
            let days = received.days.iter().zip(closed.days).map(|(received, closed)| received == closed);
            let times = closed_at.iter().zip(received_at).map(|(closed, received)| (closed < received) & (*closed > 0));
            let before = days.zip(times).map(|(same_day, before)| same_day & before);
            gather(before, &mut self.flags, |flags, bits| flags.bad |= bits & flags.told);
        }
    }

    fn move_due(&mut self, due: &[i32], moved: &mut Vec<i32>, options: &Options) -> Result<(), TallyError> {
        moved.clear();
        moved.extend_from_slice(due);
        for (row, day) in moved.iter_mut().enumerate() {
            let by = self.suspended.get(row).copied().unwrap_or(0);
            if by == 0 || by == BAD {
                continue;
            }
            let to = match options.suspends_by() {
                Suspension::Calendar => day.checked_add_unsigned(by).filter(|day| *day <= LAST),
                Suspension::Working(Some(table)) => table.moved(*day, by),
                Suspension::Working(None) => return Err(TallyError::NoWorkdays),
            };
            match to {
                Some(to) => *day = to,
                None => self.accuse(row, hint::SUSPENSION),
            }
        }
        Ok(())
    }

    /// Whether any cancellation has no date.
    fn any_undated(&mut self, closed: &[i32]) -> bool {
        gather(closed.iter().map(|day| *day != NEVER), &mut self.flags, |flags, bits| flags.told &= bits);
        self.flags.iter().any(|flags| flags.cancelled & !flags.told != 0)
    }

    /// A cancellation without a date counts on the day of receipt.
    fn date_cancelled(&mut self, dated: &Dated<'_>, closed: &mut Vec<i32>) {
        closed.clear();
        closed.extend_from_slice(dated.closed);
        for (flags, days) in self.flags.iter_mut().zip(closed.chunks_mut(WORD).zip(dated.received.chunks(WORD))) {
            let undated = flags.cancelled & !flags.told;
            for (i, (closed, received)) in days.0.iter_mut().zip(days.1).enumerate() {
                *closed = if undated >> i & 1 == 1 { *received } else { *closed };
            }
            flags.told |= undated;
        }
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
        let Self { extras: codes, digits, bits, requests, notices, more, spare, .. } = self;
        codes.fill(0);
        if let Some(column) = &columns.satisfied {
            // 1 is yes, 2 no, 0 not asked.
            fill_flags(column, start, classes.len(), bits, spare);
            digits.fill(2);
            lanes.paint(bits, 1, digits);
            if let columns::Flags::Tri(answers) = column.values {
                let answers = part(answers, start..start.saturating_add(classes.len()));
                digits
                    .iter_mut()
                    .zip(answers)
                    .for_each(|(digit, answer)| *digit = if *answer == 2 { 0 } else { *digit });
            }
            if let Some(valid) = column.valid {
                valid.words(start, spare);
                spare.iter_mut().for_each(|word| *word = !*word);
                lanes.paint(spare, 0, digits);
            }
            append(lanes, codes, digits);
        }
        if let Some(column) = &columns.apology {
            fill_flags(column, start, classes.len(), bits, spare);
            let late = |class: Class| class::outcome(class) == outcome::LATE;
            digits.iter_mut().zip(classes).for_each(|(digit, class)| *digit = if late(*class) { 1 } else { 2 });
            bits.iter_mut().for_each(|word| *word = !*word);
            lanes.paint(bits, 0, digits);
            append(lanes, codes, digits);
        }
        for (_, numbers) in [(extras.requests, &*requests), (extras.notices, &*notices)].into_iter().filter(|n| n.0) {
            digits.iter_mut().zip(numbers).for_each(|(digit, n)| *digit = (*n).min(2) as u8);
            append(lanes, codes, digits);
        }
        for (code, class) in codes.iter_mut().zip(classes) {
            *code = if *class == class::VOID { 0 } else { *code };
        }
        if extras.requests | extras.notices {
            let counts = requests.iter().zip(notices.iter()).zip(classes).enumerate();
            let many = |r: u32, n: u32, c: Class| ((r > 1) | (n > 1)) & (c != class::VOID);
            for (row, ((requests, notices), _)) in counts.filter(|(_, ((r, n), c))| many(**r, **n, **c)) {
                more.push((row as u32, [requests.saturating_sub(1), notices.saturating_sub(1)]));
            }
        }
    }
}

/// One more digit to each number.
fn append(lanes: Lanes, codes: &mut [u8], digits: &[u8]) {
    lanes.run(
        #[inline(always)]
        move || {
            for (code, digit) in codes.iter_mut().zip(digits) {
                *code = code.wrapping_mul(3).wrapping_add(*digit);
            }
        },
    );
}

/// Whether a number is among them.
pub(crate) fn has(lanes: Lanes, numbers: &[u32], number: u32) -> bool {
    let any = lanes.run(
        #[inline(always)]
        move || numbers.iter().fold(0, |any, n| any | u32::from(*n == number)),
    );
    any != 0
}

/// Gives the answers of 64 rows at a time to their flags.
#[inline(always)]
fn gather(mut answers: impl Iterator<Item = bool>, flags: &mut [Flags], set: impl Fn(&mut Flags, u64)) {
    for flags in flags {
        let bits = (0..WORD).zip(&mut answers).fold(0, |bits, (i, answer)| bits | u64::from(answer) << i);
        set(flags, bits);
    }
}
