//! What still wants something from somebody: the rows of the small indexes of the same condition.
//!
//! The conditions are literal. A state that is bound as a parameter could be any state to a prepared plan, which then reads the
//! whole history. They are added to what a statement asks for; they never stand for it.

use diesel::sql_types::Bool;

use crate::fixed::{Fixed, fixed};

/// Orders that are neither closed nor cancelled; why one by one is told where their index is made.
pub(super) const ORDERS: &str = "work_orders.state IN ('dispatched', 'accepted', 'on_site', 'pending_material', \
     'pending_resident', 'done', 'verified', 'returned_to_work', 'visited')";
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

#[cfg(test)]
mod tests {
    use wuye_domain::service_desk::orders::OrderState;

    use super::*;

    #[test]
    fn an_order_is_unfinished_in_every_state_but_two() {
        for state in OrderState::ALL {
            let over = matches!(state, OrderState::Closed | OrderState::Cancelled);
            assert_eq!(ORDERS.contains(&format!("'{state}'")), !over, "{state}");
        }
    }
}
