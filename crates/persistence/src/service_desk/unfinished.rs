//! What still wants something from somebody: the rows of the small indexes of the same condition.
//!
//! The conditions are literal. A state that is bound as a parameter could be any state to a prepared plan, which then reads the
//! whole history. They are added to what a statement asks for; they never stand for it.

use diesel::{dsl::sql, expression::SqlLiteral, sql_types::Bool};

/// Orders that are neither closed nor cancelled.
pub(super) const ORDERS: &str = "work_orders.state NOT IN ('closed', 'cancelled')";
/// Requests that nobody dispatched yet.
pub(super) const REQUESTS: &str = "repair_requests.state = 'requested'";
/// Cases that are not closed.
pub(super) const CASES: &str = "cases.closed_at IS NULL";
/// Disputes that are not closed.
pub(super) const DISPUTES: &str = "disputes.state <> 'closed'";
/// Visits that are not closed.
pub(super) const VISITS: &str = "visits.state <> 'closed'";
/// Residents' reports that nobody took in yet.
pub(super) const REPORTS: &str = "resident_reports.state = 'received'";

/// Orders that are neither closed nor cancelled.
pub(super) fn orders() -> SqlLiteral<Bool> {
    sql(ORDERS)
}

/// Requests that nobody dispatched yet.
pub(super) fn requests() -> SqlLiteral<Bool> {
    sql(REQUESTS)
}

/// Cases that are not closed.
pub(super) fn cases() -> SqlLiteral<Bool> {
    sql(CASES)
}

/// Disputes that are not closed.
pub(super) fn disputes() -> SqlLiteral<Bool> {
    sql(DISPUTES)
}

/// Visits that are not closed.
pub(super) fn visits() -> SqlLiteral<Bool> {
    sql(VISITS)
}

/// Residents' reports that nobody took in yet.
pub(super) fn reports() -> SqlLiteral<Bool> {
    sql(REPORTS)
}
