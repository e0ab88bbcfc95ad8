//! Disputes (dispute_mediation).

mod act;
mod open;
mod read;
mod view;

use wuye_domain::{service_desk::disputes::Dispute, shared::Transition};
use wuye_persistence::{Failure, service_desk::disputes};

pub use act::{reopen_after_visit, visited};
pub(super) use read::page;
pub use view::{DisputeDetail, DisputeView};

use crate::{Answer, ApiResult, Work, routes::Routes};

/// The routes of disputes.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(read::list_disputes)
        .service(read::get_dispute_statistics)
        .service(read::get_dispute)
        .service(open::open_dispute)
        .service(act::assign_dispute)
        .service(act::add_dispute_step)
        .service(act::escalate_dispute)
        .service(act::settle_dispute)
        .service(act::decide_dispute_cost)
        .service(act::refer_dispute)
        .service(act::close_dispute)
        .service(act::reopen_dispute);
}

/// Stores a step.
async fn store(work: &mut Work, step: Transition<Dispute>) -> Result<Dispute, Failure> {
    let saved = disputes::save(work, &step.record).await?;
    work.record(step.entry);
    Ok(saved)
}

/// Stores a step and answers with the dispute after it.
async fn keep(mut work: Work, step: Transition<Dispute>) -> ApiResult<DisputeView> {
    let saved = store(&mut work, step).await?;
    answer(work, saved).await
}

async fn answer(mut work: Work, dispute: Dispute) -> ApiResult<DisputeView> {
    let now = work.now;
    let view = DisputeView::of(&mut work, vec![dispute], now).await?.remove(0);
    let answer = Answer::ok(&view)?.version(view.version());
    work.commit_with(answer).await
}
