//! Keys by which Vietnamese names are matched.
//!
//! The same name reaches us composed and decomposed, with the tone mark on one vowel or the other, with look-alike
//! letters from bad fonts, with hard spaces and three kinds of dash. [`fold`] maps all of these to one key and keeps what
//! tells names apart: Vĩnh Thạnh and Vĩnh Thanh are two places.

use unicode_normalization::char::{canonical_combining_class, decompose_canonical, is_combining_mark};

use super::form::{apart, composed};
use crate::order::InOrder;

/// The key by which a name is matched (khóa so khớp tên): two spellings of one name have one key.
///
/// Case, Unicode form, tone placement (`hòa` = `hoà`), white space, dashes (`Tài chính - Kế hoạch`), apostrophes,
/// look-alike letters and punctuation at either end are folded. Diacritics are kept, and `i`/`y` are never folded, since
/// people and places are told apart by them. Folding a key again changes nothing.
///
/// The tone goes where the plan's own spelling has it: on the first vowel of a final `oa`, `oe`, `uy` (Khánh Hòa).
///
/// ```
/// use caicach::text::fold;
/// assert_eq!(fold("Khánh  Hoà"), fold("KHÁNH HÒA."));
/// assert_eq!(fold("Phòng Tài chính – Kế hoạch"), "phòng tài chính-kế hoạch");
/// assert_ne!(fold("Vĩnh Thạnh"), fold("Vĩnh Thanh"));
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let letters: Vec<char> = if text.chars().all(is_settled) {
        let mut lower = Vec::with_capacity(text.len());
        for c in text.chars() {
            if c.is_ascii() { lower.push(c.to_ascii_lowercase()) } else { lower.extend(c.to_lowercase()) }
        }
        lower
    } else {
        let lower: String = text.chars().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).collect();
        let ordered: String = marks_in_order(apart(&lower).into_iter().map(look_alike)).into_iter().collect();
        composed(&ordered).chars().collect()
    };
    let spaced = unify_spaces(&place_tones(&letters));
    spaced.trim_matches(is_edge).to_owned()
}

/// [`fold()`] without any diacritic, `đ` as `d` (khóa không dấu): for suggestions and for ids.
///
/// ```
/// assert_eq!(caicach::text::bare("Phường Phước Đồng"), "phuong phuoc dong");
/// ```
#[must_use]
pub fn bare(text: &str) -> String {
    let parts = apart(&fold(text)).into_iter();
    let plain: String = parts.filter(|c| !is_combining_mark(*c)).map(|c| if c == 'đ' { 'd' } else { c }).collect();
    // A mark may have stood alone, between spaces or dashes that now meet.
    unify_spaces(&plain).trim_matches(is_edge).to_owned()
}

