//! When somebody sits at the desk: what can wait is counted from the next start of work.

use chrono::{DateTime, NaiveTime, Utc};

use crate::shared::deadline::Clockwork;
use crate::shared::zone::{business_date, start_of};

/// The hours of the desk in one estate.
#[derive(Clone, Debug)]
pub struct DeskHours<'a> {
    /// Working days and the end of work.
    pub clockwork: Clockwork<'a>,
    /// When work starts.
    pub start_of_work: NaiveTime,
}

impl DeskHours<'_> {
    /// Whether somebody sits there at `at`.
    #[must_use]
    pub fn open(&self, at: DateTime<Utc>) -> bool {
        let local = at.with_timezone(&self.clockwork.zone);
        self.clockwork.calendar.is_workday(local.date_naive())
            && (self.start_of_work..self.clockwork.end_of_work).contains(&local.time())
    }

    /// The first instant from `at` on at which somebody sits there.
    #[must_use]
    pub fn next_open(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        if self.open(at) {
            return at;
        }
        let today = business_date(at, self.clockwork.zone);
        let calendar = self.clockwork.calendar;
        let mut day = calendar.workday_on_or_after(today);
        if self.opens(day) <= at {
            day = calendar.add_workdays(day, 1);
        }
        self.opens(day)
    }

    fn opens(&self, day: chrono::NaiveDate) -> DateTime<Utc> {
        start_of(day, self.clockwork.zone) + self.start_of_work.signed_duration_since(NaiveTime::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::workdays::{DEFAULT_END_OF_WORK, WorkdayCalendar};

    #[test]
    fn the_desk_is_open_in_working_hours_only() {
        let calendar = WorkdayCalendar::built_in();
        let hours = DeskHours {
            clockwork: Clockwork {
                calendar: &calendar,
                zone: chrono_tz::Asia::Shanghai,
                end_of_work: DEFAULT_END_OF_WORK,
            },
            start_of_work: NaiveTime::from_hms_opt(8, 30, 0).expect("a time"),
        };
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        for (instant, open, next) in [
            ("2026-03-09T00:29:59Z", false, "2026-03-09T00:30:00Z"),
            ("2026-03-09T00:30:00Z", true, "2026-03-09T00:30:00Z"),
            ("2026-03-09T09:30:00Z", false, "2026-03-10T00:30:00Z"),
            ("2026-03-08T02:00:00Z", false, "2026-03-09T00:30:00Z"),
        ] {
            assert_eq!(hours.open(at(instant)), open, "{instant}");
            assert_eq!(hours.next_open(at(instant)), at(next), "{instant}");
        }
    }
}
