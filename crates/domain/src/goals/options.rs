//! The readings of the goals that the manual leaves open.

use chrono::NaiveDate;

use crate::shared::{SettingKey, Settings};

/// Which reading an estate uses. The defaults are those of `goals.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoalOptions {
    /// GOAL-1: leave void ballots out of those returned.
    pub exclude_void_ballots: bool,
    /// GOAL-1: warn below this share of ballots returned, in percent.
    pub lowest_return: i64,
    /// GOAL-2: count each resident's case, not each event.
    pub count_duplicates: bool,
    /// GOAL-3: count only valid complaints, besides opinions.
    pub valid_only: bool,
    /// GOAL-3: cases of the year count as handled when closed by this day of next January.
    pub cutoff_day: u32,
    /// GOAL-4: count violations known from complaints and self-reports too.
    pub all_sources: bool,
    /// GOAL-4: count each item found, not each person at a check.
    pub per_item: bool,
}

impl Default for GoalOptions {
    fn default() -> Self {
        Self {
            exclude_void_ballots: false,
            lowest_return: 30,
            count_duplicates: false,
            valid_only: false,
            cutoff_day: 31,
            all_sources: false,
            per_item: false,
        }
    }
}

impl GoalOptions {
    /// The options an estate has set.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self {
            exclude_void_ballots: settings.on(SettingKey::VoidBallotsOut),
            lowest_return: settings.get(SettingKey::LowestReturnPercent),
            count_duplicates: settings.on(SettingKey::CountDuplicates),
            valid_only: settings.on(SettingKey::HandlingValidOnly),
            cutoff_day: u32::try_from(settings.get(SettingKey::GoalCutoffDay)).unwrap_or(31),
            all_sources: settings.on(SettingKey::ViolationsAllSources),
            per_item: settings.on(SettingKey::ViolationsPerItem),
        }
    }

    /// The last day on which a case of `year` may be closed to count as handled.
    #[must_use]
    pub fn cutoff(&self, year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year + 1, 1, self.cutoff_day.clamp(1, 31)).unwrap_or(NaiveDate::MAX)
    }
}
