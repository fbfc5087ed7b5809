//! The tree that JSON and TOML both become.

use std::borrow::Cow;

use crate::order::Map;

/// A value with the line it starts on, where the format tells it.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    pub(crate) line: Option<u32>,
    pub(crate) kind: Kind<'a>,
}

/// What a value is. Numbers keep the digits of the source.
#[derive(Debug)]
pub(crate) enum Kind<'a> {
    Null,
    Bool(bool),
    Number(Cow<'a, str>),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl Node<'_> {
    /// What the value is, for a message: "a list", "the text `6x`".
    pub(crate) fn describe(&self) -> String {
        match &self.kind {
            Kind::Null => "null".into(),
            Kind::Bool(b) => format!("`{b}`"),
            Kind::Number(n) => format!("the number {}", clip(n)),
            Kind::Text(t) => format!("the text `{}`", clip(t)),
            Kind::List(_) => "a list".into(),
            Kind::Map(_) => "an object".into(),
        }
    }

    /// The text, where it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its JSON text, the members of objects in order of their keys.
    pub(crate) fn to_json(&self) -> String {
        let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
        match &self.kind {
            Kind::Null => "null".into(),
            Kind::Bool(b) => b.to_string(),
            Kind::Number(n) => n.to_string(),
            Kind::Text(t) => quoted(t),
            Kind::List(items) => format!("[{}]", items.iter().map(Node::to_json).collect::<Vec<_>>().join(",")),
            Kind::Map(entries) => {
                let mut members: Vec<String> = Vec::new();
                for (key, node) in &entries.iter().map(|(key, node)| (key, node)).collect::<Map<_, _>>() {
                    members.push(format!("{}:{}", quoted(key), node.to_json()));
                }
                format!("{{{}}}", members.join(","))
            }
        }
    }

    /// The value under `key`, where this is a map that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Map(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }
}

/// At most 40 characters of a text, so that no message grows with hostile input.
pub(crate) fn clip(text: &str) -> String {
    let mut out: String = text.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(40).is_some() {
        out.push('…');
    }
    out
}
