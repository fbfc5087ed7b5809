//! Which groups of a tally become facts.

use caicach::calendar::Date;
use caicach::facts::{BodyRef, FieldId, Survey, Tables};
use caicach::tally::{Dimension, Grouping, Tally};

use super::error;
use crate::error::Result;

/// The grouping kept with the most dimensions.
pub(super) fn finest(tally: &Tally) -> Grouping {
    tally.groupings().into_iter().max_by_key(|grouping| grouping.dimensions().count()).unwrap_or_default()
}

/// Bodies and officers of bodies, by month where the period is not of one year: what rules judge.
fn usual(tally: &Tally, year: Option<i32>) -> Result<Vec<Grouping>> {
    let kept = tally.groupings();
    let has = |grouping: Grouping| kept.iter().any(|kept| grouping.is_within(*kept));
    let month = |grouping: Grouping| Grouping::of(grouping.dimensions().chain([Dimension::Month]));
    let wanted = [Grouping::BODY, Grouping::BODY_OFFICER].into_iter();
    let found: Vec<Grouping> = match year {
        Some(_) => wanted.filter(|grouping| has(*grouping)).collect(),
        None => wanted.map(month).filter(|grouping| has(*grouping)).collect(),
    };
    if found.is_empty() {
        let (message, help) = match year {
            Some(_) => ("facts name bodies, and the tally keeps no grouping by body", "count by=[\"body\"]"),
            None => (
                "facts are of a year or a part of it, and the tally has no period of one year",
                "count with start, the period's first day, or by=[[\"body\", \"month\"]]",
            ),
        };
        return Err(error::error("no_period", "start", message, Some(help)));
    }
    Ok(found)
}

/// The year that the period lies in, if it lies in one.
fn year(tally: &Tally) -> Option<i32> {
    let (start, as_of): (Date, Date) = (tally.start()?, tally.as_of()?);
    (start.year() == as_of.year()).then_some(as_of.year())
}

pub(super) fn tables(
    tally: &Tally,
    by: Option<Vec<Grouping>>,
    satisfaction: bool,
    source: Option<&str>,
) -> Result<Tables> {
    let year = year(tally);
    let groupings = by.map_or_else(|| usual(tally, year), Ok)?;
    let mut tables = Tables::default();
    for grouping in groupings {
        tables.dossier_counts.extend(tally.dossier_counts(grouping).map_err(|error| error::facts(&error))?);
    }
    if satisfaction {
        let help = Some("count with start, the period's first day");
        let year = year.ok_or_else(|| error::error("no_period", "start", "surveys are of one year", help))?;
        for answers in tally.answers(Grouping::BODY).unwrap_or_default() {
            let Some(body) = answers.body.as_deref() else { continue };
            let mut survey = Survey::new(year, FieldId::from(FieldId::OVERALL));
            survey.body = Some(BodyRef::from(body));
            (survey.respondents, survey.satisfied) = (Some(answers.respondents), Some(answers.satisfied));
            tables.surveys.push(survey);
        }
    }
    if let Some(source) = source {
        tables.dossier_counts.iter_mut().for_each(|record| record.source = Some(source.into()));
        tables.surveys.iter_mut().for_each(|record| record.source = Some(source.into()));
    }
    Ok(tables)
}
