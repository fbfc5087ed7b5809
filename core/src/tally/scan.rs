//! Rows are read block by block, judged, and counted in every leaf.

use std::collections::BTreeMap;
use std::ops::Range;

use super::bind::{self, BoundKeys, NO_CHANNEL, part};
use super::block::{Clocks, Marks, mark};
use super::classify::{Class, Judge, Rows, hint, outcome, state};
use super::columns::{Column, Columns, Keys};
use super::days::{SPAN, slot};
use super::error::TallyError;
use super::extras::{Extras, Known, known};
use super::grouping::{Dimension, Grouping};
use super::lanes::Lanes;
use super::leaf::{Block, Leaf, Legend};
use super::lookup::{Dues, Months, NO_DAY};
use super::names::{BAD, NONE, Names};
use super::options::Options;
use super::origin::{Origin, fault};
use super::reckoning::Reckoning;
use super::reject::{Reject, Rejects, clip};
use super::run::Run;
use crate::text::Encoding;

/// Rows to a block: so many that columns are read in long runs, and so few that all that is known of a block stays in a near cache.
const BLOCK: usize = 4096;

/// One worker's count in the making.
#[derive(Debug)]
pub(crate) struct Scan<'o> {
    options: &'o Options,
    run: &'o Run,
    /// How many rejected rows are kept.
    pub(crate) keep: usize,
    pub(crate) lanes: Lanes,
    judge: Judge,
    /// Bodies, officers, fields.
    pub(crate) names: [Names; 3],
    /// The words for channels, and the channel that each names.
    pub(crate) words: Names,
    channels: Vec<u32>,
    months: Months,
    dues: Dues,
    leaves: Vec<Leaf>,
    extras: Extras,
    space: Space,
    pub(crate) found: Found,
}

/// Room for a block of rows.
#[derive(Debug, Default)]
struct Space {
    clocks: Clocks,
    marks: Marks,
    classes: Vec<Class>,
    slots: [Vec<u32>; 2],
    months: [Vec<u32>; 2],
    open: Vec<u32>,
    pages: Vec<u32>,
}

/// What a scan finds besides its counts.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) reckoning: Reckoning,
    /// How many rows were received or closed on each day after as-of.
    pub(crate) later: Later,
    pub(crate) rejects: Rejects,
    /// What all rows told of.
    pub(crate) known: Known,
}

/// Rows by day after as-of: at 0 the day after it.
#[derive(Debug, Default)]
pub(crate) struct Later(Vec<u64>);

impl Later {
    fn note(&mut self, as_of: i32, day: i32) {
        // Both are days of the calendar, so that the list stays short.
        let Ok(at) = usize::try_from(day.saturating_sub(as_of).saturating_sub(1)) else { return };
        if at < SPAN && self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(count) = self.0.get_mut(at) {
            *count = count.saturating_add(1);
        }
    }

    /// The days on which there was anything.
    pub(crate) fn by_day(self, as_of: i32) -> BTreeMap<i32, u64> {
        (as_of.saturating_add(1)..).zip(self.0).filter(|(_, count)| *count > 0).collect()
    }
}

impl Default for Found {
    fn default() -> Self {
        Self {
            reckoning: Reckoning::default(),
            later: Later::default(),
            rejects: Rejects::default(),
            known: known::ALL,
        }
    }
}

/// What a scan has counted, with what its numbers stand for.
#[derive(Debug)]
pub(crate) struct Scanned {
    pub(crate) names: [Names; 3],
    months: Months,
    dues: Dues,
    extras: Extras,
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) found: Found,
}

impl Scanned {
    /// What the numbers stand for.
    pub(crate) fn legend(&self) -> Legend<'_> {
        legend(&self.names, &self.months, &self.dues, &self.extras)
    }
}

/// The columns of a batch, made ready.
struct Bound<'a> {
    columns: &'a Columns<'a>,
    keys: [Option<BoundKeys<'a>>; 3],
    channel: Option<BoundKeys<'a>>,
}

