//! The closed vocabulary of rule kinds: what each needs from the plan file.
//!
//! How a kind is judged is in the file of its name under `rule/`.

use rust_decimal::Decimal;
use time::Date;

use super::ids::{BandId, BodyGroupId, OptionId, ReadingKey, ScaleId};
use super::reading::Bilingual;
use crate::input::record::Record;
use crate::input::{Field, choice, record};

choice! {
    /// A number computed from facts that rules compare.
    pub enum MeasureId {
        /// Share of dossiers late (tỷ lệ hồ sơ trễ hạn), by reading `late_denominator`.
        LateShare = "late_share",
        /// Satisfied respondents (chỉ số hài lòng).
        Satisfaction = "satisfaction",
        /// Newly received dossiers that came online (tỷ lệ hồ sơ trực tuyến).
        OnlineShare = "online_share",
        /// Dossiers whose fees are paid online, of those with fees.
        OnlinePaymentShare = "online_payment_share",
        /// Staff who meet the standards of their title (đạt chuẩn chức danh).
        TitleStandards = "title_standards",
        /// Rank of the body (xếp hạng).
        Rank = "rank",
        /// Rank of a content area that a person is tied to.
        AreaRank = "area_rank",
    }
}

record! {
    /// A floor from a year on; exactly one of the two is given.
    pub struct Step {
        /// First year.
        pub from: i32,
        /// The measure must be at least this many per cent.
        pub at_least: Option<Decimal>,
        /// The measure must be more than this many per cent.
        pub more_than: Option<Decimal>,
    }
}

record! {
    /// Other floors under an option of a reading.
    pub struct LevelUnder {
        /// The reading.
        pub reading: ReadingKey,
        /// Its option.
        pub option: OptionId,
        /// The floors that hold instead.
        pub steps: Vec<Step>,
    }
}

record! {
    /// A measure reaches a floor from a date on; floors may step up.
    pub struct Level {
        /// What is measured.
        pub measure: MeasureId,
        /// The field of a survey.
        pub field: Option<String>,
        /// The floors.
        pub steps: Vec<Step>,
        /// Floors under other readings.
        pub under: Vec<LevelUnder>,
    }
}

choice! {
    /// What a reduction reduces.
    pub enum Stock {
        /// Posts of a category (biên chế).
        Headcount = "headcount",
        /// Public service units (đơn vị sự nghiệp công lập).
        ServiceUnits = "service_units",
    }
}

choice! {
    /// A category of staff as headcounts have it.
    pub enum StaffCategory {
        /// Cadres and civil servants (cán bộ, công chức).
        Cadre = "cadre",
        /// Public employees paid from the state budget (viên chức hưởng lương từ ngân sách).
        Employee = "employee",
    }
}

record! {
    /// A stock falls by at least `percent` of its baseline by the end of a year.
    pub struct Reduction {
        /// What falls.
        pub stock: Stock,
        /// Whose posts, where posts fall.
        pub category: Option<StaffCategory>,
        /// By how many per cent of the baseline.
        pub percent: Decimal,
        /// First year of the period, where the clause names one.
        pub from: Option<i32>,
        /// The year by whose end it must be done.
        pub by: i32,
    }
}

record! {
    /// A rank at least a band in each year.
    pub struct Rank {
        /// The scale.
        pub scale: ScaleId,
        /// The lowest band allowed.
        pub at_least: BandId,
        /// First year.
        pub from: i32,
        /// Last year.
        pub to: i32,
        /// First year in which it is an aspiration (phấn đấu).
        pub aspirational_from: Option<i32>,
    }
}

record! {
    /// An index rises year on year.
    pub struct Improvement {
        /// The index.
        pub index: String,
        /// First year judged against the year before.
        pub from: i32,
    }
}

record! {
    /// First among its peers.
    pub struct Leadership {
        /// What is compared.
        pub measure: MeasureId,
        /// First year judged.
        pub from: i32,
    }
}

record! {
    /// A condition of a cap: a measure and one bound, in per cent or as a band of a scale.
    pub struct Condition {
        /// What is measured.
        pub measure: MeasureId,
        /// The field of a survey; without it the overall one.
        pub field: Option<String>,
        /// At least this many per cent.
        pub at_least: Option<Decimal>,
        /// More than this many per cent.
        pub more_than: Option<Decimal>,
        /// At most this many per cent.
        pub at_most: Option<Decimal>,
        /// Less than this many per cent.
        pub less_than: Option<Decimal>,
        /// In this band or a worse one.
        pub band_at_most: Option<BandId>,
        /// In a worse band than this.
        pub band_below: Option<BandId>,
    }
}

record! {
    /// Other conditions under an option of a reading.
    pub struct CapUnder {
        /// The reading.
        pub reading: ReadingKey,
        /// Its option.
        pub option: OptionId,
        /// First year in which they hold.
        pub from: Option<i32>,
        /// The conditions that hold instead.
        pub when: Vec<Condition>,
    }
}

record! {
    /// When all conditions hold, a rank or rating may not exceed a band.
    pub struct Cap {
        /// The scale that is capped.
        pub scale: ScaleId,
        /// The highest band still possible.
        pub ceiling: BandId,
        /// The conditions.
        pub when: Vec<Condition>,
        /// Conditions under other readings.
        pub under: Vec<CapUnder>,
    }
}

