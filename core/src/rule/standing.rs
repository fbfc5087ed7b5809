//! What is known of a body's rank in a year: the band, or that it has none.
//!
//! A rank is what a ranking says. What caps leave of one that is not known is remarked and nothing is concluded from it:
//! a superior ranks the city, and a rank given above a cap counts as given.

use super::case::Case;
use super::finding::Verdict;
use super::{cap, instances};
use crate::calendar::Period;
use crate::facts::TableName;
use crate::measure::ledger::{RankYear, Who, rank_scale};
use crate::measure::note::{BandName, DataNote};
use crate::plan::kind::{Condition, RuleKind};
use crate::plan::registry::BodyIx;
use crate::plan::{Plan, Rule};

/// A rank as far as it is known. Places are those of the plan's scale, 0 the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// This one.
    Place(usize),
    /// Nobody has said yet.
    Unknown,
    /// The body is known to have none: it was not there, or a complete ranking does not list it.
    Unranked,
}

/// What is known of a rank, and the record of it, which may be without a rank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing<'l> {
    pub(super) rank: Rank,
    pub(super) record: Option<&'l RankYear>,
}

impl Standing<'_> {
    /// The rank itself, where it is known.
    pub(super) fn known(&self) -> Option<usize> {
        match self.rank {
            Rank::Place(place) => Some(place),
            Rank::Unknown | Rank::Unranked => None,
        }
    }
}

/// What is known of the rank of a body in a year.
pub(super) fn standing<'l>(case: &'l Case, body: BodyIx, year: &Period) -> Standing<'l> {
    let ledger = case.ledger();
    let record = ledger.ranks.of(body, year.from().year());
    let of_city = Some(body) == ledger.city;
    // The territory outlives the city's own end.
    let there = || of_city || ledger.registry.get(body).is_some_and(|of| of.in_force(year.from(), year.to()));
    // The province ranks the city: a complete list of the bodies that the city ranks says nothing of it, only one of the
    // city itself does.
    let listed = || match of_city {
        true => ledger.complete_of(TableName::Rankings, body, year),
        false => ledger.complete(TableName::Rankings, None, Some(body), year),
    };
    let rank = match record {
        Some(record) => record.place.map_or(Rank::Unknown, Rank::Place),
        None if !there() || listed() => Rank::Unranked,
        None => Rank::Unknown,
    };
    Standing { rank, record }
}

/// The place at which, and below which, a condition on a rank holds.
pub(super) fn least(plan: &Plan, condition: &Condition) -> Option<usize> {
    let scale = rank_scale(plan)?;
    match (&condition.band_at_most, &condition.band_below) {
        (Some(band), _) => scale.place(band.as_str()),
        (None, Some(band)) => scale.place(band.as_str())?.checked_add(1),
        (None, None) => None,
    }
}

/// That caps leave a body no better rank than one below the top; a remark beside a rank that is not known.
pub(super) fn best_left(case: &Case, body: BodyIx, year: &Period) -> Option<DataNote> {
    let scale = rank_scale(case.plan())?;
    let who = Who::Body(body);
    // A cap that looks at the rank itself is open as that is, and does not bind.
    let binds = |rule: &Rule| {
        let RuleKind::Cap(cap) = rule.kind() else { return None };
        let bound = cap.scale == scale.id
            && instances::meant(case, rule, who)
            && cap::verdict(case, cap, who, year, case.ways()) == Verdict::Binding;
        scale.place(cap.ceiling.as_str()).filter(|_| bound)
    };
    let best = case.rules().filter_map(|rule| binds(rule.rule)).max().filter(|best| *best > 0)?;
    Some(DataNote::RankCeiling { ceiling: BandName::of(scale.bands.get(best)?) })
}
