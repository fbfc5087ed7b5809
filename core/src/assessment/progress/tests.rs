//! Posts, units and shares on their way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;
use crate::calendar::parse_iso;
use crate::{Facts, Options};

fn all(facts: &str, as_of: &str) -> Vec<Progress> {
    let facts = Facts::from_json(format!("{{\"schema\": \"caicach/facts/1\", {facts}}}")).unwrap();
    let options = Options::on(parse_iso(as_of).unwrap());
    Plan::builtin().unwrap().assess(&facts, &options).unwrap().progress().to_vec()
}

fn posts(counts: &[(&str, u64)]) -> String {
    let one = |(date, count): &(&str, u64)| {
        format!("{{\"date\": \"{date}\", \"category\": \"cadre\", \"basis\": \"assigned\", \"count\": {count}}}")
    };
    format!("\"headcounts\": [{}]", counts.iter().map(one).collect::<Vec<_>>().join(", "))
}

fn surveys(percents: &[(i32, &str)]) -> String {
    let one =
        |(year, percent): &(i32, &str)| format!("{{\"year\": {year}, \"field\": \"overall\", \"percent\": {percent}}}");
    format!("\"surveys\": [{}]", percents.iter().map(one).collect::<Vec<_>>().join(", "))
}

fn ratio(a: i128, b: i128) -> Ratio {
    Ratio::new(a, b).unwrap()
}

#[test]
fn posts_that_fall_too_slowly() {
    let found = all(&posts(&[("2022-12-31", 1247), ("2024-12-31", 1215)]), "2025-01-15");
    let [progress] = found.as_slice() else { panic!("{}", found.len()) };
    assert_eq!(progress.target().value, Ratio::whole(63));
    // 731 of 1461 days; weights 0 and 1 of 6.
    assert_eq!(progress.required().even, ratio(63 * 731, 1461));
    assert_eq!(progress.required().back_loaded, ratio(63, 6));
    let projection = progress.projection().unwrap();
    // 32 in 731 days, so 32 x 1461/731 = 63.96 on the last day: 63, which is enough.
    assert_eq!((projection.reached, projection.short, projection.enough), (Ratio::whole(63), Ratio::ZERO, true));
    assert_eq!(projection.per_year, ratio(32 * 365, 731));

    let found = all(&posts(&[("2022-12-31", 1247), ("2024-12-31", 1221)]), "2025-01-15");
    // 26 x 1461/731 = 51.96: 51 posts, 12 short.
    assert_eq!(found[0].projection().unwrap().short, Ratio::whole(12));
    assert_eq!(
        found[0].text(Lang::En),
        "Fewer civil-servant posts: 26 posts cut by 31 December 2024; by then an even path asks for 32, a back-loaded one \
         for 11; at this pace, the average from 31 December 2022 to 31 December 2024 going on unchanged: 12 posts short \
         in 2026. For information, not a verdict (Annex, item IV.1, Plan No. 298/KH-UBND)."
    );
    assert_eq!(
        found[0].text(Lang::Vi),
        "Giảm biên chế cán bộ, công chức: đến 31/12/2024 đã giảm 26 biên chế; đến ngày đó lộ trình đều cần giảm 32, lộ \
         trình dồn về cuối kỳ cần giảm 11; nếu giữ nguyên tốc độ bình quân từ 31/12/2022 đến 31/12/2024 thì đến \
         31/12/2026 giảm được 51 biên chế, còn thiếu 12 biên chế so với mức phải giảm 63. Thông tin tham khảo, không phải \
         kết luận (Phụ lục, mục IV.1, Kế hoạch số 298/KH-UBND)."
    );
}

#[test]
fn posts_that_grow() {
    let found = all(&posts(&[("2022-12-31", 1000), ("2023-12-31", 1001)]), "2024-01-15");
    let projection = found[0].projection().unwrap();
    // One more in 365 days: 1461/365 = 4.003 more, and five with the one begun.
    assert_eq!((projection.reached, projection.short), (Ratio::whole(-5), Ratio::whole(55)));
    assert!(found[0].text(Lang::Vi).contains("đã tăng 1 biên chế"));
    assert!(found[0].text(Lang::En).contains("1 post added by"));
}

#[test]
fn what_is_due_or_has_no_figures_has_no_progress() {
    let done = posts(&[("2022-12-31", 1000), ("2026-12-31", 990)]);
    assert!(all(&done, "2026-12-31").is_empty());
    assert!(all(&posts(&[("2022-12-31", 1000), ("2025-12-31", 990)]), "2027-01-15").is_empty());
    assert!(all(&posts(&[("2022-12-31", 1000)]), "2024-01-15").is_empty());
    assert!(all(&posts(&[("2024-12-31", 1000)]), "2025-01-15").is_empty());
}

#[test]
fn on_the_last_day_it_can_still_be_told_and_without_a_cut_there_is_none() {
    assert_eq!(all(&posts(&[("2022-12-31", 1000), ("2025-12-31", 990)]), "2026-12-31").len(), 1);
    // 5 % of 9 is 0.45: to the nearest post nothing is to be cut.
    let facts = posts(&[("2022-12-31", 9), ("2024-12-31", 9)]);
    assert_eq!(all(&facts, "2025-01-15").len(), 1);
    let facts = Facts::from_json(format!("{{\"schema\": \"caicach/facts/1\", {facts}}}")).unwrap();
    let options = Options::on(parse_iso("2025-01-15").unwrap()).reading("reduction_rounding", "nearest");
    assert!(Plan::builtin().unwrap().assess(&facts, &options).unwrap().progress().is_empty());
}

