//! The assessment as a whole.

use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyDict, PyTuple};

use crate::arguments::words;
use crate::boundary::boundary;
use crate::error::not_found;
use crate::finding::{Finding, Subject};
use crate::plan::Plan;
use crate::to_python::{plain, tuple};
use crate::value;

/// What a plan says of facts on a day (kết quả đánh giá). Made by Plan.assess; a board in Jupyter.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [
/// ...     {"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1247},
/// ...     {"date": "2024-12-31", "category": "cadre", "basis": "assigned", "count": 1215}]})
/// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
/// >>> finding, = assessment.select(rule="cadre_reduction")
/// >>> finding.verdict.value, finding.headroom.value, finding.headroom.unit
/// ('pending', 31, 'posts')
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Assessment {
    plan: caicach::Plan,
    assessment: Arc<caicach::Assessment>,
    findings: PyOnceLock<Py<PyTuple>>,
}

impl Assessment {
    pub(crate) fn new(plan: caicach::Plan, assessment: caicach::Assessment) -> Assessment {
        Assessment { plan, assessment: Arc::new(assessment), findings: PyOnceLock::new() }
    }
}

#[pymethods]
impl Assessment {
    /// The findings, in the order of the plan's rules, then by subject and period.
    ///
    /// >>> import caicach
    /// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
    /// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
    /// >>> assessment.findings[0].rule
    /// 'par_rank_good'
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let make = || -> PyResult<Py<PyTuple>> {
            let all = 0..self.assessment.findings().len();
            Ok(tuple(py, all.map(|index| Finding::new(&self.assessment, index)))?.unbind())
        };
        Ok(self.findings.get_or_try_init(py, make)?.bind(py).clone())
    }

    /// The ceilings on ranks and ratings, by scale, subject and year.
    #[getter]
    fn ceilings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, self.assessment.ceilings().iter().cloned().map(Ceiling))
    }

    /// What the result was made from, so that it can be made again years later.
    #[getter]
    fn receipt(&self) -> Receipt {
        Receipt(self.assessment.receipt().clone())
    }

    /// Counts by verdict, and what was not judged.
    #[getter]
    fn summary(&self) -> Summary {
        Summary(self.assessment.summary().clone())
    }

    /// Records that nothing read, and why.
    #[getter]
    fn unused<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(
            py,
            self.assessment.unused().iter().map(|unused| Unused {
                table: unused.table,
                subject: unused.subject.clone(),
                when: unused.when.clone(),
                vi: unused.vi,
                en: unused.en,
            }),
        )
    }

    /// The plan whose rules were judged.
    #[getter]
    fn plan(&self) -> Plan {
        Plan::new(self.plan.clone())
    }

    /// The findings of rules, verdicts and subjects (by id or shown name); each is one word or several.
    ///
    /// NotFoundError for a rule that the plan does not have, ValueError for a word that is no verdict.
    ///
    /// >>> import caicach
    /// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
    /// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
    /// >>> len(assessment.select(rule="satisfaction_overall", verdict=("met", "not_met")))
    /// 0
    #[pyo3(signature = (*, rule=None, verdict=None, subject=None))]
    fn select<'py>(
        &self,
        py: Python<'py>,
        rule: Option<&Bound<'py, PyAny>>,
        verdict: Option<&Bound<'py, PyAny>>,
        subject: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let rules = rule.map(|rule| words(rule, "rule")).transpose()?;
        let verdicts = verdict.map(|verdict| words(verdict, "verdict")).transpose()?;
        let subjects = subject.map(|subject| words(subject, "subject")).transpose()?;
        if let Some(rule) = rules.iter().flatten().find(|rule| self.plan.rule(rule).is_none()) {
            return Err(not_found("rule", rule, self.plan.rules().iter().map(|rule| rule.id().as_str())));
        }
        if let Some(word) = verdicts.iter().flatten().find(|word| caicach::Verdict::from_word(word).is_none()) {
            let known: Vec<&str> = caicach::Verdict::ALL.iter().map(|verdict| verdict.as_str()).collect();
            return Err(PyValueError::new_err(format!("`{word}` is no verdict, expected one of {}", known.join(", "))));
        }
        let among = |chosen: &Option<Vec<String>>, names: &[&str]| {
            chosen.as_ref().is_none_or(|chosen| chosen.iter().any(|one| names.contains(&one.as_str())))
        };
        let chosen = self.assessment.findings().iter().enumerate().filter(|(_, finding)| {
            among(&rules, &[finding.rule().as_str()])
                && among(&verdicts, &[finding.verdict().as_str()])
                && among(&subjects, &[finding.subject().id.as_ref(), finding.subject().name.as_ref()])
        });
        let places: Vec<usize> = chosen.map(|(place, _)| place).collect();
        let findings = self.findings(py)?;
        let findings = places.into_iter().map(|place| findings.get_item(place)).collect::<PyResult<Vec<_>>>()?;
        PyTuple::new(py, findings)
    }

    /// The whole as JSON. The same plan, facts, day and readings give the same bytes.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        boundary(py, || self.assessment.to_json())
    }

    /// The whole as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, self.assessment.as_ref())
    }

    /// The board as an HTML fragment: no script, no outside asset. At most `rows` findings are listed: where there
    /// are more, what is not met comes first and what is not known last.
    #[pyo3(signature = (*, lang="vi", rows=200))]
    fn to_html(slf: &Bound<'_, Self>, lang: &str, rows: usize) -> PyResult<String> {
        slf.py().import("caicach._html")?.call_method1("board", (slf, lang, rows))?.extract()
    }

    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        Assessment::to_html(slf, "vi", 200)
    }

    /// The findings as a pandas DataFrame: percentages and margins as Decimal, days as datetime64.
    /// ImportError with what to install where pandas is absent.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("caicach._frames")?.call_method1("to_pandas", (slf,))
    }

    /// The findings as a polars DataFrame: percentages and margins as Decimal, days as Date.
    /// ImportError with what to install where polars is absent.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("caicach._frames")?.call_method1("to_polars", (slf,))
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
    }

    fn __repr__(&self) -> String {
        let receipt = self.assessment.receipt();
        let (plan, day) = (receipt.plan(), caicach::calendar::iso(receipt.as_of()));
        format!("<Assessment {plan} as of {day}: {} findings>", self.assessment.findings().len())
    }
}

