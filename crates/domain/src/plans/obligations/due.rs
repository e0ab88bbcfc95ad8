//! Until when a turn of a duty is to be done.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::ToSchema;

use super::turn::Turn;
use crate::shared::deadline::Clockwork;
use crate::shared::workdays::{end_of_work, last_day_of_month};

/// A time of day by the estate's clock, `HH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "08:30")]
pub struct TimeOfDay(pub NaiveTime);

const HOURS_AND_MINUTES: &str = "%H:%M";

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0.format(HOURS_AND_MINUTES))
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        NaiveTime::parse_from_str(&text, HOURS_AND_MINUTES)
            .map(Self)
            .map_err(|_| D::Error::custom("a time of day is written HH:MM"))
    }
}

/// When a turn falls due. Without a `time` at the end of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum DueRule {
    /// On the day itself.
    Day {
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<TimeOfDay>,
    },
    /// So many minutes after the shift begins.
    ShiftStart {
        /// Minutes.
        minutes: u32,
    },
    /// When the shift ends.
    ShiftEnd,
    /// On the last working day of the turn, or so many working days before it.
    LastWorkday {
        /// Working days before the last one.
        back: u32,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<TimeOfDay>,
    },
    /// On a day of the week; the next working day when it is off.
    Weekday {
        /// 1 is Monday.
        weekday: u8,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<TimeOfDay>,
    },
    /// On a day of the turn's first month, or of the month `later` months after.
    MonthDay {
        /// 1 to 31; the last day of a shorter month.
        day: u32,
        /// Months after.
        #[serde(default)]
        later: u32,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<TimeOfDay>,
    },
    /// On the `n`-th working day of the turn, or of the `later`-th turn after.
    Workday {
        /// 1 is the first.
        n: u32,
        /// Turns after.
        #[serde(default)]
        later: u32,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<TimeOfDay>,
    },
    /// So many working days before the turn begins.
    BeforeTurn {
        /// Working days.
        workdays: u32,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<TimeOfDay>,
    },
    /// So many days after the turn is over.
    DaysAfterTurn {
        /// Days.
        days: u32,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<TimeOfDay>,
    },
    /// On a date of the turn's year, or of the year `later` years after.
    Date {
        /// 1 to 12.
        month: u32,
        /// 1 to 31; the last day of a shorter month.
        day: u32,
        /// Years after.
        #[serde(default)]
        later: u32,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<TimeOfDay>,
    },
    /// So many working days before (negative) or after another duty of the same turn falls due.
    Beside {
        /// The other duty.
        rule: String,
        /// Working days.
        workdays: i32,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<TimeOfDay>,
    },
}

impl DueRule {
    /// How many turns before and after its own the deadline of a turn can lie.
    pub(super) const fn reach(&self) -> (u32, u32) {
        match self {
            Self::BeforeTurn { .. } => (2, 0),
            Self::Workday { later, .. } => (0, 1 + *later),
            Self::MonthDay { later, .. } => (1, 1 + *later),
            Self::Date { later, .. } => (1, 1 + *later),
            Self::DaysAfterTurn { days, .. } => (0, 1 + *days / 28),
            Self::Beside { .. } => (2, 2),
            _ => (1, 1),
        }
    }

    /// The time of the day, where one is set.
    const fn time(&self) -> Option<TimeOfDay> {
        match self {
            Self::ShiftStart { .. } | Self::ShiftEnd => None,
            Self::Day { time }
            | Self::LastWorkday { time, .. }
            | Self::Weekday { time, .. }
            | Self::MonthDay { time, .. }
            | Self::Workday { time, .. }
            | Self::BeforeTurn { time, .. }
            | Self::DaysAfterTurn { time, .. }
            | Self::Date { time, .. }
            | Self::Beside { time, .. } => *time,
        }
    }

    /// The day on which a turn falls due; `None` where this turn has no such day: a day off, a week without work, a
    /// duty that is counted by shifts. `other` gives the day of another duty in the same turn.
    pub(super) fn day(
        &self,
        turn: &Turn,
        clockwork: &Clockwork<'_>,
        other: &dyn Fn(&str) -> Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let calendar = clockwork.calendar;
        match self {
            Self::Day { .. } => calendar.is_workday(turn.from).then_some(turn.from),
            Self::ShiftStart { .. } | Self::ShiftEnd => None,
            Self::LastWorkday { back, .. } => {
                let last = calendar.workday_on_or_before(turn.last());
                let day = calendar.sub_workdays(last, *back);
                (day >= turn.from).then_some(day)
            }
            Self::Weekday { weekday, .. } => {
                let named = turn
                    .from
                    .checked_add_days(Days::new(u64::from(*weekday).saturating_sub(1)))?;
                let day = calendar.workday_on_or_after(named);
                (day < turn.until).then_some(day)
            }
            Self::MonthDay { day, later, .. } => {
                worked(clockwork, turn.from.checked_add_months(Months::new(*later))?, *day)
            }
            Self::Workday { n, later, .. } => {
                let first = turn.later(*later).from;
                Some(calendar.add_workdays(first.pred_opt()?, *n))
            }
            Self::BeforeTurn { workdays, .. } => Some(calendar.sub_workdays(turn.from, *workdays)),
            Self::DaysAfterTurn { days, .. } => {
                let named = turn.last().checked_add_days(Days::new(u64::from(*days)))?;
                Some(calendar.workday_on_or_before(named))
            }
            Self::Date { month, day, later, .. } => {
                let year = turn.from.year().checked_add(i32::try_from(*later).ok()?)?;
                worked(clockwork, NaiveDate::from_ymd_opt(year, *month, 1)?, *day)
            }
            Self::Beside { rule, workdays, .. } => {
                let beside = other(rule)?;
                let count = workdays.unsigned_abs();
                Some(if *workdays < 0 {
                    calendar.sub_workdays(beside, count)
                } else {
                    calendar.add_workdays(beside, count)
                })
            }
        }
    }

    /// The instant on that day.
    pub(super) fn instant(&self, day: NaiveDate, clockwork: &Clockwork<'_>) -> DateTime<Utc> {
        let time = self.time().map_or(clockwork.end_of_work, |time| time.0);
        end_of_work(day, clockwork.zone, time)
    }
}

/// A day of the month of `month`; when it is off, the working day before, or the one after where there is none before in
/// the same month. Nobody is given less than the month.
fn worked(clockwork: &Clockwork<'_>, month: NaiveDate, day: u32) -> Option<NaiveDate> {
    let last = last_day_of_month(month);
    let named = month.with_day(day.clamp(1, last.day()))?;
    let before = clockwork.calendar.workday_on_or_before(named);
    if before.month() == named.month() {
        return Some(before);
    }
    Some(clockwork.calendar.workday_on_or_after(named))
}
