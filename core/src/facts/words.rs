//! Open words of which some are known: a word near a known one is kept, and remarked.

/// Constants for the known words of an id type, and the list of them.
macro_rules! words {
    ($name:ident { $($(#[$meta:meta])* $constant:ident = $word:literal,)* }) => {
        impl $name {
            $($(#[$meta])* pub const $constant: &'static str = $word;)*

            /// The words that have a meaning of their own; others are taken as they are.
            pub const KNOWN: &'static [&'static str] = &[$($word,)*];

            /// The known word that was perhaps meant by an unknown one.
            pub(crate) fn perhaps(&self) -> Option<&'static str> {
                if Self::KNOWN.contains(&self.as_str()) {
                    return None;
                }
                crate::text::nearest(self.as_str(), Self::KNOWN.iter().copied())
            }
        }
    };
}

pub(crate) use words;
