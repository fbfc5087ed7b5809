//! The structs of the interfaces, as <https://arrow.apache.org/docs/format/CDataInterface.html> gives them.

use std::ffi::{c_char, c_int, c_void};
use std::ptr::null_mut;

/// The type of an array, or the columns of a record batch.
#[derive(Debug)]
#[repr(C)]
pub struct ArrowSchema {
    pub(crate) format: *const c_char,
    pub(crate) name: *const c_char,
    pub(crate) metadata: *const c_char,
    pub(crate) flags: i64,
    pub(crate) n_children: i64,
    pub(crate) children: *mut *mut ArrowSchema,
    pub(crate) dictionary: *mut ArrowSchema,
    pub(crate) release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    pub(crate) private_data: *mut c_void,
}

/// An array, or the rows of a record batch.
#[derive(Debug)]
#[repr(C)]
pub struct ArrowArray {
    pub(crate) length: i64,
    pub(crate) null_count: i64,
    pub(crate) offset: i64,
    pub(crate) n_buffers: i64,
    pub(crate) n_children: i64,
    pub(crate) buffers: *mut *const c_void,
    pub(crate) children: *mut *mut ArrowArray,
    pub(crate) dictionary: *mut ArrowArray,
    pub(crate) release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    pub(crate) private_data: *mut c_void,
}

/// A stream of record batches.
#[derive(Debug)]
#[repr(C)]
pub struct ArrowArrayStream {
    pub(crate) get_schema: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowSchema) -> c_int>,
    pub(crate) get_next: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowArray) -> c_int>,
    pub(crate) get_last_error: Option<unsafe extern "C" fn(*mut ArrowArrayStream) -> *const c_char>,
    pub(crate) release: Option<unsafe extern "C" fn(*mut ArrowArrayStream)>,
    pub(crate) private_data: *mut c_void,
}

macro_rules! released {
    ($name:ident { $($field:ident: $empty:expr),* }) => {
        impl $name {
            /// One that holds nothing.
            #[must_use]
            pub const fn released() -> Self {
                Self { $($field: $empty,)* release: None, private_data: null_mut() }
            }

            /// Takes it from its place, where what is left is marked as released.
            pub const fn take(&mut self) -> Self {
                std::mem::replace(self, Self::released())
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                if let Some(release) = self.release {
                    // SAFETY: it has not been released: who does so sets `release` to none.
                    unsafe { release(self) }
                }
            }
        }

        // SAFETY: the interface lets whoever holds it move it, to other threads too, and release it there.
        unsafe impl Send for $name {}
    };
}

released!(ArrowSchema {
    format: null_mut(),
    name: null_mut(),
    metadata: null_mut(),
    flags: 0,
    n_children: 0,
    children: null_mut(),
    dictionary: null_mut()
});
released!(ArrowArray {
    length: 0,
    null_count: 0,
    offset: 0,
    n_buffers: 0,
    n_children: 0,
    buffers: null_mut(),
    children: null_mut(),
    dictionary: null_mut()
});
released!(ArrowArrayStream { get_schema: None, get_next: None, get_last_error: None });
