//! Amendments (sửa đổi, bổ sung): dated changes to a plan, and the plan in force on any day.
//!
//! An amendment is a TOML file of its own, so that the plan stays as it was issued:
//!
//! ```toml
//! schema = "caicach/amendment/1"
//!
//! [document]
//! number = "120/QĐ-UBND"
//! date = "2025-02-20"
//! issuer = "UBND thành phố Nha Trang"
//! title = "Sửa đổi Kế hoạch số 298/KH-UBND"
//!
//! [[change]]
//! date = "2025-03-01"          # first day on which it holds
//! action = "replace"           # or add, remove
//! what = "reading"             # or clause, task, rule, body, body_group, reorganisation
//! id = "reduction_rounding"
//! default = "nearest"          # of a reading; elsewhere the whole record under the name of `what`
//! ```
//!
//! What an added or replaced record looks like is what the plan file says: `[change.rule]`, `[change.clause]` and so on.
//! An added record stands after the one that `after` names, else at the end. Changes of one day are made in the order
//! given; no record is changed twice on one day. A clause or task that is replaced or removed takes its errata with it:
//! they correct the printing of words that no longer hold.

use std::sync::Arc;

use time::Date;

use super::body::{Body, BodyGroup, Reorganisation};
use super::document::Clause;
use super::ids::OptionId;
use super::reading::Reading;
use super::task::Task;
use super::{Contents, Plan, Rule};
use crate::calendar::iso;
use crate::input::field::read;
use crate::input::node::clip;
use crate::input::{Field, Path, Problem, ProblemCode, Problems, choice, record};
use crate::order::{InOrder, Map};

/// The schema that amendment files name.
pub const SCHEMA: &str = "caicach/amendment/1";

choice! {
    /// What a change does.
    pub enum Action {
        /// Puts a record in the place of another.
        Replace = "replace",
        /// Adds a record.
        Add = "add",
        /// Takes a record out.
        Remove = "remove",
    }
}

choice! {
    /// What is changed.
    pub enum What {
        /// A paragraph.
        Clause = "clause",
        /// A task.
        Task = "task",
        /// A rule.
        Rule = "rule",
        /// A reading, or only its default.
        Reading = "reading",
        /// A body.
        Body = "body",
        /// A named group of bodies.
        BodyGroup = "body_group",
        /// A reorganisation, which can only be added.
        Reorganisation = "reorganisation",
    }
}

record! {
    /// The head of an amending document.
    pub struct AmendmentHead {
        /// Its number.
        pub number: String,
        /// The day it was signed.
        pub date: Date,
        /// Who issued it.
        pub issuer: String,
        /// Its title.
        pub title: String,
        /// Its title in English.
        pub title_en: Option<String>,
        /// Where it was read.
        pub source: Option<String>,
    }
}

record! {
    /// One dated change.
    pub struct Change {
        /// First day on which it holds.
        pub date: Date,
        /// What it does.
        pub action: Action,
        /// What it changes.
        pub what: What,
        /// The id of what it replaces or removes; may be left out where a record gives it.
        pub id: Option<String>,
        /// The id of the record after which an added one stands.
        pub after: Option<String>,
        /// The new default of a reading.
        pub default: Option<OptionId>,
        /// The paragraph as it reads from then on.
        pub clause: Option<Clause>,
        /// The task.
        pub task: Option<Task>,
        /// The rule.
        pub rule: Option<Rule>,
        /// The reading.
        pub reading: Option<Reading>,
        /// The body.
        pub body: Option<Body>,
        /// The group of bodies.
        pub body_group: Option<BodyGroup>,
        /// The reorganisation.
        pub reorganisation: Option<Reorganisation>,
        /// Why.
        pub reason: Option<String>,
    }
}

record! {
    /// Everything an amendment file holds.
    pub struct AmendmentContents {
        /// [`SCHEMA`].
        pub schema: String,
        /// The amending document.
        pub document: AmendmentHead,
        /// The changes.
        pub change: Vec<Change>,
    }
}

/// An amendment, read and checked in itself; whether it fits a plan shows when it is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment(Arc<AmendmentContents>);

/// An amendment that cannot be read or applied.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum AmendmentError {
    /// All problems of one file, or of applying several to a plan.
    #[error("{total} problem(s) in the amendment:\n{0}", total = .0.total())]
    Invalid(Problems),
}

impl AmendmentError {
    /// What is wrong.
    pub fn problems(&self) -> &Problems {
        match self {
            AmendmentError::Invalid(problems) => problems,
        }
    }
}

