//! Rows of a CSV text become columns, and columns counts.

use super::header::{Header, Role};
use super::record::{End, Reader, Span};
use super::value::{self, Dates, Moment};
use crate::tally::bind::channel_number;
use crate::tally::columns::{Column, Columns, Flags, Ints, Keys, Moments};
use crate::tally::days::NEVER;
use crate::tally::grouping::Dimension;
use crate::tally::names::{BAD, NONE, Names};
use crate::tally::origin::Origin;
use crate::tally::reject::{Reason, Reject, clip};
use crate::tally::run::Run;
use crate::tally::scan::Scan;
use crate::tally::error::TallyError;
use crate::text::{Encoding, decode};

/// How many columns there may be.
const ROLES: usize = Role::ALL.len();

/// What all workers share.
#[derive(Debug)]
pub(crate) struct Setting<'h> {
    pub(crate) header: &'h Header,
    pub(crate) reader: Reader,
    pub(crate) dates: Dates,
    pub(crate) encoding: Encoding,
    pub(crate) label: String,
}

/// Rows read and not yet counted, as columns.
#[derive(Debug, Default)]
struct Rows {
    names: [Vec<u32>; 4],
    days: [Vec<i32>; 3],
    times: [Vec<i64>; 3],
    counts: [Vec<i32>; 3],
    flags: [Vec<u8>; 3],
    /// Where each row begins, and on which line of the piece.
    starts: Vec<usize>,
    lines: Vec<u64>,
}

/// One thread's reading.
#[derive(Debug)]
pub(crate) struct Worker<'o> {
    pub(crate) scan: Scan<'o>,
    run: &'o Run,
    setting: &'o Setting<'o>,
    rows: Rows,
    /// Words for yes and no met so far.
    answers: Names,
    answer_of: Vec<Option<bool>>,
    channel_of: Vec<u32>,
    spans: [Option<Span>; ROLES],
    wanted: [bool; 3],
    /// Lines begun and rows read so far.
    pub(crate) data_rows: u64,
    pub(crate) blank_rows: u64,
}

/// A row whose fields have been read.
struct Read {
    names: [u32; 4],
    moments: [Moment; 3],
    counts: [i32; 3],
    flags: [u8; 3],
}

/// Why a row is not taken, and its column.
type Fault = (Reason, Option<Role>);

impl<'o> Worker<'o> {
    pub(crate) fn new(mut scan: Scan<'o>, run: &'o Run, setting: &'o Setting<'o>) -> Self {
        scan.read_as(setting.encoding);
        scan.keep = usize::MAX;
        let wanted = [true, scan.needs(Dimension::Officer), scan.needs(Dimension::Field)];
        Self {
            scan,
            run,
            setting,
            rows: Rows::default(),
            answers: Names::encoded(setting.encoding),
            answer_of: Vec::new(),
            channel_of: vec![channel_number(None)],
            spans: [None; ROLES],
            wanted,
            data_rows: 0,
            blank_rows: 0,
        }
    }

    /// Reads a piece of whole records; gives how many lines it has.
    pub(crate) fn piece(&mut self, text: &[u8]) -> Result<u64, TallyError> {
        let (mut at, mut line) = (0_usize, 0_u64);
        self.rows.clear();
        let kept = self.scan.found.rejects.kept().len();
        while at < text.len() {
            let (next, lines) = self.record(text, at, line)?;
            line += lines;
            at = next;
        }
        self.count(text)?;
        // Some faults are found while reading, others while counting.
        self.scan.found.rejects.settle(kept, self.run.kept());
        Ok(line)
    }

    /// Reads a record; gives where the next one begins and over how many lines this one ran.
    fn record(&mut self, text: &[u8], at: usize, line: u64) -> Result<(usize, u64), TallyError> {
        let roles = self.setting.header.roles.as_slice();
        let spans = &mut self.spans;
        let (mut fields, mut quoted, mut empty) = (0, false, true);
        let end = self.setting.reader.record(text, at, true, |number, span| {
            fields = number + 1;
            quoted |= span.quoted;
            empty &= span.from == span.to;
            if let Some(Some(role)) = roles.get(number)
                && let Some(place) = spans.get_mut(*role)
            {
                *place = Some(span);
            }
        });
        let (next, fault) = match end {
            End::Record { next } if fields == roles.len() => (next, None),
            End::Record { next } if fields == 1 && (empty || blank(text, at, next)) => {
                self.blank_rows += 1;
                return Ok((next, 1));
            }
            End::Record { next } => (next, Some((Reason::FieldCount, None))),
            End::BadQuote { next } => (next, Some((Reason::BadQuote, None))),
            End::TooLong { next } => (next, Some((Reason::RowTooLong, None))),
            End::Unfinished => (text.len(), Some((Reason::BadQuote, None))),
        };
        self.data_rows += 1;
        let taken = match fault {
            Some(fault) => Err(fault),
            None => self.read(text),
        };
        match taken {
            Ok(row) => self.rows.push(&row, at, line),
            Err(fault) => self.reject(fault, text.get(at..next).unwrap_or_default(), text, line)?,
        }
        let lines = if quoted { memchr::memchr_iter(b'\n', text.get(at..next).unwrap_or_default()).count() as u64 } else { 1 };
        Ok((next, lines.max(1)))
    }

