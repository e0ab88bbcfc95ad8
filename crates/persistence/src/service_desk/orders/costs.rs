//! Costs above the limit and their decisions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    service_desk::orders::{Cost, CostId, WorkOrder, WorkOrderId},
    shared::Problem,
};

use super::row::Row as OrderRow;
use crate::{
    Conn, Failure, in_scope,
    schema::{work_order_costs as costs, work_orders as orders},
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = costs, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: Uuid,
    order_id: Uuid,
    kind: String,
    amount_fen: i64,
    reason: String,
    asked_by: Uuid,
    asked_at: DateTime<Utc>,
    state: String,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    decision_reason: Option<String>,
    needs_expense_approval: bool,
}

impl Row {
    fn of(cost: &Cost) -> Self {
        Self {
            id: cost.id.0,
            order_id: cost.order_id.0,
            kind: cost.kind.code().to_owned(),
            amount_fen: cost.amount_fen,
            reason: cost.reason.clone(),
            asked_by: cost.asked_by.0,
            asked_at: cost.asked_at,
            state: cost.state.code().to_owned(),
            decided_by: cost.decided_by.map(Into::into),
            decided_at: cost.decided_at,
            decision_reason: cost.decision_reason.clone(),
            needs_expense_approval: cost.needs_expense_approval,
        }
    }

    fn cost(self) -> Result<Cost, Failure> {
        Ok(Cost {
            id: self.id.into(),
            order_id: self.order_id.into(),
            kind: self.kind.parse()?,
            amount_fen: self.amount_fen,
            reason: self.reason,
            asked_by: self.asked_by.into(),
            asked_at: self.asked_at,
            state: self.state.parse()?,
            decided_by: self.decided_by.map(Into::into),
            decided_at: self.decided_at,
            decision_reason: self.decision_reason,
            needs_expense_approval: self.needs_expense_approval,
        })
    }
}

/// Asks for a cost.
///
/// # Errors
/// `conflict` while another one of the order waits.
pub async fn insert(conn: &mut Conn, cost: &Cost) -> Result<(), Failure> {
    diesel::insert_into(costs::table)
        .values(&Row::of(cost))
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a decision; the order is held by the caller.
///
/// # Errors
/// As the database says.
pub async fn save(conn: &mut Conn, cost: &Cost) -> Result<(), Failure> {
    diesel::update(costs::table.find(cost.id.0))
        .set(&Row::of(cost))
        .execute(conn)
        .await?;
    Ok(())
}

/// The costs of an order that was read in scope, the first one first.
///
/// # Errors
/// As the database says.
pub async fn of_order(mut conn: &Conn, order: WorkOrderId) -> Result<Vec<Cost>, Failure> {
    let rows: Vec<Row> = costs::table
        .filter(costs::order_id.eq(order.0))
        .order(costs::id)
        .select(Row::as_select())
        .load(&mut conn)
        .await?;
    rows.into_iter().map(Row::cost).collect()
}

/// The costs that wait for a decision, with their orders, in scope.
///
/// # Errors
/// As the database says.
pub async fn pending(conn: &mut Conn, scope: &Scope) -> Result<Vec<(Cost, WorkOrder)>, Failure> {
    let waiting = costs::table.filter(costs::state.eq("pending")).select(costs::order_id);
    let rows: Vec<OrderRow> = orders::table
        .filter(in_scope!(orders, scope))
        .filter(orders::id.eq_any(waiting))
        .select(OrderRow::as_select())
        .load(conn)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut asked: std::collections::HashMap<Uuid, Row> = costs::table
        .filter(costs::state.eq("pending").and(costs::order_id.eq_any(ids)))
        .select(Row::as_select())
        .load(conn)
        .await?
        .into_iter()
        .map(|row: Row| (row.order_id, row))
        .collect();
    rows.into_iter()
        .filter_map(|row| asked.remove(&row.id).map(|cost| (cost, row)))
        .map(|(cost, order)| Ok((cost.cost()?, order.order()?)))
        .collect()
}

/// Which order a cost belongs to; whether the caller may see that order is asked next.
///
/// # Errors
/// `not_found`.
pub async fn order_of(conn: &mut Conn, id: CostId) -> Result<WorkOrderId, Failure> {
    let order: Option<Uuid> = costs::table
        .find(id.0)
        .select(costs::order_id)
        .first(conn)
        .await
        .optional()?;
    Ok(order.ok_or_else(Problem::not_found)?.into())
}
