//! TOML text to a [`Node`] tree with lines.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problem, ProblemCode, Problems};
use super::{Kind, Node, Path};
use crate::order::{InOrder, Map};

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
    let mut keys = None;
    for error in errors {
        let span = error.span().unwrap_or_default();
        let line = error.span().and_then(|span| lines.line(span.start));
        if error.message() == "duplicate key" {
            let keys = keys.get_or_insert_with(|| Keys::of(table.get_ref()));
            // Of a heading `[document]` the span has the brackets too.
            let key = text.get(span.clone()).unwrap_or_default().trim_matches(['[', ']', ' ']);
            let path = keys.before(key, span.start);
            out.push(Problem::new(ProblemCode::DuplicateKey, path, line, "the key stands more than once"));
            continue;
        }
        let message = format!("not TOML: {}", error.message().replace('\n', ", "));
        out.push(Problem::new(ProblemCode::Syntax, Path::Root, line, message));
    }
    None
}

/// For each key where it stands in a document, and under which path.
#[derive(Default)]
struct Keys<'t>(Map<&'t str, Vec<(usize, String)>>);

impl<'t> Keys<'t> {
    fn of(table: &'t DeTable<'_>) -> Self {
        let mut keys = Self::default();
        keys.add(table, "");
        keys.0.values_mut().for_each(|places| places.order());
        keys
    }

    fn add(&mut self, table: &'t DeTable<'_>, prefix: &str) {
        for (name, value) in table {
            let path = format!("{prefix}{}", name.get_ref());
            match value.get_ref() {
                DeValue::Table(inner) => self.add(inner, &format!("{path}.")),
                DeValue::Array(items) => {
                    for (i, item) in items.iter().enumerate() {
                        if let DeValue::Table(inner) = item.get_ref() {
                            self.add(inner, &format!("{path}[{i}]."));
                        }
                    }
                }
                _ => {}
            }
            self.0.entry(name.get_ref()).or_default().push((name.span().start, path));
        }
    }

    /// The path of a key that stands again at `again`: in the table begun last of those that have it.
    fn before(&self, key: &str, again: usize) -> &str {
        let places = self.0.get(key).map(Vec::as_slice).unwrap_or_default();
        let upto = places.partition_point(|(start, _)| *start < again);
        // A heading that stands twice is kept where it stands last.
        places.get(upto.saturating_sub(1)).map_or("", |(_, path)| path)
    }
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
