//! Counting in working days (ngày làm việc).

use super::date::{Date, epoch_days, from_epoch_days, iso};
use super::half_day::{Half, HalfDay};
use super::holidays::{CalendarError, DayOff, DayOffKind, Decision, HolidayData, MakeUp, NamedHoliday, OptionalDay};
use super::period::Period;
use super::statutory::{self, is_weekend, next_free};
use crate::order::{Map, Set};
use sha2::{Digest, Sha256};
use std::ops::RangeInclusive;
use time::Month;

/// The holiday file that the library carries.
const BUILTIN: &str = include_str!("../../data/holidays-vn.toml");

/// The years in which days can be counted. Day off or not is known (by law alone) of no other year.
const YEARS: RangeInclusive<i32> = 2000..=2100;

/// The working calendar of Vietnamese state bodies (lịch làm việc).
///
/// Weekends are off, holidays and swapped days are off, make-up Saturdays are worked. Years 2023 to 2026 are as decided;
/// the others from 2000 to 2100 are computed from the Labour Code ([`Calendar::is_estimated`]). A calendar is made once
/// and shared: counting is a look-up in a table, however far apart the days are.
///
/// ```
/// use caicach::calendar::{Calendar, iso, parse_iso};
/// let calendar = Calendar::builtin().unwrap();
/// // Received on Friday 26 April 2024, one working day: Monday to Wednesday were off.
/// let due = calendar.add_working_days(parse_iso("2024-04-26").unwrap(), 1);
/// assert_eq!(due.map(iso).as_deref(), Some("2024-05-02"));
/// // The third is Saturday 4 May, worked for Monday 29 April.
/// let due = calendar.add_working_days(parse_iso("2024-04-26").unwrap(), 3);
/// assert_eq!(due.map(iso).as_deref(), Some("2024-05-04"));
/// ```
#[derive(Debug, Clone)]
pub struct Calendar {
    names: Map<String, NamedHoliday>,
    decisions: Map<i32, Decision>,
    optional: Map<String, OptionalDay>,
    switched_on: Set<String>,
    extra: Map<Date, Extra>,
    off: Map<Date, DayOff>,
    worked: Map<Date, MakeUp>,
    table: Table,
}

