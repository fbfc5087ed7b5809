//! Rows are read block by block, judged, and counted in every leaf.

use std::ops::Range;

use super::ahead::{Ahead, OFTEN};
use super::bind::{BAD_CHANNEL, BoundChannels, BoundKeys, NO_CHANNEL};
use super::block::{Clocks, Dated, Marks, has, hint};
use super::classify::{Judge, Rows, Verdicts, WORD, state};
use super::columns::{Column, Columns, Keys};
use super::days::{SPAN, slot};
use super::dues::{Dues, NO_DAY};
use super::error::TallyError;
use super::extras::{Extras, Known, known};
use super::grouping::{Dimension, Grouping};
use super::lanes::Lanes;
use super::leaf::{Block, Leaf, Legend, Room};
use super::months::Months;
use super::names::{BAD, NONE, Names};
use super::options::Options;
use super::origin::{Origin, fault};
use super::place::Digits;
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
    channels: Vec<u8>,
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
    verdicts: Verdicts,
    months: [Vec<u32>; 2],
    open: Vec<u32>,
    pages: Vec<u32>,
    room: Room,
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
    pub(crate) fn by_day(self, as_of: i32) -> Vec<(i32, u64)> {
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
    pub(crate) names: [Vec<Box<str>>; 3],
    months: Months,
    dues: Dues,
    extras: Extras,
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) found: Found,
}

impl Scanned {
    /// What the numbers stand for.
    pub(crate) fn legend(&self) -> Legend<'_> {
        legend(self.names.each_ref().map(Vec::len), &self.months, &self.dues, &self.extras)
    }
}

