//! Time as the device says it: bounded, shown as keyed late, and never a reason to drop what somebody did.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{OrderAct, OrderState, WorkOrder, WorkOrderId};
use crate::shared::{EmployeeId, Problem, Text, TrailEntry};

/// How late a device may send, and from when on it shows; settings of the estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateRule {
    /// The oldest deed a device may send.
    pub device_hours: i64,
    /// Minutes from which on it shows as keyed late.
    pub keyed_late_minutes: i64,
}

/// When something happened, and whether it was keyed in late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Whether it shows as keyed late.
    pub keyed_late: bool,
    /// Whether a device said when: only then a deed that no longer fits is kept as a note.
    pub from_device: bool,
}

impl LateRule {
    /// Reads the device's time. A clock up to five minutes ahead counts as now.
    ///
    /// # Errors
    /// `validation_failed` at `/occurred_at` beyond that, or when it is too old.
    pub fn timing(&self, occurred_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<Timing, Problem> {
        let Some(at) = occurred_at else {
            return Ok(Timing {
                at: now,
                keyed_late: false,
                from_device: false,
            });
        };
        if at > now + TimeDelta::minutes(5) {
            return Err(Problem::field(
                "/occurred_at",
                "in_future",
                Text::new(
                    "发生时间不能在将来，请检查设备时钟",
                    "it lies in the future: check the device's clock",
                ),
            ));
        }
        if at < now - TimeDelta::hours(self.device_hours) {
            let hours = self.device_hours;
            return Err(Problem::field(
                "/occurred_at",
                "too_old",
                crate::text!(
                    "最多补录{hours}小时内的操作",
                    "at most {hours} hours may lie between deed and record"
                ),
            ));
        }
        Ok(Timing {
            at: at.min(now),
            keyed_late: now - at > TimeDelta::minutes(self.keyed_late_minutes),
            from_device: true,
        })
    }
}

/// What somebody did offline and could no longer be applied: kept for both people to see (design: never dropped).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LateNote {
    /// Its id.
    pub id: Uuid,
    /// The order.
    pub order_id: WorkOrderId,
    /// Who did it.
    pub employee_id: EmployeeId,
    /// What they wanted to do.
    pub act: OrderAct,
    /// When they did it.
    pub occurred_at: DateTime<Utc>,
    /// When it arrived here.
    pub recorded_at: DateTime<Utc>,
    /// The state it met.
    pub met_state: OrderState,
    /// Why it was not applied, in both languages `{zh, en}`.
    pub why: Value,
    /// What they wrote down.
    pub content: Value,
}

impl LateNote {
    /// Keeps a late act as a note.
    #[must_use]
    pub fn of(
        order: &WorkOrder,
        employee: EmployeeId,
        act: OrderAct,
        why: &Problem,
        content: Value,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> (Self, TrailEntry) {
        let note = Self {
            id: Uuid::now_v7(),
            order_id: order.id,
            employee_id: employee,
            act,
            occurred_at: at,
            recorded_at: now,
            met_state: order.state,
            why: serde_json::json!({ "zh": why.detail.zh, "en": why.detail.en }),
            content,
        };
        let entry = order
            .entry("late_act_noted")
            .reason(Some(why.detail.zh.as_ref()))
            .changes(serde_json::json!({ "act": act, "met_state": order.state }))
            .occurred_at(Some(at))
            .clauses(&["POS-TECH-06b"]);
        (note, entry)
    }
}
