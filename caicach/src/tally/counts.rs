//! The columns of form II.06a for a group.

use super::days::{self, Month};
use super::flow::{Flow, Key, NO_MONTH, OPEN_MONTH, OVERDUE, at};
use super::grouping::{Dimension, Grouping};
use super::opens::{self, split};
use super::sum::Tally;
use super::table::Table;

/// The columns of form II.06a (biểu số II.06a/VPCP/KSTT) and what goes with them.
///
/// In a grouping by month every month is a form of its own: received in that month, resolved or cancelled in that month,
/// carried over from the months before, pending at its end (at as-of in the last month). A cancelled dossier without a
/// date of closing counts as cancelled on the day of receipt. Satisfaction, requests and apologies count in the month of
/// closing, those of pending dossiers in the month of as-of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Counts {
    /// Received (tiếp nhận).
    pub received: Received,
    /// Resolved (đã giải quyết).
    pub resolved: Resolved,
    /// Pending (đang giải quyết).
    pub pending: Pending,
    /// Cancelled or withdrawn (dừng xử lý, rút).
    pub cancelled: u64,
    /// Satisfied citizens (hài lòng).
    pub satisfied: u64,
    /// Citizens who were asked and were not satisfied (chưa hài lòng).
    pub dissatisfied: u64,
    /// Dossiers for which more papers were requested (hồ sơ phải bổ sung).
    pub supplemented: u64,
    /// Requests for more papers (số lần yêu cầu bổ sung).
    pub supplement_requests: u64,
    /// Requests made in writing (phiếu yêu cầu bổ sung).
    pub supplement_notices: u64,
    /// Dossiers with a letter of apology (thư xin lỗi).
    pub apologies: u64,
    /// Dossiers resolved late that have one.
    pub apologies_late: u64,
}

/// Received dossiers (hồ sơ tiếp nhận).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Received {
    /// New, online (trực tuyến).
    pub online: u64,
    /// New, at the counter (trực tiếp).
    pub direct: u64,
    /// New, by public post (bưu chính công ích).
    pub postal: u64,
    /// New, channel not given.
    pub unknown_channel: u64,
    /// From before the period (từ kỳ trước).
    pub carried_over: u64,
}

impl Received {
    /// All of them, column 3.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.new_in_period().saturating_add(self.carried_over)
    }

    /// Those new in the period.
    #[must_use]
    pub fn new_in_period(&self) -> u64 {
        [self.online, self.direct, self.postal, self.unknown_channel].iter().fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// Online ones and all new ones whose channel is known: the online share.
    #[must_use]
    pub fn online_share(&self) -> (u64, u64) {
        (self.online, self.new_in_period().saturating_sub(self.unknown_channel))
    }
}

/// Resolved dossiers (hồ sơ đã giải quyết).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Resolved {
    /// Before the due date (sớm hạn).
    pub early: u64,
    /// On it (đúng hạn).
    pub on_time: u64,
    /// After it (trễ hạn).
    pub late: u64,
}

impl Resolved {
    /// All of them, column 7.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.early.saturating_add(self.on_time).saturating_add(self.late)
    }

    /// Late ones and all: the late share (tỷ lệ trễ hạn) by the default reading of `late_denominator`.
    #[must_use]
    pub fn late_share(&self) -> (u64, u64) {
        (self.late, self.total())
    }
}

/// Pending dossiers (hồ sơ đang giải quyết).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Pending {
    /// All of them, column 11.
    pub total: u64,
    /// Not yet due (trong hạn). `None` at the end of a month before that of as-of: which dossiers were overdue then is
    /// not kept.
    pub in_time: Option<u64>,
    /// Past the due date (quá hạn). `None` as above.
    pub overdue: Option<u64>,
}

/// A group and its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group<'t> {
    /// The body, if grouped by body.
    pub body: Option<&'t str>,
    /// The officer, if grouped by officer and known.
    pub officer: Option<&'t str>,
    /// The field, if grouped by field and known.
    pub field: Option<&'t str>,
    /// The month, if grouped by month.
    pub month: Option<Month>,
    /// The counts.
    pub counts: Counts,
}

impl Counts {
    pub(crate) fn of(flow: &Flow, in_time: u64, overdue: u64) -> Self {
        let mut counts = Self::flow_only(flow);
        counts.pending =
            Pending { total: in_time.saturating_add(overdue), in_time: Some(in_time), overdue: Some(overdue) };
        counts
    }

    /// Satisfied citizens and all who were asked: the satisfied share (tỷ lệ hài lòng).
    #[must_use]
    pub fn satisfied_share(&self) -> (u64, u64) {
        (self.satisfied, self.satisfied.saturating_add(self.dissatisfied))
    }

