//! Staff: how many there are, who they are, what is known of them.

use time::Date;

use super::consistent::at_most;
use super::ids::{AreaId, BodyRef, CollectiveId, PersonId};
use super::record::{Fact, Visit, fact};
use crate::calendar::Period;
use crate::input::{Path, Problems, choice};
use crate::order::InOrder;

choice! {
    /// Whose posts are counted.
    pub enum Category {
        /// Cadres and civil servants (cán bộ, công chức).
        Cadre = "cadre",
        /// Public employees paid from the state budget (viên chức, người làm việc hưởng lương từ ngân sách nhà nước).
        Employee = "employee",
    }
}

choice! {
    /// What is counted: posts or people.
    pub enum Basis {
        /// Posts assigned (biên chế giao).
        Assigned = "assigned",
        /// People present (có mặt).
        Actual = "actual",
    }
}

fact! {
    /// How many posts or people there were on a day (biên chế), of a body or of the whole city.
    pub struct Headcount [Headcounts: date, category, basis, body] {
        /// The day of which this is the state.
        pub date: Date,
        /// Whose posts.
        pub category: Category,
        /// Posts assigned or people present.
        pub basis: Basis,
        /// How many.
        pub count: u64,
        ;
        /// The body; none: the whole city.
        pub body: Option<BodyRef>,
    }
}

impl Fact for Headcount {
    fn each_body(&mut self, visit: Visit<'_>) {
        optional_on(&mut self.body, self.date, visit);
    }

    fn body_or_city(&mut self) -> Option<&mut Option<BodyRef>> {
        Some(&mut self.body)
    }
}

fact! {
    /// Posts that a superior's decision added or took away (bổ sung, điều chỉnh biên chế), teachers for example.
    pub struct QuotaAdjustment [QuotaAdjustments: date, category, reason, body] {
        /// The day of the decision.
        pub date: Date,
        /// Whose posts.
        pub category: Category,
        /// How many posts more, or fewer where negative.
        pub delta: i64,
        /// What they were added for. Decisions of one day are told apart by it.
        pub reason: String,
        ;
        /// The body; none: the whole city.
        pub body: Option<BodyRef>,
    }
}

impl Fact for QuotaAdjustment {
    fn each_body(&mut self, visit: Visit<'_>) {
        optional_on(&mut self.body, self.date, visit);
    }

    fn body_or_city(&mut self) -> Option<&mut Option<BodyRef>> {
        Some(&mut self.body)
    }
}

choice! {
    /// What a person is in their body.
    pub enum Role {
        /// Head (người đứng đầu, thủ trưởng).
        Head = "head",
        /// Deputy head (cấp phó).
        Deputy = "deputy",
        /// Anyone else.
        Staff = "staff",
    }
}

choice! {
    /// In what capacity a person serves.
    pub enum PersonCategory {
        /// Cadre (cán bộ).
        Cadre = "cadre",
        /// Civil servant (công chức).
        CivilServant = "civil_servant",
        /// Public employee (viên chức).
        Employee = "employee",
    }
}

fact! {
    /// A person whose rating rules bear on.
    pub struct Person [People: id] {
        /// The person.
        pub id: PersonId,
        /// The body where they serve.
        pub body: BodyRef,
        /// What they are there.
        pub role: Role,
        /// In what capacity.
        pub category: PersonCategory,
        ;
        /// The content areas that their work is tied to.
        pub areas: Vec<AreaId>,
    }
}

impl Fact for Person {
    fn each_body(&mut self, visit: Visit<'_>) {
        visit("body", &mut self.body, None);
    }

    fn sort_lists(&mut self) {
        self.areas.order();
    }
}

choice! {
    /// What kind of collective is rated.
    pub enum CollectiveKind {
        /// Grassroots Party organisation (tổ chức cơ sở đảng).
        PartyOrganisation = "party_organisation",
        /// Leadership collective (tập thể lãnh đạo, quản lý).
        Leadership = "leadership",
    }
}

fact! {
    /// A collective that is rated as one.
    pub struct Collective [Collectives: id] {
        /// The collective.
        pub id: CollectiveId,
        /// The body whose collective it is.
        pub body: BodyRef,
        /// What kind.
        pub kind: CollectiveKind,
        ;
    }
}

impl Fact for Collective {
    fn each_body(&mut self, visit: Visit<'_>) {
        visit("body", &mut self.body, None);
    }
}

fact! {
    /// The deputy head that a body named as responsible for reform (cấp phó phụ trách cải cách hành chính).
    pub struct Deputy [Deputies: body, since] {
        /// The body.
        pub body: BodyRef,
        /// The deputy.
        pub person: PersonId,
        /// The first day of the duty.
        pub since: Date,
        ;
    }
}

impl Fact for Deputy {
    fn each_body(&mut self, visit: Visit<'_>) {
        visit("body", &mut self.body, Some(Period::day(self.since)));
    }
}

fact! {
    /// A change in a person's record (thay đổi thông tin hồ sơ) and the day it was entered.
    pub struct RecordUpdate [RecordUpdates: person, changed] {
        /// The person.
        pub person: PersonId,
        /// The day of the change.
        pub changed: Date,
        ;
        /// The day it was entered in the system; none: not yet.
        pub recorded: Option<Date>,
    }
}

impl Fact for RecordUpdate {}

fact! {
    /// How many people meet the standards of their title (tiêu chuẩn chức danh).
    pub struct TitleStandards [TitleStandards: date, body] {
        /// The day of which this is the state.
        pub date: Date,
        /// How many cadres, civil servants and public employees there are.
        pub total: u64,
        /// How many of them meet the standards.
        pub meeting: u64,
        ;
        /// The body; none: the whole city.
        pub body: Option<BodyRef>,
    }
}

impl Fact for TitleStandards {
    fn each_body(&mut self, visit: Visit<'_>) {
        optional_on(&mut self.body, self.date, visit);
    }

    fn body_or_city(&mut self) -> Option<&mut Option<BodyRef>> {
        Some(&mut self.body)
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        at_most(("meeting", Some(self.meeting)), ("total", Some(self.total)), at, out);
    }
}

fact! {
    /// How many people have their duties under the plan assigned in writing (phân công bằng văn bản).
    pub struct WrittenAssignments [WrittenAssignments: date, body] {
        /// The day of which this is the state.
        pub date: Date,
        /// The body.
        pub body: BodyRef,
        /// How many people serve there.
        pub staff: u64,
        /// How many of them have an assignment in writing.
        pub assigned: u64,
        ;
    }
}

impl Fact for WrittenAssignments {
    fn each_body(&mut self, visit: Visit<'_>) {
        visit("body", &mut self.body, Some(Period::day(self.date)));
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        at_most(("assigned", Some(self.assigned)), ("staff", Some(self.staff)), at, out);
    }
}

/// Visits the body of a record that may have none.
fn optional_on(body: &mut Option<BodyRef>, date: Date, visit: Visit<'_>) {
    if let Some(body) = body {
        visit("body", body, Some(Period::day(date)));
    }
}
