//! A tally in the making.

use super::columns::Columns;
use super::error::TallyError;
use super::grouping::Grouping;
use super::join::join;
use super::options::Options;
use super::origin::InMemory;
use super::run::Run;
use super::scan::Scan;
use super::sum::Counted;

/// A tally in the making: takes batch after batch (bộ đếm).
///
/// Names and tables are kept from batch to batch, so that a stream of small batches costs no more than one large one.
#[derive(Debug)]
pub struct Tallier<'o> {
    options: &'o Options,
    run: &'o Run,
    scans: Vec<Scan<'o>>,
    rows: u64,
    label: String,
}

impl<'o> Tallier<'o> {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(groupings: &[Grouping], options: &'o Options, run: &'o Run) -> Self {
        let scans = (0..run.thread_count().max(1)).map(|_| Scan::new(options, run, groupings)).collect();
        Self { options, run, scans, rows: 0, label: String::new() }
    }

    /// Where the rows come from, for the table of rejected rows.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Counts the rows of a batch.
    ///
    /// # Errors
    /// [`TallyError`] where the batch cannot be counted; what was counted of it by then stays counted.
    pub fn add(&mut self, columns: &Columns<'_>) -> Result<(), TallyError> {
        let origin = InMemory { columns, before: self.rows, label: &self.label };
        let rows = columns.len();
        self.rows = self.rows.saturating_add(rows as u64);
        // A thread costs some tens of microseconds; a share should be worth it.
        let workers = self.scans.len().min(rows / 50_000).max(1);
        if workers == 1 {
            let scan = self.scans.first_mut().ok_or(TallyError::Worker)?;
            scan.batch(columns, 0..rows, &origin)?;
            return self.check();
        }
        // Shares begin at whole bytes of the bitmaps.
        let share = rows.div_ceil(workers).next_multiple_of(1024);
        std::thread::scope(|scope| {
            let shares = self.scans.iter_mut().take(workers).enumerate().map(|(i, scan)| {
                let (from, to) = ((i * share).min(rows), ((i + 1) * share).min(rows));
                let origin = &origin;
                scope.spawn(move || scan.batch(columns, from..to, origin))
            });
            let running: Vec<_> = shares.collect();
            running.into_iter().try_for_each(|handle| handle.join().unwrap_or(Err(TallyError::Worker)))
        })?;
        self.check()
    }

    /// How many rows have been rejected so far.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.scans.iter().fold(0, |sum, scan| sum.saturating_add(scan.found.rejects.total()))
    }

    /// The limit holds for all threads together.
    fn check(&self) -> Result<(), TallyError> {
        self.run.check(self.rejected())
    }

    /// The tally of all that was counted.
    ///
    /// # Errors
    /// [`TallyError::Worker`] where a thread failed, which is a defect of this library.
    pub fn finish(self) -> Result<Counted, TallyError> {
        let Self { options, run, scans, .. } = self;
        let counted = join(options, run, scans.into_iter().map(Scan::finish).collect());
        counted.ok_or(TallyError::Worker)
    }
}
