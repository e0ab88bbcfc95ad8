//! Shifts and the roster: from a day and a kind of shift to the hours somebody is on duty.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::shared::zone::start_of;

/// A shift's hours, as minutes after midnight; an end not after the start lies on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShiftHours {
    /// Begin, 0 to 1439.
    pub starts_minute: i32,
    /// End, 0 to 1440.
    pub ends_minute: i32,
}

impl ShiftHours {
    /// The shift on this day: from when until when.
    #[must_use]
    pub fn on(self, day: NaiveDate, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
        let next = day.succ_opt().unwrap_or(day);
        let ends_next_day = self.ends_minute <= self.starts_minute;
        let end_day = if ends_next_day { next } else { day };
        (
            start_of(day, zone) + TimeDelta::minutes(self.starts_minute.into()),
            start_of(end_day, zone) + TimeDelta::minutes(self.ends_minute.into()),
        )
    }

    /// Length in minutes.
    #[must_use]
    pub const fn minutes(self) -> i32 {
        if self.ends_minute <= self.starts_minute {
            self.ends_minute + 1440 - self.starts_minute
        } else {
            self.ends_minute - self.starts_minute
        }
    }
}

/// The Monday of the week that holds `day`.
#[must_use]
pub fn monday(day: NaiveDate) -> NaiveDate {
    use chrono::Datelike;
    day - TimeDelta::days(day.weekday().num_days_from_monday().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::zone::DEFAULT_ZONE;

    #[test]
    fn a_night_shift_ends_on_the_next_day() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let night = ShiftHours {
            starts_minute: 22 * 60,
            ends_minute: 6 * 60,
        };
        let (from, until) = night.on(day, DEFAULT_ZONE);
        assert_eq!((until - from).num_hours(), 8);
        assert_eq!(night.minutes(), 480);
        assert_eq!(from.to_rfc3339(), "2026-03-02T14:00:00+00:00");
    }

    #[test]
    fn a_week_begins_on_monday() {
        let sunday = NaiveDate::from_ymd_opt(2026, 3, 8).expect("a day");
        assert_eq!(monday(sunday).to_string(), "2026-03-02");
    }
}
