//! Tallies as bytes, as facts, and on watch.

use caicach::Facts;
use caicach::calendar::parse_iso;
use caicach::facts::Tables;
use caicach::tally::*;
use proptest::prelude::*;

use super::rows::{DAY0, Layout, layout, row};
use super::{Terms, date, groupings, options, tally, terms, workdays};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn bytes_give_the_tally_back(
        rows in prop::collection::vec(row(), 0..60), layout in layout(), wanted in groupings(), terms in terms(),
        at in any::<prop::sample::Index>(), bit in 0..8_u8
    ) {
        let tally = tally(&rows, layout, &wanted, &terms);
        let bytes = tally.to_bytes();
        // Rows can be added to what is read back: the options are known again.
        prop_assert_eq!(tally.options(Some(&workdays())), Some(options(&terms)));
        prop_assert_eq!(Tally::from_bytes(&bytes), Ok(tally));
        let mut damaged = bytes.clone();
        damaged[at.index(bytes.len())] ^= 1 << bit;
        prop_assert!(Tally::from_bytes(&damaged).is_err());
        let cut = Tally::from_bytes(&bytes[..at.index(bytes.len())]);
        prop_assert!(matches!(cut, Err(SnapshotError::Truncated | SnapshotError::Checksum)));
    }

    #[test]
    fn any_bytes_are_refused_without_panic(mut content in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Tally::from_bytes(&content).is_err());
        // Even with the right head and checksum.
        use sha2::{Digest, Sha256};
        let sum = Sha256::digest(&content);
        let mut bytes = b"CCTALLY\x01".to_vec();
        bytes.extend(&sum[..8]);
        bytes.append(&mut content);
        if let Ok(tally) = Tally::from_bytes(&bytes) {
            prop_assert_eq!(tally.to_bytes(), bytes);
            _ = tally.total();
        }
    }

    #[test]
    fn a_tally_becomes_facts(rows in prop::collection::vec(row(), 0..60), layout in layout(), terms in terms()) {
        let terms = Terms { start: Some(terms.start.unwrap_or(DAY0).min(terms.as_of)), ..terms };
        let wanted = [Grouping::BODY_FIELD_MONTH, Grouping::BODY_OFFICER];
        let tally = tally(&rows, layout, &wanted, &terms);
        let record = |grouping| tally.dossier_counts(grouping).unwrap();
        for grouping in [Grouping::BODY, Grouping::BODY_FIELD, Grouping::BODY_OFFICER, Grouping::BODY_FIELD_MONTH] {
            let counts = record(grouping);
            let facts = Facts::new(Tables { dossier_counts: counts.clone(), ..Tables::default() });
            prop_assert!(facts.is_ok(), "{:?}", facts.err());
        }
        let sum = |records: &[caicach::facts::DossierCounts]| {
            records.iter().map(|r| r.resolved.as_ref().unwrap().count().unwrap()).sum::<u64>()
        };
        prop_assert_eq!(sum(&record(Grouping::BODY)), tally.total().resolved.total());
        prop_assert_eq!(sum(&record(Grouping::BODY_FIELD)), tally.total().resolved.total());
    }

    #[test]
    fn renaming_is_counting_under_the_new_names(
        rows in prop::collection::vec(row(), 0..60), layout in layout(), wanted in groupings(), terms in terms()
    ) {
        let renamed = tally(&rows, layout, &wanted, &terms).renamed(Dimension::Body, |n| (n == "P").then(|| "Lộc Thọ".into()));
        let mut under = rows.clone();
        under.iter_mut().for_each(|r| r.body = r.body.map(|b| if b == 3 { 0 } else { b }));
        prop_assert_eq!(renamed, tally(&under, layout, &wanted, &terms));
    }
}

#[test]
fn bytes_say_what_is_wrong() {
    let terms = Terms { as_of: DAY0, start: None, working: false, repeat_late: false, exclude: false };
    let layout = Layout { keys: 0, stamps: [false; 3], unit: 0, utc: false, offset: 0 };
    let bytes = tally(&[], layout, &[Grouping::BODY], &terms).to_bytes();
    let with = |at: usize, byte: u8| {
        let mut bytes = bytes.clone();
        bytes[at] = byte;
        Tally::from_bytes(&bytes).unwrap_err().to_string()
    };
    assert_eq!(with(0, b'X'), "not a tally");
    assert_eq!(with(7, 9), "the tally is of version 9, this library reads version 1");
    assert_eq!(with(20, 0xff), "the checksum of the tally does not fit: it has been damaged");
    assert_eq!(Tally::from_bytes(b"CCT"), Err(SnapshotError::Truncated));
    assert_eq!(Tally::from_bytes(b"PK"), Err(SnapshotError::NotATally));
    let other = tally(&[], layout, &[Grouping::BODY], &Terms { as_of: DAY0 + 1, ..terms });
    let this = tally(&[], layout, &[Grouping::BODY], &terms);
    assert_eq!(this.merge(&other), Err(MergeError::Terms));
    assert_eq!(this.merge(&tally(&[], layout, &[Grouping::FIELD], &terms)), Err(MergeError::Groupings));
    assert_eq!(other.moved_to(date(DAY0)), Err(MoveError::Back));
}

#[test]
fn what_to_act_on_comes_in_order() {
    let text = "body,officer,received,due,completed\n".to_owned()
        + &"A,An,01/02/2024,10/02/2024,05/02/2024\n".repeat(38)
        + "A,An,01/02/2024,10/02/2024,11/02/2024\n"
        + &"A,An,01/02/2024,05/03/2024,\n".repeat(2)
        + "A,An,01/02/2024,20/02/2024,\n"
        + &"B,Ba,01/02/2024,10/02/2024,05/02/2024\n".repeat(100)
        + &"B,Ba,01/02/2024,01/03/2024,\n".repeat(3);
    let options = Options::as_of(parse_iso("2024-03-01").unwrap());
    let (run, how) = (Run::default(), csv::CsvOptions::default());
    let found = Tally::from_csv(text.as_bytes(), &[Grouping::BODY_OFFICER], &options, &run, &how, None).unwrap();
    let five = Threshold::percent("5".parse().unwrap()).unwrap();
    let watch = found.tally.watch(Grouping::BODY, five).unwrap();
    let seen: Vec<_> = watch.iter().map(|w| (w.group.body, w.by_days_left.clone(), w.headroom)).collect();
    // A: 1 of 39 late. Of 42 in the end 2 are 4.76 %, 3 are 7.1 %.
    assert_eq!(seen[0].0, Some("A"));
    assert_eq!(seen[0].1, [(-10, 1), (4, 2)]);
    assert_eq!((seen[0].2.more_late, seen[0].2.of_pending, seen[0].2.in_time_needed), (Some(0), Some(1), 0));
    assert_eq!((seen[1].2.more_late, seen[1].2.of_pending), (Some(5), Some(3)));
    let acts = found.tally.act_today(Grouping::BODY_OFFICER, five, 5).unwrap();
    let order: Vec<_> = acts.iter().map(|a| (a.officer, a.days_left, a.dossiers, a.decides)).collect();
    assert_eq!(order, [(Some("An"), 4, 2, true), (Some("Ba"), 0, 3, false), (Some("An"), -10, 1, false)]);
}
