//! Stocks by date: headcounts, quota adjustments, service units, title standards.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use time::Date;

use super::{Building, complete, why};
use crate::calendar::Period;
use crate::facts::{Basis, BodyRef, Category, ServiceUnits, TableName};
use crate::plan::registry::BodyIx;

/// A count on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StockRecord {
    pub(crate) date: Date,
    pub(crate) count: u64,
    /// Over how many bodies it is summed; none where it is a record of its own.
    pub(crate) bodies: Option<u32>,
    pub(crate) source: Option<Arc<str>>,
}

/// Posts added or taken away by a superior.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Adjustment {
    pub(crate) date: Date,
    pub(crate) delta: i64,
    pub(crate) source: Option<Arc<str>>,
}

/// Who meets the standards of their title, on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TitleRecord {
    pub(crate) date: Date,
    pub(crate) total: u64,
    pub(crate) meeting: u64,
    pub(crate) bodies: Option<u32>,
    pub(crate) sources: Vec<Arc<str>>,
}

/// A service unit listed by itself.
#[derive(Debug, Clone)]
struct ListedUnit {
    established: Date,
    dissolved: Option<Date>,
}

/// Everything known of stocks of the whole territory, each by date.
#[derive(Debug, Default)]
pub(crate) struct Stocks {
    headcounts: BTreeMap<(Category, Basis), Vec<StockRecord>>,
    adjustments: BTreeMap<Category, Vec<Adjustment>>,
    units: Vec<StockRecord>,
    listed: Vec<ListedUnit>,
    /// Times over which the list of units is complete.
    listed_over: Vec<Period>,
    titles: Vec<TitleRecord>,
}

impl Stocks {
    /// The headcounts of a category, by date.
    pub(crate) fn headcounts(&self, category: Category, basis: Basis) -> &[StockRecord] {
        self.headcounts.get(&(category, basis)).map_or(&[], Vec::as_slice)
    }

    /// The adjustments of a category after one day and up to another.
    pub(crate) fn adjustments(&self, category: Category, after: Date, to: Date) -> impl Iterator<Item = &Adjustment> {
        let all = self.adjustments.get(&category).map_or(&[][..], Vec::as_slice);
        all.iter().filter(move |adjustment| adjustment.date > after && adjustment.date <= to)
    }

    /// The last count of service units on or after one day and on or before another: a count, or the
    /// length of a complete list on that last day.
    pub(crate) fn units(&self, from: Date, to: Date) -> Option<StockRecord> {
        let counted = last_in(&self.units, from, to).cloned();
        let listed = self.listed_on_last_day(from, to);
        match (&counted, &listed) {
            (Some(count), Some(list)) if list.date > count.date => listed,
            (Some(_), _) => counted,
            (None, _) => listed,
        }
    }

    /// The length of the list of units on the last day of a time over which it is complete.
    fn listed_on_last_day(&self, from: Date, to: Date) -> Option<StockRecord> {
        let day = self.listed_over.iter().filter(|scope| scope.from() <= to).map(|scope| scope.to().min(to)).max()?;
        if self.listed.is_empty() || day < from {
            return None;
        }
        let standing = |unit: &&ListedUnit| unit.established <= day && unit.dissolved.is_none_or(|end| end > day);
        let count = u64::try_from(self.listed.iter().filter(standing).count()).unwrap_or(u64::MAX);
        Some(StockRecord { date: day, count, bodies: None, source: None })
    }

    /// The last record of title standards in a year, on or before a day.
    pub(crate) fn titles(&self, year: i32, to: Date) -> Option<&TitleRecord> {
        self.titles.iter().rev().find(|record| record.date.year() == year && record.date <= to)
    }
}

/// The last record between two days, both included.
pub(crate) fn last_in(records: &[StockRecord], from: Date, to: Date) -> Option<&StockRecord> {
    records.iter().rev().find(|record| record.date >= from && record.date <= to)
}

