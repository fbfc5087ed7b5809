//! The assessment as a whole.

mod ceiling;
mod progress;
mod rating;
mod receipt;
mod sensitivity;
mod summary;
mod tracker;

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;

use crate::arguments::words;
use crate::boundary::{boundary, written};
use crate::error::{Pending, Result, not_found, value_error};
use crate::finding::Finding;
use crate::plan::Plan;
use crate::to_python::{Item, call, made, plain, tuple};

pub(crate) use ceiling::Ceiling;
pub(crate) use progress::{PathPoint, Point, Projection, TargetProgress};
pub(crate) use rating::{Measure, Rating, Reason, Wanted};
pub(crate) use receipt::Receipt;
pub(crate) use sensitivity::{Change, Dependence};
pub(crate) use summary::{Summary, Unused};
pub(crate) use tracker::{Owed, TaskState};

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
    ratings: PyOnceLock<Py<PyTuple>>,
    sensitivity: PyOnceLock<Py<PyTuple>>,
}

impl Assessment {
    pub(crate) fn new(plan: caicach::Plan, assessment: caicach::Assessment) -> Assessment {
        Assessment {
            plan,
            assessment: Arc::new(assessment),
            findings: PyOnceLock::new(),
            ratings: PyOnceLock::new(),
            sensitivity: PyOnceLock::new(),
        }
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
    fn findings<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        let all = 0..self.assessment.findings().len();
        let make = &mut || tuple(py, all.clone().map(|index| Finding::new(&self.assessment, index)));
        made(py, &self.findings, make)
    }

    /// The ceilings on ranks and ratings, by scale, subject and year.
    #[getter]
    fn ceilings<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.assessment.ceilings().iter().cloned().map(Ceiling::new))
    }

    /// The yearly rating of each body in each year of which anything is known, by id and year.
    #[getter]
    fn ratings<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        made(py, &self.ratings, &mut || tuple(py, boundary(py, || Rating::all(&self.assessment))?))
    }

    /// Where each task of the annex stands, in its order.
    #[getter]
    fn tasks<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.assessment.tasks().iter().cloned().map(TaskState))
    }

    /// How far targets that are not yet due have come: information, never a verdict.
    #[getter]
    fn progress<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.assessment.progress().iter().cloned().map(TargetProgress))
    }

    /// What depends on how the plan is read: for each option of a reading other than that taken the verdicts that it
    /// would change. Options that change nothing are left out.
    #[getter]
    fn sensitivity<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        made(py, &self.sensitivity, &mut || tuple(py, boundary(py, || Dependence::all(&self.assessment))?))
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
    fn unused<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
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
    ) -> Result<Bound<'py, PyTuple>> {
        let rules = rule.map(|rule| words(rule, "rule")).transpose()?;
        let verdicts = verdict.map(|verdict| words(verdict, "verdict")).transpose()?;
        let subjects = subject.map(|subject| words(subject, "subject")).transpose()?;
        if let Some(rule) = rules.iter().flatten().find(|rule| self.plan.rule(rule).is_none()) {
            return Err(not_found("rule", rule, self.plan.rules().iter().map(|rule| rule.id().as_str())));
        }
        if let Some(word) = verdicts.iter().flatten().find(|word| caicach::Verdict::from_word(word).is_none()) {
            let known: Vec<&str> = caicach::Verdict::ALL.iter().map(|verdict| verdict.as_str()).collect();
            return Err(value_error(format!("`{word}` is no verdict, expected one of {}", known.join(", "))));
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
        tuple(py, places.into_iter().map(|place| Item(findings.get_item(place).map_err(Pending::from))))
    }

    /// The whole as JSON. The same plan, facts, day and readings give the same bytes.
    fn to_json(&self, py: Python<'_>) -> Result<String> {
        written(py, &|| self.assessment.to_json())
    }

    /// The whole as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, self.assessment.as_ref())
    }

    /// The board as an HTML fragment: no script, no outside asset. At most `rows` findings are listed: where there
    /// are more, what is not met comes first and what is not known last.
    #[pyo3(signature = (*, lang="vi", rows=200))]
    fn to_html<'py>(slf: &Bound<'py, Self>, lang: &str, rows: usize) -> Result<Bound<'py, PyAny>> {
        call(slf.py(), "caicach._html", "board", (slf, lang, rows))
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> Result<Bound<'py, PyAny>> {
        Assessment::to_html(slf, "vi", 200)
    }

    /// A table as a pandas DataFrame: "findings", "ceilings", "ratings", "tasks", "progress" or "sensitivity".
    ///
    /// Percentages and margins are Decimal, days datetime64. ImportError with what to install where pandas is absent.
    #[pyo3(signature = (table="findings"))]
    fn to_pandas<'py>(slf: &Bound<'py, Self>, table: &str) -> Result<Bound<'py, PyAny>> {
        call(slf.py(), "caicach._frames", "to_pandas", (slf, table))
    }

    /// A table as a polars DataFrame: "findings", "ceilings", "ratings", "tasks", "progress" or "sensitivity".
    ///
    /// Percentages and margins are Decimal, days Date. ImportError with what to install where polars is absent.
    #[pyo3(signature = (table="findings"))]
    fn to_polars<'py>(slf: &Bound<'py, Self>, table: &str) -> Result<Bound<'py, PyAny>> {
        call(slf.py(), "caicach._frames", "to_polars", (slf, table))
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
