//! How two plans differ: clauses, tasks, rules, thresholds, readings, and the verdicts that change.
//!
//! Both are compared as data, record by record under their ids, field by field. The order of records says nothing.

use std::borrow::Cow;

use serde::Serialize;

use super::Plan;
use super::ids::RuleId;
use crate::assessment::{AssessError, Options};
use crate::calendar::Period;
use crate::facts::Facts;
use crate::input::{Kind, Node, Problems, choice, read_json};
use crate::order::{Map, Set};
use crate::rule::finding::{Finding, Subject, Verdict};
use crate::text::Lang;

choice! {
    /// A part of a plan.
    pub enum Part {
        /// The document's head.
        Document = "document",
        /// A heading.
        Section = "section",
        /// A paragraph.
        Clause = "clause",
        /// A group of tasks.
        Group = "group",
        /// A task.
        Task = "task",
        /// A body.
        Body = "body",
        /// A named group of bodies.
        BodyGroup = "body_group",
        /// A reorganisation.
        Reorganisation = "reorganisation",
        /// A scale of ranks or ratings.
        Scale = "scale",
        /// A reading.
        Reading = "reading",
        /// A rule.
        Rule = "rule",
        /// A correction of the printed text.
        Erratum = "erratum",
    }
}

choice! {
    /// What became of a record from one plan to the other.
    pub enum Fate {
        /// Only the other plan has it.
        Added = "added",
        /// Only this plan has it.
        Removed = "removed",
        /// Both have it, with other fields.
        Changed = "changed",
    }
}

/// A field that differs. Values are JSON texts; none where a plan does not give the field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldDifference {
    /// The field within its record: `steps[0].at_least`.
    pub path: String,
    /// Its value in this plan.
    pub before: Option<String>,
    /// Its value in the other.
    pub after: Option<String>,
}

/// A record that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where in the plan it stands.
    pub part: Part,
    /// Its id.
    pub id: String,
    /// What became of it.
    pub fate: Fate,
    /// The fields that differ, where both plans have it.
    pub fields: Vec<FieldDifference>,
}

/// Fields of a rule that are its words or its place, not what it demands.
const WORDS: [&str; 5] = ["clause", "also", "title", "gist_en", "quote"];

impl FieldDifference {
    fn first(&self) -> &str {
        self.path.split(['.', '[']).next().unwrap_or_default()
    }
}

/// Everything in which two plans differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanDiff {
    before: String,
    after: String,
    differences: Vec<Difference>,
}

impl PlanDiff {
    /// Whether the plans say the same.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// The records that differ, part by part in the order of a plan file, by id.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// Those of one part.
    pub fn of(&self, part: Part) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(move |difference| difference.part == part)
    }

    /// What rules demand otherwise - floors, caps, years, bands, counts - with the id of each rule.
    pub fn thresholds(&self) -> impl Iterator<Item = (&str, &FieldDifference)> {
        self.of(Part::Rule).flat_map(|rule| {
            let demands = |field: &&FieldDifference| !WORDS.contains(&field.first()) && field.first() != "readings";
            rule.fields.iter().filter(demands).map(|field| (rule.id.as_str(), field))
        })
    }

    /// The differences in words, one to a line.
    pub fn text(&self, lang: Lang) -> String {
        if self.differences.is_empty() {
            return match lang {
                Lang::Vi => "Hai kế hoạch không khác nhau.".into(),
                Lang::En => "The two plans say the same.".into(),
            };
        }
        let lines: Vec<String> = self.differences.iter().map(|difference| difference.text(lang)).collect();
        lines.join("\n")
    }

    /// All of it as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Difference {
    /// The difference in words.
    pub fn text(&self, lang: Lang) -> String {
        let part = part_name(self.part, lang);
        let what = match (lang, self.fate) {
            (Lang::Vi, Fate::Added) => "thêm".to_owned(),
            (Lang::Vi, Fate::Removed) => "bỏ".to_owned(),
            (Lang::En, Fate::Added) => "added".to_owned(),
            (Lang::En, Fate::Removed) => "removed".to_owned(),
            (_, Fate::Changed) => {
                let none = if lang == Lang::Vi { "không có" } else { "none" };
                let value = |value: &Option<String>| value.clone().unwrap_or_else(|| none.to_owned());
                let field = |field: &FieldDifference| {
                    format!("{}: {} → {}", field.path, value(&field.before), value(&field.after))
                };
                self.fields.iter().map(field).collect::<Vec<_>>().join("; ")
            }
        };
        match self.part {
            Part::Document => format!("{part}: {what}"),
            _ => format!("{part} `{}`: {what}", self.id),
        }
    }
}

