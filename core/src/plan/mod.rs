//! The plan: what the document says, as data.
//!
//! - `document`: head, headings, paragraphs, groups, errata.
//! - `task`: the tasks of the annex with schedule and duties.
//! - `body`: bodies, groups of bodies, reorganisations; `registry`: finding a body by name and date.
//! - `lineage`: what became of a body; `territory`: which bodies the city's figures are summed over.
//! - `rule`: a norm with its words; `kind`: what each kind of norm needs.
//! - `reading`: questions the document leaves open; `scale`: bands of ranks and ratings.
//! - `diff`: how two plans differ; `amendment`: a plan that is changed from a day on.
//! - `defaults`: what a plan file may leave out; `check`: what it must satisfy beyond its syntax.

pub mod amendment;
pub mod body;
mod check;
mod defaults;
pub mod diff;
pub mod document;
pub mod ids;
pub mod kind;
pub mod lineage;
pub mod reading;
pub mod registry;
pub mod rule;
pub mod scale;
pub mod task;
mod territory;

use std::sync::{Arc, OnceLock};

use body::{Body, BodyGroup, Reorganisation};
use document::{Clause, Document, Erratum, Group, Section};
use ids::{BodyId, RuleId};
use reading::Reading;
use registry::Registry;
pub use rule::Rule;
use scale::Scale;
use sha2::{Digest, Sha256};
use task::Task;

use crate::calendar::Calendar;
use crate::input::field::read;
use crate::input::{Path, ProblemCode, Problems, Show, record};
use crate::order::Map;

/// The schema that plan files name.
pub const SCHEMA: &str = "caicach/plan/1";

/// The plan of Nha Trang that comes with the library.
const BUILTIN: &str = include_str!("../../data/plan-298.toml");

record! {
    /// Everything a plan file holds, in its order.
    pub struct Contents {
        /// [`SCHEMA`].
        pub schema: String,
        /// The head of the document.
        pub document: Document,
        /// Headings.
        pub section: Vec<Section>,
        /// Paragraphs of the main text.
        pub clause: Vec<Clause>,
        /// Groups of tasks.
        pub group: Vec<Group>,
        /// Tasks of the annex.
        pub task: Vec<Task>,
        /// Bodies.
        pub body: Vec<Body>,
        /// Named groups of bodies.
        pub body_group: Vec<BodyGroup>,
        /// Reorganisations of bodies.
        pub reorganisation: Vec<Reorganisation>,
        /// Scales of ranks and ratings.
        pub scale: Vec<Scale>,
        /// Readings.
        pub reading: Vec<Reading>,
        /// Rules.
        pub rule: Vec<Rule>,
        /// Corrections of the printed text.
        pub erratum: Vec<Erratum>,
    }
}

/// A plan (kế hoạch), loaded and checked. Immutable and cheap to clone.
#[derive(Debug, Clone)]
pub struct Plan(Arc<Loaded>);

#[derive(Debug, Clone)]
struct Loaded {
    contents: Arc<Contents>,
    registry: Registry,
    lineage: lineage::Lineage,
    rules: Map<RuleId, usize>,
    fingerprint: String,
    calendar: OnceLock<Option<Calendar>>,
    /// Of a calendar that is not the built-in one.
    calendar_fingerprint: Option<String>,
}

/// A plan that could not be loaded.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The plan file has problems; all of them are listed.
    #[error("{total} problem(s) in the plan:\n{0}", total = .0.total())]
    Invalid(Problems),
}

impl PlanError {
    /// What is wrong, in the order of the file.
    pub fn problems(&self) -> &Problems {
        match self {
            PlanError::Invalid(problems) => problems,
        }
    }
}

impl Plan {
    /// The built-in plan: Kế hoạch 298/KH-UBND of Nha Trang, 13/01/2023.
    ///
    /// # Errors
    /// None in a released version: a test loads it. The result spares callers a panic.
    ///
    /// ```
    /// let plan = caicach::Plan::builtin()?;
    /// assert_eq!(plan.document().number, "298/KH-UBND");
    /// assert_eq!(plan.tasks().len(), 55);
    /// # Ok::<(), caicach::PlanError>(())
    /// ```
    pub fn builtin() -> Result<Plan, PlanError> {
        Plan::from_toml(BUILTIN)
    }

