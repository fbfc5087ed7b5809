//! A case: plan, facts, day and readings made ready.

use caicach::assessment::agenda::Weekly;
use caicach::calendar::Period;
use pyo3::prelude::*;
use pyo3::types::PyDate;

use crate::agenda::Agenda;
use crate::arguments::day;
use crate::assessment::{Assessment, Ceiling};
use crate::boundary::boundary;
use crate::error::{Pending, Problem, Result, not_found, raise_one};
use crate::facts::Facts;
use crate::plan::Plan;
use crate::value;

/// Plan and facts bound together on a day, made ready to be asked often. Made by Plan.prepare.
///
/// >>> import caicach
/// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1", "dossier_counts": [
/// ...     {"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 212, "total": 3905}}]})
/// >>> case = caicach.Plan.builtin().prepare(facts, as_of="2025-01-15")
/// >>> case.ceiling("UBND phường Lộc Thọ", year=2024).ceiling
/// 'fair'
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Case(caicach::Case);

impl Case {
    pub(crate) fn new(case: caicach::Case) -> Case {
        Case(case)
    }
}

/// An argument that nothing is known of.
fn unknown(code: &str, path: &str, message: String, help: Option<String>) -> Pending {
    let problem = Problem { help, ..Problem::of(code, path, message) };
    raise_one("NotFoundError", problem)
}

impl Case {
    /// The year asked for, where it and the scale can be asked for.
    fn asked(&self, year: i32, scale: &str) -> Result<Period> {
        let plan = self.0.plan();
        if plan.scale(scale).is_none() {
            return Err(not_found("scale", scale, plan.contents().scale.iter().map(|scale| scale.id.as_str())));
        }
        let known = caicach::calendar::date::YEARS.contains(&year);
        let none = || unknown("bad_date", "year", "years run from 1900 to 2200".into(), None);
        Period::year(year).filter(|_| known).ok_or_else(none)
    }
}

/// A name that no body bears then, or more than one.
pub(crate) fn unresolved(error: &caicach::plan::registry::Unresolved) -> Pending {
    unknown(error.code().as_str(), "body", error.message(), error.help())
}

#[pymethods]
impl Case {
    /// The plan.
    #[getter]
    fn plan(&self) -> Plan {
        Plan::new(self.0.plan().clone())
    }

    /// As Plan.agenda, with what is due within days of the events that the facts tell of, such as changes in people's
    /// records: those known on the case's day, their days counted by its readings.
    #[pyo3(signature = (start, end, body=None, *, weekly=false))]
    pub(crate) fn agenda(
        &self,
        py: Python<'_>,
        start: &Bound<'_, PyAny>,
        end: &Bound<'_, PyAny>,
        body: Option<&str>,
        weekly: bool,
    ) -> Result<Agenda> {
        let (start, end) = (day(start, "start")?, day(end, "end")?);
        let resolve = |name: &str| self.0.registry().resolve(name, start, end).map_err(|error| unresolved(&error));
        let body = body.map(resolve).transpose()?;
        let weekly = if weekly { Weekly::Listed } else { Weekly::Left };
        Ok(Agenda::new(boundary(py, || self.0.agenda(start, end, body, weekly))?))
    }

    /// The facts.
    #[getter]
    fn facts(&self) -> Facts {
        Facts::new(self.0.given().clone())
    }

    /// The day of assessment.
    #[getter]
    fn as_of<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDate>> {
        value::date(py, self.0.as_of())
    }

    /// The day by whose knowledge is judged, where one was given.
    #[getter]
    fn known_on<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
        self.0.known_on().map(|day| value::date(py, day)).transpose()
    }

    /// Judges every rule on every subject and period it names, as Plan.assess does.
    fn assess(&self, py: Python<'_>) -> Result<Assessment> {
        Ok(Assessment::new(self.0.plan().clone(), boundary(py, || self.0.assess())?))
    }

    /// The highest band that caps leave a body in a year, without making findings.
    ///
    /// The body is an id or a name it bears in that year. NotFoundError (a KeyError) where no body bears the name, or
    /// more than one, and for a scale that the plan does not have.
    ///
    /// >>> import caicach
    /// >>> facts = caicach.Facts.from_json('{"schema": "caicach/facts/1"}')
    /// >>> case = caicach.Plan.builtin().prepare(facts, as_of="2025-01-15")
    /// >>> ceiling = case.ceiling("loc_tho", year=2024)
    /// >>> ceiling.ceiling, ceiling.provisional
    /// ('good', True)
    #[pyo3(signature = (body, *, year, scale="rank"))]
    fn ceiling(&self, py: Python<'_>, body: &str, year: i32, scale: &str) -> Result<Ceiling> {
        let period = self.asked(year, scale)?;
        let found = self.0.registry().resolve(body, period.from(), period.to());
        let body = found.map_err(|error| unresolved(&error))?;
        let ceiling = boundary(py, || self.0.ceiling_of_body(body, scale, year))?;
        ceiling
            .map(Ceiling::new)
            .ok_or_else(|| unknown("unknown_reference", "body", "the body has no ceiling".into(), None))
    }

    /// The highest band that caps leave a person's rating in a year. NotFoundError (a KeyError) where the facts have no
    /// person of this id, and for a scale that the plan does not have.
    ///
    /// >>> import caicach
    /// >>> facts = caicach.Facts.from_dict({"schema": "caicach/facts/1",
    /// ...     "people": [{"id": "x", "body": "loc_tho", "role": "head", "category": "cadre"}],
    /// ...     "rankings": [{"body": "loc_tho", "year": 2024, "rank": "weak"}]})
    /// >>> case = caicach.Plan.builtin().prepare(facts, as_of="2025-06-30")
    /// >>> case.person_ceiling("x", year=2024).ceiling
    /// 'completed'
    #[pyo3(signature = (person, *, year, scale="rating"))]
    fn person_ceiling(&self, py: Python<'_>, person: &str, year: i32, scale: &str) -> Result<Ceiling> {
        self.asked(year, scale)?;
        let none = || unknown("unknown_reference", "person", "no person of this id".into(), None);
        let found = self.0.person(person).ok_or_else(none)?;
        let ceiling = boundary(py, || self.0.ceiling_of_person(found, scale, year))?;
        ceiling.map(Ceiling::new).ok_or_else(none)
    }

    /// The same of a Party organisation or leadership collective, by its id.
    #[pyo3(signature = (collective, *, year, scale="rating"))]
    fn collective_ceiling(&self, py: Python<'_>, collective: &str, year: i32, scale: &str) -> Result<Ceiling> {
        self.asked(year, scale)?;
        let none = || unknown("unknown_reference", "collective", "no collective of this id".into(), None);
        let found = self.0.collective(collective).ok_or_else(none)?;
        let ceiling = boundary(py, || self.0.ceiling_of_collective(found, scale, year))?;
        ceiling.map(Ceiling::new).ok_or_else(none)
    }

    fn __repr__(&self) -> String {
        let (plan, day) = (&self.0.plan().document().number, caicach::calendar::iso(self.0.as_of()));
        format!("<Case {plan} as of {day}>")
    }
}
