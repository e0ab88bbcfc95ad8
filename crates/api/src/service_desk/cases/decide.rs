//! Validity: proposed by one person, confirmed by another; and the check before a valid complaint is closed.

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    org::superior::Resolution,
    service_desk::{
        Decision, Deed,
        cases::{self as rules, Case, Finding, Measure, Validity},
    },
    shared::{EmployeeId, Note, Problem},
};
use wuye_persistence::{Conn, Failure, org, service_desk::cases};

use super::{super::terms::Terms, CaseView, keep, locked, store};
use crate::{
    ApiResult, App, Command, Guard, NoBody, Work,
    org::approver::{self, DecisionView},
};

/// Who must not decide, and who may, at this moment.
struct Deciders {
    barred: Vec<EmployeeId>,
    resolution: Resolution,
}

impl Deciders {
    async fn among(work: &mut Work, case: &Case, barred: Vec<EmployeeId>) -> Result<Self, Failure> {
        let dated = Terms::of(work, case.estate_id).await?.date(case.received_at);
        let now = work.now;
        let data = org::staff::load(work, case.estate_id, now).await?;
        let resolution = rules::resolve(&data.staff(), case, &barred, dated).map_err(Problem::from)?;
        Ok(Self { barred, resolution })
    }

    /// The caller decides, or is told who does.
    async fn must_be(self, work: &mut Work) -> Result<Decision, Failure> {
        let actor = work.actor.clone();
        let by = approver::must_decide(work, &actor, &self.resolution, &self.barred).await?;
        work.decides_as(&by);
        Ok(Decision::of(by, &self.resolution))
    }
}

async fn on_validity(work: &mut Work, case: &Case, finding: &Finding) -> Result<Decision, Failure> {
    rules::must_be_proposed(case, finding)?;
    let deciders = Deciders::among(work, case, rules::involved(case, finding)).await?;
    deciders.must_be(work).await
}

async fn on_closing(work: &mut Work, case: &Case, finding: &Finding) -> Result<Decision, Failure> {
    rules::must_be_checked(case)?;
    let measures = cases::measures(work, case.id).await?;
    let deciders = Deciders::among(work, case, rules::involved_in_closing(case, finding, &measures)).await?;
    deciders.must_be(work).await
}

/// Who may decide on what waits in this case, and why these; `None` when nothing waits.
///
/// # Errors
/// As the database says.
pub(super) async fn waits_for(
    conn: &mut Conn,
    case: &Case,
    finding: &Finding,
    measures: &[Measure],
    now: DateTime<Utc>,
) -> Result<Option<DecisionView>, Failure> {
    let barred = if rules::must_be_proposed(case, finding).is_ok() {
        rules::involved(case, finding)
    } else if rules::must_be_checked(case).is_ok() && finding.closing_checked_at.is_none() {
        rules::involved_in_closing(case, finding, measures)
    } else {
        return Ok(None);
    };
    let dated = Terms::of(conn, case.estate_id).await?.date(case.received_at);
    let data = org::staff::load(conn, case.estate_id, now).await?;
    match rules::resolve(&data.staff(), case, &barred, dated) {
        Ok(found) => DecisionView::of(conn, &found).await.map(Some),
        Err(_) => Ok(None),
    }
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
/// By PUBSUP; one step up when it is about PUBSUP or PUBSUP's people, or when the holder took it in, investigates it,
/// proposed it or is complained of. The way to the deciding person is kept. Cases linked to this one share the finding.
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
    let decision = on_validity(&mut work, &case, &finding).await?;
    let deed = Deed::now(&guard.actor, work.now);
    let reason = command.body.reason.as_ref();
    let (step, finding) = rules::confirm_validity(&case, &finding, reason, decision, &deed)?;
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
    let decision = on_validity(&mut work, &case, &finding).await?;
    let deed = Deed::now(&guard.actor, work.now);
    let (step, finding) = rules::return_validity(&case, &finding, &command.body.reason, &decision, &deed)?;
    keep(work, step, Some(&finding)).await
}

/// Check the closing of a valid complaint
///
/// By the same post that decides on its validity, never by who answered or took a measure; then the desk may close it.
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
    let decision = on_closing(&mut work, &case, &finding).await?;
    let deed = Deed::now(&guard.actor, work.now);
    let (step, finding) = rules::check_closing(&case, &finding, &decision, &deed)?;
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
    let decision = on_closing(&mut work, &case, &finding).await?;
    let deed = Deed::now(&guard.actor, work.now);
    let (step, finding) = rules::return_closing(&case, &finding, &command.body.reason, &decision, &deed)?;
    keep(work, step, Some(&finding)).await
}
