//! Which duties a list shows, and in which order.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::ObligationStatus;
use crate::access::PostCode;
use crate::code_enum;
use crate::shared::{AssignmentId, EmployeeId, EstateId, ShortCode};

/// Which duties.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ObligationFilter {
    /// Only this estate.
    pub estate_id: Option<EstateId>,
    /// The post that has them.
    pub post: Option<PostCode>,
    /// The assignment that has them.
    pub assignment_id: Option<AssignmentId>,
    /// The person who has them.
    pub employee_id: Option<EmployeeId>,
    /// The rule they fall due by (`OB-05`), or the trigger that a fact has set off (`TR-08`).
    pub rule: Option<ShortCode>,
    /// The record whose clocks they follow.
    pub record_id: Option<Uuid>,
    /// The clause they come from (`PROC-PUBSUP-5.1a`).
    pub clause: Option<ShortCode>,
    /// Where they stand.
    pub status: Option<ObligationStatus>,
    /// Open though the deadline is over, or missed and not decided on yet.
    pub late: Option<bool>,
    /// Due at or after.
    pub due_from: Option<DateTime<Utc>>,
    /// Due before.
    pub due_until: Option<DateTime<Utc>>,
}

code_enum! {
    /// What duties are sorted by.
    pub enum ObligationSort {
        /// The deadline.
        DueAt = "due_at",
    }
}
