//! Dossier counts by body or person and year.

use super::handles::ByHandle;
use super::{Building, Who, why};
use crate::calendar::Period;
use crate::facts::{DossierCounts, FieldId, ShareMeasure};
use crate::few::Few;
use crate::measure::exact::Extent;
use crate::measure::measurement::Evidence;
use crate::measure::note::DataNote;
use crate::measure::range::Flow;
use crate::order::{InOrder, Map};
use crate::plan::registry::BodyIx;

/// The dossiers of one body or person in one year.
#[derive(Debug, Clone)]
pub(crate) struct DossierYear {
    pub(crate) flow: Flow,
    pub(crate) evidence: Evidence,
}

/// A share known only as published.
#[derive(Debug, Clone)]
pub(crate) struct PublishedShare {
    pub(crate) extent: Extent,
    pub(crate) evidence: Evidence,
}

/// Everything known of dossiers.
#[derive(Debug, Default)]
pub(crate) struct Dossiers {
    counts: Counts,
    shares: Map<(ShareMeasure, Who, i32), PublishedShare>,
    apart: Map<(ShareMeasure, Who, i32), PublishedShare>,
}

impl Dossiers {
    pub(crate) fn counts(&self, who: Who, year: i32) -> Option<&DossierYear> {
        self.counts.get(who, year)
    }

    pub(crate) fn share(&self, measure: ShareMeasure, who: Who, year: i32) -> Option<&PublishedShare> {
        self.shares.get(&(measure, who, year))
    }

    /// Beside counts, the hull of the percentages of those bodies it came of that published no counts. What is
    /// read over all of them lies between this and the counts.
    pub(crate) fn apart(&self, measure: ShareMeasure, who: Who, year: i32) -> Option<&PublishedShare> {
        self.apart.get(&(measure, who, year))
    }
}

/// The dossiers of bodies and persons by year: asked for more often than anything else, for every person and year under
/// every reading.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Where in `years` each is.
    places: ByHandle<(Who, i32), usize>,
    years: Vec<DossierYear>,
}

impl Counts {
    fn with_capacity(years: usize) -> Counts {
        Counts {
            places: ByHandle::with_capacity_and_hasher(years, Default::default()),
            years: Vec::with_capacity(years),
        }
    }

    pub(super) fn get(&self, who: Who, year: i32) -> Option<&DossierYear> {
        self.years.get(*self.places.get(&(who, year))?)
    }

    pub(super) fn set(&mut self, who: Who, year: i32, dossiers: DossierYear) {
        let place = *self.places.entry((who, year)).or_insert(self.years.len());
        match self.years.get_mut(place) {
            Some(known) => *known = dossiers,
            None => self.years.push(dossiers),
        }
    }

    pub(super) fn remove(&mut self, who: Who, year: i32) {
        self.places.remove(&(who, year));
    }
}

/// The records of one body or person in one year, each with the body: a person may have served in more than one.
struct Recorded<'f> {
    who: Who,
    year: i32,
    records: Few<(BodyIx, &'f DossierCounts)>,
}

/// Records of one body or person: of the whole, and by field.
#[derive(Default, Clone)]
pub(super) struct Lines<'f> {
    whole: Few<&'f DossierCounts>,
    fields: Map<FieldId, Few<&'f DossierCounts>>,
}

