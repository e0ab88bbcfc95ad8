//! The calendar of working days: read by all staff, kept by the assistant, confirmed by the centre manager (DER-X-1, OB-73).

mod change;
mod import;
mod view;

use wuye_domain::{
    access::{Actor, Needs, Permission},
    shared::{EstateId, Problem, Subject},
};
use wuye_persistence::{Conn, Failure, calendar};

use crate::{Guard, routes::Routes};

/// The routes of this folder.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(view::export_calendar)
        .service(view::get_calendar)
        .service(change::replace_calendar)
        .service(change::confirm_calendar)
        .service(import::import_calendar);
}

/// Whose calendar is written: the estate's, or the company's where the caller writes for the company and names none.
fn whose<P: Needs>(guard: &Guard<P>, named: Option<EstateId>) -> Result<Option<EstateId>, Problem> {
    if guard.scope.company() && named.is_none() {
        return Ok(None);
    }
    guard.estate(named).map(Some)
}

/// Whether the actor may read the history of an entry: who reads the calendar of its estate.
///
/// # Errors
/// `not_found` when it is not there or not for this actor.
pub async fn may_read(conn: &mut Conn, actor: &Actor, subject: Subject) -> Result<(), Failure> {
    let scope = actor.scope(Permission::CalendarRead)?;
    match calendar::find(conn, subject.id).await?.estate_id {
        Some(estate) if !scope.touches(estate) => Err(Problem::not_found().into()),
        _ => Ok(()),
    }
}
