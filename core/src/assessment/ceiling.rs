//! The highest rank or rating that caps leave a subject in a year.

use std::sync::Arc;

use crate::calendar::Period;
use crate::input::{Members, Object, object};
use crate::measure::ledger::{CollectiveIx, PersonIx, Who};
use crate::order::InOrder;
use crate::plan::ids::{BandId, RuleId, ScaleId};
use crate::plan::registry::BodyIx;
use crate::plan::scale::Scale;
use crate::rule::case::Case;
use crate::rule::finding::{Finding, Subject, Verdict};

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

object!(Ceiling);

impl Object for Ceiling {
    fn members(&self, to: &mut Members<'_>) {
        to.add("subject", self.subject());
        to.add("year", &self.year);
        to.add("scale", &self.scale);
        to.add("ceiling", &self.ceiling);
        to.add("provisional", &self.provisional);
        to.add("binding", &self.binding);
        to.add("undetermined", &self.undetermined);
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
    let year = |finding: &Finding| finding.period().from().year();
    let order = |a: &&Finding, b: &&Finding| Subject::order(&a.subject, &b.subject).then_with(|| year(a).cmp(&year(b)));
    let mut ceilings = Vec::new();
    for scale in &case.plan().contents().scale {
        let capped = |finding: &&Finding| finding.capped().is_some_and(|capped| capped.scale == scale.id);
        let mut caps: Vec<&Finding> = findings.iter().filter(capped).collect();
        // Each rule's findings are in order already; those of one subject and year stay in the order of the rules.
        caps.order_by(order);
        ceilings.reserve_exact(caps.len());
        ceilings.extend(caps.chunk_by(|a, b| order(a, b).is_eq()).filter_map(|caps| {
            let first = caps.first()?;
            let mut gathered = Gathered::default();
            for finding in caps {
                gathered.add(scale, &finding.capped()?.ceiling, finding.verdict(), finding.rule());
            }
            gathered.ceiling(Arc::clone(&first.subject), year(first), scale)
        }));
    }
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
