//! What is known of a body's rank in a year: the band, or the bands between which it lies.
//!
//! A rank that is not yet known is no better than the caps on it allow: a body whose late share rules out "good"
//! cannot be ranked good, whatever the ranking will say. So what follows from "not good" follows already.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::case::Case;
use super::finding::Verdict;
use super::{cap, instances};
use crate::calendar::Period;
use crate::facts::TableName;
use crate::measure::ledger::{RankYear, Who, rank_scale};
use crate::measure::ways::Ways;
use crate::plan::ids::ReadingKey;
use crate::plan::kind::{Cap, Condition, RuleKind};
use crate::plan::registry::BodyIx;
use crate::plan::scale::Scale;
use crate::plan::{Plan, Rule};

/// The places in a scale between which a band lies, both included; 0 is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) best: usize,
    pub(super) worst: usize,
}

impl Span {
    pub(super) fn exactly(place: usize) -> Span {
        Span { best: place, worst: place }
    }

    /// The whole of a scale.
    pub(super) fn all(scale: &Scale) -> Span {
        Span { best: 0, worst: scale.bands.len().saturating_sub(1) }
    }

    /// Whether it lies at `least` or lower in the scale; `None` where part of it does and part does not.
    pub(super) fn at_or_below(&self, least: usize) -> Option<bool> {
        if self.best >= least { Some(true) } else { (self.worst < least).then_some(false) }
    }

    /// Whether it is this place.
    pub(super) fn is(&self, place: usize) -> Option<bool> {
        if place < self.best || place > self.worst { Some(false) } else { (self.best == self.worst).then_some(true) }
    }
}

/// What is known of a rank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing<'l> {
    /// Where it lies; none where the body is known to have no rank.
    pub(super) span: Option<Span>,
    /// The record of it, which may be without a rank.
    pub(super) record: Option<&'l RankYear>,
}

impl Standing<'_> {
    /// The rank itself, where the facts have it.
    pub(super) fn known(&self) -> Option<usize> {
        self.record.and_then(|record| record.place)
    }
}

/// What is known of the rank of a body in a year.
pub(super) fn standing<'l>(case: &'l Case, body: BodyIx, year: &Period, ways: &Ways) -> Standing<'l> {
    let ledger = case.ledger();
    let record = ledger.ranks.of(body, year.from().year());
    if let Some(place) = record.and_then(|record| record.place) {
        return Standing { span: Some(Span::exactly(place)), record };
    }
    // The province ranks the city: a complete list of the bodies that the city ranks says nothing of it, only one of the
    // city itself does.
    let complete = || match Some(body) == ledger.city {
        true => ledger.complete_of(TableName::Rankings, body, year),
        false => ledger.complete(TableName::Rankings, None, Some(body), year),
    };
    if record.is_none() && complete() {
        return Standing { span: None, record };
    }
    let all = rank_scale(case.plan()).map_or(Span { best: 0, worst: usize::MAX }, Span::all);
    let best = case.rank_ceilings().best(case, body, year.from().year(), ways);
    Standing { span: Some(Span { best: best.min(all.worst), ..all }), record }
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

/// A cap on the rank itself that does not look at ranks, with the place of its ceiling.
fn caps_rank<'p>(plan: &'p Plan, rule: &'p Rule) -> Option<(&'p Cap, usize)> {
    let scale = rank_scale(plan)?;
    match rule.kind() {
        RuleKind::Cap(cap) if cap.scale == scale.id && !instances::by_rank(rule) => {
            Some((cap, scale.place(cap.ceiling.as_str())?))
        }
        _ => None,
    }
}

