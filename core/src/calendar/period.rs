//! Inclusive ranges of days, and the periods that plans and reports speak of.

use super::date::{Date, iso, parse_iso};
use crate::input::{Members, Object, Show, Shown};
use serde::de::Error as _;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use time::{Duration, Month};

/// How many years a phase (giai đoạn) of Vietnamese planning has: 2021-2025, 2026-2030.
const PHASE_YEARS: i32 = 5;

/// A range of days, both ends included (khoảng thời gian, kỳ).
///
/// Ordered by first day, then by last day. Serialised as `{"from": "2024-01-01", "to": "2024-12-31"}`.
///
/// ```
/// use caicach::calendar::{Period, PeriodKind};
/// let half = Period::half(2021, 1).unwrap();
/// assert_eq!(half.to_string(), "2021-01-01/2021-06-30");
/// assert_eq!((half.days(), half.kind()), (181, PeriodKind::HalfYear));
/// assert!(Period::year(2021).unwrap().covers(&half));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    from: Date,
    to: Date,
}

/// Why two days are not a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PeriodError {
    /// The first day is after the last.
    #[error("`from` {} is after `to` {}", iso(*from), iso(*to))]
    Reversed {
        /// The day given as the first.
        from: Date,
        /// The day given as the last.
        to: Date,
    },
}

/// What kind of period a range of days is (loại kỳ).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PeriodKind {
    /// A calendar year (năm).
    Year,
    /// January to September (9 tháng đầu năm).
    NineMonths,
    /// January to June or July to December (6 tháng đầu năm, 6 tháng cuối năm).
    HalfYear,
    /// A calendar quarter (quý).
    Quarter,
    /// A calendar month (tháng).
    Month,
    /// Monday to Sunday (tuần).
    Week,
    /// Several whole calendar years (giai đoạn).
    Phase,
    /// Anything else.
    Other,
}

/// Periods that follow each other without gaps and divide time (bước chia kỳ).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// Monday to Sunday (tuần).
    Week,
    /// Calendar months (tháng).
    Month,
    /// Calendar quarters (quý).
    Quarter,
    /// January to June, July to December (nửa năm).
    HalfYear,
    /// Calendar years (năm).
    Year,
    /// The five-year phases of state planning (giai đoạn 5 năm): 2021-2025, 2026-2030.
    Phase,
}

impl Step {
    /// The one period of this length that holds the date; `None` only where the calendar itself ends (year 9999).
    #[must_use]
    pub fn holding(self, date: Date) -> Option<Period> {
        let (year, month) = (date.year(), u8::from(date.month()));
        match self {
            Self::Week => Some(Period::week(date)),
            Self::Month => Period::month(year, month),
            Self::Quarter => Period::quarter(year, month.div_ceil(3)),
            Self::HalfYear => Period::half(year, month.div_ceil(6)),
            Self::Year => Period::year(year),
            // Phases begin in years that end in 1 and 6.
            Self::Phase => Period::phase(year - (year - 1).rem_euclid(PHASE_YEARS)),
        }
    }
}

impl Period {
    /// The days from `from` to `to`, both included.
    ///
    /// # Errors
    /// [`PeriodError::Reversed`] if `from` is after `to`.
    pub fn new(from: Date, to: Date) -> Result<Self, PeriodError> {
        if from <= to { Ok(Self { from, to }) } else { Err(PeriodError::Reversed { from, to }) }
    }

    /// One day (ngày).
    #[must_use]
    pub const fn day(date: Date) -> Self {
        Self { from: date, to: date }
    }

    /// A calendar year (năm).
    #[must_use]
    pub fn year(year: i32) -> Option<Self> {
        Self::months(year, 1, 12)
    }

    /// The first or second half (1, 2) of a year (6 tháng đầu năm, 6 tháng cuối năm).
    #[must_use]
    pub fn half(year: i32, half: u8) -> Option<Self> {
        Self::part(year, half, 6)
    }

    /// January to September (9 tháng đầu năm).
    #[must_use]
    pub fn nine_months(year: i32) -> Option<Self> {
        Self::months(year, 1, 9)
    }

    /// A quarter, 1 to 4 (quý).
    #[must_use]
    pub fn quarter(year: i32, quarter: u8) -> Option<Self> {
        Self::part(year, quarter, 3)
    }

    /// A month, 1 to 12 (tháng).
    #[must_use]
    pub fn month(year: i32, month: u8) -> Option<Self> {
        Self::part(year, month, 1)
    }

