//! Dossiers from Arrow, and tallies as Arrow: streams of the Arrow C stream interface.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use caicach::tally::Tallier;
use caicach::tally::arrow::ArrowError;
use caicach_arrow::{ArrowArrayStream, Broken, Stream, stream_of};

use crate::error::{Failure, caicach_error};
use crate::groups::not_kept;
use crate::guard::{changing, fallible, given};
use crate::input::text;
use crate::status::caicach_status;
use crate::tally::caicach_tally;
use crate::tally_csv::{caicach_column, mapping};

impl From<Broken> for Failure {
    fn from(error: Broken) -> Failure {
        Failure::data("arrow", error.to_string())
    }
}

impl From<ArrowError> for Failure {
    fn from(error: ArrowError) -> Failure {
        match error {
            ArrowError::Columns(error) => error.into(),
            _ => Failure::data("columns", error.to_string()),
        }
    }
}

/// Adds the rows of an Arrow C stream of record batches, read where they lie. Columns are known by the names that
/// headings of CSV files bear, or by `columns`; names may be text or dictionaries of it, days date32 or timestamps, flags
/// booleans or whole numbers, all of them nullable. `label` is told of rejected rows and may be empty.
///
/// The stream is released in any case. It must be valid by Arrow's format: that is not checked again. CAICACH_ERROR_DATA
/// where it fails, where columns are missing or of another type, or more rows are rejected than allowed; nothing of it is
/// counted then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_add_arrow(
    tally: Option<&mut caicach_tally>,
    stream: Option<&mut ArrowArrayStream>,
    label: *const c_char,
    label_len: usize,
    columns: *const caicach_column,
    column_count: usize,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    changing(error, || {
        let stream = given(stream, "stream")?.take();
        let tally = given(tally, "tally")?;
        // SAFETY: the header asks this of the caller.
        let (label, mapping) =
            unsafe { (text(label, label_len, "label")?, mapping(columns, column_count, "columns")?) };
        let batches = Stream::new(stream)?;
        let with = &tally.making;
        let mut tallier = Tallier::new(&tally.tally.groupings(), &with.options, &with.run).label(label);
        for batch in batches {
            tallier.add(&batch?.columns(&mapping)?)?;
        }
        let found = tallier.finish()?;
        tally.take(&found.tally, found.rejects)
    })
}

/// The groups of a grouping ("body,field") as an Arrow C stream of one record batch: a column for each dimension (month
/// as its first day), then the counts by the names of caicach_count_name as uint64. The caller releases the stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_groups_arrow(
    tally: Option<&caicach_tally>,
    grouping: *const c_char,
    grouping_len: usize,
    out: Option<&mut MaybeUninit<ArrowArrayStream>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        let tally = given(tally, "tally")?;
        // SAFETY: the header asks this of the caller.
        let grouping = unsafe { text(grouping, grouping_len, "grouping") }?;
        Ok(stream_of(tally.tally.to_table(grouping.parse()?).ok_or_else(|| not_kept(grouping))?.into()))
    })
}

/// The rejected rows that are kept as an Arrow C stream of one record batch: source, line, column, value, reason, message.
/// The caller releases the stream.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_tally_rejects_arrow(
    tally: Option<&caicach_tally>,
    out: Option<&mut MaybeUninit<ArrowArrayStream>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || Ok(stream_of(given(tally, "tally")?.rejects.to_table().into())))
}
