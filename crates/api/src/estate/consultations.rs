//! Consultations of house files (POS-RECEPT-06b): asked by any post, approved by the supervisor, handed out and taken back
//! by the desk.

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission, Scope, need},
    estate::{
        consultation::{Consultation, NewConsultation, Step},
        filter::{ByTime, ConsultationFilter},
    },
    shared::{EstateId, Page, Transition},
};
use wuye_persistence::{estate as rows, numbers};

use super::{Because, Remarked, today, unknown_reference};
use crate::{
    Answer, ApiError, ApiResult, App, Command, Guard, ListParams, ListQuery, NoBody, Work,
    tables::{self, ExportQuery, FormatParam},
};

/// The consultations a caller may see: their own, and all of the estate for who keeps or approves.
pub(super) fn readable(actor: &Actor, own: Scope, estate: Option<EstateId>) -> Scope {
    [Permission::ArchiveApprove, Permission::PartyEdit]
        .into_iter()
        .filter_map(|permission| actor.scope(permission).ok())
        .find(|scope| estate.is_none_or(|estate| scope.covers(estate)))
        .unwrap_or(own)
}

/// The consultation log
///
/// One's own; those who keep the archive or approve see all of the estate.
#[utoipa::path(tag = "estate", operation_id = "list_consultations", params(ListParams, ConsultationFilter),
    responses((status = 200, description = "A page, the latest first", body = Page<Consultation>)),
    extensions(("x-permission" = json!("archive.consult")), ("x-clauses" = json!(["POS-RECEPT-06b"]))))]
#[get("/consultations")]
pub async fn list_consultations(
    guard: Guard<need::ArchiveConsult>,
    list: ListQuery<ConsultationFilter, ByTime>,
    app: web::Data<App>,
) -> ApiResult<Page<Consultation>> {
    let estate = guard.estate(list.filter.estate_id)?;
    let scope = readable(&guard.actor, guard.scope.clone(), Some(estate));
    let conn = &mut *app.conn().await?;
    let today = today(conn, estate, app.now()).await?;
    list.page(rows::consultations::list(conn, &scope, (estate, today), &list.filter, &list.request).await?)
}

/// The consultation log as a file
#[utoipa::path(tag = "estate", operation_id = "export_consultations", params(FormatParam, ConsultationFilter),
    responses((status = 200, description = "The file, CSV or XLSX", content_type = "application/octet-stream", body = Vec<u8>)),
    extensions(("x-permission" = json!("archive.consult")), ("x-clauses" = json!(["POS-RECEPT-06b"]))))]
#[get("/consultations/export")]
pub async fn export_consultations(
    guard: Guard<need::ArchiveConsult>,
    query: ExportQuery<ConsultationFilter, ByTime>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let estate = guard.estate(query.filter.estate_id)?;
    let today = today(&mut *app.conn().await?, estate, app.now()).await?;
    let of = (
        app.get_ref().clone(),
        readable(&guard.actor, guard.scope.clone(), Some(estate)),
        query.filter.clone(),
    );
    tables::export(query.format, query.language, query.request.clone(), move |request| {
        let (app, scope, filter) = of.clone();
        async move {
            rows::consultations::list(&mut *app.conn().await?, &scope, (estate, today), &filter, &request).await
        }
    })
    .await
}

/// One consultation
#[utoipa::path(tag = "estate", operation_id = "get_consultation", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The consultation", body = Consultation)),
    extensions(("x-permission" = json!("archive.consult")), ("x-clauses" = json!(["POS-RECEPT-06b"]))))]
#[get("/consultations/{id}")]
pub async fn get_consultation(
    guard: Guard<need::ArchiveConsult>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<Consultation> {
    let scope = readable(&guard.actor, guard.scope.clone(), None);
    let found = rows::consultations::find(&mut *app.conn().await?, &scope, *id).await?;
    Ok(Answer::ok(&found)?.version(found.version))
}

/// Ask to consult a file
///
/// Approved at once for the posts that keep the archive; everybody else waits for the supervisor.
#[utoipa::path(tag = "estate", operation_id = "request_consultation", request_body = NewConsultation,
    responses((status = 201, description = "The consultation", body = Consultation)),
    extensions(("x-permission" = json!("archive.consult")), ("x-clauses" = json!(["POS-RECEPT-06b"]))))]
#[post("/consultations")]
pub async fn request_consultation(
    guard: Guard<need::ArchiveConsult>,
    command: Command<NewConsultation>,
    app: web::Data<App>,
) -> ApiResult<Consultation> {
    guard.person()?;
    let in_estate = guard.actor.scope(Permission::PartyRead)?;
    let mut work = app.begin(&guard, &command).await?;
    let file = rows::house_files::find(&mut work, &in_estate, command.body.house_file_id)
        .await
        .map_err(|_| unknown_reference("/house_file_id"))?;
    let now = work.now;
    let today = today(&mut work, file.estate_id, now).await?;
    let no = numbers::next(&mut work, file.estate_id, "JY", today).await?;
    let step = Consultation::request(&file, command.body, no, &work.actor, today, now)?;
    rows::consultations::insert(&mut work, &step.record).await?;
    work.record(step.entry);
    let answer = Answer::of(StatusCode::CREATED, &step.record)?.version(step.record.version);
    work.commit_with(answer.location(format!("/api/v1/consultations/{}", step.record.id)))
        .await
}