    /// The week, Monday to Sunday, that holds the date (tuần, ISO 8601).
    #[must_use]
    pub fn week(date: Date) -> Self {
        let since_monday = i64::from(date.weekday().number_days_from_monday());
        let from = date.saturating_sub(Duration::days(since_monday));
        Self { from, to: from.saturating_add(Duration::days(6)) }
    }

    /// Five whole years from the given one on (giai đoạn 5 năm).
    #[must_use]
    pub fn phase(first_year: i32) -> Option<Self> {
        Self::years(first_year, first_year.checked_add(PHASE_YEARS - 1)?)
    }

    /// Whole calendar years from the first to the last, both included.
    #[must_use]
    pub fn years(first: i32, last: i32) -> Option<Self> {
        Self::new(Self::year(first)?.from, Self::year(last)?.to).ok()
    }

    /// The first day (từ ngày).
    #[must_use]
    pub const fn from(&self) -> Date {
        self.from
    }

    /// The last day, which belongs to the period (đến ngày).
    #[must_use]
    pub const fn to(&self) -> Date {
        self.to
    }

    /// How many days (số ngày), at least 1.
    #[must_use]
    pub fn days(&self) -> u32 {
        let days = self.to.to_julian_day().saturating_sub(self.from.to_julian_day());
        u32::try_from(days).unwrap_or(0).saturating_add(1)
    }

    /// Whether the date lies in the period.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }

    /// Whether every day of it lies in one of some periods.
    pub(crate) fn covered_by(&self, periods: impl Iterator<Item = Period> + Clone) -> bool {
        let mut from = Some(self.from());
        while let Some(day) = from {
            let holding = periods.clone().filter(|period| period.contains(day));
            match holding.map(|period| period.to()).max() {
                None => return false,
                Some(reach) if reach >= self.to() => return true,
                Some(reach) => from = reach.next_day(),
            }
        }
        false
    }

    /// Whether every day of the other period lies in this one.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// Whether the two have a day in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// The days that the two have in common.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        Self::new(self.from.max(other.from), self.to.min(other.to)).ok()
    }

    /// The year, if this is exactly one calendar year.
    #[must_use]
    pub fn is_year(&self) -> Option<i32> {
        let year = self.from.year();
        (Self::year(year) == Some(*self)).then_some(year)
    }

    /// What kind of period this is.
    #[must_use]
    pub fn kind(&self) -> PeriodKind {
        let is = |step: Step| step.holding(self.from) == Some(*self);
        let year = self.from.year();
        if is(Step::Year) {
            PeriodKind::Year
        } else if is(Step::HalfYear) {
            PeriodKind::HalfYear
        } else if Self::nine_months(year) == Some(*self) {
            PeriodKind::NineMonths
        } else if is(Step::Quarter) {
            PeriodKind::Quarter
        } else if is(Step::Month) {
            PeriodKind::Month
        } else if Self::years(year, self.to.year()) == Some(*self) {
            PeriodKind::Phase
        } else if is(Step::Week) {
            PeriodKind::Week
        } else {
            PeriodKind::Other
        }
    }

    /// All periods of one length that have a day in this one, whole, in order: the quarters that touch a range.
    ///
    /// ```
    /// use caicach::calendar::{Period, Step, parse_iso};
    /// let span = Period::new(parse_iso("2023-01-13").unwrap(), parse_iso("2025-12-31").unwrap()).unwrap();
    /// assert_eq!(span.touched(Step::Year).count(), 3);
    /// assert_eq!(span.whole(Step::Year).count(), 2);
    /// ```
    pub fn touched(&self, step: Step) -> impl Iterator<Item = Self> + use<> {
        let range = *self;
        let next = move |period: &Self| step.holding(period.to.next_day()?);
        std::iter::successors(step.holding(range.from), next).take_while(move |period| period.from <= range.to)
    }

    /// All periods of one length that lie wholly in this one, in order.
    pub fn whole(&self, step: Step) -> impl Iterator<Item = Self> + use<> {
        let range = *self;
        self.touched(step).filter(move |period| range.covers(period))
    }

    /// The `index`-th part (from 1) of a year cut into parts of `length` months.
    fn part(year: i32, index: u8, length: u8) -> Option<Self> {
        let last = index.checked_mul(length)?;
        Self::months(year, last.checked_sub(length)? + 1, last)
    }

    /// From the first day of one month to the last day of another of the same year.
    fn months(year: i32, first: u8, last: u8) -> Option<Self> {
        let (first, last) = (Month::try_from(first).ok()?, Month::try_from(last).ok()?);
        let from = Date::from_calendar_date(year, first, 1).ok()?;
        let to = Date::from_calendar_date(year, last, last.length(year)).ok()?;
        Self::new(from, to).ok()
    }
}

