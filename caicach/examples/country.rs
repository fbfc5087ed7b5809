//! How large the country is as tallies: 63 provinces, 50 million dossiers a year.
//!
//! Each province's year is counted by what its offices ask; all are merged, whole and reduced to what the country asks;
//! sizes and times of every step are printed. `cargo run --release -p caicach --example country [million rows a province] [provinces]`
#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::time::{Duration, Instant};

use caicach::calendar::{Calendar, Date, from_epoch_days, parse_iso};
use caicach::tally::{
    Bitmap, Column, Columns, Dimension, Grouping, Ints, Keys, Moments, Options, Run, Suspension, Tally, Threshold,
    Workdays,
};
use common::Random;

/// Communes and departments of a province, officers to each, fields.
const BODIES: u64 = 190;
const OFFICERS: u64 = 12;
const FIELDS: u64 = 60;

/// 2024-01-01.
const FIRST: i32 = 19_723;

#[derive(Default)]
struct Rows {
    body: Vec<u32>,
    officer: Vec<u32>,
    field: Vec<u32>,
    received: Vec<i32>,
    due: Vec<i32>,
    completed: Vec<i32>,
    /// A bit for each row that was completed by the end of the year; nobody knows more on that day.
    closed: Vec<u8>,
    names: [Vec<String>; 3],
}

/// A province's rows received from one day of the year up to another.
fn rows(province: u64, count: u64, days: std::ops::Range<u64>) -> Rows {
    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ (province + 1).wrapping_mul(0x0100_0000_01b3) ^ days.start << 40);
    let named = |n: u64, what: &str| (0..n).map(|i| format!("{what} {i:04}, tỉnh số {province:02}")).collect();
    let mut out = Rows {
        names: [
            named(BODIES, "UBND xã"),
            named(BODIES * OFFICERS, "Nguyễn Văn Cán Bộ"),
            (0..FIELDS).map(|i| format!("Lĩnh vực {i:02}")).collect(),
        ],
        ..Rows::default()
    };
    for _ in 0..count {
        let body = random.below(BODIES);
        out.body.push(body as u32);
        out.officer.push((body * OFFICERS + random.below(OFFICERS)) as u32);
        // Few fields make most of the dossiers.
        out.field.push(random.below(FIELDS).min(random.below(FIELDS)) as u32);
        let received = FIRST + (days.start + random.below(days.end - days.start)) as i32;
        let due = received + 2 + random.below(28) as i32;
        let late = random.below(100) < 4;
        out.received.push(received);
        out.due.push(due);
        let completed = if late { due + 1 + random.below(20) as i32 } else { due - random.below(3) as i32 };
        if out.completed.len().is_multiple_of(8) {
            out.closed.push(0);
        }
        let at = out.completed.len();
        out.closed[at / 8] |= u8::from(completed < FIRST + 366) << (at % 8);
        out.completed.push(completed);
    }
    out
}

impl Rows {
    fn columns(&self) -> Columns<'_> {
        let names = |at: usize| self.names[at].iter().map(|n| Some(n.as_str())).collect();
        let keys = |codes, at| Column::new(Keys::Dictionary { codes: Ints::U32(codes), values: names(at) });
        let closed = Bitmap::new(&self.closed, 0, self.completed.len()).expect("a bit for each row");
        let days = |days| Column::new(Moments::Days(days));
        Columns::new(keys(&self.body, 0), days(&self.received), days(&self.due))
            .officer(keys(&self.officer, 1))
            .field(keys(&self.field, 2))
            .completed(Column::nullable(Moments::Days(&self.completed), closed))
    }
}

fn date(day: i32) -> Date {
    from_epoch_days(day).expect("a day of the calendar")
}

fn shown(bytes: usize) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}

/// What each office asks for.
fn groupings() -> [Grouping; 2] {
    [Grouping::BODY_OFFICER, Grouping::BODY_FIELD_MONTH]
}

