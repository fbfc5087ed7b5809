//! Tallies and rejected rows as record batches.

use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, RecordBatch, StringArray, UInt64Array};

use crate::calendar::epoch_days;
use crate::tally::counts::{Counts, Group};
use crate::tally::grouping::{Dimension, Grouping};
use crate::tally::reject::{Reject, Rejects};
use crate::tally::sum::Tally;

type NameOf = fn(&Group<'_>) -> Option<String>;
type Named = (&'static str, ArrayRef, bool);

impl Tally {
    /// The groups of a grouping as a record batch: the grouping's columns (`month` as the month's first day), then the
    /// counts as `UInt64`. `None` where the grouping is not kept.
    #[must_use]
    pub fn to_record_batch(&self, grouping: Grouping) -> Option<RecordBatch> {
        let groups = self.groups(grouping)?;
        let mut columns: Vec<Named> = Vec::new();
        let names: [(Dimension, NameOf); 3] = [
            (Dimension::Body, |g| g.body.map(str::to_owned)),
            (Dimension::Officer, |g| g.officer.map(str::to_owned)),
            (Dimension::Field, |g| g.field.map(str::to_owned)),
        ];
        for (dimension, of) in names {
            if grouping.has(dimension) {
                let array: StringArray = groups.iter().map(of).collect();
                columns.push((dimension.name(), Arc::new(array), true));
            }
        }
        if grouping.has(Dimension::Month) {
            let days = groups.iter().map(|g| g.month.and_then(|m| m.first_day()).map(epoch_days));
            columns.push((Dimension::Month.name(), Arc::new(days.collect::<Date32Array>()), true));
        }
        let counts: Vec<_> = groups.iter().map(|group| group.counts.columns()).collect();
        // The split of pending ones is not known at the end of every month.
        let may_miss = |name: &str| matches!(name, "pending_in_time" | "pending_overdue");
        for (at, (name, _)) in Counts::default().columns().into_iter().enumerate() {
            let array: UInt64Array = counts.iter().map(|row| row.get(at).and_then(|(_, count)| *count)).collect();
            columns.push((name, Arc::new(array), may_miss(name)));
        }
        RecordBatch::try_from_iter_with_nullable(columns).ok()
    }
}

impl Rejects {
    /// The rows kept, as a record batch: `source`, `line`, `column`, `value`, `reason` (its code), `message`.
    #[must_use]
    pub fn to_record_batch(&self) -> Option<RecordBatch> {
        let text = |of: fn(&Reject) -> &str| -> ArrayRef {
            Arc::new(StringArray::from_iter_values(self.kept().iter().map(of)))
        };
        let lines = UInt64Array::from_iter_values(self.kept().iter().map(|r| r.line));
        let columns: [Named; 6] = [
            ("source", text(|r| &r.source), false),
            ("line", Arc::new(lines), false),
            ("column", text(|r| &r.column), false),
            ("value", text(|r| &r.value), false),
            ("reason", text(|r| r.reason.code()), false),
            ("message", text(|r| r.reason.message()), false),
        ];
        RecordBatch::try_from_iter_with_nullable(columns).ok()
    }
}
