//! Work orders: the technician's steps, the desk's decisions, the costs, the figures.

mod costs;
mod desk;
mod detail;
mod export;
mod field;
mod reactions;
mod read;
mod statistics;
mod view;

use crate::routes::Routes;
use wuye_domain::{access::Scope, service_desk::orders::WorkOrderId};
use wuye_persistence::{Conn, Failure, service_desk::orders};

pub use reactions::{return_after_visit, visited};
pub(super) use view::OrderView;

/// The routes of work orders.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(read::list_work_orders)
        .service(statistics::get_order_statistics)
        .service(export::export_work_orders)
        .service(read::get_work_order)
        .service(field::accept_work_order)
        .service(field::arrive_work_order)
        .service(field::hold_work_order)
        .service(field::resume_work_order)
        .service(field::finish_work_order)
        .service(desk::verify_work_order)
        .service(desk::return_work_order)
        .service(desk::reassign_work_order)
        .service(desk::cancel_work_order)
        .service(desk::close_work_order)
        .service(costs::approve_order_cost)
        .service(costs::refuse_order_cost);
}

/// Whether an order may be read: for its history and files.
///
/// # Errors
/// `not_found`.
pub async fn may_read(conn: &mut Conn, scope: &Scope, id: WorkOrderId) -> Result<(), Failure> {
    orders::find(conn, scope, id).await.map(|_| ())
}
