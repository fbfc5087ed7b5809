//! Rows made up for tests, as columns in every layout.

use caicach::tally::{Bitmap, Column, Columns, Flags, Ints, Keys, Moments, TimeUnit};
use proptest::prelude::*;

/// One dossier. Days count from an arbitrary day 0; times are seconds since midnight.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub body: Option<u8>,
    pub officer: Option<u8>,
    pub field: Option<u8>,
    pub channel: Option<u8>,
    pub received: Option<(i32, i32)>,
    pub due: Option<(i32, i32)>,
    pub completed: Option<(i32, i32)>,
    pub cancelled: Option<bool>,
    pub suspended: Option<u8>,
    pub requests: Option<u8>,
    pub notices: Option<u8>,
    pub apology: Option<bool>,
    pub satisfied: Option<bool>,
}

pub const DAY0: i32 = 19_700;
pub const BODIES: [&str; 4] = ["Lộc Thọ", "Vĩnh Hải", "Sở Nội vụ tỉnh Khánh Hòa", "P"];
pub const OFFICERS: [&str; 5] = ["Nguyễn Văn A", "Trần Thị Bích Ngọc Hân", "C", "Lê D", "E"];
pub const FIELDS: [&str; 3] = ["Đất đai", "Hộ tịch", "Xây dựng, quy hoạch và kiến trúc"];
pub const CHANNELS: [&str; 4] = ["Trực tuyến", "trực tiếp", "Bưu chính công ích", "khói"];

fn maybe<T: std::fmt::Debug + Clone + 'static>(
    weight: u32,
    some: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    prop_oneof![1 => Just(None), weight => some.prop_map(Some)].boxed()
}

fn moment() -> impl Strategy<Value = (i32, i32)> + Clone {
    (DAY0..DAY0 + 90, prop_oneof![Just(0), Just(43_200), 0..86_400])
}

pub fn row() -> impl Strategy<Value = Row> {
    let names =
        (maybe(20, 0..4_u8), maybe(5, 0..5_u8), maybe(5, 0..3_u8), maybe(8, prop_oneof![9 => 0..3_u8, 1 => Just(3)]));
    let received = maybe(30, prop_oneof![30 => moment(), 1 => Just((9_999_999, 0))]);
    let due = maybe(30, prop_oneof![30 => moment(), 1 => Just((-9_999_999, 0))]);
    let completed = maybe(2, prop_oneof![30 => moment(), 1 => Just((9_999_999, 0))]);
    let marks = (
        maybe(3, prop::bool::weighted(0.1)),
        maybe(1, prop_oneof![5 => Just(0), 1 => 0..30_u8]),
        maybe(2, prop_oneof![3 => Just(0), 2 => 0..4_u8]),
        maybe(2, 0..3_u8),
        maybe(2, any::<bool>()),
        maybe(2, any::<bool>()),
    );
    (names, received, due, completed, marks).prop_map(|(names, received, due, completed, marks)| Row {
        body: names.0,
        officer: names.1,
        field: names.2,
        channel: names.3,
        received,
        due,
        completed,
        cancelled: marks.0,
        suspended: marks.1,
        requests: marks.2,
        notices: marks.3,
        apology: marks.4,
        satisfied: marks.5,
    })
}

/// How rows are laid out as columns.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// 0 dictionary of i32, 1 of u8 in another order, 2 text, 3 large text, 4 views.
    pub keys: u8,
    /// Whether the three moments are instants; else days.
    pub stamps: [bool; 3],
    pub unit: u8,
    pub utc: bool,
    /// Bits of other rows before the first.
    pub offset: usize,
}

pub fn layout() -> impl Strategy<Value = Layout> {
    (0..5_u8, any::<[bool; 3]>(), 0..4_u8, any::<bool>(), 0..11_usize)
        .prop_map(|(keys, stamps, unit, utc, offset)| Layout { keys, stamps, unit, utc, offset })
}

/// Owned columns.
#[derive(Debug)]
pub struct Batch {
    layout: Layout,
    names: Vec<Names>,
    moments: Vec<(Vec<i32>, Vec<i64>, Vec<u8>)>,
    counts: Vec<(Vec<i64>, Vec<u8>)>,
    flags: Vec<(Vec<u8>, Vec<u8>)>,
    len: usize,
}

#[derive(Debug, Default)]
struct Names {
    codes: Vec<i32>,
    bytes_codes: Vec<u8>,
    values: Vec<Option<&'static str>>,
    offsets: Vec<i32>,
    large: Vec<i64>,
    bytes: Vec<u8>,
    views: Vec<u128>,
    valid: Vec<u8>,
}

fn bits(values: impl Iterator<Item = bool>, offset: usize) -> Vec<u8> {
    let mut out = vec![0x5a_u8; 64];
    let mut len = 0;
    for (i, value) in values.enumerate() {
        let at = offset + i;
        if at / 8 >= out.len() {
            out.push(0x5a);
        }
        out[at / 8] = out[at / 8] & !(1 << (at % 8)) | u8::from(value) << (at % 8);
        len = at + 1;
    }
    out.resize(len.div_ceil(8), 0);
    out
}

