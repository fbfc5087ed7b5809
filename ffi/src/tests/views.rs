//! Ratings, tasks, progress and sensitivity as C reads them are what the library says.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use caicach::assessment::{Ceiling, Rating};
use caicach::calendar::{Date, epoch_days, iso, parse_iso};
use caicach::measure::ratio::Ratio;
use caicach::{Assessment, Facts, Lang, Options, Plan};

use super::{assess, facts, on, read};
use crate::assessment::caicach_assessment;
use crate::ceiling::{
    caicach_ceiling, caicach_ceiling_band, caicach_ceiling_binding_count, caicach_ceiling_provisional,
    caicach_ceiling_scale, caicach_ceiling_subject_id,
};
use crate::dependence::*;
use crate::finding::*;
use crate::lang::{CAICACH_LANG_EN, CAICACH_LANG_VI};
use crate::options::CAICACH_NO_DATE;
use crate::progress::*;
use crate::rating::*;
use crate::task_state::*;
use crate::verdict::number;

/// A ranked ward with a head, a deputy and staff; reports; posts that are being cut; a cut that depends on rounding.
const FACTS: &str = r#"{"schema": "caicach/facts/1",
    "people": [{"id": "h", "body": "loc_tho", "role": "head", "category": "cadre"},
               {"id": "d", "body": "loc_tho", "role": "deputy", "category": "cadre"},
               {"id": "s", "body": "loc_tho", "role": "staff", "category": "cadre"}],
    "rankings": [{"year": 2023, "body": "loc_tho", "rank": "weak"}, {"year": 2024, "body": "loc_tho", "rank": "weak"}],
    "task_reports": [{"task": "I.1", "date": "2024-02-01", "status": "started", "body": "loc_tho"},
                     {"task": "I.5", "date": "2023-03-01", "status": "completed"}],
    "dossier_counts": [{"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31",
        "resolved": {"late": 49, "total": 1000}, "pending": {"in_time": 100, "overdue": 2}}],
    "headcounts": [{"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1247},
                   {"date": "2024-12-31", "category": "cadre", "basis": "assigned", "count": 1230}]}"#;

fn own() -> Assessment {
    let options = Options::on(parse_iso("2025-01-15").unwrap());
    Plan::builtin().unwrap().assess(&Facts::from_json(FACTS).unwrap(), &options).unwrap()
}

fn whole() -> Box<caicach_assessment> {
    assess(&facts(FACTS).unwrap(), &on(c"2025-01-15")).unwrap()
}

fn maybe<'a>(text: *const c_char) -> Option<&'a str> {
    (!text.is_null()).then(|| read(text))
}

fn same_ceiling(found: Option<&caicach_ceiling>, own: &Ceiling) {
    assert_eq!(read(caicach_ceiling_subject_id(found)), own.subject().id.as_ref());
    assert_eq!(read(caicach_ceiling_scale(found)), own.scale().as_str());
    assert_eq!(read(caicach_ceiling_band(found)), own.ceiling().as_str());
    assert_eq!(caicach_ceiling_provisional(found), own.provisional());
    assert_eq!(caicach_ceiling_binding_count(found), own.binding().len());
}

fn same_finding(found: Option<&caicach_finding>, own: &caicach::Finding) {
    assert_eq!(read(caicach_finding_rule(found)), own.rule().as_str());
    assert_eq!(read(caicach_finding_subject_id(found)), own.subject().id.as_ref());
    assert_eq!(caicach_finding_verdict(found), number(own.verdict()));
    assert_eq!(maybe(caicach_finding_body_id(found)), own.body().map(|body| body.id.as_ref()));
    assert_eq!(maybe(caicach_finding_body_name(found)), own.body().map(|body| body.name.as_ref()));
    assert_eq!(caicach_finding_measure_count(found), own.measures().len());
    for (i, due) in own.measures().iter().enumerate() {
        assert_eq!(read(caicach_finding_measure_text(found, i, CAICACH_LANG_EN)), due.en);
    }
    assert!(caicach_finding_measure_text(found, own.measures().len(), CAICACH_LANG_EN).is_null());
}

type Counted = extern "C" fn(Option<&caicach_rating>) -> usize;
type Shown = for<'a> extern "C" fn(Option<&'a caicach_rating>, usize) -> Option<&'a caicach_ceiling>;

