//! Tallies of dossiers.
//!
//! - `arguments`: options as Python gives them; `input`: anything with Arrow data, batch by batch; `count`: the counting of
//!   it; `csv`: files;
//! - `rows`, `rejects`, `table`: what a tally says; `error`: what can go wrong;
//! - `facts`: which groupings become facts.

mod arguments;
mod count;
mod csv;
mod error;
mod facts;
mod input;
mod rejects;
mod rows;
mod table;

use caicach::tally as core;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::{PyBytes, PyDate, PyDict, PyList, PyMapping, PyString, PyTuple};

use crate::boundary::boundary;
use crate::calendar::Calendar;
use crate::error::{Pending, Result};
use crate::facts::Facts;
use crate::same::{Compared, Other, hash};
use crate::to_python::{Item, call, list, tuple};
use crate::value;
use arguments::Terms;
use core::Grouping;
pub(crate) use csv::Progress;
pub(crate) use rejects::{CsvFile, Reject, Rejects};
pub(crate) use rows::{Act, Counts, Reckoning, Room, Watch};
pub(crate) use table::Table;

/// Counts of dossiers by any set of groupings (bảng tổng hợp hồ sơ): the columns of form II.06a. Immutable.
///
/// Made by Tally.from_arrow or Tally.from_csv; tallies of parts are added, in any order, to that of the whole.
///
/// >>> import caicach
/// >>> text = "Đơn vị,Cán bộ,Ngày tiếp nhận,Hạn trả,Ngày hoàn thành\n".encode() + "\n".join(
/// ...     f"Lộc Thọ,cb{i % 3},01/02/2024,05/02/2024,{4 + i % 10 // 8:02}/02/2024" for i in range(100)).encode()
/// >>> tally = caicach.Tally.from_csv(text, as_of="2024-12-31", start="2024-01-01", by=["body", ["body", "officer"]])
/// >>> tally.counts("body")
/// [<Counts Lộc Thọ: 100 received, 100 resolved, 0 late, 0 pending>]
/// >>> tally + tally == sum([tally, tally])
/// True
#[pyclass(frozen, module = "caicach")]
pub(crate) struct Tally {
    core: core::Tally,
    rejects: Rejects,
    file: Option<CsvFile>,
}

impl Tally {
    fn new(core: core::Tally) -> Tally {
        Tally { core, rejects: Rejects { core: core::Rejects::default(), cap: 0 }, file: None }
    }

    /// The grouping asked for, or the finest one kept.
    fn grouping(&self, by: Option<&Bound<'_, PyAny>>) -> Result<Grouping> {
        match by {
            Some(by) => arguments::grouping(by),
            None => Ok(facts::finest(&self.core)),
        }
    }

    /// The table as one of another library's, by the function of `caicach._tables`.
    fn handed<'py>(&self, py: Python<'py>, by: Option<&Bound<'py, PyAny>>, to: &str) -> Result<Bound<'py, PyAny>> {
        call(py, "caicach._tables", to, (self.table(by)?,))
    }

    fn not_kept(&self, grouping: Grouping) -> Pending {
        let kept = self.core.groupings().iter().map(|kept| format!("`{kept}`")).collect::<Vec<_>>().join(", ");
        let help = format!("kept are {kept} and what is coarser");
        error::error("not_kept", "by", format!("the tally does not keep the grouping `{grouping}`"), Some(&help))
    }

    fn groups(&self, grouping: Grouping) -> Result<Vec<core::Group<'_>>> {
        self.core.groups(grouping).ok_or_else(|| self.not_kept(grouping))
    }
}

impl PartialEq for Tally {
    fn eq(&self, other: &Tally) -> bool {
        self.core == other.core
    }
}

