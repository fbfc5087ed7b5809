//! Dossiers from CSV as governments export it.
//!
//! - `header`: which column is which , by Vietnamese headings or a mapping;
//! - `record`: where records and fields begin and end, and how reading recovers from wrong quotes;
//! - `value`: dates, numbers, yes and no; `dates`: dates of a column, many at a time;
//! - `source`: a text handed out in pieces of whole records, from memory or as it is read;
//! - `index`, `records`, `layout`, `fields`: where fields lie, which of them matter, what they say;
//! - `worker`: pieces become columns, and columns counts.
//!
//! Memory is bounded: a piece of text for each thread, whatever the size of the file.

mod dates;
mod error;
mod fields;
mod header;
mod index;
mod layout;
mod record;
mod records;
mod source;
mod value;
mod worker;

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use super::error::TallyError;
use super::grouping::Grouping;
use super::join::join;
use super::options::Options;
use super::reject::Rejects;
use super::role::Role;
use super::run::Run;
use super::scan::{Scan, Scanned};
use super::sum::{Counted, Tally};
use crate::order::InOrder;
use crate::text::Encoding;
pub use error::CsvError;
use header::Header;
use record::{End, Reader};
use source::{Buffer, Source};
use worker::{Setting, Worker};

/// Bytes that a thread reads at a time: they stay in its own cache.
const PIECE: usize = 1 << 18;
/// Most bytes of a record.
const LONGEST: usize = 1 << 16;

/// How a CSV text is to be read (cách đọc tệp CSV).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvOptions {
    encoding: Encoding,
    separator: Option<u8>,
    mapping: Vec<(String, Option<Role>)>,
    label: String,
    skip_lines: usize,
}

impl Default for CsvOptions {
    /// UTF-8, the separator found out from the header line, columns by their usual headings.
    fn default() -> Self {
        Self { encoding: Encoding::Utf8, separator: None, mapping: Vec::new(), label: String::new(), skip_lines: 0 }
    }
}

impl CsvOptions {
    /// The encoding, which is never guessed.
    #[must_use]
    pub const fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// The separator; without it the one that occurs most often in the header line.
    #[must_use]
    pub const fn separator(mut self, separator: u8) -> Self {
        self.separator = Some(separator);
        self
    }

    /// What a heading stands for; with `None` its column is left aside.
    #[must_use]
    pub fn map(mut self, heading: impl Into<String>, column: Option<Role>) -> Self {
        self.mapping.push((heading.into(), column));
        self
    }

    /// The file's name, for the table of rejected rows.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// How many lines of titles stand before the header line.
    #[must_use]
    pub const fn skip_lines(mut self, lines: usize) -> Self {
        self.skip_lines = lines;
        self
    }
}

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes read.
    pub bytes: u64,
    /// Data rows read.
    pub rows: u64,
    /// Rows rejected.
    pub rejected: u64,
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CsvSummary {
    /// The separator.
    pub separator: u8,
    /// The headings that stand for no column.
    pub ignored: Vec<String>,
    /// Data rows: as many as were counted, not counted and rejected.
    pub rows: u64,
    /// Blank lines passed over.
    pub blank: u64,
    /// Bytes read.
    pub bytes: u64,
}

/// A tally of a file, the rows it could not take, and what the file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CsvCounted {
    /// The counts.
    pub tally: Tally,
    /// The rows that could not be taken.
    pub rejects: Rejects,
    /// What the file turned out to be.
    pub summary: CsvSummary,
}

/// Called now and then while reading; to break stops the run with [`CsvError::Stopped`].
pub type OnProgress<'p> = dyn FnMut(Progress) -> ControlFlow<()> + Send + 'p;

impl Tally {
    /// Counts the rows of a CSV text in memory.
    ///
    /// # Errors
    /// [`CsvError`] where the text cannot be read at all; rows that cannot be taken are in [`CsvCounted::rejects`].
    pub fn from_csv(
        text: &[u8],
        groupings: &[Grouping],
        options: &Options,
        run: &Run,
        csv: &CsvOptions,
        progress: Option<&mut OnProgress<'_>>,
    ) -> Result<CsvCounted, CsvError> {
        Job { groupings, options, run, csv }.run(Source::memory(text), progress)
    }

