//! What schedules and the kinds of rules need.

use super::{accepted, problems, refused, summary};
use crate::input::ProblemCode::{DuplicateId, Inconsistent, MissingField, OutOfRange};

const SCHEDULE: &str = "schedule = { text = \"Quý I/2023\", kind = \"by\", date = \"2023-03-31\" }";

/// Another schedule for the second task.
#[track_caller]
fn schedule(fields: &str, code: crate::input::ProblemCode, field: &str, says: &str) {
    let to = format!("schedule = {{ {fields} }}");
    refused(SCHEDULE, &to, code, &format!("task[1].schedule{field}"), "schedule", says);
}

#[test]
fn a_schedule_has_the_fields_of_its_kind() {
    for fields in [
        "text = \"Thường xuyên\", kind = \"continuous\"",
        "text = \"Hằng năm\", kind = \"annual\"",
        "text = \"Tháng 1, 2\", kind = \"annual\", months = [1, 2]",
        "text = \"Quý IV hằng năm\", kind = \"annual\", months = [10, 11, 12]",
        "text = \"ít nhất 02 lần/năm\", kind = \"annual_at_least\", n = 2",
        "text = \"Giai đoạn 2023-2024\", kind = \"period\", from = \"2023-01-01\", to = \"2024-12-31\"",
        "text = \"Theo giai đoạn 05 năm\", kind = \"phase\", years = 5",
        "text = \"05 ngày\", kind = \"within\", days = 5, of = \"change\"",
        "text = \"Khi có yêu cầu\", kind = \"on_trigger\", event = \"request\"",
    ] {
        accepted(SCHEDULE, &format!("schedule = {{ {fields} }}"));
    }
    schedule(
        "text = \"2023\", kind = \"continuous\", date = \"2023-01-01\"",
        Inconsistent,
        ".date",
        "a schedule of kind `continuous` has no `date`",
    );
    schedule("text = \"2023\", kind = \"by\"", MissingField, ".date", "needs `date`");
    schedule("text = \"2\", kind = \"annual\", n = 2", Inconsistent, ".n", "has no `n`");
    schedule("text = \"x\", kind = \"annual_at_least\"", MissingField, ".n", "needs `n`");
    schedule("text = \"2023\", kind = \"period\", from = \"2023-01-01\"", MissingField, ".to", "needs `to`");
    schedule("text = \"5\", kind = \"within\", days = 5", MissingField, ".of", "needs `of`");
    schedule("text = \"x\", kind = \"on_trigger\"", MissingField, ".event", "needs `event`");
    schedule("text = \"x\", kind = \"phase\"", MissingField, ".years", "needs `years`");
    schedule("text = \"x\", kind = \"continuous\", event = \"e\"", Inconsistent, ".event", "has no `event`");
}

#[test]
fn a_schedule_has_values_that_make_sense() {
    schedule(
        "text = \"2023, 2024\", kind = \"period\", from = \"2024-01-01\", to = \"2023-01-01\"",
        Inconsistent,
        ".to",
        "after",
    );
    schedule("text = \"0\", kind = \"annual_at_least\", n = 0", OutOfRange, ".n", "at least 1");
    schedule("text = \"0\", kind = \"phase\", years = 0", OutOfRange, ".years", "at least 1");
    schedule("text = \"0\", kind = \"within\", days = 0, of = \"x\"", OutOfRange, ".days", "at least 1");
    schedule("text = \"13\", kind = \"annual\", months = [13]", OutOfRange, ".months[0]", "1 to 12");
    schedule("text = \"11, 12\", kind = \"annual\", months = [12, 11]", Inconsistent, ".months[1]", "rise");
    schedule("text = \"11\", kind = \"annual\", months = [11, 11]", Inconsistent, ".months[1]", "rise");
}

