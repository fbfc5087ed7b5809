//! What the fields of records say, column by column.

use super::header::Header;
use super::record::Span;
use super::value;
use super::worker::{Setting, Slot};
use crate::tally::bind::channel_number;
use crate::tally::columns::{Column, Columns, Flags, Ints, Keys, Moments};
use crate::tally::days::NEVER;
use crate::tally::grouping::Dimension;
use crate::tally::names::{BAD, NONE, Names};
use crate::tally::reject::Reason;
use crate::tally::role::Role;
use crate::tally::scan::Scan;

/// Why a row is not taken, and its column.
pub(crate) type Fault = (Reason, Option<Role>);

/// The columns of a piece of text.
#[derive(Debug)]
pub(crate) struct Fields {
    names: [Vec<u32>; 4],
    days: [Vec<i32>; 3],
    times: [Vec<i64>; 3],
    counts: [Vec<i32>; 3],
    flags: [Vec<u8>; 3],
    faults: Vec<Option<Fault>>,
    /// 1 for each row with a fault.
    gone: Vec<u8>,
    any: bool,
    /// Words for yes and no met so far, and what they say.
    answers: Names,
    said: Vec<Option<bool>>,
    /// The channel of each word for one.
    channels: Vec<u32>,
}

/// The fields of one role.
#[derive(Clone, Copy)]
struct Of<'t> {
    text: &'t [u8],
    spans: &'t [Slot],
    place: usize,
    width: usize,
    role: Role,
}

impl<'t> Of<'t> {
    /// The field of each row.
    #[inline(always)]
    fn each(self) -> impl Iterator<Item = Span> + 't {
        self.spans.iter().skip(self.place).step_by(self.width).map(|slot| slot.span())
    }

    /// The text of each row that is not empty.
    #[inline(always)]
    fn trimmed(self) -> impl Iterator<Item = &'t [u8]> + 't {
        self.each().map(move |span| {
            let raw = span.raw(self.text);
            match (raw.first(), raw.last()) {
                (Some(first), Some(last)) if first.is_ascii_whitespace() | last.is_ascii_whitespace() => {
                    raw.trim_ascii()
                }
                _ => raw,
            }
        })
    }
}

impl Fields {
    /// `answers` is where words for yes and no are kept.
    pub(crate) fn new(answers: Names) -> Self {
        Self {
            names: Default::default(),
            days: Default::default(),
            times: Default::default(),
            counts: Default::default(),
            flags: Default::default(),
            faults: Vec::new(),
            gone: Vec::new(),
            any: false,
            answers,
            said: Vec::new(),
            channels: Vec::new(),
        }
    }

    pub(crate) const fn any_faults(&self) -> bool {
        self.any
    }

    pub(crate) fn fault(&self, row: usize) -> Option<Fault> {
        self.faults.get(row).copied().flatten()
    }

    /// Reads the fields of so many rows; the first fault of a row, in the order below, is the one told.
    pub(crate) fn read(
        &mut self,
        text: &[u8],
        spans: &[Slot],
        rows: usize,
        setting: &Setting<'_>,
        scan: &mut Scan<'_>,
    ) {
        self.faults.clear();
        self.faults.resize(rows, None);
        self.any = false;
        let layout = &setting.layout;
        let of = |role| layout.place(role).map(|place| Of { text, spans, place, width: layout.width(), role });
        let wanted = [true, scan.needs(Dimension::Officer), scan.needs(Dimension::Field)];
        for (i, role) in [Role::Body, Role::Officer, Role::Field].into_iter().enumerate() {
            let (Some(out), Some(names)) = (self.names.get_mut(i), scan.names.get_mut(i)) else { continue };
            match of(role).filter(|_| wanted.get(i) == Some(&true)) {
                Some(of) => self.any |= read_names(of, names, out, &mut self.faults),
                None => fill(out, rows, NONE),
            }
        }
        self.mark_missing_bodies();
        for (i, role) in [Role::Received, Role::Due, Role::Completed].into_iter().enumerate() {
            let (Some(days), Some(times)) = (self.days.get_mut(i), self.times.get_mut(i)) else { continue };
            if let Some(of) = of(role) {
                self.any |= read_moments(of, &setting.dates, days, times, &mut self.faults);
            }
        }
        if let Some(of) = of(Role::Channel) {
            self.read_channels(of, &mut scan.words);
        }
        for (i, role) in
            [Role::SuspendedDays, Role::SupplementRequests, Role::SupplementNotices].into_iter().enumerate()
        {
            if let (Some(of), Some(out)) = (of(role), self.counts.get_mut(i)) {
                self.any |= read_counts(of, out, &mut self.faults);
            }
        }
        for (i, role) in [Role::Cancelled, Role::Apology, Role::Satisfied].into_iter().enumerate() {
            if let Some(of) = of(role) {
                self.read_flags(of, i);
            }
        }
        self.gone.clear();
        self.gone.extend(self.faults.iter().map(|fault| u8::from(fault.is_some())));
    }

