//! Batches through the C interface count as the record batches they came from; tables arrive as record batches.

use std::sync::Arc;

use arrow_array::builder::{StringBuilder, StringDictionaryBuilder, StringViewBuilder};
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::types::{ArrowDictionaryKeyType, Int8Type, Int32Type, UInt16Type, UInt64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, StructArray};
use arrow_array::{
    BooleanArray, Date32Array, Date64Array, Decimal128Array, Float64Array, Int8Array, Int16Array, Int32Array,
    Int64Array, LargeStringArray, ListArray, NullArray, StringArray, TimestampMicrosecondArray,
    TimestampMillisecondArray, TimestampNanosecondArray, TimestampSecondArray, UInt8Array, UInt16Array, UInt32Array,
    UInt64Array,
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use caicach::calendar::parse_iso;
use caicach::tally::{Columns, Counted, Grouping, Options, Run, Suspension, Tally};
use caicach_arrow::{ArrowArray, ArrowArrayStream, ArrowSchema, Batch, Stream, schema_of, stream_of};

const ROWS: usize = 50;
const DAY: i64 = 86_400;

/// Something for each row but every seventh.
fn some<T>(of: impl Fn(usize) -> T) -> Vec<Option<T>> {
    (0..ROWS).map(|row| (row % 7 != 3).then(|| of(row))).collect()
}

fn name(row: usize) -> String {
    format!("{} {}", ["UBND xã", "Phòng", "Sở Khoa học và Công nghệ"][row % 3], row % 5)
}

fn dictionary<K: ArrowDictionaryKeyType>(names: &[Option<String>]) -> ArrayRef {
    let mut builder = StringDictionaryBuilder::<K>::new();
    names.iter().for_each(|name| builder.append_option(name.as_deref()));
    Arc::new(builder.finish())
}

/// The same names in every type that names may have.
fn names() -> Vec<ArrayRef> {
    let names = some(name);
    let mut views = StringViewBuilder::new();
    names.iter().for_each(|name| views.append_option(name.as_deref()));
    let mut values = StringBuilder::new();
    ["A", "B"].iter().for_each(|name| values.append_value(name));
    values.append_null();
    let codes = some(|row| row as i32 % 3).into_iter().collect::<Int32Array>();
    let missing = arrow_array::DictionaryArray::new(codes.clone(), Arc::new(values.finish()));
    let large = arrow_array::DictionaryArray::new(codes.clone(), Arc::new(LargeStringArray::from(vec!["A", "B", "C"])));
    let mut viewed = StringViewBuilder::new();
    ["A", "a name of more than twelve bytes", ""].iter().for_each(|name| viewed.append_value(name));
    let viewed = arrow_array::DictionaryArray::new(codes.clone(), Arc::new(viewed.finish()));
    let null = arrow_array::DictionaryArray::new(codes, Arc::new(NullArray::new(3)));
    vec![
        Arc::new(names.iter().map(Option::as_deref).collect::<StringArray>()),
        Arc::new(names.iter().map(Option::as_deref).collect::<LargeStringArray>()),
        Arc::new(views.finish()),
        dictionary::<Int8Type>(&names),
        dictionary::<Int32Type>(&names),
        dictionary::<UInt16Type>(&names),
        dictionary::<UInt64Type>(&names),
        Arc::new(missing),
        Arc::new(large),
        Arc::new(viewed),
        Arc::new(null),
    ]
}

fn moments() -> Vec<ArrayRef> {
    let stamps = |per: i64| some(|row| (19_800 * DAY + row as i64 * 7_919) * per);
    let seconds: TimestampSecondArray = stamps(1).into_iter().collect();
    let nanoseconds: TimestampNanosecondArray = stamps(1_000_000_000).into_iter().collect();
    vec![
        Arc::new(some(|row| 19_800 + row as i32).into_iter().collect::<Date32Array>()),
        Arc::new(some(|row| (19_800 + row as i64) * DAY * 1_000).into_iter().collect::<Date64Array>()),
        Arc::new(seconds.clone()),
        Arc::new(seconds.with_timezone("Asia/Ho_Chi_Minh")),
        Arc::new(stamps(1_000).into_iter().collect::<TimestampMillisecondArray>()),
        Arc::new(stamps(1_000_000).into_iter().collect::<TimestampMicrosecondArray>()),
        Arc::new(nanoseconds.clone()),
        Arc::new(nanoseconds.with_timezone("UTC")),
    ]
}

fn ints() -> Vec<ArrayRef> {
    vec![
        Arc::new(some(|row| row as i8 % 3).into_iter().collect::<Int8Array>()),
        Arc::new(some(|row| row as u8 % 3).into_iter().collect::<UInt8Array>()),
        Arc::new(some(|row| row as i16 % 3).into_iter().collect::<Int16Array>()),
        Arc::new(some(|row| row as u16 % 3).into_iter().collect::<UInt16Array>()),
        Arc::new(some(|row| row as i32 % 3).into_iter().collect::<Int32Array>()),
        Arc::new(some(|row| row as u32 % 3).into_iter().collect::<UInt32Array>()),
        Arc::new(some(|row| row as i64 % 3).into_iter().collect::<Int64Array>()),
        Arc::new(some(|row| row as u64 % 3).into_iter().collect::<UInt64Array>()),
        // None is missing.
        Arc::new((0..ROWS as i64).collect::<Int64Array>()),
        Arc::new(NullArray::new(ROWS)),
    ]
}

/// One type after the other in every column, until each has been everywhere.
fn batches() -> Vec<RecordBatch> {
    let (names, moments, ints) = (names(), moments(), ints());
    let flags: ArrayRef = Arc::new(some(|row| row % 3 == 1).into_iter().collect::<BooleanArray>());
    let flags: Vec<ArrayRef> = ints.iter().cloned().chain([flags]).collect();
    let other: ArrayRef = Arc::new(Float64Array::from(vec![0.5; ROWS]));
    let batch = |at: usize| {
        let of = |list: &[ArrayRef], shift: usize| list[(at + shift) % list.len()].clone();
        let columns = [
            ("Đơn vị", of(&names, 0)),
            ("officer", of(&names, 1)),
            ("field", of(&names, 5)),
            ("received", of(&moments, 0)),
            ("due", of(&moments, 1)),
            ("completed", of(&moments, 2)),
            ("cancelled", of(&flags, 10)),
            ("suspended_days", of(&ints, 0)),
            ("supplement_requests", of(&ints, 3)),
            ("supplement_notices", of(&ints, 5)),
            ("apology", of(&flags, 7)),
            ("satisfied", of(&flags, 3)),
            ("comment", other.clone()),
        ];
        RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap()
    };
    (0..11).map(batch).collect()
}

fn counted(columns: &Columns<'_>) -> Counted {
    let options = Options::as_of(parse_iso("2024-04-01").unwrap()).suspension(Suspension::Calendar);
    Tally::of(columns, &[Grouping::BODY_OFFICER, Grouping::BODY_FIELD_MONTH], &options, &Run::default()).unwrap()
}

/// A stream of arrow-array as one of ours: both are the struct of the interface.
fn ours(batches: Vec<Result<RecordBatch, ArrowError>>, schema: Arc<Schema>) -> ArrowArrayStream {
    let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new(batches, schema)));
    // SAFETY: the same struct, whose fields are public by the interface.
    unsafe { std::mem::transmute::<FFI_ArrowArrayStream, ArrowArrayStream>(stream) }
}

