//! What residents report without an account, and how the desk takes it in.

mod export;
mod limit;
mod poster;
mod resident;
mod triage;
mod view;

use crate::routes::Routes;
use wuye_domain::{access::Scope, service_desk::public_reports::ResidentReportId};
use wuye_persistence::{Conn, Failure, service_desk::public_reports};

pub use limit::sweep;

/// The routes of public reports.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(resident::get_public_estate)
        .service(resident::create_public_report)
        .service(resident::upload_public_photo)
        .service(resident::get_public_report)
        .service(export::export_resident_reports)
        .service(triage::list_resident_reports)
        .service(triage::get_resident_report)
        .service(triage::take_in_resident_report)
        .service(triage::dismiss_resident_report)
        .service(poster::get_estate_poster);
}

/// Whether a report may be read: for its history and files.
///
/// # Errors
/// `not_found`.
pub async fn may_read(conn: &mut Conn, scope: &Scope, id: ResidentReportId) -> Result<(), Failure> {
    public_reports::find(conn, scope, id).await.map(|_| ())
}
