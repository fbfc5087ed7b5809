//! Declaring a record, a closed choice or an id once, for reading, writing and the "did you mean".

use std::borrow::Cow;

use super::{Field, Node};

/// The members of an object as read.
pub(crate) type Entries<'n, 'a> = &'n [(Cow<'a, str>, Node<'a>)];

/// A struct by its fields.
pub(crate) trait Record {
    /// Shows every field with its name.
    fn each<'r>(&'r self, show: &mut dyn FnMut(&'static str, &'r dyn Field));

    /// Gives every field to be read.
    fn each_mut(&mut self, take: &mut dyn FnMut(&'static str, &mut dyn Field));
}

/// A struct whose fields are read from a [`Node`](super::Node) and written as a JSON object.
///
/// Every field's type is a [`Field`](super::Field); `Option` and `Vec` fields may be absent. All
/// unknown, missing and mistyped fields of a record are reported, not the first alone.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty,)* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $type,)* }

        impl $crate::input::record::Record for $name {
            fn each<'r>(&'r self, show: &mut dyn FnMut(&'static str, &'r dyn $crate::input::Field)) {
                $(show($crate::input::record::plain(stringify!($field)), &self.$field);)*
            }

            fn each_mut(&mut self, take: &mut dyn FnMut(&'static str, &mut dyn $crate::input::Field)) {
                $(take($crate::input::record::plain(stringify!($field)), &mut self.$field);)*
            }
        }

        impl $crate::input::Field for $name {
            fn blank() -> Self {
                Self { $($field: $crate::input::Field::blank(),)* }
            }

            fn read(
                &mut self,
                node: &$crate::input::Node<'_>,
                at: &$crate::input::Path<'_>,
                out: &mut $crate::input::Problems,
            ) -> bool {
                $crate::input::field::read_record(self, node, at, out)
            }
        }

        impl $crate::input::Show for $name {
            fn shown(&self) -> $crate::input::Shown<'_> {
                $crate::input::Shown::Record(self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::input::Show::shown(self).serialize(serializer)
            }
        }
    };
}

/// A closed list of words.
macro_rules! choice {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant,)* }

        impl $name {
            /// Every value, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$($name::$variant,)*];

            /// The word used in JSON, TOML, C and Python.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The value that a word stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.get($crate::input::field::place_of(word, Self::word)?).copied()
            }

            fn word(place: usize) -> Option<&'static str> {
                Self::ALL.get(place).map(|value| value.as_str())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        $crate::input::field::value!(
            $name: [$($name::$variant,)*][0],
            |node, at, out| Self::ALL.get($crate::input::field::word(node, Self::word, at, out)?).copied(),
            |value| $crate::input::Shown::Text(value.as_str())
        );
    };
}

/// A name used as an identifier: cheap to clone, never empty, at most 200 characters.
macro_rules! id {
    ($(#[$meta:meta])* pub struct $name:ident;) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $name(text.into())
            }
        }

        impl From<&$name> for std::sync::Arc<str> {
            fn from(id: &$name) -> Self {
                std::sync::Arc::clone(&id.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{:?}", self.as_str())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        $crate::input::field::value!(
            $name: $name(std::sync::Arc::default()),
            |node, at, out| $crate::input::field::name(node, at, out).map($name::from),
            |id| $crate::input::Shown::Text(id.as_str())
        );
    };
}

/// A field's key: the identifier without the `r#` of a raw one.
pub(crate) const fn plain(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', rest @ ..] => match std::str::from_utf8(rest) {
            Ok(text) => text,
            Err(_) => name,
        },
        _ => name,
    }
}

pub(crate) use {choice, id, record};
