//! Arrow arrays of every type, sliced, against plain columns.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, LargeStringBuilder, StringBuilder, StringDictionaryBuilder, StringViewBuilder,
};
use arrow_array::types::{Int8Type, Int32Type, UInt64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int16Array, Int64Array, NullArray, RecordBatch,
    StringArray, TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray, TimestampSecondArray,
    UInt8Array, UInt64Array,
};
use caicach::tally::arrow::{ArrowError, columns};
use caicach::tally::*;
use proptest::prelude::*;

use super::rows::{BODIES, Batch, CHANNELS, FIELDS, Layout, OFFICERS, Row, row};
use super::{options, terms};

fn names(values: &[Option<&str>], kind: u8) -> ArrayRef {
    macro_rules! built {
        ($builder:expr) => {{
            let mut builder = $builder;
            values.iter().for_each(|v| _ = builder.append_option(*v));
            Arc::new(builder.finish()) as ArrayRef
        }};
    }
    match kind {
        0 => built!(StringBuilder::new()),
        1 => built!(LargeStringBuilder::new()),
        2 => built!(StringViewBuilder::new()),
        3 => built!(StringDictionaryBuilder::<Int32Type>::new()),
        4 => built!(StringDictionaryBuilder::<Int8Type>::new()),
        _ => built!(StringDictionaryBuilder::<UInt64Type>::new()),
    }
}

fn moments(values: &[Option<(i32, i32)>], stamps: bool, unit: u8, utc: bool) -> ArrayRef {
    if !stamps {
        return Arc::new(values.iter().map(|v| v.map(|v| v.0)).collect::<Date32Array>());
    }
    let per = [1, 1_000, 1_000_000, 1_000_000_000][usize::from(unit)];
    let ahead = if utc { 7 * 3600 } else { 0 };
    let stamp = |(day, time): (i32, i32)| (i64::from(day) * 86_400 + i64::from(time) - ahead).saturating_mul(per);
    let zone = utc.then_some("UTC");
    let all = values.iter().map(|v| v.map(stamp));
    match unit {
        0 => Arc::new(all.collect::<TimestampSecondArray>().with_timezone_opt(zone)),
        1 => Arc::new(all.collect::<TimestampMillisecondArray>().with_timezone_opt(zone)),
        2 => Arc::new(all.collect::<TimestampMicrosecondArray>().with_timezone_opt(zone)),
        _ => Arc::new(all.collect::<TimestampNanosecondArray>().with_timezone_opt(zone)),
    }
}

