//! What depends on how the plan is read: for each other option of a reading the verdicts that it would change.
//!
//! Put together from what the findings say of themselves; nothing is judged again. Options are changed one at a time.

use super::Assessment;
use crate::calendar::Period;
use crate::input::{Members, Object, object};
use crate::order::Map;
use crate::plan::Plan;
use crate::plan::ids::{OptionId, ReadingKey, RuleId};
use crate::plan::reading::{Bilingual, Reading, ReadingOption};
use crate::rule::finding::{Finding, Subject, Verdict};
use crate::text::Lang;
use crate::text::number::integer;

/// A finding that another reading would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its place among the findings.
    pub finding: usize,
    /// The rule.
    pub rule: RuleId,
    /// Whom it is about.
    pub subject: Subject,
    /// The period.
    pub period: Period,
    /// The verdict found.
    pub verdict: Verdict,
    /// The verdict that it would be.
    pub would_be: Verdict,
}

/// What one other option of a reading would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependence {
    reading: ReadingKey,
    question: Bilingual,
    taken: OptionId,
    option: ReadingOption,
    changes: Vec<Change>,
}

impl Dependence {
    /// The reading.
    pub fn reading(&self) -> &ReadingKey {
        &self.reading
    }

    /// The question it answers.
    pub fn question(&self) -> &Bilingual {
        &self.question
    }

    /// The option taken.
    pub fn taken(&self) -> &OptionId {
        &self.taken
    }

    /// The option that would change something.
    pub fn option(&self) -> &ReadingOption {
        &self.option
    }

    /// What it would change, in the order of the findings.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// How many findings of each rule it would change, in the order of the plan.
    pub fn by_rule(&self) -> Vec<(RuleId, u64)> {
        let mut counts: Vec<(RuleId, u64)> = Vec::new();
        for change in &self.changes {
            match counts.last_mut() {
                // Findings stand by rule.
                Some((rule, count)) if *rule == change.rule => *count = count.saturating_add(1),
                _ => counts.push((change.rule.clone(), 1)),
            }
        }
        counts
    }

    /// All of it in a sentence.
    pub fn text(&self, lang: Lang) -> String {
        let count = integer(i128::try_from(self.changes.len()).unwrap_or(i128::MAX), lang);
        let rules: Vec<String> =
            self.by_rule().iter().map(|(rule, count)| format!("{rule}: {}", integer((*count).into(), lang))).collect();
        let rules = rules.join("; ");
        match lang {
            Lang::Vi => format!("Nếu {} thì {count} kết luận thay đổi ({rules}).", self.option.vi),
            Lang::En if self.changes.len() == 1 => format!("If {}, one verdict changes ({rules}).", self.option.en),
            Lang::En => format!("If {}, {count} verdicts change ({rules}).", self.option.en),
        }
    }
}

impl Assessment {
    /// What depends on how the plan is read: for each option other than that taken the verdicts it would change, in the
    /// order of the plan's readings. Options that change nothing are left out.
    ///
    /// ```
    /// use caicach::{Facts, Options, Plan, calendar::parse_iso};
    /// let facts = Facts::from_json(r#"{"schema": "caicach/facts/1", "dossier_counts": [
    ///     {"body": "Lộc Thọ", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 49, "total": 1000},
    ///      "pending": {"in_time": 100, "overdue": 2}}]}"#)?;
    /// let assessment = Plan::builtin()?.assess(&facts, &Options::on(parse_iso("2025-01-15")?))?;
    /// let view = assessment.sensitivity();
    /// let due = view.iter().find(|other| other.option().id.as_str() == "due").unwrap();
    /// assert_eq!((due.reading().as_str(), due.taken().as_str()), ("late_denominator", "resolved"));
    /// assert_eq!((due.changes()[0].verdict.as_str(), due.changes()[0].would_be.as_str()), ("not_binding", "binding"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sensitivity(&self) -> Vec<Dependence> {
        let Some(plan) = self.findings.first().map(|finding| finding.plan()) else { return Vec::new() };
        let mut found: Map<(usize, usize), Vec<Change>> = Map::new();
        let places = Places::of(plan);
        for (place, finding) in self.findings.iter().enumerate() {
            for other in &finding.sensitive_to {
                let Some(key) = places.find(&other.reading, &other.option) else { continue };
                found.entry(key).or_default().push(change(place, finding, other.verdict));
            }
        }
        let dependence = |((reading, option), changes): ((usize, usize), Vec<Change>)| {
            let Reading { key, question, options, .. } = plan.readings().get(reading)?;
            let (_, taken) = self.receipt.readings().iter().find(|(taken, _)| taken == key)?;
            Some(Dependence {
                reading: key.clone(),
                question: question.clone(),
                taken: taken.clone(),
                option: options.get(option)?.clone(),
                changes,
            })
        };
        found.into_iter().filter_map(dependence).collect()
    }
}

/// The places of readings and options in the plan.
struct Places<'p>(Map<(&'p str, &'p str), (usize, usize)>);

