//! The day and the readings of an assessment.

use time::Date;

use crate::facts::FactsError;
use crate::input::{Path, Problem, ProblemCode, Problems};
use crate::measure::ways::Ways;
use crate::plan::Plan;

/// The day on which facts are judged, and the readings that differ from the plan's defaults.
///
/// There is no clock in the library: the day is always the caller's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    as_of: Date,
    readings: Vec<(String, String)>,
    known_on: Option<Date>,
    alternatives: bool,
}

impl Options {
    /// Judges on a day, every reading by its default.
    pub fn on(as_of: Date) -> Options {
        Options { as_of, readings: Vec::new(), known_on: None, alternatives: true }
    }

    /// Takes an option of a reading. The last choice of a key holds.
    #[must_use]
    pub fn reading(mut self, key: impl Into<String>, option: impl Into<String>) -> Options {
        self.readings.push((key.into(), option.into()));
        self
    }

    /// Judges by what was known on a day: a record with a later `known_on` is not seen, and of records of one key the
    /// latest state known by then counts. Without it the latest state counts, whenever it became known.
    ///
    /// ```
    /// use caicach::{Facts, Options, Plan, calendar::parse_iso};
    /// let facts = Facts::from_json(r#"{"schema": "caicach/facts/1", "dossier_counts": [
    ///     {"body": "Lộc Thọ", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 40, "total": 1000},
    ///      "known_on": "2025-01-10"},
    ///     {"body": "Lộc Thọ", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 60, "total": 1000},
    ///      "known_on": "2025-03-01"}]}"#)?;
    /// let options = Options::on(parse_iso("2025-12-31")?);
    /// let verdict = |options: &Options| -> Result<&'static str, Box<dyn std::error::Error>> {
    ///     let assessment = Plan::builtin()?.assess(&facts, options)?;
    ///     let mut findings = assessment.findings().iter();
    ///     let finding = findings.find(|f| f.rule().as_str() == "late_share_caps_rank" && f.subject().id.as_ref() == "loc_tho");
    ///     Ok(finding.unwrap().verdict().as_str())
    /// };
    /// assert_eq!(verdict(&options)?, "binding");
    /// assert_eq!(verdict(&options.known_on(parse_iso("2025-01-31")?))?, "not_binding");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn known_on(mut self, date: Date) -> Options {
        self.known_on = Some(date);
        self
    }

    /// The day by whose knowledge is judged, where one was given.
    pub fn known(&self) -> Option<Date> {
        self.known_on
    }

    /// Whether to try every other option of the readings as well, which is what makes findings say what they are
    /// sensitive to. On unless switched off; for callers who ask for verdicts alone.
    #[must_use]
    pub fn alternatives(mut self, tried: bool) -> Options {
        self.alternatives = tried;
        self
    }

    pub(crate) fn tries_alternatives(&self) -> bool {
        self.alternatives
    }

    /// The day.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// The readings as the engine uses them, or every key and option that the plan does not have.
    pub(crate) fn ways(&self, plan: &Plan) -> Result<Ways, AssessError> {
        let mut ways = Ways::defaults(plan);
        let mut problems = Problems::default();
        let root = Path::Root;
        let readings = root.key("readings");
        for (key, option) in &self.readings {
            let Some(place) = plan.readings().iter().position(|reading| reading.key.as_str() == key) else {
                let known = plan.readings().iter().map(|reading| reading.key.as_str());
                let message = "the plan has no reading of this key";
                let problem = Problem::new(ProblemCode::UnknownReference, readings.key(key), None, message);
                problems.push(problem.did_you_mean(key, known));
                continue;
            };
            let options = plan.readings().get(place).map_or(&[][..], |reading| &reading.options);
            match options.iter().position(|known| known.id.as_str() == option) {
                Some(option) => ways.choose(plan, place, option),
                None => {
                    let known: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
                    let found = crate::input::node::clip(option);
                    let message = format!("unknown option `{found}`, expected one of {}", known.join(", "));
                    let problem = Problem::new(ProblemCode::UnknownChoice, readings.key(key), None, message);
                    problems.push(problem.did_you_mean(option, known));
                }
            }
        }
        if problems.is_empty() { Ok(ways) } else { Err(AssessError::Readings(problems)) }
    }
}

/// An assessment that could not be made.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum AssessError {
    /// The facts do not fit the plan: names that do not resolve, records that contradict each other.
    #[error(transparent)]
    Facts(#[from] FactsError),
    /// Readings that the plan does not have.
    #[error("{total} problem(s) in the readings:\n{0}", total = .0.total())]
    Readings(Problems),
}

impl AssessError {
    /// What is wrong.
    pub fn problems(&self) -> &Problems {
        match self {
            AssessError::Facts(error) => error.problems(),
            AssessError::Readings(problems) => problems,
        }
    }
}
