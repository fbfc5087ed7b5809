//! What the fields of records say, column by column.

use super::header::Header;
use super::records::{Field, Quotes, Rows};
use super::value::{self, Dates, Moment};
use super::{dates, worker::Setting};
use crate::tally::bind::{BAD_CHANNEL, channel_number};
use crate::tally::columns::{Column, Columns, Flags, Ints, Keys, Moments};
use crate::tally::days::NEVER;
use crate::tally::grouping::Dimension;
use crate::tally::lanes::Lanes;
use crate::tally::names::{BAD, NONE, Names};
use crate::tally::reject::Reason;
use crate::tally::role::Role;
use crate::tally::scan::Scan;

/// Why a row is not taken, and its column.
pub(crate) type Fault = (Reason, Option<Role>);

/// The faults of rows; most pieces have none.
#[derive(Debug, Default)]
struct Faults {
    rows: usize,
    /// One for each row, once there is any.
    list: Vec<Option<Fault>>,
}

impl Faults {
    fn clear(&mut self, rows: usize) {
        self.rows = rows;
        self.list.clear();
    }

    /// Notes a fault; the first of a row is the one told.
    #[cold]
    #[inline(never)]
    fn note(&mut self, row: usize, reason: Reason, role: Role) {
        self.list.resize(self.rows, None);
        if let Some(fault) = self.list.get_mut(row) {
            fault.get_or_insert((reason, Some(role)));
        }
    }
}

/// The columns of a piece of text.
#[derive(Debug)]
pub(crate) struct Fields {
    names: [Vec<u32>; 4],
    days: [Vec<i32>; 3],
    /// Empty where no row has a time of day.
    times: [Vec<i64>; 3],
    counts: [Vec<i32>; 3],
    flags: [Vec<u8>; 3],
    faults: Faults,
    /// 1 for each row with a fault; empty without.
    gone: Vec<u8>,
    batch: dates::Batch,
    dates: Dates,
    /// Words for yes and no met so far, and what they say.
    answers: Names,
    said: Vec<Option<bool>>,
    /// The channel of each word for one.
    channels: Vec<u8>,
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
            faults: Faults::default(),
            gone: Vec::new(),
            batch: dates::Batch::new(Lanes::of_this_processor()),
            dates: Dates::new(),
            answers,
            said: Vec::new(),
            channels: Vec::new(),
        }
    }

    pub(crate) const fn any_faults(&self) -> bool {
        !self.faults.list.is_empty()
    }

    pub(crate) fn fault(&self, row: usize) -> Option<Fault> {
        self.faults.list.get(row).copied().flatten()
    }

    /// Reads the fields of rows; the first fault of a row, in the order below, is the one told.
    pub(crate) fn read(&mut self, rows: &Rows<'_>, setting: &Setting<'_>, scan: &mut Scan<'_>) {
        let Self { names, days, times, counts, flags, faults, batch, dates, .. } = self;
        faults.clear(rows.len());
        let column = |role| setting.layout.column(role);
        let wanted = [true, scan.needs(Dimension::Officer), scan.needs(Dimension::Field)];
        for (i, role) in [Role::Body, Role::Officer, Role::Field].into_iter().enumerate() {
            let (Some(out), Some(known)) = (names.get_mut(i), scan.names.get_mut(i)) else { continue };
            match column(role).filter(|_| wanted.get(i) == Some(&true)) {
                Some(column) => read_names(rows, column, role, known, out, faults),
                None => fill(out, rows.len(), NONE),
            }
            if role == Role::Body && out.contains(&NONE) {
                let missing = out.iter().enumerate().filter(|(_, number)| **number == NONE);
                missing.for_each(|(row, _)| faults.note(row, Reason::MissingBody, role));
            }
        }
        for (i, role) in [Role::Received, Role::Due, Role::Completed].into_iter().enumerate() {
            let (Some(days), Some(times)) = (days.get_mut(i), times.get_mut(i)) else { continue };
            if let Some(column) = column(role) {
                read_moments(rows, column, role, (batch, dates), days, times, faults);
            }
        }
        if let (Some(column), [.., out]) = (column(Role::Channel), names) {
            read_names(rows, column, Role::Channel, &mut scan.words, out, faults);
            check_channels(&mut self.channels, &scan.words, out, faults);
        }
        for (i, role) in
            [Role::SuspendedDays, Role::SupplementRequests, Role::SupplementNotices].into_iter().enumerate()
        {
            if let (Some(column), Some(out)) = (column(role), counts.get_mut(i)) {
                read_counts(rows, column, role, out, faults);
            }
        }
        for (i, role) in [Role::Cancelled, Role::Apology, Role::Satisfied].into_iter().enumerate() {
            if let (Some(column), Some(out)) = (column(role), flags.get_mut(i)) {
                let (answers, said) = (&mut self.answers, &mut self.said);
                read_flags(rows, column, role, |text| answer(answers, said, text), out, faults);
            }
        }
        self.gone.clear();
        self.gone.extend(self.faults.list.iter().map(|fault| u8::from(fault.is_some())));
    }

    /// The columns that the file has.
    pub(crate) fn columns(&self, header: &Header) -> Columns<'_> {
        let [body, officer, field, channel] = &self.names;
        let [received, due, completed] = &self.days;
        let [received_at, due_at, completed_at] = &self.times;
        let [suspended, requests, notices] = &self.counts;
        let [cancelled, apology, satisfied] = &self.flags;
        let moments = |days, times| {
            Column::new(if <[i64]>::is_empty(times) { Moments::Days(days) } else { Moments::Split(days, times) })
        };
        let mut columns =
            Columns::new(Column::new(Keys::Interned(body)), moments(received, received_at), moments(due, due_at));
        let keys = |role, numbers| header.has(role).then_some(Column::new(Keys::Interned(numbers)));
        columns.officer = keys(Role::Officer, officer);
        columns.field = keys(Role::Field, field);
        columns.channel = keys(Role::Channel, channel);
        columns.completed = header.has(Role::Completed).then(|| moments(completed, completed_at));
        let counts = |role, numbers| header.has(role).then_some(Column::new(Ints::I32(numbers)));
        columns.suspended_days = counts(Role::SuspendedDays, suspended);
        columns.supplement_requests = counts(Role::SupplementRequests, requests);
        columns.supplement_notices = counts(Role::SupplementNotices, notices);
        let flags = |role, answers| header.has(role).then_some(Column::new(Flags::Tri(answers)));
        columns.cancelled = flags(Role::Cancelled, cancelled);
        columns.apology = flags(Role::Apology, apology);
        columns.satisfied = flags(Role::Satisfied, satisfied);
        columns.gone = self.any_faults().then_some(&self.gone);
        columns
    }
}

