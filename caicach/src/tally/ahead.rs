//! The memory is asked for rows before they are read.

use std::ops::Range;

use super::bind::{BoundKeys, each_int};
use super::columns::{Columns, Ints, Keys, Moments};

/// Asks the memory for rows to come while others are counted, of the columns that every count reads: where many columns are
/// read side by side, the processor does not foresee them all by itself.
#[derive(Debug, Default)]
pub(crate) struct Ahead<'a> {
    columns: Vec<Ints<'a>>,
    /// The column that is next, and the first row to be asked for.
    column: usize,
    row: usize,
    end: usize,
}

impl<'a> Ahead<'a> {
    pub(crate) fn new(columns: &'a Columns<'a>, keys: &[Option<BoundKeys<'a>>]) -> Self {
        let mut out = Vec::new();
        for column in keys.iter().flatten().map(BoundKeys::column).chain(&columns.channel) {
            if let Keys::Dictionary { codes, .. } = &column.values {
                out.push(*codes);
            }
        }
        for column in [Some(&columns.received), Some(&columns.due), columns.completed.as_ref()].into_iter().flatten() {
            match column.values {
                Moments::Days(days) | Moments::Split(days, _) => out.push(Ints::I32(days)),
                Moments::Stamps { values, .. } => out.push(Ints::I64(values)),
            }
        }
        Self { columns: out, column: 0, row: 0, end: 0 }
    }

    /// These rows are next.
    pub(crate) fn start(&mut self, rows: Range<usize>) {
        (self.column, self.row, self.end) = (0, rows.start, rows.end);
    }

    /// Asks for some rows of one column, all that there are in their turn: few requests fit in at a time, and they are served quicker where they lie side by
    /// side.
    #[inline(never)]
    pub(crate) fn ask(&mut self) {
        let Some(column) = self.columns.get(self.column).filter(|_| self.row < self.end) else { return };
        each_int!(*column, v => ask(v, self.row));
        self.column += 1;
        if self.column == self.columns.len() {
            self.column = 0;
            self.row += STRIDE;
        }
    }
}

/// Rows of a column that are asked for at a time.
const STRIDE: usize = 128;

/// How many rows a quick pass over a block goes through until it asks again: requests are to be spread over all that is done
/// with a block, or they would wait for each other.
pub(crate) const OFTEN: usize = 256;

#[inline(always)]
fn ask<T>(values: &[T], from: usize) {
    let line = 64 / size_of::<T>();
    for i in 0..STRIDE / line {
        prefetch_index::prefetch_index(values, from.wrapping_add(i * line));
    }
}