#[test]
fn levels_step_up_by_one_bound_each() {
    let steps = "steps = [{ from = 2025, at_least = \"85\" }, { from = 2030, at_least = \"90\" }]";
    let step = |to: &str, code, path: &str, says: &str| {
        refused(steps, to, code, &format!("rule[0].steps{path}"), "steps", says)
    };
    accepted(steps, "steps = [{ from = 2023, more_than = 85 }, { from = 2030, at_least = 90.0 }]");
    step("steps = []", MissingField, "", "at least one step");
    step("steps = [{ from = 2025 }]", MissingField, "[0]", "expected one of `at_least`, `more_than`, found none");
    step("steps = [{ from = 2025, at_least = 85, more_than = 85 }]", Inconsistent, "[0].more_than", "found more");
    step(
        "steps = [{ from = 2030, at_least = 85 }, { from = 2025, at_least = 90 }]",
        Inconsistent,
        "[1].from",
        "must rise",
    );
    step(
        "steps = [{ from = 2030, at_least = 85 }, { from = 2030, at_least = 90 }]",
        Inconsistent,
        "[1].from",
        "must rise",
    );
    accepted("measure = \"satisfaction\"\n", "measure = \"satisfaction\"\nfield = \"land\"\n");
}

#[test]
fn percentages_are_some() {
    let step = |value: &str, says: &str| {
        let quote = format!("vào năm 2025 và {} vào", value.trim_matches('"'));
        let text = super::changed("at_least = \"85\"", &format!("at_least = {value}"));
        let found = problems(&text);
        let ranges: Vec<_> = found.iter().filter(|p| p.code() == OutOfRange).collect();
        assert_eq!(ranges.len(), 1, "{}{quote}", summary(&found));
        assert_eq!(ranges[0].path(), "rule[0].steps[0].at_least");
        assert!(ranges[0].message().contains(says), "{}", ranges[0]);
    };
    step("-1", "from 0 to 100, found -1");
    step("\"100.000001\"", "from 0 to 100");
    step("\"85.0000001\"", "at most 6 decimals");
}

#[test]
fn levels_under_a_reading_are_checked_too() {
    let with = |under: &str| {
        let text = super::changed(
            "measure = \"satisfaction\"\n",
            &format!("measure = \"satisfaction\"\nreadings = [\"threshold\"]\nunder = [{under}]\n"),
        );
        problems(&text)
    };
    let three = "{ reading = \"threshold\", option = \"three\", steps = [{ from = 2027, at_least = 3 }] }";
    assert_eq!(summary(&with(three)), "");
    let found = with(&format!("{three}, {three}"));
    assert_eq!((found[0].code(), found[0].path()), (DuplicateId, "rule[0].under[1].option"), "{}", summary(&found));
    let found = with("{ reading = \"threshold\", option = \"three\", steps = [] }");
    assert_eq!((found[0].code(), found[0].path()), (MissingField, "rule[0].under[0].steps"), "{}", summary(&found));
}

#[test]
fn ranks_have_years_in_order() {
    refused(
        "aspirational_from = 2026",
        "aspirational_from = 2023",
        Inconsistent,
        "rule[1].aspirational_from",
        "aspirational_from",
        "not one from",
    )
}

#[test]
fn conditions_have_one_bound_of_their_measure() {
    let when = "when = [{ measure = \"rank\", band_at_most = \"average\" }]";
    let cond =
        |to: &str, code, path: &str, says: &str| refused(when, to, code, &format!("rule[3].when{path}"), "when", says);
    accepted(when, "when = [{ measure = \"area_rank\", band_below = \"good\" }]");
    cond("when = []", MissingField, "", "at least one condition");
    cond("when = [{ measure = \"rank\" }]", MissingField, "[0]", "found none");
    cond(
        "when = [{ measure = \"rank\", band_at_most = \"average\", band_below = \"good\" }]",
        Inconsistent,
        "[0].band_below",
        "found more",
    );
    cond(
        "when = [{ measure = \"satisfaction\", band_at_most = \"average\" }]",
        Inconsistent,
        "[0].band_at_most",
        "is a percentage",
    );
    cond(
        "when = [{ measure = \"rank\", field = \"land\", band_at_most = \"average\" }]",
        Inconsistent,
        "[0].field",
        "belongs to `satisfaction`",
    );
    let under = "under = [{ reading = \"threshold\", option = \"three\", from = 2027, when = [{ measure = \"late_share\", at_least = \"3\" }] }";
    refused(
        under,
        &format!("{under}, {}", under.trim_start_matches("under = [")),
        DuplicateId,
        "rule[2].under[1].option",
        "under",
        "already",
    );
}

