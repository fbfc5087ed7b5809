//! No rule without its words: its quote is in its clause, its numbers are in its quote.

use std::cell::OnceCell;

use rust_decimal::Decimal;

use super::known::{Known, Place};
use super::number::numbers;
use super::report::Report;
use super::rules::under;
use crate::input::node::clip;
use crate::input::{Path, ProblemCode};
use crate::order::Set;
use crate::plan::kind::{Condition, RuleKind, Step};
use crate::plan::rule::Rule;

pub(super) fn check(known: &Known<'_>, report: &mut Report<'_>) {
    let rules = Path::Root.key("rule");
    for (i, rule) in known.plan.rule.iter().enumerate() {
        let at = rules.index(i);
        words(known, report, &at, rule);
        let said = Said::by(known, rule);
        each_number(rule, &at, &mut |at, number| said.check(report, at, number));
    }
}

/// The paragraphs and tasks that a rule names.
fn places<'c>(known: &Known<'c>, rule: &Rule) -> Vec<Place<'c>> {
    let head = rule.head();
    std::iter::once(&head.clause).chain(&head.also).filter_map(|name| known.place(name)).collect()
}

fn words(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, rule: &Rule) {
    let (head, quote_at) = (rule.head(), at.key("quote"));
    let quote = head.quote.as_str();
    if quote.trim().is_empty() {
        report.add(ProblemCode::QuoteMismatch, &quote_at, "the quote is empty");
        return;
    }
    let places = places(known, rule);
    // A clause that does not exist is reported as such.
    if places.is_empty() || places.iter().any(|place| place.texts().iter().any(|text| text.contains(quote))) {
        return;
    }
    let message = format!("the words `{}` do not occur in `{}`", clip(quote), clip(&head.clause));
    match elsewhere(known, &places, quote) {
        Some(help) => report.add_with_help(ProblemCode::QuoteMismatch, &quote_at, message, help),
        None => report.add(ProblemCode::QuoteMismatch, &quote_at, message),
    }
}

/// Where the words are, if not where the rule says.
fn elsewhere(known: &Known<'_>, places: &[Place<'_>], quote: &str) -> Option<String> {
    if places.iter().any(|place| place.printed().iter().any(|text| text.contains(quote))) {
        return Some("they are in the wording as scanned; quote the corrected wording".into());
    }
    let folded = crate::text::fold(quote);
    if places.iter().any(|place| place.texts().iter().any(|text| crate::text::fold(text).contains(&folded))) {
        return Some("the clause has them in another spelling or with other spaces; copy them exactly".into());
    }
    let other = known
        .places()
        .find(|name| known.place(name).is_some_and(|place| place.texts().iter().any(|text| text.contains(quote))))?;
    Some(format!("they are in `{other}`"))
}

/// A number among the parameters of a rule.
struct Number {
    value: Decimal,
    /// Whether it is the first year in which a rule holds, which may be the document's own.
    first_year: bool,
}

/// The numbers that a rule's words say, looked for only as far as needed.
struct Said<'c> {
    known: &'c Known<'c>,
    rule: &'c Rule,
    quoted: OnceCell<Set<Decimal>>,
    beside: OnceCell<Set<Decimal>>,
}

impl<'c> Said<'c> {
    fn by(known: &'c Known<'c>, rule: &'c Rule) -> Self {
        Said { known, rule, quoted: OnceCell::new(), beside: OnceCell::new() }
    }

    fn quoted(&self) -> &Set<Decimal> {
        self.quoted.get_or_init(|| numbers(&self.rule.head().quote))
    }

    /// The numbers of the schedules of the rule's tasks and of its readings, listed or not.
    fn beside(&self) -> &Set<Decimal> {
        self.beside.get_or_init(|| {
            let mut all = Set::new();
            for place in places(self.known, self.rule) {
                if let Place::Task(_, task) = place {
                    all.extend(numbers(&task.schedule.text));
                }
            }
            let keys = self.rule.head().readings.iter().chain(under(self.rule).into_iter().map(|(key, _)| key));
            for reading in keys.filter_map(|key| self.known.readings.get(key.as_str())) {
                let question = [&reading.question.vi, &reading.question.en];
                let options = reading.options.iter().flat_map(|option| [&option.vi, &option.en]);
                question.into_iter().chain(options).for_each(|text| all.extend(numbers(text)));
            }
            all
        })
    }

