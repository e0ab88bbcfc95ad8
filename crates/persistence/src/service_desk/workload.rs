//! The workload view: what each technician has open and was given in a week (POS-RECEPT-09c, POS-PUBSUP-09).

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::shared::EstateId;

use super::candidates::Technician;
use crate::{Conn, Failure, schema::work_orders as orders};

/// What one technician has.
#[derive(Clone, Debug)]
pub struct Load {
    /// The technician.
    pub technician: Technician,
    /// Orders not finished.
    pub open_orders: i64,
    /// Their estimated minutes.
    pub open_minutes: i64,
    /// Of those, past a limit.
    pub overdue_orders: i64,
    /// Orders given in the week.
    pub week_orders: i64,
    /// Their estimated minutes.
    pub week_minutes: i64,
}

/// Technician, state, estimated minutes, dispatched at, to be finished until.
type Line = (Uuid, String, i32, DateTime<Utc>, DateTime<Utc>);

/// The loads of these technicians, for the week from `from` until `until`.
///
/// # Errors
/// As the database says.
pub async fn loads(
    conn: &mut Conn,
    estate: EstateId,
    people: Vec<Technician>,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Vec<Load>, Failure> {
    let rows: Vec<Line> = orders::table
        .filter(orders::estate_id.eq(estate.0).and(orders::state.ne("cancelled")))
        .filter(
            orders::state
                .eq_any(super::orders::open_codes())
                .or(orders::dispatched_at.ge(from).and(orders::dispatched_at.lt(until))),
        )
        .select((
            orders::technician_id,
            orders::state,
            orders::estimated_minutes,
            orders::dispatched_at,
            orders::finish_due_at,
        ))
        .load(conn)
        .await?;
    let mut loads: Vec<Load> = people
        .into_iter()
        .map(|technician| Load {
            technician,
            open_orders: 0,
            open_minutes: 0,
            overdue_orders: 0,
            week_orders: 0,
            week_minutes: 0,
        })
        .collect();
    let open = super::orders::open_codes();
    for (technician, state, minutes, dispatched_at, due) in rows {
        let Some(load) = loads.iter_mut().find(|load| load.technician.employee_id == technician) else {
            continue;
        };
        let minutes = i64::from(minutes);
        if open.contains(&state.as_str()) {
            load.open_orders += 1;
            load.open_minutes += minutes;
            load.overdue_orders += i64::from(due < now);
        }
        if (from..until).contains(&dispatched_at) {
            load.week_orders += 1;
            load.week_minutes += minutes;
        }
    }
    Ok(loads)
}
