//! Facts: what happened, as tables of records.
//!
//! - [`Facts`]: a set of facts, read from JSON or built from [`Tables`], checked and immutable.
//! - `tables`: the list of all tables; one file for each theme: `body`, `staff`, `dossier`, `survey`, `ranking`,
//!   `activity`.
//! - `record`: the macro that declares a record; `ids`, `percent`, `words`: what fields are made of.
//! - `consistent`, `shape`: what must hold within a record; `intake`: what must hold between records;
//!   `sheet`: a table without its kind of record.
//! - `note`: what is odd but kept.

mod activity;
mod body;
mod consistent;
mod dossier;
mod ids;
mod intake;
mod mention;
mod note;
mod percent;
mod ranking;
pub(crate) mod record;
mod shape;
mod sheet;
mod staff;
mod survey;
pub(crate) mod tables;
#[cfg(test)]
mod tests;
mod words;

use std::cell::RefCell;
use std::fmt;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};
use time::Date;

pub use activity::{Activity, DocumentCounts, Estimate, Fund, Inspection, TaskReport, TaskStatusReport, Trigger};
pub use body::{
    BodyRecord, Completeness, Reorganisation, ReorganisationKind, ReorganisationShare, ServiceUnitRecord, ServiceUnits,
};
pub use dossier::{DossierCounts, Identity, Pending, Received, Residual, Resolved};
pub use ids::{ActivityKind, AreaId, BandId, BodyId, BodyRef, CollectiveId, EnterpriseId, FieldId, PersonId, TaskId};
pub use mention::Mention;
pub(crate) use mention::Stated;
pub use note::{FactNote, FactNoteKind};
pub use percent::Percent;
pub use ranking::{AreaScore, IndexId, IndexValue, OnlinePayments, Ranking};
pub use staff::{
    Basis, Category, Collective, CollectiveKind, Deputy, Headcount, Person, PersonCategory, QuotaAdjustment,
    RecordUpdate, Role, TitleStandards, WrittenAssignments,
};
pub use survey::{PublishedShare, ShareMeasure, Survey, SurveyResult};
pub use tables::{TableName, Tables};

use crate::calendar::Period;
use crate::input::field::{entries, text};
use crate::input::{Node, Path, Problem, ProblemCode, Problems};
use crate::order::Map;
use intake::{Intake, Names};
use tables::{Places, Rows};

/// The schema that documents of facts name.
pub const SCHEMA: &str = "caicach/facts/1";

/// A set of facts (dữ liệu thực tế): checked, immutable, cheap to clone.
///
/// The records of each table stand in an order of their own, by their JSON text, whatever the order they were given in,
/// so that nothing computed from facts depends on it.
///
/// ```
/// use caicach::facts::Facts;
/// let facts = Facts::from_json(r#"{
///     "schema": "caicach/facts/1",
///     "surveys": [{"year": 2023, "field": "overall", "body": "Lộc Thọ", "percent": 86.36, "rounded_to": 2}]
/// }"#)?;
/// assert_eq!(facts.tables().surveys.len(), 1);
/// # Ok::<(), caicach::facts::FactsError>(())
/// ```
#[derive(Clone)]
pub struct Facts(Arc<Inner>);

struct Inner {
    tables: Tables,
    places: Places,
    notes: Vec<FactNote>,
    stated: Vec<Stated>,
    unnamed: Vec<TableName>,
    fingerprint: OnceLock<String>,
}

/// Facts that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FactsError {
    /// Records that cannot be read, or cannot be true; all problems are listed.
    #[error("{count} problem(s) in the facts:\n{0}", count = .0.total())]
    Invalid(Problems),
}

impl FactsError {
    /// What is wrong, table by table.
    pub fn problems(&self) -> &Problems {
        match self {
            FactsError::Invalid(problems) => problems,
        }
    }
}

impl Facts {
    /// Reads facts from JSON. A count may be written with a zero fraction (`412.0`), as data frames with gaps do.
    ///
    /// # Errors
    /// [`FactsError::Invalid`] with every problem of the document: syntax, unknown and missing fields, values that
    /// cannot be, records that contradict each other.
    pub fn from_json(text: impl AsRef<[u8]>) -> Result<Facts, FactsError> {
        let mut problems = Problems::default();
        match crate::input::read_json(text.as_ref(), &mut problems) {
            Some(document) if schema(&document, &mut problems) => {
                let rows = Rows::read(&document, &mut problems);
                Self::settle(rows, &folding(), Order::Given, Vec::new(), problems)
            }
            _ => Err(FactsError::Invalid(problems)),
        }
    }

