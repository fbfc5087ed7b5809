//! TOML text to a [`Node`] tree with lines.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problem, ProblemCode, Problems};
use super::{Kind, Node, Path};

/// Reads one TOML document. All syntax problems end up in `out`; a tree is returned where there is none.
pub(crate) fn read<'a>(text: &'a [u8], out: &mut Problems) -> Option<Node<'a>> {
    let text = match std::str::from_utf8(text) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("not UTF-8: the byte at offset {} does not begin a character", error.valid_up_to());
            out.add(ProblemCode::Syntax, &Path::Root, None, message);
            return None;
        }
    };
    let lines = Lines::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let line = Some(1);
        return Some(Node { line, kind: map(table.into_inner(), &lines) });
    }
    for error in errors {
        let line = error.span().and_then(|span| lines.line(span.start));
        let message = format!("not TOML: {}", error.message().replace('\n', ", "));
        out.push(Problem::new(ProblemCode::Syntax, Path::Root, line, message));
    }
    None
}

fn node<'a>(value: Spanned<DeValue<'a>>, lines: &Lines) -> Node<'a> {
    let line = lines.line(value.span().start);
    let kind = match value.into_inner() {
        DeValue::String(text) => Kind::Text(text),
        // A number in another base is its text, which no numeric field takes.
        DeValue::Integer(n) if n.radix() == 10 => Kind::Number(Cow::Owned(n.as_str().to_owned())),
        DeValue::Integer(n) => Kind::Text(Cow::Owned(n.to_string())),
        DeValue::Float(n) => Kind::Number(Cow::Owned(n.as_str().to_owned())),
        DeValue::Boolean(b) => Kind::Bool(b),
        DeValue::Datetime(d) => Kind::Text(Cow::Owned(d.to_string())),
        DeValue::Array(items) => Kind::List(items.into_iter().map(|item| node(item, lines)).collect()),
        DeValue::Table(table) => map(table, lines),
    };
    Node { line, kind }
}

fn map<'a>(table: DeTable<'a>, lines: &Lines) -> Kind<'a> {
    Kind::Map(table.into_iter().map(|(key, value)| (key.into_inner(), node(value, lines))).collect())
}

/// Byte offsets at which lines start.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i.saturating_add(1));
        Lines(std::iter::once(0).chain(starts).collect())
    }

    fn line(&self, offset: usize) -> Option<u32> {
        u32::try_from(self.0.partition_point(|start| *start <= offset)).ok()
    }
}
