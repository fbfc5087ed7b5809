//! What a measure says of one subject and period.

use std::sync::Arc;

use super::exact::Extent;
use super::missing::Missing;
use super::note::DataNote;
use crate::few::Few;

/// What a number rests on: remarks on the records it was computed from, and their sources.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    /// What is to be known of the data.
    pub(crate) notes: Vec<DataNote>,
    /// Where the records were read.
    pub(crate) sources: Few<Arc<str>>,
}

impl Evidence {
    /// Whether the number is a sum over bodies rather than a record of its own.
    pub(crate) fn is_sum(&self) -> bool {
        self.notes.iter().any(|note| matches!(note, DataNote::SummedOverBodies { .. }))
    }
}

/// A percentage for one subject and period.
#[derive(Debug, Clone)]
pub(crate) struct Measurement<'a> {
    /// What is known of it.
    pub(crate) value: Value,
    /// What it rests on.
    pub(crate) evidence: Option<&'a Evidence>,
    /// The fact whose absence leaves it open, or that would narrow it.
    pub(crate) missing: Option<Missing>,
}

/// What is known of a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// It lies in this extent, which may be one point.
    Within(Extent),
    /// There is nothing to take a share of.
    Nothing,
    /// No fact speaks of it.
    Unknown,
}

impl Value {
    /// The extent; the widest where nothing is known, none where there is nothing to take a share of.
    pub(crate) fn extent(&self) -> Option<Extent> {
        match self {
            Value::Within(extent) => Some(*extent),
            Value::Nothing => None,
            Value::Unknown => Some(Extent::UNKNOWN),
        }
    }
}

impl From<Option<Extent>> for Value {
    fn from(extent: Option<Extent>) -> Self {
        extent.map_or(Value::Nothing, Value::Within)
    }
}
