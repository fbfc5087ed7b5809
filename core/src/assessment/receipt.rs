//! What a result was made from, so that it can be made again years later.

use time::Date;

use crate::input::{Members, Object, object};
use crate::plan::ids::{OptionId, ReadingKey};
use crate::rule::case::Case;

/// Engine, plan, facts, day and readings of an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    plan: String,
    plan_fingerprint: String,
    facts_fingerprint: String,
    as_of: Date,
    known_on: Option<Date>,
    calendar_fingerprint: Option<String>,
    readings: Vec<(ReadingKey, OptionId)>,
}

impl Receipt {
    pub(super) fn new(case: &Case) -> Receipt {
        let plan = case.plan();
        let taken = |(place, reading): (usize, &crate::plan::reading::Reading)| {
            let option = reading.options.get(case.ways().option(place))?;
            Some((reading.key.clone(), option.id.clone()))
        };
        Receipt {
            plan: plan.document().number.clone(),
            plan_fingerprint: plan.fingerprint().to_owned(),
            facts_fingerprint: case.given().fingerprint().to_owned(),
            as_of: case.as_of(),
            known_on: case.known_on(),
            calendar_fingerprint: plan.calendar_fingerprint().map(str::to_owned),
            readings: plan.readings().iter().enumerate().filter_map(taken).collect(),
        }
    }

    /// Name and version of the engine.
    pub fn engine(&self) -> &'static str {
        concat!("caicach ", env!("CARGO_PKG_VERSION"))
    }

    /// Number of the plan.
    pub fn plan(&self) -> &str {
        &self.plan
    }

    /// See [`Plan::fingerprint`](crate::Plan::fingerprint).
    pub fn plan_fingerprint(&self) -> &str {
        &self.plan_fingerprint
    }

    /// See [`Facts::fingerprint`](crate::Facts::fingerprint).
    pub fn facts_fingerprint(&self) -> &str {
        &self.facts_fingerprint
    }

    /// The day of assessment.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// The day by whose knowledge the facts were judged, where one was given.
    pub fn known_on(&self) -> Option<Date> {
        self.known_on
    }

    /// See [`Plan::calendar_fingerprint`](crate::Plan::calendar_fingerprint).
    pub fn calendar_fingerprint(&self) -> Option<&str> {
        self.calendar_fingerprint.as_deref()
    }

    /// The option taken for every reading of the plan.
    pub fn readings(&self) -> &[(ReadingKey, OptionId)] {
        &self.readings
    }
}

object!(Receipt);

impl Object for Receipt {
    fn members(&self, to: &mut Members<'_>) {
        struct Readings<'r>(&'r [(ReadingKey, OptionId)]);
        object!(Readings<'_>);
        impl Object for Readings<'_> {
            fn members(&self, to: &mut Members<'_>) {
                self.0.iter().for_each(|(key, option)| to.add(key.as_str(), option));
            }
        }
        to.add("engine", &self.engine());
        to.add("plan", &self.plan);
        to.add("plan_fingerprint", &self.plan_fingerprint);
        to.add("facts_fingerprint", &self.facts_fingerprint);
        to.add("as_of", &crate::calendar::iso(self.as_of));
        if let Some(known_on) = self.known_on {
            to.add("known_on", &crate::calendar::iso(known_on));
        }
        if let Some(calendar) = &self.calendar_fingerprint {
            to.add("calendar_fingerprint", calendar);
        }
        to.add("readings", &Readings(&self.readings));
    }
}
