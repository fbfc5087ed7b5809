//! How fast dossiers are tallied, beside a plain read of the same bytes, in one run.
//!
//! `cargo run --release --example tally_speed [million rows] [bodies] [rounds] [only this work]`
#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use caicach::calendar::parse_iso;
use caicach::tally::{Bitmap, Column, Columns, Flags, Grouping, Ints, Keys, Moments, Options, Run, Tally};
use common::Random;

const FIELDS: u64 = 40;

struct Data {
    body: Vec<i32>,
    officer: Vec<i32>,
    field: Vec<i32>,
    channel: Vec<i32>,
    received: Vec<i32>,
    due: Vec<i32>,
    completed: Vec<i32>,
    valid: Vec<u8>,
    satisfied: Vec<u8>,
    asked: Vec<u8>,
    requests: Vec<i32>,
    texts: Vec<(Vec<i32>, Vec<u8>)>,
    names: [Vec<String>; 4],
}

fn data(rows: usize, bodies: u64) -> Data {
    let mut r = Random(0x1234_5678_9abc_def1);
    let names = [
        (0..bodies).map(|i| format!("UBND phường số {i:03}")).collect(),
        (0..3000).map(|i| format!("Nguyễn Văn Cán Bộ {i:04}")).collect(),
        (0..FIELDS).map(|i| format!("Lĩnh vực {i:02}")).collect(),
        vec!["online".to_owned(), "direct".to_owned(), "postal".to_owned()],
    ];
    let mut d = Data {
        body: Vec::new(),
        officer: Vec::new(),
        field: Vec::new(),
        channel: Vec::new(),
        received: Vec::new(),
        due: Vec::new(),
        completed: Vec::new(),
        valid: vec![0; rows.div_ceil(8)],
        satisfied: vec![0; rows.div_ceil(8)],
        asked: vec![0; rows.div_ceil(8)],
        requests: Vec::new(),
        texts: Vec::new(),
        names,
    };
    for i in 0..rows {
        // An officer serves one body; some fields are common, most are rare.
        let officer = r.below(3000);
        d.body.push((officer % bodies) as i32);
        d.officer.push(officer as i32);
        d.field.push((r.below(FIELDS) * r.below(FIELDS) / FIELDS) as i32);
        d.channel.push([0, 0, 0, 1, 1, 2][r.below(6) as usize]);
        // A few rows are from an export of the day after as-of.
        let received = if r.below(1000) == 0 { 20_089 } else { 19_723 + r.below(366) as i32 };
        let due = received + 3 + r.below(25) as i32;
        d.received.push(received);
        d.due.push(due);
        let late = r.below(100) < 6;
        let completed =
            if late { due + 1 + r.below(15) as i32 } else { received + r.below((due - received + 1) as u64) as i32 };
        let done = completed < 20_089 && r.below(100) > 0;
        d.completed.push(if done { completed } else { 0 });
        d.valid[i / 8] |= u8::from(done) << (i % 8);
        d.satisfied[i / 8] |= u8::from(r.below(100) < 85) << (i % 8);
        d.asked[i / 8] |= u8::from(r.below(100) < 40) << (i % 8);
        d.requests.push(i32::from(r.below(20) == 0));
    }
    for (codes, names) in [&d.body, &d.officer, &d.field, &d.channel].into_iter().zip(&d.names) {
        let (mut offsets, mut bytes) = (vec![0_i32], Vec::new());
        for code in codes {
            bytes.extend_from_slice(names[*code as usize].as_bytes());
            offsets.push(bytes.len() as i32);
        }
        d.texts.push((offsets, bytes));
    }
    d
}

impl Data {
    fn key<'a>(&'a self, at: usize, codes: &'a [i32], text: bool) -> Column<'a, Keys<'a>> {
        if text {
            return Column::new(Keys::Utf8 { offsets: &self.texts[at].0, bytes: &self.texts[at].1 });
        }
        let values = self.names[at].iter().map(|n| Some(n.as_str())).collect();
        Column::new(Keys::Dictionary { codes: Ints::I32(codes), values })
    }

    fn columns(&self, text: bool, more: bool) -> Columns<'_> {
        let len = self.body.len();
        let bits = |bytes| Bitmap::new(bytes, 0, len).expect("enough bits");
        let columns = Columns::new(
            self.key(0, &self.body, text),
            Column::new(Moments::Days(&self.received)),
            Column::new(Moments::Days(&self.due)),
        )
        .completed(Column::nullable(Moments::Days(&self.completed), bits(&self.valid)))
        .officer(self.key(1, &self.officer, text))
        .field(self.key(2, &self.field, text))
        .channel(self.key(3, &self.channel, text));
        if !more {
            return columns;
        }
        columns
            .satisfied(Column::nullable(Flags::Bits(bits(&self.satisfied)), bits(&self.asked)))
            .supplement_requests(Column::new(Ints::I32(&self.requests)))
    }

    fn csv(&self) -> Vec<u8> {
        use std::io::Write as _;
        let mut out = b"body,officer,field,channel,received,due,completed\n".to_vec();
        let day = |n: i32| {
            let d = caicach::calendar::from_epoch_days(n).expect("a date");
            format!("{:02}/{:02}/{:04}", d.day(), u8::from(d.month()), d.year())
        };
        let days: Vec<String> = (19_700..20_200).map(day).collect();
        let day = |n: i32| days[(n - 19_700) as usize].as_str();
        for i in 0..self.body.len() {
            let name = |at: usize, codes: &[i32]| self.names[at][codes[i] as usize].as_str();
            let done = self.valid[i / 8] >> (i % 8) & 1 == 1;
            writeln!(
                out,
                "{},{},{},{},{},{},{}",
                name(0, &self.body),
                name(1, &self.officer),
                name(2, &self.field),
                name(3, &self.channel),
                day(self.received[i]),
                day(self.due[i]),
                if done { day(self.completed[i]) } else { "" },
            )
            .expect("room");
        }
        out
    }

    /// Reads every byte once, on two threads.
    fn stream(&self) -> i64 {
        let sum = |values: &[i32]| values.iter().fold(0_i64, |s, v| s.wrapping_add(i64::from(*v)));
        let columns =
            [&self.body, &self.officer, &self.field, &self.channel, &self.received, &self.due, &self.completed];
        std::thread::scope(|scope| {
            let half = self.body.len() / 2;
            let other = scope.spawn(move || columns.iter().map(|c| sum(&c[half..])).fold(0, i64::wrapping_add));
            let mine = columns.iter().map(|c| sum(&c[..half])).fold(0, i64::wrapping_add);
            let bits = self.valid.iter().fold(0_i64, |s, b| s.wrapping_add(i64::from(*b)));
            mine.wrapping_add(other.join().expect("a sum")).wrapping_add(bits)
        })
    }
}

