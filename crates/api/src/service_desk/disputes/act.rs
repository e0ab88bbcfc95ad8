//! Mediation step by step.

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    service_desk::{
        Decision, Deed,
        disputes::{self as rules, Dispute, DisputeAction, DisputeId, Level, Settlement, StepResult},
        visits::{Closing, VisitSubject},
    },
    shared::{EmployeeId, LongText, Name, Note, Problem, Subject, SubjectKind, Text},
};
use wuye_persistence::{
    Failure, files,
    service_desk::{disputes, staff},
};

use super::{super::terms::Terms, DisputeView, answer, keep, store};
use crate::{
    Answer, ApiResult, App, Command, Guard, NoBody, Work,
    late::{self, KeptNote, Outcome},
    org::approver,
    reactions,
};

/// Until when the next level should settle it.
async fn due(work: &mut Work, dispute: &Dispute) -> Result<DateTime<Utc>, Failure> {
    let terms = Terms::of(work, dispute.estate_id).await?;
    Ok(rules::step_due_at(work.now, &terms.settings, &terms.clockwork()))
}

/// To whom.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignDispute {
    /// The estate officer who mediates: receptionist or renovation administrator.
    mediator_id: EmployeeId,
    /// Why it changes hands; needed when somebody has it already.
    reason: Option<Note>,
}

/// Assign a dispute
///
/// The supervisor names the estate officer who mediates first.
#[utoipa::path(tag = "service_desk", operation_id = "assign_dispute", params(("id" = Uuid, Path)), request_body = AssignDispute,
    responses((status = 200, description = "The dispute", body = DisputeView)),
    extensions(("x-permission" = json!("dispute.assign")), ("x-clauses" = json!(["PROC-PUBSUP-5.4"]))))]
#[post("/disputes/{id}/assign")]
pub async fn assign_dispute(
    guard: Guard<need::DisputeAssign>,
    id: web::Path<Uuid>,
    command: Command<AssignDispute>,
    app: web::Data<App>,
) -> ApiResult<DisputeView> {
    let mut work = app.begin(&guard, &command).await?;
    let dispute = disputes::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    let today = Terms::of(&work, dispute.estate_id).await?.date(work.now);
    let AssignDispute { mediator_id, reason } = &command.body;
    let posts = Level::EstateOfficer.posts();
    let mediator = staff::owner(&mut work, dispute.estate_id, *mediator_id, posts, today)
        .await?
        .ok_or_else(|| {
            let message = Text::new(
                "首次调解由物管员（客服接待员、装修管理员）承担",
                "an estate officer of this estate mediates first",
            );
            Problem::field("/mediator_id", "not_an_estate_officer", message)
        })?;
    let due = due(&mut work, &dispute).await?;
    let step = rules::assign(
        &dispute,
        &mediator,
        reason.as_ref(),
        due,
        &Deed::now(&guard.actor, work.now),
    )?;
    keep(work, step).await
}

/// One step of the mediation.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddDisputeStep {
    /// What was said and done.
    text: LongText,
    /// What it led to.
    result: StepResult,
    /// When, if not now; at most 31 days back.
    #[serde(default)]
    occurred_at: Option<DateTime<Utc>>,
}

/// Note a step of the mediation
///
/// By whoever mediates now. Sent late by a device and no longer fitting, it is kept as a note (202).
#[utoipa::path(tag = "service_desk", operation_id = "add_dispute_step", params(("id" = Uuid, Path)), request_body = AddDisputeStep,
    responses((status = 200, description = "The dispute", body = DisputeView),
        (status = 202, description = "Sent late and no longer fitting: kept as a note", body = KeptNote)),
    extensions(("x-permission" = json!("dispute.mediate")),
        ("x-clauses" = json!(["PROC-RECEPT-5.4", "PROC-RENOADM-5.4", "POS-RECEPT-02b", "POS-RENOADM-02b"]))))]