impl Amendment {
    /// Reads an amendment from the text of its file.
    ///
    /// # Errors
    /// [`AmendmentError::Invalid`] with every problem of the file.
    pub fn from_toml(text: impl AsRef<[u8]>) -> Result<Amendment, AmendmentError> {
        let mut out = Problems::default();
        let tree = crate::input::read_toml(text.as_ref(), &mut out);
        let contents = tree.and_then(|tree| {
            let contents = read::<AmendmentContents>(&tree, &Path::Root, &mut out)?;
            if contents.schema != SCHEMA {
                let message = format!("unknown schema `{}`, expected `{SCHEMA}`", clip(&contents.schema));
                out.add(ProblemCode::UnknownSchema, &Path::Root.key("schema"), None, message);
            }
            let lines = tree.get("change");
            for (i, change) in contents.change.iter().enumerate() {
                let line = lines.and_then(|list| match &list.kind {
                    crate::input::Kind::List(items) => items.get(i)?.line,
                    _ => None,
                });
                change.check(&Path::Root.key("change").index(i), line, &mut out);
            }
            Some(contents)
        });
        match contents {
            Some(contents) if out.is_empty() => Ok(Amendment(Arc::new(contents))),
            _ => Err(AmendmentError::Invalid(out)),
        }
    }

    /// The amending document.
    pub fn document(&self) -> &AmendmentHead {
        &self.0.document
    }

    /// The changes, in the order of the file.
    pub fn changes(&self) -> &[Change] {
        &self.0.change
    }
}

impl Change {
    /// The id of what is changed.
    pub fn target(&self) -> Option<&str> {
        self.id.as_deref().or_else(|| self.record_id())
    }

    /// The id that the record given has.
    fn record_id(&self) -> Option<&str> {
        match self.what {
            What::Clause => Some(self.clause.as_ref()?.id.as_str()),
            What::Task => Some(self.task.as_ref()?.id.as_str()),
            What::Rule => Some(self.rule.as_ref()?.id().as_str()),
            What::Reading => Some(self.reading.as_ref()?.key.as_str()),
            What::Body => Some(self.body.as_ref()?.id.as_str()),
            What::BodyGroup => Some(self.body_group.as_ref()?.id.as_str()),
            What::Reorganisation => None,
        }
    }

    /// The names of the records that are given.
    fn given(&self) -> Vec<&'static str> {
        let all = [
            ("clause", self.clause.is_some()),
            ("task", self.task.is_some()),
            ("rule", self.rule.is_some()),
            ("reading", self.reading.is_some()),
            ("body", self.body.is_some()),
            ("body_group", self.body_group.is_some()),
            ("reorganisation", self.reorganisation.is_some()),
        ];
        all.into_iter().filter(|(_, given)| *given).map(|(name, _)| name).collect()
    }

    fn check(&self, at: &Path<'_>, line: Option<u32>, out: &mut Problems) {
        let mut wrong = |code, field: &'static str, message: String| {
            out.push(Problem::new(code, at.key(field), line, message));
        };
        let what = self.what.as_str();
        for other in self.given().into_iter().filter(|name| *name != what) {
            wrong(ProblemCode::Inconsistent, other, format!("a change of a {what} does not give `{other}`"));
        }
        let given = self.given().contains(&what);
        let only_default = self.what == What::Reading && self.action == Action::Replace && self.default.is_some();
        match self.action {
            Action::Remove if given => {
                wrong(ProblemCode::Inconsistent, what, "what is removed is named by `id` alone".into())
            }
            Action::Remove if self.id.is_none() && self.what != What::Reorganisation => {
                wrong(ProblemCode::MissingField, "id", "the field is missing: what is removed?".into());
            }
            Action::Add | Action::Replace if !given && !only_default => {
                wrong(ProblemCode::MissingField, what, format!("the {what} as it is from then on is missing"));
            }
            _ => {}
        }
        if self.default.is_some() && (!only_default || given) {
            wrong(
                ProblemCode::Inconsistent,
                "default",
                "`default` stands alone in the replacement of a reading".into(),
            );
        }
        if only_default && !given && self.id.is_none() {
            wrong(ProblemCode::MissingField, "id", "the field is missing: which reading?".into());
        }
        if self.what == What::Reorganisation && self.action != Action::Add {
            wrong(ProblemCode::Inconsistent, "action", "a reorganisation can only be added".into());
        }
        if self.action != Action::Add && self.after.is_some() {
            wrong(ProblemCode::Inconsistent, "after", "only what is added has a new place".into());
        }
        if let (Some(id), Some(of_record)) = (self.id.as_deref(), self.record_id())
            && id != of_record
        {
            wrong(
                ProblemCode::Inconsistent,
                "id",
                format!("`{}` is not the id of the {what}, `{}`", clip(id), clip(of_record)),
            );
        }
    }
}

