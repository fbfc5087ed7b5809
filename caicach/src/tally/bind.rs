//! Columns made ready to be read block by block.

use std::ops::Range;

use super::ahead::{Ahead, OFTEN};
use super::bitmap::Bitmap;
use super::channel::Channel;
use super::columns::{Column, Flags, Ints, Keys};
use super::error::TallyError;
use super::lanes::Lanes;
use super::names::{BAD, NONE, Names};
use super::place::Digits;

/// The number for a channel that is not given.
pub(crate) const NO_CHANNEL: u8 = 3;
/// The number for what is no channel.
pub(crate) const BAD_CHANNEL: u8 = u8::MAX;

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

pub(crate) use each_int;

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

/// Codes plus one; gives the largest code.
#[inline(always)]
fn shift<T: Int>(codes: &[T], out: &mut [u32]) -> u32 {
    let mut most = 0;
    for (out, code) in out.iter_mut().zip(codes) {
        most = code.code().max(most);
        *out = code.code().wrapping_add(1);
    }
    most
}

/// The largest of many codes; asks for rows to come meanwhile.
fn largest<T: Int>(lanes: Lanes, ahead: &mut Ahead<'_>, codes: &[T]) -> u32 {
    codes.chunks(OFTEN).fold(0, |most, codes| {
        ahead.ask();
        lanes.run(
            #[inline(always)]
            move || codes.iter().fold(most, |most, code| code.code().max(most)),
        )
    })
}

/// Counts of rows, missing ones 0, impossible ones [`BAD`]. `spare` is room for a bit of each row.
pub(crate) fn fill_counts(
    lanes: Lanes,
    column: &Column<'_, Ints<'_>>,
    start: usize,
    out: &mut [u32],
    spare: &mut [u64],
) {
    let (values, rows) = (column.values, start..start.saturating_add(out.len()));
    let numbers = &mut *out;
    lanes.run(
        #[inline(always)]
        move || each_int!(values, v => copy(part(v, rows), numbers, Int::number)),
    );
    mask(lanes, column.valid, start, out, spare, 0);
}

/// Flags of so many rows as bits, missing ones 0. `spare` is as long as what is filled.
pub(crate) fn fill_flags(column: &Column<'_, Flags<'_>>, start: usize, len: usize, out: &mut [u64], spare: &mut [u64]) {
    let rows = start..start.saturating_add(len);
    match column.values {
        Flags::Bits(bits) => bits.words(start, out),
        Flags::Tri(values) => pack(part(values, rows), out, |v| v == 1),
        Flags::Ints(ints) => each_int!(ints, v => pack(part(v, rows), out, |n| n.code() != 0)),
    }
    if let Some(valid) = column.valid {
        valid.words(start, spare);
        out.iter_mut().zip(spare).for_each(|(bits, valid)| *bits &= *valid);
    }
}

/// Answers as bits.
#[inline(always)]
fn pack<T: Copy>(values: &[T], out: &mut [u64], is: impl Fn(T) -> bool) {
    for (bits, values) in out.iter_mut().zip(values.chunks(64)) {
        *bits = (0..).zip(values).fold(0, |bits, (i, value)| bits | u64::from(is(*value)) << i);
    }
}

