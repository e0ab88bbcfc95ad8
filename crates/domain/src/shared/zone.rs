//! Business dates: the day it is at the estate, not at the server.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
pub use chrono_tz::Tz;

/// Where the company keeps its days when an estate names no zone.
pub const DEFAULT_ZONE: Tz = chrono_tz::Asia::Shanghai;

/// The zone of this name, or the company's.
#[must_use]
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(DEFAULT_ZONE)
}

/// The date at `at` in `zone`.
#[must_use]
pub fn business_date(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The instant at which `date` begins in `zone`; the first existing one where clocks jump over midnight.
#[must_use]
pub fn start_of(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    match zone.from_local_datetime(&midnight).earliest() {
        Some(instant) => instant.with_timezone(&Utc),
        None => Utc.from_utc_datetime(&midnight),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_midnight_of_the_estate() {
        let before = "2026-01-31T15:59:59Z".parse().expect("time");
        let after = "2026-01-31T16:00:00Z".parse().expect("time");
        assert_eq!(business_date(before, DEFAULT_ZONE).to_string(), "2026-01-31");
        assert_eq!(business_date(after, DEFAULT_ZONE).to_string(), "2026-02-01");
        assert_eq!(start_of(business_date(after, DEFAULT_ZONE), DEFAULT_ZONE), after);
    }
}
