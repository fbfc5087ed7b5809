//! Every member of a set has a property: part and whole, met where they are equal.
//!
//! - **Deputies**: each body in each year, one of one: a record from a day in or before the year. None, where the table
//!   lists everything from the first day of plan and body on: nobody was named.
//! - **Assignments in writing**: the body's last record of the year.
//! - **Notices and apologies**: the body's dossiers of the year, put together as `late_share` puts them together; what a
//!   record leaves open is bounded by its totals. The city is judged where it has records.
//! - **Documents**: those of the year less the secret and the excepted ones.
//! - **Estimates**: the tasks that a body leads, up to the day of assessment; covered is a task with an estimate that has
//!   been appraised. Bodies that lead no task have no finding.
//! - **Tasks on schedule**: each task, the periods that have fallen due up to the day of assessment and those of them done
//!   in time. What is only late is late for good; what has no report is open unless the reports are declared complete.
//!
//! Bodies are judged in the years of which the facts say anything of any body, as the other yearly rules are.
//! A part beyond its whole counts as the whole and is noted. Facts that are still to come leave a year that runs `pending`.

use time::Date;

use super::case::{Case, Prepared};
use super::finding::{Finding, Headroom, HeadroomValue, Measured, Required, Unit, Verdict};
use super::structure::{leads, task_subject};
use super::subjects::{Named, bodies, covered, span, told};
use super::{Judgement, headroom, judged};
use crate::calendar::Period;
use crate::facts::TableName;
use crate::measure::exact::Bound;
use crate::measure::late_share;
use crate::measure::ledger::{DossierYear, Who};
use crate::measure::missing::{Lacking, Missing};
use crate::measure::note::DataNote;
use crate::measure::range::Range;
use crate::measure::schedule;
use crate::measure::ways::Ways;
use crate::order::{InOrder, Lists};
use crate::plan::kind::{Coverage, CoverageOf};
use crate::plan::task::Task;

/// What is known of a set.
#[derive(Debug, Clone, Copy)]
enum Known {
    /// Its members with the property, and all of them.
    Of(Range, Range),
    /// Nothing yet: facts are missing.
    Nothing,
    /// Nothing has fallen due.
    NotYet,
}

pub(super) fn findings(case: &Case, rule: &Prepared<'_>, coverage: &Coverage, out: &mut Vec<Finding>) {
    let Some(span) = span(case, coverage.from) else { return };
    match coverage.of {
        CoverageOf::TasksOnSchedule => tasks(case, rule, coverage, &span, out),
        CoverageOf::Estimates => estimates(case, rule, coverage, &span, out),
        _ => {
            let told = told(case, rule, &span);
            for named in bodies(case, rule) {
                let years = told.of(named.body).iter().filter_map(|year| year.intersection(&named.life));
                years.for_each(|period| year(case, rule, coverage, &named, period, out));
            }
        }
    }
}

/// Part and whole, and what follows from them.
fn judge<'l>(coverage: &Coverage, known: Known, open: bool, missing: Missing) -> Judgement<'l> {
    let unknown = if open { Verdict::Pending } else { Verdict::Undetermined };
    let mut judgement = Judgement::bare(unknown);
    judgement.required = Some(match coverage.percent.filter(|percent| *percent < rust_decimal::Decimal::ONE_HUNDRED) {
        Some(percent) => Required::Share(Bound::AtLeast(percent)),
        None => Required::All,
    });
    match known {
        Known::Nothing => judgement.missing.push(missing),
        Known::NotYet => judgement.verdict = Verdict::Pending,
        Known::Of(_, whole) if whole.high() == Some(0) => judgement.verdict = Verdict::NotApplicable,
        Known::Of(part, whole) => {
            let exact = part.known().zip(whole.known());
            let verdict = decide(coverage, part, whole);
            judgement.verdict = verdict.unwrap_or(unknown);
            if verdict.is_none() {
                judgement.missing.push(missing);
            }
            if let Some((part, whole)) = exact {
                if part > whole {
                    judgement.notes.push(DataNote::PartBeyondWhole { part, whole });
                }
                let part = part.min(whole);
                judgement.measured = Some(Measured::Cover { part, whole });
                judgement.headroom = verdict.and_then(|verdict| members(coverage, verdict, part, whole));
            }
        }
    }
    judgement
}

/// The smallest part that is enough of a whole.
fn enough(coverage: &Coverage, whole: u64) -> Option<i128> {
    match coverage.percent {
        Some(percent) => headroom::needed(i128::from(whole), percent, false),
        None => Some(i128::from(whole)),
    }
}

/// Met or not, where what is known decides it.
fn decide(coverage: &Coverage, part: Range, whole: Range) -> Option<Verdict> {
    let least = enough(coverage, whole.low)?;
    if part.high().is_some_and(|high| i128::from(high) < least) {
        return Some(Verdict::NotMet);
    }
    let most = enough(coverage, whole.high()?)?;
    // Of nothing there is no share, so a whole that may be nothing decides nothing.
    (whole.low > 0 && i128::from(part.low) >= most).then_some(Verdict::Met)
}

