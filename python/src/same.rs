//! Equality as Python asks for it, in little code for each class: `eq` of `pyclass` writes the whole of it anew for each.

use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};

use pyo3::prelude::*;
use pyo3::pyclass::{CompareOp, boolean_struct::True};
use pyo3::types::PyBool;
use pyo3::{Borrowed, PyClass};

/// What something is compared to: whatever it is.
pub(crate) struct Other<'a, 'py>(Borrowed<'a, 'py, PyAny>);

impl<'a, 'py> FromPyObject<'a, 'py> for Other<'a, 'py> {
    type Error = Infallible;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Other(object))
    }
}

/// Equal or not; `NotImplemented` to other classes and other comparisons.
pub(crate) struct Compared(Option<bool>);

impl Other<'_, '_> {
    /// How it compares to something of a class whose members are equal or not.
    pub(crate) fn is<T: PyClass<Frozen = True> + PartialEq + Sync>(&self, op: CompareOp, one: &T) -> Compared {
        let asked = match op {
            CompareOp::Eq => true,
            CompareOp::Ne => false,
            _ => return Compared(None),
        };
        Compared(self.0.cast::<T>().ok().map(|other| (one == other.get()) == asked))
    }
}

impl<'py> IntoPyObject<'py> for Compared {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = Infallible;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(match self.0 {
            Some(equal) => PyBool::new(py, equal).to_owned().into_any(),
            None => py.NotImplemented().into_bound(py),
        })
    }
}

/// The hash of something, the same in every process.
pub(crate) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
