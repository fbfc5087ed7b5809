//! The plan and what it is made of.

use caicach::plan as core;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyTuple};

use crate::arguments::{file, options, text};
use crate::assessment::Assessment;
use crate::boundary::boundary;
use crate::case::Case;
use crate::error::{assess_error, not_found, plan_error};
use crate::facts::Facts;
use crate::to_python::{plain, tuple};
use crate::value;

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

/// The tuple of a cell, made when first asked for.
fn made<'py>(
    py: Python<'py>,
    cell: &PyOnceLock<Py<PyTuple>>,
    make: impl FnOnce() -> PyResult<Bound<'py, PyTuple>>,
) -> PyResult<Bound<'py, PyTuple>> {
    Ok(cell.get_or_try_init(py, || make().map(Bound::unbind))?.bind(py).clone())
}

fn load(py: Python<'_>, source: impl AsRef<[u8]> + Send + Sync) -> PyResult<Plan> {
    let plan = boundary(py, || caicach::Plan::from_toml(&source))?;
    plan.map(Plan::new).map_err(|error| plan_error(&error))
}

#[pymethods]
impl Plan {
    /// The plan that comes with the library: Kế hoạch 298/KH-UBND of Nha Trang, 13/01/2023.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin()
    /// <Plan 298/KH-UBND: 55 tasks, 48 rules>
    #[staticmethod]
    fn builtin(py: Python<'_>) -> PyResult<Plan> {
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
    fn load(py: Python<'_>, path: &Bound<'_, PyAny>) -> PyResult<Plan> {
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
    fn from_toml(py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Plan> {
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
    fn rules<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        made(py, &self.rules, || tuple(py, self.plan.rules().iter().cloned().map(Rule)))
    }

    /// The tasks (nhiệm vụ) of the annex, in its order.
    #[getter]
    fn tasks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        made(py, &self.tasks, || tuple(py, self.plan.tasks().iter().cloned().map(Task)))
    }

    /// The bodies (cơ quan, đơn vị, địa phương), each in one period of its existence.
    #[getter]
    fn bodies<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        made(py, &self.bodies, || tuple(py, self.plan.contents().body.iter().cloned().map(Body)))
    }

    /// The readings (cách hiểu): questions that the document leaves open.
    #[getter]
    fn readings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        made(py, &self.readings, || tuple(py, self.plan.readings().iter().cloned().map(Reading)))
    }

