//! What must hold within one record.

use rust_decimal::Decimal;
use time::Date;

use super::percent::Percent;
use crate::calendar::iso;
use crate::input::{Path, Problem, ProblemCode, Problems};

/// More decimals than any published percentage has.
const MOST_DECIMALS: u32 = 10;

/// A name of a field and its value.
pub(crate) type Named<'n, T> = (&'n str, T);

/// Two values that cannot stand together; the problem is put at the first.
pub(crate) fn inconsistent(at: &Path<'_>, field: &str, message: String, out: &mut Problems) {
    out.push(Problem::new(ProblemCode::Inconsistent, at.key(field), None, message));
}

/// The first day is not after the second.
pub(crate) fn in_order(first: Named<'_, Date>, second: Named<'_, Option<Date>>, at: &Path<'_>, out: &mut Problems) {
    if let Some(end) = second.1
        && first.1 > end
    {
        let message = format!("`{}` {} is after `{}` {}", first.0, iso(first.1), second.0, iso(end));
        inconsistent(at, first.0, message, out);
    }
}

/// The part is not larger than the whole.
pub(crate) fn at_most(part: Named<'_, Option<u64>>, whole: Named<'_, Option<u64>>, at: &Path<'_>, out: &mut Problems) {
    if let (Some(p), Some(w)) = (part.1, whole.1)
        && p > w
    {
        inconsistent(at, part.0, format!("`{}` {p} is more than `{}` {w}", part.0, whole.0), out);
    }
}

/// A score, index value or amount is not negative.
pub(crate) fn not_negative(field: &str, value: Option<Decimal>, at: &Path<'_>, out: &mut Problems) {
    if let Some(value) = value
        && value < Decimal::ZERO
    {
        let message = format!("expected a number that is not negative, found {value}");
        out.push(Problem::new(ProblemCode::OutOfRange, at.key(field), None, message));
    }
}

/// A place in an order is counted from 1.
pub(crate) fn from_one(field: &str, value: Option<u32>, at: &Path<'_>, out: &mut Problems) {
    if value == Some(0) {
        out.push(Problem::new(ProblemCode::OutOfRange, at.key(field), None, "expected 1 or more, found 0"));
    }
}

/// A text that names something is not empty.
pub(crate) fn not_blank(text: &str, at: &Path<'_>, out: &mut Problems) {
    if text.trim().is_empty() {
        out.push(Problem::new(ProblemCode::OutOfRange, at, None, "expected a name, found an empty text"));
    }
}

/// A percentage does not have more decimals than it is said to be rounded to.
pub(crate) fn rounding(percent: Option<Percent>, rounded_to: Option<u32>, at: &Path<'_>, out: &mut Problems) {
    let Some(decimals) = rounded_to else { return };
    if decimals > MOST_DECIMALS {
        let message = format!("expected a number of decimals from 0 to {MOST_DECIMALS}, found {decimals}");
        out.push(Problem::new(ProblemCode::OutOfRange, at.key("rounded_to"), None, message));
        return;
    }
    match percent {
        None => inconsistent(at, "rounded_to", "`rounded_to` is given without `percent`".into(), out),
        Some(percent) if percent.decimals() > decimals => {
            let message = format!("{percent} has more decimals than the {decimals} it is said to be rounded to");
            inconsistent(at, "percent", message, out);
        }
        Some(_) => {}
    }
}
