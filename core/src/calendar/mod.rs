//! Dates, periods and the working calendar of Vietnamese state bodies.
//!
//! - [`date`]: reading and writing dates; [`Date`] is the `time` crate's;
//! - [`period`]: [`Period`], an inclusive range of days, and the periods that reports speak of: quarter, half-year, nine
//!   months, year, phase; what people call them is [`Period::name`];
//! - [`working`]: [`Calendar`] counts in working days, and in half days ([`half_day`]);
//! - [`holidays`]: days off as data, from official decisions (`data/holidays-vn.toml`) or from the user; years without a
//!   decision are computed from the Labour Code and say so;
//! - [`lunar`]: the Vietnamese lunar calendar, on which Tết and Hùng Kings' day depend.
//!
//! There is no clock here: today is always a parameter.

pub mod date;
pub mod half_day;
pub mod holidays;
pub mod lunar;
mod lunar_table;
mod name;
pub mod period;
mod statutory;
pub mod working;

pub use date::{Date, DateError, epoch_days, from_epoch_days, iso, parse_iso, parse_vietnamese};
pub use half_day::{Half, HalfDay};
pub use holidays::{CalendarError, DayOff, DayOffKind, HolidayData, MakeUp, OptionalDay};
pub use period::{Period, PeriodError, PeriodKind, Step, reporting_periods};
pub use working::{Calendar, DayKind};
