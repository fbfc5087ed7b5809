//! Dossiers counted per period: the columns of form II.06a/VPCP/KSTT (Thông tư 01/2020/TT-VPCP).

use std::fmt;

use time::Date;

use super::consistent::in_order;
use super::ids::{BodyRef, FieldId, PersonId};
use super::note::{FactNoteKind, Remarks};
use super::record::{Fact, Visit, fact, members};
use crate::calendar::Period;
use crate::input::{Path, Problems, choice, record};

record! {
    /// Dossiers received in the period (số hồ sơ tiếp nhận), columns 3 to 6.
    #[derive(Default)]
    pub struct Received {
        /// Filed online (trực tuyến).
        pub online: Option<u64>,
        /// Filed at the counter or by post (trực tiếp, dịch vụ bưu chính).
        pub direct: Option<u64>,
        /// Carried over from the period before (từ kỳ trước).
        pub carried_over: Option<u64>,
        /// All of them, as published (tổng số).
        pub total: Option<u64>,
    }
}

impl Received {
    /// How many in all: the published total, else the sum of the parts where all are known.
    pub fn count(&self) -> Option<u64> {
        self.total.or_else(|| sum(&[self.online, self.direct, self.carried_over]))
    }
}

record! {
    /// Dossiers resolved in the period (số hồ sơ đã giải quyết), columns 7 to 10.
    #[derive(Default)]
    pub struct Resolved {
        /// Before the due date (trước hạn).
        pub early: Option<u64>,
        /// On the due date (đúng hạn).
        pub on_time: Option<u64>,
        /// Early and on time together, where published together.
        pub in_time: Option<u64>,
        /// After the due date (quá hạn, trễ hạn).
        pub late: Option<u64>,
        /// All of them, as published (tổng số).
        pub total: Option<u64>,
    }
}

impl Resolved {
    /// Early and on time together: the published figure, else the sum of the two where both are known.
    pub fn not_late(&self) -> Option<u64> {
        self.in_time.or_else(|| sum(&[self.early, self.on_time]))
    }

    /// How many in all: the published total, else the sum of the parts where all are known.
    pub fn count(&self) -> Option<u64> {
        let parts = || sum(&[self.early, self.on_time, self.late]);
        self.total.or_else(parts).or_else(|| sum(&[self.in_time, self.late]))
    }
}

record! {
    /// Dossiers still pending at the end of the period (số hồ sơ đang giải quyết), columns 11 to 13.
    #[derive(Default)]
    pub struct Pending {
        /// Not yet due (trong hạn).
        pub in_time: Option<u64>,
        /// Overdue (quá hạn).
        pub overdue: Option<u64>,
        /// All of them, as published (tổng số).
        pub total: Option<u64>,
    }
}

impl Pending {
    /// How many in all: the published total, else the sum of the parts where both are known.
    pub fn count(&self) -> Option<u64> {
        self.total.or_else(|| sum(&[self.in_time, self.overdue]))
    }
}

fact! {
    /// A body's dossiers in a period (hồ sơ thủ tục hành chính). Published figures are often partial: any group and any
    /// part of a group may be missing, which means unknown, not none.
    pub struct DossierCounts [DossierCounts: body, officer, field, from, to] {
        /// The body.
        pub body: BodyRef,
        /// First day of the period.
        pub from: Date,
        /// Last day of the period.
        pub to: Date,
        ;
        /// The person who handled them, where the record is one person's.
        pub officer: Option<PersonId>,
        /// The field, where the record is one field's (lĩnh vực, column 2).
        pub field: Option<FieldId>,
        /// Dossiers received.
        pub received: Option<Received>,
        /// Dossiers resolved.
        pub resolved: Option<Resolved>,
        /// Dossiers pending.
        pub pending: Option<Pending>,
        /// Dossiers withdrawn or no longer handled (rút, dừng xử lý); the form has no column for them.
        pub cancelled: Option<u64>,
        /// Requests for more papers (yêu cầu bổ sung hồ sơ).
        pub supplement_requests: Option<u64>,
        /// Those of them made in writing (phiếu yêu cầu bổ sung).
        pub supplement_notices: Option<u64>,
        /// Apologies for lateness (phiếu xin lỗi).
        pub apologies: Option<u64>,
    }
}

choice! {
    /// A sum that the columns of form II.06a must make.
    pub enum Identity {
        /// Received = online + direct + carried over (column 3 = 4 + 5 + 6).
        Received = "received",
        /// Resolved = early + on time + late, or in time + late (column 7 = 8 + 9 + 10).
        Resolved = "resolved",
        /// In time = early + on time, where all three are published.
        InTime = "in_time",
        /// Pending = in time + overdue (column 11 = 12 + 13).
        Pending = "pending",
        /// Received = resolved + pending + cancelled (column 3 = 7 + 11, and what the form has no column for).
        Balance = "balance",
    }
}