impl<'o> Scan<'o> {
    pub(crate) fn new(options: &'o Options, run: &'o Run, groupings: &[Grouping]) -> Self {
        Self {
            options,
            run,
            keep: run.kept(),
            lanes: Lanes::of_this_processor(),
            judge: Judge {
                as_of: options.as_of_day(),
                start: options.start_day().unwrap_or(i32::MIN),
                exclude: u32::from(options.excludes_cancelled()),
            },
            names: [Names::new(), Names::new(), Names::new()],
            words: Names::new(),
            channels: vec![NO_CHANNEL],
            months: Months::new(),
            dues: Dues::new(),
            leaves: Grouping::finest(groupings).into_iter().map(Leaf::new).collect(),
            extras: Extras::default(),
            space: Space::default(),
            found: Found::default(),
        }
    }

    /// Names are in that encoding.
    pub(crate) fn read_as(&mut self, encoding: Encoding) {
        let names = || Names::encoded(encoding);
        self.names = [names(), names(), names()];
        self.words = names();
    }

    /// Whether a grouping needs the dimension.
    pub(crate) fn needs(&self, dimension: Dimension) -> bool {
        self.leaves.iter().any(|leaf| leaf.grouping().has(dimension))
    }

    /// Counts some rows of a batch.
    pub(crate) fn batch(
        &mut self,
        columns: &Columns<'_>,
        rows: Range<usize>,
        origin: &dyn Origin,
    ) -> Result<(), TallyError> {
        self.check(columns)?;
        if rows.is_empty() {
            return Ok(());
        }
        let bound = self.bind(columns);
        self.expect(columns);
        self.found.known &= self.extras.known();
        self.space.marks.clear();
        let mut start = rows.start;
        while start < rows.end {
            let len = BLOCK.min(rows.end - start);
            self.block(&bound, start, len, origin)?;
            start += len;
        }
        Ok(())
    }

    fn check(&self, columns: &Columns<'_>) -> Result<(), TallyError> {
        if self.options.start_day().is_some_and(|start| start > self.options.as_of_day()) {
            return Err(TallyError::Period);
        }
        let expected = columns.len();
        for (column, len, valid) in columns.lengths() {
            if let Some(found) = [Some(len), valid].into_iter().flatten().find(|n| *n != expected) {
                return Err(TallyError::Length { column, expected, found });
            }
        }
        for (dimension, there) in
            [(Dimension::Officer, columns.officer.is_some()), (Dimension::Field, columns.field.is_some())]
        {
            if self.needs(dimension) && !there {
                return Err(TallyError::NoColumn { dimension: dimension.name() });
            }
        }
        Ok(())
    }

    fn bind<'a>(&mut self, columns: &'a Columns<'a>) -> Bound<'a> {
        let (officer, field) = (self.needs(Dimension::Officer), self.needs(Dimension::Field));
        let [bodies, officers, fields] = &mut self.names;
        let when = |wanted: bool, column: &'a Option<Column<'a, Keys<'a>>>| column.as_ref().filter(|_| wanted);
        let keys = [
            Some(BoundKeys::new("body", &columns.body, bodies)),
            when(officer, &columns.officer).map(|c| BoundKeys::new("officer", c, officers)),
            when(field, &columns.field).map(|c| BoundKeys::new("field", c, fields)),
        ];
        let channel = columns.channel.as_ref().map(|c| BoundKeys::channels(c, &mut self.words));
        Bound { columns, keys, channel }
    }

    /// Readies the tables for the optional columns of a batch.
    fn expect(&mut self, columns: &Columns<'_>) {
        let extras = Extras {
            satisfied: columns.satisfied.is_some(),
            apology: columns.apology.is_some(),
            requests: columns.supplement_requests.is_some(),
            notices: columns.supplement_notices.is_some(),
        };
        if extras != self.extras {
            let legend = legend(&self.names, &self.months, &self.dues, &self.extras);
            for leaf in &mut self.leaves {
                leaf.drain(&legend);
            }
            self.extras = extras;
        }
    }

    fn block(&mut self, bound: &Bound<'_>, start: usize, len: usize, origin: &dyn Origin) -> Result<(), TallyError> {
        let mut space = std::mem::take(&mut self.space);
        let result = self.block_in(&mut space, bound, start, len, origin);
        self.space = space;
        result
    }