    /// Every count by its name, in a fixed order to which later versions add at the end: the columns of
    /// every surface. `None` is not known.
    #[must_use]
    pub fn columns(&self) -> [(&'static str, Option<u64>); 21] {
        let Self { received, resolved, pending, .. } = self;
        [
            ("received_total", Some(received.total())),
            ("received_online", Some(received.online)),
            ("received_direct", Some(received.direct)),
            ("received_postal", Some(received.postal)),
            ("received_unknown_channel", Some(received.unknown_channel)),
            ("received_carried_over", Some(received.carried_over)),
            ("resolved_total", Some(resolved.total())),
            ("resolved_early", Some(resolved.early)),
            ("resolved_on_time", Some(resolved.on_time)),
            ("resolved_late", Some(resolved.late)),
            ("cancelled", Some(self.cancelled)),
            ("satisfied", Some(self.satisfied)),
            ("dissatisfied", Some(self.dissatisfied)),
            ("supplemented", Some(self.supplemented)),
            ("supplement_requests", Some(self.supplement_requests)),
            ("supplement_notices", Some(self.supplement_notices)),
            ("apologies", Some(self.apologies)),
            ("apologies_late", Some(self.apologies_late)),
            ("pending_total", Some(pending.total)),
            ("pending_in_time", pending.in_time),
            ("pending_overdue", pending.overdue),
        ]
    }

    fn flow_only(flow: &Flow) -> Self {
        let n = |at| flow.get(at);
        Self {
            received: Received {
                online: n(at::ONLINE),
                direct: n(at::DIRECT),
                postal: n(at::POSTAL),
                unknown_channel: n(at::UNKNOWN),
                carried_over: n(at::CARRIED),
            },
            resolved: Resolved { early: n(at::EARLY), on_time: n(at::ON_TIME), late: n(at::LATE) },
            pending: Pending::default(),
            cancelled: n(at::CANCELLED),
            satisfied: n(at::SATISFIED),
            dissatisfied: n(at::DISSATISFIED),
            supplemented: n(at::SUPPLEMENTED),
            supplement_requests: n(at::REQUESTS),
            supplement_notices: n(at::NOTICES),
            apologies: n(at::APOLOGIES),
            apologies_late: n(at::APOLOGIES_LATE),
        }
    }
}

impl Tally {
    /// The groups of a grouping and their counts, sorted by name and month; `None` where no grouping is kept of which
    /// this one is a part.
    ///
    /// A missing officer or field is a group of its own, whose name is `None`.
    #[must_use]
    pub fn groups(&self, grouping: Grouping) -> Option<Vec<Group<'_>>> {
        let table = self.table(grouping)?;
        let by_month = grouping.has(Dimension::Month);
        let mut out = Vec::with_capacity(table.flows.len());
        for_each_group(&table, &mut |names, flows, open| {
            let (overdue, in_time) = split(open, self.terms.as_of);
            if by_month {
                self.push_months(names, flows, (in_time, overdue), &mut out);
            } else {
                let mut flow = Flow::default();
                flows.iter().for_each(|(_, f)| flow.add(f));
                out.push(self.group(names, None, Counts::of(&flow, in_time, overdue)));
            }
        });
        Some(out)
    }

    /// All dossiers together.
    #[must_use]
    pub fn total(&self) -> Counts {
        let groups = self.groups(Grouping::TOTAL).unwrap_or_default();
        groups.first().map(|g| g.counts).unwrap_or(Counts::of(&Flow::default(), 0, 0))
    }

    pub(crate) fn group(&self, names: [u32; 3], month: Option<Month>, counts: Counts) -> Group<'_> {
        let [body, officer, field] = names;
        Group { body: self.name(0, body), officer: self.name(1, officer), field: self.name(2, field), month, counts }
    }

    /// One form for each month from the first event to as-of in which there is anything to say.
    fn push_months<'t>(
        &'t self,
        names: [u32; 3],
        flows: &[(Key, Flow)],
        (in_time, overdue): (u64, u64),
        out: &mut Vec<Group<'t>>,
    ) {
        let last = days::month_of(self.terms.as_of);
        let first = flows.first().map_or(last, |(key, _)| key.month.min(last));
        let pending_marks = flows.last().filter(|(key, _)| key.month == OPEN_MONTH).map(|(_, flow)| *flow);
        let mut months = flows.iter().peekable();
        let mut open = 0_u64;
        for month in first..=last {
            let mut flow = months.next_if(|(key, _)| key.month == month).map(|(_, f)| *f).unwrap_or_default();
            flow.add_at(at::CARRIED, open);
            open = flow.received().saturating_sub(flow.closed());
            let mut counts = Counts::flow_only(&flow);
            counts.pending.total = open;
            if month == last {
                flow.add(&pending_marks.unwrap_or_default());
                counts = Counts::of(&flow, in_time, overdue);
            }
            if !flow.is_zero() || open > 0 {
                out.push(self.group(names, Some(Month::at(month)), counts));
            }
        }
    }
}

/// Takes names, their flows by month and their pending dossiers by due day.
type OfGroup<'c> = dyn FnMut([u32; 3], &[(Key, Flow)], opens::Days<'_>) + 'c;

/// Calls for each set of names.
pub(crate) fn for_each_group(table: &Table, call: &mut OfGroup<'_>) {
    let (mut flows, mut open) = (table.flows.iter().peekable(), table.open.iter().peekable());
    let mut here = Vec::new();
    loop {
        let names = match (flows.peek(), open.peek()) {
            (Some((key, _)), Some((names, _))) => key.names.min(*names),
            (Some((key, _)), None) => key.names,
            (None, Some((names, _))) => *names,
            (None, None) => return,
        };
        here.clear();
        here.extend(std::iter::from_fn(|| flows.next_if(|(key, _)| key.names == names)));
        let days = open.next_if(|(of, _)| *of == names).map_or(opens::Days::default(), |(_, days)| days);
        call(names, &here, days);
    }
}

/// The month column is [`NO_MONTH`] and the due day [`OVERDUE`] where these do not apply; both are below every real one.
const _: () = assert!(NO_MONTH == 0 && OVERDUE < days::FIRST);
