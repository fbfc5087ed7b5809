//! The yearly rating of a body.

use std::sync::Arc;

use caicach::assessment as core;
use caicach::measure::{missing, note};
use caicach::plan::reading::Bilingual;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::PyTuple;

use super::ceiling::Ceiling;
use crate::arguments::lang_of;
use crate::error::Result;
use crate::finding::{DataNote, Finding, Missing, Subject};
use crate::same::{Compared, Other};
use crate::to_python::{call, plain, tuple};

/// The yearly rating (đánh giá, xếp loại hằng năm) of a body and of those who belong to it: what they may be rated at
/// most, what is due against whom, why, and which facts would settle what is open.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "dossier_counts": [
/// ...     {"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 212, "total": 3905}}]})
/// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
/// >>> rating = next(r for r in assessment.ratings if r.body.id == "loc_tho" and r.year == 2024)
/// >>> rating.rank_ceiling.ceiling, rating.rank is None
/// ('fair', True)
/// >>> rating.reasons[0].finding.rule
/// 'late_share_caps_rank'
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Rating {
    assessment: Arc<caicach::Assessment>,
    /// Its place among the ratings.
    at: usize,
    body: caicach::rule::finding::Subject,
    year: i32,
    rank: Option<String>,
    rank_ceiling: Option<core::Ceiling>,
    heads: Vec<core::Ceiling>,
    deputies: Vec<core::Ceiling>,
    staff: Vec<core::Ceiling>,
    collectives: Vec<core::Ceiling>,
    /// Places of findings, each with what is due.
    measures: Vec<(usize, Bilingual)>,
    reasons: Vec<(usize, Bilingual)>,
    missing: Vec<(missing::Missing, String, Vec<String>)>,
    notes: Vec<note::DataNote>,
}

fn owned(ceilings: &[&core::Ceiling]) -> Vec<core::Ceiling> {
    ceilings.iter().map(|ceiling| (*ceiling).clone()).collect()
}

impl Rating {
    fn new(assessment: &Arc<caicach::Assessment>, at: usize, rating: &core::Rating<'_>) -> Rating {
        let told = |reason: &core::Reason<'_>| {
            let (vi, en) = (reason.text(caicach::Lang::Vi), reason.text(caicach::Lang::En));
            (reason.place(), Bilingual { vi, en })
        };
        let wanted = |wanted: core::Wanted<'_>| {
            let rules = wanted.rules.iter().map(|rule| rule.to_string()).collect();
            (wanted.missing.clone(), wanted.of.to_owned(), rules)
        };
        Rating {
            assessment: Arc::clone(assessment),
            at,
            body: rating.body().clone(),
            year: rating.year(),
            rank: rating.rank().map(ToString::to_string),
            rank_ceiling: rating.rank_ceiling().cloned(),
            heads: owned(rating.heads()),
            deputies: owned(rating.deputies()),
            staff: owned(rating.staff()),
            collectives: owned(rating.collectives()),
            measures: rating.measures().map(|(reason, due)| (reason.place(), due.clone())).collect(),
            reasons: rating.reasons().iter().map(told).collect(),
            missing: rating.missing().map(wanted).collect(),
            notes: rating.data_notes().to_vec(),
        }
    }

    pub(super) fn all(assessment: &Arc<caicach::Assessment>) -> Vec<Rating> {
        let ratings = assessment.ratings();
        ratings.iter().enumerate().map(|(at, rating)| Rating::new(assessment, at, rating)).collect()
    }

    fn ceilings<'py>(py: Python<'py>, all: &[core::Ceiling]) -> Result<Bound<'py, PyTuple>> {
        tuple(py, all.iter().cloned().map(Ceiling::new))
    }
}

