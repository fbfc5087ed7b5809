//! Satisfaction of people, organisations and businesses (chỉ số hài lòng).

use std::sync::Arc;

use super::exact::{Amount, Extent};
use super::ledger::Ledger;
use super::measurement::{Evidence, Measurement, Value};
use super::missing::{Lacking, Missing};
use super::ways::SatisfactionFields;
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

/// The satisfaction in a field as the rules on fields read it: alone, or all fields of `fields` together.
pub(crate) fn by_field<'l>(
    ledger: &'l Ledger,
    body: BodyIx,
    field: &str,
    fields: &[FieldId],
    year: &Period,
    reading: SatisfactionFields,
) -> Measurement<'l> {
    if reading == SatisfactionFields::Each {
        return satisfaction(ledger, body, field, year);
    }
    let mut sum = (0u64, 0u64);
    for field in fields {
        let survey = ledger.surveys.get(body, field.as_str(), year.from().year());
        // Percentages alone cannot be pooled.
        let Some((satisfied, respondents)) = survey.and_then(|survey| survey.counts) else {
            return Measurement { value: Value::Unknown, evidence: None, missing: Some(lacking(field.as_str(), year)) };
        };
        sum = (sum.0.saturating_add(satisfied), sum.1.saturating_add(respondents));
    }
    let (part, whole) = sum;
    let extent = (whole > 0).then(|| Extent::exactly(Amount::Share { part, whole }));
    Measurement { value: extent.into(), evidence: None, missing: None }
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
