//! Record batches of arrow-array (feature `arrow`).

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, ArrowPrimitiveType, Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{ArrayRef, Date32Array, DictionaryArray, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{DataType, TimeUnit as Unit};

use super::{Array, ArrowError, Cells, Table, Values, columns_of};
use crate::tally::bitmap::Bitmap;
use crate::tally::columns::{Columns, Ints, Keys, Moments, TimeUnit};
use crate::tally::grouping::Grouping;
use crate::tally::reject::Rejects;
use crate::tally::role::Role;
use crate::tally::sum::Tally;

/// The validity of an array, where anything is missing.
fn valid(array: &dyn arrow_array::Array) -> Option<Bitmap<'_>> {
    let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0)?;
    Bitmap::new(nulls.validity(), nulls.offset(), nulls.len())
}

/// The numbers of an array of that type.
fn values<T: ArrowPrimitiveType>(array: &dyn arrow_array::Array) -> Option<&[T::Native]> {
    array.as_primitive_opt::<T>().map(|a| a.values().as_ref())
}

fn ints(array: &dyn arrow_array::Array) -> Option<Ints<'_>> {
    match array.data_type() {
        DataType::Int8 => values::<Int8Type>(array).map(Ints::I8),
        DataType::Int16 => values::<Int16Type>(array).map(Ints::I16),
        DataType::Int32 => values::<Int32Type>(array).map(Ints::I32),
        DataType::Int64 => values::<Int64Type>(array).map(Ints::I64),
        DataType::UInt8 => values::<UInt8Type>(array).map(Ints::U8),
        DataType::UInt16 => values::<UInt16Type>(array).map(Ints::U16),
        DataType::UInt32 => values::<UInt32Type>(array).map(Ints::U32),
        DataType::UInt64 => values::<UInt64Type>(array).map(Ints::U64),
        _ => None,
    }
}

/// The texts of an array.
fn texts(array: &dyn arrow_array::Array) -> Option<Vec<Option<&str>>> {
    match array.data_type() {
        DataType::Utf8 => array.as_string_opt::<i32>().map(|a| a.iter().collect()),
        DataType::LargeUtf8 => array.as_string_opt::<i64>().map(|a| a.iter().collect()),
        DataType::Utf8View => array.as_string_view_opt().map(|a| a.iter().collect()),
        DataType::Null => Some(vec![None; array.len()]),
        _ => None,
    }
}

fn dictionary<K: ArrowDictionaryKeyType>(array: &dyn arrow_array::Array) -> Option<Keys<'_>> {
    let array: &DictionaryArray<K> = array.as_dictionary_opt::<K>()?;
    let values = texts(array.values().as_ref())?;
    // Codes of missing rows may be anything: they are masked.
    Some(Keys::Dictionary { codes: ints(array.keys())?, values })
}

fn keys(array: &dyn arrow_array::Array) -> Option<Keys<'_>> {
    match array.data_type() {
        DataType::Dictionary(key, _) => match key.as_ref() {
            DataType::Int8 => dictionary::<Int8Type>(array),
            DataType::Int16 => dictionary::<Int16Type>(array),
            DataType::Int32 => dictionary::<Int32Type>(array),
            DataType::Int64 => dictionary::<Int64Type>(array),
            DataType::UInt8 => dictionary::<UInt8Type>(array),
            DataType::UInt16 => dictionary::<UInt16Type>(array),
            DataType::UInt32 => dictionary::<UInt32Type>(array),
            DataType::UInt64 => dictionary::<UInt64Type>(array),
            _ => None,
        },
        DataType::Utf8 => {
            array.as_string_opt::<i32>().map(|a| Keys::Utf8 { offsets: a.value_offsets(), bytes: a.value_data() })
        }
        DataType::LargeUtf8 => {
            array.as_string_opt::<i64>().map(|a| Keys::LargeUtf8 { offsets: a.value_offsets(), bytes: a.value_data() })
        }
        DataType::Utf8View => array.as_string_view_opt().map(|a| {
            let buffers = a.data_buffers().iter().map(|b| b.as_slice()).collect();
            Keys::Views { views: a.views(), buffers }
        }),
        _ => None,
    }
}

fn moments(array: &dyn arrow_array::Array) -> Option<Moments<'_>> {
    let (values, unit, utc) = match array.data_type() {
        DataType::Date32 => return values::<Date32Type>(array).map(Moments::Days),
        DataType::Date64 => (values::<Date64Type>(array), TimeUnit::Millisecond, false),
        DataType::Timestamp(unit, zone) => match unit {
            Unit::Second => (values::<TimestampSecondType>(array), TimeUnit::Second, zone.is_some()),
            Unit::Millisecond => (values::<TimestampMillisecondType>(array), TimeUnit::Millisecond, zone.is_some()),
            Unit::Microsecond => (values::<TimestampMicrosecondType>(array), TimeUnit::Microsecond, zone.is_some()),
            Unit::Nanosecond => (values::<TimestampNanosecondType>(array), TimeUnit::Nanosecond, zone.is_some()),
        },
        _ => return None,
    };
    values.map(|values| Moments::Stamps { values, unit, utc })
}

fn bits(array: &dyn arrow_array::Array) -> Option<Bitmap<'_>> {
    let values = array.as_boolean_opt()?.values();
    Bitmap::new(values.values(), values.offset(), values.len())
}

fn read(array: &dyn arrow_array::Array) -> Array<'_> {
    let found = keys(array)
        .map(Values::Keys)
        .or_else(|| moments(array).map(Values::Moments))
        .or_else(|| ints(array).map(Values::Ints))
        .or_else(|| bits(array).map(Values::Bits));
    let values = found.unwrap_or(if *array.data_type() == DataType::Null { Values::Null } else { Values::Other });
    Array { kind: array.data_type().to_string(), values, valid: valid(array) }
}

/// The columns of a record batch, by their names or a mapping of names: see [`columns_of`].
///
/// # Errors
/// [`ArrowError`].
pub fn columns<'a>(batch: &'a RecordBatch, mapping: &[(String, Option<Role>)]) -> Result<Columns<'a>, ArrowError> {
    let headings: Vec<String> = batch.schema_ref().fields().iter().map(|field| field.name().clone()).collect();
    let none = || Array { kind: String::new(), values: Values::Other, valid: None };
    columns_of(&headings, &|at| batch.columns().get(at).map_or_else(none, |array| read(array.as_ref())), mapping)
}

impl Table {
    fn to_record_batch(&self) -> Option<RecordBatch> {
        let columns = self.columns().iter().map(|column| {
            let array: ArrayRef = match &column.cells {
                Cells::Texts(texts) => Arc::new(texts.iter().map(Option::as_deref).collect::<StringArray>()),
                Cells::Days(days) => Arc::new(days.iter().copied().collect::<Date32Array>()),
                Cells::Counts(counts) => Arc::new(counts.iter().copied().collect::<UInt64Array>()),
            };
            (column.name, array, column.nullable)
        });
        RecordBatch::try_from_iter_with_nullable(columns).ok()
    }
}

impl Tally {
    /// [`to_table`](Tally::to_table) as a record batch. `None` where the grouping is not kept.
    #[must_use]
    pub fn to_record_batch(&self, grouping: Grouping) -> Option<RecordBatch> {
        self.to_table(grouping)?.to_record_batch()
    }
}

impl Rejects {
    /// [`to_table`](Rejects::to_table) as a record batch.
    #[must_use]
    pub fn to_record_batch(&self) -> Option<RecordBatch> {
        self.to_table().to_record_batch()
    }
}
