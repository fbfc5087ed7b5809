//! JSON text to a [`Node`] tree: duplicate keys refused, numbers kept as written, depth bounded.

use std::borrow::Cow;

use json_event_parser::{JsonEvent, JsonSyntaxError, LowLevelJsonParser, LowLevelJsonParserResult};

use super::problem::{Problem, ProblemCode, Problems};
use super::{Kind, Node, Path};
use crate::order::InOrder;

/// Deeper than any document of ours and shallow enough for every stack.
const MAX_DEPTH: usize = 64;

/// An object or list still open.
enum Open<'a> {
    List(Vec<Node<'a>>),
    Map { entries: Vec<(Cow<'a, str>, Node<'a>)>, key: Option<Cow<'a, str>> },
}

/// Reads one JSON text. Problems end up in `out`; a tree is returned where the syntax is sound.
pub(crate) fn read<'a>(text: &'a [u8], out: &mut Problems) -> Option<Node<'a>> {
    let mut stack = Vec::new();
    if let Err(error) = std::str::from_utf8(text) {
        // What comes before tells where it is.
        build(text.get(..error.valid_up_to())?, &mut stack, &mut Problems::default());
        let message = format!("not UTF-8: the byte at offset {} does not begin a character", error.valid_up_to());
        out.push(Problem::new(ProblemCode::Syntax, place(&stack), None, message));
        return None;
    }
    build(text, &mut stack, out)
}

/// Builds the tree. Where the text breaks off, `stack` is what stands open there.
fn build<'a>(text: &'a [u8], stack: &mut Vec<Open<'a>>, out: &mut Problems) -> Option<Node<'a>> {
    let mut parser = LowLevelJsonParser::new().with_max_stack_size(MAX_DEPTH);
    let mut rest = text;
    loop {
        let LowLevelJsonParserResult { event, consumed_bytes } = parser.parse_next(rest, true);
        rest = rest.get(consumed_bytes..)?;
        let done = match event {
            None => continue,
            Some(Err(error)) => {
                out.push(syntax(&error, stack));
                return None;
            }
            Some(Ok(JsonEvent::Eof)) => return None,
            Some(Ok(event)) => take(event, stack, out),
        };
        if let Some(node) = done {
            return finish(&mut parser, rest, node, out);
        }
    }
}

/// Nothing but white space may follow the one value.
fn finish<'a>(parser: &mut LowLevelJsonParser, rest: &[u8], node: Node<'a>, out: &mut Problems) -> Option<Node<'a>> {
    match parser.parse_next(rest, true).event {
        Some(Ok(JsonEvent::Eof)) | None => Some(node),
        Some(Ok(_)) => {
            out.add(ProblemCode::Syntax, &Path::Root, None, "more than one value in the text");
            None
        }
        Some(Err(error)) => {
            out.push(syntax(&error, &[]));
            None
        }
    }
}

/// Puts one event into the tree under construction; the whole tree once it is closed.
fn take<'a>(event: JsonEvent<'a>, stack: &mut Vec<Open<'a>>, out: &mut Problems) -> Option<Node<'a>> {
    let kind = match event {
        JsonEvent::StartArray => {
            stack.push(Open::List(Vec::new()));
            return None;
        }
        JsonEvent::StartObject => {
            stack.push(Open::Map { entries: Vec::new(), key: None });
            return None;
        }
        JsonEvent::ObjectKey(name) => {
            if let Some(Open::Map { key, .. }) = stack.last_mut() {
                *key = Some(name);
            }
            return None;
        }
        JsonEvent::EndArray | JsonEvent::EndObject => match stack.pop()? {
            Open::List(items) => Kind::List(items),
            Open::Map { entries, .. } => {
                report_duplicates(&entries, stack, out);
                Kind::Map(entries)
            }
        },
        JsonEvent::String(text) => Kind::Text(text),
        JsonEvent::Number(digits) => Kind::Number(digits),
        JsonEvent::Boolean(b) => Kind::Bool(b),
        JsonEvent::Null => Kind::Null,
        JsonEvent::Eof => return None,
    };
    let node = Node { line: None, kind };
    match stack.last_mut() {
        None => return Some(node),
        Some(Open::List(items)) => items.push(node),
        Some(Open::Map { entries, key }) => {
            if let Some(key) = key.take() {
                entries.push((key, node));
            }
        }
    }
    None
}

/// A key that stands twice would let one of its values be lost.
fn report_duplicates(entries: &[(Cow<'_, str>, Node<'_>)], stack: &[Open<'_>], out: &mut Problems) {
    let mut keys: Vec<&str> = entries.iter().map(|(k, _)| k.as_ref()).collect();
    keys.order();
    for pair in keys.windows(2) {
        if let [a, b] = pair
            && a == b
        {
            let path = format!("{}{}", prefix(stack), super::node::clip(a));
            out.push(Problem::new(ProblemCode::DuplicateKey, path, None, "the key stands more than once"));
        }
    }
}

/// The path of the innermost open value, with a dot where a key may follow.
fn prefix(stack: &[Open<'_>]) -> String {
    let mut path = String::new();
    for open in stack {
        match open {
            Open::List(items) => path.push_str(&format!("[{}]", items.len())),
            Open::Map { key, .. } => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&super::node::clip(key.as_deref().unwrap_or_default()));
            }
        }
    }
    if !path.is_empty() {
        path.push('.');
    }
    path
}

/// The path of the value that is being read: as far as a reader needs it, since it may be as deep as the text is hostile.
fn place(stack: &[Open<'_>]) -> String {
    super::node::clip(prefix(stack).trim_end_matches('.'))
}

fn syntax(error: &JsonSyntaxError, stack: &[Open<'_>]) -> Problem {
    let at = error.location().start;
    let line = u32::try_from(at.line.saturating_add(1)).ok();
    let code = if error.message().contains("Max stack size") { ProblemCode::TooLarge } else { ProblemCode::Syntax };
    let message = format!("not JSON at column {}: {}", at.column.saturating_add(1), lower_first(error.message()));
    Problem::new(code, place(stack), line, message)
}

/// The parser's message in our style: one line, its first letter small.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let lower: String = chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect());
    // It quotes the character it stumbles on as it is.
    let control = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    lower.chars().map(control).collect()
}
