//! Dossiers tallied: from raw rows to the columns of form II.06a, and on to facts (tổng hợp hồ sơ).
//!
//! A tally holds, for any set of groupings (body; body and officer; body, field and month; ...), how many dossiers were
//! received, resolved early, on time or late, pending and cancelled, with satisfaction, requests for more papers and
//! apologies. It holds no rows: 50 million dossiers are as large as their groups.
//!
//! ```
//! use caicach::calendar::{Calendar, parse_iso};
//! use caicach::tally::csv::CsvOptions;
//! use caicach::tally::{Grouping, Options, Run, Suspension, Tally, Threshold, Workdays};
//!
//! let rows = "\
//! Đơn vị;Cán bộ thụ lý;Ngày tiếp nhận;Hạn trả;Ngày hoàn thành;Số ngày tạm dừng
//! UBND phường Lộc Thọ;An;02/01/2024;10/01/2024;09/01/2024;
//! UBND phường Lộc Thọ;An;02/01/2024;10/01/2024;11/01/2024;
//! UBND phường Lộc Thọ;Bình;02/01/2024;10/01/2024;11/01/2024;1
//! UBND phường Lộc Thọ;Bình;20/12/2024;10/01/2025;;
//! UBND phường Lộc Thọ;Bình;31/02/2024;10/01/2025;;
//! ";
//! let calendar = Calendar::builtin()?;
//! let options = Options::as_of(parse_iso("2024-12-31")?)
//!     .starting(parse_iso("2024-01-01")?)
//!     .suspension(Suspension::Working(Some(Workdays::of_years(&calendar).into())));
//! let groupings = [Grouping::BODY, Grouping::BODY_OFFICER];
//! let run = Run::default().threads(2);
//! let found = Tally::from_csv(rows.as_bytes(), &groupings, &options, &run, &CsvOptions::default(), None)?;
//!
//! let total = found.tally.total();
//! assert_eq!((total.resolved.early, total.resolved.on_time, total.resolved.late), (1, 1, 1));
//! assert_eq!((total.pending.total, total.pending.overdue), (1, Some(0)));
//! // The row that cannot be is not lost.
//! let reject = &found.rejects.kept()[0];
//! assert_eq!((reject.line, reject.column.as_str(), reject.value.as_str()), (6, "Ngày tiếp nhận", "31/02/2024"));
//! // Facts that every rule reads, and what to do before it is too late.
//! let facts = found.tally.to_facts(&groupings, Some("export.csv"))?;
//! assert_eq!(facts.tables().dossier_counts.len(), 3);
//! let five = Threshold::percent("5".parse()?).unwrap();
//! let acts = found.tally.act_today(Grouping::BODY_OFFICER, five, 15).unwrap();
//! assert_eq!((acts[0].officer, acts[0].days_left), (Some("Bình"), 10));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What counts as what
//! Resolved early: completed on a day before the due date; on time: on the due date, where both are instants at or before
//! the due instant; late: after it. Not completed by the end of the as-of date: pending in time while due on or after that
//! date, else overdue. A suspension moves the due date by working days of a [`Workdays`] table or by calendar days, an
//! instant keeping its time of day. What was received after as-of is not counted and is reported ([`Reckoning`]); what was
//! completed after it is still pending. With a period's first day, what was received before it is carried over and what
//! was closed before it is left out. Options say what cancelled dossiers and repeated requests for more papers count as.
//!
//! A missing body, day of receipt or due date, and a value that cannot be, make the row a rejected one ([`Reject`]: file,
//! line, column, value, reason). Other missing values mean: not completed; not cancelled; not suspended; not requested; no
//! apology; not asked; officer, field or channel unknown, which is a group or column of its own.
//!
//! # How tallies add up
//! [`Tally::merge`] is associative and commutative, [`Tally::empty`] its identity; order of rows, batches, dictionaries and
//! threads change nothing. [`Tally::apply_change`] takes old rows out and puts new ones in, [`Tally::moved_to`] moves the
//! as-of date without reading closed rows again: pending ones are kept by due day. [`Tally::to_bytes`] is the tally with
//! version and checksum. Only finest groupings are kept; coarser ones are summed when asked for.
//!
//! # How rows are counted
//! [`Columns`] are slices in the layouts of Arrow, borrowed from wherever they lie: from Arrow arrays ([`arrow`]), or made
//! from CSV piece by piece ([`csv`]). Blocks of 4096 rows go through four steps, each a short loop over plain slices in
//! vector code for whatever vectors the processor has (`lanes`): names become numbers (`names`, `readings`, `bind`), days are
//! judged 64 rows at a time (`classify`, the one place where they are), groups get places (`place`), and narrow counters that
//! stay in a near cache are raised (`cells`, `leaf`), those of pending dossiers by due day too (`pending`). What all threads
//! have counted is read in order of names (`join`); `table` (of `flows` and `opens`) and `sum` keep it in one canonical form.

mod ahead;
pub mod arrow;
mod bind;
mod bitmap;
mod block;
mod bytes;
mod cells;
mod channel;
mod classify;
mod columns;
mod counts;
pub mod csv;
mod days;
mod dues;
mod error;
mod extras;
mod facts;
mod flow;
mod flows;
mod grouping;
mod join;
mod lanes;
mod leaf;
mod moment;
mod months;
mod names;
mod opens;
mod options;
mod origin;
mod pending;
mod place;
mod readings;
mod reckoning;
mod reject;
mod role;
mod run;
mod scan;
mod sum;
mod table;
mod tallier;
mod watch;
mod workdays;

pub use bitmap::Bitmap;
pub use bytes::SnapshotError;
pub use channel::Channel;
pub use columns::{Column, Columns, Flags, Ints, Keys, Moments, TimeUnit};
pub use counts::{Counts, Group, Pending, Received, Resolved};
pub use days::Month;
pub use error::{ChangeError, MergeError, MoveError, TallyError};
pub use facts::{Answers, FactsFromTallyError, UNKNOWN_FIELD};
pub use grouping::{Dimension, Grouping, GroupingError};
pub use options::{Cancelled, Options, RepeatSupplement, Suspension};
pub use reckoning::Reckoning;
pub use reject::{Reason, Reject, Rejects};
pub use role::{Role, RoleError};
pub use run::Run;
pub use sum::{Counted, Tally};
pub use tallier::Tallier;
pub use watch::{Act, Headroom, Threshold, Watch};
pub use workdays::Workdays;
