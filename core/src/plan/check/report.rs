//! Collecting problems with the lines they are on.

use crate::input::node::clip;
use crate::input::{Kind, Node, Path, Problem, ProblemCode, Problems};
use crate::order::InOrder;

/// The problems found so far, and the tree that knows the lines.
pub(super) struct Report<'t> {
    tree: &'t Node<'t>,
    found: Vec<Problem>,
}

impl<'t> Report<'t> {
    pub(super) fn on(tree: &'t Node<'t>) -> Self {
        Report { tree, found: Vec::new() }
    }

    /// Hands the problems over in the order of the file.
    pub(super) fn finish(mut self, out: &mut Problems) {
        self.found.order_by_key(Problem::line);
        self.found.into_iter().for_each(|problem| out.push(problem));
    }

    pub(super) fn add(&mut self, code: ProblemCode, at: &Path<'_>, message: impl Into<String>) {
        self.found.push(Problem::new(code, at, self.line(at), message));
    }

    /// As `add`, with what would be right.
    pub(super) fn add_with_help(
        &mut self,
        code: ProblemCode,
        at: &Path<'_>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found.push(Problem::new(code, at, self.line(at), message).help(help));
    }

    /// Reports that `name` is none of the known `what`.
    pub(super) fn unknown<'k>(
        &mut self,
        at: &Path<'_>,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        // Beyond what is kept a suggestion would only cost time.
        let kept = self.found.len() < Problems::KEPT;
        self.unknown_near(at, what, name, if kept { crate::text::nearest(name, known) } else { None });
    }

    fn unknown_near(&mut self, at: &Path<'_>, what: &str, name: &str, near: Option<&str>) {
        let message = format!("no {what} has the id `{}`", clip(name));
        self.found.push(Problem::new(ProblemCode::UnknownReference, at, self.line(at), message).suggest(near));
    }

    pub(super) fn inconsistent(&mut self, at: &Path<'_>, message: impl Into<String>) {
        self.add(ProblemCode::Inconsistent, at, message);
    }

    pub(super) fn out_of_range(&mut self, at: &Path<'_>, message: impl Into<String>) {
        self.add(ProblemCode::OutOfRange, at, message);
    }

    pub(super) fn missing(&mut self, at: &Path<'_>, message: impl Into<String>) {
        self.add(ProblemCode::MissingField, at, message);
    }

    /// Whether a value is reported already. Beyond what is kept nobody would see the difference.
    pub(super) fn has(&self, at: &Path<'_>) -> bool {
        let path = at.to_string();
        self.found.len() < Problems::KEPT && self.found.iter().any(|problem| problem.path() == path)
    }

    fn line(&self, at: &Path<'_>) -> Option<u32> {
        nearest(self.tree, at).0.line
    }
}

/// The node at a path, or the last one on the way to it, and which of the two.
fn nearest<'n>(tree: &'n Node<'n>, at: &Path<'_>) -> (&'n Node<'n>, bool) {
    let (parent, step) = match at {
        Path::Root => return (tree, true),
        Path::Key(parent, key) => {
            let (node, found) = nearest(tree, parent);
            (node, node.get(key).filter(|_| found))
        }
        Path::Index(parent, index) => {
            let (node, found) = nearest(tree, parent);
            let item = match &node.kind {
                Kind::List(items) => items.get(*index),
                _ => None,
            };
            (node, item.filter(|_| found))
        }
    };
    step.map_or((parent, false), |node| (node, true))
}
