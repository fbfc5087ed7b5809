//! A rank at least a band in each year.

use super::case::{Case, Prepared};
use super::finding::{Finding, Headroom, HeadroomValue, Measured, Required, Unit, Verdict};
use super::standing::{Rank as Known, best_left, standing};
use super::{Judgement, instances, judged, ranked};
use crate::calendar::Period;
use crate::measure::missing::{Lacking, Missing};
use crate::plan::Rule;
use crate::plan::kind::{Rank, RuleKind};
use crate::plan::registry::BodyIx;
use crate::plan::scale::Scale;

pub(super) fn findings(case: &Case, rule: &Prepared<'_>, rank: &Rank, out: &mut Vec<Finding>) {
    let now = case.as_of().year();
    let next = now.saturating_add(1).max(rank.from);
    let years = (rank.from..=now.min(rank.to)).chain((next <= rank.to).then_some(next));
    for year in years.filter_map(Period::year) {
        for body in instances::bodies_in(case, rule.rule, &year) {
            let Some(subject) = case.subject(body) else { continue };
            judged(case, rule, subject, year, |_| judge(case, rank, body, &year), out);
        }
    }
}

/// Whether a rule is an aspiration in a period, though not in every one.
pub(super) fn aspires(rule: &Rule, period: &Period) -> bool {
    match rule.kind() {
        RuleKind::Rank(rank) => rank.aspirational_from.is_some_and(|from| period.from().year() >= from),
        _ => false,
    }
}

fn judge<'l>(case: &'l Case, rank: &Rank, body: BodyIx, year: &Period) -> Option<Judgement<'l>> {
    let scale = case.plan().scale(rank.scale.as_str())?;
    let least = scale.place(rank.at_least.as_str())?;
    let mut judgement = Judgement::bare(Verdict::Pending);
    judgement.required = Some(Required::BandAtLeast(rank.at_least.clone()));
    judgement.due = Some(year.to());
    if year.from() > case.as_of() {
        return Some(judgement);
    }
    let standing = standing(case, body, year);
    judgement.evidence = standing.record.map(|record| &record.evidence);
    if let Some(place) = standing.known() {
        judgement.measured = ranked::band(scale, place).map(Measured::Band);
        judgement.verdict = if place <= least { Verdict::Met } else { Verdict::NotMet };
        judgement.headroom = headroom(scale, place, least);
        return Some(judgement);
    }
    if standing.rank == Known::Unranked {
        judgement.verdict = Verdict::NotApplicable;
        return Some(judgement);
    }
    judgement.missing.push(Missing { what: Lacking::Rank, field: None, period: *year });
    if case.as_of() > year.to() {
        judgement.verdict = Verdict::Undetermined;
    }
    judgement.notes.extend(best_left(case, body, year));
    Some(judgement)
}

/// So many bands from the rank to the first with the other verdict.
fn headroom(scale: &Scale, place: usize, least: usize) -> Option<Headroom> {
    let distance = match place.checked_sub(least) {
        Some(0) | None => least.checked_sub(place)?.checked_add(1)?,
        Some(short) => short,
    };
    // Where even the last band will do, nothing turns it.
    let turns = least.checked_add(1)? < scale.bands.len();
    let value = HeadroomValue::Count(i128::try_from(distance).ok()?);
    turns.then_some(Headroom { unit: Unit::Bands, value })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn where_the_last_band_will_do_nothing_turns_it() {
        let plan = crate::Plan::builtin().unwrap();
        let scale = plan.scale("rank").unwrap();
        let bands = |place, least| headroom(scale, place, least).map(|of| of.value);
        assert_eq!(scale.bands.len(), 4);
        assert_eq!((bands(0, 2), bands(3, 2)), (Some(HeadroomValue::Count(3)), Some(HeadroomValue::Count(1))));
        assert_eq!(bands(0, 3), None);
    }
}
