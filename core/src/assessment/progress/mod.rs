//! Progress towards targets that are not yet due (tiến độ): information, never a verdict.
//!
//! For a reduction before its deadline and for a level's next step: what two paths ask for by now (`path`), how fast it
//! has gone, and where that leads if it goes on so. The assumption is always the same and stated: the average pace from
//! the first figure to the last goes on unchanged. All of it is exact; a projected cut counts whole posts.
//!
//! For a reduction the pace is counted from the day of the baseline record, the paths from the first day of the period.
//! For a level both start at the first year whose figure is known exactly.

mod path;
mod text;

use time::Date;

use crate::calendar::Period;
use crate::input::{Members, Object, object};
use crate::measure::ratio::Ratio;
use crate::plan::Plan;
use crate::plan::ids::RuleId;
use crate::plan::kind::{Level, RuleKind};
use crate::rule::case::Case;
use crate::rule::finding::{Finding, Measured, Required, Subject, Unit, Verdict};
use crate::rule::level_value;
use crate::text::Lang;

/// How many years back a level's first figure is looked for.
const YEARS_BACK: i32 = 20;

/// What has been reached on a day, or will have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The day; of a year's figure its last.
    pub date: Date,
    /// Posts or units cut, or the share in per cent.
    pub value: Ratio,
}

/// What the two paths ask for by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathPoint {
    /// The day.
    pub date: Date,
    /// On the even path.
    pub even: Ratio,
    /// On the back-loaded path.
    pub back_loaded: Ratio,
}

/// Where the pace so far leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Projection {
    /// Cut in 365 days, or percentage points in a year.
    pub per_year: Ratio,
    /// What will be reached on the deadline; whole posts and units, and shares between 0 and 100.
    pub reached: Ratio,
    /// What will then be missing; negative where there is more than required.
    pub short: Ratio,
    /// Whether the target is reached.
    pub enough: bool,
}

/// Progress towards one target.
#[derive(Debug, Clone)]
pub struct Progress {
    plan: Plan,
    rule: RuleId,
    subject: Subject,
    period: Period,
    unit: Unit,
    start: Point,
    now: Point,
    target: Point,
    required: PathPoint,
    path: Vec<PathPoint>,
    projection: Option<Projection>,
}

impl Progress {
    /// The rule.
    pub fn rule(&self) -> &RuleId {
        &self.rule
    }

    /// Whose progress it is.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The period of the finding that it goes with.
    pub fn period(&self) -> Period {
        self.period
    }

    /// Posts, service units or percentage points.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// From where the pace is counted: the baseline with nothing cut, or the first figure of a level.
    pub fn start(&self) -> Point {
        self.start
    }

    /// The last figure.
    pub fn now(&self) -> Point {
        self.now
    }

    /// What is required on the deadline.
    pub fn target(&self) -> Point {
        self.target
    }

    /// What the paths ask for by the day of the last figure.
    pub fn required(&self) -> PathPoint {
        self.required
    }

    /// What the paths ask for by the end of each year up to the deadline.
    pub fn path(&self) -> &[PathPoint] {
        &self.path
    }

    /// Where it leads at this pace; none where there is one figure only.
    pub fn projection(&self) -> Option<&Projection> {
        self.projection.as_ref()
    }

    /// All of it in a sentence or two, marked as information.
    pub fn text(&self, lang: Lang) -> String {
        text::sentence(self, lang)
    }
}

/// The progress of every finding of a rule that is about a target not yet due, in the order of the findings.
pub(super) fn progress(case: &Case, kind: &RuleKind, findings: &[Finding]) -> Vec<Progress> {
    let of = |finding: &Finding| match kind {
        RuleKind::Reduction(_) => cut(case, finding),
        RuleKind::Level(level) if finding.verdict() == Verdict::Pending => share(case, finding, level),
        _ => None,
    };
    match kind {
        RuleKind::Reduction(_) | RuleKind::Level(_) => findings.iter().filter_map(of).collect(),
        _ => Vec::new(),
    }
}

fn cut(case: &Case, finding: &Finding) -> Option<Progress> {
    let (Some(Measured::Stock(change)), Some(Required::Cut(required))) = (finding.measured(), finding.required())
    else {
        return None;
    };
    let (deadline, required) = (required.by, required.cut.filter(|cut| *cut > 0)?);
    let ((first, _), (last, _)) = (change.baseline?, change.now?);
    if case.as_of() > deadline || last >= deadline {
        return None;
    }
    let done = change.cut()?;
    let period = finding.period();
    let at = |date: Date| -> Option<PathPoint> {
        let parts = path::by_day(&period, date)?;
        let of = |part: Ratio| Ratio::whole(required).times(part);
        Some(PathPoint { date, even: of(parts.even)?, back_loaded: of(parts.back_loaded)? })
    };
    let ends = (period.from().year()..=period.to().year()).filter_map(Period::year).map(|year| at(year.to()));
    let path = ends.collect::<Option<Vec<_>>>()?;
    let days =
        |from: Date, to: Date| Ratio::whole(i128::from(to.to_julian_day()).saturating_sub(from.to_julian_day().into()));
    let per_day = Ratio::whole(done).over(days(first, last))?;
    // Posts that are cut are whole.
    let reached = Ratio::whole(done).plus(per_day.times(days(last, deadline))?)?.floor();
    let projection = Projection {
        per_year: per_day.times(Ratio::whole(365))?,
        reached: Ratio::whole(reached),
        short: Ratio::whole(required.checked_sub(reached)?),
        enough: reached >= required,
    };
    Some(Progress {
        plan: case.plan().clone(),
        rule: finding.rule().clone(),
        subject: finding.subject().clone(),
        period,
        unit: finding.headroom().map_or(Unit::Posts, |headroom| headroom.unit),
        start: Point { date: first, value: Ratio::ZERO },
        now: Point { date: last, value: Ratio::whole(done) },
        target: Point { date: deadline, value: Ratio::whole(required) },
        required: at(last)?,
        path,
        projection: Some(projection),
    })
}

