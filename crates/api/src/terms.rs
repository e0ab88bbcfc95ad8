//! What rules are measured by in one estate: its settings, its zone, its working days.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use wuye_domain::shared::{
    EstateId, SettingKey, Settings,
    deadline::Clockwork,
    workdays::WorkdayCalendar,
    zone::{business_date, start_of},
};
use wuye_persistence::{Conn, Failure, calendar, settings};

/// The terms of one estate.
pub struct Terms {
    /// Its settings.
    pub settings: Settings,
    /// Its zone.
    pub zone: Tz,
    calendar: WorkdayCalendar,
}

impl Terms {
    /// Reads them.
    ///
    /// # Errors
    /// `not_found` for an estate that is not there.
    pub async fn of(conn: &Conn, estate: EstateId) -> Result<Self, Failure> {
        let (settings, (zone, calendar)) =
            tokio::try_join!(settings::load(conn, Some(estate)), calendar::of_estate(conn, estate))?;
        Ok(Self {
            settings,
            zone,
            calendar,
        })
    }

    /// Working days and the end of work.
    #[must_use]
    pub fn clockwork(&self) -> Clockwork<'_> {
        Clockwork {
            calendar: &self.calendar,
            zone: self.zone,
            end_of_work: self.time(SettingKey::EndOfWorkMinute),
        }
    }

    /// The date of the estate at `at`.
    #[must_use]
    pub fn date(&self, at: DateTime<Utc>) -> NaiveDate {
        business_date(at, self.zone)
    }

    /// From Monday to Monday around `at`.
    #[must_use]
    pub fn week(&self, at: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        let date = self.date(at);
        let monday = date - TimeDelta::days(i64::from(date.weekday().num_days_from_monday()));
        (
            start_of(monday, self.zone),
            start_of(monday + TimeDelta::days(7), self.zone),
        )
    }

    /// An instant as people here read it.
    #[must_use]
    pub fn local(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%m-%d %H:%M").to_string()
    }

    /// A setting in minutes after midnight as a time of day.
    #[must_use]
    pub fn time(&self, key: SettingKey) -> NaiveTime {
        let minutes = u32::try_from(self.settings.get(key)).unwrap_or(0);
        NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).unwrap_or(NaiveTime::MIN)
    }
}
