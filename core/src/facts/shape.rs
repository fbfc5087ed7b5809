//! Records that come in one of two shapes.

use crate::input::{Path, Problem, ProblemCode, Problems};

/// Fields and whether they are given.
type Given<'g> = [(&'g str, bool)];

/// Exactly one of two shapes is given, and whole. Each shape has fields it must have and fields it may have.
pub(crate) fn one_of(
    a: &Given<'_>,
    a_may: &Given<'_>,
    b: &Given<'_>,
    b_may: &Given<'_>,
    at: &Path<'_>,
    out: &mut Problems,
) {
    let has = |shape: &Given<'_>| shape.iter().any(|(_, given)| *given);
    let help = || format!("give either {} or {}", names(a), names(b));
    match (has(a) || has(a_may), has(b) || has(b_may)) {
        (true, true) => {
            let given: Vec<_> = [a, a_may, b, b_may].concat().into_iter().filter(|(_, given)| *given).collect();
            let message = format!("{} cannot stand in one record", names(&given));
            out.push(Problem::new(ProblemCode::Inconsistent, at, None, message).help(help()));
        }
        (false, false) => {
            let message = format!("neither {} nor {} is given", names(a), names(b));
            out.push(Problem::new(ProblemCode::MissingField, at, None, message).help(help()));
        }
        (true, false) => missing(a, at, out),
        (false, true) => missing(b, at, out),
    }
}

/// Reports the fields of a shape that are not there.
fn missing(shape: &Given<'_>, at: &Path<'_>, out: &mut Problems) {
    for (name, _) in shape.iter().filter(|(_, given)| !*given) {
        let help = format!("{} go together", names(shape));
        let problem = Problem::new(ProblemCode::MissingField, at.key(name), None, "the field is missing");
        out.push(if shape.len() > 1 { problem.help(help) } else { problem });
    }
}

/// `` `a`, `b` and `c` ``.
pub(crate) fn names(fields: &Given<'_>) -> String {
    list(fields.iter().map(|(name, _)| *name))
}

/// `` `a`, `b` and `c` ``.
pub(crate) fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let quoted: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}
