//! What is wrong with an input, all of it at once.

use std::fmt;

use super::Path;
use super::record::choice;

choice! {
    /// The kind of a [`Problem`], stable across versions.
    #[non_exhaustive]
    pub enum ProblemCode {
        /// The text is not well-formed JSON or TOML, or not UTF-8.
        Syntax = "syntax",
        /// The input is nested too deeply or is too long.
        TooLarge = "too_large",
        /// A key stands twice in one object.
        DuplicateKey = "duplicate_key",
        /// A field that the format does not have.
        UnknownField = "unknown_field",
        /// A field that must be there is not.
        MissingField = "missing_field",
        /// A value of another type than the field takes.
        WrongType = "wrong_type",
        /// A word outside the closed list that the field takes.
        UnknownChoice = "unknown_choice",
        /// A number outside what is possible: negative, too large, a percentage beyond 100.
        OutOfRange = "out_of_range",
        /// A date that is not a day of the calendar or not written as YYYY-MM-DD.
        BadDate = "bad_date",
        /// An id used twice.
        DuplicateId = "duplicate_id",
        /// An id or name that nothing bears.
        UnknownReference = "unknown_reference",
        /// A name that more than one body bears at that time.
        Ambiguous = "ambiguous",
        /// A body that did not exist at that time.
        NotInForce = "not_in_force",
        /// Two records with one key and different values.
        Contradiction = "contradiction",
        /// Two records of one kind whose periods overlap.
        Overlap = "overlap",
        /// Values that cannot stand together (satisfied > respondents, from > to).
        Inconsistent = "inconsistent",
        /// A quote that does not occur in its clause, or a number that its quote does not have.
        QuoteMismatch = "quote_mismatch",
        /// The document is of a schema that this version does not read.
        UnknownSchema = "unknown_schema",
    }
}

/// One thing wrong with an input: where, what, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    code: ProblemCode,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

impl Problem {
    pub(crate) fn new(
        code: ProblemCode,
        path: impl fmt::Display,
        line: Option<u32>,
        message: impl Into<String>,
    ) -> Self {
        Problem::of(code, &path, line, message.into())
    }

    fn of(code: ProblemCode, path: &dyn fmt::Display, line: Option<u32>, message: String) -> Self {
        Problem { code, path: path.to_string(), line, message, help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds "did you mean `x`?" where something known is near enough.
    pub(crate) fn did_you_mean<'k>(self, word: &str, known: impl IntoIterator<Item = &'k str>) -> Self {
        self.suggest(crate::text::nearest(word, known))
    }

    /// Adds the word that may have been meant.
    pub(crate) fn suggest(self, near: Option<&str>) -> Self {
        match near {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// The kind of problem.
    pub fn code(&self) -> ProblemCode {
        self.code
    }

    /// Where it stands: `headcounts[3].category`; empty for the whole input.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The line of the source, counted from 1, where it is known.
    pub fn line(&self) -> Option<u32> {
        self.line
    }

    /// What is wrong, in one line.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where and what, for those who tell the line themselves.
    pub(crate) fn without_line(&self) -> String {
        let place = if self.path.is_empty() { String::new() } else { format!("`{}`: ", self.path) };
        let help = self.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        format!("{place}{}{help}", self.message)
    }

    /// What would be right, where that can be said.
    pub fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.without_line())
    }
}

/// All problems of one input, in the order of the input.
///
/// At most [`Problems::KEPT`] are kept in full; the rest are counted, so that a hostile input cannot
/// make its own error report grow without bound.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    list: Vec<Problem>,
    beyond: usize,
}

impl Problems {
    /// How many problems are kept in full.
    pub const KEPT: usize = 1000;

    pub(crate) fn push(&mut self, problem: Problem) {
        if self.list.len() < Self::KEPT {
            self.list.push(problem);
        } else {
            self.beyond = self.beyond.saturating_add(1);
        }
    }

    /// Adds a problem with "did you mean `x`?", which is looked for only where the problem is kept.
    pub(crate) fn push_near<'k>(&mut self, problem: Problem, word: &str, known: impl IntoIterator<Item = &'k str>) {
        let kept = self.list.len() < Self::KEPT;
        self.push(if kept { problem.did_you_mean(word, known) } else { problem });
    }

    pub(crate) fn add(&mut self, code: ProblemCode, at: &Path<'_>, line: Option<u32>, message: impl Into<String>) {
        self.push(Problem::new(code, at, line, message));
    }

    /// The problems kept.
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// How many more there were.
    pub fn beyond(&self) -> usize {
        self.beyond
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are in all.
    pub fn total(&self) -> usize {
        self.list.len().saturating_add(self.beyond)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.list.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        if self.beyond > 0 {
            write!(f, "\nand {} more", self.beyond)?;
        }
        Ok(())
    }
}
