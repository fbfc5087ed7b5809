//! From rows to verdicts; the project's calendar; limits that hold for all threads together.

use caicach::calendar::{Calendar, iso, parse_iso};
use caicach::tally::csv::CsvOptions;
use caicach::tally::*;
use caicach::{Plan, Verdict};

const WARD: &str = "UBND phường Lộc Thọ";

fn options(as_of: &str, start: &str) -> Options {
    let calendar = Calendar::builtin().unwrap();
    Options::as_of(parse_iso(as_of).unwrap())
        .starting(parse_iso(start).unwrap())
        .suspension(Suspension::Working(Some(Workdays::of_years(&calendar).into())))
}

fn count(text: &str, groupings: &[Grouping], options: &Options) -> Tally {
    Tally::from_csv(text.as_bytes(), groupings, options, &Run::default(), &CsvOptions::default(), None).unwrap().tally
}

#[test]
fn persons_and_bodies_are_judged_straight_from_a_tally() {
    // An: 4 of 100 late. Bình: 10 of 100. The ward: 14 of 200, which is 7 %.
    let row = |officer: &str, completed: &str| format!("{WARD};{officer};02/01/2024;10/01/2024;{completed};có\n");
    let text = "Đơn vị;Cán bộ;Ngày nhận;Hạn trả;Ngày trả;Thư xin lỗi\n".to_owned()
        + &row("An", "09/01/2024").repeat(96)
        + &row("An", "11/01/2024").repeat(4)
        + &row("Bình", "10/01/2024").repeat(90)
        + &row("Bình", "11/01/2024").repeat(10);
    let groupings = [Grouping::BODY, Grouping::BODY_OFFICER];
    let tally = count(&text, &groupings, &options("2024-12-31", "2024-01-01"));
    let facts = tally.to_facts(&groupings, Some("export.csv")).unwrap();
    let plan = Plan::builtin().unwrap();
    let assessment = plan.assess(&facts, &caicach::Options::on(parse_iso("2025-01-15").unwrap())).unwrap();
    let of = |rule: &str, subject: &str| {
        let mut found = assessment.findings().iter().filter(|f| f.rule().as_str() == rule);
        found.find(|f| f.subject().id.as_ref() == subject && iso(f.period().from()) == "2024-01-01").unwrap()
    };
    // Up to 2024 the threshold of a person is 10 %: reading `person_late_threshold`.
    assert_eq!(of("late_share_caps_person", "An").verdict(), Verdict::NotBinding);
    assert_eq!(of("late_share_caps_person", "Bình").verdict(), Verdict::Binding);
    assert_eq!(of("late_share_caps_person", "Bình").percent_shown().as_deref(), Some("10.00"));
    let ward = assessment.findings().iter().find(|f| f.rule().as_str() == "late_share_caps_rank").unwrap();
    assert_eq!((ward.verdict(), ward.percent_shown().as_deref()), (Verdict::Binding, Some("7.00")));
    assert_eq!(ward.sources().collect::<Vec<_>>(), ["export.csv"]);
    let twice = tally.to_facts(&[Grouping::BODY, Grouping::OFFICER], None);
    assert_eq!(twice.unwrap_err(), FactsFromTallyError::Grouping { grouping: Grouping::OFFICER });
}

#[test]
fn namesakes_of_two_bodies_are_two_persons() {
    // An of the ward: 10 of 100 late; An of the office: none of 100. Together 5 %. CB01 served in both.
    let row = |body: &str, officer: &str, day: u8| format!("{body};{officer};02/01/2024;10/01/2024;{day}/01/2024\n");
    let text = "Đơn vị;Cán bộ;Ngày nhận;Hạn trả;Ngày trả\n".to_owned()
        + &row(WARD, "An", 11).repeat(10)
        + &row(WARD, "An", 10).repeat(90)
        + &row("Phòng Nội vụ", "An", 10).repeat(100)
        + &row(WARD, "CB01", 11).repeat(10)
        + &row(WARD, "CB01", 10).repeat(90)
        + &row("Phòng Nội vụ", "CB01", 10).repeat(100)
        + &row(WARD, "Bình", 10);
    let tally = count(&text, &[Grouping::BODY_OFFICER], &options("2024-12-31", "2024-01-01"));
    let facts = tally.to_facts(&[Grouping::BODY, Grouping::BODY_OFFICER], None).unwrap();
    let plan = Plan::builtin().unwrap();
    let assessment = plan.assess(&facts, &caicach::Options::on(parse_iso("2025-01-15").unwrap())).unwrap();
    let persons = assessment.findings().iter().filter(|f| f.rule().as_str() == "late_share_caps_person");
    let found: Vec<(&str, Verdict)> = persons.map(|f| (f.subject().id.as_ref(), f.verdict())).collect();
    assert_eq!(
        found,
        [
            ("An (Phòng Nội vụ)", Verdict::NotBinding),
            ("An (UBND phường Lộc Thọ)", Verdict::Binding),
            ("Bình", Verdict::NotBinding),
            ("CB01", Verdict::NotBinding),
        ]
    );
}

