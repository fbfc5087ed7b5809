//! The agenda of a plan: all that falls due between two days, with whom it concerns and the clause that says so.
//!
//! Read from the plan alone it can be drawn up years ahead: periods of tasks, yearly plans and reports, sessions and
//! meetings owed a number of times, days by which something is to be done, and the years in which a target must be reached.
//! With facts it has too what is due within days of an event that they tell of: a trigger of a task, a change in a record.
//! What an event starts without a last day, and what is done all the time, has no day to put down. What is done already
//! stands there as well: an agenda says what falls due, the tracker how it stands. A task whose duty a dated rule repeats
//! stands there once, as the rule.
//!
//! - `ical`: the agenda as an iCalendar file (RFC 5545).

mod ical;
#[cfg(test)]
mod tests;

use time::Date;

use crate::calendar::{Period, Step, reporting_periods};
use crate::input::choice;
use crate::input::{Members, Object, Show, object};
use crate::measure::ledger::events::{Done, Update};
use crate::measure::schedule;
use crate::order::{InOrder, Set};
use crate::plan::kind::{Deadline, Frequency, Per, RuleKind, SubjectKind};
use crate::plan::registry::{BodyIx, Registry};
use crate::plan::task::{DutyRole, ScheduleKind, Task};
use crate::plan::{Plan, Rule};
use crate::rule::case::Case;
use crate::text::Lang;
use crate::text::number::date;

choice! {
    /// What falls due.
    pub enum AgendaKind {
        /// A task of the annex.
        Task = "task",
        /// Something owed at least so many times in a period.
        Frequency = "frequency",
        /// Something to be done by a day or in given months.
        Deadline = "deadline",
        /// A target to be reached.
        Milestone = "milestone",
    }
}

/// Whether an agenda has the weekly meetings too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weekly {
    /// It has not: they would drown the rest.
    #[default]
    Left,
    /// It has.
    Listed,
}

/// One thing that falls due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgendaItem {
    /// The last day.
    due: Date,
    /// The days in which it is to be done.
    period: Period,
    kind: AgendaKind,
    /// The task or rule.
    id: String,
    clause: String,
    who: Vec<String>,
    about: Option<String>,
    vi: String,
    en: String,
}

impl AgendaItem {
    /// The last day on which it can be done.
    pub fn due(&self) -> Date {
        self.due
    }

    /// The period for which it is owed.
    pub fn period(&self) -> Period {
        self.period
    }

    /// What falls due.
    pub fn kind(&self) -> AgendaKind {
        self.kind
    }

    /// The task (`I.9`) or rule (`self_inspection`).
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The clause or task that says so: `IV.1.4`, `annex I.8`.
    pub fn clause(&self) -> &str {
        &self.clause
    }

    /// Whom it concerns: bodies and groups of bodies, by id.
    pub fn who(&self) -> &[String] {
        &self.who
    }

    /// The person whose record has changed, where it is about one.
    pub fn about(&self) -> Option<&str> {
        self.about.as_deref()
    }