    /// The paragraphs of the main text.
    #[getter]
    fn clauses<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        made(py, &self.clauses, || tuple(py, self.plan.contents().clause.iter().cloned().map(Clause)))
    }

    /// The rule with an id; NotFoundError (a KeyError) where there is none.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().rule("online_majorty")
    /// Traceback (most recent call last):
    /// caicach.NotFoundError: the plan has no rule `online_majorty`; did you mean `online_majority`?
    fn rule(&self, id: &str) -> PyResult<Rule> {
        let rule = self.plan.rule(id).cloned().map(Rule);
        rule.ok_or_else(|| not_found("rule", id, self.plan.rules().iter().map(|rule| rule.id().as_str())))
    }

    /// The task with an id; NotFoundError (a KeyError) where there is none.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().task("I.1").schedule.kind
    /// 'continuous'
    fn task(&self, id: &str) -> PyResult<Task> {
        let task = self.plan.task(id).cloned().map(Task);
        task.ok_or_else(|| not_found("task", id, self.plan.tasks().iter().map(|task| task.id.as_str())))
    }

    /// The body with an id; NotFoundError (a KeyError) where there is none.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().body("loc_tho").name
    /// 'UBND phường Lộc Thọ'
    fn body(&self, id: &str) -> PyResult<Body> {
        let body = self.plan.body(id).cloned().map(Body);
        body.ok_or_else(|| not_found("body", id, self.plan.contents().body.iter().map(|body| body.id.as_str())))
    }

    /// The reading with a key; NotFoundError (a KeyError) where there is none.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().reading("late_denominator").default
    /// 'resolved'
    fn reading(&self, key: &str) -> PyResult<Reading> {
        let reading = self.plan.reading(key).cloned().map(Reading);
        reading
            .ok_or_else(|| not_found("reading", key, self.plan.readings().iter().map(|reading| reading.key.as_str())))
    }

    /// Judges facts by every rule of the plan, as of a day (a date or a text YYYY-MM-DD), under readings that differ
    /// from the plan's defaults, by what was known on a day (without it, by all that is known).
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
    #[pyo3(signature = (facts, *, as_of, readings=None, known_on=None))]
    fn assess(
        &self,
        py: Python<'_>,
        facts: &Bound<'_, Facts>,
        as_of: &Bound<'_, PyAny>,
        readings: Option<&Bound<'_, PyAny>>,
        known_on: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Assessment> {
        let (options, facts) = (options(as_of, readings, known_on)?, facts.get().core());
        let assessment = boundary(py, || self.plan.assess(facts, &options))?.map_err(|error| assess_error(&error))?;
        Ok(Assessment::new(self.plan.clone(), assessment))
    }

    /// Makes plan and facts ready to be judged: for callers who ask often. Arguments and exceptions as assess.
    ///
    /// >>> import caicach
    /// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
    /// >>> caicach.Plan.builtin().prepare(facts, as_of="2025-01-15").ceiling("loc_tho", year=2024).ceiling
    /// 'good'
    #[pyo3(signature = (facts, *, as_of, readings=None, known_on=None))]
    fn prepare(
        &self,
        py: Python<'_>,
        facts: &Bound<'_, Facts>,
        as_of: &Bound<'_, PyAny>,
        readings: Option<&Bound<'_, PyAny>>,
        known_on: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Case> {
        let (options, facts) = (options(as_of, readings, known_on)?, facts.get().core());
        let case = boundary(py, || self.plan.prepare(facts, &options))?.map_err(|error| assess_error(&error))?;
        Ok(Case::new(case))
    }

    /// The plan as JSON, in the structure of the plan file.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        boundary(py, || self.plan.to_json())
    }

    /// The plan as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, self.plan.contents())
    }

    fn __eq__(&self, other: &Plan) -> bool {
        self.plan.fingerprint() == other.plan.fingerprint()
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

/// A hash of a fingerprint.
pub(crate) fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// A day that may be absent.
fn day(py: Python<'_>, day: Option<caicach::calendar::Date>) -> PyResult<Option<Bound<'_, PyDate>>> {
    day.map(|day| value::date(py, day)).transpose()
}

/// A light class over one record of the plan.
macro_rules! light {
    ($(#[$meta:meta])* $name:ident($type:ty) { $($methods:tt)* }) => {
        $(#[$meta])*
        #[pyclass(frozen, eq, module = "caicach")]
        #[derive(PartialEq)]
        pub(crate) struct $name($type);

        #[pymethods]
        impl $name {
            $($methods)*

            /// All of it as the plain values of its JSON.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                plain(py, &self.0)
            }
        }
    };
}

/// A text in both languages.
///
/// >>> import caicach
/// >>> caicach.Plan.builtin().rule("par_rank_good").title.en
/// "The city's reform rank"
#[pyclass(frozen, eq, hash, module = "caicach")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Bilingual {
    /// Vietnamese.
    #[pyo3(get)]
    vi: String,
    /// English.
    #[pyo3(get)]
    en: String,
}

impl Bilingual {
    fn of(text: &core::reading::Bilingual) -> Bilingual {
        Bilingual { vi: text.vi.clone(), en: text.en.clone() }
    }
}

#[pymethods]
impl Bilingual {
    fn __repr__(&self) -> String {
        format!("<Bilingual {}>", self.en)
    }
}

light! {
    /// The head of a plan: who issued it, when, on which basis.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().document.date
    /// datetime.date(2023, 1, 13)
    Document(core::document::Document) {
        /// Number of the document.
        #[getter]
        fn number(&self) -> &str {
            &self.0.number
        }
        /// The day it was signed.
        #[getter]
        fn date<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
            value::date(py, self.0.date)
        }
        /// Who issued it.
        #[getter]
        fn issuer(&self) -> &str {
            &self.0.issuer
        }
        /// The body whose plan it is, by id.
        #[getter]
        fn body(&self) -> &str {
            self.0.body.as_str()
        }
        /// Full title.
        #[getter]
        fn title(&self) -> &str {
            &self.0.title
        }
        /// Title in English.
        #[getter]
        fn title_en(&self) -> &str {
            &self.0.title_en
        }
        /// Who signed it.
        #[getter]
        fn signed_by(&self) -> &str {
            &self.0.signed_by
        }
        /// First day in force.
        #[getter]
        fn valid_from<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
            value::date(py, self.0.valid_from)
        }
        /// Last day in force, where it has one.
        #[getter]
        fn valid_to<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
            day(py, self.0.valid_to)
        }
        fn __repr__(&self) -> String {
            format!("<Document {}>", self.0.number)
        }
    }
}