#[test]
fn service_units_count_units() {
    let found = all(
        "\"service_units\": [{\"date\": \"2022-12-31\", \"count\": 80}, {\"date\": \"2024-06-30\", \"count\": 77}]",
        "2024-07-15",
    );
    let [progress] = found.as_slice() else { panic!("{}", found.len()) };
    assert_eq!((progress.unit(), progress.target().value), (Unit::ServiceUnits, Ratio::whole(8)));
    assert!(progress.text(Lang::Vi).contains("3 đơn vị"), "{}", progress.text(Lang::Vi));
}

#[test]
fn a_level_on_its_way_to_the_next_step() {
    let found = all(&surveys(&[(2023, "82"), (2025, "91")]), "2026-02-01");
    let [progress] = found.as_slice() else { panic!("{}", found.len()) };
    assert_eq!(progress.period(), Period::year(2030).unwrap());
    assert_eq!(
        (progress.start().value, progress.now().value, progress.target().value),
        (Ratio::whole(82), Ratio::whole(91), Ratio::whole(95))
    );
    // Two of seven years of 13 points; weights 0 + 1 of 21.
    assert_eq!(progress.required().even, ratio(82 * 7 + 26, 7));
    assert_eq!(progress.required().back_loaded, ratio(82 * 21 + 13, 21));
    let projection = progress.projection().unwrap();
    assert_eq!((projection.per_year, projection.reached, projection.enough), (ratio(9, 2), Ratio::whole(100), true));
    assert_eq!(progress.path().len(), 8);
    assert_eq!(progress.path().last().unwrap().even, Ratio::whole(95));

    let slow = all(&surveys(&[(2023, "90"), (2025, "91")]), "2026-02-01");
    assert!(
        slow[0].text(Lang::En).contains("(up 0.50 percentage points a year) going on unchanged: 93.50% in 2030, 1.50 percentage points short of 95.00%"),
        "{}",
        slow[0].text(Lang::En)
    );
    assert!(
        slow[0].text(Lang::Vi).contains("thì năm 2030 là 93,50%, còn thiếu 1,50 điểm phần trăm so với 95,00%"),
        "{}",
        slow[0].text(Lang::Vi)
    );
}

#[test]
fn a_pace_that_ends_on_the_floor_is_enough_unless_more_is_asked_for() {
    let enough = |facts: &str| {
        let found = all(facts, "2025-01-15");
        let of_2025 = found.iter().find(|progress| progress.period() == Period::year(2025).unwrap()).unwrap();
        of_2025.projection().unwrap().enough
    };
    // At least 90 %: 80, 85, then 90.
    assert!(enough(&surveys(&[(2023, "80"), (2024, "85")])));
    assert!(!enough(&surveys(&[(2023, "80"), (2024, "84")])));
    // More than 50 %: 40, 45, then 50; 41, 46, then 51.
    let online = |percents: [u32; 2]| {
        let one = |year: i32, percent: u32| {
            format!(
                "{{\"measure\": \"online_share\", \"from\": \"{year}-01-01\", \"to\": \"{year}-12-31\", \"percent\": {percent}}}"
            )
        };
        format!("\"shares\": [{}, {}]", one(2023, percents[0]), one(2024, percents[1]))
    };
    assert!(!enough(&online([40, 45])));
    assert!(enough(&online([41, 46])));
}

#[test]
fn one_figure_has_a_path_and_no_pace() {
    let found = all(&surveys(&[(2025, "97")]), "2026-02-01");
    assert!(found[0].projection().is_none());
    // It starts above the floor: the paths ask for the floor.
    assert_eq!(found[0].required().even, Ratio::whole(95));
    assert!(found[0].text(Lang::Vi).contains("chưa tính được tốc độ"));
}

#[test]
fn progress_is_in_the_document_and_changes_no_verdict() {
    let facts =
        format!("{{\"schema\": \"caicach/facts/1\", {}}}", posts(&[("2022-12-31", 1247), ("2024-12-31", 1221)]));
    let options = Options::on(parse_iso("2025-01-15").unwrap());
    let json = Plan::builtin().unwrap().assess(&Facts::from_json(&facts).unwrap(), &options).unwrap().to_json();
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    let progress = &document["progress"][0];
    assert_eq!(progress["rule"], "cadre_reduction");
    assert_eq!(
        progress["projection"]["short"],
        serde_json::json!({"numerator": 12, "denominator": 1, "value": "12.00"})
    );
    assert_eq!(progress["required"]["back_loaded"]["value"], "10.50");
    assert!(
        document["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|f| f["rule"] == "cadre_reduction" && f["verdict"] == "pending")
    );
}

#[test]
fn nothing_cut_is_said_to_be_cut_and_not_added() {
    let found = all(&posts(&[("2022-12-31", 1000), ("2024-12-31", 1000)]), "2025-01-15");
    let (vi, en) = (found[0].text(Lang::Vi), found[0].text(Lang::En));
    assert!(vi.contains("đã giảm 0 biên chế") && vi.contains("giảm được 0 biên chế"), "{vi}");
    assert!(en.contains("0 posts cut by"), "{en}");
    let found = all(&posts(&[("2022-12-31", 1000), ("2024-12-31", 1010)]), "2025-01-15");
    let vi = found[0].text(Lang::Vi);
    // 10 in 731 days are 19.99 in 1 461; what is cut is rounded down, to 20 too many.
    assert!(vi.contains("đã tăng 10 biên chế") && vi.contains("tăng 20 biên chế"), "{vi}");
}
