//! How one value is read and written.

use std::ops::RangeInclusive;

use rust_decimal::Decimal;
use time::Date;

use super::node::clip;
use super::problem::{Problem, ProblemCode, Problems};
use super::record::{Entries, Record};
use super::{Kind, Node, Path, Show, Shown};

/// A count beyond this is a slip of the keyboard, and sums of such counts still fit their type.
pub(crate) const MAX_COUNT: i64 = 1_000_000_000_000_000;

/// A type that a field of a record can have, read in place, so that one reader does for every record. A field need not be
/// there where its blank [is absent](Show::is_absent).
pub(crate) trait Field: Show {
    /// What a value is read into.
    fn blank() -> Self
    where
        Self: Sized;

    /// Reads the value; false where it cannot be, and what is wrong with it goes to `out`.
    fn read(&mut self, node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> bool;
}

/// A list that is read item by item.
pub(crate) trait List {
    /// Adds a blank, one of so many that are to come.
    fn add(&mut self, of: usize) -> Option<&mut dyn Field>;
}

/// A value read from a node.
pub(crate) fn read<T: Field>(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<T> {
    let mut value = T::blank();
    value.read(node, at, out).then_some(value)
}

/// Takes over what could be read.
pub(crate) fn take<T>(place: &mut T, read: Option<T>) -> bool {
    read.map(|read| *place = read).is_some()
}

/// Reads a record from an object.
pub(crate) fn read_record(record: &mut dyn Record, node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> bool {
    let entries = entries(node, &names(record), at, out);
    entries.is_some_and(|entries| read_fields(record, entries, node.line, at, out))
}

/// The names of a record's fields.
pub(crate) fn names(record: &dyn Record) -> Vec<&'static str> {
    let mut names = Vec::new();
    record.each(&mut |name, _| names.push(name));
    names
}

/// Reads a blank record's fields from the members of an object.
pub(crate) fn read_fields(
    record: &mut dyn Record,
    entries: Entries<'_, '_>,
    line: Option<u32>,
    at: &Path<'_>,
    out: &mut Problems,
) -> bool {
    let mut sound = true;
    record.each_mut(&mut |name, field| {
        let node = entries.iter().find(|(key, _)| key == name).map(|(_, node)| node);
        sound &= match node {
            Some(node) => field.read(node, &at.key(name), out),
            None if field.is_absent() => true,
            None => {
                out.add(ProblemCode::MissingField, &at.key(name), line, "the field is missing");
                false
            }
        };
    });
    sound
}

/// Every item is read even after a bad one, so that all problems are reported at once.
fn read_list(list: &mut dyn List, node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> bool {
    let Kind::List(items) = &node.kind else {
        wrong_type(node, "a list", at, out);
        return false;
    };
    let mut sound = true;
    for (i, item) in items.iter().enumerate() {
        sound &= list.add(items.len().saturating_sub(i)).is_some_and(|blank| blank.read(item, &at.index(i), out));
    }
    sound
}

/// The members of an object, with those that the record does not have reported.
pub(crate) fn entries<'n, 'a>(
    node: &'n Node<'a>,
    names: &[&str],
    at: &Path<'_>,
    out: &mut Problems,
) -> Option<Entries<'n, 'a>> {
    let Kind::Map(entries) = &node.kind else {
        wrong_type(node, "an object", at, out);
        return None;
    };
    for (key, value) in entries.iter().filter(|(key, _)| !names.contains(&key.as_ref())) {
        let problem = Problem::new(ProblemCode::UnknownField, at.key(key), value.line, "unknown field");
        out.push_near(problem, key, names.iter().copied());
    }
    Some(entries)
}

/// Reports a value of another type than expected.
pub(crate) fn wrong_type(node: &Node<'_>, expected: &str, at: &Path<'_>, out: &mut Problems) {
    let problem =
        Problem::new(ProblemCode::WrongType, at, node.line, format!("expected {expected}, found {}", node.describe()));
    out.push(match node.kind {
        Kind::Null => problem.help("leave the field out where its value is not known"),
        _ => problem,
    });
}

/// A text value.
pub(crate) fn text<'n>(node: &'n Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<&'n str> {
    match &node.kind {
        Kind::Text(text) => Some(text),
        _ => {
            wrong_type(node, "a text", at, out);
            None
        }
    }
}

/// A text that names something: neither empty nor endless.
pub(crate) fn name<'n>(node: &'n Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<&'n str> {
    let text = text(node, at, out)?;
    if text.trim().is_empty() {
        out.add(ProblemCode::OutOfRange, at, node.line, "expected a name, found an empty text");
        return None;
    }
    if text.chars().nth(200).is_some() {
        out.add(ProblemCode::OutOfRange, at, node.line, "expected a name of at most 200 characters");
        return None;
    }
    Some(text)
}

/// The place of a word in a closed list.
pub(crate) fn place_of(word: &str, words: fn(usize) -> Option<&'static str>) -> Option<usize> {
    (0..).map_while(words).position(|of| of == word)
}

/// One word of a closed list, by its place.
pub(crate) fn word(
    node: &Node<'_>,
    words: fn(usize) -> Option<&'static str>,
    at: &Path<'_>,
    out: &mut Problems,
) -> Option<usize> {
    let found = text(node, at, out)?;
    if let Some(place) = place_of(found, words) {
        return Some(place);
    }
    let words: Vec<&str> = (0..).map_while(words).collect();
    let message = format!("unknown value `{}`, expected one of {}", clip(found), words.join(", "));
    let problem = Problem::new(ProblemCode::UnknownChoice, at, node.line, message);
    out.push_near(problem, found, words.iter().copied());
    None
}

impl<T: Field> Field for Option<T> {
    fn blank() -> Self {
        None
    }

