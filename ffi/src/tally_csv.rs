//! Dossiers from CSV.

use std::ffi::{CString, c_char, c_void};
use std::fs::File;
use std::mem::MaybeUninit;
use std::ops::ControlFlow;

use caicach::tally::csv::{CsvCounted, CsvError, CsvOptions, CsvSummary, OnProgress, Progress};
use caicach::tally::{Role, Tally};
use caicach::text::Encoding;

use crate::error::{Failure, caicach_error};
use crate::guard::{changing, free, getter, given};
use crate::input::{bytes, text};
use crate::status::caicach_status;
use crate::structs::{Growing, array, copy};
use crate::tally::caicach_tally;
use crate::text::c_text;

/// What a heading stands for.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct caicach_column {
    /// The heading as it stands in the file.
    pub heading: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub heading_len: usize,
    /// The column: "body", "officer", "field", "channel", "received", "due", "completed", "cancelled", "suspended_days",
    /// "supplement_requests", "supplement_notices", "apology", "satisfied"; NULL to leave it aside.
    pub column: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub column_len: usize,
}

/// Told now and then how many bytes and rows have been read and how many rows rejected, by one thread at a time, which
/// need not be that of the caller. It returns 0 to go on; anything else stops the call with CAICACH_ERROR_STOPPED. It must
/// not use the tally, nor leave by an exception or longjmp.
pub type caicach_on_progress =
    Option<unsafe extern "C" fn(data: *mut c_void, bytes: u64, rows: u64, rejected: u64) -> i32>;

/// How to read a CSV text. Begin with `CAICACH_CSV_OPTIONS_INIT`. It may grow as caicach_assess_options may.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct caicach_csv_options {
    /// sizeof(caicach_csv_options).
    pub struct_size: usize,
    /// "utf-8" (with or without byte order mark), "tcvn3", "vni" or "cp1258"; NULL for the first. It is never guessed.
    pub encoding: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub encoding_len: usize,
    /// The file's name for the table of rejected rows; NULL for the path, or for none.
    pub label: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub label_len: usize,
    /// What headings stand for that are not among the usual ones.
    pub columns: *const caicach_column,
    /// How many.
    pub column_count: usize,
    /// Called while reading, or NULL.
    pub on_progress: caicach_on_progress,
    /// Handed to it.
    pub progress_data: *mut c_void,
    /// How many lines of titles stand before the headings.
    pub skip_lines: u64,
    /// The separator (';'); 0 for the one that occurs most often among the headings.
    pub separator: u32,
    /// Zero.
    pub reserved: u32,
}

// SAFETY: as the trait asks.
unsafe impl Growing for caicach_csv_options {
    const INIT: &'static str = "CAICACH_CSV_OPTIONS_INIT";
    const FIRST_SIZE: usize = size_of::<caicach_csv_options>();
}

/// What a CSV text turned out to be. Immutable. Free it with `caicach_csv_summary_free`.
#[derive(Debug)]
pub struct caicach_csv_summary {
    summary: CsvSummary,
    ignored: Vec<CString>,
}

impl caicach_csv_summary {
    fn boxed(summary: CsvSummary) -> Box<caicach_csv_summary> {
        let ignored = summary.ignored.iter().map(|heading| c_text(heading.as_str())).collect();
        Box::new(caicach_csv_summary { summary, ignored })
    }
}

/// The caller's function and what it is handed.
#[derive(Debug, Clone, Copy)]
struct Told {
    call: unsafe extern "C" fn(*mut c_void, u64, u64, u64) -> i32,
    data: *mut c_void,
}

// SAFETY: the header says that the function is called from other threads, so what it is handed may go there.
unsafe impl Send for Told {}

