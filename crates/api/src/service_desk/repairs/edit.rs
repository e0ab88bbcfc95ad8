//! Correcting and cancelling what is not dispatched.

use actix_web::{http::StatusCode, patch, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    service_desk::repairs::{ChangeRepair, RepairRequest},
    shared::{Note, Transition},
};
use wuye_persistence::{accounts::version_conflict, service_desk::repairs};

use super::{super::terms::Terms, RepairView};
use crate::{Answer, ApiResult, App, Command, Guard, Work};

/// Why something is given up.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelRepair {
    /// Why.
    reason: Note,
}

/// Correct a repair request
///
/// While it is not dispatched.
#[utoipa::path(tag = "service_desk", operation_id = "change_repair_request", params(("id" = Uuid, Path)),
    request_body = ChangeRepair, responses((status = 200, description = "The request", body = RepairView)),
    extensions(("x-permission" = json!("order.dispatch")), ("x-clauses" = json!(["POS-RECEPT-09a"]))))]
#[patch("/repair-requests/{id}")]
pub async fn change_repair_request(
    guard: Guard<need::OrderDispatch>,
    id: web::Path<Uuid>,
    command: Command<ChangeRepair>,
    app: web::Data<App>,
) -> ApiResult<RepairView> {
    let expected = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let request = repairs::lock(&mut work, &guard.scope, (*id).into()).await?;
    if request.version != expected {
        return Err(version_conflict().into());
    }
    let terms = Terms::of(&work, request.estate_id).await?;
    let mut step = request.change(&command.body, &terms.desk(), work.now)?;
    repairs::must_lie_in(&mut work, request.estate_id, &step.record).await?;
    let area = repairs::area_of(&work, step.record.house_id, step.record.place_id).await?;
    step.record.area_id = area.map(Into::into);
    answer(work, step).await
}

/// Cancel a repair request
///
/// While it is not dispatched; afterwards its order is cancelled.
#[utoipa::path(tag = "service_desk", operation_id = "cancel_repair_request", params(("id" = Uuid, Path)),
    request_body = CancelRepair, responses((status = 200, description = "Cancelled", body = RepairView)),
    extensions(("x-permission" = json!("order.dispatch")), ("x-clauses" = json!(["POS-RECEPT-09a"]))))]
#[post("/repair-requests/{id}/cancel")]
pub async fn cancel_repair_request(
    guard: Guard<need::OrderDispatch>,
    id: web::Path<Uuid>,
    command: Command<CancelRepair>,
    app: web::Data<App>,
) -> ApiResult<RepairView> {
    let mut work = app.begin(&guard, &command).await?;
    let request = repairs::lock(&mut work, &guard.scope, (*id).into()).await?;
    let step = request.cancel(&command.body.reason, work.now)?;
    answer(work, step).await
}

async fn answer(mut work: Work, step: Transition<RepairRequest>) -> ApiResult<RepairView> {
    repairs::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let line = repairs::lines(&work, vec![step.record]).await?.remove(0);
    let view = RepairView::of(line, &work.actor, work.now);
    let answer = Answer::of(StatusCode::OK, &view)?.version(view.version());
    work.commit_with(answer).await
}