#[test]
fn consequences_have_patterns_and_measures() {
    let found = problems(&super::changed("years = 2 }]", "years = 0 }]"));
    assert_eq!((found[0].code(), found[0].path()), (OutOfRange, "rule[4].patterns[0].years"), "{}", summary(&found));
}

#[test]
fn frequencies_and_deadlines_have_one_end() {
    accepted("by = \"2023-03-31\"\nfrom = \"2023-01-01\"", "within_days = 10");
    for (from, to, path) in [
        ("at_least = 1\n", "at_least = 0\n", "rule[6].at_least"),
        ("by = \"2023-03-31\"\n", "within_days = 0\n", "rule[8].within_days"),
    ] {
        let found = problems(&super::changed(from, to));
        assert_eq!((found[0].code(), found[0].path()), (OutOfRange, path), "{}", summary(&found));
    }
}

#[test]
fn bands_fall() {
    let bands = super::changed("bands = [\n", "bands = []\nx = [\n");
    assert!(summary(&problems(&bands)).contains("`scale[0].bands`: a scale needs bands"));
}

#[test]
fn rules_list_the_readings_of_the_engine_that_the_plan_defines() {
    let define = |key: &str, a: &str, b: &str| {
        format!(
            "{}\n[[reading]]\nkey = \"{key}\"\nquestion = {{ vi = \"x\", en = \"x\" }}\noptions = [{{ id = \"{a}\", vi = \"x\", en = \"x\" }}, {{ id = \"{b}\", vi = \"x\", en = \"x\" }}]\ndefault = \"{a}\"\nreason = \"x\"\n",
            super::BASE
        )
    };
    for (key, a, b, rules) in [
        ("reduction_rounding", "exact", "nearest", vec!["rule[5]"]),
        ("reduction_baseline", "eve_of_period", "year_2021", vec!["rule[5]"]),
        ("headcount_basis", "assigned", "actual", vec!["rule[5]"]),
        ("baseline_adjustment", "adjusted", "raw", vec!["rule[5]"]),
        ("between_milestones", "hold", "milestone_only", vec!["rule[0]"]),
        ("consecutive_rank", "exactly_average", "average_or_below", vec!["rule[4]"]),
        ("repeat_supplement", "ignore", "late", vec![]),
        ("satisfaction_fields", "each", "pooled", vec![]),
        ("update_days", "calendar", "working", vec![]),
    ] {
        let found = problems(&define(key, a, b));
        let paths: Vec<String> = found.iter().map(|p| p.path().to_owned()).collect();
        let expected: Vec<String> = rules.iter().map(|rule| format!("{rule}.readings")).collect();
        assert_eq!(paths, expected, "{key}: {}", summary(&found));
        assert!(found.iter().all(|p| p.code() == MissingField && p.message().contains(key)));
    }
    let fields = define("satisfaction_fields", "each", "pooled").replacen(
        "measure = \"satisfaction\"\n",
        "measure = \"satisfaction\"\nfield = \"land\"\n",
        1,
    );
    assert_eq!(problems(&fields)[0].path(), "rule[0].readings");
    let days = define("update_days", "calendar", "working").replacen(
        "by = \"2023-03-31\"\nfrom = \"2023-01-01\"",
        "within_days = 10",
        1,
    );
    assert_eq!(problems(&days)[0].path(), "rule[8].readings");
    let units = define("headcount_basis", "assigned", "actual").replacen(
        "stock = \"headcount\"\ncategory = \"cadre\"",
        "stock = \"service_units\"",
        1,
    );
    assert_eq!(summary(&problems(&units)), "");
}
