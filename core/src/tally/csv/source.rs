//! A text handed out in pieces that end where a record ends.

use std::io::Read;

use super::error::CsvError;
use super::record::Reader;

/// How many times larger than usual a piece may become where a record does not end.
const GROWTH: usize = 64;

/// Where a CSV text comes from.
pub(crate) enum Source<'t> {
    /// All of it in memory.
    Memory { text: &'t [u8], at: usize },
    /// Read as it is needed.
    Stream {
        read: &'t mut (dyn Read + Send),
        /// What has been read and not been handed out.
        carry: Vec<u8>,
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
        Self::Stream { read, carry: Vec::new(), ended: false, skipping: false }
    }

    /// What comes next, up to a size, without taking it; and whether that is all there is.
    pub(crate) fn peek(&mut self, size: usize) -> Result<(&[u8], bool), CsvError> {
        match self {
            Self::Memory { text, at } => Ok((text.get(*at..).unwrap_or_default(), true)),
            Self::Stream { read, carry, ended, .. } => {
                fill(*read, carry, ended, size)?;
                Ok((carry, *ended))
            }
        }
    }

    /// Passes over bytes that have been looked at.
    pub(crate) fn skip(&mut self, bytes: usize) {
        match self {
            Self::Memory { at, .. } => *at = at.saturating_add(bytes),
            Self::Stream { carry, .. } => _ = carry.drain(..bytes.min(carry.len())),
        }
    }

    /// The next piece, of about that size: whole records, the last of which may lack its line end only at the very end.
    pub(crate) fn next<'b>(
        &mut self,
        reader: &Reader,
        size: usize,
        buffer: &'b mut Vec<u8>,
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
                buffer.clear();
                std::mem::swap(buffer, carry);
                fill(*read, buffer, ended, size)?;
                while *skipping && !buffer.is_empty() {
                    let line = memchr::memchr(b'\n', buffer).map(|at| at + 1);
                    buffer.drain(..line.unwrap_or(buffer.len()));
                    *skipping = line.is_none();
                    fill(*read, buffer, ended, size)?;
                }
                let mut cut = if *ended { buffer.len() } else { boundary(buffer, reader) };
                let mut larger = size;
                while cut == 0 && !*ended && larger < size.saturating_mul(GROWTH) {
                    larger = larger.saturating_mul(2);
                    fill(*read, buffer, ended, larger)?;
                    cut = if *ended { buffer.len() } else { boundary(buffer, reader) };
                }
                if cut == 0 && !buffer.is_empty() {
                    // A record longer than that: what there is of it is handed out, the rest of its line passed over.
                    cut = memchr::memchr(b'\n', buffer).map_or(buffer.len(), |at| at + 1);
                    *skipping = buffer.get(cut - 1) != Some(&b'\n');
                }
                carry.extend_from_slice(buffer.get(cut..).unwrap_or_default());
                buffer.truncate(cut);
                Ok((!buffer.is_empty()).then_some(buffer.as_slice()))
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

/// Reads until there is so much, or no more to come.
fn fill(read: &mut dyn Read, buffer: &mut Vec<u8>, ended: &mut bool, size: usize) -> Result<(), CsvError> {
    if *ended || buffer.len() >= size {
        return Ok(());
    }
    let wanted = u64::try_from(size.saturating_sub(buffer.len())).unwrap_or(u64::MAX);
    let got = read.take(wanted).read_to_end(buffer)?;
    *ended = (got as u64) < wanted;
    Ok(())
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
    use super::{Source, boundary};
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
                let mut buffer = Vec::new();
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
