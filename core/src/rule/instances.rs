//! Whom a rule judges, in which years.

use super::case::Case;
use super::subjects::Group;
use crate::calendar::Period;
use crate::measure::ledger::{CollectiveIx, PersonEntry, PersonIx, Who};
use crate::order::Set;
use crate::plan::Rule;
use crate::plan::body::Body;
use crate::plan::kind::{MeasureId, RuleKind, SubjectKind};
use crate::plan::registry::BodyIx;

/// Whom a rule caps or holds to account, in which years: those for which the facts have records.
pub(super) fn instances(case: &Case, rule: &Rule) -> Vec<(Who, Period)> {
    match rule.head().subject.kind {
        SubjectKind::Person => people(case, rule),
        SubjectKind::Collective => collectives(case, rule),
        _ => bodies(case, rule),
    }
}

/// Whether a rule names a body, person or collective, whatever the year.
pub(super) fn meant(case: &Case, rule: &Rule, who: Who) -> bool {
    let subject = &rule.head().subject;
    let ledger = case.ledger();
    match who {
        Who::Person(person) => {
            let of = ledger.people.get(person.index());
            subject.kind == SubjectKind::Person && of.is_some_and(|of| named(rule, Group::of(case, rule), of))
        }
        Who::Collective(collective) => {
            let of = ledger.collectives.get(collective.index());
            subject.kind == SubjectKind::Collective && of.is_some_and(|of| Group::of(case, rule).has(of.body))
        }
        Who::Body(body) => body_meant(case, rule, Group::of(case, rule), body),
    }
}

fn body_meant(case: &Case, rule: &Rule, group: Group<'_>, body: BodyIx) -> bool {
    let subject = &rule.head().subject;
    if Some(body) == case.ledger().city {
        return subject.kind == SubjectKind::City || subject.city_too.unwrap_or(false);
    }
    subject.kind == SubjectKind::Body && group.has(body)
}

/// The bodies that a rule names and that are in force in a year.
pub(super) fn bodies_in<'c>(case: &'c Case, rule: &'c Rule, year: &Period) -> impl Iterator<Item = BodyIx> + use<'c> {
    let (from, to) = (year.from(), year.to());
    let city = case.ledger().city;
    let group = Group::of(case, rule);
    let here = move |(ix, body): &(BodyIx, &Body)| {
        // The territory outlives the city's own end.
        body_meant(case, rule, group, *ix) && (Some(*ix) == city || body.in_force(from, to))
    };
    case.ledger().registry.iter().filter(here).map(|(ix, _)| ix)
}

/// Whether a rule names a person: by role, body, and by areas where it is about those tied to areas.
fn named(rule: &Rule, group: Group<'_>, person: &PersonEntry) -> bool {
    let subject = &rule.head().subject;
    let post = person.post();
    let role = subject.role.as_deref().is_none_or(|role| post.is_some_and(|(_, of)| of.as_str() == role));
    let group = subject.group.is_none() || post.is_some_and(|(body, _)| group.has(body));
    let tied = match rule.kind() {
        RuleKind::Cap(cap) => cap.when.iter().any(|condition| condition.measure == MeasureId::AreaRank),
        _ => false,
    };
    role && group && (!tied || !person.tied.is_empty())
}

fn years(case: &Case, years: &Set<i32>) -> Vec<Period> {
    years.up_to(case.as_of().year()).filter_map(|year| Period::year(*year)).collect()
}

/// The years of bodies and, for those of the city itself, its own too.
fn years_with_city(case: &Case, of: &Set<i32>) -> (Vec<Period>, Vec<Period>) {
    let with_city: Set<i32> = of.iter().chain(&case.ledger().city_years).copied().collect();
    (years(case, of), years(case, &with_city))
}

fn people(case: &Case, rule: &Rule) -> Vec<(Who, Period)> {
    let ledger = case.ledger();
    let (elsewhere, in_city) = years_with_city(case, &ledger.person_years);
    let group = Group::of(case, rule);
    let mut all = Vec::new();
    for (i, person) in ledger.people.iter().enumerate().filter(|(_, person)| named(rule, group, person)) {
        let Some(ix) = PersonIx::new(i) else { continue };
        let body = person.post().map(|(body, _)| body);
        let years = if body.is_some() && body == ledger.city { &in_city } else { &elsewhere };
        all.extend(years.iter().map(|year| (Who::Person(ix), *year)));
    }
    all
}

fn collectives(case: &Case, rule: &Rule) -> Vec<(Who, Period)> {
    let ledger = case.ledger();
    let (elsewhere, in_city) = years_with_city(case, &ledger.body_years);
    let group = Group::of(case, rule);
    let mut all = Vec::new();
    for (i, collective) in ledger.collectives.iter().enumerate() {
        let Some(ix) = CollectiveIx::new(i).filter(|_| group.has(collective.body)) else { continue };
        let years = if Some(collective.body) == ledger.city { &in_city } else { &elsewhere };
        all.extend(years.iter().map(|year| (Who::Collective(ix), *year)));
    }
    all
}

fn bodies(case: &Case, rule: &Rule) -> Vec<(Who, Period)> {
    let ledger = case.ledger();
    let (of_bodies, of_city) = (years(case, &ledger.body_years), years(case, &ledger.city_years));
    let group = Group::of(case, rule);
    let mut all = Vec::new();
    for ix in case.bodies_by_id().filter(|ix| body_meant(case, rule, group, *ix)) {
        let who = Who::Body(ix);
        if Some(ix) == ledger.city {
            // The territory outlives the city's own end.
            all.extend(of_city.iter().map(|year| (who, *year)));
        } else if let Some(body) = ledger.registry.get(ix) {
            let in_force = of_bodies.iter().filter(|year| body.in_force(year.from(), year.to()));
            all.extend(in_force.map(|year| (who, *year)));
        }
    }
    all
}