    /// Reads the fields of a record.
    #[inline]
    fn read(&mut self, text: &[u8]) -> Result<Read, Fault> {
        let [body, officer, field, channel, received, due, completed, rest @ ..] = self.spans;
        let [cancelled, suspended, requests, notices, apology, satisfied] = rest;
        let mut names = [NONE; 4];
        let keys = [(body, Role::Body), (officer, Role::Officer), (field, Role::Field)];
        let known = self.scan.names.iter_mut().zip(self.wanted);
        for ((number, (span, role)), (names, wanted)) in names.iter_mut().zip(keys).zip(known) {
            if let Some(span) = span.filter(|_| wanted) {
                *number = names.number(&span.text(text));
                if *number == BAD {
                    return Err((Reason::BadName, Some(role)));
                }
            }
        }
        if names[0] == NONE {
            return Err((Reason::MissingBody, Some(Role::Body)));
        }
        let dates = &self.setting.dates;
        let moments = [
            required(dates, received, text, [Reason::MissingReceived, Reason::BadReceived], Role::Received)?,
            required(dates, due, text, [Reason::MissingDue, Reason::BadDue], Role::Due)?,
            optional(dates, completed, text)?,
        ];
        names[3] = self.channel(channel, text)?;
        let counts = [
            count(suspended, text, Role::SuspendedDays)?,
            count(requests, text, Role::SupplementRequests)?,
            count(notices, text, Role::SupplementNotices)?,
        ];
        let flags = [
            self.flag(cancelled, text, Role::Cancelled)?,
            self.flag(apology, text, Role::Apology)?,
            self.flag(satisfied, text, Role::Satisfied)?,
        ];
        Ok(Read { names, moments, counts, flags })
    }

    fn channel(&mut self, span: Option<Span>, text: &[u8]) -> Result<u32, Fault> {
        let Some(span) = span else { return Ok(NONE) };
        let word = self.scan.words.number(&span.text(text));
        if let Some(words) = self.scan.words.list().get(self.channel_of.len() - 1..) {
            self.channel_of.extend(words.iter().map(|w| channel_number(Some(w))));
        }
        match self.channel_of.get(word as usize) {
            Some(&BAD) | None => Err((Reason::BadChannel, Some(Role::Channel))),
            Some(_) => Ok(word),
        }
    }

    /// 0 no, 1 yes, 2 missing.
    fn flag(&mut self, span: Option<Span>, text: &[u8], role: Role) -> Result<u8, Fault> {
        let Some(span) = span.filter(|s| s.from < s.to) else { return Ok(2) };
        match span.raw(text) {
            b"0" => return Ok(0),
            b"1" | b"x" => return Ok(1),
            _ => {}
        }
        let word = self.answers.number(&span.text(text));
        if word == NONE {
            return Ok(2);
        }
        if let Some(words) = self.answers.list().get(self.answer_of.len()..) {
            self.answer_of.extend(words.iter().map(|w| value::yes_or_no(w)));
        }
        let place = (word as usize).wrapping_sub(1);
        match self.answer_of.get(place).copied().flatten() {
            Some(answer) => Ok(u8::from(answer)),
            None => Err((Reason::BadFlag, Some(role))),
        }
    }

    #[cold]
    fn reject(&mut self, fault: Fault, record: &[u8], text: &[u8], line: u64) -> Result<(), TallyError> {
        let (reason, role) = fault;
        let header = self.setting.header;
        let encoding = self.setting.encoding;
        let span = role.and_then(|r| self.spans.get(Role::ALL.iter().position(|a| *a == r)?).copied().flatten());
        self.scan.found.reckoning.reject(reason);
        self.scan.found.rejects.push(usize::MAX, || Reject {
            source: self.setting.label.clone(),
            line: line + 1,
            column: role.map_or_else(String::new, |r| header.heading(r.name()).to_owned()),
            value: clip(&match span {
                Some(span) => shown(&span.text(text), encoding),
                None => shown(record.trim_ascii_end(), encoding),
            }),
            reason,
        });
        self.run.check(self.scan.found.rejects.total())
    }

    /// Counts the rows read.
    fn count(&mut self, text: &[u8]) -> Result<(), TallyError> {
        let Self { scan, rows, setting, .. } = self;
        let origin = Piece { setting, text, starts: &rows.starts, lines: &rows.lines };
        scan.batch(&rows.columns(setting.header), 0..rows.starts.len(), &origin)
    }
}

/// Whether a record is a blank line.
fn blank(text: &[u8], at: usize, next: usize) -> bool {
    text.get(at..next).unwrap_or_default().trim_ascii().is_empty()
}