impl<'p> Places<'p> {
    fn of(plan: &'p Plan) -> Self {
        let options = |(place, reading): (usize, &'p Reading)| {
            let of =
                move |(i, option): (usize, &'p ReadingOption)| ((reading.key.as_str(), option.id.as_str()), (place, i));
            reading.options.iter().enumerate().map(of)
        };
        Places(plan.readings().iter().enumerate().flat_map(options).collect())
    }

    fn find(&self, reading: &ReadingKey, option: &OptionId) -> Option<(usize, usize)> {
        self.0.get(&(reading.as_str(), option.as_str())).copied()
    }
}

fn change(place: usize, finding: &Finding, would_be: Verdict) -> Change {
    Change {
        finding: place,
        rule: finding.rule().clone(),
        subject: finding.subject().clone(),
        period: finding.period,
        verdict: finding.verdict,
        would_be,
    }
}

object!(Change, Dependence);

impl Object for Change {
    fn members(&self, to: &mut Members<'_>) {
        to.add("rule", &self.rule);
        to.add("subject", &self.subject);
        to.add("period", &self.period);
        to.add("verdict", &self.verdict);
        to.add("would_be", &self.would_be);
    }
}

impl Object for Dependence {
    fn members(&self, to: &mut Members<'_>) {
        struct ByRule<'d>(&'d Dependence);
        object!(ByRule<'_>);
        impl Object for ByRule<'_> {
            fn members(&self, to: &mut Members<'_>) {
                self.0.by_rule().into_iter().for_each(|(rule, count)| to.add(rule.as_str(), &count));
            }
        }
        to.add("reading", &self.reading);
        to.add("taken", &self.taken);
        to.add("option", &self.option.id);
        to.add("by_rule", &ByRule(self));
        to.add("changes", &self.changes);
        to.add("vi", &self.text(Lang::Vi));
        to.add("en", &self.text(Lang::En));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::calendar::parse_iso;
    use crate::{Facts, Options};

    const FACTS: &str = r#"{"schema": "caicach/facts/1", "dossier_counts": [
        {"body": "loc_tho", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 49, "total": 1000},
         "received": {"total": 1102}, "pending": {"in_time": 100, "overdue": 2}},
        {"body": "vinh_hai", "from": "2024-01-01", "to": "2024-12-31", "resolved": {"late": 1, "total": 1000},
         "received": {"total": 1000}, "pending": {"in_time": 0, "overdue": 0}},
        {"body": "loc_tho", "officer": "p1", "from": "2025-01-01", "to": "2025-12-31", "resolved": {"late": 7, "total": 100},
         "received": {"total": 100}, "pending": {"in_time": 0, "overdue": 0}}],
        "headcounts": [{"date": "2022-12-31", "category": "employee", "basis": "assigned", "count": 27651},
         {"date": "2026-12-31", "category": "employee", "basis": "assigned", "count": 24886}]}"#;

    /// Every option of every reading by assessing again, against what the view says.
    #[test]
    fn it_says_what_assessing_again_would() {
        let (plan, facts) = (Plan::builtin().unwrap(), Facts::from_json(FACTS).unwrap());
        let options = Options::on(parse_iso("2027-02-01").unwrap());
        let assessment = plan.assess(&facts, &options).unwrap();
        let view = assessment.sensitivity();
        assert!(view.len() >= 3, "{view:?}");
        for reading in plan.readings() {
            for option in reading.options.iter().filter(|option| option.id != reading.default) {
                let again =
                    plan.assess(&facts, &options.clone().reading(reading.key.as_str(), option.id.as_str())).unwrap();
                let key = |f: &Finding| (f.rule().clone(), f.subject().clone(), f.period);
                let verdicts: Map<_, _> = again.findings().iter().map(|f| (key(f), f.verdict)).collect();
                let expected: Vec<_> = assessment
                    .findings()
                    .iter()
                    .filter_map(|f| {
                        let would_be = verdicts.get(&key(f)).copied().unwrap_or(Verdict::NotApplicable);
                        (would_be != f.verdict).then(|| (key(f), would_be))
                    })
                    .collect();
                let found = view.iter().find(|d| d.reading == reading.key && d.option.id == option.id);
                let found: Vec<_> = found
                    .into_iter()
                    .flat_map(|d| d.changes())
                    .map(|c| ((c.rule.clone(), c.subject.clone(), c.period), c.would_be))
                    .collect();
                assert_eq!(found, expected, "{} {}", reading.key, option.id);
            }
        }
    }

    #[test]
    fn it_counts_by_rule_in_both_languages() {
        let (plan, facts) = (Plan::builtin().unwrap(), Facts::from_json(FACTS).unwrap());
        let assessment = plan.assess(&facts, &Options::on(parse_iso("2027-02-01").unwrap())).unwrap();
        let view = assessment.sensitivity();
        let of = |key: &str| view.iter().find(|d| d.reading.as_str() == key).unwrap();
        assert_eq!(of("person_late_threshold").by_rule(), [("late_share_caps_person".into(), 1)]);
        assert!(of("reduction_rounding").text(Lang::En).starts_with("If "));
        assert!(of("reduction_rounding").text(Lang::Vi).ends_with("thì 1 kết luận thay đổi (employee_reduction: 1)."));
        let json: serde_json::Value = serde_json::from_str(&assessment.to_json()).unwrap();
        assert_eq!(json["sensitivity"].as_array().unwrap().len(), view.len());
        assert_eq!(json["sensitivity"][0]["by_rule"]["late_share_caps_rank"], 1);
    }

    #[test]
    fn without_alternatives_verdicts_are_the_same_and_nothing_depends() {
        let (plan, facts) = (Plan::builtin().unwrap(), Facts::from_json(FACTS).unwrap());
        let options = Options::on(parse_iso("2027-02-01").unwrap());
        let with = plan.assess(&facts, &options).unwrap();
        let without = plan.assess(&facts, &options.alternatives(false)).unwrap();
        let verdicts = |a: &Assessment| a.findings().iter().map(|f| f.verdict).collect::<Vec<_>>();
        assert_eq!(verdicts(&with), verdicts(&without));
        assert!(without.sensitivity().is_empty());
    }
}
