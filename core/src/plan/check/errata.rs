//! Errata: the corrected wording and the errata of a place give the wording as scanned, exactly.

use std::borrow::Cow;

use super::known::{Known, Place};
use super::report::Report;
use super::rules;
use crate::input::node::clip;
use crate::input::{Path, ProblemCode};
use crate::order::{Map, Set};
use crate::plan::document::{Erratum, ErratumKind};

/// How many positions a comparison tries before it gives up; real ones take a few thousand.
const TRIES: usize = 200_000;

pub(super) fn check(known: &Known<'_>, report: &mut Report<'_>) {
    let mut wording: Map<&str, Vec<&Erratum>> = Map::new();
    let errata = Path::Root.key("erratum");
    for (i, erratum) in known.plan.erratum.iter().enumerate() {
        let at = errata.index(i);
        rules::place(known, report, &at.key("where"), &erratum.r#where);
        if erratum.kind == ErratumKind::Wording {
            occurrence(known, report, &at, erratum);
            wording.entry(erratum.r#where.as_str()).or_default().push(erratum);
        }
    }
    for name in known.places() {
        let Some(place) = known.place(name) else { continue };
        let errata = wording.get(name).map(Vec::as_slice).unwrap_or_default();
        each_wording(place, &mut |at, text, printed| one_wording(report, at, name, text, printed, errata));
    }
}

/// Whether an erratum's two wordings occur in one cell of its place.
fn occurrence(known: &Known<'_>, report: &mut Report<'_>, at: &Path<'_>, erratum: &Erratum) {
    let corrected_at = at.key("corrected");
    if erratum.corrected.is_empty() {
        report.missing(&corrected_at, "an erratum of wording needs the words that it puts right");
        return;
    }
    if erratum.corrected == erratum.printed {
        report.inconsistent(&corrected_at, "the erratum corrects nothing");
        return;
    }
    let Some(place) = known.place(&erratum.r#where) else { return };
    let (mut corrected, mut printed) = (false, false);
    each_wording(place, &mut |_, text, scanned| {
        corrected |= text.contains(&erratum.corrected);
        printed |=
            text.contains(&erratum.corrected) && scanned.is_some_and(|scanned| scanned.contains(&erratum.printed));
    });
    let name = clip(&erratum.r#where);
    if !corrected {
        let message = format!("`{}` does not occur in the corrected wording of `{name}`", clip(&erratum.corrected));
        report.add(ProblemCode::QuoteMismatch, &corrected_at, message);
    } else if !printed {
        let message = format!("`{}` does not occur in the wording of `{name}` as scanned", clip(&erratum.printed));
        let help = "give the whole wording as scanned beside the corrected one";
        report.add_with_help(ProblemCode::QuoteMismatch, &at.key("printed"), message, help);
    }
}

type Visit<'v> = dyn FnMut(&Path<'_>, &str, Option<&str>) + 'v;

/// Visits every cell of a place: the path of its wording as scanned, the corrected wording, the one as scanned.
fn each_wording(place: Place<'_>, visit: &mut Visit<'_>) {
    match place {
        Place::Clause(i, clause) => {
            let at = Path::Root.key("clause");
            visit(&at.index(i).key("printed"), &clause.text, clause.printed.as_deref());
        }
        Place::Task(i, task) => {
            let tasks = Path::Root.key("task");
            let at = tasks.index(i);
            visit(&at.key("printed"), &task.text, task.printed.as_deref());
            let scanned = (!task.deliverables_printed.is_empty()).then(|| lines(&task.deliverables_printed));
            visit(&at.key("deliverables_printed"), &lines(&task.deliverables), scanned.as_deref());
            let schedule = at.key("schedule");
            visit(&schedule.key("printed"), &task.schedule.text, task.schedule.printed.as_deref());
            let duties = at.key("duties");
            for (k, duty) in task.duties.iter().enumerate() {
                visit(&duties.index(k).key("printed"), &duty.text, duty.printed.as_deref());
            }
        }
    }
}

fn lines(list: &[String]) -> Cow<'_, str> {
    match list {
        [one] => Cow::Borrowed(one),
        more => Cow::Owned(more.join("\n")),
    }
}

fn one_wording(
    report: &mut Report<'_>,
    at: &Path<'_>,
    name: &str,
    text: &str,
    printed: Option<&str>,
    errata: &[&Erratum],
) {
    let Some(printed) = printed else { return };
    if printed == text {
        report.inconsistent(at, "the wording as scanned is the corrected one; leave it out");
    } else if errata.is_empty() {
        report.inconsistent(at, format!("no erratum of wording says how `{}` differs", clip(name)));
    } else if let Err(after) = explains(text, printed, errata) {
        let message = format!("the errata of `{}` do not give this wording from the corrected one", clip(name));
        let rest: String = text.chars().skip(after).take(30).collect();
        let help = format!("they differ from `{}` on", clip(&rest));
        report.add_with_help(ProblemCode::Inconsistent, at, message, help);
    }
}

/// Whether `printed` is `text` with errata applied in some places; else after how many characters it is not.
fn explains(text: &str, printed: &str, errata: &[&Erratum]) -> Result<(), usize> {
    let mut tried: Set<(usize, usize)> = Set::new();
    let mut open = vec![(0usize, 0usize)];
    let mut furthest = 0usize;
    let mut tries = 0usize;
    while let Some((mut i, mut j)) = open.pop().filter(|_| tries <= TRIES) {
        while let (Some(rest), Some(scanned)) = (text.get(i..), printed.get(j..)) {
            tries = tries.saturating_add(1);
            if tries > TRIES {
                break;
            }
            if rest.is_empty() && scanned.is_empty() {
                return Ok(());
            }
            for erratum in errata {
                if rest.starts_with(&erratum.corrected) && scanned.starts_with(&erratum.printed) {
                    let next = (i.saturating_add(erratum.corrected.len()), j.saturating_add(erratum.printed.len()));
                    open.extend(tried.insert(next).then_some(next));
                }
            }
            match (rest.chars().next(), scanned.chars().next()) {
                (Some(a), Some(b)) if a == b => {
                    i = i.saturating_add(a.len_utf8());
                    j = j.saturating_add(b.len_utf8());
                }
                _ => break,
            }
        }
        furthest = furthest.max(i);
    }
    Err(text.get(..furthest).map_or(0, |head| head.chars().count()))
}
