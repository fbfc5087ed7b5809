//! Findings.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;
use std::sync::{Arc, OnceLock};

use caicach::calendar::{epoch_days, iso};
use caicach::rule::finding::HeadroomValue;
use caicach::{Assessment, Finding};

use crate::error::{Failure, caicach_error};
use crate::guard::{fallible, getter, given};
use crate::lang::caicach_lang;
use crate::options::CAICACH_NO_DATE;
use crate::status::caicach_status;
use crate::text::{Both, address, c_text, caicach_text};
use crate::verdict::{caicach_verdict, number, word};

/// What one rule says of one subject and period. It belongs to its assessment and lives as long; so do its texts.
#[derive(Debug)]
pub struct caicach_finding {
    whole: Arc<Assessment>,
    at: usize,
    /// Made when a text is first asked for.
    texts: OnceLock<Texts>,
    explanation: OnceLock<Both>,
}

/// The texts of a finding as C reads them.
#[derive(Debug)]
struct Texts {
    rule: CString,
    clause: CString,
    subject_kind: CString,
    subject_id: CString,
    subject_name: CString,
    from: CString,
    to: CString,
    due: Option<CString>,
    percent: Option<CString>,
    percent_bounds: Option<(CString, CString)>,
    margin: Option<CString>,
    headroom: Option<(CString, CString)>,
    capped: Option<(CString, CString)>,
    body: Option<(CString, CString)>,
    measures: Vec<Both>,
    missing: Vec<(CString, CString, Both)>,
    readings: Vec<CString>,
    sensitive_to: Vec<(CString, CString, caicach_verdict)>,
    notes: Vec<(CString, Both)>,
    sources: Vec<CString>,
}

impl Texts {
    fn new(finding: &Finding) -> Texts {
        let subject = finding.subject();
        let pair = |(a, b): (String, String)| (c_text(a), c_text(b));
        let headroom = finding.headroom().map(|room| (room.unit.as_str().to_owned(), room.value_shown()));
        let capped = finding.capped().map(|cap| (cap.scale.to_string(), cap.ceiling.to_string()));
        let missing = finding.missing().iter();
        let missing = missing.map(|m| (c_text(m.what.as_str()), c_text(m.table()), Both::of(|lang| m.text(lang))));
        let sensitive = finding.sensitive_to().iter();
        let sensitive = sensitive.map(|s| (c_text(s.reading.as_str()), c_text(s.option.as_str()), number(s.verdict)));
        let notes = finding.data_notes().iter();
        let notes = notes.map(|note| (c_text(note.code()), Both::of(|lang| note.text(lang))));
        Texts {
            rule: c_text(finding.rule().as_str()),
            clause: c_text(finding.clause()),
            subject_kind: c_text(subject.kind.as_str()),
            subject_id: c_text(subject.id.as_ref()),
            subject_name: c_text(subject.name.as_ref()),
            from: c_text(iso(finding.period().from())),
            to: c_text(iso(finding.period().to())),
            due: finding.due().map(|due| c_text(iso(due))),
            percent: finding.percent_shown().map(c_text),
            percent_bounds: finding.percent_bounds_shown().map(pair),
            margin: finding.margin_shown().map(c_text),
            headroom: headroom.map(pair),
            capped: capped.map(pair),
            body: finding.body().map(|body| (c_text(body.id.as_ref()), c_text(body.name.as_ref()))),
            measures: finding.measures().iter().map(|due| Both::pair(&due.vi, &due.en)).collect(),
            missing: missing.collect(),
            readings: finding.readings().iter().map(|key| c_text(key.as_str())).collect(),
            sensitive_to: sensitive.collect(),
            notes: notes.collect(),
            sources: finding.sources().map(c_text).collect(),
        }
    }
}

impl caicach_finding {
    pub(crate) fn new(whole: &Arc<Assessment>, at: usize) -> caicach_finding {
        caicach_finding { whole: Arc::clone(whole), at, texts: OnceLock::new(), explanation: OnceLock::new() }
    }

    fn get(&self) -> Option<&Finding> {
        self.whole.findings().get(self.at)
    }

    fn texts(&self) -> Option<&Texts> {
        let finding = self.get()?;
        Some(self.texts.get_or_init(|| Texts::new(finding)))
    }

    fn explanation(&self) -> Option<&Both> {
        let finding = self.get()?;
        Some(self.explanation.get_or_init(|| Both::of(|lang| finding.explanation(lang))))
    }
}

