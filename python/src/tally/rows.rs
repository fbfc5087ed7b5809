//! What a tally says, row by row.

use caicach::calendar::Date;
use caicach::tally as core;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::{PyDate, PyDict};

use crate::error::Result;
use crate::same::{Compared, Other, hash};
use crate::value;

fn owned(name: Option<&str>) -> Option<String> {
    name.map(str::to_owned)
}

/// The words of a group, for `__repr__`.
fn named(parts: [Option<&str>; 3]) -> String {
    let named: Vec<&str> = parts.into_iter().flatten().collect();
    if named.is_empty() { "all".into() } else { named.join(", ") }
}

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident: $ty:ty = $of:expr;)*) => {
        /// A group of dossiers and its counts: the columns of form II.06a and what goes with them.
        ///
        /// >>> import caicach
        /// >>> text = b"body,received,due,completed\nA,01/02/2024,05/02/2024,07/02/2024\nA,02/02/2024,06/02/2024,\n"
        /// >>> row, = caicach.Tally.from_csv(text, as_of="2024-02-29").counts("body")
        /// >>> row.body, row.received_total, row.resolved_late, row.pending_overdue, row.late_share
        /// ('A', 2, 1, 1, (1, 1))
        #[pyclass(frozen, module = "caicach.tally")]
        #[derive(PartialEq, Eq, Hash)]
        pub(crate) struct Counts {
            /// The body, if grouped by body.
            #[pyo3(get)]
            body: Option<String>,
            /// The officer, if grouped by officer and known.
            #[pyo3(get)]
            officer: Option<String>,
            /// The field, if grouped by field and known.
            #[pyo3(get)]
            field: Option<String>,
            month: Option<Date>,
            $($(#[$doc])* #[pyo3(get)] $name: $ty,)*
        }

        impl Counts {
            pub(super) fn of(group: &core::Group<'_>) -> Counts {
                Counts {
                    body: owned(group.body),
                    officer: owned(group.officer),
                    field: owned(group.field),
                    month: group.month.and_then(core::Month::first_day),
                    $($name: $of(&group.counts),)*
                }
            }

            pub(super) fn total(counts: core::Counts) -> Counts {
                Counts { body: None, officer: None, field: None, month: None, $($name: $of(&counts),)* }
            }

            /// The counts by name, in the order of the form.
            const NAMES: &[&str] = &[$(stringify!($name)),*];
        }
    };
}

counts! {
    /// Received (tiếp nhận), column 3.
    received_total: u64 = |c: &core::Counts| c.received.total();
    /// New, online (trực tuyến).
    received_online: u64 = |c: &core::Counts| c.received.online;
    /// New, at the counter (trực tiếp).
    received_direct: u64 = |c: &core::Counts| c.received.direct;
    /// New, by public post (bưu chính công ích).
    received_postal: u64 = |c: &core::Counts| c.received.postal;
    /// New, channel not given.
    received_unknown_channel: u64 = |c: &core::Counts| c.received.unknown_channel;
    /// From before the period (từ kỳ trước).
    received_carried_over: u64 = |c: &core::Counts| c.received.carried_over;
    /// Resolved (đã giải quyết), column 7.
    resolved_total: u64 = |c: &core::Counts| c.resolved.total();
    /// Resolved before the due date (sớm hạn).
    resolved_early: u64 = |c: &core::Counts| c.resolved.early;
    /// Resolved on it (đúng hạn).
    resolved_on_time: u64 = |c: &core::Counts| c.resolved.on_time;
    /// Resolved after it (trễ hạn).
    resolved_late: u64 = |c: &core::Counts| c.resolved.late;
    /// Pending (đang giải quyết), column 11.
    pending_total: u64 = |c: &core::Counts| c.pending.total;
    /// Pending and not yet due (trong hạn). None at the end of a month before that of as_of: which were overdue then is
    /// not kept.
    pending_in_time: Option<u64> = |c: &core::Counts| c.pending.in_time;
    /// Pending past the due date (quá hạn). None as above.
    pending_overdue: Option<u64> = |c: &core::Counts| c.pending.overdue;
    /// Cancelled or withdrawn (dừng xử lý, rút).
    cancelled: u64 = |c: &core::Counts| c.cancelled;
    /// Satisfied citizens (hài lòng).
    satisfied: u64 = |c: &core::Counts| c.satisfied;
    /// Citizens who were asked and were not satisfied.
    dissatisfied: u64 = |c: &core::Counts| c.dissatisfied;
    /// Dossiers for which more papers were requested (hồ sơ phải bổ sung).
    supplemented: u64 = |c: &core::Counts| c.supplemented;
    /// Requests for more papers.
    supplement_requests: u64 = |c: &core::Counts| c.supplement_requests;
    /// Requests made in writing (phiếu yêu cầu bổ sung).
    supplement_notices: u64 = |c: &core::Counts| c.supplement_notices;
    /// Dossiers with a letter of apology (thư xin lỗi).
    apologies: u64 = |c: &core::Counts| c.apologies;
    /// Dossiers resolved late that have one.
    apologies_late: u64 = |c: &core::Counts| c.apologies_late;
}

#[pymethods]
impl Counts {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }
    /// The first day of the month, if grouped by month.
    #[getter]
    fn month<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
        self.month.map(|day| value::date(py, day)).transpose()
    }
    /// Late ones and all that were resolved.
    #[getter]
    fn late_share(&self) -> (u64, u64) {
        (self.resolved_late, self.resolved_total)
    }
    /// Online ones and all new ones whose channel is known.
    #[getter]
    fn online_share(&self) -> (u64, u64) {
        let known = self.received_online.saturating_add(self.received_direct).saturating_add(self.received_postal);
        (self.received_online, known)
    }
    /// Satisfied citizens and all who were asked.
    #[getter]
    fn satisfied_share(&self) -> (u64, u64) {
        (self.satisfied, self.satisfied.saturating_add(self.dissatisfied))
    }
    /// All of it by name.
    fn to_dict<'py>(slf: &Bound<'py, Self>) -> Result<Bound<'py, PyDict>> {
        let dict = PyDict::new(slf.py());
        for name in ["body", "officer", "field", "month"].iter().chain(Counts::NAMES) {
            dict.set_item(name, slf.getattr(*name)?)?;
        }
        Ok(dict)
    }
    fn __repr__(&self) -> String {
        let month = self.month.map_or(String::new(), |day| format!(" {}-{:02}", day.year(), u8::from(day.month())));
        let name = named([self.body.as_deref(), self.officer.as_deref(), self.field.as_deref()]);
        let (received, resolved) = (self.received_total, self.resolved_total);
        format!(
            "<Counts {name}{month}: {received} received, {resolved} resolved, {} late, {} pending>",
            self.resolved_late, self.pending_total
        )
    }
}

