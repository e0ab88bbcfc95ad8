//! Which disputes a list shows, and in which order.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{DisputeKind, DisputeState, Level};
use crate::code_enum;
use crate::service_desk::cases::CaseId;
use crate::shared::{EmployeeId, EstateId, SearchText};

/// Which disputes.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DisputeFilter {
    /// Only this estate.
    pub estate_id: Option<EstateId>,
    /// Who is at odds with whom.
    pub kind: Option<DisputeKind>,
    /// Where they stand.
    pub state: Option<DisputeState>,
    /// How high they have come.
    pub level: Option<Level>,
    /// Who mediates.
    pub mediator_id: Option<EmployeeId>,
    /// Of a party in this house.
    pub house_id: Option<Uuid>,
    /// Came out of this case.
    pub origin_case: Option<CaseId>,
    /// Settlements whose cost waits for the centre manager.
    pub cost_pending: Option<bool>,
    /// Not closed yet, or closed.
    pub open: Option<bool>,
    /// Beyond the step limit of the present level.
    pub overdue: Option<bool>,
    /// Opened at or after.
    pub opened_from: Option<DateTime<Utc>>,
    /// Opened before.
    pub opened_until: Option<DateTime<Utc>>,
    /// Number, words, house in any spelling, name of a party.
    pub q: Option<SearchText>,
}

code_enum! {
    /// What disputes are sorted by.
    pub enum DisputeSort {
        /// When opened.
        OpenedAt = "opened_at",
        /// Business number.
        No = "no",
    }
}
