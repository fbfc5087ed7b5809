//! Texts in encodings from before Unicode: TCVN3 (ABC), VNI for Windows, CP1258.
//!
//! They still turn up in exports, as bytes or as text that a program has read as Latin-1: "Kh¸nh Hßa" (TCVN3) and
//! "Khaùnh Hoøa" (VNI) are both Khánh Hòa. The encoding is always declared, never guessed, and a byte that makes no sense
//! in it is an error, not a question mark: it means that the encoding is another one.

use super::form::composed;
use serde::{Deserialize, Serialize};
use std::fmt;

const GRAVE: char = '\u{0300}';
const ACUTE: char = '\u{0301}';
const CIRCUMFLEX: char = '\u{0302}';
const TILDE: char = '\u{0303}';
const BREVE: char = '\u{0306}';
const HOOK: char = '\u{0309}';
const DOT: char = '\u{0323}';

/// The encoding of a text (bảng mã).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// TCVN3, also called ABC: the encoding of the .VnTime fonts (after TCVN 5712:1993, VN2).
    ///
    /// Its capitals with tones are small letters shown in a capital font (.VnTimeH): they come out small.
    Tcvn3,
    /// VNI for Windows: the encoding of the VNI-Times fonts, a letter and its mark in two bytes.
    Vni,
    /// Windows code page 1258: letters with combining tones.
    Cp1258,
}

impl Encoding {
    /// The encoding of that name, as people and programs write it: `TCVN3`, `ABC`, `VNI-Windows`, `windows-1258`, `utf-8`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let key: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        match key.as_str() {
            "utf8" | "unicode" => Some(Self::Utf8),
            "tcvn3" | "abc" | "tcvn3abc" | "tcvn" => Some(Self::Tcvn3),
            "vni" | "vniwindows" | "vniwin" => Some(Self::Vni),
            "cp1258" | "windows1258" => Some(Self::Cp1258),
            _ => None,
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Tcvn3 => "TCVN3",
            Self::Vni => "VNI",
            Self::Cp1258 => "CP1258",
        })
    }
}

/// Why a text is not in the declared encoding (lỗi bảng mã).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// A byte that the encoding does not use.
    #[error("byte 0x{byte:02x} at offset {offset} is not {encoding}")]
    Byte {
        /// The declared encoding.
        encoding: Encoding,
        /// The byte.
        byte: u8,
        /// Where it stands.
        offset: usize,
    },
    /// A mark that does not follow a letter which can take it.
    #[error("byte 0x{byte:02x} at offset {offset} is a {encoding} mark after no letter that takes it")]
    Mark {
        /// The declared encoding.
        encoding: Encoding,
        /// The byte.
        byte: u8,
        /// Where it stands.
        offset: usize,
    },
    /// A character that is not a byte seen as Latin-1 or CP1252.
    #[error("`{character}` at position {position} is not a byte read as Latin-1")]
    Character {
        /// The character.
        character: char,
        /// How many characters come before it.
        position: usize,
    },
}

/// Decodes bytes in the declared encoding to composed Unicode (chuyển mã sang Unicode dựng sẵn, NFC).
///
/// # Errors
/// [`DecodeError`] at the first byte that the encoding cannot have there.
///
/// ```
/// use caicach::text::{Encoding, decode};
/// assert_eq!(decode(b"Kh\xb8nh H\xdfa", Encoding::Tcvn3).unwrap(), "Khánh Hòa");
/// assert_eq!(decode(b"Kha\xf9nh Ho\xf8a", Encoding::Vni).unwrap(), "Khánh Hòa");
/// assert_eq!(decode(b"\xd0\xf4\xec", Encoding::Cp1258).unwrap(), "Đố");
/// assert!(decode(b"Kh\xb8nh", Encoding::Utf8).is_err());
/// ```
pub fn decode(bytes: &[u8], encoding: Encoding) -> Result<String, DecodeError> {
    if encoding == Encoding::Utf8 {
        return utf8(bytes);
    }
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 2);
    // The letter that a mark would join; it is written when the next byte turns out not to be one.
    let mut letter: Option<char> = None;
    for (offset, &byte) in bytes.iter().enumerate() {
        let sign = sign(byte, encoding).ok_or(DecodeError::Byte { encoding, byte, offset })?;
        match sign {
            Sign::Character(c) => out.extend(letter.replace(c)),
            Sign::Mark(shape, tone) => {
                let joined = letter.and_then(|letter| join(letter, shape, tone));
                letter = Some(joined.ok_or(DecodeError::Mark { encoding, byte, offset })?);
            }
        }
    }
    out.extend(letter);
    Ok(out)
}

