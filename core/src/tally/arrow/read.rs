//! One array as one column.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, ArrowPrimitiveType, Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, DictionaryArray};
use arrow_schema::{DataType, TimeUnit as Unit};

use super::{ArrowError, DAYS, FLAGS, Found, NAMES, NUMBERS};
use crate::tally::bitmap::Bitmap;
use crate::tally::columns::{Column, Flags, Ints, Keys, Moments, TimeUnit};

/// The validity of an array, where anything is missing.
fn valid(array: &dyn Array) -> Option<Bitmap<'_>> {
    let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0)?;
    Bitmap::new(nulls.validity(), nulls.offset(), nulls.len())
}

fn column<'a, V>(array: &'a dyn Array, values: V) -> Column<'a, V> {
    Column { values, valid: valid(array) }
}

/// The numbers of an array of that type.
fn values<T: ArrowPrimitiveType>(array: &dyn Array) -> Option<&[T::Native]> {
    array.as_primitive_opt::<T>().map(|a| a.values().as_ref())
}

fn ints(array: &dyn Array) -> Option<Ints<'_>> {
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
fn texts(array: &dyn Array) -> Option<Vec<Option<&str>>> {
    match array.data_type() {
        DataType::Utf8 => array.as_string_opt::<i32>().map(|a| a.iter().collect()),
        DataType::LargeUtf8 => array.as_string_opt::<i64>().map(|a| a.iter().collect()),
        DataType::Utf8View => array.as_string_view_opt().map(|a| a.iter().collect()),
        DataType::Null => Some(vec![None; array.len()]),
        _ => None,
    }
}

fn dictionary<K: ArrowDictionaryKeyType>(array: &dyn Array) -> Option<Column<'_, Keys<'_>>> {
    let array: &DictionaryArray<K> = array.as_dictionary_opt::<K>()?;
    let keys: &dyn Array = array.keys();
    let values = texts(array.values().as_ref())?;
    // Codes of missing rows may be anything: they are masked.
    Some(column(keys, Keys::Dictionary { codes: ints(keys)?, values }))
}

impl<'a> Found<'a> {
    pub(super) fn keys(self) -> Result<Column<'a, Keys<'a>>, ArrowError> {
        let array = self.array;
        let found = match array.data_type() {
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
            DataType::Utf8 => array
                .as_string_opt::<i32>()
                .map(|a| column(array, Keys::Utf8 { offsets: a.value_offsets(), bytes: a.value_data() })),
            DataType::LargeUtf8 => array
                .as_string_opt::<i64>()
                .map(|a| column(array, Keys::LargeUtf8 { offsets: a.value_offsets(), bytes: a.value_data() })),
            DataType::Utf8View => array.as_string_view_opt().map(|a| {
                let buffers = a.data_buffers().iter().map(|b| b.as_slice()).collect();
                column(array, Keys::Views { views: a.views(), buffers })
            }),
            _ => None,
        };
        found.ok_or_else(|| self.wrong(NAMES))
    }

    pub(super) fn moments(self) -> Result<Column<'a, Moments<'a>>, ArrowError> {
        let array = self.array;
        let stamps = |values: Option<&'a [i64]>, unit, utc| values.map(|values| Moments::Stamps { values, unit, utc });
        let found = match array.data_type() {
            DataType::Date32 => values::<Date32Type>(array).map(Moments::Days),
            DataType::Date64 => stamps(values::<Date64Type>(array), TimeUnit::Millisecond, false),
            DataType::Timestamp(unit, zone) => match unit {
                Unit::Second => stamps(values::<TimestampSecondType>(array), TimeUnit::Second, zone.is_some()),
                Unit::Millisecond => {
                    stamps(values::<TimestampMillisecondType>(array), TimeUnit::Millisecond, zone.is_some())
                }
                Unit::Microsecond => {
                    stamps(values::<TimestampMicrosecondType>(array), TimeUnit::Microsecond, zone.is_some())
                }
                Unit::Nanosecond => {
                    stamps(values::<TimestampNanosecondType>(array), TimeUnit::Nanosecond, zone.is_some())
                }
            },
            _ => None,
        };
        found.map(|moments| column(array, moments)).ok_or_else(|| self.wrong(DAYS))
    }

    pub(super) fn ints(self) -> Result<Column<'a, Ints<'a>>, ArrowError> {
        ints(self.array).map(|ints| column(self.array, ints)).ok_or_else(|| self.wrong(NUMBERS))
    }

    pub(super) fn flags(self) -> Result<Column<'a, Flags<'a>>, ArrowError> {
        let array = self.array;
        let bits = array.as_boolean_opt().and_then(|a| {
            let values = a.values();
            Bitmap::new(values.values(), values.offset(), values.len())
        });
        let flags = bits.map(Flags::Bits).or_else(|| ints(array).map(Flags::Ints));
        flags.map(|flags| column(array, flags)).ok_or_else(|| self.wrong(FLAGS))
    }
}
