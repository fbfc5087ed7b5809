//! How dossiers are judged while they are counted.

use std::sync::Arc;

use super::days;
use super::workdays::Workdays;
use crate::calendar::Date;

/// By what days a suspension moves the due date (tính ngày tạm dừng).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suspension {
    /// Suspended days are working days of this table; `None` is allowed where no dossier is suspended.
    Working(Option<Arc<Workdays>>),
    /// Suspended days are calendar days.
    Calendar,
}

/// What a second request for more papers does (reading `repeat_supplement`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RepeatSupplement {
    /// Nothing.
    #[default]
    Ignore,
    /// A dossier with more than one request counts as late once resolved, as overdue until then.
    Late,
}

/// What becomes of cancelled and withdrawn dossiers (hồ sơ dừng xử lý, công dân rút).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cancelled {
    /// They count as received and in a column of their own.
    #[default]
    Counted,
    /// They are left out, and reported as not counted.
    Excluded,
}

/// What a tally takes as given: as-of date, period, readings.
///
/// Two tallies can only be merged when these agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    as_of: i32,
    start: Option<i32>,
    suspension: Suspension,
    repeat_supplement: RepeatSupplement,
    cancelled: Cancelled,
}

impl Options {
    /// The state at the end of the given day (tính đến ngày), over all dossiers received up to it.
    ///
    /// Suspended days are working days by default; where dossiers are suspended a table of them must be given with
    /// [`Options::suspension`]. Repeated requests are ignored, cancelled dossiers counted.
    #[must_use]
    pub fn as_of(as_of: Date) -> Self {
        Self {
            as_of: days::number_of(as_of),
            start: None,
            suspension: Suspension::Working(None),
            repeat_supplement: RepeatSupplement::default(),
            cancelled: Cancelled::default(),
        }
    }

    /// The period's first day (từ ngày): dossiers received before it and still open at its start are carried over, those
    /// closed before it are not counted.
    #[must_use]
    pub fn starting(mut self, first_day: Date) -> Self {
        self.start = Some(days::number_of(first_day));
        self
    }

    /// By what days a suspension moves the due date.
    #[must_use]
    pub fn suspension(mut self, suspension: Suspension) -> Self {
        self.suspension = suspension;
        self
    }

    /// What a second request for more papers does.
    #[must_use]
    pub fn repeat_supplement(mut self, reading: RepeatSupplement) -> Self {
        self.repeat_supplement = reading;
        self
    }

    /// What becomes of cancelled dossiers.
    #[must_use]
    pub fn cancelled(mut self, cancelled: Cancelled) -> Self {
        self.cancelled = cancelled;
        self
    }

    /// The same as of another day.
    #[must_use]
    pub fn with_as_of(mut self, as_of: Date) -> Self {
        self.as_of = days::number_of(as_of);
        self
    }

    /// The as-of date.
    #[must_use]
    pub fn as_of_date(&self) -> Option<Date> {
        crate::calendar::from_epoch_days(self.as_of)
    }

    /// The period's first day, if one was given.
    #[must_use]
    pub fn start_date(&self) -> Option<Date> {
        self.start.and_then(crate::calendar::from_epoch_days)
    }

    pub(crate) const fn as_of_day(&self) -> i32 {
        self.as_of
    }

    pub(crate) const fn start_day(&self) -> Option<i32> {
        self.start
    }

    pub(crate) const fn suspends_by(&self) -> &Suspension {
        &self.suspension
    }

    pub(crate) fn repeat_is_late(&self) -> bool {
        self.repeat_supplement == RepeatSupplement::Late
    }

    pub(crate) fn excludes_cancelled(&self) -> bool {
        self.cancelled == Cancelled::Excluded
    }

    /// What has to agree for two tallies to be merged, and what a snapshot keeps. The working days are kept by their
    /// fingerprint alone.
    pub(crate) fn terms(&self) -> Terms {
        let (kind, fingerprint) = match &self.suspension {
            Suspension::Calendar => (0, 0),
            Suspension::Working(None) => (1, 0),
            Suspension::Working(Some(table)) => (2, table.fingerprint()),
        };
        let flags = u8::from(self.repeat_is_late()) | (u8::from(self.excludes_cancelled()) << 1) | (kind << 2);
        Terms { as_of: self.as_of, start: self.start, flags, fingerprint }
    }
}

/// [`Options`] without the table of working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Terms {
    pub(crate) as_of: i32,
    pub(crate) start: Option<i32>,
    pub(crate) flags: u8,
    pub(crate) fingerprint: u64,
}

impl Terms {
    /// The options, the table of working days being this one if any; `None` where it is another.
    pub(crate) fn options(&self, workdays: Option<&Arc<Workdays>>) -> Option<Options> {
        let suspension = match self.flags >> 2 {
            0 => Suspension::Calendar,
            1 => Suspension::Working(None),
            _ => Suspension::Working(Some(Arc::clone(workdays?))),
        };
        let options = Options {
            as_of: self.as_of,
            start: self.start,
            suspension,
            repeat_supplement: if self.flags & 1 == 0 { RepeatSupplement::Ignore } else { RepeatSupplement::Late },
            cancelled: if self.flags & 2 == 0 { Cancelled::Counted } else { Cancelled::Excluded },
        };
        (options.terms() == *self).then_some(options)
    }
}
