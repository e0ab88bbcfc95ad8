//! Overdue orders climb the line by themselves: PUBSUP first, DEPMGR one step later.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{OrderState, WorkOrder};
use crate::access::PostCode;
use crate::shared::Transition;

/// The level something overdue has reached and has not been raised to yet, with the post that gets it.
#[must_use]
pub fn climb(due: DateTime<Utc>, level: i16, step: TimeDelta, now: DateTime<Utc>) -> Option<(i16, PostCode)> {
    let reached = if now <= due {
        0
    } else if now <= due + step {
        1
    } else {
        2
    };
    let post = match reached {
        0 => return None,
        1 => PostCode::Pubsup,
        _ => PostCode::Depmgr,
    };
    (reached > level).then_some((reached, post))
}

impl WorkOrder {
    /// The limit that runs now: to answer before it is accepted, to finish before it is done, none afterwards.
    #[must_use]
    pub fn running_limit(&self) -> Option<DateTime<Utc>> {
        match self.state {
            OrderState::Dispatched => Some(self.response_due_at.min(self.finish_due_at)),
            state if state.in_work() => Some(self.finish_due_at),
            _ => None,
        }
    }

    /// Lets an overdue order climb; `None` when it need not. Calling it again changes nothing.
    #[must_use]
    pub fn escalate(&self, step: TimeDelta, now: DateTime<Utc>) -> Option<Transition<Self>> {
        let due = self.running_limit()?;
        let (level, post) = climb(due, self.escalation, step, now)?;
        let mut record = self.clone();
        record.escalation = level;
        record.touched(now);
        let entry = record
            .entry("escalated")
            .changes(json!({ "escalated_to": [null, post.code()], "due_at": due }))
            .clauses(&["POS-PUBSUP-09", "POS-TECH-06b"]);
        Some(Transition { record, entry })
    }
}