impl<'f> Lines<'f> {
    fn of(records: impl Iterator<Item = &'f DossierCounts>) -> Lines<'f> {
        let mut lines = Lines::default();
        for record in records {
            match &record.field {
                None => lines.whole.push(record),
                Some(field) => lines.fields.entry(field.clone()).or_default().push(record),
            }
        }
        lines
    }

    /// The periods of the records that are read: of the whole, else of the fields.
    pub(super) fn periods(&self) -> Vec<Period> {
        let fields = self.fields.values().filter(|_| self.whole.is_empty());
        let records = fields.flat_map(|records| records.iter()).chain(self.whole.iter());
        records.filter_map(|record| record.period()).collect()
    }

    /// Those records that a condition keeps.
    pub(super) fn filtered(&self, keep: impl Fn(&Period) -> bool) -> Self {
        let kept = |records: &Few<_>| -> Few<_> {
            let of = |record: &&&DossierCounts| record.period().is_some_and(|period| keep(&period));
            records.iter().filter(of).copied().collect()
        };
        let fields = self.fields.iter().map(|(field, records)| (field.clone(), kept(records)));
        Lines { whole: kept(&self.whole), fields: fields.filter(|(_, records)| !records.is_empty()).collect() }
    }
}

/// A year of one line of records, and the periods of those that were read.
pub(super) struct Own {
    pub(super) flow: Flow,
    pub(super) evidence: Evidence,
    pub(super) periods: Few<Period>,
}

/// The lines of every body by year.
pub(super) type BodyLines<'f> = Map<(BodyIx, i32), Lines<'f>>;
/// The published shares of every body or person by year, period by period.
pub(super) type Parts = Map<(ShareMeasure, Who, i32), Vec<(Period, PublishedShare)>>;
/// Those of a person, apart for each body that they are said to have served in, which need not be named.
type PartsOfPeople = Map<(ShareMeasure, Who, i32), Map<Option<BodyIx>, Vec<(Period, PublishedShare)>>>;

impl<'f> Building<'f> {
    pub(super) fn dossiers(&mut self) -> Dossiers {
        let mut lines = BodyLines::new();
        let mut counts = self.counts(&mut lines);
        let (parts, of_people) = self.parts();
        let mut shares: Map<_, _> =
            parts.iter().filter_map(|(key, parts)| Some((*key, joined(key.2, parts.clone())?))).collect();
        shares.extend(of_people.into_iter().filter_map(|(key, lines)| {
            let of_lines = lines.into_values().filter_map(|parts| joined(key.2, parts));
            Some((key, hull(of_lines.collect())?))
        }));
        let mut apart = Map::new();
        for ((body, year), read) in self.over_predecessors(&lines, &parts) {
            read.settle(Who::Body(body), year, &mut counts, &mut shares, &mut apart);
        }
        self.city_sums(&mut counts, &lines);
        Dossiers { counts, shares, apart }
    }

    /// The years of persons and of bodies by their own records; the lines of bodies are handed over too.
    fn counts(&mut self, bodies: &mut BodyLines<'f>) -> Counts {
        let recorded = self.recorded();
        let mut counts = Counts::with_capacity(recorded.len());
        for Recorded { who, year, mut records } in recorded {
            records.order_by_key(|(body, _)| *body);
            let mut sum: Option<DossierYear> = None;
            for records in records.chunk_by(|(body, _), (other, _)| body == other) {
                let line = Lines::of(records.iter().map(|(_, record)| *record));
                let Some(Own { flow, evidence, .. }) = self.line(&line) else { continue };
                if let Who::Body(body) = who {
                    bodies.insert((body, year), line);
                }
                sum = Some(match sum {
                    None => DossierYear { flow, evidence },
                    Some(mut sum) => {
                        sum.flow = sum.flow.beside(&flow);
                        join(&mut sum.evidence, evidence);
                        sum
                    }
                });
            }
            if let Some(sum) = sum {
                counts.set(who, year, sum);
            }
        }
        counts
    }

    /// The records of dossiers that are read, by whom they are of and year.
    fn recorded(&mut self) -> Vec<Recorded<'f>> {
        let mut all: Vec<Recorded<'f>> = Vec::new();
        let mut places: ByHandle<(Who, i32), usize> = ByHandle::default();
        let facts = self.facts;
        for record in &facts.tables().dossier_counts {
            let Some(period) = record.period() else { continue };
            let Some(body) = self.names.find(&record.body, Some(period)) else { continue };
            self.saw(Some(body), &period);
            if record.from > self.as_of {
                self.unused("dossier_counts", record.body.as_str(), &period, why::LATER);
                continue;
            }
            if record.from.year() != record.to.year() {
                self.unused("dossier_counts", record.body.as_str(), &period, why::STRADDLES);
                continue;
            }
            let year = record.from.year();
            let who = match &record.officer {
                Some(officer) => {
                    self.person_years.insert(year);
                    Who::Person(self.person(officer))
                }
                None => Who::Body(body),
            };
            let place = *places.entry((who, year)).or_insert(all.len());
            match all.get_mut(place) {
                Some(recorded) => recorded.records.push((body, record)),
                None => all.push(Recorded { who, year, records: Few::One((body, record)) }),
            }
        }
        all
    }