    /// What is to be done, without its clause.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

object!(AgendaItem);

impl Object for AgendaItem {
    fn members(&self, to: &mut Members<'_>) {
        to.add("due", &self.due);
        to.add("period", &self.period);
        to.add("kind", &self.kind);
        to.add("id", &self.id);
        to.add("clause", &self.clause);
        to.add("who", &self.who);
        if let Some(about) = &self.about {
            to.add("about", about);
        }
        to.add("vi", &self.vi);
        to.add("en", &self.en);
    }
}

/// All that falls due between two days (lịch công việc), by day.
#[derive(Debug, Clone)]
pub struct Agenda {
    plan: Plan,
    items: Vec<AgendaItem>,
}

impl Agenda {
    /// What falls due, by day, then by kind and id.
    pub fn items(&self) -> &[AgendaItem] {
        &self.items
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The agenda as JSON: a list of items.
    pub fn to_json(&self) -> String {
        self.items.shown().json()
    }

    /// The agenda as an iCalendar file (RFC 5545), one all-day event for each item on its last day.
    ///
    /// `stamp` is the day that the events give as that of their making, since the library reads no clock: the same
    /// agenda and day give the same bytes. The UID of an event stays the same from file to file, so that a calendar
    /// into which the file is read again holds each event once.
    pub fn to_ical(&self, stamp: Date, lang: Lang) -> String {
        ical::write(self, stamp, lang)
    }
}

impl Plan {
    /// All that falls due from `from` to `to`, both included: of every body, or of one and of the groups it belongs to.
    /// A body's own last day comes before that of a period in which it ends.
    ///
    /// ```
    /// use caicach::{Lang, Plan, calendar::parse_iso};
    /// let plan = Plan::builtin()?;
    /// let (from, to) = (parse_iso("2023-03-01")?, parse_iso("2023-03-31")?);
    /// let agenda = plan.agenda(from, to, None, Default::default());
    /// let texts: Vec<&str> = agenda.items().iter().map(|item| item.text(Lang::Vi)).collect();
    /// assert_eq!(texts, ["Báo cáo định kỳ: ít nhất 1 báo cáo cải cách hành chính định kỳ quý I/2023",
    ///                    "Ban hành Quy chế phối hợp: đến hết ngày 31/03/2023"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn agenda(&self, from: Date, to: Date, body: Option<BodyIx>, weekly: Weekly) -> Agenda {
        drawn(self, None, (from, to), body, weekly)
    }
}

impl Case {
    /// As [`Plan::agenda`], with what is due within days of the events that the facts tell of: those known on the day of
    /// assessment, their days counted by the readings.
    ///
    /// ```
    /// use caicach::{Facts, Lang, Options, Plan, calendar::parse_iso};
    /// let facts = Facts::from_json(r#"{"schema": "caicach/facts/1",
    ///     "people": [{"id": "cb1", "body": "UBND phường Lộc Thọ", "role": "staff", "category": "civil_servant"}],
    ///     "record_updates": [{"person": "cb1", "changed": "2024-03-08"}]}"#)?;
    /// let day = parse_iso("2024-03-11")?;
    /// let case = Plan::builtin()?.prepare(&facts, &Options::on(day).reading("update_days", "working"))?;
    /// let agenda = case.agenda(day, parse_iso("2024-03-30")?, case.body("P. Lộc Thọ", 2024), Default::default());
    /// let texts: Vec<&str> = agenda.items().iter().map(|item| item.text(Lang::Vi)).collect();
    /// assert_eq!(texts, ["Cập nhật hồ sơ cán bộ: cá nhân cb1, đến hết ngày 15/03/2024"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn agenda(&self, from: Date, to: Date, body: Option<BodyIx>, weekly: Weekly) -> Agenda {
        drawn(self.plan(), Some(self), (from, to), body, weekly)
    }
}

fn drawn(plan: &Plan, case: Option<&Case>, (from, to): (Date, Date), body: Option<BodyIx>, weekly: Weekly) -> Agenda {
    let mut items = Vec::new();
    if let Ok(range) = Period::new(from, to) {
        let drawing = Drawing { plan, case, range, body, weekly };
        let mut named = Set::new();
        for rule in plan.rules() {
            drawing.rule(rule, &mut named, &mut items);
            drawing.after_events(rule, &mut named, &mut items);
        }
        for task in plan.tasks() {
            drawing.task(task, &named, &mut items);
        }
    }
    items.order();
    Agenda { plan: plan.clone(), items }
}

/// A day on which something happened, the last day for what is due after it, and whom it is about.
struct Event {
    window: Period,
    body: Option<String>,
    about: Option<String>,
}

