//! What is odd but kept, with a note.

use super::{ALL, facts};
use crate::facts::{DossierCounts, FactNoteKind, Facts, Identity, Pending, Received, Resolved};

fn counts() -> DossierCounts {
    let day = crate::calendar::parse_iso("2024-01-01").unwrap();
    DossierCounts::new("a".into(), day, day)
}

/// The residuals of a record, as identity, published, computed and whether all terms are known.
fn residuals(counts: &DossierCounts) -> Vec<(Identity, i128, i128, bool)> {
    counts.residuals().into_iter().map(|r| (r.identity, r.published, r.computed, r.exact)).collect()
}

#[test]
fn the_published_figures_of_2019_leave_105_unexplained() {
    let facts = Facts::from_json(ALL).unwrap();
    let record = facts.tables().dossier_counts.iter().find(|record| record.from.year() == 2019).unwrap();
    assert_eq!(residuals(record), [(Identity::Balance, 33232, 33127, true)]);
    assert_eq!(record.residuals()[0].difference(), 105);
    let notes: Vec<String> = facts.notes().iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        ["`dossier_counts[0]`: `received` is 33232, `resolved + pending + cancelled` is 33127: a difference of 105"]
    );
}

#[test]
fn every_identity_of_the_form_is_tested() {
    let all = DossierCounts {
        received: Some(Received { online: Some(1), direct: Some(2), carried_over: Some(3), total: Some(7) }),
        resolved: Some(Resolved { early: Some(1), on_time: Some(1), in_time: Some(3), late: Some(1), total: Some(4) }),
        pending: Some(Pending { in_time: Some(1), overdue: Some(1), total: Some(1) }),
        ..counts()
    };
    assert_eq!(
        residuals(&all),
        [
            (Identity::Received, 7, 6, true),
            (Identity::Resolved, 4, 3, true),
            (Identity::InTime, 3, 2, true),
            (Identity::Pending, 1, 2, true),
            (Identity::Balance, 7, 5, true),
        ]
    );
    assert_eq!(all.residuals()[3].difference(), -1);
}

#[test]
fn sound_and_partial_records_have_no_residual() {
    let sound = DossierCounts {
        received: Some(Received { online: Some(1), direct: Some(2), carried_over: Some(3), total: None }),
        resolved: Some(Resolved { early: Some(1), on_time: Some(1), in_time: Some(2), late: Some(1), total: Some(3) }),
        pending: Some(Pending { in_time: Some(1), overdue: Some(1), total: Some(2) }),
        cancelled: Some(1),
        ..counts()
    };
    assert_eq!(residuals(&sound), []);
    assert_eq!(residuals(&counts()), []);
    let partial = DossierCounts {
        received: Some(Received { carried_over: Some(3), total: Some(7), ..Received::default() }),
        resolved: Some(Resolved { late: Some(1), total: Some(4), ..Resolved::default() }),
        pending: Some(Pending { overdue: Some(1), total: None, ..Pending::default() }),
        ..counts()
    };
    assert_eq!(residuals(&partial), []);
    let totals_from_parts = DossierCounts {
        received: Some(Received { total: Some(5), ..Received::default() }),
        resolved: Some(Resolved { in_time: Some(2), late: Some(1), ..Resolved::default() }),
        pending: Some(Pending { in_time: Some(1), overdue: Some(2), total: None }),
        ..counts()
    };
    assert_eq!(residuals(&totals_from_parts), [(Identity::Balance, 5, 6, true)]);
}

#[test]
fn known_parts_beyond_the_total_are_seen_though_others_are_missing() {
    let partial = DossierCounts {
        received: Some(Received { online: Some(8), total: Some(7), ..Received::default() }),
        resolved: Some(Resolved { early: Some(5), in_time: Some(4), late: Some(1), total: Some(5), on_time: None }),
        ..counts()
    };
    assert_eq!(residuals(&partial), [(Identity::Received, 7, 8, false), (Identity::InTime, 4, 5, false)]);
    assert!(partial.residuals()[0].to_string().contains("at least 8"));
}

#[test]
fn totals_are_the_published_ones_else_the_sums() {
    assert_eq!(Received { online: Some(1), direct: Some(2), carried_over: Some(3), total: Some(9) }.count(), Some(9));
    assert_eq!(Received { online: Some(1), direct: Some(2), carried_over: Some(3), total: None }.count(), Some(6));
    assert_eq!(Received { online: Some(1), ..Received::default() }.count(), None);
    let resolved = Resolved { early: Some(1), on_time: Some(2), late: Some(3), ..Resolved::default() };
    assert_eq!((resolved.count(), resolved.not_late()), (Some(6), Some(3)));
    let resolved = Resolved { in_time: Some(2), late: Some(3), ..Resolved::default() };
    assert_eq!((resolved.count(), resolved.not_late()), (Some(5), Some(2)));
    assert_eq!(Pending { in_time: Some(u64::MAX), overdue: Some(1), total: None }.count(), None);
    let beyond = DossierCounts {
        pending: Some(Pending { in_time: Some(u64::MAX), overdue: Some(u64::MAX), total: Some(u64::MAX) }),
        ..counts()
    };
    assert_eq!(beyond.residuals()[0].difference(), -i128::from(u64::MAX));
}

#[test]
fn parts_beyond_their_whole_where_practice_allows_it() {
    let odd = facts(
        r#""dossier_counts": [{"body": "a", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 1},
             "apologies": 2, "supplement_requests": 1, "supplement_notices": 3}],
           "documents": [{"year": 2024, "body": "a", "total": 10, "secret": 2, "excepted": 1, "electronic": 8}]"#,
    );
    let kinds: Vec<FactNoteKind> = odd.notes().iter().map(|note| note.kind()).collect();
    assert_eq!(kinds, [FactNoteKind::PartBeyondWhole; 3]);
    assert_eq!(odd.notes()[2].path(), "documents[0]");
    assert_eq!(odd.tables().documents[0].electronic_due(), Some(7));
}

#[test]
fn words_that_are_nearly_known() {
    let odd = facts(
        r#""activities": [{"kind": "review_meting", "body": "a", "date": "2024-01-01"},
              {"kind": "review_meting", "body": "a", "date": "2024-01-08"},
              {"kind": "tree_planting", "body": "a", "date": "2024-01-01"}],
           "surveys": [{"year": 2024, "field": "lands", "percent": 1}, {"year": 2024, "field": "thuế", "percent": 1}]"#,
    );
    let notes: Vec<String> = odd.notes().iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "`surveys[0]`: `field` is `lands`, which means nothing special; did you mean `land`?",
            "`activities[0]`: `kind` is `review_meting`, which means nothing special; did you mean `review_meeting`?",
        ]
    );
}
