//! A finding: what one rule says of one subject and period.

use std::cmp::Ordering;
use std::sync::Arc;

use rust_decimal::Decimal;
use time::Date;

use crate::calendar::Period;
use crate::few::Few;
use crate::input::choice;
use crate::measure::exact::{Bound, Extent};
use crate::measure::missing::Missing;
use crate::measure::note::DataNote;
use crate::plan::ids::{BandId, OptionId, ReadingKey, RuleId};
use crate::plan::kind::{Pattern, RuleKind, SubjectKind};
use crate::plan::reading::Bilingual;
use crate::plan::{Plan, Rule};

choice! {
    /// What is found.
    pub enum Verdict {
        /// The norm is satisfied (đạt).
        Met = "met",
        /// It is not (không đạt).
        NotMet = "not_met",
        /// Its date has not come (chưa đến hạn).
        Pending = "pending",
        /// Facts are missing (chưa đủ dữ liệu).
        Undetermined = "undetermined",
        /// There is nothing to judge (không áp dụng).
        NotApplicable = "not_applicable",
        /// A cap or consequence takes hold.
        Binding = "binding",
        /// It does not.
        NotBinding = "not_binding",
    }
}

/// Whom a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// Its kind.
    pub kind: SubjectKind,
    /// Its id.
    pub id: Arc<str>,
    /// Its name as shown to people.
    pub name: Arc<str>,
}

impl Subject {
    /// How two subjects stand in order; findings on one subject share it, which spares comparing texts.
    pub(crate) fn order(one: &Arc<Subject>, other: &Arc<Subject>) -> Ordering {
        if Arc::ptr_eq(one, other) { Ordering::Equal } else { one.cmp(other) }
    }
}

/// A stock at two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StockChange {
    /// The baseline record.
    pub baseline: Option<(Date, u64)>,
    /// What a superior's decisions added to the baseline since.
    pub adjustment: i64,
    /// The latest record that counts.
    pub now: Option<(Date, u64)>,
}

impl StockChange {
    /// Baseline with its adjustment.
    pub fn base(&self) -> Option<i128> {
        self.baseline.map(|(_, count)| i128::from(count).saturating_add(i128::from(self.adjustment)))
    }

    /// How much less there is now than the base; negative where there is more.
    pub fn cut(&self) -> Option<i128> {
        Some(self.base()?.saturating_sub(i128::from(self.now?.1)))
    }
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measured {
    /// A percentage.
    Share(Extent),
    /// A stock.
    Stock(StockChange),
    /// Events counted in the period (số lần).
    Events(u64),
    /// Events of several kinds, each of which is owed (từng loại).
    EventsByKind(Vec<(Arc<str>, u64)>),
    /// Members of a set that have a property, of all.
    Cover {
        /// Those that have it.
        part: u64,
        /// All of them.
        whole: u64,
    },
    /// The rank or rating of a year (mức xếp hạng).
    Band(BandId),
    /// The rank of the body, where it is known, and those of the content areas that a person is tied to.
    Areas {
        /// The rank of the body.
        rank: Option<BandId>,
        /// Each area with its rank.
        areas: Vec<(Arc<str>, Option<BandId>)>,
    },
    /// The ranks of consecutive years, oldest first; `None` where a year has none.
    Bands(Vec<(i32, Option<BandId>)>),
    /// An index this year and the year before.
    Index {
        /// This year's value.
        value: Option<Decimal>,
        /// Last year's value.
        before: Option<Decimal>,
    },
    /// A place among peers by a share; equal shares have equal places (1, 1, 3).
    Place {
        /// The place, 1 the first.
        place: u32,
        /// How many peers there are, oneself included.
        of: u32,
        /// One's own share.
        own: (u64, u64),
        /// The best share among the others.
        best: Option<(u64, u64)>,
    },
    /// The day on which it was done.
    Done(Date),
    /// The bodies that lead a task, by id (cơ quan chủ trì).
    Leads(Vec<Arc<str>>),
}

/// A cut of a stock by a share of its base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The share, in per cent.
    pub percent: Decimal,
    /// The same in whole posts or units, once the base is known.
    pub cut: Option<i128>,
    /// The last day.
    pub by: Date,
    /// The cut and the number of years over which an even path spreads it. Information, never a verdict.
    pub pace: Option<(i128, i128)>,
}

