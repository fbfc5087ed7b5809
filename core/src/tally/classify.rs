//! What a dossier counts as: the one place where dates are judged.
//!
//! Written without branches over plain slices, so that the compiler makes vector code of it.

use super::block::{Dated, Marks};
use super::days::{FIRST, LAST, NEVER};
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

/// What comes out of it, all of the same length.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    pub(crate) receipt: Vec<u32>,
    pub(crate) outcome: Vec<u32>,
    /// Both in one: the receipt, and six times the outcome.
    pub(crate) pair: Vec<u32>,
    pub(crate) state: Vec<u32>,
    /// Where the day of receipt (or the period's start) stands in a table of days.
    pub(crate) receipt_slot: Vec<u32>,
    /// Where the day of closing stands; [`NO_DAY`] for pending rows.
    pub(crate) outcome_slot: Vec<u32>,
}

impl Judged {
    pub(crate) fn resize(&mut self, len: usize) {
        for column in [
            &mut self.receipt,
            &mut self.outcome,
            &mut self.pair,
            &mut self.state,
            &mut self.receipt_slot,
            &mut self.outcome_slot,
        ] {
            column.resize(len, 0);
        }
    }
}

impl Judge {
    /// Judges a block of rows; gives all bits of `state` that occur.
    #[inline(never)]
    pub(crate) fn judge(&self, rows: &Rows<'_>, out: &mut Judged) -> u32 {
        out.resize(rows.received.len());
        let Judged { receipt, outcome, pair, state, receipt_slot, outcome_slot } = out;
        let days = rows.received.iter().zip(rows.due).zip(rows.closed);
        let marks = rows.channel.iter().zip(rows.cancelled).zip(rows.hints);
        let classes = receipt.iter_mut().zip(outcome).zip(pair.iter_mut().zip(state));
        let slots = receipt_slot.iter_mut().zip(outcome_slot);
        let mut seen = 0;
        for ((((r, d), c), ((ch, ca), h)), (((receipt, outcome), (pair, state)), (r_slot, o_slot))) in
            days.zip(marks).zip(classes.zip(slots))
        {
            let row = self.one(*r, *d, *c, *ch, *ca, *h);
            *receipt = row.receipt;
            *outcome = row.outcome;
            *pair = row.receipt.wrapping_add(row.outcome.wrapping_mul(receipt::COUNT));
            *state = row.state;
            *r_slot = row.receipt_slot;
            *o_slot = row.outcome_slot;
            seen |= row.state;
        }
        seen
    }

    #[inline(always)]
    // Without `&&`, which would be a branch.
    #[allow(clippy::manual_range_contains)]
    fn one(&self, received: i32, due: i32, closed: i32, channel: u32, cancelled: u32, hints: u32) -> One {
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
        let void = state & state::VOID != 0;
        let late =
            u32::from(closed >= due) + u32::from((closed > due) | ((closed == due) & (hints & hint::TIE_LATE != 0)));
        let timely = if hints & hint::REPEAT != 0 { outcome::LATE } else { late };
        let resolved = if cancelled != 0 { outcome::CANCELLED } else { timely };
        let outcome = if open { outcome::PENDING } else { resolved };
        let receipt = if received < self.start { receipt::CARRIED } else { channel };
        let slot = |day: i32| day.wrapping_sub(FIRST).cast_unsigned();
        One {
            receipt: if void { receipt::VOID } else { receipt },
            outcome: if void { outcome::VOID } else { outcome },
            state,
            receipt_slot: if void { NO_DAY } else { slot(received.max(self.start)) },
            outcome_slot: if void | open { NO_DAY } else { slot(closed) },
        }
    }
}

struct One {
    receipt: u32,
    outcome: u32,
    state: u32,
    receipt_slot: u32,
    outcome_slot: u32,
}
