//! The document's head, bodies, groups of bodies, reorganisations.

use rust_decimal::Decimal;
use time::Date;

use super::known::Known;
use super::report::Report;
use crate::calendar::iso;
use crate::input::node::clip;
use crate::input::{Path, ProblemCode};
use crate::order::Set;
use crate::plan::body::{Body, BodyGroup, Reorganisation, ReorganisationKind};
use crate::plan::ids::BodyId;

pub(super) fn check(known: &Known<'_>, report: &mut Report<'_>) {
    let document = Path::Root.key("document");
    body(known, report, &document.key("body"), known.plan.document.body.as_str());
    validity(report, &document, known.plan.document.valid_from.into(), known.plan.document.valid_to);
    let bodies = Path::Root.key("body");
    for (i, body) in known.plan.body.iter().enumerate() {
        one_body(known, report, &bodies.index(i), body);
    }
    parents(known, report);
    let groups = Path::Root.key("body_group");
    for (i, group) in known.plan.body_group.iter().enumerate() {
        one_group(known, report, &groups.index(i), group);
    }
    let reorganisations = Path::Root.key("reorganisation");
    for (i, one) in known.plan.reorganisation.iter().enumerate() {
        reorganisation(known, report, &reorganisations.index(i), one);
    }
}

/// Reports an id that no body has.
fn body(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, id: &str) {
    if !known.bodies.contains_key(id) {
        report.unknown(at, "body", id, known.bodies.keys().copied());
    }
}

fn validity(report: &mut Report<'_>, at: &Path<'_>, from: Option<Date>, to: Option<Date>) {
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        let message = format!("`valid_from` {} is after `valid_to` {}", iso(from), iso(to));
        report.inconsistent(&at.key("valid_to"), message);
    }
}

fn one_body(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, one: &Body) {
    validity(report, at, one.valid_from, one.valid_to);
    if one.names.is_empty() {
        report.missing(&at.key("names"), "a body needs at least one name");
    }
    let names = at.key("names");
    for (i, _) in one.names.iter().enumerate().filter(|(_, name)| !name.contains(char::is_alphanumeric)) {
        report.out_of_range(&names.index(i), "expected a name, found a text without letters");
    }
    if let Some(parent) = &one.parent {
        body(known, report, &at.key("parent"), parent.as_str());
    }
}

/// Reports every body that is above itself.
fn parents(known: &Known<'_>, report: &mut Report<'_>) {
    let mut sound: Set<&str> = Set::new();
    let bodies = Path::Root.key("body");
    for (i, start) in known.plan.body.iter().enumerate() {
        let mut chain: Vec<&str> = Vec::new();
        let mut on_chain: Set<&str> = Set::new();
        let mut next = Some(start.id.as_str());
        while let Some(id) = next.filter(|id| !sound.contains(id) && on_chain.insert(id)) {
            chain.push(id);
            next = known.bodies.get(id).and_then(|body| body.parent.as_ref()).map(BodyId::as_str);
        }
        if next == Some(start.id.as_str()) && chain.first() == next.as_ref() {
            let message = format!("`{}` is above itself", clip(start.id.as_str()));
            report.inconsistent(&bodies.index(i).key("parent"), message);
        }
        sound.extend(chain);
    }
}

fn one_group(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, group: &BodyGroup) {
    let members = at.key("members");
    for (i, member) in group.members.iter().enumerate() {
        body(known, report, &members.index(i), member.as_str());
    }
    super::ids::list(report, &members, group.members.iter().map(BodyId::as_str));
    match (group.members.is_empty(), group.kinds.is_empty()) {
        (false, false) => report.inconsistent(&at.key("kinds"), "give either `members` or `kinds`, not both"),
        (true, true) if group.note.is_none() => {
            report.missing(&members, "a group without `members` and `kinds` needs a `note` that says why");
        }
        _ => {}
    }
}

fn reorganisation(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, one: &Reorganisation) {
    let (from, to) = (at.key("from"), at.key("to"));
    if one.from.is_empty() {
        report.missing(&from, "a reorganisation needs the bodies before it");
    }
    for (i, id) in one.from.iter().enumerate() {
        body(known, report, &from.index(i), id.as_str());
        in_force(known, report, &from.index(i), id, one.date.previous_day().unwrap_or(one.date));
    }
    for (i, id) in one.to.iter().enumerate() {
        body(known, report, &to.index(i), id.as_str());
        in_force(known, report, &to.index(i), id, one.date);
    }
    super::ids::list(report, &from, one.from.iter().map(BodyId::as_str));
    super::ids::list(report, &to, one.to.iter().map(BodyId::as_str));
    shares(report, at, one);
}

fn in_force(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, id: &BodyId, day: Date) {
    if known.bodies.get(id.as_str()).is_some_and(|body| !body.in_force(day, day)) {
        let message = format!("`{}` is not in force on {}", clip(id.as_str()), iso(day));
        report.add(ProblemCode::NotInForce, at, message);
    }
}

fn shares(report: &mut Report<'_>, at: &Path<'_>, one: &Reorganisation) {
    if one.shares.is_empty() {
        return;
    }
    let shares = at.key("shares");
    if one.kind != ReorganisationKind::Split {
        report.inconsistent(
            &shares,
            format!("`shares` belong to a split, not to a reorganisation of kind `{}`", one.kind),
        );
    }
    let mut total = Some(Decimal::ZERO);
    for (i, share) in one.shares.iter().enumerate() {
        let share_at = shares.index(i);
        if !one.to.contains(&share.body) {
            report.unknown(
                &share_at.key("body"),
                "body after the split",
                share.body.as_str(),
                one.to.iter().map(BodyId::as_str),
            );
        }
        super::kinds::percent(report, &share_at.key("percent"), share.percent);
        total = total.and_then(|sum| sum.checked_add(share.percent));
    }
    if total != Some(Decimal::ONE_HUNDRED) {
        report.inconsistent(&shares, "the shares of a split must add up to 100 per cent");
    }
}
