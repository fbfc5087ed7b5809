//! A record batch, read where it lies.

use std::sync::{Arc, Mutex, PoisonError};

use caicach::tally::arrow::{Array, ArrowError, Values, columns_of};
use caicach::tally::{Bitmap, Columns, Ints, Keys, Moments, Role, TimeUnit};

use crate::Broken;
use crate::abi::{ArrowArray, ArrowSchema};
use crate::kind::{Field, Kind, fields};

/// Rows of dossiers.
#[derive(Debug)]
pub struct Batch {
    array: ArrowArray,
    fields: Arc<[Field]>,
    offset: usize,
    rows: usize,
    /// Copies of what does not lie where numbers of its width should. None is ever taken away.
    aligned: Mutex<Vec<Box<[u128]>>>,
}

impl Batch {
    /// The batch of a schema and an array that belong together.
    ///
    /// # Errors
    /// [`Broken`] where they have been released, or are not a record batch.
    pub fn of(schema: &ArrowSchema, array: ArrowArray) -> Result<Self, Broken> {
        if schema.release.is_none() || array.release.is_none() {
            return Err(Broken("the Arrow data have been released".into()));
        }
        Self::new(array, fields(schema)?.into())
    }

    pub(crate) fn empty(fields: Arc<[Field]>) -> Self {
        Self { array: ArrowArray::released(), fields, offset: 0, rows: 0, aligned: Mutex::default() }
    }

    pub(crate) fn new(array: ArrowArray, fields: Arc<[Field]>) -> Result<Self, Broken> {
        let (offset, rows) = (number(array.offset)?, number(array.length)?);
        let batch = Self { array, fields, offset, rows, aligned: Mutex::default() };
        if number(batch.array.n_children)? != batch.fields.len() {
            return Err(Broken("a batch has not as many columns as its stream".into()));
        }
        let part = Part { batch: &batch, array: &batch.array, offset, len: rows };
        if part.valid().is_some_and(|valid| !(0..rows).all(|row| valid.get(row))) {
            return Err(Broken("a record batch has no missing rows".into()));
        }
        let end = offset.checked_add(rows).ok_or_else(too_long)?;
        for column in 0..batch.fields.len() {
            let child = batch.child(column).ok_or_else(|| Broken("a column is not there".into()))?;
            if number(child.length)? < end {
                return Err(Broken("a column is shorter than its batch".into()));
            }
            number(child.offset)?.checked_add(end).ok_or_else(too_long)?;
            if let Some(dictionary) = dictionary(child) {
                number(dictionary.offset)?.checked_add(number(dictionary.length)?).ok_or_else(too_long)?;
            }
        }
        Ok(batch)
    }

    /// How many rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The columns of dossiers, by their names or a mapping of names.
    ///
    /// # Errors
    /// [`ArrowError`].
    pub fn columns(&self, mapping: &[(String, Option<Role>)]) -> Result<Columns<'_>, ArrowError> {
        let headings: Vec<String> = self.fields.iter().map(|field| field.name.clone()).collect();
        columns_of(&headings, &|at| self.array(at), mapping)
    }

    fn child(&self, at: usize) -> Option<&ArrowArray> {
        if self.array.children.is_null() {
            return None;
        }
        // SAFETY: there are as many pointers as columns, to arrays that live as long as this one.
        unsafe { (*self.array.children.add(at)).as_ref() }
    }

    fn array(&self, at: usize) -> Array<'_> {
        let nothing = Array { kind: String::new(), values: Values::Other, valid: None };
        let Some(field) = self.fields.get(at) else { return nothing };
        // A batch without rows may be one without arrays: its own stands in, of which nothing is read then.
        let array = self.child(at).unwrap_or(&self.array);
        let offset = number(array.offset).unwrap_or(0).saturating_add(self.offset);
        Part { batch: self, array, offset, len: self.rows }.read(field)
    }
}

/// A stretch of an array.
#[derive(Clone, Copy)]
struct Part<'a> {
    batch: &'a Batch,
    array: &'a ArrowArray,
    offset: usize,
    len: usize,
}