/// How far a late share is from a threshold, in dossiers. See Tally.watch.
///
/// >>> import caicach
/// >>> text = b"body,received,due,completed\n" + b"A,01/02/2024,05/02/2024,04/02/2024\n" * 100
/// >>> row, = caicach.Tally.from_csv(text, as_of="2024-02-29").watch("body", percent=5)
/// >>> row.room.more_late
/// 5
#[pyclass(frozen, get_all, module = "caicach.tally")]
#[derive(PartialEq, Eq, Hash, Clone)]
pub(crate) struct Room {
    /// How many more may be resolved late before the threshold is reached; None where it is already.
    more_late: Option<u64>,
    /// How many of the pending ones may be resolved late when all of them are resolved; None where the threshold is
    /// reached even with none.
    of_pending: Option<u64>,
    /// How many have to be resolved in time to come below the threshold; 0 where it is not reached.
    in_time_needed: u64,
}

impl Room {
    fn of(room: core::Headroom) -> Room {
        let core::Headroom { more_late, of_pending, in_time_needed, .. } = room;
        Room { more_late, of_pending, in_time_needed }
    }
}

#[pymethods]
impl Room {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }
    fn __repr__(&self) -> String {
        match self.more_late {
            Some(more) => format!("<Room: {more} more late>"),
            None => format!("<Room: reached, {} in time needed>", self.in_time_needed),
        }
    }
}

/// A group's pending dossiers by days left, and how much lateness it can still bear. See Tally.watch.
///
/// >>> import caicach
/// >>> text = b"body,received,due\nA,01/02/2024,05/03/2024\nA,01/02/2024,20/02/2024\n"
/// >>> caicach.Tally.from_csv(text, as_of="2024-03-01").watch("body")[0].by_days_left
/// [(-10, 1), (4, 1)]
#[pyclass(frozen, get_all, module = "caicach.tally")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Watch {
    /// The body, if grouped by body.
    body: Option<String>,
    /// The officer, if grouped by officer and known.
    officer: Option<String>,
    /// The field, if grouped by field and known.
    field: Option<String>,
    /// Resolved late so far.
    late: u64,
    /// Resolved so far.
    resolved: u64,
    /// Pending.
    pending: u64,
    /// Pending ones by days left until they are due: 0 is due at as_of, below 0 overdue.
    by_days_left: Vec<(i32, u64)>,
    /// Pending ones that count as overdue whatever their due date (repeat_supplement="late").
    overdue_by_rule: u64,
    /// How far the late share is from the threshold.
    room: Room,
}

impl Watch {
    pub(super) fn of(watch: &core::Watch<'_>) -> Watch {
        Watch {
            body: owned(watch.group.body),
            officer: owned(watch.group.officer),
            field: owned(watch.group.field),
            late: watch.group.counts.resolved.late,
            resolved: watch.group.counts.resolved.total(),
            pending: watch.group.counts.pending.total,
            by_days_left: watch.by_days_left.clone(),
            overdue_by_rule: watch.overdue_by_rule,
            room: Room::of(watch.headroom),
        }
    }
}

#[pymethods]
impl Watch {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }
    fn __repr__(&self) -> String {
        let name = named([self.body.as_deref(), self.officer.as_deref(), self.field.as_deref()]);
        format!("<Watch {name}: {}/{} late, {} pending>", self.late, self.resolved, self.pending)
    }
}

