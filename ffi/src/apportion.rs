//! Apportioning a cut of posts among bodies.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;

use caicach::apportion::{Apportionment, Holder, apportion};

use crate::error::{Failure, caicach_error};
use crate::guard::{fallible, free, getter, given};
use crate::input::text;
use crate::status::caicach_status;
use crate::structs::array;
use crate::text::{c_text, caicach_text};

/// A body among which a cut is apportioned. All but the id may be 0.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct caicach_holder {
    /// The body.
    pub id: *const c_char,
    /// Its length in bytes, or `CAICACH_NUL_TERMINATED`.
    pub id_len: usize,
    /// Its posts.
    pub posts: u64,
    /// The posts that it must keep.
    pub floor: u64,
    /// 1 where it gives nothing and its posts do not count, else 0.
    pub exempt: u32,
    /// Zero.
    pub reserved: u32,
}

/// A cut apportioned. Immutable. Free it with `caicach_apportionment_free`.
#[derive(Debug)]
pub struct caicach_apportionment {
    apportionment: Apportionment,
    lots: Vec<(CString, CString)>,
}

/// Divides a cut of posts among bodies by largest remainder (Hamilton's method), so that the sum is the cut exactly.
///
/// Of equal remainders the body with more posts comes first, then the one whose id comes first in the order of its bytes.
/// CAICACH_ERROR_INVALID_ARGUMENT where floors and exemptions leave too few posts ("too_little"), an id stands twice
/// ("duplicate_id") or the posts do not add up within 64 bits ("out_of_range").
#[unsafe(no_mangle)]
pub unsafe extern "C" fn caicach_apportion(
    cut: u64,
    holders: *const caicach_holder,
    holder_count: usize,
    out: Option<&mut MaybeUninit<Box<caicach_apportionment>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || {
        // SAFETY: the header asks this of the caller.
        let given = unsafe { array(holders, holder_count, "holders") }?;
        // SAFETY: the same.
        let read = |(at, one)| unsafe { holder(at, one) };
        let holders = given.iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
        let apportionment = apportion(cut, &holders)?;
        let lots = apportionment.lots().iter();
        let lots = lots.map(|lot| (c_text(lot.id()), c_text(lot.because().as_str()))).collect();
        Ok(Box::new(caicach_apportionment { apportionment, lots }))
    })
}

/// A body as the `caicach` crate takes it.
///
/// # Safety
/// The fields are as they must be, and stay.
unsafe fn holder(at: usize, given: &caicach_holder) -> Result<Holder, Failure> {
    // SAFETY: the caller says so.
    let id = unsafe { text(given.id, given.id_len, &format!("holders[{at}].id")) }?;
    if given.reserved != 0 {
        return Err(Failure::argument(&format!("holders[{at}].reserved"), "must be zero".into()));
    }
    let holder = Holder::new(id, given.posts).keeping(given.floor);
    match given.exempt {
        0 => Ok(holder),
        1 => Ok(holder.exempt()),
        other => Err(Failure::argument(&format!("holders[{at}].exempt"), format!("{other} is neither 0 nor 1"))),
    }
}

/// The whole as JSON.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_apportionment_to_json(
    apportionment: Option<&caicach_apportionment>,
    out: Option<&mut MaybeUninit<Box<caicach_text>>>,
    error: Option<&mut MaybeUninit<Box<caicach_error>>>,
) -> caicach_status {
    fallible(out, error, || Ok(caicach_text::boxed(given(apportionment, "apportionment")?.apportionment.to_json())))
}

/// The cut: the sum of what the bodies give.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_apportionment_cut(apportionment: Option<&caicach_apportionment>) -> u64 {
    getter(0, || Some(apportionment?.apportionment.cut()))
}

/// How many bodies there are.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_apportionment_lot_count(apportionment: Option<&caicach_apportionment>) -> usize {
    getter(0, || Some(apportionment?.lots.len()))
}

/// A body, in the order of the array given; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_apportionment_lot_id(
    apportionment: Option<&caicach_apportionment>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(apportionment?.lots.get(index)?.0.as_ptr()))
}

/// Its posts before; 0 beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_apportionment_lot_posts(apportionment: Option<&caicach_apportionment>, index: usize) -> u64 {
    getter(0, || Some(apportionment?.apportionment.lots().get(index)?.posts()))
}

/// The posts it gives; 0 beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_apportionment_lot_cut(apportionment: Option<&caicach_apportionment>, index: usize) -> u64 {
    getter(0, || Some(apportionment?.apportionment.lots().get(index)?.cut()))
}

/// The posts it keeps; 0 beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_apportionment_lot_left(apportionment: Option<&caicach_apportionment>, index: usize) -> u64 {
    getter(0, || Some(apportionment?.apportionment.lots().get(index)?.left()))
}

/// Its exact part of the cut in the round that settled it, as a fraction. Where it does not fit, and beyond the last, false,
/// and nothing is written.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_apportionment_lot_quota(
    apportionment: Option<&caicach_apportionment>,
    index: usize,
    numerator: Option<&mut MaybeUninit<u64>>,
    denominator: Option<&mut MaybeUninit<u64>>,
) -> bool {
    getter(false, || {
        let quota = apportionment?.apportionment.lots().get(index)?.quota();
        let parts = (u64::try_from(quota.numerator).ok()?, u64::try_from(quota.denominator).ok()?);
        numerator.map(|numerator| numerator.write(parts.0));
        denominator.map(|denominator| denominator.write(parts.1));
        Some(true)
    })
}

/// Why it gives so many: "quota" (the whole number of its quota), "remainder" (that, and one post for its remainder), "floor" (all that its floor leaves), "exempt"; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_apportionment_lot_because(
    apportionment: Option<&caicach_apportionment>,
    index: usize,
) -> *const c_char {
    getter(std::ptr::null(), || Some(apportionment?.lots.get(index)?.1.as_ptr()))
}

/// Frees it. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn caicach_apportionment_free(apportionment: Option<Box<caicach_apportionment>>) {
    free(apportionment);
}