impl<'a> Part<'a> {
    fn read(self, field: &Field) -> Array<'a> {
        let stamps = |unit, utc| Values::Moments(Moments::Stamps { values: self.values(), unit, utc });
        let (kind, values) = match field.values {
            Some(of) => (format!("Dictionary({}, {of})", field.kind), self.dictionary(field.kind, of)),
            None => (field.kind.to_string(), None),
        };
        let values = values.unwrap_or_else(|| match field.kind {
            _ if field.values.is_some() => Values::Other,
            Kind::Null => Values::Null,
            Kind::Boolean => self.bits(1).map_or(Values::Other, Values::Bits),
            Kind::Utf8 => {
                let offsets = self.offsets::<i32>();
                Values::Keys(Keys::Utf8 { offsets, bytes: self.bytes(offsets.last().map(|end| i64::from(*end))) })
            }
            Kind::LargeUtf8 => {
                let offsets = self.offsets::<i64>();
                Values::Keys(Keys::LargeUtf8 { offsets, bytes: self.bytes(offsets.last().copied()) })
            }
            Kind::Utf8View => Values::Keys(Keys::Views { views: self.values(), buffers: self.view_buffers() }),
            Kind::Date32 => Values::Moments(Moments::Days(self.values())),
            Kind::Date64 => stamps(TimeUnit::Millisecond, false),
            Kind::Timestamp(unit, utc) => stamps(unit, utc),
            other => self.ints(other).map_or(Values::Other, Values::Ints),
        });
        Array { kind, values, valid: if field.kind == Kind::Null { None } else { self.valid() } }
    }

    fn ints(self, kind: Kind) -> Option<Ints<'a>> {
        Some(match kind {
            Kind::Int8 => Ints::I8(self.values()),
            Kind::UInt8 => Ints::U8(self.values()),
            Kind::Int16 => Ints::I16(self.values()),
            Kind::UInt16 => Ints::U16(self.values()),
            Kind::Int32 => Ints::I32(self.values()),
            Kind::UInt32 => Ints::U32(self.values()),
            Kind::Int64 => Ints::I64(self.values()),
            Kind::UInt64 => Ints::U64(self.values()),
            _ => return None,
        })
    }

    fn dictionary(self, codes: Kind, values: Kind) -> Option<Values<'a>> {
        let array = dictionary(self.array);
        let texts = array.map(|array| {
            let (offset, len) = (number(array.offset).unwrap_or(0), number(array.length).unwrap_or(0));
            Part { array, offset, len, ..self }.texts(values)
        });
        // Only a batch without rows has none.
        let values = texts.unwrap_or(Some(Vec::new()))?;
        Some(Values::Keys(Keys::Dictionary { codes: self.ints(codes)?, values }))
    }

    /// The texts of a dictionary, which are few: whether they are UTF-8 is checked.
    fn texts(self, kind: Kind) -> Option<Vec<Option<&'a str>>> {
        let texts: Vec<Option<&[u8]>> = match kind {
            Kind::Utf8 => {
                let ends: Vec<i64> = self.offsets::<i32>().iter().map(|end| i64::from(*end)).collect();
                between(&ends, self.bytes(ends.last().copied()))
            }
            Kind::LargeUtf8 => {
                let ends = self.offsets::<i64>();
                between(ends, self.bytes(ends.last().copied()))
            }
            Kind::Utf8View => {
                let buffers = self.view_buffers();
                let views = self.values::<[u8; 16]>();
                views.iter().map(|view| viewed(view, &buffers)).collect()
            }
            Kind::Null => return Some(vec![None; self.len]),
            _ => return None,
        };
        let valid = self.valid();
        let there = |row| valid.is_none_or(|valid| valid.get(row));
        let text = |(row, text): (usize, Option<&'a [u8]>)| match text {
            Some(text) if there(row) => std::str::from_utf8(text).ok().map(Some),
            None if there(row) => None,
            _ => Some(None),
        };
        texts.into_iter().enumerate().map(text).collect()
    }

    /// Which are there, where any is missing.
    fn valid(self) -> Option<Bitmap<'a>> {
        if self.array.null_count == 0 {
            return None;
        }
        self.bits(0).filter(|bits| !self.all_set(*bits))
    }

    fn all_set(self, bits: Bitmap<'a>) -> bool {
        let (whole, rest) = (self.offset.next_multiple_of(8), self.offset.saturating_add(self.len));
        let bytes = self.slice::<u8>(0, 0, rest / 8);
        let edges = (self.offset..whole.min(rest)).chain((rest / 8 * 8).max(self.offset)..rest);
        bytes.get(whole / 8..).is_none_or(|bytes| bytes.iter().all(|byte| *byte == u8::MAX))
            && edges.map(|bit| bit.saturating_sub(self.offset)).all(|row| bits.get(row))
    }

    fn bits(self, at: usize) -> Option<Bitmap<'a>> {
        let offset = if self.len == 0 { 0 } else { self.offset };
        Bitmap::new(self.slice(at, 0, offset.saturating_add(self.len).div_ceil(8)), offset, self.len)
    }

    fn values<T: Number>(self) -> &'a [T] {
        self.slice(1, self.offset, self.len)
    }

    /// Where each text begins and the last one ends.
    fn offsets<T: Number>(self) -> &'a [T] {
        let ends = if self.len == 0 { 0 } else { self.len.saturating_add(1) };
        self.slice(1, self.offset, ends)
    }

    /// The bytes of all texts.
    fn bytes(self, end: Option<i64>) -> &'a [u8] {
        self.slice(2, 0, end.and_then(|end| usize::try_from(end).ok()).unwrap_or(0))
    }

    /// What views look into; how long each buffer is stands in the last one.
    fn view_buffers(self) -> Vec<&'a [u8]> {
        let count = number(self.array.n_buffers).unwrap_or(0).saturating_sub(3);
        let lengths = self.slice::<i64>(count.saturating_add(2), 0, count);
        lengths.iter().zip(2..).map(|(len, at)| self.slice(at, 0, usize::try_from(*len).unwrap_or(0))).collect()
    }

    /// So many numbers of a buffer; none where the buffer is not there.
    fn slice<T: Number>(self, at: usize, from: usize, len: usize) -> &'a [T] {
        let buffers = number(self.array.n_buffers).unwrap_or(0);
        if len == 0 || at >= buffers || self.array.buffers.is_null() {
            return &[];
        }
        // SAFETY: there are as many buffers.
        let buffer = unsafe { *self.array.buffers.add(at) };
        if buffer.is_null() {
            return &[];
        }
        let numbers = buffer.cast::<T>().wrapping_add(from);
        let numbers =
            if numbers.is_aligned() { numbers } else { self.batch.copied(numbers.cast(), len * size_of::<T>()).cast() };
        // SAFETY: by Arrow's format the buffer is long enough, and it stays as it is until the array is released, as a
        // copy does: both belong to the batch. Whatever it holds are numbers.
        unsafe { std::slice::from_raw_parts(numbers, len) }
    }
}

