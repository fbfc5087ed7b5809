//! Conditions of caps that look at ranks: of the body, and of the content areas that a person is tied to.

use std::sync::Arc;

use super::Judgement;
use super::case::Case;
use super::finding::{Headroom, HeadroomValue, Measured, Required, Unit, Verdict};
use super::standing::{Rank, Standing, best_left, least, standing};
use crate::calendar::Period;
use crate::measure::ledger::{PersonEntry, Who, rank_scale};
use crate::measure::missing::{Lacking, Missing};
use crate::plan::ids::BandId;
use crate::plan::kind::{Condition, MeasureId};
use crate::plan::registry::BodyIx;
use crate::plan::scale::Scale;

/// What one condition on a rank says of a subject in a year; what it looked at goes into the judgement.
pub(super) fn condition<'l>(
    case: &'l Case,
    condition: &Condition,
    who: Who,
    year: &Period,
    mut judgement: Option<&mut Judgement<'l>>,
) -> Verdict {
    let (Some(scale), Some(least)) = (rank_scale(case.plan()), least(case.plan(), condition)) else {
        return Verdict::Undetermined;
    };
    let Some(body) = body_of(case, who) else {
        if let Some(judgement) = judgement {
            judgement.required = required(condition);
            judgement.missing.push(Missing { what: Lacking::Rank, field: None, period: *year });
        }
        return Verdict::Undetermined;
    };
    let standing = standing(case, body, year);
    if let Some(judgement) = judgement.as_deref_mut() {
        judgement.required = required(condition);
        judgement.body = (!matches!(who, Who::Body(_))).then_some(body);
        judgement.evidence = standing.record.map(|record| &record.evidence);
        if standing.rank == Rank::Unknown {
            judgement.notes.extend(best_left(case, body, year));
        }
    }
    match (condition.measure, who) {
        (MeasureId::AreaRank, Who::Person(person)) => {
            let Some(person) = case.ledger().people.get(person.index()) else { return Verdict::Undetermined };
            areas(scale, least, person, &standing, year, judgement)
        }
        _ => of_body(scale, least, &standing, year, judgement),
    }
}

/// The body whose rank bears on a subject.
pub(super) fn body_of(case: &Case, who: Who) -> Option<BodyIx> {
    match who {
        Who::Body(body) => Some(body),
        Who::Person(person) => case.ledger().people.get(person.index())?.post().map(|(body, _)| body),
        Who::Collective(collective) => Some(case.ledger().collectives.get(collective.index())?.body),
    }
}

fn required(condition: &Condition) -> Option<Required> {
    let at_most = condition.band_at_most.clone().map(Required::BandAtMost);
    at_most.or_else(|| condition.band_below.clone().map(Required::BandBelow))
}

fn verdict(holds: Option<bool>) -> Verdict {
    match holds {
        Some(true) => Verdict::Binding,
        Some(false) => Verdict::NotBinding,
        None => Verdict::Undetermined,
    }
}

/// The id of the band at a place.
pub(super) fn band(scale: &Scale, place: usize) -> Option<BandId> {
    scale.bands.get(place).map(|band| band.id.clone())
}

/// So many bands from a place to the first at which `at_or_below` turns.
pub(super) fn bands_to_turn(place: usize, least: usize) -> Option<Headroom> {
    // A condition that holds at every place never turns.
    let distance = if place >= least { place.checked_sub(least)?.checked_add(1)? } else { least.checked_sub(place)? };
    let value = HeadroomValue::Count(i128::try_from(distance).ok()?);
    (least > 0).then_some(Headroom { unit: Unit::Bands, value })
}

fn of_body(
    scale: &Scale,
    least: usize,
    standing: &Standing<'_>,
    year: &Period,
    judgement: Option<&mut Judgement<'_>>,
) -> Verdict {
    let verdict = match standing.rank {
        Rank::Unranked => return Verdict::NotApplicable,
        Rank::Place(place) => verdict(Some(place >= least)),
        Rank::Unknown => Verdict::Undetermined,
    };
    let Some(judgement) = judgement else { return verdict };
    match standing.known() {
        Some(place) => {
            judgement.measured = band(scale, place).map(Measured::Band);
            judgement.headroom = bands_to_turn(place, least);
        }
        None => judgement.missing.push(Missing { what: Lacking::Rank, field: None, period: *year }),
    }
    verdict
}

/// Whether any of the areas that a person is tied to is that low, as Kleene has it.
fn areas(
    scale: &Scale,
    least: usize,
    person: &PersonEntry,
    standing: &Standing<'_>,
    year: &Period,
    judgement: Option<&mut Judgement<'_>>,
) -> Verdict {
    let listed = standing.record.map_or(&[][..], |record| &record.areas);
    let place = |area: &Arc<str>| listed.iter().find(|(of, _)| of == area).and_then(|(_, place)| *place);
    let known = || person.tied.iter().filter_map(|area| Some((area, place(area)?)));
    let low = known().any(|(_, place)| place >= least);
    let all_known = known().count() == person.tied.len();
    let verdict = verdict(if low { Some(true) } else { all_known.then_some(false) });
    let Some(judgement) = judgement else { return verdict };
    let found: Vec<_> = known().map(|(area, place)| (Arc::clone(area), band(scale, place))).collect();
    if !found.is_empty() {
        let rank = match judgement.measured.take() {
            Some(Measured::Band(rank)) => Some(rank),
            _ => None,
        };
        judgement.measured = Some(Measured::Areas { rank, areas: found });
    }
    judgement.headroom = None;
    if verdict == Verdict::Undetermined {
        let unknown = person.tied.iter().filter(|area| place(area).is_none());
        let missing =
            |area: &Arc<str>| Missing { what: Lacking::AreaRank, field: Some(Arc::clone(area)), period: *year };
        judgement.missing.extend(unknown.map(missing));
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_that_holds_at_every_place_never_turns() {
        let bands = |place, least| bands_to_turn(place, least).map(|of| of.value);
        assert_eq!((bands(2, 1), bands(0, 1)), (Some(HeadroomValue::Count(2)), Some(HeadroomValue::Count(1))));
        assert_eq!((bands(0, 0), bands(2, 0)), (None, None));
    }
}
