//! Bodies, what becomes of them, and what is declared complete.

use rust_decimal::Decimal;
use time::Date;

use super::consistent::{in_order, inconsistent, not_blank};
use super::ids::{BodyId, BodyRef};
use super::percent::Percent;
use super::record::{Fact, Visit, fact};
use super::tables::TableName;
use crate::calendar::Period;
use crate::input::{Path, Problem, ProblemCode, Problems, record};
use crate::order::{InOrder, Set};

pub use crate::plan::body::ReorganisationKind;

fact! {
    /// A declaration that a table lists everything of a scope. Only then does absence mean none.
    pub struct Completeness [Complete: table, kind, body, from, to] {
        /// The table.
        pub table: TableName,
        /// First day of the scope.
        pub from: Date,
        /// Last day of the scope.
        pub to: Date,
        ;
        /// The scope is this kind alone (of activity, body, collective or reorganisation); none: every kind.
        pub kind: Option<String>,
        /// The scope is this body alone; none: every body and the city.
        pub body: Option<BodyRef>,
    }
}

impl Completeness {
    /// The scope in time, where it is one.
    pub fn period(&self) -> Option<Period> {
        Period::new(self.from, self.to).ok()
    }
}

impl Fact for Completeness {
    fn each_body(&mut self, visit: Visit<'_>) {
        let during = self.period();
        if let Some(body) = &mut self.body {
            visit("body", body, during);
        }
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        in_order(("from", self.from), ("to", Some(self.to)), at, out);
        let kinds = [TableName::Activities, TableName::Bodies, TableName::Collectives, TableName::Reorganisations];
        match &self.kind {
            Some(kind) if kinds.contains(&self.table) => not_blank(kind, &at.key("kind"), out),
            Some(_) => inconsistent(at, "kind", format!("the records of `{}` have no kind", self.table), out),
            None => {}
        }
        if self.table == TableName::Complete {
            inconsistent(at, "table", "`complete` cannot be declared complete itself".into(), out);
        }
    }
}

fact! {
    /// A body (cơ quan, đơn vị) that the plan does not list. A body is a code and the day it came into force, never a
    /// code or a name alone.
    pub struct BodyRecord [Bodies: id, valid_from] {
        /// Its id; no other body of the plan or the facts has it.
        pub id: BodyId,
        /// `commune`, `city_office`, `service_unit`, ...: what the plan's groups select by.
        pub kind: String,
        /// Its names, the one to show first.
        pub names: Vec<String>,
        ;
        /// Official code (mã đơn vị hành chính).
        pub code: Option<String>,
        /// First day in force.
        pub valid_from: Option<Date>,
        /// Last day in force.
        pub valid_to: Option<Date>,
        /// The body it belongs to.
        pub parent: Option<BodyRef>,
    }
}

impl Fact for BodyRecord {
    fn each_body(&mut self, visit: Visit<'_>) {
        let during = self.valid_from.map(Period::day);
        if let Some(parent) = &mut self.parent {
            visit("parent", parent, during);
        }
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        if let Some(from) = self.valid_from {
            in_order(("valid_from", from), ("valid_to", self.valid_to), at, out);
        }
        not_blank(&self.kind, &at.key("kind"), out);
        if self.names.is_empty() {
            out.push(Problem::new(ProblemCode::MissingField, at.key("names"), None, "expected at least one name"));
        }
        for (i, name) in self.names.iter().enumerate() {
            not_blank(name, &at.key("names").index(i), out);
        }
    }
}

record! {
    /// What one body receives where a split divides counts.
    pub struct ReorganisationShare {
        /// The body that receives it.
        pub body: BodyRef,
        /// How many hundredths of every count.
        pub percent: Percent,
    }
}

fact! {
    /// A reorganisation of bodies (sắp xếp đơn vị).
    pub struct Reorganisation [Reorganisations: date, kind, from] {
        /// First day of the new state.
        pub date: Date,
        /// What it does.
        pub kind: ReorganisationKind,
        /// The bodies before, one at least.
        pub from: Vec<BodyRef>,
        /// The bodies after; none where a body is dissolved.
        pub to: Vec<BodyRef>,
        ;
        /// How a split divides counts; without it they are unknown.
        pub shares: Vec<ReorganisationShare>,
        /// The deciding document.
        pub document: Option<String>,
    }
}

impl Reorganisation {
    /// How many bodies the kind allows before and after, where it is one.
    fn check_sides(&self, at: &Path<'_>, out: &mut Problems) {
        use ReorganisationKind::{Dissolve, Merge, Rename, Split};
        if self.from.is_empty() {
            inconsistent(at, "from", "expected at least one body".into(), out);
        }
        if self.to.is_empty() && self.kind != Dissolve {
            inconsistent(at, "to", format!("expected at least one body after `{}`", self.kind), out);
        }
        if self.from.len() > 1 && matches!(self.kind, Split | Rename) {
            inconsistent(at, "from", format!("`{}` has one body before it", self.kind), out);
        }
        if self.to.len() > 1 && matches!(self.kind, Merge | Rename) {
            inconsistent(at, "to", format!("`{}` has one body after it", self.kind), out);
        }
    }

