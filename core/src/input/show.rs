//! How values are written: shown as what they are made of, so that one writer does for all.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use time::Date;

use super::record::Record;

/// What can be written.
pub(crate) trait Show {
    /// The value as it is written.
    fn shown(&self) -> Shown<'_>;

    /// Whether a record leaves the value out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Values one after the other.
pub(crate) trait Items {
    /// One of them.
    fn at(&self, index: usize) -> Option<Shown<'_>>;
}

/// Takes the members of an object.
pub(crate) struct Members<'m>(&'m mut dyn FnMut(&str, Shown<'_>));

impl Members<'_> {
    #[inline(always)]
    pub(crate) fn add<T: Show>(&mut self, name: &str, value: &T) {
        (self.0)(name, value.shown());
    }

    /// Adds a value that is there.
    #[inline(always)]
    pub(crate) fn add_some<T: Show>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }
}

/// What is written as an object, by its members; unlike a record it says itself what it leaves out.
pub(crate) trait Object {
    /// Shows every member.
    fn members(&self, to: &mut Members<'_>);
}

/// What a value is made of.
pub(crate) enum Shown<'v> {
    Nothing,
    Bool(bool),
    Count(u64),
    Whole(i64),
    Large(i128),
    Huge(u128),
    Date(Date),
    Decimal(Decimal),
    Text(&'v str),
    /// So many of these.
    List(usize, &'v dyn Items),
    Record(&'v dyn Record),
    Object(&'v dyn Object),
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Shown::Nothing => serializer.serialize_none(),
            Shown::Bool(value) => serializer.serialize_bool(*value),
            Shown::Count(count) => serializer.serialize_u64(*count),
            Shown::Whole(number) => serializer.serialize_i64(*number),
            Shown::Large(number) => serializer.serialize_i128(*number),
            Shown::Huge(number) => serializer.serialize_u128(*number),
            Shown::Date(date) => serializer.serialize_str(&crate::calendar::iso(*date)),
            Shown::Decimal(value) => serializer.collect_str(&value.normalize()),
            Shown::Text(text) => serializer.serialize_str(text),
            Shown::List(count, list) => {
                let mut items = serializer.serialize_seq(Some(*count))?;
                (0..*count).filter_map(|i| list.at(i)).try_for_each(|item| items.serialize_element(&item))?;
                items.end()
            }
            Shown::Record(record) => map(serializer, &|to| {
                record.each(&mut |name, field| {
                    if !field.is_absent() {
                        (to.0)(name, field.shown());
                    }
                });
            }),
            Shown::Object(object) => map(serializer, &|to| object.members(to)),
        }
    }
}

fn map<S: Serializer>(serializer: S, members: &dyn Fn(&mut Members<'_>)) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut written = Ok(());
    members(&mut Members(&mut |name, value| {
        if written.is_ok() {
            written = map.serialize_entry(name, &value);
        }
    }));
    written?;
    map.end()
}

impl Shown<'_> {
    /// The JSON text.
    pub(crate) fn json(&self) -> String {
        // Texts, numbers and objects of them always have one.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Declares that objects are shown, and serialised, by their members.
macro_rules! object {
    ($($type:ty),*) => {$(
        impl $crate::input::Show for $type {
            fn shown(&self) -> $crate::input::Shown<'_> {
                $crate::input::Shown::Object(self)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::input::Show::shown(self).serialize(serializer)
            }
        }
    )*};
}

pub(crate) use object;

impl<T: Show> Show for Option<T> {
    fn shown(&self) -> Shown<'_> {
        self.as_ref().map_or(Shown::Nothing, T::shown)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Show> Show for Vec<T> {
    fn shown(&self) -> Shown<'_> {
        Shown::List(self.len(), self)
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Show> Items for Vec<T> {
    fn at(&self, index: usize) -> Option<Shown<'_>> {
        self.get(index).map(T::shown)
    }
}

impl<T: Show> Show for &[T] {
    fn shown(&self) -> Shown<'_> {
        Shown::List(self.len(), self)
    }
}

impl<T: Show> Items for &[T] {
    fn at(&self, index: usize) -> Option<Shown<'_>> {
        self.get(index).map(T::shown)
    }
}

impl<T: Show> Show for &T {
    fn shown(&self) -> Shown<'_> {
        T::shown(self)
    }

    fn is_absent(&self) -> bool {
        T::is_absent(self)
    }
}

impl Show for &str {
    fn shown(&self) -> Shown<'_> {
        Shown::Text(self)
    }
}

impl Show for Arc<str> {
    fn shown(&self) -> Shown<'_> {
        Shown::Text(self)
    }
}

impl Show for i128 {
    fn shown(&self) -> Shown<'_> {
        Shown::Large(*self)
    }
}

impl Show for u128 {
    fn shown(&self) -> Shown<'_> {
        Shown::Huge(*self)
    }
}

impl Show for usize {
    fn shown(&self) -> Shown<'_> {
        Shown::Count(*self as u64)
    }
}
