//! Every number of an explanation is in its finding.

use std::collections::BTreeSet;

use caicach::calendar::{Period, parse_iso};
use caicach::text::{Lang, number};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::facts::{document, plan, question, tries};
use crate::common;

/// What a finding has to say numbers from.
#[derive(Default)]
struct Known {
    numbers: BTreeSet<Decimal>,
    dates: BTreeSet<String>,
    /// Periods, which have names of their own ("6 tháng đầu năm 2024").
    periods: BTreeSet<Period>,
    /// Part and whole of every share.
    shares: Vec<(i128, i128)>,
}

impl Known {
    fn of(finding: &Value) -> Known {
        let mut known = Known::default();
        let mut bare = finding.clone();
        bare.as_object_mut().unwrap().remove("explanation");
        known.gather(&bare);
        let measured = &finding["measured"];
        for end in [measured, &measured["low"], &measured["high"]] {
            if let (Some(part), Some(whole)) = (end["part"].as_i64(), end["whole"].as_i64()) {
                known.shares.push((part.into(), whole.into()));
            }
        }
        if let (Some(cut), Some(base)) = (measured["cut"].as_i64(), measured["base"].as_i64()) {
            known.shares.push((i128::from(cut).abs(), base.into()));
        }
        // A distance in percentage points is shown to as many places as it has.
        if let (Some(value), Some(threshold)) = (measured["value"].as_str(), finding["required"]["percent"].as_str()) {
            let decimal = |text: &str| text.parse::<Decimal>().unwrap();
            known.numbers.insert((decimal(value) - decimal(threshold)).abs().normalize());
        }
        known
    }

