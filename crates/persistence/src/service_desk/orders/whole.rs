//! An order together with its request: each name is looked up once for both.

use uuid::Uuid;
use wuye_domain::service_desk::{
    orders::{Cost, CostState, WorkOrder},
    repairs::RepairRequest,
};

use super::list::{About, Line, escalated_to, people};
use crate::{
    Conn, Failure,
    org::climbs,
    service_desk::{
        labels::{self, Names},
        repairs::{self, OrderBrief},
    },
};

/// Puts the names to an order that was read in scope, and to its request. `costs` are the order's.
///
/// # Errors
/// As the database says.
pub async fn whole(
    conn: &Conn,
    order: WorkOrder,
    request: RepairRequest,
    costs: &[Cost],
) -> Result<(Line, repairs::Line), Failure> {
    let ids = [order.id.0, request.id.0];
    let involved = people(&order).into_iter().chain([request.created_by.map(Into::into)]);
    let (houses, places, parties, people, told) = tokio::try_join!(
        labels::house_numbers(conn, [request.house_id]),
        labels::place_names(conn, [request.place_id]),
        labels::party_names(conn, [request.party_id]),
        labels::people(conn, involved),
        climbs::told(conn, ids),
    )?;
    let named = |names: &Names, id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned());
    let technician_name = named(&people, Some(order.technician_id.0)).unwrap_or_default();
    let dispatched_by_name = named(&people, order.dispatched_by.map(Into::into));
    let about = About {
        no: request.no.clone(),
        text: request.text.clone(),
        house_no: named(&houses, request.house_id),
        place_name: named(&places, request.place_id),
        place_text: request.place_text.clone(),
        paid: request.paid,
        warranty: request.warranty,
        requested_at: request.requested_at,
    };
    let brief = OrderBrief {
        id: order.id.0,
        no: order.no.clone(),
        state: order.state,
        technician_id: order.technician_id.0,
        technician_name: technician_name.clone(),
        dispatched_by_name: dispatched_by_name.clone(),
        dispatched_at: order.dispatched_at,
        finish_due_at: order.finish_due_at,
    };
    let of_request = repairs::Line {
        house_no: about.house_no.clone(),
        place_name: about.place_name.clone(),
        party_name: named(&parties, request.party_id),
        created_by_name: named(&people, request.created_by.map(Into::into)),
        order: Some(brief),
        escalated_to: told.of(request.id, request.dispatch_due_at),
        request,
    };
    let of_order = Line {
        technician_name,
        dispatched_by_name,
        verified_by_name: named(&people, order.verified_by.map(Into::into)),
        about,
        cost_pending: costs.iter().any(|cost| cost.state == CostState::Pending),
        escalated_to: escalated_to(&order, &told),
        order,
    };
    Ok((of_order, of_request))
}
