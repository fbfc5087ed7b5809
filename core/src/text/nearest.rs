//! "Did you mean ...": the known word nearest to a mistyped one.

use super::bare;

/// Words longer than this are not typing errors of a name; comparing them would only cost time.
const LONGEST: usize = 64;

/// The known word nearest to `word` (từ gần đúng nhất), for messages such as "did you mean `category`?".
///
/// Distance is counted on [`bare()`] forms in insertions, deletions, substitutions and swaps of neighbours; at most a
/// third of the word's letters may differ, at least one, and never all of them. Among equally near words the first
/// wins. Words of more than 64 letters have no nearest.
///
/// ```
/// use caicach::text::nearest;
/// assert_eq!(nearest("categry", ["count", "category"]), Some("category"));
/// assert_eq!(nearest("Loc Thọ", ["Vĩnh Hải", "Lộc Thọ"]), Some("Lộc Thọ"));
/// assert_eq!(nearest("zebra", ["count", "category"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut near = Near::new(word)?;
    known.into_iter().for_each(|candidate| near.compare(candidate));
    near.best
}

/// A search for the nearest word.
struct Near<'a> {
    word: Vec<char>,
    best: Option<&'a str>,
    /// How far a word may be that still wins; none once one of the same letters was found.
    bound: Option<usize>,
}

impl<'a> Near<'a> {
    fn new(word: &str) -> Option<Self> {
        let word = letters(word)?;
        let bound = (word.len() / 3).max(1).min(word.len() - 1);
        Some(Near { word, best: None, bound: Some(bound) })
    }

    fn compare(&mut self, candidate: &'a str) {
        let Some(bound) = self.bound else { return };
        let Some(other) = letters(candidate) else { return };
        if let Some(distance) = distance_within(&self.word, &other, bound) {
            self.best = Some(candidate);
            // From here on only a strictly nearer word may win.
            self.bound = distance.checked_sub(1);
        }
    }
}

/// The bare letters of a word, if there are any and not too many. Checked on bytes first (a letter has at most four, and
/// up to three marks of two each when decomposed), so that a megabyte of text is not folded to be thrown away.
fn letters(word: &str) -> Option<Vec<char>> {
    if word.len() > LONGEST * 10 {
        return None;
    }
    let letters: Vec<char> = bare(word).chars().collect();
    (1..=LONGEST).contains(&letters.len()).then_some(letters)
}

/// Damerau-Levenshtein distance (optimal string alignment), or `None` when it is more than `bound`.
fn distance_within(a: &[char], b: &[char], bound: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > bound {
        return None;
    }
    // Rows of the table; `before` is two rows up, needed for swaps.
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut previous_a = None;
    for (i, &ca) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        let mut left = i + 1;
        row.push(left);
        let mut previous_b = None;
        for (j, (&cb, pair)) in b.iter().zip(above.windows(2)).enumerate() {
            let &[diagonal, up] = pair else { continue };
            let mut cell = (diagonal + usize::from(ca != cb)).min(up + 1).min(left + 1);
            if previous_a == Some(cb) && previous_b == Some(ca) {
                // The cell two up and two left: j is at least 1 here.
                cell = before.get(j.wrapping_sub(1)).map_or(cell, |swap| cell.min(swap + 1));
            }
            row.push(cell);
            left = cell;
            previous_b = Some(cb);
        }
        if row.iter().min().is_none_or(|least| *least > bound) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
        previous_a = Some(ca);
    }
    above.last().copied().filter(|distance| *distance <= bound)
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::{distance_within, nearest};

    fn distance(a: &str, b: &str) -> Option<usize> {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        distance_within(&a, &b, 64)
    }

    #[test]
    fn distances_are_right() {
        for (a, b, d) in [
            ("kitten", "sitting", 3),
            ("ab", "ba", 1),
            ("abcd", "acbd", 1),
            ("", "abc", 3),
            ("abc", "", 3),
            ("ca", "abc", 3),
            ("same", "same", 0),
            ("loc tho", "loc toh", 1),
        ] {
            assert_eq!(distance(a, b), Some(d), "{a} {b}");
            assert_eq!(distance(b, a), Some(d), "{b} {a}");
        }
        assert_eq!(distance_within(&['a', 'b', 'c'], &['x', 'y', 'z'], 2), None);
    }

    #[test]
    fn finds_typing_errors_and_lost_diacritics() {
        let wards = ["Vĩnh Hòa", "Vĩnh Hải", "Lộc Thọ", "Phước Long", "Phước Đồng"];
        assert_eq!(nearest("phuoc dong", wards), Some("Phước Đồng"));
        assert_eq!(nearest("Lộc Toh", wards), Some("Lộc Thọ"));
        assert_eq!(nearest("Vinh Hoà", wards), Some("Vĩnh Hòa"));
        assert_eq!(nearest("late_shrae", ["satisfaction", "late_share"]), Some("late_share"));
    }

    #[test]
    fn ties_go_to_the_first_and_nearer_wins() {
        assert_eq!(nearest("abcx", ["abcy", "abcz"]), Some("abcy"));
        assert_eq!(nearest("abcdef", ["abcdxy", "abcdex", "abcdez"]), Some("abcdex"));
        assert_eq!(nearest("vinh thanh", ["Vĩnh Thạnh", "Vĩnh Thanh"]), Some("Vĩnh Thạnh"));
    }

    #[test]
    fn far_short_empty_and_long_words_have_none() {
        assert_eq!(nearest("zebra", ["category"]), None);
        assert_eq!(nearest("a", ["b"]), None);
        assert_eq!(nearest("a", ["a"]), Some("a"));
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest("...", ["a"]), None);
        assert_eq!(nearest("abc", []), None);
        let long = "a".repeat(65);
        assert_eq!(nearest(&long, [long.as_str()]), None);
        let longest = "a".repeat(64);
        assert_eq!(nearest(&longest, [long.as_str(), longest.as_str()]), Some(longest.as_str()));
        // Letters are counted, not bytes; of those at most ten for each.
        for letter in ["ự", "\u{10428}\u{302}\u{301}\u{323}"] {
            assert_eq!(nearest(&letter.repeat(64), [letter.repeat(64).as_str()]), Some(letter.repeat(64).as_str()));
        }
        assert_eq!(nearest(&format!("a{}", ".".repeat(640)), ["a"]), None);
        assert_eq!(nearest(&"ự".repeat(1_000_000), ["u"]), None);
    }
}
