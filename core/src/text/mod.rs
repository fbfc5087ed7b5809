//! Vietnamese text: matching keys, suggestions, numbers for people, legacy encodings.
//!
//! - [`fold`](mod@fold): [`fold()`] makes the key by which names are matched, [`bare()`] the key without diacritics;
//! - [`nearest`](mod@nearest): [`nearest()`] answers "did you mean ...";
//! - [`number`]: integers, decimals, percentages and dates as an official writes them, in both languages ([`Lang`]);
//! - [`legacy`]: TCVN3, VNI and CP1258 to Unicode ([`decode`]).
//!
//! Nothing here knows of plans or facts, and nothing depends on the locale of the machine.

pub mod fold;
#[doc(hidden)]
pub mod form;
pub mod legacy;
pub mod nearest;
pub mod number;

pub use fold::{bare, fold};
pub use legacy::{DecodeError, Encoding, decode};
pub use nearest::nearest;
pub use number::Lang;