impl Identity {
    /// What stands on the two sides.
    fn sides(self) -> (&'static str, &'static str) {
        match self {
            Identity::Received => ("received", "online + direct + carried_over"),
            Identity::Resolved => ("resolved", "early + on_time + late"),
            Identity::InTime => ("resolved.in_time", "early + on_time"),
            Identity::Pending => ("pending", "in_time + overdue"),
            Identity::Balance => ("received", "resolved + pending + cancelled"),
        }
    }
}

/// By how much published figures fail to add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Residual {
    /// The sum that fails.
    pub identity: Identity,
    /// The total as published.
    pub published: i128,
    /// The sum of the parts that are known.
    pub computed: i128,
    /// Whether all parts are known. If not, those that are exceed the total already, and the true sum may be larger.
    pub exact: bool,
}

impl Residual {
    /// Published less computed: what the parts leave unexplained, negative where they exceed the total.
    pub fn difference(&self) -> i128 {
        self.published.saturating_sub(self.computed)
    }
}

impl fmt::Display for Residual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (total, parts) = self.identity.sides();
        let bound = if self.exact { "" } else { "at least " };
        let (published, computed, difference) = (self.published, self.computed, self.difference());
        write!(f, "`{total}` is {published}, `{parts}` is {bound}{computed}: a difference of {difference}")
    }
}

impl DossierCounts {
    /// Its period, where it is one.
    pub fn period(&self) -> Option<Period> {
        Period::new(self.from, self.to).ok()
    }

    /// The sums that do not come out, in the order of the form. Where a part is unknown a sum is judged only if the known
    /// parts exceed the total. `cancelled` counts as none where it is missing, for this purpose alone.
    pub fn residuals(&self) -> Vec<Residual> {
        let received = self.received.clone().unwrap_or_default();
        let resolved = self.resolved.clone().unwrap_or_default();
        let pending = self.pending.clone().unwrap_or_default();
        let split = resolved.early.is_some() && resolved.on_time.is_some() || resolved.in_time.is_none();
        let resolved_parts = if split {
            [resolved.early, resolved.on_time, resolved.late]
        } else {
            [resolved.in_time, Some(0), resolved.late]
        };
        let all = [
            residual(Identity::Received, received.total, &[received.online, received.direct, received.carried_over]),
            residual(Identity::Resolved, resolved.total, &resolved_parts),
            residual(Identity::InTime, resolved.in_time, &[resolved.early, resolved.on_time]),
            residual(Identity::Pending, pending.total, &[pending.in_time, pending.overdue]),
            residual(
                Identity::Balance,
                received.count(),
                &[resolved.count(), pending.count(), Some(self.cancelled.unwrap_or(0))],
            ),
        ];
        all.into_iter().flatten().collect()
    }
}

/// The residual of one sum, where it does not come out.
fn residual(identity: Identity, published: Option<u64>, parts: &[Option<u64>]) -> Option<Residual> {
    let published = i128::from(published?);
    let computed = parts.iter().flatten().fold(0i128, |sum, part| sum.saturating_add(i128::from(*part)));
    let exact = parts.iter().all(Option::is_some);
    let broken = if exact { computed != published } else { computed > published };
    broken.then_some(Residual { identity, published, computed, exact })
}

/// The sum of parts that are all known.
fn sum(parts: &[Option<u64>]) -> Option<u64> {
    parts.iter().try_fold(0u64, |sum, part| sum.checked_add((*part)?))
}

impl Fact for DossierCounts {
    fn each_body(&mut self, visit: Visit<'_>) {
        let during = self.period();
        visit("body", &mut self.body, during);
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        in_order(("from", self.from), ("to", Some(self.to)), at, out);
    }

    fn remarks(&self, out: &mut Remarks<'_>) {
        for residual in self.residuals() {
            out.add(FactNoteKind::BrokenIdentity, residual.to_string());
        }
        let requests = ("supplement_requests", self.supplement_requests);
        out.part(("supplement_notices", self.supplement_notices), requests);
        let late = self.resolved.as_ref().and_then(|resolved| resolved.late);
        out.part(("apologies", self.apologies), ("resolved.late", late));
    }

    fn lane(&self) -> Option<(Vec<u8>, Period)> {
        let of = |name: &str| matches!(name, "body" | "officer" | "field" | "known_on");
        Some((members(self, &of), self.period()?))
    }
}
