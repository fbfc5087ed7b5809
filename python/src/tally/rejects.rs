//! Rows that were not taken.

use caicach::tally as core;
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::{PyDict, PyList, PyTuple};

use super::error::error;
use super::table::Table;

use crate::error::{Pending, Result};
use crate::same::{Compared, Other, hash};
use crate::to_python::{Item, list};

/// A row that was not taken, and why. See Tally.rejects.
///
/// >>> import caicach
/// >>> text = b"body,received,due\nA,31/02/2024,05/02/2024\n"
/// >>> reject = caicach.Tally.from_csv(text, as_of="2024-02-29").rejects[0]
/// >>> reject.line, reject.column, reject.value, reject.reason
/// (2, 'received', '31/02/2024', 'bad_received')
#[pyclass(frozen, get_all, module = "caicach.tally")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Reject {
    /// What it came from: a file's name, the label given, or empty.
    source: String,
    /// The line of the file on which the row begins, from 1; for rows in memory the row, from 1.
    line: u64,
    /// The column at fault, as the file calls it, or empty for the whole row.
    column: String,
    /// The value as read, cut to 80 characters.
    value: String,
    /// The reason's code, which is stable across versions: "missing_body".
    reason: &'static str,
    /// The reason in words.
    message: &'static str,
}

impl Reject {
    fn of(reject: &core::Reject) -> Reject {
        let core::Reject { source, line, column, value, reason } = reject.clone();
        Reject { source, line, column, value, reason: reason.code(), message: reason.message() }
    }
}

#[pymethods]
impl Reject {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }

    fn __repr__(&self) -> String {
        format!("<Reject line {}: {} {:?}: {}>", self.line, self.column, self.value, self.message)
    }
}

/// Rows that were not taken: all are counted in `total`, the first ones kept, as a sequence.
///
/// >>> import caicach
/// >>> text = b"body,received,due\nA,31/02/2024,05/02/2024\n,01/02/2024,05/02/2024\n"
/// >>> tally = caicach.Tally.from_csv(text, as_of="2024-02-29", keep_rejects=1)
/// >>> tally.rejects, [reject.reason for reject in tally.rejects]
/// (<Rejects: 2 rows, 1 kept>, ['bad_received'])
#[pyclass(frozen, module = "caicach.tally")]
pub(crate) struct Rejects {
    pub(super) core: core::Rejects,
    /// How many are kept.
    pub(super) cap: usize,
}

impl Rejects {
    pub(super) fn copied(&self) -> Rejects {
        Rejects { core: self.core.clone(), cap: self.cap }
    }

    /// Those of two counts, the first one's first.
    pub(super) fn and(&self, other: &Rejects) -> Rejects {
        let cap = self.cap.max(other.cap);
        let mut core = self.core.clone();
        core.extend(other.core.clone(), cap);
        Rejects { core, cap }
    }

    /// The rejects as they are pickled: source, line, column, value, code of the reason.
    pub(super) fn state<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyList>> {
        let state = |reject: &'_ core::Reject| {
            let core::Reject { source, line, column, value, reason } = reject;
            Item((source, line, column, value, reason.code()).into_pyobject(py).map_err(Pending::from))
        };
        list(py, self.core.kept().iter().map(state))
    }

    pub(super) fn from_state(state: &Bound<'_, PyAny>, total: u64, cap: usize) -> Result<Rejects> {
        let mut kept = Vec::new();
        for item in state.try_iter()? {
            let item = item?;
            let text = |at: usize| -> Result<String> { Ok(item.get_item(at)?.extract()?) };
            let code = text(4)?;
            let reason = core::Reason::ALL.iter().copied().find(|reason| reason.code() == code);
            let reason = reason.ok_or_else(|| error("content", "", format!("no reason is called `{code}`"), None))?;
            let line = item.get_item(1)?.extract()?;
            kept.push(core::Reject { source: text(0)?, line, column: text(2)?, value: text(3)?, reason });
        }
        Ok(Rejects { core: core::Rejects::of(kept, total), cap })
    }
}

#[pymethods]
impl Rejects {
    /// How many rows were rejected, kept or not.
    #[getter]
    fn total(&self) -> u64 {
        self.core.total()
    }

    fn __len__(&self) -> usize {
        self.core.kept().len()
    }

    fn __getitem__(&self, index: isize) -> Result<Reject> {
        let kept = self.core.kept();
        // Below 0 is counted from the end.
        let at = if index < 0 { kept.len().checked_add_signed(index) } else { usize::try_from(index).ok() };
        let found = at.and_then(|at| kept.get(at));
        found.map(Reject::of).ok_or_else(|| PyIndexError::new_err("no reject is kept at this place").into())
    }

    /// The rows kept, as a table: source, line, column, value, reason, message.
    fn table(&self) -> Table {
        Table::of(self.core.to_table())
    }

    /// The rows kept as lists of Python values by column.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        self.table().to_dict(py)
    }

    fn __repr__(&self) -> String {
        format!("<Rejects: {} rows, {} kept>", self.core.total(), self.core.kept().len())
    }
}

/// What a CSV file turned out to be. See Tally.file.
///
/// >>> import caicach
/// >>> text = "Đơn vị;Ngày tiếp nhận;Hạn trả;Ghi chú\nA;01/02/2024;05/02/2024;x\n".encode()
/// >>> caicach.Tally.from_csv(text, as_of="2024-02-29").file
/// <CsvFile 1 rows, delimiter ';', ignored: Ghi chú>
#[pyclass(frozen, get_all, module = "caicach.tally")]
#[derive(PartialEq, Eq, Hash, Clone)]
pub(crate) struct CsvFile {
    /// The character between fields.
    delimiter: char,
    /// The headings that stand for no column.
    ignored: Vec<String>,
    /// Data rows: as many as were counted, not counted and rejected.
    rows: u64,
    /// Blank lines passed over.
    blank: u64,
    /// Bytes read.
    bytes: u64,
}

impl CsvFile {
    pub(super) fn of(summary: core::csv::CsvSummary) -> CsvFile {
        let core::csv::CsvSummary { separator, ignored, rows, blank, bytes, .. } = summary;
        CsvFile { delimiter: char::from(separator), ignored, rows, blank, bytes }
    }
}

#[pymethods]
impl CsvFile {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }
    fn __repr__(&self) -> String {
        let ignored = if self.ignored.is_empty() { "nothing".into() } else { self.ignored.join(", ") };
        format!("<CsvFile {} rows, delimiter {:?}, ignored: {ignored}>", self.rows, self.delimiter)
    }
}

/// What a tally is pickled as.
pub(super) type Pickled<'py> = (Bound<'py, PyAny>, Bound<'py, PyTuple>);