fn part_name(part: Part, lang: Lang) -> &'static str {
    let (vi, en) = match part {
        Part::Document => ("Văn bản", "Document"),
        Part::Section => ("Đề mục", "Heading"),
        Part::Clause => ("Đoạn", "Paragraph"),
        Part::Group => ("Nhóm nhiệm vụ", "Group of tasks"),
        Part::Task => ("Nhiệm vụ", "Task"),
        Part::Body => ("Cơ quan, đơn vị", "Body"),
        Part::BodyGroup => ("Nhóm cơ quan, đơn vị", "Group of bodies"),
        Part::Reorganisation => ("Sắp xếp", "Reorganisation"),
        Part::Scale => ("Thang xếp hạng", "Scale"),
        Part::Reading => ("Cách hiểu", "Reading"),
        Part::Rule => ("Quy định", "Rule"),
        Part::Erratum => ("Đính chính", "Erratum"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// A finding whose verdict differs between two plans; none where a plan has no such finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictChange {
    /// The rule.
    pub rule: RuleId,
    /// Whom it is about.
    pub subject: Subject,
    /// The period.
    pub period: Period,
    /// Under this plan.
    pub before: Option<Verdict>,
    /// Under the other.
    pub after: Option<Verdict>,
}

impl Plan {
    /// In what this plan and another differ.
    ///
    /// ```
    /// use caicach::{Lang, Plan, plan::diff::Part};
    /// let plan = Plan::builtin()?;
    /// assert!(plan.diff(&plan).is_empty());
    /// # Ok::<(), caicach::PlanError>(())
    /// ```
    pub fn diff(&self, other: &Plan) -> PlanDiff {
        let (before, after) = (self.to_json(), other.to_json());
        let (before, after) = (records(&before), records(&after));
        let ids: Set<&(Part, String)> = before.keys().chain(after.keys()).collect();
        let difference = |id: &&(Part, String)| difference(id.0, &id.1, before.get(*id), after.get(*id));
        let differences = ids.iter().filter_map(difference).collect();
        PlanDiff { before: self.fingerprint().to_owned(), after: other.fingerprint().to_owned(), differences }
    }

    /// Which verdicts are others under another plan, for the same facts and options.
    ///
    /// # Errors
    /// As [`Plan::assess`], of either plan: the readings chosen must be known to both.
    pub fn verdict_changes(
        &self,
        other: &Plan,
        facts: &Facts,
        options: &Options,
    ) -> Result<Vec<VerdictChange>, AssessError> {
        let options = options.clone().alternatives(false);
        let (before, after) = (self.assess(facts, &options)?, other.assess(facts, &options)?);
        let key = |finding: &Finding| (finding.rule().clone(), finding.subject().clone(), finding.period());
        let mut changes: Vec<VerdictChange> = Vec::new();
        let mut others: Map<_, Verdict> =
            after.findings().iter().map(|finding| (key(finding), finding.verdict())).collect();
        let change = |(rule, subject, period), before, after| VerdictChange { rule, subject, period, before, after };
        for finding in before.findings() {
            let found = others.remove(&key(finding));
            if found != Some(finding.verdict()) {
                changes.push(change(key(finding), Some(finding.verdict()), found));
            }
        }
        changes.extend(others.into_iter().map(|(key, verdict)| change(key, None, Some(verdict))));
        Ok(changes)
    }
}

/// Every record of a plan by its part and id.
type Records<'n> = Map<(Part, String), Node<'n>>;

fn records(json: &str) -> Records<'_> {
    // By way of its text, so that a plan is written in one way alone.
    let tree = read_json(json.as_bytes(), &mut Problems::default());
    let Some(Kind::Map(contents)) = tree.map(|tree| tree.kind) else { return Map::new() };
    let mut found = Map::new();
    for (name, node) in contents {
        let Some(part) = Part::from_word(&name) else { continue };
        match node.kind {
            Kind::List(records) => {
                for record in records {
                    found.insert(unused(&found, part, identity(part, &record)), record);
                }
            }
            _ => _ = found.insert((part, part.to_string()), node),
        }
    }
    found
}

