//! The share of newly received dossiers that came online (tỷ lệ hồ sơ trực tuyến).

use super::exact::Extent;
use super::late_share::none_listed;
use super::ledger::{Ledger, Who};
use super::measurement::{Measurement, Value};
use super::missing::{Lacking, Missing};
use super::range::{Flow, share_with_rest};
use crate::calendar::Period;
use crate::facts::ShareMeasure;

/// The online share of a body in a year: received online of received online or directly. What was carried
/// over from the period before was received then and does not count again.
pub(crate) fn online_share<'l>(ledger: &'l Ledger, who: Who, year: &Period) -> Measurement<'l> {
    let of = year.from().year();
    let missing = || Some(Missing { what: Lacking::OnlineShare, field: None, period: *year });
    let published = ledger.dossiers.share(ShareMeasure::OnlineShare, who, of);
    if let (Some(counts), Some(apart)) =
        (ledger.dossiers.counts(who, of), ledger.dossiers.apart(ShareMeasure::OnlineShare, who, of))
    {
        // Some of the bodies it came of published percentages alone: the whole lies between these and the counts.
        let extent = of_flow(&counts.flow);
        let hull = extent.map_or(apart.extent, |extent| extent.hull(&apart.extent));
        let missing = hull.value().is_none().then(missing).flatten();
        return Measurement { value: Value::Within(hull), evidence: Some(&apart.evidence), missing };
    }
    let counted = ledger.dossiers.counts(who, of).map(|counts| (of_flow(&counts.flow), &counts.evidence));
    // A figure of its own comes before a sum over bodies.
    let counted = counted.filter(|(_, evidence)| published.is_none() || !evidence.is_sum());
    match (counted, published) {
        (Some((Some(extent), evidence)), published) => {
            let both = published.filter(|_| extent.value().is_none());
            let narrowed =
                both.and_then(|published| Some((extent.intersection(&published.extent)?, &published.evidence)));
            let (extent, evidence) = narrowed.unwrap_or((extent, evidence));
            let missing = extent.value().is_none().then(missing).flatten();
            Measurement { value: Value::Within(extent), evidence: Some(evidence), missing }
        }
        (Some((None, evidence)), _) => Measurement { value: Value::Nothing, evidence: Some(evidence), missing: None },
        (None, Some(published)) => Measurement {
            value: Value::Within(published.extent),
            evidence: Some(&published.evidence),
            missing: published.extent.value().is_none().then(missing).flatten(),
        },
        (None, None) if none_listed(ledger, who, year) => {
            Measurement { value: Value::Nothing, evidence: None, missing: None }
        }
        (None, None) => Measurement { value: Value::Unknown, evidence: None, missing: missing() },
    }
}

fn of_flow(flow: &Flow) -> Option<Extent> {
    share_with_rest(flow.online, flow.offline, flow.fresh)
}