fn same_group(found: Option<&caicach_rating>, count: Counted, at: Shown, own: &[&Ceiling]) -> usize {
    assert_eq!(count(found), own.len());
    own.iter().enumerate().for_each(|(i, own)| same_ceiling(at(found, i), own));
    assert!(at(found, own.len()).is_none());
    own.len()
}

fn same_reasons(found: Option<&caicach_rating>, own: &Rating<'_>) {
    assert_eq!(caicach_rating_reason_count(found), own.reasons().len());
    for (i, reason) in own.reasons().iter().enumerate() {
        same_finding(caicach_rating_reason_finding(found, i), reason.finding());
        assert_eq!(read(caicach_rating_reason_text(found, i, CAICACH_LANG_VI)), reason.text(Lang::Vi));
        assert_eq!(read(caicach_rating_reason_text(found, i, CAICACH_LANG_EN)), reason.text(Lang::En));
    }
    assert_eq!(caicach_rating_measure_count(found), own.measures().count());
    for (i, (reason, due)) in own.measures().enumerate() {
        same_finding(caicach_rating_measure_finding(found, i), reason.finding());
        assert_eq!(read(caicach_rating_measure_text(found, i, CAICACH_LANG_VI)), due.vi);
        assert_eq!(read(caicach_rating_measure_text(found, i, CAICACH_LANG_EN)), due.en);
    }
    assert_eq!(caicach_rating_missing_count(found), own.missing().count());
    for (i, wanted) in own.missing().enumerate() {
        assert_eq!(read(caicach_rating_missing_what(found, i)), wanted.missing.what.as_str());
        assert_eq!(read(caicach_rating_missing_table(found, i)), wanted.missing.table());
        assert_eq!(read(caicach_rating_missing_of(found, i)), wanted.of);
        assert_eq!(read(caicach_rating_missing_text(found, i, CAICACH_LANG_VI)), wanted.missing.text(Lang::Vi));
        assert_eq!(caicach_rating_missing_rule_count(found, i), wanted.rules.len());
        for (j, rule) in wanted.rules.iter().enumerate() {
            assert_eq!(read(caicach_rating_missing_rule_at(found, i, j)), rule.as_str());
        }
        assert!(caicach_rating_missing_rule_at(found, i, wanted.rules.len()).is_null());
    }
    assert_eq!(caicach_rating_data_note_count(found), own.data_notes().len());
    for (i, note) in own.data_notes().iter().enumerate() {
        assert_eq!(read(caicach_rating_data_note_code(found, i)), note.code());
        assert_eq!(read(caicach_rating_data_note_text(found, i, CAICACH_LANG_EN)), note.text(Lang::En));
    }
}

#[test]
fn every_rating() {
    let (whole, own) = (whole(), own());
    let ratings = own.ratings();
    assert_eq!(caicach_assessment_rating_count(Some(&whole)), ratings.len());
    let (mut people, mut ranked, mut due, mut missing) = (0, 0, 0, 0);
    for (i, own) in ratings.iter().enumerate() {
        let found = caicach_assessment_rating_at(Some(&whole), i);
        assert_eq!(read(caicach_rating_body_id(found)), own.body().id.as_ref());
        assert_eq!(read(caicach_rating_body_name(found)), own.body().name.as_ref());
        assert_eq!(caicach_rating_year(found), own.year());
        assert_eq!(maybe(caicach_rating_rank(found)), own.rank().map(|rank| rank.as_str()));
        match own.rank_ceiling() {
            Some(ceiling) => same_ceiling(caicach_rating_rank_ceiling(found), ceiling),
            None => assert!(caicach_rating_rank_ceiling(found).is_none()),
        }
        people += same_group(found, caicach_rating_head_count, caicach_rating_head_at, own.heads());
        people += same_group(found, caicach_rating_deputy_count, caicach_rating_deputy_at, own.deputies());
        people += same_group(found, caicach_rating_staff_count, caicach_rating_staff_at, own.staff());
        same_group(found, caicach_rating_collective_count, caicach_rating_collective_at, own.collectives());
        same_reasons(found, own);
        ranked += usize::from(own.rank().is_some());
        due += own.measures().count();
        missing += own.missing().count();
    }
    assert!(people >= 3 && ranked == 2 && due > 0 && missing > 0, "{people} {ranked} {due} {missing}");
    assert!(caicach_assessment_rating_at(Some(&whole), ratings.len()).is_none());
    assert_eq!(caicach_rating_year(None), 0);
    assert!(caicach_rating_body_id(None).is_null());
}

