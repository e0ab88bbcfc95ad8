//! What the service desk offers to the mornings: figures of the day before, each within the scope of whoever tells them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use wuye_domain::{
    access::Scope,
    shared::{EstateId, period::Span},
};

use super::{
    unfinished,
    workbench::{AWAITS_REPLY, WITH_TECHNICIAN},
};
use crate::{
    Conn, Failure, in_scope,
    schema::{cases, disputes, visits, work_orders},
    tally,
    tally::Tally,
};

/// States in which a visit is still to be made.
const TO_VISIT: [&str; 2] = ["due", "unreachable"];

/// The rows of a table in one estate that a scope opens.
macro_rules! here {
    ($table:ident, $scope:expr, $estate:expr) => {
        $table::table
            .filter(in_scope!($table, $scope))
            .filter($table::estate_id.eq($estate.0))
    };
}

/// Cases that came in.
///
/// # Errors
/// As the database says.
pub async fn cases_received(conn: &mut Conn, scope: &Scope, estate: EstateId, span: Span) -> Result<Tally, Failure> {
    let in_span = cases::received_at.ge(span.from).and(cases::received_at.lt(span.until));
    let query = here!(cases, scope, estate).filter(in_span);
    Ok(tally!(conn, cases, cases::received_at, query))
}

/// Cases that are not closed.
///
/// # Errors
/// As the database says.
pub async fn cases_open(conn: &mut Conn, scope: &Scope, estate: EstateId) -> Result<Tally, Failure> {
    let query = here!(cases, scope, estate).filter(unfinished::cases());
    Ok(tally!(conn, cases, cases::due_at, query))
}

/// Cases that wait for an answer longer than they may.
///
/// # Errors
/// As the database says.
pub async fn cases_late(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    now: DateTime<Utc>,
) -> Result<Tally, Failure> {
    let query = here!(cases, scope, estate)
        .filter(unfinished::cases())
        .filter(cases::state.eq_any(AWAITS_REPLY).and(cases::due_at.lt(now)));
    Ok(tally!(conn, cases, cases::due_at, query))
}

/// Orders that were finished.
///
/// # Errors
/// As the database says.
pub async fn orders_done(conn: &mut Conn, scope: &Scope, estate: EstateId, span: Span) -> Result<Tally, Failure> {
    let finished = work_orders::finished_at.assume_not_null();
    let query = here!(work_orders, scope, estate)
        .filter(work_orders::finished_at.is_not_null())
        .filter(finished.ge(span.from).and(finished.lt(span.until)));
    Ok(tally!(conn, work_orders, work_orders::finished_at, query))
}

/// Orders that are not closed.
///
/// # Errors
/// As the database says.
pub async fn orders_open(conn: &mut Conn, scope: &Scope, estate: EstateId) -> Result<Tally, Failure> {
    let query = here!(work_orders, scope, estate).filter(unfinished::orders());
    Ok(tally!(conn, work_orders, work_orders::finish_due_at, query))
}

/// Orders that are not finished and whose limit is over.
///
/// # Errors
/// As the database says.
pub async fn orders_late(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    now: DateTime<Utc>,
) -> Result<Tally, Failure> {
    let late = work_orders::state
        .eq_any(WITH_TECHNICIAN)
        .and(work_orders::finish_due_at.lt(now));
    let query = here!(work_orders, scope, estate)
        .filter(unfinished::orders())
        .filter(late);
    Ok(tally!(conn, work_orders, work_orders::finish_due_at, query))
}

/// Return visits to make before `until`.
///
/// # Errors
/// As the database says.
pub async fn visits_due(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    until: DateTime<Utc>,
) -> Result<Tally, Failure> {
    let query = here!(visits, scope, estate)
        .filter(unfinished::visits())
        .filter(visits::state.eq_any(TO_VISIT).and(visits::due_at.lt(until)));
    Ok(tally!(conn, visits, visits::due_at, query))
}

/// Return visits that were made: the resident was asked.
///
/// # Errors
/// As the database says.
pub async fn visits_made(conn: &mut Conn, scope: &Scope, estate: EstateId, span: Span) -> Result<Tally, Failure> {
    let asked = visits::asked_at.assume_not_null();
    let query = here!(visits, scope, estate)
        .filter(visits::asked_at.is_not_null())
        .filter(asked.ge(span.from).and(asked.lt(span.until)));
    Ok(tally!(conn, visits, visits::asked_at, query))
}

/// Of those, the ones whose resident was not content.
///
/// # Errors
/// As the database says.
pub async fn visits_dissatisfied(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    span: Span,
) -> Result<Tally, Failure> {
    let asked = visits::asked_at.assume_not_null();
    let query = here!(visits, scope, estate)
        .filter(visits::asked_at.is_not_null())
        .filter(asked.ge(span.from).and(asked.lt(span.until)))
        .filter(visits::result.eq("dissatisfied"));
    Ok(tally!(conn, visits, visits::asked_at, query))
}

/// Disputes that are not closed.
///
/// # Errors
/// As the database says.
pub async fn disputes_open(conn: &mut Conn, scope: &Scope, estate: EstateId) -> Result<Tally, Failure> {
    let query = here!(disputes, scope, estate).filter(unfinished::disputes());
    Ok(tally!(conn, disputes, disputes::opened_at, query))
}
