//! What a body's name says: abbreviations read out, the kind of place told apart from the place.

use crate::text::bare;

/// Words with which the name of a place says what kind of place it is.
const KINDS: &[&str] = &["phường", "xã", "thị trấn", "đặc khu", "thành phố", "thị xã", "quận", "huyện", "tỉnh"];

/// Words of several syllables and abbreviations that stand for one word. The longer ones come first.
const PHRASES: &[(&[&str], &str)] = &[
    (&["ủy", "ban", "nhân", "dân"], "ubnd"),
    (&["hội", "đồng", "nhân", "dân"], "hđnd"),
    (&["thành", "phố"], "thành phố"),
    (&["thị", "trấn"], "thị trấn"),
    (&["thị", "xã"], "thị xã"),
    (&["đặc", "khu"], "đặc khu"),
    // Between UBND and a name it is the town; elsewhere it may be thường trực or trung tâm.
    (&["ubnd", "tt"], "ubnd thị trấn"),
    (&["t", "p"], "thành phố"),
    (&["tp"], "thành phố"),
    (&["tx"], "thị xã"),
    (&["p"], "phường"),
    (&["x"], "xã"),
    (&["q"], "quận"),
    (&["h"], "huyện"),
];

/// A break in a name: comma, hyphen, bracket.
const BREAK: &str = "-";

/// The words of a name, abbreviations read out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words<'f>(Vec<&'f str>);

/// A name taken apart: `UBND` or not, the kind of place if it says one, and the rest, which is never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) ubnd: bool,
    pub(super) kind: Option<&'static str>,
    pub(super) core: String,
}

/// The plan's own city, which other names may carry at their end.
#[derive(Debug, Clone, Default)]
pub(super) struct Qualifiers {
    /// "thành phố" and "nha trang" of the city.
    pub(super) city: Vec<(&'static str, Vec<String>)>,
    /// "khánh hòa".
    pub(super) provinces: Vec<Vec<String>>,
}

impl<'f> Words<'f> {
    /// The words of a name that is folded.
    pub(super) fn of(folded: &'f str) -> Words<'f> {
        let mut raw: Vec<&str> = Vec::new();
        for piece in folded.split(|c: char| c.is_whitespace() || c == '.') {
            for chunk in piece.split_inclusive(is_break) {
                let word = chunk.trim_end_matches(is_break);
                raw.extend((!word.is_empty()).then_some(word));
                if chunk.ends_with('&') {
                    raw.push("và");
                } else if word.len() < chunk.len() && raw.last().is_some_and(|last| *last != BREAK) {
                    raw.push(BREAK);
                }
            }
        }
        while raw.last() == Some(&BREAK) {
            raw.pop();
        }
        Words(read_out(&raw))
    }

    /// The words by themselves.
    pub(super) fn kept(&self) -> Vec<String> {
        self.0.iter().map(|word| (*word).to_owned()).collect()
    }

    /// The words without the place that the name adds at its end ("..., TP. Nha Trang", "... thành phố"),
    /// the fuller form first. Each is another way to look the name up, to be tried after the name itself.
    pub(super) fn variants(&self, known: &Qualifiers) -> Vec<Words<'f>> {
        let mut out: Vec<Words<'f>> = Vec::new();
        let mut add = |words: Words<'f>| {
            if !words.0.is_empty() && words.0 != ["ubnd"] && !out.contains(&words) {
                out.push(words);
            }
        };
        add(self.clone());
        if let ["tt", rest @ ..] = self.0.as_slice() {
            add(Words(std::iter::once("thị trấn").chain(rest.iter().copied()).collect()));
        }
        let shorter = self.without_province(known);
        let whole = shorter.as_ref().unwrap_or(self);
        shorter.iter().for_each(|shorter| add(shorter.clone()));
        for (kind, place) in &known.city {
            let Some(head) = whole.before(place) else { continue };
            if let Some(office) = head.before(&[kind]) {
                // "Thanh tra TP. Nha Trang" is listed as "Thanh tra thành phố".
                add(head);
                add(office.unbroken());
            } else if head.0.last() == Some(&BREAK) {
                add(head.unbroken());
            }
        }
        let kinds = known.city.iter().map(|(kind, _)| *kind);
        kinds.filter_map(|kind| whole.before(&[kind])).map(Words::unbroken).for_each(add);
        out
    }