fn record_batch(rows: &[Row], layout: Layout, kinds: [u8; 4]) -> RecordBatch {
    let name = |of: fn(&Row) -> Option<u8>, list: &[&'static str], kind| {
        names(&rows.iter().map(|r| of(r).map(|n| list[usize::from(n)])).collect::<Vec<_>>(), kind)
    };
    let moment = |of: fn(&Row) -> Option<(i32, i32)>, at: usize| {
        moments(&rows.iter().map(of).collect::<Vec<_>>(), layout.stamps[at], layout.unit, layout.utc)
    };
    let flag = |of: fn(&Row) -> Option<bool>| -> ArrayRef {
        let mut builder = BooleanBuilder::new();
        rows.iter().for_each(|r| builder.append_option(of(r)));
        Arc::new(builder.finish())
    };
    RecordBatch::try_from_iter_with_nullable([
        ("Đơn vị", name(|r| r.body, &BODIES, kinds[0]), true),
        ("officer", name(|r| r.officer, &OFFICERS, kinds[1]), true),
        ("Lĩnh vực", name(|r| r.field, &FIELDS, kinds[2]), true),
        ("channel", name(|r| r.channel, &CHANNELS, kinds[3]), true),
        ("received", moment(|r| r.received, 0), true),
        ("due", moment(|r| r.due, 1), true),
        ("completed", moment(|r| r.completed, 2), true),
        ("cancelled", flag(|r| r.cancelled), true),
        ("suspended_days", Arc::new(rows.iter().map(|r| r.suspended).collect::<UInt8Array>()), true),
        ("supplement_requests", Arc::new(rows.iter().map(|r| r.requests.map(i64::from)).collect::<Int64Array>()), true),
        ("supplement_notices", Arc::new(rows.iter().map(|r| r.notices.map(i16::from)).collect::<Int16Array>()), true),
        ("apology", flag(|r| r.apology), true),
        ("satisfied", flag(|r| r.satisfied), true),
        ("comment", Arc::new(NullArray::new(rows.len())), true),
    ])
    .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn arrays_count_as_plain_columns(
        rows in prop::collection::vec(row(), 0..60), stamps in any::<[bool; 3]>(), unit in 0..4_u8, utc in any::<bool>(),
        kinds in [0..6_u8, 0..6_u8, 0..6_u8, 0..6_u8], from in 0..20_usize, terms in terms()
    ) {
        let layout = Layout { keys: 0, stamps, unit, utc, offset: 0 };
        let from = from.min(rows.len());
        let batch = record_batch(&rows, layout, kinds).slice(from, rows.len() - from);
        let plain = Batch::new(&rows[from..], layout);
        let wanted = [Grouping::BODY_FIELD_MONTH, Grouping::OFFICER];
        let (options, run) = (options(&terms), Run::default());
        let arrow = Tally::of(&columns(&batch, &[]).unwrap(), &wanted, &options, &run).unwrap();
        let plain = Tally::of(&plain.columns(), &wanted, &options, &run).unwrap();
        prop_assert_eq!(&arrow, &plain);
        for grouping in wanted {
            let out = arrow.tally.to_record_batch(grouping).unwrap();
            let total = out.column_by_name("received_total").unwrap();
            let total: u64 = total.as_any().downcast_ref::<UInt64Array>().unwrap().values().iter().sum();
            let groups = arrow.tally.groups(grouping).unwrap();
            prop_assert_eq!(out.num_rows(), groups.len());
            prop_assert_eq!(total, groups.iter().map(|g| g.counts.received.total()).sum::<u64>());
        }
        prop_assert_eq!(arrow.rejects.to_record_batch().unwrap().num_rows(), arrow.rejects.kept().len());
    }
}

#[test]
fn wrong_types_are_named() {
    let body: ArrayRef = Arc::new(StringArray::from(vec!["A"]));
    let day: ArrayRef = Arc::new(Date32Array::from(vec![20_000]));
    let float: ArrayRef = Arc::new(Float64Array::from(vec![1.0]));
    let batch = |extra: (&'static str, &ArrayRef)| {
        let columns = [("body", &body), ("received", &day), ("due", &day), extra];
        RecordBatch::try_from_iter(columns.map(|(n, a)| (n, a.clone()))).unwrap()
    };
    let error = |extra| columns(&batch(extra), &[]).unwrap_err().to_string();
    assert_eq!(error(("completed", &float)), "column `completed` is of type Float64; expected Date32 or Timestamp");
    assert_eq!(error(("suspended_days", &float)), "column `suspended_days` is of type Float64; expected whole numbers");
    assert_eq!(error(("satisfied", &body)), "column `satisfied` is of type Utf8; expected Boolean or whole numbers");
    assert!(error(("officer", &float)).starts_with("column `officer` is of type Float64; expected text"));
    let null: ArrayRef = Arc::new(NullArray::new(1));
    let with_null = batch(("officer", &null));
    let found = columns(&with_null, &[]).unwrap();
    let options = Options::as_of(super::date(20_001));
    let missing = Tally::of(&found, &[Grouping::OFFICER], &options, &Run::default());
    assert_eq!(missing.unwrap_err(), TallyError::NoColumn { dimension: "officer" });
    let one = batch(("Cơ quan", &body));
    assert!(matches!(columns(&one, &[]), Err(ArrowError::Columns(RoleError::TwoColumns { .. }))));
    let flags: ArrayRef = Arc::new(BooleanArray::from(vec![true]));
    assert!(columns(&batch(("satisfied", &flags)), &[]).is_ok());
}
