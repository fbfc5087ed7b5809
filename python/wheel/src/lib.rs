//! `caicach._core`, which is `caicach_python` as a module of its own.
//!
//! The package at the root of a build says how the last step of optimising goes, for loops to become vector code, and how
//! its own code is compiled. Apart from each other, the last step can be for speed and the bindings small.

extern crate caicach_python as _;
