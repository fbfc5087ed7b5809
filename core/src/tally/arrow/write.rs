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
        for (name, of) in COUNTS {
            let array: UInt64Array = groups.iter().map(|g| Some(of(&g.counts))).collect();
            columns.push((name, Arc::new(array), false));
        }
        for (name, of) in SPLIT {
            let array: UInt64Array = groups.iter().map(|g| of(&g.counts)).collect();
            columns.push((name, Arc::new(array), true));
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

type Count = (&'static str, fn(&Counts) -> u64);

const COUNTS: [Count; 19] = [
    ("received_total", |c| c.received.total()),
    ("received_online", |c| c.received.online),
    ("received_direct", |c| c.received.direct),
    ("received_postal", |c| c.received.postal),
    ("received_unknown_channel", |c| c.received.unknown_channel),
    ("received_carried_over", |c| c.received.carried_over),
    ("resolved_total", |c| c.resolved.total()),
    ("resolved_early", |c| c.resolved.early),
    ("resolved_on_time", |c| c.resolved.on_time),
    ("resolved_late", |c| c.resolved.late),
    ("cancelled", |c| c.cancelled),
    ("satisfied", |c| c.satisfied),
    ("dissatisfied", |c| c.dissatisfied),
    ("supplemented", |c| c.supplemented),
    ("supplement_requests", |c| c.supplement_requests),
    ("supplement_notices", |c| c.supplement_notices),
    ("apologies", |c| c.apologies),
    ("apologies_late", |c| c.apologies_late),
    ("pending_total", |c| c.pending.total),
];

type Part = (&'static str, fn(&Counts) -> Option<u64>);

const SPLIT: [Part; 2] = [("pending_in_time", |c| c.pending.in_time), ("pending_overdue", |c| c.pending.overdue)];
