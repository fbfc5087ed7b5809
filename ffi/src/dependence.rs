//! What depends on how the plan is read.

use std::ffi::{CString, c_char};
use std::sync::Arc;

use caicach::Assessment;
use caicach::assessment::Dependence;

use crate::assessment::caicach_assessment;
use crate::finding::caicach_finding;
use crate::guard::getter;
use crate::lang::caicach_lang;
use crate::text::{Both, c_text};
use crate::verdict::{caicach_verdict, number};

/// What one other option of a reading would change. It belongs to its assessment and lives as long; so does all that it
/// shows.
#[derive(Debug)]
pub struct caicach_dependence {
    reading: CString,
    question: Both,
    taken: CString,
    option: CString,
    option_text: Both,
    text: Both,
    rules: Vec<(CString, u64)>,
    changes: Vec<(caicach_finding, caicach_verdict)>,
}

impl caicach_dependence {
    fn new(whole: &Arc<Assessment>, other: &Dependence) -> caicach_dependence {
        let changes = other.changes().iter();
        let rules = other.by_rule();
        caicach_dependence {
            reading: c_text(other.reading().as_str()),
            question: Both::pair(&other.question().vi, &other.question().en),
            taken: c_text(other.taken().as_str()),
            option: c_text(other.option().id.as_str()),
            option_text: Both::pair(&other.option().vi, &other.option().en),
            text: Both::of(|lang| other.text(lang)),
            rules: rules.iter().map(|(rule, count)| (c_text(rule.as_str()), *count)).collect(),
            changes: changes.map(|one| (caicach_finding::new(whole, one.finding), number(one.would_be))).collect(),
        }
    }

    pub(crate) fn all(whole: &Arc<Assessment>) -> Vec<caicach_dependence> {
        whole.sensitivity().iter().map(|other| caicach_dependence::new(whole, other)).collect()
    }
}

/// How many options of readings, other than those taken, would change a verdict.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_dependence_count(assessment: Option<&caicach_assessment>) -> usize {
    getter(0, || Some(assessment?.dependences().len()))
}

/// What one of them would change, in the order of the plan's readings; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_dependence_at(
    assessment: Option<&caicach_assessment>,
    index: usize,
) -> Option<&caicach_dependence> {
    getter(None, || Some(assessment?.dependences().get(index)))
}

/// The reading: "late_denominator".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_dependence_reading(dependence: Option<&caicach_dependence>) -> *const c_char {
    getter(std::ptr::null(), || Some(dependence?.reading.as_ptr()))
}

/// The question that it answers; NULL for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_dependence_question(
    dependence: Option<&caicach_dependence>,
    lang: caicach_lang,
) -> *const c_char {
    getter(std::ptr::null(), || Some(dependence?.question.get(lang)?.as_ptr()))
}

/// The option taken: "resolved".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_dependence_taken(dependence: Option<&caicach_dependence>) -> *const c_char {
    getter(std::ptr::null(), || Some(dependence?.taken.as_ptr()))
}

/// The option that would change something: "due".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_dependence_option(dependence: Option<&caicach_dependence>) -> *const c_char {
    getter(std::ptr::null(), || Some(dependence?.option.as_ptr()))
}

/// What that option means; NULL for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_dependence_option_text(
    dependence: Option<&caicach_dependence>,
    lang: caicach_lang,
) -> *const c_char {
    getter(std::ptr::null(), || Some(dependence?.option_text.get(lang)?.as_ptr()))
}

/// All of it in a sentence; NULL for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_dependence_text(
    dependence: Option<&caicach_dependence>,
    lang: caicach_lang,
) -> *const c_char {
    getter(std::ptr::null(), || Some(dependence?.text.get(lang)?.as_ptr()))
}

/// How many rules have findings that it would change.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_dependence_rule_count(dependence: Option<&caicach_dependence>) -> usize {
    getter(0, || Some(dependence?.rules.len()))
}

/// Such a rule, in the order of the plan; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_dependence_rule_at(dependence: Option<&caicach_dependence>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(dependence?.rules.get(index)?.0.as_ptr()))
}

/// How many findings of that rule it would change.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_dependence_rule_changes(dependence: Option<&caicach_dependence>, index: usize) -> u64 {
    getter(0, || Some(dependence?.rules.get(index)?.1))
}

/// How many findings it would change.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_dependence_change_count(dependence: Option<&caicach_dependence>) -> usize {
    getter(0, || Some(dependence?.changes.len()))
}

/// A finding that it would change, in the order of the findings; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_dependence_change_finding(
    dependence: Option<&caicach_dependence>,
    index: usize,
) -> Option<&caicach_finding> {
    getter(None, || Some(Some(&dependence?.changes.get(index)?.0)))
}

/// The verdict that it would be; 0 beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_dependence_change_would_be(
    dependence: Option<&caicach_dependence>,
    index: usize,
) -> caicach_verdict {
    getter(0, || Some(dependence?.changes.get(index)?.1))
}
