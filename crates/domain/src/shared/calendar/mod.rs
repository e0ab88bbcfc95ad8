//! The days that an estate, or the company for all its estates, enters over the built-in calendar (DER-X-1): who enters them,
//! who confirms them, when somebody should be warned.
//!
//! Entered days count at once, since the notice for a year often comes late in the year before; the confirmation follows.

mod table;

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::{
    AccountId, EstateId, FieldProblem, Name, Note, Problem, ProblemCode, SubjectKind, Text, TrailEntry, Transition,
    workdays::{DayKind, WorkdayCalendar},
    zone,
};
use crate::code_enum;

pub use table::Columns;

/// What every entry serves.
const CLAUSES: &[&str] = &["DER-X-1"];
/// From this month on, the next year should be known.
const NEXT_YEAR_FROM_MONTH: u32 = 12;

/// A day as it is entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CalendarDay {
    /// The day.
    pub date: NaiveDate,
    /// What kind of day it is.
    pub kind: DayKind,
    /// What it is called.
    #[serde(default)]
    pub name: Option<Name>,
}

code_enum! {
    /// Who says what kind of day it is.
    pub enum DaySource {
        /// The product, by the notices of the State Council, or by the day of the week.
        BuiltIn = "built_in",
        /// The company, for all estates.
        Company = "company",
        /// The estate.
        Estate = "estate",
    }
}

impl DaySource {
    /// The word people read.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::BuiltIn => Text::new("内置", "built in"),
            Self::Company => Text::new("全公司", "company"),
            Self::Estate => Text::new("本小区", "estate"),
        }
    }
}

/// The days of one year that an estate or the company has entered, as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CalendarYear {
    /// Its id, for the history.
    pub id: Uuid,
    /// The estate; absent for the company.
    pub estate_id: Option<EstateId>,
    /// The year.
    pub year: i32,
    /// Why the days were entered.
    pub reason: String,
    /// The account that entered them.
    #[serde(skip)]
    #[schema(ignore)]
    pub entered_by: AccountId,
    /// When.
    pub entered_at: DateTime<Utc>,
    /// The account that confirmed them.
    #[serde(skip)]
    #[schema(ignore)]
    pub confirmed_by: Option<AccountId>,
    /// When.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// For If-Match.
    pub version: i32,
}

impl CalendarYear {
    const fn state(&self) -> &'static str {
        if self.confirmed_at.is_some() {
            "confirmed"
        } else {
            "entered"
        }
    }
}

/// Whose days of which year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// The estate; `None` for the company.
    pub estate: Option<EstateId>,
    /// The year.
    pub year: i32,
}

impl Level {
    /// Of this year; `None` for one that no calendar has.
    #[must_use]
    pub fn new(estate: Option<EstateId>, year: i32) -> Option<Self> {
        (2000..=2100).contains(&year).then_some(Self { estate, year })
    }
}

