//! Spans of business dates, `[from, until)`: the day `until` no longer belongs to it. Screens show the last day included.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use serde::Serialize;
use std::iter::successors;
use utoipa::ToSchema;

use super::zone::{Tz, business_date, start_of};

/// From one business date until another, or for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The first day after; `None` while no end is known.
    pub until: Option<NaiveDate>,
}

impl Period {
    /// From `from` on, without an end.
    #[must_use]
    pub const fn starting(from: NaiveDate) -> Self {
        Self { from, until: None }
    }

    /// From `from` until the day before `until`; `None` when that is no day at all.
    #[must_use]
    pub fn between(from: NaiveDate, until: NaiveDate) -> Option<Self> {
        (from < until).then_some(Self {
            from,
            until: Some(until),
        })
    }

    /// Whether the day belongs to it.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.from <= date && self.until.is_none_or(|until| date < until)
    }

    /// Whether the two have a day in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.until.is_none_or(|until| other.from < until) && other.until.is_none_or(|until| self.from < until)
    }

    /// The last day that belongs to it.
    #[must_use]
    pub fn last(&self) -> Option<NaiveDate> {
        self.until.and_then(|until| until.pred_opt())
    }

    /// The same period ended before `until`; `None` when nothing is left of it.
    #[must_use]
    pub fn ended(&self, until: NaiveDate) -> Option<Self> {
        Self::between(self.from, self.until.map_or(until, |end| end.min(until)))
    }
}

/// A span of time, `[from, until)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
pub struct Span {
    /// The first instant.
    pub from: DateTime<Utc>,
    /// The first instant after.
    pub until: DateTime<Utc>,
}

impl Span {
    /// Whether the instant belongs to it.
    #[must_use]
    pub fn contains(&self, instant: DateTime<Utc>) -> bool {
        self.from <= instant && instant < self.until
    }

    /// Whether the two have an instant in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from.max(other.from) < self.until.min(other.until)
    }

    /// What is left of it when the others are cut out, in order of time.
    #[must_use]
    pub fn without(&self, others: &[Self]) -> Vec<Self> {
        let mut left = vec![*self];
        for cut in others {
            let around = |s: Self| {
                if !s.overlaps(cut) {
                    return vec![s];
                }
                let before = Self { until: cut.from, ..s };
                let after = Self { from: cut.until, ..s };
                vec![before, after]
            };
            left = left.into_iter().flat_map(around).filter(|s| s.from < s.until).collect();
        }
        left
    }

    /// The months of `zone` that it touches, the oldest first: the first day of each, and the instant at which that begins.
    pub fn months(&self, zone: Tz) -> impl Iterator<Item = (NaiveDate, DateTime<Utc>)> + use<> {
        let until = self.until;
        let first = business_date(self.from, zone).with_day(1);
        successors(first, |month| month.checked_add_months(Months::new(1)))
            .map(move |month| (month, start_of(month, zone)))
            .take_while(move |(_, begin)| *begin < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::default() + Days::new(n)
    }

    #[test]
    fn the_last_day_is_the_one_before_until() {
        let week = Period::between(day(0), day(7)).expect("a period");
        assert_eq!(week.last(), Some(day(6)));
        assert!(week.contains(day(6)) && !week.contains(day(7)));
        assert_eq!(Period::between(day(3), day(3)), None);
        assert_eq!(week.ended(day(0)), None);
        assert_eq!(Period::starting(day(1)).ended(day(4)), Period::between(day(1), day(4)));
    }

    fn span(from: i64, length: i64) -> Span {
        let at = |n| DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(n);
        Span {
            from: at(from),
            until: at(from + length),
        }
    }

    #[test]
    fn a_span_touches_the_months_of_its_zone() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("time");
        let months = |from, until| {
            let span = Span {
                from: at(from),
                until: at(until),
            };
            let months = span.months(crate::shared::zone::DEFAULT_ZONE);
            months
                .map(|(month, begin)| format!("{} {begin:?}", month.format("%Y-%m")))
                .collect::<Vec<_>>()
        };
        // 2026-01-31T16:00Z is midnight in Shanghai.
        let [january, february] = ["2026-01 2025-12-31T16:00:00Z", "2026-02 2026-01-31T16:00:00Z"];
        assert_eq!(months("2026-01-31T15:59:59Z", "2026-01-31T16:00:00Z"), [january]);
        assert_eq!(
            months("2026-01-31T15:59:59Z", "2026-01-31T16:00:01Z"),
            [january, february]
        );
        assert_eq!(months("2026-01-31T16:00:00Z", "2026-02-10T00:00:00Z"), [february]);
        assert!(months("2026-01-31T16:00:00Z", "2026-01-31T16:00:00Z").len() <= 1);
        assert!(months("2026-02-10T00:00:00Z", "2026-01-01T00:00:00Z").is_empty());
    }

    proptest! {
        #[test]
        fn what_is_left_of_a_span_is_what_no_other_covers(
            whole in (0i64..20, 1i64..20), cuts in proptest::collection::vec((0i64..40, 0i64..10), 0..6),
        ) {
            let whole = span(whole.0, whole.1);
            let cuts: Vec<Span> = cuts.into_iter().map(|(from, length)| span(from, length)).collect();
            let left = whole.without(&cuts);
            for n in 0..50 {
                let at = span(n, 1).from;
                let expected = whole.contains(at) && !cuts.iter().any(|c| c.contains(at));
                prop_assert_eq!(left.iter().filter(|s| s.contains(at)).count(), usize::from(expected));
            }
        }

        #[test]
        fn overlap_means_a_common_day(a in 0u64..20, b in 1u64..20, c in 0u64..20, d in proptest::option::of(1u64..20)) {
            let first = Period { from: day(a), until: Some(day(a + b)) };
            let second = Period { from: day(c), until: d.map(|d| day(c + d)) };
            let common = (0..60).any(|n| first.contains(day(n)) && second.contains(day(n)));
            prop_assert_eq!(first.overlaps(&second), common);
            prop_assert_eq!(second.overlaps(&first), common);
        }
    }
}