light! {
    /// A rule (quy định): one norm of the plan with its words. What its kind needs is in to_dict().
    ///
    /// >>> import caicach
    /// >>> rule = caicach.Plan.builtin().rule("cadre_reduction")
    /// >>> rule.kind, rule.to_dict()["percent"]
    /// ('reduction', '5')
    Rule(caicach::plan::Rule) {
        /// Its id: "late_share_caps_rank".
        #[getter]
        fn id(&self) -> &str {
            self.0.id().as_str()
        }
        /// The clause ("I.1.3") or task ("annex I.9") that says so.
        #[getter]
        fn clause(&self) -> &str {
            &self.0.head().clause
        }
        /// Further clauses that say so.
        #[getter]
        fn also<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
            tuple(py, self.0.head().also.iter())
        }
        /// What kind of norm it is: "cap", "level", "reduction" ...
        #[getter]
        fn kind(&self) -> &'static str {
            self.0.head().kind.as_str()
        }
        /// The kind of subject it judges: "city", "body", "person" ...
        #[getter]
        fn subject_kind(&self) -> &'static str {
            self.0.head().subject.kind.as_str()
        }
        /// A short name for boards.
        #[getter]
        fn title(&self) -> Bilingual {
            Bilingual::of(&self.0.head().title)
        }
        /// What it says, in English.
        #[getter]
        fn gist_en(&self) -> &str {
            &self.0.head().gist_en
        }
        /// Its words, verbatim from the clause or task.
        #[getter]
        fn quote(&self) -> &str {
            &self.0.head().quote
        }
        /// Whether the document only aspires to it (phấn đấu).
        #[getter]
        fn aspirational(&self) -> bool {
            self.0.aspirational()
        }
        /// The readings it relies on, by key.
        #[getter]
        fn readings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
            tuple(py, self.0.head().readings.iter().map(|key| key.as_str()))
        }
        fn __repr__(&self) -> String {
            format!("<Rule {} ({}, {})>", self.0.id(), self.kind(), self.0.head().clause)
        }
    }
}

