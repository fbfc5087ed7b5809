//! Rows of a CSV text become columns, and columns counts.
//!
//! A piece of text is gone through several times, each time for one thing only: where fields end, where records end, then
//! column by column what the fields say. Each pass is short and foreseeable, which is quicker than one that does it all.

use super::fields::{Fault, Fields};
use super::header::Header;
use super::index::Index;
use super::layout::Layout;
use super::record::{End, Reader, Span};
use super::value::Dates;
use crate::tally::error::TallyError;
use crate::tally::names::Names;
use crate::tally::origin::Origin;
use crate::tally::reject::{Reason, Reject, clip};
use crate::tally::role::Role;
use crate::tally::run::Run;
use crate::tally::scan::Scan;
use crate::text::{Encoding, decode};

/// What all workers share.
#[derive(Debug)]
pub(crate) struct Setting<'h> {
    pub(crate) header: &'h Header,
    pub(crate) layout: Layout,
    pub(crate) reader: Reader,
    pub(crate) dates: Dates,
    pub(crate) encoding: Encoding,
    pub(crate) label: String,
}

/// Where the records of a piece lie.
#[derive(Debug, Default)]
pub(crate) struct Records {
    /// For each record the spans of the fields that matter, in the order of roles; then some left from before.
    pub(crate) spans: Vec<Slot>,
    /// Where each begins, and on which line of the piece.
    starts: Vec<u32>,
    lines: Vec<u32>,
}

/// A span in few bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Slot {
    from: u32,
    to: u32,
}

/// The highest bit of a slot's start: the field has quotes in it that are yet to be undone.
const ESCAPED: u32 = 1 << 31;

impl Slot {
    #[inline(always)]
    fn new(span: Span, text: &[u8]) -> Self {
        if span.quoted {
            return Self::quoted(span, text);
        }
        Self { from: span.from as u32, to: span.to as u32 }
    }

    #[inline(never)]
    fn quoted(span: Span, text: &[u8]) -> Self {
        let escaped = memchr::memchr(b'"', span.raw(text)).is_some();
        Self { from: span.from as u32 | if escaped { ESCAPED } else { 0 }, to: span.to as u32 }
    }

    /// The span; quoted only where quotes in it are yet to be undone.
    #[inline(always)]
    pub(crate) fn span(self) -> Span {
        Span { from: (self.from & !ESCAPED) as usize, to: self.to as usize, quoted: self.from & ESCAPED != 0 }
    }
}

/// One thread's reading.
#[derive(Debug)]
pub(crate) struct Worker<'o> {
    pub(crate) scan: Scan<'o>,
    run: &'o Run,
    setting: &'o Setting<'o>,
    index: Index,
    records: Records,
    fields: Fields,
    pub(crate) data_rows: u64,
    pub(crate) blank_rows: u64,
}

impl<'o> Worker<'o> {
    pub(crate) fn new(mut scan: Scan<'o>, run: &'o Run, setting: &'o Setting<'o>) -> Self {
        scan.read_as(setting.encoding);
        scan.keep = usize::MAX;
        Self {
            scan,
            run,
            setting,
            index: Index::default(),
            records: Records::default(),
            fields: Fields::new(Names::encoded(setting.encoding)),
            data_rows: 0,
            blank_rows: 0,
        }
    }

    /// Reads a piece of whole records; gives how many lines it has.
    pub(crate) fn piece(&mut self, text: &[u8]) -> Result<u64, TallyError> {
        let kept = self.scan.found.rejects.kept().len();
        if text.len() >= ESCAPED as usize {
            // A line of two gigabytes.
            self.data_rows += 1;
            self.reject((Reason::RowTooLong, None), None, text.get(..100).unwrap_or_default(), 0)?;
            return Ok(1);
        }
        self.index.find(self.scan.lanes, text, self.setting.reader.separator);
        let lines = self.find_records(text)?;
        self.count(text)?;
        // Some faults are found while reading, others while counting.
        self.scan.found.rejects.settle(kept, self.run.kept());
        Ok(u64::from(lines))
    }