fn main() {
    let number = |at: usize, or: f64| std::env::args().nth(at).map_or(or, |text| text.parse().expect("a number"));
    let millions = number(1, 50.0 / 63.0);
    let provinces = number(2, 63.0) as u64;
    let count = (millions * 1e6) as u64;
    let calendar = Calendar::builtin().expect("the built-in calendar");
    let options = |day: &str| {
        Options::as_of(parse_iso(day).expect("a date"))
            .starting(date(FIRST))
            .suspension(Suspension::Working(Some(Workdays::of_years(&calendar).into())))
    };
    let (end, run) = (options("2024-12-31"), Run::default());
    let (mut tallies, mut bytes, mut counting) = (Vec::new(), 0, Duration::ZERO);
    for province in 0..provinces {
        let rows = rows(province, count, 0..366);
        let started = Instant::now();
        let tally = Tally::of(&rows.columns(), &groupings(), &end, &run).expect("a tally").tally;
        counting += started.elapsed();
        let snapshot = tally.to_bytes();
        if province == 0 {
            println!(
                "a province: {count} rows, snapshot {}, counted in {:.0?}",
                shown(snapshot.len()),
                started.elapsed()
            );
        }
        bytes += snapshot.len();
        tallies.push(Tally::from_bytes(&snapshot).expect("what was written"));
    }
    let rows = count * provinces;
    println!("{provinces} provinces: {rows} rows, snapshots {}, counted in {counting:.1?} on one thread", shown(bytes));
    // What the Government Office asks for, without officers and by body alone or field and month.
    let national = [Grouping::BODY, Grouping::of([Dimension::Field, Dimension::Month])];
    let started = Instant::now();
    let reduced: Vec<Tally> = tallies.iter().map(|t| t.only(&national).expect("kept")).collect();
    let size: usize = reduced.iter().map(|t| t.to_bytes().len()).sum();
    println!("reduced to body; field,month in {:.1?}, snapshots {}", started.elapsed(), shown(size));
    let started = Instant::now();
    let country = Tally::merge_all(&reduced).expect("the same terms").expect("provinces");
    println!("merged in {:.1?}, snapshot {}", started.elapsed(), shown(country.to_bytes().len()));
    assert_eq!(country.reckoning().counted(), rows);
    drop(reduced);
    let started = Instant::now();
    let country = Tally::merge_all(&tallies).expect("the same terms").expect("provinces");
    drop(tallies);
    println!("all of it merged in {:.1?}, snapshot {}", started.elapsed(), shown(country.to_bytes().len()));
    assert_eq!(country.reckoning().counted(), rows);
    let started = Instant::now();
    let officers = country.groups(Grouping::BODY_OFFICER).expect("kept").len();
    println!("{officers} officers read off in {:.0?}", started.elapsed());
    let five = Threshold::parse("5").expect("a percentage");
    let started = Instant::now();
    let acts = country.act_today(Grouping::BODY_OFFICER, five, 3).expect("kept").len();
    println!("{acts} entries of what to act on in {:.0?}", started.elapsed());
    let started = Instant::now();
    let moved = country.moved_to(parse_iso("2025-01-15").expect("a date"));
    let overdue = moved.expect("nothing was closed since").total().pending.overdue.expect("known at as-of");
    println!("as-of moved to 15 January in {:.1?}: {overdue} overdue unless closed since", started.elapsed());
    day_by_day(count, &options);
    println!("peak memory {}", peak());
}

/// One province's last month, a tally for each day's new rows.
fn day_by_day(count: u64, options: &dyn Fn(&str) -> Options) {
    let (terms, run) = (options("2024-12-31"), Run::default());
    let mut sizes = Vec::new();
    let mut sum = Tally::empty(&terms, &groupings());
    let mut merging = Duration::ZERO;
    for day in 335..366 {
        let rows = rows(0, count / 366, day..day + 1);
        let tally = Tally::of(&rows.columns(), &groupings(), &terms, &run).expect("a tally").tally;
        sizes.push(tally.to_bytes().len());
        let started = Instant::now();
        sum = sum.merge(&tally).expect("tallies of the same terms");
        merging += started.elapsed();
    }
    let whole: usize = sizes.iter().sum();
    println!(
        "a province's day: {} rows, snapshot {} on average; 31 days merged in {merging:.1?} into {}",
        count / 366,
        shown(whole / sizes.len()),
        shown(sum.to_bytes().len())
    );
}
