//! Working days: statutory holidays, make-up workdays, and what an estate has entered itself.
//!
//! Every deadline of the manual counts by this calendar. "N working days after X" takes the day of X as day 0, whatever
//! kind of day it is (capabilities.md, conventions).

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use crate::code_enum;

use super::Text;
use super::holidays::{Festival, MonthDay, YEARS};

/// 17:30, when the estate has set nothing else.
pub const DEFAULT_END_OF_WORK: NaiveTime = match NaiveTime::from_hms_opt(17, 30, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// No search for a working day looks further than this many days; no row of days off is as long.
const FURTHEST: u64 = 400;

code_enum! {
    /// What kind of day it is.
    pub enum DayKind {
        /// Monday to Friday, worked.
        Workday = "workday",
        /// A Saturday or Sunday that is worked in place of another day.
        MakeUpWorkday = "make_up_workday",
        /// A Saturday or Sunday.
        Weekend = "weekend",
        /// A day off by a festival's notice, or by the estate's own entry.
        Holiday = "holiday",
    }
}

impl DayKind {
    /// The word people read.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Workday => Text::new("工作日", "working day"),
            Self::MakeUpWorkday => Text::new("补班", "make-up workday"),
            Self::Weekend => Text::new("周末", "weekend"),
            Self::Holiday => Text::new("放假", "holiday"),
        }
    }

    /// Whether the centre's office works.
    #[must_use]
    pub const fn is_worked(self) -> bool {
        matches!(self, Self::Workday | Self::MakeUpWorkday)
    }
}

/// The calendar of one estate: the built-in years and what it has entered over them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkdayCalendar {
    overrides: BTreeMap<NaiveDate, (DayKind, String)>,
}

impl WorkdayCalendar {
    /// The built-in calendar alone.
    #[must_use]
    pub fn built_in() -> Self {
        Self::default()
    }

    /// With an estate's own days, which go before the built-in ones.
    #[must_use]
    pub fn with_overrides(overrides: impl IntoIterator<Item = (NaiveDate, DayKind)>) -> Self {
        let mut calendar = Self::default();
        for (date, kind) in overrides {
            calendar.set(date, kind, String::new());
        }
        calendar
    }

    /// Enters one day over what stood there before, with what it is called.
    pub fn set(&mut self, date: NaiveDate, kind: DayKind, name: String) {
        self.overrides.insert(date, (kind, name));
    }

    /// Whether the holidays of this year are known; where not, only weekends are off and a screen should warn.
    #[must_use]
    pub fn known(&self, year: i32) -> bool {
        YEARS.iter().any(|y| y.year == year) || self.overrides.keys().any(|d| d.year() == year)
    }

    /// What kind of day this is.
    #[must_use]
    pub fn kind(&self, date: NaiveDate) -> DayKind {
        if let Some((kind, _)) = self.overrides.get(&date) {
            return *kind;
        }
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        match YEARS.iter().find(|y| y.year == date.year()) {
            Some(year) if year.worked.contains(&month_day(date)) => DayKind::MakeUpWorkday,
            Some(_) if festival(date).is_some() => DayKind::Holiday,
            _ if weekend => DayKind::Weekend,
            _ => DayKind::Workday,
        }
    }

    /// The festival this day is off for, by the built-in calendar.
    #[must_use]
    pub fn festival(&self, date: NaiveDate) -> Option<Festival> {
        festival(date).filter(|_| self.kind(date) == DayKind::Holiday)
    }

    /// What a holiday is called, as it was entered or by its festival; `None` for a day that is none.
    #[must_use]
    pub fn holiday(&self, date: NaiveDate) -> Option<Text> {
        if self.kind(date) != DayKind::Holiday {
            return None;
        }
        let entered = self
            .overrides
            .get(&date)
            .map(|(_, name)| name)
            .filter(|name| !name.is_empty());
        Some(match (entered, festival(date)) {
            (Some(name), _) => Text::of(name.clone(), name.clone()),
            (None, Some(festival)) => festival.title(),
            (None, None) => DayKind::Holiday.title(),
        })
    }