#[post("/disputes/{id}/steps")]
pub async fn add_dispute_step(
    guard: Guard<need::DisputeMediate>,
    id: web::Path<Uuid>,
    command: Command<AddDisputeStep>,
    app: web::Data<App>,
) -> ApiResult<Outcome<DisputeView>> {
    let AddDisputeStep {
        text,
        result,
        occurred_at,
    } = &command.body;
    let mut work = app.begin(&guard, &command).await?;
    let dispute = disputes::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    let deed = Deed::reported(&guard.actor, work.now, *occurred_at)?;
    match rules::add_step(&dispute, text, *result, &deed) {
        Ok((step, line)) => {
            disputes::add_step(&mut work, dispute.id, &line).await?;
            let saved = store(&mut work, step).await?;
            let view = DisputeView::of(&mut work, vec![saved], deed.now).await?.remove(0);
            let version = view.version();
            let answer = Answer::ok(&Outcome::Done(Box::new(view)))?.version(version);
            work.commit_with(answer).await
        }
        Err(problem) if late::keeps(&problem, *occurred_at) => {
            let note = rules::late_note(&dispute, DisputeAction::AddStep, text, &deed);
            late::keep(work, note, problem).await
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Why it goes up.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalateDispute {
    /// Why it cannot be settled here.
    reason: Note,
}

/// Pass a dispute up
///
/// A right of whoever mediates, not an approval: the officer to the supervisor, who then handles it in person, the
/// supervisor to the assistant, the assistant to the centre manager.
#[utoipa::path(tag = "service_desk", operation_id = "escalate_dispute", params(("id" = Uuid, Path)), request_body = EscalateDispute,
    responses((status = 200, description = "The dispute", body = DisputeView)),
    extensions(("x-permission" = json!("dispute.mediate")),
        ("x-clauses" = json!(["PROC-PUBSUP-5.4", "PROC-RECEPT-5.4", "PROC-RENOADM-5.4", "POS-PUBSUP-07"]))))]
#[post("/disputes/{id}/escalate")]
pub async fn escalate_dispute(
    guard: Guard<need::DisputeMediate>,
    id: web::Path<Uuid>,
    command: Command<EscalateDispute>,
    app: web::Data<App>,
) -> ApiResult<DisputeView> {
    let mut work = app.begin(&guard, &command).await?;
    let dispute = disputes::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    let due = due(&mut work, &dispute).await?;
    let deed = Deed::now(&guard.actor, work.now);
    let step = rules::escalate(&dispute, &command.body.reason, due, &deed)?;
    keep(work, step).await
}

/// Settle a dispute
///
/// With the agreement in words and, attached, the signed paper. What costs money waits for the centre manager.
#[utoipa::path(tag = "service_desk", operation_id = "settle_dispute", params(("id" = Uuid, Path)), request_body = Settlement,
    responses((status = 200, description = "The dispute", body = DisputeView)),
    extensions(("x-permission" = json!("dispute.mediate")),
        ("x-clauses" = json!(["PROC-PUBSUP-5.4", "POS-PUBSUP-07", "POS-RECEPT-02b", "POS-RENOADM-02b"]))))]
#[post("/disputes/{id}/settle")]
pub async fn settle_dispute(
    guard: Guard<need::DisputeMediate>,
    id: web::Path<Uuid>,
    command: Command<Settlement>,
    app: web::Data<App>,
) -> ApiResult<DisputeView> {
    let settlement = &command.body;
    let mut work = app.begin(&guard, &command).await?;
    let dispute = disputes::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    let deed = Deed::reported(&guard.actor, work.now, settlement.occurred_at)?;
    let step = rules::settle(&dispute, settlement, &deed)?;
    let subject = Subject::new(SubjectKind::Dispute, dispute.id);
    files::attach(
        &mut work,
        subject,
        &settlement.file_ids,
        "agreement",
        guard.actor.employee,
        deed.now,
    )
    .await?;
    keep(work, step).await
}

/// Yes or no to the cost.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideDisputeCost {
    /// Whether it may be paid.
    approved: bool,
    /// Needed for a refusal.
    reason: Option<Note>,
}

/// Decide on the cost of a settlement
///
/// By the centre manager; one step up when the centre manager settled it. Refused, the mediation goes on.
#[utoipa::path(tag = "service_desk", operation_id = "decide_dispute_cost", params(("id" = Uuid, Path)), request_body = DecideDisputeCost,
    responses((status = 200, description = "The dispute", body = DisputeView), (status = 428, description = "Idempotency-Key is missing")),
    extensions(("x-permission" = json!("dispute.approve")), ("x-clauses" = json!(["PROC-PUBSUP-5.4"]))))]
#[post("/disputes/{id}/decide-cost")]
pub async fn decide_dispute_cost(
    guard: Guard<need::DisputeApprove>,
    id: web::Path<Uuid>,
    command: Command<DecideDisputeCost>,
    app: web::Data<App>,
) -> ApiResult<DisputeView> {
    // Money is at stake: twice the same decision must be one.
    command.require_key()?;
    let mut work = app.begin(&guard, &command).await?;
    let dispute = disputes::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    rules::must_have_cost(&dispute)?;
    let barred: Vec<EmployeeId> = dispute.mediator_id.into_iter().collect();
    let terms = Terms::of(&work, dispute.estate_id).await?;
    let (now, actor) = (work.now, work.actor.clone());
    let matter = rules::cost_matter(&dispute, &barred, terms.date(dispute.opened_at));
    let resolution = approver::resolve(&mut work, &matter, now).await?;
    let by = approver::must_decide(&mut work, &actor, &resolution, &barred).await?;
    work.decides_as(&by);
    let due = rules::step_due_at(now, &terms.settings, &terms.clockwork());
    let DecideDisputeCost { approved, reason } = &command.body;
    let (decision, deed) = (Decision::of(by, &resolution), Deed::now(&guard.actor, now));
    let step = rules::decide_cost(&dispute, *approved, reason.as_ref(), due, &decision, &deed)?;
    keep(work, step).await
}

