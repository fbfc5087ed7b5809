//! A body's year read over the bodies it came of.
//!
//! A body that came into being, or took others in, during a year has dealt with their dossiers too: its year is its own
//! records of the part in which it exists beside their records of the part before. No dossier counts twice: a record of
//! a new body that reaches back before its first day stands alone for the days it covers. A body that goes on as itself
//! while taking others in has its own records of the whole year beside theirs of the part before.
//!
//! Counts add up. Percentages without counts cannot be weighed, so that only their hull is known.

use std::sync::Arc;

use time::Date;

use super::dossiers::{BodyLines, Counts, DossierYear, Own, Parts, PublishedShare, join, joined};
use super::{Building, Who};
use crate::calendar::Period;
use crate::facts::{ShareMeasure, TableName};
use crate::measure::exact::Extent;
use crate::measure::measurement::Evidence;
use crate::measure::note::DataNote;
use crate::measure::range::Flow;
use crate::order::{InOrder, Map, Set};
use crate::plan::lineage::{Link, Part};
use crate::plan::registry::BodyIx;

/// The shares that counts give too.
const SHARES: [ShareMeasure; 2] = [ShareMeasure::LateShare, ShareMeasure::OnlineShare];

/// What is known of a body up to a day of a year, with all that it came of.
#[derive(Default)]
pub(super) struct Read {
    flow: Option<Flow>,
    evidence: Evidence,
    /// The days of which there are counts or percentages.
    periods: Vec<Period>,
    /// The other bodies that are read, and those that have no records.
    over: Set<BodyIx>,
    without: Set<BodyIx>,
    /// The hulls of percentages of bodies without counts.
    percents: Map<ShareMeasure, PublishedShare>,
    names: Map<BodyIx, Arc<str>>,
}

impl Read {
    fn is_empty(&self) -> bool {
        self.flow.is_none() && self.percents.is_empty()
    }

    /// Whether it is not the body's own records alone: others' are read too, or a split has taken a part of them off.
    fn is_put_together(&self) -> bool {
        let divided = self.evidence.notes.iter().any(|note| matches!(note, DataNote::Divided { .. }));
        divided || !self.over.is_empty() || !self.without.is_empty()
    }

    /// Puts another body's beside it.
    fn beside(&mut self, other: Read) {
        self.flow = match (self.flow, other.flow) {
            (Some(a), Some(b)) => Some(a.beside(&b)),
            (a, b) => a.or(b),
        };
        join(&mut self.evidence, other.evidence);
        self.periods.extend(other.periods);
        self.over.extend(other.over);
        self.without.extend(other.without);
        self.names.extend(other.names);
        for (measure, share) in other.percents {
            self.percent(measure, share);
        }
    }

    fn percent(&mut self, measure: ShareMeasure, share: PublishedShare) {
        match self.percents.get_mut(&measure) {
            Some(hull) => {
                hull.extent = hull.extent.hull(&share.extent);
                join(&mut hull.evidence, share.evidence);
                hull.evidence.notes.push(DataNote::HullOfPercentages);
                hull.evidence.notes.order();
                hull.evidence.notes.dedup();
            }
            None => {
                self.percents.insert(measure, share);
            }
        }
    }

    /// The part of it that goes to another body.
    fn divided(mut self, part: Part, body: Arc<str>) -> Read {
        let (flow, percent) = match part {
            Part::Whole | Part::Nothing => return self,
            Part::Percent(percent) => (self.flow.map(|flow| flow.scaled(percent)), Some(percent)),
            Part::Undeclared => {
                // Nothing says that the part is as the whole was.
                self.percents.values_mut().for_each(|share| share.extent = Extent::UNKNOWN);
                (self.flow.map(|flow| flow.at_most_all()), None)
            }
        };
        self.flow = flow;
        self.evidence.notes.push(DataNote::Divided { body, percent });
        self
    }

    /// Enters the year of a body among the others.
    pub(super) fn settle(
        mut self,
        who: Who,
        year: i32,
        counts: &mut Counts,
        shares: &mut Map<(ShareMeasure, Who, i32), PublishedShare>,
        apart: &mut Map<(ShareMeasure, Who, i32), PublishedShare>,
    ) {
        let notes = self.notes(year);
        let percents = std::mem::take(&mut self.percents);
        let mut evidence = std::mem::take(&mut self.evidence);
        evidence.notes.retain(|note| !matches!(note, DataNote::DaysCovered { .. }));
        for measure in SHARES {
            shares.remove(&(measure, who, year));
        }
        for (measure, mut share) in percents {
            share.evidence.notes.retain(|note| !matches!(note, DataNote::DaysCovered { .. }));
            share.evidence.notes.extend(notes.iter().cloned());
            if self.flow.is_some() {
                join(&mut share.evidence, evidence.clone());
                apart.insert((measure, who, year), share);
            } else {
                join(&mut share.evidence, Evidence::default());
                shares.insert((measure, who, year), share);
            }
        }
        match self.flow {
            Some(flow) => {
                evidence.notes.extend(notes);
                join(&mut evidence, Evidence::default());
                counts.set(who, year, DossierYear { flow, evidence });
            }
            None => counts.remove(who, year),
        }
    }