    /// A year of one line: its records of the whole, else those of its fields together.
    pub(super) fn line(&mut self, line: &Lines<'_>) -> Option<Own> {
        if !line.whole.is_empty() {
            for record in line.fields.values().flat_map(|records| records.iter()) {
                if let Ok(period) = Period::new(record.from, record.to) {
                    self.unused("dossier_counts", record.body.as_str(), &period, why::BREAKDOWN);
                }
            }
            return self.year(&line.whole);
        }
        let fields = u32::try_from(line.fields.len()).unwrap_or(u32::MAX);
        let mut sum: Option<Own> = None;
        for records in line.fields.values() {
            let Some(year) = self.year(records) else { continue };
            sum = Some(match sum {
                None => year,
                Some(mut sum) => {
                    sum.flow = sum.flow.beside(&year.flow);
                    join(&mut sum.evidence, year.evidence);
                    sum.periods.extend(year.periods);
                    sum
                }
            });
        }
        if let Some(sum) = &mut sum {
            sum.evidence.notes.push(DataNote::SummedOverFields { fields });
        }
        sum
    }

    /// A year of records of one kind: the record of the year, else the longest disjoint ones in turn.
    fn year(&mut self, records: &[&DossierCounts]) -> Option<Own> {
        let mut records: Few<&DossierCounts> = records.iter().copied().collect();
        records
            .order_by_key(|r| (std::cmp::Reverse(r.to.to_julian_day().saturating_sub(r.from.to_julian_day())), r.from));
        let mut chosen: Few<(Period, &DossierCounts)> = Few::default();
        for record in records {
            let Ok(period) = Period::new(record.from, record.to) else { continue };
            // Facts do not hold records that overlap without one covering the other.
            if chosen.iter().any(|(other, _)| other.overlaps(&period)) {
                self.unused("dossier_counts", record.body.as_str(), &period, why::COVERED);
            } else {
                chosen.push((period, record));
            }
        }
        chosen.order_by_key(|(period, _)| *period);
        let mut flow: Option<Flow> = None;
        let mut evidence = Evidence::default();
        let mut days = 0u32;
        for (period, record) in chosen.iter() {
            let of = Flow::of(record.received.as_ref(), record.resolved.as_ref(), record.pending.as_ref())
                .with_courtesy(record);
            flow = Some(flow.map_or(of, |before| before.followed_by(&of)));
            days = days.saturating_add(period.days());
            for residual in record.residuals() {
                evidence.notes.push(DataNote::Residual {
                    identity: residual.identity,
                    period: *period,
                    published: residual.published,
                    computed: residual.computed,
                });
            }
            evidence.sources.extend(self.source(record.source.as_ref()));
        }
        let year = chosen.first().and_then(|(period, _)| Period::year(period.from().year()))?;
        if days < year.days() {
            evidence.notes.push(DataNote::DaysCovered { days, of: year.days() });
        }
        Some(Own { flow: flow?, evidence, periods: chosen.into_iter().map(|(period, _)| period).collect() })
    }

    /// The year up to the day of assessment.
    pub(super) fn so_far(&self, year: i32) -> Option<Period> {
        let whole = Period::year(year)?;
        Period::new(whole.from(), whole.to().min(self.as_of)).ok()
    }

