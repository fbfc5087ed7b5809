//! Which body came out of which: predecessors and successors through reorganisations (sắp xếp), and the territory.
//!
//! What each kind does to counts (posts, dossiers, respondents):
//!
//! | kind | counts |
//! |---|---|
//! | merge, rename, transfer | go whole to the body after; a body that takes others in goes on as itself |
//! | split | go by the declared shares, exactly; without shares only bounds are known |
//! | dissolve | end; a body named after it takes over the territory, not the counts |
//! | equitise | end, and the unit is no longer among the public service units |
//!
//! A body that stands before and after the same merge, rename or transfer is the same body and goes on. Events of one day
//! happen at once: what comes out of one is not taken on by another of that day.

use std::sync::Arc;

use rust_decimal::Decimal;
use time::Date;

use super::body::{Reorganisation, ReorganisationKind};
use super::ids::BodyId;
use super::registry::{BodyIx, Registry};
use crate::order::{InOrder, Map, Set};

/// A reorganisation with its bodies found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// First day of the new state.
    pub date: Date,
    /// What it does.
    pub kind: ReorganisationKind,
    /// The bodies before, in the order of the registry.
    pub from: Vec<BodyIx>,
    /// The bodies after, in the order of the registry.
    pub to: Vec<BodyIx>,
    /// The declared shares of a split, in hundredths.
    pub shares: Vec<(BodyIx, Decimal)>,
}

/// How much of a body's counts goes to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    Whole,
    /// So many hundredths.
    Percent(Decimal),
    /// An unknown part: a split without shares.
    Undeclared,
    /// None: they end, only the territory goes on.
    Nothing,
}

/// One step from a body to a body before or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// First day of the new state.
    pub date: Date,
    /// The reorganisation.
    pub kind: ReorganisationKind,
    /// The body at the other end.
    pub body: BodyIx,
    /// How much goes from the earlier body to the later.
    pub part: Part,
    /// Which event it belongs to, for links of one split.
    pub(crate) event: usize,
}

/// What became of every body (quá trình sắp xếp). Immutable and cheap to clone.
///
/// ```
/// use caicach::{Plan, calendar::parse_iso};
/// let plan = Plan::builtin()?;
/// let names = |bodies: Vec<&caicach::plan::body::Body>| -> Vec<String> {
///     bodies.iter().map(|body| body.id.to_string()).collect()
/// };
/// let day = parse_iso("2026-01-01").unwrap();
/// // Three bodies have had the code 22366: each is told by its time.
/// assert_eq!(names(plan.successors("phuoc_tien", parse_iso("2025-01-01").unwrap())), ["tan_tien"]);
/// assert_eq!(names(plan.successors("phuoc_tien", day)), ["phuong_nha_trang"]);
/// assert_eq!(names(plan.predecessors("tan_tien", parse_iso("2024-06-30").unwrap())), ["phuoc_tan", "phuoc_tien", "tan_lap"]);
/// assert_eq!(names(plan.territory(day)), ["phuong_nha_trang", "bac_nha_trang", "tay_nha_trang", "nam_nha_trang"]);
/// # Ok::<(), caicach::PlanError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Lineage(Arc<Inner>);

#[derive(Debug, Clone, Default)]
struct Inner {
    events: Vec<Event>,
    before: Map<BodyIx, Vec<Link>>,
    after: Map<BodyIx, Vec<Link>>,
    /// Bodies before an event that do not stand after it.
    ended: Map<BodyIx, Date>,
    territory: Set<BodyIx>,
}

impl Lineage {
    /// The lineage that a plan's reorganisations make; those that name a body the registry lacks are passed over.
    pub(crate) fn of_plan(registry: &Registry, reorganisations: &[Reorganisation]) -> Lineage {
        let find = |id: &BodyId| registry.by_id(id.as_str());
        let events = reorganisations.iter().filter_map(|one| {
            let found = |ids: &[BodyId]| ids.iter().map(find).collect::<Option<Vec<_>>>();
            let shares = one.shares.iter().map(|share| Some((find(&share.body)?, share.percent)));
            Some(Event {
                date: one.date,
                kind: one.kind,
                from: found(&one.from)?,
                to: found(&one.to)?,
                shares: shares.collect::<Option<Vec<_>>>()?,
            })
        });
        Lineage::new(registry, events.collect(), registry.len())
    }