    /// Finds the records of a piece, and rejects those that are none.
    fn find_records(&mut self, text: &[u8]) -> Result<u32, TallyError> {
        let setting = self.setting;
        let index = std::mem::take(&mut self.index);
        let mut cursor = index.cursor();
        let (mut at, mut line) = (0_usize, 0_u32);
        self.records.clear();
        while at < text.len() {
            let (width, columns) = (setting.layout.width(), setting.header.roles.len());
            let slots = self.records.slots(width);
            let (mut fields, mut quoted) = (0, false);
            let end = setting.reader.record_by(text, at, true, &mut cursor, |number, span| {
                fields = number + 1;
                quoted |= span.quoted;
                if let Some(slot) = slots.get_mut(setting.layout.slot(number)) {
                    *slot = Slot::new(span, text);
                }
            });
            let (next, fault) = match end {
                End::Record { next } if fields == columns => (next, None),
                End::Record { next } => (next, Some(Reason::FieldCount)),
                End::BadQuote { next } => (next, Some(Reason::BadQuote)),
                End::TooLong { next } => (next, Some(Reason::RowTooLong)),
                End::Unfinished => (text.len(), Some(Reason::BadQuote)),
            };
            let record = text.get(at..next).unwrap_or_default();
            match fault {
                None => {
                    self.records.starts.push(at as u32);
                    self.records.lines.push(line);
                    self.data_rows += 1;
                }
                Some(reason) => {
                    if fields <= 1 && !quoted && record.trim_ascii().is_empty() {
                        self.blank_rows += 1;
                    } else {
                        self.data_rows += 1;
                        self.reject((reason, None), None, record, line)?;
                    }
                    cursor.seek(next);
                }
            }
            line += if quoted { memchr::memchr_iter(b'\n', record).count().max(1) as u32 } else { 1 };
            at = next;
        }
        self.index = index;
        Ok(line)
    }

    /// Reads the fields of the records found, and counts them.
    fn count(&mut self, text: &[u8]) -> Result<(), TallyError> {
        let rows = self.records.starts.len();
        self.fields.read(text, &self.records.spans, rows, self.setting, &mut self.scan);
        if self.fields.any_faults() {
            for row in 0..rows {
                if let Some(fault) = self.fields.fault(row) {
                    let slot = fault.1.and_then(|role| self.setting.layout.place(role));
                    let at = row * self.setting.layout.width() + slot.unwrap_or(0);
                    let span = self.records.spans.get(at).map(|s| s.span());
                    let line = self.records.lines.get(row).copied().unwrap_or(0);
                    self.reject(fault, span, text, line)?;
                }
            }
        }
        let Self { scan, records, fields, setting, .. } = self;
        let origin = Piece { setting, text, records };
        scan.batch(&fields.columns(setting.header), 0..rows, &origin)
    }

    /// Rejects a row; the value shown is that of the span of the text, or the whole text.
    #[cold]
    fn reject(&mut self, fault: Fault, span: Option<Span>, text: &[u8], line: u32) -> Result<(), TallyError> {
        let (reason, role) = fault;
        let setting = self.setting;
        self.scan.found.reckoning.reject(reason);
        self.scan.found.rejects.push(usize::MAX, || Reject {
            source: setting.label.clone(),
            line: u64::from(line) + 1,
            column: role.map_or_else(String::new, |r| setting.header.heading(r.name()).to_owned()),
            value: clip(&match span {
                Some(span) => shown(&span.text(text), setting.encoding),
                None => shown(text.trim_ascii_end(), setting.encoding),
            }),
            reason,
        });
        self.run.check(self.scan.found.rejects.total())
    }
}

fn shown(bytes: &[u8], encoding: Encoding) -> String {
    decode(bytes, encoding).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}

impl Records {
    /// Where the spans of the next record go; it counts once its start is noted.
    #[inline(always)]
    fn slots(&mut self, width: usize) -> &mut [Slot] {
        let row = self.starts.len() * width;
        if self.spans.len() < row + width {
            self.spans.resize(self.spans.len() * 2 + width, Slot::default());
        }
        self.spans.get_mut(row..row + width).unwrap_or_default()
    }

    fn clear(&mut self) {
        self.starts.clear();
        self.lines.clear();
    }
}

/// The rows of a piece of text, for messages.
struct Piece<'p> {
    setting: &'p Setting<'p>,
    text: &'p [u8],
    records: &'p Records,
}

impl Origin for Piece<'_> {
    fn source(&self) -> String {
        self.setting.label.clone()
    }

    fn line(&self, row: usize) -> u64 {
        self.records.lines.get(row).map_or(0, |line| u64::from(*line) + 1)
    }

    fn heading(&self, column: &'static str) -> String {
        self.setting.header.heading(column).to_owned()
    }

    fn value(&self, row: usize, column: &'static str) -> String {
        let layout = &self.setting.layout;
        let place = Role::ALL.iter().find(|role| role.name() == column).and_then(|role| layout.place(*role));
        let span = place.and_then(|place| self.records.spans.get(row * layout.width() + place));
        span.map_or_else(String::new, |span| shown(&span.span().text(self.text), self.setting.encoding))
    }
}
