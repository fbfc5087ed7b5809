//! The tables of facts, declared once.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use time::Date;

use super::SCHEMA;
use super::activity::{Activity, DocumentCounts, Estimate, Inspection, TaskReport, Trigger};
use super::body::{BodyRecord, Completeness, Reorganisation, ServiceUnitRecord};
use super::dossier::DossierCounts;
use super::intake::{self, Intake, Names};
use super::ranking::{IndexValue, OnlinePayments, Ranking};
use super::sheet::Sheet;
use super::staff::{
    Collective, Deputy, Headcount, Person, QuotaAdjustment, RecordUpdate, TitleStandards, WrittenAssignments,
};
use super::survey::{PublishedShare, Survey};
use crate::input::{Node, Problems, Shown, choice};

/// Declares the names of the tables, the struct that holds them, and what is done with each of them in turn.
macro_rules! tables {
    ($($(#[$meta:meta])* $variant:ident $table:ident: $record:ident = $word:literal,)*) => {
        choice! {
            /// The name of a table of facts.
            pub enum TableName { $($(#[$meta])* $variant = $word,)* }
        }

        /// The tables of facts. Fill one and hand it to [`Facts::new`](super::Facts::new); all tables may be empty.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Tables { $($(#[$meta])* pub $table: Vec<$record>,)* }

        impl Tables {
            /// How many records a table has.
            pub fn len_of(&self, table: TableName) -> usize {
                self.sheet(table).count()
            }

            /// Adds the records of other tables after those of these.
            pub fn append(&mut self, other: Tables) {
                $(self.$table.extend(other.$table);)*
            }

            /// A table without its kind of record.
            pub(super) fn sheet(&self, table: TableName) -> &dyn Sheet {
                match table { $(TableName::$variant => &self.$table,)* }
            }

            fn sheet_mut(&mut self, table: TableName) -> &mut dyn Sheet {
                match table { $(TableName::$variant => &mut self.$table,)* }
            }
        }
    };
}

tables! {
    /// Which tables list everything of a scope.
    Complete complete: Completeness = "complete",
    /// Bodies besides those of the plan.
    Bodies bodies: BodyRecord = "bodies",
    /// Reorganisations of bodies.
    Reorganisations reorganisations: Reorganisation = "reorganisations",
    /// Posts and people counted (biên chế).
    Headcounts headcounts: Headcount = "headcounts",
    /// Posts added or taken away by a superior.
    QuotaAdjustments quota_adjustments: QuotaAdjustment = "quota_adjustments",
    /// Public service units (đơn vị sự nghiệp công lập).
    ServiceUnits service_units: ServiceUnitRecord = "service_units",
    /// Surveys of satisfaction (mức độ hài lòng).
    Surveys surveys: Survey = "surveys",
    /// Dossiers counted per period (hồ sơ thủ tục hành chính).
    DossierCounts dossier_counts: DossierCounts = "dossier_counts",
    /// Shares known only as a published percentage.
    Shares shares: PublishedShare = "shares",
    /// Ranks of bodies (xếp hạng).
    Rankings rankings: Ranking = "rankings",
    /// People (cán bộ, công chức, viên chức).
    People people: Person = "people",
    /// Collectives that are rated (tập thể).
    Collectives collectives: Collective = "collectives",
    /// What bodies did (hoạt động).
    Activities activities: Activity = "activities",
    /// Inspections of enterprises (thanh tra, kiểm tra).
    Inspections inspections: Inspection = "inspections",
    /// Reports on tasks (báo cáo nhiệm vụ).
    TaskReports task_reports: TaskReport = "task_reports",
    /// Events that tasks wait for.
    Triggers triggers: Trigger = "triggers",
    /// Changes in people's records and when they were entered.
    RecordUpdates record_updates: RecordUpdate = "record_updates",
    /// National and provincial indices (chỉ số).
    Indices indices: IndexValue = "indices",
    /// Fees paid online per locality (thanh toán trực tuyến).
    OnlinePayments online_payments: OnlinePayments = "online_payments",
    /// People who meet the standards of their title (tiêu chuẩn chức danh).
    TitleStandards title_standards: TitleStandards = "title_standards",
    /// Duties assigned in writing (phân công bằng văn bản).
    WrittenAssignments written_assignments: WrittenAssignments = "written_assignments",
    /// Documents in and out (văn bản đi, đến).
    Documents documents: DocumentCounts = "documents",
    /// Cost estimates (dự toán).
    Estimates estimates: Estimate = "estimates",
    /// Deputies responsible for reform (cấp phó phụ trách).
    Deputies deputies: Deputy = "deputies",
}

impl Tables {
    /// How many records there are in all.
    pub fn len(&self) -> usize {
        TableName::ALL.iter().fold(0, |sum, table| sum.saturating_add(self.len_of(*table)))
    }

    /// Whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether some record says since when it is known.
    pub(super) fn dated(&self) -> bool {
        let dated = |sheet: &dyn Sheet| (0..sheet.count()).any(|at| sheet.known_on(at).is_some());
        TableName::ALL.iter().any(|table| dated(self.sheet(*table)))
    }

    /// The tables as JSON: what [`Serialize`] gives, by the texts of the records.
    pub(super) fn json(&self) -> String {
        let mut text = format!("{{\"schema\":\"{SCHEMA}\"");
        for sheet in TableName::ALL.iter().map(|table| self.sheet(*table)).filter(|sheet| sheet.count() > 0) {
            text.push_str(&format!(",\"{}\":", sheet.name()));
            for at in 0..sheet.count() {
                text.push(if at == 0 { '[' } else { ',' });
                text.push_str(&sheet.text(at));
            }
            text.push(']');
        }
        text.push('}');
        text
    }
}

/// The document that facts are read from: the schema, then every table that has a record.
impl Serialize for Tables {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", SCHEMA)?;
        for sheet in TableName::ALL.iter().map(|table| self.sheet(*table)).filter(|sheet| sheet.count() > 0) {
            map.serialize_entry(sheet.name().as_str(), &Shown::List(sheet.count(), sheet))?;
        }
        map.end()
    }
}

/// For every table, where each of its records stood in what was read.
#[derive(Debug, Clone, Default)]
pub(super) struct Places(Vec<Vec<usize>>);

impl Places {
    /// Where a record stood.
    pub(super) fn of(&self, table: TableName, index: usize) -> Option<usize> {
        self.0.get(table as usize)?.get(index).copied()
    }
}

/// Records with their places in what was read, before anything is said about their agreement.
#[derive(Debug)]
pub(super) struct Rows {
    tables: Tables,
    places: Places,
}

impl Rows {
    /// Reads every table of a document.
    pub(super) fn read(document: &Node<'_>, out: &mut Problems) -> Rows {
        let mut tables = Tables::default();
        let places = TableName::ALL.iter().map(|table| intake::read(tables.sheet_mut(*table), document, out)).collect();
        Rows { tables, places: Places(places) }
    }

    /// The records of tables, with the places they had.
    pub(super) fn of(tables: &Tables, places: &Places) -> Rows {
        Rows { tables: tables.clone(), places: places.clone() }
    }

    /// Checks every table, and puts its records in the order that does not depend on the order given.
    pub(super) fn settle(mut self, intake: &mut Intake<'_>) -> (Tables, Places) {
        self.each(|sheet, places| intake.settle(sheet, places));
        (self.tables, self.places)
    }

    /// Of each key the latest state of knowledge, as it was known by a day or is now.
    pub(super) fn known(mut self, by: Option<Date>, names: Names<'_>) -> Rows {
        self.each(|sheet, places| intake::known(sheet, places, by, names));
        self
    }

    fn each(&mut self, mut work: impl FnMut(&mut dyn Sheet, &mut Vec<usize>)) {
        for (table, places) in TableName::ALL.iter().zip(&mut self.places.0) {
            work(self.tables.sheet_mut(*table), places);
        }
    }
}
