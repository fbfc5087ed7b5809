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
        for sensitivity in self.sensitive_to.iter().filter(|other| other.verdict != Verdict::Undetermined) {
            let option = words::option(self, sensitivity);
            let depends = match (lang, option) {
                (Lang::Vi, Some(option)) => format!(
                    " Kết luận phụ thuộc cách hiểu: nếu {} thì {}.",
                    option.vi,
                    vi::under(sensitivity.verdict)
                ),
                (Lang::En, Some(option)) => format!(
                    " This depends on how the plan is read: if {}, {}.",
                    option.en,
                    en::under(sensitivity.verdict)
                ),
                (_, None) => continue,
            };
            text.push_str(&depends);
        }
        text
    }
}