/// What an agenda is drawn up from.
struct Drawing<'p> {
    plan: &'p Plan,
    case: Option<&'p Case>,
    range: Period,
    body: Option<BodyIx>,
    weekly: Weekly,
}

impl Drawing<'_> {
    /// The bodies, those that the facts add among them.
    fn registry(&self) -> &Registry {
        self.case.map_or(self.plan.registry(), Case::registry)
    }

    /// The events of the facts that start what is due within days: changes in records, or triggers of a task.
    fn events(&self, changes: bool, task: &str, days: u32) -> Vec<Event> {
        let Some(case) = self.case else { return Vec::new() };
        let (events, way) = (&case.ledger().events, case.ways().known().update_days);
        let window = |event: Date| Period::new(event, schedule::days_after(self.plan, event, days, way)?).ok();
        let id = |body: BodyIx| self.registry().get(body).map(|body| body.id.as_str().to_owned());
        if changes {
            let event = |update: &Update| {
                let about = Some(update.person.as_str().to_owned());
                Some(Event { window: window(update.changed)?, body: update.body.and_then(id), about })
            };
            events.updates.iter().filter_map(event).collect()
        } else {
            let event = |done: &Done| Some(Event { window: window(done.date)?, body: None, about: None });
            events.triggers(task).iter().filter_map(event).collect()
        }
    }

    /// What a rule asks for within days of each event.
    fn after_events(&self, rule: &Rule, named: &mut Set<(String, Date)>, out: &mut Vec<AgendaItem>) {
        let RuleKind::Deadline(Deadline { within_days: Some(days), .. }) = rule.kind() else { return };
        let head = rule.head();
        let task = head.clause.strip_prefix("annex ").unwrap_or_default();
        let of_duties = self.who(rule);
        for Event { window, body, about } in self.events(head.subject.kind == SubjectKind::Person, task, *days) {
            named.insert((task.to_owned(), window.to()));
            let who = body.map_or_else(|| of_duties.clone(), |body| vec![body]);
            let Some((due, period)) = self.due(window, &who, window) else { continue };
            let text = |lang: Lang| {
                let (title, person) = match lang {
                    Lang::Vi => (&head.title.vi, "cá nhân"),
                    Lang::En => (&head.title.en, "person"),
                };
                let whom = about.as_ref().map_or_else(String::new, |about| format!("{person} {about}, "));
                format!("{title}: {whom}{}", asked(rule, &period, due, lang))
            };
            let (vi, en) = (text(Lang::Vi), text(Lang::En));
            let (id, clause) = (rule.id().as_str().to_owned(), head.clause.clone());
            out.push(AgendaItem { due, period, kind: AgendaKind::Deadline, id, clause, who, about, vi, en });
        }
    }

    /// A period as it concerns the body asked for, where it falls due in the range.
    fn due(&self, window: Period, who: &[String], period: Period) -> Option<(Date, Period)> {
        let document = self.plan.document();
        let (mut due, mut period) = (window.to(), period);
        let in_plan = due >= document.valid_from && document.valid_to.is_none_or(|last| window.from() <= last);
        if let Some(body) = self.body {
            let found = self.registry().get(body)?;
            let meant = |name: &String| *name == found.id.as_str() || self.registry().in_group(body, name);
            if !who.iter().any(meant) {
                return None;
            }
            let life = Period::new(found.valid_from.unwrap_or(Date::MIN), found.valid_to.unwrap_or(Date::MAX)).ok()?;
            due = window.intersection(&life)?.to();
            period = period.intersection(&life)?;
        }
        (in_plan && self.range.contains(due)).then_some((due, period))
    }

    /// What a rule asks for by a day. `named` gathers the tasks and days that need not be put down again.
    fn rule(&self, rule: &Rule, named: &mut Set<(String, Date)>, out: &mut Vec<AgendaItem>) {
        let who = self.who(rule);
        let (kind, windows) = self.windows(rule);
        for (window, period) in windows {
            if matches!(kind, AgendaKind::Frequency | AgendaKind::Deadline) {
                let task = rule.head().clause.strip_prefix("annex ").unwrap_or_default();
                named.insert((task.to_owned(), window.to()));
            }
            let Some((due, period)) = self.due(window, &who, period) else { continue };
            if kind == AgendaKind::Frequency && is_report(rule) && due != window.to() {
                // A report falls due on the last day; who is no longer there owes none.
                continue;
            }
            let head = rule.head();
            out.push(AgendaItem {
                due,
                period,
                kind,
                id: rule.id().as_str().to_owned(),
                clause: head.clause.clone(),
                who: who.clone(),
                about: None,
                vi: format!("{}: {}", head.title.vi, asked(rule, &period, due, Lang::Vi)),
                en: format!("{}: {}", head.title.en, asked(rule, &period, due, Lang::En)),
            });
        }
    }

    /// The windows of a rule, each with the period it is for.
    fn windows(&self, rule: &Rule) -> (AgendaKind, Vec<(Period, Period)>) {
        let same = |periods: Vec<Period>| periods.into_iter().map(|period| (period, period)).collect();
        let years = |years: Vec<i32>| same(years.into_iter().filter_map(Period::year).collect());
        match rule.kind() {
            RuleKind::Frequency(frequency) if frequency.at_least.is_some() => {
                (AgendaKind::Frequency, self.of_frequency(frequency))
            }
            // What is due within days of an event has neither day nor months: it is put down event by event.
            RuleKind::Deadline(deadline) => {
                let windows = match deadline.by {
                    Some(by) => {
                        let from = deadline.from.unwrap_or(self.plan.document().valid_from).min(by);
                        Period::new(from, by).into_iter().collect()
                    }
                    None => self.months(&deadline.months),
                };
                (AgendaKind::Deadline, same(windows))
            }
            RuleKind::Level(level) => {
                (AgendaKind::Milestone, years(level.steps.iter().map(|step| step.from).collect()))
            }
            RuleKind::Reduction(reduction) => (AgendaKind::Milestone, years(vec![reduction.by])),
            RuleKind::Rank(rank) => (AgendaKind::Milestone, years((rank.from..=rank.to).collect())),
            _ => (AgendaKind::Milestone, Vec::new()),
        }
    }

    fn of_frequency(&self, frequency: &Frequency) -> Vec<(Period, Period)> {
        let first = Period::year(frequency.from).map_or(Date::MIN, |year| year.from());
        let from = first.max(self.plan.document().valid_from).max(self.range.from());
        let Ok(range) = Period::new(from, self.range.to().max(from)) else { return Vec::new() };
        // A body may end within a period, and its own last day then lies before the period's.
        let step = |step: Step| range.touched(step).map(|period| (period, period)).collect();
        match (frequency.per, self.weekly) {
            (Per::Year, _) => step(Step::Year),
            (Per::Phase, _) => step(Step::Phase),
            (Per::Week, Weekly::Listed) => step(Step::Week),
            (Per::Week, Weekly::Left) => Vec::new(),
            (Per::Report, _) => {
                let years = range.from().year()..=range.to().year();
                let periods = years.filter_map(reporting_periods).flatten();
                periods.filter_map(|period| Some((Step::Quarter.holding(period.to())?, period))).collect()
            }
        }
    }

    /// The months of each year of the range, from the first to the last.
    fn months(&self, months: &[u32]) -> Vec<Period> {
        let month = |year: i32, month: Option<&u32>| Period::month(year, u8::try_from(*month?).ok()?);
        let first = self.range.from().year().max(self.plan.document().valid_from.year());
        let of_year =
            |year: i32| Period::new(month(year, months.first())?.from(), month(year, months.last())?.to()).ok();
        (first..=self.range.to().year()).filter_map(of_year).collect()
    }

    /// Whom a rule concerns: its group; for the city, the city and those whose duty in the task it is.
    fn who(&self, rule: &Rule) -> Vec<String> {
        let head = rule.head();
        let mut who = Vec::new();
        if head.subject.kind == SubjectKind::City || head.subject.city_too.unwrap_or(false) {
            who.push(self.plan.document().body.as_str().to_owned());
        }
        who.extend(head.subject.group.as_ref().map(|group| group.as_str().to_owned()));
        let duties = self.plan.tasks().iter().flat_map(|task| &task.duties);
        for name in duties.filter(|duty| duty.rule.as_ref() == Some(rule.id())).flat_map(|duty| &duty.bodies) {
            if !who.contains(name) {
                who.push(name.clone());
            }
        }
        who
    }

    /// The periods of a task that no rule has put down already.
    fn task(&self, task: &Task, named: &Set<(String, Date)>, out: &mut Vec<AgendaItem>) {
        let roles = [DutyRole::Lead, DutyRole::CarryOut, DutyRole::Coordinate];
        let of_role = |role: DutyRole| task.duties.iter().filter(move |duty| duty.role == role);
        let mut who: Vec<String> = Vec::new();
        for name in roles.into_iter().flat_map(of_role).flat_map(|duty| &duty.bodies) {
            if !who.contains(name) {
                who.push(name.clone());
            }
        }
        let dated = schedule::windows(self.plan, &task.schedule, self.range.to());
        let dated = dated.into_iter().map(|window| Event { window, body: None, about: None });
        let started = match (task.schedule.kind, task.schedule.days) {
            (ScheduleKind::Within, Some(days)) => {
                self.events(schedule::is_record_change(&task.schedule), task.id.as_str(), days)
            }
            _ => Vec::new(),
        };
        for Event { window, body, about } in dated.chain(started) {
            if named.contains(&(task.id.as_str().to_owned(), window.to())) {
                continue;
            }
            let who = body.map_or_else(|| who.clone(), |body| vec![body]);
            let Some((due, period)) = self.due(window, &who, window) else { continue };
            let deliverables = task.deliverables.join("; ");
            out.push(AgendaItem {
                due,
                period,
                kind: AgendaKind::Task,
                id: task.id.as_str().to_owned(),
                clause: format!("annex {}", task.id.as_str()),
                who,
                about,
                vi: format!("Nhiệm vụ {}: {} ({})", task.id.as_str(), deliverables, task.schedule.text),
                en: format!("Task {}: {}", task.id.as_str(), task.gist_en),
            });
        }
    }
}

