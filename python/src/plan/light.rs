//! Light classes over the records of a plan.

use pyo3::prelude::*;
use pyo3::types::PyDate;

use crate::error::Result;
use crate::value;

/// A day that may be absent.
pub(crate) fn day(py: Python<'_>, day: Option<caicach::calendar::Date>) -> Result<Option<Bound<'_, PyDate>>> {
    day.map(|day| value::date(py, day)).transpose()
}

/// A light class over one record of the plan.
macro_rules! light {
    ($(#[$meta:meta])* $name:ident($type:ty) { $($methods:tt)* }) => {
        $(#[$meta])*
        #[pyclass(frozen, module = "caicach")]
        #[derive(PartialEq)]
        pub(crate) struct $name(pub(crate) $type);

        #[pymethods]
        impl $name {
            fn __richcmp__(&self, other: crate::same::Other<'_, '_>, op: pyo3::pyclass::CompareOp) -> crate::same::Compared {
                other.is(op, self)
            }
            $($methods)*

            /// All of it as the plain values of its JSON.
            fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
                plain(py, &self.0)
            }
        }
    };
}

pub(crate) use light;