    fn mark_missing_bodies(&mut self) {
        let [bodies, ..] = &self.names;
        for (body, fault) in bodies.iter().zip(&mut self.faults) {
            if *body == NONE && fault.is_none() {
                *fault = Some((Reason::MissingBody, Some(Role::Body)));
                self.any = true;
            }
        }
    }

    fn read_channels(&mut self, of: Of<'_>, words: &mut Names) {
        let Self { names: [.., out], channels, faults, any, .. } = self;
        *any |= read_names(of, words, out, faults);
        if channels.is_empty() {
            channels.push(channel_number(None));
        }
        if let Some(new) = words.list().get(channels.len() - 1..) {
            channels.extend(new.iter().map(|w| channel_number(Some(w))));
        }
        for (word, fault) in out.iter_mut().zip(faults) {
            if channels.get(*word as usize).is_none_or(|channel| *channel == BAD) {
                fault.get_or_insert((Reason::BadChannel, Some(Role::Channel)));
                (*word, *any) = (NONE, true);
            }
        }
    }

    fn read_flags(&mut self, of: Of<'_>, at: usize) {
        let Self { flags, answers, said, faults, any, .. } = self;
        let Some(out) = flags.get_mut(at) else { return };
        out.clear();
        for (span, fault) in of.each().zip(faults) {
            let answer = match span.raw(of.text) {
                b"" => 2,
                b"0" => 0,
                b"1" | b"x" => 1,
                _ => match answer(answers, said, &span.text(of.text)) {
                    Some(answer) => answer,
                    None => {
                        fault.get_or_insert((Reason::BadFlag, Some(of.role)));
                        *any = true;
                        2
                    }
                },
            };
            out.push(answer);
        }
    }

    /// The columns that the file has.
    pub(crate) fn columns(&self, header: &Header) -> Columns<'_> {
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
        columns.gone = self.any.then_some(&self.gone);
        columns
    }
}

fn fill<T: Copy>(out: &mut Vec<T>, len: usize, value: T) {
    out.clear();
    out.resize(len, value);
}

/// Gives whether any row has a fault.
#[inline(never)]
fn read_names(of: Of<'_>, names: &mut Names, out: &mut Vec<u32>, faults: &mut [Option<Fault>]) -> bool {
    out.resize(faults.len(), NONE);
    let mut any = false;
    for ((span, out), fault) in of.each().zip(out).zip(faults) {
        *out = if span.quoted { names.number(&span.text(of.text)) } else { names.number(span.raw(of.text)) };
        if *out == BAD {
            fault.get_or_insert((Reason::BadName, Some(of.role)));
            (*out, any) = (NONE, true);
        }
    }
    any
}

#[inline(never)]
fn read_moments(
    of: Of<'_>,
    dates: &value::Dates,
    days: &mut Vec<i32>,
    times: &mut Vec<i64>,
    faults: &mut [Option<Fault>],
) -> bool {
    days.resize(faults.len(), 0);
    times.resize(faults.len(), 0);
    let (missing, bad) = match of.role {
        Role::Received => (Some(Reason::MissingReceived), Reason::BadReceived),
        Role::Due => (Some(Reason::MissingDue), Reason::BadDue),
        _ => (None, Reason::BadCompleted),
    };
    let mut any = false;
    let out = days.iter_mut().zip(times);
    for ((text, fault), (day, time)) in of.trimmed().zip(faults).zip(out) {
        (*day, *time) = match dates.read(text) {
            Some(moment) => moment,
            None if text.is_empty() && missing.is_none() => (NEVER, 0),
            None => {
                let reason = missing.filter(|_| text.is_empty()).unwrap_or(bad);
                fault.get_or_insert((reason, Some(of.role)));
                any = true;
                (0, 0)
            }
        };
    }
    any
}

#[inline(never)]
fn read_counts(of: Of<'_>, out: &mut Vec<i32>, faults: &mut [Option<Fault>]) -> bool {
    out.clear();
    let mut any = false;
    for (text, fault) in of.trimmed().zip(faults) {
        let count = match text {
            b"" => Some(0),
            [digit @ b'0'..=b'9'] => Some(i32::from(digit - b'0')),
            _ => value::count(text),
        };
        if count.is_none() {
            fault.get_or_insert((Reason::BadNumber, Some(of.role)));
            any = true;
        }
        out.push(count.unwrap_or(0));
    }
    any
}

/// 0 no, 1 yes, 2 missing; `None` where it is neither.
fn answer(answers: &mut Names, said: &mut Vec<Option<bool>>, text: &[u8]) -> Option<u8> {
    let word = answers.number(text);
    if word == NONE {
        return Some(2);
    }
    if let Some(new) = answers.list().get(said.len()..) {
        said.extend(new.iter().map(|w| value::yes_or_no(w)));
    }
    said.get((word as usize).wrapping_sub(1)).copied().flatten().map(u8::from)
}
