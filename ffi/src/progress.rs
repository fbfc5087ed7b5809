//! How far targets that are not yet due have come.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;

use caicach::assessment::{PathPoint, Progress};
use caicach::calendar::{Date, epoch_days, iso};
use caicach::measure::ratio::Ratio;

use crate::assessment::caicach_assessment;
use crate::guard::getter;
use crate::lang::caicach_lang;
use crate::options::CAICACH_NO_DATE;
use crate::text::{Both, address, c_text};

/// One of the `CAICACH_PROGRESS_` constants: a value of a progress.
pub type caicach_progress_value_kind = i32;

/// From where the pace is counted: the baseline with nothing cut, or the first figure of a level.
pub const CAICACH_PROGRESS_START: caicach_progress_value_kind = 1;
/// The last figure.
pub const CAICACH_PROGRESS_NOW: caicach_progress_value_kind = 2;
/// What is required on the deadline.
pub const CAICACH_PROGRESS_TARGET: caicach_progress_value_kind = 3;
/// What an even path asks for by the day of the last figure.
pub const CAICACH_PROGRESS_EVEN: caicach_progress_value_kind = 4;
/// What a back-loaded path asks for by that day.
pub const CAICACH_PROGRESS_BACK_LOADED: caicach_progress_value_kind = 5;
/// The pace: cut in 365 days, or percentage points in a year. It and what follows need two figures.
pub const CAICACH_PROGRESS_PER_YEAR: caicach_progress_value_kind = 6;
/// What will be reached on the deadline at this pace.
pub const CAICACH_PROGRESS_REACHED: caicach_progress_value_kind = 7;
/// What will then be missing; negative where there is more than required.
pub const CAICACH_PROGRESS_SHORT: caicach_progress_value_kind = 8;

/// Progress towards a target that is not yet due (tiến độ): information, never a verdict. Values are exact fractions, of
/// posts and units or of per cent. It belongs to its assessment and lives as long; so do its texts.
#[derive(Debug)]
pub struct caicach_progress {
    progress: Progress,
    rule: CString,
    subject_kind: CString,
    subject_id: CString,
    subject_name: CString,
    unit: CString,
    /// The values in the order of their constants, as shown.
    values: Vec<Option<CString>>,
    start: CString,
    now: CString,
    target: CString,
    /// Day, even path, back-loaded path.
    path: Vec<(CString, CString, CString)>,
    text: Both,
}

impl caicach_progress {
    pub(crate) fn new(progress: &Progress) -> caicach_progress {
        let subject = progress.subject();
        let shown = |ratio: Ratio| c_text(ratio.two_places());
        let kinds = CAICACH_PROGRESS_START..=CAICACH_PROGRESS_SHORT;
        let point = |point: &PathPoint| (c_text(iso(point.date)), shown(point.even), shown(point.back_loaded));
        caicach_progress {
            rule: c_text(progress.rule().as_str()),
            subject_kind: c_text(subject.kind.as_str()),
            subject_id: c_text(subject.id.as_ref()),
            subject_name: c_text(subject.name.as_ref()),
            unit: c_text(progress.unit().as_str()),
            values: kinds.map(|kind| value(progress, kind).map(shown)).collect(),
            start: c_text(iso(progress.start().date)),
            now: c_text(iso(progress.now().date)),
            target: c_text(iso(progress.target().date)),
            path: progress.path().iter().map(point).collect(),
            text: Both::of(|lang| progress.text(lang)),
            progress: progress.clone(),
        }
    }
}

fn value(progress: &Progress, kind: caicach_progress_value_kind) -> Option<Ratio> {
    Some(match kind {
        CAICACH_PROGRESS_START => progress.start().value,
        CAICACH_PROGRESS_NOW => progress.now().value,
        CAICACH_PROGRESS_TARGET => progress.target().value,
        CAICACH_PROGRESS_EVEN => progress.required().even,
        CAICACH_PROGRESS_BACK_LOADED => progress.required().back_loaded,
        CAICACH_PROGRESS_PER_YEAR => progress.projection()?.per_year,
        CAICACH_PROGRESS_REACHED => progress.projection()?.reached,
        CAICACH_PROGRESS_SHORT => progress.projection()?.short,
        _ => return None,
    })
}

/// The day of a value; the pace has none.
fn date(progress: &Progress, kind: caicach_progress_value_kind) -> Option<Date> {
    Some(match kind {
        CAICACH_PROGRESS_START => progress.start().date,
        CAICACH_PROGRESS_NOW | CAICACH_PROGRESS_EVEN | CAICACH_PROGRESS_BACK_LOADED => progress.now().date,
        CAICACH_PROGRESS_TARGET | CAICACH_PROGRESS_REACHED | CAICACH_PROGRESS_SHORT => progress.target().date,
        _ => return None,
    })
}

/// Writes a fraction, if both parts fit.
fn written(
    ratio: Ratio,
    numerator: Option<&mut MaybeUninit<i64>>,
    denominator: Option<&mut MaybeUninit<i64>>,
) -> Option<bool> {
    let parts = (i64::try_from(ratio.numerator()).ok()?, i64::try_from(ratio.denominator()).ok()?);
    numerator.map(|numerator| numerator.write(parts.0));
    denominator.map(|denominator| denominator.write(parts.1));
    Some(true)
}

/// How many targets that are not yet due have a progress.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_progress_count(assessment: Option<&caicach_assessment>) -> usize {
    getter(0, || Some(assessment?.progress().len()))
}

