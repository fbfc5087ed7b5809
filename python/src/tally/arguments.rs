//! How to count, as Python's keyword arguments say it.

use std::sync::{Arc, OnceLock};

use caicach::tally::{Cancelled, Grouping, Options, RepeatSupplement, Role, Run, Suspension, Threshold, Workdays};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt, PyMapping, PyString};

use super::error::error;
use crate::arguments::{day, word, words};
use crate::calendar::Calendar;
use crate::error::{Result, type_error, value_error};
use crate::value::decimal_type;

/// What decides the counts.
pub(super) struct Terms<'a, 'py> {
    pub(super) as_of: &'a Bound<'py, PyAny>,
    pub(super) start: Option<&'a Bound<'py, PyAny>>,
    pub(super) suspension: &'a str,
    pub(super) calendar: Option<&'a Bound<'py, Calendar>>,
    pub(super) repeat_supplement: &'a str,
    pub(super) cancelled: &'a str,
}

/// Whether a word is the first of the two that there are.
fn is_first(name: &str, word: &str, first: &str, second: &str) -> Result<bool> {
    if word == first || word == second {
        return Ok(word == first);
    }
    Err(value_error(format!("{name} is {first:?} or {second:?}, not {word:?}")))
}

impl Terms<'_, '_> {
    pub(super) fn read(&self) -> Result<Options> {
        let working = is_first("suspension", self.suspension, "working", "calendar")?;
        let suspension = match self.calendar {
            Some(_) if !working => {
                return Err(value_error("calendar is for working days: leave it out or count by them"));
            }
            Some(own) => Suspension::Working(Some(Arc::new(Workdays::of_years(&own.get().0)))),
            None if working => Suspension::Working(workdays()),
            None => Suspension::Calendar,
        };
        let as_of = day(self.as_of, "as_of")?;
        let repeat = match is_first("repeat_supplement", self.repeat_supplement, "ignore", "late")? {
            true => RepeatSupplement::Ignore,
            false => RepeatSupplement::Late,
        };
        let cancelled = match is_first("cancelled", self.cancelled, "counted", "excluded")? {
            true => Cancelled::Counted,
            false => Cancelled::Excluded,
        };
        let start = self.start.map(|start| day(start, "start")).transpose()?;
        let options = Options::as_of(as_of).suspension(suspension).repeat_supplement(repeat).cancelled(cancelled);
        Ok(match start {
            Some(start) => options.starting(start),
            None => options,
        })
    }
}

/// The working days of Vietnam's state bodies, made when first needed: one table for all tallies, so that they merge.
fn workdays() -> Option<Arc<Workdays>> {
    static TABLE: OnceLock<Option<Arc<Workdays>>> = OnceLock::new();
    TABLE.get_or_init(|| Some(Arc::new(Workdays::of_years(&caicach::calendar::Calendar::builtin().ok()?)))).clone()
}

/// How a count is run.
pub(super) fn run(threads: Option<usize>, keep_rejects: usize, reject_limit: Option<u64>) -> Run {
    let threads = threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    Run::default().threads(threads).keep_rejects(keep_rejects).reject_limit(reject_limit)
}

/// One grouping: `"body,field"` or `["body", "field"]`.
pub(super) fn grouping(value: &Bound<'_, PyAny>) -> Result<Grouping> {
    let words = words(value, "a grouping")?.join(",");
    words.parse().map_err(|bad: caicach::tally::GroupingError| error("unknown_dimension", "by", bad.to_string(), None))
}

/// Several groupings; a text alone is one of them.
pub(super) fn groupings(value: Option<&Bound<'_, PyAny>>) -> Result<Vec<Grouping>> {
    let Some(value) = value else { return Ok(vec![Grouping::BODY]) };
    if value.is_instance_of::<PyString>() {
        return Ok(vec![grouping(value)?]);
    }
    let found = value.try_iter()?.map(|item| grouping(&item?)).collect::<Result<Vec<_>>>()?;
    if found.is_empty() {
        return Err(error("no_grouping", "by", "no grouping is asked for", Some("by=[[]] is all dossiers together")));
    }
    Ok(found)
}

/// What headings stand for: names of columns, their Vietnamese headings, or None to leave a column aside.
pub(super) fn mapping(value: Option<&Bound<'_, PyAny>>) -> Result<Vec<(String, Option<Role>)>> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let mapping = value
        .cast::<PyMapping>()
        .map_err(|_| type_error("mapping is a dict of heading to column name, or to None to leave the column aside"))?;
    let mut out = Vec::new();
    for item in mapping.items()?.iter() {
        let (heading, column) = item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
        let heading = word(&heading, "a heading")?;
        let role = if column.is_none() {
            None
        } else {
            let column = word(&column, "a column name")?;
            let names = || Role::ALL.iter().map(|role| role.name());
            let unknown = || {
                let near = caicach::text::nearest(&column, names()).map(|near| format!("did you mean `{near}`?"));
                let message =
                    format!("`{column}` is not a column; columns are {}", names().collect::<Vec<_>>().join(", "));
                error("unknown_column", &heading, message, near.as_deref())
            };
            Some(Role::of(&column).ok_or_else(unknown)?)
        };
        out.push((heading, role));
    }
    Ok(out)
}

/// A threshold in per cent: int, Decimal or its text. A float is refused: 0.1 is not one tenth.
pub(super) fn threshold(value: &Bound<'_, PyAny>) -> Result<Threshold> {
    let whole = value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>();
    let text = if value.is_instance(decimal_type(value.py())?)? {
        value.call_method1("__format__", ("f",))?.extract::<String>()?
    } else if whole || value.is_instance_of::<PyString>() {
        value.str()?.extract::<String>()?
    } else {
        let name = value.get_type().name()?;
        return Err(type_error(format!("percent is an int, a Decimal or a text, not {name}")));
    };
    parsed(&text)
}

fn parsed(text: &str) -> Result<Threshold> {
    Threshold::parse(text).ok_or_else(|| error("bad_percent", "percent", "percent is above 0 and at most 100", None))
}

/// The threshold of annex I.9, five per cent, unless another is given.
pub(super) fn threshold_or_five(value: Option<&Bound<'_, PyAny>>) -> Result<Threshold> {
    match value {
        Some(value) => threshold(value),
        None => parsed("5"),
    }
}
