//! Turns: the stretches of time in each of which a duty is done once.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

use crate::code_enum;
use crate::org::roster::monday;
use crate::shared::Text;

code_enum! {
    /// How often a duty comes round.
    pub enum Cadence {
        /// Every shift that somebody of the post is on duty.
        Shift = "shift",
        /// Every working day.
        Daily = "daily",
        /// Every week, Monday to Sunday.
        Weekly = "weekly",
        /// Every month.
        Monthly = "monthly",
        /// Every quarter.
        Quarterly = "quarterly",
        /// Twice a year.
        HalfYearly = "half_yearly",
        /// Every year.
        Annual = "annual",
    }
}

impl Cadence {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Shift => Text::new("每班", "every shift"),
            Self::Daily => Text::new("每日", "daily"),
            Self::Weekly => Text::new("每周", "weekly"),
            Self::Monthly => Text::new("每月", "monthly"),
            Self::Quarterly => Text::new("每季度", "quarterly"),
            Self::HalfYearly => Text::new("每半年", "half-yearly"),
            Self::Annual => Text::new("每年", "annual"),
        }
    }

    /// The months of a turn, for cadences that are cut by months.
    const fn months(self) -> Option<u32> {
        match self {
            Self::Monthly => Some(1),
            Self::Quarterly => Some(3),
            Self::HalfYearly => Some(6),
            Self::Annual => Some(12),
            Self::Shift | Self::Daily | Self::Weekly => None,
        }
    }
}

/// One turn of a duty: the days `[from, until)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Turn {
    /// How it is cut.
    pub cadence: Cadence,
    /// The first day.
    pub from: NaiveDate,
    /// The first day after.
    pub until: NaiveDate,
}

impl Turn {
    /// The turn that the day belongs to. The turn of a shift is the day on which it begins.
    #[must_use]
    pub fn of(cadence: Cadence, date: NaiveDate) -> Self {
        let from = match cadence {
            Cadence::Shift | Cadence::Daily => date,
            Cadence::Weekly => monday(date),
            _ => {
                let months = cadence.months().unwrap_or(1);
                let first = date.month0() / months * months + 1;
                NaiveDate::from_ymd_opt(date.year(), first, 1).unwrap_or(date)
            }
        };
        Self::starting(cadence, from)
    }

    fn starting(cadence: Cadence, from: NaiveDate) -> Self {
        let until = match (cadence, cadence.months()) {
            (_, Some(months)) => from.checked_add_months(Months::new(months)),
            (Cadence::Weekly, None) => from.checked_add_days(Days::new(7)),
            (_, None) => from.succ_opt(),
        };
        Self {
            cadence,
            from,
            until: until.unwrap_or(from),
        }
    }

    /// The turn after.
    #[must_use]
    pub fn next(&self) -> Self {
        Self::starting(self.cadence, self.until)
    }

    /// The turn before.
    #[must_use]
    pub fn previous(&self) -> Self {
        Self::of(self.cadence, self.from.pred_opt().unwrap_or(self.from))
    }

    /// The `n`-th turn after.
    #[must_use]
    pub fn later(&self, n: u32) -> Self {
        (0..n).fold(*self, |turn, _| turn.next())
    }

    /// The last day.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.until.pred_opt().unwrap_or(self.until)
    }

    /// Its name, the same for ever: `2026-11-26`, `2026-W48`, `2026-11`, `2026-Q4`, `2026-H2`, `2026`.
    #[must_use]
    pub fn code(&self) -> String {
        let (year, month0) = (self.from.year(), self.from.month0());
        match self.cadence {
            Cadence::Shift | Cadence::Daily => self.from.to_string(),
            Cadence::Weekly => {
                let week = self.from.iso_week();
                format!("{}-W{:02}", week.year(), week.week())
            }
            Cadence::Monthly => format!("{year}-{:02}", month0 + 1),
            Cadence::Quarterly => format!("{year}-Q{}", month0 / 3 + 1),
            Cadence::HalfYearly => format!("{year}-H{}", month0 / 6 + 1),
            Cadence::Annual => year.to_string(),
        }
    }
}

/// The name of the turn of one shift: its day and the instant at which it begins, as a person has two on some days.
#[must_use]
pub fn shift_code(day: NaiveDate, starts_at: DateTime<Utc>) -> String {
    format!("{day}/{}", starts_at.format("%H%MZ"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn turns_are_named_by_what_they_are() {
        for (cadence, date, code, last) in [
            (Cadence::Daily, "2026-11-26", "2026-11-26", "2026-11-26"),
            (Cadence::Weekly, "2026-11-26", "2026-W48", "2026-11-29"),
            // The first days of January may belong to the last week of the year before.
            (Cadence::Weekly, "2027-01-02", "2026-W53", "2027-01-03"),
            (Cadence::Monthly, "2026-02-28", "2026-02", "2026-02-28"),
            (Cadence::Quarterly, "2026-11-26", "2026-Q4", "2026-12-31"),
            (Cadence::HalfYearly, "2026-06-30", "2026-H1", "2026-06-30"),
            (Cadence::Annual, "2026-06-30", "2026", "2026-12-31"),
        ] {
            let turn = Turn::of(cadence, day(date));
            assert_eq!(
                (turn.code().as_str(), turn.last()),
                (code, day(last)),
                "{cadence} {date}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_day_belongs_to_one_turn(offset in 0u64..4000, cadence in proptest::sample::select(Cadence::ALL)) {
            let date = day("2019-12-20") + Days::new(offset);
            let turn = Turn::of(cadence, date);
            prop_assert!(turn.from <= date && date < turn.until);
            for other in [turn.previous(), turn.next()] {
                prop_assert!(!(other.from <= date && date < other.until));
                prop_assert_ne!(other.code(), turn.code());
            }
            prop_assert_eq!(turn.next().from, turn.until);
            prop_assert_eq!(turn.previous().next(), turn);
        }
    }
}
