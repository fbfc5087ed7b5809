//! A text handed out in pieces that end where a record ends.

use std::io::{ErrorKind, Read};

use super::error::CsvError;
use super::record::Reader;

/// How many times larger than usual a piece may become where a record does not end.
const GROWTH: usize = 64;

/// Bytes that have been read. Their room is kept, so that it is made ready but once.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    room: Vec<u8>,
    len: usize,
}

impl Buffer {
    fn text(&self) -> &[u8] {
        self.room.get(..self.len).unwrap_or_default()
    }

    /// Becomes a copy of some text.
    fn copy(&mut self, text: &[u8]) {
        self.len = 0;
        self.room.resize(self.room.len().max(text.len()), 0);
        if let Some(room) = self.room.get_mut(..text.len()) {
            room.copy_from_slice(text);
            self.len = text.len();
        }
    }

    /// Drops the first bytes.
    fn skip(&mut self, bytes: usize) {
        let from = bytes.min(self.len);
        self.room.copy_within(from..self.len, 0);
        self.len -= from;
    }

    /// Reads until there is so much, or no more to come.
    fn fill(&mut self, read: &mut dyn Read, ended: &mut bool, size: usize) -> Result<(), CsvError> {
        self.room.resize(self.room.len().max(size), 0);
        while !*ended && self.len < size {
            match read.read(self.room.get_mut(self.len..size).unwrap_or_default()) {
                Ok(0) => *ended = true,
                // No more than there is room for, whatever a reader says.
                Ok(bytes) => self.len = self.len.saturating_add(bytes).min(size),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// Where a CSV text comes from.
pub(crate) enum Source<'t> {
    /// All of it in memory.
    Memory { text: &'t [u8], at: usize },
    /// Read as it is needed.
    Stream {
        read: &'t mut (dyn Read + Send),
        /// What has been read and not been handed out.
        carry: Buffer,
        ended: bool,
        /// Whether the line in hand is too long and its rest to be passed over.
        skipping: bool,
    },
}

impl<'t> Source<'t> {
    pub(crate) fn memory(text: &'t [u8]) -> Self {
        Self::Memory { text, at: 0 }
    }

    pub(crate) fn stream(read: &'t mut (dyn Read + Send)) -> Self {
        Self::Stream { read, carry: Buffer::default(), ended: false, skipping: false }
    }

    /// What comes next, up to a size, without taking it; and whether that is all there is.
    pub(crate) fn peek(&mut self, size: usize) -> Result<(&[u8], bool), CsvError> {
        match self {
            Self::Memory { text, at } => Ok((text.get(*at..).unwrap_or_default(), true)),
            Self::Stream { read, carry, ended, .. } => {
                carry.fill(*read, ended, size)?;
                Ok((carry.text(), *ended))
            }
        }
    }

    /// Passes over bytes that have been looked at.
    pub(crate) fn skip(&mut self, bytes: usize) {
        match self {
            Self::Memory { at, .. } => *at = at.saturating_add(bytes),
            Self::Stream { carry, .. } => carry.skip(bytes),
        }
    }

    /// The next piece, of about that size: whole records, the last of which may lack its line end only at the very end.
    pub(crate) fn next<'b>(
        &mut self,
        reader: &Reader,
        size: usize,
        buffer: &'b mut Buffer,
    ) -> Result<Option<&'b [u8]>, CsvError>
    where
        't: 'b,
    {
        match self {
            Self::Memory { text, at } => {
                let rest = text.get(*at..).unwrap_or_default();
                let piece = memory_piece(rest, reader, size);
                *at = at.saturating_add(piece.len());
                Ok((!piece.is_empty()).then_some(piece))
            }
            Self::Stream { read, carry, ended, skipping } => {
                buffer.copy(carry.text());
                buffer.fill(*read, ended, size)?;
                while *skipping && !buffer.text().is_empty() {
                    let line = memchr::memchr(b'\n', buffer.text()).map(|at| at + 1);
                    buffer.skip(line.unwrap_or(buffer.len));
                    *skipping = line.is_none();
                    buffer.fill(*read, ended, size)?;
                }
                let mut cut = if *ended { buffer.len } else { boundary(buffer.text(), reader) };
                let mut larger = size;
                while cut == 0 && !*ended && larger < size.saturating_mul(GROWTH) {
                    larger = larger.saturating_mul(2);
                    buffer.fill(*read, ended, larger)?;
                    cut = if *ended { buffer.len } else { boundary(buffer.text(), reader) };
                }
                let text = buffer.text();
                if cut == 0 && !text.is_empty() {
                    // A record longer than that: what there is of it is handed out, the rest of its line passed over.
                    cut = memchr::memchr(b'\n', text).map_or(text.len(), |at| at + 1);
                    *skipping = text.get(cut - 1) != Some(&b'\n');
                }
                carry.copy(text.get(cut..).unwrap_or_default());
                buffer.len = cut;
                Ok((cut > 0).then_some(buffer.text()))
            }
        }
    }
}

fn memory_piece<'t>(rest: &'t [u8], reader: &Reader, size: usize) -> &'t [u8] {
    let mut window = size;
    while window < rest.len() && window <= size.saturating_mul(GROWTH) {
        match boundary(rest.get(..window).unwrap_or(rest), reader) {
            0 => window = window.saturating_mul(2),
            cut => return rest.get(..cut).unwrap_or(rest),
        }
    }
    if window >= rest.len() {
        return rest;
    }
    let line = memchr::memchr(b'\n', rest.get(window..).unwrap_or_default()).map_or(rest.len(), |at| window + at + 1);
    rest.get(..line).unwrap_or(rest)
}

/// Where the last record ends that is whole; `text` begins with a record. Only quotes and line ends are looked at.
fn boundary(text: &[u8], reader: &Reader) -> usize {
    let (mut record, mut at) = (0_usize, 0_usize);
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let Some(quote) = memchr::memchr(b'"', rest) else {
            return memchr::memrchr(b'\n', rest).map_or(record, |line| at + line + 1);
        };
        if let Some(line) = memchr::memrchr(b'\n', rest.get(..quote).unwrap_or_default()) {
            record = at + line + 1;
        }
        let quote = at + quote;
        let opens = quote == record || text.get(quote.wrapping_sub(1)) == Some(&reader.separator);
        if !opens {
            at = quote + 1;
            continue;
        }
        match reader.after_quoted(text.get(record..).unwrap_or_default(), quote - record) {
            Ok(next) => at = record + next,
            Err(true) => match memchr::memchr(b'\n', text.get(record..).unwrap_or_default()) {
                Some(line) => {
                    at = record + line + 1;
                    record = at;
                }
                None => return record,
            },
            Err(false) => return record,
        }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::{Buffer, Source, boundary};
    use crate::tally::csv::record::{End, Reader};
    use proptest::prelude::*;

    const READER: Reader = Reader { separator: b',', longest: 40 };

    fn starts(text: &[u8]) -> Vec<usize> {
        let (mut at, mut out) = (0, Vec::new());
        while at < text.len() {
            out.push(at);
            at = match READER.record(text, at, true, |_, _| {}) {
                End::Record { next } | End::BadQuote { next } | End::TooLong { next } => next,
                End::Unfinished => break,
            };
        }
        out.push(text.len());
        out
    }

    proptest! {
        #[test]
        fn pieces_end_where_records_end(text in "[ab,\"\n\r]{0,200}", size in 1..60_usize) {
            let text = text.as_bytes();
            prop_assert!(starts(text).contains(&boundary(text, &READER)));
            let whole = starts(text);
            let mut read = text;
            for mut source in [Source::memory(text), Source::stream(&mut read)] {
                let mut buffer = Buffer::default();
                let (mut at, mut found) = (0, Vec::new());
                while let Some(piece) = source.next(&READER, size, &mut buffer).expect("no failure") {
                    found.extend(starts(piece).iter().map(|s| at + s));
                    at += piece.len();
                }
                // Records longer than the largest piece are another matter.
                if size > 4 {
                    found.push(at);
                    found.dedup();
                    prop_assert_eq!(&found, &whole, "{:?}", String::from_utf8_lossy(text));
                }
            }
        }
    }
}
