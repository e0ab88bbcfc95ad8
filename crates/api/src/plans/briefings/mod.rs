//! Morning briefings (daily_briefing): prepared by the system, given by the subordinate, heard by the superior.

mod give;
mod hear;
mod make;
mod mine;
mod prepare;
mod read;
mod statistics;
mod view;

use wuye_domain::{
    access::Scope,
    plans::briefings::Briefing,
    shared::{Subject, SubjectKind, Transition},
};
use wuye_persistence::{Conn, Failure, plans::briefings};

pub(super) use prepare::prepare;

use self::view::BriefingView;
use crate::{Work, routes::Routes};

/// The routes of briefings.
pub fn configure(config: &mut Routes<'_>) {
    // Before the routes of single briefings, whose id would take the word.
    config
        .service(read::export_briefings)
        .service(statistics::get_briefing_statistics)
        .service(hear::list_briefing_samples)
        .service(mine::get_my_briefings)
        .service(read::list_briefings)
        .service(read::get_briefing)
        .service(make::create_briefing)
        .service(give::change_briefing)
        .service(give::add_briefing_point)
        .service(give::report_briefing)
        .service(hear::hear_briefing)
        .service(hear::check_briefing_record);
}

/// Whether the scope opens this briefing, or the one of this point.
///
/// # Errors
/// `not_found`.
pub async fn may_read(conn: &mut Conn, scope: &Scope, subject: Subject) -> Result<(), Failure> {
    let id = subject.id;
    match subject.kind {
        SubjectKind::BriefingPoint => briefings::find_point(conn, scope, id.into()).await.map(drop),
        _ => briefings::find(conn, scope, id.into()).await.map(drop),
    }
}

/// Stores a step and gives the briefing after it, as the actor sees it.
async fn keep(work: &mut Work, step: Transition<Briefing>) -> Result<BriefingView, Failure> {
    let saved = briefings::save(work, &step.record).await?;
    work.record(step.entry);
    let (actor, now) = (work.actor.clone(), work.now);
    Ok(BriefingView::of(work, &actor, vec![saved], now).await?.remove(0))
}