/// What kind of day a date is (loại ngày).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// A weekday that is worked (ngày làm việc).
    WorkingDay,
    /// A Saturday or Sunday (ngày nghỉ hằng tuần), whether or not a holiday falls on it.
    Weekend,
    /// A holiday, or a day off in its place (ngày nghỉ lễ, nghỉ bù).
    Holiday(&'a DayOff),
    /// A weekend day that is worked (ngày làm bù).
    MakeUp(&'a MakeUp),
}

/// A single day as the user would have it.
#[derive(Debug, Clone)]
enum Extra {
    Off(DayOff),
    Worked(MakeUp),
}

impl Calendar {
    /// The calendar of the built-in file.
    ///
    /// # Errors
    /// None in practice: the file is part of the library and tested with it.
    pub fn builtin() -> Result<Self, CalendarError> {
        let empty = Self {
            names: Map::new(),
            decisions: Map::new(),
            optional: Map::new(),
            switched_on: Set::new(),
            extra: Map::new(),
            off: Map::new(),
            worked: Map::new(),
            table: Table::default(),
        };
        empty.with(HolidayData::from_toml(BUILTIN)?)
    }

    /// This calendar with other data laid over it: whole years replace whole years, single days go before both.
    ///
    /// # Errors
    /// [`CalendarError`] if the data contradict themselves or leave the calendar's years.
    pub fn with(mut self, data: HolidayData) -> Result<Self, CalendarError> {
        data.check_schema()?;
        self.names.extend(data.holiday.into_iter().map(|holiday| (holiday.id.clone(), holiday)));
        for day in data.optional {
            day.check()?;
            self.optional.insert(day.id().to_owned(), day);
        }
        let mut years = Map::new();
        for decision in data.year {
            check_decision(&decision)?;
            let year = decision.year;
            if years.insert(year, decision).is_some() {
                return Err(CalendarError::Twice(year.to_string()));
            }
        }
        self.decisions.extend(years);
        let off = data.day_off.into_iter().map(|day| {
            let (date, kind) = (day.date, DayOffKind::Extra);
            Extra::Off(DayOff { date, kind, vi: day.vi, en: day.en, source: day.source, estimated: false })
        });
        let worked = data
            .working_day
            .into_iter()
            .map(|day| Extra::Worked(MakeUp { date: day.date, instead_of: day.instead_of, source: day.source }));
        let mut extra = Map::new();
        for day in off.chain(worked) {
            let date = day.date();
            check_range(date)?;
            if extra.insert(date, day).is_some() {
                return Err(CalendarError::Twice(iso(date)));
            }
        }
        self.extra.extend(extra);
        self.compile()
    }

    /// This calendar with an optional day switched on, such as `culture_day` (24 November, from 2026, not yet law).
    ///
    /// # Errors
    /// [`CalendarError::UnknownOptional`].
    pub fn with_optional(mut self, id: &str) -> Result<Self, CalendarError> {
        if !self.optional.contains_key(id) {
            return Err(CalendarError::UnknownOptional(id.to_owned()));
        }
        self.switched_on.insert(id.to_owned());
        self.compile()
    }

    /// The days that can be switched on, and whether each is.
    pub fn optional_days(&self) -> impl Iterator<Item = (&OptionalDay, bool)> {
        self.optional.values().map(|day| (day, self.switched_on.contains(day.id())))
    }

    /// SHA-256 over all working days, as `sha256:` and 64 hexadecimal digits: two calendars with one fingerprint count
    /// alike.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest =
            self.table.working.iter().fold(Sha256::new(), |digest, day| digest.chain_update(day.to_le_bytes()));
        digest.finalize().iter().fold(String::from("sha256:"), |text, byte| format!("{text}{byte:02x}"))
    }

    /// The years in which days can be counted.
    #[must_use]
    pub const fn years(&self) -> RangeInclusive<i32> {
        YEARS
    }

    /// What kind of day the date is. Outside [`Calendar::years`] only weekends are known.
    #[must_use]
    pub fn day(&self, date: Date) -> DayKind<'_> {
        if let Some(day) = self.off.get(&date) {
            DayKind::Holiday(day)
        } else if let Some(day) = self.worked.get(&date) {
            DayKind::MakeUp(day)
        } else if is_weekend(date) {
            DayKind::Weekend
        } else {
            DayKind::WorkingDay
        }
    }

    /// Whether the date is worked. Outside [`Calendar::years`] every weekday is.
    #[must_use]
    pub fn is_working(&self, date: Date) -> bool {
        self.table.is_working(date).unwrap_or_else(|| !is_weekend(date))
    }

    /// Whether the days off of a year are computed from the law, its decision being unknown.
    #[must_use]
    pub fn is_estimated(&self, year: i32) -> bool {
        !self.decisions.contains_key(&year)
    }

    /// The days off in a period other than plain weekends, in order.
    pub fn days_off(&self, period: &Period) -> impl Iterator<Item = &DayOff> {
        let within = |(date, _): &(&Date, &DayOff)| **date <= period.to();
        self.off.from(&period.from()).take_while(within).map(|(_, day)| day)
    }

    /// How many working days a period has (số ngày làm việc). Outside [`Calendar::years`] every weekday counts.
    #[must_use]
    pub fn working_days(&self, period: &Period) -> u32 {
        let up_to = |date: Date| self.table.up_to(date);
        let before = period.from().previous_day().and_then(up_to);
        match (before, up_to(period.to())) {
            (Some(before), Some(all)) => all.saturating_sub(before),
            _ => {
                let days = std::iter::successors(Some(period.from()), |day| day.next_day());
                let count = days.take_while(|day| *day <= period.to()).filter(|day| self.is_working(*day)).count();
                u32::try_from(count).unwrap_or(u32::MAX)
            }
        }
    }

    /// The day on which `n` working days end (ngày hết hạn) for something received on `received`.
    ///
    /// The day of receipt is not counted. If it is a day off, the next working day stands for it, so that 0 days give
    /// the first working day on or after it. `None` outside [`Calendar::years`].
    #[must_use]
    pub fn add_working_days(&self, received: Date, n: u32) -> Option<Date> {
        self.table.day_of_rank(self.table.before(received)?.checked_add(n)?)
    }

    /// The half day at whose end `n` half working days end for something received in the given half.
    ///
    /// The half of receipt is not counted: received in the morning, one half ends that afternoon; received in the
    /// afternoon, at noon of the next working day. Received on a day off, the next working day's morning stands for it.
    /// `None` outside [`Calendar::years`].
    ///
    /// ```
    /// use caicach::calendar::{Calendar, HalfDay, parse_iso};
    /// let calendar = Calendar::builtin().unwrap();
    /// let (friday, monday) = (parse_iso("2024-08-16").unwrap(), parse_iso("2024-08-19").unwrap());
    /// let due = |received| calendar.add_half_days(received, 1);
    /// assert_eq!(due(HalfDay::morning(friday)), Some(HalfDay::afternoon(friday)));
    /// assert_eq!(due(HalfDay::afternoon(friday)), Some(HalfDay::morning(monday)));
    /// ```
    #[must_use]
    pub fn add_half_days(&self, received: HalfDay, n: u32) -> Option<HalfDay> {
        let on_working_day = self.table.is_working(received.date)?;
        let afternoon = on_working_day && received.half == Half::Afternoon;
        // Half days from the morning of day 0 on.
        let halves = n.checked_add(u32::from(afternoon))?;
        let date = self.add_working_days(received.date, halves / 2)?;
        Some(if halves % 2 == 0 { HalfDay::morning(date) } else { HalfDay::afternoon(date) })
    }

    /// How many working days passed from receipt to `to`, counted as [`Calendar::add_working_days`] does: the day of
    /// receipt is not counted, `to` is. Negative if `to` comes first, `None` outside [`Calendar::years`].
    #[must_use]
    pub fn working_days_between(&self, from: Date, to: Date) -> Option<i32> {
        if to < from {
            return self.working_days_between(to, from)?.checked_neg();
        }
        // Days up to and including day 0, which is the first working day on or after `from`.
        let day_0 = self.table.before(from)?.checked_add(1)?;
        i32::try_from(self.table.up_to(to)?.saturating_sub(day_0)).ok()
    }

    /// Works out all days off, worked weekends and the table.
    fn compile(mut self) -> Result<Self, CalendarError> {
        self.off.clear();
        self.worked.clear();
        for year in YEARS {
            self.compile_year(year)?;
        }
        for (date, extra) in &self.extra {
            self.off.remove(date);
            self.worked.remove(date);
            match extra {
                Extra::Off(day) => {
                    self.off.insert(*date, day.clone());
                }
                // An ordinary weekday needs no mark to be worked.
                Extra::Worked(day) => {
                    if is_weekend(*date) {
                        self.worked.insert(*date, day.clone());
                    }
                }
            }
        }
        let (off, worked) = (&self.off, &self.worked);
        self.table = Table::new(|day| worked.contains_key(&day) || (!is_weekend(day) && !off.contains_key(&day)));
        Ok(self)
    }

    fn compile_year(&mut self, year: i32) -> Result<(), CalendarError> {
        let mut days = Vec::new();
        if let Some(decision) = self.decisions.get(&year) {
            for day in &decision.off.0 {
                days.push(self.named(day.date, &day.holiday, day.kind.unwrap_or_default(), &decision.source, false)?);
            }
            for day in &decision.worked {
                let source = decision.source.clone();
                self.worked.insert(day.date, MakeUp { date: day.date, instead_of: day.instead_of, source });
            }
        } else {
            for (date, (id, kind)) in statutory::days_off(year) {
                days.push(self.named(date, id, kind, statutory::SOURCE, true)?);
            }
        }
        self.off.extend(days.into_iter().map(|day| (day.date, day)));
        for day in self.switched_on.iter().filter_map(|id| self.optional.get(id)) {
            let Some(date) = day.date_in(year) else { continue };
            let taken = |date: Date| self.off.contains_key(&date);
            let (date, kind) = if is_weekend(date) {
                (next_free(date, taken).unwrap_or(date), DayOffKind::Compensation)
            } else {
                (date, DayOffKind::Holiday)
            };
            self.off.entry(date).or_insert_with(|| day.day_off(date, kind));
        }
        Ok(())
    }

    fn named(
        &self,
        date: Date,
        id: &str,
        kind: DayOffKind,
        source: &str,
        estimated: bool,
    ) -> Result<DayOff, CalendarError> {
        let name = self.names.get(id).ok_or_else(|| CalendarError::UnknownHoliday(id.to_owned()))?;
        Ok(DayOff { date, kind, vi: name.vi.clone(), en: name.en.clone(), source: source.to_owned(), estimated })
    }
}