    /// Whose records were read, whose were not there, and how much of the year they cover.
    fn notes(&self, year: i32) -> Vec<DataNote> {
        let named = |bodies: &Set<BodyIx>| -> Vec<Arc<str>> {
            bodies.iter().filter_map(|body| self.names.get(body).cloned()).collect()
        };
        let mut notes = Vec::new();
        if !(self.over.is_empty() && self.without.is_empty()) {
            notes.push(DataNote::OverPredecessors { bodies: named(&self.over), without: named(&self.without) });
        }
        let Some(year) = Period::year(year) else { return notes };
        let (days, of) = (covered(&self.periods, &year), year.days());
        if days < of {
            notes.push(DataNote::DaysCovered { days, of });
        }
        notes
    }
}

/// How many days of a year some period covers.
pub(super) fn covered(periods: &[Period], year: &Period) -> u32 {
    let mut within: Vec<Period> = periods.iter().filter_map(|period| period.intersection(year)).collect();
    within.order();
    let mut days = 0u32;
    let mut reached: Option<Date> = None;
    for period in within {
        let Some(next) = reached.map_or(Some(period.from()), Date::next_day) else { break };
        // What lies within the others has no day left.
        if let Ok(fresh) = Period::new(next.max(period.from()), period.to()) {
            days = days.saturating_add(fresh.days());
            reached = Some(period.to());
        }
    }
    days
}

/// What is read of, and from which records.
struct Over<'b, 'f> {
    lines: &'b BodyLines<'f>,
    parts: &'b Parts,
    year: Period,
}

