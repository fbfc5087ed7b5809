//! When a pattern of ranks over consecutive years holds, measures against someone are due.
//!
//! The years of a pattern end in the year judged. A year in which the body had no rank, or was not there, breaks the run;
//! a year whose rank is not known leaves it open where that rank could complete or break it.

use std::sync::Arc;

use super::case::{Case, Prepared};
use super::finding::{Finding, Headroom, HeadroomValue, Measured, Required, Subject, Unit, Verdict};
use super::standing::{Rank, Standing, standing};
use super::{Judgement, instances, judged, ranked};
use crate::calendar::Period;
use crate::facts::Role;
use crate::few::Few;
use crate::measure::ledger::{Who, rank_scale};
use crate::measure::missing::{Lacking, Missing};
use crate::measure::ways::{ConsecutiveRank, Ways};
use crate::order::{InOrder, Set};
use crate::plan::Rule;
use crate::plan::kind::{Consequence, Pattern, SubjectKind};
use crate::plan::registry::BodyIx;
use crate::plan::scale::Scale;

pub(super) fn findings(case: &Case, rule: &Prepared<'_>, consequence: &Consequence, out: &mut Vec<Finding>) {
    for (who, year) in instances::instances(case, rule.rule) {
        let (Some(subject), Some(body)) = (case.subject_of(who), ranked::body_of(case, who)) else { continue };
        let of = if matches!(who, Who::Body(_)) { None } else { Some(body) };
        found(case, rule, consequence, (subject, of, body), year, out);
    }
    if about_heads(rule.rule) {
        for (subject, body, year) in unnamed_heads(case, consequence) {
            found(case, rule, consequence, (subject, None, body), year, out);
        }
    }
}

fn found(
    case: &Case,
    rule: &Prepared<'_>,
    consequence: &Consequence,
    (subject, of, body): (Arc<Subject>, Option<BodyIx>, BodyIx),
    year: Period,
    out: &mut Vec<Finding>,
) {
    let judge = |ways: &Ways| {
        let mut judgement = judge(case, consequence, body, &year, ways)?;
        judgement.body = of;
        Some(judgement)
    };
    judged(case, rule, subject, year, judge, out);
}

fn about_heads(rule: &Rule) -> bool {
    let subject = &rule.head().subject;
    subject.kind == SubjectKind::Person && subject.role.as_deref() == Some(Role::Head.as_str())
}

/// How many years the longest pattern looks at.
fn longest(consequence: &Consequence) -> i32 {
    consequence.patterns.iter().filter_map(|pattern| i32::try_from(pattern.years).ok()).max().unwrap_or(1)
}

/// Where the facts list nobody as head of a body that has a ranking in the years of a pattern, the body itself stands
/// for whoever heads it.
fn unnamed_heads(case: &Case, consequence: &Consequence) -> Vec<(Arc<Subject>, BodyIx, Period)> {
    let ledger = case.ledger();
    let heads = ledger.people.iter().filter_map(|person| person.post()).filter(|(_, role)| *role == Role::Head);
    let mut headed: Vec<BodyIx> = heads.map(|(body, _)| body).collect();
    headed.order();
    let back = longest(consequence).saturating_sub(1);
    let years: Set<i32> = ledger.body_years.iter().chain(&ledger.city_years).copied().collect();
    let years = years.up_to(case.as_of().year());
    let mut all = Vec::new();
    for year in years.filter_map(|year| Period::year(*year)) {
        let window = || year.from().year().saturating_sub(back)..=year.from().year();
        for (ix, body) in ledger.registry.iter() {
            let here = Some(ix) == ledger.city || body.in_force(year.from(), year.to());
            let ranked = here && window().any(|of| ledger.ranks.of(ix, of).is_some());
            if ranked && headed.binary_search(&ix).is_err() {
                all.extend(case.subject(ix).map(|subject| (subject, ix, year)));
            }
        }
    }
    all
}

/// The ranks of consecutive years up to the one judged, oldest first.
struct Run<'l> {
    years: Vec<(Period, Standing<'l>)>,
}

