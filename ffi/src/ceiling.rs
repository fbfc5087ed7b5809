//! Ceilings on ranks and ratings.

use std::ffi::{CString, c_char};

use caicach::assessment::Ceiling;

use crate::guard::{free, getter};
use crate::text::{address, c_text};

/// The highest band of a rank or rating that caps leave a subject in a year (mức cao nhất có thể đạt). One that is
/// asked of an assessment belongs to it; one that is asked of a subject is the caller's. Its texts live as long as it.
#[derive(Debug)]
pub struct caicach_ceiling {
    subject_kind: CString,
    subject_id: CString,
    subject_name: CString,
    year: i32,
    scale: CString,
    band: CString,
    provisional: bool,
    binding: Vec<CString>,
    undetermined: Vec<CString>,
}

impl caicach_ceiling {
    pub(crate) fn new(ceiling: &Ceiling) -> caicach_ceiling {
        let subject = ceiling.subject();
        caicach_ceiling {
            subject_kind: c_text(subject.kind.as_str()),
            subject_id: c_text(subject.id.as_ref()),
            subject_name: c_text(subject.name.as_ref()),
            year: ceiling.year(),
            scale: c_text(ceiling.scale().as_str()),
            band: c_text(ceiling.ceiling().as_str()),
            provisional: ceiling.provisional(),
            binding: ceiling.binding().iter().map(|rule| c_text(rule.as_str())).collect(),
            undetermined: ceiling.undetermined().iter().map(|rule| c_text(rule.as_str())).collect(),
        }
    }
}

/// The kind of whom it is about: "city", "body", "person".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_ceiling_subject_kind(ceiling: Option<&caicach_ceiling>) -> *const c_char {
    getter(std::ptr::null(), || Some(ceiling?.subject_kind.as_ptr()))
}

/// The id of whom it is about.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_ceiling_subject_id(ceiling: Option<&caicach_ceiling>) -> *const c_char {
    getter(std::ptr::null(), || Some(ceiling?.subject_id.as_ptr()))
}

/// The name of whom it is about.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_ceiling_subject_name(ceiling: Option<&caicach_ceiling>) -> *const c_char {
    getter(std::ptr::null(), || Some(ceiling?.subject_name.as_ptr()))
}

/// The year; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_ceiling_year(ceiling: Option<&caicach_ceiling>) -> i32 {
    getter(0, || Some(ceiling?.year))
}

/// The scale: "rank" or "rating".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_ceiling_scale(ceiling: Option<&caicach_ceiling>) -> *const c_char {
    getter(std::ptr::null(), || Some(ceiling?.scale.as_ptr()))
}

/// The highest band still possible: "fair". The top of the scale where no cap binds.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_ceiling_band(ceiling: Option<&caicach_ceiling>) -> *const c_char {
    getter(std::ptr::null(), || Some(ceiling?.band.as_ptr()))
}

/// Whether a cap that is still undetermined could lower it further.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_ceiling_provisional(ceiling: Option<&caicach_ceiling>) -> bool {
    getter(false, || Some(ceiling?.provisional))
}

/// How many caps bind.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_ceiling_binding_count(ceiling: Option<&caicach_ceiling>) -> usize {
    getter(0, || Some(ceiling?.binding.len()))
}

/// The rule of a cap that binds; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_ceiling_binding_at(ceiling: Option<&caicach_ceiling>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(address(ceiling?.binding.get(index))))
}

/// How many caps are undetermined.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_ceiling_undetermined_count(ceiling: Option<&caicach_ceiling>) -> usize {
    getter(0, || Some(ceiling?.undetermined.len()))
}

/// The rule of a cap that is undetermined; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_ceiling_undetermined_at(ceiling: Option<&caicach_ceiling>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(address(ceiling?.undetermined.get(index))))
}

/// Frees a ceiling that was asked of a subject. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_ceiling_free(ceiling: Option<Box<caicach_ceiling>>) {
    free(ceiling);
}
