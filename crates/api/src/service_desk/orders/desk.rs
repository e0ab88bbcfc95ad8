//! The desk's decisions: verify, send back, reassign, cancel, close.

use actix_web::{http::StatusCode, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    service_desk::{
        orders::{SignKind, Verify, WorkOrder},
        repairs::RepairRequest,
    },
    shared::{EmployeeId, Note, Subject, SubjectKind, Transition},
};
use wuye_persistence::{
    Conn, Failure, files,
    service_desk::{
        candidates,
        orders::{self, results},
        repairs,
    },
};

use super::{
    super::{repairs::rank, terms::Terms},
    OrderView,
};
use crate::{Answer, ApiResult, App, Command, Guard, NoBody, Work, reactions};

/// Why.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderReason {
    /// In words.
    reason: Note,
}

/// To whom, and why.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReassignOrder {
    /// The technician who gets it.
    technician_id: EmployeeId,
    /// Why it changes hands.
    reason: Note,
}

/// Verify a finished order
///
/// The desk looks at the evidence. Nobody verifies their own work. The return visit is made by itself.
#[utoipa::path(tag = "service_desk", operation_id = "verify_work_order", params(("id" = Uuid, Path)), request_body = Verify,
    responses((status = 200, description = "The order", body = OrderView)),
    extensions(("x-permission" = json!("order.dispatch")), ("x-clauses" = json!(["POS-RECEPT-09a", "PROC-RECEPT-5.3"]))))]
#[post("/work-orders/{id}/verify")]
pub async fn verify_work_order(
    guard: Guard<need::OrderDispatch>,
    id: web::Path<Uuid>,
    command: Command<Verify>,
    app: web::Data<App>,
) -> ApiResult<OrderView> {
    let mut work = app.begin(&guard, &command).await?;
    let (order, request) = orders::lock(&mut work, &guard.scope, (*id).into()).await?;
    let evidence = has_evidence(&mut work, &order).await?;
    let step = order.verify(&command.body, evidence, &work.actor, work.now)?;
    let verified = step.record.clone();
    save(&mut work, step, &request).await?;
    reactions::order_verified(&mut work, &verified, &request).await?;
    answer(work, verified).await
}

/// Send an order back to work
///
/// The evidence was not good enough, or the resident was not content.
#[utoipa::path(tag = "service_desk", operation_id = "return_work_order", params(("id" = Uuid, Path)), request_body = OrderReason,
    responses((status = 200, description = "The order", body = OrderView)),
    extensions(("x-permission" = json!("order.dispatch")), ("x-clauses" = json!(["PROC-RECEPT-5.3"]))))]
#[post("/work-orders/{id}/return")]
pub async fn return_work_order(
    guard: Guard<need::OrderDispatch>,
    id: web::Path<Uuid>,
    command: Command<OrderReason>,
    app: web::Data<App>,
) -> ApiResult<OrderView> {
    let mut work = app.begin(&guard, &command).await?;
    let (order, request) = orders::lock(&mut work, &guard.scope, (*id).into()).await?;
    let step = order.return_to_work(&command.body.reason, work.now)?;
    let order = save(&mut work, step, &request).await?;
    answer(work, order).await
}

/// Give an order to another technician
#[utoipa::path(tag = "service_desk", operation_id = "reassign_work_order", params(("id" = Uuid, Path)), request_body = ReassignOrder,
    responses((status = 200, description = "The order", body = OrderView)),
    extensions(("x-permission" = json!("order.dispatch")), ("x-clauses" = json!(["POS-RECEPT-09a", "POS-RECEPT-09c"]))))]
#[post("/work-orders/{id}/reassign")]
pub async fn reassign_work_order(
    guard: Guard<need::OrderDispatch>,
    id: web::Path<Uuid>,
    command: Command<ReassignOrder>,
    app: web::Data<App>,
) -> ApiResult<OrderView> {
    let mut work = app.begin(&guard, &command).await?;
    let (order, request) = orders::lock(&mut work, &guard.scope, (*id).into()).await?;
    candidates::one_at_a_time(&mut work, order.estate_id).await?;
    let (now, body) = (work.now, &command.body);
    let terms = Terms::of(&work, order.estate_id).await?;
    let ranking = rank(&mut work, &request, &terms, now).await?;
    let to = candidates::chosen(&ranking.people, body.technician_id, &request)?;
    let (step, given) = order.reassign(&to, &ranking.suggestion, &body.reason, &work.actor, now)?;
    orders::given(&mut work, &given).await?;
    let order = save(&mut work, step, &request).await?;
    answer(work, order).await
}

/// Cancel an order
///
/// And its request with it.
#[utoipa::path(tag = "service_desk", operation_id = "cancel_work_order", params(("id" = Uuid, Path)), request_body = OrderReason,
    responses((status = 200, description = "The order", body = OrderView)),
    extensions(("x-permission" = json!("order.dispatch")), ("x-clauses" = json!(["POS-RECEPT-09a"]))))]
#[post("/work-orders/{id}/cancel")]
pub async fn cancel_work_order(
    guard: Guard<need::OrderDispatch>,
    id: web::Path<Uuid>,
    command: Command<OrderReason>,
    app: web::Data<App>,
) -> ApiResult<OrderView> {
    let mut work = app.begin(&guard, &command).await?;
    let (order, request) = orders::lock(&mut work, &guard.scope, (*id).into()).await?;
    let step = order.cancel(&command.body.reason, work.now)?;
    let order = save(&mut work, step, &request).await?;
    answer(work, order).await
}

/// Close an order
///
/// After the return visit; at once where no resident waits for it.
#[utoipa::path(tag = "service_desk", operation_id = "close_work_order", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 200, description = "The order", body = OrderView)),
    extensions(("x-permission" = json!("order.dispatch")), ("x-clauses" = json!(["POS-RECEPT-09a", "PROC-RECEPT-5.3"]))))]
#[post("/work-orders/{id}/close")]
pub async fn close_work_order(
    guard: Guard<need::OrderDispatch>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<OrderView> {
    let mut work = app.begin(&guard, &command).await?;
    let (order, request) = orders::lock(&mut work, &guard.scope, (*id).into()).await?;
    let step = order.close(&request, work.now)?;
    let order = save(&mut work, step, &request).await?;
    answer(work, order).await
}

/// Stores a step of an order and what follows for its request.
///
/// # Errors
/// As the database says.
pub async fn save(work: &mut Work, step: Transition<WorkOrder>, request: &RepairRequest) -> Result<WorkOrder, Failure> {
    orders::save(work, &step.record).await?;
    work.record(step.entry);
    if let Some(followed) = request.follow(&step.record, work.now) {
        repairs::save(work, &followed.record).await?;
        work.record(followed.entry);
    }
    Ok(step.record)
}

/// Whether there is a photo on the order, or the resident's signature on its last finishing.
async fn has_evidence(conn: &mut Conn, order: &WorkOrder) -> Result<bool, Failure> {
    let subject = Subject::new(SubjectKind::WorkOrder, order.id);
    if !files::attached(conn, &[subject]).await?.is_empty() {
        return Ok(true);
    }
    let done = results::of_order(conn, order.id).await?;
    Ok(done
        .last()
        .is_some_and(|done| done.sign_kind == SignKind::Signed.code()))
}

async fn answer(mut work: Work, order: WorkOrder) -> ApiResult<OrderView> {
    let now = work.now;
    let view = OrderView::load(&mut work, order, now).await?;
    let answer = Answer::of(StatusCode::OK, &view)?.version(view.version());
    work.commit_with(answer).await
}
