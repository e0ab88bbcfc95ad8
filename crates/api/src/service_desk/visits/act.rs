//! Making a visit and following up what comes of it.

use actix_web::{post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{PostCode, need},
    service_desk::{
        Deed,
        visits::{self as rules, RecordVisit, Visit, VisitAction},
    },
    shared::{EmployeeId, LongText, Problem, Text, Transition},
};
use wuye_persistence::service_desk::{staff, visits};

use super::{super::terms::Terms, read::VisitView};
use crate::{
    Answer, ApiResult, App, Command, Guard, NoBody, Work,
    late::{self, KeptNote, Outcome},
    reactions,
};

async fn keep(mut work: Work, step: Transition<Visit>) -> ApiResult<VisitView> {
    let saved = visits::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let now = work.now;
    let view = VisitView::of(&mut work, vec![saved], now).await?.remove(0);
    let answer = Answer::ok(&view)?.version(view.version());
    work.commit_with(answer).await
}

/// To whom.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignVisit {
    /// Who is to ask: of the desk, never whose work it was.
    visitor_id: EmployeeId,
}

/// Name the visitor
#[utoipa::path(tag = "service_desk", operation_id = "assign_visit", params(("id" = Uuid, Path)), request_body = AssignVisit,
    responses((status = 200, description = "The visit", body = VisitView)),
    extensions(("x-permission" = json!("visit.do")), ("x-clauses" = json!(["POS-RECEPT-07b", "POS-RECEPT-09b"]))))]
#[post("/visits/{id}/assign")]
pub async fn assign_visit(
    guard: Guard<need::VisitDo>,
    id: web::Path<Uuid>,
    command: Command<AssignVisit>,
    app: web::Data<App>,
) -> ApiResult<VisitView> {
    let mut work = app.begin(&guard, &command).await?;
    let visit = visits::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    let today = Terms::of(&work, visit.estate_id).await?.date(work.now);
    let visitor = command.body.visitor_id;
    let desk = [PostCode::Recept, PostCode::Pubsup];
    if staff::owner(&mut work, visit.estate_id, visitor, &desk, today)
        .await?
        .is_none()
    {
        let message = Text::new(
            "回访由客服接待员或公共事务部主管进行",
            "visits are made by the desk or its supervisor",
        );
        return Err(Problem::field("/visitor_id", "not_of_the_desk", message).into());
    }
    let step = rules::assign(&visit, visitor, &Deed::now(&guard.actor, work.now))?;
    keep(work, step).await
}

/// Write down the answer of a resident
///
/// Nobody reached: again on the next working day, until the tries are used up. A dissatisfied answer waits for its
/// follow-up, any other closes the visit. Never by the technician or the person complained of.
#[utoipa::path(tag = "service_desk", operation_id = "record_visit", params(("id" = Uuid, Path)), request_body = RecordVisit,
    responses((status = 200, description = "The visit", body = VisitView),
        (status = 202, description = "Sent late and no longer fitting: kept as a note", body = KeptNote)),
    extensions(("x-permission" = json!("visit.do")), ("x-clauses" = json!(["POS-RECEPT-07b", "POS-RECEPT-09b"]))))]
#[post("/visits/{id}/record")]
pub async fn record_visit(
    guard: Guard<need::VisitDo>,
    id: web::Path<Uuid>,
    command: Command<RecordVisit>,
    app: web::Data<App>,
) -> ApiResult<Outcome<VisitView>> {
    let mut work = app.begin(&guard, &command).await?;
    let visit = visits::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    let (said, terms) = (&command.body, Terms::of(&work, visit.estate_id).await?);
    let deed = Deed::reported(&guard.actor, work.now, said.occurred_at)?;
    let recorded = match rules::record(&visit, said, &terms.settings, &terms.clockwork(), &deed) {
        Ok(recorded) => recorded,
        Err(problem) if late::keeps(&problem, said.occurred_at) => {
            let words = said.comment.as_deref().unwrap_or(said.result.code());
            return late::keep(
                work,
                rules::late_note(&visit, VisitAction::Record, words, &deed),
                problem,
            )
            .await;
        }
        Err(problem) => return Err(problem.into()),
    };
    recorded.entries.into_iter().for_each(|entry| work.record(entry));
    let saved = visits::save(&mut work, &recorded.record).await?;
    reactions::visit_recorded(&mut work, &saved, recorded.answered).await?;
    let view = VisitView::of(&mut work, vec![saved], deed.now).await?.remove(0);
    let version = view.version();
    let answer = Answer::ok(&Outcome::Done(Box::new(view)))?.version(version);
    work.commit_with(answer).await
}

/// What was done about an answer.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUpVisit {
    /// In words.
    text: LongText,
    /// Whether the matter is opened again: the case, the order or the dispute.
    reopen: bool,
}

/// Follow a visit up
///
/// Opens the matter again where that is what is needed; its next closing makes a visit due of its own.
#[utoipa::path(tag = "service_desk", operation_id = "follow_up_visit", params(("id" = Uuid, Path)), request_body = FollowUpVisit,
    responses((status = 200, description = "The visit", body = VisitView)),
    extensions(("x-permission" = json!("visit.do")), ("x-clauses" = json!(["POS-RECEPT-07b", "POS-RECEPT-09b"]))))]
#[post("/visits/{id}/follow-up")]
pub async fn follow_up_visit(
    guard: Guard<need::VisitDo>,
    id: web::Path<Uuid>,
    command: Command<FollowUpVisit>,
    app: web::Data<App>,
) -> ApiResult<VisitView> {
    let mut work = app.begin(&guard, &command).await?;
    let visit = visits::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    let FollowUpVisit { text, reopen } = &command.body;
    let step = rules::follow_up(&visit, text, *reopen, &Deed::now(&guard.actor, work.now))?;
    if *reopen {
        reactions::visit_reopens(&mut work, &visit).await?;
    }
    keep(work, step).await
}

/// Close a return visit
///
/// After its follow-up.
#[utoipa::path(tag = "service_desk", operation_id = "close_visit", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 200, description = "The visit", body = VisitView)),
    extensions(("x-permission" = json!("visit.do")), ("x-clauses" = json!(["POS-RECEPT-07b"]))))]
#[post("/visits/{id}/close")]
pub async fn close_visit(
    guard: Guard<need::VisitDo>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<VisitView> {
    let mut work = app.begin(&guard, &command).await?;
    let visit = visits::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    let step = rules::close(&visit, &Deed::now(&guard.actor, work.now))?;
    keep(work, step).await
}