/// To whom, and why.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferDispute {
    /// The authority, committee or court.
    to: Name,
    /// Why.
    reason: Note,
}

/// Refer a dispute
///
/// To an authority or the law, by the assistant or the centre manager.
#[utoipa::path(tag = "service_desk", operation_id = "refer_dispute", params(("id" = Uuid, Path)), request_body = ReferDispute,
    responses((status = 200, description = "The dispute", body = DisputeView)),
    extensions(("x-permission" = json!("dispute.mediate")), ("x-clauses" = json!(["POS-PUBSUP-07"]))))]
#[post("/disputes/{id}/refer")]
pub async fn refer_dispute(
    guard: Guard<need::DisputeMediate>,
    id: web::Path<Uuid>,
    command: Command<ReferDispute>,
    app: web::Data<App>,
) -> ApiResult<DisputeView> {
    let mut work = app.begin(&guard, &command).await?;
    let dispute = disputes::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    let ReferDispute { to, reason } = &command.body;
    let step = rules::refer(&dispute, to, reason, &Deed::now(&guard.actor, work.now))?;
    keep(work, step).await
}

/// Close a dispute
///
/// Settled and paid for, or referred. The return visit falls due by this.
#[utoipa::path(tag = "service_desk", operation_id = "close_dispute", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 200, description = "The dispute", body = DisputeView)),
    extensions(("x-permission" = json!("dispute.mediate")), ("x-clauses" = json!(["PROC-PUBSUP-5.4", "POS-RECEPT-02b"]))))]
#[post("/disputes/{id}/close")]
pub async fn close_dispute(
    guard: Guard<need::DisputeMediate>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<DisputeView> {
    let mut work = app.begin(&guard, &command).await?;
    let dispute = disputes::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    let now = work.now;
    let step = rules::close(&dispute, &Deed::now(&guard.actor, now))?;
    let saved = store(&mut work, step).await?;
    let applicant = disputes::parties(&mut work, saved.id).await?.into_iter().next();
    let closing = Closing {
        estate_id: saved.estate_id,
        subject: VisitSubject::Dispute,
        subject_id: saved.id.0,
        subject_no: saved.no.clone(),
        title: saved.subject.chars().take(60).collect(),
        round: saved.reopened_count,
        house_id: applicant.as_ref().and_then(|party| party.house_id),
        party_id: applicant.as_ref().and_then(|party| party.party_id),
        excluded: Vec::new(),
        warranty: false,
        closed_at: now,
    };
    reactions::matter_closed(&mut work, closing).await?;
    answer(work, saved).await
}

/// Why a dispute is opened again.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenDispute {
    /// What happened.
    reason: Note,
}

/// Reopen a dispute
///
/// The agreement is not kept, or a party comes back: it goes on at the level that had it last.
#[utoipa::path(tag = "service_desk", operation_id = "reopen_dispute", params(("id" = Uuid, Path)), request_body = ReopenDispute,
    responses((status = 200, description = "The dispute", body = DisputeView)),
    extensions(("x-permission" = json!("dispute.mediate")), ("x-clauses" = json!(["PROC-PUBSUP-5.4"]))))]
#[post("/disputes/{id}/reopen")]
pub async fn reopen_dispute(
    guard: Guard<need::DisputeMediate>,
    id: web::Path<Uuid>,
    command: Command<ReopenDispute>,
    app: web::Data<App>,
) -> ApiResult<DisputeView> {
    let mut work = app.begin(&guard, &command).await?;
    let dispute = disputes::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    let due = due(&mut work, &dispute).await?;
    let step = rules::reopen(&dispute, &command.body.reason, due, &Deed::now(&guard.actor, work.now))?;
    keep(work, step).await
}

/// The return visit was made.
///
/// # Errors
/// As the database says.
pub async fn visited(work: &mut Work, id: DisputeId) -> Result<(), Failure> {
    let dispute = disputes::find_for_reaction(work, id).await?;
    let actor = work.actor.clone();
    let entry = rules::visited(&dispute, &Deed::now(&actor, work.now));
    work.record(entry);
    Ok(())
}

/// The return visit shows that it is not settled. A dispute in mediation already stays as it is.
///
/// # Errors
/// As the database says.
pub async fn reopen_after_visit(work: &mut Work, id: DisputeId, reason: &str) -> Result<(), Failure> {
    let dispute = disputes::find_for_reaction(work, id).await?;
    if dispute.gate(DisputeAction::Reopen).is_ok() {
        let (due, actor) = (due(work, &dispute).await?, work.actor.clone());
        let step = rules::reopen(&dispute, reason, due, &Deed::now(&actor, work.now))?;
        store(work, step).await?;
    }
    Ok(())
}
