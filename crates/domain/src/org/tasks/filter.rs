//! Which tasks a list shows, and in which order.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{TaskPriority, TaskSource, TaskState};
use crate::access::PostCode;
use crate::code_enum;
use crate::shared::{EmployeeId, EstateId, SearchText, SubjectKind};

code_enum! {
    /// On which side of a task the caller stands, acting included.
    pub enum TaskSide {
        /// The caller's to do.
        Mine = "mine",
        /// Given by the caller.
        Given = "given",
        /// Neither: given to others by others, below on the line.
        Below = "below",
    }
}

/// Which tasks.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TaskFilter {
    /// Only this estate.
    pub estate_id: Option<EstateId>,
    /// The caller's own, given by the caller, or below.
    pub side: Option<TaskSide>,
    /// Who has it.
    pub assignee_id: Option<EmployeeId>,
    /// The post that has it.
    pub post: Option<PostCode>,
    /// Who gave it.
    pub given_by: Option<EmployeeId>,
    /// Where it stands.
    pub state: Option<TaskState>,
    /// Not closed or cancelled yet, or so.
    pub open: Option<bool>,
    /// Past its date and not reported done.
    pub overdue: Option<bool>,
    /// Reported done after its date.
    pub done_late: Option<bool>,
    /// What it came out of.
    pub source: Option<TaskSource>,
    /// Bound to a record of this kind.
    pub source_kind: Option<SubjectKind>,
    /// Bound to this record.
    pub source_id: Option<Uuid>,
    /// How urgent it is.
    pub priority: Option<TaskPriority>,
    /// Due at or after.
    pub due_from: Option<DateTime<Utc>>,
    /// Due before.
    pub due_until: Option<DateTime<Utc>>,
    /// Number, words, name of giver or assignee.
    pub q: Option<SearchText>,
}

code_enum! {
    /// What tasks are sorted by.
    pub enum TaskSort {
        /// When given.
        IssuedAt = "issued_at",
        /// When due.
        DueAt = "due_at",
        /// Business number.
        No = "no",
    }
}
