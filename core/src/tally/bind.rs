//! Columns made ready to be read block by block.

use std::ops::Range;

use super::bitmap::Bitmap;
use super::channel::Channel;
use super::columns::{Column, Flags, Ints, Keys};
use super::error::TallyError;
use super::lanes::Lanes;
use super::names::{BAD, NONE, Names};

/// The number for a channel that is not given.
pub(crate) const NO_CHANNEL: u32 = 3;

/// A number of a column, as a code into a dictionary and as a count.
pub(crate) trait Int: Copy {
    /// As a code; what is no code becomes one beyond every dictionary.
    fn code(self) -> u32;
    /// As a count; what is none becomes [`BAD`].
    fn number(self) -> u32;
}

macro_rules! narrow {
    ($($t:ty),*) => {$(impl Int for $t {
        #[inline(always)]
        fn code(self) -> u32 { self as u32 }
        #[inline(always)]
        fn number(self) -> u32 { limited(self as u32) }
    })*};
}
macro_rules! wide {
    ($($t:ty),*) => {$(impl Int for $t {
        #[inline(always)]
        fn code(self) -> u32 { u32::try_from(self).unwrap_or(u32::MAX) }
        #[inline(always)]
        fn number(self) -> u32 { limited(self.code()) }
    })*};
}
narrow!(u8, u16, u32, i8, i16, i32);
wide!(u64, i64);

/// The largest number that a row may bear.
pub(crate) const MOST: u32 = 100_000;

#[inline(always)]
fn limited(number: u32) -> u32 {
    if number > MOST { BAD } else { number }
}

macro_rules! each_int {
    ($ints:expr, $v:ident => $body:expr) => {
        match $ints {
            Ints::U8($v) => $body,
            Ints::U16($v) => $body,
            Ints::U32($v) => $body,
            Ints::U64($v) => $body,
            Ints::I8($v) => $body,
            Ints::I16($v) => $body,
            Ints::I32($v) => $body,
            Ints::I64($v) => $body,
        }
    };
}

/// A part of a slice; empty where it does not reach so far.
#[inline(always)]
pub(crate) fn part<T>(slice: &[T], rows: Range<usize>) -> &[T] {
    slice.get(rows).unwrap_or_default()
}

#[inline(always)]
fn copy<T: Int>(values: &[T], out: &mut [u32], change: impl Fn(T) -> u32) {
    for (out, value) in out.iter_mut().zip(values) {
        *out = change(*value);
    }
}

/// Counts of rows, missing ones 0, impossible ones [`BAD`].
pub(crate) fn fill_counts(
    lanes: Lanes,
    column: &Column<'_, Ints<'_>>,
    start: usize,
    out: &mut [u32],
    spare: &mut [u32],
) {
    let (values, rows) = (column.values, start..start.saturating_add(out.len()));
    let numbers = &mut *out;
    lanes.run(
        #[inline(always)]
        move || each_int!(values, v => copy(part(v, rows), numbers, Int::number)),
    );
    mask(lanes, column.valid, start, out, spare, 0);
}

/// Flags of rows as 0 and 1, missing ones 0.
pub(crate) fn fill_flags(
    lanes: Lanes,
    column: &Column<'_, Flags<'_>>,
    start: usize,
    out: &mut [u32],
    spare: &mut [u32],
) {
    let rows = start..start.saturating_add(out.len());
    match column.values {
        Flags::Bits(bits) => {
            let out = &mut *out;
            lanes.run(
                #[inline(always)]
                move || bits.unpack(start, out),
            );
        }
        Flags::Tri(values) => out.iter_mut().zip(part(values, rows)).for_each(|(o, v)| *o = u32::from(*v == 1)),
        Flags::Ints(ints) => each_int!(ints, v => copy(part(v, rows), out, |n| u32::from(n.code() != 0))),
    }
    mask(lanes, column.valid, start, out, spare, 0);
}

/// Sets the missing ones to a number.
pub(crate) fn mask<T: Copy>(
    lanes: Lanes,
    valid: Option<Bitmap<'_>>,
    start: usize,
    out: &mut [T],
    spare: &mut [u32],
    missing: T,
) {
    let Some(valid) = valid else { return };
    lanes.run(
        #[inline(always)]
        move || {
            valid.unpack(start, spare);
            for (out, valid) in out.iter_mut().zip(spare) {
                // Read in any case, so that the loop has no branch.
                let value = *out;
                *out = if *valid == 0 { missing } else { value };
            }
        },
    );
}

/// Copies numbers, another in the place of the missing ones.
pub(crate) fn choose<T: Copy>(
    lanes: Lanes,
    valid: Option<Bitmap<'_>>,
    start: usize,
    from: &[T],
    out: &mut [T],
    spare: &mut [u32],
    missing: T,
) {
    lanes.run(
        #[inline(always)]
        move || {
            match valid {
                Some(valid) => valid.unpack(start, spare),
                None => spare.fill(1),
            }
            for ((out, from), valid) in out.iter_mut().zip(from).zip(spare.iter()) {
                let value = *from;
                *out = if *valid == 0 { missing } else { value };
            }
        },
    );
}

