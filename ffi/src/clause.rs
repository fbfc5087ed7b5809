//! Paragraphs of a plan.

use std::ffi::{CString, c_char};

use caicach::plan::document::Clause;

use crate::guard::getter;
use crate::text::{address, c_text};

/// A paragraph of the main text. It belongs to its plan and lives as long; so do its texts.
#[derive(Debug)]
pub struct caicach_clause {
    id: CString,
    text: CString,
    printed: Option<CString>,
    gist_en: CString,
}

impl caicach_clause {
    pub(crate) fn new(clause: &Clause) -> caicach_clause {
        caicach_clause {
            id: c_text(clause.id.as_str()),
            text: c_text(clause.text.as_str()),
            printed: clause.printed.as_deref().map(c_text),
            gist_en: c_text(clause.gist_en.as_str()),
        }
    }

    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.id.as_bytes() == id.as_bytes()
    }
}

/// Section and position: "I.1.3".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_clause_id(clause: Option<&caicach_clause>) -> *const c_char {
    getter(std::ptr::null(), || Some(clause?.id.as_ptr()))
}

/// The corrected wording, in Vietnamese.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_clause_text(clause: Option<&caicach_clause>) -> *const c_char {
    getter(std::ptr::null(), || Some(clause?.text.as_ptr()))
}

/// The wording as scanned, where it differs; NULL where it does not.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_clause_printed(clause: Option<&caicach_clause>) -> *const c_char {
    getter(std::ptr::null(), || Some(address(clause?.printed.as_ref())))
}

/// What it says, in English.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_clause_gist_en(clause: Option<&caicach_clause>) -> *const c_char {
    getter(std::ptr::null(), || Some(clause?.gist_en.as_ptr()))
}
