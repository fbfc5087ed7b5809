//! CSV against the columns in memory, against the csv crate, and broken in every way.

use std::io::Read;
use std::ops::ControlFlow;

use caicach::calendar::parse_iso;
use caicach::tally::csv::{CsvError, CsvOptions};
use caicach::tally::*;
use caicach::text::Encoding;
use proptest::prelude::*;

use super::rows::{BODIES, Batch, CHANNELS, FIELDS, Layout, OFFICERS, Row, row};
use super::{Terms, date, options, terms};

/// How rows are written.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    separator: char,
    quote_all: bool,
    iso: bool,
    times: bool,
    crlf: bool,
    bom: bool,
    last_end: bool,
}

fn style() -> impl Strategy<Value = Style> {
    (prop::sample::select(vec![',', ';', '\t']), any::<[bool; 6]>()).prop_map(
        |(separator, [quote_all, iso, times, crlf, bom, last_end])| Style {
            separator,
            quote_all,
            iso,
            times,
            crlf,
            bom,
            last_end,
        },
    )
}

const HEADINGS: [&str; 13] = [
    "Đơn vị",
    "Cán bộ thụ lý",
    "Lĩnh vực",
    "Hình thức tiếp nhận",
    "Ngày tiếp nhận",
    "Hạn trả (dự kiến)",
    "Ngày hoàn thành",
    "Đã hủy",
    "Số ngày tạm dừng",
    "Số lần bổ sung",
    "Phiếu bổ sung",
    "Thư xin lỗi",
    "Hài lòng",
];

