//! Tallies and rejected rows as tables.

use crate::calendar::epoch_days;
use crate::tally::counts::{Counts, Group};
use crate::tally::grouping::{Dimension, Grouping};
use crate::tally::reject::{Reject, Rejects};
use crate::tally::sum::Tally;

/// Columns of one length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    rows: usize,
    columns: Vec<TableColumn>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableColumn {
    /// What it is called.
    pub name: &'static str,
    /// Whether it may have missing values.
    pub nullable: bool,
    /// Its values.
    pub cells: Cells,
}

/// The values of a column, missing ones as `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cells {
    /// Texts, `Utf8`.
    Texts(Vec<Option<String>>),
    /// Days since 1970-01-01, `Date32`.
    Days(Vec<Option<i32>>),
    /// Counts, `UInt64`.
    Counts(Vec<Option<u64>>),
}

impl Table {
    /// How many rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The columns in order.
    #[must_use]
    pub fn columns(&self) -> &[TableColumn] {
        &self.columns
    }
}

type NameOf = fn(&Group<'_>) -> Option<String>;

impl Tally {
    /// The groups of a grouping as a table: the grouping's columns (`month` as the month's first day), then the counts.
    /// `None` where the grouping is not kept.
    #[must_use]
    pub fn to_table(&self, grouping: Grouping) -> Option<Table> {
        let groups = self.groups(grouping)?;
        let mut columns: Vec<TableColumn> = Vec::new();
        let names: [(Dimension, NameOf); 3] = [
            (Dimension::Body, |g| g.body.map(str::to_owned)),
            (Dimension::Officer, |g| g.officer.map(str::to_owned)),
            (Dimension::Field, |g| g.field.map(str::to_owned)),
        ];
        for (dimension, of) in names {
            if grouping.has(dimension) {
                let cells = Cells::Texts(groups.iter().map(of).collect());
                columns.push(TableColumn { name: dimension.name(), nullable: true, cells });
            }
        }
        if grouping.has(Dimension::Month) {
            let first = |group: &Group<'_>| group.month.and_then(|month| month.first_day()).map(epoch_days);
            let cells = Cells::Days(groups.iter().map(first).collect());
            columns.push(TableColumn { name: Dimension::Month.name(), nullable: true, cells });
        }
        let counts: Vec<_> = groups.iter().map(|group| group.counts.columns()).collect();
        for (at, (name, _)) in Counts::default().columns().into_iter().enumerate() {
            let cells = Cells::Counts(counts.iter().map(|row| row.get(at).and_then(|(_, count)| *count)).collect());
            // The split of pending ones is not known at the end of every month.
            let nullable = matches!(name, "pending_in_time" | "pending_overdue");
            columns.push(TableColumn { name, nullable, cells });
        }
        Some(Table { rows: groups.len(), columns })
    }
}

impl Rejects {
    /// The rows kept, as a table: `source`, `line`, `column`, `value`, `reason` (its code), `message`.
    #[must_use]
    pub fn to_table(&self) -> Table {
        let text = |name, of: fn(&Reject) -> &str| {
            let cells = Cells::Texts(self.kept().iter().map(|reject| Some(of(reject).to_owned())).collect());
            TableColumn { name, nullable: false, cells }
        };
        let lines = Cells::Counts(self.kept().iter().map(|reject| Some(reject.line)).collect());
        let columns = vec![
            text("source", |r| &r.source),
            TableColumn { name: "line", nullable: false, cells: lines },
            text("column", |r| &r.column),
            text("value", |r| &r.value),
            text("reason", |r| r.reason.code()),
            text("message", |r| r.reason.message()),
        ];
        Table { rows: self.kept().len(), columns }
    }
}
