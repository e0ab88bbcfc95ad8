//! House files: location, documents, completeness (POS-RECEPT-05, -06a).

use std::collections::HashMap;

use actix_web::{get, http::StatusCode, patch, post, web};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, need},
    estate::{
        filter::HouseFileFilter,
        house_file::{ChangeHouseFile, FileItemKind, HouseFile, HouseFileItem, NewHouseFile, NewHouseFileItem},
    },
    shared::{EmployeeId, ListRequest, Page, Problem, Subject, SubjectKind},
};
use wuye_persistence::{Conn, Failure, Rows, estate as rows, files, org};

use super::{Because, occupancies, papers::open_file, same_version, today};
use crate::{
    Answer, ApiResult, App, Command, Guard, ListParams, ListQuery, NoBody,
    files::FileView,
    list::NoSort,
    routes::Routes,
    tables::{self, export_operation},
};

/// A file with what stands on the door of its house.
#[derive(Serialize, ToSchema)]
pub struct HouseFileLine {
    /// The file.
    #[serde(flatten)]
    pub file: HouseFile,
    /// The house.
    pub house_no: String,
}

/// A file with its documents.
#[derive(Serialize, ToSchema)]
pub struct HouseFileRecord {
    /// The file.
    #[serde(flatten)]
    pub file: HouseFile,
    /// What stands on the door of its house.
    pub house_no: String,
    /// Its documents in the order they were filed; voided ones stay visible.
    pub items: Vec<HouseFileItem>,
    /// Whether the scans are open to the caller: to keepers, and to readers with an approved consultation.
    pub scans_open: bool,
    /// The scans, where they are open; an item names its own by `file_id`.
    pub scans: Vec<FileView>,
    /// Names of the people that file and documents name.
    pub people: HashMap<Uuid, String>,
}

impl HouseFileRecord {
    async fn of(conn: &mut Conn, actor: &Actor, file: HouseFile) -> Result<Self, Failure> {
        let items = rows::house_files::items(conn, file.id).await?;
        let house_no = rows::house_files::called(conn, &[file.id.0])
            .await?
            .remove(&file.id.0)
            .map(|(_, _, door)| door)
            .unwrap_or_default();
        let people: Vec<EmployeeId> = items
            .iter()
            .flat_map(|item| [item.created_by, item.voided_by])
            .chain([file.created_by, file.checked_by])
            .flatten()
            .collect();
        let people = org::names(conn, &people).await?;
        let scans_open = open_file(conn, actor, file.id).await?;
        let scans = if scans_open {
            files::attached(conn, &[subject(&file)]).await?
        } else {
            Vec::new()
        };
        Ok(Self {
            house_no,
            items,
            scans_open,
            scans: scans.into_iter().map(Into::into).collect(),
            people: people.into_iter().map(|(id, name)| (id.0, name)).collect(),
            file,
        })
    }
}

fn subject(file: &HouseFile) -> Subject {
    Subject::new(SubjectKind::HouseFile, file.id.0)
}

/// A page of the index, for the list and for its file.
async fn page(
    app: &App,
    guard: &Guard<need::PartyRead>,
    filter: &HouseFileFilter,
    request: &ListRequest<NoSort>,
) -> Result<Rows<HouseFileLine>, Failure> {
    let (scope, estate) = (&guard.scope, guard.estate(filter.estate_id)?);
    let conn = &mut *app.conn().await?;
    let found = rows::house_files::list(conn, scope, estate, filter, request).await?;
    let ids: Vec<Uuid> = found.items.iter().map(|file| file.house_id.0).collect();
    let houses = rows::houses::find_all(conn, scope, &ids).await?;
    let houses: HashMap<_, _> = houses.into_iter().map(|house| (house.id, house.no)).collect();
    Ok(found.map(|file| HouseFileLine {
        house_no: houses.get(&file.house_id).cloned().unwrap_or_default(),
        file,
    }))
}

/// The archive index
///
/// `state=incomplete` is the list of incomplete files.
#[utoipa::path(tag = "estate", operation_id = "list_house_files", params(ListParams, HouseFileFilter),
    responses((status = 200, description = "A page by number", body = Page<HouseFileLine>)),
    extensions(("x-permission" = json!("party.read")), ("x-clauses" = json!(["POS-PUBSUP-06", "POS-RECEPT-06a"]))))]
