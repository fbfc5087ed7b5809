//! Apportioning a cut of posts among bodies.

use caicach::apportion as core;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::{PyDict, PyMapping, PyTuple};

use crate::arguments::{count, word, words};
use crate::boundary::{boundary, written};
use crate::error::{Result, apportion_error, type_error, unknown_holder};
use crate::same::{Compared, Other};
use crate::to_python::{plain, tuple};
use crate::value;

/// Posts by body.
fn posts(mapping: &Bound<'_, PyAny>, what: &str) -> Result<Vec<(String, u64)>> {
    let Ok(mapping) = mapping.cast::<PyMapping>() else {
        let message = format!("{what} is a dict of body to posts");
        return Err(type_error(message));
    };
    let mut all = Vec::new();
    for entry in mapping.items()?.iter() {
        let (body, posts) = entry.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
        let body = word(&body, &format!("a body of {what}"))?;
        let posts = count(&posts, &format!("{what}[{body:?}]"))?;
        all.push((body, posts));
    }
    Ok(all)
}

/// Divides a cut of posts among bodies by largest remainder (Hamilton's method), so that the sum is the cut exactly.
///
/// `posts` are the posts of each body. One of `floors` keeps at least so many; one of `exempt` gives nothing and does not
/// count. Of equal remainders the body with more posts comes first, then the one whose id does. ApportionError where
/// floors and exemptions leave too few posts; NotFoundError for a floor or exemption of a body that has no posts.
///
/// >>> import caicach
/// >>> result = caicach.apportion(4, {"noi_vu": 12, "tu_phap": 7, "truong_a": 40, "van_phong": 31},
/// ...     floors={"van_phong": 30}, exempt=["truong_a"])
/// >>> result.cuts
/// {'noi_vu': 2, 'tu_phap': 1, 'truong_a': 0, 'van_phong': 1}
/// >>> [lot.because for lot in result.lots]
/// ['remainder', 'quota', 'exempt', 'floor']
#[pyfunction]
#[pyo3(signature = (cut, posts, *, floors=None, exempt=None))]
pub(crate) fn apportion(
    py: Python<'_>,
    cut: &Bound<'_, PyAny>,
    posts: &Bound<'_, PyAny>,
    floors: Option<&Bound<'_, PyAny>>,
    exempt: Option<&Bound<'_, PyAny>>,
) -> Result<Apportionment> {
    let cut = count(cut, "cut")?;
    let posts = self::posts(posts, "posts")?;
    let floors = floors.map(|floors| self::posts(floors, "floors")).transpose()?.unwrap_or_default();
    let exempt = exempt.map(|exempt| words(exempt, "exempt")).transpose()?.unwrap_or_default();
    for (what, body) in
        floors.iter().map(|(body, _)| ("floors", body)).chain(exempt.iter().map(|body| ("exempt", body)))
    {
        if !posts.iter().any(|(known, _)| known == body) {
            return Err(unknown_holder(what, body, posts.iter().map(|(known, _)| known.as_str())));
        }
    }
    let holder = |(id, posts): (String, u64)| {
        let floor = floors.iter().rfind(|(of, _)| *of == id).map_or(0, |(_, floor)| *floor);
        let holder = core::Holder::new(id.clone(), posts).keeping(floor);
        if exempt.contains(&id) { holder.exempt() } else { holder }
    };
    let holders: Vec<core::Holder> = posts.into_iter().map(holder).collect();
    let made = boundary(py, || core::apportion(cut, &holders))?;
    made.map(Apportionment).map_err(|error| apportion_error(&error))
}

/// A cut apportioned. Made by apportion.
///
/// >>> import caicach
/// >>> caicach.apportion(3, {"a": 10, "b": 20})
/// <Apportionment 3 posts among 2 bodies>
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Apportionment(core::Apportionment);

#[pymethods]
impl Apportionment {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// The cut: the sum of what the bodies give.
    #[getter]
    fn cut(&self) -> u64 {
        self.0.cut()
    }
    /// What each body gives, in the order of the dict given.
    #[getter]
    fn lots<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        tuple(py, self.0.lots().iter().cloned().map(Lot))
    }
    /// The posts that each body gives, by body.
    #[getter]
    fn cuts<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        let cuts = PyDict::new(py);
        for lot in self.0.lots() {
            cuts.set_item(lot.id(), lot.cut())?;
        }
        Ok(cuts)
    }
    /// The whole as JSON.
    fn to_json(&self, py: Python<'_>) -> Result<String> {
        written(py, &|| self.0.to_json())
    }
    /// The whole as the plain values of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }
    fn __repr__(&self) -> String {
        format!("<Apportionment {} posts among {} bodies>", self.0.cut(), self.0.lots().len())
    }
}

/// What one body gives.
///
/// >>> import caicach
/// >>> lot = caicach.apportion(3, {"a": 10, "b": 20}).lots[1]
/// >>> lot.posts, lot.cut, lot.left, lot.quota, lot.because
/// (20, 2, 18, Fraction(2, 1), 'quota')
#[pyclass(frozen, module = "caicach")]
#[derive(PartialEq)]
pub(crate) struct Lot(core::Lot);

#[pymethods]
impl Lot {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    /// The body.
    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }
    /// Its posts before.
    #[getter]
    fn posts(&self) -> u64 {
        self.0.posts()
    }
    /// The posts it gives.
    #[getter]
    fn cut(&self) -> u64 {
        self.0.cut()
    }
    /// The posts it keeps.
    #[getter]
    fn left(&self) -> u64 {
        self.0.left()
    }
    /// Its exact part of the cut in the round that settled it, as a fractions.Fraction.
    #[getter]
    fn quota<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        let quota = self.0.quota();
        value::fraction_of(py, quota.numerator, quota.denominator)
    }
    /// Why it gives so many: "quota" (the whole number of its quota), "remainder" (that, and one post for its
    /// remainder), "floor" (all that its floor leaves) or "exempt".
    #[getter]
    fn because(&self) -> &'static str {
        self.0.because().as_str()
    }
    fn __repr__(&self) -> String {
        format!("<Lot {}: {} of {} ({})>", self.0.id(), self.0.cut(), self.0.posts(), self.0.because().as_str())
    }
}