fn fill<T: Copy>(out: &mut Vec<T>, len: usize, value: T) {
    out.clear();
    out.resize(len, value);
}

#[inline(never)]
fn read_names(rows: &Rows<'_>, column: usize, role: Role, names: &mut Names, out: &mut Vec<u32>, faults: &mut Faults) {
    out.resize(rows.len(), NONE);
    let fields = rows.column(column);
    match rows.quotes() {
        Quotes::None => names.number_all(rows.text(), fields.map(|field| (field.from, field.to)).zip(out.iter_mut())),
        Quotes::Around => names.number_all(rows.text(), fields.map(|field| field.within()).zip(out.iter_mut())),
        Quotes::Within => fields.zip(&mut *out).for_each(|(field, out)| *out = names.number(&field.text())),
    }
    if out.contains(&BAD) {
        for (row, number) in out.iter_mut().enumerate().filter(|(_, number)| **number == BAD) {
            faults.note(row, Reason::BadName, role);
            *number = NONE;
        }
    }
}

/// Sees to it that words stand for channels.
fn check_channels(channels: &mut Vec<u8>, words: &Names, out: &mut [u32], faults: &mut Faults) {
    if channels.is_empty() {
        channels.push(channel_number(None));
    }
    channels.extend(words.after(channels.len() - 1).into_iter().map(|w| channel_number(Some(w))));
    for (row, word) in out.iter_mut().enumerate() {
        if channels.get(*word as usize).is_none_or(|channel| *channel == BAD_CHANNEL) {
            faults.note(row, Reason::BadChannel, Role::Channel);
            *word = NONE;
        }
    }
}

