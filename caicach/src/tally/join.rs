//! What all workers have counted, brought together in one canonical form.

use super::flow::{Flow, Key, NO_MONTH};
use super::flows::Flows;
use super::grouping::{Dimension, Grouping};
use super::leaf::{Leaf, Legend};
use super::opens::Opens;
use super::options::Options;
use super::pending::{self, Pages, Pending};
use super::reject::Rejects;
use super::run::Run;
use super::scan::{Found, Scanned};
use super::sum::{Counted, Tally, numbers_in};
use super::table::{Numbers, Table, renumber};
use crate::order::InOrder;

/// A number of the whole that a worker does not know.
const ABSENT: u32 = u32::MAX;

/// What one worker has counted by one grouping.
struct Part<'s> {
    leaf: Leaf,
    legend: Legend<'s>,
    names: &'s Names,
    /// For each month of the whole its number here.
    months: Vec<Option<usize>>,
}

/// A worker's numbers of names beside those of the whole.
struct Names {
    /// For each number here that of the whole.
    whole: Numbers,
    /// For each number of the whole that of here, or [`ABSENT`].
    here: Numbers,
}

/// The sum of what all workers have counted; `None` of no workers.
pub(crate) fn join(options: &Options, run: &Run, mut scans: Vec<Scanned>) -> Option<Counted> {
    let mut names: [Vec<Box<str>>; 3] = Default::default();
    let mut same = [false; 3];
    for (kind, (names, same)) in names.iter_mut().zip(&mut same).enumerate() {
        if let Some(list) = same_list(&mut scans, kind) {
            (*names, *same) = (list, true);
            continue;
        }
        let mut lists: Vec<&[Box<str>]> = scans.iter().filter_map(|s| s.names.get(kind)).map(Vec::as_slice).collect();
        lists.dedup();
        names.extend(lists.into_iter().flatten().cloned());
        names.order();
        names.dedup();
    }
    let leaves: Vec<Vec<Leaf>> = scans.iter_mut().map(|s| std::mem::take(&mut s.leaves)).collect();
    let numbers: Vec<Names> = scans.iter().map(|scan| Names::new(scan, &names, same)).collect();
    let sizes = names.each_ref().map(|list| list.len() + 1);
    let mut by_leaf: Vec<Vec<Part<'_>>> = Vec::new();
    for ((leaves, scan), names) in leaves.into_iter().zip(&scans).zip(&numbers) {
        by_leaf.resize_with(leaves.len(), Vec::new);
        for (parts, leaf) in by_leaf.iter_mut().zip(leaves) {
            parts.push(Part { leaf, legend: scan.legend(), names, months: Vec::new() });
        }
    }
    // One after the other, so that what each worker has counted is given back before the next sum needs room.
    let tables = by_leaf.into_iter().map(|parts| table(parts, sizes)).collect::<Option<Vec<_>>>()?;
    let mut found = scans.into_iter().map(|scan| scan.found);
    let (first, mut rejects) = tally_of(options, found.next()?);
    let mut tally = Tally { names, tables, ..first };
    for found in found {
        let (more, its_rejects) = tally_of(options, found);
        tally.add_rows(&more);
        rejects = rejects.joined(its_rejects);
    }
    tally.drop_unused();
    // Each worker has kept its first ones; the first of all are among them.
    rejects.kept_mut().order();
    rejects.kept_mut().truncate(run.kept());
    Some(Counted { tally, rejects })
}

/// Takes out the names that all workers have in one order, as they mostly do, since all read the same dictionary.
fn same_list(scans: &mut [Scanned], kind: usize) -> Option<Vec<Box<str>>> {
    let lists = || scans.iter().filter_map(|scan| scan.names.get(kind));
    let is_same = lists().zip(lists().skip(1)).all(|(a, b)| a == b);
    let in_order = lists().next()?.is_sorted_by(|a, b| a < b);
    let first = scans.first_mut().and_then(|scan| scan.names.get_mut(kind)).filter(|_| is_same && in_order);
    first.map(std::mem::take)
}

/// What a worker knows of its rows beside their counts, as a tally.
fn tally_of(options: &Options, found: Found) -> (Tally, Rejects) {
    let Found { reckoning, later, rejects, known } = found;
    let later = later.by_day(options.as_of_day());
    let tally = Tally { reckoning, later, known, ..Tally::empty(options, &[]) };
    (tally, rejects)
}