fn is_report(rule: &Rule) -> bool {
    matches!(rule.kind(), RuleKind::Frequency(frequency) if frequency.per == Per::Report)
}

/// What a rule asks for in a period, after its title.
fn asked(rule: &Rule, period: &Period, due: Date, lang: Lang) -> String {
    match (rule.kind(), lang) {
        (RuleKind::Frequency(frequency), _) => {
            let least = frequency.at_least.unwrap_or(0);
            let kinds = std::iter::once(&frequency.activity).chain(&frequency.also_activities);
            let said = kinds.map(|kind| {
                format!("{least} {}", crate::measure::activity::words(kind).counted(i128::from(least), lang))
            });
            let said: Vec<String> = said.collect();
            let name = period.name(lang);
            match lang {
                Lang::Vi => format!("ít nhất {} {name}", said.join(", ")),
                Lang::En => format!("at least {} for {name}", said.join(", ")),
            }
        }
        (RuleKind::Deadline(deadline), _) if !deadline.months.is_empty() => match lang {
            Lang::Vi => format!("từ {} đến {}", date(period.from(), lang), date(due, lang)),
            Lang::En => format!("from {} to {}", date(period.from(), lang), date(due, lang)),
        },
        (_, Lang::Vi) => format!("đến hết ngày {}", date(due, lang)),
        (_, Lang::En) => format!("by {}", date(due, lang)),
    }
}