impl Building<'_> {
    /// Every body and year in which the body came of others or took others in, with what is known of it.
    pub(super) fn over_predecessors(&mut self, lines: &BodyLines<'_>, parts: &Parts) -> Vec<((BodyIx, i32), Read)> {
        let mut years: Set<(i32, BodyIx)> = Set::new();
        let recorded = lines.keys().copied();
        let published = parts.keys().filter_map(|(_, who, year)| match who {
            Who::Body(body) => Some((*body, *year)),
            _ => None,
        });
        for (body, year) in recorded.chain(published) {
            self.reached_within(body, year, &mut years);
        }
        let mut found = Vec::new();
        for (number, body) in years {
            let Some(year) = self.so_far(number) else { continue };
            // Who came of nobody within the year has its own records alone.
            if self.links_before(body, &year, year.to()).next().is_none() {
                continue;
            }
            let over = Over { lines, parts, year };
            if let Some(read) = self.read(&over, body, year.to(), &[]).filter(Read::is_put_together) {
                found.push(((body, number), read));
            }
        }
        found
    }

    /// The body and all that came of it within a year.
    pub(super) fn reached_within(&self, body: BodyIx, year: i32, out: &mut Set<(i32, BodyIx)>) {
        let (mut next, mut open) = (Some(body), Vec::new());
        while let Some(one) = next {
            if out.insert((year, one)) {
                let links = self.lineage.after(one).iter().filter(|link| self.passed_within(link, year));
                open.extend(links.map(|link| link.body));
            }
            next = open.pop();
        }
    }

    /// Whether something went over a link within a year, up to the day of assessment.
    pub(super) fn passed_within(&self, link: &Link, year: i32) -> bool {
        link.date.year() == year && link.date <= self.as_of && link.part != Part::Nothing
    }

    /// The links over which a body came of others after the first day of a year and up to a day.
    pub(super) fn links_before(&self, body: BodyIx, year: &Period, until: Date) -> impl Iterator<Item = Link> {
        let from = year.from();
        let within = move |link: &Link| link.date > from && link.date <= until && link.part != Part::Nothing;
        self.lineage.before(body).iter().copied().filter(within)
    }

    pub(super) fn exists_before(&self, body: BodyIx, day: Date) -> bool {
        let eve = day.previous_day().unwrap_or(day);
        self.names.registry().get(body).is_some_and(|body| body.in_force(eve, eve))
    }

    /// What is known of a body up to a day of a year, but for days that a later body's own records cover already.
    fn read(&mut self, over: &Over<'_, '_>, body: BodyIx, until: Date, taken: &[Period]) -> Option<Read> {
        let links: Vec<Link> = self.links_before(body, &over.year, until).collect();
        let split = links.iter().copied().find(|link| link.body == body);
        let free = |period: &Period| period.from() <= until && !taken.iter().any(|other| other.overlaps(period));
        // Of a body that was split and goes on, its own records count from the split on; the rest is divided below.
        let own_lines = over.lines.get(&(body, over.year.from().year()));
        let own_lines = own_lines
            .map(|lines| lines.filtered(|period| free(period) && split.is_none_or(|split| period.to() >= split.date)));
        let mut own = own_lines.and_then(|lines| self.line(&lines));
        if let (Some(own), Some(split)) = (&mut own, split) {
            self.straddling(own, &split, body);
        }
        let percents = self.own_percents(over, body, until, taken);
        let starts = links.iter().map(|link| link.date).min();
        let own_periods = own.as_ref().map(|own| own.periods.to_vec()).unwrap_or_default();
        let published = || percents.values().flatten().map(|(period, _)| *period).collect();
        let own_periods: Vec<Period> = if own.is_some() { own_periods } else { published() };
        let stands = |link: &Link| -> Vec<Period> {
            // What a split left to the body itself is in its own records that run over the day.
            let within = link.body == body || !self.exists_before(body, link.date);
            own_periods.iter().filter(|period| within && period.from() < link.date).copied().collect()
        };
        let known: Vec<(Link, Vec<Period>)> = links.into_iter().map(|link| (link, stands(&link))).collect();
        let mut before = Read::default();
        for (link, covering) in known {
            self.read_before(over, body, &link, &covering, taken, &mut before);
        }
        Some(combined(own, percents, over, until, starts, before, own_periods)).filter(|read| !read.is_empty())
    }

    /// Adds what a body has from one of those it came of.
    fn read_before(
        &mut self,
        over: &Over<'_, '_>,
        body: BodyIx,
        link: &Link,
        covering: &[Period],
        taken: &[Period],
        before: &mut Read,
    ) {
        let Some(eve) = link.date.previous_day() else { return };
        let Ok(part_before) = Period::new(over.year.from(), eve) else { return };
        let all_taken = [taken, covering].concat();
        if covered(&all_taken, &part_before) == part_before.days() {
            return;
        }
        let name = self.name(link.body);
        let found = self.read(over, link.body, eve, &all_taken);
        if link.body == body {
            // The part of itself that a split left to it.
            if let Some(found) = found {
                before.beside(found.divided(link.part, name));
            }
            return;
        }
        before.names.insert(link.body, Arc::clone(&name));
        match found {
            Some(found) => {
                before.over.insert(link.body);
                before.beside(found.divided(link.part, name));
            }
            // A table that lists everything says that there was nothing.
            None if super::complete(&self.scopes, TableName::DossierCounts, None, Some(link.body), &part_before) => {}
            None => {
                before.without.insert(link.body);
            }
        }
    }

    /// Of own records that run over the day of a split, the part before it is divided: at least the share of the whole,
    /// at most the whole.
    fn straddling(&self, own: &mut Own, split: &Link, body: BodyIx) {
        if !own.periods.iter().any(|period| period.from() < split.date) {
            return;
        }
        let least = match split.part {
            Part::Percent(percent) => own.flow.scaled(percent),
            _ => own.flow.at_most_all(),
        };
        own.flow = least.up_to(&own.flow);
        let percent = if let Part::Percent(percent) = split.part { Some(percent) } else { None };
        own.evidence.notes.push(DataNote::Divided { body: self.name(body), percent });
    }

    pub(super) fn name(&self, body: BodyIx) -> Arc<str> {
        self.names.registry().get(body).map(|body| body.name()).unwrap_or_default().into()
    }

    /// The percentages that a body published up to a day, where it has no counts.
    fn own_percents(
        &self,
        over: &Over<'_, '_>,
        body: BodyIx,
        until: Date,
        taken: &[Period],
    ) -> Map<ShareMeasure, Vec<(Period, PublishedShare)>> {
        let of = |measure: ShareMeasure| {
            let parts = over.parts.get(&(measure, Who::Body(body), over.year.from().year()))?;
            let free = |period: &Period| period.from() <= until && !taken.iter().any(|other| other.overlaps(period));
            let free: Vec<_> = parts.iter().filter(|(period, _)| free(period)).cloned().collect();
            (!free.is_empty()).then_some((measure, free))
        };
        SHARES.into_iter().filter_map(of).collect()
    }
}

/// A body's own beside what it came of.
fn combined(
    own: Option<Own>,
    percents: Map<ShareMeasure, Vec<(Period, PublishedShare)>>,
    over: &Over<'_, '_>,
    until: Date,
    starts: Option<Date>,
    mut before: Read,
    own_periods: Vec<Period>,
) -> Read {
    let Some(own) = own else {
        before.periods.extend(own_periods);
        for (measure, parts) in percents {
            if let Some(share) = joined(over.year.from().year(), parts) {
                before.percent(measure, share);
            }
        }
        return before;
    };
    let begins_before = starts.is_none_or(|start| own.periods.iter().any(|period| period.from() < start));
    let reaches =
        starts.is_none_or(|start| own.periods.iter().any(|period| period.to() >= start && period.from() <= until));
    before.flow = Some(match before.flow {
        Some(flow) => own.flow.taking_over(&flow, begins_before, reaches),
        None => own.flow,
    });
    join(&mut before.evidence, own.evidence);
    before.periods.extend(own.periods);
    before
}
