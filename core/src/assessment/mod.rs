//! Assessment: every finding of a plan on facts, and what follows from them.
//!
//! - `options`: the day and the readings chosen; `receipt`: what a result was made from.
//! - `tracker`: where each task stands; `agenda`: what falls due between two days, also as a calendar file.
//! - `ceiling`: the highest rank or rating that caps leave; `rating`: the yearly rating of a body as one view.
//! - `progress`: how far targets not yet due have come; `sensitivity`: what depends on how the plan is read.
//! - `summary`: counts by verdict; `json`: the whole as a document.
//! - `explain`: the sentences, in Vietnamese and English.

pub mod agenda;
mod ceiling;
mod explain;
mod json;
mod options;
mod progress;
pub(crate) mod rating;
mod receipt;
mod sensitivity;
mod shown;
mod summary;
mod tracker;

pub use ceiling::Ceiling;
pub use options::{AssessError, Options};
pub use progress::{PathPoint, Point, Progress, Projection};
pub use rating::{Rating, Reason, Wanted};
pub use receipt::Receipt;
pub use sensitivity::{Change, Dependence};
pub use summary::Summary;
pub use tracker::{Owed, TaskState, TaskStatus};

use std::sync::Arc;

use crate::facts::Facts;
use crate::measure::ledger::Unused;
use crate::measure::ways::Ways;
use crate::plan::Plan;
use crate::rule::case::Case;
use crate::rule::finding::Finding;

/// What a plan says of facts on a day (kết quả đánh giá).
#[derive(Debug, Clone)]
pub struct Assessment {
    plan: Plan,
    roster: Arc<rating::Roster>,
    receipt: Receipt,
    findings: Vec<Finding>,
    ceilings: Vec<Ceiling>,
    tasks: Vec<TaskState>,
    progress: Vec<Progress>,
    summary: Summary,
    unused: Vec<Unused>,
}

impl Plan {
    /// Makes plan and facts ready to be judged on a day: names resolved, records in order, readings chosen.
    ///
    /// # Errors
    /// [`AssessError::Readings`] for keys and options that the plan does not have; [`AssessError::Facts`]
    /// for names that no body bears, or more than one, at the time of their record.
    pub fn prepare(&self, facts: &Facts, options: &Options) -> Result<Case, AssessError> {
        let ways: Ways = options.ways(self)?;
        Ok(Case::new(self, facts, options, ways)?)
    }

    /// Judges facts by every rule of the plan.
    ///
    /// # Errors
    /// As [`Plan::prepare`].
    ///
    /// ```
    /// use caicach::{Facts, Lang, Options, Plan, calendar::parse_iso};
    /// let plan = Plan::builtin()?;
    /// let facts = Facts::from_json(r#"{"schema": "caicach/facts/1", "dossier_counts": [
    ///     {"body": "UBND phường Lộc Thọ", "from": "2024-01-01", "to": "2024-12-31",
    ///      "resolved": {"late": 212, "total": 3905}}]}"#)?;
    /// let assessment = plan.assess(&facts, &Options::on(parse_iso("2025-01-15")?))?;
    /// let finding = assessment.findings().iter()
    ///     .find(|f| f.rule().as_str() == "late_share_caps_rank" && f.subject().id.as_ref() == "loc_tho").unwrap();
    /// assert_eq!(finding.verdict().as_str(), "binding");
    /// assert!(finding.explanation(Lang::Vi).starts_with(
    ///     "UBND phường Lộc Thọ năm 2024 có 212/3.905 hồ sơ giải quyết trễ hạn (5,43%)"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn assess(&self, facts: &Facts, options: &Options) -> Result<Assessment, AssessError> {
        Ok(self.prepare(facts, options)?.assess())
    }
}

impl Case {
    /// Judges every rule on every subject and period it names.
    pub fn assess(&self) -> Assessment {
        let (mut findings, mut progress) = (Vec::new(), Vec::new());
        for rule in self.rules() {
            let first = findings.len();
            crate::rule::findings(self, &rule, &mut findings);
            let new = findings.get(first..).unwrap_or_default();
            progress.extend(progress::progress(self, rule.rule.kind(), new));
        }
        let ceilings = ceiling::ceilings(self, &findings);
        let tasks = tracker::tasks(self);
        let summary = Summary::new(self.plan(), &findings);
        let (plan, roster) = (self.plan().clone(), self.roster());
        let (receipt, unused) = (Receipt::new(self), self.unused().to_vec());
        Assessment { plan, roster, receipt, findings, ceilings, tasks, progress, summary, unused }
    }
}

impl Assessment {
    /// The plan whose rules were judged.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What the result was made from.
    pub fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// The findings, in the order of the plan's rules, then by subject and period.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The ceilings, by scale, subject and year.
    pub fn ceilings(&self) -> &[Ceiling] {
        &self.ceilings
    }

    /// Where each task of the annex stands, in its order.
    pub fn tasks(&self) -> &[TaskState] {
        &self.tasks
    }

    /// How far targets that are not yet due have come: information, never a verdict.
    pub fn progress(&self) -> &[Progress] {
        &self.progress
    }

    /// Counts by verdict, and what was not judged.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Records that nothing read, and why.
    pub fn unused(&self) -> &[Unused] {
        &self.unused
    }
}
