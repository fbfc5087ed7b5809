//! The yearly rating of a body.

use std::ffi::{CString, c_char};
use std::sync::Arc;

use caicach::Assessment;
use caicach::assessment::{Ceiling, Rating, Reason, Wanted};

use crate::assessment::caicach_assessment;
use crate::ceiling::caicach_ceiling;
use crate::finding::caicach_finding;
use crate::guard::getter;
use crate::lang::caicach_lang;
use crate::text::{Both, address, c_text};

/// The yearly rating (đánh giá, xếp loại hằng năm) of a body and of those who belong to it: what they may be rated at
/// most, what is due against whom, why, and which facts would settle what is open. It belongs to its assessment and lives
/// as long; so does all that it shows.
#[derive(Debug)]
pub struct caicach_rating {
    body_id: CString,
    body_name: CString,
    year: i32,
    rank: Option<CString>,
    rank_ceiling: Option<caicach_ceiling>,
    heads: Vec<caicach_ceiling>,
    deputies: Vec<caicach_ceiling>,
    staff: Vec<caicach_ceiling>,
    collectives: Vec<caicach_ceiling>,
    measures: Vec<(caicach_finding, Both)>,
    reasons: Vec<(caicach_finding, Both)>,
    missing: Vec<Missing>,
    notes: Vec<(CString, Both)>,
}

/// A fact that would settle something open.
#[derive(Debug)]
struct Missing {
    what: CString,
    table: CString,
    of: CString,
    text: Both,
    rules: Vec<CString>,
}

fn ceilings(all: &[&Ceiling]) -> Vec<caicach_ceiling> {
    all.iter().map(|ceiling| caicach_ceiling::new(ceiling)).collect()
}

fn missing(wanted: Wanted<'_>) -> Missing {
    Missing {
        what: c_text(wanted.missing.what.as_str()),
        table: c_text(wanted.missing.table()),
        of: c_text(wanted.of),
        text: Both::of(|lang| wanted.missing.text(lang)),
        rules: wanted.rules.iter().map(|rule| c_text(rule.as_str())).collect(),
    }
}

impl caicach_rating {
    fn new(whole: &Arc<Assessment>, rating: &Rating<'_>) -> caicach_rating {
        let finding = |reason: &Reason<'_>| caicach_finding::new(whole, reason.place());
        let measures = rating.measures().map(|(reason, due)| (finding(&reason), Both::pair(&due.vi, &due.en)));
        let reasons = rating.reasons().iter();
        let notes = rating.data_notes().iter();
        caicach_rating {
            body_id: c_text(rating.body().id.as_ref()),
            body_name: c_text(rating.body().name.as_ref()),
            year: rating.year(),
            rank: rating.rank().map(|rank| c_text(rank.as_str())),
            rank_ceiling: rating.rank_ceiling().map(caicach_ceiling::new),
            heads: ceilings(rating.heads()),
            deputies: ceilings(rating.deputies()),
            staff: ceilings(rating.staff()),
            collectives: ceilings(rating.collectives()),
            measures: measures.collect(),
            reasons: reasons.map(|reason| (finding(reason), Both::of(|lang| reason.text(lang)))).collect(),
            missing: rating.missing().map(missing).collect(),
            notes: notes.map(|note| (c_text(note.code()), Both::of(|lang| note.text(lang)))).collect(),
        }
    }

    pub(crate) fn all(whole: &Arc<Assessment>) -> Vec<caicach_rating> {
        whole.ratings().iter().map(|rating| caicach_rating::new(whole, rating)).collect()
    }
}

/// How many yearly ratings there are: of each body in each year of which anything is known.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_rating_count(assessment: Option<&caicach_assessment>) -> usize {
    getter(0, || Some(assessment?.ratings().len()))
}

/// A yearly rating, by body and year; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_rating_at(
    assessment: Option<&caicach_assessment>,
    index: usize,
) -> Option<&caicach_rating> {
    getter(None, || Some(assessment?.ratings().get(index)))
}

/// The id of the body.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_body_id(rating: Option<&caicach_rating>) -> *const c_char {
    getter(std::ptr::null(), || Some(rating?.body_id.as_ptr()))
}

/// The name of the body, as shown to people.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_body_name(rating: Option<&caicach_rating>) -> *const c_char {
    getter(std::ptr::null(), || Some(rating?.body_name.as_ptr()))
}

/// The year; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_year(rating: Option<&caicach_rating>) -> i32 {
    getter(0, || Some(rating?.year))
}

/// Its rank (xếp hạng), by id: "fair"; NULL where it is not known.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_rank(rating: Option<&caicach_rating>) -> *const c_char {
    getter(std::ptr::null(), || Some(address(rating?.rank.as_ref())))
}

/// The highest rank that caps leave it; NULL where no cap is judged.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_rank_ceiling(rating: Option<&caicach_rating>) -> Option<&caicach_ceiling> {
    getter(None, || Some(rating?.rank_ceiling.as_ref()))
}

/// How many ceilings there are on the ratings (xếp loại) of those who head it.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_head_count(rating: Option<&caicach_rating>) -> usize {
    getter(0, || Some(rating?.heads.len()))
}