    /// This lineage and further events, over a registry that may have more bodies. An event that is there already
    /// is not added again, but gives its shares where they were not declared.
    pub(crate) fn extended(&self, registry: &Registry, events: Vec<Event>, planned: usize) -> Lineage {
        if events.is_empty() && registry.len() == planned {
            return self.clone();
        }
        let mut all = self.0.events.clone();
        for mut event in events {
            event.from.order();
            event.to.order();
            let same = |known: &&mut Event| {
                known.date == event.date && known.kind == event.kind && known.from == event.from && known.to == event.to
            };
            match all.iter_mut().find(same) {
                Some(known) if known.shares.is_empty() => known.shares = event.shares,
                Some(_) => {}
                None => all.push(event),
            }
        }
        Lineage::new(registry, all, planned)
    }

    /// `planned`: how many of the registry's bodies the plan lists; the others were added by facts.
    fn new(registry: &Registry, mut events: Vec<Event>, planned: usize) -> Lineage {
        for event in &mut events {
            event.from.order();
            event.to.order();
            event.shares.order();
        }
        events.order_by(|a, b| (a.date, &a.from, &a.to).cmp(&(b.date, &b.from, &b.to)));
        let mut inner = Inner::default();
        for (index, event) in events.iter().enumerate() {
            inner.link(index, event);
        }
        inner.events = events;
        inner.territory = super::territory::territory(registry, &inner.after, planned);
        Lineage(Arc::new(inner))
    }

    /// Every event, by date.
    pub fn events(&self) -> &[Event] {
        &self.0.events
    }

    /// The bodies from which a body came, one step back, by date.
    pub fn before(&self, body: BodyIx) -> &[Link] {
        self.0.before.get(&body).map_or(&[], Vec::as_slice)
    }

    /// The bodies into which a body went, one step on, by date.
    pub fn after(&self, body: BodyIx) -> &[Link] {
        self.0.after.get(&body).map_or(&[], Vec::as_slice)
    }

    /// The day from which a body is no longer there because of a reorganisation.
    pub fn ended(&self, body: BodyIx) -> Option<Date> {
        self.0.ended.get(&body).copied()
    }

    /// Whether a body belongs to the plan's territory at any time: its city, what belongs to that, and what came of
    /// them. Companies made of service units and bodies transferred elsewhere do not, unless their parent does.
    pub fn in_territory(&self, body: BodyIx) -> bool {
        self.0.territory.contains(&body)
    }

    /// What a body is on a day: itself as long as it is there, then what came of it, in the order of the registry.
    pub fn successors_on(&self, registry: &Registry, body: BodyIx, day: Date) -> Vec<BodyIx> {
        let mut found = Set::new();
        let mut seen = Set::new();
        let mut open = vec![(body, Date::MIN)];
        while let Some((one, since)) = open.pop() {
            if !seen.insert((one, since)) {
                continue;
            }
            if registry.get(one).is_some_and(|body| body.in_force(day, day)) {
                found.insert(one);
            }
            let links = self.after(one).iter().filter(|link| link.date > since && link.date <= day);
            open.extend(links.map(|link| (link.body, link.date)));
        }
        found.into_iter().collect()
    }

