//! What the rules of the desk are in one estate: its settings, its zone, its working days.

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use wuye_domain::{
    service_desk::{
        orders::{CostLimits, LateRule},
        repairs::{Desk, RepairRequest},
    },
    shared::{
        EstateId, SettingKey, Settings,
        deadline::Clockwork,
        workdays::WorkdayCalendar,
        zone::{business_date, start_of, zone},
    },
};
use wuye_persistence::{Conn, Failure, estates, service_desk::candidates::Moment, settings};

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
    pub async fn of(conn: &mut Conn, estate: EstateId) -> Result<Self, Failure> {
        let settings = settings::load(conn, Some(estate)).await?;
        let zone = zone(&estates::find(conn, estate).await?.time_zone);
        Ok(Self {
            settings,
            zone,
            calendar: WorkdayCalendar::built_in(),
        })
    }

    /// Working days and the end of work.
    pub fn clockwork(&self) -> Clockwork<'_> {
        Clockwork {
            calendar: &self.calendar,
            zone: self.zone,
            end_of_work: self.time(SettingKey::EndOfWorkMinute),
        }
    }

    /// The hours of the desk.
    pub fn desk(&self) -> Desk<'_> {
        Desk {
            clockwork: self.clockwork(),
            start_of_work: self.time(SettingKey::StartOfWorkMinute),
            dispatch_minutes: self.settings.get(SettingKey::DispatchMinutes),
        }
    }

    /// Above which costs somebody decides.
    pub fn cost_limits(&self) -> CostLimits {
        CostLimits {
            approval_fen: self.settings.get(SettingKey::OrderCostLimitFen),
            expense_fen: self.settings.get(SettingKey::ExpenseLimitFen),
        }
    }

    /// How late a device may send.
    pub fn late_rule(&self) -> LateRule {
        LateRule {
            device_hours: self.settings.get(SettingKey::DeviceHours),
            keyed_late_minutes: self.settings.get(SettingKey::KeyedLateMinutes),
        }
    }

    /// How long an overdue order stays with one post.
    pub fn escalation_step(&self) -> TimeDelta {
        TimeDelta::hours(self.settings.get(SettingKey::OrderEscalationHours))
    }

    /// The date of the estate at `at`.
    pub fn date(&self, at: DateTime<Utc>) -> chrono::NaiveDate {
        business_date(at, self.zone)
    }

    /// From Monday to Monday around `at`.
    pub fn week(&self, at: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        let date = self.date(at);
        let monday = date - TimeDelta::days(i64::from(date.weekday().num_days_from_monday()));
        (
            start_of(monday, self.zone),
            start_of(monday + TimeDelta::days(7), self.zone),
        )
    }

    /// When a request is to be worked on: at its appointment, or now.
    pub fn moment(&self, request: &RepairRequest, now: DateTime<Utc>) -> Moment {
        let at = request.appointment.map_or(now, |time| time.from.max(now));
        Moment {
            at,
            date: self.date(at),
            week: self.week(now).0,
        }
    }

    /// An instant as people here read it.
    pub fn local(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%m-%d %H:%M").to_string()
    }

    fn time(&self, key: SettingKey) -> NaiveTime {
        let minutes = u32::try_from(self.settings.get(key)).unwrap_or(0);
        NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).unwrap_or(NaiveTime::MIN)
    }
}
