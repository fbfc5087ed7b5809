//! The language of sentences.

use caicach::Lang;

/// One of the `CAICACH_LANG_` constants.
pub type caicach_lang = i32;

/// Vietnamese.
pub const CAICACH_LANG_VI: caicach_lang = 1;
/// English.
pub const CAICACH_LANG_EN: caicach_lang = 2;

/// The language of a constant; none for any other number.
pub(crate) fn lang(lang: caicach_lang) -> Option<Lang> {
    match lang {
        CAICACH_LANG_VI => Some(Lang::Vi),
        CAICACH_LANG_EN => Some(Lang::En),
        _ => None,
    }
}
