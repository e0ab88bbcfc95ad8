//! Leave and its cover, counted in days.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use crate::shared::period::Span;
use crate::shared::zone::business_date;

/// The business days of an absence on which, for some time, nobody acts; the target is none.
#[must_use]
pub fn uncovered_days(absence: Span, acting: &[Span], zone: Tz) -> usize {
    let days: BTreeSet<NaiveDate> = absence
        .without(acting)
        .into_iter()
        .flat_map(|gap| {
            let last = business_date(gap.until - TimeDelta::microseconds(1), zone);
            business_date(gap.from, zone)
                .iter_days()
                .take_while(move |d| *d <= last)
        })
        .collect();
    days.len()
}