/// As [`decode`], for text that a program has read byte by byte as Latin-1 or CP1252: "Kh¸nh Hßa", "Khaùnh Hoøa".
///
/// # Errors
/// [`DecodeError`]; also if the text holds a character that no byte is read as, since then it is partly Unicode already.
///
/// ```
/// use caicach::text::{Encoding, legacy::decode_seen};
/// assert_eq!(decode_seen("Kh¸nh Hßa", Encoding::Tcvn3).unwrap(), "Khánh Hòa");
/// assert_eq!(decode_seen("Khaùnh Hoøa", Encoding::Vni).unwrap(), "Khánh Hòa");
/// ```
pub fn decode_seen(text: &str, encoding: Encoding) -> Result<String, DecodeError> {
    let byte = |(position, character)| byte_seen(character).ok_or(DecodeError::Character { character, position });
    let bytes = text.chars().enumerate().map(byte).collect::<Result<Vec<u8>, _>>()?;
    decode(&bytes, encoding)
}

fn utf8(bytes: &[u8]) -> Result<String, DecodeError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let byte = bytes.get(offset).copied().unwrap_or(0);
        DecodeError::Byte { encoding: Encoding::Utf8, byte, offset }
    })?;
    Ok(composed(text.strip_prefix('\u{FEFF}').unwrap_or(text)).into_owned())
}

/// What a byte stands for.
#[derive(Clone, Copy)]
enum Sign {
    Character(char),
    /// A mark on the letter before: shape (circumflex, breve) and tone.
    Mark(Option<char>, Option<char>),
}

fn sign(byte: u8, encoding: Encoding) -> Option<Sign> {
    match (byte, encoding) {
        (0..=0x7F, _) | (_, Encoding::Utf8) => Some(Sign::Character(char::from(byte))),
        // Typographic signs, which Windows programs put into documents of any of these encodings.
        (0x80..=0x9F, Encoding::Tcvn3 | Encoding::Vni) => cp1252(byte).map(Sign::Character),
        (_, Encoding::Tcvn3) => tcvn3(byte),
        (_, Encoding::Vni) => vni(byte),
        (_, Encoding::Cp1258) => cp1258(byte),
    }
}

/// The letter with its mark, if there is such a Vietnamese letter.
fn join(letter: char, shape: Option<char>, tone: Option<char>) -> Option<char> {
    let base = letter.to_lowercase().next()?;
    let fits = match shape {
        Some(BREVE) => base == 'a',
        Some(_) => matches!(base, 'a' | 'e' | 'o'),
        None => matches!(base, 'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y'),
    };
    let apart: String = [Some(letter), shape, tone].into_iter().flatten().collect();
    let together = composed(&apart);
    let mut letters = together.chars();
    letters.next().filter(|_| fits && letters.next().is_none())
}

/// 0xA0 to 0xFF of TCVN 5712:1993 (VN2). The TCVN3 fonts have the small letters and Ă Â Ê Ô Ơ Ư Đ of it.
#[rustfmt::skip]
const TCVN3: [char; 96] = [
    '\u{A0}', 'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', 'Ằ',
    GRAVE, HOOK, TILDE, ACUTE, DOT, 'à', 'ả', 'ã', 'á', 'ạ', 'Ẳ', 'ằ', 'ẳ', 'ẵ', 'ắ', 'Ẵ',
    'Ắ', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ề', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', 'Ể', 'ẻ', 'ẽ',
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', 'Ễ', 'Ế', 'Ồ', 'ĩ', 'í', 'ị', 'ò',
    'Ổ', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù',
    'Ỗ', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', 'Ố',
];

fn tcvn3(byte: u8) -> Option<Sign> {
    let c = *TCVN3.get(usize::from(byte.checked_sub(0xA0)?))?;
    Some(match c {
        GRAVE | HOOK | TILDE | ACUTE | DOT => Sign::Mark(None, Some(c)),
        _ => Sign::Character(c),
    })
}

