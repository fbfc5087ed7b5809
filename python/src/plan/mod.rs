//! The plan and what it is made of.

mod amendment;
mod body;
mod diff;
mod document;
pub(crate) mod light;
mod reading;
mod rule;
mod task;

use caicach::assessment::agenda::Weekly;
use caicach::plan::task::ScheduleKind;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;

use crate::agenda::Agenda;
use crate::arguments::{day, file, options, text};
use crate::assessment::Assessment;
use crate::boundary::{boundary, written};
use crate::calendar::Calendar;
use crate::case::{Case, unresolved};
use crate::error::{Result, amendment_error, assess_error, not_found, plan_error, type_error};
use crate::facts::Facts;
use crate::same::{Compared, Other, hash};
use crate::to_python::{made, plain, tuple};

pub(crate) use amendment::{AmendedPlan, Amendment, AmendmentChange};
pub(crate) use body::Body;
pub(crate) use diff::{Difference, FieldDifference, PlanDiff, VerdictChange};
pub(crate) use document::{Clause, Document};
pub(crate) use reading::{Bilingual, Reading, ReadingOption};
pub(crate) use rule::Rule;
pub(crate) use task::{Duty, Schedule, Task};

/// A plan (kế hoạch): what the document says, as data. Immutable; may be shared between threads.
///
/// >>> import caicach
/// >>> plan = caicach.Plan.builtin()
/// >>> plan.number, len(plan.tasks)
/// ('298/KH-UBND', 55)
/// >>> plan.rule("late_share_caps_rank").clause
/// 'annex I.9'
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Plan {
    plan: caicach::Plan,
    rules: PyOnceLock<Py<PyTuple>>,
    tasks: PyOnceLock<Py<PyTuple>>,
    bodies: PyOnceLock<Py<PyTuple>>,
    readings: PyOnceLock<Py<PyTuple>>,
    clauses: PyOnceLock<Py<PyTuple>>,
}

impl Plan {
    pub(crate) fn new(plan: caicach::Plan) -> Plan {
        Plan {
            plan,
            rules: PyOnceLock::new(),
            tasks: PyOnceLock::new(),
            bodies: PyOnceLock::new(),
            readings: PyOnceLock::new(),
            clauses: PyOnceLock::new(),
        }
    }
}

impl PartialEq for Plan {
    fn eq(&self, other: &Plan) -> bool {
        self.plan.fingerprint() == other.plan.fingerprint()
    }
}

fn load(py: Python<'_>, source: impl AsRef<[u8]> + Send + Sync) -> Result<Plan> {
    let plan = boundary(py, || caicach::Plan::from_toml(&source))?;
    plan.map(Plan::new).map_err(|error| plan_error(&error))
}

#[pymethods]
impl Plan {
    /// The plan that comes with the library: Kế hoạch 298/KH-UBND of Nha Trang, 13/01/2023.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin()
    /// <Plan 298/KH-UBND: 55 tasks, 47 rules>
    #[staticmethod]
    fn builtin(py: Python<'_>) -> Result<Plan> {
        let plan = boundary(py, caicach::Plan::builtin)?;
        plan.map(Plan::new).map_err(|error| plan_error(&error))
    }

    /// Loads a plan file. PlanError lists every problem with its line and path; OSError where the file cannot be read.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.load("no such file")
    /// Traceback (most recent call last):
    /// FileNotFoundError: [Errno 2] No such file or directory: 'no such file'
    #[staticmethod]
    fn load(py: Python<'_>, path: &Bound<'_, PyAny>) -> Result<Plan> {
        load(py, file(path)?)
    }

    /// Reads a plan from the text of its file (TOML), as str or bytes.
    ///
    /// >>> import caicach
    /// >>> try:
    /// ...     caicach.Plan.from_toml('schema = "caicach/plan/1"')
    /// ... except caicach.PlanError as error:
    /// ...     error.problems[0].code, error.problems[0].path
    /// ('missing_field', 'document')
    #[staticmethod]
    fn from_toml(py: Python<'_>, text: &Bound<'_, PyAny>) -> Result<Plan> {
        load(py, self::text(text)?)
    }

