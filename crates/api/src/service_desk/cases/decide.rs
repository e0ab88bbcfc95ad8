//! Validity: proposed by one person, confirmed by another; and the check before a valid complaint is closed.

use actix_web::{post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Permission, PostCode, grants, need},
    service_desk::{
        Deed,
        cases::{self as rules, Case, DecisionPath, Holders, Validity},
    },
    shared::Note,
};
use wuye_persistence::{
    Failure, org,
    service_desk::{cases, staff},
};

use super::{super::terms::Terms, CaseView, keep, locked, store};
use crate::{ApiResult, App, Command, Guard, NoBody, Work};

/// Who decides on a case at this moment: the posts up the line with their holders, and the way to the deciding one.
async fn deciders(work: &mut Work, case: &Case) -> Result<(DecisionPath, Vec<Holders>), Failure> {
    let (now, estate) = (work.now, case.estate_id);
    let today = Terms::of(work, estate).await?.date(now);
    let tree = org::edges::tree(work).await?;
    let decides = |post: &PostCode| grants(*post).iter().any(|(held, _)| *held == Permission::CaseDecide);
    let up: Vec<PostCode> = tree
        .above(PostCode::Recept, today)
        .into_iter()
        .filter(decides)
        .collect();
    let holders = staff::holders(work, estate, &up, today, now).await?;
    let about = match case.about_employee {
        Some(person) => staff::post_of(work, estate, person, today).await?,
        None => None,
    };
    let head = up.first().copied();
    let own = about.is_some_and(|post| {
        head.is_some_and(|head| post == head || tree.below(head, today).contains(&post))
    });
    Ok((rules::decision_path(case, &holders, own)?, holders))
}

/// What the investigation shows.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeValidity {
    /// `valid` when the complaint broadly matches the facts, else `invalid`.
    validity: Validity,
    /// What was found.
    reason: Note,
}

/// Propose the validity of a complaint
///
/// By the investigating owner only; somebody else confirms it.
#[utoipa::path(tag = "service_desk", operation_id = "propose_case_validity", params(("id" = Uuid, Path)), request_body = ProposeValidity,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.handle")), ("x-clauses" = json!(["TERM-2"]))))]
#[post("/cases/{id}/propose-validity")]
pub async fn propose_case_validity(
    guard: Guard<need::CaseHandle>,
    id: web::Path<Uuid>,
    command: Command<ProposeValidity>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let mut work = app.begin(&guard, &command).await?;
    let (case, finding) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let ProposeValidity { validity, reason } = &command.body;
    let deed = Deed::now(&guard.actor, work.now);
    let (step, finding) = rules::propose_validity(&case, &finding, *validity, reason, &deed)?;
    keep(work, step, Some(&finding)).await
}

/// Words for a decision.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionNote {
    /// If there is something to say.
    reason: Option<Note>,
}

/// Why something goes back.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnReason {
    /// Why.
    reason: Note,
}

/// Confirm the validity of a complaint
///
/// By PUBSUP; one step up when it is about PUBSUP or PUBSUP's people, or when the holder took it in, investigates it or is
/// complained of. The way to the deciding post is kept. Cases linked to this one share the finding.
#[utoipa::path(tag = "service_desk", operation_id = "confirm_case_validity", params(("id" = Uuid, Path)), request_body = DecisionNote,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.decide")), ("x-clauses" = json!(["TERM-2"]))))]
#[post("/cases/{id}/confirm-validity")]
pub async fn confirm_case_validity(
    guard: Guard<need::CaseDecide>,
    id: web::Path<Uuid>,
    command: Command<DecisionNote>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let mut work = app.begin(&guard, &command).await?;
    let (case, finding) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let (path, up) = deciders(&mut work, &case).await?;
    let deed = Deed::now(&guard.actor, work.now);
    let reason = command.body.reason.as_ref();
    let (step, finding) = rules::confirm_validity(&case, &finding, reason, path, &up, &deed)?;
    for duplicate in cases::duplicates(&mut work, case.id).await? {
        if let Some(heir) = rules::inherit_finding(&duplicate, &step.record, &deed) {
            store(&mut work, heir, None).await?;
        }
    }
    keep(work, step, Some(&finding)).await
}

/// Return a proposed validity
///
/// The owner looks again.
#[utoipa::path(tag = "service_desk", operation_id = "return_case_validity", params(("id" = Uuid, Path)), request_body = ReturnReason,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.decide")), ("x-clauses" = json!(["TERM-2"]))))]
#[post("/cases/{id}/return-validity")]
pub async fn return_case_validity(
    guard: Guard<need::CaseDecide>,
    id: web::Path<Uuid>,
    command: Command<ReturnReason>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let mut work = app.begin(&guard, &command).await?;
    let (case, finding) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let (path, up) = deciders(&mut work, &case).await?;
    let deed = Deed::now(&guard.actor, work.now);
    let (step, finding) = rules::return_validity(&case, &finding, &command.body.reason, &path, &up, &deed)?;
    keep(work, step, Some(&finding)).await
}

/// Check the closing of a valid complaint
///
/// By the same post that decides on its validity; then the desk may close it.
#[utoipa::path(tag = "service_desk", operation_id = "check_case_closing", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.decide")), ("x-clauses" = json!(["POS-RECEPT-03b"]))))]
#[post("/cases/{id}/check-closing")]
pub async fn check_case_closing(
    guard: Guard<need::CaseDecide>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let mut work = app.begin(&guard, &command).await?;
    let (case, finding) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let (path, up) = deciders(&mut work, &case).await?;
    let deed = Deed::now(&guard.actor, work.now);
    let (step, finding) = rules::check_closing(&case, &finding, &path, &up, &deed)?;
    keep(work, step, Some(&finding)).await
}

/// Return a valid complaint to handling
///
/// What was done is not enough to close it.
#[utoipa::path(tag = "service_desk", operation_id = "return_case_closing", params(("id" = Uuid, Path)), request_body = ReturnReason,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.decide")), ("x-clauses" = json!(["POS-RECEPT-03b"]))))]
#[post("/cases/{id}/return-closing")]
pub async fn return_case_closing(
    guard: Guard<need::CaseDecide>,
    id: web::Path<Uuid>,
    command: Command<ReturnReason>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let mut work = app.begin(&guard, &command).await?;
    let (case, finding) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let (path, up) = deciders(&mut work, &case).await?;
    let deed = Deed::now(&guard.actor, work.now);
    let (step, finding) = rules::return_closing(&case, &finding, &command.body.reason, &path, &up, &deed)?;
    keep(work, step, Some(&finding)).await
}