impl Extra {
    const fn date(&self) -> Date {
        match self {
            Self::Off(day) => day.date,
            Self::Worked(day) => day.date,
        }
    }
}

fn check_range(date: Date) -> Result<(), CalendarError> {
    if YEARS.contains(&date.year()) { Ok(()) } else { Err(CalendarError::OutOfRange(iso(date))) }
}

/// Every date in its year, none twice, weekdays off and weekend days worked.
fn check_decision(decision: &Decision) -> Result<(), CalendarError> {
    let year = decision.year;
    if !YEARS.contains(&year) {
        return Err(CalendarError::OutOfRange(year.to_string()));
    }
    let off = decision.off.0.iter().map(|day| (day.date, false));
    let worked = decision.worked.iter().map(|day| (day.date, true));
    let mut seen = Set::new();
    for (date, worked) in off.chain(worked) {
        if date.year() != year {
            return Err(CalendarError::WrongYear { date: iso(date), year });
        }
        match (is_weekend(date), worked) {
            (true, false) => return Err(CalendarError::WeekendOff(iso(date))),
            (false, true) => return Err(CalendarError::WeekdayWorked(iso(date))),
            _ => {}
        }
        if !seen.insert(date) {
            return Err(CalendarError::Twice(iso(date)));
        }
    }
    Ok(())
}

