//! What was done: activities, inspections, reports on tasks, money and documents.

use rust_decimal::Decimal;
use time::Date;

use super::consistent::{at_most, in_order, inconsistent, not_negative};
use super::ids::{ActivityKind, BodyRef, EnterpriseId, TaskId};
use super::note::{FactNoteKind, Remarks};
use super::record::{Fact, Visit, fact};
use crate::calendar::Period;
use crate::input::{Path, Problems, choice};

fact! {
    /// Something a body did that the plan asks for a number of times (hoạt động).
    pub struct Activity [Activities: kind, body, date, document] {
        /// What was done: [`ActivityKind::REVIEW_MEETING`], ...
        pub kind: ActivityKind,
        /// Who did it.
        pub body: BodyRef,
        /// When.
        pub date: Date,
        ;
        /// The document it left. Activities of one kind, body and day are told apart by it.
        pub document: Option<String>,
        /// How many times that day; none: once.
        pub count: Option<u64>,
    }
}

impl Activity {
    /// How many times it was done.
    pub fn times(&self) -> u64 {
        self.count.unwrap_or(1)
    }
}

impl Fact for Activity {
    fn each_body(&mut self, visit: Visit<'_>) {
        visit("body", &mut self.body, Some(Period::day(self.date)));
    }

    fn remarks(&self, out: &mut Remarks<'_>) {
        out.unfamiliar("kind", self.kind.as_str(), ActivityKind::KNOWN);
    }
}

fact! {
    /// An inspection of an enterprise or household business (thanh tra, kiểm tra doanh nghiệp).
    pub struct Inspection [Inspections: enterprise, body, date] {
        /// Who was inspected.
        pub enterprise: EnterpriseId,
        /// Who inspected.
        pub body: BodyRef,
        /// When it began.
        pub date: Date,
        /// Whether a superior ordered it, outside the yearly plan (theo chỉ đạo của cấp trên).
        pub ordered_by_superior: bool,
        ;
    }
}

impl Fact for Inspection {
    fn each_body(&mut self, visit: Visit<'_>) {
        visit("body", &mut self.body, Some(Period::day(self.date)));
    }
}

choice! {
    /// What a report says of a task.
    pub enum TaskStatusReport {
        /// Work has begun.
        Started = "started",
        /// The task, or what it must yield this time, is done.
        Completed = "completed",
    }
}

fact! {
    /// A report on a task of the annex (báo cáo tiến độ nhiệm vụ).
    pub struct TaskReport [TaskReports: task, body, date, status, deliverable, document] {
        /// The task: `I.9`.
        pub task: TaskId,
        /// The day of which this is the state.
        pub date: Date,
        /// Started or completed.
        pub status: TaskStatusReport,
        ;
        /// Whose part of the task; none: the whole task.
        pub body: Option<BodyRef>,
        /// What was delivered (sản phẩm).
        pub deliverable: Option<String>,
        /// The document.
        pub document: Option<String>,
    }
}

impl Fact for TaskReport {
    fn each_body(&mut self, visit: Visit<'_>) {
        let during = Some(Period::day(self.date));
        if let Some(body) = &mut self.body {
            visit("body", body, during);
        }
    }
}

fact! {
    /// The event that a task waits for, such as a directive from the province.
    pub struct Trigger [Triggers: task, date, document] {
        /// The task.
        pub task: TaskId,
        /// When the event happened.
        pub date: Date,
        ;
        /// The document that is the event, or reports it.
        pub document: Option<String>,
    }
}

impl Fact for Trigger {}

choice! {
    /// Where money comes from.
    pub enum Fund {
        /// The yearly budget (dự toán hằng năm).
        Annual = "annual",
        /// A project (chương trình, đề án, dự án).
        Project = "project",
        /// Outside the state budget (ngoài ngân sách).
        OutsideBudget = "outside_budget",
    }
}

fact! {
    /// A cost estimate for a task (dự toán kinh phí).
    pub struct Estimate [Estimates: task, body, submitted, fund] {
        /// The task.
        pub task: TaskId,
        /// The body that estimates.
        pub body: BodyRef,
        /// How much, in đồng.
        pub amount: Decimal,
        /// The day it was submitted to the Finance - Planning office.
        pub submitted: Date,
        /// Where the money comes from.
        pub fund: Fund,
        ;
        /// The day it was appraised (thẩm định).
        pub appraised: Option<Date>,
        /// The day it was approved (phê duyệt).
        pub approved: Option<Date>,
    }
}

impl Fact for Estimate {
    fn each_body(&mut self, visit: Visit<'_>) {
        visit("body", &mut self.body, Some(Period::day(self.submitted)));
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        not_negative("amount", Some(self.amount), at, out);
        in_order(("submitted", self.submitted), ("appraised", self.appraised), at, out);
        in_order(("submitted", self.submitted), ("approved", self.approved), at, out);
    }
}

fact! {
    /// A year's documents of a body, in and out (văn bản đi, đến).
    pub struct DocumentCounts [Documents: year, body] {
        /// The year.
        pub year: i32,
        /// The body.
        pub body: BodyRef,
        /// All documents.
        pub total: u64,
        /// Secret ones (văn bản mật).
        pub secret: u64,
        /// Those handled electronically from end to end (xử lý trên môi trường điện tử).
        pub electronic: u64,
        ;
        /// Those that a special law excepts.
        pub excepted: Option<u64>,
        /// Those signed digitally (ký số).
        pub digitally_signed: Option<u64>,
    }
}

impl DocumentCounts {
    /// Those that must be handled electronically; none where more are set aside than there are.
    pub fn electronic_due(&self) -> Option<u64> {
        self.total.checked_sub(self.secret)?.checked_sub(self.excepted.unwrap_or(0))
    }
}

impl Fact for DocumentCounts {
    fn each_body(&mut self, visit: Visit<'_>) {
        visit("body", &mut self.body, Period::year(self.year));
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        let total = ("total", Some(self.total));
        at_most(("secret", Some(self.secret)), total, at, out);
        at_most(("excepted", self.excepted), total, at, out);
        at_most(("electronic", Some(self.electronic)), total, at, out);
        at_most(("digitally_signed", self.digitally_signed), total, at, out);
        let each = self.secret <= self.total && self.excepted.unwrap_or(0) <= self.total;
        if each && self.electronic_due().is_none() {
            let message = format!("`secret` and `excepted` together are more than `total` {}", self.total);
            inconsistent(at, "excepted", message, out);
        }
    }

    fn remarks(&self, out: &mut Remarks<'_>) {
        if let Some(due) = self.electronic_due()
            && self.electronic > due
        {
            let message =
                format!("`electronic` is {}, more than the {due} neither secret nor excepted", self.electronic);
            out.add(FactNoteKind::PartBeyondWhole, message);
        }
    }
}