/// Sets the missing ones to a number.
fn mask(lanes: Lanes, valid: Option<Bitmap<'_>>, start: usize, out: &mut [u32], spare: &mut [u64], missing: u32) {
    let Some(valid) = valid else { return };
    valid.words(start, spare);
    spare.iter_mut().for_each(|word| *word = !*word);
    lanes.paint_numbers(spare, missing, out);
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
    /// Text, looked up row by row.
    Text,
    /// The numbers themselves.
    Numbers(&'a [u32]),
}

impl<'a> BoundKeys<'a> {
    /// Gives the names of a dictionary their numbers.
    pub(crate) fn new(name: &'static str, column: &'a Column<'a, Keys<'a>>, names: &mut Names) -> Self {
        let keys = match &column.values {
            Keys::Dictionary { codes, values } => {
                let numbers = names.number_values(values);
                if (1_u32..).zip(&numbers).all(|(expected, number)| expected == *number) {
                    Codes::Shift(*codes, u32::try_from(numbers.len()).unwrap_or(BAD))
                } else {
                    Codes::Table(*codes, numbers)
                }
            }
            Keys::Interned(numbers) => Codes::Numbers(numbers),
            _ => Codes::Text,
        };
        Self { name, keys, column }
    }

    /// What was made ready.
    pub(crate) const fn column(&self) -> &'a Column<'a, Keys<'a>> {
        self.column
    }

    /// The codes of the rows from `start` on, if each is one less than the number of a name.
    pub(crate) fn plain(&self, lanes: Lanes, ahead: &mut Ahead<'_>, start: usize, len: usize) -> Option<Digits<'a>> {
        let Codes::Shift(codes, names) = &self.keys else { return None };
        let rows = start..start.saturating_add(len);
        let (digits, most) = match codes {
            _ if self.column.valid.is_some() => return None,
            Ints::U32(codes) => (Digits::after(part(codes, rows.clone())), largest(lanes, ahead, part(codes, rows))),
            Ints::I32(codes) => {
                (Digits::after_signed(part(codes, rows.clone())), largest(lanes, ahead, part(codes, rows)))
            }
            _ => return None,
        };
        (most < *names).then_some(digits)
    }

    /// The numbers of the rows from `start` on: [`NONE`] where missing, [`BAD`] where there can be none. Gives whether
    /// there may be any of these.
    pub(crate) fn fill(
        &self,
        lanes: Lanes,
        names: &mut Names,
        start: usize,
        out: &mut [u32],
        spare: &mut [u64],
    ) -> Result<bool, TallyError> {
        let rows = start..start.saturating_add(out.len());
        let mut doubt = true;
        match &self.keys {
            Codes::Shift(codes, len) => {
                let (codes, len) = (*codes, *len);
                let numbers = &mut *out;
                let most = lanes.run(
                    #[inline(always)]
                    move || each_int!(codes, v => shift(part(v, rows), numbers)),
                );
                doubt = most >= len || self.column.valid.is_some();
                if most >= len {
                    out.iter_mut().filter(|number| **number > len || **number == 0).for_each(|number| *number = BAD);
                }
            }
            Codes::Table(codes, numbers) => {
                let find = |code: u32| numbers.get(code as usize).copied().unwrap_or(BAD);
                each_int!(*codes, v => copy(part(v, rows), out, |c| find(c.code())));
            }
            Codes::Numbers(numbers) => out.iter_mut().zip(part(numbers, rows)).for_each(|(o, n)| *o = *n),
            Codes::Text => self.fill_text(names, start, out)?,
        }
        mask(lanes, self.column.valid, start, out, spare, NONE);
        Ok(doubt)
    }

    fn fill_text(&self, names: &mut Names, start: usize, out: &mut [u32]) -> Result<(), TallyError> {
        let rows = start..start.saturating_add(out.len()).saturating_add(1);
        match &self.column.values {
            Keys::Utf8 { offsets, bytes } => self.fill_offsets(names, start, out, bytes, part(offsets, rows)),
            Keys::LargeUtf8 { offsets, bytes } => self.fill_offsets(names, start, out, bytes, part(offsets, rows)),
            Keys::Views { views, buffers } => {
                let views = part(views, start..start.saturating_add(out.len()));
                self.fill_views(names, start, out, views, buffers)
            }
            _ => Ok(()),
        }
    }

    fn fill_offsets<T: Copy + Into<i64>>(
        &self,
        names: &mut Names,
        start: usize,
        out: &mut [u32],
        bytes: &[u8],
        offsets: &[T],
    ) -> Result<(), TallyError> {
        let ends = || offsets.iter().zip(offsets.iter().skip(1)).map(|(from, to)| [(*from).into(), (*to).into()]);
        // From here on no offset is negative, since none is below the one before it.
        let sound = |[from, to]: [i64; 2]| (0 <= from) & (from <= to) & (to <= bytes.len() as i64);
        if !ends().fold(offsets.len() > out.len(), |all, pair| all & sound(pair)) {
            let row = ends().position(|pair| !sound(pair)).unwrap_or_default();
            return Err(TallyError::Offsets { column: self.name, row: start.saturating_add(row) });
        }
        names.number_all(bytes, ends().map(|[from, to]| (from as usize, to as usize)).zip(out.iter_mut()));
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
        // What lies in the views themselves is put together, so that all that is of one place is looked up at once.
        let mut short = Vec::with_capacity(views.len().saturating_mul(SHORT));
        let (mut spans, mut places) = (Vec::with_capacity(views.len()), Vec::new());
        for (row, view) in views.iter().enumerate() {
            let span = match split(*view) {
                View::Short(text, len) => {
                    short.extend_from_slice(&text);
                    (0, short.len() - SHORT, short.len() - SHORT + len)
                }
                View::Long { buffer, from, to } if buffers.get(buffer).is_some_and(|b| to <= b.len()) => {
                    (buffer + 1, from, to)
                }
                // A missing row may hold anything.
                View::Long { .. } if self.column.valid.is_some_and(|v| !v.get(start.saturating_add(row))) => (0, 0, 0),
                View::Long { .. } => {
                    return Err(TallyError::Offsets { column: self.name, row: start.saturating_add(row) });
                }
            };
            if places.last() != Some(&span.0) && !places.contains(&span.0) {
                places.push(span.0);
            }
            spans.push(span);
        }
        let text = |place: usize| place.checked_sub(1).and_then(|at| buffers.get(at)).copied().unwrap_or(&short);
        if places.len() > FEW {
            for ((place, from, to), out) in spans.iter().zip(&mut *out) {
                *out = names.number(text(*place).get(*from..*to).unwrap_or_default());
            }
            return Ok(());
        }
        for place in places {
            let text = text(place);
            let here = spans.iter().zip(out.iter_mut()).filter(|((of, ..), _)| *of == place);
            names.number_all(text, here.map(|((_, from, to), number)| ((*from, *to), number)));
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
                text(viewed(view, buffers).as_deref())
            }
            Keys::Interned(_) => String::new(),
        }
    }
}