/// All days of [`YEARS`], so that counting needs no loop: dossiers come by the million.
#[derive(Debug, Clone, Default)]
struct Table {
    /// The day number of the first day.
    first: i32,
    /// For each day, and one past the last, how many working days come before it.
    before: Vec<u32>,
    /// The day numbers of all working days.
    working: Vec<i32>,
}

impl Table {
    fn new(is_working: impl Fn(Date) -> bool) -> Self {
        let first_day = Date::from_calendar_date(*YEARS.start(), Month::January, 1).ok();
        let days = std::iter::successors(first_day, |day| day.next_day()).take_while(|day| YEARS.contains(&day.year()));
        let mut table = Self { first: first_day.map_or(0, epoch_days), before: vec![0], working: Vec::new() };
        let mut count = 0;
        for day in days {
            if is_working(day) {
                table.working.push(epoch_days(day));
                count += 1;
            }
            table.before.push(count);
        }
        table
    }

    /// Where the day stands in the table; `None` outside the years.
    fn index(&self, date: Date) -> Option<usize> {
        let index = usize::try_from(epoch_days(date).checked_sub(self.first)?).ok()?;
        (index + 1 < self.before.len()).then_some(index)
    }

    /// How many working days come before the day.
    fn before(&self, date: Date) -> Option<u32> {
        self.before.get(self.index(date)?).copied()
    }

    /// How many working days there are up to the day, which is counted.
    fn up_to(&self, date: Date) -> Option<u32> {
        self.before.get(self.index(date)? + 1).copied()
    }

    fn is_working(&self, date: Date) -> Option<bool> {
        Some(self.up_to(date)? > self.before(date)?)
    }

    /// The working day that has so many before it.
    fn day_of_rank(&self, rank: u32) -> Option<Date> {
        from_epoch_days(*self.working.get(usize::try_from(rank).ok()?)?)
    }
}

#[cfg(test)]
#[path = "working_tests.rs"]
mod tests;