/// The rule: "late_share_caps_rank".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_rule(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.rule.as_ptr()))
}

/// The clause ("I.1.3") or task ("annex I.9") that the rule stands in.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_clause(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.clause.as_ptr()))
}

/// The kind of whom it is about: "city", "body", "person".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_subject_kind(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.subject_kind.as_ptr()))
}

/// The id of whom it is about: "loc_tho".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_subject_id(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.subject_id.as_ptr()))
}

/// The name of whom it is about, as shown to people.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_subject_name(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.subject_name.as_ptr()))
}

/// The first day of the period judged, as days since 1970-01-01; `CAICACH_NO_DATE` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_period_from(finding: Option<&caicach_finding>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(finding?.get()?.period().from())))
}

/// The last day of the period judged, as days since 1970-01-01; `CAICACH_NO_DATE` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_period_to(finding: Option<&caicach_finding>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(finding?.get()?.period().to())))
}

/// The first day of the period judged: "2024-01-01".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_period_from_text(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.from.as_ptr()))
}

/// The last day of the period judged: "2024-12-31".
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_period_to_text(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.to.as_ptr()))
}

/// The verdict; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_verdict(finding: Option<&caicach_finding>) -> caicach_verdict {
    getter(0, || Some(number(finding?.get()?.verdict())))
}

/// The word for the verdict: "not_met". Lives as long as the library.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_verdict_text(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(word(finding?.get()?.verdict()).as_ptr()))
}

/// Part and whole, where the measure is a share of counts. Where it is not, false, and nothing is written.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_counts(
    finding: Option<&caicach_finding>,
    part: Option<&mut MaybeUninit<i64>>,
    whole: Option<&mut MaybeUninit<i64>>,
) -> bool {
    getter(false, || {
        let counts = finding?.get()?.counts()?;
        let counts = (i64::try_from(counts.0).ok()?, i64::try_from(counts.1).ok()?);
        part.map(|part| part.write(counts.0));
        whole.map(|whole| whole.write(counts.1));
        Some(true)
    })
}

/// The percentage measured, to two places, rounded half up, for display only: "5.43". NULL where it is not one known
/// value.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_percent(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(address(finding?.texts()?.percent.as_ref())))
}

/// The lower end of what is known of the percentage; NULL where it is one known value, or none is measured.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_percent_low(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.percent_bounds.as_ref()?.0.as_ptr()))
}

/// The upper end of what is known of the percentage; NULL where it is one known value, or none is measured.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_percent_high(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.percent_bounds.as_ref()?.1.as_ptr()))
}

/// Signed distance to the threshold in percentage points, to two places: positive on the good side. NULL where the
/// measure is not one known percentage.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_margin(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(address(finding?.texts()?.margin.as_ref())))
}

/// What the smallest change that would turn the verdict into the other one is counted in: "late_dossiers", "posts",
/// "percentage_points". NULL where that is not known.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_headroom_unit(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.headroom.as_ref()?.0.as_ptr()))
}

/// How large that change is: "3", "0.64". NULL where it is not known.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_headroom_value(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.headroom.as_ref()?.1.as_ptr()))
}

/// How large that change is, where it is a whole number of things. Where it is not, false, and nothing is written.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_headroom_count(
    finding: Option<&caicach_finding>,
    count: Option<&mut MaybeUninit<i64>>,
) -> bool {
    getter(false, || {
        let HeadroomValue::Count(value) = finding?.get()?.headroom()?.value else { return None };
        let value = i64::try_from(value).ok()?;
        count.map(|count| count.write(value));
        Some(true)
    })
}

/// The last day on which it can still be met, as days since 1970-01-01; `CAICACH_NO_DATE` where it has none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_due(finding: Option<&caicach_finding>) -> i32 {
    getter(CAICACH_NO_DATE, || Some(epoch_days(finding?.get()?.due()?)))
}

/// The last day on which it can still be met: "2026-12-31"; NULL where it has none.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_due_text(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(address(finding?.texts()?.due.as_ref())))
}

/// How many facts are missing whose absence leaves it open.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_missing_count(finding: Option<&caicach_finding>) -> usize {
    getter(0, || Some(finding?.get()?.missing().len()))
}

/// What kind of fact is missing: "satisfaction"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_missing_what(finding: Option<&caicach_finding>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.missing.get(index)?.0.as_ptr()))
}