/// The number of a row of a column, for messages.
pub(crate) fn shown(column: &Column<'_, Ints<'_>>, row: usize) -> String {
    each_int!(column.values, v => v.get(row).map_or_else(String::new, ToString::to_string))
}

/// From how many places the texts of a block are gathered, place by place.
const FEW: usize = 16;

/// How many bytes of a text lie in its view.
const SHORT: usize = 12;

/// Where the text of a view lies.
enum View {
    /// In the view itself, and how many bytes it has.
    Short([u8; SHORT], usize),
    /// In a buffer.
    Long { buffer: usize, from: usize, to: usize },
}

#[inline(always)]
fn split(view: u128) -> View {
    let word = |shift: u32| (view >> shift) as u32 as usize;
    let len = word(0);
    if len <= SHORT {
        return View::Short(view.to_le_bytes().last_chunk().copied().unwrap_or_default(), len);
    }
    View::Long { buffer: word(64), from: word(96), to: word(96).saturating_add(len) }
}

/// The text of a view.
fn viewed(view: u128, buffers: &[&[u8]]) -> Option<Vec<u8>> {
    match split(view) {
        View::Short(text, len) => text.get(..len).map(<[u8]>::to_vec),
        View::Long { buffer, from, to } => buffers.get(buffer)?.get(from..to).map(<[u8]>::to_vec),
    }
}

/// A column of channels made ready.
#[derive(Debug)]
pub(crate) struct BoundChannels<'a> {
    column: &'a Column<'a, Keys<'a>>,
    /// Where the words are those of a small dictionary.
    small: Option<(Ints<'a>, [u8; SMALL])>,
    keys: Option<BoundKeys<'a>>,
}

/// Most words of a small dictionary, and one for what lies beyond it.
const SMALL: usize = 64;

impl<'a> BoundChannels<'a> {
    /// `words` is where the words for channels are kept.
    pub(crate) fn new(column: &'a Column<'a, Keys<'a>>, words: &mut Names) -> Self {
        let small = match &column.values {
            Keys::Dictionary { codes, values } if values.len() < SMALL => {
                let mut table = [BAD_CHANNEL; SMALL];
                table.iter_mut().zip(values).for_each(|(to, word)| *to = channel_number(*word));
                Some((*codes, table))
            }
            _ => None,
        };
        let keys = small.is_none().then(|| BoundKeys::new("channel", column, words));
        Self { column, small, keys }
    }

    /// The channels of so many rows from `start` on, [`NO_CHANNEL`] where there is none, [`BAD_CHANNEL`] where there can
    /// be none. `of_words` are the channels of the words met so far; `spare` and `out` are to whole words.
    pub(crate) fn fill(
        &self,
        lanes: Lanes,
        ahead: &mut Ahead<'_>,
        (words, of_words): (&mut Names, &mut Vec<u8>),
        (start, len): (usize, usize),
        out: &mut [u8],
        spare: &mut [u64],
    ) -> Result<(), TallyError> {
        if let Some((codes, table)) = &self.small {
            let (codes, end) = (*codes, start.saturating_add(len));
            for (numbers, from) in out.chunks_mut(OFTEN).zip((start..end).step_by(OFTEN)) {
                ahead.ask();
                lanes.run(
                    #[inline(always)]
                    move || each_int!(codes, v => narrow(part(v, from..end), numbers)),
                );
            }
            lanes.translate(table, out);
        }
        if let Some(keys) = &self.keys {
            let mut numbers = vec![NONE; len];
            keys.fill(lanes, words, start, &mut numbers, spare)?;
            of_words.extend(words.after(of_words.len() - 1).into_iter().map(|word| channel_number(Some(word))));
            let channel = |number: &u32| of_words.get(*number as usize).copied().unwrap_or(BAD_CHANNEL);
            out.iter_mut().zip(&numbers).for_each(|(out, number)| *out = channel(number));
        }
        if let Some(valid) = self.column.valid {
            valid.words(start, spare);
            spare.iter_mut().for_each(|word| *word = !*word);
            lanes.paint(spare, NO_CHANNEL, out);
        }
        Ok(())
    }
}

