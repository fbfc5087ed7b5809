//! Declaring a record, a closed choice or an id once, for reading, writing and the "did you mean".

use std::borrow::Cow;

use super::{Node, Path, Problems};

/// The members of an object as read.
pub(crate) type Entries<'n, 'a> = &'n [(Cow<'a, str>, Node<'a>)];

/// What `record!` makes of a struct, for those who put several records into one object.
pub(crate) trait Record: Sized {
    /// The names of its fields.
    const FIELDS: &'static [&'static str];

    /// Reads the fields from the members of an object.
    fn read_fields(entries: Entries<'_, '_>, line: Option<u32>, at: &Path<'_>, out: &mut Problems) -> Option<Self>;

    /// Writes the fields that are there into an object.
    fn write_fields<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
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
            const FIELDS: &'static [&'static str] = &[$($crate::input::record::plain(stringify!($field)),)*];

            fn read_fields(
                entries: $crate::input::record::Entries<'_, '_>,
                line: Option<u32>,
                at: &$crate::input::Path<'_>,
                out: &mut $crate::input::Problems,
            ) -> Option<Self> {
                $(let $field = <$type as $crate::input::Field>::member(entries, $crate::input::record::plain(stringify!($field)), line, at, out);)*
                // One place where what was read is dropped, not one for each field.
                match ($($field,)*) {
                    ($(Some($field),)*) => Some($name { $($field,)* }),
                    _ => None,
                }
            }

            fn write_fields<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                $(if !$crate::input::Field::is_absent(&self.$field) {
                    map.serialize_entry($crate::input::record::plain(stringify!($field)), &$crate::input::Written(&self.$field))?;
                })*
                Ok(())
            }
        }

        impl $crate::input::Field for $name {
            fn read(node: &$crate::input::Node<'_>, at: &$crate::input::Path<'_>, out: &mut $crate::input::Problems) -> Option<Self> {
                use $crate::input::record::Record;
                let entries = $crate::input::field::entries(node, Self::FIELDS, at, out)?;
                Self::read_fields(entries, node.line, at, out)
            }

            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                $crate::input::record::Record::write_fields(self, &mut map)?;
                map.end()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::input::Field::write(self, serializer)
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
                match word { $($word => Some($name::$variant),)* _ => None }
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

        impl $crate::input::Field for $name {
            fn read(node: &$crate::input::Node<'_>, at: &$crate::input::Path<'_>, out: &mut $crate::input::Problems) -> Option<Self> {
                const WORDS: &[&str] = &[$($word,)*];
                $crate::input::field::word(node, WORDS, at, out).and_then(Self::from_word)
            }

            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
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

        impl $crate::input::Field for $name {
            fn read(node: &$crate::input::Node<'_>, at: &$crate::input::Path<'_>, out: &mut $crate::input::Problems) -> Option<Self> {
                $crate::input::field::name(node, at, out).map($name::from)
            }

            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
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