/// The table of the facts that would have it: "surveys"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_missing_table(finding: Option<&caicach_finding>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.missing.get(index)?.1.as_ptr()))
}

/// What is missing, in words; NULL beyond the last and for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_missing_text(
    finding: Option<&caicach_finding>,
    index: usize,
    lang: caicach_lang,
) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.missing.get(index)?.2.get(lang)?.as_ptr()))
}

/// How many readings the rule relies on.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_reading_count(finding: Option<&caicach_finding>) -> usize {
    getter(0, || Some(finding?.get()?.readings().len()))
}

/// The key of a reading the rule relies on; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_reading_at(finding: Option<&caicach_finding>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(address(finding?.texts()?.readings.get(index))))
}

/// How many options there are under which the verdict would be another.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_sensitive_count(finding: Option<&caicach_finding>) -> usize {
    getter(0, || Some(finding?.get()?.sensitive_to().len()))
}

/// The reading of such an option; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_sensitive_reading(finding: Option<&caicach_finding>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.sensitive_to.get(index)?.0.as_ptr()))
}

/// Such an option; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_sensitive_option(finding: Option<&caicach_finding>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.sensitive_to.get(index)?.1.as_ptr()))
}

/// The verdict under such an option; 0 beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_sensitive_verdict(
    finding: Option<&caicach_finding>,
    index: usize,
) -> caicach_verdict {
    getter(0, || Some(finding?.texts()?.sensitive_to.get(index)?.2))
}

/// How many remarks there are on the data behind it.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_data_note_count(finding: Option<&caicach_finding>) -> usize {
    getter(0, || Some(finding?.get()?.data_notes().len()))
}

/// The kind of a remark, a stable word: "residual"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_data_note_code(finding: Option<&caicach_finding>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.notes.get(index)?.0.as_ptr()))
}

/// A remark in words; NULL beyond the last and for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_data_note_text(
    finding: Option<&caicach_finding>,
    index: usize,
    lang: caicach_lang,
) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.notes.get(index)?.1.get(lang)?.as_ptr()))
}

/// How many sources the facts behind it have.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_source_count(finding: Option<&caicach_finding>) -> usize {
    getter(0, || Some(finding?.texts()?.sources.len()))
}

/// Where facts behind it were read; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_source_at(finding: Option<&caicach_finding>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(address(finding?.texts()?.sources.get(index))))
}

/// Whether the document only aspires to it (phấn đấu).
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_aspirational(finding: Option<&caicach_finding>) -> bool {
    getter(false, || Some(finding?.get()?.aspirational()))
}

/// Whether the year lies before the plan's first.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_retrospective(finding: Option<&caicach_finding>) -> bool {
    getter(false, || Some(finding?.get()?.retrospective()))
}

/// For a cap, the scale it is on: "rank"; NULL for other rules.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_capped_scale(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.capped.as_ref()?.0.as_ptr()))
}

/// For a cap, the highest band still possible when it binds: "fair"; NULL for other rules.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_capped_band(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.capped.as_ref()?.1.as_ptr()))
}

/// The id of the body whose rank bears on the subject: that of a head, of a collective; NULL where none does.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_body_id(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.body.as_ref()?.0.as_ptr()))
}

/// The name of that body.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_body_name(finding: Option<&caicach_finding>) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.body.as_ref()?.1.as_ptr()))
}

/// How many measures are due because a consequence takes hold.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_measure_count(finding: Option<&caicach_finding>) -> usize {
    getter(0, || Some(finding?.get()?.measures().len()))
}

/// A measure that is due; NULL beyond the last and for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_measure_text(
    finding: Option<&caicach_finding>,
    index: usize,
    lang: caicach_lang,
) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.texts()?.measures.get(index)?.get(lang)?.as_ptr()))
}

/// Why the verdict is what it is, in one or two sentences that end with the clause; NULL for an unknown language.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_explanation(finding: Option<&caicach_finding>, lang: caicach_lang) -> *const c_char {
    getter(std::ptr::null(), || Some(finding?.explanation()?.get(lang)?.as_ptr()))
}

/// The finding as JSON, as it stands in the assessment: with what was measured and what is required.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_finding_to_json(
    finding: Option<&caicach_finding>,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let finding = given(finding, "finding")?.get().ok_or_else(|| Failure::null("finding"))?;
        Ok(caicach_text::boxed(finding.to_json()))
    })
}
