//! What a dossier counts as: the one place where dates are judged.
//!
//! Written without branches over plain slices, so that the compiler makes vector code of it.

use super::block::{Dated, Marks};
use super::days::{FIRST, LAST, NEVER};
use super::lanes::Lanes;
use super::lookup::NO_DAY;

/// Receipt: 0 to 3 are the channels (3 unknown), 4 is carried over, 5 is not counted.
pub(crate) mod receipt {
    pub(crate) const CARRIED: u32 = 4;
    pub(crate) const VOID: u32 = 5;
    pub(crate) const COUNT: u32 = 6;
}

/// Outcome: 0 early, 1 on time, 2 late, 3 pending, 4 cancelled, 5 is not counted.
pub(crate) mod outcome {
    pub(crate) const LATE: u32 = 2;
    pub(crate) const PENDING: u32 = 3;
    pub(crate) const CANCELLED: u32 = 4;
    pub(crate) const VOID: u32 = 5;
    pub(crate) const COUNT: u32 = 6;
}

/// Why a row is not counted, as bits; [`state::LATER`] alone is counted.
pub(crate) mod state {
    /// To be rejected.
    pub(crate) const BAD: u32 = 1;
    /// Received after as-of.
    pub(crate) const AFTER: u32 = 2;
    /// Closed before the period.
    pub(crate) const BEFORE: u32 = 4;
    /// Cancelled, and cancelled ones are excluded.
    pub(crate) const EXCLUDED: u32 = 8;
    /// Closed after as-of, so still pending then.
    pub(crate) const LATER: u32 = 16;
    /// Any that leaves the row out.
    pub(crate) const VOID: u32 = BAD | AFTER | BEFORE | EXCLUDED;
}

/// The terms that rows are judged by, as numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judge {
    pub(crate) as_of: i32,
    /// The period's first day, or `i32::MIN`.
    pub(crate) start: i32,
    /// Whether cancelled rows are left out: 0 or 1.
    pub(crate) exclude: u32,
}

/// The columns of a block of rows, all of one length.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) received: &'a [i32],
    /// Moved by the suspension.
    pub(crate) due: &'a [i32],
    /// [`NEVER`] where not closed.
    pub(crate) closed: &'a [i32],
    pub(crate) channel: &'a [u32],
    /// 1 where cancelled.
    pub(crate) cancelled: &'a [u32],
    /// Bits that the days alone do not tell, see [`hint`].
    pub(crate) hints: &'a [u32],
}

impl<'a> Rows<'a> {
    pub(crate) fn new(dated: &Dated<'a>, marks: &'a Marks) -> Self {
        let Dated { received, due, closed } = *dated;
        Self { received, due, closed, channel: &marks.channel, cancelled: &marks.cancelled, hints: &marks.hints }
    }
}

/// What the days alone do not tell.
pub(crate) mod hint {
    /// Closed on the due day, but after the due instant.
    pub(crate) const TIE_LATE: u32 = 1;
    /// Late by the reading of repeated requests.
    pub(crate) const REPEAT: u32 = 2;
    /// Closed on the day of receipt, but before the instant of receipt; or found bad elsewhere.
    pub(crate) const BAD: u32 = 4;
    /// The name of the body, officer or field is none; shifted left by 0, 1, 2.
    pub(crate) const NAME: u32 = 8;
    /// The channel is none.
    pub(crate) const CHANNEL: u32 = 64;
    /// Rejected already, and counted as such.
    pub(crate) const GONE: u32 = 256;
    /// The suspension leads out of the calendar.
    pub(crate) const SUSPENSION: u32 = 128;
}

/// What a row counts as: its receipt, its outcome and its state in one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Class(u32);

impl Class {
    #[inline(always)]
    fn new(receipt: u32, outcome: u32, state: u32) -> Self {
        Self(receipt | outcome << 8 | state << 16)
    }

    /// One of [`receipt`].
    #[inline(always)]
    pub(crate) fn receipt(self) -> u32 {
        self.0 & 0xff
    }

    /// One of [`outcome`].
    #[inline(always)]
    pub(crate) fn outcome(self) -> u32 {
        self.0 >> 8 & 0xff
    }