/// What the rule requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Required {
    /// A bound on a percentage. For a cap: the condition under which it binds.
    Share(Bound),
    /// A cut of a stock by a share of its base.
    Cut(Box<Cut>),
    /// At least so many events.
    AtLeast(u32),
    /// At most so many events.
    AtMost(u32),
    /// Every member.
    All,
    /// This band or a better one.
    BandAtLeast(BandId),
    /// For a cap or consequence: this band or a worse one.
    BandAtMost(BandId),
    /// For a cap: a band worse than this.
    BandBelow(BandId),
    /// For a consequence: any of these patterns over years.
    Patterns(Arc<[Pattern]>),
    /// More than the year before.
    Rise,
    /// The first place.
    First,
    /// Done on or before a day.
    By(Date),
    /// Done on one of these days, or in one of the rule's months among them.
    Within(Period),
    /// Exactly so many.
    Exactly(u32),
}

choice! {
    /// What a headroom counts.
    pub enum Unit {
        /// Dossiers resolved late, beyond those counted.
        LateDossiers = "late_dossiers",
        /// Dossiers resolved in time, beyond those counted.
        TimelyDossiers = "timely_dossiers",
        /// Percentage points.
        PercentagePoints = "percentage_points",
        /// Respondents who would have to answer otherwise.
        Respondents = "respondents",
        /// Dossiers received online instead of directly, or the other way round.
        OnlineDossiers = "online_dossiers",
        /// Posts.
        Posts = "posts",
        /// Public service units.
        ServiceUnits = "service_units",
        /// People.
        People = "people",
        /// Events: meetings, sessions, plans, inspections.
        Events = "events",
        /// Days.
        Days = "days",
        /// Members of a set that lack its property.
        Members = "members",
        /// Bodies that lead a task.
        Leads = "leads",
        /// Bands of a scale.
        Bands = "bands",
        /// Dossiers whose fees are paid online instead of otherwise.
    OnlinePayments = "online_payments",
    /// Points of an index.
        IndexPoints = "index_points",
    }
}

/// The smallest change that would turn the verdict into the other one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headroom {
    /// What is counted.
    pub unit: Unit,
    /// How many.
    pub value: HeadroomValue,
}

/// A whole number of things, or a distance in percentage points as an exact ratio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeadroomValue {
    /// So many.
    Count(i128),
    /// So many points: numerator and positive denominator.
    Points(Box<(i128, i128)>),
    /// So much of an index.
    Amount(Decimal),
}

/// An option under which the verdict would be another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sensitivity {
    /// The reading.
    pub reading: ReadingKey,
    /// Its option.
    pub option: OptionId,
    /// The verdict under it.
    pub verdict: Verdict,
}

/// What a binding cap caps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capped {
    /// The scale.
    pub scale: crate::plan::ids::ScaleId,
    /// The highest band still possible when it binds.
    pub ceiling: BandId,
}

/// What all findings of one rule have in common.
#[derive(Debug)]
pub(crate) struct Ground {
    /// The plan whose words explain them.
    pub(crate) plan: Plan,
    /// Which of its rules it is.
    pub(crate) place: usize,
    pub(crate) id: RuleId,
    pub(crate) readings: Vec<ReadingKey>,
    /// For each reading the option taken.
    pub(crate) taken: Vec<OptionId>,
    pub(crate) capped: Option<Capped>,
}

/// What one rule says of one subject and period.
#[derive(Debug, Clone)]
pub struct Finding {
    pub(crate) ground: Arc<Ground>,
    pub(crate) subject: Arc<Subject>,
    /// The body whose rank bears on the subject.
    pub(crate) body: Option<Arc<Subject>>,
    pub(crate) period: Period,
    pub(crate) verdict: Verdict,
    pub(crate) measured: Option<Measured>,
    pub(crate) required: Option<Required>,
    pub(crate) headroom: Option<Headroom>,
    pub(crate) due: Option<Date>,
    pub(crate) missing: Few<Missing>,
    pub(crate) sensitive_to: Vec<Sensitivity>,
    pub(crate) notes: Vec<DataNote>,
    pub(crate) sources: Few<Arc<str>>,
    pub(crate) aspirational: bool,
    pub(crate) retrospective: bool,
}

impl Finding {
    /// The rule.
    pub fn rule(&self) -> &RuleId {
        &self.ground.id
    }

    /// The plan whose words explain it.
    pub(crate) fn plan(&self) -> &Plan {
        &self.ground.plan
    }

    /// The rule as the plan has it.
    pub(crate) fn norm(&self) -> Option<&Rule> {
        self.plan().rules().get(self.ground.place)
    }

