//! Deciding on costs above the limit (POS-PUBSUP-09).

use actix_web::{http::StatusCode, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    service_desk::{
        Decision,
        orders::{CostId, cost_matter},
    },
    shared::{Note, Problem},
};
use wuye_persistence::service_desk::orders::{self, costs};

use super::{super::terms::Terms, OrderView};
use crate::{Answer, ApiResult, App, Command, Guard, org::approver};

/// A remark on the decision.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveCost {
    /// In words.
    reason: Option<Note>,
}

/// Why it is refused.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseCost {
    /// In words.
    reason: Note,
}

/// Approve the cost of an order
///
/// By PUBSUP; one step up when PUBSUP asked for it or repairs it. The technician resumes the work afterwards.
#[utoipa::path(tag = "service_desk", operation_id = "approve_order_cost", params(("id" = Uuid, Path)), request_body = ApproveCost,
    responses((status = 200, description = "The order", body = OrderView), (status = 428, description = "Idempotency-Key is missing")),
    extensions(("x-permission" = json!("order.approve")), ("x-clauses" = json!(["POS-PUBSUP-09"]))))]
#[post("/work-order-costs/{id}/approve")]
pub async fn approve_order_cost(
    guard: Guard<need::OrderApprove>,
    id: web::Path<Uuid>,
    command: Command<ApproveCost>,
    app: web::Data<App>,
) -> ApiResult<OrderView> {
    decide(&app, &guard, (*id).into(), &command, true, command.body.reason.as_ref()).await
}

/// Refuse the cost of an order
#[utoipa::path(tag = "service_desk", operation_id = "refuse_order_cost", params(("id" = Uuid, Path)), request_body = RefuseCost,
    responses((status = 200, description = "The order", body = OrderView), (status = 428, description = "Idempotency-Key is missing")),
    extensions(("x-permission" = json!("order.approve")), ("x-clauses" = json!(["POS-PUBSUP-09"]))))]
#[post("/work-order-costs/{id}/refuse")]
pub async fn refuse_order_cost(
    guard: Guard<need::OrderApprove>,
    id: web::Path<Uuid>,
    command: Command<RefuseCost>,
    app: web::Data<App>,
) -> ApiResult<OrderView> {
    decide(&app, &guard, (*id).into(), &command, false, Some(&command.body.reason)).await
}

async fn decide<T>(
    app: &App,
    guard: &Guard<need::OrderApprove>,
    id: CostId,
    command: &Command<T>,
    approve: bool,
    reason: Option<&Note>,
) -> ApiResult<OrderView> {
    guard.person()?;
    // Money is at stake: twice the same decision must be one.
    command.require_key()?;
    let mut work = app.begin(guard, command).await?;
    let order = costs::order_of(&mut work, id).await?;
    let (order, _) = orders::lock(&mut work, &guard.scope, order).await?;
    let asked = costs::of_order(&work, order.id).await?;
    let cost = asked
        .into_iter()
        .find(|cost| cost.id == id)
        .ok_or_else(Problem::not_found)?;
    cost.must_wait()?;
    let (now, actor, barred) = (work.now, work.actor.clone(), [cost.asked_by, order.technician_id]);
    let dated = Terms::of(&work, order.estate_id).await?.date(order.dispatched_at);
    let resolution = approver::resolve(&mut work, &cost_matter(&order, &barred, dated), now).await?;
    let by = approver::must_decide(&mut work, &actor, &resolution, &barred).await?;
    work.decides_as(&by);
    let step = cost.decide(&order, approve, reason, &Decision::of(by, &resolution), now)?;
    costs::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let view = OrderView::load(&mut work, order, now).await?;
    let answer = Answer::of(StatusCode::OK, &view)?.version(view.version());
    work.commit_with(answer).await
}
