//! Explanations: a finding in an official's own sentence, subject first, clause last.
//!
//! A sentence is made from the finding alone, so that its numbers are the finding's. `vi` and `en` hold the
//! two languages, `words` what they share: how a number that is nearly a threshold is shown, how a clause
//! is cited.

mod en;
mod vi;
mod words;

use crate::rule::finding::{Finding, Verdict};
use crate::text::Lang;

impl Finding {
    /// Why the verdict is what it is, in one or two sentences that end with the clause.
    pub fn explanation(&self, lang: Lang) -> String {
        let mut text = match lang {
            Lang::Vi => vi::sentence(self),
            Lang::En => en::sentence(self),
        };
        // An option under which the data decide nothing is in the finding but makes no sentence.
        let decided = self.sensitive_to.iter().filter(|other| other.verdict != Verdict::Undetermined);
        let otherwise: Vec<String> = decided
            .filter_map(|other| {
                let option = words::option(self, other)?;
                Some(match lang {
                    Lang::Vi => format!("nếu {} thì {}", option.vi, vi::under(other.verdict)),
                    Lang::En => format!("if {}, {}", option.en, en::under(other.verdict)),
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