    /// Counts the rows of a CSV text as it is read, in bounded memory.
    ///
    /// # Errors
    /// [`CsvError`] where the text cannot be read at all; rows that cannot be taken are in [`CsvCounted::rejects`].
    pub fn from_csv_reader(
        mut read: impl Read + Send,
        groupings: &[Grouping],
        options: &Options,
        run: &Run,
        csv: &CsvOptions,
        progress: Option<&mut OnProgress<'_>>,
    ) -> Result<CsvCounted, CsvError> {
        Job { groupings, options, run, csv }.run(Source::stream(&mut read), progress)
    }
}

/// What is to be done.
struct Job<'j> {
    groupings: &'j [Grouping],
    options: &'j Options,
    run: &'j Run,
    csv: &'j CsvOptions,
}

/// What threads share while reading.
struct Shared<'t, 'p, 'f> {
    source: Source<'t>,
    pieces: usize,
    progress: Progress,
    on_progress: Option<&'p mut OnProgress<'f>>,
    /// Set once any thread has failed.
    failed: bool,
}

/// What a thread has found.
struct Part {
    scanned: Scanned,
    rows: u64,
    blank: u64,
    /// The pieces it has read, their lines, and how many of its rejected rows are from pieces up to there.
    pieces: Vec<(usize, u64, usize)>,
}

