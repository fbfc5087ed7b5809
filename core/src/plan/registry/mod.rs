//! The bodies in time, findable by id, name, code and date.
//!
//! Names and codes are used again: 22366 was Phước Tiến, then Tân Tiến, and is the ward of Nha Trang since 01/07/2025,
//! whose name was the city's before. So a name is only resolved within a period, and never guessed.
//!
//! - `name`: what a name says; `names`: what bodies it may mean; `unresolved`: why it means no single one.

mod name;
mod names;
#[cfg(test)]
mod tests;
mod unresolved;

use std::cell::OnceCell;
use std::sync::{Arc, OnceLock};

use names::Names;
use time::Date;
pub use unresolved::{Candidate, Unresolved};

use super::body::{Body, BodyGroup};
use super::ids::{BodyGroupId, BodyId};
use crate::order::{InOrder, Map};

/// Stands for a body of a [`Registry`] and of every registry extended from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BodyIx(u32);

impl BodyIx {
    /// Its place in the registry: the plan's bodies in the order of the file, then those that facts add.
    pub fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// A body to be added whose id another one has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateBody {
    /// Its place in the list of bodies to be added.
    pub index: usize,
    /// The id.
    pub id: BodyId,
}

/// The bodies of a plan in time. Immutable and cheap to clone.
#[derive(Debug, Clone)]
pub struct Registry(Arc<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    bodies: Vec<Arc<Body>>,
    ids: Map<BodyId, BodyIx>,
    groups: Arc<[BodyGroup]>,
    /// Members in ascending order.
    members: Map<BodyGroupId, Vec<BodyIx>>,
    city: Option<BodyIx>,
    /// Made when the first name is looked up: ids, the most frequent names, need none.
    names: OnceLock<Names>,
}

impl Registry {
    /// The registry of a plan's bodies. Of two bodies with one id the first is kept.
    pub fn new(bodies: &[Body], groups: &[BodyGroup], city: &BodyId) -> Registry {
        let mut inner = Inner {
            bodies: Vec::with_capacity(bodies.len()),
            ids: Map::new(),
            groups: groups.into(),
            members: Map::new(),
            city: None,
            names: OnceLock::new(),
        };
        for body in bodies {
            inner.add(body);
        }
        inner.city = inner.ids.get(city).copied();
        inner.gather_members();
        Registry(Arc::new(inner))
    }

    /// This registry and further bodies, such as those that facts add. Handles stay valid.
    ///
    /// # Errors
    /// Every body whose id another body has, of this registry or of the list.
    pub fn extended(&self, bodies: &[Body]) -> Result<Registry, Vec<DuplicateBody>> {
        if bodies.is_empty() {
            return Ok(self.clone());
        }
        // The names of the plan are indexed once for all registries extended from it.
        let mut names = self.0.names().clone();
        let mut inner = Inner::clone(&self.0);
        let mut duplicates = Vec::new();
        for (index, body) in bodies.iter().enumerate() {
            match inner.add(body) {
                Some(ix) => names.add(ix, body),
                None => duplicates.push(DuplicateBody { index, id: body.id.clone() }),
            }
        }
        if !duplicates.is_empty() {
            return Err(duplicates);
        }
        inner.names = OnceLock::from(names);
        inner.gather_members();
        Ok(Registry(Arc::new(inner)))
    }

    /// The body that a handle stands for; none for a handle of another registry that has more bodies.
    pub fn get(&self, ix: BodyIx) -> Option<&Body> {
        self.0.get(ix)
    }

    /// The body with an id, whenever it is in force.
    pub fn by_id(&self, id: &str) -> Option<BodyIx> {
        self.0.ids.get(id).copied()
    }

    /// Every body, in the order of the plan.
    pub fn iter(&self) -> impl Iterator<Item = (BodyIx, &Body)> {
        (0..).map(BodyIx).zip(self.0.bodies.iter().map(Arc::as_ref))
    }

    /// How many bodies there are.
    pub fn len(&self) -> usize {
        self.0.bodies.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.bodies.is_empty()
    }

    /// The body whose plan it is.
    pub fn city(&self) -> Option<BodyIx> {
        self.0.city
    }