/// The readings that a rule relies on: its own and, where the ceiling of a rank not yet known can decide it, those
/// of the caps that make the ceiling.
pub(crate) fn readings(plan: &Plan, rule: &Rule) -> Vec<ReadingKey> {
    let mut keys = rule.head().readings.clone();
    let Some(least) = deciding(plan, rule) else { return keys };
    for cap in plan.rules().iter().filter(|cap| caps_rank(plan, cap).is_some_and(|(_, place)| place >= least)) {
        for key in &cap.head().readings {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
    }
    keys
}

/// The best place at which a ceiling can decide a rule that looks at ranks.
fn deciding(plan: &Plan, rule: &Rule) -> Option<usize> {
    match rule.kind() {
        RuleKind::Cap(cap) => {
            let all = cap.when.iter().chain(cap.under.iter().flat_map(|under| &under.when));
            all.filter_map(|condition| least(plan, condition)).min()
        }
        RuleKind::Consequence(consequence) => {
            let scale = rank_scale(plan)?;
            consequence.patterns.iter().filter_map(|pattern| scale.place(pattern.band.as_str())).min()
        }
        _ => None,
    }
}

/// Under one choice of readings, for each body and year the place of its ceiling in the scale.
type Table = (Ways, BTreeMap<(BodyIx, i32), usize>);

/// A cap of ranks, the place of its ceiling, and whom it caps when.
type Capped<'c> = (&'c Cap, usize, Vec<(Who, Period)>);

/// Under choices of readings that mean the same to a cap, whom it binds in which years.
type Bound = (Ways, Vec<(BodyIx, i32)>);

/// The best rank that caps leave each body in each year, by the readings; made when first asked for.
#[derive(Debug, Default)]
pub(crate) struct RankCeilings(OnceLock<Vec<Table>>);

impl RankCeilings {
    /// The best place still possible: 0 where no cap binds.
    pub(super) fn best(&self, case: &Case, body: BodyIx, year: i32, ways: &Ways) -> usize {
        let tables = self.0.get_or_init(|| tables(case));
        let table = tables.iter().find(|(of, _)| of == ways).map(|(_, table)| table);
        table.and_then(|table| table.get(&(body, year))).copied().unwrap_or(0)
    }
}

/// A table for the readings chosen and for each other option that rules by rank ask about.
fn tables(case: &Case) -> Vec<Table> {
    let mut all: Vec<Ways> = vec![case.ways().clone()];
    for rule in case.rules().filter(|rule| instances::by_rank(rule.rule)) {
        for alternative in rule.alternatives {
            if !all.contains(&alternative.ways) {
                all.push(alternative.ways.clone());
            }
        }
    }
    let caps: Vec<Capped<'_>> = case
        .rules()
        .filter_map(|rule| {
            let (cap, place) = caps_rank(case.plan(), rule.rule)?;
            Some((cap, place, instances::instances(case, rule.rule)))
        })
        .collect();
    let mut known: Vec<Vec<Bound>> = vec![Vec::new(); caps.len()];
    let table = |ways: Ways| {
        let mut table: BTreeMap<(BodyIx, i32), usize> = BTreeMap::new();
        for (capped, known) in caps.iter().zip(&mut known) {
            let (cap, place, _) = capped;
            if !known.iter().any(|(of, _)| cap::alike(case, cap, of, &ways)) {
                known.push((ways.clone(), bound(case, capped, &ways)));
            }
            let bound = known.iter().find(|(of, _)| cap::alike(case, cap, of, &ways)).map(|(_, bound)| bound);
            for key in bound.into_iter().flatten() {
                let best = table.entry(*key).or_default();
                *best = (*best).max(*place);
            }
        }
        (ways, table)
    };
    all.into_iter().map(table).collect()
}

/// The bodies that a cap binds, and the years.
fn bound(case: &Case, (cap, _, instances): &Capped<'_>, ways: &Ways) -> Vec<(BodyIx, i32)> {
    let binds = |(who, year): &(Who, Period)| match who {
        Who::Body(body) if cap::verdict(case, cap, *who, year, ways) == Verdict::Binding => {
            Some((*body, year.from().year()))
        }
        _ => None,
    };
    instances.iter().filter_map(binds).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_decides_what_all_its_places_agree_on() {
        for best in 0..5 {
            for worst in best..5 {
                let span = Span { best, worst };
                for place in 0..5 {
                    let mut below = (best..=worst).map(|p| p >= place);
                    let first = below.next().unwrap();
                    assert_eq!(span.at_or_below(place), below.all(|b| b == first).then_some(first));
                    let mut is = (best..=worst).map(|p| p == place);
                    let first = is.next().unwrap();
                    assert_eq!(span.is(place), is.all(|b| b == first).then_some(first));
                }
            }
        }
    }
}
