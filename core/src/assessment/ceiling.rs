//! The highest rank or rating that caps leave a subject in a year.

use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::calendar::Period;
use crate::measure::ledger::{CollectiveIx, PersonIx, Who};
use crate::order::InOrder;
use crate::plan::ids::{BandId, RuleId, ScaleId};
use crate::plan::registry::BodyIx;
use crate::plan::scale::Scale;
use crate::rule::case::Case;
use crate::rule::finding::{Capped, Finding, Subject, Verdict};

/// The highest band still possible (mức cao nhất có thể đạt).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceiling {
    subject: Arc<Subject>,
    year: i32,
    scale: ScaleId,
    ceiling: BandId,
    provisional: bool,
    binding: Vec<RuleId>,
    undetermined: Vec<RuleId>,
}

impl Ceiling {
    /// Whose it is.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The year.
    pub fn year(&self) -> i32 {
        self.year
    }

    /// The scale.
    pub fn scale(&self) -> &ScaleId {
        &self.scale
    }

    /// The lowest cap that binds, or the top of the scale.
    pub fn ceiling(&self) -> &BandId {
        &self.ceiling
    }

    /// Whether a cap that is still undetermined could lower it further.
    pub fn provisional(&self) -> bool {
        self.provisional
    }

    /// The caps that bind.
    pub fn binding(&self) -> &[RuleId] {
        &self.binding
    }

    /// The caps that are undetermined.
    pub fn undetermined(&self) -> &[RuleId] {
        &self.undetermined
    }
}

impl Serialize for Ceiling {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("subject", self.subject())?;
        map.serialize_entry("year", &self.year)?;
        map.serialize_entry("scale", &self.scale)?;
        map.serialize_entry("ceiling", &self.ceiling)?;
        map.serialize_entry("provisional", &self.provisional)?;
        map.serialize_entry("binding", &self.binding)?;
        map.serialize_entry("undetermined", &self.undetermined)?;
        map.end()
    }
}

/// Caps on one subject, year and scale as they are gathered.
#[derive(Default)]
struct Gathered {
    /// The lowest ceiling that binds, as a place in the scale.
    lowest: usize,
    /// The lowest ceiling of a cap that may yet bind.
    threatened: usize,
    binding: Vec<RuleId>,
    undetermined: Vec<RuleId>,
}

impl Gathered {
    fn add(&mut self, scale: &Scale, ceiling: &BandId, verdict: Verdict, rule: &RuleId) {
        let place = scale.place(ceiling.as_str()).unwrap_or(0);
        match verdict {
            Verdict::Binding => {
                self.lowest = self.lowest.max(place);
                self.binding.push(rule.clone());
            }
            Verdict::Undetermined => {
                self.threatened = self.threatened.max(place);
                self.undetermined.push(rule.clone());
            }
            _ => {}
        }
    }

    fn ceiling(self, subject: Arc<Subject>, year: i32, scale: &Scale) -> Option<Ceiling> {
        Some(Ceiling {
            subject,
            year,
            scale: scale.id.clone(),
            ceiling: scale.bands.get(self.lowest)?.id.clone(),
            provisional: self.threatened > self.lowest,
            binding: self.binding,
            undetermined: self.undetermined,
        })
    }
}

/// The ceilings that the findings of caps leave, by scale, subject and year.
pub(super) fn ceilings(case: &Case, findings: &[Finding]) -> Vec<Ceiling> {
    let scales = &case.plan().contents().scale;
    let of_cap = |finding| {
        let capped = Finding::capped(finding)?;
        Some((scales.iter().position(|scale| scale.id == capped.scale)?, capped, finding))
    };
    let mut caps: Vec<(usize, &Capped, &Finding)> = findings.iter().filter_map(of_cap).collect();
    // Each rule's findings are in order already, so that sorting only merges them; those of one subject and year stay
    // in the order of the rules.
    let key = |(place, _, finding): &(usize, &Capped, &Finding)| (*place, finding.period().from().year());
    caps.order_by(|a, b| {
        let ((scale, year), (other_scale, other_year)) = (key(a), key(b));
        scale
            .cmp(&other_scale)
            .then_with(|| Subject::order(&a.2.subject, &b.2.subject))
            .then_with(|| year.cmp(&other_year))
    });
    let same = |a: &(usize, &Capped, &Finding), b: &(usize, &Capped, &Finding)| {
        key(a) == key(b) && Subject::order(&a.2.subject, &b.2.subject).is_eq()
    };
    let mut ceilings = Vec::with_capacity(caps.len());
    let ceiling = |caps: &[(usize, &Capped, &Finding)]| {
        let (place, _, first) = caps.first()?;
        let scale = scales.get(*place)?;
        let mut gathered = Gathered::default();
        for (_, capped, finding) in caps {
            gathered.add(scale, &capped.ceiling, finding.verdict(), finding.rule());
        }
        gathered.ceiling(Arc::clone(&first.subject), first.period().from().year(), scale)
    };
    ceilings.extend(caps.chunk_by(same).filter_map(ceiling));
    ceilings
}

impl Case {
    /// The ceiling of one body's rank in one year, without making findings: for callers who ask often.
    pub fn ceiling_of_body(&self, body: BodyIx, scale: &str, year: i32) -> Option<Ceiling> {
        self.ceiling_of(Who::Body(body), self.subject(body)?, scale, year)
    }

    /// The ceiling of one person's rating in one year.
    pub fn ceiling_of_person(&self, person: PersonIx, scale: &str, year: i32) -> Option<Ceiling> {
        self.ceiling_of(Who::Person(person), self.person_subject(person)?, scale, year)
    }

    /// The ceiling of one collective's rating in one year.
    pub fn ceiling_of_collective(&self, collective: CollectiveIx, scale: &str, year: i32) -> Option<Ceiling> {
        self.ceiling_of(Who::Collective(collective), self.collective_subject(collective)?, scale, year)
    }

    fn ceiling_of(&self, who: Who, subject: Arc<Subject>, scale: &str, year: i32) -> Option<Ceiling> {
        let scale = self.plan().scale(scale)?;
        let period = Period::year(year)?;
        let mut gathered = Gathered::default();
        for judged in crate::rule::caps_of(self, who, period).filter(|judged| judged.cap.scale == scale.id) {
            gathered.add(scale, &judged.cap.ceiling, judged.verdict, judged.rule.id());
        }
        gathered.ceiling(subject, year, scale)
    }
}