fn main() {
    let argument = |at: usize, or: usize| std::env::args().nth(at).and_then(|a| a.parse().ok()).unwrap_or(or);
    let (millions, bodies, rounds) = (argument(1, 10), argument(2, 120), argument(3, 7));
    let data = data(millions * 1_000_000 + usize::from(millions == 0) * 200_000, bodies as u64);
    let options =
        Options::as_of(parse_iso("2024-12-31").expect("a date")).starting(parse_iso("2024-01-01").expect("a date"));
    let run = Run::default().threads(std::env::var("THREADS").ok().and_then(|t| t.parse().ok()).unwrap_or(2));
    let single = Run::default();
    let all = [Grouping::BODY, Grouping::OFFICER, Grouping::BODY_FIELD_MONTH];
    let (plain, texts, more) = (data.columns(false, false), data.columns(true, false), data.columns(false, true));
    let text = data.csv();
    println!("CSV of {:.1} MB", text.len() as f64 / 1e6);
    if let Some(path) = std::env::args().nth(5) {
        std::fs::write(path, &text).expect("a file");
    }
    let tally = |columns: &Columns<'_>, groupings: &[Grouping], run: &Run| {
        if std::env::var("PARTS").is_ok() {
            let t0 = Instant::now();
            let mut tallier = caicach::tally::Tallier::new(groupings, &options, run);
            let t1 = Instant::now();
            tallier.add(columns).expect("counted");
            let t2 = Instant::now();
            let found = tallier.finish().expect("a tally");
            let t3 = Instant::now();
            drop(black_box(found));
            println!("new {:?} add {:?} finish {:?} drop {:?}", t1 - t0, t2 - t1, t3 - t2, t3.elapsed());
            return;
        }
        black_box(Tally::of(columns, groupings, &options, run).expect("a tally"));
    };
    type Job<'j> = (&'j str, Box<dyn Fn() + 'j>);
    let jobs: Vec<Job<'_>> = vec![
        ("stream", Box::new(|| _ = black_box(data.stream()))),
        ("body", Box::new(|| tally(&plain, &all[..1], &run))),
        ("officer", Box::new(|| tally(&plain, &all[1..2], &run))),
        ("body x field x month", Box::new(|| tally(&plain, &all[2..], &run))),
        ("all three", Box::new(|| tally(&plain, &all, &run))),
        ("all three, one thread", Box::new(|| tally(&plain, &all, &single))),
        ("all three, satisfied and requests", Box::new(|| tally(&more, &all, &run))),
        (
            "csv",
            Box::new(|| {
                let csv = caicach::tally::csv::CsvOptions::default();
                black_box(Tally::from_csv(&text, &all, &options, &run, &csv, None).expect("a tally"));
            }),
        ),
        (
            "csv, one thread",
            Box::new(|| {
                let csv = caicach::tally::csv::CsvOptions::default();
                black_box(Tally::from_csv(&text, &all, &options, &single, &csv, None).expect("a tally"));
            }),
        ),
        (
            "csv as a stream",
            Box::new(|| {
                let csv = caicach::tally::csv::CsvOptions::default();
                black_box(Tally::from_csv_reader(text.as_slice(), &all, &options, &run, &csv, None).expect("a tally"));
            }),
        ),
        ("all three, text", Box::new(|| tally(&texts, &all, &run))),
    ];
    let only = std::env::args().nth(4);
    let jobs: Vec<_> = jobs.into_iter().filter(|(name, _)| only.as_ref().is_none_or(|o| o == name)).collect();
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); jobs.len()];
    for _ in 0..rounds {
        for ((_, job), times) in jobs.iter().zip(&mut times) {
            let start = Instant::now();
            job();
            times.push(start.elapsed());
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times[if std::env::var("BEST").is_ok() { 0 } else { times.len() / 2 }].as_secs_f64() * 1e3
    };
    let base = median(&mut times[0].clone());
    println!("| work | ms | x stream |\n|---|---|---|");
    for ((name, _), mut times) in jobs.iter().zip(times) {
        let ms = median(&mut times);
        println!("| {name} | {ms:.1} | {:.2} |", ms / base);
    }
}