    fn read(&mut self, node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> bool {
        self.insert(T::blank()).read(node, at, out)
    }
}

impl<T: Field> Field for Vec<T> {
    fn blank() -> Self {
        Vec::new()
    }

    fn read(&mut self, node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> bool {
        read_list(self, node, at, out)
    }
}

impl<T: Field> List for Vec<T> {
    fn add(&mut self, of: usize) -> Option<&mut dyn Field> {
        if self.len() == self.capacity() {
            self.reserve_exact(of);
        }
        self.push(T::blank());
        self.last_mut().map(|item| item as _)
    }
}

/// Declares how a type is read as a whole, by a function, and shown.
macro_rules! value {
    ($type:ty: $blank:expr, $read:expr, $shown:expr) => {
        impl $crate::input::Field for $type {
            fn blank() -> Self {
                $blank
            }

            fn read(
                &mut self,
                node: &$crate::input::Node<'_>,
                at: &$crate::input::Path<'_>,
                out: &mut $crate::input::Problems,
            ) -> bool {
                $crate::input::field::take(self, $read(node, at, out))
            }
        }

        impl $crate::input::Show for $type {
            fn shown(&self) -> $crate::input::Shown<'_> {
                let shown: fn(&Self) -> $crate::input::Shown<'_> = $shown;
                shown(self)
            }
        }
    };
}

pub(crate) use value;

value!(String: String::new(), |node, at, out| text(node, at, out).map(str::to_owned), |text| Shown::Text(text));
value!(bool: false, truth, |value| Shown::Bool(*value));
value!(u64: 0, count, |count| Shown::Count(*count));
value!(i64: 0, change, |change| Shown::Whole(*change));
value!(u32: 0, small, |number| Shown::Whole((*number).into()));
value!(i32: 0, year, |year| Shown::Whole((*year).into()));
value!(Date: Date::MIN, date, |date| Shown::Date(*date));
value!(Decimal: Decimal::ZERO, number, |number| Shown::Decimal(*number));

fn truth(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<bool> {
    match node.kind {
        Kind::Bool(value) => Some(value),
        _ => {
            wrong_type(node, "true or false", at, out);
            None
        }
    }
}

/// A whole number, exactly: `412`, and as data frames with gaps write it `412.0` or `4.12e2`, but never `412.5`. One that
/// is beyond every range of ours comes back as the largest there is.
fn whole(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<i128> {
    if let Kind::Number(digits) = &node.kind {
        if let Ok(number) = digits.parse::<i64>() {
            return Some(number.into());
        }
        match decimal(digits) {
            Ok(value) if value.scale() == 0 => return Some(value.mantissa()),
            // A fraction may be beyond our digits too.
            Err(DecimalProblem::Range) if ![".", "e-", "E-"].iter().any(|part| digits.contains(part)) => {
                return Some(i128::MAX);
            }
            _ => {}
        }
    }
    wrong_type(node, "a whole number", at, out);
    None
}

/// A whole number in a range, which `expected` names.
fn within(
    node: &Node<'_>,
    range: RangeInclusive<i64>,
    expected: &str,
    at: &Path<'_>,
    out: &mut Problems,
) -> Option<i64> {
    let number = whole(node, at, out)?;
    let found = i64::try_from(number).ok().filter(|number| range.contains(number));
    if found.is_none() {
        let message = format!("expected {expected}, found {}", node.describe());
        out.add(ProblemCode::OutOfRange, at, node.line, message);
    }
    found
}

/// A count of things: whole, from 0 to [`MAX_COUNT`].
fn count(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<u64> {
    within(node, 0..=MAX_COUNT, "a count from 0 to 1000000000000000", at, out)?.try_into().ok()
}

/// A signed change of a count.
fn change(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<i64> {
    within(node, -MAX_COUNT..=MAX_COUNT, "a change of at most 1000000000000000 either way", at, out)
}

/// A small number: decimals, months, days.
fn small(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<u32> {
    within(node, 0..=1_000_000, "a number from 0 to 1000000", at, out)?.try_into().ok()
}

/// A calendar year.
fn year(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<i32> {
    within(node, 1900..=2200, "a year from 1900 to 2200", at, out)?.try_into().ok()
}

fn date(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Date> {
    let Kind::Text(written) = &node.kind else {
        wrong_type(node, "a date written as \"YYYY-MM-DD\"", at, out);
        return None;
    };
    match crate::calendar::parse_iso(written) {
        Ok(date) => Some(date),
        Err(error) => {
            out.add(ProblemCode::BadDate, at, node.line, error.to_string());
            None
        }
    }
}

/// A decimal, read digit by digit from a number or a text: at most 28 digits, exponent allowed.
pub(crate) fn number(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Decimal> {
    let written = match &node.kind {
        Kind::Number(digits) | Kind::Text(digits) => digits,
        _ => {
            wrong_type(node, "a number", at, out);
            return None;
        }
    };
    let problem = match decimal(written) {
        Ok(value) => return Some(value),
        Err(problem) => problem,
    };
    let found = node.describe();
    let (code, expected) = match problem {
        DecimalProblem::Syntax => (ProblemCode::WrongType, "a number"),
        DecimalProblem::Range => (ProblemCode::OutOfRange, "a number of at most 28 digits"),
    };
    let separated = matches!(problem, DecimalProblem::Syntax) && written.contains(',');
    let problem = Problem::new(code, at, node.line, format!("expected {expected}, found {found}"));
    out.push(match separated {
        true => problem.help("write a point before the decimals and no separator of thousands"),
        false => problem,
    });
    None
}

pub(crate) enum DecimalProblem {
    Syntax,
    Range,
}

/// Reads `-12.50e1` exactly, or says why not. Never rounds.
pub(crate) fn decimal(written: &str) -> Result<Decimal, DecimalProblem> {
    let (mantissa, exponent) = match written.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (written, None),
    };
    let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (int, frac) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(int) || !digits(frac) {
        return Err(DecimalProblem::Syntax);
    }
    // Leading and trailing zeros carry no value and must not use up the 28 digits.
    let int = int.trim_start_matches('0');
    let frac = if unsigned.contains('.') { frac.trim_end_matches('0') } else { "" };
    let exponent = match exponent {
        None => 0,
        Some(e) => {
            let unsigned = e.strip_prefix(['+', '-']).unwrap_or(e);
            if !digits(unsigned) {
                return Err(DecimalProblem::Syntax);
            }
            e.parse::<i64>().unwrap_or(if e.starts_with('-') { i64::MIN } else { i64::MAX })
        }
    };
    let all = format!("{int}{frac}");
    let all = all.trim_start_matches('0');
    if all.is_empty() {
        return Ok(Decimal::ZERO);
    }
    let scale = i64::try_from(frac.len()).unwrap_or(i64::MAX).saturating_sub(exponent);
    place(all, scale, mantissa.starts_with('-')).ok_or(DecimalProblem::Range)
}

/// The decimal with these digits and that many of them behind the point.
fn place(digits: &str, scale: i64, negative: bool) -> Option<Decimal> {
    let kept = digits.trim_end_matches('0');
    let dropped = i64::try_from(digits.len().checked_sub(kept.len())?).ok()?;
    let scale = scale.checked_sub(dropped)?;
    let mut value: i128 = if kept.len() > 28 { return None } else { kept.parse().ok()? };
    let mut scale = scale;
    while scale < 0 {
        value = value.checked_mul(10).filter(|v| *v < 10i128.pow(28))?;
        scale = scale.checked_add(1)?;
    }
    let value = if negative { value.checked_neg()? } else { value };
    Decimal::try_from_i128_with_scale(value, u32::try_from(scale).ok()?).ok()
}