fn share(case: &Case, finding: &Finding, level: &Level) -> Option<Progress> {
    let Some(Required::Share(bound)) = finding.required() else { return None };
    let (target_year, floor) = (finding.period().to().year(), Ratio::decimal(bound.threshold())?);
    let mut steps = level.steps.iter().chain(level.under.iter().flat_map(|under| &under.steps));
    // A floor that holds on from an earlier step has been due before.
    steps.find(|step| step.from == target_year)?;
    let last_year = case.as_of().year().min(target_year.saturating_sub(1));
    let known = |year: i32| {
        let (value, over) = level_value(case, level, &Period::year(year)?)?.ratio();
        Some((year, Ratio::new(value, over)?))
    };
    let values: Vec<(i32, Ratio)> = (last_year.saturating_sub(YEARS_BACK)..=last_year).filter_map(known).collect();
    let ((first, from), (last, now)) = (*values.first()?, *values.last()?);
    let years = |from: i32, to: i32| i128::from(to.saturating_sub(from));
    let at = |year: i32| -> Option<PathPoint> {
        let parts = path::by_year(years(first, year), years(first, target_year))?;
        // One that starts above the floor has to stay there.
        let (start, way) = (from.min(floor), floor.minus(from.min(floor))?);
        let of = |part: Ratio| start.plus(way.times(part)?);
        Some(PathPoint { date: Period::year(year)?.to(), even: of(parts.even)?, back_loaded: of(parts.back_loaded)? })
    };
    let path = (first..=target_year).map(at).collect::<Option<Vec<_>>>()?;
    let projection = if last > first {
        let per_year = now.minus(from)?.over(Ratio::whole(years(first, last)))?;
        let reached = now.plus(per_year.times(Ratio::whole(years(last, target_year)))?)?;
        let reached = reached.max(Ratio::ZERO).min(Ratio::whole(100));
        let enough = if bound.word() == "more_than" { reached > floor } else { reached >= floor };
        Some(Projection { per_year, reached, short: floor.minus(reached)?, enough })
    } else {
        None
    };
    Some(Progress {
        plan: case.plan().clone(),
        rule: finding.rule().clone(),
        subject: finding.subject().clone(),
        period: finding.period(),
        unit: Unit::PercentagePoints,
        start: Point { date: Period::year(first)?.to(), value: from },
        now: Point { date: Period::year(last)?.to(), value: now },
        target: Point { date: Period::year(target_year)?.to(), value: floor },
        required: at(last)?,
        path,
        projection,
    })
}

/// A fraction as `{numerator, denominator, value}`, the value rounded half up to two places for display.
struct Exact(Ratio);

object!(Exact, Point, PathPoint, Projection, Progress);

impl Object for Exact {
    fn members(&self, to: &mut Members<'_>) {
        let (numerator, denominator) = (self.0.numerator(), self.0.denominator());
        to.add("numerator", &numerator);
        to.add("denominator", &denominator);
        to.add("value", &self.0.two_places());
    }
}

impl Object for Point {
    fn members(&self, to: &mut Members<'_>) {
        to.add("date", &self.date);
        to.add("value", &Exact(self.value));
    }
}

impl Object for PathPoint {
    fn members(&self, to: &mut Members<'_>) {
        to.add("date", &self.date);
        to.add("even", &Exact(self.even));
        to.add("back_loaded", &Exact(self.back_loaded));
    }
}

impl Object for Projection {
    fn members(&self, to: &mut Members<'_>) {
        to.add("per_year", &Exact(self.per_year));
        to.add("reached", &Exact(self.reached));
        to.add("short", &Exact(self.short));
        to.add("enough", &self.enough);
    }
}

impl Object for Progress {
    fn members(&self, to: &mut Members<'_>) {
        to.add("rule", &self.rule);
        to.add("subject", &self.subject);
        to.add("period", &self.period);
        to.add("unit", &self.unit);
        to.add("start", &self.start);
        to.add("now", &self.now);
        to.add("target", &self.target);
        to.add("required", &self.required);
        to.add("path", &self.path);
        if let Some(projection) = &self.projection {
            to.add("projection", projection);
        }
        to.add("vi", &self.text(Lang::Vi));
        to.add("en", &self.text(Lang::En));
    }
}

#[cfg(test)]
mod tests;
