//! The tally against the plainest loop, in every layout, split, order and number of threads.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    unreachable_pub
)]

#[cfg(feature = "arrow")]
mod arrow;
mod csv;
mod judged;
mod naive;
mod rows;
mod snapshot;

use std::sync::{Arc, OnceLock};

use caicach::calendar::{epoch_days, from_epoch_days, parse_iso};
use caicach::tally::*;
use naive::{Fate, Terms, count, fate, of_tally};
use proptest::prelude::*;
use rows::{Batch, DAY0, Layout, Row, layout, row};

fn date(day: i32) -> caicach::calendar::Date {
    from_epoch_days(day).expect("a date")
}

fn workdays() -> Arc<Workdays> {
    static TABLE: OnceLock<Arc<Workdays>> = OnceLock::new();
    let table = || {
        let ends = [parse_iso("2020-01-01").unwrap(), parse_iso("2030-12-31").unwrap()];
        Arc::new(Workdays::new(ends[0], ends[1], |d| !naive::is_weekend(epoch_days(d))))
    };
    Arc::clone(TABLE.get_or_init(table))
}

fn options(terms: &Terms) -> Options {
    let mut options = Options::as_of(date(terms.as_of))
        .suspension(if terms.working { Suspension::Working(Some(workdays())) } else { Suspension::Calendar })
        .repeat_supplement(if terms.repeat_late { RepeatSupplement::Late } else { RepeatSupplement::Ignore })
        .cancelled(if terms.exclude { Cancelled::Excluded } else { Cancelled::Counted });
    if let Some(start) = terms.start {
        options = options.starting(date(start));
    }
    options
}

fn terms() -> impl Strategy<Value = Terms> {
    let start = prop_oneof![Just(None), (DAY0..DAY0 + 60).prop_map(Some)];
    (DAY0 - 5..DAY0 + 100, start, any::<[bool; 3]>()).prop_map(|(as_of, start, [working, repeat_late, exclude])| {
        Terms { as_of, start: start.filter(|s| *s <= as_of), working, repeat_late, exclude }
    })
}

fn groupings() -> impl Strategy<Value = Vec<Grouping>> {
    let all = [Dimension::Body, Dimension::Officer, Dimension::Field, Dimension::Month];
    prop::collection::vec(prop::sample::subsequence(all.to_vec(), 0..=4).prop_map(Grouping::of), 1..4)
}