fn stream(batch: &RecordBatch) -> Stream {
    Stream::new(ours(vec![Ok(batch.clone())], batch.schema())).unwrap()
}

/// An array and its schema as ours.
fn pair(array: &dyn Array) -> (ArrowSchema, ArrowArray) {
    let schema = FFI_ArrowSchema::try_from(array.data_type()).unwrap();
    let array = FFI_ArrowArray::new(&array.to_data());
    // SAFETY: as above.
    unsafe {
        (
            std::mem::transmute::<FFI_ArrowSchema, ArrowSchema>(schema),
            std::mem::transmute::<FFI_ArrowArray, ArrowArray>(array),
        )
    }
}

#[test]
fn batches_count_as_record_batches() {
    for whole in batches() {
        for (from, len) in [(0, ROWS), (0, 0), (1, 8), (3, 1), (8, 24), (13, 37)] {
            let batch = whole.slice(from, len);
            let expected = counted(&caicach::tally::arrow::columns(&batch, &[]).unwrap());
            let mut stream = stream(&batch);
            let found = stream.next().unwrap().unwrap();
            assert_eq!(found.rows(), len);
            assert_eq!(counted(&found.columns(&[]).unwrap()), expected, "{:?}", batch.schema());
            assert!(stream.next().is_none());
            assert_eq!(counted(&stream.empty().columns(&[]).unwrap()).tally.total().received.total(), 0);
            // A struct that is sliced itself, as one array.
            let (schema, array) = pair(&StructArray::from(whole.clone()).slice(from, len));
            let alone = Batch::of(&schema, array).unwrap();
            assert_eq!(counted(&alone.columns(&[]).unwrap()), expected, "{:?}", batch.schema());
        }
    }
}