/// VNI for Windows from 0xA0 on. A capital's byte is the small letter's less 0x20; marks have both cases, of which
/// either is taken.
fn vni(byte: u8) -> Option<Sign> {
    let mark = |shape, tone| Some(Sign::Mark(shape, tone));
    match byte | 0x20 {
        _ if matches!(byte, 0xA0..=0xBF | 0xD7 | 0xF7) => Some(Sign::Character(char::from(byte))),
        0xF9 => mark(None, Some(ACUTE)),
        0xF8 => mark(None, Some(GRAVE)),
        0xFB => mark(None, Some(HOOK)),
        0xF5 => mark(None, Some(TILDE)),
        0xEF => mark(None, Some(DOT)),
        0xEA => mark(Some(BREVE), None),
        0xE9 => mark(Some(BREVE), Some(ACUTE)),
        0xE8 => mark(Some(BREVE), Some(GRAVE)),
        0xFA => mark(Some(BREVE), Some(HOOK)),
        0xFC => mark(Some(BREVE), Some(TILDE)),
        0xEB => mark(Some(BREVE), Some(DOT)),
        0xE2 => mark(Some(CIRCUMFLEX), None),
        0xE1 => mark(Some(CIRCUMFLEX), Some(ACUTE)),
        0xE0 => mark(Some(CIRCUMFLEX), Some(GRAVE)),
        0xE5 => mark(Some(CIRCUMFLEX), Some(HOOK)),
        0xE3 => mark(Some(CIRCUMFLEX), Some(TILDE)),
        0xE4 => mark(Some(CIRCUMFLEX), Some(DOT)),
        _ => vni_letter(byte).map(Sign::Character),
    }
}

/// The letters that VNI keeps in one byte.
fn vni_letter(byte: u8) -> Option<char> {
    Some(match byte {
        0xF1 => 'đ',
        0xD1 => 'Đ',
        0xF4 => 'ơ',
        0xD4 => 'Ơ',
        0xF6 => 'ư',
        0xD6 => 'Ư',
        0xED => 'í',
        0xCD => 'Í',
        0xEC => 'ì',
        0xCC => 'Ì',
        0xE6 => 'ỉ',
        0xC6 => 'Ỉ',
        0xF3 => 'ĩ',
        0xD3 => 'Ĩ',
        0xF2 => 'ị',
        0xD2 => 'Ị',
        0xEE => 'ỵ',
        0xCE => 'Ỵ',
        _ => return None,
    })
}

/// Windows code page 1258 from 0x80 on: CP1252 but for these.
fn cp1258(byte: u8) -> Option<Sign> {
    Some(match byte {
        0xCC => Sign::Mark(None, Some(GRAVE)),
        0xD2 => Sign::Mark(None, Some(HOOK)),
        0xDE => Sign::Mark(None, Some(TILDE)),
        0xEC => Sign::Mark(None, Some(ACUTE)),
        0xF2 => Sign::Mark(None, Some(DOT)),
        0x8A | 0x8E | 0x9A | 0x9E => return None,
        0xC3 => Sign::Character('Ă'),
        0xE3 => Sign::Character('ă'),
        0xD0 => Sign::Character('Đ'),
        0xF0 => Sign::Character('đ'),
        0xD5 => Sign::Character('Ơ'),
        0xF5 => Sign::Character('ơ'),
        0xDD => Sign::Character('Ư'),
        0xFD => Sign::Character('ư'),
        0xFE => Sign::Character('₫'),
        _ => Sign::Character(cp1252(byte)?),
    })
}

/// 0x80 to 0x9F of CP1252; `None` marks the five bytes that it leaves free.
#[rustfmt::skip]
const CP1252: [Option<char>; 32] = [
    Some('€'), None, Some('‚'), Some('ƒ'), Some('„'), Some('…'), Some('†'), Some('‡'),
    Some('ˆ'), Some('‰'), Some('Š'), Some('‹'), Some('Œ'), None, Some('Ž'), None,
    None, Some('‘'), Some('’'), Some('“'), Some('”'), Some('•'), Some('–'), Some('—'),
    Some('˜'), Some('™'), Some('š'), Some('›'), Some('œ'), None, Some('ž'), Some('Ÿ'),
];

fn cp1252(byte: u8) -> Option<char> {
    match byte.checked_sub(0x80).and_then(|index| CP1252.get(usize::from(index))) {
        Some(entry) => *entry,
        None => Some(char::from(byte)),
    }
}

/// The byte that Latin-1 or CP1252 shows as this character.
fn byte_seen(character: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(character)) {
        return Some(byte);
    }
    let index = CP1252.iter().position(|entry| *entry == Some(character))?;
    u8::try_from(index + 0x80).ok()
}

#[cfg(test)]
#[path = "legacy_tests.rs"]
mod tests;