/// The periods on which administrative-reform reports are due (báo cáo định kỳ cải cách hành chính): first quarter, first
/// half, first nine months, whole year.
#[must_use]
pub fn reporting_periods(year: i32) -> Option<[Period; 4]> {
    Some([Period::quarter(year, 1)?, Period::half(year, 1)?, Period::nine_months(year)?, Period::year(year)?])
}

/// `2024-01-01/2024-12-31`, an ISO 8601 interval; for people there is [`Period::name`].
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", iso(self.from), iso(self.to))
    }
}

impl Object for Period {
    fn members(&self, to: &mut Members<'_>) {
        to.add("from", &self.from);
        to.add("to", &self.to);
    }
}

impl Show for Period {
    fn shown(&self) -> Shown<'_> {
        Shown::Object(self)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Period", 2)?;
        fields.serialize_field("from", &iso(self.from))?;
        fields.serialize_field("to", &iso(self.to))?;
        fields.end()
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Ends {
            from: String,
            to: String,
        }
        let ends = Ends::deserialize(deserializer)?;
        let from = parse_iso(&ends.from).map_err(D::Error::custom)?;
        let to = parse_iso(&ends.to).map_err(D::Error::custom)?;
        Self::new(from, to).map_err(D::Error::custom)
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::{Date, Month, Period, PeriodKind, Step, reporting_periods};
    use crate::calendar::parse_iso;

    fn period(text: &str) -> Period {
        let (from, to) = text.split_once('/').expect("two days");
        Period::new(parse_iso(from).expect("a date"), parse_iso(to).expect("a date")).expect("a period")
    }

    #[track_caller]
    fn is(made: Option<Period>, text: &str, kind: PeriodKind) {
        let made = made.expect("a period");
        assert_eq!((made.to_string().as_str(), made.kind()), (text, kind));
    }

    #[test]
    fn periods_are_made_and_known_again() {
        is(Period::year(2024), "2024-01-01/2024-12-31", PeriodKind::Year);
        is(Period::half(2021, 1), "2021-01-01/2021-06-30", PeriodKind::HalfYear);
        is(Period::half(2021, 2), "2021-07-01/2021-12-31", PeriodKind::HalfYear);
        is(Period::nine_months(2023), "2023-01-01/2023-09-30", PeriodKind::NineMonths);
        is(Period::quarter(2024, 1), "2024-01-01/2024-03-31", PeriodKind::Quarter);
        is(Period::quarter(2024, 4), "2024-10-01/2024-12-31", PeriodKind::Quarter);
        is(Period::month(2024, 2), "2024-02-01/2024-02-29", PeriodKind::Month);
        is(Period::phase(2021), "2021-01-01/2025-12-31", PeriodKind::Phase);
        is(Period::years(2023, 2026), "2023-01-01/2026-12-31", PeriodKind::Phase);
        is(Some(period("2024-09-30/2024-10-06")), "2024-09-30/2024-10-06", PeriodKind::Week);
        is(Some(period("2019-01-01/2019-10-31")), "2019-01-01/2019-10-31", PeriodKind::Other);
        is(Some(period("2019-07-01/2020-06-30")), "2019-07-01/2020-06-30", PeriodKind::Other);
    }

    #[test]
    fn what_does_not_exist_is_none() {
        for none in [
            Period::quarter(2024, 0),
            Period::quarter(2024, 5),
            Period::quarter(2024, 255),
            Period::month(2024, 0),
            Period::month(2024, 13),
            Period::half(2024, 3),
            Period::year(10_000),
            Period::phase(9997),
            Period::phase(i32::MAX),
            Period::years(2026, 2023),
        ] {
            assert_eq!(none, None);
        }
    }

    #[test]
    fn a_reversed_period_is_refused() {
        let (a, b) = (parse_iso("2024-02-01").expect("a date"), parse_iso("2024-01-01").expect("a date"));
        let error = Period::new(a, b).expect_err("reversed");
        assert_eq!(error.to_string(), "`from` 2024-02-01 is after `to` 2024-01-01");
        assert_eq!(Period::new(a, a).map(|p| p.days()), Ok(1));
    }

