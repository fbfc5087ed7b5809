//! The bodies in time, findable by id, name, code and date.
//!
//! Names and codes are used again: 22366 was Phước Tiến, then Tân Tiến, and is the ward of Nha Trang since 01/07/2025,
//! whose name was the city's before. So a name is only resolved within a period, and never guessed.
//!
//! - `name`: what a name says; `unresolved`: why it names no single body.

mod name;
#[cfg(test)]
mod tests;
mod unresolved;

use std::collections::BTreeMap;
use std::sync::Arc;

use name::{Form, Qualifiers, Words};
use time::Date;
pub use unresolved::{Candidate, Unresolved};

use super::body::{Body, BodyGroup};
use super::ids::{BodyGroupId, BodyId};

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
    ids: BTreeMap<BodyId, BodyIx>,
    /// By the part of a name that is left when UBND and the kind of place are taken off.
    names: BTreeMap<String, Vec<Named>>,
    codes: BTreeMap<String, Vec<BodyIx>>,
    groups: Arc<[BodyGroup]>,
    /// Members in ascending order.
    members: BTreeMap<BodyGroupId, Vec<BodyIx>>,
    city: Option<BodyIx>,
    qualifiers: Qualifiers,
}

/// A body under one of its names.
#[derive(Debug, Clone)]
struct Named {
    ix: BodyIx,
    ubnd: bool,
    /// The kind of place: of this name, or of a fuller name of the same body.
    kind: Option<&'static str>,
    /// Whether this name says the kind.
    stated: bool,
    /// Whether it is the name to show.
    display: bool,
}

impl Registry {
    /// The registry of a plan's bodies. Of two bodies with one id the first is kept.
    pub fn new(bodies: &[Body], groups: &[BodyGroup], city: &BodyId) -> Registry {
        let mut inner = Inner {
            bodies: Vec::with_capacity(bodies.len()),
            ids: BTreeMap::new(),
            names: BTreeMap::new(),
            codes: BTreeMap::new(),
            groups: groups.into(),
            members: BTreeMap::new(),
            city: None,
            qualifiers: Qualifiers::default(),
        };
        for body in bodies {
            inner.add(body);
        }
        inner.city = inner.ids.get(city).copied();
        inner.learn_city();
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
        let mut inner = Inner::clone(&self.0);
        let mut duplicates = Vec::new();
        for (index, body) in bodies.iter().enumerate() {
            if !inner.add(body) {
                duplicates.push(DuplicateBody { index, id: body.id.clone() });
            }
        }
        if !duplicates.is_empty() {
            return Err(duplicates);
        }
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
        self.0.members.get(group).is_some_and(|members| members.binary_search(&ix).is_ok())
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
        let inner = &self.0;
        let id = self.by_id(name.trim());
        if let Some(ix) = id.filter(|ix| inner.in_force(*ix, from, to) || inner.city == Some(*ix)) {
            return Ok(ix);
        }
        let words = Words::of(name);
        let mut found = inner.candidates(name, &words);
        found.extend(id.map(|ix| (u8::MAX, ix)));
        let in_force = best(found.iter().copied().filter(|(_, ix)| inner.in_force(*ix, from, to)));
        match in_force.as_slice() {
            [one] => Ok(*one),
            [] => inner.out_of_force(name, &words, &found, from, to),
            several => Err(Unresolved::ambiguous(name, from, to, &inner.bodies_of(several))),
        }
    }
}

