//! Orders: to carry out, to dispatch, to verify, to pay for.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use wuye_domain::access::{Actor, Permission};

use super::{assignments, person};
use crate::{
    Conn, Failure, in_scope, none, pile,
    schema::{repair_requests, work_order_costs, work_orders},
    workbench::Pile,
};

/// States in which an order is the technician's.
pub(super) const WITH_TECHNICIAN: &[&str] = &[
    "dispatched",
    "accepted",
    "on_site",
    "pending_material",
    "pending_resident",
    "returned_to_work",
];

pub(super) async fn waiting(conn: &mut Conn, actor: &Actor) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    let mine = assignments(actor, Permission::OrderWork);
    if !mine.is_empty() {
        piles.push(pile!(
            conn,
            MyOrders,
            WorkOrder,
            work_orders::table
                .inner_join(repair_requests::table)
                .filter(work_orders::responsible_assignment.eq_any(mine.clone()))
                .filter(work_orders::state.eq_any(WITH_TECHNICIAN)),
            by: (work_orders::finish_due_at, work_orders::id),
            (
                work_orders::id,
                work_orders::no.nullable(),
                repair_requests::text,
                work_orders::estate_id.nullable(),
                work_orders::finish_due_at.nullable(),
                work_orders::dispatched_at,
                work_orders::urgency.nullable(),
                work_orders::state.nullable(),
                repair_requests::house_id,
                repair_requests::place_text,
            )
        ));
    }
    if let Ok(scope) = actor.scope(Permission::OrderDispatch) {
        piles.push(pile!(
            conn,
            RequestsToDispatch,
            RepairRequest,
            repair_requests::table
                .filter(in_scope!(repair_requests, &scope))
                .filter(repair_requests::state.eq("requested")),
            by: (repair_requests::dispatch_due_at, repair_requests::id),
            (
                repair_requests::id,
                repair_requests::no.nullable(),
                repair_requests::text,
                repair_requests::estate_id.nullable(),
                repair_requests::dispatch_due_at.nullable(),
                repair_requests::requested_at,
                repair_requests::urgency.nullable(),
                repair_requests::state.nullable(),
                repair_requests::house_id,
                repair_requests::place_text,
            )
        ));
        piles.push(pile!(
            conn,
            OrdersToVerify,
            WorkOrder,
            work_orders::table
                .filter(in_scope!(work_orders, &scope))
                .filter(work_orders::state.eq("done")),
            by: (work_orders::finish_due_at, work_orders::id),
            (
                work_orders::id,
                work_orders::no.nullable(),
                work_orders::category,
                work_orders::estate_id.nullable(),
                work_orders::finish_due_at.nullable(),
                work_orders::finished_at.assume_not_null(),
                work_orders::urgency.nullable(),
                work_orders::state.nullable(),
                none!(Uuid),
                none!(Text),
            )
        ));
    }
    if let Ok(scope) = actor.scope(Permission::OrderApprove) {
        let estates: Vec<uuid::Uuid> = scope.estates().iter().map(|id| id.0).collect();
        let by = person(actor);
        piles.push(pile!(
            conn,
            CostsToApprove,
            WorkOrder,
            work_order_costs::table
                .inner_join(work_orders::table)
                .filter(work_orders::estate_id.eq_any(estates.clone()))
                .filter(work_order_costs::state.eq("pending").and(work_order_costs::asked_by.ne(by))),
            by: (work_order_costs::asked_at, work_order_costs::id),
            (
                work_orders::id,
                work_orders::no.nullable(),
                work_order_costs::reason,
                work_orders::estate_id.nullable(),
                work_orders::finish_due_at.nullable(),
                work_order_costs::asked_at,
                work_orders::urgency.nullable(),
                work_order_costs::state.nullable(),
                none!(Uuid),
                none!(Text),
            )
        ));
    }
    Ok(piles)
}