    fn gather(&mut self, value: &Value) {
        match value {
            Value::Number(n) => {
                self.numbers.insert(n.to_string().parse::<Decimal>().unwrap().abs().normalize());
            }
            Value::String(text) => {
                if let Ok(decimal) = text.parse::<Decimal>() {
                    self.numbers.insert(decimal.abs().normalize());
                } else if parse_iso(text).is_ok() {
                    self.dates.insert(text.clone());
                    self.numbers.insert(text[..4].parse().unwrap());
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.gather(item)),
            // Sentences about the data are made from the same numbers; they prove nothing.
            Value::Object(map) => {
                let day = |key: &str| map.get(key).and_then(Value::as_str).and_then(|text| parse_iso(text).ok());
                if let (Some(from), Some(to)) = (day("from"), day("to")) {
                    self.periods.extend(Period::new(from, to));
                }
                map.iter()
                    .filter(|(key, _)| !["vi", "en"].contains(&key.as_str()))
                    .for_each(|(_, item)| self.gather(item));
            }
            _ => {}
        }
    }

    fn has(&self, shown: Decimal) -> bool {
        self.numbers.contains(&shown.normalize()) || self.shares.iter().any(|share| rounds_to(*share, shown))
    }
}

/// Whether part of whole in per cent, rounded half up to the places shown, is what is shown.
fn rounds_to((part, whole): (i128, i128), shown: Decimal) -> bool {
    let places = shown.scale();
    let Some(unit) = 10i128.checked_pow(places) else { return false };
    let Some(product) = part.checked_mul(200).and_then(|n| n.checked_mul(unit)) else { return false };
    whole > 0 && (product + whole) / (2 * whole) == shown.mantissa()
}

/// The text without its citation, which must be of the finding's clause.
fn uncited(text: &str, finding: &Value, lang: Lang) -> String {
    let document = plan().document();
    let cite = format!("{})", if lang == Lang::Vi { &document.cite } else { &document.cite_en });
    let end = text.find(&cite).unwrap_or_else(|| panic!("no citation: {text}"));
    let start = text[..end].rfind('(').unwrap();
    let clause = finding["clause"].as_str().unwrap();
    let place = text[start..end].trim_end_matches(", ").rsplit(' ').next().unwrap();
    assert!(clause.trim_start_matches("annex ").starts_with(place), "{clause} is cited as {place}");
    format!("{} {}", &text[..start], &text[end + cite.len()..])
}

/// The text without what is not the finding's own: names, the citation, the options of readings, dates already checked.
fn stripped(text: &str, finding: &Value, known: &Known, lang: Lang) -> String {
    let mut text = uncited(text, finding, lang);
    for reading in plan().readings() {
        for option in &reading.options {
            text = text.replace(if lang == Lang::Vi { option.vi.as_str() } else { option.en.as_str() }, " ");
        }
    }
    text = text.replace(finding["subject"]["name"].as_str().unwrap(), " ");
    for date in &known.dates {
        text = text.replace(&number::date(parse_iso(date).unwrap(), lang), " ");
    }
    // The longer name first: a half-year's has the year's in it.
    let mut names: Vec<String> = known.periods.iter().map(|period| period.name(lang)).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in names {
        text = text.replace(&name, " ");
    }
    text
}

/// The numbers of a text, read in its language.
fn numbers(text: &str, lang: Lang) -> Vec<Decimal> {
    let (group, point) = if lang == Lang::Vi { ('.', ',') } else { (',', '.') };
    let chars: Vec<char> = text.chars().collect();
    let mut all = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if !chars[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let mut token = String::new();
        while i < chars.len() {
            let inside = chars.get(i + 1).is_some_and(char::is_ascii_digit);
            match chars[i] {
                c if c.is_ascii_digit() => token.push(c),
                c if c == group && inside => {}
                c if c == point && inside => token.push('.'),
                _ => break,
            }
            i += 1;
        }
        all.push(token.parse().unwrap());
    }
    all
}

fn strange(finding: &Value) -> Option<String> {
    let known = Known::of(finding);
    for lang in [Lang::Vi, Lang::En] {
        let text = finding["explanation"][lang.code()].as_str().unwrap();
        let rest = stripped(text, finding, &known, lang);
        if let Some(number) = numbers(&rest, lang).into_iter().find(|number| !known.has(*number)) {
            return Some(format!("{number} is not in the finding: {text}\n{finding}"));
        }
    }
    None
}

/// What sets one sentence apart from others: its numbers where it measures something, else its words alone.
fn sentence(finding: &Value) -> String {
    let text = finding["explanation"]["vi"].as_str().unwrap();
    if !finding["measured"].is_null() {
        return text.to_owned();
    }
    text.replace(finding["subject"]["name"].as_str().unwrap(), "").chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// The first sentence of a document that says a number of its own.
fn first_strange(document: &Value, seen: &mut BTreeSet<String>) -> Option<String> {
    let findings = document["findings"].as_array().unwrap().iter();
    findings.filter(|finding| seen.insert(sentence(finding))).find_map(strange)
}

proptest! {
    #![proptest_config(tries(16))]

    #[test]
    fn of_an_explanation_are_in_its_finding(question in question()) {
        let strange = first_strange(&document(&question.assess()), &mut BTreeSet::new());
        prop_assert!(strange.is_none(), "{}", strange.unwrap());
    }
}

#[test]
fn of_the_vectors_explanations_are_in_their_findings() {
    let mut seen = BTreeSet::new();
    for (_, case) in common::cases("vectors").into_iter().chain(common::cases("published")) {
        let Ok(json) = common::assess(plan(), &case["facts"].to_string(), &case) else { continue };
        if let Some(strange) = first_strange(&serde_json::from_str(&json).unwrap(), &mut seen) {
            panic!("{}: {strange}", case["name"]);
        }
    }
}

#[test]
fn a_number_from_elsewhere_is_found_out() {
    let document = plan().document();
    let (vi, en) =
        (format!("(Phụ lục, mục I.9, {})", document.cite), format!("(Annex, item I.9, {})", document.cite_en));
    let finding = json!({"subject": {"name": "UBND phường Lộc Thọ"}, "clause": "annex I.9",
        "measured": {"part": 212, "whole": 3905, "percent": "5.43"},
        "explanation": {"vi": format!("có 212/3.905 hồ sơ (5,429%) {vi}"), "en": format!("had 212 of 3,905 (5.44%) {en}")}});
    assert!(strange(&finding).unwrap().starts_with("5.44"));
}