    /// Whether the centre's office works on this day.
    #[must_use]
    pub fn is_workday(&self, date: NaiveDate) -> bool {
        self.kind(date).is_worked()
    }

    /// The `n`-th working day after `date`, which is day 0; `add_workdays(date, 0)` is `date` itself.
    #[must_use]
    pub fn add_workdays(&self, date: NaiveDate, n: u32) -> NaiveDate {
        (0..n).fold(date, |day, _| self.workday_from(next(day), next))
    }

    /// The `n`-th working day before `date`, which is day 0.
    #[must_use]
    pub fn sub_workdays(&self, date: NaiveDate, n: u32) -> NaiveDate {
        (0..n).fold(date, |day, _| self.workday_from(previous(day), previous))
    }

    /// This day if it is worked, else the next that is.
    #[must_use]
    pub fn workday_on_or_after(&self, date: NaiveDate) -> NaiveDate {
        self.workday_from(date, next)
    }

    /// This day if it is worked, else the last one before that is.
    #[must_use]
    pub fn workday_on_or_before(&self, date: NaiveDate) -> NaiveDate {
        self.workday_from(date, previous)
    }

    /// Working days in `[from, until)`.
    #[must_use]
    pub fn workdays_between(&self, from: NaiveDate, until: NaiveDate) -> u32 {
        from.iter_days()
            .take_while(|d| *d < until)
            .map(|d| u32::from(self.is_workday(d)))
            .sum()
    }

    /// The first working day of the week (Monday to Sunday) of `date`; `None` for a week that is off altogether.
    #[must_use]
    pub fn first_workday_of_week(&self, date: NaiveDate) -> Option<NaiveDate> {
        week(date).find(|d| self.is_workday(*d))
    }

    /// The last working day of the week (Monday to Sunday) of `date`; `None` for a week that is off altogether.
    #[must_use]
    pub fn last_workday_of_week(&self, date: NaiveDate) -> Option<NaiveDate> {
        week(date).filter(|d| self.is_workday(*d)).last()
    }

    /// The first working day of the month of `date`.
    #[must_use]
    pub fn first_workday_of_month(&self, date: NaiveDate) -> NaiveDate {
        self.workday_on_or_after(date.with_day(1).unwrap_or(date))
    }

    /// The last working day of the month of `date`.
    #[must_use]
    pub fn last_workday_of_month(&self, date: NaiveDate) -> NaiveDate {
        self.workday_on_or_before(last_day_of_month(date))
    }

    /// The first working day found walking from `date`.
    fn workday_from(&self, date: NaiveDate, step: fn(NaiveDate) -> NaiveDate) -> NaiveDate {
        let mut day = date;
        for _ in 0..FURTHEST {
            if self.is_workday(day) {
                return day;
            }
            day = step(day);
        }
        // Only an estate that has entered more than a year of days off comes here; the day asked for is then as good.
        date
    }
}

/// The last day of the month of `date`.
#[must_use]
pub fn last_day_of_month(date: NaiveDate) -> NaiveDate {
    (28..=31).rev().find_map(|d| date.with_day(d)).unwrap_or(date)
}

/// The instant at which work ends on `date` ("before leaving"), by the estate's clock.
///
/// Where the clock skips that time (a change to summer time), the first instant after the gap.
#[must_use]
pub fn end_of_work(date: NaiveDate, zone: Tz, time: NaiveTime) -> DateTime<Utc> {
    let mut local = date.and_time(time);
    loop {
        if let Some(instant) = zone.from_local_datetime(&local).earliest() {
            return instant.with_timezone(&Utc);
        }
        local += chrono::TimeDelta::minutes(1);
    }
}

fn festival(date: NaiveDate) -> Option<Festival> {
    let day = month_day(date);
    let year = YEARS.iter().find(|y| y.year == date.year())?;
    year.off
        .iter()
        .find(|(_, from, to)| (*from..=*to).contains(&day))
        .map(|(festival, ..)| *festival)
}