/// A plan with amendments, in force as amended on any day.
#[derive(Debug, Clone)]
pub struct AmendedPlan {
    base: Plan,
    versions: Vec<(Date, Plan)>,
    amendments: Vec<Amendment>,
}

impl AmendedPlan {
    /// The plan in force on a day.
    pub fn on(&self, date: Date) -> &Plan {
        let before = self.versions.iter().rev().find(|(from, _)| *from <= date);
        before.map_or(&self.base, |(_, plan)| plan)
    }

    /// The plan as issued.
    pub fn base(&self) -> &Plan {
        &self.base
    }

    /// The days from which it reads otherwise, and how it reads then.
    pub fn versions(&self) -> &[(Date, Plan)] {
        &self.versions
    }

    /// The amendments.
    pub fn amendments(&self) -> &[Amendment] {
        &self.amendments
    }
}

impl Plan {
    /// This plan with amendments. Every version that comes of them is checked as any plan is.
    ///
    /// ```
    /// use caicach::{Plan, calendar::parse_iso, plan::amendment::Amendment};
    /// let plan = Plan::builtin()?;
    /// let amendment = Amendment::from_toml(r#"
    ///     schema = "caicach/amendment/1"
    ///     document = { number = "1/QĐ-UBND", date = "2025-02-20", issuer = "UBND thành phố Nha Trang", title = "Sửa đổi" }
    ///     [[change]]
    ///     date = "2025-03-01"
    ///     action = "replace"
    ///     what = "reading"
    ///     id = "reduction_rounding"
    ///     default = "nearest""#)?;
    /// let amended = plan.amended(&[amendment])?;
    /// let default = |day| -> String {
    ///     amended.on(parse_iso(day).unwrap()).reading("reduction_rounding").unwrap().default.to_string()
    /// };
    /// assert_eq!((default("2025-02-28"), default("2025-03-01")), ("exact".into(), "nearest".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`AmendmentError::Invalid`] with everything that does not fit: `amendment[0].change[2].id` for what a change names,
    /// `2025-03-01: rule[3].quote` for what is wrong with the plan from that day on.
    pub fn amended(&self, amendments: &[Amendment]) -> Result<AmendedPlan, AmendmentError> {
        let mut out = Problems::default();
        let mut changes: Vec<(Date, usize, usize, &Change)> = Vec::new();
        for (i, amendment) in amendments.iter().enumerate() {
            changes.extend(amendment.changes().iter().enumerate().map(|(j, change)| (change.date, i, j, change)));
        }
        changes.order_by_key(|(date, i, j, _)| (*date, *i, *j));
        twice(&changes, &mut out);
        let mut contents = copy(self.contents());
        let mut versions: Vec<(Date, Plan)> = Vec::new();
        for day in changes.chunk_by(|a, b| a.0 == b.0) {
            let sound = out.total();
            for (_, i, j, change) in day {
                let (root, list) = (Path::Root.key("amendment"), "change");
                apply(change, &mut contents, &root.index(*i).key(list).index(*j), &mut out);
            }
            let Some((date, ..)) = day.first() else { continue };
            match Plan::from_contents(&contents) {
                Ok(plan) => versions.push((*date, plan)),
                // What follows from a change that could not be made is not a second problem.
                Err(_) if out.total() > sound => {}
                Err(error) => of_version(*date, error.problems(), &mut out),
            }
        }
        if out.is_empty() {
            Ok(AmendedPlan { base: self.clone(), versions, amendments: amendments.to_vec() })
        } else {
            Err(AmendmentError::Invalid(out))
        }
    }
}

/// Reports records that are changed twice on one day.
fn twice(changes: &[(Date, usize, usize, &Change)], out: &mut Problems) {
    let mut seen = Map::new();
    for (date, i, j, change) in changes {
        let Some(id) = change.target() else { continue };
        if let Some((a, b)) = seen.insert((*date, change.what, id), (*i, *j)) {
            let message = format!(
                "the {} `{}` is changed by `amendment[{a}].change[{b}]` on that day already",
                change.what,
                clip(id)
            );
            out.push(Problem::new(ProblemCode::Contradiction, format!("amendment[{i}].change[{j}]"), None, message));
        }
    }
}

