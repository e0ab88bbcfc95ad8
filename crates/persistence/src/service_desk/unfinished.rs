//! What still wants something from somebody: the rows of the small indexes of the same condition.
//!
//! The conditions are literal. A state that is bound as a parameter could be any state to a prepared plan, which then reads the
//! whole history. They are added to what a statement asks for; they never stand for it.

use diesel::sql_types::Bool;

use crate::fixed::{Fixed, fixed};

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
pub(super) fn orders() -> Fixed<Bool> {
    fixed(ORDERS)
}

/// Requests that nobody dispatched yet.
pub(super) fn requests() -> Fixed<Bool> {
    fixed(REQUESTS)
}

/// Cases that are not closed.
pub(super) fn cases() -> Fixed<Bool> {
    fixed(CASES)
}

/// Disputes that are not closed.
pub(super) fn disputes() -> Fixed<Bool> {
    fixed(DISPUTES)
}

/// Visits that are not closed.
pub(super) fn visits() -> Fixed<Bool> {
    fixed(VISITS)
}

/// Residents' reports that nobody took in yet.
pub(super) fn reports() -> Fixed<Bool> {
    fixed(REPORTS)
}
