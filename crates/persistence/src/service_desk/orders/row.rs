//! The row of a work order.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;
use wuye_domain::service_desk::orders::WorkOrder;

use crate::{Failure, schema::work_orders};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = work_orders, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct Row {
    pub id: Uuid,
    pub no: String,
    pub estate_id: Uuid,
    pub request_id: Uuid,
    pub responsible_post: String,
    pub responsible_assignment: Option<Uuid>,
    pub squad_id: Option<Uuid>,
    pub area_id: Option<Uuid>,
    pub created_by: Option<Uuid>,
    pub technician_id: Uuid,
    pub category: String,
    pub urgency: String,
    pub estimated_minutes: i32,
    pub state: String,
    pub dispatched_by: Option<Uuid>,
    pub dispatched_at: DateTime<Utc>,
    pub round_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub arrived_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub finished_by: Option<Uuid>,
    pub response_due_at: DateTime<Utc>,
    pub finish_due_at: DateTime<Utc>,
    pub pending_reason: Option<String>,
    pub returned_count: i32,
    pub keyed_late: bool,
    pub verified_by: Option<Uuid>,
    pub verified_at: Option<DateTime<Utc>>,
    pub rating: Option<String>,
    pub end_reason: Option<String>,
    pub updated_at: DateTime<Utc>,
    pub version: i32,
}

impl Row {
    pub(super) fn of(order: &WorkOrder) -> Self {
        let order = order.clone();
        Self {
            id: order.id.0,
            no: order.no,
            estate_id: order.estate_id.0,
            request_id: order.request_id.0,
            responsible_post: order.responsible_post.code().to_owned(),
            responsible_assignment: order.responsible_assignment.map(Into::into),
            squad_id: order.squad_id.map(Into::into),
            area_id: order.area_id.map(Into::into),
            created_by: order.created_by.map(Into::into),
            technician_id: order.technician_id.0,
            category: order.category.code().to_owned(),
            urgency: order.urgency.code().to_owned(),
            estimated_minutes: order.estimated_minutes,
            state: order.state.code().to_owned(),
            dispatched_by: order.dispatched_by.map(Into::into),
            dispatched_at: order.dispatched_at,
            round_at: order.round_at,
            accepted_at: order.accepted_at,
            arrived_at: order.arrived_at,
            finished_at: order.finished_at,
            finished_by: order.finished_by.map(Into::into),
            response_due_at: order.response_due_at,
            finish_due_at: order.finish_due_at,
            pending_reason: order.pending_reason,
            returned_count: order.returned_count,
            keyed_late: order.keyed_late,
            verified_by: order.verified_by.map(Into::into),
            verified_at: order.verified_at,
            rating: order.rating,
            end_reason: order.end_reason,
            updated_at: order.updated_at,
            version: order.version,
        }
    }

    pub(super) fn order(self) -> Result<WorkOrder, Failure> {
        Ok(WorkOrder {
            id: self.id.into(),
            no: self.no,
            estate_id: self.estate_id.into(),
            request_id: self.request_id.into(),
            responsible_post: self.responsible_post.parse()?,
            responsible_assignment: self.responsible_assignment.map(Into::into),
            squad_id: self.squad_id.map(Into::into),
            area_id: self.area_id.map(Into::into),
            created_by: self.created_by.map(Into::into),
            technician_id: self.technician_id.into(),
            category: self.category.parse()?,
            urgency: self.urgency.parse()?,
            estimated_minutes: self.estimated_minutes,
            state: self.state.parse()?,
            dispatched_by: self.dispatched_by.map(Into::into),
            dispatched_at: self.dispatched_at,
            round_at: self.round_at,
            accepted_at: self.accepted_at,
            arrived_at: self.arrived_at,
            finished_at: self.finished_at,
            finished_by: self.finished_by.map(Into::into),
            response_due_at: self.response_due_at,
            finish_due_at: self.finish_due_at,
            pending_reason: self.pending_reason,
            returned_count: self.returned_count,
            keyed_late: self.keyed_late,
            verified_by: self.verified_by.map(Into::into),
            verified_at: self.verified_at,
            rating: self.rating,
            end_reason: self.end_reason,
            updated_at: self.updated_at,
            version: self.version,
        })
    }
}