    fn check(&self, report: &mut Report<'_>, at: &Path<'_>, number: Number) {
        let value = number.value.normalize();
        let of_document = || Decimal::from(self.known.plan.document.date.year()) == value;
        let said = (number.first_year && of_document())
            || self.quoted().contains(&value)
            || self.beside().contains(&value)
            || report.has(at);
        if said {
            return;
        }
        let message =
            format!("the number {value} is neither in the rule's quote nor in its task's schedule or its readings");
        let quoted: Vec<String> = self.quoted().iter().take(12).map(ToString::to_string).collect();
        let help = match quoted.as_slice() {
            [] => "the quote has no numbers".to_owned(),
            _ => format!("the quote has {}", quoted.join(", ")),
        };
        report.add_with_help(ProblemCode::QuoteMismatch, at, message, help);
    }
}

type Visit<'v> = dyn FnMut(&Path<'_>, Number) + 'v;

fn each_number(rule: &Rule, at: &Path<'_>, visit: &mut Visit<'_>) {
    let mut number = |name: &str, value: Option<Decimal>| {
        value.into_iter().for_each(|value| visit(&at.key(name), Number { value, first_year: false }));
    };
    let year = |year: i32| Some(Decimal::from(year));
    match rule.kind() {
        RuleKind::Reduction(kind) => {
            number("percent", Some(kind.percent));
            number("by", year(kind.by));
            first_year(at, kind.from, visit);
        }
        RuleKind::Rank(kind) => {
            number("to", year(kind.to));
            number("aspirational_from", kind.aspirational_from.and_then(year));
            first_year(at, Some(kind.from), visit);
        }
        RuleKind::Frequency(kind) => {
            number("at_least", kind.at_least.map(Decimal::from));
            number("at_most", kind.at_most.map(Decimal::from));
            first_year(at, Some(kind.from), visit);
        }
        RuleKind::Deadline(kind) => {
            number("by", kind.by.and_then(|date| year(date.year())));
            number("within_days", kind.within_days.map(Decimal::from));
            let months = at.key("months");
            for (i, month) in kind.months.iter().enumerate() {
                visit(&months.index(i), Number { value: Decimal::from(*month), first_year: false });
            }
            first_year(at, kind.from.map(time::Date::year), visit);
        }
        RuleKind::Coverage(kind) => {
            number("percent", kind.percent);
            first_year(at, Some(kind.from), visit);
        }
        RuleKind::Improvement(kind) => first_year(at, Some(kind.from), visit),
        RuleKind::Leadership(kind) => first_year(at, Some(kind.from), visit),
        RuleKind::Level(_) | RuleKind::Cap(_) | RuleKind::Consequence(_) => nested(rule.kind(), at, visit),
        RuleKind::Structure(_) => {}
    }
}

fn first_year(at: &Path<'_>, year: Option<i32>, visit: &mut Visit<'_>) {
    if let Some(year) = year {
        visit(&at.key("from"), Number { value: Decimal::from(year), first_year: true });
    }
}

/// The kinds whose numbers stand in lists.
fn nested(kind: &RuleKind, at: &Path<'_>, visit: &mut Visit<'_>) {
    let under = at.key("under");
    match kind {
        RuleKind::Level(level) => {
            steps(&at.key("steps"), &level.steps, visit);
            for (i, other) in level.under.iter().enumerate() {
                steps(&under.index(i).key("steps"), &other.steps, visit);
            }
        }
        RuleKind::Cap(cap) => {
            conditions(&at.key("when"), &cap.when, visit);
            for (i, other) in cap.under.iter().enumerate() {
                first_year(&under.index(i), other.from, visit);
                conditions(&under.index(i).key("when"), &other.when, visit);
            }
        }
        RuleKind::Consequence(consequence) => {
            let patterns = at.key("patterns");
            for (i, pattern) in consequence.patterns.iter().enumerate() {
                let number = Number { value: Decimal::from(pattern.years), first_year: false };
                visit(&patterns.index(i).key("years"), number);
            }
        }
        _ => {}
    }
}

fn steps(at: &Path<'_>, steps: &[Step], visit: &mut Visit<'_>) {
    for (i, step) in steps.iter().enumerate() {
        let step_at = at.index(i);
        let bounds = [("at_least", step.at_least), ("more_than", step.more_than)];
        bounds_of(&step_at, &bounds, visit);
        // Only the first step may begin with the document.
        visit(&step_at.key("from"), Number { value: Decimal::from(step.from), first_year: i == 0 });
    }
}

fn conditions(at: &Path<'_>, when: &[Condition], visit: &mut Visit<'_>) {
    for (i, one) in when.iter().enumerate() {
        let bounds = [
            ("at_least", one.at_least),
            ("more_than", one.more_than),
            ("at_most", one.at_most),
            ("less_than", one.less_than),
        ];
        bounds_of(&at.index(i), &bounds, visit);
    }
}

fn bounds_of(at: &Path<'_>, bounds: &[(&str, Option<Decimal>)], visit: &mut Visit<'_>) {
    for (name, bound) in bounds {
        if let Some(value) = bound {
            visit(&at.key(name), Number { value: *value, first_year: false });
        }
    }
}