/// The bodies that have the least number, in the order of the plan.
fn best(found: impl Iterator<Item = (u8, BodyIx)>) -> Vec<BodyIx> {
    let mut found: Vec<(u8, BodyIx)> = found.collect();
    found.sort_unstable();
    let least = found.first().map(|(looseness, _)| *looseness);
    let mut best: Vec<BodyIx> =
        found.into_iter().take_while(|(looseness, _)| Some(*looseness) == least).map(|(_, ix)| ix).collect();
    best.dedup();
    best
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

    /// Adds a body; false if its id is there already.
    fn add(&mut self, body: &Body) -> bool {
        let Ok(ix) = u32::try_from(self.bodies.len()).map(BodyIx) else { return false };
        if self.ids.contains_key(&body.id) {
            return false;
        }
        self.ids.insert(body.id.clone(), ix);
        if let Some(code) = &body.code {
            self.codes.entry(code.clone()).or_default().push(ix);
        }
        let forms: Vec<Form> = body.names.iter().map(|name| Words::of(name).form()).collect();
        for (i, form) in forms.iter().enumerate() {
            // A short name is of the kind that the full name says: "Nha Trang" of a city is never a ward.
            let fuller = forms.iter().filter(|other| other.core == form.core).find_map(|other| other.kind);
            let (kind, stated) = (form.kind.or(fuller), form.kind.is_some());
            let named = Named { ix, ubnd: form.ubnd, kind, stated, display: i == 0 };
            self.names.entry(form.core.clone()).or_default().push(named);
            if form.kind == Some("tỉnh") && !self.qualifiers.provinces.contains(&form.core) {
                self.qualifiers.provinces.push(form.core.clone());
            }
        }
        self.bodies.push(Arc::new(body.clone()));
        true
    }

    /// What other names add to theirs, and what "UBND thành phố" means in the plan.
    fn learn_city(&mut self) {
        let Some(ix) = self.city else { return };
        let names = self.get(ix).map(|city| city.names.clone()).unwrap_or_default();
        for form in names.iter().map(|name| Words::of(name).form()) {
            let Some(kind) = form.kind else { continue };
            if self.qualifiers.city.iter().any(|(known, core)| (*known, core) == (kind, &form.core)) {
                continue;
            }
            self.qualifiers.city.push((kind, form.core));
            for core in [kind.to_owned(), format!("ubnd {kind}")] {
                let named = Named { ix, ubnd: false, kind: None, stated: false, display: false };
                self.names.entry(core).or_default().push(named);
            }
        }
    }

    fn gather_members(&mut self) {
        let groups = Arc::clone(&self.groups);
        for group in groups.iter() {
            let mut members: Vec<BodyIx> = group.members.iter().filter_map(|id| self.ids.get(id).copied()).collect();
            if !group.kinds.is_empty() {
                let bodies = (0..).map(BodyIx).zip(&self.bodies);
                members.extend(bodies.filter(|(_, body)| group.kinds.contains(&body.kind)).map(|(ix, _)| ix));
            }
            members.sort_unstable();
            members.dedup();
            self.members.insert(group.id.clone(), members);
        }
    }

    /// The bodies that a name may mean at any time, each with how loosely.
    fn candidates(&self, name: &str, words: &Words) -> Vec<(u8, BodyIx)> {
        let code = name.trim();
        if code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit()) {
            return self.codes.get(code).into_iter().flatten().map(|ix| (0, *ix)).collect();
        }
        let mut found = Vec::new();
        for (variant, words) in (0u8..).zip(words.variants(&self.qualifiers)) {
            let form = words.form();
            for named in self.names.get(&form.core).into_iter().flatten() {
                let looseness = named.looseness(&form).map(|l| variant.saturating_mul(5).saturating_add(l));
                found.extend(looseness.map(|looseness| (looseness, named.ix)));
            }
        }
        found
    }

    fn out_of_force(
        &self,
        name: &str,
        words: &Words,
        found: &[(u8, BodyIx)],
        from: Date,
        to: Date,
    ) -> Result<BodyIx, Unresolved> {
        let best = best(found.iter().copied());
        if let Some(city) = self.city.filter(|city| best.contains(city)) {
            return Ok(city);
        }
        if best.is_empty() {
            return Err(Unresolved::unknown(name, self.nearest(words)));
        }
        Err(Unresolved::not_in_force(name, from, to, &self.bodies_of(&best)))
    }

    /// The body with the nearest name, compared without UBND and kind, which are long and the same in many names.
    fn nearest(&self, words: &Words) -> Option<&Body> {
        let core = words.variants(&self.qualifiers).last()?.form().core;
        let nearest = |word: &str| crate::text::nearest(word, self.names.keys().map(String::as_str));
        let near = nearest(&core).or_else(|| nearest(&name::without_bare_prefix(&core)?))?;
        self.get(self.names.get(near)?.first()?.ix)
    }
}

impl Named {
    /// How loosely a name said in this form means the body, 0 most strictly; none where it cannot mean it.
    fn looseness(&self, form: &Form) -> Option<u8> {
        if form.kind.is_some() && self.kind.is_some() && form.kind != self.kind {
            return None;
        }
        let both_stated = form.kind.is_some() && self.stated;
        let same = form.kind.is_some() == self.stated && form.ubnd == self.ubnd;
        Some(match (same, both_stated) {
            (true, _) if self.display => 0,
            (true, true) => 1,
            (false, true) => 2,
            // A body with a People's Committee is commonly named without; the reverse is a guess.
            _ if form.ubnd && !self.ubnd => 4,
            _ => 3,
        })
    }
}