light! {
    /// A task (nhiệm vụ) of the annex.
    ///
    /// >>> import caicach
    /// >>> task = caicach.Plan.builtin().task("I.1")
    /// >>> [(duty.role, duty.bodies) for duty in task.duties]
    /// [('carry_out', ('co_quan_don_vi',))]
    Task(core::task::Task) {
        /// Group and position: "V.9".
        #[getter]
        fn id(&self) -> &str {
            self.0.id.as_str()
        }
        /// The group it belongs to: "V".
        #[getter]
        fn group(&self) -> &str {
            self.0.group.as_str()
        }
        /// The number as printed, which may repeat.
        #[getter]
        fn printed_number(&self) -> &str {
            &self.0.printed_number
        }
        /// The corrected wording.
        #[getter]
        fn text(&self) -> &str {
            &self.0.text
        }
        /// The wording as scanned, where it differs.
        #[getter]
        fn printed(&self) -> Option<&str> {
            self.0.printed.as_deref()
        }
        /// What it asks, in English.
        #[getter]
        fn gist_en(&self) -> &str {
            &self.0.gist_en
        }
        /// What it must yield (sản phẩm).
        #[getter]
        fn deliverables<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
            tuple(py, self.0.deliverables.iter())
        }
        /// When (tiến độ).
        #[getter]
        fn schedule(&self) -> Schedule {
            Schedule(self.0.schedule.clone())
        }
        /// Who does what (phân công).
        #[getter]
        fn duties<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
            tuple(py, self.0.duties.iter().cloned().map(Duty))
        }
        fn __repr__(&self) -> String {
            format!("<Task {} ({})>", self.0.id, self.0.schedule.kind)
        }
    }
}

light! {
    /// The schedule of a task: the words whole, and what they mean.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().task("I.1").schedule.text
    /// 'Thường xuyên'
    Schedule(core::task::Schedule) {
        /// The corrected wording.
        #[getter]
        fn text(&self) -> &str {
            &self.0.text
        }
        /// The kind, which decides which of the other fields are given: "by", "annual", "within" ...
        #[getter]
        fn kind(&self) -> &'static str {
            self.0.kind.as_str()
        }
        /// The day by which it is due ("by").
        #[getter]
        fn date<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
            day(py, self.0.date)
        }
        /// Months of every year ("annual"), 1 to 12.
        #[getter]
        fn months<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
            tuple(py, self.0.months.iter().copied())
        }
        /// How many times a year ("annual_at_least").
        #[getter]
        fn n(&self) -> Option<u32> {
            self.0.n
        }
        /// First day ("period").
        #[getter]
        fn from_<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
            day(py, self.0.from)
        }
        /// Last day ("period").
        #[getter]
        fn to<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
            day(py, self.0.to)
        }
        /// Length of a phase in years ("phase").
        #[getter]
        fn years(&self) -> Option<u32> {
            self.0.years
        }
        /// Days allowed ("within").
        #[getter]
        fn days(&self) -> Option<u32> {
            self.0.days
        }
        /// The event that the days count from ("within").
        #[getter]
        fn of(&self) -> Option<&str> {
            self.0.of.as_deref()
        }
        /// The event that is waited for ("on_trigger").
        #[getter]
        fn event(&self) -> Option<&str> {
            self.0.event.as_deref()
        }
        fn __repr__(&self) -> String {
            format!("<Schedule {}: {}>", self.0.kind, self.0.text)
        }
    }
}

light! {
    /// One sentence of a task's assignment: the role that bodies have in it.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().task("I.1").duties[0].text
    /// 'Các cơ quan, đơn vị thực hiện.'
    Duty(core::task::Duty) {
        /// The corrected wording.
        #[getter]
        fn text(&self) -> &str {
            &self.0.text
        }
        /// "lead", "coordinate" or "carry_out".
        #[getter]
        fn role(&self) -> &'static str {
            self.0.role.as_str()
        }
        /// Bodies or groups of bodies, by id.
        #[getter]
        fn bodies<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
            tuple(py, self.0.bodies.iter())
        }
        /// The rule that this duty grounds, by id.
        #[getter]
        fn rule(&self) -> Option<&str> {
            self.0.rule.as_ref().map(|rule| rule.as_str())
        }
        fn __repr__(&self) -> String {
            format!("<Duty {}: {}>", self.0.role, self.0.bodies.join(", "))
        }
    }
}

