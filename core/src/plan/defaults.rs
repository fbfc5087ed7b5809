//! What a plan file may leave out, since the rest of it says so.

use std::borrow::Cow;

use crate::input::{Kind, Node};

/// Adds to the tree of a plan file what follows from it: how the document is cited, from its number; the body whose plan it
/// is, from its issuer; the group of a task, from its id; the title of a rule, from its quote.
pub(super) fn fill(plan: &mut Node<'_>) {
    let body = issuing_body(plan);
    if let Some(document) = member(plan, "document") {
        let number = word(document, "number");
        add(document, "cite", number.as_ref().map(|number| format!("Kế hoạch số {number}")));
        add(document, "cite_en", number.map(|number| format!("Plan No. {number}")));
        add(document, "body", body);
        let title = word(document, "title");
        add(document, "title_en", title);
    }
    for task in items(plan, "task") {
        let group = word(task, "id").and_then(|id| Some(id.rsplit_once('.')?.0.to_owned()));
        add(task, "group", group);
    }
    for rule in items(plan, "rule") {
        let Some(quote) = word(rule, "quote") else { continue };
        add(rule, "gist_en", Some(quote.clone()));
        let gist = word(rule, "gist_en");
        if rule.get("title").is_none()
            && let Kind::Map(entries) = &mut rule.kind
        {
            let words = [("vi", Some(quote)), ("en", gist)];
            let words = words.into_iter().filter_map(|(lang, text)| Some((Cow::Borrowed(lang), node(text?))));
            entries.push((Cow::Borrowed("title"), Node { line: None, kind: Kind::Map(words.collect()) }));
        }
    }
}

/// The body that has the issuer's name.
fn issuing_body(plan: &mut Node<'_>) -> Option<String> {
    let issuer = word(member(plan, "document")?, "issuer")?;
    let named = |body: &&mut Node<'_>| match body.get("names").map(|names| &names.kind) {
        Some(Kind::List(names)) => names.iter().any(|name| name.text() == Some(issuer.as_str())),
        _ => false,
    };
    word(items(plan, "body").find(named)?, "id")
}

fn member<'n, 'a>(node: &'n mut Node<'a>, key: &str) -> Option<&'n mut Node<'a>> {
    match &mut node.kind {
        Kind::Map(entries) => entries.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value),
        _ => None,
    }
}

fn items<'n, 'a>(plan: &'n mut Node<'a>, key: &str) -> impl Iterator<Item = &'n mut Node<'a>> {
    let list = member(plan, key).and_then(|list| match &mut list.kind {
        Kind::List(items) => Some(items),
        _ => None,
    });
    list.into_iter().flatten()
}

fn word(node: &Node<'_>, key: &str) -> Option<String> {
    Some(node.get(key)?.text()?.to_owned())
}

fn node<'a>(text: String) -> Node<'a> {
    Node { line: None, kind: Kind::Text(Cow::Owned(text)) }
}

/// Adds a member, unless it is there or nothing is known for it.
fn add(to: &mut Node<'_>, key: &'static str, text: Option<String>) {
    if to.get(key).is_none()
        && let (Kind::Map(entries), Some(text)) = (&mut to.kind, text)
    {
        entries.push((Cow::Borrowed(key), node(text)));
    }
}
