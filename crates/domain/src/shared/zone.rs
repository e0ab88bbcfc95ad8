//! Business dates: the day it is at the estate, not at the server.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
pub use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, de::Error as _};

use super::Issue;

/// Where the company keeps its days when an estate names no zone.
pub const DEFAULT_ZONE: Tz = chrono_tz::Asia::Shanghai;

/// The name of a zone that there is.
#[derive(Clone, Debug, PartialEq, Eq, utoipa::ToSchema)]
#[schema(value_type = String, max_length = 64, example = "Asia/Shanghai")]
pub struct ZoneName(String);

impl ZoneName {
    /// Checks that there is such a zone.
    ///
    /// # Errors
    /// [`Issue`] `unknown_zone`.
    pub fn new(name: &str) -> Result<Self, Issue> {
        let words = || {
            crate::text!(
                "没有“{name}”这个时区，请填写如 Asia/Shanghai 的名称",
                "there is no zone “{name}”: name one such as Asia/Shanghai"
            )
        };
        name.parse::<Tz>()
            .map(|zone| Self(zone.name().to_owned()))
            .map_err(|_| Issue::new("unknown_zone", words()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for ZoneName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(from)?).map_err(|issue| D::Error::custom(issue.encode()))
    }
}

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

    #[test]
    fn a_zone_is_one_that_there_is() {
        assert_eq!(ZoneName::new("Asia/Urumqi").expect("a zone").as_str(), "Asia/Urumqi");
        for wrong in ["", "Asia", "Mars/Olympus", "+08:00"] {
            assert_eq!(
                ZoneName::new(wrong).expect_err("no zone").code,
                "unknown_zone",
                "{wrong}"
            );
        }
    }
}