impl Names {
    /// `same` are the kinds of which all workers have the names of the whole under the same numbers.
    fn new(scan: &Scanned, names: &[Vec<Box<str>>; 3], same: [bool; 3]) -> Self {
        let mut whole = numbers_in(scan.names.each_ref().map(Vec::as_slice), names);
        for ((whole, names), _) in whole.iter_mut().zip(names).zip(same).filter(|(_, same)| *same) {
            *whole = (0..).take(names.len() + 1).collect();
        }
        let mut here = names.each_ref().map(|list| vec![ABSENT; list.len() + 1]);
        for (here, whole) in here.iter_mut().zip(&whole) {
            for (number, of_whole) in (0..).zip(whole) {
                if let Some(place) = here.get_mut(*of_whole as usize) {
                    *place = number;
                }
            }
        }
        Self { whole, here }
    }

    /// The numbers here of names of the whole, unless one is not known here.
    fn here(&self, names: [u32; 3]) -> Option<[u32; 3]> {
        let mut out = [0; 3];
        for ((out, here), name) in out.iter_mut().zip(&self.here).zip(names) {
            *out = here.get(name as usize).copied().filter(|n| *n != ABSENT)?;
        }
        Some(out)
    }
}

/// The table of one grouping; `sizes` are how many numbers of names there are in the whole. `None` where a thread failed.
fn table(mut parts: Vec<Part<'_>>, sizes: [usize; 3]) -> Option<Table> {
    let grouping = parts.first().map_or(Grouping::TOTAL, |part| part.leaf.grouping());
    let mut rooms = [1_u32; 3];
    for ((room, size), dimension) in rooms.iter_mut().zip(sizes).zip(Dimension::ALL) {
        *room = if grouping.has(dimension) { u32::try_from(size).unwrap_or(u32::MAX) } else { 1 };
    }
    let months = months(&parts, grouping.has(Dimension::Month));
    let all = rooms.iter().fold(months.len(), |product, room| product.saturating_mul(*room as usize));
    let known = parts.iter().fold(0, |sum: usize, part| sum.saturating_add(part.leaf.places()));
    // Where workers have met different names, there are far more places than groups.
    let by_place = all <= known.saturating_mul(4);
    let (mut far, mut dues) = (Vec::new(), Vec::new());
    for part in &mut parts {
        let (flows, open) = part.leaf.take_rest(&part.legend, !by_place);
        let whole = |names| renumber(names, &part.names.whole);
        far.extend(flows.into_iter().map(|(key, flow)| (Key { names: whole(key.names), ..key }, flow)));
        dues.extend(open.into_iter().map(|(names, day, count)| (whole(names), day, count)));
        let number = |month: &i32| part.legend.months.iter().position(|m| m == month);
        part.months = match grouping.has(Dimension::Month) {
            true => months.iter().map(number).collect(),
            false => vec![Some(0)],
        };
    }
    let (mut flows, mut open) = (Flows::default(), Opens::default());
    if by_place {
        let pending: Vec<Pending> = parts.iter_mut().map(|part| part.leaf.take_open()).collect();
        let rounds = rounds(&mut parts, rooms, &months);
        let pending = of_whole(&parts, pending, rooms);
        let width = rooms.iter().fold(1, |product: usize, room| product.saturating_mul(*room as usize));
        let pages = Pages::new(&pending, width);
        let read_flows = || read_places(&parts, rooms, &months, &rounds);
        let lists = if parts.len() > 1 && is_long(width.saturating_mul(months.len()), pages.cost()) {
            std::thread::scope(|scope| {
                let running = scope.spawn(|| pages.lists());
                flows = read_flows();
                running.join().ok()
            })?
        } else {
            flows = read_flows();
            pages.lists()
        };
        drop(pending);
        open = Opens::of_lists(lists, |place| names_at(place, rooms));
    }
    drop(parts);
    if !dues.is_empty() {
        dues.extend(open.dues());
        open = Opens::of(dues);
    }
    if !far.is_empty() {
        flows.extend(far);
        flows = flows.in_order();
    }
    Some(Table { grouping, flows, open })
}

/// The names of the whole at a place of the whole.
fn names_at(place: usize, [_, officers, fields]: [u32; 3]) -> [u32; 3] {
    let (officers, fields) = (officers.max(1) as usize, fields.max(1) as usize);
    [place / fields / officers, place / fields % officers, place % fields].map(|name| name as u32)
}

