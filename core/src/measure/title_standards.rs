//! The share of staff who meet the standards of their title (tỷ lệ đạt chuẩn chức danh).

use time::Date;

use super::exact::{Amount, Extent};
use super::ledger::Ledger;
use super::ledger::TitleRecord;
use super::measurement::Value;
use crate::calendar::Period;

/// The share at the last record of the year, and that record. Unknown where the year has none.
pub(crate) fn title_standards<'l>(ledger: &'l Ledger, year: &Period, as_of: Date) -> (Value, Option<&'l TitleRecord>) {
    match ledger.stocks.titles(year.from().year(), as_of) {
        None => (Value::Unknown, None),
        Some(record) if record.total == 0 => (Value::Nothing, Some(record)),
        Some(record) => {
            let amount = Amount::Share { part: record.meeting, whole: record.total };
            (Value::Within(Extent::exactly(amount)), Some(record))
        }
    }
}
