//! How a count is run; none of it changes the counts.

use super::error::TallyError;

/// How a count is run (cách chạy): threads, and what is done with rows that cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    threads: usize,
    keep_rejects: usize,
    reject_limit: Option<u64>,
}

impl Default for Run {
    /// One thread; the first 10 000 rejected rows are kept, and any number is allowed.
    fn default() -> Self {
        Self { threads: 1, keep_rejects: 10_000, reject_limit: None }
    }
}

impl Run {
    /// The most threads.
    pub const MOST_THREADS: usize = 1024;

    /// On so many threads, from 1 to [`Run::MOST_THREADS`]; what lies outside is taken for the nearer end.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads.clamp(1, Self::MOST_THREADS);
        self
    }

    /// Keeps at most so many rejected rows; all are counted.
    #[must_use]
    pub const fn keep_rejects(mut self, most: usize) -> Self {
        self.keep_rejects = most;
        self
    }

    /// More rejected rows than this are an error.
    #[must_use]
    pub const fn reject_limit(mut self, limit: Option<u64>) -> Self {
        self.reject_limit = limit;
        self
    }

    pub(crate) const fn thread_count(&self) -> usize {
        self.threads
    }

    pub(crate) const fn kept(&self) -> usize {
        self.keep_rejects
    }

    /// Refuses to go on once more rows are rejected than allowed.
    pub(crate) fn check(&self, rejected: u64) -> Result<(), TallyError> {
        match self.reject_limit {
            Some(limit) if rejected > limit => Err(TallyError::TooManyRejects { rejected, limit }),
            _ => Ok(()),
        }
    }
}
