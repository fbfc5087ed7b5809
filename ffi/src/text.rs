//! Text that goes out.

use std::ffi::{CStr, CString, c_char};

use crate::guard::{free, getter};

/// A text of its own, in UTF-8. Free it with `caicach_text_free`.
#[derive(Debug)]
pub struct caicach_text(CString);

impl caicach_text {
    pub(crate) fn boxed(text: String) -> Box<caicach_text> {
        Box::new(caicach_text(c_text(text)))
    }
}

/// The bytes, followed by a NUL. Lives as long as the text.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_text_data(text: Option<&caicach_text>) -> *const c_char {
    getter(std::ptr::null(), || Some(text?.0.as_ptr()))
}

/// The number of bytes, the NUL not counted.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_text_len(text: Option<&caicach_text>) -> usize {
    getter(0, || Some(text?.0.as_bytes().len()))
}

/// Frees a text. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_text_free(text: Option<Box<caicach_text>>) {
    free(text);
}

/// A text with its NUL. One inside, which C would take for the end, becomes U+FFFD.
pub(crate) fn c_text(text: impl Into<String>) -> CString {
    let text = text.into();
    let text = if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text };
    CString::new(text).unwrap_or_default()
}

/// The address of a text that something else keeps; NULL for none.
pub(crate) fn address(text: Option<&CString>) -> *const c_char {
    text.map_or(std::ptr::null(), |text| text.as_ptr())
}

/// A text in both languages.
#[derive(Debug)]
pub(crate) struct Both {
    pub(crate) vi: CString,
    pub(crate) en: CString,
}

impl Both {
    pub(crate) fn of(text: impl Fn(caicach::Lang) -> String) -> Both {
        Both { vi: c_text(text(caicach::Lang::Vi)), en: c_text(text(caicach::Lang::En)) }
    }

    pub(crate) fn pair(vi: &str, en: &str) -> Both {
        Both { vi: c_text(vi), en: c_text(en) }
    }

    pub(crate) fn get(&self, lang: crate::lang::caicach_lang) -> Option<&CStr> {
        match crate::lang::lang(lang)? {
            caicach::Lang::Vi => Some(&self.vi),
            caicach::Lang::En => Some(&self.en),
        }
    }
}
