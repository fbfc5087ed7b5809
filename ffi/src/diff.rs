//! How two plans differ.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;

use caicach::plan::diff::{Difference, FieldDifference, PlanDiff};

use crate::error::caicach_error;
use crate::guard::{fallible, free, getter, given};
use crate::lang::caicach_lang;
use crate::plan::caicach_plan;
use crate::status::caicach_status;
use crate::text::{Both, address, c_text, caicach_text};

/// Everything in which two plans differ. Immutable. Free it with `caicach_diff_free`; it does not need the plans any more.
#[derive(Debug)]
pub struct caicach_diff {
    diff: PlanDiff,
    text: Both,
    differences: Vec<caicach_difference>,
    thresholds: Vec<(CString, Field)>,
}

/// A record that differs. It belongs to its diff and lives as long; so do its texts.
#[derive(Debug)]
pub struct caicach_difference {
    part: CString,
    id: CString,
    fate: CString,
    fields: Vec<Field>,
    text: Both,
}

/// A field that differs.
#[derive(Debug)]
struct Field {
    path: CString,
    before: Option<CString>,
    after: Option<CString>,
}

impl Field {
    fn new(field: &FieldDifference) -> Field {
        let text = |value: &Option<String>| value.as_deref().map(c_text);
        Field { path: c_text(field.path.as_str()), before: text(&field.before), after: text(&field.after) }
    }
}

impl caicach_difference {
    fn new(difference: &Difference) -> caicach_difference {
        caicach_difference {
            part: c_text(difference.part.as_str()),
            id: c_text(difference.id.as_str()),
            fate: c_text(difference.fate.as_str()),
            fields: difference.fields.iter().map(Field::new).collect(),
            text: Both::of(|lang| difference.text(lang)),
        }
    }
}

/// In what a plan and another differ: `before` is the first, `after` the other.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_plan_diff(
    plan: Option<&caicach_plan>,
    other: Option<&caicach_plan>,
    out: Option<&mut MaybeUninit<Box<caicach_diff>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let diff = given(plan, "plan")?.plan.diff(&given(other, "other")?.plan);
        let thresholds = diff.thresholds().map(|(rule, field)| (c_text(rule), Field::new(field))).collect();
        Ok(Box::new(caicach_diff {
            text: Both::of(|lang| diff.text(lang)),
            differences: diff.differences().iter().map(caicach_difference::new).collect(),
            thresholds,
            diff,
        }))
    })
}

/// All of it as JSON.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_diff_to_json(
    diff: Option<&caicach_diff>,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || Ok(caicach_text::boxed(given(diff, "diff")?.diff.to_json())))
}

/// The differences in words, one to a line; NULL for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_diff_text(diff: Option<&caicach_diff>, lang: caicach_lang) -> *const c_char {
    getter(std::ptr::null(), || Some(diff?.text.get(lang)?.as_ptr()))
}

/// How many records differ; 0 where the plans say the same.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_diff_count(diff: Option<&caicach_diff>) -> usize {
    getter(0, || Some(diff?.differences.len()))
}

/// A record that differs, part by part in the order of a plan file, by id; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_diff_at(diff: Option<&caicach_diff>, index: usize) -> Option<&caicach_difference> {
    getter(None, || Some(diff?.differences.get(index)))
}

/// Where in the plan it stands: "clause", "rule", "reading".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_difference_part(difference: Option<&caicach_difference>) -> *const c_char {
    getter(std::ptr::null(), || Some(difference?.part.as_ptr()))
}

/// Its id.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_difference_id(difference: Option<&caicach_difference>) -> *const c_char {
    getter(std::ptr::null(), || Some(difference?.id.as_ptr()))
}

/// What became of it: "added", "removed", "changed".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_difference_fate(difference: Option<&caicach_difference>) -> *const c_char {
    getter(std::ptr::null(), || Some(difference?.fate.as_ptr()))
}

/// The difference in words; NULL for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_difference_text(
    difference: Option<&caicach_difference>,
    lang: caicach_lang,
) -> *const c_char {
    getter(std::ptr::null(), || Some(difference?.text.get(lang)?.as_ptr()))
}

/// How many fields differ, where both plans have the record.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_difference_field_count(difference: Option<&caicach_difference>) -> usize {
    getter(0, || Some(difference?.fields.len()))
}

/// A field that differs: `steps[0].at_least`; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_difference_field_path(
    difference: Option<&caicach_difference>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(difference?.fields.get(index)?.path.as_ptr()))
}

/// Its value in the first plan, as JSON; NULL where it is not given.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_difference_field_before(
    difference: Option<&caicach_difference>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(address(difference?.fields.get(index)?.before.as_ref())))
}

/// Its value in the other, as JSON; NULL where it is not given.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_difference_field_after(
    difference: Option<&caicach_difference>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(address(difference?.fields.get(index)?.after.as_ref())))
}

/// How many fields differ by which rules demand otherwise: floors, caps, years, bands, counts.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_diff_threshold_count(diff: Option<&caicach_diff>) -> usize {
    getter(0, || Some(diff?.thresholds.len()))
}

/// The rule of such a field; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_diff_threshold_rule(diff: Option<&caicach_diff>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(diff?.thresholds.get(index)?.0.as_ptr()))
}

/// Such a field; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_diff_threshold_path(diff: Option<&caicach_diff>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(diff?.thresholds.get(index)?.1.path.as_ptr()))
}

/// Its value in the first plan, as JSON; NULL where it is not given.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_diff_threshold_before(diff: Option<&caicach_diff>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(address(diff?.thresholds.get(index)?.1.before.as_ref())))
}

/// Its value in the other, as JSON; NULL where it is not given.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_diff_threshold_after(diff: Option<&caicach_diff>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(address(diff?.thresholds.get(index)?.1.after.as_ref())))
}

/// Frees a diff with its differences. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_diff_free(diff: Option<Box<caicach_diff>>) {
    free(diff);
}
