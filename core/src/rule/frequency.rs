//! At least or at most so many events in each period.
//!
//! - **Periods** run from the one that holds the plan's first day to the one that holds the day of assessment. A body in
//!   force for a part of a period is judged over that part, and its findings say so.
//! - **Bodies** are judged in the years of which the facts say anything of any body (a record, or a declaration that a
//!   table is complete), the city beside them in those of which they say anything of it; the territory in every year, and
//!   phases always.
//! - **Reports** nest (first quarter, half-year, nine months, year), so one event must not count four times: the report
//!   of a period is the one dated in the calendar quarter in which the period ends, due on the period's last day. The
//!   plan itself names no day; Nghị định 09/2019/NĐ-CP closes the data of a periodic report on the 14th of the period's
//!   last month, so a report is made before the period is over. A body owes the reports of the periods on whose last day
//!   it is in force.
//! - **Weeks** (ISO, Monday to Sunday) are judged one by one only for a body and year of which the facts say anything: a
//!   record of the activity, or a declaration that the table is complete. Of any other year there is one finding, which
//!   says that nothing is known.
//! - **Enterprises** are those that were inspected, in the years in which they were. Inspections that a superior ordered
//!   are set aside and noted.

use std::sync::Arc;

use time::Date;

use super::case::{Case, Prepared};
use super::finding::{Finding, Headroom, HeadroomValue, Measured, Required, Subject, Unit, Verdict};
use super::subjects::{Named, bodies, covered, span, told};
use super::{Judgement, judged};
use crate::calendar::{Period, Step, reporting_periods};
use crate::facts::{EnterpriseId, TableName};
use crate::few::Few;
use crate::measure::ledger::events::{Done, Inspected, times, within};
use crate::measure::missing::{Lacking, Missing};
use crate::measure::note::DataNote;
use crate::measure::ways::Ways;
use crate::order::InOrder;
use crate::plan::kind::{Frequency, Per, SubjectKind};

/// A period, and the days of it whose events count.
#[derive(Debug, Clone, Copy)]
struct Slot {
    period: Period,
    window: Period,
}

/// One kind of activity of one body.
struct Line<'l> {
    kind: &'l Arc<str>,
    done: &'l [Done],
    complete: Vec<Period>,
}

pub(super) fn findings(case: &Case, rule: &Prepared<'_>, frequency: &Frequency, out: &mut Vec<Finding>) {
    if rule.rule.head().subject.kind == SubjectKind::Enterprise {
        return enterprises(case, rule, frequency, out);
    }
    let Some(span) = span(case, frequency.from) else { return };
    let told = told(case, rule, &span);
    let slots = told.map(|years| slots(&span, years, frequency.per));
    let kinds = std::iter::once(&frequency.activity).chain(&frequency.also_activities);
    let kinds: Vec<Arc<str>> = kinds.map(|kind| kind.as_str().into()).collect();
    for named in bodies(case, rule) {
        let lines = lines(case, &kinds, &named);
        match frequency.per {
            Per::Week => weeks(case, rule, frequency, &named, &lines, (&span, told.of(named.body)), out),
            _ => {
                let slots = slots.of(named.body).iter().filter_map(|slot| cut(slot, frequency.per, &named.life));
                slots.for_each(|slot| one(case, rule, frequency, &named, &slot, &lines, out));
            }
        }
    }
}

/// The whole periods that touch a span: yearly ones and reports of the years of which anything is told.
fn slots(span: &Period, told: &[Period], per: Per) -> Vec<Slot> {
    let whole = |period: Period| Slot { period, window: period };
    match per {
        Per::Year => told.iter().copied().map(whole).collect(),
        Per::Phase => span.touched(Step::Phase).map(whole).collect(),
        Per::Week => Vec::new(),
        Per::Report => {
            let periods = told.iter().filter_map(|year| reporting_periods(year.from().year())).flatten();
            let slot = |period: Period| Some(Slot { period, window: Step::Quarter.holding(period.to())? });
            periods.filter_map(slot).filter(|slot| slot.window.overlaps(span)).collect()
        }
    }
}

/// A slot as far as a body is in force in it.
fn cut(slot: &Slot, per: Per, life: &Period) -> Option<Slot> {
    let window = slot.window.intersection(life)?;
    match per {
        // A report falls due on the last day; who is no longer there owes none.
        Per::Report => life.contains(slot.window.to()).then_some(Slot { period: slot.period, window }),
        _ => Some(Slot { period: slot.period.intersection(life)?, window }),
    }
}

fn lines<'l>(case: &'l Case, kinds: &'l [Arc<str>], named: &Named) -> Few<Line<'l>> {
    let ledger = case.ledger();
    let line = |kind: &'l Arc<str>| Line {
        kind,
        done: ledger.events.of(named.body, kind),
        complete: ledger.complete_over(TableName::Activities, Some(kind), Some(named.body)),
    };
    kinds.iter().map(line).collect()
}