impl Building<'_> {
    pub(super) fn stocks(&mut self) -> Stocks {
        let mut stocks = Stocks::default();
        self.headcounts(&mut stocks);
        self.quota_adjustments(&mut stocks);
        self.service_units(&mut stocks);
        self.title_standards(&mut stocks);
        stocks
    }

    /// Whose record it is: a body's, or (`Some(None)`) the city's. `None` where it is of a later day.
    fn owner(&mut self, name: Option<&BodyRef>, date: Date, table: &'static str) -> Option<Option<BodyIx>> {
        let day = Period::day(date);
        let city = self.names.registry().city();
        let body = match name {
            None => None,
            Some(name) => Some(self.names.find(name, Some(day))?),
        };
        if body.is_some() && body != city {
            self.saw(body, &day);
        }
        if date > self.as_of {
            self.unused(table, name.map_or("", |name| name.as_str()), &day, why::LATER);
            return None;
        }
        Some(body.filter(|body| Some(*body) != city))
    }

    fn headcounts(&mut self, stocks: &mut Stocks) {
        let mut of_bodies: BTreeMap<(Category, Basis), BTreeMap<BodyIx, Vec<StockRecord>>> = BTreeMap::new();
        let facts = self.facts;
        for record in &facts.tables().headcounts {
            let Some(owner) = self.owner(record.body.as_ref(), record.date, "headcounts") else { continue };
            let source = self.source(record.source.as_ref());
            let stock = StockRecord { date: record.date, count: record.count, bodies: None, source };
            let key = (record.category, record.basis);
            match owner {
                None => stocks.headcounts.entry(key).or_default().push(stock),
                Some(body) => of_bodies.entry(key).or_default().entry(body).or_default().push(stock),
            }
        }
        for (key, bodies) in of_bodies {
            if !stocks.headcounts.contains_key(&key) {
                let sums = self.sums(TableName::Headcounts, bodies);
                stocks.headcounts.insert(key, sums);
            }
        }
        for records in stocks.headcounts.values_mut() {
            records.sort_by_key(|record| record.date);
        }
    }

    /// City figures from bodies' records of a complete table: on each day of a record, the sum of the last of
    /// every body in force that day. The posts of a body that was merged are with its successor.
    fn sums(&self, table: TableName, mut bodies: BTreeMap<BodyIx, Vec<StockRecord>>) -> Vec<StockRecord> {
        for records in bodies.values_mut() {
            records.sort_by_key(|record| record.date);
        }
        let days: BTreeSet<Date> = bodies.values().flatten().map(|record| record.date).collect();
        let declared = |day: &Date| complete(&self.scopes, table, None, None, &Period::day(*day));
        days.into_iter()
            .filter(declared)
            .map(|day| {
                let last = |records: &Vec<StockRecord>| last_in(records, Date::MIN, day).map(|record| record.count);
                let there = bodies.iter().filter(|(body, _)| self.in_force(**body, day));
                let counts: Vec<u64> = there.filter_map(|(_, records)| last(records)).collect();
                let count = counts.iter().fold(0u64, |sum, count| sum.saturating_add(*count));
                StockRecord { date: day, count, bodies: u32::try_from(counts.len()).ok(), source: None }
            })
            .collect()
    }

    fn in_force(&self, body: BodyIx, day: Date) -> bool {
        self.names.registry().get(body).is_some_and(|body| body.in_force(day, day))
    }

    fn quota_adjustments(&mut self, stocks: &mut Stocks) {
        let facts = self.facts;
        for record in &facts.tables().quota_adjustments {
            // Posts that a superior adds to a body are added to the city.
            if self.owner(record.body.as_ref(), record.date, "quota_adjustments").is_none() {
                continue;
            }
            let source = self.source(record.source.as_ref());
            let adjustment = Adjustment { date: record.date, delta: record.delta, source };
            stocks.adjustments.entry(record.category).or_default().push(adjustment);
        }
        for adjustments in stocks.adjustments.values_mut() {
            adjustments.sort_by_key(|adjustment| adjustment.date);
        }
    }

    fn service_units(&mut self, stocks: &mut Stocks) {
        let facts = self.facts;
        for record in &facts.tables().service_units {
            match record.read() {
                Some(ServiceUnits::Counted { date, count }) if date <= self.as_of => {
                    let source = self.source(record.source.as_ref());
                    stocks.units.push(StockRecord { date, count, bodies: None, source });
                }
                Some(ServiceUnits::Counted { date, .. }) => {
                    self.unused("service_units", "", &Period::day(date), why::LATER);
                }
                Some(ServiceUnits::Listed { established, dissolved, .. }) => {
                    stocks.listed.push(ListedUnit { established, dissolved });
                }
                None => {}
            }
        }
        stocks.units.sort_by_key(|record| record.date);
        let scopes = self.scopes.iter().filter(|scope| scope.table == TableName::ServiceUnits);
        stocks.listed_over = scopes.map(|scope| scope.period).collect();
    }

    fn title_standards(&mut self, stocks: &mut Stocks) {
        let mut of_bodies: BTreeMap<i32, BTreeMap<BodyIx, TitleRecord>> = BTreeMap::new();
        let facts = self.facts;
        for record in &facts.tables().title_standards {
            let Some(owner) = self.owner(record.body.as_ref(), record.date, "title_standards") else { continue };
            let sources = self.source(record.source.as_ref()).into_iter().collect();
            let title =
                TitleRecord { date: record.date, total: record.total, meeting: record.meeting, bodies: None, sources };
            match owner {
                None => stocks.titles.push(title),
                Some(body) => {
                    let last = of_bodies.entry(record.date.year()).or_default().entry(body).or_insert_with(|| title.clone());
                    if last.date < title.date {
                        *last = title;
                    }
                }
            }
        }
        for (year, mut bodies) in of_bodies {
            if let Some(last) = bodies.values().map(|record| record.date).max() {
                bodies.retain(|body, _| self.in_force(*body, last));
            }
            let own = stocks.titles.iter().any(|record| record.date.year() == year);
            let declared = self
                .so_far(year)
                .is_some_and(|period| complete(&self.scopes, TableName::TitleStandards, None, None, &period));
            if own || !declared {
                continue;
            }
            let count = u32::try_from(bodies.len()).ok();
            let sum = bodies.into_values().reduce(|mut sum, record| {
                sum.date = sum.date.max(record.date);
                sum.total = sum.total.saturating_add(record.total);
                sum.meeting = sum.meeting.saturating_add(record.meeting);
                sum.sources.extend(record.sources);
                sum.sources.sort();
                sum.sources.dedup();
                sum
            });
            stocks.titles.extend(sum.map(|sum| TitleRecord { bodies: count, ..sum }));
        }
        stocks.titles.sort_by_key(|record| record.date);
    }
}
