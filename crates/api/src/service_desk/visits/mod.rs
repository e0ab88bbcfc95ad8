//! Return visits (return_visits).

mod act;
mod read;

use wuye_domain::service_desk::visits::{self as rules, Closing};
use wuye_persistence::{Failure, service_desk::visits};

pub use read::VisitView;
pub(super) use read::page;

use super::terms::Terms;
use crate::{Work, routes::Routes};

/// The routes of return visits.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(read::list_visits)
        .service(read::get_visit_statistics)
        .service(read::get_visit)
        .service(act::assign_visit)
        .service(act::record_visit)
        .service(act::follow_up_visit)
        .service(act::close_visit);
}

/// Makes the visits due that a closing asks for. The same closing reported twice makes none again.
///
/// # Errors
/// As the database says.
pub async fn fall_due(work: &mut Work, closing: &Closing) -> Result<(), Failure> {
    let terms = Terms::of(work, closing.estate_id).await?;
    let due = rules::due(closing, &terms.settings, &terms.clockwork(), work.now);
    for entry in visits::generate(work, due, terms.zone).await? {
        work.record(entry);
    }
    Ok(())
}