/// The problems of a version, with the day from which it would hold.
fn of_version(date: Date, problems: &Problems, out: &mut Problems) {
    for problem in problems.list() {
        let path = format!("{}: {}", iso(date), problem.path());
        let again = Problem::new(problem.code(), path, None, problem.message());
        out.push(match problem.help_text() {
            Some(help) => again.help(help),
            None => again,
        });
    }
}

fn apply(change: &Change, contents: &mut Contents, at: &Path<'_>, out: &mut Problems) {
    match change.what {
        What::Clause => {
            list(change, &mut contents.clause, change.clause.as_ref(), &|clause| clause.id.as_str(), at, out);
            forget_errata(change, contents, change.target().unwrap_or_default());
        }
        What::Task => {
            list(change, &mut contents.task, change.task.as_ref(), &|task| task.id.as_str(), at, out);
            forget_errata(change, contents, &format!("annex {}", change.target().unwrap_or_default()));
        }
        What::Rule => list(change, &mut contents.rule, change.rule.as_ref(), &|rule| rule.id().as_str(), at, out),
        What::Body => list(change, &mut contents.body, change.body.as_ref(), &|body| body.id.as_str(), at, out),
        What::BodyGroup => {
            list(change, &mut contents.body_group, change.body_group.as_ref(), &|group| group.id.as_str(), at, out);
        }
        What::Reorganisation => contents.reorganisation.extend(change.reorganisation.as_ref().map(copy)),
        What::Reading => match &change.default {
            None => {
                list(change, &mut contents.reading, change.reading.as_ref(), &|reading| reading.key.as_str(), at, out)
            }
            Some(default) => set_default(change, contents, default, at, out),
        },
    }
}

/// A copy made by writing and reading: plans are changed seldom, and cloning each kind of record takes more code.
fn copy<T: Field>(record: &T) -> T {
    let (text, mut none) = (record.shown().json(), Problems::default());
    let tree = crate::input::read_json(text.as_bytes(), &mut none);
    // What was read is read again.
    tree.and_then(|tree| read(&tree, &Path::Root, &mut none)).unwrap_or_else(T::blank)
}

/// Replaces, adds or removes one record of a list.
fn list<T: Field>(
    change: &Change,
    records: &mut Vec<T>,
    record: Option<&T>,
    id: &dyn Fn(&T) -> &str,
    at: &Path<'_>,
    out: &mut Problems,
) {
    let target = change.target().unwrap_or_default();
    let place = |wanted: &str| records.iter().position(|record| id(record) == wanted);
    let unknown = |field: &'static str, name: &str, out: &mut Problems| {
        let message = format!("no {} has the id `{}` on {}", change.what, clip(name), iso(change.date));
        let problem = Problem::new(ProblemCode::UnknownReference, at.key(field), None, message);
        out.push(problem.did_you_mean(name, records.iter().map(id)));
    };
    match (change.action, place(target), record) {
        (Action::Add, Some(_), _) => {
            let message = format!("there is a {} `{}` already", change.what, clip(target));
            out.push(Problem::new(ProblemCode::DuplicateId, at.key("id"), None, message).help("replace it"));
        }
        (Action::Add, None, Some(record)) => {
            let after = change.after.as_deref();
            match after.map(|after| (after, place(after))) {
                None => records.push(copy(record)),
                Some((_, Some(place))) => records.insert(place.saturating_add(1), copy(record)),
                Some((after, None)) => unknown("after", after, out),
            }
        }
        (Action::Replace | Action::Remove, None, _) => unknown("id", target, out),
        (Action::Replace, Some(place), Some(record)) => {
            if let Some(slot) = records.get_mut(place) {
                *slot = copy(record);
            }
        }
        (Action::Remove, Some(place), _) => {
            records.remove(place);
        }
        // Reading an amendment has refused these.
        (Action::Add | Action::Replace, _, None) => {}
    }
}

/// Corrections of the printing of words that no longer hold.
fn forget_errata(change: &Change, contents: &mut Contents, place: &str) {
    if change.action != Action::Add {
        contents.erratum.retain(|erratum| erratum.r#where != place);
    }
}

fn set_default(change: &Change, contents: &mut Contents, default: &OptionId, at: &Path<'_>, out: &mut Problems) {
    let target = change.target().unwrap_or_default();
    match contents.reading.iter_mut().find(|reading| reading.key.as_str() == target) {
        Some(reading) => reading.default = default.clone(),
        None => {
            let message = format!("no reading has the key `{}` on {}", clip(target), iso(change.date));
            let problem = Problem::new(ProblemCode::UnknownReference, at.key("id"), None, message);
            out.push(problem.did_you_mean(target, contents.reading.iter().map(|reading| reading.key.as_str())));
        }
    }
}
