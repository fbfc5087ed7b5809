//! Rows that cannot be counted, and why.

use std::fmt;

use crate::order::InOrder;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $message:literal;)*) => {
        /// Why a row was not taken (lý do loại); the code is stable across versions.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])* $name,)*
        }

        impl Reason {
            /// All reasons, in their fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The reason's stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The reason in words.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $(Self::$name => $message,)* }
            }
        }
    };
}

reasons! {
    /// No body.
    MissingBody = "missing_body", "the row names no body";
    /// No day of receipt.
    MissingReceived = "missing_received", "the row has no day of receipt";
    /// No due date.
    MissingDue = "missing_due", "the row has no due date";
    /// Not a day between 1900 and 2200.
    BadReceived = "bad_received", "the day of receipt is not a date between 1900 and 2200";
    /// Not a day between 1900 and 2200.
    BadDue = "bad_due", "the due date is not a date between 1900 and 2200";
    /// Not a day between 1900 and 2200.
    BadCompleted = "bad_completed", "the day of completion is not a date between 1900 and 2200";
    /// Completed before it was received.
    CompletedBeforeReceived = "completed_before_received", "completed before it was received";
    /// A channel that is none.
    BadChannel = "bad_channel", "the channel is not one of online, direct, postal";
    /// Neither yes nor no.
    BadFlag = "bad_flag", "neither yes nor no";
    /// Not a whole number from 0 to 100000.
    BadNumber = "bad_number", "not a whole number from 0 to 100000";
    /// A suspension that leads out of the table of working days.
    BadSuspension = "bad_suspension", "the suspension moves the due date out of the calendar";
    /// A name that is not text in the declared encoding, or a code beyond its dictionary.
    BadName = "bad_name", "the name is not text in the declared encoding, or its code is beyond the dictionary";
    /// A CSV row with too few or too many fields.
    FieldCount = "field_count", "the row has another number of fields than the header";
    /// A quoted field that is not closed, or text after its closing quote.
    BadQuote = "bad_quote", "a quoted field is not closed, or text follows its closing quote";
    /// A CSV row longer than allowed.
    RowTooLong = "row_too_long", "the row is longer than allowed";
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reject {
    /// What it came from: a file's name, or empty.
    pub source: String,
    /// The line of the file on which the row begins, from 1; for rows in memory the row, from 1.
    pub line: u64,
    /// The column at fault, or empty for the whole row.
    pub column: String,
    /// The value as read, cut to 80 characters.
    pub value: String,
    /// Why.
    pub reason: Reason,
}

/// Rows that were not taken: all are counted, the first ones kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rejects {
    kept: Vec<Reject>,
    total: u64,
}

impl Rejects {
    /// Rows kept elsewhere, of so many in all: what a surface has stored of them, put back.
    #[must_use]
    pub fn of(kept: Vec<Reject>, total: u64) -> Self {
        let total = total.max(kept.len() as u64);
        Self { kept, total }
    }

    /// The rows kept, in the order of the input.
    #[must_use]
    pub fn kept(&self) -> &[Reject] {
        &self.kept
    }

    /// How many there are in all.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// Adds those of another source; of all of them the first so many are kept.
    pub fn extend(&mut self, other: Self, keep: usize) {
        let Self { mut kept, total } = other;
        self.total = self.total.saturating_add(total);
        self.kept.append(&mut kept);
        self.kept.truncate(keep);
    }

    pub(crate) fn push(&mut self, cap: usize, reject: impl FnOnce() -> Reject) {
        self.total = self.total.saturating_add(1);
        if self.kept.len() < cap {
            self.kept.push(reject());
        }
    }

    /// Puts those kept from a place on in order, and keeps only so many in all.
    pub(crate) fn settle(&mut self, from: usize, cap: usize) {
        if let Some(new) = self.kept.get_mut(from..) {
            new.order_by_key(|reject| reject.line);
        }
        self.kept.truncate(cap);
    }

    /// The kept ones, to be changed.
    pub(crate) fn kept_mut(&mut self) -> &mut Vec<Reject> {
        &mut self.kept
    }

    /// Both, in no order and beyond any cap.
    pub(crate) fn joined(mut self, mut other: Self) -> Self {
        self.total = self.total.saturating_add(other.total);
        self.kept.append(&mut other.kept);
        self
    }
}

/// The start of a value, for messages.
pub(crate) fn clip(value: &str) -> String {
    const SHOWN: usize = 80;
    match value.char_indices().nth(SHOWN) {
        None => value.to_owned(),
        Some((end, _)) => value.get(..end).unwrap_or_default().chars().chain(['…']).collect(),
    }
}
