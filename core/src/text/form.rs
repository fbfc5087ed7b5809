//! Unicode's canonical forms, decomposed (NFD) and composed (NFC), of text in any script.
//!
//! The tables are of `unicode-normalization`; its iterators are for compatible forms too, whose tables are twice as large
//! and would come along.

use std::borrow::Cow;

use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical};

use crate::order::InOrder;

/// The text with each letter and its marks apart, marks in canonical order.
pub(crate) fn apart(text: &str) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    let mut marks: Vec<(u8, char)> = Vec::new();
    for c in text.chars() {
        decompose_canonical(c, |part| match canonical_combining_class(part) {
            0 => {
                settle(&mut marks, &mut out);
                out.push(part);
            }
            class => marks.push((class, part)),
        });
    }
    settle(&mut marks, &mut out);
    out
}

fn settle(marks: &mut Vec<(u8, char)>, out: &mut Vec<char>) {
    marks.order_by_key(|(class, _)| *class);
    out.extend(marks.drain(..).map(|(_, mark)| mark));
}

/// The text with each letter and its marks as one character where there is one.
pub fn composed(text: &str) -> Cow<'_, str> {
    // Latin letters and those of Vietnamese are composed already.
    if text.chars().all(|c| matches!(c, '\0'..'\u{300}' | '\u{1EA0}'..='\u{1EF9}')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    // What marks may still join, and what follows it and has found nothing to join.
    let mut letter: Option<char> = None;
    let mut after: Vec<char> = Vec::new();
    let mut last = 0;
    for c in apart(text) {
        let class = canonical_combining_class(c);
        let joined = letter.filter(|_| after.is_empty() || last < class).and_then(|letter| compose(letter, c));
        if joined.is_some() {
            letter = joined;
        } else if class == 0 {
            out.extend(letter.replace(c));
            out.extend(after.drain(..));
        } else {
            after.push(c);
            last = class;
        }
    }
    out.extend(letter);
    out.extend(after);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{apart, composed};
    use unicode_normalization::UnicodeNormalization;

    fn same(text: &str) {
        assert!(apart(text).into_iter().eq(text.nfd()), "{text:?}");
        assert!(composed(text).chars().eq(text.nfc()), "{text:?}");
    }

    #[test]
    fn every_character_is_as_in_unicode() {
        for c in '\0'..=char::MAX {
            same(&format!("{c}"));
        }
    }

    #[test]
    fn every_character_between_letters_and_marks_is_as_in_unicode() {
        // Letters, marks of several classes in and out of order, parts of Hangul and of what composes with starters.
        let around =
            ['a', 'ư', 'ệ', '\u{301}', '\u{323}', '\u{31B}', '\u{302}', '\u{334}', '\u{345}', '\u{1100}', '\u{1161}'];
        let around =
            [around.as_slice(), &['\u{11A8}', '\u{AC00}', '\u{9C7}', '\u{9BE}', '\u{F71}', '\u{F72}']].concat();
        let decomposes = |c: &char| *c >= '\u{300}' && (apart(&c.to_string()) != [*c] || around.contains(c));
        let marks =
            ('\u{300}'..'\u{1F000}').filter(|c| unicode_normalization::char::canonical_combining_class(*c) != 0);
        for c in ('\0'..'\u{AC10}').filter(decomposes).chain(marks) {
            for a in &around {
                for b in &around {
                    same(&format!("{a}{c}{b}{c}"));
                    same(&format!("{c}{b}{a}"));
                }
            }
        }
    }
}
