//! A CSV file of any size in which every hundredth row is broken in one of twelve ways; read in bounded memory, and every
//! broken row looked up in the table of rejected ones.
//!
//! `cargo run --release -p caicach --example big_csv -- write build/big.csv 1024`, then
//! `cargo run --release -p caicach --example big_csv -- read build/big.csv 2`
#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::time::Instant;

use caicach::calendar::{Calendar, parse_iso};
use caicach::tally::csv::{CsvOptions, Progress};
use caicach::tally::{Grouping, Options, Reason, Reject, Run, Suspension, Tally, Workdays};
use common::Random;

const HEADINGS: &str = "Đơn vị;Cán bộ thụ lý;Lĩnh vực;Hình thức tiếp nhận;Ngày tiếp nhận;Ngày hẹn trả;Ngày hoàn thành;\
                        Số ngày tạm dừng;Hài lòng";

/// The ways in which a row is broken, each with the reason that has to be told.
const BROKEN: [(&str, Reason); 12] = [
    (";Trần Thị B;Hộ tịch;trực tiếp;02/01/2024;12/01/2024;10/01/2024;;", Reason::MissingBody),
    ("Phường A;Trần Thị B;Hộ tịch;trực tiếp;;12/01/2024;10/01/2024;;", Reason::MissingReceived),
    ("Phường A;Trần Thị B;Hộ tịch;trực tiếp;02/01/2024;;10/01/2024;;", Reason::MissingDue),
    ("Phường A;Trần Thị B;Hộ tịch;trực tiếp;31/02/2024;12/01/2024;10/01/2024;;", Reason::BadReceived),
    ("Phường A;Trần Thị B;Hộ tịch;trực tiếp;02/01/2024;chờ;10/01/2024;;", Reason::BadDue),
    ("Phường A;Trần Thị B;Hộ tịch;trực tiếp;02/01/2024;12/01/2024;10/13/2024;;", Reason::BadCompleted),
    ("Phường A;Trần Thị B;Hộ tịch;trực tiếp;02/01/2024;12/01/2024;01/01/2024;;", Reason::CompletedBeforeReceived),
    ("Phường A;Trần Thị B;Hộ tịch;bồ câu;02/01/2024;12/01/2024;10/01/2024;;", Reason::BadChannel),
    ("Phường A;Trần Thị B;Hộ tịch;trực tiếp;02/01/2024;12/01/2024;10/01/2024;;có lẽ", Reason::BadFlag),
    ("Phường A;Trần Thị B;Hộ tịch;trực tiếp;02/01/2024;12/01/2024;10/01/2024;-1;", Reason::BadNumber),
    ("Phường A;Trần Thị B;Hộ tịch;trực tiếp;02/01/2024", Reason::FieldCount),
    ("\"Phường A;Trần Thị B;Hộ tịch;trực tiếp;02/01/2024;12/01/2024;10/01/2024;;", Reason::BadQuote),
];

/// Every hundredth row is broken, in each way in turn.
fn broken(row: u64) -> Option<(&'static str, Reason)> {
    (row % 100 == 99).then(|| BROKEN[(row / 100 % BROKEN.len() as u64) as usize])
}

/// Every thousandth row has a line end within quotes.
const fn lines(row: u64) -> u64 {
    if row % 1000 == 500 { 2 } else { 1 }
}

fn write(path: &str, megabytes: u64) -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut random = Random(0x1234_5678_9abc_def1);
    let mut below = |n: u64| random.below(n);
    writeln!(out, "\u{FEFF}{HEADINGS}\r")?;
    let (mut bytes, mut row) = (0, 0_u64);
    while bytes < megabytes << 20 {
        let text = if let Some((text, _)) = broken(row) {
            text.to_owned()
        } else {
            let (body, officer, field) = (below(300), below(3000), below(30));
            let body =
                if lines(row) == 2 { format!("\"UBND\nphường {body}\"") } else { format!("UBND phường {body}") };
            let (month, day, took) = (below(12) + 1, below(14) + 1, below(12));
            let channel = ["trực tuyến", "trực tiếp", "bưu chính công ích"][below(3) as usize];
            let completed =
                if below(50) == 0 { String::new() } else { format!("{:02}/{month:02}/2024 15:30", day + took) };
            let suspended = if below(20) == 0 { "3" } else { "" };
            let satisfied = ["có", "", "không"][below(3) as usize];
            format!(
                "{body};Nguyễn Văn {officer:04};Lĩnh vực {field};{channel};{day:02}/{month:02}/2024 08:00;\
                 {:02}/{month:02}/2024;{completed};{suspended};{satisfied}",
                day + 10
            )
        };
        writeln!(out, "{text}\r")?;
        bytes += text.len() as u64 + 2;
        row += 1;
    }
    println!("{path}: {row} rows, {} broken, {bytes} bytes", row / 100);
    Ok(())
}

/// The most memory that the process has held, as the kernel says.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}

fn read(path: &str, threads: usize) -> Result<bool, Box<dyn std::error::Error>> {
    let calendar = Calendar::builtin()?;
    let options = Options::as_of(parse_iso("2024-12-31")?)
        .starting(parse_iso("2024-01-01")?)
        .suspension(Suspension::Working(Some(Workdays::of_years(&calendar).into())));
    let groupings = [Grouping::BODY, Grouping::OFFICER, Grouping::BODY_FIELD_MONTH];
    let run = Run::default().threads(threads).keep_rejects(usize::MAX);
    let started = Instant::now();
    let mut calls = 0_u64;
    let mut tell = |_: Progress| {
        calls += 1;
        ControlFlow::Continue(())
    };
    let csv = CsvOptions::default().label(path);
    let found = Tally::from_csv_reader(File::open(path)?, &groupings, &options, &run, &csv, Some(&mut tell))?;
    let took = started.elapsed();
    let (rows, bytes) = (found.summary.rows, found.summary.bytes);
    println!("{rows} rows, {bytes} bytes, {threads} threads: {took:.2?}, {calls} reports of progress");
    println!("{:.1} million rows a second", rows as f64 / took.as_secs_f64() / 1e6);
    println!("peak memory {}", peak());
    for (reason, count) in found.tally.reckoning().rejected_by_reason() {
        println!("  rejected {count:>7}  {}", reason.code());
    }
    let mut kept = found.rejects.kept().iter();
    let (mut line, mut amiss) = (2, 0_u64);
    for row in 0..rows {
        if let Some((_, reason)) = broken(row) {
            let told = |reject: &Reject| (reject.line, reject.reason) == (line, reason);
            amiss += u64::from(!kept.next().is_some_and(told));
        }
        line += lines(row);
    }
    let more = kept.count();
    let reckoning = found.tally.reckoning();
    let whole = reckoning.counted() + reckoning.rejected() == rows && reckoning.rejected() == rows / 100;
    println!("broken rows not in the table {amiss}, other rows in it {more}, accepted + rejected = rows: {whole}");
    Ok(amiss == 0 && more == 0 && whole)
}

fn main() -> Result<std::process::ExitCode, Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, or: u64| arguments.get(at).map_or(Ok(or), |text| text.parse::<u64>());
    match (arguments.first().map(String::as_str), arguments.get(1)) {
        (Some("write"), Some(path)) => write(path, number(2, 1024)?)?,
        (Some("read"), Some(path)) => {
            if !read(path, usize::try_from(number(2, 2)?)?)? {
                return Ok(std::process::ExitCode::FAILURE);
            }
        }
        _ => eprintln!("usage: big_csv write PATH [MEGABYTES] | read PATH [THREADS]"),
    }
    Ok(std::process::ExitCode::SUCCESS)
}
