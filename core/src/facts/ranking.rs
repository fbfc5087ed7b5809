//! Ranks of bodies, national indices, and the comparison of districts.

use rust_decimal::Decimal;

use super::consistent::{at_most, from_one, inconsistent, not_negative};
use super::ids::{AreaId, BandId, BodyRef};
use super::record::{Fact, Visit, fact};
use crate::calendar::Period;
use crate::input::{Path, Problem, ProblemCode, Problems, choice, record};
use crate::order::{InOrder, Set};

record! {
    /// How a body did in one content area (nội dung, lĩnh vực cải cách hành chính).
    pub struct AreaScore {
        /// The area.
        pub area: AreaId,
        /// Its score in points.
        pub score: Option<Decimal>,
        /// Its rank, where areas are ranked.
        pub rank: Option<BandId>,
    }
}

fact! {
    /// A body's result in the yearly ranking of administrative reform (xếp hạng kết quả cải cách hành chính).
    pub struct Ranking [Rankings: year, body] {
        /// The year ranked, not the year of publication.
        pub year: i32,
        /// The body.
        pub body: BodyRef,
        ;
        /// Its rank: a band of the plan's scale (`good`, `fair`, `average`, `weak`).
        pub rank: Option<BandId>,
        /// Its score in points.
        pub score: Option<Decimal>,
        /// How it did in each content area.
        pub areas: Vec<AreaScore>,
    }
}

impl Fact for Ranking {
    fn each_body(&mut self, visit: Visit<'_>) {
        visit("body", &mut self.body, Period::year(self.year));
    }

    fn sort_lists(&mut self) {
        self.areas.order_by(|a, b| a.area.cmp(&b.area));
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        not_negative("score", self.score, at, out);
        let areas = at.key("areas");
        let mut seen = Set::new();
        for (i, area) in self.areas.iter().enumerate() {
            let at = areas.index(i);
            not_negative("score", area.score, &at, out);
            if !seen.insert(&area.area) {
                let message = format!("the area `{}` stands twice", area.area);
                out.push(Problem::new(ProblemCode::Contradiction, at.key("area"), None, message));
            }
        }
    }
}

choice! {
    /// An index by which provinces or districts are compared.
    pub enum IndexId {
        /// Public administration reform index, 0 to 100 (PAR INDEX, chỉ số cải cách hành chính).
        Par = "par",
        /// Provincial competitiveness index, 0 to 100 (PCI).
        Pci = "pci",
        /// Provincial governance and public administration performance index, 8 to 80 (PAPI).
        Papi = "papi",
        /// ICT readiness index, 0 to 1 (ICT Index).
        Ict = "ict",
        /// Digital transformation index, 0 to 1000 or, as often published, 0 to 1 (DTI).
        Dti = "dti",
        /// Satisfaction index, percent (SIPAS).
        Sipas = "sipas",
    }
}

fact! {
    /// The value of an index in a year.
    pub struct IndexValue [Indices: year, index] {
        /// The year measured, not the year of publication.
        pub year: i32,
        /// The index.
        pub index: IndexId,
        /// Its value, in the points of the index as published. Years are compared as they stand: publish one scale.
        pub value: Decimal,
        ;
        /// The place among all compared, 1 the first.
        pub rank: Option<u32>,
        /// How many were compared.
        pub of: Option<u32>,
    }
}

impl Fact for IndexValue {
    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        not_negative("value", Some(self.value), at, out);
        from_one("rank", self.rank, at, out);
        from_one("of", self.of, at, out);
        if let (Some(rank), Some(of)) = (self.rank, self.of)
            && rank > of
        {
            inconsistent(at, "rank", format!("`rank` {rank} is beyond `of` {of}"), out);
        }
    }
}

fact! {
    /// Fees paid online in a locality (thanh toán trực tuyến), for comparison among the province's districts.
    pub struct OnlinePayments [OnlinePayments: year, locality] {
        /// The year.
        pub year: i32,
        /// The district, town or city; it need not be a body of the plan.
        pub locality: BodyRef,
        /// How many dossiers had their fees paid online.
        pub paid_online: u64,
        /// How many dossiers had fees to pay.
        pub payable: u64,
        ;
    }
}

impl Fact for OnlinePayments {
    fn each_body(&mut self, visit: Visit<'_>) {
        visit("locality", &mut self.locality, Period::year(self.year));
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        at_most(("paid_online", Some(self.paid_online)), ("payable", Some(self.payable)), at, out);
    }
}