fn tally(rows: &[Row], layout: Layout, groupings: &[Grouping], terms: &Terms) -> Tally {
    let batch = Batch::new(rows, layout);
    Tally::of(&batch.columns(), groupings, &options(terms), &Run::default()).expect("a tally").tally
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn equals_the_plainest_loop(
        rows in prop::collection::vec(row(), 0..120), layout in layout(), wanted in groupings(), terms in terms()
    ) {
        let tally = tally(&rows, layout, &wanted, &terms);
        for grouping in wanted {
            prop_assert_eq!(of_tally(&tally, grouping), count(&rows, &layout, &terms, grouping), "{}", grouping);
        }
        let fates: Vec<Fate> = rows.iter().map(|r| fate(r, &layout, &terms)).collect();
        let number = |of: fn(&Fate) -> bool| fates.iter().filter(|f| of(f)).count() as u64;
        let found = tally.reckoning();
        prop_assert_eq!(found.rejected(), number(|f| *f == Fate::Rejected));
        prop_assert_eq!(found.received_after_as_of(), number(|f| *f == Fate::After));
        prop_assert_eq!(found.closed_before_period(), number(|f| *f == Fate::Before));
        prop_assert_eq!(found.cancelled_excluded(), number(|f| *f == Fate::Excluded));
        prop_assert_eq!(found.rows(), rows.len() as u64);
    }

    #[test]
    fn the_whole_is_the_sum_of_its_parts(
        rows in prop::collection::vec(row(), 0..80), cut in 0..80_usize, layouts in [layout(), layout()],
        wanted in groupings(), terms in terms()
    ) {
        // Instants and days judge differently, so both parts are of one kind.
        let [one, mut two] = layouts;
        two.stamps = one.stamps;
        let (a, b) = rows.split_at(cut.min(rows.len()));
        let (ta, tb) = (tally(a, one, &wanted, &terms), tally(b, two, &wanted, &terms));
        let whole = tally(&rows, one, &wanted, &terms);
        prop_assert_eq!(&ta.merge(&tb).unwrap(), &whole);
        prop_assert_eq!(&tb.merge(&ta).unwrap(), &whole);
        let none = Tally::empty(&options(&terms), &wanted);
        prop_assert_eq!(&none.merge(&whole).unwrap(), &whole);
        prop_assert_eq!(&whole.merge(&none).unwrap(), &whole);
        prop_assert_eq!(whole.minus(&tb).unwrap(), ta);
    }

    #[test]
    fn fewer_groupings_are_counted_as_if_alone(
        rows in prop::collection::vec(row(), 0..60), layout in layout(), wanted in groupings(), fewer in groupings(),
        terms in terms()
    ) {
        let kept = |g: &Grouping| wanted.iter().any(|w| g.is_within(*w));
        let only = tally(&rows, layout, &wanted, &terms).only(&fewer);
        prop_assert_eq!(only.is_some(), fewer.iter().all(kept));
        if let Some(only) = only {
            prop_assert_eq!(only, tally(&rows, layout, &fewer, &terms));
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(
        (rows, shuffled) in prop::collection::vec(row(), 0..80).prop_flat_map(|v| (Just(v.clone()), Just(v).prop_shuffle())),
        layout in layout(), wanted in groupings(), terms in terms()
    ) {
        prop_assert_eq!(tally(&rows, layout, &wanted, &terms), tally(&shuffled, layout, &wanted, &terms));
    }

    #[test]
    fn merging_is_associative(
        parts in prop::collection::vec(prop::collection::vec(row(), 0..30), 3), layout in layout(), wanted in groupings(),
        terms in terms()
    ) {
        let t: Vec<Tally> = parts.iter().map(|p| tally(p, layout, &wanted, &terms)).collect();
        let left = t[0].merge(&t[1]).unwrap().merge(&t[2]).unwrap();
        let right = t[0].merge(&t[1].merge(&t[2]).unwrap()).unwrap();
        prop_assert_eq!(Tally::merge_all(&t).unwrap(), Some(left.clone()));
        prop_assert_eq!(Tally::merge_all(&t[..1]).unwrap(), t.first().cloned());
        prop_assert_eq!(left, right);
    }

    #[test]
    fn changes_equal_counting_from_scratch(
        rows in prop::collection::vec(row(), 1..60), new in row(), at in any::<prop::sample::Index>(), layout in layout(),
        wanted in groupings(), terms in terms()
    ) {
        let mut changed = tally(&rows, layout, &wanted, &terms);
        let mut after = rows.clone();
        let old = std::mem::replace(&mut after[at.index(rows.len())], new.clone());
        let (out, into) = (Batch::new(&[old], layout), Batch::new(&[new], layout));
        changed.apply_change(&out.columns(), &into.columns(), &options(&terms)).unwrap();
        prop_assert_eq!(changed, tally(&after, layout, &wanted, &terms));
    }

    #[test]
    fn what_was_never_in_cannot_be_taken_out(a in row(), b in row(), layout in layout(), terms in terms()) {
        let wanted = [Grouping::BODY_FIELD_MONTH, Grouping::OFFICER];
        let mut one = tally(std::slice::from_ref(&a), layout, &wanted, &terms);
        let before = one.clone();
        let (out, none) = (Batch::new(&[b.clone(), b.clone()], layout), Batch::new(&[], layout));
        prop_assert!(one.apply_change(&out.columns(), &none.columns(), &options(&terms)).is_err());
        prop_assert_eq!(one, before);
    }

    #[test]
    fn moving_as_of_equals_counting_from_scratch(
        rows in prop::collection::vec(row(), 0..60), by in 0..60_i32, layout in layout(), wanted in groupings(), terms in terms()
    ) {
        let later = Terms { as_of: terms.as_of + by, ..terms };
        let moved = tally(&rows, layout, &wanted, &terms).moved_to(date(later.as_of));
        let events = |row: &Row| {
            let days = match fate(row, &layout, &terms) {
                Fate::After => row.received,
                Fate::Counted { closed: None, .. } => row.completed,
                _ => None,
            };
            days.is_some_and(|(day, _)| (terms.as_of + 1..=later.as_of).contains(&day))
        };
        match moved {
            Err(MoveError::RowsBetween { rows: n }) => prop_assert_eq!(n, rows.iter().filter(|r| events(r)).count() as u64),
            Err(other) => prop_assert!(false, "{other}"),
            Ok(moved) => {
                prop_assert_eq!(rows.iter().filter(|r| events(r)).count(), 0);
                prop_assert_eq!(moved, tally(&rows, layout, &wanted, &later));
            }
        }
    }

    /// As an office works: each day new rows come in and pending ones are closed; nothing else is read again.
    #[test]
    fn day_by_day_equals_counting_from_scratch(
        rows in prop::collection::vec(row(), 0..40), layout in layout(), wanted in groupings(), terms in terms()
    ) {
        let known = |row: &Row, day: i32| {
            // What the books say at the end of a day.
            let came = row.received.is_none_or(|(d, _)| d <= day);
            let closed = row.completed.is_some_and(|(d, _)| d <= day);
            came.then(|| if closed { row.clone() } else { Row { completed: None, cancelled: None, ..row.clone() } })
        };
        let state = |day: i32| rows.iter().map(|r| known(r, day)).collect::<Vec<_>>();
        let at = |day: i32| Terms { as_of: day, ..terms };
        let some = |rows: &[Option<Row>]| rows.iter().flatten().cloned().collect::<Vec<_>>();
        let first = terms.as_of.min(DAY0 + 80);
        let mut now = tally(&some(&state(first)), layout, &wanted, &at(first));
        for day in [first + 1, first + 2, first + 9] {
            let (before, after) = (state(first.max(day - if day == first + 9 { 7 } else { 1 })), state(day));
            let changed: Vec<usize> = (0..rows.len()).filter(|i| before[*i] != after[*i]).collect();
            let pick = |from: &[Option<Row>]| some(&changed.iter().map(|i| from[*i].clone()).collect::<Vec<_>>());
            now = now.moved_to(date(day)).unwrap();
            let (out, into) = (Batch::new(&pick(&before), layout), Batch::new(&pick(&after), layout));
            now.apply_change(&out.columns(), &into.columns(), &options(&at(day))).unwrap();
            prop_assert_eq!(&now, &tally(&some(&after), layout, &wanted, &at(day)));
        }
    }
}

#[test]
fn threads_and_batches_change_nothing() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let some: Vec<Row> = (0..997).map(|_| row().new_tree(&mut runner).unwrap().current()).collect();
    let rows: Vec<Row> = some.iter().cycle().take(150_000).cloned().collect();
    let terms = Terms { as_of: DAY0 + 60, start: Some(DAY0 + 20), working: true, repeat_late: true, exclude: false };
    let wanted = [Grouping::BODY, Grouping::OFFICER, Grouping::BODY_FIELD_MONTH];
    let layout = Layout { keys: 0, stamps: [false, true, true], unit: 0, utc: true, offset: 3 };
    let batch = Batch::new(&rows, layout);
    let options = options(&terms);
    let one = Tally::of(&batch.columns(), &wanted, &options, &Run::default()).unwrap();
    let three = Tally::of(&batch.columns(), &wanted, &options, &Run::default().threads(3)).unwrap();
    assert_eq!(one, three);
    for layout in [layout, Layout { keys: 2, ..layout }, Layout { keys: 4, ..layout }] {
        let run = Run::default();
        let mut tallier = Tallier::new(&wanted, &options, &run);
        for part in rows.chunks(1777) {
            tallier.add(&Batch::new(part, layout).columns()).unwrap();
        }
        assert_eq!(tallier.finish().unwrap().tally, one.tally);
    }
    for grouping in wanted {
        assert_eq!(of_tally(&one.tally, grouping), count(&rows, &layout, &terms, grouping));
    }
}