fn shown(bytes: &[u8], encoding: Encoding) -> String {
    decode(bytes, encoding).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}

fn required(
    dates: &Dates,
    span: Option<Span>,
    text: &[u8],
    [missing, bad]: [Reason; 2],
    role: Role,
) -> Result<Moment, Fault> {
    let raw = span.map(|s| s.raw(text)).unwrap_or_default().trim_ascii();
    if raw.is_empty() {
        return Err((missing, Some(role)));
    }
    dates.read(raw).ok_or((bad, Some(role)))
}

fn optional(dates: &Dates, span: Option<Span>, text: &[u8]) -> Result<Moment, Fault> {
    let raw = span.map(|s| s.raw(text)).unwrap_or_default().trim_ascii();
    if raw.is_empty() {
        return Ok((NEVER, 0));
    }
    dates.read(raw).ok_or((Reason::BadCompleted, Some(Role::Completed)))
}

fn count(span: Option<Span>, text: &[u8], role: Role) -> Result<i32, Fault> {
    let raw = span.map(|s| s.raw(text)).unwrap_or_default().trim_ascii();
    if raw.is_empty() {
        return Ok(0);
    }
    value::count(raw).ok_or((Reason::BadNumber, Some(role)))
}

impl Rows {
    fn clear(&mut self) {
        self.names.iter_mut().for_each(Vec::clear);
        self.days.iter_mut().for_each(Vec::clear);
        self.times.iter_mut().for_each(Vec::clear);
        self.counts.iter_mut().for_each(Vec::clear);
        self.flags.iter_mut().for_each(Vec::clear);
        self.starts.clear();
        self.lines.clear();
    }

    #[inline]
    fn push(&mut self, row: &Read, start: usize, line: u64) {
        self.names.iter_mut().zip(row.names).for_each(|(column, n)| column.push(n));
        for ((days, times), (day, time)) in self.days.iter_mut().zip(&mut self.times).zip(row.moments) {
            days.push(day);
            times.push(time);
        }
        self.counts.iter_mut().zip(row.counts).for_each(|(column, n)| column.push(n));
        self.flags.iter_mut().zip(row.flags).for_each(|(column, n)| column.push(n));
        self.starts.push(start);
        self.lines.push(line);
    }

    /// The columns that the file has.
    fn columns(&self, header: &Header) -> Columns<'_> {
        let [body, officer, field, channel] = &self.names;
        let [received, due, completed] = &self.days;
        let [received_at, due_at, completed_at] = &self.times;
        let [suspended, requests, notices] = &self.counts;
        let [cancelled, apology, satisfied] = &self.flags;
        let mut columns = Columns::new(
            Column::new(Keys::Interned(body)),
            Column::new(Moments::Split(received, received_at)),
            Column::new(Moments::Split(due, due_at)),
        );
        let keys = |role, numbers| header.has(role).then_some(Column::new(Keys::Interned(numbers)));
        columns.officer = keys(Role::Officer, officer);
        columns.field = keys(Role::Field, field);
        columns.channel = keys(Role::Channel, channel);
        let moments = header.has(Role::Completed).then_some(Moments::Split(completed, completed_at));
        columns.completed = moments.map(Column::new);
        let counts = |role, numbers| header.has(role).then_some(Column::new(Ints::I32(numbers)));
        columns.suspended_days = counts(Role::SuspendedDays, suspended);
        columns.supplement_requests = counts(Role::SupplementRequests, requests);
        columns.supplement_notices = counts(Role::SupplementNotices, notices);
        let flags = |role, answers| header.has(role).then_some(Column::new(Flags::Tri(answers)));
        columns.cancelled = flags(Role::Cancelled, cancelled);
        columns.apology = flags(Role::Apology, apology);
        columns.satisfied = flags(Role::Satisfied, satisfied);
        columns
    }
}

/// The rows of a piece of text, for messages.
struct Piece<'p> {
    setting: &'p Setting<'p>,
    text: &'p [u8],
    starts: &'p [usize],
    lines: &'p [u64],
}

impl Origin for Piece<'_> {
    fn source(&self) -> String {
        self.setting.label.clone()
    }

    fn line(&self, row: usize) -> u64 {
        self.lines.get(row).map_or(0, |line| line + 1)
    }

    fn heading(&self, column: &'static str) -> String {
        self.setting.header.heading(column).to_owned()
    }

    fn value(&self, row: usize, column: &'static str) -> String {
        let place = Role::ALL.iter().position(|role| role.name() == column);
        let at = self.setting.header.roles.iter().position(|role| role.is_some() && *role == place);
        let mut value = String::new();
        if let (Some(start), Some(at)) = (self.starts.get(row), at) {
            self.setting.reader.record(self.text, *start, true, |number, span| {
                if number == at {
                    value = shown(&span.text(self.text), self.setting.encoding);
                }
            });
        }
        value
    }
}
