//! Acting for each other (代为履行职责): who may stand in for whom, who confirms it, and which rights do not come along.
//!
//! A period is proposed by the principal or a superior, confirmed by the principal's superior, and then begins and ends by
//! the clock with nobody touching anything. Rights are those of the principal's post less [`excluded_rights`]; what is done
//! in this time carries both names.

mod cover;
mod pairs;
mod rules;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{Permission, PostCode, grants};
use crate::shared::period::Span;
use crate::shared::{AssignmentId, EmployeeId, EstateId, Text};
use crate::{code_enum, typed_ids};

pub use cover::uncovered_days;
pub use pairs::{EXPENSES, PAIRS, Pair, confirmed_by, excluded_rights, limited_to, pair};
pub use rules::{Facts, Proposal, barred_from_confirming, cancel, confirm, end, propose, reject};

typed_ids! {
    /// A period of acting.
    ActingId,
}

code_enum! {
    /// Why somebody acts.
    pub enum ActingReason {
        /// Public holidays.
        Holiday = "holiday",
        /// Leave.
        Leave = "leave",
        /// Nobody holds the post.
        Vacancy = "vacancy",
        /// A business trip.
        Trip = "trip",
    }
}

code_enum! {
    /// What was decided about a period, as it is stored. What it *is* now also depends on the clock: [`ActingState`].
    pub enum ActingDecision {
        /// Nothing yet.
        Proposed = "proposed",
        /// The superior agrees.
        Confirmed = "confirmed",
        /// The superior does not agree.
        Rejected = "rejected",
        /// Taken back before it began.
        Cancelled = "cancelled",
    }
}

code_enum! {
    /// What a period is at an instant: the decision and the clock together.
    pub enum ActingState {
        /// Waits for the superior.
        Proposed = "proposed",
        /// Agreed, not begun.
        Confirmed = "confirmed",
        /// Running.
        Active = "active",
        /// Over.
        Ended = "ended",
        /// Not agreed, or never decided before it was over.
        Rejected = "rejected",
        /// Taken back before it began.
        Cancelled = "cancelled",
    }
}

impl ActingState {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Proposed => Text::new("待确认", "proposed"),
            Self::Confirmed => Text::new("已确认", "confirmed"),
            Self::Active => Text::new("代职中", "active"),
            Self::Ended => Text::new("已结束", "ended"),
            Self::Rejected => Text::new("已驳回", "rejected"),
            Self::Cancelled => Text::new("已撤回", "withdrawn"),
        }
    }
}

/// A period in which one person does the duties of another's post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActingPeriod {
    /// Its id.
    pub id: ActingId,
    /// The estate; `None` for company-wide posts.
    pub estate: Option<EstateId>,
    /// The post acted in.
    pub post: PostCode,
    /// The assignment acted for; `None` when the post is vacant.
    pub assignment: Option<AssignmentId>,
    /// The person acted for; `None` when the post is vacant.
    pub principal: Option<EmployeeId>,
    /// Who acts.
    pub stand_in: EmployeeId,
    /// Why.
    pub reason: ActingReason,
    /// From when until when; the end moves when the principal is back earlier.
    pub span: Span,
    /// Rights that do not come along.
    pub excluded: Vec<Permission>,
    /// The clause it rests on.
    pub clause: Option<String>,
    /// What was decided.
    pub decision: ActingDecision,
}

impl ActingPeriod {
    /// What it is now.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> ActingState {
        let over = self.span.until <= now;
        match self.decision {
            ActingDecision::Cancelled => ActingState::Cancelled,
            ActingDecision::Rejected => ActingState::Rejected,
            // Nobody decided in time: nothing was ever in force.
            ActingDecision::Proposed if over => ActingState::Rejected,
            ActingDecision::Proposed => ActingState::Proposed,
            ActingDecision::Confirmed if over => ActingState::Ended,
            ActingDecision::Confirmed if self.span.contains(now) => ActingState::Active,
            ActingDecision::Confirmed => ActingState::Confirmed,
        }
    }

    /// The rights of the post that come along.
    #[must_use]
    pub fn rights(&self) -> Vec<Permission> {
        grants(self.post)
            .into_iter()
            .map(|(right, _)| right)
            .filter(|right| !self.excluded.contains(right))
            .collect()
    }

    /// Whether it gives rights now.
    #[must_use]
    pub fn is_active(&self, now: DateTime<Utc>) -> bool {
        self.state(now) == ActingState::Active
    }
}

#[cfg(test)]
mod tests;
