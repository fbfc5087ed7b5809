//! Plans other than the built-in one, made of the text of one, and their assessments.

use caicach::calendar::{Date, parse_iso};
use caicach::{Assessment, Facts, Finding, Options, Plan};

/// The plan of a district in another province (`tests/plans/an-binh.toml`).
pub(crate) const AN_BINH: &str = include_str!("../plans/an-binh.toml");

pub(crate) fn plan(text: impl AsRef<[u8]>) -> Plan {
    Plan::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn an_binh() -> Plan {
    plan(AN_BINH)
}

/// With more rules, tasks or clauses.
pub(crate) fn an_binh_and(more: &[&str]) -> Plan {
    plan([AN_BINH, &more.concat()].concat())
}

/// With texts replaced wherever they stand, in this order.
pub(crate) fn an_binh_with(replaced: &[(&str, &str)]) -> Plan {
    plan(replaced.iter().fold(AN_BINH.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    }))
}

/// Facts from their tables in JSON.
pub(crate) fn facts(tables: &str) -> Facts {
    Facts::from_json(format!("{{\"schema\": \"caicach/facts/1\", {tables}}}")).unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    parse_iso(text).unwrap()
}

pub(crate) fn on(text: &str) -> Options {
    Options::on(day(text))
}

pub(crate) fn assess(plan: &Plan, tables: &str, on_day: &str) -> Assessment {
    plan.assess(&facts(tables), &on(on_day)).unwrap()
}

/// The one finding of a rule on a subject for a period that ends in a year.
pub(crate) fn finding<'a>(assessment: &'a Assessment, rule: &str, subject: &str, year: i32) -> &'a Finding {
    let found =
        |f: &&Finding| f.rule().as_str() == rule && &*f.subject().id == subject && f.period().to().year() == year;
    assessment.findings().iter().find(found).unwrap_or_else(|| panic!("{rule} {subject} {year}"))
}