    #[test]
    fn weeks_run_from_monday_to_sunday() {
        for day in ["2024-12-30", "2025-01-01", "2025-01-05"] {
            let week = Period::week(parse_iso(day).expect("a date"));
            assert_eq!(week.to_string(), "2024-12-30/2025-01-05");
        }
        assert!(Period::week(Date::MAX).contains(Date::MAX));
        assert!(Period::week(Date::MIN).contains(Date::MIN));
    }

    #[test]
    fn relations_between_periods() {
        let (year, half) = (period("2024-01-01/2024-12-31"), period("2024-01-01/2024-06-30"));
        let across = period("2023-12-01/2024-01-01");
        assert!(year.covers(&half) && !half.covers(&year) && year.covers(&year));
        assert!(year.overlaps(&across) && across.overlaps(&half));
        assert_eq!(year.intersection(&across), Some(period("2024-01-01/2024-01-01")));
        assert_eq!(across.intersection(&period("2024-01-02/2024-01-03")), None);
        assert!(!across.overlaps(&period("2024-01-02/2024-01-03")));
        assert!(half.contains(half.from()) && half.contains(half.to()));
        assert_eq!((year.days(), half.days()), (366, 182));
        assert_eq!((year.is_year(), half.is_year()), (Some(2024), None));
        assert!(across < half && half < year);
    }

    #[test]
    fn ranges_are_cut_into_steps() {
        let span = period("2023-01-13/2025-12-31");
        let count = |step| (span.touched(step).count(), span.whole(step).count());
        assert_eq!(count(Step::Year), (3, 2));
        assert_eq!(count(Step::HalfYear), (6, 5));
        assert_eq!(count(Step::Quarter), (12, 11));
        assert_eq!(count(Step::Month), (36, 35));
        assert_eq!(count(Step::Phase), (1, 0));
        assert_eq!(span.whole(Step::Month).next(), Period::month(2023, 2));
        assert_eq!(period("2021-01-01/2030-12-31").whole(Step::Phase).count(), 2);
        assert_eq!(period("2020-12-31/2026-01-01").touched(Step::Phase).count(), 3);
        let weeks: Vec<_> = period("2024-12-31/2025-01-06").touched(Step::Week).collect();
        assert_eq!(weeks, [period("2024-12-30/2025-01-05"), period("2025-01-06/2025-01-12")]);
    }

    #[test]
    fn steps_follow_each_other_without_gaps() {
        let span = period("2019-05-17/2031-03-02");
        for step in [Step::Week, Step::Month, Step::Quarter, Step::HalfYear, Step::Year, Step::Phase] {
            let parts: Vec<_> = span.touched(step).collect();
            assert!(parts.windows(2).all(|w| w[0].to().next_day() == Some(w[1].from())), "{step:?}");
            assert!(parts[0].contains(span.from()) && parts[parts.len() - 1].contains(span.to()));
        }
        let end = Period::day(Date::MAX);
        assert_eq!(end.touched(Step::Month).count(), 1);
        assert_eq!(end.touched(Step::Phase).count(), 0);
        assert_eq!(Date::MAX.month(), Month::December);
    }

    #[test]
    fn reports_are_due_on_four_periods() {
        let names: Vec<_> = reporting_periods(2024).expect("a year").iter().map(Period::kind).collect();
        assert_eq!(names, [PeriodKind::Quarter, PeriodKind::HalfYear, PeriodKind::NineMonths, PeriodKind::Year]);
        assert_eq!(reporting_periods(20_000), None);
    }

    #[test]
    fn json_has_both_ends() {
        let json = serde_json::to_string(&Period::year(2024)).expect("json");
        assert_eq!(json, r#"{"from":"2024-01-01","to":"2024-12-31"}"#);
        assert_eq!(serde_json::from_str::<Period>(&json).ok(), Period::year(2024));
        for bad in [
            r#"{"from":"2024-02-01","to":"2024-01-01"}"#,
            r#"{"from":"2024-02-30","to":"2024-03-01"}"#,
            r#"{"from":"2024-02-01","to":"2024-03-01","x":1}"#,
        ] {
            assert!(serde_json::from_str::<Period>(bad).is_err(), "{bad}");
        }
    }
}
