//! The assessment as a document (`caicach/assessment/1`): stable keys, stable order, stable bytes.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::Assessment;
use super::explain::percent;
use crate::input::{Members, Object, Show, object};
use crate::measure::exact::{Amount, Bound, End, Extent};
use crate::order::Map;
use crate::plan::ids::BandId;
use crate::rule::finding::{
    Cut, Finding, Headroom, HeadroomValue, Measured, Required, Sensitivity, StockChange, Subject,
};
use crate::text::Lang;
use crate::text::number::percent_ratio;

/// The schema that assessments name.
const SCHEMA: &str = "caicach/assessment/1";

impl Assessment {
    /// The whole as JSON. The same plan, facts, day and readings give the same bytes.
    pub fn to_json(&self) -> String {
        self.shown().json()
    }
}

impl Finding {
    /// The finding as JSON, as it stands in the assessment.
    pub fn to_json(&self) -> String {
        self.shown().json()
    }
}

object!(
    Assessment,
    Subject,
    Finding,
    Explanation<'_>,
    Points,
    Counts,
    End,
    Extent,
    Dated,
    StockChange,
    Measured,
    Bound,
    Required,
    Headroom,
    Sensitivity,
    YearBand<'_>,
    AreaBand<'_>,
    Pace,
    ByKind<'_>
);

impl Object for Assessment {
    fn members(&self, to: &mut Members<'_>) {
        to.add("schema", &SCHEMA);
        to.add("receipt", &self.receipt);
        to.add("findings", &self.findings);
        to.add("ceilings", &self.ceilings);
        to.add("ratings", &self.ratings());
        to.add("tasks", &self.tasks);
        to.add("progress", &self.progress);
        to.add("sensitivity", &self.sensitivity());
        to.add("summary", &self.summary);
        to.add("unused", &self.unused);
    }
}

impl Object for Subject {
    fn members(&self, to: &mut Members<'_>) {
        to.add("kind", &self.kind);
        to.add("id", &self.id);
        to.add("name", &self.name);
    }
}

impl Object for Finding {
    fn members(&self, to: &mut Members<'_>) {
        to.add("rule", self.rule());
        to.add("clause", &self.clause());
        to.add("subject", self.subject());
        to.add_some("body", &self.body());
        to.add("period", &self.period);
        to.add("verdict", &self.verdict);
        to.add_some("measured", &self.measured);
        to.add_some("required", &self.required);
        to.add_some("margin", &self.margin().map(Points));
        to.add_some("headroom", &self.headroom);
        to.add_some("counts", &self.counts().map(Counts));
        to.add_some("due", &self.due);
        if !self.missing.is_empty() {
            to.add("missing", &self.missing());
        }
        if !self.measures().is_empty() {
            to.add("measures", &self.measures());
        }
        to.add("readings", &self.readings());
        to.add("sensitive_to", &self.sensitive_to);
        to.add("data_notes", &self.notes);
        to.add("sources", &self.sources().collect::<Vec<_>>());
        if self.aspirational {
            to.add("aspirational", &true);
        }
        if self.retrospective {
            to.add("retrospective", &true);
        }
        to.add("explanation", &Explanation(self));
    }
}

struct Explanation<'f>(&'f Finding);

impl Object for Explanation<'_> {
    fn members(&self, to: &mut Members<'_>) {
        to.add("vi", &self.0.explanation(Lang::Vi));
        to.add("en", &self.0.explanation(Lang::En));
    }
}

/// A percentage to two places, rounded half up, for display only.
pub(super) fn two_places(ratio: (i128, i128)) -> String {
    // The ratio is of per cent; `percent_ratio` takes it of one.
    percent_ratio(ratio.0, ratio.1.saturating_mul(100), 2, Lang::En).replace(',', "")
}