/// A column of names whose dictionary has been looked up.
#[derive(Debug)]
pub(crate) struct BoundKeys<'a> {
    name: &'static str,
    keys: Codes<'a>,
    column: &'a Column<'a, Keys<'a>>,
}

#[derive(Debug)]
enum Codes<'a> {
    /// The number is the code plus one.
    Shift(Ints<'a>, u32),
    /// The number is that of the table.
    Table(Ints<'a>, Vec<u32>),
    /// The same for few: to compare a code with each of them is quicker than to look it up.
    Few(Ints<'a>, [u32; FEW]),
    /// Text, looked up row by row.
    Text,
    /// The numbers themselves.
    Numbers(&'a [u32]),
}

/// How few names are compared rather than looked up.
const FEW: usize = 4;

impl<'a> Codes<'a> {
    fn of_numbers(codes: Ints<'a>, numbers: Vec<u32>) -> Self {
        if numbers.len() > FEW {
            return Self::Table(codes, numbers);
        }
        let mut few = [BAD; FEW];
        few.iter_mut().zip(numbers).for_each(|(few, number)| *few = number);
        Self::Few(codes, few)
    }
}

impl<'a> BoundKeys<'a> {
    /// Gives the names of a dictionary their numbers.
    pub(crate) fn new(name: &'static str, column: &'a Column<'a, Keys<'a>>, names: &mut Names) -> Self {
        let keys = match &column.values {
            Keys::Dictionary { codes, values } => {
                let numbers: Vec<u32> =
                    values.iter().map(|v| v.map_or(NONE, |text| names.number(text.as_bytes()))).collect();
                if (1_u32..).zip(&numbers).all(|(expected, number)| expected == *number) {
                    Codes::Shift(*codes, u32::try_from(numbers.len()).unwrap_or(BAD))
                } else {
                    Codes::of_numbers(*codes, numbers)
                }
            }
            Keys::Interned(numbers) => Codes::Numbers(numbers),
            _ => Codes::Text,
        };
        Self { name, keys, column }
    }

    /// The same for channels: the number of a row is that of its channel.
    pub(crate) fn channels(column: &'a Column<'a, Keys<'a>>, names: &mut Names) -> Self {
        let keys = match &column.values {
            Keys::Dictionary { codes, values } => {
                Codes::of_numbers(*codes, values.iter().map(|v| channel_number(*v)).collect())
            }
            _ => return Self::new("channel", column, names),
        };
        Self { name: "channel", keys, column }
    }

    /// Whether the numbers are those of names rather than of channels.
    pub(crate) fn names_channels(&self) -> bool {
        matches!(self.keys, Codes::Text | Codes::Numbers(_))
    }

    /// The numbers of the rows from `start` on: [`NONE`] where missing, [`BAD`] where there can be none.
    pub(crate) fn fill(
        &self,
        lanes: Lanes,
        names: &mut Names,
        start: usize,
        out: &mut [u32],
        spare: &mut [u32],
        missing: u32,
    ) -> Result<(), TallyError> {
        let rows = start..start.saturating_add(out.len());
        match &self.keys {
            Codes::Shift(codes, len) => {
                let (codes, len) = (*codes, *len);
                // Taken by value: what lies behind references might change with what is written.
                let shift = move |code: u32| if code < len { code.wrapping_add(1) } else { BAD };
                let out = &mut *out;
                lanes.run(
                    #[inline(always)]
                    move || each_int!(codes, v => copy(part(v, rows), out, move |c| shift(c.code()))),
                );
            }
            Codes::Table(codes, numbers) => {
                let find = |code: u32| numbers.get(code as usize).copied().unwrap_or(BAD);
                each_int!(*codes, v => copy(part(v, rows), out, |c| find(c.code())));
            }
            Codes::Few(codes, numbers) => {
                let (codes, [first, second, third, fourth]) = (*codes, *numbers);
                let choose = |is: bool, number: u32, other: u32| if is { number } else { other };
                let find = move |code: u32| {
                    let low = choose(code == 0, first, second);
                    let high = choose(code == 2, third, fourth);
                    choose(code < FEW as u32, choose(code < 2, low, high), BAD)
                };
                let out = &mut *out;
                lanes.run(
                    #[inline(always)]
                    move || each_int!(codes, v => copy(part(v, rows), out, move |c| find(c.code()))),
                );
            }
            Codes::Numbers(numbers) => out.iter_mut().zip(part(numbers, rows)).for_each(|(o, n)| *o = *n),
            Codes::Text => self.fill_text(names, start, out)?,
        }
        mask(lanes, self.column.valid, start, out, spare, missing);
        Ok(())
    }

    fn fill_text(&self, names: &mut Names, start: usize, out: &mut [u32]) -> Result<(), TallyError> {
        let rows = start..start.saturating_add(out.len()).saturating_add(1);
        match &self.column.values {
            Keys::Utf8 { offsets, bytes } => self.fill_offsets(
                names,
                start,
                out,
                bytes,
                part(offsets, rows).iter().map(|o| usize::try_from(*o).ok()),
            ),
            Keys::LargeUtf8 { offsets, bytes } => self.fill_offsets(
                names,
                start,
                out,
                bytes,
                part(offsets, rows).iter().map(|o| usize::try_from(*o).ok()),
            ),
            Keys::Views { views, buffers } => {
                let views = part(views, start..start.saturating_add(out.len()));
                self.fill_views(names, start, out, views, buffers)
            }
            _ => Ok(()),
        }
    }

    #[inline]
    fn fill_offsets(
        &self,
        names: &mut Names,
        start: usize,
        out: &mut [u32],
        bytes: &[u8],
        mut offsets: impl Iterator<Item = Option<usize>>,
    ) -> Result<(), TallyError> {
        let mut from = offsets.next().flatten();
        let mut last: &[u8] = &[];
        let mut number = NONE;
        for (row, (out, to)) in out.iter_mut().zip(offsets).enumerate() {
            let text = from.zip(to).and_then(|(from, to)| bytes.get(from..to));
            let text = text.ok_or(TallyError::Offsets { column: self.name, row: start.saturating_add(row) })?;
            if text != last {
                number = names.number(text);
                last = text;
            }
            *out = number;
            from = to;
        }
        Ok(())
    }

    fn fill_views(
        &self,
        names: &mut Names,
        start: usize,
        out: &mut [u32],
        views: &[u128],
        buffers: &[&[u8]],
    ) -> Result<(), TallyError> {
        let mut last = None;
        let mut number = NONE;
        for (row, (out, view)) in out.iter_mut().zip(views).enumerate() {
            if last != Some(*view) {
                let inline = view.to_le_bytes();
                let text = viewed(*view, &inline, buffers);
                // A missing row may hold anything.
                let missing = || self.column.valid.is_some_and(|v| !v.get(start.saturating_add(row)));
                number = match text {
                    Some(text) => names.number(text),
                    None if missing() => NONE,
                    None => return Err(TallyError::Offsets { column: self.name, row: start.saturating_add(row) }),
                };
                last = Some(*view);
            }
            *out = number;
        }
        Ok(())
    }

    /// The value of a row of a column, for messages.
    pub(crate) fn shown(column: &Column<'_, Keys<'_>>, row: usize) -> String {
        if column.valid.is_some_and(|v| !v.get(row)) {
            return String::new();
        }
        let text = |bytes: Option<&[u8]>| bytes.map(|b| String::from_utf8_lossy(b).into_owned()).unwrap_or_default();
        match &column.values {
            Keys::Dictionary { codes, values } => {
                let code = each_int!(*codes, v => v.get(row).map_or(BAD, |c| c.code()));
                values.get(code as usize).map_or_else(|| format!("code {code}"), |v| v.unwrap_or_default().to_owned())
            }
            Keys::Utf8 { offsets, bytes } => {
                let at = |i: usize| offsets.get(i).and_then(|o| usize::try_from(*o).ok());
                text(at(row).zip(at(row.saturating_add(1))).and_then(|(from, to)| bytes.get(from..to)))
            }
            Keys::LargeUtf8 { offsets, bytes } => {
                let at = |i: usize| offsets.get(i).and_then(|o| usize::try_from(*o).ok());
                text(at(row).zip(at(row.saturating_add(1))).and_then(|(from, to)| bytes.get(from..to)))
            }
            Keys::Views { views, buffers } => {
                let view = views.get(row).copied().unwrap_or_default();
                text(viewed(view, &view.to_le_bytes(), buffers))
            }
            Keys::Interned(_) => String::new(),
        }
    }
}

/// The number of a row of a column, for messages.
pub(crate) fn shown(column: &Column<'_, Ints<'_>>, row: usize) -> String {
    each_int!(column.values, v => v.get(row).map_or_else(String::new, ToString::to_string))
}

/// The text of a view: up to 12 bytes lie in it, longer ones in a buffer.
#[inline(always)]
fn viewed<'v>(view: u128, inline: &'v [u8; 16], buffers: &[&'v [u8]]) -> Option<&'v [u8]> {
    let word = |shift: u32| (view >> shift) as u32 as usize;
    let len = word(0);
    if len <= 12 {
        return inline.get(4..4 + len);
    }
    let from = word(96);
    buffers.get(word(64))?.get(from..from.checked_add(len)?)
}

/// The number of a channel by its name; [`BAD`] if it is none.
pub(crate) fn channel_number(name: Option<&str>) -> u32 {
    let name = name.map(str::trim).filter(|n| !n.is_empty());
    name.map_or(NO_CHANNEL, |word| match Channel::of(word) {
        Some(Channel::Online) => 0,
        Some(Channel::Direct) => 1,
        Some(Channel::Postal) => 2,
        None => BAD,
    })
}