    /// The published shares of the whole of a body or person, period by period.
    fn parts(&mut self) -> (Parts, PartsOfPeople) {
        let (mut shares, mut of_people) = (Parts::new(), PartsOfPeople::new());
        let facts = self.facts;
        for record in &facts.tables().shares {
            let Some(period) = record.period() else { continue };
            let Some(body) = self.names.find_or_city(record.body.as_ref(), period) else { continue };
            let named = record.body.as_ref().map(|_| body);
            if named.is_some() || record.officer.is_none() {
                self.saw(Some(body), &period);
            }
            let subject = record.body.as_ref().map_or("", |name| name.as_str());
            if record.from > self.as_of {
                self.unused("shares", subject, &period, why::LATER);
                continue;
            }
            if record.from.year() != record.to.year() {
                self.unused("shares", subject, &period, why::STRADDLES);
                continue;
            }
            if record.field.as_ref().is_some_and(|field| field.as_str() != FieldId::OVERALL) {
                // Satisfaction by field is the surveys' business; other percentages by field cannot be pooled.
                if record.measure != ShareMeasure::Satisfaction {
                    self.unused("shares", subject, &period, why::BREAKDOWN);
                }
                continue;
            }
            let year = record.from.year();
            let extent = Extent::published(record.percent.value(), record.rounded_to);
            let mut evidence = Evidence::default();
            evidence.notes.push(DataNote::PercentageOnly);
            evidence.notes.extend(record.rounded_to.map(|places| DataNote::Rounded { places }));
            evidence.sources.extend(self.source(record.source.as_ref()));
            let share = PublishedShare { extent, evidence };
            match &record.officer {
                None => shares.entry((record.measure, Who::Body(body), year)).or_default().push((period, share)),
                Some(officer) => {
                    self.person_years.insert(year);
                    let lines = of_people.entry((record.measure, Who::Person(self.person(officer)), year)).or_default();
                    lines.entry(named).or_default().push((period, share));
                }
            }
        }
        (shares, of_people)
    }
}

/// The published share of a year: that of the year, else of the longest disjoint parts in turn. Without
/// counts the parts cannot be weighed, so the whole lies somewhere between them.
pub(super) fn joined(year: i32, mut parts: Vec<(Period, PublishedShare)>) -> Option<PublishedShare> {
    parts.order_by_key(|(period, _)| (std::cmp::Reverse(period.days()), *period));
    let mut chosen: Vec<(Period, PublishedShare)> = Vec::new();
    for part in parts {
        if !chosen.iter().any(|(other, _)| other.overlaps(&part.0)) {
            chosen.push(part);
        }
    }
    let days = chosen.iter().fold(0u32, |sum, (period, _)| sum.saturating_add(period.days()));
    let mut whole = hull(chosen.into_iter().map(|(_, share)| share).collect())?;
    if let Some(of) = Period::year(year).map(|year| year.days()).filter(|of| days < *of) {
        whole.evidence.notes.push(DataNote::DaysCovered { days, of });
    }
    Some(whole)
}

/// Between the lowest and the highest of several shares.
fn hull(shares: Vec<PublishedShare>) -> Option<PublishedShare> {
    let several = shares.len() > 1;
    let mut whole = shares.into_iter().reduce(|mut all, share| {
        all.extent = all.extent.hull(&share.extent);
        join(&mut all.evidence, share.evidence);
        all
    })?;
    if several {
        whole.evidence.notes.push(DataNote::HullOfPercentages);
    }
    Some(whole)
}

/// Adds evidence to evidence, each remark and source once and in a stable order.
pub(super) fn join(into: &mut Evidence, other: Evidence) {
    into.notes.extend(other.notes);
    into.sources.extend(other.sources);
    into.notes.order();
    into.notes.dedup();
    into.sources.order();
    into.sources.dedup();
}

#[cfg(test)]
mod tests {
    use super::{Counts, DossierYear, Evidence, Flow, Who};
    use crate::measure::ledger::PersonIx;

    #[test]
    fn a_year_entered_again_takes_the_place_of_the_first() {
        let who = Who::Person(PersonIx::new(3).unwrap());
        let year = |flow| DossierYear { flow, evidence: Evidence::default() };
        let unknown = Flow::of(None, None, None);
        let mut counts = Counts::with_capacity(1);
        counts.set(who, 2023, year(unknown));
        counts.set(who, 2024, year(unknown));
        counts.set(who, 2023, year(Flow::NONE));
        let flow = |counts: &Counts, of| counts.get(who, of).map(|found| found.flow);
        assert_eq!((flow(&counts, 2023), flow(&counts, 2024)), (Some(Flow::NONE), Some(unknown)));
        counts.remove(who, 2023);
        assert_eq!((flow(&counts, 2023), flow(&counts, 2024)), (None, Some(unknown)));
        counts.set(who, 2023, year(unknown));
        assert_eq!(flow(&counts, 2023), Some(unknown));
    }
}