    fn block_in(
        &mut self,
        space: &mut Space,
        bound: &Bound<'_>,
        start: usize,
        len: usize,
        origin: &dyn Origin,
    ) -> Result<(), TallyError> {
        let Space { clocks, marks, classes, slots, months, open, pages } = space;
        marks.resize(len);
        let dated = marks.ready(self.lanes, clocks, bound.columns, start, self.options)?;
        self.fill_names(bound, marks, start)?;
        let rows = Rows::new(&dated, marks);
        let seen = self.judge.judge(self.lanes, &rows, classes);
        self.reckon(&rows, classes, seen);
        let [receipt_month, outcome_month] = months;
        if self.needs(Dimension::Month) {
            self.judge.slots(self.lanes, &rows, classes, slots);
            let [received, closed] = slots;
            self.months.numbers(received, receipt_month);
            self.months.numbers(closed, outcome_month);
        }
        if seen & state::BAD != 0 {
            self.reject(bound.columns, start, marks, &dated, classes, origin)?;
        }
        marks.fold_extras(self.lanes, bound.columns, start, classes, &self.extras);
        find_open(self.lanes, classes, open);
        self.find_pages(open, dated.due, &marks.hints, pages);
        let [body, officer, field] = &marks.names;
        let block = Block {
            names: [body, officer, field],
            classes,
            receipt_month,
            outcome_month,
            extras: &marks.extras,
            open,
            pages,
            more: &marks.more,
        };
        let legend = legend(&self.names, &self.months, &self.dues, &self.extras);
        for leaf in &mut self.leaves {
            leaf.count(self.lanes, &block, &legend);
        }
        Ok(())
    }

    /// Reads the names of a block; what is no name makes its row a bad one.
    #[inline(never)]
    fn fill_names(&mut self, bound: &Bound<'_>, marks: &mut Marks, start: usize) -> Result<(), TallyError> {
        let lanes = self.lanes;
        let Marks { names, channel, hints, spare, .. } = marks;
        for (i, ((keys, known), out)) in bound.keys.iter().zip(&mut self.names).zip(names.iter_mut()).enumerate() {
            if let Some(keys) = keys {
                keys.fill(lanes, known, start, out, spare, NONE)?;
                sieve(lanes, out, hints, BAD, hint::BAD | hint::NAME << i);
            }
        }
        if let Some(body) = names.first_mut() {
            sieve(lanes, body, hints, NONE, hint::BAD);
        }
        match &bound.channel {
            None => channel.fill(NO_CHANNEL),
            Some(keys) if !keys.names_channels() => {
                keys.fill(lanes, &mut self.words, start, channel, spare, NO_CHANNEL)?
            }
            Some(keys) => {
                keys.fill(lanes, &mut self.words, start, channel, spare, NONE)?;
                for word in self.words.list().iter().skip(self.channels.len() - 1) {
                    self.channels.push(bind::channel_number(Some(word)));
                }
                let channels = self.channels.as_slice();
                channel.iter_mut().for_each(|n| *n = channels.get(*n as usize).copied().unwrap_or(BAD));
            }
        }
        sieve(lanes, channel, hints, BAD, hint::BAD | hint::CHANNEL);
        Ok(())
    }

    /// Counts the rows of a block by what became of them.
    #[inline(never)]
    fn reckon(&mut self, rows: &Rows<'_>, classes: &[Class], seen: u32) {
        let mut left_out = 0;
        if seen != 0 {
            // Few rows have a state, mostly.
            let (eights, rest) = classes.as_chunks::<8>();
            for (start, eight) in (0..).step_by(8).zip(eights) {
                if eight.iter().fold(Class::default(), |all, class| all.or(*class)).state() != 0 {
                    left_out += self.reckon_rows(rows, classes, start..start + 8);
                }
            }
            left_out += self.reckon_rows(rows, classes, classes.len() - rest.len()..classes.len());
        }
        let reckoning = &mut self.found.reckoning;
        reckoning.counted = reckoning.counted.saturating_add((classes.len() as u64).saturating_sub(left_out));
    }