impl<'l> Run<'l> {
    fn new(case: &'l Case, consequence: &Consequence, body: BodyIx, year: &Period) -> Run<'l> {
        let last = year.from().year();
        let first = last.saturating_sub(longest(consequence).saturating_sub(1));
        let years = (first..=last).filter_map(Period::year).map(|of| (of, standing(case, body, &of)));
        Run { years: years.collect() }
    }

    /// The ranks of the last `count` years, with that of the last year replaced where one is supposed.
    fn last(&self, count: u32, supposed: Option<usize>) -> impl Iterator<Item = Rank> {
        let skip = self.years.len().saturating_sub(usize::try_from(count).unwrap_or(usize::MAX));
        let last = self.years.len().saturating_sub(1);
        self.years.iter().enumerate().skip(skip).map(move |(i, (_, standing))| match supposed {
            Some(place) if i == last => Rank::Place(place),
            _ => standing.rank,
        })
    }
}

/// Whether the ranks of all years of a pattern are of its band, as Kleene has it.
fn holds(scale: &Scale, pattern: &Pattern, run: &Run<'_>, supposed: Option<usize>) -> Option<bool> {
    let Some(place) = scale.place(pattern.band.as_str()) else { return Some(false) };
    let mut all = Some(true);
    for rank in run.last(pattern.years, supposed) {
        let one = match rank {
            Rank::Unranked => Some(false),
            Rank::Unknown => None,
            Rank::Place(found) if pattern.or_below == Some(true) => Some(found >= place),
            Rank::Place(found) => Some(found == place),
        };
        match one {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

/// Whether any of the patterns holds.
fn any(scale: &Scale, patterns: &[Pattern], run: &Run<'_>, supposed: Option<usize>) -> Option<bool> {
    let mut found = Some(false);
    for pattern in patterns {
        match holds(scale, pattern, run, supposed) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => found = None,
        }
    }
    found
}

/// The patterns as the readings have them.
fn patterns(consequence: &Consequence, ways: &Ways) -> Vec<Pattern> {
    let wide = ways.known().consecutive_rank == ConsecutiveRank::AverageOrBelow;
    let read = |pattern: &Pattern| {
        let or_below = pattern.or_below.filter(|or_below| *or_below).or((wide && pattern.years > 1).then_some(true));
        Pattern { or_below, ..pattern.clone() }
    };
    consequence.patterns.iter().map(read).collect()
}

fn judge<'l>(
    case: &'l Case,
    consequence: &Consequence,
    body: BodyIx,
    year: &Period,
    ways: &Ways,
) -> Option<Judgement<'l>> {
    let scale = rank_scale(case.plan())?;
    let run = Run::new(case, consequence, body, year);
    let patterns: Arc<[Pattern]> = patterns(consequence, ways).into();
    let found = any(scale, &patterns, &run, None);
    let (_, last) = run.years.last()?;
    let mut judgement = Judgement::bare(match found {
        _ if last.rank == Rank::Unranked => Verdict::NotApplicable,
        Some(true) => Verdict::Binding,
        Some(false) => Verdict::NotBinding,
        None => Verdict::Undetermined,
    });
    if judgement.verdict == Verdict::Undetermined {
        judgement.missing = missing(scale, &patterns, &run);
    }
    for (_, standing) in &run.years {
        let Some(record) = standing.record else { continue };
        judgement.notes.extend(record.evidence.notes.iter().cloned());
        judgement.sources.extend(record.evidence.sources.iter().cloned());
    }
    judgement.notes.order();
    judgement.notes.dedup();
    judgement.sources.order();
    judgement.sources.dedup();
    judgement.measured = measured(scale, &run);
    judgement.headroom = last.known().zip(found).and_then(|(place, found)| {
        headroom(scale.bands.len(), place, |place| any(scale, &patterns, &run, Some(place)) == Some(!found))
    });
    judgement.required = Some(Required::Patterns(patterns));
    Some(judgement)
}

/// The years whose rank could complete or break a pattern that is open.
fn missing(scale: &Scale, patterns: &[Pattern], run: &Run<'_>) -> Few<Missing> {
    let mut missing = Few::default();
    for pattern in patterns.iter().filter(|pattern| holds(scale, pattern, run, None).is_none()) {
        let skip = run.years.len().saturating_sub(usize::try_from(pattern.years).unwrap_or(usize::MAX));
        let open = run.years.iter().skip(skip).filter(|(_, standing)| standing.known().is_none());
        missing.extend(open.map(|(year, _)| Missing { what: Lacking::Rank, field: None, period: *year }));
    }
    missing.order();
    missing.dedup();
    missing
}

fn measured(scale: &Scale, run: &Run<'_>) -> Option<Measured> {
    if run.years.iter().all(|(_, standing)| standing.known().is_none()) {
        return None;
    }
    let band = |standing: &Standing<'_>| standing.known().and_then(|place| ranked::band(scale, place));
    match run.years.as_slice() {
        [(_, only)] => band(only).map(Measured::Band),
        years => Some(Measured::Bands(years.iter().map(|(year, of)| (year.from().year(), band(of))).collect())),
    }
}

/// How many bands the rank of the year judged is from the nearest one with the other verdict.
fn headroom(bands: usize, place: usize, turned: impl Fn(usize) -> bool) -> Option<Headroom> {
    let distance = (1..bands).find(|distance| {
        let up = place.checked_sub(*distance).is_some_and(&turned);
        up || place.checked_add(*distance).filter(|place| *place < bands).is_some_and(&turned)
    })?;
    Some(Headroom { unit: Unit::Bands, value: HeadroomValue::Count(i128::try_from(distance).ok()?) })
}
