//! Verdicts as numbers.

use std::ffi::{CStr, c_char};

use caicach::Verdict;

use crate::guard::getter;

/// One of the `CAICACH_VERDICT_` constants; 0 where there is none.
pub type caicach_verdict = i32;

/// The norm is satisfied (đạt).
pub const CAICACH_VERDICT_MET: caicach_verdict = 1;
/// It is not (không đạt).
pub const CAICACH_VERDICT_NOT_MET: caicach_verdict = 2;
/// Its date has not come (chưa đến hạn).
pub const CAICACH_VERDICT_PENDING: caicach_verdict = 3;
/// Facts are missing (chưa đủ dữ liệu).
pub const CAICACH_VERDICT_UNDETERMINED: caicach_verdict = 4;
/// There is nothing to judge (không áp dụng).
pub const CAICACH_VERDICT_NOT_APPLICABLE: caicach_verdict = 5;
/// A cap or consequence takes hold.
pub const CAICACH_VERDICT_BINDING: caicach_verdict = 6;
/// It does not.
pub const CAICACH_VERDICT_NOT_BINDING: caicach_verdict = 7;

pub(crate) fn number(verdict: Verdict) -> caicach_verdict {
    match verdict {
        Verdict::Met => CAICACH_VERDICT_MET,
        Verdict::NotMet => CAICACH_VERDICT_NOT_MET,
        Verdict::Pending => CAICACH_VERDICT_PENDING,
        Verdict::Undetermined => CAICACH_VERDICT_UNDETERMINED,
        Verdict::NotApplicable => CAICACH_VERDICT_NOT_APPLICABLE,
        Verdict::Binding => CAICACH_VERDICT_BINDING,
        Verdict::NotBinding => CAICACH_VERDICT_NOT_BINDING,
    }
}

pub(crate) fn verdict(number: caicach_verdict) -> Option<Verdict> {
    Verdict::ALL.iter().copied().find(|verdict| self::number(*verdict) == number)
}

/// The word of the JSON form, with its NUL.
pub(crate) fn word(verdict: Verdict) -> &'static CStr {
    match verdict {
        Verdict::Met => c"met",
        Verdict::NotMet => c"not_met",
        Verdict::Pending => c"pending",
        Verdict::Undetermined => c"undetermined",
        Verdict::NotApplicable => c"not_applicable",
        Verdict::Binding => c"binding",
        Verdict::NotBinding => c"not_binding",
    }
}

/// The word for a verdict as in JSON ("not_met"). Lives as long as the library; NULL for no verdict.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_verdict_word(verdict: caicach_verdict) -> *const c_char {
    getter(std::ptr::null(), || Some(word(self::verdict(verdict)?).as_ptr()))
}
