//! How one value is read and written.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use time::Date;

use super::node::clip;
use super::problem::{Problem, ProblemCode, Problems};
use super::record::Entries;
use super::{Kind, Node, Path};

/// A count beyond this is a slip of the keyboard, and sums of such counts still fit their type.
pub(crate) const MAX_COUNT: u64 = 1_000_000_000_000_000;

/// A type that a field of a record can have.
pub(crate) trait Field: Sized {
    /// Reads the value; what is wrong with it goes to `out`.
    fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Self>;

    /// Writes the value as it is read.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// The value of a field that is not there, where it need not be.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether the value is written as a field that is not there.
    fn is_absent(&self) -> bool {
        false
    }

    /// Reads the field `key` of a record.
    fn member(
        entries: Entries<'_, '_>,
        key: &'static str,
        line: Option<u32>,
        at: &Path<'_>,
        out: &mut Problems,
    ) -> Option<Self> {
        match find(entries, key) {
            Some(node) => Self::read(node, &at.key(key), out),
            None => Self::absent().or_else(|| {
                missing(key, line, at, out);
                None
            }),
        }
    }
}

// What the reading of every field shares is kept out of it, so that it is compiled once.

#[inline(never)]
fn find<'n, 'a>(entries: Entries<'n, 'a>, key: &str) -> Option<&'n Node<'a>> {
    entries.iter().find(|(name, _)| name == key).map(|(_, node)| node)
}

#[cold]
#[inline(never)]
fn missing(key: &str, line: Option<u32>, at: &Path<'_>, out: &mut Problems) {
    out.add(ProblemCode::MissingField, &at.key(key), line, "the field is missing");
}

/// A field's value as serde sees it.
pub(crate) struct Written<'a, T>(pub(crate) &'a T);

impl<T: Field> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
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

/// One word of a closed list.
pub(crate) fn word<'n>(node: &'n Node<'_>, words: &[&str], at: &Path<'_>, out: &mut Problems) -> Option<&'n str> {
    let found = text(node, at, out)?;
    if words.contains(&found) {
        return Some(found);
    }
    let message = format!("unknown value `{}`, expected one of {}", clip(found), words.join(", "));
    let problem = Problem::new(ProblemCode::UnknownChoice, at, node.line, message);
    out.push_near(problem, found, words.iter().copied());
    None
}

impl<T: Field> Field for Option<T> {
    fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Self> {
        T::read(node, at, out).map(Some)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(serializer),
            None => serializer.serialize_none(),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Field> Field for Vec<T> {
    fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Self> {
        let Kind::List(items) = &node.kind else {
            wrong_type(node, "a list", at, out);
            return None;
        };
        let mut read = Vec::with_capacity(items.len());
        // Every item is read even after a bad one, so that all problems are reported at once.
        for (i, item) in items.iter().enumerate() {
            read.extend(T::read(item, &at.index(i), out));
        }
        (read.len() == items.len()).then_some(read)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Written))
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Field for String {
    fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Self> {
        text(node, at, out).map(str::to_owned)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl Field for bool {
    fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Self> {
        match node.kind {
            Kind::Bool(value) => Some(value),
            _ => {
                wrong_type(node, "true or false", at, out);
                None
            }
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(*self)
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
            Err(DecimalProblem::Range) if !digits.contains('.') && !digits.contains("e-") => return Some(i128::MAX),
            _ => {}
        }
    }
    wrong_type(node, "a whole number", at, out);
    None
}

fn out_of_range(node: &Node<'_>, expected: &str, at: &Path<'_>, out: &mut Problems) {
    let message = format!("expected {expected}, found {}", node.describe());
    out.add(ProblemCode::OutOfRange, at, node.line, message);
}

/// A count of things: whole, from 0 to [`MAX_COUNT`].
impl Field for u64 {
    fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Self> {
        let number = whole(node, at, out)?;
        match u64::try_from(number) {
            Ok(count) if count <= MAX_COUNT => Some(count),
            _ => {
                out_of_range(node, "a count from 0 to 1000000000000000", at, out);
                None
            }
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(*self)
    }
}

/// A signed change of a count.
impl Field for i64 {
    fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Self> {
        let number = whole(node, at, out)?;
        match i64::try_from(number) {
            Ok(change) if change.unsigned_abs() <= MAX_COUNT => Some(change),
            _ => {
                out_of_range(node, "a change of at most 1000000000000000 either way", at, out);
                None
            }
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(*self)
    }
}

/// A small number: decimals, months, days.
impl Field for u32 {
    fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Self> {
        let number = whole(node, at, out)?;
        match u32::try_from(number) {
            Ok(n) if n <= 1_000_000 => Some(n),
            _ => {
                out_of_range(node, "a number from 0 to 1000000", at, out);
                None
            }
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(*self)
    }
}

/// A calendar year.
impl Field for i32 {
    fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Self> {
        let number = whole(node, at, out)?;
        match i32::try_from(number) {
            Ok(year) if (1900..=2200).contains(&year) => Some(year),
            _ => {
                out_of_range(node, "a year from 1900 to 2200", at, out);
                None
            }
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(*self)
    }
}

impl Field for Date {
    fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Self> {
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

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&crate::calendar::iso(*self))
    }
}

/// A decimal, read digit by digit from a number or a text: at most 28 digits, exponent allowed.
impl Field for Decimal {
    fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Self> {
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
        out.push(match problem {
            DecimalProblem::Syntax if written.contains(',') => {
                Problem::new(ProblemCode::WrongType, at, node.line, format!("expected a number, found {found}"))
                    .help("write a point before the decimals and no separator of thousands")
            }
            DecimalProblem::Syntax => {
                Problem::new(ProblemCode::WrongType, at, node.line, format!("expected a number, found {found}"))
            }
            DecimalProblem::Range => Problem::new(
                ProblemCode::OutOfRange,
                at,
                node.line,
                format!("expected a number of at most 28 digits, found {found}"),
            ),
        });
        None
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.normalize())
    }
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