    /// The clause or task that the rule stands in: `I.1.3`, `annex I.9`.
    pub fn clause(&self) -> &str {
        self.norm().map_or("", |rule| rule.head().clause.as_str())
    }

    /// Whether this option of this reading was taken.
    pub(crate) fn takes(&self, key: &str, option: &str) -> bool {
        let mut pairs = self.ground.readings.iter().zip(&self.ground.taken);
        pairs.any(|(reading, taken)| reading.as_str() == key && taken.as_str() == option)
    }

    /// Whom it is about.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The body whose rank bears on a person or collective.
    pub fn body(&self) -> Option<&Subject> {
        self.body.as_deref()
    }

    /// The measures that are due when a consequence takes hold; none of any other finding.
    pub fn measures(&self) -> &[Bilingual] {
        match (self.verdict, self.norm().map(Rule::kind)) {
            (Verdict::Binding, Some(RuleKind::Consequence(kind))) => &kind.measures,
            _ => &[],
        }
    }

    /// The period judged.
    pub fn period(&self) -> Period {
        self.period
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// What was measured, as far as it is known.
    pub fn measured(&self) -> Option<&Measured> {
        self.measured.as_ref()
    }

    /// What the rule requires.
    pub fn required(&self) -> Option<&Required> {
        self.required.as_ref()
    }

    /// The smallest change that would turn the verdict into the other one, where it is known.
    pub fn headroom(&self) -> Option<&Headroom> {
        self.headroom.as_ref()
    }

    /// Signed distance to the threshold in percentage points as numerator and positive denominator:
    /// positive on the good side. `None` where the measure is not one known percentage.
    pub fn margin(&self) -> Option<(i128, i128)> {
        margin(self.measured.as_ref()?, self.required.as_ref()?, self.ground.capped.is_some())
    }

    /// Part and whole, where the measure is a share of counts.
    pub fn counts(&self) -> Option<(i128, i128)> {
        match self.measured.as_ref()? {
            Measured::Share(extent) => {
                extent.value()?.counts().map(|(part, whole)| (i128::from(part), i128::from(whole)))
            }
            Measured::Stock(stock) => Some((stock.cut()?, stock.base()?)),
            Measured::Cover { part, whole } => Some((i128::from(*part), i128::from(*whole))),
            _ => None,
        }
    }

    /// The last day on which it can still be met, where it has one.
    pub fn due(&self) -> Option<Date> {
        self.due
    }

    /// The facts whose absence leaves it open.
    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    /// The readings the rule relies on.
    pub fn readings(&self) -> &[ReadingKey] {
        &self.ground.readings
    }

    /// The options under which the verdict would be another.
    pub fn sensitive_to(&self) -> &[Sensitivity] {
        &self.sensitive_to
    }

    /// What is to be known of the data.
    pub fn data_notes(&self) -> &[DataNote] {
        &self.notes
    }

    /// Where the facts were read.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(AsRef::as_ref)
    }

    /// Whether the document only aspires to it.
    pub fn aspirational(&self) -> bool {
        self.aspirational
    }

    /// Whether the year lies before the plan's first.
    pub fn retrospective(&self) -> bool {
        self.retrospective
    }

    /// What a cap caps.
    pub fn capped(&self) -> Option<&Capped> {
        self.ground.capped.as_ref()
    }
}

/// See [`Finding::margin`].
fn margin(measured: &Measured, required: &Required, cap: bool) -> Option<(i128, i128)> {
    match (measured, required) {
        (Measured::Share(extent), Required::Share(bound)) => {
            let (value, over) = extent.value()?.ratio();
            let threshold = bound.threshold();
            let scale = 10i128.checked_pow(threshold.scale())?;
            let distance = value.checked_mul(scale)?.checked_sub(threshold.mantissa().checked_mul(over)?)?;
            // A floor is good above, and a cap's condition is what is to be avoided.
            let good_above = bound.is_floor() != cap;
            let distance = if good_above { distance } else { distance.checked_neg()? };
            Some((distance, over.checked_mul(scale)?))
        }
        (Measured::Stock(stock), Required::Cut(required)) => {
            let (cut, base) = (stock.cut()?, stock.base().filter(|base| *base > 0)?);
            let percent = required.percent;
            let scale = 10i128.checked_pow(percent.scale())?;
            let have = cut.checked_mul(100)?.checked_mul(scale)?;
            Some((have.checked_sub(percent.mantissa().checked_mul(base)?)?, base.checked_mul(scale)?))
        }
        _ => None,
    }
}
