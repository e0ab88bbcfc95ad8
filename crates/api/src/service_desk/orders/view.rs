//! A work order as it goes over the wire.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::access::PostCode;
use wuye_domain::service_desk::{
    RepairCategory, Urgency,
    orders::{OrderState, WorkOrder},
};
use wuye_persistence::{
    Conn, Failure,
    service_desk::orders::{self, Line},
};

/// A work order.
#[derive(Serialize, ToSchema)]
#[schema(as = WorkOrder)]
pub struct OrderView {
    pub(super) id: Uuid,
    pub(super) no: String,
    pub(super) estate_id: Uuid,
    pub(super) state: OrderState,
    pub(super) request_id: Uuid,
    pub(super) request_no: String,
    /// What the resident says.
    pub(super) text: String,
    /// Number of the house, as on the door.
    pub(super) house_no: Option<String>,
    pub(super) place_name: Option<String>,
    pub(super) place_text: Option<String>,
    pub(super) paid: bool,
    pub(super) warranty: bool,
    pub(super) requested_at: DateTime<Utc>,
    pub(super) category: RepairCategory,
    pub(super) urgency: Urgency,
    pub(super) technician_id: Uuid,
    pub(super) technician_name: String,
    pub(super) estimated_minutes: i32,
    pub(super) dispatched_by_name: Option<String>,
    pub(super) dispatched_at: DateTime<Utc>,
    pub(super) accepted_at: Option<DateTime<Utc>>,
    pub(super) arrived_at: Option<DateTime<Utc>>,
    pub(super) finished_at: Option<DateTime<Utc>>,
    pub(super) response_due_at: DateTime<Utc>,
    pub(super) finish_due_at: DateTime<Utc>,
    /// The limit that runs now.
    pub(super) due_at: Option<DateTime<Utc>>,
    /// Whether that was missed.
    pub(super) overdue: bool,
    /// Whether it was answered after its limit.
    pub(super) answered_late: bool,
    /// Whether it was finished after its limit.
    pub(super) finished_late: bool,
    /// The posts up the line that were told that a limit was missed, in the order in which they heard; none while the
    /// technician alone was reminded.
    pub(super) escalated_to: Vec<PostCode>,
    /// What it waits for.
    pub(super) pending_reason: Option<String>,
    /// Whether a cost waits for the supervisor.
    pub(super) cost_pending: bool,
    pub(super) returned_count: i32,
    /// Whether a step was keyed in long after it happened.
    pub(super) keyed_late: bool,
    pub(super) verified_by_name: Option<String>,
    pub(super) verified_at: Option<DateTime<Utc>>,
    /// What the resident said at the return visit.
    pub(super) rating: Option<String>,
    pub(super) end_reason: Option<String>,
    pub(super) updated_at: DateTime<Utc>,
    pub(super) version: i32,
}

impl OrderView {
    /// With the names of what it points to.
    pub fn of(line: Line, now: DateTime<Utc>) -> Self {
        let (order, about) = (line.order, line.about);
        let due_at = order.running_limit();
        let (answered_late, finished_late) = (order.answered_late(), order.finished_late());
        Self {
            id: order.id.0,
            no: order.no,
            estate_id: order.estate_id.0,
            state: order.state,
            request_id: order.request_id.0,
            request_no: about.no,
            text: about.text,
            house_no: about.house_no,
            place_name: about.place_name,
            place_text: about.place_text,
            paid: about.paid,
            warranty: about.warranty,
            requested_at: about.requested_at,
            category: order.category,
            urgency: order.urgency,
            technician_id: order.technician_id.0,
            technician_name: line.technician_name,
            estimated_minutes: order.estimated_minutes,
            dispatched_by_name: line.dispatched_by_name,
            dispatched_at: order.dispatched_at,
            accepted_at: order.accepted_at,
            arrived_at: order.arrived_at,
            finished_at: order.finished_at,
            response_due_at: order.response_due_at,
            finish_due_at: order.finish_due_at,
            due_at,
            overdue: due_at.is_some_and(|due| due < now),
            answered_late,
            finished_late,
            escalated_to: line.escalated_to,
            pending_reason: order.pending_reason,
            cost_pending: line.cost_pending,
            returned_count: order.returned_count,
            keyed_late: order.keyed_late,
            verified_by_name: line.verified_by_name,
            verified_at: order.verified_at,
            rating: order.rating,
            end_reason: order.end_reason,
            updated_at: order.updated_at,
            version: order.version,
        }
    }

    /// Of an order that was read in scope.
    ///
    /// # Errors
    /// As the database says.
    pub async fn load(conn: &mut Conn, order: WorkOrder, now: DateTime<Utc>) -> Result<Self, Failure> {
        let mut lines = orders::lines(conn, vec![order]).await?;
        Ok(Self::of(lines.remove(0), now))
    }

    /// For the ETag.
    pub const fn version(&self) -> i32 {
        self.version
    }

    /// For the address.
    pub const fn id(&self) -> Uuid {
        self.id
    }
}