record! {
    /// A pattern of ranks over consecutive years.
    pub struct Pattern {
        /// The band.
        pub band: BandId,
        /// Whether worse bands count too.
        pub or_below: Option<bool>,
        /// In how many consecutive years.
        pub years: u32,
    }
}

record! {
    /// When a pattern holds, measures against someone are due.
    pub struct Consequence {
        /// The scale of the pattern.
        pub scale: ScaleId,
        /// Any of these patterns.
        pub patterns: Vec<Pattern>,
        /// What is due.
        pub measures: Vec<Bilingual>,
    }
}

choice! {
    /// The period in which events are counted.
    pub enum Per {
        /// An ISO week.
        Week = "week",
        /// The four periodic reports of a year.
        Report = "report",
        /// A calendar year.
        Year = "year",
        /// A five-year phase.
        Phase = "phase",
    }
}

record! {
    /// At least or at most so many events in each period.
    pub struct Frequency {
        /// The kind of activity, or `inspection`.
        pub activity: String,
        /// Other kinds of activity of which as many are owed.
        pub also_activities: Vec<String>,
        /// The period.
        pub per: Per,
        /// At least this many.
        pub at_least: Option<u32>,
        /// At most this many.
        pub at_most: Option<u32>,
        /// First year judged.
        pub from: i32,
    }
}

record! {
    /// Done by a date, in given months of every year, or within days of an event.
    pub struct Deadline {
        /// The kind of activity, or `record_update`.
        pub activity: String,
        /// The date.
        pub by: Option<Date>,
        /// The months of every year.
        pub months: Vec<u32>,
        /// The days after the event.
        pub within_days: Option<u32>,
        /// First day on which it can be done.
        pub from: Option<Date>,
    }
}

choice! {
    /// The sets whose every member must have a property.
    pub enum CoverageOf {
        /// Tasks done on their schedule.
        TasksOnSchedule = "tasks_on_schedule",
        /// Bodies with a deputy responsible.
        Deputies = "deputies",
        /// Staff with their duties assigned in writing.
        WrittenAssignments = "written_assignments",
        /// Cost estimates submitted and appraised.
        Estimates = "estimates",
        /// Requests for more papers made in writing.
        SupplementNotices = "supplement_notices",
        /// Late dossiers with an apology.
        Apologies = "apologies",
        /// Documents handled electronically.
        ElectronicDocuments = "electronic_documents",
    }
}

record! {
    /// Every member of a set has a property.
    pub struct Coverage {
        /// The set and the property.
        pub of: CoverageOf,
        /// How many per cent, where the text has a number.
        pub percent: Option<Decimal>,
        /// First year judged.
        pub from: i32,
    }
}

choice! {
    /// Properties of a plan itself.
    pub enum Property {
        /// Each task has one lead.
        SingleLead = "single_lead",
    }
}

record! {
    /// A property of the plan itself.
    pub struct Structure {
        /// The property.
        pub property: Property,
    }
}

choice! {
    /// Whom a rule judges.
    pub enum SubjectKind {
        /// The territory of the plan.
        City = "city",
        /// Each body of a group.
        Body = "body",
        /// Each person.
        Person = "person",
        /// Each grassroots Party organisation and leadership collective.
        Collective = "collective",
        /// Each enterprise and household business.
        Enterprise = "enterprise",
        /// Each task.
        Task = "task",
        /// An index.
        Index = "index",
    }
}

record! {
    /// Whom a rule judges.
    pub struct RuleSubject {
        /// The kind.
        pub kind: SubjectKind,
        /// The group of bodies, for bodies and for the bodies of persons and collectives.
        pub group: Option<BodyGroupId>,
        /// The role, for persons.
        pub role: Option<String>,
        /// Whether the city itself is judged beside the bodies, where it has records.
        pub city_too: Option<bool>,
    }
}

macro_rules! kinds {
    ($($variant:ident = $word:literal,)*) => {
        choice! {
            /// The name of a rule kind.
            pub enum KindName { $(
                /// See the record of the same name.
                $variant = $word,
            )* }
        }

        /// A rule kind with what it needs.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum RuleKind { $(
            /// See the record of the same name.
            $variant($variant),
        )* }

        impl RuleKind {
            /// The kind's name.
            pub fn name(&self) -> KindName {
                match self { $(RuleKind::$variant(_) => KindName::$variant,)* }
            }

            pub(super) fn blank(name: KindName) -> Self {
                match name { $(KindName::$variant => RuleKind::$variant(Field::blank()),)* }
            }

            pub(super) fn record(&self) -> &dyn Record {
                match self { $(RuleKind::$variant(kind) => kind,)* }
            }

            pub(super) fn record_mut(&mut self) -> &mut dyn Record {
                match self { $(RuleKind::$variant(kind) => kind,)* }
            }
        }
    };
}

kinds! {
    Level = "level",
    Reduction = "reduction",
    Rank = "rank",
    Improvement = "improvement",
    Leadership = "leadership",
    Cap = "cap",
    Consequence = "consequence",
    Frequency = "frequency",
    Deadline = "deadline",
    Coverage = "coverage",
    Structure = "structure",
}
