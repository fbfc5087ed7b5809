//! Open words of which some are known.

/// Constants for the known words of an id type, and the list of them.
macro_rules! words {
    ($name:ident { $($(#[$meta:meta])* $constant:ident = $word:literal,)* }) => {
        impl $name {
            $($(#[$meta])* pub const $constant: &'static str = $word;)*

            /// The words that have a meaning of their own; others are taken as they are.
            pub const KNOWN: &'static [&'static str] = &[$($word,)*];
        }
    };
}

pub(crate) use words;
