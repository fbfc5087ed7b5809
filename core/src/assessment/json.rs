//! The assessment as a document (`caicach/assessment/1`): stable keys, stable order, stable bytes.

use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Assessment;
use super::explain::percent;
use crate::calendar::iso;
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
        // Texts, numbers and maps with text keys always have a JSON text.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Finding {
    /// The finding as JSON, as it stands in the assessment.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Assessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", SCHEMA)?;
        map.serialize_entry("receipt", &self.receipt)?;
        map.serialize_entry("findings", &self.findings)?;
        map.serialize_entry("ceilings", &self.ceilings)?;
        map.serialize_entry("ratings", &self.ratings())?;
        map.serialize_entry("tasks", &self.tasks)?;
        map.serialize_entry("progress", &self.progress)?;
        map.serialize_entry("sensitivity", &self.sensitivity())?;
        map.serialize_entry("summary", &self.summary)?;
        map.serialize_entry("unused", &self.unused)?;
        map.end()
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("kind", &self.kind)?;
        map.serialize_entry("id", self.id.as_ref())?;
        map.serialize_entry("name", self.name.as_ref())?;
        map.end()
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", self.rule())?;
        map.serialize_entry("clause", self.clause())?;
        map.serialize_entry("subject", self.subject())?;
        entry(&mut map, "body", self.body())?;
        map.serialize_entry("period", &self.period)?;
        map.serialize_entry("verdict", &self.verdict)?;
        entry(&mut map, "measured", self.measured.as_ref())?;
        entry(&mut map, "required", self.required.as_ref())?;
        entry(&mut map, "margin", self.margin().map(Points).as_ref())?;
        entry(&mut map, "headroom", self.headroom.as_ref())?;
        entry(&mut map, "counts", self.counts().map(Counts).as_ref())?;
        entry(&mut map, "due", self.due.map(iso).as_ref())?;
        if !self.missing.is_empty() {
            map.serialize_entry("missing", self.missing())?;
        }
        if !self.measures().is_empty() {
            map.serialize_entry("measures", self.measures())?;
        }
        map.serialize_entry("readings", self.readings())?;
        map.serialize_entry("sensitive_to", &self.sensitive_to)?;
        map.serialize_entry("data_notes", &self.notes)?;
        map.serialize_entry("sources", &self.sources().collect::<Vec<_>>())?;
        if self.aspirational {
            map.serialize_entry("aspirational", &true)?;
        }
        if self.retrospective {
            map.serialize_entry("retrospective", &true)?;
        }
        map.serialize_entry("explanation", &Explanation(self))?;
        map.end()
    }
}

fn entry<M: SerializeMap, T: Serialize>(map: &mut M, key: &'static str, value: Option<&T>) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(key, value),
        None => Ok(()),
    }
}

struct Explanation<'f>(&'f Finding);

impl Serialize for Explanation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("vi", &self.0.explanation(Lang::Vi))?;
        map.serialize_entry("en", &self.0.explanation(Lang::En))?;
        map.end()
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
#[derive(serde::Serialize)]
struct YearBand<'b> {
    year: i32,
    band: &'b Option<BandId>,
}

/// The band of a content area.
#[derive(serde::Serialize)]
struct AreaBand<'b> {
    area: &'b str,
    band: &'b Option<BandId>,
}

fn one<S: Serializer, T: Serialize + ?Sized>(serializer: S, key: &'static str, value: &T) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(key, value)?;
    map.end()
}

fn compared<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    comparison: &'static str,
    key: &'static str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(2))?;
    map.serialize_entry("comparison", comparison)?;
    map.serialize_entry(key, value)?;
    map.end()
}

struct Points((i128, i128));

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("unit", "percentage_points")?;
        map.serialize_entry("value", &points(self.0))?;
        map.end()
    }
}

struct Counts((i128, i128));

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("part", &self.0.0)?;
        map.serialize_entry("whole", &self.0.1)?;
        map.end()
    }
}

/// The fields of one exact percentage.
fn amount<M: SerializeMap>(map: &mut M, amount: &Amount) -> Result<(), M::Error> {
    match amount {
        Amount::Share { part, whole } => {
            map.serialize_entry("part", part)?;
            map.serialize_entry("whole", whole)?;
        }
        Amount::Percent(value) => map.serialize_entry("value", &value.normalize().to_string())?,
    }
    map.serialize_entry("percent", &two_places(amount.ratio()))
}

impl Serialize for End {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        amount(&mut map, &self.amount)?;
        map.serialize_entry("open", &self.open)?;
        map.end()
    }
}

impl Serialize for Extent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self.value() {
            Some(value) => amount(&mut map, &value)?,
            None => {
                map.serialize_entry("low", &self.low)?;
                map.serialize_entry("high", &self.high)?;
            }
        }
        map.end()
    }
}

struct Dated((time::Date, u64));

impl Serialize for Dated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("date", &iso(self.0.0))?;
        map.serialize_entry("count", &self.0.1)?;
        map.end()
    }
}

