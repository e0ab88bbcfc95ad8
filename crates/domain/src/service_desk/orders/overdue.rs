//! Which limit of an order runs, and which was missed.

use chrono::{DateTime, Utc};

use super::{OrderState, WorkOrder};

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

    /// Whether it was answered after its limit.
    #[must_use]
    pub fn answered_late(&self) -> bool {
        self.accepted_at.is_some_and(|at| at > self.response_due_at)
    }

    /// Whether it was finished after its limit.
    #[must_use]
    pub fn finished_late(&self) -> bool {
        self.finished_at.is_some_and(|at| at > self.finish_due_at)
    }
}
