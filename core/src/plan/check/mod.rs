//! What a plan file must satisfy beyond its syntax: ids, references, quotes, numbers, errata.
//!
//! Everything is reported at once, in the order of the file. No threshold stands without its words: `quote` looks for a
//! rule's words in its clause, `number` for its numbers in the words.

mod bodies;
mod caps;
mod errata;
mod ids;
mod kinds;
mod known;
mod number;
mod quote;
mod readings;
mod report;
mod rules;
mod tasks;
#[cfg(test)]
mod tests;

use known::Known;
use report::Report;

use super::Contents;
use crate::input::{Node, Problems};

/// Checks a plan that has been read from `tree`.
pub(super) fn check(contents: &Contents, tree: &Node<'_>, out: &mut Problems) {
    let known = Known::of(contents);
    let mut report = Report::on(tree);
    ids::check(contents, &mut report);
    bodies::check(&known, &mut report);
    tasks::check(&known, &mut report);
    readings::check(contents, &mut report);
    rules::check(&known, &mut report);
    quote::check(&known, &mut report);
    errata::check(&known, &mut report);
    report.finish(out);
}
