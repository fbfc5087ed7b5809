//! The numbers that a Vietnamese text says, in digits or in words.

use crate::order::Set;
use crate::text::form::composed;
use rust_decimal::Decimal;

/// Words that may follow the number five, which is written like the word for year.
const COUNTED: &[&str] = &["ngày", "tuần", "tháng", "quý", "năm", "lần", "phần", "giờ", "người", "mươi", "trăm"];

/// Words before "năm" that make it a year.
const BEFORE_YEAR: &[&str] = &["hằng", "hàng", "mỗi", "từng", "cuối", "đầu", "sang", "cả"];

/// Every number that the text says. Each way to read separators counts: 1.234 is both 1234 and 1,234.
///
/// "Hằng tuần", "hàng năm", "định kỳ" say one; "tất cả", "toàn bộ" say a hundred per cent; "quý II" says its months.
pub(super) fn numbers(text: &str) -> Set<Decimal> {
    // Without `fold`, which does more and costs more: no word below is spelt in two ways.
    let text: String = composed(text).chars().flat_map(char::to_lowercase).collect();
    let words = words(&text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut out = Set::new();
    let mut previous = "";
    let mut rest = words.as_slice();
    while let [first, tail @ ..] = rest {
        if let [second, ..] = tail {
            said_by_pair(first, second, &mut out);
        }
        if first.starts_with(|c: char| c.is_ascii_digit()) {
            out.extend(digits(first));
            rest = tail;
        } else if let Some((value, taken)) = in_words(previous, rest) {
            out.insert(Decimal::from(value));
            rest = rest.get(taken..).unwrap_or_default();
        } else {
            rest = tail;
        }
        let taken = words.len().saturating_sub(rest.len());
        previous = taken.checked_sub(1).and_then(|last| words.get(last)).copied().unwrap_or_default();
    }
    out
}

/// The words of a folded text; an empty word stands for any sign between words but space and per cent.
fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let in_number = word.ends_with(|c: char| c.is_ascii_digit())
            && matches!(c, '.' | ',')
            && chars.peek().is_some_and(char::is_ascii_digit);
        let digits_end = word.starts_with(|c: char| c.is_ascii_digit()) && c.is_alphabetic();
        if digits_end {
            out.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() || in_number {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if !c.is_whitespace() && c != '%' {
            out.push(String::new());
        }
    }
    out.push(word);
    out
}

/// What a word of digits may mean: "02", "5,43", "33.232".
fn digits(word: &str) -> Vec<Decimal> {
    let parse = |digits: &str| Decimal::from_str_exact(digits).ok().map(|value| value.normalize());
    let mut parts = word.split(['.', ',']);
    let (Some(first), more) = (parts.next(), parts.clone().count()) else { return Vec::new() };
    let whole = parts.clone().all(|part| part.len() == 3) && first.len() <= 3;
    let grouped = if more > 0 && whole { parse(&word.replace(['.', ','], "")) } else { None };
    let plain = if more <= 1 { parse(&word.replace(',', ".")) } else { None };
    grouped.into_iter().chain(plain).collect()
}

fn said_by_pair(first: &str, second: &str, out: &mut Set<Decimal>) {
    let once = matches!(
        (first, second),
        ("hằng" | "hàng" | "mỗi" | "từng", "ngày" | "tuần" | "tháng" | "quý" | "năm" | "kỳ" | "giai")
            | ("định", "kỳ")
            | ("theo", "giai")
            | ("thường", "niên")
    );
    if once {
        out.insert(Decimal::ONE);
    }
    if matches!((first, second), ("tất", "cả") | ("toàn", "bộ")) {
        out.insert(Decimal::ONE_HUNDRED);
    }
    let quarter = match (first, second) {
        ("quý", "i" | "1") => 0u32,
        ("quý", "ii" | "2") => 1,
        ("quý", "iii" | "3") => 2,
        ("quý", "iv" | "4") => 3,
        _ => return,
    };
    out.extend((1..=3).map(|month| Decimal::from(quarter * 3 + month)));
}

/// The number that the words begin with, and how many words it has.
fn in_words(previous: &str, words: &[&str]) -> Option<(u32, usize)> {
    let (first, second, third) = (words.first()?, words.get(1).copied(), words.get(2).copied());
    if *first == "mười" {
        return Some(match second.and_then(after_ten) {
            Some(unit) => (10 + unit, 2),
            None => (10, 1),
        });
    }
    let unit = unit(first)?;
    match second {
        Some("mươi") => Some(match third.and_then(after_ten) {
            Some(last) => (unit * 10 + last, 3),
            None => (unit * 10, 2),
        }),
        Some("trăm") => {
            let rest = words.get(2..).unwrap_or_default();
            let (skipped, rest) = match rest {
                ["linh" | "lẻ", rest @ ..] => (1, rest),
                rest => (0, rest),
            };
            Some(match in_words("trăm", rest).filter(|(value, _)| *value < 100) {
                Some((value, taken)) => (unit * 100 + value, 2 + skipped + taken),
                None => (unit * 100, 2),
            })
        }
        _ if *first == "năm" => {
            let year = BEFORE_YEAR.contains(&previous)
                || previous.starts_with(|c: char| c.is_ascii_digit())
                || self::unit(previous).is_some()
                || previous == "mười";
            (!year && second.is_some_and(|next| COUNTED.contains(&next))).then_some((5, 1))
        }
        _ => Some((unit, 1)),
    }
}

fn unit(word: &str) -> Option<u32> {
    Some(match word {
        "một" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" => 4,
        "năm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}

/// Units as they are said behind a ten: "mười năm" is ten years, "mười lăm" is fifteen.
fn after_ten(word: &str) -> Option<u32> {
    match word {
        "mốt" => Some(1),
        "tư" => Some(4),
        "lăm" => Some(5),
        "năm" => None,
        other => unit(other),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::numbers;

    #[track_caller]
    fn says(text: &str, expected: &[&str]) {
        let mut expected: Vec<String> = expected.iter().map(|n| (*n).to_owned()).collect();
        let mut found: Vec<String> = numbers(text).iter().map(ToString::to_string).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn digits_are_read() {
        says("đạt tối thiểu 90% vào năm 2025", &["90", "2025"]);
        says("ít nhất 02 lần/năm", &["2"]);
        says("giai đoạn 2026 - 2030", &["2026", "2030"]);
        says("Giai đoạn 2023-2026.", &["2023", "2026"]);
        says("Quý I/2023", &["1", "2", "3", "2023"]);
        says("tỷ lệ 5,43 % của 33.232 hồ sơ", &["5.43", "33.232", "33232"]);
        says("1.234.567 và 67.65", &["1234567", "67.65"]);
        says("ngày 13/01/2023; số 298/KH-UBND, 09-NQ/TW", &["13", "1", "2023", "298", "9"]);
        says("nguyên tắc “4 tại chỗ”", &["4"]);
        says("10%-20%", &["10", "20"]);
        says("không có số nào: quá 1.2.3.4", &[]);
        says("123456789012345678901234567890123", &[]);
        says("", &[]);
    }

    #[test]
    fn words_are_read() {
        says("mười phần trăm", &["10"]);
        says("mười lăm, hai mươi, hai mươi mốt, ba mươi tư", &["15", "20", "21", "34"]);
        says("năm mươi phần trăm", &["50"]);
        says("một trăm phần trăm", &["100"]);
        says("hai trăm linh năm ngày; ba trăm hai mươi", &["205", "320"]);
        says("trong năm ngày", &["5"]);
        says("trong năm năm", &["5"]);
        says("mười năm, hai mươi năm", &["10", "20"]);
        says("hai năm liên tục", &["2"]);
        says("Tư pháp, không quá", &[]);
    }

    #[test]
    fn the_word_for_year_is_not_five() {
        says("đến năm, trong năm", &[]);
        says("02 năm lần", &["2"]);
        says("đầu năm tuần", &[]);
        says("một năm lần", &["1"]);
    }

    #[test]
    fn regular_events_are_one() {
        for text in ["hằng năm", "hàng năm", "Định kỳ", "hằng tuần", "mỗi năm", "Theo giai đoạn"] {
            says(text, &["1"]);
        }
        says("tất cả cán bộ", &["100"]);
        says("quý IV hằng năm", &["1", "10", "11", "12"]);
    }
}
