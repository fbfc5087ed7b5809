//! Stocks carried through reorganisations, and summed over the territory on a day.
//!
//! A body's stock on a day is its last record, with what it has taken over since from bodies whose records are older than
//! that: a successor's own record says it all. The stale record of a body that is no longer there stands beside none.

use std::iter::once;

use time::Date;

use super::Building;
use crate::measure::ratio::Ratio;
use crate::order::{Map, Set};
use crate::plan::lineage::{Link, Part};
use crate::plan::registry::BodyIx;

/// Counts of bodies by date, in order.
pub(super) type Counts = Map<BodyIx, Vec<(Date, u64)>>;

/// What went over an undeclared split: the count, and the bodies that have a part of it.
#[derive(Clone)]
struct Shared {
    count: Option<Ratio>,
    bodies: Set<BodyIx>,
}

/// A sum of counts and of exact parts of counts.
#[derive(Clone)]
struct Tally {
    /// None where it does not fit or is unknown.
    known: Option<Ratio>,
    /// What went over undeclared splits, by event and body before.
    open: Map<(usize, BodyIx), Shared>,
    /// Whether any record says something.
    recorded: bool,
}

impl Tally {
    const NOTHING: Tally = Tally { known: Some(Ratio::ZERO), open: Map::new(), recorded: false };

    fn of(count: u64) -> Tally {
        Tally { known: Some(Ratio::whole(i128::from(count))), recorded: true, ..Tally::NOTHING }
    }

    fn add(&mut self, other: Tally) {
        self.known = self.known.zip(other.known).and_then(|(a, b)| a.plus(b));
        for (key, Shared { count, bodies }) in other.open {
            self.open.entry(key).or_insert(Shared { count, bodies: Set::new() }).bodies.extend(bodies);
        }
        self.recorded |= other.recorded;
    }

    /// The part of it that goes over a link to a body.
    fn over(self, link: &Link, body: BodyIx) -> Tally {
        // What is open already cannot be divided further.
        let whole = if self.open.is_empty() { self.known } else { None };
        match link.part {
            Part::Whole => self,
            Part::Nothing => Tally::NOTHING,
            Part::Percent(percent) => Tally { known: whole.and_then(|whole| whole.percent(percent)), ..self },
            Part::Undeclared => {
                let shared = Shared { count: whole, bodies: once(body).collect() };
                let open = once(((link.event, link.body), shared)).collect();
                Tally { known: Some(Ratio::ZERO), open, recorded: self.recorded }
            }
        }
    }
}

impl Building<'_> {
    /// The sum over the bodies of the territory in force on a day, of records from `first` on, and over how many bodies.
    /// None where no record says anything, or where only part of a split is known in whole numbers.
    pub(super) fn territory_stock(&self, counts: &Counts, first: Date, day: Date) -> Option<(u64, u32)> {
        let registry = self.names.registry();
        let there = registry.iter().filter(|(ix, body)| {
            Some(*ix) != registry.city()
                && body.in_force(day, day)
                && self.lineage.in_territory(*ix)
                && self.lineage.ended(*ix).is_none_or(|end| end > day)
        });
        let mut sum = Tally::NOTHING;
        let mut bodies = 0u32;
        for (body, _) in there {
            let tally = self.stock_on(counts, body, first, day);
            bodies = bodies.saturating_add(u32::from(tally.recorded));
            sum.add(tally);
        }
        let (mut known, open) = (sum.known?, sum.open);
        for ((event, _), Shared { count, bodies }) in open {
            // All parts together are the whole again.
            let after = self.lineage.events().get(event)?.to.len();
            known = known.plus(count.filter(|_| bodies.len() == after)?)?;
        }
        let whole = known.as_whole().and_then(|count| u64::try_from(count).ok())?;
        (bodies > 0).then_some((whole, bodies))
    }

    fn stock_on(&self, counts: &Counts, body: BodyIx, first: Date, day: Date) -> Tally {
        let own =
            counts.get(&body).and_then(|records| records.iter().rev().find(|(date, _)| *date >= first && *date <= day));
        let since = own.map_or(Date::MIN, |(date, _)| *date);
        let links = self.lineage.before(body).iter().copied();
        let links: Vec<Link> = links.filter(|link| link.date > since && link.date <= day).collect();
        // Of a body that was split since and goes on, the part that was left to it comes over the split.
        let split = links.iter().any(|link| link.body == body);
        let mut tally = own.filter(|_| !split).map_or(Tally::NOTHING, |(_, count)| Tally::of(*count));
        for link in links.iter().filter(|link| link.part != Part::Nothing) {
            let Some(eve) = link.date.previous_day() else { continue };
            tally.add(self.stock_on(counts, link.body, first, eve).over(link, body));
        }
        tally
    }
}