/// The highest band of a scale still possible (mức cao nhất có thể đạt).
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "dossier_counts": [
/// ...     {"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 212, "total": 3905}}]})
/// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
/// >>> ceiling = next(c for c in assessment.ceilings if c.subject.id == "loc_tho")
/// >>> ceiling.ceiling, ceiling.binding
/// ('fair', ('late_share_caps_rank',))
#[pyclass(frozen, eq, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Ceiling(caicach::assessment::Ceiling);

impl Ceiling {
    pub(crate) fn new(ceiling: caicach::assessment::Ceiling) -> Ceiling {
        Ceiling(ceiling)
    }
}

#[pymethods]
impl Ceiling {
    /// Whose it is.
    #[getter]
    fn subject(&self) -> Subject {
        Subject::of(self.0.subject())
    }
    /// The year.
    #[getter]
    fn year(&self) -> i32 {
        self.0.year()
    }
    /// "rank" or "rating".
    #[getter]
    fn scale(&self) -> &str {
        self.0.scale().as_str()
    }
    /// The lowest cap that binds, or the top of the scale, by id: "fair".
    #[getter]
    fn ceiling(&self) -> &str {
        self.0.ceiling().as_str()
    }
    /// Whether a cap that is still undetermined could lower it further.
    #[getter]
    fn provisional(&self) -> bool {
        self.0.provisional()
    }
    /// The caps that bind, by rule.
    #[getter]
    fn binding<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, self.0.binding().iter().map(|rule| rule.as_str()))
    }
    /// The caps that are undetermined, by rule.
    #[getter]
    fn undetermined<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, self.0.undetermined().iter().map(|rule| rule.as_str()))
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __repr__(&self) -> String {
        let provisional = if self.0.provisional() { ", provisional" } else { "" };
        let (subject, ceiling) = (&self.0.subject().id, self.0.ceiling());
        format!("<Ceiling {subject} {} {}: {ceiling}{provisional}>", self.0.year(), self.0.scale())
    }
}

