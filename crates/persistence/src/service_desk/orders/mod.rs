//! Work orders and what belongs to them.

pub mod costs;
mod list;
pub mod notes;
mod register;
pub mod results;
mod row;
pub mod statistics;
mod whole;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    service_desk::{
        orders::{OrderState, WorkOrder, WorkOrderId},
        repairs::RepairRequest,
    },
    shared::EmployeeId,
};

use super::repairs;
use crate::{Conn, Failure, in_scope, schema::work_orders as orders};

pub use list::{Filter, Line, Sort, lines, list};
pub use register::{DispatchLine, dispatches, given};
use row::Row;
pub use whole::whole;

pub(super) fn open_codes() -> Vec<&'static str> {
    OrderState::open().into_iter().map(OrderState::code).collect()
}

/// Adds an order.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, order: &WorkOrder) -> Result<(), Failure> {
    diesel::insert_into(orders::table)
        .values(&Row::of(order))
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores an order; `order.version` is the one after the change.
///
/// # Errors
/// `version_conflict` when somebody changed it in the meantime.
pub async fn save(conn: &mut Conn, order: &WorkOrder) -> Result<(), Failure> {
    let stored = diesel::update(
        orders::table
            .find(order.id.0)
            .filter(orders::version.eq(order.version - 1)),
    )
    .set(&Row::of(order))
    .execute(conn)
    .await?;
    if stored == 1 {
        Ok(())
    } else {
        Err(crate::service_desk::stale())
    }
}

/// One order.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: WorkOrderId) -> Result<WorkOrder, Failure> {
    let row: Row = orders::table
        .filter(orders::id.eq(id.0))
        .filter(in_scope!(orders, scope))
        .select(Row::as_select())
        .first(conn)
        .await?;
    row.order()
}

/// One order and its request, both held until commit, the request first as everywhere.
///
/// # Errors
/// `not_found`.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: WorkOrderId) -> Result<(WorkOrder, RepairRequest), Failure> {
    let request: Uuid = orders::table
        .filter(orders::id.eq(id.0))
        .filter(in_scope!(orders, scope))
        .select(orders::request_id)
        .first(conn)
        .await?;
    let request = repairs::lock_of_order(conn, request.into()).await?;
    // Read again: the order may have moved out of the scope while its request was waited for.
    let row: Row = orders::table
        .filter(orders::id.eq(id.0))
        .filter(in_scope!(orders, scope))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    Ok((row.order()?, request))
}

/// An order that this person had once and has no more, with its request, both held: what their device sends late is
/// kept as a note.
///
/// # Errors
/// `not_found` for everybody else.
pub async fn lock_former(
    conn: &mut Conn,
    person: EmployeeId,
    id: WorkOrderId,
) -> Result<(WorkOrder, RepairRequest), Failure> {
    use crate::schema::work_order_dispatches as dispatches;
    let request: Uuid = orders::table
        .filter(orders::id.eq(id.0))
        .filter(diesel::dsl::exists(
            dispatches::table
                .filter(dispatches::order_id.eq(orders::id))
                .filter(dispatches::technician_id.eq(person.0)),
        ))
        .select(orders::request_id)
        .first(conn)
        .await?;
    let request = repairs::lock_of_order(conn, request.into()).await?;
    let row: Row = orders::table
        .find(id.0)
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    Ok((row.order()?, request))
}

/// An order for a reaction to a fact elsewhere, with its request, both held.
///
/// # Errors
/// `not_found`.
pub async fn lock_for_reaction(conn: &mut Conn, id: WorkOrderId) -> Result<(WorkOrder, RepairRequest), Failure> {
    let request: Uuid = orders::table.find(id.0).select(orders::request_id).first(conn).await?;
    let request = repairs::lock_of_order(conn, request.into()).await?;
    let row: Row = orders::table
        .find(id.0)
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    Ok((row.order()?, request))
}
