//! What bodies a name may mean, at any time.

use super::BodyIx;
use super::name::{Form, Qualifiers, Words, without_bare_prefix};
use crate::order::{InOrder, Map};
use crate::plan::body::Body;
use crate::text::fold;

/// The names and codes of bodies.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// By the part of a name that is left when UBND and the kind of place are taken off.
    cores: Map<String, Vec<Named>>,
    codes: Map<String, Vec<BodyIx>>,
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

/// How many ways there are to mean a body loosely, for each way to read a name.
const LOOSENESS: u8 = 5;

impl Names {
    pub(super) fn of<'b>(bodies: impl Iterator<Item = (BodyIx, &'b Body)>, city: Option<BodyIx>) -> Names {
        let mut names = Names::default();
        for (ix, body) in bodies {
            names.add(ix, body);
            if Some(ix) == city {
                names.learn_city(ix, body);
            }
        }
        names
    }

    pub(super) fn add(&mut self, ix: BodyIx, body: &Body) {
        if let Some(code) = &body.code {
            self.codes.entry(code.clone()).or_default().push(ix);
        }
        let forms = forms(body);
        for (i, form) in forms.iter().enumerate() {
            // A short name is of the kind that the full name says: "Nha Trang" of a city is never a ward.
            let fuller = forms.iter().filter(|other| other.core == form.core).find_map(|other| other.kind);
            let (kind, stated) = (form.kind.or(fuller), form.kind.is_some());
            let named = Named { ix, ubnd: form.ubnd, kind, stated, display: i == 0 };
            self.cores.entry(form.core.clone()).or_default().push(named);
            if form.kind == Some("tỉnh") {
                let province = Words::of(&fold(&form.core)).kept();
                if !self.qualifiers.provinces.contains(&province) {
                    self.qualifiers.provinces.push(province);
                }
            }
        }
    }

    /// What other names add to theirs, and what "UBND thành phố" means in the plan.
    fn learn_city(&mut self, ix: BodyIx, city: &Body) {
        for form in forms(city) {
            let Some(kind) = form.kind else { continue };
            let named = (kind, Words::of(&fold(&form.core)).kept());
            if self.qualifiers.city.contains(&named) {
                continue;
            }
            self.qualifiers.city.push(named);
            for core in [kind.to_owned(), format!("ubnd {kind}")] {
                let named = Named { ix, ubnd: false, kind: None, stated: false, display: false };
                self.cores.entry(core).or_default().push(named);
            }
        }
    }

    /// The bodies that a name or code may mean at any time, each with how loosely, 0 most strictly.
    pub(super) fn meanings(&self, name: &str) -> Vec<(u8, BodyIx)> {
        let code = name.trim();
        if code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit()) {
            return self.codes.get(code).into_iter().flatten().map(|ix| (0, *ix)).collect();
        }
        let mut found = Vec::new();
        for (variant, words) in (0u8..).zip(Words::of(&fold(name)).variants(&self.qualifiers)) {
            let form = words.form();
            for named in self.cores.get(&form.core).into_iter().flatten() {
                let looseness = named.looseness(&form);
                let looseness = looseness.map(|loose| variant.saturating_mul(LOOSENESS).saturating_add(loose));
                found.extend(looseness.map(|looseness| (looseness, named.ix)));
            }
        }
        found
    }

    /// The body with the nearest name, compared without UBND and kind, which are long and the same in many names.
    pub(super) fn nearest(&self, name: &str) -> Option<BodyIx> {
        let core = Words::of(&fold(name)).variants(&self.qualifiers).last()?.form().core;
        let nearest = |word: &str| crate::text::nearest(word, self.cores.keys().map(String::as_str));
        let near = nearest(&core).or_else(|| nearest(&without_bare_prefix(&core)?))?;
        self.cores.get(near)?.first().map(|named| named.ix)
    }
}

impl Named {
    /// How loosely a name said in this form means the body; none where it cannot mean it.
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

fn forms(body: &Body) -> Vec<Form> {
    body.names.iter().map(|name| Words::of(&fold(name)).form()).collect()
}

/// The bodies meant least loosely, in the order of the plan.
pub(super) fn best(found: impl Iterator<Item = (u8, BodyIx)>) -> Vec<BodyIx> {
    let mut found: Vec<(u8, BodyIx)> = found.collect();
    found.order();
    let least = found.first().map(|(looseness, _)| *looseness);
    let mut best: Vec<BodyIx> =
        found.into_iter().take_while(|(looseness, _)| Some(*looseness) == least).map(|(_, ix)| ix).collect();
    best.dedup();
    best
}
