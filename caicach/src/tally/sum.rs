//! The tally itself: made, merged, changed, moved on.

use std::sync::Arc;

use super::columns::Columns;
use super::days;
use super::error::{ChangeError, MergeError, MoveError, TallyError};
use super::extras::{Known, known};
use super::grouping::Grouping;
use super::options::{Options, Terms};
use super::reckoning::Reckoning;
use super::reject::Rejects;
use super::run::Run;
use super::table::{Numbers, Table};
use super::workdays::Workdays;
use crate::calendar::Date;
use crate::order::InOrder;

/// Counts of dossiers by any set of groupings (bảng tổng hợp hồ sơ), which can be merged, kept and moved on.
///
/// Two tallies of the same rows are equal whatever the order of the rows, the batches they came in, the numbers of their
/// dictionaries and the threads at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub(crate) terms: Terms,
    /// Sorted names of bodies, officers, fields; number 0 is "none", the first name has number 1.
    pub(crate) names: [Vec<Box<str>>; 3],
    /// One for each of the finest groupings, sorted by grouping.
    pub(crate) tables: Vec<Table>,
    pub(crate) reckoning: Reckoning,
    /// How many rows were received or closed on each day after as-of; in order, days without any left out.
    pub(crate) later: Vec<(i32, u64)>,
    /// Which optional columns all rows told of.
    pub(crate) known: Known,
}

/// A tally and the rows that it could not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The counts.
    pub tally: Tally,
    /// The rows that could not be taken.
    pub rejects: Rejects,
}

impl Tally {
    /// The tally of no rows: merged with another it changes nothing.
    #[must_use]
    pub fn empty(options: &Options, groupings: &[Grouping]) -> Self {
        Self {
            terms: options.terms(),
            names: Default::default(),
            tables: Grouping::finest(groupings).into_iter().map(Table::empty).collect(),
            reckoning: Reckoning::default(),
            later: Vec::new(),
            known: known::ALL,
        }
    }

    /// Counts the rows of one batch.
    ///
    /// # Errors
    /// [`TallyError`] where the batch cannot be counted at all; rows that cannot be taken are in [`Counted::rejects`].
    pub fn of(
        columns: &Columns<'_>,
        groupings: &[Grouping],
        options: &Options,
        run: &Run,
    ) -> Result<Counted, TallyError> {
        let mut tallier = super::Tallier::new(groupings, options, run);
        tallier.add(columns)?;
        tallier.finish()
    }

    /// Adds the rows of a batch.
    ///
    /// # Errors
    /// [`ChangeError`] where the options are not those of this tally, or the batch cannot be counted.
    pub fn add_batch(&mut self, columns: &Columns<'_>, options: &Options, run: &Run) -> Result<Rejects, ChangeError> {
        let counted = Self::of(columns, &self.groupings(), options, run)?;
        *self = self.merge(&counted.tally)?;
        Ok(counted.rejects)
    }

    /// Takes some rows out and puts others in, exactly: all of it or, on an error, none.
    ///
    /// Rows taken out must have been counted by the same options. A row that was rejected or not counted is taken out of
    /// the reckoning.
    ///
    /// # Errors
    /// [`ChangeError::NotThere`] where a count would go below zero, which means that the rows taken out were never in.
    pub fn apply_change(
        &mut self,
        out: &Columns<'_>,
        into: &Columns<'_>,
        options: &Options,
    ) -> Result<(), ChangeError> {
        let groupings = self.groupings();
        let run = Run::default();
        let gone = Self::of(out, &groupings, options, &run)?.tally;
        let come = Self::of(into, &groupings, options, &run)?.tally;
        *self = self.minus(&gone)?.merge(&come)?;
        Ok(())
    }

