//! Tables for whoever reads the interfaces.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use std::sync::Arc;

use caicach::tally::arrow::{Cells, Table, TableColumn};

use crate::abi::{ArrowArray, ArrowArrayStream, ArrowSchema};

/// `ARROW_FLAG_NULLABLE`.
const NULLABLE: i64 = 2;

/// `EFBIG`.
const TOO_LARGE: c_int = 27;

/// A stream that gives the table as one batch.
#[must_use]
pub fn stream_of(table: Arc<Table>) -> ArrowArrayStream {
    let given = Box::new(Given { table, whole: false });
    ArrowArrayStream {
        get_schema: Some(get_schema),
        get_next: Some(get_next),
        get_last_error: Some(get_last_error),
        release: Some(release_stream),
        private_data: Box::into_raw(given).cast(),
    }
}

/// What a stream still has to give.
struct Given {
    table: Arc<Table>,
    whole: bool,
}

/// # Safety
/// By the interface: a stream of [`stream_of`] that has not been released, and a place to write to.
unsafe extern "C" fn get_schema(stream: *mut ArrowArrayStream, out: *mut ArrowSchema) -> c_int {
    // SAFETY: `private_data` is what `stream_of` put there, and `out` need not hold anything yet.
    unsafe { out.write(schema_of(&(*(*stream).private_data.cast::<Given>()).table)) };
    0
}

/// # Safety
/// As above.
unsafe extern "C" fn get_next(stream: *mut ArrowArrayStream, out: *mut ArrowArray) -> c_int {
    // SAFETY: as above; nobody else uses a stream during a call.
    let given = unsafe { &mut *(*stream).private_data.cast::<Given>() };
    let next = if given.whole { Some(ArrowArray::released()) } else { rows(&given.table) };
    let Some(next) = next else { return TOO_LARGE };
    given.whole = true;
    // SAFETY: as above.
    unsafe { out.write(next) };
    0
}

unsafe extern "C" fn get_last_error(_: *mut ArrowArrayStream) -> *const c_char {
    null()
}

/// # Safety
/// As above.
unsafe extern "C" fn release_stream(stream: *mut ArrowArrayStream) {
    // SAFETY: as above; a stream is released once.
    unsafe {
        drop(Box::from_raw((*stream).private_data.cast::<Given>()));
        (*stream).release = None;
    }
}

/// The columns of the table.
#[must_use]
pub fn schema_of(table: &Table) -> ArrowSchema {
    let column = |column: &TableColumn| {
        let format = match column.cells {
            Cells::Texts(_) => c"u",
            Cells::Days(_) => c"tdD",
            Cells::Counts(_) => c"L",
        };
        schema(format, column.name, if column.nullable { NULLABLE } else { 0 }, Vec::new())
    };
    schema(c"+s", "", 0, table.columns().iter().map(column).collect())
}

/// What a schema points to.
struct SchemaParts {
    name: CString,
    children: Vec<*mut ArrowSchema>,
}

fn schema(format: &'static CStr, name: &str, flags: i64, children: Vec<ArrowSchema>) -> ArrowSchema {
    let name = CString::new(name).unwrap_or_default();
    let children: Vec<_> = children.into_iter().map(|child| Box::into_raw(Box::new(child))).collect();
    let mut parts = Box::new(SchemaParts { name, children });
    ArrowSchema {
        format: format.as_ptr(),
        name: parts.name.as_ptr(),
        metadata: null(),
        flags,
        n_children: count(parts.children.len()),
        children: parts.children.as_mut_ptr(),
        dictionary: null_mut(),
        release: Some(release_schema),
        private_data: Box::into_raw(parts).cast(),
    }
}

/// # Safety
/// By the interface: a schema of [`schema`] that has not been released.
unsafe extern "C" fn release_schema(schema: *mut ArrowSchema) {
    // SAFETY: `private_data` is what `schema` put there; children that have been moved away are marked as released.
    unsafe {
        let parts = Box::from_raw((*schema).private_data.cast::<SchemaParts>());
        parts.children.iter().for_each(|child| drop(Box::from_raw(*child)));
        (*schema).release = None;
    }
}

