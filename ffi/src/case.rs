//! Cases: a plan and facts made ready, to be asked often.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::sync::Arc;

use caicach::Case;
use caicach::assessment::Ceiling;
use caicach::calendar::Period;
use caicach::measure::{CollectiveIx, PersonIx};
use caicach::plan::registry::BodyIx;

use crate::assessment::caicach_assessment;
use crate::ceiling::caicach_ceiling;
use crate::error::{Failure, caicach_error};
use crate::facts::caicach_facts;
use crate::guard::{fallible, free, given};
use crate::input::text;
use crate::options::{caicach_assess_options, read};
use crate::plan::caicach_plan;
use crate::status::caicach_status;

/// A plan and facts bound together on a day under chosen readings: names resolved, records in order. Immutable. Free
/// it with `caicach_case_free`; what was made with it does not need it any more.
#[derive(Debug)]
pub struct caicach_case(Arc<Case>);

impl caicach_case {
    pub(crate) fn case(&self) -> &Case {
        &self.0
    }
}

/// A body, person or collective of a case, found once. Immutable. Free it with `caicach_subject_free`.
#[derive(Debug)]
pub struct caicach_subject {
    case: Arc<Case>,
    who: Who,
}

#[derive(Debug)]
enum Who {
    Body(BodyIx),
    Person(PersonIx),
    Collective(CollectiveIx),
}

/// Makes a plan and facts ready. Fails as `caicach_assess` does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_case_prepare(
    plan: Option<&caicach_plan>,
    facts: Option<&caicach_facts>,
    options: *const caicach_assess_options,
    out: Option<&mut MaybeUninit<Box<caicach_case>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let (plan, facts) = (given(plan, "plan")?, given(facts, "facts")?);
        // SAFETY: the header asks this of the caller.
        let options = unsafe { read(options) }?;
        Ok(Box::new(caicach_case(Arc::new(plan.plan.prepare(&facts.facts, &options)?))))
    })
}

/// Assesses, as `caicach_assess` does.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_case_assess(
    case_: Option<&caicach_case>,
    out: Option<&mut MaybeUninit<Box<caicach_assessment>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || Ok(caicach_assessment::boxed(given(case_, "case_")?.0.assess())))
}

/// The body of an id or of a name it bears in a year ("UBND phường Lộc Thọ"); CAICACH_ERROR_NOT_FOUND where no body
/// bears it then, or more than one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_case_body(
    case_: Option<&caicach_case>,
    name: *const c_char,
    name_len: usize,
    year: i32,
    out: Option<&mut MaybeUninit<Box<caicach_subject>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let case = &given(case_, "case_")?.0;
        // SAFETY: the header asks this of the caller.
        let name = unsafe { text(name, name_len, "name") }?;
        let year = calendar_year(year)?;
        let found = case.registry().resolve(name, year.from(), year.to());
        let body = found.map_err(|unresolved| Failure::unresolved("name", &unresolved))?;
        Ok(Box::new(caicach_subject { case: Arc::clone(case), who: Who::Body(body) }))
    })
}

/// The person with an id in the facts; CAICACH_ERROR_NOT_FOUND where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_case_person(
    case_: Option<&caicach_case>,
    id: *const c_char,
    id_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_subject>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let case = &given(case_, "case_")?.0;
        // SAFETY: the header asks this of the caller.
        let id = unsafe { text(id, id_len, "id") }?;
        let none = || Failure::not_found("unknown_reference", "id", "no person of this id".into(), None);
        let person = case.person(id).ok_or_else(none)?;
        Ok(Box::new(caicach_subject { case: Arc::clone(case), who: Who::Person(person) }))
    })
}

/// The Party organisation or leadership collective with an id in the facts; CAICACH_ERROR_NOT_FOUND where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_case_collective(
    case_: Option<&caicach_case>,
    id: *const c_char,
    id_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_subject>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let case = &given(case_, "case_")?.0;
        // SAFETY: the header asks this of the caller.
        let id = unsafe { text(id, id_len, "id") }?;
        let none = || Failure::not_found("unknown_reference", "id", "no collective of this id".into(), None);
        let collective = case.collective(id).ok_or_else(none)?;
        Ok(Box::new(caicach_subject { case: Arc::clone(case), who: Who::Collective(collective) }))
    })
}

/// The ceiling of a subject on a scale ("rank" for bodies, "rating" for all others) in a year, without making findings.
/// It is the caller's: free it with `caicach_ceiling_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_subject_ceiling(
    subject: Option<&caicach_subject>,
    scale: *const c_char,
    scale_len: usize,
    year: i32,
    out: Option<&mut MaybeUninit<Box<caicach_ceiling>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let subject = given(subject, "subject")?;
        // SAFETY: the header asks this of the caller.
        let scale = unsafe { text(scale, scale_len, "scale") }?;
        calendar_year(year)?;
        let ceiling: Option<Ceiling> = match subject.who {
            Who::Body(body) => subject.case.ceiling_of_body(body, scale, year),
            Who::Person(person) => subject.case.ceiling_of_person(person, scale, year),
            Who::Collective(collective) => subject.case.ceiling_of_collective(collective, scale, year),
        };
        let none = || {
            let scales = &subject.case.plan().contents().scale;
            let known: Vec<&str> = scales.iter().map(|scale| scale.id.as_str()).collect();
            let help = format!("expected one of {}", known.join(", "));
            Failure::not_found("unknown_reference", "scale", "the plan has no such scale".into(), Some(help))
        };
        Ok(Box::new(caicach_ceiling::new(&ceiling.ok_or_else(none)?)))
    })
}

fn calendar_year(year: i32) -> Result<Period, Failure> {
    Period::year(year).ok_or_else(|| Failure::argument("year", format!("{year} is no year of the calendar")))
}

/// Frees a case. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_case_free(case_: Option<Box<caicach_case>>) {
    free(case_);
}

/// Frees a subject. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_subject_free(subject: Option<Box<caicach_subject>>) {
    free(subject);
}