fn same_day(days: i32, text: *const c_char, own: Option<Date>) {
    assert_eq!(days, own.map_or(CAICACH_NO_DATE, epoch_days));
    assert_eq!(maybe(text).map(str::to_owned), own.map(iso));
}

#[test]
fn every_task() {
    let (whole, own) = (whole(), own());
    assert_eq!(caicach_assessment_task_count(Some(&whole)), own.tasks().len());
    let mut seen = std::collections::BTreeSet::new();
    for (i, own) in own.tasks().iter().enumerate() {
        let found = caicach_assessment_task_at(Some(&whole), i);
        assert_eq!(read(caicach_task_state_task(found)), own.task().as_str());
        assert_eq!(read(caicach_task_state_schedule_kind(found)), own.schedule().as_str());
        assert_eq!(read(caicach_task_state_status_text(found)), own.status().as_str());
        seen.insert((caicach_task_state_status(found), own.status().as_str()));
        same_day(caicach_task_state_from(found), caicach_task_state_from_text(found), own.from());
        same_day(caicach_task_state_due(found), caicach_task_state_due_text(found), own.due());
        same_day(caicach_task_state_done(found), caicach_task_state_done_text(found), own.done());
        same_day(caicach_task_state_next_due(found), caicach_task_state_next_due_text(found), own.next_due());
        same_day(caicach_task_state_last_report(found), caicach_task_state_last_report_text(found), own.last_report());
        assert_eq!(caicach_task_state_days_overdue(found), own.days_overdue().unwrap_or(0));
        assert_eq!(caicach_task_state_missed(found), own.missed());
        assert_eq!(caicach_task_state_reports(found), own.reports());
        assert_eq!(caicach_task_state_lead_count(found), own.lead().len());
        for (j, lead) in own.lead().iter().enumerate() {
            assert_eq!(read(caicach_task_state_lead_at(found, j)), lead);
        }
        assert_eq!(caicach_task_state_owed_count(found), own.owes().len());
        for (j, owed) in own.owes().iter().enumerate() {
            assert_eq!(read(caicach_task_state_owed_body(found, j)), owed.body);
            assert_eq!(read(caicach_task_state_owed_role(found, j)), owed.role.as_str());
            assert_eq!(caicach_task_state_owed_members(found, j), owed.members.unwrap_or(0));
        }
    }
    let numbers: std::collections::BTreeSet<_> = seen.iter().map(|(number, _)| *number).collect();
    assert!(seen.len() >= 4 && numbers.len() == seen.len(), "{seen:?}");
    assert!(
        seen.contains(&(CAICACH_TASK_STATUS_DONE, "done")) && seen.contains(&(CAICACH_TASK_STATUS_OVERDUE, "overdue"))
    );
    assert_eq!((caicach_task_state_status(None), caicach_task_state_due(None)), (0, CAICACH_NO_DATE));
}

fn fraction(get: impl FnOnce(Option<&mut MaybeUninit<i64>>, Option<&mut MaybeUninit<i64>>) -> bool) -> Option<Ratio> {
    let (mut numerator, mut denominator) = (MaybeUninit::uninit(), MaybeUninit::uninit());
    if !get(Some(&mut numerator), Some(&mut denominator)) {
        return None;
    }
    // SAFETY: both are written where the answer is true.
    let (numerator, denominator) = unsafe { (numerator.assume_init(), denominator.assume_init()) };
    Ratio::new(numerator.into(), denominator.into())
}

