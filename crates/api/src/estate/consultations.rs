//! Consultations of house files (POS-RECEPT-06b): asked by any post, approved by the supervisor, handed out and taken back
//! by the desk.

use std::collections::HashMap;

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission, PostCode, Scope, need},
    estate::{
        HouseId,
        consultation::{Consultation, NewConsultation, Step},
        filter::{ByTime, ConsultationFilter},
    },
    shared::{EmployeeId, EstateId, ListRequest, Page, Problem, Text, Transition},
};
use wuye_persistence::{Conn, Failure, Rows, estate as rows, numbers, org};

use super::{Because, Remarked, today};
use crate::{
    Answer, ApiError, ApiResult, App, Command, Guard, ListParams, ListQuery, NoBody, Work,
    routes::Routes,
    tables::{self, ExportQuery, FormatParam, TableFile},
};

/// A consultation with the words that the log shows: which file, and who did what.
#[derive(Serialize, ToSchema)]
pub struct ConsultationLine {
    /// The consultation.
    #[serde(flatten)]
    pub consultation: Consultation,
    /// Number of the file.
    pub file_no: String,
    /// The house it belongs to.
    pub house_id: Option<HouseId>,
    /// What stands on its door.
    pub house_no: String,
    /// Who reads.
    pub reader_name: Option<String>,
    /// Who decided.
    pub decided_by_name: Option<String>,
    /// Who handed it out.
    pub handed_out_by_name: Option<String>,
    /// Who took it back.
    pub received_by_name: Option<String>,
    /// Whether it should be back by now.
    pub overdue: bool,
    /// Title of the post the reader asked from.
    #[serde(skip)]
    pub post: Text,
}

/// A page of the log in words.
async fn lines<S>(
    conn: &mut Conn,
    scope: &Scope,
    (estate, today): (EstateId, NaiveDate),
    filter: &ConsultationFilter,
    request: &ListRequest<S>,
) -> Result<Rows<ConsultationLine>, Failure> {
    let found = rows::consultations::list(conn, scope, (estate, today), filter, request).await?;
    let (next, total) = (found.next, found.total);
    let items = told(conn, found.items, today).await?;
    Ok(Rows { items, next, total })
}

/// Consultations in words.
async fn told(conn: &mut Conn, of: Vec<Consultation>, today: NaiveDate) -> Result<Vec<ConsultationLine>, Failure> {
    let files: Vec<Uuid> = of.iter().map(|one| one.house_file_id.0).collect();
    let files = rows::house_files::called(conn, &files).await?;
    let people: Vec<EmployeeId> = of
        .iter()
        .flat_map(|one| [one.created_by, one.decided_by, one.handed_out_by, one.received_by])
        .flatten()
        .collect();
    let people = org::names(conn, &people).await?;
    let titles: HashMap<PostCode, (String, String)> = org::post_titles(conn).await?;
    let name = |who: Option<EmployeeId>| who.and_then(|who| people.get(&who).cloned());
    let line = |one: Consultation| {
        let (file_no, house_id, house_no) = match files.get(&one.house_file_id.0) {
            Some((no, house, door)) => (no.clone(), Some(*house), door.clone()),
            None => Default::default(),
        };
        let (zh, en) = titles.get(&one.responsible_post).cloned().unwrap_or_default();
        ConsultationLine {
            file_no,
            house_id,
            house_no,
            reader_name: name(one.created_by),
            decided_by_name: name(one.decided_by),
            handed_out_by_name: name(one.handed_out_by),
            received_by_name: name(one.received_by),
            overdue: one.overdue(today),
            post: Text::of(zh, en),
            consultation: one,
        }
    };
    Ok(of.into_iter().map(line).collect())
}

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
    responses((status = 200, description = "A page, the latest first", body = Page<ConsultationLine>)),
    extensions(("x-permission" = json!("archive.consult")), ("x-clauses" = json!(["POS-RECEPT-06b"]))))]
#[get("/consultations")]
pub async fn list_consultations(
    guard: Guard<need::ArchiveConsult>,
    list: ListQuery<ConsultationFilter, ByTime>,
    app: web::Data<App>,
) -> ApiResult<Page<ConsultationLine>> {
    let estate = guard.estate(list.filter.estate_id)?;
    let scope = readable(&guard.actor, guard.scope.clone(), Some(estate));
    let conn = &mut *app.conn().await?;
    let today = today(conn, estate, app.now()).await?;
    list.page(lines(conn, &scope, (estate, today), &list.filter, &list.request).await?)
}

/// The consultation log as a file
#[utoipa::path(tag = "estate", operation_id = "export_consultations", params(FormatParam, ConsultationFilter),
    responses(TableFile),
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
        async move { lines(&mut *app.conn().await?, &scope, (estate, today), &filter, &request).await }
    })
    .await
}

/// One consultation
#[utoipa::path(tag = "estate", operation_id = "get_consultation", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The consultation", body = ConsultationLine)),
    extensions(("x-permission" = json!("archive.consult")), ("x-clauses" = json!(["POS-RECEPT-06b"]))))]
#[get("/consultations/{id}")]
pub async fn get_consultation(
    guard: Guard<need::ArchiveConsult>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<ConsultationLine> {
    let scope = readable(&guard.actor, guard.scope.clone(), None);
    let conn = &mut *app.conn().await?;
    let found = rows::consultations::find(conn, &scope, *id).await?;
    let version = found.version;
    let today = today(conn, found.estate_id, app.now()).await?;
    let line = told(conn, vec![found], today).await?.pop();
    Ok(Answer::ok(&line.ok_or_else(Problem::not_found)?)?.version(version))
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
        .map_err(|_| Problem::unknown_reference("/house_file_id"))?;
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

pub(super) fn configure(config: &mut Routes<'_>) {
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
