//! CSV files for a tally: from a path, from bytes, from an open file, with progress.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Thread;
use std::time::Duration;

use caicach::tally::csv::{CsvCounted, CsvError, CsvOptions, Progress as CoreProgress};
use caicach::tally::{Grouping, Options, Run, Tally};
use caicach::text::Encoding;
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::pyclass::CompareOp;
use pyo3::types::{PyBool, PyByteArray, PyBytes};

use super::error;
use crate::boundary::boundary;
use crate::error::{Result, type_error, value_error};
use crate::same::{Compared, Other, hash};

/// What is read of an open file at a time.
const PIECE: usize = 1 << 20;

/// Where an exception of Python waits until the threads have stopped.
type Raised = Arc<Mutex<Option<PyErr>>>;

/// Keeps the first exception.
fn keep(raised: &Mutex<Option<PyErr>>, error: PyErr) {
    raised.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
}

/// How far reading has come. Given to the function that was passed as `progress`.
///
/// >>> import caicach
/// >>> seen = []
/// >>> text = b"body,received,due\nA,01/02/2024,05/02/2024\n"
/// >>> tally = caicach.Tally.from_csv(text, as_of="2024-03-01", progress=seen.append)
/// >>> seen[-1].rows, seen[-1].bytes == seen[-1].total == len(text)
/// (1, True)
#[pyclass(frozen, get_all, module = "caicach.tally")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Progress {
    /// Bytes read.
    bytes: u64,
    /// Bytes there are, where that is known.
    total: Option<u64>,
    /// Data rows read.
    rows: u64,
    /// Rows rejected.
    rejected: u64,
}

#[pymethods]
impl Progress {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }

    fn __repr__(&self) -> String {
        format!("<Progress {} bytes, {} rows, {} rejected>", self.bytes, self.rows, self.rejected)
    }
}

/// What a CSV text is given as.
pub(super) enum Text {
    Bytes(PyBackedBytes),
    Path(PathBuf),
    Open(Reader),
}

impl Text {
    /// A path (`str` or `PathLike`), the text itself (`bytes`), or an open binary file.
    pub(super) fn of(source: &Bound<'_, PyAny>) -> Result<Text> {
        if let Ok(bytes) = source.cast::<PyBytes>() {
            return Ok(Text::Bytes(bytes.clone().into()));
        }
        if let Ok(bytes) = source.cast::<PyByteArray>() {
            return Ok(Text::Bytes(bytes.clone().into()));
        }
        if source.hasattr("read")? {
            let raised = Raised::default();
            return Ok(Text::Open(Reader { file: source.clone().unbind(), piece: None, at: 0, raised }));
        }
        match source.extract::<PathBuf>() {
            Ok(path) => Ok(Text::Path(path)),
            Err(_) => {
                let name = source.get_type().name()?;
                Err(type_error(format!("expected a path, bytes or an open file, found {name}")))
            }
        }
    }

    /// What rejected rows are said to come from.
    pub(super) fn label(&self) -> String {
        match self {
            Text::Path(path) => path.display().to_string(),
            Text::Bytes(_) | Text::Open(_) => String::new(),
        }
    }
}

/// An open file of Python, read from the threads of a count.
pub(super) struct Reader {
    file: Py<PyAny>,
    piece: Option<PyBackedBytes>,
    at: usize,
    raised: Raised,
}

impl Reader {
    fn fetch(&mut self, py: Python<'_>) -> Result<()> {
        let piece = self.file.bind(py).call_method1("read", (PIECE,))?;
        let Ok(bytes) = piece.cast::<PyBytes>() else {
            let name = piece.get_type().name()?;
            return Err(type_error(format!("read() gave {name}, not bytes: open the file with mode \"rb\"")));
        };
        (self.piece, self.at) = (Some(bytes.clone().into()), 0);
        Ok(())
    }
}

impl Read for Reader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.piece.as_ref().is_none_or(|piece| self.at >= piece.len()) {
            Python::attach(|py| self.fetch(py).map_err(PyErr::from)).map_err(|error| {
                keep(&self.raised, error);
                io::Error::other("the file's read() raised an exception")
            })?;
        }
        let rest = self.piece.as_ref().and_then(|piece| piece.get(self.at..)).unwrap_or_default();
        let count = rest.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.at += count;
        Ok(count)
    }
}

/// How a CSV text is to be read.
pub(super) fn options(encoding: &str, delimiter: Option<&str>, skip_lines: usize) -> Result<CsvOptions> {
    let known = Encoding::from_name(encoding);
    let encoding = known.ok_or_else(|| {
        value_error(format!("encoding is \"utf-8\", \"tcvn3\", \"vni\" or \"cp1258\", not {encoding:?}"))
    })?;
    let options = CsvOptions::default().encoding(encoding).skip_lines(skip_lines);
    match delimiter.map(str::as_bytes) {
        None => Ok(options),
        Some([byte]) if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Ok(options.separator(*byte)),
        Some(_) => Err(value_error("delimiter is one ASCII character other than a quote or a line end")),
    }
}