#[inline(never)]
fn read_moments(
    rows: &Rows<'_>,
    column: usize,
    role: Role,
    (batch, slow): (&mut dates::Batch, &Dates),
    days: &mut Vec<i32>,
    times: &mut Vec<i64>,
    faults: &mut Faults,
) {
    times.clear();
    days.resize(rows.len(), 0);
    let mut fields = rows.column(column);
    for (start, days) in (0..).step_by(dates::MANY).zip(days.chunks_mut(dates::MANY)) {
        let (_, any) = batch.read(&mut fields);
        days.iter_mut().zip(&batch.days).for_each(|(to, from)| *to = *from);
        if !any {
            continue;
        }
        for ((row, out), found) in (start..).zip(days).zip(&batch.found).filter(|(_, found)| **found != dates::ALONE) {
            let field = rows.field(row, column);
            let time = if *found == dates::FIRST { value::time(field.after(10)) } else { None };
            let (day, time) = match time {
                Some(time) => (*out, time),
                None => read_moment(field, row, role, slow, faults),
            };
            *out = day;
            if time != 0 {
                times.resize(rows.len(), 0);
                times.get_mut(row).into_iter().for_each(|out| *out = time);
            }
        }
    }
}

/// Reads a moment in any form.
fn read_moment(field: Field<'_>, row: usize, role: Role, dates: &Dates, faults: &mut Faults) -> Moment {
    dates.read(field.trimmed()).unwrap_or_else(|empty| {
        let fault = moment_fault(role, empty);
        fault.into_iter().for_each(|reason| faults.note(row, reason, role));
        (if fault.is_none() { NEVER } else { 0 }, 0)
    })
}

/// What is wrong with a moment that is missing or cannot be.
const fn moment_fault(role: Role, missing: bool) -> Option<Reason> {
    match (role, missing) {
        (Role::Received, true) => Some(Reason::MissingReceived),
        (Role::Received, false) => Some(Reason::BadReceived),
        (Role::Due, true) => Some(Reason::MissingDue),
        (Role::Due, false) => Some(Reason::BadDue),
        (_, true) => None,
        (_, false) => Some(Reason::BadCompleted),
    }
}

#[inline(never)]
fn read_counts(rows: &Rows<'_>, column: usize, role: Role, out: &mut Vec<i32>, faults: &mut Faults) {
    out.resize(rows.len(), 0);
    for (row, (field, out)) in rows.column(column).zip(out).enumerate() {
        let count = match field.trimmed() {
            b"" => Some(0),
            [digit @ b'0'..=b'9'] => Some(i32::from(digit - b'0')),
            text => value::count(text),
        };
        if count.is_none() {
            faults.note(row, Reason::BadNumber, role);
        }
        *out = count.unwrap_or(0);
    }
}

#[inline(never)]
fn read_flags(
    rows: &Rows<'_>,
    column: usize,
    role: Role,
    mut answer: impl FnMut(&[u8]) -> Option<u8>,
    out: &mut Vec<u8>,
    faults: &mut Faults,
) {
    out.resize(rows.len(), MISSING);
    for (row, (field, out)) in rows.column(column).zip(out).enumerate() {
        *out = match field.text().as_ref() {
            b"" => MISSING,
            b"0" => 0,
            b"1" | b"x" => 1,
            text => answer(text).unwrap_or_else(|| {
                faults.note(row, Reason::BadFlag, role);
                MISSING
            }),
        };
    }
}

/// Neither yes (1) nor no (0).
const MISSING: u8 = 2;

/// 0 no, 1 yes, or [`MISSING`]; `None` where it is neither.
fn answer(answers: &mut Names, said: &mut Vec<Option<bool>>, text: &[u8]) -> Option<u8> {
    let word = answers.number(text);
    if word == NONE {
        return Some(MISSING);
    }
    said.extend(answers.after(said.len()).into_iter().map(value::yes_or_no));
    said.get((word as usize).wrapping_sub(1)).copied().flatten().map(u8::from)
}
