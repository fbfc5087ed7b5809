//! Rows of a CSV text become columns, and columns counts.
//!
//! A piece of text is gone through several times, each time for one thing only: where fields end, then column by column
//! what the fields say. Each pass is short and foreseeable, which is quicker than one that does it all.

use super::fields::{Fault, Fields};
use super::header::Header;
use super::index::Index;
use super::layout::Layout;
use super::record::{End, Reader, Span};
use super::records::{Field, Records, Rows};
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
    pub(crate) encoding: Encoding,
    pub(crate) label: String,
}

/// Most bytes of a piece; places in it are numbers of 32 bits.
const LARGEST: usize = 1 << 31;

/// One thread's reading.
#[derive(Debug)]
pub(crate) struct Worker<'o> {
    pub(crate) scan: Scan<'o>,
    run: &'o Run,
    setting: &'o Setting<'o>,
    index: Index,
    records: Records,
    spans: Vec<Span>,
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
            index: Index::new(),
            records: Records::default(),
            spans: Vec::new(),
            fields: Fields::new(Names::encoded(setting.encoding)),
            data_rows: 0,
            blank_rows: 0,
        }
    }

    /// Reads a piece of whole records; gives how many lines it has.
    pub(crate) fn piece(&mut self, text: &[u8]) -> Result<u64, TallyError> {
        let kept = self.scan.found.rejects.kept().len();
        if text.len() >= LARGEST {
            // A line of two gigabytes.
            self.data_rows += 1;
            self.reject((Reason::RowTooLong, None), None, text.get(..100).unwrap_or_default(), 0)?;
            return Ok(1);
        }
        let columns = self.setting.header.roles.len();
        let mut index = std::mem::replace(&mut self.index, Index::new());
        index.find(text, self.setting.reader.separator);
        let lines = if let Some((ends, quotes)) = index.even(text, &self.setting.reader, columns) {
            let rows = Rows::even(text, ends, columns, quotes);
            self.data_rows += rows.len() as u64;
            self.count(&rows)?;
            rows.len() as u64
        } else {
            let mut records = std::mem::take(&mut self.records);
            records.clear();
            let lines = self.find_records(text, &index, &mut records)?;
            self.count(&records.rows(text, columns))?;
            self.records = records;
            u64::from(lines)
        };
        self.index = index;
        // Some faults are found while reading, others while counting.
        self.scan.found.rejects.settle(kept, self.run.kept());
        Ok(lines)
    }

    /// Finds the records of a piece, and rejects those that are none.
    fn find_records(&mut self, text: &[u8], index: &Index, records: &mut Records) -> Result<u32, TallyError> {
        let (reader, columns) = (self.setting.reader, self.setting.header.roles.len());
        let mut cursor = index.cursor();
        let mut spans = std::mem::take(&mut self.spans);
        let (mut at, mut line) = (0_usize, 0_u32);
        while at < text.len() {
            if let Some(ends) = cursor.plain(text, columns) {
                records.push_plain(at, ends, line);
                at = ends.last().map_or(text.len(), |end| *end as usize + 1);
                self.data_rows += 1;
                line += 1;
                continue;
            }
            let (mut fields, mut quoted) = (0, false);
            spans.clear();
            let end = reader.record_by(text, at, true, &mut cursor, |number, span| {
                (fields, quoted) = (number + 1, quoted | span.quoted);
                if number < columns {
                    spans.push(span);
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
                    records.push(&spans, record.len() - usize::from(record.last() == Some(&b'\n')) + at, line);
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
        self.spans = spans;
        Ok(line)
    }

    /// Reads the fields of the rows found, and counts them.
    fn count(&mut self, rows: &Rows<'_>) -> Result<(), TallyError> {
        let setting = self.setting;
        self.fields.read(rows, setting, &mut self.scan);
        if self.fields.any_faults() {
            for row in 0..rows.len() {
                if let Some(fault) = self.fields.fault(row) {
                    let field = fault.1.and_then(|role| setting.layout.column(role)).map(|at| rows.field(row, at));
                    self.reject(fault, field, rows.text(), rows.line(row))?;
                }
            }
        }
        let Self { scan, fields, .. } = self;
        scan.batch(&fields.columns(setting.header), 0..rows.len(), &Piece { setting, rows })
    }

    /// Rejects a row; the value shown is that of the field, or the whole text.
    #[cold]
    fn reject(&mut self, fault: Fault, field: Option<Field<'_>>, text: &[u8], line: u32) -> Result<(), TallyError> {
        let (reason, role) = fault;
        let setting = self.setting;
        self.scan.found.reckoning.reject(reason);
        self.scan.found.rejects.push(usize::MAX, || Reject {
            source: setting.label.clone(),
            line: u64::from(line) + 1,
            column: role.map_or_else(String::new, |r| setting.header.heading(r.name()).to_owned()),
            value: clip(&match field {
                Some(field) => shown(&field.text(), setting.encoding),
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

/// The rows of a piece of text, for messages.
struct Piece<'p> {
    setting: &'p Setting<'p>,
    rows: &'p Rows<'p>,
}

impl Origin for Piece<'_> {
    fn source(&self) -> String {
        self.setting.label.clone()
    }

    fn line(&self, row: usize) -> u64 {
        u64::from(self.rows.line(row)) + 1
    }

    fn heading(&self, column: &'static str) -> String {
        self.setting.header.heading(column).to_owned()
    }

    fn value(&self, row: usize, column: &'static str) -> String {
        let Self { setting, rows } = self;
        let role = Role::ALL.iter().find(|role| role.name() == column);
        let field = role.and_then(|role| setting.layout.column(*role)).map(|at| rows.field(row, at));
        field.map_or_else(String::new, |field| shown(&field.text(), setting.encoding))
    }
}
