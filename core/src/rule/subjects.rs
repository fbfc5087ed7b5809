//! Whom a rule names and over what time: bodies in force, the plan's own span, periods cut to a body's life.

use std::sync::Arc;

use time::Date;

use super::case::{Case, Prepared};
use super::finding::Subject;
use crate::calendar::{Period, Step};
use crate::plan::Rule;
use crate::plan::kind::SubjectKind;
use crate::plan::registry::BodyIx;

/// A body that a rule names, and the time in which it is in force.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) body: BodyIx,
    pub(super) subject: Arc<Subject>,
    pub(super) life: Period,
}

/// The bodies of a rule's group; all where it names none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group<'c>(Option<&'c [BodyIx]>);

impl<'c> Group<'c> {
    pub(super) fn of(case: &'c Case, rule: &Rule) -> Group<'c> {
        let group = rule.head().subject.group.as_ref();
        Group(group.map(|group| case.ledger().registry.members(group.as_str())))
    }

    pub(super) fn has(self, body: BodyIx) -> bool {
        self.0.is_none_or(|members| members.binary_search(&body).is_ok())
    }
}

/// From the plan's first day, or the first day of a later year, to the day of assessment or the plan's last.
pub(super) fn span(case: &Case, first_year: i32) -> Option<Period> {
    let document = case.plan().document();
    let from = Period::year(first_year)?.from().max(document.valid_from);
    let to = document.valid_to.map_or(case.as_of(), |last| last.min(case.as_of()));
    Period::new(from, to).ok()
}

/// The bodies of the rule's group that were ever in force by the day of assessment, by id; the city among them where the
/// rule names it too.
///
/// A rule on the city is on the plan's territory, which outlives the body: its time has no end.
pub(super) fn bodies(case: &Case, rule: &Prepared<'_>) -> Vec<Named> {
    let ledger = case.ledger();
    let subject = &rule.rule.head().subject;
    if subject.kind == SubjectKind::City {
        let always = Period::new(Date::MIN, Date::MAX).ok();
        let city = ledger.city.zip(always);
        return city.map(|(body, life)| Named { body, subject: case.city_subject(), life }).into_iter().collect();
    }
    let city = ledger.city.filter(|_| subject.city_too.unwrap_or(false));
    let named = |ix: BodyIx| {
        let body = ledger.registry.get(ix)?;
        let life = Period::new(body.valid_from.unwrap_or(Date::MIN), body.valid_to.unwrap_or(Date::MAX)).ok()?;
        // Who is only to come owes nothing yet.
        (life.from() <= case.as_of()).then_some(())?;
        Some(Named { body: ix, subject: case.subject(ix)?, life })
    };
    let group = Group::of(case, rule.rule);
    let meant = |ix: &BodyIx| if Some(*ix) == ledger.city { city.is_some() } else { group.has(*ix) };
    case.bodies_by_id().filter(meant).filter_map(named).collect()
}

/// The years of a span in which a rule is judged, or what is made of them.
#[derive(Debug)]
pub(super) struct Told<T = Vec<Period>> {
    city: Option<BodyIx>,
    of_city: T,
    of_bodies: T,
}

impl<T> Told<T> {
    /// Those in which a body is judged.
    pub(super) fn of(&self, body: BodyIx) -> &T {
        if Some(body) == self.city { &self.of_city } else { &self.of_bodies }
    }

    /// What is made of the years of bodies, and of those of the city.
    pub(super) fn map<U>(&self, make: impl Fn(&T) -> U) -> Told<U> {
        Told { city: self.city, of_city: make(&self.of_city), of_bodies: make(&self.of_bodies) }
    }
}

/// The years of a span in which bodies are judged: those of which the facts say anything of any body, and for the city
/// beside them those of which they say anything of the city itself. A rule on the territory is judged in every year.
pub(super) fn told(case: &Case, rule: &Prepared<'_>, span: &Period) -> Told {
    let whole: Vec<Period> = span.touched(Step::Year).collect();
    let ledger = case.ledger();
    let of = |of_city: bool| {
        let told = ledger.told_years(of_city);
        whole.iter().filter(|year| told.binary_search(&year.from().year()).is_ok()).copied().collect()
    };
    let territory = rule.rule.head().subject.kind == SubjectKind::City;
    let of_city = if territory { whole.clone() } else { of(true) };
    Told { city: ledger.city, of_city, of_bodies: of(false) }
}

/// Whether times cover a period, one of them or several together.
pub(super) fn covered(times: &[Period], period: &Period) -> bool {
    period.covered_by(times.iter().copied())
}
