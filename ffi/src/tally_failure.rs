//! What can go wrong with a tally, as failures.

use caicach::tally::csv::CsvError;
use caicach::tally::{
    ChangeError, FactsFromTallyError, GroupingError, MergeError, MoveError, RoleError, SnapshotError, TallyError,
};

use crate::error::Failure;

impl From<TallyError> for Failure {
    fn from(error: TallyError) -> Failure {
        let code = match error {
            TallyError::NoColumn { .. } => "no_column",
            TallyError::NoWorkdays => "no_workdays",
            TallyError::Period => "period",
            TallyError::TooManyRejects { .. } => "too_many_rejects",
            _ => "columns",
        };
        Failure::data(code, error.to_string())
    }
}

impl From<RoleError> for Failure {
    fn from(error: RoleError) -> Failure {
        let code = match error {
            RoleError::NoColumn { .. } => "no_column",
            RoleError::TwoColumns { .. } => "two_columns",
            RoleError::UnknownHeading { .. } => "unknown_heading",
            _ => "columns",
        };
        Failure::data(code, error.to_string())
    }
}

impl From<CsvError> for Failure {
    fn from(error: CsvError) -> Failure {
        match error {
            CsvError::Tally(error) => error.into(),
            CsvError::Columns(error) => error.into(),
            CsvError::Read { .. } => Failure::read("", error.to_string()),
            CsvError::Stopped => Failure::stopped(error.to_string()),
            CsvError::NoHeader => Failure::data("no_header", error.to_string()),
            CsvError::CarriageReturns => Failure::data("line_ends", error.to_string()),
            CsvError::HeaderEncoding { .. } | CsvError::Utf16 => Failure::data("encoding", error.to_string()),
            _ => Failure::data("csv", error.to_string()),
        }
    }
}

impl From<MergeError> for Failure {
    fn from(error: MergeError) -> Failure {
        let code = if error == MergeError::Groupings { "groupings" } else { "terms" };
        Failure::terms(code, error.to_string())
    }
}

impl From<ChangeError> for Failure {
    fn from(error: ChangeError) -> Failure {
        match error {
            ChangeError::Merge(error) => error.into(),
            ChangeError::Tally(error) => error.into(),
            _ => Failure::terms("not_there", error.to_string()),
        }
    }
}

impl From<MoveError> for Failure {
    fn from(error: MoveError) -> Failure {
        let code = if error == MoveError::Back { "back" } else { "rows_between" };
        Failure::terms(code, error.to_string())
    }
}

impl From<SnapshotError> for Failure {
    fn from(error: SnapshotError) -> Failure {
        let code = match error {
            SnapshotError::Version { .. } => "version",
            SnapshotError::Checksum => "checksum",
            _ => "not_a_tally",
        };
        Failure::data(code, error.to_string())
    }
}

impl From<GroupingError> for Failure {
    fn from(error: GroupingError) -> Failure {
        Failure::argument("grouping", error.to_string())
    }
}

impl From<FactsFromTallyError> for Failure {
    fn from(error: FactsFromTallyError) -> Failure {
        match error {
            FactsFromTallyError::Facts(error) => error.into(),
            FactsFromTallyError::NoPeriod => Failure::data("no_period", error.to_string()),
            _ => Failure::data("grouping", error.to_string()),
        }
    }
}