    /// What a body was on a day: itself if it was there already, else the bodies of which it came, and always those
    /// that it has taken in since.
    pub fn predecessors_on(&self, registry: &Registry, body: BodyIx, day: Date) -> Vec<BodyIx> {
        let mut found = Set::new();
        let mut seen = Set::new();
        let mut open = vec![(body, Date::MAX)];
        while let Some((one, until)) = open.pop() {
            if !seen.insert((one, until)) {
                continue;
            }
            if registry.get(one).is_some_and(|body| body.in_force(day, day)) {
                found.insert(one);
            }
            // What is only taken over as territory is not what the body was.
            let came_of = |link: &&Link| link.date > day && link.date < until && link.part != Part::Nothing;
            let links = self.before(one).iter().filter(came_of);
            open.extend(links.map(|link| (link.body, link.date)));
        }
        found.into_iter().collect()
    }
}

impl Inner {
    fn link(&mut self, event: usize, one: &Event) {
        for from in one.from.iter().filter(|from| !one.to.contains(from)) {
            self.ended.entry(*from).or_insert(one.date);
        }
        // A body that goes on as itself is neither its own predecessor nor another's, but for what a split takes off.
        let split = one.kind == ReorganisationKind::Split;
        let goes_on = |body: &BodyIx| !split && one.from.contains(body) && one.to.contains(body);
        let from: Vec<BodyIx> = one.from.iter().copied().filter(|from| !goes_on(from)).collect();
        let to: Vec<BodyIx> = match one.kind {
            // A merge has one body after it, which takes in the others though it was there before.
            ReorganisationKind::Merge => one.to.clone(),
            _ => one.to.iter().copied().filter(|to| !goes_on(to)).collect(),
        };
        for before in &from {
            for after in &to {
                let part = part(one, from.len(), to.len(), *after);
                let link = |body| Link { date: one.date, kind: one.kind, body, part, event };
                self.before.entry(*after).or_default().push(link(*before));
                self.after.entry(*before).or_default().push(link(*after));
            }
        }
    }
}

fn part(event: &Event, from: usize, to: usize, body: BodyIx) -> Part {
    match event.kind {
        ReorganisationKind::Dissolve | ReorganisationKind::Equitise => Part::Nothing,
        ReorganisationKind::Split => match event.shares.iter().find(|(after, _)| *after == body) {
            Some((_, percent)) => Part::Percent(*percent),
            None if event.shares.is_empty() => Part::Undeclared,
            // The shares add up to a hundred without it.
            None => Part::Percent(Decimal::ZERO),
        },
        ReorganisationKind::Merge | ReorganisationKind::Rename => Part::Whole,
        // Several bodies under new parents at once: which became which is not said.
        ReorganisationKind::Transfer if from > 1 && to > 1 => Part::Undeclared,
        ReorganisationKind::Transfer if to > 1 => Part::Undeclared,
        ReorganisationKind::Transfer => Part::Whole,
    }
}

impl super::Plan {
    /// What became of the plan's bodies, by the reorganisations it lists.
    pub fn lineage(&self) -> &Lineage {
        &self.0.lineage
    }

    /// What a body is on a day, by the plan's reorganisations: itself, or what came of it; none for an unknown id.
    pub fn successors(&self, body: &str, day: Date) -> Vec<&super::body::Body> {
        let found = self.registry().by_id(body).map(|ix| self.lineage().successors_on(self.registry(), ix, day));
        found.unwrap_or_default().into_iter().filter_map(|ix| self.registry().get(ix)).collect()
    }

    /// What a body was on a day: itself, or the bodies of which it came, by name of their ids.
    pub fn predecessors(&self, body: &str, day: Date) -> Vec<&super::body::Body> {
        let found = self.registry().by_id(body).map(|ix| self.lineage().predecessors_on(self.registry(), ix, day));
        let mut bodies: Vec<_> =
            found.unwrap_or_default().into_iter().filter_map(|ix| self.registry().get(ix)).collect();
        bodies.order_by(|a, b| a.id.cmp(&b.id));
        bodies
    }

    /// Over which bodies the city's targets are read on a day: the city itself, and after its end its successors.
    pub fn territory(&self, day: Date) -> Vec<&super::body::Body> {
        self.successors(self.document().body.as_str(), day)
    }
}

#[cfg(test)]
#[path = "lineage_tests.rs"]
mod tests;
