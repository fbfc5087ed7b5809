//! Half working days (nửa ngày làm việc), in which some procedures count their time limits.

use super::date::Date;
use serde::{Deserialize, Serialize};
use time::Time;

/// A half of a working day (buổi).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Half {
    /// Until noon (buổi sáng).
    Morning,
    /// From noon on (buổi chiều).
    Afternoon,
}

impl Half {
    /// The half in which a time of day lies: before noon, or from noon on. Noon itself is the afternoon's beginning.
    ///
    /// What is handed in after closing time belongs to the afternoon here; whether a body counts it as the next day's
    /// is for its regulations to say.
    #[must_use]
    pub fn of(time: Time) -> Self {
        if time.hour() < 12 { Self::Morning } else { Self::Afternoon }
    }
}

/// A half of a certain day: when something was received, or the half at whose end it is due (thời điểm).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfDay {
    /// The day.
    pub date: Date,
    /// The half of it.
    pub half: Half,
}

impl HalfDay {
    /// The morning of a day.
    #[must_use]
    pub const fn morning(date: Date) -> Self {
        Self { date, half: Half::Morning }
    }

    /// The afternoon of a day.
    #[must_use]
    pub const fn afternoon(date: Date) -> Self {
        Self { date, half: Half::Afternoon }
    }
}

#[cfg(test)]
mod tests {
    use super::Half;
    use time::Time;

    #[test]
    fn noon_begins_the_afternoon() {
        for (hour, minute, half) in [
            (0, 0, Half::Morning),
            (11, 59, Half::Morning),
            (12, 0, Half::Afternoon),
            (13, 0, Half::Afternoon),
            (23, 59, Half::Afternoon),
        ] {
            assert_eq!(Time::from_hms(hour, minute, 0).map(Half::of), Ok(half), "{hour}:{minute}");
        }
    }
}
