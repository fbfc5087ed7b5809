//! Counts by verdict.

use crate::input::{Members, Object, object};
use crate::order::Map;
use crate::plan::Plan;
use crate::plan::ids::RuleId;
use crate::rule::finding::{Finding, Verdict};

/// How many findings came out how, aspirations apart, and which rules were not judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    verdicts: Map<Verdict, u64>,
    aspirational: Map<Verdict, u64>,
    sensitive: u64,
    not_yet_evaluated: Vec<RuleId>,
}

impl Summary {
    pub(super) fn new(plan: &Plan, findings: &[Finding]) -> Summary {
        let [mut verdicts, mut aspirational] = [[0u64; Verdict::ALL.len()]; 2];
        for finding in findings {
            let counts = if finding.aspirational() { &mut aspirational } else { &mut verdicts };
            if let Some(count) = counts.get_mut(finding.verdict() as usize) {
                *count = count.saturating_add(1);
            }
        }
        let named = |counts: [u64; Verdict::ALL.len()]| Verdict::ALL.iter().copied().zip(counts).collect();
        let sensitive = findings.iter().filter(|finding| !finding.sensitive_to().is_empty()).count();
        let silent = plan.rules().iter().filter(|rule| !crate::rule::evaluated(rule));
        Summary {
            verdicts: named(verdicts),
            aspirational: named(aspirational),
            sensitive: u64::try_from(sensitive).unwrap_or(u64::MAX),
            not_yet_evaluated: silent.map(|rule| rule.id().clone()).collect(),
        }
    }

    /// How many findings that are not aspirations came out so.
    pub fn count(&self, verdict: Verdict) -> u64 {
        self.verdicts.get(&verdict).copied().unwrap_or(0)
    }

    /// How many aspirations came out so.
    pub fn aspirational(&self, verdict: Verdict) -> u64 {
        self.aspirational.get(&verdict).copied().unwrap_or(0)
    }

    /// How many findings would be another under another reading.
    pub fn sensitive(&self) -> u64 {
        self.sensitive
    }

    /// The rules that this version does not judge.
    pub fn not_yet_evaluated(&self) -> &[RuleId] {
        &self.not_yet_evaluated
    }
}

object!(Summary, Counts<'_>);

/// How many findings there are of each verdict.
struct Counts<'s>(&'s Map<Verdict, u64>);

impl Object for Counts<'_> {
    fn members(&self, to: &mut Members<'_>) {
        self.0.iter().for_each(|(verdict, count)| to.add(verdict.as_str(), count));
    }
}

impl Object for Summary {
    fn members(&self, to: &mut Members<'_>) {
        Counts(&self.verdicts).members(to);
        to.add("aspirational", &Counts(&self.aspirational));
        to.add("sensitive", &self.sensitive);
        to.add("not_yet_evaluated", &self.not_yet_evaluated);
    }
}
