//! Readings of a plan: questions it leaves open.

use std::ffi::{CString, c_char};

use caicach::plan::reading::{Reading, ReadingOption};

use crate::guard::getter;
use crate::lang::caicach_lang;
use crate::text::{Both, c_text};

/// A question the document leaves open (cách hiểu), its answers, and the one taken by default. It belongs to its plan
/// and lives as long; so do its texts.
#[derive(Debug)]
pub struct caicach_reading {
    key: CString,
    question: Both,
    default: CString,
    reason: CString,
    options: Vec<Answer>,
}

#[derive(Debug)]
struct Answer {
    id: CString,
    text: Both,
}

impl caicach_reading {
    pub(crate) fn new(reading: &Reading) -> caicach_reading {
        let answer = |option: &ReadingOption| Answer {
            id: c_text(option.id.as_str()),
            text: Both::pair(&option.vi, &option.en),
        };
        caicach_reading {
            key: c_text(reading.key.as_str()),
            question: Both::pair(&reading.question.vi, &reading.question.en),
            default: c_text(reading.default.as_str()),
            reason: c_text(reading.reason.as_str()),
            options: reading.options.iter().map(answer).collect(),
        }
    }
}

/// Its key: "late_denominator".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_reading_key(reading: Option<&caicach_reading>) -> *const c_char {
    getter(std::ptr::null(), || Some(reading?.key.as_ptr()))
}

/// The question; NULL for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_reading_question(reading: Option<&caicach_reading>, lang: caicach_lang) -> *const c_char {
    getter(std::ptr::null(), || Some(reading?.question.get(lang)?.as_ptr()))
}

/// The id of the option taken unless the caller chooses.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_reading_default(reading: Option<&caicach_reading>) -> *const c_char {
    getter(std::ptr::null(), || Some(reading?.default.as_ptr()))
}

/// Why that one.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_reading_reason(reading: Option<&caicach_reading>) -> *const c_char {
    getter(std::ptr::null(), || Some(reading?.reason.as_ptr()))
}

/// How many options it has.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_reading_option_count(reading: Option<&caicach_reading>) -> usize {
    getter(0, || Some(reading?.options.len()))
}

/// The id of an option; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_reading_option_id(reading: Option<&caicach_reading>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(reading?.options.get(index)?.id.as_ptr()))
}

/// What an option means, as the condition of a sentence ("if ..."); NULL beyond the last and for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_reading_option_text(
    reading: Option<&caicach_reading>,
    index: usize,
    lang: caicach_lang,
) -> *const c_char {
    getter(std::ptr::null(), || Some(reading?.options.get(index)?.text.get(lang)?.as_ptr()))
}