/// Engine, plan, facts, day and readings of an assessment.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
/// >>> receipt = caicach.Plan.builtin().assess(facts, as_of="2025-01-15").receipt
/// >>> receipt.as_of, receipt.readings["late_denominator"]
/// (datetime.date(2025, 1, 15), 'resolved')
#[pyclass(frozen, eq, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Receipt(caicach::assessment::Receipt);

#[pymethods]
impl Receipt {
    /// Name and version of the engine.
    #[getter]
    fn engine(&self) -> &'static str {
        self.0.engine()
    }
    /// Number of the plan.
    #[getter]
    fn plan(&self) -> &str {
        self.0.plan()
    }
    /// See Plan.fingerprint.
    #[getter]
    fn plan_fingerprint(&self) -> &str {
        self.0.plan_fingerprint()
    }
    /// See Facts.fingerprint.
    #[getter]
    fn facts_fingerprint(&self) -> &str {
        self.0.facts_fingerprint()
    }
    /// The day of assessment.
    #[getter]
    fn as_of<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        value::date(py, self.0.as_of())
    }
    /// The day by whose knowledge was judged, where one was given.
    #[getter]
    fn known_on<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.0.known_on().map(|day| value::date(py, day)).transpose()
    }
    /// The option taken for every reading of the plan.
    #[getter]
    fn readings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let readings = PyDict::new(py);
        for (key, option) in self.0.readings() {
            readings.set_item(key.as_str(), option.as_str())?;
        }
        Ok(readings)
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __repr__(&self) -> String {
        format!("<Receipt {} of {} as of {}>", self.0.engine(), self.0.plan(), caicach::calendar::iso(self.0.as_of()))
    }
}

/// Counts by verdict, aspirations apart, and the rules that were not judged.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
/// >>> summary = caicach.Plan.builtin().assess(facts, as_of="2025-01-15").summary
/// >>> summary.verdicts[caicach.Verdict.BINDING]
/// 0
#[pyclass(frozen, eq, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Summary(caicach::assessment::Summary);

/// Verdicts and how many findings have each.
fn counts<'py>(py: Python<'py>, count: impl Fn(caicach::Verdict) -> u64) -> PyResult<Bound<'py, PyDict>> {
    let counts = PyDict::new(py);
    for verdict in caicach::Verdict::ALL {
        counts.set_item(value::verdict(py, *verdict)?, count(*verdict))?;
    }
    Ok(counts)
}

#[pymethods]
impl Summary {
    /// How many findings that are not aspirations came out how.
    #[getter]
    fn verdicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        counts(py, |verdict| self.0.count(verdict))
    }
    /// How many aspirations (phấn đấu) came out how.
    #[getter]
    fn aspirational<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        counts(py, |verdict| self.0.aspirational(verdict))
    }
    /// How many findings would be another under another reading.
    #[getter]
    fn sensitive(&self) -> u64 {
        self.0.sensitive()
    }
    /// The rules that this version does not judge.
    #[getter]
    fn not_yet_evaluated<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, self.0.not_yet_evaluated().iter().map(|rule| rule.as_str()))
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __repr__(&self) -> String {
        let count = |verdict: &caicach::Verdict| (*verdict, self.0.count(*verdict));
        let counts = caicach::Verdict::ALL.iter().map(count).filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts.map(|(verdict, count)| format!("{verdict} {count}")).collect();
        format!("<Summary {}>", counts.join(", "))
    }
}

/// A record that nothing read, and why.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "headcounts": [
/// ...     {"date": "2026-12-31", "category": "cadre", "basis": "assigned", "count": 1215}]})
/// >>> [(u.table, u.when) for u in caicach.Plan.builtin().assess(facts, as_of="2025-01-15").unused]
/// [('headcounts', '2026-12-31')]
#[pyclass(frozen, eq, hash, module = "caicach")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Unused {
    /// The table it stands in.
    #[pyo3(get)]
    table: &'static str,
    /// Whom it is about.
    #[pyo3(get)]
    subject: String,
    /// The period or day it speaks of.
    #[pyo3(get)]
    when: String,
    /// Why, in Vietnamese.
    #[pyo3(get)]
    vi: &'static str,
    /// Why, in English.
    #[pyo3(get)]
    en: &'static str,
}

#[pymethods]
impl Unused {
    fn __repr__(&self) -> String {
        format!("<Unused {} {} {}: {}>", self.table, self.subject, self.when, self.en)
    }
}
