//! Satisfaction surveys, and shares known only as a published percentage.

use time::Date;

use super::consistent::{at_most, in_order, rounding};
use super::ids::{BodyRef, FieldId, PersonId};
use super::note::Remarks;
use super::percent::Percent;
use super::record::{Fact, Visit, fact, members};
use crate::calendar::Period;
use crate::input::{Path, Problems, choice};

fact! {
    /// A year's survey of satisfaction with administrative procedures (mức độ hài lòng), in one of two shapes: a
    /// published percentage, or how many answered and how many were satisfied. [`Survey::result`] tells which.
    pub struct Survey [Surveys: year, field, body] {
        /// The year surveyed.
        pub year: i32,
        /// The field surveyed: [`FieldId::OVERALL`], [`FieldId::LAND`], ...
        pub field: FieldId,
        ;
        /// The body; none: the whole city.
        pub body: Option<BodyRef>,
        /// The percentage satisfied.
        pub percent: Option<Percent>,
        /// How many decimals the percentage was rounded to; none: it is exact.
        pub rounded_to: Option<u32>,
        /// How many answered.
        pub respondents: Option<u64>,
        /// How many of them were satisfied.
        pub satisfied: Option<u64>,
    }
}

/// What a [`Survey`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurveyResult {
    /// A percentage is known, the numbers behind it are not.
    Percent {
        /// The percentage satisfied.
        percent: Percent,
        /// How many decimals it was rounded to; none: it is exact.
        rounded_to: Option<u32>,
    },
    /// The numbers are known.
    Counts {
        /// How many answered.
        respondents: u64,
        /// How many of them were satisfied.
        satisfied: u64,
    },
}

impl Survey {
    /// What it found; none where it has neither shape, which no record of [`Facts`](super::Facts) is.
    pub fn result(&self) -> Option<SurveyResult> {
        match (self.percent, self.respondents, self.satisfied) {
            (Some(percent), None, None) => Some(SurveyResult::Percent { percent, rounded_to: self.rounded_to }),
            (None, Some(respondents), Some(satisfied)) => Some(SurveyResult::Counts { respondents, satisfied }),
            _ => None,
        }
    }
}

impl Fact for Survey {
    fn each_body(&mut self, visit: Visit<'_>) {
        if let Some(body) = &mut self.body {
            visit("body", body, Period::year(self.year));
        }
    }

    fn body_or_city(&mut self) -> Option<&mut Option<BodyRef>> {
        Some(&mut self.body)
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        let percent = [("percent", self.percent.is_some())];
        let rounded = [("rounded_to", self.rounded_to.is_some())];
        let counts = [("respondents", self.respondents.is_some()), ("satisfied", self.satisfied.is_some())];
        super::shape::one_of(&percent, &rounded, &counts, &[], at, out);
        if self.percent.is_some() {
            rounding(self.percent, self.rounded_to, at, out);
        }
        at_most(("satisfied", self.satisfied), ("respondents", self.respondents), at, out);
    }

    fn remarks(&self, out: &mut Remarks<'_>) {
        out.unfamiliar("field", self.field.as_str(), FieldId::KNOWN);
    }
}

choice! {
    /// Which share a published percentage is.
    pub enum ShareMeasure {
        /// Dossiers late (tỷ lệ hồ sơ trễ hạn).
        LateShare = "late_share",
        /// People satisfied (tỷ lệ hài lòng).
        Satisfaction = "satisfaction",
        /// Dossiers filed online (tỷ lệ hồ sơ trực tuyến).
        OnlineShare = "online_share",
        /// Fees paid online (tỷ lệ thanh toán trực tuyến).
        OnlinePaymentShare = "online_payment_share",
    }
}

fact! {
    /// A share known only as a published percentage.
    pub struct PublishedShare [Shares: measure, body, officer, field, from, to] {
        /// Which share.
        pub measure: ShareMeasure,
        /// First day of the period.
        pub from: Date,
        /// Last day of the period.
        pub to: Date,
        /// The percentage.
        pub percent: Percent,
        ;
        /// The body; none: the whole city.
        pub body: Option<BodyRef>,
        /// The person whose share it is, where it is one person's.
        pub officer: Option<PersonId>,
        /// The field, where it is one field's.
        pub field: Option<FieldId>,
        /// How many decimals the percentage was rounded to: with 2, 1.79 means 1.785 up to but not including 1.795.
        /// None: it is exact.
        pub rounded_to: Option<u32>,
    }
}

impl PublishedShare {
    /// Its period, where it is one.
    pub fn period(&self) -> Option<Period> {
        Period::new(self.from, self.to).ok()
    }
}

impl Fact for PublishedShare {
    fn each_body(&mut self, visit: Visit<'_>) {
        let during = self.period();
        if let Some(body) = &mut self.body {
            visit("body", body, during);
        }
    }

    fn body_or_city(&mut self) -> Option<&mut Option<BodyRef>> {
        // A person's share may leave out where they serve.
        self.officer.is_none().then_some(&mut self.body)
    }

    fn check(&self, at: &Path<'_>, out: &mut Problems) {
        in_order(("from", self.from), ("to", Some(self.to)), at, out);
        rounding(Some(self.percent), self.rounded_to, at, out);
    }

    fn lane(&self) -> Option<(Vec<u8>, Period)> {
        let of = |name: &str| matches!(name, "measure" | "body" | "officer" | "field" | "known_on");
        Some((members(self, &of), self.period()?))
    }
}