/// Characters that show nothing and come along with copied text: zero-width space and joiners, soft hyphen, byte order
/// mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Composed letters of Vietnamese and other characters that stay what they are but for their case: text of these alone,
/// the most frequent kind, need not be taken apart and put together again.
fn is_settled(c: char) -> bool {
    (c.is_ascii() && c != '`')
        || matches!(c, '\u{C0}'..='\u{CF}' | '\u{D1}'..='\u{EF}' | '\u{F1}'..='\u{FD}' | '\u{1EA0}'..='\u{1EF9}')
        || matches!(c, 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{2010}'..='\u{2015}')
}

/// Lower-case letters and signs that stand for others in real data.
fn look_alike(c: char) -> char {
    match c {
        // Icelandic eth and African d, whose capitals look like Đ.
        '\u{00F0}' | '\u{0256}' => 'đ',
        // PDFs give the letter oi for ư.
        '\u{01A3}' => 'ư',
        // Ea H'leo, Đắk R'lấp.
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{00B4}' | '`' => '\'',
        other => other,
    }
}

/// Puts the marks that shape a vowel (â, ă, ơ) before its tone, so that composing finds the letter: some keyboards write
/// the tone first, and Unicode's own normal forms keep that order.
fn marks_in_order(decomposed: impl Iterator<Item = char>) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    let mut marks: Vec<char> = Vec::new();
    for c in decomposed {
        if canonical_combining_class(c) == 0 {
            marks.order_by_key(|m| !is_shape(*m));
            out.append(&mut marks);
            out.push(c);
        } else {
            marks.push(c);
        }
    }
    marks.order_by_key(|m| !is_shape(*m));
    out.append(&mut marks);
    out
}

/// Circumflex, breve, horn.
fn is_shape(mark: char) -> bool {
    matches!(mark, '\u{0302}' | '\u{0306}' | '\u{031B}')
}

/// Moves the tone of `oa`, `oe`, `uy`: to the first vowel where the pair ends the syllable (hòa), else to the second
/// (hoàn, huỳnh). After `q` the `u` belongs to the onset (quý), so such a pair is left alone; so is one after a vowel,
/// which also leaves `gi-` alone.
fn place_tones(text: &[char]) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text.iter().copied().peekable();
    let mut previous = ' ';
    while let Some(first) = rest.next() {
        let pair = rest.peek().and_then(|second| Some((*second, movable_tone(first, *second)?)));
        let pair = pair.filter(|_| !is_vowel(previous) && previous != 'q');
        let Some((second, (a, b, tone))) = pair else {
            out.push(first);
            previous = first;
            continue;
        };
        rest.next();
        match rest.peek() {
            // A second tone on the same letter: no spelling of anything.
            Some(mark) if is_combining_mark(*mark) => out.extend([first, second]),
            Some(letter) if letter.is_alphabetic() => out.extend([a, with_tone(b, tone)]),
            _ => out.extend([with_tone(a, tone), b]),
        }
        previous = b;
    }
    out
}

/// The two plain vowels and the tone, when the letters are `oa`, `oe` or `uy` with one tone on either of them.
fn movable_tone(first: char, second: char) -> Option<(char, char, char)> {
    let (a, tone_a) = split_tone(first).filter(|(letter, _)| matches!(letter, 'o' | 'u'))?;
    let (b, tone_b) = split_tone(second)?;
    if !matches!((a, b), ('o', 'a' | 'e') | ('u', 'y')) {
        return None;
    }
    match (tone_a, tone_b) {
        (Some(tone), None) | (None, Some(tone)) => Some((a, b, tone)),
        _ => None,
    }
}

/// A vowel without shape mark and its tone, if any.
fn split_tone(c: char) -> Option<(char, Option<char>)> {
    if c.is_ascii() {
        return matches!(c, 'a' | 'e' | 'o' | 'u' | 'y').then_some((c, None));
    }
    let [letter, mark, another] = parts(c);
    let letter = letter.filter(|l| matches!(l, 'a' | 'e' | 'o' | 'u' | 'y'))?;
    match (mark, another) {
        (None, _) => Some((letter, None)),
        (Some(mark @ ('\u{0300}' | '\u{0301}' | '\u{0303}' | '\u{0309}' | '\u{0323}')), None) => {
            Some((letter, Some(mark)))
        }
        _ => None,
    }
}

/// The letter and its first two marks.
fn parts(c: char) -> [Option<char>; 3] {
    let mut parts = [None; 3];
    let mut free = parts.iter_mut();
    decompose_canonical(c, |part| {
        if let Some(slot) = free.next() {
            *slot = Some(part);
        }
    });
    parts
}

fn with_tone(letter: char, tone: char) -> char {
    unicode_normalization::char::compose(letter, tone).unwrap_or(letter)
}

fn is_vowel(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    }
    let [letter, ..] = parts(c);
    letter.is_some_and(|l| matches!(l, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
}

/// One space for any white space, one hyphen without spaces for any dash or row of dashes.
fn unify_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    let mut dash = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
        } else if is_dash(c) {
            dash = true;
        } else {
            if dash {
                out.push('-');
            } else if space {
                out.push(' ');
            }
            (space, dash) = (false, false);
            out.push(c);
        }
    }
    out
}

/// Hyphen, the dashes from U+2010 (hyphen) to U+2015 (bar), and the minus sign.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// What is trimmed at either end. Brackets stay: "Lộc Thọ (cũ)" must keep its pair.
fn is_edge(c: char) -> bool {
    c.is_whitespace()
        || is_dash(c)
        || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '*' | '_' | '+')
        || matches!(c, '“' | '”' | '„' | '«' | '»' | '…' | '•' | '·' | '\u{F0B7}')
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::{bare, fold};
    use unicode_normalization::UnicodeNormalization;

    #[track_caller]
    fn same(a: &str, b: &str) {
        assert_eq!(fold(a), fold(b), "{a} and {b}");
    }

    #[test]
    fn unicode_forms_are_one() {
        for name in ["Vĩnh Nguyên", "Phước Đồng", "Ngọc Hiệp", "Ủy ban nhân dân phường Lộc Thọ", "Trường Sa ưỡn ẹo"]
        {
            let nfd: String = name.nfd().collect();
            let nfc: String = name.nfc().collect();
            assert_eq!(fold(&nfd), fold(&nfc));
            assert_eq!(fold(&nfd), nfc.to_lowercase().replace("uỷ", "ủy"));
        }
    }

    #[test]
    fn cp1258_mixtures_are_repaired() {
        // Shape mark composed, tone combining: what CP1258 decodes to.
        same("Ngo\u{0323}c Hiê\u{0323}p", "Ngọc Hiệp");
        same("Phươ\u{0301}c Ti\u{00EA}\u{0301}n", "Phước Tiến");
        same("V\u{0129}nh Tha\u{0323}nh", "Vĩnh Thạnh");
        // Tone typed before the shape mark, and the deprecated tone marks.
        same("Tie\u{0301}\u{0302}n", "Tiến");
        same("Vie\u{0323}\u{0302}t", "Việt");
        same("mu\u{0301}\u{031B}c", "mức");
        same("Ha\u{0340}", "Hà");
    }

    #[test]
    fn look_alikes_are_repaired() {
        same("Ðồng", "Đồng");
        same("ðồng", "Đồng");
        same("Ɖồng", "đồng");
        same("ĐƢỜNG", "đường");
        same("đƣợc", "được");
        same("ƣ\u{0301}ng", "ứng");
        same("Đắk R’lấp", "Đắk R'lấp");
    }

    #[test]
    fn tone_placement_is_one() {
        for (old, new) in [
            ("hòa", "hoà"),
            ("Khánh Hòa", "Khánh Hoà"),
            ("thủy", "thuỷ"),
            ("khỏe", "khoẻ"),
            ("Ủy ban", "Uỷ ban"),
            ("tùy", "tuỳ"),
            ("lũy", "luỹ"),
            ("họa", "hoạ"),
            ("hóa", "hoá"),
            ("húy", "huý"),
            ("Ngọc Thụy", "Ngọc Thuỵ"),
            ("lóe", "loé"),
        ] {
            same(old, new);
            assert_eq!(fold(new), old.to_lowercase());
        }
        assert_eq!(fold("HOÀ, HOÁ"), "hòa, hóa");
        assert_eq!(fold("Hoà-Bình"), "hòa-bình");
    }

    #[test]
    fn closed_syllables_have_the_tone_on_the_second_vowel() {
        for (typo, right) in [("hòan", "hoàn"), ("tóan", "toán"), ("Hùynh", "Huỳnh"), ("ngòai", "ngoài")] {
            same(typo, right);
            assert_eq!(fold(typo), right.to_lowercase());
        }
        for kept in ["hoàn", "toán", "huỳnh", "ngoài", "nguyễn", "khuỷu", "thuyền", "xoèn"] {
            assert_eq!(fold(kept), kept);
        }
    }

    #[test]
    fn qu_and_gi_onsets_are_left_alone() {
        for kept in ["quý", "quà", "quỹ", "quỳ", "giá", "già", "giò", "quyết", "quản lý", "giúp", "quẻ"]
        {
            assert_eq!(fold(kept), kept);
        }
        assert_ne!(fold("qúy"), fold("quý"));
        assert_ne!(fold("gía"), fold("giá"));
    }

    #[test]
    fn i_and_y_and_diacritics_tell_names_apart() {
        assert_ne!(fold("Lý"), fold("Lí"));
        assert_ne!(fold("Mỹ"), fold("Mĩ"));
        assert_ne!(fold("Vĩnh Thạnh"), fold("Vĩnh Thanh"));
        assert_ne!(fold("Vạn Thắng"), fold("Vạn Thăng"));
        assert_ne!(fold("Đồng"), fold("Dồng"));
        assert_ne!(fold("hòa"), fold("hóa"));
    }

    #[test]
    fn white_space_and_dashes_are_one() {
        same("Lộc\u{00A0}Thọ", "Lộc Thọ");
        same(" Lộc \t\r\n Thọ ", "Lộc Thọ");
        same("Lộc\u{3000}Thọ", "Lộc Thọ");
        same("Lộc\u{200B} Thọ\u{FEFF}", "Lộc Thọ");
        same("Tài chính - Kế hoạch", "Tài chính-Kế hoạch");
        same("Tài chính – Kế hoạch", "Tài chính—Kế hoạch");
        same("Tài chính -- Kế hoạch", "Tài chính\u{00A0}-\u{00A0}Kế hoạch");
        assert_eq!(fold("Lộc\u{00A0}\u{2009}Thọ"), "lộc thọ");
    }

    #[test]
    fn punctuation_at_the_ends_goes() {
        same("- Phòng Nội vụ;", "Phòng Nội vụ");
        same("“Phòng Nội vụ”.", "Phòng Nội vụ");
        same("• Thể thao", "Thể thao");
        same("TP.", "tp");
        assert_eq!(fold("UBND P. Lộc Thọ"), "ubnd p. lộc thọ");
        assert_eq!(fold("Lộc Thọ (cũ)"), "lộc thọ (cũ)");
        assert_eq!(fold(" .-– "), "");
        assert_eq!(fold(""), "");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in [
            "HOÀ  – Bình.",
            "\u{0301}x",
            "İstanbul",
            "uý uỷ quý",
            "- . Ð",
            "o\u{0300}a",
            "ﬁ ß Σς",
            "q\u{0301}uy\u{0301}",
            "Y–\u{0301} x",
            "\u{1FFD}a",
            "oa\u{300}\u{301}ư",
        ] {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
            assert_eq!(bare(&bare(text)), bare(text), "{text}");
        }
    }

    #[test]
    fn the_short_way_gives_what_the_long_way_gives() {
        let letters = ('\u{0}'..='\u{2FFF}').filter(|c| super::is_settled(*c));
        let mut short = 0;
        for c in letters {
            for text in [
                format!("{c}"),
                format!("o{c}"),
                format!("ho{c}n"),
                format!("h{c}a"),
                format!("h{c}ýnh"),
                format!("q{c}y"),
            ] {
                let apart: String = text.nfd().collect();
                // What is invisible goes, and sends the text the long way.
                assert_eq!(fold(&text), fold(&format!("{apart}\u{200B}")), "{text}");
                short += 1;
            }
        }
        assert!(short > 1500, "{short}");
    }

    #[test]
    fn bare_has_no_diacritics() {
        assert_eq!(bare("Ủy ban nhân dân Phường Phước Đồng"), "uy ban nhan dan phuong phuoc dong");
        assert_eq!(bare("ĂÂĐÊÔƠƯ ăâđêôơư"), "aadeoou aadeoou");
        assert_eq!(bare("Ngọc Hiệp".nfd().collect::<String>().as_str()), "ngoc hiep");
        assert_eq!(bare("ĐƢỜNG Ðồng"), "duong dong");
    }
}
