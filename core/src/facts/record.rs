//! What all records of facts have in common, and the macro that declares one.

use super::ids::BodyRef;
use super::note::Remarks;
use super::tables::TableName;
use crate::calendar::Period;
use crate::input::record::Record;
use crate::input::{Path, Problems};

/// Called with every body a record names: the field it stands in, the name, and when it must exist.
pub(crate) type Visit<'v> = &'v mut dyn FnMut(&str, &mut BodyRef, Option<Period>);

/// What the declaration of a record gives by itself.
pub(crate) trait Declared {
    /// The table it belongs to.
    const TABLE: TableName;
    /// The fields that say what the record is about; the others say what is known of it.
    const KEY: &'static [&'static str];

    /// The day from which it was known; none: always.
    fn known_on(&self) -> Option<time::Date>;
}

/// What a record has to say of itself beyond its fields.
pub(crate) trait Fact: Record {
    /// Every body it names.
    fn each_body(&mut self, _visit: Visit<'_>) {}

    /// The place for the body of a record that without one is of the whole city.
    fn body_or_city(&mut self) -> Option<&mut Option<BodyRef>> {
        None
    }

    /// Sorts the lists whose order says nothing.
    fn sort_lists(&mut self) {}

    /// What cannot be true of it.
    fn check(&self, _at: &Path<'_>, _out: &mut Problems) {}

    /// What is odd about it but may be kept.
    fn remarks(&self, _out: &mut Remarks<'_>) {}

    /// Its period, and what shares the time line on which periods must not overlap.
    fn lane(&self) -> Option<(Vec<u8>, Period)> {
        None
    }
}

/// The JSON text of a record as if it had some fields alone.
pub(crate) fn members(record: &dyn Record, keep: &dyn Fn(&str) -> bool) -> Vec<u8> {
    let mut text = vec![b'{'];
    record.each(&mut |name, field| {
        if keep(name) && !field.is_absent() {
            text.extend_from_slice(if text.len() > 1 { b",\"" } else { b"\"" });
            text.extend_from_slice(name.as_bytes());
            text.extend_from_slice(b"\":");
            // Writing to memory does not fail.
            let _ = serde_json::to_writer(&mut text, &field.shown());
        }
    });
    text.push(b'}');
    text
}

/// A record of a table: fields it must have, `;`, fields it may have. In brackets its table and key.
///
/// Adds `known_on`, `source` and `note`, and `new` with the fields it must have.
macro_rules! fact {
    (
        $(#[$meta:meta])*
        pub struct $name:ident [$table:ident: $($key:ident),+] {
            $($(#[$must_meta:meta])* pub $must:ident: $must_type:ty,)*
            ;
            $($(#[$may_meta:meta])* pub $may:ident: $may_type:ty,)*
        }
    ) => {
        $crate::input::record! {
            $(#[$meta])*
            pub struct $name {
                $($(#[$must_meta])* pub $must: $must_type,)*
                $($(#[$may_meta])* pub $may: $may_type,)*
                /// The day from which this was known, where it matters. Records that differ in it alone
                /// are successive states of knowledge, not a contradiction.
                pub known_on: Option<time::Date>,
                /// Where it was read: number of a document or an address, free text (nguồn).
                pub source: Option<String>,
                /// Anything worth knowing (ghi chú).
                pub note: Option<String>,
            }
        }

        impl $name {
            /// A record with what it must have. The rest is unset; set it with struct update syntax.
            #[must_use]
            pub fn new($($must: $must_type),*) -> Self {
                Self { $($must,)* $($may: Default::default(),)* known_on: None, source: None, note: None }
            }
        }

        impl $crate::facts::record::Declared for $name {
            const TABLE: $crate::facts::tables::TableName = $crate::facts::tables::TableName::$table;
            const KEY: &'static [&'static str] = &[$(stringify!($key)),+];

            fn known_on(&self) -> Option<time::Date> {
                self.known_on
            }
        }
    };
}

pub(crate) use fact;
