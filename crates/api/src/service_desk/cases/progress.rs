//! From the investigation to the answer, the closing and, if need be, back.

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Scope, need},
    service_desk::{
        Deed,
        cases::{self as rules, Case, CaseAction, CaseId, due_at},
        visits::{Closing, VisitSubject},
    },
    shared::{EmployeeId, LongText, Note, Problem, ProblemCode, Text},
};
use wuye_persistence::{
    Failure,
    service_desk::{cases, staff},
};

use super::{super::terms::Terms, CaseView, keep, locked, store};
use crate::{
    Answer, ApiResult, App, Command, Guard, Work,
    late::{self, Happened, KeptNote, Outcome},
    reactions,
};

/// To whom.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignCase {
    /// Who investigates and handles it; never the person complained of.
    owner_id: EmployeeId,
    /// Why it changes hands; needed when somebody has it already.
    reason: Option<Note>,
}

/// Assign a case
///
/// To the owner who investigates it; later again to move it, with a reason.
#[utoipa::path(tag = "service_desk", operation_id = "assign_case", params(("id" = Uuid, Path)), request_body = AssignCase,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.manage")), ("x-clauses" = json!(["POS-RECEPT-03b"]))))]
#[post("/cases/{id}/assign")]
pub async fn assign_case(
    guard: Guard<need::CaseManage>,
    id: web::Path<Uuid>,
    command: Command<AssignCase>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let mut work = app.begin(&guard, &command).await?;
    let (case, _) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let today = Terms::of(&work, case.estate_id).await?.date(work.now);
    let AssignCase { owner_id, reason } = &command.body;
    let owner = staff::owner(&mut work, case.estate_id, *owner_id, &[], today)
        .await?
        .ok_or_else(|| {
            let message = Text::new("此人不在本小区任职", "this person holds no post in the estate");
            Problem::field("/owner_id", "unknown_reference", message)
        })?;
    let step = rules::assign(&case, &owner, reason.as_ref(), &Deed::now(&guard.actor, work.now))?;
    keep(work, step, None).await
}

/// The case in scope; or, for a device that was away, one that its owner had before.
async fn reach(
    work: &mut Work,
    scope: &Scope,
    id: CaseId,
    occurred_at: Option<DateTime<Utc>>,
) -> Result<Case, Failure> {
    match (cases::find_for_change(work, scope, id).await, work.actor.employee) {
        (Err(Failure::Problem(problem)), Some(person))
            if occurred_at.is_some() && problem.code == ProblemCode::NotFound =>
        {
            cases::find_former(work, person, id).await
        }
        (found, _) => found,
    }
}

/// What was done or is answered.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseText {
    /// In words.
    text: LongText,
    /// When, if not now; at most 31 days back.
    #[serde(default)]
    occurred_at: Option<DateTime<Utc>>,
}

/// Note a measure on a case
///
/// The first one begins the handling. Sent late by a device and no longer fitting, it is kept as a note (202).
#[utoipa::path(tag = "service_desk", operation_id = "add_case_measure", params(("id" = Uuid, Path)), request_body = CaseText,
    responses((status = 200, description = "The case", body = CaseView),
        (status = 202, description = "Sent late and no longer fitting: kept as a note", body = KeptNote)),
    extensions(("x-permission" = json!("case.handle")), ("x-clauses" = json!(["POS-RECEPT-03b", "POS-RECEPT-07a"]))))]
