//! Dossiers as columns, borrowed from wherever they lie.
//!
//! The layouts are Arrow's: validity and booleans as bitmaps (least significant bit first), text as offsets and bytes or
//! as views, so that arrays of Arrow, polars and others are read in place.

use super::bitmap::Bitmap;

/// Whole numbers of any width.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Ints<'a> {
    U8(&'a [u8]),
    U16(&'a [u16]),
    U32(&'a [u32]),
    U64(&'a [u64]),
    I8(&'a [i8]),
    I16(&'a [i16]),
    I32(&'a [i32]),
    I64(&'a [i64]),
}

impl Ints<'_> {
    /// How many.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::U8(v) => v.len(),
            Self::U16(v) => v.len(),
            Self::U32(v) => v.len(),
            Self::U64(v) => v.len(),
            Self::I8(v) => v.len(),
            Self::I16(v) => v.len(),
            Self::I32(v) => v.len(),
            Self::I64(v) => v.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A column of names.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Keys<'a> {
    /// Codes into a dictionary; a value that is `None` is a missing name.
    Dictionary {
        /// For each row the place of its name in `values`.
        codes: Ints<'a>,
        /// The names.
        values: Vec<Option<&'a str>>,
    },
    /// Text with offsets of 32 bits: row `i` is `bytes[offsets[i]..offsets[i + 1]]`.
    Utf8 {
        /// One more than there are rows.
        offsets: &'a [i32],
        /// The text.
        bytes: &'a [u8],
    },
    /// Text with offsets of 64 bits.
    LargeUtf8 {
        /// One more than there are rows.
        offsets: &'a [i64],
        /// The text.
        bytes: &'a [u8],
    },
    /// Arrow's string views: length, then the text itself (up to 12 bytes) or prefix, buffer and offset.
    Views {
        /// One for each row.
        views: &'a [u128],
        /// The buffers that longer texts lie in.
        buffers: Vec<&'a [u8]>,
    },
    /// Codes that the names of this very scan gave.
    #[doc(hidden)]
    Interned(&'a [u32]),
}

impl Keys<'_> {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Dictionary { codes, .. } => codes.len(),
            Self::Utf8 { offsets, .. } => offsets.len().saturating_sub(1),
            Self::LargeUtf8 { offsets, .. } => offsets.len().saturating_sub(1),
            Self::Views { views, .. } => views.len(),
            Self::Interned(codes) => codes.len(),
        }
    }
}

/// The unit of a timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TimeUnit {
    Second,
    Millisecond,
    Microsecond,
    Nanosecond,
}

impl TimeUnit {
    /// How many make a second.
    pub(crate) const fn per_second(self) -> i64 {
        match self {
            Self::Second => 1,
            Self::Millisecond => 1_000,
            Self::Microsecond => 1_000_000,
            Self::Nanosecond => 1_000_000_000,
        }
    }
}

/// A column of days or instants.
///
/// A due instant of midnight is taken as the whole day: exports write plain dates so, and nothing falls due at midnight.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Moments<'a> {
    /// Days since 1970-01-01.
    Days(&'a [i32]),
    /// Instants since 1970-01-01T00:00 by local clocks, or by UTC where `utc` says so: the local day is then Vietnam's
    /// (UTC+7).
    Stamps {
        /// The instants.
        values: &'a [i64],
        /// Their unit.
        unit: TimeUnit,
        /// Whether they count from midnight UTC rather than local midnight.
        utc: bool,
    },
    /// Days, and times of day in nanoseconds where there are any, else 0.
    #[doc(hidden)]
    Split(&'a [i32], &'a [i64]),
}

impl Moments<'_> {
    pub(crate) const fn len(&self) -> usize {
        match self {
            Self::Days(v) => v.len(),
            Self::Stamps { values, .. } => values.len(),
            Self::Split(days, _) => days.len(),
        }
    }
}

/// A column with its missing values.
#[derive(Debug, Clone)]
pub struct Column<'a, V> {
    pub(crate) values: V,
    pub(crate) valid: Option<Bitmap<'a>>,
}

impl<'a, V> Column<'a, V> {
    /// A column in which no value is missing.
    pub const fn new(values: V) -> Self {
        Self { values, valid: None }
    }

    /// A column in which the rows with a 0 in the bitmap are missing.
    pub const fn nullable(values: V, valid: Bitmap<'a>) -> Self {
        Self { values, valid: Some(valid) }
    }
}

/// A column of yes and no: a bitmap, or whole numbers of which 0 is no and anything else yes.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Flags<'a> {
    /// One bit for each row.
    Bits(Bitmap<'a>),
    /// One number for each row.
    Ints(Ints<'a>),
    /// 0 no, 1 yes, 2 missing.
    #[doc(hidden)]
    Tri(&'a [u8]),
}

impl Flags<'_> {
    pub(crate) const fn len(&self) -> usize {
        match self {
            Self::Bits(bits) => bits.len(),
            Self::Ints(ints) => ints.len(),
            Self::Tri(values) => values.len(),
        }
    }
}

/// The columns of a batch of dossiers (hồ sơ theo cột); `body`, `received` and `due` are required.
#[derive(Debug, Clone)]
pub struct Columns<'a> {
    pub(crate) body: Column<'a, Keys<'a>>,
    pub(crate) officer: Option<Column<'a, Keys<'a>>>,
    pub(crate) field: Option<Column<'a, Keys<'a>>>,
    pub(crate) channel: Option<Column<'a, Keys<'a>>>,
    pub(crate) received: Column<'a, Moments<'a>>,
    pub(crate) due: Column<'a, Moments<'a>>,
    pub(crate) completed: Option<Column<'a, Moments<'a>>>,
    pub(crate) cancelled: Option<Column<'a, Flags<'a>>>,
    pub(crate) suspended_days: Option<Column<'a, Ints<'a>>>,
    pub(crate) supplement_requests: Option<Column<'a, Ints<'a>>>,
    pub(crate) supplement_notices: Option<Column<'a, Ints<'a>>>,
    pub(crate) apology: Option<Column<'a, Flags<'a>>>,
    pub(crate) satisfied: Option<Column<'a, Flags<'a>>>,
    /// 1 for each row that has been rejected already.
    pub(crate) gone: Option<&'a [u8]>,
}

macro_rules! optional {
    ($($name:ident: $kind:ident, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[must_use]
        pub fn $name(mut self, column: Column<'a, $kind<'a>>) -> Self {
            self.$name = Some(column);
            self
        }
    )*};
}

impl<'a> Columns<'a> {
    /// The required columns; the others are added one by one.
    #[must_use]
    pub const fn new(
        body: Column<'a, Keys<'a>>,
        received: Column<'a, Moments<'a>>,
        due: Column<'a, Moments<'a>>,
    ) -> Self {
        Self {
            body,
            officer: None,
            field: None,
            channel: None,
            received,
            due,
            completed: None,
            cancelled: None,
            suspended_days: None,
            supplement_requests: None,
            supplement_notices: None,
            apology: None,
            satisfied: None,
            gone: None,
        }
    }

    optional! {
        officer: Keys, "The officer in charge (người xử lý).";
        field: Keys, "The field of the procedure (lĩnh vực).";
        channel: Keys, "How it came: see [`Channel`](super::Channel) for the words (kênh tiếp nhận).";
        completed: Moments, "When it was resolved, or closed if cancelled (ngày hoàn thành); missing: not yet.";
        cancelled: Flags, "Whether it was cancelled or withdrawn (dừng xử lý, rút hồ sơ); missing: no.";
        suspended_days: Ints, "By how many days its due date moved (số ngày tạm dừng); missing: 0.";
        supplement_requests: Ints, "How often more papers were requested (số lần yêu cầu bổ sung); missing: 0.";
        supplement_notices: Ints, "How many of these requests were made in writing (số phiếu yêu cầu bổ sung).";
        apology: Flags, "Whether there is a letter of apology (thư xin lỗi); missing: no.";
        satisfied: Flags, "Whether the citizen was satisfied (hài lòng); missing: not asked.";
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.received.values.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name and length of every column and of its bitmap.
    pub(crate) fn lengths(&self) -> impl Iterator<Item = (&'static str, usize, Option<usize>)> {
        fn of<V>(
            name: &'static str,
            column: Option<&Column<'_, V>>,
            len: impl Fn(&V) -> usize,
        ) -> Option<(&'static str, usize, Option<usize>)> {
            column.map(|c| (name, len(&c.values), c.valid.map(|v| v.len())))
        }
        let keys = [
            of("body", Some(&self.body), Keys::len),
            of("officer", self.officer.as_ref(), Keys::len),
            of("field", self.field.as_ref(), Keys::len),
            of("channel", self.channel.as_ref(), Keys::len),
        ];
        let moments = [
            of("received", Some(&self.received), Moments::len),
            of("due", Some(&self.due), Moments::len),
            of("completed", self.completed.as_ref(), Moments::len),
        ];
        let others = [
            of("cancelled", self.cancelled.as_ref(), Flags::len),
            of("suspended_days", self.suspended_days.as_ref(), Ints::len),
            of("supplement_requests", self.supplement_requests.as_ref(), Ints::len),
            of("supplement_notices", self.supplement_notices.as_ref(), Ints::len),
            of("apology", self.apology.as_ref(), Flags::len),
            of("satisfied", self.satisfied.as_ref(), Flags::len),
        ];
        keys.into_iter().chain(moments).chain(others).flatten()
    }
}
