//! Stocks by date: headcounts, quota adjustments, service units, title standards.

use std::sync::Arc;

use time::Date;

use super::carried::Counts;
use super::{Building, complete, why};
use crate::calendar::Period;
use crate::facts::{Basis, BodyRef, Category, ServiceUnits, TableName};
use crate::measure::note::DataNote;
use crate::order::{InOrder, Map, Set};
use crate::plan::body::ReorganisationKind;
use crate::plan::registry::BodyIx;

/// A count on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StockRecord {
    pub(crate) date: Date,
    pub(crate) count: u64,
    /// Over how many bodies it is summed; none where it is a record of its own.
    pub(crate) bodies: Option<u32>,
    pub(crate) source: Option<Arc<str>>,
    /// What else is to be known of it.
    pub(crate) notes: Vec<DataNote>,
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
    /// What else is to be known of it.
    pub(crate) notes: Vec<DataNote>,
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
    headcounts: Map<(Category, Basis), Vec<StockRecord>>,
    adjustments: Map<Category, Vec<Adjustment>>,
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
        Some(StockRecord { date: day, count, bodies: None, source: None, notes: Vec::new() })
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
        let mut of_bodies: Map<(Category, Basis), Map<BodyIx, Vec<StockRecord>>> = Map::new();
        let facts = self.facts;
        for record in &facts.tables().headcounts {
            let Some(owner) = self.owner(record.body.as_ref(), record.date, "headcounts") else { continue };
            let source = self.source(record.source.as_ref());
            let stock = StockRecord { date: record.date, count: record.count, bodies: None, source, notes: Vec::new() };
            let key = (record.category, record.basis);
            match owner {
                None => stocks.headcounts.entry(key).or_default().push(stock),
                Some(body) => of_bodies.entry(key).or_default().entry(body).or_default().push(stock),
            }
        }
        for (key, bodies) in of_bodies {
            let own = stocks.headcounts.entry(key).or_default();
            own.order_by_key(|record| record.date);
            let sums = self.sums(TableName::Headcounts, &bodies, own);
            if sums.is_empty() {
                let dates = bodies.iter().flat_map(|(body, of)| of.iter().map(|record| (*body, record.date)));
                self.not_summed("headcounts", dates.collect(), !own.is_empty());
            }
            own.extend(sums);
        }
        for records in stocks.headcounts.values_mut() {
            records.order_by_key(|record| record.date);
        }
    }

    /// City figures from bodies' records of a complete table: on each day of a record, the sum over the bodies of the
    /// territory in force that day. Where the city has records of its own, only after its end, in years for which there
    /// is no such record.
    fn sums(&self, table: TableName, bodies: &Map<BodyIx, Vec<StockRecord>>, own: &[StockRecord]) -> Vec<StockRecord> {
        let end = self.city_end();
        let mut counts = Counts::new();
        for (body, records) in bodies {
            let mut dated: Vec<(Date, u64)> = records.iter().map(|record| (record.date, record.count)).collect();
            dated.order();
            counts.insert(*body, dated);
        }
        let days: Set<Date> = counts.values().flatten().map(|(date, _)| *date).collect();
        let declared = |day: &Date| complete(&self.scopes, table, None, None, &Period::day(*day));
        let ended = |day: &Date| end.is_some_and(|end| *day > end);
        let owned = |day: &Date| own.iter().any(|record| ended(&record.date) && record.date.year() == day.year());
        let asked = |day: &Date| own.is_empty() || (ended(day) && !owned(day));
        let days = days.into_iter().filter(|day| asked(day) && declared(day));
        days.filter_map(|day| {
            let (count, bodies) = self.territory_stock(&counts, Date::MIN, day)?;
            let notes = if ended(&day) { self.over_successors(|_| true).into_iter().collect() } else { Vec::new() };
            Some(StockRecord { date: day, count, bodies: Some(bodies), source: None, notes })
        })
        .collect()
    }

    /// Lists records of bodies that make no figure of the city.
    fn not_summed(&mut self, table: &'static str, records: Vec<(BodyIx, Date)>, owned: bool) {
        for (body, date) in records {
            let why = match owned {
                _ if !self.lineage.in_territory(body) => why::NO_RULE,
                true => why::OWN,
                false => why::NOT_COMPLETE,
            };
            let name = self.name(body);
            self.unused(table, &name, &Period::day(date), why);
        }
    }

    fn quota_adjustments(&mut self, stocks: &mut Stocks) {
        let facts = self.facts;
        for record in &facts.tables().quota_adjustments {
            // Posts that a superior adds to a body of the territory are added to the city.
            let Some(owner) = self.owner(record.body.as_ref(), record.date, "quota_adjustments") else { continue };
            if owner.is_some_and(|body| !self.lineage.in_territory(body)) {
                let name = record.body.as_ref().map_or("", |name| name.as_str());
                self.unused("quota_adjustments", name, &Period::day(record.date), why::NO_RULE);
                continue;
            }
            let source = self.source(record.source.as_ref());
            let adjustment = Adjustment { date: record.date, delta: record.delta, source };
            stocks.adjustments.entry(record.category).or_default().push(adjustment);
        }
        for adjustments in stocks.adjustments.values_mut() {
            adjustments.order_by_key(|adjustment| adjustment.date);
        }
    }

    fn service_units(&mut self, stocks: &mut Stocks) {
        let facts = self.facts;
        let mut listed = Vec::new();
        for record in &facts.tables().service_units {
            match record.read() {
                Some(ServiceUnits::Counted { date, count }) if date <= self.as_of => {
                    let source = self.source(record.source.as_ref());
                    stocks.units.push(StockRecord { date, count, bodies: None, source, notes: Vec::new() });
                }
                Some(ServiceUnits::Counted { date, .. }) => {
                    self.unused("service_units", "", &Period::day(date), why::LATER);
                }
                Some(ServiceUnits::Listed { id, established, dissolved, .. }) => {
                    let body = self.names.find(id, Some(Period::day(established)));
                    listed.push((body, ListedUnit { established, dissolved }));
                }
                None => {}
            }
        }
        stocks.units.order_by_key(|record| record.date);
        stocks.listed = self.units_in_time(listed);
        let scopes = self.scopes.iter().filter(|scope| scope.table == TableName::ServiceUnits);
        stocks.listed_over = scopes.map(|scope| scope.period).collect();
        if stocks.listed_over.is_empty() {
            for record in &facts.tables().service_units {
                let Some(ServiceUnits::Listed { id, established, .. }) = record.read() else { continue };
                self.unused("service_units", id.as_str(), &Period::day(established), why::NOT_COMPLETE);
            }
        }
    }

    /// Listed units with what reorganisations did to them: those that are no longer there end, a company is no service
    /// unit, and a unit that comes out of others counts though no record lists it.
    fn units_in_time(&self, mut listed: Vec<(Option<BodyIx>, ListedUnit)>) -> Vec<ListedUnit> {
        for event in self.lineage.events().iter().filter(|event| event.date <= self.as_of) {
            let is = |unit: &(Option<BodyIx>, ListedUnit), bodies: &[BodyIx]| {
                unit.0.is_some_and(|unit| bodies.contains(&unit))
            };
            if !listed.iter().any(|unit| is(unit, &event.from)) {
                continue;
            }
            for (_, unit) in listed.iter_mut().filter(|unit| is(unit, &event.from) && !is(unit, &event.to)) {
                unit.dissolved = Some(unit.dissolved.map_or(event.date, |end| end.min(event.date)));
            }
            if matches!(event.kind, ReorganisationKind::Dissolve | ReorganisationKind::Equitise) {
                continue;
            }
            let unlisted: Vec<BodyIx> =
                event.to.iter().copied().filter(|to| !listed.iter().any(|unit| is(unit, &[*to]))).collect();
            let stays = unlisted.into_iter().filter(|to| self.lineage.in_territory(*to));
            listed.extend(
                stays.map(|to| (Some(to), ListedUnit { established: event.date, dissolved: None })).collect::<Vec<_>>(),
            );
        }
        listed.into_iter().map(|(_, unit)| unit).collect()
    }

    fn title_standards(&mut self, stocks: &mut Stocks) {
        let mut of_bodies: Map<i32, Map<BodyIx, Vec<TitleRecord>>> = Map::new();
        let facts = self.facts;
        for record in &facts.tables().title_standards {
            let Some(owner) = self.owner(record.body.as_ref(), record.date, "title_standards") else { continue };
            let sources = self.source(record.source.as_ref()).into_iter().collect();
            let (date, total, meeting) = (record.date, record.total, record.meeting);
            let title = TitleRecord { date, total, meeting, bodies: None, sources, notes: Vec::new() };
            match owner {
                None => stocks.titles.push(title),
                Some(body) => of_bodies.entry(date.year()).or_default().entry(body).or_default().push(title),
            }
        }
        for (year, bodies) in of_bodies {
            let sum = self.titles_of_territory(year, &bodies, &stocks.titles);
            if sum.is_none() {
                let dates = bodies.iter().flat_map(|(body, of)| of.iter().map(|record| (*body, record.date)));
                let owned = stocks.titles.iter().any(|record| record.date.year() == year);
                self.not_summed("title_standards", dates.collect(), owned);
            }
            stocks.titles.extend(sum);
        }
        stocks.titles.order_by_key(|record| record.date);
    }

    /// The sum of a year over the bodies of the territory in force at its last record, where the city has none of its
    /// own, or none after its end.
    fn titles_of_territory(
        &self,
        year: i32,
        bodies: &Map<BodyIx, Vec<TitleRecord>>,
        own: &[TitleRecord],
    ) -> Option<TitleRecord> {
        let mut so_far = self.so_far(year)?;
        let all = || bodies.values().flatten();
        let last = all().map(|record| record.date).max()?;
        let ended = self.city_end().filter(|end| *end < last);
        if let Some(latest) = own.iter().filter(|record| record.date.year() == year).map(|record| record.date).max() {
            let first = ended.filter(|end| latest <= *end)?.next_day()?;
            so_far = Period::new(first.max(so_far.from()), so_far.to()).ok()?;
        }
        if !complete(&self.scopes, TableName::TitleStandards, None, None, &so_far) {
            return None;
        }
        let counts = |of: fn(&TitleRecord) -> u64| -> Counts {
            let dated = |records: &Vec<TitleRecord>| {
                let mut dated: Vec<(Date, u64)> = records.iter().map(|record| (record.date, of(record))).collect();
                dated.order();
                dated
            };
            bodies.iter().map(|(body, records)| (*body, dated(records))).collect()
        };
        let first = Period::year(year)?.from();
        let (total, bodies_read) = self.territory_stock(&counts(|record| record.total), first, last)?;
        let (meeting, _) = self.territory_stock(&counts(|record| record.meeting), first, last)?;
        let sources: Set<Arc<str>> = all().flat_map(|record| record.sources.iter().cloned()).collect();
        let notes = ended.and_then(|_| self.over_successors(|_| true)).into_iter().collect();
        let sources = sources.into_iter().collect();
        Some(TitleRecord { date: last, total, meeting, bodies: Some(bodies_read), sources, notes })
    }
}