impl Serialize for StockChange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        entry(&mut map, "baseline", self.baseline.map(Dated).as_ref())?;
        map.serialize_entry("adjustment", &self.adjustment)?;
        entry(&mut map, "base", self.base().as_ref())?;
        entry(&mut map, "now", self.now.map(Dated).as_ref())?;
        if let (Some(cut), Some(base)) = (self.cut(), self.base()) {
            map.serialize_entry("cut", &cut)?;
            // Of nothing there is no share.
            entry(&mut map, "percent", (base > 0).then(|| two_places((cut.saturating_mul(100), base))).as_ref())?;
        }
        map.end()
    }
}

impl Serialize for Measured {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Measured::Share(extent) => extent.serialize(serializer),
            Measured::Stock(stock) => stock.serialize(serializer),
            Measured::Events(count) => one(serializer, "count", count),
            Measured::EventsByKind(counts) => {
                let least = counts.iter().map(|(_, count)| *count).min().unwrap_or(0);
                let by_kind: Map<&str, u64> = counts.iter().map(|(kind, count)| (kind.as_ref(), *count)).collect();
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("count", &least)?;
                map.serialize_entry("by_kind", &by_kind)?;
                map.end()
            }
            Measured::Cover { part, whole } => Counts((i128::from(*part), i128::from(*whole))).serialize(serializer),
            Measured::Band(band) => one(serializer, "band", band),
            Measured::Bands(bands) => {
                let bands: Vec<YearBand<'_>> =
                    bands.iter().map(|(year, band)| YearBand { year: *year, band }).collect();
                one(serializer, "bands", &bands)
            }
            Measured::Areas { rank, areas } => {
                let areas: Vec<AreaBand<'_>> = areas.iter().map(|(area, band)| AreaBand { area, band }).collect();
                let mut map = serializer.serialize_map(None)?;
                entry(&mut map, "band", rank.as_ref())?;
                map.serialize_entry("areas", &areas)?;
                map.end()
            }
            Measured::Index { value, before } => {
                let mut map = serializer.serialize_map(None)?;
                let shown = |value: &Option<Decimal>| value.map(|value| value.normalize().to_string());
                entry(&mut map, "value", shown(value).as_ref())?;
                entry(&mut map, "before", shown(before).as_ref())?;
                map.end()
            }
            Measured::Place { place, of, own, best } => {
                let share = |(part, whole): (u64, u64)| Extent::exactly(Amount::Share { part, whole });
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("place", place)?;
                map.serialize_entry("of", of)?;
                map.serialize_entry("own", &share(*own))?;
                entry(&mut map, "best", best.map(share).as_ref())?;
                map.end()
            }
            Measured::Done(date) => one(serializer, "date", &iso(*date)),
            Measured::Leads(leads) => one(serializer, "leads", &leads.iter().map(AsRef::as_ref).collect::<Vec<&str>>()),
        }
    }
}

impl Serialize for Bound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("comparison", self.word())?;
        map.serialize_entry("percent", &self.threshold().normalize().to_string())?;
        map.end()
    }
}

impl Serialize for Required {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Required::Share(bound) => bound.serialize(serializer),
            Required::AtLeast(count) => compared(serializer, "at_least", "count", count),
            Required::AtMost(count) => compared(serializer, "at_most", "count", count),
            Required::All => one(serializer, "comparison", "all"),
            Required::BandAtLeast(band) => compared(serializer, "at_least", "band", band),
            Required::BandAtMost(band) => compared(serializer, "at_most", "band", band),
            Required::BandBelow(band) => compared(serializer, "below", "band", band),
            Required::Patterns(patterns) => compared(serializer, "any", "patterns", patterns.as_ref()),
            Required::Rise => one(serializer, "comparison", "rise"),
            Required::First => one(serializer, "comparison", "first"),
            Required::By(date) => compared(serializer, "by", "date", &iso(*date)),
            Required::Within(period) => compared(serializer, "within", "period", period),
            Required::Exactly(count) => compared(serializer, "exactly", "count", count),
            Required::Cut(required) => {
                let Cut { percent, cut, by, pace } = required.as_ref();
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("comparison", "at_least")?;
                map.serialize_entry("percent", &percent.normalize().to_string())?;
                entry(&mut map, "cut", cut.as_ref())?;
                map.serialize_entry("by", &iso(*by))?;
                if let Some((cut, years)) = pace {
                    let per_year = two_places((*cut, *years));
                    map.serialize_entry("pace", &Pace { cut: *cut, years: *years, per_year })?;
                }
                map.end()
            }
        }
    }
}

/// What an even path asks of each year.
#[derive(serde::Serialize)]
struct Pace {
    cut: i128,
    years: i128,
    per_year: String,
}

impl Serialize for Headroom {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("unit", &self.unit)?;
        match &self.value {
            HeadroomValue::Count(count) => map.serialize_entry("value", count)?,
            HeadroomValue::Points(distance) => map.serialize_entry("value", &points(**distance))?,
            HeadroomValue::Amount(amount) => map.serialize_entry("value", &amount.normalize().to_string())?,
        }
        map.end()
    }
}

impl Serialize for Sensitivity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("reading", &self.reading)?;
        map.serialize_entry("option", &self.option)?;
        map.serialize_entry("verdict", &self.verdict)?;
        map.end()
    }
}
