//! The tasks of the annex: what, by when, who.

use time::Date;

use super::ids::{GroupId, RuleId, TaskId};
use crate::input::{choice, record};

record! {
    /// A task (nhiệm vụ) of the annex.
    pub struct Task {
        /// Group and position: `V.9`.
        pub id: TaskId,
        /// The group it belongs to; left out, that of its id.
        pub group: GroupId,
        /// The number as printed, which may repeat.
        pub printed_number: String,
        /// The corrected wording.
        pub text: String,
        /// The wording as scanned, where it differs.
        pub printed: Option<String>,
        /// What it asks, in English.
        pub gist_en: String,
        /// What it must yield (sản phẩm).
        pub deliverables: Vec<String>,
        /// The deliverables as scanned, where they differ.
        pub deliverables_printed: Vec<String>,
        /// When (tiến độ).
        pub schedule: Schedule,
        /// Who does what (phân công).
        pub duties: Vec<Duty>,
        /// The task in whose row the duties are printed, where a cell is shared.
        pub duties_printed_in: Option<TaskId>,
    }
}

choice! {
    /// The role a body has in a task.
    pub enum DutyRole {
        /// Answers for the task (chủ trì).
        Lead = "lead",
        /// Works with the lead (phối hợp).
        Coordinate = "coordinate",
        /// Does its part (thực hiện).
        CarryOut = "carry_out",
    }
}

record! {
    /// One sentence of the assignment column.
    pub struct Duty {
        /// The corrected wording.
        pub text: String,
        /// The wording as scanned, where it differs.
        pub printed: Option<String>,
        /// The role the sentence gives.
        pub role: DutyRole,
        /// Bodies or groups of bodies, by id.
        pub bodies: Vec<String>,
        /// The rule that this duty grounds.
        pub rule: Option<RuleId>,
    }
}

choice! {
    /// How a task is timed.
    pub enum ScheduleKind {
        /// All the time (thường xuyên).
        Continuous = "continuous",
        /// Once, by `date`.
        By = "by",
        /// Every year, in `months` where given.
        Annual = "annual",
        /// At least `n` times every year.
        AnnualAtLeast = "annual_at_least",
        /// Over the years `from` to `to`.
        Period = "period",
        /// Once in every phase of `years`.
        Phase = "phase",
        /// Within `days` of the event `of`.
        Within = "within",
        /// When `event` happens.
        OnTrigger = "on_trigger",
    }
}

record! {
    /// The schedule of a task: the words whole, and what they mean.
    pub struct Schedule {
        /// The corrected wording.
        pub text: String,
        /// The wording as scanned, where it differs.
        pub printed: Option<String>,
        /// The kind, which decides which of the other fields are given.
        pub kind: ScheduleKind,
        /// Day by which (`by`).
        pub date: Option<Date>,
        /// Months of every year (`annual`), 1 to 12.
        pub months: Vec<u32>,
        /// How many times a year (`annual_at_least`).
        pub n: Option<u32>,
        /// First day (`period`).
        pub from: Option<Date>,
        /// Last day (`period`).
        pub to: Option<Date>,
        /// Length of a phase in years (`phase`).
        pub years: Option<u32>,
        /// Days allowed (`within`).
        pub days: Option<u32>,
        /// The event the days count from (`within`).
        pub of: Option<String>,
        /// The event that is waited for (`on_trigger`).
        pub event: Option<String>,
    }
}
