//! Rules of a plan.

use std::ffi::{CString, c_char};

use caicach::plan::Rule;

use crate::guard::getter;
use crate::lang::caicach_lang;
use crate::text::{Both, address, c_text};

/// A norm of the plan with its words. It belongs to its plan and lives as long; so do its texts.
#[derive(Debug)]
pub struct caicach_rule {
    id: CString,
    clause: CString,
    kind: CString,
    subject_kind: CString,
    title: Both,
    quote: CString,
    gist_en: CString,
    aspirational: bool,
    readings: Vec<CString>,
}

impl caicach_rule {
    pub(crate) fn new(rule: &Rule) -> caicach_rule {
        let head = rule.head();
        caicach_rule {
            id: c_text(head.id.as_str()),
            clause: c_text(head.clause.as_str()),
            kind: c_text(head.kind.as_str()),
            subject_kind: c_text(head.subject.kind.as_str()),
            title: Both::pair(&head.title.vi, &head.title.en),
            quote: c_text(head.quote.as_str()),
            gist_en: c_text(head.gist_en.as_str()),
            aspirational: rule.aspirational(),
            readings: head.readings.iter().map(|key| c_text(key.as_str())).collect(),
        }
    }

    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.id.as_bytes() == id.as_bytes()
    }
}

/// Its id: "late_share_caps_rank".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rule_id(rule: Option<&caicach_rule>) -> *const c_char {
    getter(std::ptr::null(), || Some(rule?.id.as_ptr()))
}

/// The clause ("I.1.3") or task ("annex I.9") that says so.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rule_clause(rule: Option<&caicach_rule>) -> *const c_char {
    getter(std::ptr::null(), || Some(rule?.clause.as_ptr()))
}

/// What kind of norm it is: "cap", "reduction".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rule_kind(rule: Option<&caicach_rule>) -> *const c_char {
    getter(std::ptr::null(), || Some(rule?.kind.as_ptr()))
}

/// Whom it judges: "city", "body", "person".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rule_subject_kind(rule: Option<&caicach_rule>) -> *const c_char {
    getter(std::ptr::null(), || Some(rule?.subject_kind.as_ptr()))
}

/// A short name for boards; NULL for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rule_title(rule: Option<&caicach_rule>, lang: caicach_lang) -> *const c_char {
    getter(std::ptr::null(), || Some(rule?.title.get(lang)?.as_ptr()))
}

/// Its words, verbatim from the clause or task, in Vietnamese.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rule_quote(rule: Option<&caicach_rule>) -> *const c_char {
    getter(std::ptr::null(), || Some(rule?.quote.as_ptr()))
}

/// What it says, in English.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rule_gist_en(rule: Option<&caicach_rule>) -> *const c_char {
    getter(std::ptr::null(), || Some(rule?.gist_en.as_ptr()))
}

/// Whether the document only aspires to it (phấn đấu).
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rule_aspirational(rule: Option<&caicach_rule>) -> bool {
    getter(false, || Some(rule?.aspirational))
}

/// How many readings it relies on.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rule_reading_count(rule: Option<&caicach_rule>) -> usize {
    getter(0, || Some(rule?.readings.len()))
}

/// The key of a reading it relies on; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rule_reading_at(rule: Option<&caicach_rule>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(address(rule?.readings.get(index))))
}