#[pymethods]
impl Rating {
    /// The body.
    #[getter]
    fn body(&self) -> Subject {
        Subject::of(&self.body)
    }
    /// The year.
    #[getter]
    fn year(&self) -> i32 {
        self.year
    }
    /// Its rank (xếp hạng), by id, where it is known.
    #[getter]
    fn rank(&self) -> Option<&str> {
        self.rank.as_deref()
    }
    /// The highest rank that caps leave it.
    #[getter]
    fn rank_ceiling(&self) -> Option<Ceiling> {
        self.rank_ceiling.clone().map(Ceiling::new)
    }
    /// The highest ratings (xếp loại) of those who head it.
    #[getter]
    fn heads<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        Rating::ceilings(py, &self.heads)
    }
    /// The same of deputies.
    #[getter]
    fn deputies<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        Rating::ceilings(py, &self.deputies)
    }
    /// The same of everybody else.
    #[getter]
    fn staff<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        Rating::ceilings(py, &self.staff)
    }
    /// The same of its Party organisations and leadership collectives.
    #[getter]
    fn collectives<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        Rating::ceilings(py, &self.collectives)
    }
    /// The measures due (trách nhiệm), each with the finding from which it follows.
    #[getter]
    fn measures<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        let due = |(place, text): &(usize, Bilingual)| Measure {
            finding: Finding::new(&self.assessment, *place),
            vi: text.vi.clone(),
            en: text.en.clone(),
        };
        tuple(py, self.measures.iter().map(due))
    }
    /// The chain of reasons, in the order of the plan's rules. Of deputies and staff only what binds is told.
    #[getter]
    fn reasons<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        let told = |(place, text): &(usize, Bilingual)| Reason {
            finding: Finding::new(&self.assessment, *place),
            text: text.clone(),
        };
        tuple(py, self.reasons.iter().map(told))
    }
    /// The facts that would settle what is open.
    #[getter]
    fn missing<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        let wanted = |(missing, of, rules): &(missing::Missing, String, Vec<String>)| Wanted {
            missing: missing.clone(),
            of: of.clone(),
            rules: rules.clone(),
        };
        tuple(py, self.missing.iter().map(wanted))
    }
    /// What is to be known of the data: a rank that contradicts a cap, a rank that follows from a score.
    #[getter]
    fn data_notes<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.notes.iter().cloned().map(DataNote::new))
    }
    /// All of it as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        let ratings = self.assessment.ratings();
        // Made with a place that is there, and the assessment does not change.
        let rating = ratings.get(self.at).ok_or_else(|| PyRuntimeError::new_err("no such rating"))?;
        plain(py, rating)
    }
    /// The rating as an HTML fragment: no script, no outside asset.
    #[pyo3(signature = (*, lang="vi"))]
    fn to_html<'py>(slf: &Bound<'py, Self>, lang: &str) -> Result<Bound<'py, PyAny>> {
        let plan = crate::plan::Plan::new(slf.get().assessment.plan().clone());
        call(slf.py(), "caicach._html_views", "rating", (slf, plan, lang))
    }
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> Result<Bound<'py, PyAny>> {
        Rating::to_html(slf, "vi")
    }
    fn __repr__(&self) -> String {
        let ceiling = self.rank_ceiling.as_ref().map_or("no ceiling", |ceiling| ceiling.ceiling().as_str());
        format!("<Rating {} {}: rank at most {ceiling}>", self.body.id, self.year)
    }
}

/// One step of the chain of reasons of a rating.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "dossier_counts": [
/// ...     {"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 212, "total": 3905}}]})
/// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
/// >>> rating = next(r for r in assessment.ratings if r.body.id == "loc_tho" and r.year == 2024)
/// >>> "→" in rating.reasons[0].text()
/// True
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Reason {
    finding: Finding,
    text: Bilingual,
}

#[pymethods]
impl Reason {
    /// The finding that it tells.
    #[getter]
    fn finding(&self) -> Finding {
        self.finding.again()
    }
    /// From what is known to what follows.
    #[pyo3(signature = (lang="vi"))]
    fn text(&self, lang: &str) -> Result<&str> {
        Ok(match lang_of(lang)? {
            caicach::Lang::Vi => &self.text.vi,
            caicach::Lang::En => &self.text.en,
        })
    }
    fn __repr__(&self) -> String {
        format!("<Reason {}>", self.text.en)
    }
}

/// A measure due against somebody because of a rank.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "rankings": [
/// ...     {"body": "loc_tho", "year": year, "rank": "weak"} for year in (2023, 2024)], "people": [
/// ...     {"id": "x", "body": "loc_tho", "role": "head", "category": "cadre"}]})
/// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-06-30")
/// >>> rating = next(r for r in assessment.ratings if r.body.id == "loc_tho" and r.year == 2024)
/// >>> sorted({measure.finding.subject.id for measure in rating.measures})
/// ['loc_tho', 'x']
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Measure {
    finding: Finding,
    /// What it is, in Vietnamese.
    #[pyo3(get)]
    vi: String,
    /// What it is, in English.
    #[pyo3(get)]
    en: String,
}

#[pymethods]
impl Measure {
    /// The finding from which it follows; its subject is whom it is due against.
    #[getter]
    fn finding(&self) -> Finding {
        self.finding.again()
    }
    fn __repr__(&self) -> String {
        format!("<Measure {}>", self.en)
    }
}

/// A fact that would settle something open in a rating.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "dossier_counts": [
/// ...     {"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 1, "total": 3905}}]})
/// >>> assessment = caicach.Plan.builtin().assess(facts, as_of="2025-01-15")
/// >>> rating = next(r for r in assessment.ratings if r.body.id == "loc_tho" and r.year == 2024)
/// >>> [(w.missing.table, w.of, w.rules) for w in rating.missing if w.missing.table == "surveys"]
/// [('surveys', 'loc_tho', ('satisfaction_caps_rank',))]
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Wanted {
    missing: missing::Missing,
    /// Whom it should speak of, by id.
    #[pyo3(get)]
    of: String,
    rules: Vec<String>,
}

#[pymethods]
impl Wanted {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// The fact.
    #[getter]
    fn missing(&self) -> Missing {
        Missing::new(self.missing.clone())
    }
    /// The rules that it would settle, by id.
    #[getter]
    fn rules<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, &self.rules)
    }
    fn __repr__(&self) -> String {
        format!("<Wanted {} of {} {}>", self.missing.what, self.of, self.missing.period)
    }
}