    /// Loads a plan from the text of its file.
    ///
    /// # Errors
    /// [`PlanError::Invalid`] with every problem of the file: syntax, unknown and missing fields, ids
    /// that nothing bears, quotes that their clause does not have, numbers that their quote does not have.
    pub fn from_toml(text: impl AsRef<[u8]>) -> Result<Plan, PlanError> {
        let mut out = Problems::default();
        let tree = crate::input::read_toml(text.as_ref(), &mut out);
        let contents = tree.and_then(|mut tree| {
            defaults::fill(&mut tree);
            let contents = read::<Contents>(&tree, &Path::Root, &mut out)?;
            if contents.schema != SCHEMA {
                let message = format!("unknown schema `{}`, expected `{SCHEMA}`", contents.schema);
                out.add(ProblemCode::UnknownSchema, &Path::Root.key("schema"), None, message);
            }
            check::check(&contents, &tree, &mut out);
            Some(contents)
        });
        match contents {
            Some(contents) if out.is_empty() => Ok(Plan::new(contents)),
            _ => Err(PlanError::Invalid(out)),
        }
    }

    /// A plan of given contents, checked as one that is loaded; no problem has a line.
    pub(crate) fn from_contents(contents: &Contents) -> Result<Plan, PlanError> {
        let mut out = Problems::default();
        let text = contents.shown().json();
        let contents = crate::input::read_json(text.as_bytes(), &mut out).and_then(|tree| {
            let contents = read(&tree, &Path::Root, &mut out)?;
            check::check(&contents, &tree, &mut out);
            Some(contents)
        });
        match contents {
            Some(contents) if out.is_empty() => Ok(Plan::new(contents)),
            _ => Err(PlanError::Invalid(out)),
        }
    }

    fn new(contents: Contents) -> Plan {
        let registry = Registry::new(&contents.body, &contents.body_group, &contents.document.body);
        let lineage = lineage::Lineage::of_plan(&registry, &contents.reorganisation);
        let rules = contents.rule.iter().enumerate().map(|(i, rule)| (rule.id().clone(), i)).collect();
        let fingerprint = fingerprint(contents.shown().json().as_bytes());
        let calendar = OnceLock::new();
        let contents = Arc::new(contents);
        Plan(Arc::new(Loaded { contents, registry, lineage, rules, fingerprint, calendar, calendar_fingerprint: None }))
    }

    /// The plan as JSON, in the structure of the plan file.
    pub fn to_json(&self) -> String {
        self.0.contents.shown().json()
    }