    /// Bits of [`state`].
    #[inline(always)]
    pub(crate) fn state(self) -> u32 {
        self.0 >> 16
    }

    /// Receipt and outcome in one: the receipt, and six times the outcome.
    #[inline(always)]
    pub(crate) fn pair(self) -> u32 {
        self.receipt().wrapping_add(self.outcome().wrapping_mul(receipt::COUNT))
    }

    /// Whether the row is not counted.
    #[inline(always)]
    pub(crate) fn is_void(self) -> bool {
        self.state() & state::VOID != 0
    }

    /// All bits of two.
    #[inline(always)]
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Judge {
    /// Judges a block of rows; gives all bits of `state` that occur.
    pub(crate) fn judge(&self, lanes: Lanes, rows: &Rows<'_>, out: &mut Vec<Class>) -> u32 {
        out.resize(rows.received.len(), Class::default());
        let (judge, rows, out) = (*self, *rows, out.as_mut_slice());
        lanes.run(
            #[inline(always)]
            move || judge.judge_rows(rows, out),
        )
    }

    #[inline(always)]
    fn judge_rows(self, rows: Rows<'_>, out: &mut [Class]) -> u32 {
        let days = rows.received.iter().zip(rows.due).zip(rows.closed);
        let marks = rows.channel.iter().zip(rows.cancelled).zip(rows.hints);
        let mut seen = Class::default();
        for ((((r, d), c), ((ch, ca), h)), out) in days.zip(marks).zip(out) {
            *out = self.one(*r, *d, *c, *ch, *ca, *h);
            seen = seen.or(*out);
        }
        seen.state()
    }

    #[inline(always)]
    // Without `&&`, which would be a branch.
    #[allow(clippy::manual_range_contains)]
    fn one(self, received: i32, due: i32, closed: i32, channel: u32, cancelled: u32, hints: u32) -> Class {
        let in_calendar = |day: i32| (FIRST <= day) & (day <= LAST);
        let is_closed = closed != NEVER;
        let bad = !in_calendar(received)
            | !in_calendar(due)
            | (is_closed & (closed > LAST))
            | (closed < received)
            | (hints & hint::BAD != 0);
        let open = closed > self.as_of;
        let excluded = (cancelled & self.exclude != 0) & !open;
        let when = |is: bool, bit: u32| u32::from(is) * bit;
        let state = when(bad, state::BAD)
            | when(received > self.as_of, state::AFTER)
            | when(closed < self.start, state::BEFORE)
            | when(excluded, state::EXCLUDED)
            | when(open & is_closed, state::LATER);
        let late =
            u32::from(closed >= due) + u32::from((closed > due) | ((closed == due) & (hints & hint::TIE_LATE != 0)));
        let timely = if hints & hint::REPEAT != 0 { outcome::LATE } else { late };
        let resolved = if cancelled != 0 { outcome::CANCELLED } else { timely };
        let outcome = if open { outcome::PENDING } else { resolved };
        let receipt = if received < self.start { receipt::CARRIED } else { channel };
        let counted = Class::new(receipt, outcome, state);
        if state & state::VOID != 0 { Class::new(receipt::VOID, outcome::VOID, state) } else { counted }
    }

    /// Where the days of receipt (or the period's start) and of closing stand in a table of days; [`NO_DAY`] where there
    /// is none.
    pub(crate) fn slots(&self, lanes: Lanes, rows: &Rows<'_>, classes: &[Class], slots: &mut [Vec<u32>; 2]) {
        let (start, rows) = (self.start, *rows);
        let [received, closed] = slots;
        received.resize(classes.len(), 0);
        closed.resize(classes.len(), 0);
        let (received, closed) = (received.as_mut_slice(), closed.as_mut_slice());
        let slot = |day: i32| day.wrapping_sub(FIRST).cast_unsigned();
        lanes.run(
            #[inline(always)]
            move || {
                let days = rows.received.iter().zip(rows.closed).zip(classes);
                for (((r, c), class), (received, closed)) in days.zip(received.iter_mut().zip(closed)) {
                    let open = class.outcome() == outcome::PENDING;
                    *received = if class.is_void() { NO_DAY } else { slot((*r).max(start)) };
                    *closed = if class.is_void() | open { NO_DAY } else { slot(*c) };
                }
            },
        );
    }
}