/// Approve a consultation
#[utoipa::path(tag = "estate", operation_id = "approve_consultation", params(("id" = Uuid, Path)), request_body = Remarked,
    responses((status = 200, description = "The consultation", body = Consultation)),
    extensions(("x-permission" = json!("archive.approve")), ("x-clauses" = json!(["POS-RECEPT-06b", "POS-PUBSUP-06"]))))]
#[post("/consultations/{id}/approve")]
pub async fn approve_consultation(
    guard: Guard<need::ArchiveApprove>,
    id: web::Path<Uuid>,
    command: Command<Remarked>,
    app: web::Data<App>,
) -> ApiResult<Consultation> {
    let mut work = app.begin(&guard, &command).await?;
    let asked = rows::consultations::lock(&mut work, &guard.scope, *id).await?;
    let step = asked.approve(&step(&work, command.body.words()))?;
    save(work, step).await
}

/// Refuse a consultation
#[utoipa::path(tag = "estate", operation_id = "reject_consultation", params(("id" = Uuid, Path)), request_body = Because,
    responses((status = 200, description = "The consultation", body = Consultation)),
    extensions(("x-permission" = json!("archive.approve")), ("x-clauses" = json!(["POS-RECEPT-06b", "POS-PUBSUP-06"]))))]
#[post("/consultations/{id}/reject")]
pub async fn reject_consultation(
    guard: Guard<need::ArchiveApprove>,
    id: web::Path<Uuid>,
    command: Command<Because>,
    app: web::Data<App>,
) -> ApiResult<Consultation> {
    let mut work = app.begin(&guard, &command).await?;
    let asked = rows::consultations::lock(&mut work, &guard.scope, *id).await?;
    let step = asked.reject(&step(&work, &command.body.reason))?;
    save(work, step).await
}

/// Take one's own request back
#[utoipa::path(tag = "estate", operation_id = "withdraw_consultation", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 200, description = "The consultation", body = Consultation)),
    extensions(("x-permission" = json!("archive.consult")), ("x-clauses" = json!(["POS-RECEPT-06b"]))))]
#[post("/consultations/{id}/withdraw")]
pub async fn withdraw_consultation(
    guard: Guard<need::ArchiveConsult>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<Consultation> {
    let mut work = app.begin(&guard, &command).await?;
    let asked = rows::consultations::lock(&mut work, &guard.scope, *id).await?;
    let step = asked.withdraw(&step(&work, ""))?;
    save(work, step).await
}

/// Hand the file out
#[utoipa::path(tag = "estate", operation_id = "hand_out_consultation", params(("id" = Uuid, Path)), request_body = Remarked,
    responses((status = 200, description = "The consultation", body = Consultation)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-06b"]))))]
#[post("/consultations/{id}/hand-out")]
pub async fn hand_out_consultation(
    guard: Guard<need::PartyEdit>,
    id: web::Path<Uuid>,
    command: Command<Remarked>,
    app: web::Data<App>,
) -> ApiResult<Consultation> {
    let mut work = app.begin(&guard, &command).await?;
    let asked = rows::consultations::lock(&mut work, &guard.scope, *id).await?;
    let file = rows::house_files::lock(&mut work, &guard.scope, asked.house_file_id).await?;
    let step = asked.hand_out(&file, &step(&work, command.body.words()))?;
    save(work, step).await
}

/// Take the file back
#[utoipa::path(tag = "estate", operation_id = "take_back_consultation", params(("id" = Uuid, Path)), request_body = Remarked,
    responses((status = 200, description = "The consultation", body = Consultation)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-06b"]))))]
#[post("/consultations/{id}/return")]
pub async fn take_back_consultation(
    guard: Guard<need::PartyEdit>,
    id: web::Path<Uuid>,
    command: Command<Remarked>,
    app: web::Data<App>,
) -> ApiResult<Consultation> {
    let mut work = app.begin(&guard, &command).await?;
    let asked = rows::consultations::lock(&mut work, &guard.scope, *id).await?;
    let step = asked.take_back(&step(&work, command.body.words()))?;
    save(work, step).await
}

fn step<'a>(work: &'a Work, note: &'a str) -> Step<'a> {
    Step {
        actor: &work.actor,
        note,
        now: work.now,
    }
}

async fn save(mut work: Work, step: Transition<Consultation>) -> ApiResult<Consultation> {
    rows::consultations::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let version = step.record.version;
    let answer = Answer::ok(&step.record)?;
    work.commit_with(answer.version(version)).await
}

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_consultations)
        .service(export_consultations)
        .service(request_consultation)
        .service(get_consultation)
        .service(approve_consultation)
        .service(reject_consultation)
        .service(withdraw_consultation)
        .service(hand_out_consultation)
        .service(take_back_consultation);
}
