//! Complaints, opinions, praise and enquiries (complaint_handling).

mod decide;
mod intake;
mod links;
mod progress;
mod read;
mod view;

use wuye_domain::{
    access::Scope,
    service_desk::cases::{Case, CaseId, Finding},
    shared::Transition,
};
use wuye_persistence::{Failure, service_desk::cases};

pub use intake::take_in;
pub use progress::{reopen_after_visit, visited};
pub(super) use read::page;
pub use view::{CaseDetail, CaseView};

use crate::{Answer, ApiResult, Work, routes::Routes};

/// The routes of cases.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(read::list_cases)
        .service(read::get_case_statistics)
        .service(read::get_case)
        .service(intake::create_case)
        .service(intake::change_case)
        .service(intake::acknowledge_case)
        .service(intake::reclassify_case)
        .service(progress::assign_case)
        .service(progress::add_case_measure)
        .service(progress::reply_case)
        .service(progress::close_case)
        .service(progress::reopen_case)
        .service(decide::propose_case_validity)
        .service(decide::confirm_case_validity)
        .service(decide::return_case_validity)
        .service(decide::check_case_closing)
        .service(decide::return_case_closing)
        .service(links::link_case_duplicate)
        .service(links::unlink_case_duplicate)
        .service(links::link_case_record);
}

/// A case in scope, locked, with what was found on it.
async fn locked(work: &mut Work, scope: &Scope, id: CaseId) -> Result<(Case, Finding), Failure> {
    let case = cases::find_for_change(work, scope, id).await?;
    let finding = cases::finding(work, id).await?;
    Ok((case, finding))
}

/// Stores a step.
async fn store(work: &mut Work, step: Transition<Case>, finding: Option<&Finding>) -> Result<Case, Failure> {
    let saved = cases::save(work, &step.record, None).await?;
    if let Some(finding) = finding {
        cases::save_finding(work, saved.id, finding).await?;
    }
    work.record(step.entry);
    Ok(saved)
}

/// Stores a step and answers with the case after it.
async fn keep(mut work: Work, step: Transition<Case>, finding: Option<&Finding>) -> ApiResult<CaseView> {
    let saved = store(&mut work, step, finding).await?;
    let view = CaseView::load(&mut work, vec![saved]).await?.remove(0);
    let answer = Answer::ok(&view)?.version(view.version());
    work.commit_with(answer).await
}
