//! The rows behind the figures of repair service.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{access::Scope, service_desk::orders::statistics::Counted, shared::EstateId};

use crate::{Conn, Failure, in_scope, schema::work_orders as orders};

#[derive(Queryable)]
struct Row {
    technician_id: Uuid,
    category: String,
    state: String,
    estimated_minutes: i32,
    accepted_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    response_due_at: DateTime<Utc>,
    finish_due_at: DateTime<Utc>,
    returned_count: i32,
    rating: Option<String>,
}

/// What counts of the orders dispatched in a period, in scope.
///
/// # Errors
/// As the database says.
pub async fn counted(
    conn: &mut Conn,
    scope: &Scope,
    estate: Option<EstateId>,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Counted>, Failure> {
    let mut query = orders::table.filter(in_scope!(orders, scope)).into_boxed();
    if let Some(estate) = estate {
        query = query.filter(orders::estate_id.eq(estate.0));
    }
    let rows: Vec<Row> = query
        .filter(orders::dispatched_at.ge(from).and(orders::dispatched_at.lt(until)))
        .select((
            orders::technician_id,
            orders::category,
            orders::state,
            orders::estimated_minutes,
            orders::accepted_at,
            orders::finished_at,
            orders::response_due_at,
            orders::finish_due_at,
            orders::returned_count,
            orders::rating,
        ))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Counted {
                technician: row.technician_id.into(),
                category: row.category.parse()?,
                state: row.state.parse()?,
                estimated_minutes: row.estimated_minutes.into(),
                accepted_at: row.accepted_at,
                finished_at: row.finished_at,
                response_due_at: row.response_due_at,
                finish_due_at: row.finish_due_at,
                returned: row.returned_count > 0,
                rating: row.rating,
            })
        })
        .collect()
}