#[test]
fn what_is_no_record_batch_is_said() {
    let of = |array: &dyn Array| {
        let (schema, array) = pair(array);
        Batch::of(&schema, array).map(|batch| batch.rows()).map_err(|broken| broken.to_string())
    };
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1, 2]));
    assert_eq!(of(&numbers).unwrap_err(), "expected a record batch, found an array of type Int64");
    let field = Arc::new(Field::new("body", DataType::Int64, true));
    let rows =
        |valid: Vec<bool>| StructArray::new(vec![field.clone()].into(), vec![numbers.clone()], Some(valid.into()));
    assert_eq!(of(&rows(vec![true, false])).unwrap_err(), "a record batch has no missing rows");
    assert_eq!(of(&rows(vec![true, true])), Ok(2));
    assert_eq!(of(&rows(vec![false, true]).slice(1, 1)), Ok(1));
    let (schema, mut array) = pair(&rows(vec![true, true]));
    drop(array.take());
    assert_eq!(Batch::of(&schema, array).unwrap_err().to_string(), "the Arrow data have been released");

    let whole = &batches()[0];
    let mut stream =
        ours(vec![Ok(whole.clone()), Err(ArrowError::ComputeError("the disk is full".into()))], whole.schema());
    let mut taken = Stream::new(stream.take()).unwrap();
    assert!(taken.next().unwrap().is_ok());
    assert!(taken.next().unwrap().unwrap_err().to_string().contains("the disk is full"));
    assert_eq!(Stream::new(stream).unwrap_err().to_string(), "the stream has been released");
}

#[test]
fn types_have_their_names() {
    let body: ArrayRef = Arc::new(StringArray::from(vec!["A"]));
    let day: ArrayRef = Arc::new(Date32Array::from(vec![19_800]));
    let said = |extra: ArrayRef| {
        let columns = [("body", &body), ("received", &day), ("due", &day), ("apology", &extra)];
        let batch = RecordBatch::try_from_iter(columns.map(|(name, array)| (name, array.clone()))).unwrap();
        let found = stream(&batch).next().unwrap().unwrap();
        let error = found.columns(&[]).unwrap_err().to_string();
        error.strip_prefix("column `apology` is of type ").unwrap().split(';').next().unwrap().to_owned()
    };
    assert_eq!(said(Arc::new(Float64Array::from(vec![1.0]))), "Float64");
    assert_eq!(said(body.clone()), "Utf8");
    assert_eq!(said(Arc::new(TimestampSecondArray::from(vec![1]))), "Timestamp");
    assert_eq!(said(dictionary::<Int8Type>(&[None])), "Dictionary(Int8, Utf8)");
    assert_eq!(said(Arc::new(Decimal128Array::from(vec![1]))), "Decimal");
    assert_eq!(said(Arc::new(ListArray::new_null(Arc::new(Field::new("item", DataType::Int8, true)), 1))), "List");
}

#[test]
fn tables_arrive_as_record_batches() {
    for batch in batches() {
        let found = counted(&caicach::tally::arrow::columns(&batch, &[]).unwrap());
        let [one, other] = [Grouping::BODY_OFFICER, Grouping::BODY_FIELD_MONTH]
            .map(|grouping| (found.tally.to_table(grouping).unwrap(), found.tally.to_record_batch(grouping).unwrap()));
        for (table, expected) in [one, other, (found.rejects.to_table(), found.rejects.to_record_batch().unwrap())] {
            // SAFETY: the same struct, whose fields are public by the interface.
            let schema = unsafe { std::mem::transmute::<ArrowSchema, FFI_ArrowSchema>(schema_of(&table)) };
            assert_eq!(Schema::try_from(&schema).unwrap(), *expected.schema());
            // SAFETY: as above.
            let stream =
                unsafe { std::mem::transmute::<ArrowArrayStream, FFI_ArrowArrayStream>(stream_of(Arc::new(table))) };
            let mut reader = RecordBatchStreamReader::try_new(stream).unwrap();
            assert_eq!(reader.next().unwrap().unwrap(), expected);
            assert!(reader.next().is_none());
        }
    }
}
