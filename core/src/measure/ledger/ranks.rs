//! Ranks of bodies, values of indices, and fees paid online, by year.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Building, why};
use crate::calendar::Period;
use crate::facts::{Facts, IndexId, OnlinePayments, Ranking, TableName};
use crate::input::{Problem, ProblemCode, Problems};
use crate::measure::measurement::Evidence;
use crate::measure::note::DataNote;
use crate::order::{InOrder, Map};
use crate::plan::Plan;
use crate::plan::registry::BodyIx;
use crate::plan::scale::Scale;

/// The id of the scale that rankings speak of.
const RANK: &str = "rank";

/// A body's ranking in one year. Bands are places in the plan's scale, 0 the best.
#[derive(Debug, Clone)]
pub(crate) struct RankYear {
    /// Its rank, where the record has one or a score that gives one.
    pub(crate) place: Option<usize>,
    /// The ranks of its content areas.
    pub(crate) areas: Vec<(Arc<str>, Option<usize>)>,
    pub(crate) evidence: Evidence,
}

/// The value of an index in one year.
#[derive(Debug, Clone)]
pub(crate) struct IndexYear {
    pub(crate) value: Decimal,
    pub(crate) source: Option<Arc<str>>,
}

/// Fees paid online in one year: paid online, and payable.
#[derive(Debug, Default)]
pub(crate) struct Payments {
    pub(crate) own: Option<(u64, u64)>,
    pub(crate) peers: Vec<(u64, u64)>,
    pub(crate) sources: Vec<Arc<str>>,
}

/// Everything known of ranks, indices and places.
#[derive(Debug, Default)]
pub(crate) struct Ranks {
    bodies: Map<(BodyIx, i32), RankYear>,
    indices: Map<(IndexId, i32), IndexYear>,
    payments: Map<i32, Payments>,
}

impl Ranks {
    pub(crate) fn of(&self, body: BodyIx, year: i32) -> Option<&RankYear> {
        self.bodies.get(&(body, year))
    }

    /// Every ranking, by body and year.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = (BodyIx, i32, &RankYear)> {
        self.bodies.iter().map(|((body, year), rank)| (*body, *year, rank))
    }

    pub(crate) fn index(&self, index: IndexId, year: i32) -> Option<&IndexYear> {
        self.indices.get(&(index, year))
    }

    pub(crate) fn payments(&self, year: i32) -> Option<&Payments> {
        self.payments.get(&year)
    }
}

/// The scale that rankings speak of.
pub(crate) fn scale(plan: &Plan) -> Option<&Scale> {
    plan.scale(RANK)
}

/// Reports every band that the plan's scale does not have.
pub(super) fn check(plan: &Plan, facts: &Facts, problems: &mut Problems) {
    // A plan that ranks nobody reads no rankings.
    let Some(scale) = scale(plan) else { return };
    let bands: Vec<&str> = scale.bands.iter().map(|band| band.id.as_str()).collect();
    for (i, record) in facts.tables().rankings.iter().enumerate() {
        let areas = record.areas.iter().enumerate().filter_map(|(j, area)| Some((Some(j), area.rank.as_ref()?)));
        for (area, band) in record.rank.iter().map(|band| (None, band)).chain(areas) {
            if bands.contains(&band.as_str()) {
                continue;
            }
            let of = area.map_or_else(String::new, |j| format!(".areas[{j}]"));
            let path = format!("{}{of}.rank", facts.path(TableName::Rankings, i));
            let band = crate::input::node::clip(band.as_str());
            let message = format!("the plan's scale `{RANK}` has no band `{band}`");
            problems.push_near(
                Problem::new(ProblemCode::UnknownReference, path, None, message),
                &band,
                bands.iter().copied(),
            );
        }
    }
}

/// The band that a score falls into by a scale whose every band but the last has its lowest score.
fn band_of_score(scale: &Scale, score: Decimal) -> Option<usize> {
    let last = scale.bands.len().checked_sub(1)?;
    for (place, band) in scale.bands.iter().enumerate() {
        match band.from_score {
            Some(from) if score >= from => return Some(place),
            Some(_) => {}
            None => return (place == last).then_some(place),
        }
    }
    None
}

/// Whether a scale says of itself that its cut-offs are assumed.
fn assumed(scale: &Scale) -> bool {
    scale.note.as_ref().is_none_or(|note| crate::text::fold(note).contains("giả định"))
}

