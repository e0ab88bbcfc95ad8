//! Repair requests: taken in, listed, corrected, dispatched, cancelled; and handed over by the clock.

mod dispatch;
mod due;
mod edit;
mod export;
mod read;
mod suggest;
mod take;
mod view;

use crate::routes::Routes;
use wuye_domain::{access::Scope, service_desk::repairs::RepairRequestId};
use wuye_persistence::{Conn, Failure, service_desk::repairs};

pub use due::hand_over;
pub(super) use suggest::rank;
pub use take::take_in;
pub(super) use view::{OneOrMany, RepairView, contact_scope};

/// The routes of repair requests.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(take::create_repair_request)
        .service(read::list_repair_requests)
        .service(export::export_repair_requests)
        .service(read::get_repair_request)
        .service(edit::change_repair_request)
        .service(edit::cancel_repair_request)
        .service(suggest::suggest_technicians)
        .service(dispatch::dispatch_repair_request);
}

/// Whether a request may be read: for its history and files.
///
/// # Errors
/// `not_found`.
pub async fn may_read(conn: &mut Conn, scope: &Scope, id: RepairRequestId) -> Result<(), Failure> {
    repairs::find(conn, scope, id).await.map(|_| ())
}
