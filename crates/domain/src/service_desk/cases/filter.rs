//! Which cases a list shows, and in which order.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{CaseField, CaseId, CaseKind, CaseState, Channel, Validity};
use crate::code_enum;
use crate::shared::{EmployeeId, EstateId, SearchText};

/// Which cases.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CaseFilter {
    /// Only this estate.
    pub estate_id: Option<EstateId>,
    /// `kind=complaint` is the complaint register, `kind=suggestion` the suggestion register.
    pub kind: Option<CaseKind>,
    /// Where they stand.
    pub state: Option<CaseState>,
    /// What they are about.
    pub field: Option<CaseField>,
    /// How they came in.
    pub channel: Option<Channel>,
    /// Complaints: what was found.
    pub validity: Option<Validity>,
    /// Who investigates.
    pub owner_id: Option<EmployeeId>,
    /// Of this house.
    pub house_id: Option<Uuid>,
    /// Of this owner, tenant or user.
    pub party_id: Option<Uuid>,
    /// About this member of staff.
    pub about_employee: Option<EmployeeId>,
    /// Linked to this master case.
    pub master_id: Option<CaseId>,
    /// Not closed yet, or closed.
    pub open: Option<bool>,
    /// Waiting for an answer beyond the limit.
    pub overdue: Option<bool>,
    /// Received at or after.
    pub received_from: Option<DateTime<Utc>>,
    /// Received before.
    pub received_until: Option<DateTime<Utc>>,
    /// Number, words, house in any spelling, resident's name; phone tail for who may see phones.
    pub q: Option<SearchText>,
}

code_enum! {
    /// What cases are sorted by.
    pub enum CaseSort {
        /// When received.
        ReceivedAt = "received_at",
        /// When the answer is due.
        DueAt = "due_at",
        /// Business number.
        No = "no",
    }
}
