//! Giving a request to a technician.

use actix_web::{http::StatusCode, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    service_desk::{
        orders,
        repairs::{RepairRequest, RequestState},
    },
    shared::{EmployeeId, Note, Problem, ProblemCode, Text},
};
use wuye_persistence::{
    Conn, Failure, numbers,
    service_desk::{candidates, categories, orders as rows, repairs},
};

use super::{super::orders::OrderView, super::terms::Terms, rank};
use crate::{Answer, ApiResult, App, Command, Guard};

/// To whom a request goes.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DispatchRepair {
    /// The technician.
    technician_id: EmployeeId,
    /// Why not the suggested one; required then.
    reason: Option<Note>,
}

/// Dispatch a repair request
///
/// Makes the work order. Another technician than the suggested one needs a reason. Of two dispatchers one gets the order
/// through; the other gets 409 with who was first.
#[utoipa::path(tag = "service_desk", operation_id = "dispatch_repair_request", params(("id" = Uuid, Path)),
    request_body = DispatchRepair, responses((status = 201, description = "The work order", body = OrderView)),
    extensions(("x-permission" = json!("order.dispatch")), ("x-clauses" = json!(["POS-RECEPT-09a", "POS-RECEPT-09c"]))))]
#[post("/repair-requests/{id}/dispatch")]
pub async fn dispatch_repair_request(
    guard: Guard<need::OrderDispatch>,
    id: web::Path<Uuid>,
    command: Command<DispatchRepair>,
    app: web::Data<App>,
) -> ApiResult<OrderView> {
    let mut work = app.begin(&guard, &command).await?;
    let request = repairs::lock(&mut work, &guard.scope, (*id).into()).await?;
    first_come(&mut work, &request).await?;
    candidates::one_at_a_time(&mut work, request.estate_id).await?;
    let (now, body) = (work.now, &command.body);
    let terms = Terms::of(&work, request.estate_id).await?;
    let ranking = rank(&mut work, &request, &terms, now).await?;
    let category = categories::find(&work, request.estate_id, request.category).await?;
    let to = candidates::chosen(&ranking.people, body.technician_id, &request)?;
    let (mut order, mut given, request) = orders::dispatch(
        &request,
        &category,
        &to,
        &ranking.suggestion,
        body.reason.as_ref(),
        String::new(),
        &work.actor,
        now,
    )?;
    order.record.no = numbers::next(&mut work, order.record.estate_id, "GD", terms.date(now)).await?;
    given.order_id = order.record.id;
    repairs::save(&mut work, &request.record).await?;
    rows::insert(&mut work, &order.record).await?;
    rows::given(&mut work, &given).await?;
    work.record(order.entry);
    work.record(request.entry);
    let view = OrderView::load(&mut work, order.record, now).await?;
    let address = format!("/api/v1/work-orders/{}", view.id());
    let answer = Answer::of(StatusCode::CREATED, &view)?;
    work.commit_with(answer.version(view.version()).location(address)).await
}

/// 409 that says who dispatched it, to whom and when.
async fn first_come(conn: &mut Conn, request: &RepairRequest) -> Result<(), Failure> {
    if request.state != RequestState::Dispatched {
        return Ok(());
    }
    let line = repairs::lines(conn, vec![request.clone()]).await?.remove(0);
    let Some(order) = line.order else { return Ok(()) };
    let (no, technician) = (order.no, order.technician_name);
    let by = order.dispatched_by_name.unwrap_or_default();
    let detail = wuye_domain::text!(
        "{by}已将此报修派给{technician}（{no}）。如需换人，请在工单上改派。",
        "{by} has already dispatched it to {technician} ({no}). To change that, reassign the order."
    );
    let problem = Problem::new(ProblemCode::WrongState, detail.clone());
    Err(problem
        .and_field("/technician_id", "already_dispatched", Text { ..detail })
        .into())
}