    /// Takes facts built in Rust, with the checks that [`Facts::from_json`] makes.
    ///
    /// # Errors
    /// [`FactsError::Invalid`] with every problem; the path of a problem counts the records of `tables`.
    ///
    /// ```
    /// use caicach::calendar::parse_iso;
    /// use caicach::facts::{Basis, Category, Facts, Headcount, Tables};
    /// let date = parse_iso("2022-12-31").unwrap();
    /// let facts = Facts::new(Tables {
    ///     headcounts: vec![Headcount {
    ///         source: Some("QĐ 3569/QĐ-UBND".into()),
    ///         ..Headcount::new(date, Category::Cadre, Basis::Assigned, 1247)
    ///     }],
    ///     ..Tables::default()
    /// })?;
    /// assert_eq!(facts.tables().len(), 1);
    /// # Ok::<(), caicach::facts::FactsError>(())
    /// ```
    // By value, as every other constructor: the caller has no further use for them.
    #[allow(clippy::needless_pass_by_value)]
    pub fn new(tables: Tables) -> Result<Facts, FactsError> {
        // One way in: what a builder can write and the format cannot is found by reading it back.
        Self::from_json(tables.json())
    }

    /// These facts and others together, with the checks that hold between them.
    ///
    /// # Errors
    /// [`FactsError::Invalid`] where the two contradict each other; the path of a problem counts the records of
    /// [`Facts::tables`] of these, then those of the others.
    pub fn add(&self, other: &Facts) -> Result<Facts, FactsError> {
        let mut tables = self.0.tables.clone();
        tables.append(other.0.tables.clone());
        Self::new(tables)
    }

    /// The facts once it is known which names are of one body: records that contradict each other under those names are
    /// reported, and of records that say the same one is kept. `names` gives the name under which a body is known, for a
    /// name and the days on which it must exist; asked without a name, that of the city, which records mean that may name
    /// a body and do not. None leaves it as it is.
    ///
    /// # Errors
    /// [`FactsError::Invalid`], with paths into what was first read.
    pub fn under_names(
        &self,
        names: impl Fn(Option<&BodyRef>, Option<Period>) -> Option<BodyRef>,
    ) -> Result<Facts, FactsError> {
        let folded = folding();
        let resolve = |body: Option<&BodyRef>, during| names(body, during).or_else(|| folded(body, during));
        let rows = Rows::of(&self.0.tables, &self.0.places);
        Self::settle(rows, &resolve, Order::Kept, self.repeats(), Problems::default())
    }

    /// What was known by a day, or is known now where no day is given: of records that differ only in `known_on` the
    /// latest such state counts, and a record without it was always known.
    ///
    /// ```
    /// use caicach::calendar::parse_iso;
    /// use caicach::facts::Facts;
    /// let facts = Facts::from_json(r#"{"schema": "caicach/facts/1", "indices": [
    ///     {"year": 2024, "index": "par", "value": 90, "known_on": "2025-01-20"},
    ///     {"year": 2024, "index": "par", "value": 90.49, "known_on": "2025-04-06"}]}"#)?;
    /// let value = |facts: Facts| facts.tables().indices.iter().map(|index| index.value.to_string()).collect::<Vec<_>>();
    /// assert_eq!(value(facts.known(Some(parse_iso("2025-01-01").unwrap()))), Vec::<String>::new());
    /// assert_eq!(value(facts.known(Some(parse_iso("2025-02-01").unwrap()))), ["90"]);
    /// assert_eq!(value(facts.known(None)), ["90.49"]);
    /// # Ok::<(), caicach::facts::FactsError>(())
    /// ```
    #[must_use]
    pub fn known(&self, by: Option<Date>) -> Facts {
        self.known_under(by, &folding())
    }

    /// The same where it is known which names are of one body.
    pub(crate) fn known_under(&self, by: Option<Date>, names: Names<'_>) -> Facts {
        if !self.0.tables.dated() {
            return self.clone();
        }
        let folded = folding();
        let resolve = |body: Option<&BodyRef>, during| names(body, during).or_else(|| folded(body, during));
        let rows = Rows::of(&self.0.tables, &self.0.places).known(by, &resolve);
        // Fewer records cannot contradict each other where more did not.
        Self::settle(rows, &resolve, Order::Kept, self.repeats(), Problems::default()).unwrap_or_else(|_| self.clone())
    }

    /// The notes on records that were left out as repeats of others.
    fn repeats(&self) -> Vec<FactNote> {
        self.0.notes.iter().filter(|note| note.kind() == FactNoteKind::Repeat).cloned().collect()
    }