/// The function to report to; `True` stands for a line on the terminal.
pub(super) fn on_progress(progress: Option<&Bound<'_, PyAny>>) -> Result<Option<Py<PyAny>>> {
    let Some(progress) = progress else { return Ok(None) };
    if let Ok(flag) = progress.cast::<PyBool>() {
        let line = || progress.py().import("caicach._progress")?.getattr("Line")?.call0();
        return if flag.is_true() { Ok(Some(line()?.unbind())) } else { Ok(None) };
    }
    if progress.is_callable() {
        return Ok(Some(progress.clone().unbind()));
    }
    Err(type_error(format!("progress is a bool or a function, not {}", progress.get_type().name()?)))
}

/// What is to be counted, and how.
pub(super) struct Job {
    pub(super) groupings: Vec<Grouping>,
    pub(super) options: Options,
    pub(super) run: Run,
    pub(super) csv: CsvOptions,
    pub(super) progress: Option<Py<PyAny>>,
}

impl Job {
    pub(super) fn count(&self, py: Python<'_>, text: Text) -> Result<CsvCounted> {
        let raised = match &text {
            Text::Open(reader) => reader.raised.clone(),
            Text::Bytes(_) | Text::Path(_) => Raised::default(),
        };
        let stop = AtomicBool::new(false);
        let counted = interruptible(py, &stop, &raised, || self.run(text, &stop, &raised))??;
        counted.map_err(|error| error::file(&error, &raised))
    }

    /// Runs without the interpreter; only reports attach to it.
    fn run(&self, text: Text, stop: &AtomicBool, raised: &Raised) -> PyResult<Result<CsvCounted, CsvError>> {
        let (mut file, total) = match &text {
            Text::Bytes(bytes) => (None, Some(bytes.len() as u64)),
            Text::Open(_) => (None, None),
            Text::Path(path) => {
                let named = |error: &io::Error| {
                    let message = error.to_string();
                    let message = message.split(" (os error").next().unwrap_or_default().to_owned();
                    PyOSError::new_err((error.raw_os_error().unwrap_or(0), message, path.display().to_string()))
                };
                let file = File::open(path).map_err(|error| named(&error))?;
                let meta = file.metadata().map_err(|error| named(&error))?;
                (Some(file), meta.is_file().then_some(meta.len()))
            }
        };
        let mut report = |progress: CoreProgress| {
            if stop.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            let Some(function) = &self.progress else { return ControlFlow::Continue(()) };
            let CoreProgress { bytes, rows, rejected, .. } = progress;
            let call = |py: Python<'_>| {
                let said = function.bind(py).call1((Progress { bytes, total, rows, rejected },))?;
                // Only `False` itself stops: a function without a value goes on.
                Ok(said.cast::<PyBool>().is_ok_and(|said| !said.is_true()))
            };
            match Python::attach(call) {
                Ok(false) => ControlFlow::Continue(()),
                Ok(true) => ControlFlow::Break(()),
                Err(error) => {
                    keep(raised, error);
                    ControlFlow::Break(())
                }
            }
        };
        let Job { groupings, options, run, csv, .. } = self;
        Ok(match (text, &mut file) {
            (Text::Bytes(bytes), _) => Tally::from_csv(&bytes, groupings, options, run, csv, Some(&mut report)),
            (Text::Open(reader), _) => Tally::from_csv_reader(reader, groupings, options, run, csv, Some(&mut report)),
            (Text::Path(_), Some(file)) => {
                Tally::from_csv_reader(file, groupings, options, run, csv, Some(&mut report))
            }
            (Text::Path(_), None) => Err(CsvError::Stopped),
        })
    }
}

/// Tells the thread that waits when this one ends, in whatever way.
struct Ends<'a> {
    flag: &'a AtomicBool,
    waiting: Thread,
}

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.flag.store(true, Ordering::Release);
        self.waiting.unpark();
    }
}

/// Runs work on another thread, so that this one, which may be Python's main thread, sees Ctrl-C meanwhile.
fn interruptible<T: Send>(
    py: Python<'_>,
    stop: &AtomicBool,
    raised: &Raised,
    work: impl FnOnce() -> T + Send,
) -> Result<T> {
    const LOOK: Duration = Duration::from_millis(100);
    boundary(py, || {
        let ended = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let ends = Ends { flag: &ended, waiting: std::thread::current() };
            let running = scope.spawn(move || {
                let _ends = ends;
                work()
            });
            while !ended.load(Ordering::Acquire) {
                std::thread::park_timeout(LOOK);
                if let Err(error) = Python::attach(|py| py.check_signals()) {
                    keep(raised, error);
                    stop.store(true, Ordering::Relaxed);
                }
            }
            // A panic goes on to the boundary.
            running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
}