    /// The sum of two tallies. The order of merging does not matter.
    ///
    /// # Errors
    /// [`MergeError`] where the two were made under other terms or for other groupings.
    pub fn merge(&self, other: &Self) -> Result<Self, MergeError> {
        self.check_terms(other)?;
        let names = union(&self.names, &other.names);
        let (mine, theirs) = (numbers_in(slices(&self.names), &names), numbers_in(slices(&other.names), &names));
        let pairs = self.tables.iter().zip(&other.tables);
        let tables = pairs.map(|(a, b)| a.plus(&mine, b, &theirs)).collect();
        let mut out = Self { terms: self.terms, names, tables, later: self.later.clone(), ..*self };
        out.add_rows(other);
        Ok(out)
    }

    /// The sum of many tallies, in less time and room than merging them one after the other; `None` of none.
    ///
    /// # Errors
    /// [`MergeError`] where not all were made under the same terms and for the same groupings.
    pub fn merge_all<'t>(tallies: impl IntoIterator<Item = &'t Self>) -> Result<Option<Self>, MergeError> {
        let tallies: Vec<&Self> = tallies.into_iter().collect();
        let Some((first, rest)) = tallies.split_first() else { return Ok(None) };
        rest.iter().try_for_each(|other| first.check_terms(other))?;
        let mut names: [Vec<Box<str>>; 3] = Default::default();
        for (at, names) in names.iter_mut().enumerate() {
            names.extend(tallies.iter().filter_map(|t| t.names.get(at)).flatten().cloned());
            names.order();
            names.dedup();
        }
        let numbers: Vec<_> = tallies.iter().map(|t| numbers_in(slices(&t.names), &names)).collect();
        let tables = first.tables.iter().enumerate().map(|(at, table)| {
            let parts = tallies.iter().zip(&numbers).filter_map(|(t, numbers)| Some((t.tables.get(at)?, numbers)));
            Table::sum(table.grouping, parts)
        });
        let mut out =
            Self { terms: first.terms, names, tables: tables.collect(), later: first.later.clone(), ..**first };
        rest.iter().for_each(|other| out.add_rows(other));
        Ok(Some(out))
    }

    /// Adds what is known of rows beside their counts.
    pub(crate) fn add_rows(&mut self, other: &Self) {
        self.reckoning.add(&other.reckoning);
        self.later.extend(&other.later);
        self.later.order_by_key(|(day, _)| *day);
        self.later.dedup_by(|(day, count), (before, sum)| {
            let same = day == before;
            *sum = sum.saturating_add(if same { *count } else { 0 });
            same
        });
        self.known &= other.known;
    }

    /// What is left when the rows of the other are taken out.
    ///
    /// # Errors
    /// [`ChangeError::NotThere`] where a count would go below zero.
    pub fn minus(&self, other: &Self) -> Result<Self, ChangeError> {
        self.check_terms(other)?;
        let names = union(&self.names, &other.names);
        let (mine, theirs) = (numbers_in(slices(&self.names), &names), numbers_in(slices(&other.names), &names));
        let mut out = Self { names, tables: Vec::new(), ..self.clone() };
        for (a, b) in self.tables.iter().zip(&other.tables) {
            let left = a.clone().renumbered(&mine).minus(&b.clone().renumbered(&theirs));
            out.tables.push(left.ok_or(ChangeError::NotThere { grouping: a.grouping })?);
        }
        let not_there = || ChangeError::NotThere { grouping: Grouping::TOTAL };
        out.reckoning = self.reckoning.minus(&other.reckoning).ok_or_else(not_there)?;
        for (day, count) in &other.later {
            let at = out.later.binary_search_by_key(day, |(of, _)| *of).ok();
            let (_, left) = at.and_then(|at| out.later.get_mut(at)).ok_or_else(not_there)?;
            *left = left.checked_sub(*count).ok_or_else(not_there)?;
        }
        out.later.retain(|(_, left)| *left > 0);
        out.drop_unused();
        Ok(out)
    }

    fn check_terms(&self, other: &Self) -> Result<(), MergeError> {
        if self.terms != other.terms {
            return Err(MergeError::Terms);
        }
        let groupings = |tally: &Self| tally.tables.iter().map(|t| t.grouping).collect::<Vec<_>>();
        if groupings(self) != groupings(other) { Err(MergeError::Groupings) } else { Ok(()) }
    }

    /// The same counts as of a later day, when nothing more has come in; new rows are then added to it.
    ///
    /// Closed rows need not be read again: pending ones become overdue by the due days kept.
    ///
    /// # Errors
    /// [`MoveError::Back`] for an earlier day: what was closed or received since is not known by day.
    /// [`MoveError::RowsBetween`] where rows were read that were received or closed after the old as-of and up to the
    /// new one: these must be read again.
    pub fn moved_to(&self, as_of: Date) -> Result<Self, MoveError> {
        let day = days::number_of(as_of);
        if day < self.terms.as_of {
            return Err(MoveError::Back);
        }
        let rows = self.later.iter().take_while(|(of, _)| *of <= day).fold(0_u64, |sum, (_, n)| sum.saturating_add(*n));
        if rows > 0 {
            return Err(MoveError::RowsBetween { rows });
        }
        let mut out = self.clone();
        out.terms.as_of = day;
        Ok(out)
    }

    /// The options that it was counted by, so that rows can be added to a tally read from bytes; `None` where it was
    /// counted by other working days than these.
    #[must_use]
    pub fn options(&self, workdays: Option<&Arc<Workdays>>) -> Option<Options> {
        self.terms.options(workdays)
    }

    /// The same rows counted by fewer groupings, so that what is handed on holds no more than it needs: a province reports
    /// without its officers' names. `None` where one of them is not kept.
    #[must_use]
    pub fn only(&self, groupings: &[Grouping]) -> Option<Self> {
        let finest = Grouping::finest(groupings).into_iter();
        let tables = finest.map(|grouping| self.table(grouping).map(std::borrow::Cow::into_owned));
        let mut out = Self { tables: tables.collect::<Option<_>>()?, ..self.clone() };
        out.drop_unused();
        Some(out)
    }

    /// The groupings that are kept; all coarser ones can be asked for too.
    #[must_use]
    pub fn groupings(&self) -> Vec<Grouping> {
        self.tables.iter().map(|t| t.grouping).collect()
    }

    /// What became of the rows read.
    #[must_use]
    pub const fn reckoning(&self) -> &Reckoning {
        &self.reckoning
    }

    /// The as-of date.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        crate::calendar::from_epoch_days(self.terms.as_of)
    }

    /// The first day of the period, if it has one.
    #[must_use]
    pub fn start(&self) -> Option<Date> {
        self.terms.start.and_then(crate::calendar::from_epoch_days)
    }

    /// The name with that number.
    pub(crate) fn name(&self, kind: usize, number: u32) -> Option<&str> {
        let at = usize::try_from(number.checked_sub(1)?).ok()?;
        self.names.get(kind)?.get(at).map(AsRef::as_ref)
    }

    /// The table of a grouping, rolled up from the smallest one that has it.
    pub(crate) fn table(&self, grouping: Grouping) -> Option<std::borrow::Cow<'_, Table>> {
        if let Some(table) = self.tables.iter().find(|t| t.grouping == grouping) {
            return Some(std::borrow::Cow::Borrowed(table));
        }
        let finer = self.tables.iter().filter(|t| grouping.is_within(t.grouping));
        let smallest = finer.min_by_key(|t| t.flows.len())?;
        Some(std::borrow::Cow::Owned(smallest.rolled_up(grouping)))
    }

    /// The tally with other names for its groups; groups that come to the same names are summed.
    ///
    /// Names are as they stood in the rows; this is where spellings become the ids of bodies.
    #[must_use]
    pub fn renamed(&self, dimension: super::grouping::Dimension, mut name: impl FnMut(&str) -> Option<String>) -> Self {
        let Some(kind) = super::grouping::Dimension::ALL.iter().position(|d| *d == dimension).filter(|k| *k < 3) else {
            return self.clone();
        };
        let mut renamed = self.names.clone();
        if let Some(list) = renamed.get_mut(kind) {
            for old in list.iter_mut() {
                if let Some(new) = name(old) {
                    *old = super::names::tidy(&new).into();
                }
            }
        }
        let mut tables = self.tables.clone();
        let names = canonical(&renamed, &mut tables);
        Self { names, tables, ..self.clone() }
    }

    /// Keeps only names that occur. They stay in order, and so do the groups.
    pub(crate) fn drop_unused(&mut self) {
        let used = used(&self.names, &self.tables);
        if used.iter().all(|used| used.iter().skip(1).all(|u| *u)) {
            return;
        }
        let mut numbers: Numbers = Default::default();
        for ((names, used), numbers) in self.names.iter_mut().zip(&used).zip(&mut numbers) {
            let mut kept = 0_u32;
            numbers.push(0);
            numbers.extend(used.iter().skip(1).map(|used| {
                kept = kept.saturating_add(u32::from(*used));
                kept
            }));
            let mut used = used.iter().skip(1);
            names.retain(|_| used.next().copied().unwrap_or(false));
        }
        for table in &mut self.tables {
            let taken = std::mem::replace(table, Table::empty(table.grouping));
            *table = taken.renumbered(&numbers);
        }
    }
}

