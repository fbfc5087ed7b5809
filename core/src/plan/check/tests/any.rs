//! No text makes the reader panic.

use proptest::prelude::*;

use super::{BASE, BUILTIN, Plan};

/// Pieces of plan files, well and badly formed.
const PIECES: &[&str] = &[
    "[[rule]]\n",
    "[[body]]\n",
    "[[task]]\n",
    "[document]\n",
    "[[task.duties]]\n",
    "id = \"a\"\n",
    "kind = \"level\"\n",
    "kind = \"cap\"\n",
    "steps = [{}]\n",
    "steps = [{ from = 2025, at_least = \"1e-9\" }]\n",
    "when = []\n",
    "schema = \"caicach/plan/1\"\n",
    "date = 2023-01-13\n",
    "date = \"2023-02-30\"\n",
    "percent = 1e400\n",
    "a.b.c = 1\n",
    "a = nan\n",
    "\"\" = 0\n",
    "'''",
    "\"\"\"",
    "[[",
    "{",
    "\\u0000",
    "# x\n",
    "months = [0, 99999999999999999999]\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        let _ = Plan::from_toml(&text);
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Plan::from_toml(&bytes);
    }

    #[test]
    fn any_pieces(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..20)) {
        let _ = Plan::from_toml(pieces.concat());
        let _ = Plan::from_toml(format!("{BASE}\n{}", pieces.concat()));
    }

    #[test]
    fn mutated_lines_of_the_small_plan(
        changes in prop::collection::vec((0usize..400, 0usize..400, 0u8..6, "\\PC{0,8}"), 1..4),
    ) {
        let _ = Plan::from_toml(mutated(BASE, &changes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn mutated_lines_of_the_built_in_plan(
        changes in prop::collection::vec((0usize..4000, 0usize..4000, 0u8..6, "\\PC{0,8}"), 1..4),
    ) {
        let _ = Plan::from_toml(mutated(BUILTIN, &changes));
    }
}

/// A text with lines dropped, doubled, swapped, cut, with words put in or with the value of another line.
fn mutated(text: &str, changes: &[(usize, usize, u8, String)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (one, other, change, word) in changes {
        let (one, other) = (one % lines.len(), other % lines.len());
        match change {
            0 => drop(lines.remove(one)),
            1 => lines.insert(one, lines[other].clone()),
            2 => lines.swap(one, other),
            3 => lines[one] = lines[one].chars().take(other % 40).collect(),
            4 => {
                let value = lines[other].split_once(" = ").map_or(word.clone(), |(_, value)| value.to_owned());
                let key = lines[one].split_once(" = ").map_or("id", |(key, _)| key).to_owned();
                lines[one] = format!("{key} = {value}");
            }
            _ => {
                let at = lines[one].char_indices().map(|(at, _)| at).nth(other % 50).unwrap_or(0);
                lines[one].insert_str(at, word);
            }
        }
    }
    lines.join("\n")
}
