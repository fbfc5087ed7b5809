//! Why a name names no body, or more than one.

use std::fmt;

use time::Date;

use crate::calendar::iso;
use crate::input::ProblemCode;
use crate::input::node::clip;
use crate::plan::body::Body;
use crate::plan::ids::BodyId;

/// How many candidates are kept: enough to choose from, and hostile input cannot make the list endless.
const KEPT: usize = 8;

/// A body that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: BodyId,
    /// Its name.
    pub name: String,
    /// First day in force.
    pub valid_from: Option<Date>,
    /// Last day in force.
    pub valid_to: Option<Date>,
}

/// A name that no single body bears in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unresolved {
    /// No body bears the name at any time.
    Unknown {
        /// The name, cut short.
        name: String,
        /// The body that has the nearest name.
        nearest: Option<Candidate>,
    },
    /// Several bodies bear the name on some day of the period.
    Ambiguous {
        /// The name, cut short.
        name: String,
        /// First day of the period.
        from: Date,
        /// Last day of the period.
        to: Date,
        /// The bodies, in the order of the plan; at most eight.
        candidates: Vec<Candidate>,
        /// How many there are in all.
        total: usize,
    },
    /// Bodies bear the name, but none on any day of the period.
    NotInForce {
        /// The name, cut short.
        name: String,
        /// First day of the period.
        from: Date,
        /// Last day of the period.
        to: Date,
        /// The bodies, in the order of the plan; at most eight.
        candidates: Vec<Candidate>,
        /// How many there are in all.
        total: usize,
    },
}

impl Unresolved {
    pub(super) fn unknown(name: &str, nearest: Option<&Body>) -> Self {
        Unresolved::Unknown { name: clip(name), nearest: nearest.map(Candidate::of) }
    }

    pub(super) fn ambiguous(name: &str, from: Date, to: Date, bodies: &[&Body]) -> Self {
        let candidates = bodies.iter().take(KEPT).map(|body| Candidate::of(body)).collect();
        Unresolved::Ambiguous { name: clip(name), from, to, candidates, total: bodies.len() }
    }

    pub(super) fn not_in_force(name: &str, from: Date, to: Date, bodies: &[&Body]) -> Self {
        let candidates = bodies.iter().take(KEPT).map(|body| Candidate::of(body)).collect();
        Unresolved::NotInForce { name: clip(name), from, to, candidates, total: bodies.len() }
    }

    /// The kind of problem this is in an input.
    pub fn code(&self) -> ProblemCode {
        match self {
            Unresolved::Unknown { .. } => ProblemCode::UnknownReference,
            Unresolved::Ambiguous { .. } => ProblemCode::Ambiguous,
            Unresolved::NotInForce { .. } => ProblemCode::NotInForce,
        }
    }

    /// The bodies that the name may mean.
    pub fn candidates(&self) -> &[Candidate] {
        match self {
            Unresolved::Unknown { nearest, .. } => nearest.as_slice(),
            Unresolved::Ambiguous { candidates, .. } | Unresolved::NotInForce { candidates, .. } => candidates,
        }
    }

    /// What would be right, where that can be said.
    pub fn help(&self) -> Option<String> {
        match self {
            Unresolved::Unknown { nearest, .. } => {
                nearest.as_ref().map(|near| format!("did you mean `{}`?", near.name))
            }
            Unresolved::Ambiguous { .. } => Some("write the id of the one that is meant".into()),
            Unresolved::NotInForce { .. } => None,
        }
    }

    /// The problem without what would be right.
    pub fn message(&self) -> String {
        match self {
            Unresolved::Unknown { name, .. } => format!("no body bears the name `{name}`"),
            Unresolved::Ambiguous { name, from, to, candidates, total } => {
                let when = When(*from, *to);
                format!("`{name}` names {total} bodies {when}: {}", Listed(candidates, *total))
            }
            Unresolved::NotInForce { name, from, to, candidates, total } => {
                let when = When(*from, *to);
                format!("`{name}` names no body in force {when}, only {}", Listed(candidates, *total))
            }
        }
    }
}

impl Candidate {
    fn of(body: &Body) -> Self {
        Candidate { id: body.id.clone(), name: clip(body.name()), valid_from: body.valid_from, valid_to: body.valid_to }
    }
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ({}", clip(self.id.as_str()), self.name)?;
        match (self.valid_from, self.valid_to) {
            (Some(from), Some(to)) => write!(f, ", {} to {}", iso(from), iso(to))?,
            (Some(from), None) => write!(f, ", from {}", iso(from))?,
            (None, Some(to)) => write!(f, ", until {}", iso(to))?,
            (None, None) => {}
        }
        f.write_str(")")
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        match self.help() {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Unresolved {}

struct When(Date, Date);

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When(from, to) if from == to => write!(f, "on {}", iso(*from)),
            When(from, to) => write!(f, "from {} to {}", iso(*from), iso(*to)),
        }
    }
}

struct Listed<'c>(&'c [Candidate], usize);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, candidate) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{candidate}")?;
        }
        match self.1.saturating_sub(self.0.len()) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}
