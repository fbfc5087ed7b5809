//! Rules: how each kind of norm is judged.
//!
//! - `finding`: what one rule says of one subject and period.
//! - `case`: plan, facts, day and readings made ready to be judged.
//! - `headroom`: how far a subject is from the other verdict.
//! - `instances`: whom a rule judges, in which years; `standing`: what is known of a rank.
//! - `subjects`: the bodies that a rule names, and the time in which each is judged.
//! - one file for each kind: `level`, `reduction`, `cap` (with `ranked` for conditions on ranks), `rank`,
//!   `improvement`, `leadership`, `consequence`, `frequency`, `deadline`, `coverage`, `structure`.
//!
//! A kind gives, for its rule, the instances to judge (subject and period) and a judgement of each under
//! given readings. Everything else - sensitivity, notes, order - is done once, here.

mod cap;
pub mod case;
mod consequence;
mod coverage;
mod deadline;
pub mod finding;
mod frequency;
mod headroom;
mod improvement;
mod instances;
mod leadership;
mod level;
mod rank;
mod ranked;
mod reduction;
mod standing;
mod structure;
mod subjects;

use std::cmp::Ordering;
use std::sync::Arc;

use case::{Case, Prepared};
use finding::{Finding, Headroom, Measured, Required, Sensitivity, Subject, Verdict};
use time::Date;

use crate::calendar::Period;
use crate::few::Few;
use crate::measure::measurement::Evidence;
use crate::measure::missing::Missing;
use crate::measure::note::DataNote;
use crate::measure::ways::Ways;
use crate::order::InOrder;
use crate::plan::Rule;
use crate::plan::kind::{MeasureId, RuleKind};
use crate::plan::registry::BodyIx;

/// What a rule says of one instance under given readings.
#[derive(Debug, Clone)]
pub(crate) struct Judgement<'l> {
    pub(crate) verdict: Verdict,
    pub(crate) measured: Option<Measured>,
    pub(crate) required: Option<Required>,
    pub(crate) headroom: Option<Headroom>,
    pub(crate) missing: Few<Missing>,
    pub(crate) evidence: Option<&'l Evidence>,
    /// Remarks and sources that are not part of the evidence of a measure.
    pub(crate) notes: Vec<DataNote>,
    pub(crate) sources: Few<Arc<str>>,
    pub(crate) due: Option<Date>,
    /// The body whose rank bears on a person or collective.
    pub(crate) body: Option<BodyIx>,
}

impl Judgement<'_> {
    /// A verdict and nothing else.
    pub(crate) fn bare(verdict: Verdict) -> Self {
        Judgement {
            verdict,
            measured: None,
            required: None,
            headroom: None,
            missing: Few::default(),
            evidence: None,
            notes: Vec::new(),
            sources: Few::default(),
            due: None,
            body: None,
        }
    }
}

/// Whether this version judges a rule.
pub(crate) fn evaluated(rule: &Rule) -> bool {
    match rule.kind() {
        RuleKind::Level(_) | RuleKind::Reduction(_) | RuleKind::Cap(_) => true,
        RuleKind::Rank(_) | RuleKind::Improvement(_) | RuleKind::Consequence(_) => true,
        RuleKind::Frequency(_) | RuleKind::Deadline(_) | RuleKind::Coverage(_) | RuleKind::Structure(_) => true,
        // Peers are known for fees paid online alone.
        RuleKind::Leadership(kind) => kind.measure == MeasureId::OnlinePaymentShare,
    }
}

/// Every finding of one rule, by subject and period.
pub(crate) fn findings(case: &Case, rule: &Prepared<'_>, out: &mut Vec<Finding>) {
    let first = out.len();
    match rule.rule.kind() {
        RuleKind::Level(kind) => level::findings(case, rule, kind, out),
        RuleKind::Reduction(kind) => reduction::findings(case, rule, kind, out),
        RuleKind::Cap(kind) => cap::findings(case, rule, kind, out),
        RuleKind::Frequency(kind) => frequency::findings(case, rule, kind, out),
        RuleKind::Deadline(kind) => deadline::findings(case, rule, kind, out),
        RuleKind::Coverage(kind) => coverage::findings(case, rule, kind, out),
        RuleKind::Structure(kind) => structure::findings(case, rule, kind, out),
        RuleKind::Rank(kind) => rank::findings(case, rule, kind, out),
        RuleKind::Improvement(kind) => improvement::findings(case, rule, kind, out),
        RuleKind::Leadership(kind) => leadership::findings(case, rule, kind, out),
        RuleKind::Consequence(kind) => consequence::findings(case, rule, kind, out),
    }
    if let Some(new) = out.get_mut(first..) {
        let subjects = |a: &Finding, b: &Finding| match Arc::ptr_eq(&a.subject, &b.subject) {
            true => Ordering::Equal,
            false => a.subject.id.cmp(&b.subject.id),
        };
        new.order_by(|a, b| subjects(a, b).then_with(|| a.period.cmp(&b.period)));
    }
}

pub(crate) use cap::caps_of;
pub(crate) use level::value as level_value;

/// Judges one instance under the chosen readings and under each other option of those the rule relies on.
fn judged<'l>(
    case: &'l Case,
    rule: &Prepared<'_>,
    subject: Arc<Subject>,
    period: Period,
    judge: impl Fn(&Ways) -> Option<Judgement<'l>>,
    out: &mut Vec<Finding>,
) {
    judged_by(case, rule, subject, period, &judge, &|ways, _| judge(ways).map(|judgement| judgement.verdict), out);
}

/// The same where a verdict alone is had for less; it is asked for together with that under the chosen readings.
fn judged_by<'l>(
    case: &'l Case,
    rule: &Prepared<'_>,
    subject: Arc<Subject>,
    period: Period,
    judge: &dyn Fn(&Ways) -> Option<Judgement<'l>>,
    decide: &dyn Fn(&Ways, Verdict) -> Option<Verdict>,
    out: &mut Vec<Finding>,
) {
    let Some(judgement) = judge(case.ways()) else { return };
    let Judgement { verdict, measured, required, headroom, missing, evidence, mut notes, mut sources, due, body } =
        judgement;
    let mut sensitive_to = Vec::new();
    for alternative in rule.alternatives {
        // Under an option that poses no requirement here, there is nothing to apply.
        let other = decide(&alternative.ways, verdict).unwrap_or(Verdict::NotApplicable);
        if other != verdict {
            sensitive_to.push(Sensitivity {
                reading: alternative.reading.clone(),
                option: alternative.option.clone(),
                verdict: other,
            });
        }
    }
    if let Some(evidence) = evidence {
        notes.extend(evidence.notes.iter().cloned());
        sources.extend(evidence.sources.iter().cloned());
    }
    out.push(Finding {
        ground: Arc::clone(rule.ground),
        subject,
        body: body.and_then(|body| case.subject(body)),
        period,
        verdict,
        measured,
        required,
        headroom,
        due,
        missing,
        sensitive_to,
        notes,
        sources,
        aspirational: rule.rule.aspirational() || rank::aspires(rule.rule, &period),
        retrospective: period.to().year() < case.first_year(),
    });
}