/// A distance in percentage points, to two places or more: all of them where it is a decimal, else as many as tell it from
/// none at all.
pub(super) fn points(ratio: (i128, i128)) -> String {
    let scale = (0..=Decimal::MAX_SCALE).find(|scale| 10i128.checked_pow(*scale) == Some(ratio.1));
    let exact = scale.and_then(|scale| Decimal::try_from_i128_with_scale(ratio.0, scale).ok());
    match exact.map(|exact| exact.normalize()) {
        Some(exact) if exact.scale() > 2 => exact.to_string(),
        Some(_) => two_places(ratio),
        None => percent(ratio, Decimal::ZERO, Lang::En).replace(',', ""),
    }
}

/// The band of a year; none where the year has no rank.
struct YearBand<'b> {
    year: i32,
    band: &'b Option<BandId>,
}

impl Object for YearBand<'_> {
    fn members(&self, to: &mut Members<'_>) {
        to.add("year", &self.year);
        to.add("band", self.band);
    }
}

/// The band of a content area.
struct AreaBand<'b> {
    area: &'b str,
    band: &'b Option<BandId>,
}

impl Object for AreaBand<'_> {
    fn members(&self, to: &mut Members<'_>) {
        to.add("area", &self.area);
        to.add("band", self.band);
    }
}

fn compared(to: &mut Members<'_>, comparison: &str, key: &str, value: &impl Show) {
    to.add("comparison", &comparison);
    to.add(key, value);
}

struct Points((i128, i128));

impl Object for Points {
    fn members(&self, to: &mut Members<'_>) {
        to.add("unit", &"percentage_points");
        to.add("value", &points(self.0));
    }
}

struct Counts((i128, i128));

impl Object for Counts {
    fn members(&self, to: &mut Members<'_>) {
        to.add("part", &self.0.0);
        to.add("whole", &self.0.1);
    }
}

/// The fields of one exact percentage.
fn amount(to: &mut Members<'_>, amount: &Amount) {
    match amount {
        Amount::Share { part, whole } => {
            to.add("part", part);
            to.add("whole", whole);
        }
        Amount::Percent(value) => to.add("value", value),
    }
    to.add("percent", &two_places(amount.ratio()));
}

impl Object for End {
    fn members(&self, to: &mut Members<'_>) {
        amount(to, &self.amount);
        to.add("open", &self.open);
    }
}

impl Object for Extent {
    fn members(&self, to: &mut Members<'_>) {
        match self.value() {
            Some(value) => amount(to, &value),
            None => {
                to.add("low", &self.low);
                to.add("high", &self.high);
            }
        }
    }
}

struct Dated((time::Date, u64));

impl Object for Dated {
    fn members(&self, to: &mut Members<'_>) {
        to.add("date", &self.0.0);
        to.add("count", &self.0.1);
    }
}

impl Object for StockChange {
    fn members(&self, to: &mut Members<'_>) {
        to.add_some("baseline", &self.baseline.map(Dated));
        to.add("adjustment", &self.adjustment);
        to.add_some("base", &self.base());
        to.add_some("now", &self.now.map(Dated));
        if let (Some(cut), Some(base)) = (self.cut(), self.base()) {
            to.add("cut", &cut);
            // Of nothing there is no share.
            to.add_some("percent", &(base > 0).then(|| two_places((cut.saturating_mul(100), base))));
        }
    }
}

