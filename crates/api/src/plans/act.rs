//! A missed duty: explained by whoever has it, waived or confirmed by their own superior.

use actix_web::{post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    plans::obligations::{self as rules, Obligation, ObligationId},
    shared::{Note, Problem, Transition},
};
use wuye_persistence::plans::obligations::{self, ObligationRow};

use super::view::ObligationView;
use crate::{Answer, ApiResult, App, Command, Guard, Work, org::approver, terms::Terms};

/// Why it was missed.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainObligation {
    /// Why.
    explanation: Note,
}

/// Explain a missed duty
///
/// By whoever has it, or acts for them.
#[utoipa::path(tag = "plans", operation_id = "explain_obligation", params(("id" = Uuid, Path)), request_body = ExplainObligation,
    responses((status = 200, description = "The duty", body = ObligationView)),
    extensions(("x-permission" = json!("duty.explain")), ("x-clauses" = json!([
        "PROC-GUARD-4.2", "PROC-RECEPT-4.2", "PROC-RENOADM-4.2", "PROC-CLEANLEAD-4.2", "PROC-TECH-4.2"]))))]
#[post("/obligations/{id}/explain")]
pub async fn explain_obligation(
    guard: Guard<need::DutyExplain>,
    id: web::Path<Uuid>,
    command: Command<ExplainObligation>,
    app: web::Data<App>,
) -> ApiResult<ObligationView> {
    let mut work = app.begin(&guard, &command).await?;
    let row = obligations::lock(&mut work, &guard.scope, (*id).into()).await?;
    let duty = row.obligation()?;
    if let Some(hand) = rules::hand(&duty, &guard.actor) {
        work.decides_as(&hand);
    }
    let step = rules::explain(&duty, &command.body.explanation, &guard.actor)?;
    keep(work, row, step).await
}

/// The decision on a missed duty.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideObligation {
    /// Why.
    reason: Note,
}

/// A decision as the domain takes it.
type Decide = fn(&Obligation, &Note) -> Result<Transition<Obligation>, Problem>;

/// Waive a missed duty
///
/// By their own superior, or whoever the line names in their place.
#[utoipa::path(tag = "plans", operation_id = "waive_obligation", params(("id" = Uuid, Path)), request_body = DecideObligation,
    responses((status = 200, description = "The duty", body = ObligationView)),
    extensions(("x-permission" = json!("duty.decide")), ("x-clauses" = json!(["POS-CSCMGR-09a", "PROC-DEPMGR-4.2", "DER-X-2"]))))]
#[post("/obligations/{id}/waive")]
pub async fn waive_obligation(
    guard: Guard<need::DutyDecide>,
    id: web::Path<Uuid>,
    command: Command<DecideObligation>,
    app: web::Data<App>,
) -> ApiResult<ObligationView> {
    decide(&guard, (*id).into(), &command, &app, rules::waive).await
}

/// Confirm that a duty was missed
///
/// By their own superior, or whoever the line names in their place. Appraisal and the work on nonconforming items start from it.
#[utoipa::path(tag = "plans", operation_id = "confirm_missed_obligation", params(("id" = Uuid, Path)), request_body = DecideObligation,
    responses((status = 200, description = "The duty", body = ObligationView)),
    extensions(("x-permission" = json!("duty.decide")), ("x-clauses" = json!(["POS-CSCMGR-09a", "PROC-DEPMGR-4.2", "DER-X-2"]))))]
#[post("/obligations/{id}/confirm-missed")]
pub async fn confirm_missed_obligation(
    guard: Guard<need::DutyDecide>,
    id: web::Path<Uuid>,
    command: Command<DecideObligation>,
    app: web::Data<App>,
) -> ApiResult<ObligationView> {
    decide(&guard, (*id).into(), &command, &app, rules::confirm).await
}

async fn decide(
    guard: &Guard<need::DutyDecide>,
    id: ObligationId,
    command: &Command<DecideObligation>,
    app: &App,
    decide: Decide,
) -> ApiResult<ObligationView> {
    let mut work = app.begin(guard, command).await?;
    let mut row = obligations::lock(&mut work, &guard.scope, id).await?;
    let barred = row.own();
    let (now, actor) = (work.now, work.actor.clone());
    let step = decide(&row.obligation()?, &command.body.reason)?;
    let zone = Terms::of(&work, row.estate_id.into()).await?.zone;
    let resolution = approver::resolve(&mut work, &row.matter(zone, &barred, now)?, now).await?;
    let by = approver::must_decide(&mut work, &actor, &resolution, &barred).await?;
    work.decides_as(&by);
    obligations::decided(&mut row, guard.actor.employee, now);
    keep(work, row, step).await
}

async fn keep(mut work: Work, mut row: ObligationRow, step: Transition<Obligation>) -> ApiResult<ObligationView> {
    row.apply(&step.record);
    obligations::save(&mut work, &row).await?;
    work.record(step.entry);
    let (now, version) = (work.now, row.version);
    let view = ObligationView::of(&mut work, vec![row], now).await?.remove(0);
    let answer = Answer::ok(&view)?.version(version);
    work.commit_with(answer).await
}
