//! Whom a rule names and over what time: bodies in force, the plan's own span, periods cut to a body's life.

use std::sync::Arc;

use time::Date;

use super::case::{Case, Prepared};
use super::finding::Subject;
use crate::calendar::{Period, Step};
use crate::plan::kind::SubjectKind;
use crate::plan::registry::BodyIx;

/// A body that a rule names, and the time in which it is in force.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) body: BodyIx,
    pub(super) subject: Arc<Subject>,
    pub(super) life: Period,
}

/// From the plan's first day, or the first day of a later year, to the day of assessment or the plan's last.
pub(super) fn span(case: &Case, first_year: i32) -> Option<Period> {
    let document = case.plan().document();
    let from = Period::year(first_year)?.from().max(document.valid_from);
    let to = document.valid_to.map_or(case.as_of(), |last| last.min(case.as_of()));
    Period::new(from, to).ok()
}

/// The bodies of the rule's group that were ever in force by the day of assessment, by id; the city among them where the rule names it too.
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
    let others = |ix: &BodyIx| Some(*ix) != ledger.city;
    let named = |ix: BodyIx| {
        let body = ledger.registry.get(ix)?;
        let life = Period::new(body.valid_from.unwrap_or(Date::MIN), body.valid_to.unwrap_or(Date::MAX)).ok()?;
        // Who is only to come owes nothing yet.
        (life.from() <= case.as_of()).then_some(())?;
        Some(Named { body: ix, subject: case.subject(ix)?, life })
    };
    let mut all: Vec<Named> = match &subject.group {
        Some(group) => {
            let members = ledger.registry.group(group.as_str()).into_iter().flatten();
            members.filter(others).chain(city).filter_map(named).collect()
        }
        None => ledger.registry.iter().map(|(ix, _)| ix).filter(others).chain(city).filter_map(named).collect(),
    };
    all.sort_by(|a, b| a.subject.id.cmp(&b.subject.id));
    all
}

/// The years of a span in which bodies are judged: those of which the facts say anything of any body. The territory is
/// judged in every year.
pub(super) fn years(case: &Case, rule: &Prepared<'_>, span: &Period) -> Vec<Period> {
    let whole = span.touched(Step::Year);
    if rule.rule.head().subject.kind == SubjectKind::City {
        return whole.collect();
    }
    let told = case.ledger().told_years();
    whole.filter(|year| told.contains(&year.from().year())).collect()
}

/// Whether one of the times covers a period.
pub(super) fn covered(times: &[Period], period: &Period) -> bool {
    times.iter().any(|time| time.covers(period))
}
