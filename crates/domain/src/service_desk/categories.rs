//! The limits of each repair category (TR-23). The manual gives no numbers: these are defaults, and an estate may change
//! every one of them.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{RepairCategory, Urgency};
use crate::shared::{EstateId, Issue, Problem, SubjectKind, Text, TrailEntry, Transition};

/// A category with its limits in one estate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RepairCategoryLimits)]
pub struct Category {
    /// Which category.
    pub code: RepairCategory,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Minutes from dispatch until the technician has answered.
    pub response_minutes: i32,
    /// Hours from dispatch until the repair is done.
    pub finish_hours: i32,
    /// Minutes of work such a repair usually takes: what the workload is balanced by.
    pub estimated_minutes: i32,
    /// What remains of both limits when it is urgent, in percent; an emergency takes the same share of that again.
    pub urgent_percent: i32,
    /// Whether new requests may choose it.
    pub active: bool,
    /// For If-Match; 1 while the defaults hold.
    pub version: i32,
}

/// New limits of a category; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeRepairCategory)]
pub struct ChangeCategory {
    /// 1 to 10,080.
    #[schema(minimum = 1, maximum = 10080)]
    pub response_minutes: Option<i32>,
    /// 1 to 2,160.
    #[schema(minimum = 1, maximum = 2160)]
    pub finish_hours: Option<i32>,
    /// 5 to 1,440.
    #[schema(minimum = 5, maximum = 1440)]
    pub estimated_minutes: Option<i32>,
    /// 10 to 100.
    #[schema(minimum = 10, maximum = 100)]
    pub urgent_percent: Option<i32>,
    /// Whether new requests may choose it.
    pub active: Option<bool>,
}

/// When the technician must have answered and finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until when to answer.
    pub response_due_at: DateTime<Utc>,
    /// Until when to finish.
    pub finish_due_at: DateTime<Utc>,
}

impl Category {
    /// What the product ships for a category.
    #[must_use]
    pub fn shipped(code: RepairCategory) -> Self {
        let (response_minutes, finish_hours, estimated_minutes) = match code {
            RepairCategory::Water | RepairCategory::Power => (30, 24, 60),
            RepairCategory::Gas => (15, 12, 60),
            RepairCategory::Tv | RepairCategory::Phone | RepairCategory::Network => (120, 48, 45),
            RepairCategory::SharedFacility => (60, 72, 90),
            RepairCategory::Other => (120, 72, 60),
        };
        let Text { zh, en } = code.title();
        Self {
            code,
            name_zh: zh.into_owned(),
            name_en: en.into_owned(),
            response_minutes,
            finish_hours,
            estimated_minutes,
            urgent_percent: 50,
            active: true,
            version: 1,
        }
    }

    /// The limits of a repair dispatched at `start`, or agreed with the resident for `start`.
    #[must_use]
    pub fn limits(&self, urgency: Urgency, start: DateTime<Utc>) -> Limits {
        let share = |minutes: i64| {
            let percent = i64::from(self.urgent_percent);
            match urgency {
                Urgency::Normal => minutes,
                Urgency::Urgent => minutes * percent / 100,
                Urgency::Emergency => minutes * percent * percent / 10_000,
            }
            .max(1)
        };
        Limits {
            response_due_at: start + TimeDelta::minutes(share(self.response_minutes.into())),
            finish_due_at: start + TimeDelta::minutes(share(i64::from(self.finish_hours) * 60)),
        }
    }

    /// Takes new limits.
    ///
    /// # Errors
    /// `validation_failed` naming every value outside its range.
    pub fn change(&self, estate: EstateId, change: &ChangeCategory) -> Result<Transition<Self>, Problem> {
        let mut record = self.clone();
        let mut problem: Option<Problem> = None;
        let mut take = |target: &mut i32, value: Option<i32>, name: &str, min: i32, max: i32| {
            let Some(value) = value else { return };
            if (min..=max).contains(&value) {
                *target = value;
                return;
            }
            let Issue { code, message } = Issue::new(
                "out_of_range",
                crate::text!("须为{min}至{max}，收到{value}", "must be {min} to {max}, got {value}"),
            );
            problem = Some(match problem.take() {
                None => Problem::field(format!("/{name}"), code, message),
                Some(problem) => problem.and_field(format!("/{name}"), code, message),
            });
        };
        take(
            &mut record.response_minutes,
            change.response_minutes,
            "response_minutes",
            1,
            10_080,
        );
        take(&mut record.finish_hours, change.finish_hours, "finish_hours", 1, 2_160);
        take(
            &mut record.estimated_minutes,
            change.estimated_minutes,
            "estimated_minutes",
            5,
            1_440,
        );
        take(
            &mut record.urgent_percent,
            change.urgent_percent,
            "urgent_percent",
            10,
            100,
        );
        if let Some(problem) = problem {
            return Err(problem);
        }
        record.active = change.active.unwrap_or(record.active);
        record.version += 1;
        let entry = TrailEntry::new(SubjectKind::Estate, estate, "repair_category_changed")
            .estate(estate)
            .changes(serde_json::json!({ self.code.code(): [self, record] }))
            .clauses(&["POS-PUBSUP-09", "POS-TECH-06b"]);
        Ok(Transition { record, entry })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pos_tech_06b_limits_shrink_with_urgency() {
        let start: DateTime<Utc> = "2026-03-02T01:00:00Z".parse().expect("an instant");
        let water = Category::shipped(RepairCategory::Water);
        let minutes = |urgency| (water.limits(urgency, start).response_due_at - start).num_minutes();
        assert_eq!(minutes(Urgency::Normal), 30);
        assert_eq!(minutes(Urgency::Urgent), 15);
        assert_eq!(minutes(Urgency::Emergency), 7);
        assert_eq!(
            water.limits(Urgency::Urgent, start).finish_due_at,
            start + TimeDelta::hours(12)
        );
    }

    #[test]
    fn a_change_names_every_value_outside_its_range_and_touches_nothing_else() {
        let gas = Category::shipped(RepairCategory::Gas);
        let change = ChangeCategory {
            response_minutes: Some(0),
            urgent_percent: Some(101),
            ..Default::default()
        };
        let refused = gas.change(EstateId::generate(), &change).expect_err("out of range");
        assert_eq!(refused.errors.len(), 2);
        let change = ChangeCategory {
            finish_hours: Some(6),
            ..Default::default()
        };
        let changed = gas.change(EstateId::generate(), &change).expect("in range").record;
        assert_eq!(
            (changed.finish_hours, changed.response_minutes, changed.version),
            (6, 15, 2)
        );
    }
}