// Keyword arguments of Python, each with its default.
#[allow(clippy::too_many_arguments)]
#[pymethods]
impl Tally {
    /// Counts rows from anything with Arrow data, batch by batch and without copying it: pyarrow tables, batches and
    /// readers, polars and pandas frames, DuckDB relations, whatever has __arrow_c_stream__ or __arrow_c_array__, or an
    /// iterable of such. The interpreter is free meanwhile.
    ///
    /// Columns are found by name, English or Vietnamese: body, received and due are required; officer, field, channel,
    /// completed, cancelled, suspended_days, supplement_requests, supplement_notices, apology and satisfied may be there.
    /// `mapping` says what other headings stand for: {"Phòng ban": "body", "Ghi chú": None}.
    ///
    /// `by` are the groupings, made of body, officer, field and month, all counted in one pass; coarser ones can be asked
    /// for as well. Without `start` all rows up to `as_of` count, with it those before are carried over or left out.
    /// A suspension moves the due date by working days, of `calendar` where one is given, or by days of the week
    /// (`suspension="calendar"`). Rows that cannot be taken are in `rejects`; more than `reject_limit` of them are an error. `threads` is as many as
    /// there are cores.
    ///
    /// >>> import caicach, pyarrow as pa, datetime as dt
    /// >>> day = dt.date(2024, 2, 1)
    /// >>> table = pa.table({"body": ["A", "A"], "received": [day, day], "due": [day, day], "completed": [day, None]})
    /// >>> caicach.Tally.from_arrow(table, as_of="2024-12-31", by=[["body"], ["body", "month"]]).counts("body")
    /// [<Counts A: 2 received, 1 resolved, 0 late, 1 pending>]
    #[staticmethod]
    #[pyo3(signature = (data, *, as_of, by=None, start=None, suspension="working", calendar=None,
        repeat_supplement="ignore", cancelled="counted", mapping=None, threads=None, keep_rejects=10_000, reject_limit=None, label=None))]
    fn from_arrow(
        py: Python<'_>,
        data: &Bound<'_, PyAny>,
        as_of: &Bound<'_, PyAny>,
        by: Option<&Bound<'_, PyAny>>,
        start: Option<&Bound<'_, PyAny>>,
        suspension: &str,
        calendar: Option<&Bound<'_, Calendar>>,
        repeat_supplement: &str,
        cancelled: &str,
        mapping: Option<&Bound<'_, PyAny>>,
        threads: Option<usize>,
        keep_rejects: usize,
        reject_limit: Option<u64>,
        label: Option<&str>,
    ) -> Result<Tally> {
        let options = Terms { as_of, start, suspension, calendar, repeat_supplement, cancelled }.read()?;
        let groupings = arguments::groupings(by)?;
        let mapping = arguments::mapping(mapping)?;
        let run = arguments::run(threads, keep_rejects, reject_limit);
        let source = input::Source::of(data)?;
        let label = label.unwrap_or_default();
        let counted = boundary(py, || {
            count::count(source, core::Tallier::new(&groupings, &options, &run).label(label), &mapping)
        })?;
        let core::Counted { tally, rejects } = counted.map_err(count::Stop::raise)?;
        Ok(Tally { core: tally, rejects: Rejects { core: rejects, cap: keep_rejects }, file: None })
    }

    /// Counts the rows of a CSV file, in parallel and in bounded memory: from a path, from bytes, or from an open binary
    /// file such as gzip.open gives.
    ///
    /// The delimiter is found out from the header line, columns by their usual headings, Vietnamese or English; the
    /// encoding is declared: "utf-8", "tcvn3", "vni" or "cp1258". `progress` is True for a line on the terminal, or a
    /// function of a Progress, which stops the run by returning False. All else is as in from_arrow.
    ///
    /// >>> import caicach
    /// >>> text = "Đơn vị;Ngày tiếp nhận;Hạn trả\nLộc Thọ;01/02/2024 08:00;05/02/2024\nLộc Thọ;1/2;\n".encode()
    /// >>> tally = caicach.Tally.from_csv(text, as_of="2024-02-29")
    /// >>> tally.counts("body"), tally.rejects[0].reason
    /// ([<Counts Lộc Thọ: 1 received, 0 resolved, 0 late, 1 pending>], 'bad_received')
    #[staticmethod]
    #[pyo3(signature = (source, *, as_of, by=None, start=None, suspension="working", calendar=None,
        repeat_supplement="ignore", cancelled="counted", encoding="utf-8", delimiter=None, skip_lines=0, mapping=None, progress=None, threads=None,
        keep_rejects=10_000, reject_limit=None, label=None))]
    fn from_csv(
        py: Python<'_>,
        source: &Bound<'_, PyAny>,
        as_of: &Bound<'_, PyAny>,
        by: Option<&Bound<'_, PyAny>>,
        start: Option<&Bound<'_, PyAny>>,
        suspension: &str,
        calendar: Option<&Bound<'_, Calendar>>,
        repeat_supplement: &str,
        cancelled: &str,
        encoding: &str,
        delimiter: Option<&str>,
        skip_lines: usize,
        mapping: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
        threads: Option<usize>,
        keep_rejects: usize,
        reject_limit: Option<u64>,
        label: Option<&str>,
    ) -> Result<Tally> {
        let options = Terms { as_of, start, suspension, calendar, repeat_supplement, cancelled }.read()?;
        let groupings = arguments::groupings(by)?;
        let run = arguments::run(threads, keep_rejects, reject_limit);
        let text = csv::Text::of(source)?;
        let csv = csv::options(encoding, delimiter, skip_lines)?.label(label.map_or_else(|| text.label(), Into::into));
        let csv = arguments::mapping(mapping)?.into_iter().fold(csv, |csv, (heading, role)| csv.map(heading, role));
        let progress = csv::on_progress(progress)?;
        let counted = csv::Job { groupings, options, run, csv, progress }.count(py, text)?;
        let core::csv::CsvCounted { tally, rejects, summary, .. } = counted;
        let rejects = Rejects { core: rejects, cap: keep_rejects };
        Ok(Tally { core: tally, rejects, file: Some(CsvFile::of(summary)) })
    }

    /// Reads what to_bytes has written; damaged bytes are refused.
    ///
    /// >>> import caicach
    /// >>> caicach.Tally.from_bytes(b"PK")
    /// Traceback (most recent call last):
    /// caicach.TallyError: not a tally
    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8]) -> Result<Tally> {
        let tally = boundary(py, || core::Tally::from_bytes(data))?;
        tally.map(Tally::new).map_err(|error| error::snapshot(&error))
    }

    /// The counts as compact bytes with version and checksum; equal tallies give the same bytes. Rejected rows are not
    /// in them, only how many there were; a pickle keeps those as well.
    ///
    /// >>> import caicach
    /// >>> tally = caicach.Tally.from_csv(b"body,received,due\nA,01/02/2024,05/02/2024\n", as_of="2024-02-29")
    /// >>> caicach.Tally.from_bytes(tally.to_bytes()) == tally
    /// True
    fn to_bytes<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &boundary(py, || self.core.to_bytes())?))
    }

    #[staticmethod]
    fn _restore(py: Python<'_>, data: &[u8], kept: &Bound<'_, PyAny>, total: u64, cap: usize) -> Result<Tally> {
        let rejects = Rejects::from_state(kept, total, cap)?;
        Ok(Tally { rejects, ..Tally::from_bytes(py, data)? })
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> Result<rejects::Pickled<'py>> {
        let (py, tally) = (slf.py(), slf.get());
        let state = (tally.to_bytes(py)?, tally.rejects.state(py)?, tally.rejects.core.total(), tally.rejects.cap);
        Ok((slf.get_type().getattr("_restore")?, state.into_pyobject(py)?))
    }

    /// The day as of which is counted.
    #[getter]
    fn as_of<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
        self.core.as_of().map(|day| value::date(py, day)).transpose()
    }

    /// The first day of the period, where it has one.
    #[getter]
    fn start<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
        self.core.start().map(|day| value::date(py, day)).transpose()
    }

    /// The finest groupings kept; whatever is coarser than one of them can be asked for too.
    ///
    /// >>> import caicach
    /// >>> text = b"body,field,received,due\nA,x,01/02/2024,05/02/2024\n"
    /// >>> caicach.Tally.from_csv(text, as_of="2024-02-29", by=["body", "body,field,month"]).groupings
    /// (('body', 'field', 'month'),)
    #[getter]
    fn groupings<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        let names = |grouping: Grouping| tuple(py, grouping.dimensions().map(core::Dimension::name));
        tuple(py, self.core.groupings().into_iter().map(|grouping| Item(names(grouping))))
    }

    /// What became of the rows read.
    #[getter]
    fn reckoning(&self) -> Reckoning {
        Reckoning::of(self.core.reckoning())
    }

    /// The rows that could not be taken, each with its line, column, value and reason.
    #[getter]
    fn rejects(&self) -> Rejects {
        self.rejects.copied()
    }

    /// What the file turned out to be, for a tally of one CSV file.
    #[getter]
    fn file(&self) -> Option<CsvFile> {
        self.file.clone()
    }

    /// The groups of a grouping and their counts, sorted by name and month. A missing officer or field is a group whose
    /// name is None.
    ///
    /// >>> import caicach
    /// >>> text = b"body,received,due\nB,01/02/2024,05/02/2024\nA,01/03/2024,05/03/2024\n"
    /// >>> tally = caicach.Tally.from_csv(text, as_of="2024-02-29", by=[["body"]])
    /// >>> tally.counts("body"), tally.counts([])
    /// ([<Counts B: 1 received, 0 resolved, 0 late, 1 pending>], [<Counts all: 1 received, 0 resolved, 0 late, 1 pending>])
    fn counts<'py>(&self, by: &Bound<'py, PyAny>) -> Result<Bound<'py, PyList>> {
        list(by.py(), self.groups(arguments::grouping(by)?)?.iter().map(Counts::of))
    }

    /// All dossiers together.
    #[getter]
    fn total(&self) -> Counts {
        Counts::total(self.core.total())
    }

    /// The groups of a grouping as a table for readers of Arrow data; the finest one kept where none is named.
    #[pyo3(signature = (by=None))]
    fn table(&self, by: Option<&Bound<'_, PyAny>>) -> Result<Table> {
        let grouping = self.grouping(by)?;
        self.core.to_table(grouping).map(Table::of).ok_or_else(|| self.not_kept(grouping))
    }

    /// The table as a pyarrow.Table.
    #[pyo3(signature = (by=None))]
    fn to_arrow<'py>(&self, py: Python<'py>, by: Option<&Bound<'py, PyAny>>) -> Result<Bound<'py, PyAny>> {
        self.handed(py, by, "to_arrow")
    }

    /// The table as a polars.DataFrame.
    #[pyo3(signature = (by=None))]
    fn to_polars<'py>(&self, py: Python<'py>, by: Option<&Bound<'py, PyAny>>) -> Result<Bound<'py, PyAny>> {
        self.handed(py, by, "to_polars")
    }

    /// The table as a pandas.DataFrame.
    #[pyo3(signature = (by=None))]
    fn to_pandas<'py>(&self, py: Python<'py>, by: Option<&Bound<'py, PyAny>>) -> Result<Bound<'py, PyAny>> {
        self.handed(py, by, "to_pandas")
    }

    /// The finest grouping kept, as a stream of Arrow data.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, pyo3::types::PyCapsule>> {
        self.table(None)?.__arrow_c_stream__(py, requested_schema)
    }

    /// The counts as facts, which every rule reads: records of `dossier_counts`, one for each group.
    ///
    /// Without `by`, bodies and, where they are kept, officers of bodies: for the whole period if it lies in one year,
    /// else month by month. `satisfaction=True` adds what citizens answered as surveys of the year. `source` is what
    /// findings will name as their source.
    ///
    /// >>> import caicach
    /// >>> row = "UBND phường Lộc Thọ,01/02/2024,05/02/2024,{}/02/2024\n"
    /// >>> text = "Đơn vị,Ngày nhận,Hạn trả,Ngày trả\n" + row.format("04") * 94 + row.format("06") * 6
    /// >>> tally = caicach.Tally.from_csv(text.encode(), as_of="2024-12-31", start="2024-01-01")
    /// >>> assessment = caicach.Plan.builtin().assess(tally.to_facts(), as_of="2025-01-15")
    /// >>> assessment.select(rule="late_share_caps_rank", verdict="binding")[0].counts
    /// (6, 100)
    #[pyo3(signature = (by=None, *, satisfaction=false, source=None))]
    fn to_facts(
        &self,
        py: Python<'_>,
        by: Option<&Bound<'_, PyAny>>,
        satisfaction: bool,
        source: Option<&str>,
    ) -> Result<Facts> {
        let by = by.map(|by| arguments::groupings(Some(by))).transpose()?;
        let tables = facts::tables(&self.core, by, satisfaction, source)?;
        let facts = boundary(py, || caicach::Facts::new(tables))?;
        facts.map(Facts::new).map_err(|error| crate::error::facts_error(&error))
    }

    /// For each group its pending dossiers by days left, and how many more may be late before the late share (late of
    /// resolved) reaches `percent`: an int, a Decimal, or its text.
    #[pyo3(signature = (by, *, percent=None))]
    fn watch<'py>(&self, by: &Bound<'py, PyAny>, percent: Option<&Bound<'py, PyAny>>) -> Result<Bound<'py, PyList>> {
        let (grouping, threshold) = (arguments::grouping(by)?, arguments::threshold_or_five(percent)?);
        let watch = self.core.watch(grouping, threshold).ok_or_else(|| self.not_kept(grouping))?;
        list(by.py(), watch.iter().map(Watch::of))
    }

    /// What to act on today, the greatest harm first: pending dossiers overdue or due within so many days.
    ///
    /// First come those that decide whether a group reaches the threshold, then those not yet overdue before those
    /// overdue, then those with the fewest days left.
    #[pyo3(signature = (by, *, percent=None, within_days=5))]
    fn act_today<'py>(
        &self,
        by: &Bound<'py, PyAny>,
        percent: Option<&Bound<'py, PyAny>>,
        within_days: u32,
    ) -> Result<Bound<'py, PyList>> {
        let (grouping, threshold) = (arguments::grouping(by)?, arguments::threshold_or_five(percent)?);
        let acts = self.core.act_today(grouping, threshold, within_days).ok_or_else(|| self.not_kept(grouping))?;
        list(by.py(), acts.iter().map(Act::of))
    }

    /// The same counts as of a later day, when nothing more has come in; new rows are then added to it. TallyError where
    /// rows were read that were received or closed between the two days.
    ///
    /// >>> import caicach
    /// >>> tally = caicach.Tally.from_csv(b"body,received,due\nA,01/02/2024,05/03/2024\n", as_of="2024-02-29")
    /// >>> tally.move_to("2024-03-31").counts("body")[0].pending_overdue
    /// 1
    fn move_to(&self, py: Python<'_>, as_of: &Bound<'_, PyAny>) -> Result<Tally> {
        let day = crate::arguments::day(as_of, "as_of")?;
        let core = boundary(py, || self.core.moved_to(day))?.map_err(|error| error::moving(&error))?;
        Ok(Tally { core, rejects: self.rejects.copied(), file: self.file.clone() })
    }

    /// The tally with other names in a dimension ("body", "officer", "field"), by a dict; groups that come to one name
    /// are summed. This is how spellings become the ids of bodies.
    ///
    /// >>> import caicach
    /// >>> tally = caicach.Tally.from_csv(b"body,received,due\nP. A,01/02/2024,05/02/2024\n", as_of="2024-02-29")
    /// >>> tally.rename("body", {"P. A": "loc_tho"}).counts("body")[0].body
    /// 'loc_tho'
    fn rename(&self, dimension: &str, names: &Bound<'_, PyMapping>) -> Result<Tally> {
        let known = [core::Dimension::Body, core::Dimension::Officer, core::Dimension::Field];
        let found = known.into_iter().find(|known| known.name() == dimension);
        let message = || format!("names are of body, officer or field, not of `{dimension}`");
        let dimension = found.ok_or_else(|| error::error("unknown_dimension", "dimension", message(), None))?;
        let known = PyDict::new(names.py());
        for item in names.items()?.iter() {
            let (old, new) = item.extract::<(Bound<'_, PyString>, Bound<'_, PyString>)>()?;
            known.set_item(old.to_str()?, new.to_str()?)?;
        }
        let core = self.core.renamed(dimension, |name| known.get_item(name).ok()??.extract().ok());
        Ok(Tally { core, rejects: self.rejects.copied(), file: self.file.clone() })
    }

    /// The same rows counted by fewer groupings, so that what is handed on holds no more than it needs: a province reports
    /// without its officers' names. Rejected rows are left behind.
    ///
    /// >>> import caicach
    /// >>> text = b"body,officer,received,due\nA,An,01/02/2024,05/02/2024\n"
    /// >>> tally = caicach.Tally.from_csv(text, as_of="2024-02-29", by="body,officer")
    /// >>> tally.only(["body"]).groupings
    /// (('body',),)
    fn only(&self, py: Python<'_>, by: &Bound<'_, PyAny>) -> Result<Tally> {
        let groupings = arguments::groupings(Some(by))?;
        let found = boundary(py, || self.core.only(&groupings))?;
        found.map(Tally::new).ok_or_else(|| {
            let lost = |grouping: &&Grouping| self.core.groups(**grouping).is_none();
            self.not_kept(groupings.iter().find(lost).copied().unwrap_or_default())
        })
    }

    /// The tally of the rows of both. TallyError where they were counted by other options or groupings.
    fn __add__(&self, py: Python<'_>, other: &Bound<'_, Tally>) -> Result<Tally> {
        let other = other.get();
        let core = boundary(py, || self.core.merge(&other.core))?.map_err(|error| error::merging(&error))?;
        Ok(Tally { core, rejects: self.rejects.and(&other.rejects), file: None })
    }

    /// So that sum() works, which begins with 0.
    fn __radd__(slf: Bound<'_, Self>, other: &Bound<'_, PyAny>) -> Result<Py<PyAny>> {
        if other.eq(0).unwrap_or(false) { Ok(slf.into_any().unbind()) } else { Ok(slf.py().NotImplemented()) }
    }

    /// What is left when the rows of the other are taken out: a changed dossier is its old row taken out and its new row
    /// added. TallyError where they were never in.
    fn __sub__(&self, py: Python<'_>, other: &Bound<'_, Tally>) -> Result<Tally> {
        let other = other.get();
        let core = boundary(py, || self.core.minus(&other.core))?.map_err(|error| error::change(&error))?;
        Ok(Tally { core, rejects: self.rejects.copied(), file: None })
    }

    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }

    fn __hash__(&self) -> u64 {
        hash(&self.core.to_bytes())
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
    }

    /// Form II.06a as an HTML fragment: the groups of a grouping without officer and month, at most so many rows.
    #[pyo3(signature = (by=None, *, lang="vi", rows=100))]
    fn to_html<'py>(
        slf: &Bound<'py, Self>,
        by: Option<&Bound<'py, PyAny>>,
        lang: &str,
        rows: usize,
    ) -> Result<Bound<'py, PyAny>> {
        crate::arguments::lang_of(lang)?;
        call(slf.py(), "caicach._form", "form", (slf, by, lang, rows))
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> Result<Bound<'py, PyAny>> {
        Tally::to_html(slf, None, "vi", 100)
    }

    fn __repr__(&self) -> String {
        let day = self.core.as_of().map_or_else(String::new, caicach::calendar::iso);
        let kept = self.core.groupings().iter().map(Grouping::to_string).collect::<Vec<_>>().join("; ");
        let (counted, rejected) = (self.core.reckoning().counted(), self.core.reckoning().rejected());
        format!("<Tally as of {day} by {kept}: {counted} counted, {rejected} rejected>")
    }
}
