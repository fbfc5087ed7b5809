//! Satisfaction read over the bodies a body came of, and over the territory.
//!
//! A survey is of a whole year: a new body's own stands alone; else those of the bodies it came of are read together,
//! and a body that goes on as itself has its own beside theirs. Respondents add up. Percentages without them cannot be
//! weighed: the whole lies somewhere between the lowest and the highest.

use std::sync::Arc;

use time::Date;

use super::Building;
use super::dossiers::join;
use super::surveys::{Key, SurveyYear};
use crate::calendar::Period;
use crate::facts::FieldId;
use crate::measure::exact::Extent;
use crate::measure::measurement::Evidence;
use crate::measure::note::DataNote;
use crate::measure::range::{Range, share};
use crate::order::{Map, Set};
use crate::plan::lineage::{Link, Part};
use crate::plan::registry::BodyIx;

/// Surveys of one field and year read together.
#[derive(Default)]
struct Together {
    /// Satisfied and respondents, as long as every survey gives them.
    counts: Option<(Range, Range)>,
    /// The hull of what each survey says; none where nobody was asked.
    hull: Option<Extent>,
    surveys: u32,
    without_counts: bool,
    evidence: Evidence,
    over: Set<BodyIx>,
    without: Set<BodyIx>,
}

impl Together {
    fn add(&mut self, survey: &SurveyYear) {
        let counts = survey.counts.map(|(satisfied, asked)| (Range::exactly(satisfied), Range::exactly(asked)));
        self.beside(Together {
            counts,
            hull: survey.extent,
            surveys: 1,
            without_counts: counts.is_none(),
            evidence: survey.evidence.clone(),
            ..Together::default()
        });
    }

    fn beside(&mut self, other: Together) {
        self.counts = match (self.counts, other.counts) {
            (Some((a, b)), Some((c, d))) => Some((a.plus(&c), b.plus(&d))),
            (a, b) => a.or(b),
        };
        self.hull = match (self.hull, other.hull) {
            (Some(a), Some(b)) => Some(a.hull(&b)),
            (a, b) => a.or(b),
        };
        self.surveys = self.surveys.saturating_add(other.surveys);
        self.without_counts |= other.without_counts;
        join(&mut self.evidence, other.evidence);
        self.over.extend(other.over);
        self.without.extend(other.without);
    }

    /// The part of a body that goes to another.
    fn divided(mut self, part: Part, body: Arc<str>) -> Together {
        let percent = match part {
            Part::Whole | Part::Nothing => return self,
            Part::Percent(percent) => Some(percent),
            Part::Undeclared => None,
        };
        let of = |count: Range| percent.map_or_else(|| count.at_most_all(), |percent| count.scaled(percent));
        self.counts = self.counts.map(|(satisfied, asked)| (of(satisfied), of(asked)));
        if percent.is_none() {
            // Nothing says that the part is as satisfied as the whole was.
            self.hull = self.hull.map(|_| Extent::UNKNOWN);
        }
        self.evidence.notes.push(DataNote::Divided { body, percent });
        self
    }

    fn settle(self, names: impl Fn(&Set<BodyIx>) -> Vec<Arc<str>>) -> Option<SurveyYear> {
        let note = DataNote::OverPredecessors { bodies: names(&self.over), without: names(&self.without) };
        let mut evidence = self.evidence;
        evidence.notes.push(note);
        let survey = if self.without_counts {
            if self.surveys > 1 {
                evidence.notes.push(DataNote::HullOfPercentages);
            }
            SurveyYear { extent: self.hull, counts: None, evidence }
        } else {
            let (satisfied, asked) = self.counts?;
            let counts = satisfied.known().zip(asked.known());
            SurveyYear { extent: share(satisfied, asked), counts, evidence }
        };
        let mut survey = survey;
        join(&mut survey.evidence, Evidence::default());
        Some(survey)
    }
}

impl Building<'_> {
    /// Puts in place of each survey year of a body that took over others in that year what is known of all of them.
    pub(super) fn surveys_over(&self, surveys: &mut Map<Key, SurveyYear>) {
        let mut touched: Set<(i32, BodyIx)> = Set::new();
        let mut fields: Map<i32, Set<FieldId>> = Map::new();
        for (body, field, year) in surveys.keys() {
            self.reached_within(*body, *year, &mut touched);
            fields.entry(*year).or_default().insert(field.clone());
        }
        let mut found: Vec<(Key, SurveyYear)> = Vec::new();
        for (number, body) in touched {
            let Some(year) = self.so_far(number) else { continue };
            // Who came of nobody within the year has its own surveys alone.
            if self.links_before(body, &year, year.to()).next().is_none() {
                continue;
            }
            for field in fields.get(&number).into_iter().flatten() {
                let Some(read) = self.together(surveys, body, field, &year, year.to()) else { continue };
                if read.over.is_empty() && read.without.is_empty() {
                    continue;
                }
                let survey = read.settle(|bodies| bodies.iter().map(|body| self.name(*body)).collect());
                found.extend(survey.map(|survey| ((body, field.clone(), number), survey)));
            }
        }
        surveys.extend(found);
    }

    fn together(
        &self,
        surveys: &Map<Key, SurveyYear>,
        body: BodyIx,
        field: &FieldId,
        year: &Period,
        until: Date,
    ) -> Option<Together> {
        let mut read = Together::default();
        let own = surveys.get(&(body, field.clone(), year.from().year()));
        let links = self.links_before(body, year, until);
        let new = |link: &Link| !self.exists_before(body, link.date);
        if let Some(own) = own {
            read.add(own);
        }
        // A new body's own survey is the year's; so is that of a body which a split left smaller.
        let over: Vec<Link> = links.filter(|link| link.body != body && !(own.is_some() && new(link))).collect();
        for link in over {
            let eve = link.date.previous_day()?;
            match self.together(surveys, link.body, field, year, eve) {
                Some(found) => {
                    read.over.insert(link.body);
                    read.beside(found.divided(link.part, self.name(link.body)));
                }
                None => {
                    read.without.insert(link.body);
                }
            }
        }
        (read.surveys > 0).then_some(read)
    }

    /// Whether a new body's own survey of a year and field says what this one says.
    pub(super) fn survey_taken(&self, surveys: &Map<Key, SurveyYear>, key: &Key) -> bool {
        let (body, field, year) = key;
        let mut seen = Set::new();
        let mut open = vec![*body];
        while let Some(one) = open.pop() {
            for link in self.lineage.after(one).iter().filter(|link| self.passed_within(link, *year)) {
                if !seen.insert(link.body) {
                    continue;
                }
                if !self.exists_before(link.body, link.date) && surveys.contains_key(&(link.body, field.clone(), *year))
                {
                    return true;
                }
                open.push(link.body);
            }
        }
        false
    }
}
