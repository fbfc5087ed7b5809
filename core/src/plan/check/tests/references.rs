//! Ids and what refers to them.

use super::{accepted, changed, expect_one, refused};
use crate::input::ProblemCode::{DuplicateId, Inconsistent, MissingField, Overlap, UnknownChoice, UnknownReference};

#[test]
fn ids_are_used_once() {
    let twice = |table: &str, again: &str, path: &str, says: &str| {
        let text = format!("{}\n{again}\n", super::BASE);
        expect_one(&text, DuplicateId, path, again.lines().nth(1).unwrap(), says);
        assert!(again.starts_with(&format!("[[{table}]]")));
    };
    twice(
        "section",
        "[[section]]\nid = \"I\"\ntitle = \"x\"\ntitle_en = \"x\"",
        "section[1].id",
        "the id `I` is that of section[0] already",
    );
    twice("clause", "[[clause]]\nid = \"I.1\"\ntext = \"x\"\ngist_en = \"x\"", "clause[2].id", "clause[0]");
    twice("group", "[[group]]\nid = \"I\"\ntitle = \"x\"\ntitle_en = \"x\"", "group[1].id", "group[0]");
    twice("body", "[[body]]\nid = \"office\"\nkind = \"x\"\nnames = [\"x\"]", "body[4].id", "body[1]");
    twice(
        "body_group",
        "[[body_group]]\nid = \"pilot\"\nnames = []\nkinds = [\"x\"]",
        "body_group[2].id",
        "body_group[1]",
    );
    twice(
        "scale",
        "[[scale]]\nid = \"rank\"\nname = { vi = \"x\", en = \"x\" }\nbands = [{ id = \"good\", vi = \"x\", en = \"x\" }, { id = \"fair\", vi = \"x\", en = \"x\" }, { id = \"average\", vi = \"x\", en = \"x\" }]",
        "scale[1].id",
        "scale[0]",
    );
    twice(
        "task",
        "[[task]]\nid = \"I.2\"\ngroup = \"I\"\nprinted_number = \"3\"\ntext = \"x\"\ngist_en = \"x\"\nschedule = { text = \"x\", kind = \"continuous\" }",
        "task[2].id",
        "task[1]",
    );
    twice(
        "reading",
        "[[reading]]\nkey = \"late_denominator\"\nquestion = { vi = \"x\", en = \"x\" }\noptions = [{ id = \"resolved\", vi = \"x\", en = \"x\" }, { id = \"due\", vi = \"x\", en = \"x\" }]\ndefault = \"due\"\nreason = \"x\"",
        "reading[2].key",
        "reading[0]",
    );
    twice(
        "rule",
        "[[rule]]\nid = \"first\"\nclause = \"I.2\"\nkind = \"structure\"\nsubject = { kind = \"task\" }\ntitle = { vi = \"x\", en = \"x\" }\ngist_en = \"x\"\nquote = \"Hoàn thành\"\nproperty = \"single_lead\"",
        "rule[11].id",
        "rule[10]",
    );
}

#[test]
fn a_code_is_one_body_at_a_time() {
    let later = "code = \"10001\"\nvalid_from = \"2025-07-01\"";
    let text = changed(later, "code = \"10001\"\nvalid_from = \"2025-06-30\"");
    expect_one(&text, Overlap, "body[3].code", "code = \"10001\"", "the code 10001 belongs to `binh` in that time");
    accepted(later, "code = \"10002\"\nvalid_from = \"2025-06-30\"");
}

#[test]
fn a_rank_in_a_condition_needs_the_scale_of_ranks() {
    let text = super::BASE.replace("scale = \"rank\"", "scale = \"places\"").replacen(
        "id = \"rank\"\nname",
        "id = \"places\"\nname",
        1,
    );
    let all = super::summary(&super::problems(&text));
    assert!(all.contains("`rule[3].when[0].measure`: no scale has the id `rank`"), "{all}");
    // Rules on ranks say so themselves.
    assert!(all.contains("`rule[1].scale`: rankings speak of the scale `rank`, not of `places`"), "{all}");
}

#[test]
fn the_engine_must_know_the_options_of_its_readings() {
    let what =
        "the engine does not know the option `dued` of `late_denominator`; it knows resolved, due, received, portal";
    refused("{ id = \"due\", vi", "{ id = \"dued\", vi", UnknownChoice, "reading[0].options[1].id", "options", what);
    let one = "options = [{ id = \"resolved\", vi = \"đã giải quyết\", en = \"resolved\" }, { id = \"due\", vi = \"đến hạn\", en = \"due\" }]";
    refused(
        one,
        "options = [{ id = \"resolved\", vi = \"x\", en = \"x\" }]",
        MissingField,
        "reading[0].options",
        "options",
        "at least two",
    );
}

#[test]
fn bodies_are_in_order() {
    let text = changed("names = [\"UBND thành phố An\"]", "names = [\"UBND thành phố An\"]\nparent = \"city\"");
    expect_one(&text, Inconsistent, "body[0].parent", "parent", "`city` is above itself");
    let found = super::problems(&changed(
        "names = [\"UBND thành phố An\"]",
        "names = [\"UBND thành phố An\"]\nparent = \"office\"",
    ));
    assert_eq!(found.iter().map(crate::input::Problem::path).collect::<Vec<_>>(), ["body[0].parent"]);
}

#[test]
fn groups_say_who_is_in_them_or_why_not() {
    accepted("members = [\"binh\", \"office\"]", "members = []\nnote = \"Văn bản không liệt kê.\"");
}

#[test]
fn reorganisations_join_bodies_of_their_time() {
    let split = |to: &str, shares: &str| {
        let kind = changed("kind = \"rename\"", "kind = \"split\"");
        kind.replacen("to = [\"binh_moi\"]", &format!("to = {to}\nshares = {shares}"), 1)
    };
    assert!(
        super::problems(&split(
            "[\"binh_moi\", \"office\"]",
            "[{ body = \"office\", percent = \"40\" }, { body = \"binh_moi\", percent = 60 }]"
        ))
        .is_empty()
    );
    let text = split(
        "[\"binh_moi\", \"office\"]",
        "[{ body = \"office\", percent = \"40\" }, { body = \"binh_moi\", percent = 50 }]",
    );
    expect_one(&text, Inconsistent, "reorganisation[0].shares", "shares", "must add up to 100");
    let text = split("[\"binh_moi\"]", "[{ body = \"office\", percent = \"100\" }]");
    expect_one(&text, UnknownReference, "reorganisation[0].shares[0].body", "shares", "no body after the split");
    let text =
        split("[\"binh_moi\"]", "[{ body = \"binh_moi\", percent = \"100\" }]").replacen("\"split\"", "\"rename\"", 1);
    expect_one(&text, Inconsistent, "reorganisation[0].shares", "shares", "belong to a split");
}
