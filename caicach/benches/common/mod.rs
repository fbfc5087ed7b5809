//! How the benches take time.

use std::time::{Duration, Instant};

/// How long work takes: the median of some runs after one that does not count.
pub(crate) fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}