light! {
    /// A body (cơ quan, đơn vị, địa phương) in one period of its existence.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().body("loc_tho").kind
    /// 'commune'
    Body(core::body::Body) {
        /// Its id in this plan.
        #[getter]
        fn id(&self) -> &str {
            self.0.id.as_str()
        }
        /// "city", "city_office", "commune" ...
        #[getter]
        fn kind(&self) -> &str {
            &self.0.kind
        }
        /// The name to show.
        #[getter]
        fn name(&self) -> &str {
            self.0.name()
        }
        /// All its names.
        #[getter]
        fn names<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
            tuple(py, self.0.names.iter())
        }
        /// Official code (mã đơn vị hành chính).
        #[getter]
        fn code(&self) -> Option<&str> {
            self.0.code.as_deref()
        }
        /// First day in force.
        #[getter]
        fn valid_from<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
            day(py, self.0.valid_from)
        }
        /// Last day in force.
        #[getter]
        fn valid_to<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
            day(py, self.0.valid_to)
        }
        /// The body it belongs to, by id.
        #[getter]
        fn parent(&self) -> Option<&str> {
            self.0.parent.as_ref().map(|parent| parent.as_str())
        }
        fn __repr__(&self) -> String {
            format!("<Body {}: {}>", self.0.id, self.0.name())
        }
    }
}

light! {
    /// A paragraph of the main text.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().clauses[0].id
    /// 'I.1.1'
    Clause(core::document::Clause) {
        /// "I.1.3": third paragraph of section I.1.
        #[getter]
        fn id(&self) -> &str {
            self.0.id.as_str()
        }
        /// The corrected wording.
        #[getter]
        fn text(&self) -> &str {
            &self.0.text
        }
        /// The wording as scanned, where it differs.
        #[getter]
        fn printed(&self) -> Option<&str> {
            self.0.printed.as_deref()
        }
        /// What it says, in English.
        #[getter]
        fn gist_en(&self) -> &str {
            &self.0.gist_en
        }
        fn __repr__(&self) -> String {
            format!("<Clause {}>", self.0.id)
        }
    }
}

light! {
    /// A question that the document leaves open (cách hiểu), its answers, and the one taken by default.
    ///
    /// >>> import caicach
    /// >>> reading = caicach.Plan.builtin().reading("late_denominator")
    /// >>> [option.id for option in reading.options]
    /// ['resolved', 'due', 'received', 'portal']
    Reading(core::reading::Reading) {
        /// Its key.
        #[getter]
        fn key(&self) -> &str {
            self.0.key.as_str()
        }
        /// The question.
        #[getter]
        fn question(&self) -> Bilingual {
            Bilingual::of(&self.0.question)
        }
        /// The answers.
        #[getter]
        fn options<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
            tuple(py, self.0.options.iter().cloned().map(ReadingOption))
        }
        /// The answer taken unless the caller chooses, by id.
        #[getter]
        fn default(&self) -> &str {
            self.0.default.as_str()
        }
        /// Why that one.
        #[getter]
        fn reason(&self) -> &str {
            &self.0.reason
        }
        fn __repr__(&self) -> String {
            format!("<Reading {}: {}>", self.0.key, self.0.default)
        }
    }
}

light! {
    /// One way to understand what a document leaves open.
    ///
    /// >>> import caicach
    /// >>> caicach.Plan.builtin().reading("late_denominator").options[0].en
    /// 'dossiers resolved late are taken over all dossiers resolved'
    ReadingOption(core::reading::ReadingOption) {
        /// Its id, used in calls and receipts.
        #[getter]
        fn id(&self) -> &str {
            self.0.id.as_str()
        }
        /// What it means, in Vietnamese.
        #[getter]
        fn vi(&self) -> &str {
            &self.0.vi
        }
        /// What it means, in English.
        #[getter]
        fn en(&self) -> &str {
            &self.0.en
        }
        fn __repr__(&self) -> String {
            format!("<ReadingOption {}>", self.0.id)
        }
    }
}
