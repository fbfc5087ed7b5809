//! Where in an input something stands.

use std::fmt;

/// A path built on the stack while reading, so that it costs nothing until a problem is met.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl<'p> Path<'p> {
    pub(crate) fn key(&'p self, key: &'p str) -> Self {
        Path::Key(self, key)
    }

    pub(crate) fn index(&'p self, index: usize) -> Self {
        Path::Index(self, index)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Key(Path::Root, key) => f.write_str(&super::node::clip(key)),
            Path::Key(parent, key) => write!(f, "{parent}.{}", super::node::clip(key)),
            Path::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}