    /// The members of a group at any time, in the order of the plan; none where there is no such group.
    pub fn group(&self, id: &str) -> Option<impl Iterator<Item = BodyIx> + '_> {
        self.0.members.get(id).map(|members| members.iter().copied())
    }

    /// Whether a group has a body as member.
    pub fn group_has(&self, group: &str, body: &BodyId) -> bool {
        self.by_id(body.as_str()).is_some_and(|ix| self.in_group(ix, group))
    }

    /// Whether a body is a member of a group.
    pub fn in_group(&self, ix: BodyIx, group: &str) -> bool {
        self.members(group).binary_search(&ix).is_ok()
    }

    /// The members of a group in order; none too where there is no such group.
    pub(crate) fn members(&self, group: &str) -> &[BodyIx] {
        self.0.members.get(group).map_or(&[], Vec::as_slice)
    }

    /// The body that `name` means in the days `from` to `to`: an id, a name in any usual spelling, or a code of five
    /// digits.
    ///
    /// A body in force on some day of the period wins over one that is not. Among those in force the name said most
    /// fully wins ("UBND phường Nha Trang" before "Nha Trang"). The plan's own city is found after its end too, since
    /// its territory outlives it.
    ///
    /// ```
    /// use caicach::calendar::Period;
    /// let plan = caicach::Plan::builtin()?;
    /// let named = |name, year| {
    ///     let year = Period::year(year).unwrap();
    ///     let bodies = plan.registry();
    ///     bodies.resolve(name, year.from(), year.to()).ok().and_then(|ix| bodies.get(ix)).map(|body| body.id.as_str())
    /// };
    /// assert_eq!(named("P. Lộc Thọ", 2024), Some("loc_tho"));
    /// assert_eq!(named("Nha Trang", 2024), Some("nha_trang"));
    /// assert_eq!(named("Nha Trang", 2025), None);
    /// assert_eq!(named("Nha Trang", 2026), Some("phuong_nha_trang"));
    /// # Ok::<(), caicach::PlanError>(())
    /// ```
    ///
    /// # Errors
    /// [`Unresolved`] says whether the name is unknown, names several bodies or a body of another time.
    pub fn resolve(&self, name: &str, from: Date, to: Date) -> Result<BodyIx, Unresolved> {
        self.look_up(name).within(from, to)
    }

    /// A name looked up, to be resolved in one period after another.
    pub(crate) fn look_up<'r>(&'r self, name: &'r str) -> LookUp<'r> {
        LookUp { inner: &self.0, name, id: self.by_id(name.trim()), found: OnceCell::new() }
    }
}

/// What a name may mean at any time.
pub(crate) struct LookUp<'r> {
    inner: &'r Inner,
    name: &'r str,
    id: Option<BodyIx>,
    /// Found when needed: an id in force, the most frequent name, needs no more.
    found: OnceCell<Vec<(u8, BodyIx)>>,
}

impl LookUp<'_> {
    /// The body whose id the name is, whenever it is in force.
    pub(crate) fn id(&self) -> Option<BodyIx> {
        self.id
    }

    /// As [`Registry::resolve`].
    pub(crate) fn within(&self, from: Date, to: Date) -> Result<BodyIx, Unresolved> {
        let (inner, name) = (self.inner, self.name);
        if let Some(ix) = self.id.filter(|ix| inner.in_force(*ix, from, to) || inner.city == Some(*ix)) {
            return Ok(ix);
        }
        let found = self.found.get_or_init(|| {
            let mut found = inner.names().meanings(name);
            found.extend(self.id.map(|ix| (u8::MAX, ix)));
            found
        });
        let in_force = names::best(found.iter().copied().filter(|(_, ix)| inner.in_force(*ix, from, to)));
        match in_force.as_slice() {
            [one] => Ok(*one),
            [] => inner.out_of_force(name, found, from, to),
            several => Err(Unresolved::ambiguous(name, from, to, &inner.bodies_of(several))),
        }
    }
}

impl Inner {
    fn get(&self, ix: BodyIx) -> Option<&Body> {
        self.bodies.get(ix.index()).map(Arc::as_ref)
    }

    fn in_force(&self, ix: BodyIx, from: Date, to: Date) -> bool {
        self.get(ix).is_some_and(|body| body.in_force(from, to))
    }

    fn bodies_of(&self, ixs: &[BodyIx]) -> Vec<&Body> {
        ixs.iter().filter_map(|ix| self.get(*ix)).collect()
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let bodies = (0..).map(BodyIx).zip(self.bodies.iter().map(Arc::as_ref));
            Names::of(bodies, self.city)
        })
    }

    /// Adds a body; none if its id is there already.
    fn add(&mut self, body: &Body) -> Option<BodyIx> {
        let ix = u32::try_from(self.bodies.len()).map(BodyIx).ok()?;
        if self.ids.contains_key(&body.id) {
            return None;
        }
        self.ids.insert(body.id.clone(), ix);
        self.bodies.push(Arc::new(body.clone()));
        Some(ix)
    }

    fn gather_members(&mut self) {
        let groups = Arc::clone(&self.groups);
        for group in groups.iter() {
            let mut members: Vec<BodyIx> = group.members.iter().filter_map(|id| self.ids.get(id).copied()).collect();
            if !group.kinds.is_empty() {
                let bodies = (0..).map(BodyIx).zip(&self.bodies);
                members.extend(bodies.filter(|(_, body)| group.kinds.contains(&body.kind)).map(|(ix, _)| ix));
            }
            members.order();
            members.dedup();
            self.members.insert(group.id.clone(), members);
        }
    }

    fn out_of_force(&self, name: &str, found: &[(u8, BodyIx)], from: Date, to: Date) -> Result<BodyIx, Unresolved> {
        let best = names::best(found.iter().copied());
        if let Some(city) = self.city.filter(|city| best.contains(city)) {
            return Ok(city);
        }
        if best.is_empty() {
            let nearest = self.names().nearest(name).and_then(|ix| self.get(ix));
            return Err(Unresolved::unknown(name, nearest));
        }
        Err(Unresolved::not_in_force(name, from, to, &self.bodies_of(&best)))
    }
}
