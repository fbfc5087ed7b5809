//! The city's figures where it has none of its own: sums over the bodies of its territory, each thing once.

use time::Date;

use super::dossiers::{BodyLines, Counts, DossierYear, Own, join};
use super::{Building, Who, complete};
use crate::calendar::Period;
use crate::facts::TableName;
use crate::measure::measurement::Evidence;
use crate::measure::note::DataNote;
use crate::measure::range::Flow;
use crate::order::{InOrder, Map, Set};
use crate::plan::registry::BodyIx;

impl Building<'_> {
    /// The city's last day, where it has one.
    pub(super) fn city_end(&self) -> Option<Date> {
        let registry = self.names.registry();
        registry.get(registry.city()?)?.valid_to
    }

    /// The city's dossiers of a year: its own record; else the sum over the bodies of a complete table; in the year in
    /// which the city ends, its own records followed by the sum over what came after it.
    pub(super) fn city_sums(&mut self, counts: &mut Counts, lines: &BodyLines<'_>) {
        let Some(city) = self.names.registry().city() else { return };
        let years: Set<i32> = lines.keys().map(|(_, year)| *year).collect();
        for year in years {
            let Some(period) = self.so_far(year) else { continue };
            let own = counts.get(Who::Body(city), year);
            let after = self.city_end().and_then(|end| end.next_day()).filter(|first| *first <= period.to());
            let rest = after.and_then(|first| Period::new(first.max(period.from()), period.to()).ok());
            let found = match (own, rest) {
                (None, _) => self.territory_sum(lines, &period, period.from()).filter(|_| self.all_listed(&period)),
                // Records of the part after the city's end are the territory's own figure of it.
                (Some(own), Some(rest)) if !self.reaches(lines, city, year, &rest) => {
                    let own = own.clone();
                    let sum = self.territory_sum(lines, &rest, rest.from()).filter(|_| self.all_listed(&rest));
                    sum.map(|sum| followed(own, sum, lines_of(self, lines, city, year), &rest, &period))
                }
                (Some(_), _) => None,
            };
            if let Some(found) = found {
                counts.set(Who::Body(city), year, found);
            }
        }
    }

    fn all_listed(&self, period: &Period) -> bool {
        complete(&self.scopes, TableName::DossierCounts, None, None, period)
    }

    /// Whether the city has a record that reaches into the part after its end.
    fn reaches(&mut self, lines: &BodyLines<'_>, city: BodyIx, year: i32, rest: &Period) -> bool {
        lines_of(self, lines, city, year).iter().any(|period| period.to() >= rest.from())
    }

    /// That the territory is now that of the city's successors, where one of them is among the bodies summed.
    pub(super) fn over_successors(&self, summed: impl Fn(BodyIx) -> bool) -> Option<DataNote> {
        let registry = self.names.registry();
        let from = self.city_end()?.next_day().filter(|first| *first <= self.as_of)?;
        let bodies = self.lineage.successors_on(registry, registry.city()?, from);
        let count = u32::try_from(bodies.len()).ok()?;
        bodies.into_iter().any(summed).then_some(DataNote::OverSuccessors { from, bodies: count })
    }

    /// The sum over the bodies of the territory of their records in a period, none of which may begin before `first`.
    fn territory_sum(&mut self, lines: &BodyLines<'_>, period: &Period, first: Date) -> Option<DossierYear> {
        let year = period.from().year();
        let city = self.names.registry().city();
        let mut owns: Map<BodyIx, Own> = Map::new();
        for ((body, of), line) in lines {
            if *of != year || Some(*body) == city || !self.lineage.in_territory(*body) {
                continue;
            }
            let taken = self.taken(lines, *body, year);
            let free = line.filtered(|one| one.to() >= first && !taken.iter().any(|other| other.overlaps(one)));
            owns.extend(self.line(&free).map(|own| (*body, own)));
        }
        // A record that lies on both sides of the day cannot be divided.
        if owns.is_empty() || owns.values().any(|own| own.periods.iter().any(|one| one.from() < first)) {
            return None;
        }
        let mut sum = DossierYear { flow: Flow::NONE, evidence: Evidence::default() };
        for (body, own) in &owns {
            sum.flow = sum.flow.beside(&self.counted_once(*body, own, &owns, year));
            join(&mut sum.evidence, own.evidence.clone());
        }
        let bodies = u32::try_from(owns.len()).unwrap_or(u32::MAX);
        sum.evidence.notes.push(DataNote::SummedOverBodies { bodies });
        sum.evidence.notes.extend(self.over_successors(|body| owns.contains_key(&body)));
        sum.evidence.notes.order();
        Some(sum)
    }

    /// The periods of a year that the records of those who came of a body cover already: a new body's record that
    /// reaches back before its first day.
    fn taken(&self, lines: &BodyLines<'_>, body: BodyIx, year: i32) -> Vec<Period> {
        let mut taken = Vec::new();
        let mut seen = Set::new();
        let mut open = vec![body];
        while let Some(one) = open.pop() {
            for link in self.lineage.after(one).iter().filter(|link| self.passed_within(link, year)) {
                if !seen.insert((link.body, link.date)) {
                    continue;
                }
                let new = link.date.previous_day().is_some_and(|eve| {
                    self.names.registry().get(link.body).is_some_and(|body| !body.in_force(eve, eve))
                });
                if new {
                    let own = lines.get(&(link.body, year)).map(|lines| lines.periods()).unwrap_or_default();
                    taken.extend(own.into_iter().filter(|period| period.from() < link.date));
                }
                open.push(link.body);
            }
        }
        taken
    }

    /// A body's flow without what another's says again: pending that a successor carried over, carried over that a
    /// predecessor left pending.
    fn counted_once(&self, body: BodyIx, own: &Own, owns: &Map<BodyIx, Own>, year: i32) -> Flow {
        let mut flow = own.flow;
        let has = |body: &BodyIx, holds: &dyn Fn(&Period) -> bool| {
            owns.get(body).is_some_and(|own| own.periods.iter().any(holds))
        };
        // What a body has pending that is split and goes on is its own.
        let ended = self.lineage.ended(body);
        let handed_on = self.lineage.after(body).iter().any(|link| {
            self.passed_within(link, year)
                && ended.is_some_and(|end| end <= link.date)
                && has(&link.body, &|period| period.to() >= link.date)
        });
        if handed_on {
            flow = flow.with_pending_of(&Flow::NONE);
        }
        let handed_over = self.lineage.before(body).iter().any(|link| {
            self.passed_within(link, year)
                && own.periods.iter().all(|period| period.from() >= link.date)
                && has(&link.body, &|period| period.from() < link.date)
        });
        if handed_over {
            flow.received = flow.fresh;
        }
        flow
    }
}

/// The periods of a body's own records of a year.
fn lines_of(building: &mut Building<'_>, lines: &BodyLines<'_>, body: BodyIx, year: i32) -> Vec<Period> {
    let own = lines.get(&(body, year)).and_then(|lines| building.line(lines));
    own.map(|own| own.periods.to_vec()).unwrap_or_default()
}

/// The city's own records of the part of a year before its end, then the territory's.
fn followed(
    own: DossierYear,
    sum: DossierYear,
    mut periods: Vec<Period>,
    rest: &Period,
    so_far: &Period,
) -> DossierYear {
    let flow = own.flow.followed_by(&sum.flow);
    let mut evidence = own.evidence;
    join(&mut evidence, sum.evidence);
    evidence.notes.retain(|note| !matches!(note, DataNote::DaysCovered { .. }));
    periods.push(*rest);
    if let Some(year) = Period::year(so_far.from().year()) {
        let (days, of) = (super::over::covered(&periods, &year), year.days());
        if days < of {
            evidence.notes.push(DataNote::DaysCovered { days, of });
        }
    }
    DossierYear { flow, evidence }
}