    /// Notes why rows are left out, and on which day after as-of rows came in or were closed; gives how many are left out.
    fn reckon_rows(&mut self, rows: &Rows<'_>, classes: &[Class], range: Range<usize>) -> u64 {
        let Found { reckoning, later, .. } = &mut self.found;
        let mut left_out = 0;
        let days = part(rows.received, range.clone()).iter().zip(part(rows.closed, range.clone()));
        for (class, (received, closed)) in part(classes, range).iter().zip(days) {
            left_out += u64::from(class.is_void());
            match class.state() {
                0 => {}
                s if s & state::BAD != 0 => {}
                s if s & state::AFTER != 0 => {
                    reckoning.received_after += 1;
                    later.note(self.judge.as_of, *received);
                }
                s if s & state::BEFORE != 0 => reckoning.closed_before += 1,
                s if s & state::EXCLUDED != 0 => reckoning.cancelled += 1,
                _ => later.note(self.judge.as_of, *closed),
            }
        }
        left_out
    }

    #[cold]
    #[inline(never)]
    fn reject(
        &mut self,
        columns: &Columns<'_>,
        start: usize,
        marks: &Marks,
        dated: &super::block::Dated<'_>,
        classes: &[Class],
        origin: &dyn Origin,
    ) -> Result<(), TallyError> {
        for (i, _) in classes.iter().enumerate().filter(|(_, c)| c.state() & state::BAD != 0) {
            if marks.hints.get(i).is_some_and(|h| h & hint::GONE != 0) {
                continue;
            }
            let row = start.saturating_add(i);
            let (reason, column) = fault(columns, row, i, marks, dated);
            self.found.reckoning.reject(reason);
            self.found.rejects.push(self.keep, || Reject {
                source: origin.source(),
                line: origin.line(row),
                column: origin.heading(column),
                value: clip(&origin.value(row, column)),
                reason,
            });
        }
        self.run.check(self.found.rejects.total())
    }

    /// The pages of the due days of the pending rows.
    #[inline(never)]
    fn find_pages(&mut self, open: &[u32], due: &[i32], hints: &[u32], pages: &mut Vec<u32>) {
        pages.clear();
        pages.extend(open.iter().map(|row| {
            let at = *row as usize;
            let forced = hints.get(at).is_some_and(|h| h & hint::REPEAT != 0);
            let due = due.get(at).copied().unwrap_or_default();
            self.dues.page(if forced { NO_DAY } else { slot(due) as u32 })
        }));
    }

    /// Ends the scan.
    pub(crate) fn finish(self) -> Scanned {
        let Self { names, months, dues, extras, leaves, found, .. } = self;
        Scanned { names, months, dues, extras, leaves, found }
    }
}

fn legend<'a>(names: &[Names; 3], months: &'a Months, dues: &'a Dues, extras: &'a Extras) -> Legend<'a> {
    let [body, officer, field] = names;
    Legend {
        names: [body.len() + 1, officer.len() + 1, field.len() + 1],
        months: months.list(),
        dues: dues.list(),
        extras,
    }
}

/// Marks the rows that have this number as bad, and gives them another that counts nowhere.
fn sieve(lanes: Lanes, numbers: &mut [u32], hints: &mut [u32], unwanted: u32, bits: u32) {
    let all = &*numbers;
    let any = lanes.run(
        #[inline(always)]
        move || all.iter().fold(0, |any, n| any | u32::from(*n == unwanted)),
    );
    if any != 0 {
        mark(numbers, hints, |n| n == unwanted, bits);
        numbers.iter_mut().filter(|n| **n == BAD).for_each(|n| *n = 0);
    }
}

/// The places of the pending rows of a block.
fn find_open(lanes: Lanes, classes: &[Class], open: &mut Vec<u32>) {
    open.clear();
    open.reserve(classes.len());
    let (eights, rest) = classes.as_chunks::<8>();
    let pending = |class: &Class| class.outcome() == outcome::PENDING;
    lanes.run(
        #[inline(always)]
        move || {
            let mut start = 0_u32;
            for eight in eights {
                if eight.iter().fold(false, |any, class| any | pending(class)) {
                    open.extend((start..).zip(eight).filter(|(_, class)| pending(class)).map(|(row, _)| row));
                }
                start = start.wrapping_add(8);
            }
            open.extend((start..).zip(rest).filter(|(_, class)| pending(class)).map(|(row, _)| row));
        },
    );
}