pub fn write(rows: &[Row], style: Style) -> String {
    let end = if style.crlf { "\r\n" } else { "\n" };
    let field = |text: &str| {
        if style.quote_all || text.contains([style.separator, '"', '\n']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    let line =
        |fields: Vec<String>| fields.iter().map(|f| field(f)).collect::<Vec<_>>().join(&style.separator.to_string());
    let moment = |m: Option<(i32, i32)>| {
        let Some((day, second)) = m else { return String::new() };
        let d = date(day);
        let day = if style.iso {
            format!("{:04}-{:02}-{:02}", d.year(), u8::from(d.month()), d.day())
        } else {
            format!("{:02}/{:02}/{:04}", d.day(), u8::from(d.month()), d.year())
        };
        if style.times { format!("{day} {:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60) } else { day }
    };
    let name = |n: Option<u8>, list: &[&str]| n.map_or(String::new(), |n| list[usize::from(n)].to_owned());
    let number = |n: Option<u8>| n.map_or(String::new(), |n| n.to_string());
    let flag = |f: Option<bool>| f.map_or("", |f| if f { "Có" } else { "Không" }).to_owned();
    let mut out = if style.bom { "\u{FEFF}".to_owned() } else { String::new() };
    out += &line(HEADINGS.iter().map(|h| (*h).to_owned()).collect());
    for r in rows {
        out += end;
        out += &line(vec![
            name(r.body, &BODIES),
            name(r.officer, &OFFICERS),
            name(r.field, &FIELDS),
            name(r.channel, &CHANNELS),
            moment(r.received),
            moment(r.due),
            moment(r.completed),
            flag(r.cancelled),
            number(r.suspended),
            number(r.requests),
            number(r.notices),
            flag(r.apology),
            flag(r.satisfied),
        ]);
    }
    if style.last_end {
        out += end;
    }
    out
}

/// Reads a few bytes at a time.
struct Dribble<'t>(&'t [u8], usize);

impl Read for Dribble<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let len = self.1.min(out.len()).min(self.0.len());
        out[..len].copy_from_slice(&self.0[..len]);
        self.0 = &self.0[len..];
        Ok(len)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    #[test]
    fn a_file_counts_as_its_columns(
        rows in prop::collection::vec(row(), 0..60), style in style(), terms in terms(), threads in 1..4_usize
    ) {
        // Days beyond the calendar cannot be written as dates.
        let sane = |m: Option<(i32, i32)>| m.filter(|(d, _)| d.abs() < 50_000);
        let rows: Vec<Row> = rows
            .into_iter()
            .map(|r| Row { received: sane(r.received), due: sane(r.due), completed: sane(r.completed), ..r })
            .collect();
        let wanted = [Grouping::BODY_FIELD_MONTH, Grouping::OFFICER];
        let stamps = [style.times; 3];
        let batch = Batch::new(&rows, Layout { keys: 0, stamps, unit: 0, utc: false, offset: 0 });
        let (options, run) = (options(&terms), Run::default().threads(threads));
        let memory = Tally::of(&batch.columns(), &wanted, &options, &run).unwrap();
        let text = write(&rows, style);
        let csv = CsvOptions::default();
        let file = Tally::from_csv(text.as_bytes(), &wanted, &options, &run, &csv, None).unwrap();
        prop_assert_eq!(file.summary.rows, rows.len() as u64);
        prop_assert_eq!(file.tally.reckoning().rows(), rows.len() as u64);
        prop_assert_eq!(file.summary.separator, style.separator as u8);
        prop_assert_eq!(&file.tally, &memory.tally, "{:?}\n{:?}\n{}", file.rejects, memory.rejects, text);
        let lines = |rejects: &Rejects, plus| rejects.kept().iter().map(|r| r.line + plus).collect::<Vec<_>>();
        prop_assert_eq!(lines(&file.rejects, 0), lines(&memory.rejects, 1));
        let streamed =
            Tally::from_csv_reader(Dribble(text.as_bytes(), 7), &wanted, &options, &run, &csv, None).unwrap();
        prop_assert_eq!(streamed, file);
    }

    #[test]
    fn fields_are_those_of_the_csv_crate(
        bodies in prop::collection::vec("[ab ,;\"\n\r']{0,12}", 1..30), terms in terms()
    ) {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        writer.write_record(["body", "received", "due"]).unwrap();
        for body in &bodies {
            writer.write_record([body, "01/02/2024", "03/02/2024"]).unwrap();
        }
        let text = writer.into_inner().unwrap();
        let terms = Terms { as_of: 30_000, start: None, ..terms };
        let run = Run::default().threads(2);
        let found = Tally::from_csv(&text, &[Grouping::BODY], &options(&terms), &run, &CsvOptions::default(), None).unwrap();
        let mut expected = std::collections::BTreeMap::<String, u64>::new();
        for record in ::csv::Reader::from_reader(text.as_slice()).records() {
            let tidy = record.unwrap()[0].split_whitespace().collect::<Vec<_>>().join(" ");
            if !tidy.is_empty() {
                *expected.entry(tidy).or_default() += 1;
            }
        }
        let groups = found.tally.groups(Grouping::BODY).unwrap();
        let found: std::collections::BTreeMap<String, u64> =
            groups.iter().map(|g| (g.body.unwrap_or_default().to_owned(), g.counts.received.total())).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(prop::sample::select(b"ab1,;\"\n\r\xff\xe1/2024".to_vec()), 0..400)) {
        let mut text = b"body,received,due\n".to_vec();
        text.extend(&bytes);
        let options = Options::as_of(date(20_000));
        let run = Run::default();
        let found = Tally::from_csv(&text, &[Grouping::BODY], &options, &run, &CsvOptions::default(), None).unwrap();
        prop_assert_eq!(found.tally.reckoning().rows(), found.summary.rows);
        _ = Tally::from_csv(&bytes, &[Grouping::BODY], &options, &run, &CsvOptions::default(), None);
    }
}

/// Twelve kinds of broken rows, each with its reason and column.
const BROKEN: [(&str, Reason, &str); 15] = [
    (",A,01/02/2024,05/02/2024,04/02/2024,,,trực tuyến", Reason::MissingBody, "Đơn vị"),
    ("P,A,,05/02/2024,04/02/2024,,,trực tuyến", Reason::MissingReceived, "Ngày nhận"),
    ("P,A,01/02/2024,,04/02/2024,,,trực tuyến", Reason::MissingDue, "Hạn trả"),
    ("P,A,31/02/2024,05/02/2024,04/02/2024,,,trực tuyến", Reason::BadReceived, "Ngày nhận"),
    ("P,A,01/02/2024,05/13/2024,04/02/2024,,,trực tuyến", Reason::BadDue, "Hạn trả"),
    ("P,A,01/02/2024,05/02/2024,hôm qua,,,trực tuyến", Reason::BadCompleted, "Ngày trả"),
    ("P,A,03/02/2024,05/02/2024,02/02/2024,,,trực tuyến", Reason::CompletedBeforeReceived, "Ngày trả"),
    ("P,A,01/02/2024,05/02/2024,04/02/2024,,,bồ câu", Reason::BadChannel, "Kênh"),
    ("P,A,01/02/2024,05/02/2024,04/02/2024,có lẽ,,trực tuyến", Reason::BadFlag, "Hài lòng"),
    ("P,A,01/02/2024,05/02/2024,04/02/2024,,-1,trực tuyến", Reason::BadNumber, "Tạm dừng"),
    ("P,A,01/02/2024,05/02/2024,04/02/2024,,99999,trực tuyến", Reason::BadSuspension, "Tạm dừng"),
    ("P,A,01/02/2024", Reason::FieldCount, ""),
    ("P,A,01/02/2024,05/02/2024,04/02/2024,,,trực tuyến,thừa", Reason::FieldCount, ""),
    ("\"P\"x,A,01/02/2024,05/02/2024,04/02/2024,,,trực tuyến", Reason::BadQuote, ""),
    ("\"P,A,01/02/2024,05/02/2024,04/02/2024,,,trực tuyến", Reason::BadQuote, ""),
];
const HEADER: &str = "Đơn vị,Cán bộ,Ngày nhận,Hạn trả,Ngày trả,Hài lòng,Tạm dừng,Kênh";
const GOOD: &str = "\"Lộc\nThọ\",\"A \"\"B\"\"\",01/02/2024,05/02/2024,04/02/2024,có,1,trực tuyến";

#[test]
fn every_broken_row_is_in_the_reject_table() {
    let terms = Terms { as_of: 20_000, start: None, working: true, repeat_late: false, exclude: false };
    let mut text = HEADER.to_owned();
    let mut expected = Vec::new();
    let mut line = 1;
    for (broken, reason, column) in BROKEN.iter().cycle().take(BROKEN.len() * 60) {
        for _ in 0..40 {
            text += "\n";
            text += GOOD;
        }
        // The good row runs over two lines.
        line += 81;
        text += "\n";
        text += broken;
        expected.push((line, *reason, *column));
    }
    for threads in [1, 3] {
        let run = Run::default().threads(threads);
        let csv = CsvOptions::default().label("t.csv");
        let found =
            Tally::from_csv(text.as_bytes(), &[Grouping::BODY_OFFICER], &options(&terms), &run, &csv, None).unwrap();
        let rejected: Vec<_> = found.rejects.kept().iter().map(|r| (r.line, r.reason, r.column.as_str())).collect();
        assert_eq!(rejected.len(), expected.len());
        for (found, expected) in rejected.iter().zip(&expected) {
            assert_eq!(found, expected);
        }
        assert_eq!(found.rejects.total(), expected.len() as u64);
        assert_eq!(found.tally.reckoning().rejected(), expected.len() as u64);
        assert_eq!(found.tally.reckoning().counted(), 40 * expected.len() as u64);
        assert_eq!(found.summary.rows, 41 * expected.len() as u64);
        let groups = found.tally.groups(Grouping::BODY_OFFICER).unwrap();
        assert_eq!((groups.len(), groups[0].body, groups[0].officer), (1, Some("Lộc Thọ"), Some("A \"B\"")));
        let streamed = Tally::from_csv_reader(
            Dribble(text.as_bytes(), 1 << 16),
            &[Grouping::BODY_OFFICER],
            &options(&terms),
            &run,
            &csv,
            None,
        );
        assert_eq!(streamed.unwrap(), found);
    }
    let values: Vec<&str> = {
        let run = Run::default().keep_rejects(BROKEN.len());
        let found =
            Tally::from_csv(text.as_bytes(), &[Grouping::BODY], &options(&terms), &run, &CsvOptions::default(), None)
                .unwrap();
        assert_eq!((found.rejects.kept().len(), found.rejects.total()), (BROKEN.len(), expected.len() as u64));
        found.rejects.kept().iter().map(|r| r.value.clone().leak() as &str).collect()
    };
    assert_eq!(values[3], "31/02/2024");
    assert_eq!(values[6], "02/02/2024");
    assert_eq!(values[10], "99999");
    assert_eq!(values[11], "P,A,01/02/2024");
    let run = Run::default().reject_limit(Some(10));
    let stopped =
        Tally::from_csv(text.as_bytes(), &[Grouping::BODY], &options(&terms), &run, &CsvOptions::default(), None);
    assert_eq!(stopped, Err(CsvError::Tally(TallyError::TooManyRejects { rejected: 11, limit: 10 })));
}

#[test]
fn progress_is_told_and_can_stop() {
    let options = Options::as_of(date(20_000));
    let mut text = "body,received,due\n".to_owned();
    text += &"P,01/02/2024,05/02/2024\n".repeat(200_000);
    let mut last = None;
    let run = Run::default().threads(2);
    let mut tell = |progress| {
        last = Some(progress);
        ControlFlow::Continue(())
    };
    let csv = CsvOptions::default();
    let found = Tally::from_csv(text.as_bytes(), &[Grouping::BODY], &options, &run, &csv, Some(&mut tell)).unwrap();
    let last = last.unwrap();
    assert_eq!((last.rows, last.bytes, last.rejected), (200_000, text.len() as u64, 0));
    assert_eq!(found.summary.bytes, text.len() as u64);
    let mut stop = |_| ControlFlow::Break(());
    let stopped = Tally::from_csv(text.as_bytes(), &[Grouping::BODY], &options, &run, &csv, Some(&mut stop));
    assert_eq!(stopped, Err(CsvError::Stopped));
}

#[test]
fn encodings_headings_and_mappings() {
    let options = Options::as_of(parse_iso("2024-12-31").unwrap());
    let run = Run::default();
    let read = |text: &[u8], csv: &CsvOptions| Tally::from_csv(text, &[Grouping::BODY], &options, &run, csv, None);
    let body = |text: &[u8], csv: &CsvOptions| {
        let found = read(text, csv).unwrap();
        found.tally.groups(Grouping::BODY).unwrap()[0].body.unwrap().to_owned()
    };
    let tcvn3 = b"\xa7\xacn v\xde;Ng\xb5y nh\xcbn;H\xb9n tr\xb6\r\nKh\xb8nh H\xdfa;01/02/2024;05/02/2024\r\n";
    assert_eq!(body(tcvn3, &CsvOptions::default().encoding(Encoding::Tcvn3)), "Khánh Hòa");
    let vni = b"body\treceived\tdue\nKha\xf9nh Ho\xf8a\t01/02/2024\t05/02/2024\n";
    assert_eq!(body(vni, &CsvOptions::default().encoding(Encoding::Vni)), "Khánh Hòa");
    assert_eq!(read(vni, &CsvOptions::default()).unwrap().rejects.kept()[0].reason, Reason::BadName);
    assert!(matches!(read(tcvn3, &CsvOptions::default()), Err(CsvError::HeaderEncoding { .. })));
    let mapped = CsvOptions::default().map("Nơi làm", Some(Role::Body)).map("Đơn vị", None).skip_lines(1);
    let text = "BÁO CÁO\n\nĐơn vị|Nơi làm|Ngày nhận|Hạn trả|Lạ\nA|B|1/2/2024|2024-02-05|\n";
    assert_eq!(body(text.as_bytes(), &mapped), "B");
    assert_eq!(read(text.as_bytes(), &mapped).unwrap().summary.ignored, ["Đơn vị", "Lạ"]);
    for (text, message) in [
        ("", "there is no header line"),
        ("a,b\n", "no heading stands for column `body`; headings are `a`, `b`"),
        (
            "Đơn vị,Cơ quan,Ngày nhận,Hạn\n",
            "headings `Đơn vị` and `Cơ quan` both stand for column `body`; map one of them to nothing",
        ),
        ("\u{FEFF}body,received\n", "no heading stands for column `due`; headings are `body`, `received`"),
    ] {
        assert_eq!(read(text.as_bytes(), &CsvOptions::default()).unwrap_err().to_string(), message);
    }
    assert_eq!(read(b"\xff\xfea\0", &CsvOptions::default()), Err(CsvError::Utf16));
    assert_eq!(read(b"b\0o\0d\0y\0", &CsvOptions::default()), Err(CsvError::Utf16));
    for text in ["body,received,due\rA,2024-02-01,2024-02-05\r", "\"bo\rdy\",received,due\rA,2024-02-01,2024-02-05"] {
        assert_eq!(read(text.as_bytes(), &CsvOptions::default()), Err(CsvError::CarriageReturns));
    }
    assert_eq!(read(b"\"body\r\",received,due\r", &CsvOptions::default()).unwrap().summary.rows, 0);
    let excel = b"sep=|\r\nbody|received|due;\r\nA|2024-02-01|2024-02-05\r\nB|2024-02-01|x\r\n";
    assert_eq!(body(excel, &CsvOptions::default()), "A");
    assert_eq!(read(excel, &CsvOptions::default()).unwrap().rejects.kept()[0].line, 4);
    let unknown = read(b"body,received,due\n", &CsvOptions::default().map("x", None)).unwrap_err().to_string();
    assert!(unknown.starts_with("the mapping names the heading `x`"), "{unknown}");
}