fn names(rows: &[Option<u8>], list: &[&'static str], layout: Layout) -> Names {
    let mut out = Names { offsets: vec![0], large: vec![0], ..Names::default() };
    let reversed = layout.keys == 1;
    out.values = list.iter().map(|s| Some(*s)).collect();
    out.values.push(None);
    if reversed {
        out.values.reverse();
    }
    for row in rows {
        // A missing name is a null row or, for odd offsets, a null value of the dictionary.
        let code = row.map_or(list.len(), usize::from);
        let code = if reversed { list.len() - code } else { code };
        out.codes.push(code as i32);
        out.bytes_codes.push(code as u8);
        let text = row.map_or("", |n| list[usize::from(n)]);
        let from = out.bytes.len();
        out.bytes.extend(text.as_bytes());
        out.offsets.push(out.bytes.len() as i32);
        out.large.push(out.bytes.len() as i64);
        let mut view = [0_u8; 16];
        view[..4].copy_from_slice(&(text.len() as u32).to_le_bytes());
        if text.len() <= 12 {
            view[4..4 + text.len()].copy_from_slice(text.as_bytes());
        } else {
            view[4..8].copy_from_slice(&text.as_bytes()[..4]);
            view[12..].copy_from_slice(&(from as u32).to_le_bytes());
        }
        out.views.push(u128::from_le_bytes(view));
    }
    out.valid = bits(rows.iter().map(|r| r.is_some() || layout.offset % 2 == 1), layout.offset);
    out
}

impl Batch {
    pub fn new(rows: &[Row], layout: Layout) -> Self {
        let key = |of: fn(&Row) -> Option<u8>, list| names(&rows.iter().map(of).collect::<Vec<_>>(), list, layout);
        let per = [1, 1_000, 1_000_000, 1_000_000_000][usize::from(layout.unit)];
        let moments = [|r: &Row| r.received, |r: &Row| r.due, |r: &Row| r.completed].map(|of| {
            let all: Vec<_> = rows.iter().map(of).collect();
            let days = all.iter().map(|m| m.map_or(12_345, |m| m.0)).collect();
            let ahead = if layout.utc { 7 * 3600 } else { 0 };
            let stamp =
                |(day, time): (i32, i32)| (i64::from(day) * 86_400 + i64::from(time) - ahead).saturating_mul(per);
            let stamps = all.iter().map(|m| m.map_or(12_345, stamp)).collect();
            (days, stamps, bits(all.iter().map(Option::is_some), layout.offset))
        });
        let counts = [|r: &Row| r.suspended, |r: &Row| r.requests, |r: &Row| r.notices].map(|of| {
            let all: Vec<_> = rows.iter().map(of).collect();
            (
                all.iter().map(|n| n.map_or(-7, i64::from)).collect(),
                bits(all.iter().map(Option::is_some), layout.offset),
            )
        });
        let flags = [|r: &Row| r.cancelled, |r: &Row| r.apology, |r: &Row| r.satisfied].map(|of| {
            let all: Vec<_> = rows.iter().map(of).collect();
            (
                bits(all.iter().map(|n| n.unwrap_or(true)), layout.offset),
                bits(all.iter().map(Option::is_some), layout.offset),
            )
        });
        Self {
            layout,
            names: vec![
                key(|r| r.body, &BODIES),
                key(|r| r.officer, &OFFICERS),
                key(|r| r.field, &FIELDS),
                key(|r| r.channel, &CHANNELS),
            ],
            moments: moments.into(),
            counts: counts.into(),
            flags: flags.into(),
            len: rows.len(),
        }
    }

    fn bitmap<'a>(&self, bytes: &'a [u8]) -> Bitmap<'a> {
        Bitmap::new(bytes, self.layout.offset, self.len).unwrap_or_else(|| Bitmap::new(&[], 0, 0).expect("no bits"))
    }

    fn key(&self, at: usize) -> Column<'_, Keys<'_>> {
        let n = &self.names[at];
        let keys = match self.layout.keys {
            0 => Keys::Dictionary { codes: Ints::I32(&n.codes), values: n.values.clone() },
            1 => Keys::Dictionary { codes: Ints::U8(&n.bytes_codes), values: n.values.clone() },
            2 => Keys::Utf8 { offsets: &n.offsets, bytes: &n.bytes },
            3 => Keys::LargeUtf8 { offsets: &n.large, bytes: &n.bytes },
            _ => Keys::Views { views: &n.views, buffers: vec![&n.bytes] },
        };
        Column::nullable(keys, self.bitmap(&n.valid))
    }

    fn moment(&self, at: usize) -> Column<'_, Moments<'_>> {
        let (days, stamps, valid) = &self.moments[at];
        let unit = [TimeUnit::Second, TimeUnit::Millisecond, TimeUnit::Microsecond, TimeUnit::Nanosecond];
        let moments = if self.layout.stamps[at] {
            Moments::Stamps { values: stamps, unit: unit[usize::from(self.layout.unit)], utc: self.layout.utc }
        } else {
            Moments::Days(days)
        };
        Column::nullable(moments, self.bitmap(valid))
    }

    fn count(&self, at: usize) -> Column<'_, Ints<'_>> {
        Column::nullable(Ints::I64(&self.counts[at].0), self.bitmap(&self.counts[at].1))
    }

    fn flag(&self, at: usize) -> Column<'_, Flags<'_>> {
        let (values, valid) = &self.flags[at];
        Column::nullable(Flags::Bits(self.bitmap(values)), self.bitmap(valid))
    }

    pub fn columns(&self) -> Columns<'_> {
        Columns::new(self.key(0), self.moment(0), self.moment(1))
            .officer(self.key(1))
            .field(self.key(2))
            .channel(self.key(3))
            .completed(self.moment(2))
            .cancelled(self.flag(0))
            .suspended_days(self.count(0))
            .supplement_requests(self.count(1))
            .supplement_notices(self.count(2))
            .apology(self.flag(1))
            .satisfied(self.flag(2))
    }
}
