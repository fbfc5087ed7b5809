//! From a tally to facts.

use super::counts::{Counts, Group};
use super::days::Month;
use super::extras::{Known, known};
use super::grouping::{Dimension, Grouping};
use super::sum::Tally;
use crate::Facts;
use crate::calendar::Date;
use crate::facts::{self, BodyRef, DossierCounts, FactsError, FieldId, PersonId, Tables};
use crate::order::InOrder;

/// The field of dossiers whose field is not given: they are part of the body's sum all the same.
pub const UNKNOWN_FIELD: &str = "không rõ lĩnh vực";

/// Why a tally does not become facts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FactsFromTallyError {
    /// The grouping is not kept, or does not name the body.
    #[error("grouping `{grouping}` is not kept by this tally, or has no body")]
    Grouping {
        /// The grouping.
        grouping: Grouping,
    },
    /// There is no first day: neither a period nor a row with a month.
    #[error("the tally has no period; count it with `Options::starting`, or group by month")]
    NoPeriod,
    /// The records do not make facts: two of the groupings tell the same twice, or a period is none.
    #[error(transparent)]
    Facts(#[from] FactsError),
}

/// Answers of citizens who were asked, for a group.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answers {
    /// The body.
    pub body: Option<String>,
    /// The field.
    pub field: Option<String>,
    /// How many were asked.
    pub respondents: u64,
    /// How many were satisfied.
    pub satisfied: u64,
}

/// The names of officers that stand under several bodies.
fn namesakes<'g>(groups: &[Group<'g>]) -> Vec<&'g str> {
    let named = groups.iter().filter_map(|group| Some((group.officer?, group.body?)));
    let mut named: Vec<(&str, &str)> = named.filter(|(officer, _)| !officer.chars().any(char::is_numeric)).collect();
    named.order();
    named.dedup();
    let several = named.chunk_by(|a, b| a.0 == b.0).filter(|bodies| bodies.len() > 1);
    several.filter_map(|bodies| Some(bodies.first()?.0)).collect()
}

fn person(officer: &str, body: &str, namesakes: &[&str]) -> PersonId {
    if namesakes.binary_search(&officer).is_ok() {
        PersonId::from(format!("{officer} ({body})").as_str())
    } else {
        officer.into()
    }
}

impl Tally {
    /// The tally as records of the table `dossier_counts`, one for each group.
    ///
    /// Grouping by month gives a record for each month, else one for the whole period. What no row told is left out
    /// rather than counted as none: channels, requests for more papers, notices, apologies. Dossiers of unknown officer
    /// are left out of a grouping by officer, where a record without officer would stand for the whole body; those of
    /// unknown field are a field of their own ([`UNKNOWN_FIELD`]). `apologies` counts those for dossiers resolved late.
    ///
    /// Bodies are named as in the rows: see [`Tally::renamed`]. So are officers, and what the rows call them is their id.
    /// Nobody's name has a digit in it: what has one is an id, and one person wherever it stands. A name that stands under
    /// several bodies is as many persons, each with the body in its id: `Nguyễn Văn An (UBND phường Lộc Thọ)`. Two of one
    /// name in one body cannot be told apart: the rows should hold ids.
    ///
    /// A record that is not of one year is used by no yearly rule: where the period is longer, group by month.
    ///
    /// # Errors
    /// [`FactsFromTallyError`].
    pub fn dossier_counts(&self, grouping: Grouping) -> Result<Vec<DossierCounts>, FactsFromTallyError> {
        let groups = self.groups(grouping).filter(|_| grouping.has(Dimension::Body));
        let groups = groups.ok_or(FactsFromTallyError::Grouping { grouping })?;
        let mut out = Vec::with_capacity(groups.len());
        let namesakes = namesakes(&groups);
        for group in &groups {
            let Some(body) = group.body else { continue };
            if grouping.has(Dimension::Officer) && group.officer.is_none() {
                continue;
            }
            let (from, to) = self.ends(group.month).ok_or(FactsFromTallyError::NoPeriod)?;
            let field = group.field.or(grouping.has(Dimension::Field).then_some(UNKNOWN_FIELD));
            out.push(DossierCounts {
                officer: group.officer.map(|officer| person(officer, body, &namesakes)),
                field: field.map(FieldId::from),
                ..self.record(DossierCounts::new(BodyRef::from(body), from, to), group)
            });
        }
        Ok(out)
    }

    /// The tally as facts (sang dữ liệu thực tế): the records of all these groupings, so that every rule that reads
    /// dossiers can be asked. `source` becomes the source of each record.
    ///
    /// [`Grouping::BODY`] serves the bodies' late shares (`late_share_caps_rank`), [`Grouping::BODY_OFFICER`] those of
    /// persons (`late_share_caps_person`), [`Grouping::BODY_FIELD`] fields and, where it stands without the first,
    /// bodies too.
    ///
    /// # Errors
    /// [`FactsFromTallyError`].
    pub fn to_facts(&self, groupings: &[Grouping], source: Option<&str>) -> Result<Facts, FactsFromTallyError> {
        let mut records = Vec::new();
        for grouping in groupings {
            records.append(&mut self.dossier_counts(*grouping)?);
        }
        for record in &mut records {
            record.source = source.map(str::to_owned);
        }
        Ok(Facts::new(Tables { dossier_counts: records, ..Tables::default() })?)
    }

    fn record(&self, empty: DossierCounts, group: &Group<'_>) -> DossierCounts {
        let Counts { received, resolved, pending, .. } = group.counts;
        let channels = received.unknown_channel == 0;
        let told = |what: Known, count: u64| (self.known & what != 0).then_some(count);
        DossierCounts {
            received: Some(facts::Received {
                online: channels.then_some(received.online),
                direct: channels.then(|| received.direct.saturating_add(received.postal)),
                carried_over: Some(received.carried_over),
                total: Some(received.total()),
            }),
            resolved: Some(facts::Resolved {
                early: Some(resolved.early),
                on_time: Some(resolved.on_time),
                late: Some(resolved.late),
                ..facts::Resolved::default()
            }),
            pending: Some(facts::Pending {
                in_time: pending.in_time,
                overdue: pending.overdue,
                total: Some(pending.total),
            }),
            cancelled: Some(group.counts.cancelled),
            supplement_requests: told(known::REQUESTS, group.counts.supplement_requests),
            supplement_notices: told(known::NOTICES, group.counts.supplement_notices),
            apologies: told(known::APOLOGY, group.counts.apologies_late),
            ..empty
        }
    }

    /// What citizens answered, by body, by field or by both; groups where nobody was asked are left out. `None` where
    /// the grouping is not kept.
    #[must_use]
    pub fn answers(&self, grouping: Grouping) -> Option<Vec<Answers>> {
        let groups = self.groups(grouping.without(Dimension::Month).without(Dimension::Officer))?;
        let asked = groups.iter().map(|group| Answers {
            body: group.body.map(str::to_owned),
            field: group.field.map(str::to_owned),
            respondents: group.counts.satisfied.saturating_add(group.counts.dissatisfied),
            satisfied: group.counts.satisfied,
        });
        Some(asked.filter(|a| a.respondents > 0).collect())
    }

    /// The first and last day that a group's counts are of.
    fn ends(&self, month: Option<Month>) -> Option<(Date, Date)> {
        let (start, as_of) = (self.start(), self.as_of()?);
        match month {
            None => Some((start?, as_of)),
            Some(month) => {
                let (first, last) = (month.first_day()?, month.last_day()?);
                Some((start.map_or(first, |s| s.max(first)), last.min(as_of)))
            }
        }
    }
}