fn month_day(date: NaiveDate) -> MonthDay {
    (date.month(), date.day())
}

fn week(date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let monday = date - Days::new(u64::from(date.weekday().num_days_from_monday()));
    monday.iter_days().take(7)
}

fn next(date: NaiveDate) -> NaiveDate {
    date.succ_opt().unwrap_or(date)
}

fn previous(date: NaiveDate) -> NaiveDate {
    date.pred_opt().unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Asia::Shanghai;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_days_of_2026_as_its_notice_names_them() {
        let calendar = WorkdayCalendar::built_in();
        for (date, kind) in [
            ("2026-01-01", DayKind::Holiday),
            ("2026-01-04", DayKind::MakeUpWorkday), // a Sunday
            ("2026-02-14", DayKind::MakeUpWorkday),
            ("2026-02-15", DayKind::Holiday),
            ("2026-02-23", DayKind::Holiday),
            ("2026-02-24", DayKind::Workday),
            ("2026-02-28", DayKind::MakeUpWorkday),
            ("2026-03-01", DayKind::Weekend),
            ("2026-09-20", DayKind::MakeUpWorkday),
            ("2026-10-07", DayKind::Holiday),
            ("2026-10-08", DayKind::Workday),
        ] {
            assert_eq!(calendar.kind(day(date)), kind, "{date}");
        }
        assert_eq!(calendar.festival(day("2026-06-19")), Some(Festival::DragonBoat));
        assert_eq!(calendar.festival(day("2026-06-22")), None);
    }

    /// Statutory arithmetic, independent of the table: what is made up by weekends is exactly what was moved.
    #[test]
    fn every_year_has_its_statutory_number_of_days_off() {
        for year in YEARS {
            let first = NaiveDate::from_ymd_opt(year.year, 1, 1).expect("a date");
            let days: Vec<NaiveDate> = first.iter_days().take_while(|d| d.year() == year.year).collect();
            let weekend = |d: &NaiveDate| matches!(d.weekday(), Weekday::Sat | Weekday::Sun);
            let weekdays_off = days.iter().filter(|d| festival(**d).is_some() && !weekend(d)).count();
            let worked = year.worked.len();
            // Eleven days by law until 2024, thirteen since; the 2020 extension gave further ones. A festival on a
            // weekend and days moved across New Year shift the difference by one or two.
            let expected = if year.year >= 2025 { 12..=13 } else { 10..=13 };
            assert!(
                expected.contains(&(weekdays_off - worked)),
                "{}: {weekdays_off} - {worked}",
                year.year
            );
            for (month, d) in year.worked {
                let date = NaiveDate::from_ymd_opt(year.year, *month, *d).expect("a date");
                assert!(weekend(&date) && festival(date).is_none(), "{date}");
            }
        }
    }

    #[test]
    fn day_x_is_day_zero() {
        let calendar = WorkdayCalendar::built_in();
        for (from, n, to) in [
            ("2026-09-18", 0, "2026-09-18"),
            ("2026-09-18", 1, "2026-09-20"), // a Sunday that is worked
            ("2026-09-30", 1, "2026-10-08"),
            ("2026-10-03", 1, "2026-10-08"), // received in the holidays
            ("2026-10-03", 3, "2026-10-10"),
            ("2026-02-13", 5, "2026-02-27"),
        ] {
            assert_eq!(calendar.add_workdays(day(from), n), day(to), "{from} + {n}");
        }
        assert_eq!(calendar.sub_workdays(day("2026-10-08"), 2), day("2026-09-29"));
    }

    #[test]
    fn the_ends_of_weeks_and_months() {
        let calendar = WorkdayCalendar::built_in();
        assert_eq!(
            calendar.last_workday_of_week(day("2026-09-15")),
            Some(day("2026-09-20"))
        );
        assert_eq!(
            calendar.last_workday_of_week(day("2026-09-22")),
            Some(day("2026-09-24"))
        );
        assert_eq!(
            calendar.first_workday_of_week(day("2026-10-08")),
            Some(day("2026-10-08"))
        );
        // A week that is off altogether: the Spring Festival of 2026 covers Monday 16 to Sunday 22 February.
        assert_eq!(calendar.last_workday_of_week(day("2026-02-18")), None);
        assert_eq!(calendar.last_workday_of_month(day("2026-02-10")), day("2026-02-28"));
        assert_eq!(calendar.last_workday_of_month(day("2026-01-31")), day("2026-01-30"));
        assert_eq!(calendar.first_workday_of_month(day("2026-10-20")), day("2026-10-08"));
        assert_eq!(last_day_of_month(day("2024-02-03")), day("2024-02-29"));
    }

    #[test]
    fn a_year_without_a_notice_has_weekends_only_and_says_so() {
        let calendar = WorkdayCalendar::built_in();
        assert!(calendar.known(2026) && !calendar.known(2031));
        assert_eq!(calendar.kind(day("2031-10-01")), DayKind::Workday);
        assert_eq!(calendar.kind(day("2031-10-04")), DayKind::Weekend);
        let entered = WorkdayCalendar::with_overrides([(day("2031-10-01"), DayKind::Holiday)]);
        assert!(entered.known(2031) && !entered.is_workday(day("2031-10-01")));
    }

    #[test]
    fn an_estates_own_day_goes_before_the_built_in_one() {
        let calendar = WorkdayCalendar::with_overrides([(day("2026-10-02"), DayKind::Workday)]);
        assert!(calendar.is_workday(day("2026-10-02")));
        assert_eq!(calendar.festival(day("2026-10-02")), None);
        assert_eq!(calendar.holiday(day("2026-10-02")), None);
        assert_eq!(calendar.add_workdays(day("2026-09-30"), 1), day("2026-10-02"));
    }

    #[test]
    fn a_holiday_has_the_name_it_was_entered_with() {
        let mut calendar = WorkdayCalendar::built_in();
        assert_eq!(calendar.holiday(day("2026-10-02")), Some(Festival::NationalDay.title()));
        calendar.set(day("2026-10-08"), DayKind::Holiday, "司庆".to_owned());
        calendar.set(day("2026-10-09"), DayKind::Holiday, String::new());
        assert_eq!(
            calendar.holiday(day("2026-10-08")).map(|name| name.zh),
            Some("司庆".into())
        );
        assert_eq!(calendar.holiday(day("2026-10-09")), Some(DayKind::Holiday.title()));
    }

    #[test]
    fn work_ends_by_the_clock_of_the_estate() {
        let at = end_of_work(day("2026-03-02"), Shanghai, DEFAULT_END_OF_WORK);
        assert_eq!(at.to_rfc3339(), "2026-03-02T09:30:00+00:00");
        // New York skips 02:30 on 8 March 2026.
        let skipped = NaiveTime::from_hms_opt(2, 30, 0).expect("a time");
        let at = end_of_work(day("2026-03-08"), chrono_tz::America::New_York, skipped);
        assert_eq!(at.to_rfc3339(), "2026-03-08T07:00:00+00:00");
    }

    prop_compose! {
        fn any_day()(offset in 0u64..3000) -> NaiveDate { day("2019-12-01") + Days::new(offset) }
    }

    proptest! {
        #[test]
        fn counting_forward_lands_on_workdays_and_counts_them(date in any_day(), n in 1u32..60) {
            let calendar = WorkdayCalendar::built_in();
            let end = calendar.add_workdays(date, n);
            prop_assert!(calendar.is_workday(end));
            prop_assert_eq!(calendar.workdays_between(next(date), next(end)), n);
            // And back again, to the working day on or before the start.
            prop_assert_eq!(calendar.sub_workdays(end, n), calendar.workday_on_or_before(date));
        }

        #[test]
        fn more_days_never_end_earlier(date in any_day(), n in 0u32..30) {
            let calendar = WorkdayCalendar::built_in();
            prop_assert!(calendar.add_workdays(date, n) < calendar.add_workdays(date, n + 1));
            prop_assert!(calendar.add_workdays(date, n) <= calendar.add_workdays(next(date), n));
        }
    }
}
