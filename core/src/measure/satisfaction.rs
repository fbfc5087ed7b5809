//! Satisfaction of people, organisations and businesses (chỉ số hài lòng).

use std::sync::Arc;

use super::exact::{Amount, Extent};
use super::ledger::Ledger;
use super::measurement::{Evidence, Measurement, Value};
use super::missing::{Lacking, Missing};
use crate::calendar::Period;
use crate::facts::FieldId;
use crate::plan::registry::BodyIx;

/// The satisfaction with a body in a year, overall or in one field.
pub(crate) fn satisfaction<'l>(ledger: &'l Ledger, body: BodyIx, field: &str, year: &Period) -> Measurement<'l> {
    let Some(survey) = ledger.surveys.get(body, field, year.from().year()) else {
        return Measurement { value: Value::Unknown, evidence: None, missing: Some(lacking(field, year)) };
    };
    let exact = survey.extent.is_none_or(|extent| extent.value().is_some());
    let missing = (!exact).then(|| lacking(field, year));
    Measurement { value: survey.extent.into(), evidence: Some(&survey.evidence), missing }
}

/// The satisfaction in all of these fields together, and every field of which the numbers are missing.
pub(crate) fn pooled(ledger: &Ledger, body: BodyIx, fields: &[FieldId], year: &Period) -> (Value, Vec<Missing>) {
    let mut sum = (0u64, 0u64);
    let mut missing = Vec::new();
    for field in fields {
        let survey = ledger.surveys.get(body, field.as_str(), year.from().year());
        // Percentages alone cannot be pooled.
        match (survey, survey.and_then(|survey| survey.counts)) {
            (_, Some((satisfied, respondents))) => {
                sum = (sum.0.saturating_add(satisfied), sum.1.saturating_add(respondents));
            }
            (Some(_), None) => {
                missing.push(Missing { what: Lacking::SatisfactionCounts, ..lacking(field.as_str(), year) });
            }
            (None, None) => missing.push(lacking(field.as_str(), year)),
        }
    }
    if !missing.is_empty() {
        return (Value::Unknown, missing);
    }
    let (part, whole) = sum;
    ((whole > 0).then(|| Extent::exactly(Amount::Share { part, whole })).into(), missing)
}

/// What fields read together rest on.
pub(crate) fn pooled_evidence<'l>(
    ledger: &'l Ledger,
    body: BodyIx,
    fields: &'l [FieldId],
    year: &Period,
) -> impl Iterator<Item = &'l Evidence> {
    let year = year.from().year();
    fields.iter().filter_map(move |field| Some(&ledger.surveys.get(body, field.as_str(), year)?.evidence))
}

fn lacking(field: &str, year: &Period) -> Missing {
    let field = (field != FieldId::OVERALL).then(|| Arc::from(field));
    Missing { what: Lacking::Satisfaction, field, period: *year }
}