/// Which names occur in tables, by number; 0 is no name.
fn used(names: &[Vec<Box<str>>; 3], tables: &[Table]) -> [Vec<bool>; 3] {
    let mut used = names.each_ref().map(|list| vec![false; list.len() + 1]);
    tables.iter().for_each(|t| t.mark_used(&mut used));
    used
}

/// Gives tables the numbers of sorted names without doubles, keeping only names that occur, and sorts them.
fn canonical(names: &[Vec<Box<str>>; 3], tables: &mut [Table]) -> [Vec<Box<str>>; 3] {
    let used = used(names, tables);
    let mut sorted: [Vec<Box<str>>; 3] = Default::default();
    for ((sorted, names), used) in sorted.iter_mut().zip(names).zip(&used) {
        let kept = names.iter().zip(used.iter().skip(1)).filter(|(name, used)| **used && !name.is_empty());
        sorted.extend(kept.map(|(name, _)| name.clone()));
        sorted.order();
        sorted.dedup();
    }
    let numbers = numbers_in(slices(names), &sorted);
    for table in tables.iter_mut() {
        let taken = std::mem::replace(table, Table::empty(table.grouping));
        *table = taken.renumbered(&numbers);
    }
    sorted
}

/// For each number in one list of names its number in a sorted list; "none" stays "none".
pub(crate) fn numbers_in(names: [&[Box<str>]; 3], sorted: &[Vec<Box<str>>; 3]) -> Numbers {
    let mut out: Numbers = Default::default();
    for ((out, names), sorted) in out.iter_mut().zip(names).zip(sorted) {
        out.push(0);
        let mut next = 0;
        out.extend(names.iter().map(|name| {
            // Often names are in order here too.
            let at = if sorted.get(next) == Some(name) { Ok(next) } else { sorted.binary_search(name) };
            next = at.map_or(next, |at| at + 1);
            at.ok().and_then(|at| u32::try_from(at + 1).ok()).unwrap_or(0)
        }));
    }
    out
}

fn slices(names: &[Vec<Box<str>>; 3]) -> [&[Box<str>]; 3] {
    names.each_ref().map(Vec::as_slice)
}

fn union(a: &[Vec<Box<str>>; 3], b: &[Vec<Box<str>>; 3]) -> [Vec<Box<str>>; 3] {
    let mut out = a.clone();
    for (out, more) in out.iter_mut().zip(b) {
        out.extend(more.iter().cloned());
        out.order();
        out.dedup();
    }
    out
}
