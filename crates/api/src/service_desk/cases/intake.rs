//! Taking a case in, correcting it, giving it another kind.

use actix_web::{http::StatusCode, patch, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    service_desk::{
        Deed,
        cases::{self as rules, Case, CaseKind, ChangeCase, NewCase},
    },
    shared::{EstateId, Note, Subject, SubjectKind},
};
use wuye_persistence::{
    Failure,
    accounts::version_conflict,
    files, numbers,
    service_desk::cases::{self, Contact},
};

use super::{
    super::{contact, terms::Terms},
    CaseView, keep, locked,
};
use crate::{Answer, ApiResult, App, Command, Guard, Work, late::Happened};

/// Record a case
///
/// Anybody on the staff may: who is told something by a resident passes it on, and it waits at the desk from then.
/// `occurred_at` says when it was told, if not now; the deadlines count from there.
#[utoipa::path(tag = "service_desk", operation_id = "create_case", request_body = NewCase,
    responses((status = 201, description = "Recorded", body = CaseView)),
    extensions(("x-permission" = json!("case.create")),
        ("x-clauses" = json!(["POS-RECEPT-03b", "POS-RECEPT-07a", "POS-CLEANER-08b", "PROC-CLEANLEAD-5.4"]))))]
#[post("/cases")]
pub async fn create_case(
    guard: Guard<need::CaseCreate>,
    command: Command<NewCase>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let estate = guard.estate(command.body.estate_id)?;
    let mut work = app.begin(&guard, &command).await?;
    let case = take_in(&mut work, estate, &command.body).await?;
    let view = CaseView::load(&mut work, vec![case]).await?.remove(0);
    let address = format!("/api/v1/cases/{}", view.id());
    let answer = Answer::of(StatusCode::CREATED, &view)?;
    work.commit_with(answer.version(view.version()).location(address)).await
}

/// Takes a case in within a transaction: at the desk, passed on, from a resident's report.
///
/// # Errors
/// `validation_failed` for what does not fit.
pub async fn take_in(work: &mut Work, estate: EstateId, new: &NewCase) -> Result<Case, Failure> {
    let (now, actor) = (work.now, work.actor.clone());
    let deed = Deed::reported(&actor, now, new.occurred_at)?;
    let given = Contact {
        name: new.reporter_name.as_ref().map(|name| name.as_str().to_owned()),
        phone: contact::read_phone(new.reporter_phone.as_deref(), "/reporter_phone")?,
    };
    let terms = Terms::of(work, estate).await?;
    let no = numbers::next(work, estate, Case::series(new.kind), terms.date(now)).await?;
    let step = rules::receive(new, estate, no, &terms.settings, &terms.hours(), &deed);
    cases::insert(work, &step.record).await?;
    if given != Contact::default() {
        cases::save_contact(work, step.record.id, &given).await?;
    }
    let subject = Subject::new(SubjectKind::Case, step.record.id);
    files::attach(work, subject, &new.file_ids, "photo", actor.employee, now).await?;
    work.record(step.entry);
    Ok(step.record)
}

/// Correct a case
///
/// What it said before stays on the trail.
#[utoipa::path(tag = "service_desk", operation_id = "change_case", params(("id" = Uuid, Path)), request_body = ChangeCase,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.manage")), ("x-clauses" = json!(["POS-RECEPT-03b"]))))]
#[patch("/cases/{id}")]
pub async fn change_case(
    guard: Guard<need::CaseManage>,
    id: web::Path<Uuid>,
    command: Command<ChangeCase>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let expected = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let case = cases::find_for_change(&mut work, &guard.scope, (*id).into()).await?;
    if case.version != expected {
        return Err(version_conflict().into());
    }
    let step = rules::change(&case, &command.body, &Deed::now(&guard.actor, work.now))?;
    let search = cases::search_tokens(&mut work, &step.record).await?;
    let saved = cases::save(&mut work, &step.record, Some(search)).await?;
    change_contact(&mut work, &saved, &command.body).await?;
    work.record(step.entry);
    let view = CaseView::load(&mut work, vec![saved]).await?.remove(0);
    let answer = Answer::ok(&view)?.version(view.version());
    work.commit_with(answer).await
}

async fn change_contact(work: &mut Work, case: &Case, change: &ChangeCase) -> Result<(), Failure> {
    if change.reporter_name.is_none() && change.reporter_phone.is_none() {
        return Ok(());
    }
    let mut given = cases::contact(work, case.id).await?;
    if let Some(name) = &change.reporter_name {
        given.name = Some(name.as_str().to_owned());
    }
    if let Some(phone) = contact::read_phone(change.reporter_phone.as_deref(), "/reporter_phone")? {
        given.phone = Some(phone);
    }
    cases::save_contact(work, case.id, &given).await
}

/// Acknowledge a case
///
/// The resident was told that it came in. What is told face to face or by phone is acknowledged by that.
#[utoipa::path(tag = "service_desk", operation_id = "acknowledge_case", params(("id" = Uuid, Path)), request_body = Happened,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.manage")), ("x-clauses" = json!(["POS-RECEPT-07a"]))))]
#[post("/cases/{id}/acknowledge")]
pub async fn acknowledge_case(
    guard: Guard<need::CaseManage>,
    id: web::Path<Uuid>,
    command: Command<Happened>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let mut work = app.begin(&guard, &command).await?;
    let (case, _) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let deed = Deed::reported(&guard.actor, work.now, command.body.occurred_at)?;
    let step = rules::acknowledge(&case, &deed)?;
    keep(work, step, None).await
}

/// Another kind, and why.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReclassifyCase {
    /// What it really is.
    kind: CaseKind,
    /// Why.
    reason: Note,
}

/// Reclassify a case
///
/// At any time, once it is linked to no other case of the same event. What becomes a complaint goes back to its finding; the goals follow by themselves, the trail says why.
#[utoipa::path(tag = "service_desk", operation_id = "reclassify_case", params(("id" = Uuid, Path)), request_body = ReclassifyCase,
    responses((status = 200, description = "The case", body = CaseView)),
    extensions(("x-permission" = json!("case.manage")), ("x-clauses" = json!(["POS-RECEPT-03b"]))))]
#[post("/cases/{id}/reclassify")]
pub async fn reclassify_case(
    guard: Guard<need::CaseManage>,
    id: web::Path<Uuid>,
    command: Command<ReclassifyCase>,
    app: web::Data<App>,
) -> ApiResult<CaseView> {
    let mut work = app.begin(&guard, &command).await?;
    let (case, _) = locked(&mut work, &guard.scope, (*id).into()).await?;
    let ReclassifyCase { kind, reason } = &command.body;
    let masters = !cases::duplicates(&mut work, case.id).await?.is_empty();
    let step = rules::reclassify(&case, *kind, masters, reason, &Deed::now(&guard.actor, work.now))?;
    keep(work, step, None).await
}
