//! Assessments.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;
use std::sync::Arc;

use caicach::Assessment;

use crate::ceiling::caicach_ceiling;
use crate::dependence::caicach_dependence;
use crate::error::caicach_error;
use crate::facts::caicach_facts;
use crate::finding::caicach_finding;
use crate::guard::{fallible, free, getter, given};
use crate::options::{caicach_assess_options, read};
use crate::plan::caicach_plan;
use crate::progress::caicach_progress;
use crate::rating::caicach_rating;
use crate::receipt::caicach_receipt;
use crate::status::caicach_status;
use crate::task_state::caicach_task_state;
use crate::text::{address, c_text, caicach_text};
use crate::verdict::{caicach_verdict, verdict};
use crate::views::Views;

/// What a plan says of facts on a day (kết quả đánh giá). Immutable. Free it with `caicach_assessment_free`.
#[derive(Debug)]
pub struct caicach_assessment {
    whole: Arc<Assessment>,
    receipt: caicach_receipt,
    findings: Vec<caicach_finding>,
    ceilings: Vec<caicach_ceiling>,
    views: Views,
    not_yet_evaluated: Vec<CString>,
}

impl caicach_assessment {
    pub(crate) fn boxed(assessment: Assessment) -> Box<caicach_assessment> {
        let whole = Arc::new(assessment);
        let not_yet = whole.summary().not_yet_evaluated();
        Box::new(caicach_assessment {
            receipt: caicach_receipt::new(whole.receipt()),
            findings: (0..whole.findings().len()).map(|at| caicach_finding::new(&whole, at)).collect(),
            ceilings: whole.ceilings().iter().map(caicach_ceiling::new).collect(),
            views: Views::default(),
            not_yet_evaluated: not_yet.iter().map(|rule| c_text(rule.as_str())).collect(),
            whole,
        })
    }

    pub(crate) fn ratings(&self) -> &[caicach_rating] {
        self.views.ratings(&self.whole)
    }

    pub(crate) fn tasks(&self) -> &[caicach_task_state] {
        self.views.tasks(&self.whole)
    }

    pub(crate) fn progress(&self) -> &[caicach_progress] {
        self.views.progress(&self.whole)
    }

    pub(crate) fn dependences(&self) -> &[caicach_dependence] {
        self.views.dependences(&self.whole)
    }
}

/// Judges facts by every rule of a plan.
///
/// CAICACH_ERROR_FACTS where names of the facts are not those of one body, or records contradict each other under this
/// plan; CAICACH_ERROR_READINGS where the plan does not have what was chosen; CAICACH_ERROR_OPTIONS.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_assess(
    plan: Option<&caicach_plan>,
    facts: Option<&caicach_facts>,
    options: *const caicach_assess_options,
    out: Option<&mut MaybeUninit<Box<caicach_assessment>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let (plan, facts) = (given(plan, "plan")?, given(facts, "facts")?);
        // SAFETY: the header asks this of the caller.
        let options = unsafe { read(options) }?;
        Ok(caicach_assessment::boxed(plan.plan.assess(&facts.facts, &options)?))
    })
}

/// The whole as JSON (schema caicach/assessment/1): the same input gives the same bytes.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_to_json(
    assessment: Option<&caicach_assessment>,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || Ok(caicach_text::boxed(given(assessment, "assessment")?.whole.to_json())))
}

/// What it was made from.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_receipt(assessment: Option<&caicach_assessment>) -> Option<&caicach_receipt> {
    getter(None, || Some(Some(&assessment?.receipt)))
}

/// How many findings there are.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_finding_count(assessment: Option<&caicach_assessment>) -> usize {
    getter(0, || Some(assessment?.findings.len()))
}

/// A finding, in the order of the plan's rules, then by subject and period; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_finding_at(
    assessment: Option<&caicach_assessment>,
    index: usize,
) -> Option<&caicach_finding> {
    getter(None, || Some(assessment?.findings.get(index)))
}

/// How many ceilings there are.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_ceiling_count(assessment: Option<&caicach_assessment>) -> usize {
    getter(0, || Some(assessment?.ceilings.len()))
}

/// A ceiling, by scale, subject and year; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_ceiling_at(
    assessment: Option<&caicach_assessment>,
    index: usize,
) -> Option<&caicach_ceiling> {
    getter(None, || Some(assessment?.ceilings.get(index)))
}

/// How many findings that are not aspirations came out so; 0 for no verdict.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_summary_count(
    assessment: Option<&caicach_assessment>,
    verdict: caicach_verdict,
) -> u64 {
    getter(0, || Some(assessment?.whole.summary().count(self::verdict(verdict)?)))
}

/// How many aspirations came out so; 0 for no verdict.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_summary_aspirational(
    assessment: Option<&caicach_assessment>,
    verdict: caicach_verdict,
) -> u64 {
    getter(0, || Some(assessment?.whole.summary().aspirational(self::verdict(verdict)?)))
}

/// How many findings would be another under another reading.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_summary_sensitive(assessment: Option<&caicach_assessment>) -> u64 {
    getter(0, || Some(assessment?.whole.summary().sensitive()))
}

/// How many rules this version of the library does not judge.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_not_yet_evaluated_count(assessment: Option<&caicach_assessment>) -> usize {
    getter(0, || Some(assessment?.not_yet_evaluated.len()))
}

/// A rule that this version of the library does not judge; NULL beyond the last. Lives as long as the assessment.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_not_yet_evaluated_at(
    assessment: Option<&caicach_assessment>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(address(assessment?.not_yet_evaluated.get(index))))
}

/// How many records nothing read.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_unused_count(assessment: Option<&caicach_assessment>) -> usize {
    getter(0, || Some(assessment?.whole.unused().len()))
}

/// The records that nothing read, and why, as JSON: a list of {"table", "subject", "when", "vi", "en"}.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_unused_json(
    assessment: Option<&caicach_assessment>,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let unused = given(assessment, "assessment")?.whole.unused();
        // Texts always have a JSON text.
        Ok(caicach_text::boxed(serde_json::to_string(unused).unwrap_or_default()))
    })
}

/// Frees an assessment with all that belongs to it. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_free(assessment: Option<Box<caicach_assessment>>) {
    free(assessment);
}
