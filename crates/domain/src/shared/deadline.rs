//! Deadlines: from "N working days after X" to an instant, and whether a deed came in time.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::workdays::{WorkdayCalendar, end_of_work};
use super::zone::business_date;

/// What deadlines are counted by in one estate.
#[derive(Clone, Debug)]
pub struct Clockwork<'a> {
    /// Its calendar.
    pub calendar: &'a WorkdayCalendar,
    /// Its zone.
    pub zone: Tz,
    /// When work ends.
    pub end_of_work: NaiveTime,
}

impl Clockwork<'_> {
    /// The end of work on the `n`-th working day after `instant`, whose day is day 0.
    ///
    /// Day 0 need not be a working day: a complaint of Saturday with three days is due on Wednesday.
    #[must_use]
    pub fn working_days_after(&self, instant: DateTime<Utc>, n: u32) -> DateTime<Utc> {
        let day = self.calendar.add_workdays(business_date(instant, self.zone), n);
        end_of_work(day, self.zone, self.end_of_work)
    }

    /// The end of work on the day of `instant`, or on the next working day when that is a day off.
    #[must_use]
    pub fn end_of_working_day(&self, instant: DateTime<Utc>) -> DateTime<Utc> {
        let day = self.calendar.workday_on_or_after(business_date(instant, self.zone));
        end_of_work(day, self.zone, self.end_of_work)
    }
}

/// How a deed stands to its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Done at or before the deadline.
    InTime,
    /// Done after it, by this much.
    Late(TimeDelta),
    /// Not done, and there is still time.
    Open,
    /// Not done, and overdue by this much.
    Overdue(TimeDelta),
}

/// Compares a deed with its deadline. A deed on the very instant is in time.
#[must_use]
pub fn standing(due: DateTime<Utc>, done: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Standing {
    match done {
        Some(done) if done <= due => Standing::InTime,
        Some(done) => Standing::Late(done - due),
        None if now <= due => Standing::Open,
        None => Standing::Overdue(now - due),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::workdays::DEFAULT_END_OF_WORK;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn rev_6a_five_working_days_end_with_work_on_the_fifth() {
        let calendar = WorkdayCalendar::built_in();
        let clockwork = Clockwork {
            calendar: &calendar,
            zone: chrono_tz::Asia::Shanghai,
            end_of_work: DEFAULT_END_OF_WORK,
        };
        // 23:30 on Tuesday in Shanghai is still Tuesday; the National Day week does not count.
        let received = at("2026-09-29T15:30:00Z");
        assert_eq!(clockwork.working_days_after(received, 0), at("2026-09-29T09:30:00Z"));
        assert_eq!(clockwork.working_days_after(received, 5), at("2026-10-12T09:30:00Z"));
        // 00:30 on Wednesday is Wednesday, although UTC still has Tuesday.
        assert_eq!(
            clockwork.working_days_after(at("2026-09-29T16:30:00Z"), 1),
            at("2026-10-08T09:30:00Z")
        );
        assert_eq!(
            clockwork.end_of_working_day(at("2026-10-03T02:00:00Z")),
            at("2026-10-08T09:30:00Z")
        );
    }

    #[test]
    fn a_deed_on_the_instant_is_in_time() {
        let (due, hour) = (at("2026-03-02T09:30:00Z"), TimeDelta::hours(1));
        assert_eq!(standing(due, Some(due), due + hour), Standing::InTime);
        assert_eq!(standing(due, Some(due + hour), due + hour), Standing::Late(hour));
        assert_eq!(standing(due, None, due), Standing::Open);
        assert_eq!(standing(due, None, due + hour), Standing::Overdue(hour));
    }
}