    /// The words before a trailing "tỉnh Khánh Hòa" or ", Khánh Hòa", where a commune or the city is before it.
    fn without_province(&self, known: &Qualifiers) -> Option<Words<'f>> {
        known.provinces.iter().find_map(|province| {
            let head = self.before(province)?;
            let head = match head.before(&["tỉnh"]) {
                Some(head) => head,
                None if head.0.last() == Some(&BREAK) => head,
                None => return None,
            };
            let head = head.unbroken();
            let placed = head.form().kind.is_some() || head.0.contains(&"thành phố");
            placed.then_some(head)
        })
    }

    fn before(&self, tail: &[impl AsRef<str>]) -> Option<Words<'f>> {
        let (head, end) = self.0.split_at_checked(self.0.len().checked_sub(tail.len())?)?;
        let same = end.iter().zip(tail).all(|(word, of_tail)| *word == of_tail.as_ref());
        (same && !head.is_empty()).then(|| Words(head.to_vec()))
    }

    fn unbroken(mut self) -> Words<'f> {
        while self.0.last() == Some(&BREAK) {
            self.0.pop();
        }
        self
    }

    /// The name taken apart.
    pub(super) fn form(&self) -> Form {
        let (ubnd, rest) = match self.0.as_slice() {
            ["ubnd", rest @ ..] => (true, rest),
            all => (false, all),
        };
        let (kind, rest) = match rest {
            // "Tỉnh ủy" and "xã hội" are not places.
            [_, "ủy" | "hội" | "hđnd" | "đoàn", ..] => (None, rest),
            [first, tail @ ..] => match KINDS.iter().find(|kind| first == *kind) {
                Some(kind) => (Some(*kind), tail),
                None => (None, rest),
            },
            [] => (None, rest),
        };
        if rest.is_empty() {
            return Form { ubnd: false, kind: None, core: self.0.join(" ") };
        }
        Form { ubnd, kind, core: rest.join(" ") }
    }
}

/// A name typed without diacritics, without the words before the place: `phuong phuoc dong` is `phuoc dong`.
pub(super) fn without_bare_prefix(core: &str) -> Option<String> {
    const PREFIXES: &[&str] = &["uy ban nhan dan ", "ubnd ", "phuong ", "xa ", "thi tran ", "thanh pho "];
    let whole = bare(core);
    let mut rest = whole.as_str();
    for prefix in PREFIXES {
        rest = rest.strip_prefix(prefix).unwrap_or(rest);
    }
    (rest.len() < whole.len()).then(|| rest.to_owned())
}

fn is_break(c: char) -> bool {
    matches!(c, '-' | ',' | ';' | '/' | '(' | ')' | '&')
}

fn read_out<'f>(raw: &[&'f str]) -> Vec<&'f str> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let [first, tail @ ..] = rest {
        let phrase = PHRASES.iter().find(|(words, _)| rest.starts_with(words));
        match phrase {
            // A single letter is an abbreviation only before what it abbreviates.
            Some((words, full)) if words.len() > 1 || words.iter().all(|w| w.len() > 1) || !tail.is_empty() => {
                out.extend(full.split_inclusive("ubnd ").map(str::trim_end));
                rest = rest.get(words.len()..).unwrap_or_default();
            }
            _ => {
                out.extend(numbered(first));
                rest = tail;
            }
        }
    }
    out
}

/// Wards may be numbers: "P1" is ward 1, and so is "phường 01".
fn numbered(word: &str) -> impl Iterator<Item = &str> {
    let ward = word.strip_prefix('p').filter(|number| is_number(number));
    let last = match ward.unwrap_or(word) {
        number if is_number(number) && number.len() <= 3 => number.trim_start_matches('0'),
        other => other,
    };
    ward.map(|_| "phường").into_iter().chain(std::iter::once(last))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}