/// Replaces the days of a year; a confirmation given before no longer holds.
///
/// # Errors
/// `validation_failed` naming every day that lies in another year, stands twice, or is of a kind that its weekday cannot be.
pub fn enter(
    level: Level,
    current: Option<&CalendarYear>,
    (before, after): (&[CalendarDay], &[CalendarDay]),
    reason: &Note,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<Transition<CalendarYear>, Problem> {
    check(level.year, after)?;
    let record = CalendarYear {
        id: current.map_or_else(Uuid::now_v7, |year| year.id),
        estate_id: level.estate,
        year: level.year,
        reason: reason.as_str().to_owned(),
        entered_by: by,
        entered_at: now,
        confirmed_by: None,
        confirmed_at: None,
        version: current.map_or(0, |year| year.version) + 1,
    };
    // Only a year that has not begun is the duty of the year before (OB-73).
    let to_come = level.year > zone::business_date(now, zone::DEFAULT_ZONE).year();
    let action = if to_come {
        "calendar_entered"
    } else {
        "calendar_changed"
    };
    let mut entry = TrailEntry::new(SubjectKind::CalendarYear, record.id, action)
        .states(current.map(CalendarYear::state), record.state())
        .reason(Some(reason.as_str()))
        .changes(json!({ "days": [before, after] }))
        .clauses(CLAUSES);
    entry.estate = level.estate;
    Ok(Transition { record, entry })
}

/// Confirms the days of a year as they stand.
///
/// # Errors
/// `self_approval` for whoever entered them; `wrong_state` when they are confirmed already.
pub fn confirm(year: &CalendarYear, by: AccountId, now: DateTime<Utc>) -> Result<Transition<CalendarYear>, Problem> {
    if year.confirmed_at.is_some() {
        return Err(Problem::new(
            ProblemCode::WrongState,
            Text::new("该年度日历已确认。", "The calendar of this year is confirmed already."),
        ));
    }
    if year.entered_by == by {
        return Err(Problem::new(
            ProblemCode::SelfApproval,
            Text::new(
                "本人录入的日历须由他人确认。",
                "Who entered the days does not confirm them: somebody else must.",
            ),
        ));
    }
    let record = CalendarYear {
        confirmed_by: Some(by),
        confirmed_at: Some(now),
        version: year.version + 1,
        ..year.clone()
    };
    let mut entry = TrailEntry::new(SubjectKind::CalendarYear, record.id, "calendar_confirmed")
        .states(Some(year.state()), record.state())
        .clauses(CLAUSES);
    entry.estate = year.estate_id;
    Ok(Transition { record, entry })
}

fn check(year: i32, days: &[CalendarDay]) -> Result<(), Problem> {
    let mut seen = BTreeSet::new();
    let faults = days.iter().enumerate().filter_map(|(place, day)| {
        let weekend = matches!(day.date.weekday(), Weekday::Sat | Weekday::Sun);
        let (field, code, message) = if day.date.year() != year {
            let words = crate::text!("不在{year}年内", "does not lie in {year}");
            ("date", "out_of_range", words)
        } else if !seen.insert(day.date) {
            ("date", "twice", Text::new("同一天列了两次", "the day stands twice"))
        } else {
            let words = match day.kind {
                DayKind::Workday if weekend => Text::new(
                    "周六、周日上班须为“补班”",
                    "work on a Saturday or Sunday is a make-up workday",
                ),
                DayKind::MakeUpWorkday if !weekend => {
                    Text::new("“补班”只能是周六或周日", "a make-up workday is a Saturday or Sunday")
                }
                DayKind::Weekend if !weekend => {
                    Text::new("“周末”只能是周六或周日", "a weekend is a Saturday or Sunday")
                }
                _ => return None,
            };
            ("kind", "wrong_weekday", words)
        };
        Some(FieldProblem {
            pointer: format!("/days/{place}/{field}"),
            code: code.into(),
            message,
        })
    });
    let errors: Vec<FieldProblem> = faults.collect();
    if errors.is_empty() {
        return Ok(());
    }
    let words = Text::new("有日期填写不符合要求，见 errors。", "Some days do not fit, see errors.");
    let mut problem = Problem::new(ProblemCode::ValidationFailed, words);
    problem.errors = errors;
    Err(problem)
}

/// The days that say something else than `below`, the calendar they are entered over: a whole year can be exported, edited and
/// brought back without every day of it becoming an entry.
#[must_use]
pub fn entries(days: Vec<CalendarDay>, below: &WorkdayCalendar) -> Vec<CalendarDay> {
    let named = |day: &CalendarDay| match (&day.name, below.holiday(day.date)) {
        (None, _) => false,
        (Some(name), Some(known)) => name.as_str() != known.zh && name.as_str() != known.en,
        (Some(_), None) => true,
    };
    days.into_iter()
        .filter(|day| day.kind != below.kind(day.date) || named(day))
        .collect()
}

code_enum! {
    /// What somebody should see to.
    pub enum CalendarWarning {
        /// Nobody has entered the holidays of the year shown: only weekends are off.
        Unknown = "unknown",
        /// It is December, and the next year is not there yet (OB-73).
        NextYearMissing = "next_year_missing",
        /// What was entered waits for confirmation.
        Unconfirmed = "unconfirmed",
    }
}

impl CalendarWarning {
    /// In words.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Unknown => Text::new(
                "本年度的放假安排尚未录入，目前只按周末计算。",
                "The holidays of this year are not entered yet: only weekends count as days off.",
            ),
            Self::NextYearMissing => Text::new(
                "已进入12月，下一年度的放假安排尚未录入。",
                "It is December, and the holidays of the next year are not entered yet.",
            ),
            Self::Unconfirmed => Text::new("录入的日期待确认。", "The days entered wait for confirmation."),
        }
    }
}

/// What to warn of when the calendar of `year` is looked at on `today`.
#[must_use]
pub fn warnings(
    calendar: &WorkdayCalendar,
    year: i32,
    entered: &[CalendarYear],
    today: NaiveDate,
) -> Vec<CalendarWarning> {
    let next_missing = today.month() >= NEXT_YEAR_FROM_MONTH && !calendar.known(today.year() + 1);
    [
        (!calendar.known(year), CalendarWarning::Unknown),
        (next_missing, CalendarWarning::NextYearMissing),
        (
            entered.iter().any(|year| year.confirmed_at.is_none()),
            CalendarWarning::Unconfirmed,
        ),
    ]
    .into_iter()
    .filter_map(|(holds, warning)| holds.then_some(warning))
    .collect()
}

#[cfg(test)]
mod tests;
