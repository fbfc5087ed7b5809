//! Percentages as published.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::input::field::{number, value};
use crate::input::{Node, Path, Problem, ProblemCode, Problems, Show, Shown};

/// A percentage (tỷ lệ phần trăm) from 0 to 100, kept digit by digit as it was given.
///
/// In JSON a number or a text; written as a text, so that no reader puts it through a binary float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(Decimal);

impl Percent {
    /// The percentage, where it is one: 0 to 100, both included.
    #[must_use]
    pub fn new(value: Decimal) -> Option<Self> {
        (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&value).then(|| Percent(value.normalize()))
    }

    /// How many hundredths.
    #[must_use]
    pub fn value(self) -> Decimal {
        self.0
    }

    /// How many decimals it has, zeros at the end aside.
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.0.scale()
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown().serialize(serializer)
    }
}

value!(Percent: Percent(Decimal::ZERO), read, |percent| Shown::Decimal(percent.0));

fn read(node: &Node<'_>, at: &Path<'_>, out: &mut Problems) -> Option<Percent> {
    let percent = Percent::new(number(node, at, out)?);
    if percent.is_none() {
        let message = format!("expected a percentage from 0 to 100, found {}", node.describe());
        out.push(Problem::new(ProblemCode::OutOfRange, at, node.line, message));
    }
    percent
}