#[test]
fn a_period_begins_before_it_ends() {
    let options = options("2023-12-31", "2024-01-01");
    let text = b"body,received,due\nA,2024-01-02,2024-01-10\n";
    let found = Tally::from_csv(text, &[Grouping::BODY], &options, &Run::default(), &CsvOptions::default(), None);
    assert_eq!(found, Err(csv::CsvError::Tally(TallyError::Period)));
}

#[test]
fn shares_are_parts_and_wholes() {
    let text = "body,received,due,completed,channel,satisfied\n\
        A,2024-01-02,2024-01-10,2024-01-11,online,Rất hài lòng\n\
        A,2024-01-02,2024-01-10,2024-01-10,direct,Bình thường\n\
        A,2024-01-02,2024-01-10,2024-01-09,,\n\
        A,2024-01-02,2024-01-10,,postal,\n";
    let total = count(text, &[Grouping::BODY], &options("2024-12-31", "2024-01-01")).total();
    assert_eq!(total.resolved.late_share(), (1, 3));
    assert_eq!(total.satisfied_share(), (1, 2));
    // What came in by an unknown channel is no evidence either way.
    assert_eq!(total.received.online_share(), (1, 3));
}

#[test]
fn instants_fall_on_the_day_they_are_in_vietnam() {
    // 2023-12-31T17:30Z is half past midnight of the new year; due at 10:00 and completed one second after.
    let (received, due, completed) = ([1_704_043_800_i64], [1_704_880_800_i64], [1_704_880_801_i64]);
    let options = options("2024-12-31", "2024-01-01");
    let count = |utc| {
        let stamps = |values| Column::new(Moments::Stamps { values, unit: TimeUnit::Second, utc });
        let body = Column::new(Keys::Dictionary { codes: Ints::U8(&[0]), values: vec![Some("A")] });
        let columns = Columns::new(body, stamps(&received), stamps(&due)).completed(stamps(&completed));
        Tally::of(&columns, &[Grouping::BODY], &options, &Run::default()).unwrap().tally.total()
    };
    let (zoned, local) = (count(true), count(false));
    assert_eq!((zoned.received.new_in_period(), zoned.received.carried_over, zoned.resolved.late), (1, 0, 1));
    assert_eq!((local.received.new_in_period(), local.received.carried_over, local.resolved.late), (0, 1, 1));
}

#[test]
fn suspensions_are_counted_by_the_calendar_of_the_project() {
    // Tết 2024: 8 to 14 February are off. 4 May 2024 is a Saturday worked for Monday 29 April.
    let cases = [
        ("2024-02-07", 1, "2024-02-15"),
        ("2024-02-07", 3, "2024-02-19"),
        ("2024-04-26", 1, "2024-05-02"),
        ("2024-05-03", 1, "2024-05-04"),
        ("2024-05-03", 2, "2024-05-06"),
    ];
    for (due, by, moved) in cases {
        let late_by = |completed: &str| {
            let text = format!("body,received,due,completed,suspended_days\nA,2024-01-02,{due},{completed},{by}\n");
            count(&text, &[Grouping::BODY], &options("2024-12-31", "2024-01-01")).total().resolved
        };
        let next = parse_iso(moved).unwrap().next_day().unwrap();
        assert_eq!(late_by(moved).on_time, 1, "{due} {by}");
        assert_eq!(late_by(&iso(next)).late, 1, "{due} {by}");
    }
}

#[test]
fn the_limit_and_the_order_of_rejects_hold_for_all_threads_together() {
    // Two batches: one that is shared among threads, one that is not.
    let days = vec![19_800_i32; 120_000];
    let mut due = days.clone();
    for row in [5, 70_000, 119_999] {
        due[row] = 999_999;
    }
    let (few, few_due) = (vec![19_800_i32; 4], vec![19_800, 999_999, 19_800, 999_999]);
    let codes = vec![0_u8; 120_000];
    let columns = |received, due, codes| {
        let body = Keys::Dictionary { codes: Ints::U8(codes), values: vec![Some("A")] };
        Columns::new(Column::new(body), Column::new(Moments::Days(received)), Column::new(Moments::Days(due)))
    };
    let options = options("2024-12-31", "2024-01-01");
    let run = Run::default().threads(3);
    let count = |run: &Run| {
        let mut tallier = Tallier::new(&[Grouping::BODY], &options, run);
        tallier.add(&columns(&few, &few_due, &codes[..4]))?;
        tallier.add(&columns(&days, &due, &codes))?;
        tallier.add(&columns(&few, &few_due, &codes[..4]))?;
        tallier.finish()
    };
    let lines = |found: &Counted| found.rejects.kept().iter().map(|r| r.line).collect::<Vec<_>>();
    let found = count(&run).unwrap();
    assert_eq!(lines(&found), [2, 4, 10, 70_005, 120_004, 120_006, 120_008]);
    let found = count(&run.keep_rejects(4)).unwrap();
    assert_eq!((lines(&found), found.rejects.total()), (vec![2, 4, 10, 70_005], 7));
    assert!(count(&run.reject_limit(Some(7))).is_ok());
    let stopped = count(&run.reject_limit(Some(6))).unwrap_err();
    assert_eq!(stopped, TallyError::TooManyRejects { rejected: 7, limit: 6 });
}
