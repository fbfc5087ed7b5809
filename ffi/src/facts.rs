//! Facts.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;
use std::sync::OnceLock;

use caicach::Facts;

use crate::error::caicach_error;
use crate::guard::{fallible, free, getter, given};
use crate::input::bytes;
use crate::status::caicach_status;
use crate::text::{c_text, caicach_text};

/// A set of facts (dữ liệu thực tế), checked. Immutable. Free it with `caicach_facts_free`; what was made with it does
/// not need it any more.
#[derive(Debug)]
pub struct caicach_facts {
    pub(crate) facts: Facts,
    fingerprint: OnceLock<CString>,
}

impl caicach_facts {
    pub(crate) fn boxed(facts: Facts) -> Box<caicach_facts> {
        Box::new(caicach_facts { facts, fingerprint: OnceLock::new() })
    }
}

/// Reads facts from JSON (schema caicach/facts/1).
///
/// CAICACH_ERROR_FACTS lists every problem with its path.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_facts_from_json(
    json: *const c_char,
    json_len: usize,
    out: Option<&mut MaybeUninit<Box<caicach_facts>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        // SAFETY: the header asks this of the caller.
        let json = unsafe { bytes(json, json_len, "json") }?;
        Ok(caicach_facts::boxed(Facts::from_json(json)?))
    })
}

/// These facts and others together, as facts of their own; CAICACH_ERROR_FACTS where the two contradict each other.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_facts_add(
    facts: Option<&caicach_facts>,
    other: Option<&caicach_facts>,
    out: Option<&mut MaybeUninit<Box<caicach_facts>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let (facts, other) = (given(facts, "facts")?, given(other, "other")?);
        Ok(caicach_facts::boxed(facts.facts.add(&other.facts)?))
    })
}

/// The facts as JSON, in an order of their own: the same facts give the same bytes.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_facts_to_json(
    facts: Option<&caicach_facts>,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || Ok(caicach_text::boxed(given(facts, "facts")?.facts.to_json())))
}

/// "sha256:" and 64 hexadecimal digits over the JSON form. Lives as long as the facts.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_facts_fingerprint(facts: Option<&caicach_facts>) -> *const c_char {
    getter(std::ptr::null(), || {
        let facts = facts?;
        Some(facts.fingerprint.get_or_init(|| c_text(facts.facts.fingerprint())).as_ptr())
    })
}

/// How many notes there are on records that are odd but were kept.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_facts_note_count(facts: Option<&caicach_facts>) -> usize {
    getter(0, || Some(facts?.facts.notes().len()))
}

/// The notes as JSON: a list of {"kind", "table", "path", "message"}.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_facts_notes_json(
    facts: Option<&caicach_facts>,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let notes = given(facts, "facts")?.facts.notes();
        // Texts always have a JSON text.
        Ok(caicach_text::boxed(serde_json::to_string(notes).unwrap_or_default()))
    })
}

/// Frees facts. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_facts_free(facts: Option<Box<caicach_facts>>) {
    free(facts);
}