    /// SHA-256 over the canonical form: two plans with one fingerprint say the same.
    pub fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }

    /// Everything the plan file holds.
    pub fn contents(&self) -> &Contents {
        &self.0.contents
    }

    /// The head of the document.
    pub fn document(&self) -> &Document {
        &self.0.contents.document
    }

    /// The bodies, findable by name and date.
    pub fn registry(&self) -> &Registry {
        &self.0.registry
    }

    /// The working calendar by which days are counted, made when it is first asked for.
    pub(crate) fn calendar(&self) -> Option<&Calendar> {
        // The built-in file always loads.
        self.0.calendar.get_or_init(|| Calendar::builtin().ok()).as_ref()
    }

    /// This plan with its working days counted by another calendar, such as the built-in one with days off of one's own
    /// laid over it. The receipts of its assessments name the calendar.
    ///
    /// ```
    /// use caicach::calendar::{Calendar, HolidayData, parse_iso};
    /// use caicach::{Facts, Options, Plan};
    /// let flood = HolidayData::default().day_off(parse_iso("2024-03-13")?, "Nghỉ do mưa lũ", "Công văn của UBND tỉnh");
    /// let plan = Plan::builtin()?.with_calendar(Calendar::builtin()?.with(flood)?);
    /// let facts = Facts::from_json(r#"{"schema": "caicach/facts/1",
    ///     "record_updates": [{"person": "cb1", "changed": "2024-03-08", "recorded": "2024-03-18"}]}"#)?;
    /// let options = Options::on(parse_iso("2024-04-01")?).reading("update_days", "working");
    /// let verdict = |plan: &Plan| -> Result<&'static str, Box<dyn std::error::Error>> {
    ///     let assessment = plan.assess(&facts, &options)?;
    ///     let mut findings = assessment.findings().iter();
    ///     Ok(findings.find(|finding| finding.rule().as_str() == "record_update").unwrap().verdict().as_str())
    /// };
    /// assert_eq!((verdict(&Plan::builtin()?)?, verdict(&plan)?), ("not_met", "met"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_calendar(&self, calendar: Calendar) -> Plan {
        let mut loaded = Loaded::clone(&self.0);
        let own = calendar.fingerprint();
        let builtin = Calendar::builtin().ok().map(|builtin| builtin.fingerprint());
        loaded.calendar = OnceLock::from(Some(calendar));
        loaded.calendar_fingerprint = Some(own).filter(|own| Some(own) != builtin.as_ref());
        Plan(Arc::new(loaded))
    }

    /// See [`Calendar::fingerprint`]; none of a plan that counts by the built-in calendar.
    pub fn calendar_fingerprint(&self) -> Option<&str> {
        self.0.calendar_fingerprint.as_deref()
    }

    /// The rules, in the order of the file.
    pub fn rules(&self) -> &[Rule] {
        &self.0.contents.rule
    }

    /// The rule with an id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.0.contents.rule.get(*self.0.rules.get(id)?)
    }

    /// The tasks, in the order of the annex.
    pub fn tasks(&self) -> &[Task] {
        &self.0.contents.task
    }

    /// The task with an id (`V.9`).
    pub fn task(&self, id: &str) -> Option<&Task> {
        self.tasks().iter().find(|task| task.id.as_str() == id)
    }

    /// The paragraph with an id (`I.1.3`).
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.0.contents.clause.iter().find(|clause| clause.id.as_str() == id)
    }

    /// The body with an id.
    pub fn body(&self, id: &str) -> Option<&Body> {
        self.0.contents.body.iter().find(|body| body.id.as_str() == id)
    }

    /// The readings, in the order of the file.
    pub fn readings(&self) -> &[Reading] {
        &self.0.contents.reading
    }

    /// The reading with a key.
    pub fn reading(&self, key: &str) -> Option<&Reading> {
        self.readings().iter().find(|reading| reading.key.as_str() == key)
    }

    /// The scale with an id.
    pub fn scale(&self, id: &str) -> Option<&Scale> {
        self.0.contents.scale.iter().find(|scale| scale.id.as_str() == id)
    }

    /// The tasks of a group (`VII`).
    pub fn tasks_of_group<'p>(&'p self, group: &'p str) -> impl Iterator<Item = &'p Task> + 'p {
        self.tasks().iter().filter(move |task| task.group.as_str() == group)
    }

    /// The tasks in which a body has a duty, by itself or as a member of a group.
    pub fn tasks_of_body<'p>(&'p self, body: &'p BodyId) -> impl Iterator<Item = &'p Task> + 'p {
        self.tasks().iter().filter(move |task| {
            let named = task.duties.iter().flat_map(|duty| &duty.bodies);
            named.into_iter().any(|name| name == body.as_str() || self.registry().group_has(name, body))
        })
    }

    /// The tasks with a kind of schedule.
    pub fn tasks_of_schedule(&self, kind: task::ScheduleKind) -> impl Iterator<Item = &Task> {
        self.tasks().iter().filter(move |task| task.schedule.kind == kind)
    }
}

/// `sha256:` and the digest in hexadecimal.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::from("sha256:"), |text, byte| format!("{text}{byte:02x}"))
}
