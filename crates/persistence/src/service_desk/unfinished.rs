//! What still wants something from somebody: the rows of the small indexes of the same condition.
//!
//! The conditions are literal. A state that is bound as a parameter could be any state to a prepared plan, which then reads the
//! whole history. They are added to what a statement asks for; they never stand for it.

use diesel::{dsl::sql, expression::SqlLiteral, sql_types::Bool};

/// Orders that are neither closed nor cancelled.
pub(super) fn orders() -> SqlLiteral<Bool> {
    sql("work_orders.state NOT IN ('closed', 'cancelled')")
}

/// Requests that nobody dispatched yet.
pub(super) fn requests() -> SqlLiteral<Bool> {
    sql("repair_requests.state = 'requested'")
}

/// Cases that are not closed.
pub(super) fn cases() -> SqlLiteral<Bool> {
    sql("cases.closed_at IS NULL")
}

/// Disputes that are not closed.
pub(super) fn disputes() -> SqlLiteral<Bool> {
    sql("disputes.state <> 'closed'")
}

/// Visits that are not closed.
pub(super) fn visits() -> SqlLiteral<Bool> {
    sql("visits.state <> 'closed'")
}

/// Residents' reports that nobody took in yet.
pub(super) fn reports() -> SqlLiteral<Bool> {
    sql("resident_reports.state = 'received'")
}