impl Object for Measured {
    fn members(&self, to: &mut Members<'_>) {
        match self {
            Measured::Share(extent) => extent.members(to),
            Measured::Stock(stock) => stock.members(to),
            Measured::Events(count) => to.add("count", count),
            Measured::EventsByKind(counts) => {
                let least = counts.iter().map(|(_, count)| *count).min().unwrap_or(0);
                to.add("count", &least);
                to.add("by_kind", &ByKind(counts));
            }
            Measured::Cover { part, whole } => Counts((i128::from(*part), i128::from(*whole))).members(to),
            Measured::Band(band) => to.add("band", band),
            Measured::Bands(bands) => {
                let bands: Vec<YearBand<'_>> =
                    bands.iter().map(|(year, band)| YearBand { year: *year, band }).collect();
                to.add("bands", &bands)
            }
            Measured::Areas { rank, areas } => {
                let areas: Vec<AreaBand<'_>> = areas.iter().map(|(area, band)| AreaBand { area, band }).collect();
                to.add_some("band", rank);
                to.add("areas", &areas);
            }
            Measured::Index { value, before } => {
                to.add_some("value", value);
                to.add_some("before", before);
            }
            Measured::Place { place, of, own, best } => {
                let share = |(part, whole): (u64, u64)| Extent::exactly(Amount::Share { part, whole });
                to.add("place", place);
                to.add("of", of);
                to.add("own", &share(*own));
                to.add_some("best", &best.map(share));
            }
            Measured::Done(date) => to.add("date", date),
            Measured::Leads(leads) => to.add("leads", &leads.iter().map(AsRef::as_ref).collect::<Vec<&str>>()),
        }
    }
}

/// Counts under their kinds.
struct ByKind<'m>(&'m [(Arc<str>, u64)]);

impl Object for ByKind<'_> {
    fn members(&self, to: &mut Members<'_>) {
        let by_kind: Map<&str, u64> = self.0.iter().map(|(kind, count)| (kind.as_ref(), *count)).collect();
        by_kind.iter().for_each(|(kind, count)| to.add(kind, count));
    }
}

impl Object for Bound {
    fn members(&self, to: &mut Members<'_>) {
        to.add("comparison", &self.word());
        to.add("percent", &self.threshold());
    }
}

impl Object for Required {
    fn members(&self, to: &mut Members<'_>) {
        match self {
            Required::Share(bound) => bound.members(to),
            Required::AtLeast(count) => compared(to, "at_least", "count", count),
            Required::AtMost(count) => compared(to, "at_most", "count", count),
            Required::All => to.add("comparison", &"all"),
            Required::BandAtLeast(band) => compared(to, "at_least", "band", band),
            Required::BandAtMost(band) => compared(to, "at_most", "band", band),
            Required::BandBelow(band) => compared(to, "below", "band", band),
            Required::Patterns(patterns) => compared(to, "any", "patterns", &patterns.as_ref()),
            Required::Rise => to.add("comparison", &"rise"),
            Required::First => to.add("comparison", &"first"),
            Required::By(date) => compared(to, "by", "date", date),
            Required::Within(period) => compared(to, "within", "period", period),
            Required::Exactly(count) => compared(to, "exactly", "count", count),
            Required::Cut(required) => {
                let Cut { percent, cut, by, pace } = required.as_ref();
                to.add("comparison", &"at_least");
                to.add("percent", percent);
                to.add_some("cut", cut);
                to.add("by", by);
                if let Some((cut, years)) = pace {
                    let per_year = two_places((*cut, *years));
                    to.add("pace", &Pace { cut: *cut, years: *years, per_year });
                }
            }
        }
    }
}

/// What an even path asks of each year.
struct Pace {
    cut: i128,
    years: i128,
    per_year: String,
}

impl Object for Pace {
    fn members(&self, to: &mut Members<'_>) {
        to.add("cut", &self.cut);
        to.add("years", &self.years);
        to.add("per_year", &self.per_year);
    }
}

impl Object for Headroom {
    fn members(&self, to: &mut Members<'_>) {
        to.add("unit", &self.unit);
        match &self.value {
            HeadroomValue::Count(count) => to.add("value", count),
            HeadroomValue::Points(distance) => to.add("value", &points(**distance)),
            HeadroomValue::Amount(amount) => to.add("value", amount),
        }
    }
}

impl Object for Sensitivity {
    fn members(&self, to: &mut Members<'_>) {
        to.add("reading", &self.reading);
        to.add("option", &self.option);
        to.add("verdict", &self.verdict);
    }
}