/// A progress, in the order of the findings; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_assessment_progress_at(
    assessment: Option<&caicach_assessment>,
    index: usize,
) -> Option<&caicach_progress> {
    getter(None, || Some(assessment?.progress().get(index)))
}

/// The rule: "cadre_reduction".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_rule(progress: Option<&caicach_progress>) -> *const c_char {
    getter(std::ptr::null(), || Some(progress?.rule.as_ptr()))
}

/// The kind of whose progress it is: "city", "body".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_subject_kind(progress: Option<&caicach_progress>) -> *const c_char {
    getter(std::ptr::null(), || Some(progress?.subject_kind.as_ptr()))
}

/// The id of whose progress it is.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_subject_id(progress: Option<&caicach_progress>) -> *const c_char {
    getter(std::ptr::null(), || Some(progress?.subject_id.as_ptr()))
}

/// The name of whose progress it is.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_subject_name(progress: Option<&caicach_progress>) -> *const c_char {
    getter(std::ptr::null(), || Some(progress?.subject_name.as_ptr()))
}

/// The first day of the period of the finding that it goes with; `CAICACH_NO_DATE` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_period_from(progress: Option<&caicach_progress>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(progress?.progress.period().from())))
}

/// The last day of that period; `CAICACH_NO_DATE` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_period_to(progress: Option<&caicach_progress>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(progress?.progress.period().to())))
}

/// What is counted: "posts", "service_units", "percentage_points".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_unit(progress: Option<&caicach_progress>) -> *const c_char {
    getter(std::ptr::null(), || Some(progress?.unit.as_ptr()))
}

/// A value as a fraction in lowest terms; the denominator is above 0. Where there is none, or it does not fit, false, and
/// nothing is written.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_value(
    progress: Option<&caicach_progress>,
    kind: caicach_progress_value_kind,
    numerator: Option<&mut MaybeUninit<i64>>,
    denominator: Option<&mut MaybeUninit<i64>>,
) -> bool {
    getter(false, || written(value(&progress?.progress, kind)?, numerator, denominator))
}

/// A value to two places, rounded half up, for display only: "5.43". NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_value_text(
    progress: Option<&caicach_progress>,
    kind: caicach_progress_value_kind,
) -> *const c_char {
    getter(std::ptr::null(), || {
        let place = usize::try_from(kind.checked_sub(CAICACH_PROGRESS_START)?).ok()?;
        Some(address(progress?.values.get(place)?.as_ref()))
    })
}

/// The day of a value, as days since 1970-01-01; `CAICACH_NO_DATE` where it has none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_date(progress: Option<&caicach_progress>, kind: caicach_progress_value_kind) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(date(&progress?.progress, kind)?)))
}

/// The day of a value: "2026-12-31"; NULL where it has none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_date_text(
    progress: Option<&caicach_progress>,
    kind: caicach_progress_value_kind,
) -> *const c_char {
    getter(std::ptr::null(), || {
        let progress = progress?;
        let day = date(&progress.progress, kind)?;
        let days = [(progress.progress.start().date, &progress.start), (progress.progress.now().date, &progress.now)];
        let found = days.into_iter().find(|(known, _)| *known == day).map(|(_, text)| text);
        Some(found.unwrap_or(&progress.target).as_ptr())
    })
}

/// How many points of the two paths are told: the end of each year up to the deadline.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_path_count(progress: Option<&caicach_progress>) -> usize {
    getter(0, || Some(progress?.path.len()))
}

/// The day of a point; `CAICACH_NO_DATE` beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_path_date(progress: Option<&caicach_progress>, index: usize) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(progress?.progress.path().get(index)?.date)))
}

/// The day of a point: "2024-12-31"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_path_date_text(progress: Option<&caicach_progress>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(progress?.path.get(index)?.0.as_ptr()))
}

/// What the even path asks for by then, to two places; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_path_even_text(progress: Option<&caicach_progress>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(progress?.path.get(index)?.1.as_ptr()))
}

/// What the back-loaded path asks for by then, to two places; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_path_back_loaded_text(
    progress: Option<&caicach_progress>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(progress?.path.get(index)?.2.as_ptr()))
}

/// What the even path asks for by then, as a fraction. False beyond the last, and nothing is written.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_path_even(
    progress: Option<&caicach_progress>,
    index: usize,
    numerator: Option<&mut MaybeUninit<i64>>,
    denominator: Option<&mut MaybeUninit<i64>>,
) -> bool {
    getter(false, || written(progress?.progress.path().get(index)?.even, numerator, denominator))
}

/// What the back-loaded path asks for by then, as a fraction. False beyond the last, and nothing is written.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_path_back_loaded(
    progress: Option<&caicach_progress>,
    index: usize,
    numerator: Option<&mut MaybeUninit<i64>>,
    denominator: Option<&mut MaybeUninit<i64>>,
) -> bool {
    getter(false, || written(progress?.progress.path().get(index)?.back_loaded, numerator, denominator))
}

/// Whether there are two figures, so that a pace can be told.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_projected(progress: Option<&caicach_progress>) -> bool {
    getter(false, || Some(progress?.progress.projection().is_some()))
}

/// Whether the target is reached at this pace; false where no pace can be told.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_enough(progress: Option<&caicach_progress>) -> bool {
    getter(false, || Some(progress?.progress.projection()?.enough))
}

/// All of it in a sentence or two, marked as information; NULL for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_progress_text(progress: Option<&caicach_progress>, lang: caicach_lang) -> *const c_char {
    getter(std::ptr::null(), || Some(progress?.text.get(lang)?.as_ptr()))
}