/// Something to act on: the pending dossiers of a group that fall due on one day. See Tally.act_today.
///
/// >>> import caicach
/// >>> text = b"body,received,due\nA,01/02/2024,04/03/2024\nA,01/02/2024,20/03/2024\n"
/// >>> act, = caicach.Tally.from_csv(text, as_of="2024-03-01").act_today("body", within_days=5)
/// >>> act.days_left, act.dossiers, act.due.isoformat()
/// (3, 1, '2024-03-04')
#[pyclass(frozen, module = "caicach.tally")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Act {
    /// The body, if grouped by body.
    #[pyo3(get)]
    body: Option<String>,
    /// The officer, if grouped by officer and known.
    #[pyo3(get)]
    officer: Option<String>,
    /// The field, if grouped by field and known.
    #[pyo3(get)]
    field: Option<String>,
    due: Option<Date>,
    /// How many days are left; below 0 they are overdue.
    #[pyo3(get)]
    days_left: i32,
    /// How many dossiers.
    #[pyo3(get)]
    dossiers: u64,
    /// Whether the group reaches the threshold if these, and what is due before them, are resolved late and all else
    /// pending in time; and does not reach it already without them.
    #[pyo3(get)]
    decides: bool,
    /// How far the group's late share is from the threshold.
    #[pyo3(get)]
    room: Room,
}

impl Act {
    pub(super) fn of(act: &core::Act<'_>) -> Act {
        Act {
            body: owned(act.body),
            officer: owned(act.officer),
            field: owned(act.field),
            due: act.due,
            days_left: act.days_left,
            dossiers: act.dossiers,
            decides: act.decides,
            room: Room::of(act.headroom),
        }
    }
}

#[pymethods]
impl Act {
    fn __richcmp__(&self, other: Other<'_, '_>, op: CompareOp) -> Compared {
        other.is(op, self)
    }
    fn __hash__(&self) -> u64 {
        hash(self)
    }
    /// When they are due.
    #[getter]
    fn due<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyDate>>> {
        self.due.map(|day| value::date(py, day)).transpose()
    }
    fn __repr__(&self) -> String {
        let name = named([self.body.as_deref(), self.officer.as_deref(), self.field.as_deref()]);
        format!("<Act {name}: {} dossiers, {} days left>", self.dossiers, self.days_left)
    }
}

/// What became of the rows read: every row is counted, rejected, or not of the period (đối chiếu số dòng).
///
/// >>> import caicach
/// >>> text = b"body,received,due\nA,01/02/2024,05/02/2024\nA,01/02/2025,05/02/2025\nA,x,\n"
/// >>> caicach.Tally.from_csv(text, as_of="2024-02-29").reckoning
/// <Reckoning 3 rows: 1 counted, 1 not counted, 1 rejected>
#[pyclass(frozen, get_all, module = "caicach.tally")]
pub(crate) struct Reckoning {
    /// Rows read.
    rows: u64,
    /// Rows that are in the counts.
    counted: u64,
    /// Rows left out by the terms: the three below together.
    not_counted: u64,
    /// Rows received after as_of.
    received_after_as_of: u64,
    /// Rows closed before the period's first day.
    closed_before_period: u64,
    /// Cancelled rows that were excluded.
    cancelled_excluded: u64,
    /// Rows that could not be taken.
    rejected: u64,
    /// Rows that could not be taken, by the code of the reason.
    rejected_by_reason: ByReason,
}

/// Rows by the code of a reason, in order of codes: a dict each time it is asked for.
struct ByReason(Vec<(&'static str, u64)>);

impl<'py> IntoPyObject<'py> for &ByReason {
    type Target = PyDict;
    type Output = Bound<'py, PyDict>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let dict = PyDict::new(py);
        self.0.iter().try_for_each(|(code, rows)| dict.set_item(code, rows))?;
        Ok(dict)
    }
}

impl Reckoning {
    pub(super) fn of(of: &core::Reckoning) -> Reckoning {
        let mut rejected_by_reason = Vec::new();
        for (code, rows) in of.rejected_by_reason().map(|(reason, rows)| (reason.code(), rows)) {
            let at = rejected_by_reason.partition_point(|(before, _)| *before < code);
            rejected_by_reason.insert(at, (code, rows));
        }
        Reckoning {
            rows: of.rows(),
            counted: of.counted(),
            not_counted: of.not_counted(),
            received_after_as_of: of.received_after_as_of(),
            closed_before_period: of.closed_before_period(),
            cancelled_excluded: of.cancelled_excluded(),
            rejected: of.rejected(),
            rejected_by_reason: ByReason(rejected_by_reason),
        }
    }
}

#[pymethods]
impl Reckoning {
    fn __repr__(&self) -> String {
        let Reckoning { rows, counted, not_counted, rejected, .. } = self;
        format!("<Reckoning {rows} rows: {counted} counted, {not_counted} not counted, {rejected} rejected>")
    }
}
