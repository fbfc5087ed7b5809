//! Where the records and fields of a CSV text begin and end.
//!
//! A field that begins with a quote ends with one; two quotes within it stand for one, separators and line ends within it
//! are text. A quote anywhere else is text. Where a quoted field is not closed, or text follows its closing quote, only
//! the line on which the record begins is given up: reading goes on with the next line, so that one stray quote does not
//! swallow the rest of a file.

use std::borrow::Cow;

/// What came of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// It ends here; the next one begins at `next`.
    Record { next: usize },
    /// Its quotes are wrong; the next one begins at `next`, after the first line end.
    BadQuote { next: usize },
    /// It is longer than allowed; the next one begins after the first line end.
    TooLong { next: usize },
    /// The text ends within it, and more is to come.
    Unfinished,
}

/// A field: from where to where, whether in quotes (which lie outside), and whether two of them stand for one within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) quoted: bool,
    pub(crate) doubled: bool,
}

impl Span {
    /// The text of the field, quotes within it not yet undone.
    #[inline(always)]
    pub(crate) fn raw<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        text.get(self.from..self.to).unwrap_or_default()
    }

    /// The text of the field.
    #[inline]
    pub(crate) fn text<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        if self.doubled { unquoted(self.raw(text)) } else { Cow::Borrowed(self.raw(text)) }
    }
}

/// Text in which two quotes stand for one.
pub(crate) fn unquoted(raw: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Vec::with_capacity(raw.len());
    let mut after_quote = false;
    for byte in raw {
        after_quote = *byte == b'"' && !after_quote;
        if !after_quote {
            out.push(*byte);
        }
    }
    Cow::Owned(out)
}

/// Reads records one after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader {
    pub(crate) separator: u8,
    /// Most bytes of a record.
    pub(crate) longest: usize,
}

impl Reader {
    /// Reads the record that begins at `start`, calling `field` with the number and place of each of its fields.
    ///
    /// `last` says that nothing comes after the text.
    pub(crate) fn record(&self, text: &[u8], start: usize, last: bool, field: impl FnMut(usize, Span)) -> End {
        let rest = text.get(start..).unwrap_or_default();
        let places = memchr::memchr3_iter(self.separator, b'\n', b'"', rest).map(|at| start + at);
        self.record_by(text, start, last, &mut Searched(places), field)
    }

    /// The same, where separators, line ends and quotes have been found beforehand.
    #[inline(always)]
    pub(crate) fn record_by(
        &self,
        text: &[u8],
        start: usize,
        last: bool,
        places: &mut impl Places,
        mut field: impl FnMut(usize, Span),
    ) -> End {
        let (mut from, mut number) = (start, 0_usize);
        loop {
            let at = match places.next() {
                Some(at) => at,
                None if last => text.len(),
                None => return self.unfinished(text, start),
            };
            let byte = text.get(at).copied().unwrap_or(b'\n');
            if byte == self.separator {
                field(number, Span { from, to: at, ..Span::default() });
                (from, number) = (at + 1, number + 1);
            } else if byte == b'\n' {
                let to = if at > from && text.get(at - 1) == Some(&b'\r') { at - 1 } else { at };
                field(number, Span { from, to, ..Span::default() });
                return End::Record { next: (at + 1).min(text.len()) };
            } else if at == from {
                let open = at - start;
                match self.quoted(text.get(start..).unwrap_or_default(), open, last) {
                    Quoted::Closed { at: close, next, doubled } => {
                        let (close, end) = (start + close, start + next);
                        field(number, Span { from: at + 1, to: close, quoted: true, doubled });
                        // The places within the quotes have been looked at.
                        places.pass(end);
                        if text.get(end).is_none_or(|b| *b == b'\n') {
                            return End::Record { next: (end + 1).min(text.len()) };
                        }
                        (from, number) = (end + 1, number + 1);
                    }
                    Quoted::Bad => return End::BadQuote { next: after_line(text, start) },
                    Quoted::Open => return self.unfinished(text, start),
                }
            }
        }
    }

