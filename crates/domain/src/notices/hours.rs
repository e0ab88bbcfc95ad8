//! Quiet hours (免打扰) and the digest of the morning: when what is told may leave the product.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use crate::shared::zone::business_date;

/// How long after its time a digest is still worth sending: a server that was down in the morning.
const LATE: TimeDelta = TimeDelta::hours(2);
/// How long after the quiet hours what was held waits for the digest; for a later one it is not kept back.
const GATHER: TimeDelta = TimeDelta::hours(2);

/// When somebody is not to be disturbed, and when their digest comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// First minute of the quiet hours, after midnight.
    pub from: u32,
    /// First minute after them; the same as `from` where there are none.
    pub until: u32,
    /// The minute of the digest.
    pub digest: u32,
    /// Whether they want one.
    pub digests: bool,
    /// Where these minutes are read.
    pub zone: Tz,
}

/// What becomes of a message at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// It may go at once.
    Now,
    /// It is held until then.
    Held(DateTime<Utc>),
}

impl Hours {
    /// Whether a message may go at `at`.
    #[must_use]
    pub fn passage(&self, at: DateTime<Utc>, urgent: bool) -> Passage {
        if urgent || !self.quiet(at) {
            return Passage::Now;
        }
        let end = self.end_after(at);
        let digest = self.digest_at(business_date(end, self.zone));
        let gathered = self.digests && (end..=end + GATHER).contains(&digest);
        Passage::Held(if gathered { digest } else { end })
    }

    /// Whether the quiet hours run at `at`.
    #[must_use]
    pub fn quiet(&self, at: DateTime<Utc>) -> bool {
        let minute = at.with_timezone(&self.zone).num_seconds_from_midnight() / 60;
        if self.from <= self.until {
            (self.from..self.until).contains(&minute)
        } else {
            minute >= self.from || minute < self.until
        }
    }

    /// The day whose digest is due at `now`, if it is: from its time on, for some hours, and not while it is quiet.
    #[must_use]
    pub fn digest_due(&self, now: DateTime<Utc>) -> Option<NaiveDate> {
        let today = business_date(now, self.zone);
        let at = self.digest_at(today);
        (self.digests && at <= now && now < at + LATE && !self.quiet(now)).then_some(today)
    }

    /// When the digest of a day goes; one that falls into the quiet hours goes at their end on that day.
    fn digest_at(&self, day: NaiveDate) -> DateTime<Utc> {
        let at = self.instant(day, self.digest);
        if self.quiet(at) {
            self.instant(day, self.until)
        } else {
            at
        }
    }

    /// The next end of the quiet hours after `at`.
    fn end_after(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let today = business_date(at, self.zone);
        let days = std::iter::successors(Some(today), NaiveDate::succ_opt).take(3);
        let mut ends = days.map(|day| self.instant(day, self.until));
        ends.find(|end| *end > at).unwrap_or(at)
    }

    /// The instant at which clocks show this minute of a day; the first later one where clocks jump over it.
    fn instant(&self, day: NaiveDate, minute: u32) -> DateTime<Utc> {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or(NaiveTime::MIN);
        let local = day.and_time(time);
        let found = [0, 1, 2].into_iter().find_map(|hours| {
            let shifted = local + TimeDelta::hours(hours);
            self.zone.from_local_datetime(&shifted).earliest()
        });
        found.map_or_else(|| Utc.from_utc_datetime(&local), |instant| instant.with_timezone(&Utc))
    }
}

#[cfg(test)]
#[path = "hours_tests.rs"]
mod tests;