/// A ceiling on the ratings of those who head it; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_head_at(rating: Option<&caicach_rating>, index: usize) -> Option<&caicach_ceiling> {
    getter(None, || Some(rating?.heads.get(index)))
}

/// How many ceilings there are on the ratings (xếp loại) of deputies.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_deputy_count(rating: Option<&caicach_rating>) -> usize {
    getter(0, || Some(rating?.deputies.len()))
}

/// A ceiling on the ratings of deputies; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_deputy_at(rating: Option<&caicach_rating>, index: usize) -> Option<&caicach_ceiling> {
    getter(None, || Some(rating?.deputies.get(index)))
}

/// How many ceilings there are on the ratings (xếp loại) of everybody else.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_staff_count(rating: Option<&caicach_rating>) -> usize {
    getter(0, || Some(rating?.staff.len()))
}

/// A ceiling on the ratings of everybody else; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_staff_at(rating: Option<&caicach_rating>, index: usize) -> Option<&caicach_ceiling> {
    getter(None, || Some(rating?.staff.get(index)))
}

/// How many ceilings there are on the ratings (xếp loại) of its Party organisations and leadership collectives.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_collective_count(rating: Option<&caicach_rating>) -> usize {
    getter(0, || Some(rating?.collectives.len()))
}

/// A ceiling on the ratings of its Party organisations and leadership collectives; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_collective_at(
    rating: Option<&caicach_rating>,
    index: usize,
) -> Option<&caicach_ceiling> {
    getter(None, || Some(rating?.collectives.get(index)))
}

/// How many measures are due (trách nhiệm).
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_measure_count(rating: Option<&caicach_rating>) -> usize {
    getter(0, || Some(rating?.measures.len()))
}

/// The finding from which a measure follows; its subject is whom it is due against. NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_measure_finding(
    rating: Option<&caicach_rating>,
    index: usize,
) -> Option<&caicach_finding> {
    getter(None, || Some(Some(&rating?.measures.get(index)?.0)))
}

/// A measure; NULL beyond the last and for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_measure_text(
    rating: Option<&caicach_rating>,
    index: usize,
    lang: caicach_lang,
) -> *const c_char {
    getter(std::ptr::null(), || Some(rating?.measures.get(index)?.1.get(lang)?.as_ptr()))
}

/// How many steps the chain of reasons has, in the order of the plan's rules. Of deputies and staff only what binds is told.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_reason_count(rating: Option<&caicach_rating>) -> usize {
    getter(0, || Some(rating?.reasons.len()))
}

/// The finding that a step tells; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_reason_finding(
    rating: Option<&caicach_rating>,
    index: usize,
) -> Option<&caicach_finding> {
    getter(None, || Some(Some(&rating?.reasons.get(index)?.0)))
}

/// A step, from what is known to what follows; NULL beyond the last and for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_reason_text(
    rating: Option<&caicach_rating>,
    index: usize,
    lang: caicach_lang,
) -> *const c_char {
    getter(std::ptr::null(), || Some(rating?.reasons.get(index)?.1.get(lang)?.as_ptr()))
}

/// How many facts would settle what is open.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_missing_count(rating: Option<&caicach_rating>) -> usize {
    getter(0, || Some(rating?.missing.len()))
}

/// What kind of fact: "satisfaction"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_missing_what(rating: Option<&caicach_rating>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(rating?.missing.get(index)?.what.as_ptr()))
}

/// The table of the facts that would have it: "surveys"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_missing_table(rating: Option<&caicach_rating>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(rating?.missing.get(index)?.table.as_ptr()))
}

/// Whom it should speak of, by id; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_missing_of(rating: Option<&caicach_rating>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(rating?.missing.get(index)?.of.as_ptr()))
}

/// What is missing, in words; NULL beyond the last and for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_missing_text(
    rating: Option<&caicach_rating>,
    index: usize,
    lang: caicach_lang,
) -> *const c_char {
    getter(std::ptr::null(), || Some(rating?.missing.get(index)?.text.get(lang)?.as_ptr()))
}

/// How many rules it would settle; 0 beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_missing_rule_count(rating: Option<&caicach_rating>, index: usize) -> usize {
    getter(0, || Some(rating?.missing.get(index)?.rules.len()))
}

/// A rule that it would settle; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_missing_rule_at(
    rating: Option<&caicach_rating>,
    index: usize,
    rule: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(address(rating?.missing.get(index)?.rules.get(rule))))
}

/// How many remarks there are on the data: a rank that contradicts a cap, a rank that follows from a score.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_data_note_count(rating: Option<&caicach_rating>) -> usize {
    getter(0, || Some(rating?.notes.len()))
}

/// The kind of a remark, a stable word; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_data_note_code(rating: Option<&caicach_rating>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(rating?.notes.get(index)?.0.as_ptr()))
}

/// A remark in words; NULL beyond the last and for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_rating_data_note_text(
    rating: Option<&caicach_rating>,
    index: usize,
    lang: caicach_lang,
) -> *const c_char {
    getter(std::ptr::null(), || Some(rating?.notes.get(index)?.1.get(lang)?.as_ptr()))
}