#[get("/house-files")]
pub async fn list_house_files(
    guard: Guard<need::PartyRead>,
    list: ListQuery<HouseFileFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<HouseFileLine>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

export_operation! {
    /// The archive index as a file
    export_house_files "export_house_files" at "/house-files/export" in "estate",
    needs: PartyRead "party.read",
    clauses: ["POS-PUBSUP-06", "POS-RECEPT-06a"],
    query: HouseFileFilter, NoSort,
    rows: tables::listed, page,
}

/// One file with its documents
#[utoipa::path(tag = "estate", operation_id = "get_house_file", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The file", body = HouseFileRecord)),
    extensions(("x-permission" = json!("party.read")), ("x-clauses" = json!(["POS-RECEPT-05", "POS-RECEPT-06a"]))))]
#[get("/house-files/{id}")]
pub async fn get_house_file(
    guard: Guard<need::PartyRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<HouseFileRecord> {
    let conn = &mut *app.conn().await?;
    let file = rows::house_files::find(conn, &guard.scope, (*id).into()).await?;
    let version = file.version;
    let record = HouseFileRecord::of(conn, &guard.actor, file).await?;
    Ok(Answer::ok(&record)?.version(version))
}

/// Open a file by hand
///
/// For houses handed over before; a new owner opens one by itself.
#[utoipa::path(tag = "estate", operation_id = "open_house_file", request_body = NewHouseFile,
    responses((status = 201, description = "The file", body = HouseFile)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-05"]))))]
#[post("/house-files")]
pub async fn open_house_file(
    guard: Guard<need::PartyEdit>,
    command: Command<NewHouseFile>,
    app: web::Data<App>,
) -> ApiResult<HouseFile> {
    let mut work = app.begin(&guard, &command).await?;
    let house = rows::houses::lock(&mut work, &guard.scope, command.body.house_id)
        .await
        .map_err(|_| Problem::unknown_reference("/house_id"))?;
    let now = work.now;
    let today = today(&mut work, house.estate_id, now).await?;
    let mut file = occupancies::open_file(&mut work, &house, command.body.opened_on.unwrap_or(today)).await?;
    if !command.body.location.is_empty() {
        let step = file.relocate(&command.body.location, now)?;
        rows::house_files::save(&mut work, &step.record).await?;
        work.record(step.entry);
        file = step.record;
    }
    let answer = Answer::of(StatusCode::CREATED, &file)?.version(file.version);
    work.commit_with(answer.location(format!("/api/v1/house-files/{}", file.id)))
        .await
}

/// Note where the papers lie
#[utoipa::path(tag = "estate", operation_id = "change_house_file", params(("id" = Uuid, Path)),
    request_body = ChangeHouseFile, responses((status = 200, description = "The file", body = HouseFile)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-06b"]))))]
#[patch("/house-files/{id}")]
pub async fn change_house_file(
    guard: Guard<need::PartyEdit>,
    id: web::Path<Uuid>,
    command: Command<ChangeHouseFile>,
    app: web::Data<App>,
) -> ApiResult<HouseFile> {
    let seen = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let file = rows::house_files::lock(&mut work, &guard.scope, (*id).into()).await?;
    same_version(file.version, seen)?;
    let step = file.relocate(&command.body.location, work.now)?;
    rows::house_files::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let version = step.record.version;
    work.commit_with(Answer::ok(&step.record)?.version(version)).await
}

/// File a document
///
/// The file is complete with its last required document.
#[utoipa::path(tag = "estate", operation_id = "add_house_file_item", params(("id" = Uuid, Path)),
    request_body = NewHouseFileItem, responses((status = 201, description = "The file with its documents", body = HouseFileRecord)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-06a", "POS-RECEPT-06b"]))))]
#[post("/house-files/{id}/items")]
pub async fn add_house_file_item(
    guard: Guard<need::PartyEdit>,
    id: web::Path<Uuid>,
    command: Command<NewHouseFileItem>,
    app: web::Data<App>,
) -> ApiResult<HouseFileRecord> {
    let mut work = app.begin(&guard, &command).await?;
    let file = rows::house_files::lock(&mut work, &guard.scope, (*id).into()).await?;
    let held = rows::house_files::held(&mut work, file.id).await?;
    let (by, now) = (work.actor.employee, work.now);
    let (step, item) = file.add(&held, command.body, by, now)?;
    rows::house_files::insert_item(&mut work, &item).await?;
    if let Some(scan) = item.file_id {
        let purpose = item.kind.code();
        files::attach(&mut work, subject(&file), &[scan], purpose, by, now)
            .await
            .map_err(|failure| match failure {
                Failure::Problem(_) => Problem::unknown_reference("/file_id").into(),
                other => other,
            })?;
    }
    rows::house_files::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let record = HouseFileRecord::of(&mut work, &guard.actor, step.record).await?;
    let version = record.file.version;
    work.commit_with(Answer::of(StatusCode::CREATED, &record)?.version(version))
        .await
}

/// Void a document
///
/// It stays visible with the reason; the file may become incomplete.
#[utoipa::path(tag = "estate", operation_id = "void_house_file_item",
    params(("id" = Uuid, Path), ("item" = Uuid, Path)), request_body = Because,
    responses((status = 200, description = "The file with its documents", body = HouseFileRecord)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-06a"]))))]
#[post("/house-files/{id}/items/{item}/void")]
pub async fn void_house_file_item(
    guard: Guard<need::PartyEdit>,
    ids: web::Path<(Uuid, Uuid)>,
    command: Command<Because>,
    app: web::Data<App>,
) -> ApiResult<HouseFileRecord> {
    let mut work = app.begin(&guard, &command).await?;
    let file = rows::house_files::lock(&mut work, &guard.scope, ids.0.into()).await?;
    let items = rows::house_files::items(&mut work, file.id).await?;
    let place = items
        .iter()
        .position(|item| item.id.0 == ids.1)
        .ok_or_else(Problem::not_found)?;
    let left: Vec<FileItemKind> = items
        .iter()
        .filter(|item| item.voided_at.is_none() && item.id.0 != ids.1)
        .map(|item| item.kind)
        .collect();
    let by = work.actor.employee;
    let (step, item) = file.void(&items[place], &left, &command.body.reason, by, work.now)?;
    rows::house_files::void_item(&mut work, &item).await?;
    rows::house_files::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let record = HouseFileRecord::of(&mut work, &guard.actor, step.record).await?;
    let version = record.file.version;
    work.commit_with(Answer::ok(&record)?.version(version)).await
}

/// Check a file for completeness
#[utoipa::path(tag = "estate", operation_id = "check_house_file", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 200, description = "The file with what is missing", body = HouseFile)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-06a"]))))]
#[post("/house-files/{id}/check")]
pub async fn check_house_file(
    guard: Guard<need::PartyEdit>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<HouseFile> {
    let mut work = app.begin(&guard, &command).await?;
    let file = rows::house_files::lock(&mut work, &guard.scope, (*id).into()).await?;
    let held = rows::house_files::held(&mut work, file.id).await?;
    let step = file.check(&held, work.actor.employee, work.now)?;
    rows::house_files::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let version = step.record.version;
    work.commit_with(Answer::ok(&step.record)?.version(version)).await
}

/// Archive a file by hand
///
/// A change of owner archives it by itself.
#[utoipa::path(tag = "estate", operation_id = "archive_house_file", params(("id" = Uuid, Path)), request_body = Because,
    responses((status = 200, description = "The archived file", body = HouseFile)),
    extensions(("x-permission" = json!("party.edit")), ("x-clauses" = json!(["POS-RECEPT-06b"]))))]
#[post("/house-files/{id}/archive")]
pub async fn archive_house_file(
    guard: Guard<need::PartyEdit>,
    id: web::Path<Uuid>,
    command: Command<Because>,
    app: web::Data<App>,
) -> ApiResult<HouseFile> {
    let mut work = app.begin(&guard, &command).await?;
    let file = rows::house_files::lock(&mut work, &guard.scope, (*id).into()).await?;
    let out = rows::consultations::is_out(&mut work, file.id).await?;
    let now = work.now;
    let today = today(&mut work, file.estate_id, now).await?;
    let step = file.archive(out, &command.body.reason, today, now)?;
    rows::house_files::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let version = step.record.version;
    work.commit_with(Answer::ok(&step.record)?.version(version)).await
}

pub(super) fn configure(config: &mut Routes<'_>) {
    config
        .service(list_house_files)
        .service(export_house_files)
        .service(open_house_file)
        .service(get_house_file)
        .service(change_house_file)
        .service(add_house_file_item)
        .service(void_house_file_item)
        .service(check_house_file)
        .service(archive_house_file);
}