/// Codes below [`SMALL`], larger ones as the largest.
#[inline(always)]
fn narrow<T: Int>(codes: &[T], out: &mut [u8]) {
    for (out, code) in out.iter_mut().zip(codes) {
        *out = code.code().min(SMALL as u32 - 1) as u8;
    }
}

/// The number of a channel by its name; [`BAD_CHANNEL`] if it is none.
pub(crate) fn channel_number(name: Option<&str>) -> u8 {
    let name = name.map(str::trim).filter(|n| !n.is_empty());
    name.map_or(NO_CHANNEL, |word| match Channel::of(word) {
        Some(Channel::Online) => 0,
        Some(Channel::Direct) => 1,
        Some(Channel::Postal) => 2,
        None => BAD_CHANNEL,
    })
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use crate::calendar::parse_iso;
    use crate::tally::{Bitmap, Column, Columns, Grouping, Keys, Moments, Options, Run, Tally, TallyError};

    /// A view of a text that lies in a buffer.
    fn view(text: &str, buffer: u32) -> u128 {
        let bytes = text.as_bytes();
        let head = bytes.first_chunk::<4>().map_or(0, |head| u32::from_le_bytes(*head));
        u128::from(bytes.len() as u32) | u128::from(head) << 32 | u128::from(buffer) << 64
    }

    #[test]
    fn views_into_few_buffers_and_many_are_read_alike() {
        let short = u128::from_le_bytes(*b"\x05\0\0\0short\0\0\0\0\0\0\0");
        for buffers in [1_u32, 3, 40] {
            let texts: Vec<String> = (0..buffers).map(|i| format!("a name of some length {}", i % 7)).collect();
            let mut views: Vec<u128> =
                (0..600).map(|row| view(texts.first().expect("a text"), row % buffers)).collect();
            views.extend([short; 5]);
            let days = vec![19_800; views.len()];
            let moments = || Column::new(Moments::Days(&days));
            let keys = |views| Keys::Views { views, buffers: texts.iter().map(|t| t.as_bytes()).collect() };
            let options = Options::as_of(parse_iso("2024-12-31").expect("a date"));
            let tally = |body| {
                Tally::of(&Columns::new(body, moments(), moments()), &[Grouping::BODY], &options, &Run::default())
            };
            let found = tally(Column::new(keys(&views))).expect("a tally").tally;
            let counts: Vec<_> = found
                .groups(Grouping::BODY)
                .expect("kept")
                .into_iter()
                .map(|g| {
                    let name = g.body.expect("a name");
                    let of =
                        (0..600).filter(|row| texts.get((row % buffers) as usize).is_some_and(|t| t == name)).count();
                    (name.len() == 5 || of as u64 == g.counts.received.total(), g.counts.received.total())
                })
                .collect();
            assert!(counts.iter().all(|(as_expected, _)| *as_expected), "{buffers}");
            assert_eq!((counts.len(), counts.last().expect("short").1), (buffers.min(7) as usize + 1, 5));
            // Beyond the buffer: an error, unless the row is missing.
            let mut beyond = views.clone();
            *beyond.first_mut().expect("a row") |= 1_000 << 96;
            assert!(matches!(tally(Column::new(keys(&beyond))), Err(TallyError::Offsets { row: 0, .. })));
            let bits: Vec<u8> = (0..views.len().div_ceil(8)).map(|byte| if byte == 0 { 0xfe } else { 0xff }).collect();
            let valid = Bitmap::new(&bits, 0, views.len()).expect("enough bits");
            let counted = tally(Column::nullable(keys(&beyond), valid)).expect("a tally").tally;
            assert_eq!((counted.reckoning().counted(), counted.reckoning().rejected()), (604, 1));
        }
    }
}
