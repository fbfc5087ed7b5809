//! The readings chosen for one assessment, as the engine uses them.

use crate::input::choice;
use crate::plan::Plan;

macro_rules! known_readings {
    ($($(#[$meta:meta])* $field:ident: $type:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)* })*) => {
        $(choice! {
            $(#[$meta])*
            pub enum $type { $($(#[$variant_meta])* $variant = $word,)* }
        })*

        /// The readings whose options mean something to the engine. A plan that does not pose one of
        /// these questions is read by its first option.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Known { $($(#[$meta])* pub $field: $type,)* }

        impl Known {
            // No list is empty, so the loop is never compiled to anything that runs.
            #[allow(clippy::empty_loop)]
            const FIRST: Known = Known { $($field: match $type::ALL { [first, ..] => *first, [] => loop {} },)* };

            fn set(&mut self, key: &str, option: &str) {
                match key {
                    $(stringify!($field) => if let Some(way) = $type::from_word(option) { self.$field = way },)*
                    _ => {}
                }
            }
        }
    };
}

known_readings! {
    /// What late dossiers are a share of.
    late_denominator: LateDenominator {
        /// Resolved late of resolved.
        Resolved = "resolved",
        /// Resolved late and pending overdue, of resolved and pending overdue.
        Due = "due",
        /// Resolved late and pending overdue, of received and carried over.
        Received = "received",
        /// What is neither in time nor still in time, of resolved and pending (national portal).
        Portal = "portal",
    }
    /// How the cut is rounded to whole posts.
    reduction_rounding: ReductionRounding {
        /// The reduction is at least p of the baseline: the cut is rounded up.
        Exact = "exact",
        /// p of the baseline rounded half up.
        Nearest = "nearest",
    }
    /// What a reduction is measured against.
    reduction_baseline: ReductionBaseline {
        /// The last record before the period.
        EveOfPeriod = "eve_of_period",
        /// The last record of 2021.
        Year2021 = "year_2021",
    }
    /// Which headcount counts.
    headcount_basis: HeadcountBasis {
        /// Assigned quota (biên chế giao).
        Assigned = "assigned",
        /// Actual staff (có mặt).
        Actual = "actual",
    }
    /// Whether posts added by a superior join the baseline.
    baseline_adjustment: BaselineAdjustment {
        /// They do.
        Adjusted = "adjusted",
        /// They do not.
        Raw = "raw",
    }
    /// Whether the fields of satisfaction stand alone.
    satisfaction_fields: SatisfactionFields {
        /// Each on its own.
        Each = "each",
        /// All three rules read the three fields together.
        Pooled = "pooled",
    }
    /// What holds in the years between two milestones.
    between_milestones: BetweenMilestones {
        /// The last floor.
        Hold = "hold",
        /// Nothing.
        MilestoneOnly = "milestone_only",
    }
    /// Whether repeated requests for more papers make a dossier late. Only who counts dossiers one by one can tell which.
    repeat_supplement: RepeatSupplement {
        /// They do not.
        Ignore = "ignore",
        /// They do.
        Late = "late",
    }
    /// How days for an update count.
    update_days: UpdateDays {
        /// All days.
        Calendar = "calendar",
        /// Working days.
        Working = "working",
    }
    /// Which ranks make two years running.
    consecutive_rank: ConsecutiveRank {
        /// Average in both.
        ExactlyAverage = "exactly_average",
        /// Average or worse in both.
        AverageOrBelow = "average_or_below",
    }
}

/// One option for every reading of a plan. Cheap to copy with one choice changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// For each reading of the plan the place of the option chosen.
    chosen: Vec<usize>,
    known: Known,
}

impl Ways {
    /// Every reading by its default.
    pub fn defaults(plan: &Plan) -> Ways {
        let mut ways = Ways { chosen: vec![0; plan.readings().len()], known: Known::FIRST };
        for (place, reading) in plan.readings().iter().enumerate() {
            let option = reading.options.iter().position(|o| o.id == reading.default).unwrap_or(0);
            ways.choose(plan, place, option);
        }
        ways
    }

    /// Takes an option of a reading, both by place. Places beyond the plan's change nothing.
    pub fn choose(&mut self, plan: &Plan, reading: usize, option: usize) {
        let Some(question) = plan.readings().get(reading) else { return };
        let (Some(slot), Some(answer)) = (self.chosen.get_mut(reading), question.options.get(option)) else { return };
        *slot = option;
        self.known.set(question.key.as_str(), answer.id.as_str());
    }

    /// The same readings with one of them changed.
    pub fn with(&self, plan: &Plan, reading: usize, option: usize) -> Ways {
        let mut ways = self.clone();
        ways.choose(plan, reading, option);
        ways
    }

    /// The place of the option chosen for a reading.
    pub fn option(&self, reading: usize) -> usize {
        self.chosen.get(reading).copied().unwrap_or(0)
    }

    /// Whether this option of this reading is chosen.
    pub fn takes(&self, plan: &Plan, key: &str, option: &str) -> bool {
        let place = plan.readings().iter().position(|r| r.key.as_str() == key);
        place.is_some_and(|place| {
            let chosen = plan.readings().get(place).and_then(|r| r.options.get(self.option(place)));
            chosen.is_some_and(|chosen| chosen.id.as_str() == option)
        })
    }

    /// The options that the engine knows.
    pub fn known(&self) -> Known {
        self.known
    }
}
