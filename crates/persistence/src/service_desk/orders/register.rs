//! The register of who was given an order, and why.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::service_desk::orders::{Dispatch, WorkOrderId};

use crate::{
    Conn, Failure,
    schema::{employees, work_order_dispatches as dispatches},
};

/// Notes that an order was given to somebody.
///
/// # Errors
/// As the database says.
pub async fn given(conn: &mut Conn, dispatch: &Dispatch) -> Result<(), Failure> {
    diesel::insert_into(dispatches::table)
        .values((
            dispatches::id.eq(Uuid::now_v7()),
            dispatches::order_id.eq(dispatch.order_id.0),
            dispatches::technician_id.eq(dispatch.technician_id.0),
            dispatches::suggested_id.eq(dispatch.suggested_id.map(|id| id.0)),
            dispatches::place.eq(dispatch.place),
            dispatches::reason.eq(dispatch.reason.as_deref()),
            dispatches::dispatched_by.eq(dispatch.dispatched_by.map(|id| id.0)),
            dispatches::dispatched_at.eq(dispatch.dispatched_at),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// One giving of an order, with names.
#[derive(Clone, Debug, Queryable)]
pub struct DispatchLine {
    /// Who got it.
    pub technician_id: Uuid,
    /// Their name.
    pub technician_name: String,
    /// Who was suggested.
    pub suggested_id: Option<Uuid>,
    /// Their name.
    pub suggested_name: Option<String>,
    /// The place of the chosen one in the ranking, from 1.
    pub place: Option<i32>,
    /// Why it was somebody else, or why it was taken from the former.
    pub reason: Option<String>,
    /// Who gave it.
    pub dispatched_by_name: Option<String>,
    /// When.
    pub dispatched_at: DateTime<Utc>,
}

/// Who had the order, the first one first. The order was read in scope before.
///
/// # Errors
/// As the database says.
pub async fn dispatches(mut conn: &Conn, order: WorkOrderId) -> Result<Vec<DispatchLine>, Failure> {
    let (technician, suggested, giver) =
        diesel::alias!(employees as technician, employees as suggested, employees as giver);
    Ok(dispatches::table
        .inner_join(technician.on(technician.field(employees::id).eq(dispatches::technician_id)))
        .left_join(suggested.on(suggested.field(employees::id).nullable().eq(dispatches::suggested_id)))
        .left_join(giver.on(giver.field(employees::id).nullable().eq(dispatches::dispatched_by)))
        .filter(dispatches::order_id.eq(order.0))
        .order(dispatches::id)
        .select((
            dispatches::technician_id,
            technician.field(employees::name),
            dispatches::suggested_id,
            suggested.field(employees::name).nullable(),
            dispatches::place,
            dispatches::reason,
            giver.field(employees::name).nullable(),
            dispatches::dispatched_at,
        ))
        .load(&mut conn)
        .await?)
}