/// The rows of the table; none where the texts of a column are more than offsets of 32 bits reach.
fn rows(table: &Table) -> Option<ArrowArray> {
    let column = |column: &TableColumn| {
        Some(match &column.cells {
            Cells::Texts(texts) => {
                let (mut offsets, mut bytes) = (vec![0], Vec::new());
                for text in texts {
                    bytes.extend_from_slice(text.as_deref().unwrap_or_default().as_bytes());
                    offsets.push(i32::try_from(bytes.len()).ok()?);
                }
                array(texts, vec![Buffer::Days(offsets), Buffer::Bytes(bytes)])
            }
            Cells::Days(days) => array(days, vec![Buffer::Days(filled(days))]),
            Cells::Counts(counts) => array(counts, vec![Buffer::Counts(filled(counts))]),
        })
    };
    let columns = table.columns().iter().map(column).collect::<Option<_>>()?;
    Some(made(table.rows(), 0, vec![Buffer::None], columns))
}

fn filled<T: Copy + Default>(cells: &[Option<T>]) -> Vec<T> {
    cells.iter().map(|cell| cell.unwrap_or_default()).collect()
}

/// Numbers that an array points to.
enum Buffer {
    None,
    Bytes(Vec<u8>),
    Days(Vec<i32>),
    Counts(Vec<u64>),
}

impl Buffer {
    const fn as_ptr(&self) -> *const c_void {
        match self {
            Buffer::None => null(),
            Buffer::Bytes(bytes) => bytes.as_ptr().cast(),
            Buffer::Days(days) => days.as_ptr().cast(),
            Buffer::Counts(counts) => counts.as_ptr().cast(),
        }
    }
}

/// A column: which cells are there, then its buffers.
fn array<T>(cells: &[Option<T>], mut buffers: Vec<Buffer>) -> ArrowArray {
    let missing = cells.iter().filter(|cell| cell.is_none()).count();
    let bits = |cells: &[Option<T>]| cells.iter().rev().fold(0, |bits, cell| bits << 1 | u8::from(cell.is_some()));
    let valid = if missing == 0 { Buffer::None } else { Buffer::Bytes(cells.chunks(8).map(bits).collect()) };
    buffers.insert(0, valid);
    made(cells.len(), missing, buffers, Vec::new())
}

/// What an array points to.
struct ArrayParts {
    pointers: Vec<*const c_void>,
    children: Vec<*mut ArrowArray>,
    _buffers: Vec<Buffer>,
}

fn made(length: usize, missing: usize, buffers: Vec<Buffer>, children: Vec<ArrowArray>) -> ArrowArray {
    let children = children.into_iter().map(|child| Box::into_raw(Box::new(child))).collect();
    let pointers = buffers.iter().map(Buffer::as_ptr).collect();
    let mut parts = Box::new(ArrayParts { pointers, children, _buffers: buffers });
    ArrowArray {
        length: count(length),
        null_count: count(missing),
        offset: 0,
        n_buffers: count(parts.pointers.len()),
        n_children: count(parts.children.len()),
        buffers: parts.pointers.as_mut_ptr(),
        children: parts.children.as_mut_ptr(),
        dictionary: null_mut(),
        release: Some(release_array),
        private_data: Box::into_raw(parts).cast(),
    }
}

/// # Safety
/// By the interface: an array of [`made`] that has not been released.
unsafe extern "C" fn release_array(array: *mut ArrowArray) {
    // SAFETY: `private_data` is what `made` put there; children that have been moved away are marked as released.
    unsafe {
        let parts = Box::from_raw((*array).private_data.cast::<ArrayParts>());
        parts.children.iter().for_each(|child| drop(Box::from_raw(*child)));
        (*array).release = None;
    }
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