    /// Where what follows a quoted field stands (a separator, a line end); else whether its quotes are wrong for certain.
    pub(crate) fn after_quoted(&self, record: &[u8], open: usize) -> Result<usize, bool> {
        match self.quoted(record, open, false) {
            Quoted::Closed { next, .. } => Ok(next),
            Quoted::Bad => Err(true),
            Quoted::Open => Err(false),
        }
    }

    fn unfinished(&self, text: &[u8], start: usize) -> End {
        let is_long = text.len().saturating_sub(start) > self.longest;
        if is_long { End::TooLong { next: after_line(text, start) } } else { End::Unfinished }
    }

    /// Finds the end of a quoted field that begins at `open`.
    fn quoted(&self, rest: &[u8], open: usize, last: bool) -> Quoted {
        let within = rest.get(open + 1..).unwrap_or_default();
        let reach = within.get(..self.longest.min(within.len())).unwrap_or_default();
        let mut quotes = memchr::memchr_iter(b'"', reach);
        let mut doubled = false;
        while let Some(at) = quotes.next() {
            let close = open + 1 + at;
            match (rest.get(close + 1), rest.get(close + 2)) {
                (Some(b'"'), _) => {
                    doubled = true;
                    _ = quotes.next();
                }
                (Some(b'\n'), _) => return Quoted::Closed { at: close, next: close + 1, doubled },
                (Some(b), _) if *b == self.separator => return Quoted::Closed { at: close, next: close + 1, doubled },
                (Some(b'\r'), Some(b'\n')) => return Quoted::Closed { at: close, next: close + 2, doubled },
                (None, _) | (Some(b'\r'), None) if last => {
                    return Quoted::Closed { at: close, next: rest.len(), doubled };
                }
                (None, _) | (Some(b'\r'), None) => return Quoted::Open,
                _ => return Quoted::Bad,
            }
        }
        if last || reach.len() < within.len() { Quoted::Bad } else { Quoted::Open }
    }
}

enum Quoted {
    /// Closed by the quote at `at`; a separator, a line end or the end stands at `next`. Whether there were two quotes for
    /// one.
    Closed { at: usize, next: usize, doubled: bool },
    /// Not closed, or followed by text.
    Bad,
    /// The text ends too early to tell.
    Open,
}

/// Separators, line ends and quotes, one after the other.
pub(crate) trait Places {
    /// The next one.
    fn next(&mut self) -> Option<usize>;
    /// Passes over those up to and including a place.
    fn pass(&mut self, end: usize);
}

/// Places looked for as they are needed.
struct Searched<I>(I);

impl<I: Iterator<Item = usize>> Places for Searched<I> {
    fn next(&mut self) -> Option<usize> {
        self.0.next()
    }

    fn pass(&mut self, end: usize) {
        while self.0.next().is_some_and(|seen| seen < end) {}
    }
}

/// The start of the line after the one at `start`.
fn after_line(text: &[u8], start: usize) -> usize {
    start + next_line(text.get(start..).unwrap_or_default())
}

/// The start of the next line.
pub(crate) fn next_line(rest: &[u8]) -> usize {
    memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1)
}

/// The fields of a single record, quotes undone.
pub(crate) fn fields(line: &[u8], separator: u8) -> impl Iterator<Item = Cow<'_, [u8]>> {
    let mut spans = Vec::new();
    let reader = Reader { separator, longest: usize::MAX };
    if reader.record(line, 0, true, |_, span| spans.push(span)) != (End::Record { next: line.len() }) {
        // Quotes that make no sense are text.
        spans.clear();
        let mut from = 0;
        for part in line.split(|b| *b == separator) {
            spans.push(Span { from, to: from + part.len(), ..Span::default() });
            from += part.len() + 1;
        }
    }
    spans.into_iter().map(move |span| span.text(line))
}