    /// Checks the rows and orders them; `notes` are those there are already.
    fn settle(
        rows: Rows,
        names: Names<'_>,
        order: Order,
        notes: Vec<FactNote>,
        mut problems: Problems,
    ) -> Result<Facts, FactsError> {
        // As the text of all tables begins.
        let begin = || Sha256::new_with_prefix(format!("{{\"schema\":\"{SCHEMA}\""));
        let digest = (order == Order::Given).then(begin);
        let mut intake =
            Intake { names, problems: &mut problems, notes, stated: Vec::new(), unnamed: Vec::new(), digest };
        let (tables, places) = rows.settle(&mut intake);
        let (notes, stated, unnamed) = (intake.notes, intake.stated, intake.unnamed);
        let end = |digest: Sha256| OnceLock::from(hexadecimal(digest.chain_update("}")));
        let fingerprint = intake.digest.map(end).unwrap_or_default();
        if problems.is_empty() {
            Ok(Facts(Arc::new(Inner { tables, places, notes, stated, unnamed, fingerprint })))
        } else {
            Err(FactsError::Invalid(problems))
        }
    }

    /// The records.
    pub fn tables(&self) -> &Tables {
        &self.0.tables
    }

    /// Whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.0.tables.is_empty()
    }

    /// What is odd about the records but was kept.
    pub fn notes(&self) -> &[FactNote] {
        &self.0.notes
    }

    /// Every body that a record names, in the order of the tables.
    pub fn mentions(&self) -> Vec<Mention> {
        self.0.stated.iter().map(Stated::mention).collect()
    }

    /// The same as they are kept.
    pub(crate) fn stated(&self) -> &[Stated] {
        &self.0.stated
    }

    /// Whether some record of a table names no body and so is of the whole city.
    pub(crate) fn has_unnamed(&self, table: TableName) -> bool {
        self.0.unnamed.contains(&table)
    }

    /// Where a record of [`Facts::tables`] stood in what was read: `dossier_counts[2]`.
    pub fn path(&self, table: TableName, index: usize) -> String {
        let place = self.0.places.of(table, index).unwrap_or(index);
        Path::Root.key(table.as_str()).index(place).to_string()
    }

    /// The facts as JSON, in the structure that [`Facts::from_json`] reads: tables in the order of the format, records
    /// in the order of their text, so that the same facts give the same bytes.
    pub fn to_json(&self) -> String {
        self.0.tables.json()
    }

    /// SHA-256 of [`Facts::to_json`], as `sha256:` and 64 hexadecimal digits: two sets of facts with one fingerprint
    /// say the same, in whatever order they were given.
    pub fn fingerprint(&self) -> &str {
        self.0.fingerprint.get_or_init(|| hexadecimal(Sha256::new_with_prefix(self.to_json())))
    }
}

impl PartialEq for Facts {
    fn eq(&self, other: &Self) -> bool {
        self.0.tables == other.0.tables
    }
}

impl Eq for Facts {}

impl fmt::Debug for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Facts").field("tables", &self.0.tables).field("notes", &self.0.notes).finish_non_exhaustive()
    }
}

/// In what order records come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// As someone wrote them.
    Given,
    /// As tables keep them.
    Kept,
}

/// Without a plan, two names are one body's where they are the same text but for case and spelling.
fn folding() -> impl Fn(Option<&BodyRef>, Option<Period>) -> Option<BodyRef> {
    // Many records name few bodies.
    let known: RefCell<Map<BodyRef, Option<BodyRef>>> = RefCell::default();
    move |body, _| {
        let body = body?;
        let fold = || {
            let key = crate::text::fold(body.as_str());
            (!key.is_empty()).then(|| BodyRef::from(key.as_str()))
        };
        known.borrow_mut().entry(body.clone()).or_insert_with(fold).clone()
    }
}

fn hexadecimal(digest: Sha256) -> String {
    digest.finalize().iter().fold(String::from("sha256:"), |text, byte| format!("{text}{byte:02x}"))
}

/// Checks the outermost object. False where the document is not one that this version can say more about.
fn schema(document: &Node<'_>, out: &mut Problems) -> bool {
    let names: Vec<&str> = std::iter::once("schema").chain(TableName::ALL.iter().map(|name| name.as_str())).collect();
    let Some(node) = document.get("schema") else {
        if entries(document, &names, &Path::Root, out).is_none() {
            return false;
        }
        let problem = Problem::new(ProblemCode::MissingField, "schema", None, "the field is missing");
        out.push(problem.help(format!("begin with \"schema\": \"{SCHEMA}\"")));
        return true;
    };
    let at = Path::Root.key("schema");
    match text(node, &at, out) {
        Some(SCHEMA) | None => entries(document, &names, &Path::Root, out).is_some(),
        Some(other) => {
            let other = crate::input::node::clip(other);
            let problem = Problem::new(ProblemCode::UnknownSchema, at, node.line, format!("unknown schema `{other}`"));
            out.push(problem.help(format!("this version reads `{SCHEMA}`")));
            false
        }
    }
}
