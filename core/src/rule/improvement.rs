//! An index rises on the year before.

use std::sync::Arc;

use super::case::{Case, Prepared};
use super::finding::{Finding, Headroom, HeadroomValue, Measured, Required, Subject, Unit, Verdict};
use super::{Judgement, judged};
use crate::calendar::Period;
use crate::facts::IndexId;
use crate::measure::index_name;
use crate::measure::missing::{Lacking, Missing};
use crate::plan::kind::{Improvement, SubjectKind};
use crate::text::Lang;

pub(super) fn findings(case: &Case, rule: &Prepared<'_>, improvement: &Improvement, out: &mut Vec<Finding>) {
    let Some(index) = IndexId::from_word(&improvement.index) else { return };
    let name: Arc<str> = index_name(index, Lang::Vi).replacen("chỉ số", "Chỉ số", 1).into();
    let id: Arc<str> = index.as_str().into();
    let subject = Arc::new(Subject { kind: SubjectKind::Index, id: Arc::clone(&id), name });
    for year in (improvement.from..=case.as_of().year()).filter_map(Period::year) {
        judged(case, rule, Arc::clone(&subject), year, |_| Some(judge(case, index, &id, &year)), out);
    }
}

fn judge<'l>(case: &'l Case, index: IndexId, id: &Arc<str>, year: &Period) -> Judgement<'l> {
    let this = year.from().year();
    let mut judgement = Judgement::bare(Verdict::Pending);
    judgement.required = Some(Required::Rise);
    judgement.due = Some(year.to());
    let mut value = |of: i32| {
        let found = case.ledger().ranks.index(index, of);
        match found {
            Some(found) => judgement.sources.extend(found.source.clone()),
            None => {
                let period = Period::year(of).unwrap_or(*year);
                judgement.missing.push(Missing { what: Lacking::Index, field: Some(Arc::clone(id)), period });
            }
        }
        found.map(|found| found.value)
    };
    let (before, now) = (value(this.saturating_sub(1)), value(this));
    if before.is_some() || now.is_some() {
        judgement.measured = Some(Measured::Index { value: now, before });
    }
    let Some((now, before)) = now.zip(before) else {
        if case.as_of() > year.to() {
            judgement.verdict = Verdict::Undetermined;
        }
        return judgement;
    };
    judgement.verdict = if now > before { Verdict::Met } else { Verdict::NotMet };
    // Up to this much less it still rises; more than this much is short of a rise.
    let distance = now.checked_sub(before).map(|distance| distance.abs());
    judgement.headroom =
        distance.map(|points| Headroom { unit: Unit::IndexPoints, value: HeadroomValue::Amount(points) });
    judgement.sources.dedup();
    judgement
}
