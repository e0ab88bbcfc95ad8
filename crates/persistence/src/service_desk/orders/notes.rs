//! What devices sent too late to be applied.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;
use wuye_domain::service_desk::orders::{LateNote, WorkOrderId};

use crate::{
    Conn, Failure,
    schema::{employees, work_order_late_notes as notes},
};

/// Keeps a note.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, note: &LateNote) -> Result<(), Failure> {
    diesel::insert_into(notes::table)
        .values((
            notes::id.eq(note.id),
            notes::order_id.eq(note.order_id.0),
            notes::employee_id.eq(note.employee_id.0),
            notes::act.eq(note.act.code()),
            notes::occurred_at.eq(note.occurred_at),
            notes::recorded_at.eq(note.recorded_at),
            notes::met_state.eq(note.met_state.code()),
            notes::why.eq(&note.why),
            notes::content.eq(&note.content),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// A note with the name of its writer.
#[derive(Clone, Debug, Queryable)]
pub struct NoteLine {
    /// Its id.
    pub id: Uuid,
    /// Who did it.
    pub employee_name: String,
    /// What they wanted to do.
    pub act: String,
    /// When they did it.
    pub occurred_at: DateTime<Utc>,
    /// When it arrived.
    pub recorded_at: DateTime<Utc>,
    /// The state it met.
    pub met_state: String,
    /// Why it was not applied.
    pub why: Value,
    /// What they wrote down.
    pub content: Value,
}

/// The notes of an order that was read in scope, the first one first.
///
/// # Errors
/// As the database says.
pub async fn of_order(mut conn: &Conn, order: WorkOrderId) -> Result<Vec<NoteLine>, Failure> {
    Ok(notes::table
        .inner_join(employees::table)
        .filter(notes::order_id.eq(order.0))
        .order(notes::id)
        .select((
            notes::id,
            employees::name,
            notes::act,
            notes::occurred_at,
            notes::recorded_at,
            notes::met_state,
            notes::why,
            notes::content,
        ))
        .load(&mut conn)
        .await?)
}