impl Job<'_> {
    fn run(&self, mut source: Source<'_>, on_progress: Option<&mut OnProgress<'_>>) -> Result<CsvCounted, CsvError> {
        let (header, lines, bytes) = self.header(&mut source)?;
        let reader = Reader { separator: header.separator, longest: LONGEST };
        let setting = Setting {
            header: &header,
            layout: layout::Layout::new(&header),
            reader,
            encoding: self.csv.encoding,
            label: self.csv.label.clone(),
        };
        let progress = Progress { bytes, ..Progress::default() };
        let shared = Mutex::new(Shared { source, pieces: 0, progress, on_progress, failed: false });
        let parts = std::thread::scope(|scope| {
            let work = || {
                let part = self.work(&shared, &setting);
                if part.is_err() {
                    shared.lock().unwrap_or_else(PoisonError::into_inner).failed = true;
                }
                part
            };
            let running: Vec<_> = (0..self.run.thread_count().max(1)).map(|_| scope.spawn(work)).collect();
            running.into_iter().map(|h| h.join().unwrap_or(Err(TallyError::Worker.into()))).collect::<Vec<_>>()
        });
        let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
        let bytes = shared.into_inner().unwrap_or_else(PoisonError::into_inner).progress.bytes;
        self.join(parts, &header, lines, bytes)
    }

    /// Reads the header line; gives how many lines and bytes come before the data.
    fn header(&self, source: &mut Source<'_>) -> Result<(Header, u64, u64), CsvError> {
        let (start, last) = source.peek(PIECE)?;
        let mut at = header::byte_order_mark(start, self.csv.encoding)?;
        let mut lines = 0;
        for _ in 0..self.csv.skip_lines {
            at += record::next_line(start.get(at..).unwrap_or_default());
            lines += 1;
        }
        let rest = |at| start.get(at..).unwrap_or_default();
        let said = header::said_separator(rest(at)).map(|(separator, len)| {
            at += len;
            lines += 1;
            separator
        });
        // Blank lines before the header.
        while let Some(blank) =
            rest(at).iter().position(|b| *b == b'\n').filter(|n| rest(at).iter().take(*n).all(u8::is_ascii_whitespace))
        {
            at += blank + 1;
            lines += 1;
        }
        // Quotes may hold line ends; which separator it is does not matter for that.
        let mut end = at + record::next_line(rest(at));
        for separator in [b',', b';', b'\t', b'|'] {
            let reader = Reader { separator: self.csv.separator.or(said).unwrap_or(separator), longest: LONGEST };
            if let End::Record { next } = reader.record(start, at, last, |_, _| {}) {
                end = next;
                break;
            }
        }
        let line = start.get(at..end).unwrap_or_default();
        if line.trim_ascii().is_empty() {
            return Err(CsvError::NoHeader);
        }
        let header = Header::read(line, said, self.csv)?;
        lines += memchr::memchr_iter(b'\n', line).count().max(1) as u64;
        source.skip(end);
        Ok((header, lines, end as u64))
    }

    /// One thread's work: piece after piece, until there are none.
    fn work(&self, shared: &Mutex<Shared<'_, '_, '_>>, setting: &Setting<'_>) -> Result<Part, CsvError> {
        let mut worker = Worker::new(Scan::new(self.options, self.run, self.groupings), self.run, setting);
        let mut buffer = Buffer::default();
        let mut pieces = Vec::new();
        let mut done = (0, 0);
        loop {
            let (number, text) = {
                let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
                if shared.failed {
                    break;
                }
                let Some(text) = shared.source.next(&setting.reader, PIECE, &mut buffer)? else { break };
                shared.pieces += 1;
                (shared.pieces - 1, text)
            };
            let lines = worker.piece(text)?;
            let rejects = &worker.scan.found.rejects;
            pieces.push((number, lines, rejects.kept().len()));
            let now = (worker.data_rows, rejects.total());
            shared.lock().unwrap_or_else(PoisonError::into_inner).report(
                text.len(),
                now.0 - done.0,
                now.1 - done.1,
                self.run,
            )?;
            done = now;
        }
        let (rows, blank) = (worker.data_rows, worker.blank_rows);
        Ok(Part { scanned: worker.scan.finish(), rows, blank, pieces })
    }

    fn join(&self, parts: Vec<Part>, header: &Header, lines: u64, bytes: u64) -> Result<CsvCounted, CsvError> {
        let mut pieces: Vec<(usize, u64)> =
            parts.iter().flat_map(|p| p.pieces.iter().map(|(n, lines, _)| (*n, *lines))).collect();
        pieces.order();
        let mut before = Vec::with_capacity(pieces.len());
        pieces.iter().fold(lines, |sum, (_, lines)| {
            before.push(sum);
            sum.saturating_add(*lines)
        });
        let mut summary =
            CsvSummary { separator: header.separator, ignored: header.ignored(), rows: 0, blank: 0, bytes };
        let mut scans = Vec::with_capacity(parts.len());
        for mut part in parts {
            summary.rows = summary.rows.saturating_add(part.rows);
            summary.blank = summary.blank.saturating_add(part.blank);
            part.number_lines(&before);
            scans.push(part.scanned);
        }
        let Counted { tally, rejects } = join(self.options, self.run, scans).ok_or(TallyError::Worker)?;
        Ok(CsvCounted { tally, rejects, summary })
    }
}

impl Part {
    /// Counts the lines of rejected rows from the start of the file.
    fn number_lines(&mut self, before: &[u64]) {
        let mut rest = self.scanned.found.rejects.kept_mut().iter_mut().enumerate().peekable();
        for (number, _, upto) in &self.pieces {
            let lines = before.get(*number).copied().unwrap_or(0);
            while let Some((_, reject)) = rest.next_if(|(i, _)| i < upto) {
                reject.line = reject.line.saturating_add(lines);
            }
        }
    }
}

impl Shared<'_, '_, '_> {
    fn report(&mut self, bytes: usize, rows: u64, rejected: u64, run: &Run) -> Result<(), CsvError> {
        self.progress.bytes = self.progress.bytes.saturating_add(bytes as u64);
        self.progress.rows = self.progress.rows.saturating_add(rows);
        self.progress.rejected = self.progress.rejected.saturating_add(rejected);
        run.check(self.progress.rejected)?;
        let progress = self.progress;
        match self.on_progress.as_mut().map(|call| call(progress)) {
            Some(ControlFlow::Break(())) => Err(CsvError::Stopped),
            _ => Ok(()),
        }
    }
}
