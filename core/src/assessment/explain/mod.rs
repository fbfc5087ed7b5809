//! Explanations: a finding in an official's own sentence, subject first, clause last.
//!
//! A sentence is made from the finding alone, so that its numbers are the finding's. `vi` and `en` hold the
//! two languages, `words` what they share: how a number that is nearly a threshold is shown, how a clause
//! is cited.

mod consequence;
mod coverage;
mod deadline;
mod en;
mod frequency;
mod improvement;
mod leadership;
mod rank;
mod reason;
mod structure;
mod vi;
mod words;

pub(super) use words::{cite_clause, percent};

use crate::plan::Rule;
use crate::plan::kind::RuleKind;
use crate::rule::finding::{Finding, Verdict};
use crate::text::Lang;

impl Finding {
    /// The sentence of the rule's kind.
    fn sentence(&self, lang: Lang) -> String {
        let own = match self.norm().map(Rule::kind) {
            Some(RuleKind::Frequency(_)) => frequency::body(self, lang),
            Some(RuleKind::Deadline(_)) => deadline::body(self, lang),
            Some(RuleKind::Coverage(_)) => coverage::body(self, lang),
            Some(RuleKind::Structure(_)) => structure::body(self, lang),
            Some(RuleKind::Rank(_)) => rank::body(self, lang),
            Some(RuleKind::Cap(_)) => rank::cap(self, lang),
            Some(RuleKind::Improvement(_)) => improvement::body(self, lang),
            Some(RuleKind::Leadership(_)) => leadership::body(self, lang),
            Some(RuleKind::Consequence(_)) => consequence::body(self, lang),
            _ => None,
        };
        match (own, lang) {
            (Some(body), _) => words::closed(self, &body, lang),
            (None, Lang::Vi) => vi::sentence(self),
            (None, Lang::En) => en::sentence(self),
        }
    }

    /// Why the verdict is what it is, in one or two sentences that end with the clause.
    pub fn explanation(&self, lang: Lang) -> String {
        let mut text = self.sentence(lang);
        // An option under which the data decide nothing is in the finding but makes no sentence.
        let decided = self.sensitive_to.iter().filter(|other| other.verdict != Verdict::Undetermined);
        let otherwise: Vec<String> = decided
            .filter_map(|other| {
                let option = words::option(self, other)?;
                Some(match lang {
                    Lang::Vi => format!("nếu {} thì {}", option.vi, vi::under(self, other.verdict)),
                    Lang::En => format!("if {}, {}", option.en, en::under(self, other.verdict)),
                })
            })
            .collect();
        if !otherwise.is_empty() {
            text.push_str(match lang {
                Lang::Vi => " Kết luận phụ thuộc cách hiểu: ",
                Lang::En => " This depends on how the plan is read: ",
            });
            text.push_str(&otherwise.join("; "));
            text.push('.');
        }
        text
    }
}
