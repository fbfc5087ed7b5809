//! A list that mostly holds one thing or nothing.

use std::ops::{Deref, DerefMut};

/// Values in order, of which a single one is kept in place: findings are many, and most of them lack one fact, or none,
/// and rest on one source.
#[derive(Debug, Clone)]
pub(crate) enum Few<T> {
    One(T),
    /// None, or several.
    Others(Vec<T>),
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Few::Others(Vec::new())
    }
}

impl<T> Few<T> {
    pub(crate) fn push(&mut self, value: T) {
        match self {
            Few::Others(all) if all.is_empty() => *self = Few::One(value),
            Few::Others(all) => all.push(value),
            Few::One(_) => {
                if let Few::One(first) = std::mem::take(self) {
                    *self = Few::Others(vec![first, value]);
                }
            }
        }
    }

    pub(crate) fn clear(&mut self) {
        *self = Few::default();
    }

    /// Leaves out what equals the value before it.
    pub(crate) fn dedup(&mut self)
    where
        T: PartialEq,
    {
        if let Few::Others(all) = self {
            all.dedup();
        }
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = std::iter::Chain<std::option::IntoIter<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, others) = match self {
            Few::One(value) => (Some(value), Vec::new()),
            Few::Others(all) => (None, all),
        };
        one.into_iter().chain(others)
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Few::One(value) => std::slice::from_ref(value),
            Few::Others(all) => all,
        }
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match self {
            Few::One(value) => std::slice::from_mut(value),
            Few::Others(all) => all,
        }
    }
}

impl<T> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.push(value));
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut few = Few::default();
        few.extend(values);
        few
    }
}

#[cfg(test)]
mod tests {
    use super::Few;
    use crate::order::InOrder;

    #[test]
    fn holds_what_a_vector_holds() {
        for len in 0..5 {
            let mut few: Few<u32> = (0..len).rev().collect();
            assert_eq!(few.to_vec(), (0..len).rev().collect::<Vec<_>>());
            assert_eq!(matches!(few, Few::One(_)), len == 1);
            few.extend(0..len);
            few.order();
            few.dedup();
            assert_eq!(few.to_vec(), (0..len).collect::<Vec<_>>());
            assert_eq!(few.clone().into_iter().collect::<Vec<_>>(), few.to_vec());
            few.clear();
            assert!(few.is_empty());
        }
    }

    #[test]
    fn costs_no_more_than_what_it_holds() {
        use crate::measure::missing::Missing;
        assert_eq!(size_of::<Few<Missing>>(), size_of::<Missing>());
        assert_eq!(size_of::<Few<std::sync::Arc<str>>>(), size_of::<Vec<u8>>());
    }
}