    /// Shares are of a split, go to bodies it made, and add up.
    fn check_shares(&self, at: &Path<'_>, out: &mut Problems) {
        if self.shares.is_empty() {
            return;
        }
        if self.kind != ReorganisationKind::Split {
            inconsistent(at, "shares", "only a split divides counts".into(), out);
            return;
        }
        let fold = |body: &BodyRef| crate::text::fold(body.as_str());
        let to: Vec<String> = self.to.iter().map(fold).collect();
        for (i, share) in self.shares.iter().enumerate() {
            if !to.contains(&fold(&share.body)) {
                let message = format!("`{}` is not among the bodies after the split", share.body);
                inconsistent(&at.key("shares").index(i), "body", message, out);
            }
        }
        // A hundred at most each, so the sum stays far within its type.
        let sum = self.shares.iter().fold(Decimal::ZERO, |sum, share| sum.saturating_add(share.percent.value()));
        if sum != Decimal::ONE_HUNDRED {
            inconsistent(at, "shares", format!("the shares add up to {}, not 100", sum.normalize()), out);
        }
    }
}

impl Fact for Reorganisation {
    fn each_body(&mut self, visit: Visit<'_>) {
        let before = self.date.previous_day().map(Period::day);
        let after = Some(Period::day(self.date));
        for (i, body) in self.from.iter_mut().enumerate() {
            visit(&format!("from[{i}]"), body, before);
        }
        for (i, body) in self.to.iter_mut().enumerate() {
            visit(&format!("to[{i}]"), body, after);
        }
        for (i, share) in self.shares.iter_mut().enumerate() {
            visit(&format!("shares[{i}].body"), &mut share.body, after);
        }
    }

    fn sort_lists(&mut self) {
        self.from.order();
        self.to.order();
        self.shares.order_by(|a, b| a.body.cmp(&b.body));
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        self.check_sides(at, out);
        self.check_shares(at, out);
        once(&at.key("from"), self.from.iter(), out);
        once(&at.key("to"), self.to.iter(), out);
        once(&at.key("shares"), self.shares.iter().map(|share| &share.body), out);
    }
}

/// Each body of a list stands in it once.
fn once<'b>(at: &Path<'_>, bodies: impl Iterator<Item = &'b BodyRef>, out: &mut Problems) {
    let mut seen = Set::new();
    for (i, body) in bodies.enumerate() {
        if !seen.insert(crate::text::fold(body.as_str())) {
            let message = format!("the body `{body}` stands twice");
            out.push(Problem::new(ProblemCode::Inconsistent, at.index(i), None, message));
        }
    }
}

fact! {
    /// Public service units (đơn vị sự nghiệp công lập), in one of two shapes: how many there were on a day, or one
    /// unit with the day it was established. [`ServiceUnitRecord::read`] tells which.
    #[derive(Default)]
    pub struct ServiceUnitRecord [ServiceUnits: date, id] {
        ;
        /// The day of which `count` is the state.
        pub date: Option<Date>,
        /// How many units there were.
        pub count: Option<u64>,
        /// One unit.
        pub id: Option<BodyRef>,
        /// Its name.
        pub name: Option<String>,
        /// The day it was established.
        pub established: Option<Date>,
        /// The first day it no longer existed.
        pub dissolved: Option<Date>,
    }
}

/// What a [`ServiceUnitRecord`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServiceUnits<'r> {
    /// How many units there were on a day.
    Counted {
        /// The day.
        date: Date,
        /// How many.
        count: u64,
    },
    /// One unit.
    Listed {
        /// The unit.
        id: &'r BodyRef,
        /// Its name.
        name: &'r str,
        /// The day it was established.
        established: Date,
        /// The first day it no longer existed, where it was dissolved.
        dissolved: Option<Date>,
    },
}

impl ServiceUnitRecord {
    /// So many units on a day.
    #[must_use]
    pub fn counted(date: Date, count: u64) -> Self {
        Self { date: Some(date), count: Some(count), ..Self::new() }
    }

    /// One unit.
    #[must_use]
    pub fn listed(id: BodyRef, name: String, established: Date) -> Self {
        Self { id: Some(id), name: Some(name), established: Some(established), ..Self::new() }
    }

    /// What the record says; none where it has neither shape, which no record of [`Facts`](super::Facts) is.
    pub fn read(&self) -> Option<ServiceUnits<'_>> {
        match (self.date, self.count, &self.id, &self.name, self.established) {
            (Some(date), Some(count), None, None, None) => Some(ServiceUnits::Counted { date, count }),
            (None, None, Some(id), Some(name), Some(established)) => {
                Some(ServiceUnits::Listed { id, name, established, dissolved: self.dissolved })
            }
            _ => None,
        }
    }
}

impl Fact for ServiceUnitRecord {
    fn each_body(&mut self, visit: Visit<'_>) {
        let during = self.established.map(Period::day);
        if let Some(id) = &mut self.id {
            visit("id", id, during);
        }
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        let counted = [("date", self.date.is_some()), ("count", self.count.is_some())];
        let listed =
            [("id", self.id.is_some()), ("name", self.name.is_some()), ("established", self.established.is_some())];
        let dissolved = [("dissolved", self.dissolved.is_some())];
        super::shape::one_of(&counted, &[], &listed, &dissolved, at, out);
        if let Some(name) = &self.name {
            not_blank(name, &at.key("name"), out);
        }
        if let Some(established) = self.established {
            in_order(("established", established), ("dissolved", self.dissolved), at, out);
        }
    }
}