#[post("/cases/{id}/measures")]
pub async fn add_case_measure(
    guard: Guard<need::CaseHandle>,
    id: web::Path<Uuid>,
    command: Command<CaseText>,
    app: web::Data<App>,
) -> ApiResult<Outcome<CaseView>> {
    let CaseText { text, occurred_at } = &command.body;
    let mut work = app.begin(&guard, &command).await?;
    let case = reach(&mut work, &guard.scope, (*id).into(), *occurred_at).await?;
    let deed = Deed::reported(&guard.actor, work.now, *occurred_at)?;
    match rules::add_measure(&case, text, &deed) {
        Ok((step, measure)) => {
            cases::add_measure(&mut work, case.id, &measure).await?;
            let saved = store(&mut work, step, None).await?;
            done(work, saved).await
        }
        Err(problem) if late::keeps(&problem, *occurred_at) => {
            let note = rules::late_note(&case, CaseAction::AddMeasure, text, &deed);
            late::keep(work, note, problem).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn done(mut work: Work, case: Case) -> ApiResult<Outcome<CaseView>> {
    let view = CaseView::load(&mut work, vec![case]).await?.remove(0);
    let version = view.version();
    let answer = Answer::ok(&Outcome::Done(Box::new(view)))?.version(version);
    work.commit_with(answer).await
}

/// Answer the resident
///
/// A valid complaint needs a measure first, an invalid one the explanation only; praise, enquiries and opinions can be
/// answered at the desk at once. Sent late by a device and no longer fitting, it is kept as a note (202).
#[utoipa::path(tag = "service_desk", operation_id = "reply_case", params(("id" = Uuid, Path)), request_body = CaseText,
    responses((status = 200, description = "The case", body = CaseView),
        (status = 202, description = "Sent late and no longer fitting: kept as a note", body = KeptNote)),
    extensions(("x-permission" = json!("case.handle")), ("x-clauses" = json!(["POS-RECEPT-07a", "POS-RECEPT-03b"]))))]
#[post("/cases/{id}/reply")]
pub async fn reply_case(
    guard: Guard<need::CaseHandle>,
    id: web::Path<Uuid>,
    command: Command<CaseText>,
    app: web::Data<App>,
) -> ApiResult<Outcome<CaseView>> {
    let CaseText { text, occurred_at } = &command.body;
    let mut work = app.begin(&guard, &command).await?;
    let case = reach(&mut work, &guard.scope, (*id).into(), *occurred_at).await?;
    let measures = cases::measures(&mut work, case.id).await?.len();
    let deed = Deed::reported(&guard.actor, work.now, *occurred_at)?;
    let finding = cases::finding(&mut work, case.id).await?;
    match rules::reply(&case, &finding, text, measures, &deed) {
        Ok((step, finding)) => {
            let saved = store(&mut work, step, Some(&finding)).await?;
            done(work, saved).await
        }
        Err(problem) if late::keeps(&problem, *occurred_at) => {
            let note = rules::late_note(&case, CaseAction::Reply, text, &deed);
            late::keep(work, note, problem).await
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Close a case
///
/// After its answer; a valid complaint after its closing was checked. The return visit falls due by this.
#[utoipa::path(tag = "service_desk", operation_id = "close_case", params(("id" = Uuid, Path)), request_body = Happened,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.manage")), ("x-clauses" = json!(["POS-RECEPT-03b", "POS-RECEPT-07b"]))))]
#[post("/cases/{id}/close")]
pub async fn close_case(
    guard: Guard<need::CaseManage>,
    id: web::Path<Uuid>,
    command: Command<Happened>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let mut work = app.begin(&guard, &command).await?;
    let (case, finding) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let deed = Deed::reported(&guard.actor, work.now, command.body.occurred_at)?;
    let step = rules::close(&case, &finding, &deed)?;
    let closed = step.record.clone();
    store(&mut work, step, None).await?;
    reactions::matter_closed(&mut work, closing(&closed, deed.at)).await?;
    let saved = cases::find(&mut work, &guard.scope, closed.id).await?;
    let view = CaseView::load(&mut work, vec![saved]).await?.remove(0);
    let answer = Answer::ok(&view)?.version(view.version());
    work.commit_with(answer).await
}

/// The owner may ask about their work on the answer, the person complained of may not.
fn closing(case: &Case, closed_at: DateTime<Utc>) -> Closing {
    Closing {
        estate_id: case.estate_id,
        subject: VisitSubject::Case,
        subject_id: case.id.0,
        subject_no: case.no.clone(),
        title: case.text.chars().take(60).collect(),
        round: case.reopened_count,
        house_id: case.house_id,
        party_id: case.party_id,
        excluded: case.about_employee.into_iter().collect(),
        warranty: false,
        closed_at,
    }
}

/// Why a case is opened again.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenCase {
    /// What the resident says.
    reason: Note,
}

/// Reopen a case
///
/// The resident is not content. It is due anew and counts as handled only when it is closed again.
#[utoipa::path(tag = "service_desk", operation_id = "reopen_case", params(("id" = Uuid, Path)), request_body = ReopenCase,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.manage")), ("x-clauses" = json!(["POS-RECEPT-07a", "POS-RECEPT-07b"]))))]
#[post("/cases/{id}/reopen")]
pub async fn reopen_case(
    guard: Guard<need::CaseManage>,
    id: web::Path<Uuid>,
    command: Command<ReopenCase>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let mut work = app.begin(&guard, &command).await?;
    let (case, _) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let saved = reopen(&mut work, &case, &command.body.reason).await?;
    let view = CaseView::load(&mut work, vec![saved]).await?.remove(0);
    let answer = Answer::ok(&view)?.version(view.version());
    work.commit_with(answer).await
}

async fn reopen(work: &mut Work, case: &Case, reason: &str) -> Result<Case, Failure> {
    let (now, actor) = (work.now, work.actor.clone());
    let finding = cases::finding(work, case.id).await?;
    let terms = Terms::of(work, case.estate_id).await?;
    let due = due_at(now, &terms.settings, &terms.clockwork());
    let (step, finding) = rules::reopen(case, &finding, reason, due, &Deed::now(&actor, now))?;
    store(work, step, Some(&finding)).await
}

/// The return visit was made. A case that was opened again meanwhile stays as it is.
///
/// # Errors
/// As the database says.
pub async fn visited(work: &mut Work, id: CaseId) -> Result<(), Failure> {
    let case = cases::find_for_reaction(work, id).await?;
    let actor = work.actor.clone();
    if let Ok(step) = rules::visited(&case, &Deed::now(&actor, work.now)) {
        store(work, step, None).await?;
    }
    Ok(())
}

/// The return visit shows that the matter is not settled. A case in work already stays as it is.
///
/// # Errors
/// As the database says.
pub async fn reopen_after_visit(work: &mut Work, id: CaseId, reason: &str) -> Result<(), Failure> {
    let case = cases::find_for_reaction(work, id).await?;
    if case.gate(CaseAction::Reopen).is_ok() {
        reopen(work, &case, reason).await?;
    }
    Ok(())
}