impl Building<'_> {
    pub(super) fn ranks(&mut self, plan: &Plan) -> Ranks {
        Ranks { bodies: self.rankings(scale(plan)), indices: self.indices(), payments: self.payments() }
    }

    fn rankings(&mut self, scale: Option<&Scale>) -> Map<(BodyIx, i32), RankYear> {
        let facts = self.facts;
        let mut ranks = Map::new();
        for record in &facts.tables().rankings {
            let Some(year) = Period::year(record.year) else { continue };
            let Some(body) = self.names.find(&record.body, Some(year)) else { continue };
            if record.year > self.as_of.year() {
                self.unused("rankings", record.body.as_str(), &year, why::LATER);
                continue;
            }
            let rank = self.ranking(scale, record);
            ranks.insert((body, record.year), rank);
        }
        ranks
    }

    fn ranking(&mut self, scale: Option<&Scale>, record: &Ranking) -> RankYear {
        let mut evidence = Evidence::default();
        let named = |band: &crate::facts::BandId| scale.and_then(|scale| scale.place(band.as_str()));
        let place = match (&record.rank, record.score, scale) {
            (Some(band), _, _) => named(band),
            (None, Some(score), Some(scale)) => {
                let place = band_of_score(scale, score);
                evidence.notes.extend(place.map(|_| DataNote::RankFromScore { score, assumed: assumed(scale) }));
                place
            }
            _ => None,
        };
        evidence.sources.extend(self.source(record.source.as_ref()));
        let areas = record.areas.iter();
        let areas = areas.map(|area| (self.shared(area.area.as_str()), area.rank.as_ref().and_then(named))).collect();
        RankYear { place, areas, evidence }
    }

    fn indices(&mut self) -> Map<(IndexId, i32), IndexYear> {
        let facts = self.facts;
        let mut indices = Map::new();
        for record in &facts.tables().indices {
            if record.year > self.as_of.year() {
                if let Some(year) = Period::year(record.year) {
                    self.unused("indices", record.index.as_str(), &year, why::LATER);
                }
                continue;
            }
            let source = self.source(record.source.as_ref());
            indices.insert((record.index, record.year), IndexYear { value: record.value, source });
        }
        indices
    }

    fn payments(&mut self) -> Map<i32, Payments> {
        let facts = self.facts;
        let city = self.names.registry().city();
        let mut payments: Map<i32, Payments> = Map::new();
        for record in &facts.tables().online_payments {
            let OnlinePayments { year, locality, paid_online, payable, source, .. } = record;
            let Some(period) = Period::year(*year) else { continue };
            // A locality that is no body of the plan is a peer under its own name.
            let own = city.is_some() && self.names.find(locality, Some(period)) == city;
            if *year > self.as_of.year() {
                self.unused("online_payments", locality.as_str(), &period, why::LATER);
                continue;
            }
            let source = self.source(source.as_ref());
            let of_year = payments.entry(*year).or_default();
            if own {
                of_year.own = Some((*paid_online, *payable));
            } else {
                of_year.peers.push((*paid_online, *payable));
            }
            of_year.sources.extend(source);
        }
        for of_year in payments.values_mut() {
            of_year.sources.order();
            of_year.sources.dedup();
        }
        payments
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::reading::Bilingual;
    use crate::plan::scale::Band;

    fn scale_of(from: &[Option<i64>]) -> Scale {
        let band = |(i, from): (usize, &Option<i64>)| Band {
            id: format!("b{i}").as_str().into(),
            vi: String::new(),
            en: String::new(),
            from_score: from.map(Decimal::from),
        };
        let name = Bilingual { vi: String::new(), en: String::new() };
        Scale { id: RANK.into(), name, bands: from.iter().enumerate().map(band).collect(), note: None }
    }

    #[test]
    fn a_score_falls_into_the_best_band_it_reaches() {
        let scale = scale_of(&[Some(85), Some(70), Some(50), Some(0)]);
        for (score, place) in [("85", 0), ("84.999", 1), ("70", 1), ("50", 2), ("49.99", 3), ("0", 3), ("120", 0)] {
            assert_eq!(band_of_score(&scale, score.parse().unwrap()), Some(place), "{score}");
        }
    }

    #[test]
    fn cut_offs_are_assumed_unless_a_note_says_whose_they_are() {
        let noted = |note: &str| Scale { note: Some(note.to_owned()), ..scale_of(&[Some(85), Some(0)]) };
        assert!(assumed(&scale_of(&[Some(85), Some(0)])));
        assert!(assumed(&noted("Các mốc điểm là GIẢ ĐỊNH.")));
        assert!(!assumed(&noted("Mốc điểm theo Quyết định của UBND tỉnh.")));
    }

    #[test]
    fn a_scale_without_a_cut_off_gives_no_band_below_it() {
        let open = scale_of(&[Some(85), None, Some(50), Some(0)]);
        assert_eq!(band_of_score(&open, 90.into()), Some(0));
        assert_eq!(band_of_score(&open, 60.into()), None);
        // The last band needs none.
        assert_eq!(band_of_score(&scale_of(&[Some(85), Some(50), None]), 3.into()), Some(2));
        assert_eq!(band_of_score(&scale_of(&[None, None]), 3.into()), None);
        assert_eq!(band_of_score(&scale_of(&[]), 3.into()), None);
    }
}
