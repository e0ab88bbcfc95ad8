//! Which return visits a list shows, and in which order.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{VisitReason, VisitResult, VisitState, VisitSubject};
use crate::code_enum;
use crate::shared::{EmployeeId, EstateId, SearchText};

/// Which visits. `result=dissatisfied` is the list the supervisor looks at.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VisitFilter {
    /// Only this estate.
    pub estate_id: Option<EstateId>,
    /// Where they stand.
    pub state: Option<VisitState>,
    /// The kind of record they ask about.
    pub subject: Option<VisitSubject>,
    /// The record they ask about.
    pub subject_id: Option<Uuid>,
    /// Why they are due.
    pub reason: Option<VisitReason>,
    /// What the resident says.
    pub result: Option<VisitResult>,
    /// Who asks.
    pub visitor_id: Option<EmployeeId>,
    /// Of this house.
    pub house_id: Option<Uuid>,
    /// Only those the caller may make: not about the caller's own work.
    pub mine: Option<bool>,
    /// Still to be made or followed up, or closed.
    pub open: Option<bool>,
    /// Not made in time.
    pub overdue: Option<bool>,
    /// Due at or after.
    pub due_from: Option<DateTime<Utc>>,
    /// Due before.
    pub due_until: Option<DateTime<Utc>>,
    /// Number of the visit or its matter, words, house in any spelling, resident's name.
    pub q: Option<SearchText>,
}

code_enum! {
    /// What visits are sorted by.
    pub enum VisitSort {
        /// When due.
        DueAt = "due_at",
        /// When they fell due by the closing.
        CreatedAt = "created_at",
    }
}