/// The same id, numbered where it stands already.
fn unused(taken: &Records<'_>, part: Part, id: String) -> (Part, String) {
    let numbered = (2u32..).map(|n| format!("{id} ({n})"));
    let free = |id: String| Some((part, id)).filter(|id| !taken.contains_key(id));
    std::iter::once(id.clone()).chain(numbered).find_map(free).unwrap_or((part, id))
}

fn identity(part: Part, record: &Node<'_>) -> String {
    let text = |field: &str| record.get(field).and_then(Node::text).unwrap_or_default();
    match part {
        Part::Reading => text("key").to_owned(),
        Part::Erratum => format!("{}: {}", text("where"), text("printed")),
        Part::Reorganisation => {
            let from = record.get("from").map(Node::to_json).unwrap_or_default();
            format!("{} {} {from}", text("date"), text("kind"))
        }
        _ => text("id").to_owned(),
    }
}

type Given<'n> = Option<&'n Node<'n>>;

fn difference(part: Part, id: &str, before: Given<'_>, after: Given<'_>) -> Option<Difference> {
    let mut fields = Vec::new();
    let fate = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => Fate::Added,
        (Some(_), None) => Fate::Removed,
        (Some(before), Some(after)) => {
            compare("", Some(before), Some(after), &mut fields);
            if fields.is_empty() {
                return None;
            }
            Fate::Changed
        }
    };
    Some(Difference { part, id: id.to_owned(), fate, fields })
}

fn compare(path: &str, before: Given<'_>, after: Given<'_>, out: &mut Vec<FieldDifference>) {
    match (before.map(|node| &node.kind), after.map(|node| &node.kind)) {
        (Some(Kind::Map(a)), Some(Kind::Map(b))) => {
            let under = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            each(&members(a), &members(b), &under, out);
        }
        (Some(Kind::List(a)), Some(Kind::List(b)))
            if a.iter().chain(b).all(|node| matches!(node.kind, Kind::Map(_))) =>
        {
            items(path, a, b, out);
        }
        _ => {
            let (before, after) = (before.map(Node::to_json), after.map(Node::to_json));
            if before != after {
                out.push(FieldDifference { path: path.to_owned(), before, after });
            }
        }
    }
}

/// Nodes by key or id.
type Named<'n> = Map<&'n str, &'n Node<'n>>;

/// Compares what stands under the same name, in order of names.
fn each(a: &Named<'_>, b: &Named<'_>, path: &dyn Fn(&str) -> String, out: &mut Vec<FieldDifference>) {
    let names: Set<&str> = a.keys().chain(b.keys()).copied().collect();
    names.iter().for_each(|name| compare(&path(name), a.get(name).copied(), b.get(name).copied(), out));
}

fn members<'n>(entries: &'n [(Cow<'n, str>, Node<'n>)]) -> Named<'n> {
    entries.iter().map(|(key, node)| (key.as_ref(), node)).collect()
}

/// Lists of objects: by their ids where all have one, else place by place.
fn items<'n>(path: &str, a: &'n [Node<'n>], b: &'n [Node<'n>], out: &mut Vec<FieldDifference>) {
    let id = |node: &'n Node<'n>| node.get("id").and_then(Node::text);
    if a.iter().chain(b).all(|node| id(node).is_some()) {
        let by_id = |list: &'n [Node<'n>]| list.iter().filter_map(|node| Some((id(node)?, node))).collect();
        return each(&by_id(a), &by_id(b), &|id| format!("{path}[{id}]"), out);
    }
    for place in 0..a.len().max(b.len()) {
        compare(&format!("{path}[{place}]"), a.get(place), b.get(place), out);
    }
}