    /// Number of the document (số, ký hiệu): "298/KH-UBND".
    #[getter]
    fn number(&self) -> &str {
        &self.plan.document().number
    }

    /// Full title, in Vietnamese.
    #[getter]
    fn title(&self) -> &str {
        &self.plan.document().title
    }

    /// SHA-256 of what the plan says: two plans with one fingerprint say the same.
    #[getter]
    fn fingerprint(&self) -> &str {
        self.plan.fingerprint()
    }

    /// The head of the document.
    #[getter]
    fn document(&self) -> Document {
        Document(self.plan.document().clone())
    }

    /// The rules, in the order of the file.
    ///
    /// >>> import caicach
    /// >>> [rule.id for rule in caicach.Plan.builtin().rules if rule.kind == "reduction"]
    /// ['unit_reduction', 'cadre_reduction', 'employee_reduction']
    #[getter]
    fn rules<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        made(py, &self.rules, &mut || tuple(py, self.plan.rules().iter().cloned().map(Rule)))
    }

    /// The tasks (nhiệm vụ) of the annex, in its order.
    #[getter]
    fn tasks<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        made(py, &self.tasks, &mut || tuple(py, self.plan.tasks().iter().cloned().map(Task)))
    }

    /// The bodies (cơ quan, đơn vị, địa phương), each in one period of its existence.
    #[getter]
    fn bodies<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        made(py, &self.bodies, &mut || tuple(py, self.plan.contents().body.iter().cloned().map(Body)))
    }

    /// The readings (cách hiểu): questions that the document leaves open.
    #[getter]
    fn readings<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        made(py, &self.readings, &mut || tuple(py, self.plan.readings().iter().cloned().map(Reading)))
    }

    /// The paragraphs of the main text.
    #[getter]
    fn clauses<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        made(py, &self.clauses, &mut || tuple(py, self.plan.contents().clause.iter().cloned().map(Clause)))
    }

    /// The rule with an id; NotFoundError (a KeyError) where there is none.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().rule("online_majorty")
    /// Traceback (most recent call last):
    /// caicach.NotFoundError: the plan has no rule `online_majorty`; did you mean `online_majority`?
    fn rule(&self, id: &str) -> Result<Rule> {
        let rule = self.plan.rule(id).cloned().map(Rule);
        rule.ok_or_else(|| not_found("rule", id, self.plan.rules().iter().map(|rule| rule.id().as_str())))
    }

    /// The task with an id; NotFoundError (a KeyError) where there is none.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().task("I.1").schedule.kind
    /// 'continuous'
    fn task(&self, id: &str) -> Result<Task> {
        let task = self.plan.task(id).cloned().map(Task);
        task.ok_or_else(|| not_found("task", id, self.plan.tasks().iter().map(|task| task.id.as_str())))
    }

    /// The body with an id; NotFoundError (a KeyError) where there is none.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().body("loc_tho").name
    /// 'UBND phường Lộc Thọ'
    fn body(&self, id: &str) -> Result<Body> {
        let body = self.plan.body(id).cloned().map(Body);
        body.ok_or_else(|| not_found("body", id, self.plan.contents().body.iter().map(|body| body.id.as_str())))
    }

    /// The reading with a key; NotFoundError (a KeyError) where there is none.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().reading("late_denominator").default
    /// 'resolved'
    fn reading(&self, key: &str) -> Result<Reading> {
        let reading = self.plan.reading(key).cloned().map(Reading);
        reading
            .ok_or_else(|| not_found("reading", key, self.plan.readings().iter().map(|reading| reading.key.as_str())))
    }

    /// The paragraph of the main text with an id; NotFoundError (a KeyError) where there is none.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().clause("II.1").text
    /// '(Theo Phụ lục đính kèm)'
    fn clause(&self, id: &str) -> Result<Clause> {
        let clause = self.plan.clause(id).cloned().map(Clause);
        clause
            .ok_or_else(|| not_found("clause", id, self.plan.contents().clause.iter().map(|clause| clause.id.as_str())))
    }

    /// The tasks in which a body has a duty, by itself or as a member of a group of bodies, those of a group of the annex,
    /// those with a kind of schedule, or what several of these have in common, in the order of the annex.
    ///
    /// >>> import caicach
    /// >>> plan = caicach.Plan.builtin()
    /// >>> [task.id for task in plan.tasks_of("loc_tho", group="VII")]
    /// ['VII.2', 'VII.3', 'VII.7']
    /// >>> [task.id for task in plan.tasks_of(schedule="period")]
    /// ['IV.1', 'VII.7']
    #[pyo3(signature = (body=None, *, group=None, schedule=None))]
    fn tasks_of<'py>(
        &self,
        py: Python<'py>,
        body: Option<&str>,
        group: Option<&str>,
        schedule: Option<&str>,
    ) -> Result<Bound<'py, PyTuple>> {
        let groups = || self.plan.contents().group.iter().map(|group| group.id.as_str());
        if let Some(id) = group.filter(|id| groups().all(|known| known != *id)) {
            return Err(not_found("group", id, groups()));
        }
        let kinds = || ScheduleKind::ALL.iter().map(|kind| kind.as_str());
        if let Some(kind) = schedule.filter(|kind| kinds().all(|known| known != *kind)) {
            return Err(not_found("schedule", kind, kinds()));
        }
        let body = body.map(|id| self.body(id)).transpose()?;
        let tasks: Vec<&caicach::plan::task::Task> = match &body {
            Some(body) => self.plan.tasks_of_body(&body.0.id).collect(),
            None => self.plan.tasks().iter().collect(),
        };
        let wanted = tasks.into_iter().filter(|task| {
            group.is_none_or(|id| task.group.as_str() == id)
                && schedule.is_none_or(|kind| task.schedule.kind.as_str() == kind)
        });
        tuple(py, wanted.cloned().map(Task))
    }

    /// Judges facts by every rule of the plan, as of a day (a date or a text YYYY-MM-DD), under readings that differ
    /// from the plan's defaults, by what was known on a day (without it, by all that is known).
    ///
    /// With `alternatives=False` the other options of the readings are not tried: for callers who ask for verdicts alone.
    /// Nothing then says what it is sensitive to.
    ///
    /// Raises FactsError where names do not resolve or records contradict each other, ReadingsError for readings that
    /// the plan does not have. Other threads run meanwhile.
    ///
    /// >>> import caicach
    /// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "dossier_counts": [
    /// ...     {"body": "UBND phường Lộc Thọ", "from": "2024-01-01", "to": "2024-12-31",
    /// ...      "resolved": {"late": 212, "total": 3905}}]})
    /// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
    /// >>> finding, = assessment.select(rule="late_share_caps_rank", subject="loc_tho", verdict="binding")
    /// >>> finding.counts, finding.measured["percent"], finding.margin
    /// ((212, 3905), Decimal('5.43'), Decimal('-0.43'))
    #[pyo3(signature = (facts, *, as_of, readings=None, known_on=None, alternatives=true))]
    fn assess(
        &self,
        py: Python<'_>,
        facts: &Bound<'_, Facts>,
        as_of: &Bound<'_, PyAny>,
        readings: Option<&Bound<'_, PyAny>>,
        known_on: Option<&Bound<'_, PyAny>>,
        alternatives: bool,
    ) -> Result<Assessment> {
        let (options, facts) = (options(as_of, readings, known_on, alternatives)?, facts.get().core());
        let assessment = boundary(py, || self.plan.assess(facts, &options))?.map_err(|error| assess_error(&error))?;
        Ok(Assessment::new(self.plan.clone(), assessment))
    }

    /// Makes plan and facts ready to be judged: for callers who ask often. Arguments and exceptions as assess.
    ///
    /// >>> import caicach
    /// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
    /// >>> caicach.Plan.builtin().prepare(facts, as_of="2025-01-15").ceiling("loc_tho", year=2024).ceiling
    /// 'good'
    #[pyo3(signature = (facts, *, as_of, readings=None, known_on=None, alternatives=true))]
    fn prepare(
        &self,
        py: Python<'_>,
        facts: &Bound<'_, Facts>,
        as_of: &Bound<'_, PyAny>,
        readings: Option<&Bound<'_, PyAny>>,
        known_on: Option<&Bound<'_, PyAny>>,
        alternatives: bool,
    ) -> Result<Case> {
        let (options, facts) = (options(as_of, readings, known_on, alternatives)?, facts.get().core());
        let case = boundary(py, || self.plan.prepare(facts, &options))?.map_err(|error| assess_error(&error))?;
        Ok(Case::new(case))
    }

    /// All that falls due from a day to a day, both included: of every body, or of one (by id or a name that it bears in
    /// that time) and of the groups it belongs to. It is read from the plan alone, so it can be drawn up years ahead.
    ///
    /// With `weekly=True` it has the weekly meetings too. With `facts` it has what is due within days of the events that
    /// they tell of, such as changes in people's records; `as_of` (`end` where it is left out), `readings` and `known_on` are
    /// as in assess. NotFoundError (a KeyError) where no body bears the name.
    ///
    /// >>> import caicach
    /// >>> agenda = caicach.Plan.builtin().agenda("2023-03-01", "2023-03-31", "UBND phường Lộc Thọ")
    /// >>> [(item.id, item.due) for item in agenda.items]
    /// [('periodic_report', datetime.date(2023, 3, 31))]
    #[pyo3(signature = (start, end, body=None, *, weekly=false, facts=None, as_of=None, readings=None, known_on=None))]
    // As many as there are choices.
    #[allow(clippy::too_many_arguments)]
    fn agenda<'py>(
        &self,
        py: Python<'py>,
        start: &Bound<'py, PyAny>,
        end: &Bound<'py, PyAny>,
        body: Option<&str>,
        weekly: bool,
        facts: Option<&Bound<'py, Facts>>,
        as_of: Option<&Bound<'py, PyAny>>,
        readings: Option<&Bound<'py, PyAny>>,
        known_on: Option<&Bound<'py, PyAny>>,
    ) -> Result<Agenda> {
        if let Some(facts) = facts {
            return self
                .prepare(py, facts, as_of.unwrap_or(end), readings, known_on, false)?
                .agenda(py, start, end, body, weekly);
        }
        if as_of.is_some() || readings.is_some() || known_on.is_some() {
            return Err(type_error("as_of, readings and known_on are of facts: give them too"));
        }
        let (start, end) = (day(start, "start")?, day(end, "end")?);
        let resolve = |name: &str| self.plan.registry().resolve(name, start, end).map_err(|error| unresolved(&error));
        let body = body.map(resolve).transpose()?;
        let weekly = if weekly { Weekly::Listed } else { Weekly::Left };
        Ok(Agenda::new(boundary(py, || self.plan.agenda(start, end, body, weekly))?))
    }

    /// This plan with its working days counted by a calendar. The receipts of its assessments name a calendar that is not
    /// the built-in one.
    ///
    /// >>> import caicach
    /// >>> plan = caicach.Plan.builtin().with_calendar(caicach.Calendar.builtin().with_optional("culture_day"))
    /// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1"})
    /// >>> plan.assess(facts, as_of="2025-01-15").receipt.calendar_fingerprint[:7]
    /// 'sha256:'
    fn with_calendar(&self, py: Python<'_>, calendar: &Bound<'_, Calendar>) -> Result<Plan> {
        let calendar = calendar.get().0.clone();
        Ok(Plan::new(boundary(py, || self.plan.with_calendar(calendar))?))
    }

    /// In what this plan and another differ and, given facts, which verdicts do. `facts` needs `as_of`; `readings` and
    /// `known_on` are as in assess and must be known to both plans.
    #[pyo3(signature = (other, facts=None, *, as_of=None, readings=None, known_on=None))]
    fn diff(
        &self,
        py: Python<'_>,
        other: &Bound<'_, Plan>,
        facts: Option<&Bound<'_, Facts>>,
        as_of: Option<&Bound<'_, PyAny>>,
        readings: Option<&Bound<'_, PyAny>>,
        known_on: Option<&Bound<'_, PyAny>>,
    ) -> Result<PlanDiff> {
        let other = &other.get().plan;
        let diff = boundary(py, || self.plan.diff(other))?;
        let (facts, as_of) = match (facts, as_of) {
            (Some(facts), Some(as_of)) => (facts.get().core(), as_of),
            (None, None) if readings.is_none() && known_on.is_none() => return Ok(PlanDiff::new(diff, None)),
            _ => return Err(type_error("verdicts are compared for facts as of a day: give both")),
        };
        let options = options(as_of, readings, known_on, false)?;
        let changes = boundary(py, || self.plan.verdict_changes(other, facts, &options))?;
        Ok(PlanDiff::new(diff, Some(changes.map_err(|error| assess_error(&error))?)))
    }

    /// This plan with amendments. Every version that comes of them is checked as any plan is: AmendmentError lists all
    /// that does not fit.
    ///
    /// >>> import caicach
    /// >>> amendment = caicach.Amendment.from_toml('''
    /// ... schema = "caicach/amendment/1"
    /// ... document = { number = "1/QĐ", date = "2025-02-20", issuer = "UBND thành phố Nha Trang", title = "Sửa đổi" }
    /// ... change = [{ date = "2025-03-01", action = "remove", what = "rule", id = "online_majorty" }]
    /// ... ''')
    /// >>> try:
    /// ...     caicach.Plan.builtin().amended(amendment)
    /// ... except caicach.AmendmentError as error:
    /// ...     error.path, error.help
    /// ('amendment[0].change[0].id', 'did you mean `online_majority`?')
    #[pyo3(signature = (*amendments))]
    fn amended(&self, py: Python<'_>, amendments: Vec<Bound<'_, Amendment>>) -> Result<AmendedPlan> {
        let amendments: Vec<_> = amendments.iter().map(|amendment| amendment.get().core().clone()).collect();
        let amended = boundary(py, || self.plan.amended(&amendments))?;
        amended.map(AmendedPlan).map_err(|error| amendment_error(&error))
    }

    /// What a body (by id) is on a day, by the plan's reorganisations (sắp xếp): itself, or what came of it.
    ///
    /// >>> import caicach
    /// >>> [body.id for body in caicach.Plan.builtin().successors("phuoc_tien", on="2026-01-01")]
    /// ['phuong_nha_trang']
    #[pyo3(signature = (body, *, on))]
    fn successors<'py>(&self, py: Python<'py>, body: &str, on: &Bound<'_, PyAny>) -> Result<Bound<'py, PyTuple>> {
        self.body(body)?;
        tuple(py, self.plan.successors(body, day(on, "on")?).into_iter().cloned().map(Body))
    }

    /// What a body (by id) was on a day: itself, or the bodies of which it came.
    ///
    /// >>> import caicach
    /// >>> [body.id for body in caicach.Plan.builtin().predecessors("tan_tien", on="2024-06-30")]
    /// ['phuoc_tan', 'phuoc_tien', 'tan_lap']
    #[pyo3(signature = (body, *, on))]
    fn predecessors<'py>(&self, py: Python<'py>, body: &str, on: &Bound<'_, PyAny>) -> Result<Bound<'py, PyTuple>> {
        self.body(body)?;
        tuple(py, self.plan.predecessors(body, day(on, "on")?).into_iter().cloned().map(Body))
    }

    /// Over which bodies the city's targets are read on a day: the city itself, and after its end its successors.
    ///
    /// >>> import caicach
    /// >>> [body.id for body in caicach.Plan.builtin().territory(on="2024-01-01")]
    /// ['nha_trang']
    #[pyo3(signature = (*, on))]
    fn territory<'py>(&self, py: Python<'py>, on: &Bound<'_, PyAny>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.plan.territory(day(on, "on")?).into_iter().cloned().map(Body))
    }

    /// The plan as JSON, in the structure of the plan file.
    fn to_json(&self, py: Python<'_>) -> Result<String> {
        written(py, &|| self.plan.to_json())
    }

    /// The plan as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, self.plan.contents())
    }

    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }

    fn __hash__(&self) -> u64 {
        hash(self.plan.fingerprint())
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
    }

    fn __repr__(&self) -> String {
        let (number, tasks, rules) = (&self.plan.document().number, self.plan.tasks().len(), self.plan.rules().len());
        format!("<Plan {number}: {tasks} tasks, {rules} rules>")
    }
}