/// How many members more, or fewer, would turn the verdict.
fn members(coverage: &Coverage, verdict: Verdict, part: u64, whole: u64) -> Option<Headroom> {
    let (enough, part) = (enough(coverage, whole)?, i128::from(part));
    let value = if verdict == Verdict::Met {
        part.saturating_sub(enough).saturating_add(1)
    } else {
        enough.saturating_sub(part)
    };
    Some(Headroom { unit: Unit::Members, value: HeadroomValue::Count(value) })
}

/// One body in one year.
fn year(case: &Case, rule: &Prepared<'_>, coverage: &Coverage, named: &Named, period: Period, out: &mut Vec<Finding>) {
    let judge = |ways: &Ways| {
        let mut judgement = match coverage.of {
            CoverageOf::Deputies => deputies(case, coverage, named, &period),
            CoverageOf::WrittenAssignments => assignments(case, coverage, named, &period),
            CoverageOf::ElectronicDocuments => documents(case, coverage, named, &period),
            _ => dossiers(case, coverage, named, &period, ways),
        };
        judgement.due = Some(period.to());
        Some(judgement)
    };
    judged(case, rule, named.subject.clone(), period, judge, out);
}

fn open(case: &Case, period: &Period) -> bool {
    case.as_of() <= period.to()
}

fn missing(what: Lacking, period: &Period) -> Missing {
    Missing { what, field: None, period: *period }
}

fn deputies<'l>(case: &Case, coverage: &Coverage, named: &Named, period: &Period) -> Judgement<'l> {
    let ledger = case.ledger();
    let deputy = ledger.events.deputy(named.body).filter(|deputy| deputy.date <= period.to());
    let since = case.plan().document().valid_from.max(named.life.from());
    let listed = |to: Date| {
        let declared = ledger.complete_over(TableName::Deputies, None, Some(named.body));
        Period::new(since.min(to), to).is_ok_and(|time| covered(&declared, &time))
    };
    let known = if deputy.is_some() {
        Known::Of(Range::exactly(1), Range::exactly(1))
    } else if !open(case, period) && listed(period.to()) {
        Known::Of(Range::ZERO, Range::exactly(1))
    } else {
        Known::Nothing
    };
    let mut judgement = judge(coverage, known, open(case, period), missing(Lacking::Deputies, period));
    judgement.sources.extend(deputy.and_then(|deputy| deputy.source.clone()));
    judgement
}

fn assignments<'l>(case: &Case, coverage: &Coverage, named: &Named, period: &Period) -> Judgement<'l> {
    let record = case.ledger().events.assignment(named.body, period);
    let known =
        record.map_or(Known::Nothing, |tally| Known::Of(Range::exactly(tally.part), Range::exactly(tally.whole)));
    let mut judgement = judge(coverage, known, open(case, period), missing(Lacking::WrittenAssignments, period));
    judgement.sources.extend(record.and_then(|tally| tally.source.clone()));
    judgement
}

/// Whether the facts say that a body had none of what a table counts.
fn none_listed(case: &Case, table: TableName, named: &Named, period: &Period) -> bool {
    !open(case, period) && case.ledger().complete(table, None, Some(named.body), period)
}

fn documents<'l>(case: &Case, coverage: &Coverage, named: &Named, period: &Period) -> Judgement<'l> {
    let record = case.ledger().events.documents(named.body, period.from().year());
    let known = match record {
        Some(record) => Known::Of(Range::exactly(record.electronic), Range::exactly(record.due)),
        None if none_listed(case, TableName::Documents, named, period) => Known::Of(Range::ZERO, Range::ZERO),
        None => Known::Nothing,
    };
    let mut judgement = judge(coverage, known, open(case, period), missing(Lacking::Documents, period));
    if let Some(record) = record {
        let signed = record.signed.map(|count| DataNote::DigitallySigned { count, of: record.total });
        judgement.notes.extend(signed);
        judgement.sources.extend(record.source.clone());
    }
    judgement
}

fn dossiers<'l>(case: &'l Case, coverage: &Coverage, named: &Named, period: &Period, ways: &Ways) -> Judgement<'l> {
    let apologies = coverage.of == CoverageOf::Apologies;
    let record = case.ledger().dossiers.counts(Who::Body(named.body), period.from().year());
    let known = match record {
        Some(DossierYear { flow, .. }) if apologies => Known::Of(flow.apologies, flow.late),
        Some(DossierYear { flow, .. }) => Known::Of(flow.notices, flow.requests),
        None if none_listed(case, TableName::DossierCounts, named, period) => Known::Of(Range::ZERO, Range::ZERO),
        None => Known::Nothing,
    };
    let lacking = if apologies { Lacking::Apologies } else { Lacking::SupplementNotices };
    let mut judgement = judge(coverage, known, open(case, period), missing(lacking, period));
    if apologies && record.is_some() {
        let who = Who::Body(named.body);
        judgement.notes.extend(late_share::as_counted(case.ledger(), who, period.from().year(), ways));
    }
    judgement.evidence = record.map(|record| &record.evidence);
    judgement
}