/// The columns of a batch, made ready.
struct Bound<'a> {
    columns: &'a Columns<'a>,
    keys: [Option<BoundKeys<'a>>; 3],
    channel: Option<BoundChannels<'a>>,
    ahead: Ahead<'a>,
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
                exclude: options.excludes_cancelled(),
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
        let mut bound = self.bind(columns);
        self.expect(columns);
        self.found.known &= self.extras.known();
        let mut space = std::mem::take(&mut self.space);
        space.marks.clear();
        let mut blocks = rows.clone().step_by(BLOCK).map(|start| (start, BLOCK.min(rows.end - start)));
        let result = blocks.try_for_each(|block| self.block(&mut space, &mut bound, block, origin));
        self.space = space;
        result
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
        let channel = columns.channel.as_ref().map(|c| BoundChannels::new(c, &mut self.words));
        let ahead = Ahead::new(columns, &keys);
        Bound { columns, keys, channel, ahead }
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
            let legend = legend(self.names.each_ref().map(Names::len), &self.months, &self.dues, &self.extras);
            for leaf in &mut self.leaves {
                leaf.drain(&legend);
            }
            self.extras = extras;
        }
    }

    fn block(
        &mut self,
        space: &mut Space,
        bound: &mut Bound<'_>,
        (start, len): (usize, usize),
        origin: &dyn Origin,
    ) -> Result<(), TallyError> {
        let Space { clocks, marks, verdicts, months, open, pages, room } = space;
        let next = start.saturating_add(len);
        bound.ahead.start(next..next.saturating_add(BLOCK).min(bound.columns.len()));
        marks.resize(len);
        let dated = marks.ready(self.lanes, clocks, bound.columns, start, self.options)?;
        let plain = self.fill_names(bound, marks, (start, len))?;
        let rows = marks.rows(&dated);
        self.judge.judge(self.lanes.level(), &rows, &mut bound.ahead, verdicts);
        self.reckon(&rows, verdicts);
        if self.needs(Dimension::Month) {
            self.months.numbers(self.lanes, &rows, self.judge.start, &verdicts.classes, months);
        }
        if verdicts.odd.iter().any(|(_, of)| of & state::BAD != 0) {
            self.reject(bound.columns, start, marks, &dated, verdicts, origin)?;
        }
        marks.fold_extras(self.lanes, bound.columns, start, &verdicts.classes, &self.extras);
        self.find_pages(&mut bound.ahead, &verdicts.open, dated.due, marks, (open, pages));
        let mut names = marks.names.each_ref().map(|numbers| Digits::new(numbers));
        for (names, codes) in names.iter_mut().zip(plain) {
            *names = codes.unwrap_or(*names);
        }
        let [receipt_month, outcome_month] = months.each_ref().map(|months| Digits::new(months));
        let block = Block {
            names,
            classes: &verdicts.classes,
            receipt_month,
            outcome_month,
            extras: &marks.extras,
            open,
            pages,
            more: &marks.more,
        };
        let legend = legend(self.names.each_ref().map(Names::len), &self.months, &self.dues, &self.extras);
        for leaf in &mut self.leaves {
            leaf.count(self.lanes, &block, &legend, (&mut bound.ahead, room));
        }
        Ok(())
    }

    /// Reads the names of a block; what is no name makes its row a bad one. Gives the columns of which the codes serve as
    /// they are.
    #[inline(never)]
    fn fill_names<'a>(
        &mut self,
        bound: &mut Bound<'a>,
        marks: &mut Marks,
        (start, len): (usize, usize),
    ) -> Result<[Option<Digits<'a>>; 3], TallyError> {
        let lanes = self.lanes;
        let Bound { keys, channel, ahead, .. } = bound;
        let mut plain = [None; 3];
        for (i, ((keys, known), plain)) in keys.iter().zip(&mut self.names).zip(&mut plain).enumerate() {
            let (Some(keys), Some(out)) = (keys, marks.names.get_mut(i)) else { continue };
            *plain = keys.plain(lanes, ahead, start, len);
            if plain.is_some() {
                continue;
            }
            out.resize(len, 0);
            if keys.fill(lanes, known, start, out, &mut marks.spare)? {
                sieve(lanes, marks, i, BAD, hint::NAME << i);
                if i == 0 {
                    sieve(lanes, marks, i, NONE, hint::NO_BODY);
                }
            }
        }
        match channel {
            None => marks.channel.fill(NO_CHANNEL),
            Some(channel) => {
                let words = (&mut self.words, &mut self.channels);
                channel.fill(lanes, ahead, words, (start, len), &mut marks.channel, &mut marks.spare)?;
                if marks.channel.iter().fold(0, |most, channel| (*channel).max(most)) == BAD_CHANNEL {
                    for row in 0..len {
                        if marks.channel.get(row) == Some(&BAD_CHANNEL) {
                            marks.accuse(row, hint::CHANNEL);
                        }
                    }
                }
            }
        }
        Ok(plain)
    }

    /// Counts the rows of a block by what became of them: notes why rows are left out, and on which day after as-of rows
    /// came in or were closed.
    fn reckon(&mut self, rows: &Rows<'_>, verdicts: &Verdicts) {
        let Found { reckoning, later, .. } = &mut self.found;
        let day = |days: &[i32], row: u32| days.get(row as usize).copied().unwrap_or_default();
        let mut left_out = 0_u64;
        for (row, state) in &verdicts.odd {
            left_out += u64::from(state & state::VOID != 0);
            match *state {
                s if s & state::BAD != 0 => {}
                s if s & state::AFTER != 0 => {
                    reckoning.received_after += 1;
                    later.note(self.judge.as_of, day(rows.received, *row));
                }
                s if s & state::BEFORE != 0 => reckoning.closed_before += 1,
                s if s & state::EXCLUDED != 0 => reckoning.cancelled += 1,
                _ => later.note(self.judge.as_of, day(rows.closed, *row)),
            }
        }
        reckoning.counted = reckoning.counted.saturating_add((verdicts.classes.len() as u64).saturating_sub(left_out));
    }

    #[cold]
    #[inline(never)]
    fn reject(
        &mut self,
        columns: &Columns<'_>,
        start: usize,
        marks: &Marks,
        dated: &Dated<'_>,
        verdicts: &Verdicts,
        origin: &dyn Origin,
    ) -> Result<(), TallyError> {
        for (i, _) in verdicts.odd.iter().filter(|(_, state)| state & state::BAD != 0) {
            let i = *i as usize;
            let row = start.saturating_add(i);
            // Rejected already, and counted as such.
            if columns.gone.is_some_and(|gone| gone.get(row) == Some(&1)) {
                continue;
            }
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

    /// The pending rows and the pages of their due days.
    #[inline(never)]
    fn find_pages(
        &mut self,
        ahead: &mut Ahead<'_>,
        open: &[u64],
        due: &[i32],
        marks: &Marks,
        (rows, pages): (&mut Vec<u32>, &mut Vec<u32>),
    ) {
        rows.clear();
        pages.clear();
        for (some, from) in open.chunks(OFTEN / WORD).zip((0..).step_by(OFTEN)) {
            ahead.ask();
            for (bits, from) in some.iter().zip((from..).step_by(WORD)) {
                note_rows(*bits, from, rows);
            }
        }
        let due = |row: &u32| due.get(*row as usize).map_or(NO_DAY, |due| slot(*due) as u32);
        if marks.any_repeats() {
            let slot = |row: &u32| if marks.repeats(*row as usize) { NO_DAY } else { due(row) };
            pages.extend(rows.iter().map(|row| self.dues.page(slot(row))));
        } else {
            pages.extend(rows.iter().map(|row| self.dues.page(due(row))));
        }
    }

    /// Ends the scan.
    pub(crate) fn finish(self) -> Scanned {
        let Self { names, months, dues, extras, leaves, found, .. } = self;
        Scanned { names: names.map(Names::into_list), months, dues, extras, leaves, found }
    }
}

fn legend<'a>(names: [usize; 3], months: &'a Months, dues: &'a Dues, extras: &'a Extras) -> Legend<'a> {
    Legend { names: names.map(|count| count + 1), months: months.list(), dues: dues.list(), extras }
}

/// Notes the rows that have a bit.
#[inline(always)]
fn note_rows(mut bits: u64, from: u32, rows: &mut Vec<u32>) {
    // Some at once, whether there are so many or not: how many there are cannot be foreseen, and this takes no branch.
    let mut some = [0; 4];
    let mut len = rows.len();
    for row in &mut some {
        len += usize::from(bits != 0);
        *row = from.wrapping_add(bits.trailing_zeros());
        bits &= bits.wrapping_sub(1);
    }
    rows.extend_from_slice(&some);
    rows.truncate(len);
    while bits != 0 {
        rows.push(from.wrapping_add(bits.trailing_zeros()));
        bits &= bits - 1;
    }
}

/// Marks the rows of which a name has this number as bad, and gives them another that counts nowhere.
fn sieve(lanes: Lanes, marks: &mut Marks, kind: usize, unwanted: u32, hint: u8) {
    let unwanted_at = |marks: &Marks, row: usize| marks.names.get(kind).and_then(|n| n.get(row)) == Some(&unwanted);
    if marks.names.get(kind).is_some_and(|numbers| has(lanes, numbers, unwanted)) {
        for row in 0..marks.names.get(kind).map_or(0, Vec::len) {
            if unwanted_at(marks, row) {
                marks.accuse(row, hint);
                if let Some(number) = marks.names.get_mut(kind).and_then(|n| n.get_mut(row)) {
                    *number = 0;
                }
            }
        }
    }
}
