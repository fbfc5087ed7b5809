//! Satisfaction by body, field and year.

use super::dossiers::{PublishedShare, join, joined};
use super::{Building, why};
use crate::calendar::Period;
use crate::facts::{FieldId, ShareMeasure, Survey, SurveyResult};
use crate::measure::exact::{Amount, Extent};
use crate::measure::measurement::Evidence;
use crate::measure::note::DataNote;
use crate::order::Map;
use crate::plan::registry::BodyIx;

/// Satisfaction of one body in one field and year.
#[derive(Debug, Clone)]
pub(crate) struct SurveyYear {
    /// The percentage; `None` where nobody was asked.
    pub(crate) extent: Option<Extent>,
    /// Satisfied and respondents, where they are known.
    pub(crate) counts: Option<(u64, u64)>,
    pub(crate) evidence: Evidence,
}

/// Everything known of satisfaction, in order.
#[derive(Debug, Default)]
pub(crate) struct Surveys(Vec<(Key, SurveyYear)>);

impl Surveys {
    pub(crate) fn get(&self, body: BodyIx, field: &str, year: i32) -> Option<&SurveyYear> {
        let sought = (body, field, year);
        let place = self.0.binary_search_by(|((body, field, year), _)| (*body, field.as_str(), *year).cmp(&sought));
        Some(&self.0.get(place.ok()?)?.1)
    }
}

/// Satisfied, respondents, bodies, and what they rest on.
type Sum = (u64, u64, u32, Evidence);
pub(super) type Key = (BodyIx, FieldId, i32);

impl Building<'_> {
    pub(super) fn surveys(&mut self) -> Surveys {
        let mut surveys = self.survey_records();
        for (key, published) in self.published_satisfaction() {
            match surveys.get_mut(&key) {
                None => {
                    let PublishedShare { extent, evidence } = published;
                    surveys.insert(key, SurveyYear { extent: Some(extent), counts: None, evidence });
                }
                Some(survey) => narrow(survey, published),
            }
        }
        // What the city sums are of the records themselves: each survey once.
        let sums = self.summed_surveys(&surveys);
        self.surveys_over(&mut surveys);
        surveys.extend(sums);
        Surveys(surveys.into_iter().collect())
    }

    fn survey_records(&mut self) -> Map<Key, SurveyYear> {
        let mut surveys = Map::new();
        let facts = self.facts;
        for record in &facts.tables().surveys {
            let Some(year) = Period::year(record.year) else { continue };
            let Some(body) = self.names.find_or_city(record.body.as_ref(), year) else { continue };
            self.saw(Some(body), &year);
            if record.year > self.as_of.year() {
                let subject = record.body.as_ref().map_or("", |name| name.as_str());
                self.unused("surveys", subject, &year, why::LATER);
                continue;
            }
            let mut survey = survey_year(record);
            survey.evidence.sources.extend(self.source(record.source.as_ref()));
            surveys.insert((body, record.field.clone(), record.year), survey);
        }
        surveys
    }

    fn published_satisfaction(&mut self) -> Map<Key, PublishedShare> {
        let mut parts: Map<Key, Vec<(Period, PublishedShare)>> = Map::new();
        let facts = self.facts;
        let shares = facts.tables().shares.iter();
        for record in shares.filter(|share| share.measure == ShareMeasure::Satisfaction) {
            let Some(period) = record.period() else { continue };
            let body = self.names.find_or_city(record.body.as_ref(), period);
            let usable =
                record.officer.is_none() && record.from.year() == record.to.year() && record.from <= self.as_of;
            let (Some(body), true) = (body, usable) else { continue };
            let field = record.field.clone().unwrap_or_else(|| FieldId::from(FieldId::OVERALL));
            let mut evidence = Evidence::default();
            evidence.notes.push(DataNote::PercentageOnly);
            evidence.notes.extend(record.rounded_to.map(|places| DataNote::Rounded { places }));
            evidence.sources.extend(self.source(record.source.as_ref()));
            let share =
                PublishedShare { extent: Extent::published(record.percent.value(), record.rounded_to), evidence };
            parts.entry((body, field, record.from.year())).or_default().push((period, share));
        }
        parts
            .into_iter()
            .filter_map(|(key, parts)| {
                let year = key.2;
                Some((key, joined(year, parts)?))
            })
            .collect()
    }

    /// The city's figure where it has none: the sum over the bodies of its territory whose surveys are declared complete.
    fn summed_surveys(&self, surveys: &Map<Key, SurveyYear>) -> Vec<(Key, SurveyYear)> {
        let Some(city) = self.names.registry().city() else { return Vec::new() };
        let mut sums: Map<(FieldId, i32), Option<Sum>> = Map::new();
        for (key, survey) in surveys.iter().filter(|((body, ..), _)| *body != city && self.lineage.in_territory(*body))
        {
            let (_, field, year) = key;
            let complete = self.so_far(*year).is_some_and(|period| {
                super::complete(&self.scopes, crate::facts::TableName::Surveys, None, None, &period)
            });
            if !complete || surveys.contains_key(&(city, field.clone(), *year)) || self.survey_taken(surveys, key) {
                continue;
            }
            let sum = sums.entry((field.clone(), *year)).or_insert_with(|| Some((0, 0, 0, Evidence::default())));
            // Percentages alone cannot be pooled: one body without counts leaves the sum unknown.
            *sum = match (sum.take(), survey.counts) {
                (Some((satisfied, asked, bodies, mut evidence)), Some((more, of))) => {
                    join(&mut evidence, survey.evidence.clone());
                    Some((satisfied.saturating_add(more), asked.saturating_add(of), bodies.saturating_add(1), evidence))
                }
                _ => None,
            };
        }
        let mut found = Vec::new();
        for ((field, year), sum) in sums {
            let Some((satisfied, asked, bodies, mut evidence)) = sum else { continue };
            evidence.notes.push(DataNote::SummedOverBodies { bodies });
            let surveyed = |body: BodyIx| surveys.contains_key(&(body, field.clone(), year));
            evidence.notes.extend(self.over_successors(surveyed));
            let extent = share_of(satisfied, asked);
            found.push(((city, field, year), SurveyYear { extent, counts: Some((satisfied, asked)), evidence }));
        }
        found
    }
}

fn share_of(satisfied: u64, respondents: u64) -> Option<Extent> {
    (respondents > 0).then(|| Extent::exactly(Amount::Share { part: satisfied, whole: respondents }))
}

fn survey_year(record: &Survey) -> SurveyYear {
    let mut evidence = Evidence::default();
    let (extent, counts) = match record.result() {
        Some(SurveyResult::Counts { respondents, satisfied }) => {
            (share_of(satisfied, respondents), Some((satisfied, respondents)))
        }
        Some(SurveyResult::Percent { percent, rounded_to }) => {
            evidence.notes.push(DataNote::PercentageOnly);
            evidence.notes.extend(rounded_to.map(|places| DataNote::Rounded { places }));
            (Some(Extent::published(percent.value(), rounded_to)), None)
        }
        // The facts' own checks refuse a record that is neither.
        None => (Some(Extent::UNKNOWN), None),
    };
    SurveyYear { extent, counts, evidence }
}

/// A survey and a published percentage of the same year: what both allow.
fn narrow(survey: &mut SurveyYear, published: PublishedShare) {
    let Some(extent) = survey.extent else { return };
    match extent.intersection(&published.extent) {
        Some(both) if survey.counts.is_none() => {
            survey.extent = Some(both);
            join(&mut survey.evidence, published.evidence);
        }
        Some(_) => {}
        None => survey.evidence.notes.push(DataNote::PercentageContradictsCounts),
    }
}