/// Each body that leads a task: its tasks whose cost estimate has been appraised.
fn estimates(case: &Case, rule: &Prepared<'_>, coverage: &Coverage, span: &Period, out: &mut Vec<Finding>) {
    let ledger = case.ledger();
    let tasks = case.plan().tasks().iter();
    let led = tasks.flat_map(|task| leads(case.plan(), task).into_iter().map(move |lead| (lead, task)));
    let led = Lists::new(led.collect(), |_| ());
    for named in bodies(case, rule) {
        let tasks: &[&Task] = led.of(|lead| lead.cmp(&named.subject.id));
        let Some(period) = span.intersection(&named.life).filter(|_| !tasks.is_empty()) else { continue };
        let declared = ledger.complete_over(TableName::Estimates, None, Some(named.body));
        let complete = covered(&declared, &period);
        let judge = |_: &Ways| {
            let of = |task: &&Task| ledger.events.estimates(named.body, task.id.as_str());
            let appraised = tasks.iter().filter(|task| of(task).iter().any(|estimate| estimate.appraised)).count();
            let appraised = u64::try_from(appraised).unwrap_or(u64::MAX);
            let whole = u64::try_from(tasks.len()).unwrap_or(u64::MAX);
            // Without a complete list the others may be appraised too.
            let part = if complete { Range::exactly(appraised) } else { Range::new(appraised, Some(whole)) };
            let known = Known::Of(part, Range::exactly(whole));
            let mut judgement = judge(coverage, known, false, missing(Lacking::Estimates, &period));
            judgement.measured = Some(Measured::Cover { part: appraised, whole });
            let outside = tasks.iter().flat_map(of).filter(|estimate| estimate.outside_budget).count();
            if outside > 0 {
                judgement.notes.push(DataNote::OutsideBudget { count: u64::try_from(outside).unwrap_or(u64::MAX) });
            }
            judgement.sources.extend(tasks.iter().flat_map(of).filter_map(|estimate| estimate.source.clone()));
            judgement.sources.order();
            judgement.sources.dedup();
            Some(judgement)
        };
        judged(case, rule, named.subject.clone(), period, judge, out);
    }
}

/// Each task: the periods that have fallen due and those of them done in time.
fn tasks(case: &Case, rule: &Prepared<'_>, coverage: &Coverage, span: &Period, out: &mut Vec<Finding>) {
    for task in case.plan().tasks() {
        let judge = |ways: &Ways| Some(on_schedule(case, coverage, task, span, ways));
        judged(case, rule, task_subject(task), *span, judge, out);
    }
}

fn on_schedule<'l>(case: &'l Case, coverage: &Coverage, task: &Task, span: &Period, ways: &Ways) -> Judgement<'l> {
    let ledger = case.ledger();
    let (occurrences, _) = schedule::course(case.plan(), ledger, task, ways.known().update_days);
    let (mut whole, mut in_time, mut silent) = (0u64, 0u64, 0u64);
    for one in &occurrences {
        let Some(due) = one.due else { continue };
        let over = case.as_of() > due;
        if !over && one.done.is_none() {
            continue;
        }
        whole = whole.saturating_add(1);
        if one.in_time() {
            in_time = in_time.saturating_add(1);
        } else if (one.done.is_none() || repeats(task)) && !reports_complete(case, task, one.from, due) {
            silent = silent.saturating_add(1);
        }
    }
    let part = Range::new(in_time, Some(in_time.saturating_add(silent)));
    let known = if whole == 0 { nothing_due(task) } else { Known::Of(part, Range::exactly(whole)) };
    let mut judgement = judge(coverage, known, false, missing(Lacking::TaskReports, span));
    if whole > 0 {
        judgement.measured = Some(Measured::Cover { part: in_time, whole });
    }
    let reports = ledger.events.reports(task.id.as_str());
    judgement.sources.extend(reports.iter().filter_map(|report| report.source.clone()));
    judgement.sources.order();
    judgement.sources.dedup();
    judgement
}

/// Whether a task falls due again and again: then a later report does not say that the time before was missed.
fn repeats(task: &Task) -> bool {
    use crate::plan::task::ScheduleKind::{Annual, AnnualAtLeast, Phase};
    matches!(task.schedule.kind, Annual | AnnualAtLeast | Phase)
}

/// A task done all the time has no schedule to keep; any other will fall due.
fn nothing_due(task: &Task) -> Known {
    use crate::plan::task::ScheduleKind::{Continuous, OnTrigger};
    match task.schedule.kind {
        Continuous | OnTrigger => Known::Of(Range::ZERO, Range::ZERO),
        _ => Known::NotYet,
    }
}

/// Whether the facts list every report, or every update of a record, of a time.
fn reports_complete(case: &Case, task: &Task, from: Date, due: Date) -> bool {
    let table =
        if schedule::is_record_change(&task.schedule) { TableName::RecordUpdates } else { TableName::TaskReports };
    let from = from.max(case.plan().document().valid_from).min(due);
    Period::new(from, due).is_ok_and(|time| case.ledger().complete(table, None, None, &time))
}