impl Batch {
    /// A copy of so many bytes that lies as any number should.
    fn copied(&self, from: *const u8, len: usize) -> *const u8 {
        let mut copy = vec![0_u128; len.div_ceil(size_of::<u128>())].into_boxed_slice();
        // SAFETY: by Arrow's format as many bytes are there, and the copy has room for them.
        unsafe { std::ptr::copy_nonoverlapping(from, copy.as_mut_ptr().cast(), len) };
        let place = copy.as_ptr().cast();
        self.aligned.lock().unwrap_or_else(PoisonError::into_inner).push(copy);
        place
    }
}

/// A number: whatever bits it has, it is one.
trait Number: Copy + 'static {}

macro_rules! numbers {
    ($($name:ty),*) => {
        $(impl Number for $name {})*
    };
}

numbers!(i8, u8, i16, u16, i32, u32, i64, u64, u128, [u8; 16]);

/// The text of a view: up to 12 bytes lie in it, longer ones in a buffer.
fn viewed<'a>(view: &'a [u8; 16], buffers: &[&'a [u8]]) -> Option<&'a [u8]> {
    let (words, _) = view.as_chunks::<4>();
    let word = |at: usize| words.get(at).and_then(|word| usize::try_from(u32::from_le_bytes(*word)).ok());
    let len = word(0)?;
    if len <= 12 {
        return view.get(4..4 + len);
    }
    let from = word(3)?;
    buffers.get(word(2)?)?.get(from..from.checked_add(len)?)
}

/// The texts between offsets.
fn between<'a>(ends: &[i64], bytes: &'a [u8]) -> Vec<Option<&'a [u8]>> {
    let place = |end: &i64| usize::try_from(*end).unwrap_or(usize::MAX);
    let text = |(from, to)| bytes.get(place(from)..place(to));
    ends.iter().zip(ends.iter().skip(1)).map(text).collect()
}

fn dictionary(array: &ArrowArray) -> Option<&ArrowArray> {
    // SAFETY: an array has one or none, which lives as long.
    unsafe { array.dictionary.as_ref() }
}

fn number(of: i64) -> Result<usize, Broken> {
    usize::try_from(of).map_err(|_| Broken("a length is below 0".into()))
}

fn too_long() -> Broken {
    Broken("a column is too long".into())
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use std::ptr::null;

    use super::{ArrowArray, Batch, Part};

    #[test]
    fn numbers_may_lie_anywhere() {
        let numbers = [1_i64, -2, 3_000_000_000, 4];
        let mut bytes: Vec<u64> = vec![0; 5];
        let place = bytes.as_mut_ptr().cast::<u8>().wrapping_add(1);
        // SAFETY: there is room for four numbers from the second byte on.
        unsafe { std::ptr::copy_nonoverlapping(numbers.as_ptr().cast::<u8>(), place, 32) };
        let mut buffers = [null(), place.cast_const().cast()];
        let array = ArrowArray { n_buffers: 2, buffers: buffers.as_mut_ptr(), ..ArrowArray::released() };
        let batch = Batch::empty([].into());
        let part = Part { batch: &batch, array: &array, offset: 1, len: 3 };
        assert_eq!(part.values::<i64>(), &numbers[1..]);
        assert_eq!(part.values::<u8>(), &[0, 0, 0]);
        assert!(part.slice::<i64>(2, 0, 1).is_empty() && part.slice::<i64>(0, 0, 1).is_empty());
    }

    #[test]
    fn bits_are_all_set_or_not() {
        let batch = Batch::empty([].into());
        for offset in 0..20 {
            for len in 1..30 {
                for hole in offset.max(1) - 1..=offset + len {
                    let mut bytes = [u8::MAX; 8];
                    bytes[hole / 8] &= !(1 << (hole % 8));
                    let mut buffers = [bytes.as_ptr().cast()];
                    let array = ArrowArray {
                        null_count: -1,
                        n_buffers: 1,
                        buffers: buffers.as_mut_ptr(),
                        ..ArrowArray::released()
                    };
                    let part = Part { batch: &batch, array: &array, offset, len };
                    let inside = (offset..offset + len).contains(&hole);
                    assert_eq!(part.valid().is_some(), inside, "{offset} {len} {hole}");
                }
            }
        }
    }
}