#[test]
fn every_progress() {
    let (whole, own) = (whole(), own());
    assert_eq!(caicach_assessment_progress_count(Some(&whole)), own.progress().len());
    assert!(!own.progress().is_empty());
    for (i, own) in own.progress().iter().enumerate() {
        let found = caicach_assessment_progress_at(Some(&whole), i);
        assert_eq!(read(caicach_progress_rule(found)), own.rule().as_str());
        assert_eq!(read(caicach_progress_subject_kind(found)), own.subject().kind.as_str());
        assert_eq!(read(caicach_progress_subject_id(found)), own.subject().id.as_ref());
        assert_eq!(read(caicach_progress_subject_name(found)), own.subject().name.as_ref());
        assert_eq!(caicach_progress_period_from(found), epoch_days(own.period().from()));
        assert_eq!(caicach_progress_period_to(found), epoch_days(own.period().to()));
        assert_eq!(read(caicach_progress_unit(found)), own.unit().as_str());
        let leads = own.projection();
        let (start, now, target, required) = (own.start(), own.now(), own.target(), own.required());
        let values = [
            (CAICACH_PROGRESS_START, Some(start.value), Some(start.date)),
            (CAICACH_PROGRESS_NOW, Some(now.value), Some(now.date)),
            (CAICACH_PROGRESS_TARGET, Some(target.value), Some(target.date)),
            (CAICACH_PROGRESS_EVEN, Some(required.even), Some(now.date)),
            (CAICACH_PROGRESS_BACK_LOADED, Some(required.back_loaded), Some(now.date)),
            (CAICACH_PROGRESS_PER_YEAR, leads.map(|leads| leads.per_year), None),
            (CAICACH_PROGRESS_REACHED, leads.map(|leads| leads.reached), Some(target.date)),
            (CAICACH_PROGRESS_SHORT, leads.map(|leads| leads.short), Some(target.date)),
            (0, None, None),
            (9, None, None),
            (i32::MIN, None, None),
        ];
        for (kind, value, day) in values {
            assert_eq!(fraction(|a, b| caicach_progress_value(found, kind, a, b)), value, "{kind}");
            assert_eq!(
                maybe(caicach_progress_value_text(found, kind)).map(str::to_owned),
                value.map(Ratio::two_places)
            );
            same_day(caicach_progress_date(found, kind), caicach_progress_date_text(found, kind), day);
        }
        assert_eq!(caicach_progress_projected(found), leads.is_some());
        assert_eq!(caicach_progress_enough(found), leads.is_some_and(|leads| leads.enough));
        assert_eq!(caicach_progress_path_count(found), own.path().len());
        for (j, point) in own.path().iter().enumerate() {
            same_day(caicach_progress_path_date(found, j), caicach_progress_path_date_text(found, j), Some(point.date));
            assert_eq!(fraction(|a, b| caicach_progress_path_even(found, j, a, b)), Some(point.even));
            assert_eq!(fraction(|a, b| caicach_progress_path_back_loaded(found, j, a, b)), Some(point.back_loaded));
            assert_eq!(read(caicach_progress_path_even_text(found, j)), point.even.two_places());
            assert_eq!(read(caicach_progress_path_back_loaded_text(found, j)), point.back_loaded.two_places());
        }
        assert_eq!(fraction(|a, b| caicach_progress_path_even(found, own.path().len(), a, b)), None);
        assert_eq!(read(caicach_progress_text(found, CAICACH_LANG_VI)), own.text(Lang::Vi));
        assert_eq!(read(caicach_progress_text(found, CAICACH_LANG_EN)), own.text(Lang::En));
    }
}

#[test]
fn everything_that_depends_on_a_reading() {
    let (whole, own) = (whole(), own());
    let sensitivity = own.sensitivity();
    assert!(!sensitivity.is_empty());
    assert_eq!(caicach_assessment_dependence_count(Some(&whole)), sensitivity.len());
    for (i, other) in sensitivity.iter().enumerate() {
        let found = caicach_assessment_dependence_at(Some(&whole), i);
        assert_eq!(read(caicach_dependence_reading(found)), other.reading().as_str());
        assert_eq!(read(caicach_dependence_question(found, CAICACH_LANG_EN)), other.question().en);
        assert_eq!(read(caicach_dependence_taken(found)), other.taken().as_str());
        assert_eq!(read(caicach_dependence_option(found)), other.option().id.as_str());
        assert_eq!(read(caicach_dependence_option_text(found, CAICACH_LANG_VI)), other.option().vi);
        assert_eq!(read(caicach_dependence_text(found, CAICACH_LANG_EN)), other.text(Lang::En));
        assert!(caicach_dependence_text(found, 9).is_null());
        assert_eq!(caicach_dependence_rule_count(found), other.by_rule().len());
        for (j, (rule, count)) in other.by_rule().iter().enumerate() {
            assert_eq!(read(caicach_dependence_rule_at(found, j)), rule.as_str());
            assert_eq!(caicach_dependence_rule_changes(found, j), *count);
        }
        assert_eq!(caicach_dependence_change_count(found), other.changes().len());
        for (j, change) in other.changes().iter().enumerate() {
            same_finding(caicach_dependence_change_finding(found, j), &own.findings()[change.finding]);
            assert_eq!(caicach_dependence_change_would_be(found, j), number(change.would_be));
        }
        assert!(caicach_dependence_change_finding(found, other.changes().len()).is_none());
    }
}