impl Told {
    fn tell(&self, progress: Progress) -> ControlFlow<()> {
        // SAFETY: the header asks of the caller that the function can be called so.
        match unsafe { (self.call)(self.data, progress.bytes, progress.rows, progress.rejected) } {
            0 => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }
}

/// The mapping of headings.
///
/// # Safety
/// The array is as its fields say.
pub(crate) unsafe fn mapping(
    columns: *const caicach_column,
    count: usize,
    name: &str,
) -> Result<Vec<(String, Option<Role>)>, Failure> {
    // SAFETY: the caller says so.
    let columns = unsafe { array(columns, count, name) }?;
    let read = |(at, column): (usize, &caicach_column)| {
        // SAFETY: the caller says that the fields are as they must be.
        let heading = unsafe { text(column.heading, column.heading_len, &format!("{name}[{at}].heading")) }?;
        if column.column.is_null() && column.column_len == 0 {
            return Ok((heading.to_owned(), None));
        }
        let path = format!("{name}[{at}].column");
        // SAFETY: as for the heading.
        let word = unsafe { text(column.column, column.column_len, &path) }?;
        let none = || {
            let known = Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ");
            Failure::options(&path, format!("`{word}` is no column"), Some(&format!("expected one of {known}")))
        };
        Ok((heading.to_owned(), Some(Role::of(word).ok_or_else(none)?)))
    };
    columns.iter().enumerate().map(read).collect()
}

/// The options as the `caicach` crate takes them; NULL is all as usual.
///
/// # Safety
/// `options` is NULL or as its fields say.
unsafe fn read(options: *const caicach_csv_options, label: &str) -> Result<(CsvOptions, Option<Told>), Failure> {
    if options.is_null() {
        return Ok((CsvOptions::default().label(label), None));
    }
    // SAFETY: the caller says so.
    let given = unsafe { copy(options, "csv_options") }?;
    // SAFETY: the caller says that the fields are as they must be.
    let (encoding, named, mapping) = unsafe {
        (
            text(given.encoding, given.encoding_len, "csv_options.encoding")?,
            text(given.label, given.label_len, "csv_options.label")?,
            mapping(given.columns, given.column_count, "csv_options.columns")?,
        )
    };
    let wrong = |path: &str, message: String| Failure::options(path, message, None);
    let mut csv = CsvOptions::default().label(if given.label.is_null() { label } else { named });
    if !encoding.is_empty() {
        let none = || wrong("csv_options.encoding", format!("`{encoding}` is not one of utf-8, tcvn3, vni, cp1258"));
        csv = csv.encoding(Encoding::from_name(encoding).ok_or_else(none)?);
    }
    if given.separator != 0 {
        let separator = u8::try_from(given.separator).ok().filter(|b| b.is_ascii() && !b"\"\r\n".contains(b));
        let none = || wrong("csv_options.separator", format!("{} is no separator", given.separator));
        csv = csv.separator(separator.ok_or_else(none)?);
    }
    if given.reserved != 0 {
        return Err(wrong("csv_options.reserved", "must be zero".into()));
    }
    csv = csv.skip_lines(usize::try_from(given.skip_lines).unwrap_or(usize::MAX));
    for (heading, column) in mapping {
        csv = csv.map(heading, column);
    }
    Ok((csv, given.on_progress.map(|call| Told { call, data: given.progress_data })))
}

/// Counts, adds to the tally, and hands the summary over.
fn add(
    tally: &mut caicach_tally,
    told: Option<Told>,
    out: Option<&mut MaybeUninit<Box<caicach_csv_summary>>>,
    count: impl FnOnce(&caicach_tally, Option<&mut OnProgress<'_>>) -> Result<CsvCounted, CsvError>,
) -> Result<(), Failure> {
    let mut tell = told.map(|told| move |progress: Progress| told.tell(progress));
    let found = count(tally, tell.as_mut().map(|tell| tell as &mut OnProgress<'_>))?;
    tally.take(&found.tally, found.rejects)?;
    if let Some(out) = out {
        out.write(caicach_csv_summary::boxed(found.summary));
    }
    Ok(())
}

/// Adds the rows of a CSV text in memory. `csv_options` may be NULL; so may `out`.
///
/// Rows that cannot be taken are rejected (caicach_tally_rejects), which is no failure. CAICACH_ERROR_DATA where the text
/// cannot be read at all or more rows are rejected than allowed; CAICACH_ERROR_STOPPED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_add_csv(
    tally: Option<&mut caicach_tally>,
    data: *const c_char,
    data_len: usize,
    csv_options: *const caicach_csv_options,
    out: Option<&mut MaybeUninit<Box<caicach_csv_summary>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    changing(error, || {
        let tally = given(tally, "tally")?;
        // SAFETY: the header asks this of the caller.
        let (data, (csv, told)) = unsafe { (bytes(data, data_len, "data")?, read(csv_options, "")?) };
        add(tally, told, out, |tally, progress| {
            let with = &tally.making;
            Tally::from_csv(data, &tally.tally.groupings(), &with.options, &with.run, &csv, progress)
        })
    })
}

/// Adds the rows of a CSV file as it is read, in bounded memory; else as caicach_tally_add_csv.
///
/// CAICACH_ERROR_READ where the file cannot be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_tally_add_csv_path(
    tally: Option<&mut caicach_tally>,
    path: *const c_char,
    path_len: usize,
    csv_options: *const caicach_csv_options,
    out: Option<&mut MaybeUninit<Box<caicach_csv_summary>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    changing(error, || {
        let tally = given(tally, "tally")?;
        // SAFETY: the header asks this of the caller.
        let path = unsafe { text(path, path_len, "path") }?;
        // SAFETY: the same.
        let (csv, told) = unsafe { read(csv_options, path) }?;
        let file = File::open(path).map_err(|error| Failure::read("path", format!("`{path}`: {error}")))?;
        add(tally, told, out, |tally, progress| {
            let with = &tally.making;
            Tally::from_csv_reader(file, &tally.tally.groupings(), &with.options, &with.run, &csv, progress)
        })
    })
}

/// The separator found or given (',').
#[unsafe(no_mangle)]
pub extern "C" fn caicach_csv_summary_separator(summary: Option<&caicach_csv_summary>) -> u32 {
    getter(0, || Some(u32::from(summary?.summary.separator)))
}

/// Data rows: as many as were counted, left out and rejected.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_csv_summary_rows(summary: Option<&caicach_csv_summary>) -> u64 {
    getter(0, || Some(summary?.summary.rows))
}

/// Blank lines passed over.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_csv_summary_blank(summary: Option<&caicach_csv_summary>) -> u64 {
    getter(0, || Some(summary?.summary.blank))
}

/// Bytes read.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_csv_summary_bytes(summary: Option<&caicach_csv_summary>) -> u64 {
    getter(0, || Some(summary?.summary.bytes))
}

/// How many headings stand for no column.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_csv_summary_ignored_count(summary: Option<&caicach_csv_summary>) -> usize {
    getter(0, || Some(summary?.ignored.len()))
}

/// A heading that stands for no column; NULL beyond the last. Lives as long as the summary.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_csv_summary_ignored_at(summary: Option<&caicach_csv_summary>, index: usize) -> *const c_char {
    getter(std::ptr::null(), || Some(summary?.ignored.get(index)?.as_ptr()))
}

/// Frees a summary. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_csv_summary_free(summary: Option<Box<caicach_csv_summary>>) {
    free(summary);
}
