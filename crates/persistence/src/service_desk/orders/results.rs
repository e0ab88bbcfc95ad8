//! What technicians wrote down on finishing.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::service_desk::orders::{Completion, WorkOrder, WorkOrderId};

use crate::{
    Conn, Failure,
    schema::{employees, work_order_results as results},
};

/// Notes what was done.
///
/// # Errors
/// As the database says.
pub async fn insert(
    conn: &mut Conn,
    order: &WorkOrder,
    done: &Completion,
    finished_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    diesel::insert_into(results::table)
        .values((
            (
                results::id.eq(Uuid::now_v7()),
                results::order_id.eq(order.id.0),
                results::technician_id.eq(order.technician_id.0),
                results::finished_at.eq(finished_at),
                results::recorded_at.eq(now),
                results::cause.eq(done.cause.as_str()),
                results::work_done.eq(done.work_done.as_str()),
                results::materials_used.eq(serde_json::to_value(&done.materials_used)?),
            ),
            (
                results::minutes_worked.eq(done.minutes_worked.0),
                results::material_cost_fen.eq(done.material_cost_fen()),
                results::charge_fen.eq(done.charge_fen.0),
                results::safety_passed.eq(done.safety_check.passed),
                results::safety_note.eq(done.safety_check.note.as_ref().map(|note| note.as_str())),
                results::sign_kind.eq(done.resident_sign.kind.code()),
                results::sign_name.eq(done.resident_sign.name.as_ref().map(|name| name.as_str())),
                results::sign_file_id.eq(done.resident_sign.file_id.map(|file| file.0)),
            ),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// One finishing, with the technician's name.
#[derive(Clone, Debug, Queryable)]
pub struct Done {
    /// Who finished.
    pub technician_name: String,
    /// When.
    pub finished_at: DateTime<Utc>,
    /// When it was keyed in.
    pub recorded_at: DateTime<Utc>,
    /// Why it was broken.
    pub cause: String,
    /// What was done.
    pub work_done: String,
    /// What was used, as entered.
    pub materials_used: serde_json::Value,
    /// Minutes of work.
    pub minutes_worked: i32,
    /// What the materials cost together.
    pub material_cost_fen: i64,
    /// What the resident pays.
    pub charge_fen: i64,
    /// Whether the place was left safe.
    pub safety_passed: bool,
    /// What was not.
    pub safety_note: Option<String>,
    /// Whether the resident confirmed.
    pub sign_kind: String,
    /// Who signed.
    pub sign_name: Option<String>,
    /// The picture of the signature.
    pub sign_file_id: Option<Uuid>,
}

/// The finishings of an order that was read in scope, the first one first.
///
/// # Errors
/// As the database says.
pub async fn of_order(mut conn: &Conn, order: WorkOrderId) -> Result<Vec<Done>, Failure> {
    Ok(results::table
        .inner_join(employees::table)
        .filter(results::order_id.eq(order.0))
        .order(results::id)
        .select((
            employees::name,
            results::finished_at,
            results::recorded_at,
            results::cause,
            results::work_done,
            results::materials_used,
            results::minutes_worked,
            results::material_cost_fen,
            results::charge_fen,
            results::safety_passed,
            results::safety_note,
            results::sign_kind,
            results::sign_name,
            results::sign_file_id,
        ))
        .load(&mut conn)
        .await?)
}