/// The place of names of the whole.
fn place_of([body, officer, field]: [u32; 3], [_, officers, fields]: [u32; 3]) -> usize {
    let wide = |n: u32| n as usize;
    wide(body)
        .wrapping_mul(wide(officers))
        .wrapping_add(wide(officer))
        .wrapping_mul(wide(fields))
        .wrapping_add(wide(field))
}

/// The pending dossiers of all workers, with the groups of the whole.
fn of_whole<'p>(parts: &'p [Part<'_>], pending: Vec<Pending>, rooms: [u32; 3]) -> Vec<pending::Part<'p>> {
    let parts = parts.iter().zip(pending).map(|(Part { leaf, names, legend, .. }, pending)| {
        let whole = |place| place_of(renumber(leaf.names_at(place), &names.whole), rooms) as u32;
        pending::Part::new(pending, legend.dues, whole)
    });
    parts.collect()
}

/// Whether flows and pending dossiers take so long to read that another thread should read the latter; to begin one takes time
/// too. `flows` are how many flows there are, `open` how long the pending dossiers take, in single dossiers.
fn is_long(flows: usize, open: usize) -> bool {
    /// A flow takes as long as so many dossiers.
    const FLOW: usize = 20;
    /// What is read while a thread begins.
    const SOON: usize = 50_000;
    open.min(flows.saturating_mul(FLOW)) >= SOON
}

/// A group of the whole by its place and, if by month, that of its month; a count; and what is to be added to it.
type Round = (u32, u16, u32);

/// What tables by place have beside their cells, in the order of groups.
fn rounds(parts: &mut [Part<'_>], rooms: [u32; 3], months: &[i32]) -> Vec<Round> {
    let mut out = Vec::new();
    for Part { leaf, legend, names, months: here } in parts {
        leaf.take_rounds(legend.extras, |names_at, month, at, mut count| {
            let whole = place_of(renumber(names_at, &names.whole), rooms);
            let Some(month) = here.iter().position(|number| *number == Some(month)) else { return };
            let group = (whole * months.len() + month) as u32;
            // Tables by place have fewer places than 32 bits number; what a count has beyond them comes in pieces.
            while count > 0 {
                let piece = u32::try_from(count).unwrap_or(u32::MAX);
                out.push((group, at as u16, piece));
                count -= u64::from(piece);
            }
        });
    }
    out.order_by_key(|(group, ..)| *group);
    out
}

/// The months that any part has met, in order.
fn months(parts: &[Part<'_>], by_month: bool) -> Vec<i32> {
    let mut months: Vec<i32> = Vec::new();
    if by_month {
        months.extend(parts.iter().flat_map(|part| part.legend.months));
        months.order();
        months.dedup();
    } else {
        months.push(NO_MONTH);
    }
    months
}

/// What lies in tables by place, in order.
fn read_places(parts: &[Part<'_>], rooms: [u32; 3], months: &[i32], rounds: &[Round]) -> Flows {
    let places = rooms.iter().fold(months.len(), |product, room| product.saturating_mul(*room as usize));
    // Room that is not used is given back untouched.
    let mut flows = Flows::with_capacity(places);
    let mut rounds = rounds.iter().peekable();
    let mut group = 0_usize;
    for_each_place(parts, rooms, |names, here| {
        for (at, month) in months.iter().enumerate() {
            let mut flow = Flow::default();
            for (part, place) in here {
                if let Some(month) = part.month(at) {
                    part.leaf.add_group(*place, month, part.legend.extras, &mut flow);
                }
            }
            while let Some((_, at, count)) = rounds.next_if(|(of, ..)| *of as usize == group) {
                flow.add_at(usize::from(*at), u64::from(*count));
            }
            if !flow.is_zero() {
                flows.push(Key { names, month: *month }, &flow);
            }
            group += 1;
        }
    });
    flows.shrink();
    flows
}

/// Calls with all names that there is room for, in order, and their places in the parts that have one.
fn for_each_place<'p, 's>(
    parts: &'p [Part<'s>],
    [bodies, officers, fields]: [u32; 3],
    mut call: impl FnMut([u32; 3], &[(&'p Part<'s>, usize)]),
) {
    let mut here: Vec<(&Part<'_>, usize)> = Vec::new();
    for body in 0..bodies {
        for officer in 0..officers {
            for field in 0..fields {
                let names = [body, officer, field];
                here.clear();
                here.extend(parts.iter().filter_map(|part| {
                    let place = part.leaf.place_of(part.names.here(names)?)?;
                    Some((part, place))
                }));
                call(names, &here);
            }
        }
    }
}

impl Part<'_> {
    /// The number here of a month of the whole.
    fn month(&self, at: usize) -> Option<usize> {
        self.months.get(at).copied().flatten()
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::join;
    use crate::calendar::parse_iso;
    use crate::tally::origin::InMemory;
    use crate::tally::scan::Scan;
    use crate::tally::{Column, Columns, Flags, Grouping, Ints, Keys, Moments, Options, Run, Tallier};
    use proptest::prelude::*;

    /// Rows of a worker: body, officer, field, day of receipt, days until closed, whether satisfied.
    type Row = (u32, u32, u32, i32, i32, u8);

    /// What the columns of a worker borrow.
    struct Part {
        names: Vec<String>,
        codes: [Vec<u32>; 3],
        days: [Vec<i32>; 3],
        satisfied: Vec<u8>,
    }

    impl Part {
        /// `shift` makes the names of each worker others.
        fn new(rows: &[Row], shift: u32) -> Self {
            let code = |of: fn(&Row) -> u32| rows.iter().map(of).collect();
            let day = |of: fn(&Row) -> i32| rows.iter().map(of).collect();
            Self {
                names: (0..12).map(|i| format!("tên {:02}", (i * 5) % 12 + shift)).collect(),
                codes: [code(|r| r.0), code(|r| r.1), code(|r| r.2)],
                days: [day(|r| r.3), day(|r| r.3 + 5), day(|r| r.3 + r.4)],
                satisfied: rows.iter().map(|r| r.5).collect(),
            }
        }

        fn columns(&self, asked: bool) -> Columns<'_> {
            let [body, officer, field] = self.codes.each_ref().map(|codes| {
                let values = self.names.iter().map(|n| Some(n.as_str())).collect();
                Column::new(Keys::Dictionary { codes: Ints::U32(codes), values })
            });
            let [received, due, closed] = self.days.each_ref().map(|days| Column::new(Moments::Days(days)));
            let columns = Columns::new(body, received, due).completed(closed).officer(officer).field(field);
            let satisfied = Column::new(Flags::Ints(Ints::U8(&self.satisfied)));
            if asked { columns.satisfied(satisfied) } else { columns }
        }
    }

    fn rows() -> impl Strategy<Value = Vec<Row>> {
        let row = (0..12_u32, 0..12_u32, 0..3_u32, 19_600..20_100_i32, 0..9_i32, 0..2_u8);
        // Few rows, many times: counters wrap, and days lie in few months or in many.
        (prop::collection::vec(row, 0..25), 1..400_usize).prop_map(|(rows, times)| rows.repeat(times))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn workers_together_count_as_one(
            parts in prop::collection::vec((rows(), prop::sample::select(vec![0, 3, 100, 1000]), any::<bool>()), 1..4),
            groupings in prop::collection::vec(0..16_u8, 1..4),
        ) {
            let groupings: Vec<Grouping> = groupings.into_iter().filter_map(Grouping::from_bits).collect();
            let options = Options::as_of(parse_iso("2024-12-01").expect("a date"))
                .starting(parse_iso("2023-10-01").expect("a date"));
            let run = Run::default();
            let made: Vec<(Part, bool)> = parts.iter().map(|(rows, shift, asked)| (Part::new(rows, *shift), *asked)).collect();
            let mut one = Tallier::new(&groupings, &options, &run);
            for (part, asked) in &made {
                one.add(&part.columns(*asked)).expect("columns of one length");
            }
            let one = one.finish().expect("no worker fails").tally;
            for threads in [1, 2] {
                let scans = made.iter().map(|(part, asked)| {
                    let columns = part.columns(*asked);
                    let mut scan = Scan::new(&options, &run, &groupings);
                    let origin = InMemory { columns: &columns, before: 0, label: "" };
                    scan.batch(&columns, 0..columns.len(), &origin).expect("columns of one length");
                    scan.finish()
                });
                let scans = scans.collect();
                let joined = join(&options, &run.threads(threads), scans).expect("workers").tally;
                prop_assert_eq!(&joined, &one);
                for grouping in Grouping::finest(&groupings) {
                    prop_assert_eq!(joined.groups(grouping), one.groups(grouping));
                }
            }
        }
    }
}