fn one(
    case: &Case,
    rule: &Prepared<'_>,
    frequency: &Frequency,
    named: &Named,
    slot: &Slot,
    lines: &[Line<'_>],
    out: &mut Vec<Finding>,
) {
    let judge = |_: &Ways| Some(judge(case.as_of(), frequency, slot, lines));
    judged(case, rule, Arc::clone(&named.subject), slot.period, judge, out);
}

fn judge(as_of: Date, frequency: &Frequency, slot: &Slot, lines: &[Line<'_>]) -> Judgement<'static> {
    let over = as_of > slot.window.to();
    let mut judgement = Judgement::bare(Verdict::Met);
    let mut counts = Few::default();
    let mut missing = Few::default();
    for line in lines {
        let events = within(line.done, &slot.window);
        let count = times(events);
        let verdict = decide(frequency, count, over, || covered(&line.complete, &slot.window));
        if verdict == Verdict::Undetermined {
            missing.push(lacking(Lacking::Activities, line.kind, slot.period));
        }
        judgement.verdict = worse(judgement.verdict, verdict);
        judgement.sources.extend(events.iter().filter_map(|event| event.source.clone()));
        counts.push((line.kind, count));
    }
    judgement.sources.order();
    judgement.sources.dedup();
    finish(&mut judgement, frequency, &counts, missing, slot);
    judgement
}

/// What is known of one kind of activity in one period.
fn decide(frequency: &Frequency, count: u64, over: bool, complete: impl Fn() -> bool) -> Verdict {
    let (reached, silence) = match (frequency.at_least, frequency.at_most) {
        (Some(least), _) if count >= u64::from(least) => (Some(Verdict::Met), Verdict::NotMet),
        (Some(_), _) => (None, Verdict::NotMet),
        (None, Some(most)) if count > u64::from(most) => (Some(Verdict::NotMet), Verdict::Met),
        (None, _) => (None, Verdict::Met),
    };
    match reached {
        Some(verdict) => verdict,
        None if !over => Verdict::Pending,
        None if complete() => silence,
        None => Verdict::Undetermined,
    }
}

/// Of two kinds owed together: what is missed outweighs what is unknown, and that what is still to come.
fn worse(one: Verdict, other: Verdict) -> Verdict {
    let order = [Verdict::NotMet, Verdict::Undetermined, Verdict::Pending];
    order.into_iter().find(|verdict| [one, other].contains(verdict)).unwrap_or(Verdict::Met)
}

fn lacking(what: Lacking, field: &Arc<str>, period: Period) -> Missing {
    Missing { what, field: Some(Arc::clone(field)), period }
}

/// Counts, requirement and headroom of a verdict.
fn finish(
    judgement: &mut Judgement<'static>,
    frequency: &Frequency,
    counts: &[(&Arc<str>, u64)],
    missing: Few<Missing>,
    slot: &Slot,
) {
    let bound = frequency.at_least.or(frequency.at_most).unwrap_or(0);
    let required = if frequency.at_least.is_some() { Required::AtLeast(bound) } else { Required::AtMost(bound) };
    judgement.headroom = headroom(judgement.verdict, &required, counts.iter().map(|(_, count)| *count));
    judgement.required = Some(required);
    judgement.due = Some(slot.window.to());
    judgement.measured = Some(match counts {
        [(_, count)] => Measured::Events(*count),
        _ => Measured::EventsByKind(counts.iter().map(|(kind, count)| (Arc::clone(kind), *count)).collect()),
    });
    // What is decided is not missing anything.
    judgement.missing = if judgement.verdict == Verdict::Undetermined { missing } else { Few::default() };
}

/// How many events more, or fewer, would turn the verdict; none where it is open what there was.
fn headroom(verdict: Verdict, required: &Required, counts: impl Iterator<Item = u64> + Clone) -> Option<Headroom> {
    if verdict == Verdict::Undetermined {
        return None;
    }
    let counts = counts.map(i128::from);
    let sum = |each: &dyn Fn(i128) -> i128| counts.clone().fold(0i128, |sum, count| sum.saturating_add(each(count)));
    let least = counts.clone().min()?;
    let value = match required {
        // All kinds must reach it, one falling short is enough.
        Required::AtLeast(bound) if least >= i128::from(*bound) => {
            least.saturating_sub(i128::from(*bound)).saturating_add(1)
        }
        Required::AtLeast(bound) => sum(&|count| i128::from(*bound).saturating_sub(count).max(0)),
        Required::AtMost(bound) => {
            let most = counts.clone().max()?;
            let bound = i128::from(*bound);
            if most > bound {
                sum(&|count| count.saturating_sub(bound).max(0))
            } else {
                bound.saturating_sub(most).saturating_add(1)
            }
        }
        _ => return None,
    };
    Some(Headroom { unit: Unit::Events, value: HeadroomValue::Count(value) })
}

/// The first and the last week of an ISO year.
fn iso_year(year: i32) -> Option<Period> {
    // The week of 4 January is the first.
    let first = |year: i32| Some(Period::week(Period::year(year)?.from().checked_add(time::Duration::days(3))?));
    Period::new(first(year)?.from(), first(year.checked_add(1)?)?.from().previous_day()?).ok()
}

/// The weeks of the years of which something is known; one finding for each year of which nothing is.
fn weeks(
    case: &Case,
    rule: &Prepared<'_>,
    frequency: &Frequency,
    named: &Named,
    lines: &[Line<'_>],
    (span, told): (&Period, &[Period]),
    out: &mut Vec<Finding>,
) {
    let (first, last) = (Period::week(span.from()), Period::week(span.to()));
    for year in first.to().year().saturating_sub(1)..=last.to().year() {
        let judged_weeks =
            iso_year(year).and_then(|weeks| weeks.intersection(&Period::new(first.from(), last.to()).ok()?));
        let Some(time) = judged_weeks.and_then(|weeks| weeks.intersection(&named.life)) else { continue };
        // The first week of an ISO year may begin in the year before: who ended there is not judged in this one.
        if !told.iter().any(|told| told.from().year() == year && told.overlaps(&named.life)) {
            continue;
        }
        let known = lines.iter().any(|line| {
            !within(line.done, &time).is_empty() || line.complete.iter().any(|declared| declared.overlaps(&time))
        });
        if known {
            let slots = time.touched(Step::Week).filter_map(|week| week.intersection(&named.life));
            for week in slots {
                one(case, rule, frequency, named, &Slot { period: week, window: week }, lines, out);
            }
        } else {
            silent_year(case, rule, frequency, (named, lines), (year, &time), out);
        }
    }
}

/// One finding for all weeks of a year of which nothing is known.
fn silent_year(
    case: &Case,
    rule: &Prepared<'_>,
    frequency: &Frequency,
    (named, lines): (&Named, &[Line<'_>]),
    (year, time): (i32, &Period),
    out: &mut Vec<Finding>,
) {
    let period = Period::year(year).and_then(|year| year.intersection(&named.life)).unwrap_or(*time);
    let Some(first_week) = Period::week(time.from()).intersection(&named.life) else { return };
    let judge = |_: &Ways| {
        let open = case.as_of() <= first_week.to();
        let mut judgement = Judgement::bare(if open { Verdict::Pending } else { Verdict::Undetermined });
        judgement.required = frequency.at_least.map(Required::AtLeast).or(frequency.at_most.map(Required::AtMost));
        judgement.due = Some(time.to());
        if !open {
            let first = lines.iter().take(1);
            judgement.missing.extend(first.map(|line| lacking(Lacking::Activities, line.kind, period)));
        }
        Some(judgement)
    };
    judged(case, rule, Arc::clone(&named.subject), period, judge, out);
}

/// Every enterprise inspected, in each year in which it was.
fn enterprises(case: &Case, rule: &Prepared<'_>, frequency: &Frequency, out: &mut Vec<Finding>) {
    let ledger = case.ledger();
    let Some(span) = span(case, frequency.from) else { return };
    let complete = ledger.complete_over(TableName::Inspections, None, None);
    for (enterprise, inspected) in ledger.events.inspections.iter() {
        for period in span.touched(Step::Year) {
            let of_year: Vec<&Inspected> = inspected.iter().filter(|one| period.contains(one.date)).collect();
            if of_year.is_empty() {
                continue;
            }
            let subject = enterprise_subject(enterprise);
            let judge = || inspections(case.as_of(), frequency, &period, &of_year, covered(&complete, &period));
            judged(case, rule, subject, period, |_| Some(judge()), out);
        }
    }
}

/// Their names are not among the facts: the id stands for them.
fn enterprise_subject(enterprise: &EnterpriseId) -> Arc<Subject> {
    let id: Arc<str> = enterprise.into();
    Arc::new(Subject { kind: SubjectKind::Enterprise, name: Arc::clone(&id), id })
}

fn inspections(
    as_of: Date,
    frequency: &Frequency,
    period: &Period,
    all: &[&Inspected],
    complete: bool,
) -> Judgement<'static> {
    let aside = all.iter().filter(|one| one.ordered_by_superior).count();
    let counted = u64::try_from(all.len().saturating_sub(aside)).unwrap_or(u64::MAX);
    let mut judgement = Judgement::bare(decide(frequency, counted, as_of > period.to(), || complete));
    judgement.sources.extend(all.iter().filter_map(|one| one.source.clone()));
    judgement.sources.order();
    judgement.sources.dedup();
    if aside > 0 {
        judgement.notes.push(DataNote::OrderedBySuperior { count: u64::try_from(aside).unwrap_or(u64::MAX) });
    }
    let missing = Few::One(Missing { what: Lacking::Inspections, field: None, period: *period });
    let slot = Slot { period: *period, window: *period };
    finish(&mut judgement, frequency, &[(&frequency.activity.as_str().into(), counted)], missing, &slot);
    judgement
}
