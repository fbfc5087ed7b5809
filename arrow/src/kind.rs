//! What a column is, by the format string of its schema.

use std::ffi::{CStr, c_char};
use std::fmt;

use caicach::tally::TimeUnit;

use crate::Broken;
use crate::abi::ArrowSchema;

/// A column of a batch.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// What the values of its dictionary are, if it has one; `kind` is that of the codes then.
    pub(crate) values: Option<Kind>,
}

/// A type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Boolean,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Utf8,
    LargeUtf8,
    Utf8View,
    Date32,
    Date64,
    /// A timestamp, and whether it has a time zone.
    Timestamp(TimeUnit, bool),
    /// Something that is not read.
    Other(&'static str),
}

/// The types that are read, and what others are called.
const KINDS: [(&str, Kind); 35] = [
    ("n", Kind::Null),
    ("b", Kind::Boolean),
    ("c", Kind::Int8),
    ("C", Kind::UInt8),
    ("s", Kind::Int16),
    ("S", Kind::UInt16),
    ("i", Kind::Int32),
    ("I", Kind::UInt32),
    ("l", Kind::Int64),
    ("L", Kind::UInt64),
    ("u", Kind::Utf8),
    ("U", Kind::LargeUtf8),
    ("vu", Kind::Utf8View),
    ("tdD", Kind::Date32),
    ("tdm", Kind::Date64),
    ("e", Kind::Other("Float16")),
    ("f", Kind::Other("Float32")),
    ("g", Kind::Other("Float64")),
    ("z", Kind::Other("Binary")),
    ("Z", Kind::Other("LargeBinary")),
    ("vz", Kind::Other("BinaryView")),
    ("w:", Kind::Other("FixedSizeBinary")),
    ("d:", Kind::Other("Decimal")),
    ("tt", Kind::Other("Time")),
    ("tD", Kind::Other("Duration")),
    ("ti", Kind::Other("Interval")),
    ("+l", Kind::Other("List")),
    ("+L", Kind::Other("LargeList")),
    ("+vl", Kind::Other("ListView")),
    ("+vL", Kind::Other("LargeListView")),
    ("+w:", Kind::Other("FixedSizeList")),
    ("+s", Kind::Other("Struct")),
    ("+m", Kind::Other("Map")),
    ("+u", Kind::Other("Union")),
    ("+r", Kind::Other("RunEndEncoded")),
];

impl Kind {
    fn of(format: &str) -> Kind {
        if let Some(timestamp) = format.strip_prefix("ts")
            && let Some((unit, zone)) = timestamp.split_once(':')
        {
            let unit = match unit {
                "s" => TimeUnit::Second,
                "m" => TimeUnit::Millisecond,
                "u" => TimeUnit::Microsecond,
                "n" => TimeUnit::Nanosecond,
                _ => return Kind::Other("Timestamp"),
            };
            return Kind::Timestamp(unit, !zone.is_empty());
        }
        // What is read is one format to the letter; others have parameters behind.
        let is = |prefix: &str, kind: &Kind| match kind {
            Kind::Other(_) => prefix.len() > 1 && format.starts_with(prefix),
            _ => false,
        };
        let exact = KINDS.iter().find(|(of, _)| *of == format);
        let found = exact.or_else(|| KINDS.iter().find(|(of, kind)| is(of, kind)));
        found.map_or(Kind::Other("an unknown type"), |(_, kind)| *kind)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Other(name) => f.write_str(name),
            Kind::Timestamp(..) => f.write_str("Timestamp"),
            other => fmt::Debug::fmt(other, f),
        }
    }
}

/// A text of the schema.
///
/// # Safety
/// The pointer is null or points to a text that ends in NUL and stays as it is for `'a`.
unsafe fn text<'a>(pointer: *const c_char) -> &'a CStr {
    if pointer.is_null() {
        return c"";
    }
    // SAFETY: the caller's.
    unsafe { CStr::from_ptr(pointer) }
}

fn kind(schema: &ArrowSchema) -> Kind {
    // SAFETY: by the interface; it is read here and not kept.
    Kind::of(unsafe { text(schema.format) }.to_str().unwrap_or_default())
}

/// The columns of a record batch.
pub(crate) fn fields(schema: &ArrowSchema) -> Result<Vec<Field>, Broken> {
    let of = kind(schema);
    if of != Kind::Other("Struct") {
        return Err(Broken(format!("expected a record batch, found an array of type {of}")));
    }
    let count = usize::try_from(schema.n_children).unwrap_or(0);
    let field = |at| {
        // SAFETY: `children` has as many pointers, and each points to a schema that lives as long as this one.
        let child = unsafe { &**schema.children.add(at) };
        // SAFETY: a schema has one or none, which lives as long.
        let dictionary = unsafe { child.dictionary.as_ref() };
        // SAFETY: by the interface; it is copied.
        let name = unsafe { text(child.name) }.to_string_lossy().into_owned();
        Field { name, kind: kind(child), values: dictionary.map(kind) }
    };
    Ok((0..count).map(field).collect())
}
