//! Where the fields of the rows of a piece of text lie.

use std::borrow::Cow;

use super::record::{Span, unquoted};

/// What is in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Quotes {
    /// No field.
    #[default]
    None,
    /// Some fields.
    Around,
    /// Some fields, and two quotes stand for one within some of these.
    Within,
}

/// Rows of two fields or more. Each field begins after an end and reaches to the next.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'t> {
    text: &'t [u8],
    ends: &'t [u32],
    /// How far it is from one row's ends to those of the next.
    stride: usize,
    columns: usize,
    len: usize,
    quotes: Quotes,
    /// On which line of the piece each row begins; without them each line is a row.
    lines: Option<&'t [u32]>,
}

impl<'t> Rows<'t> {
    /// Each line is a row of so many fields.
    pub(crate) fn even(text: &'t [u8], ends: &'t [u32], columns: usize, quotes: Quotes) -> Self {
        let len = ends.len().saturating_sub(1).checked_div(columns).unwrap_or(0);
        Self { text, ends, stride: columns, columns, len, quotes, lines: None }
    }

    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    pub(crate) const fn text(&self) -> &'t [u8] {
        self.text
    }

    pub(crate) const fn quotes(&self) -> Quotes {
        self.quotes
    }

    /// On which line of the piece, from 0 on, a row begins.
    pub(crate) fn line(&self, row: usize) -> u32 {
        self.lines.map_or(row as u32, |lines| lines.get(row).copied().unwrap_or(0))
    }

    /// The field of each row in a column of the file.
    #[inline(always)]
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = Field<'t>> + use<'t> {
        let Self { text, ends, stride, columns, quotes, .. } = *self;
        let last = column + 1 == columns;
        // The last one may be followed by less than a row.
        ends.get(column..).unwrap_or_default().chunks(stride.max(1)).map_while(move |ends| match ends {
            [before, end, ..] => Some(Field::of(text, [*before, *end], last, quotes)),
            _ => None,
        })
    }

    /// A field.
    pub(crate) fn field(&self, row: usize, column: usize) -> Field<'t> {
        let at = row.saturating_mul(self.stride).saturating_add(column);
        let pair = self.ends.get(at..).and_then(<[u32]>::first_chunk::<2>).copied().unwrap_or_default();
        Field::of(self.text, pair, column + 1 == self.columns, self.quotes)
    }
}

/// A field of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'t> {
    pub(crate) text: &'t [u8],
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// What there may be.
    quotes: Quotes,
}

impl<'t> Field<'t> {
    #[inline(always)]
    fn of(text: &'t [u8], [before, end]: [u32; 2], last: bool, quotes: Quotes) -> Self {
        let (from, to) = (before.wrapping_add(1) as usize, end as usize);
        let field = Self { text, from, to, quotes };
        // A line ends with a line feed, or with a carriage return before it.
        if last && field.raw().last() == Some(&b'\r') { Self { to: to.wrapping_sub(1), ..field } } else { field }
    }

    /// The text of the field, quotes and all.
    #[inline(always)]
    fn raw(&self) -> &'t [u8] {
        self.text.get(self.from..self.to).unwrap_or_default()
    }

    /// Whether it is in quotes.
    #[inline(always)]
    pub(crate) fn is_quoted(&self) -> bool {
        self.quotes > Quotes::None && self.text.get(self.from) == Some(&b'"') && self.from < self.to
    }

    /// The text of the field.
    #[inline(always)]
    pub(crate) fn text(&self) -> Cow<'t, [u8]> {
        if self.is_quoted() { self.within_quotes() } else { Cow::Borrowed(self.raw()) }
    }

    /// From where to where its text reaches, quotes left out.
    #[inline(always)]
    pub(crate) fn within(&self) -> (usize, usize) {
        let quote = usize::from(self.is_quoted());
        (self.from + quote, self.to.wrapping_sub(quote))
    }

    /// Its text after so many bytes, quotes left out.
    #[inline]
    pub(crate) fn after(&self, bytes: usize) -> &'t [u8] {
        let (from, to) = self.within();
        self.text.get(from.wrapping_add(bytes)..to).unwrap_or_default()
    }

    /// The text of the field without white space at its ends.
    #[inline(always)]
    pub(crate) fn trimmed(&self) -> &'t [u8] {
        if self.is_quoted() {
            // Where there is a quote within, it is neither number nor date, with one quote or with two.
            return self.after(0).trim_ascii();
        }
        let raw = self.raw();
        match (raw.first(), raw.last()) {
            (Some(first), Some(last)) if first.is_ascii_whitespace() | last.is_ascii_whitespace() => raw.trim_ascii(),
            _ => raw,
        }
    }

    #[inline(never)]
    fn within_quotes(&self) -> Cow<'t, [u8]> {
        let text = self.after(0);
        if self.quotes == Quotes::Within { unquoted(text) } else { Cow::Borrowed(text) }
    }
}

/// Rows picked from among records that cannot be taken, blank lines and quotes: a place before each and its ends.
#[derive(Debug, Default)]
pub(crate) struct Records {
    ends: Vec<u32>,
    lines: Vec<u32>,
    quotes: Quotes,
}

impl Records {
    /// Makes room for other records.
    pub(crate) fn clear(&mut self) {
        self.ends.clear();
        self.lines.clear();
        self.quotes = Quotes::None;
    }

    /// A record without quotes that begins there.
    #[inline]
    pub(crate) fn push_plain(&mut self, start: usize, ends: &[u32], line: u32) {
        self.ends.push((start as u32).wrapping_sub(1));
        self.ends.extend_from_slice(ends);
        self.lines.push(line);
    }

    /// A record of such fields.
    pub(crate) fn push(&mut self, spans: &[Span], end: usize, line: u32) {
        // A quoted field begins with its quote.
        let before = |span: &Span| ((span.from - usize::from(span.quoted)) as u32).wrapping_sub(1);
        self.ends.extend(spans.iter().map(before));
        self.ends.push(end as u32);
        self.lines.push(line);
        let quotes = |span: &Span| match (span.quoted, span.doubled) {
            (_, true) => Quotes::Within,
            (true, false) => Quotes::Around,
            _ => Quotes::None,
        };
        self.quotes = spans.iter().map(quotes).fold(self.quotes, Quotes::max);
    }

    /// The rows.
    pub(crate) fn rows<'t>(&'t self, text: &'t [u8], columns: usize) -> Rows<'t> {
        let Self { ends, lines, quotes } = self;
        Rows { text, ends, stride: columns + 1, columns, len: lines.len(), quotes: *quotes, lines: Some(lines) }
    }
}
