//! Imports of houses, parties and occupancies: upload, preview, run, errors, templates (POS-RECEPT-05, DER-X-5).

mod lists;
mod staging;
mod work;

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wuye_domain::{
    access::need,
    estate::import::{Headers, ImportKind, ImportRun, columns},
    shared::{EmployeeId, EstateId},
};
use wuye_persistence::{
    Failure,
    estate::import::{self as rows, ErrorLine, Staged},
    jobs, org,
};

use crate::{
    Answer, ApiError, ApiResult, App, Command, Guard, Language, ListQuery, NoBody, Upload,
    routes::Routes,
    tables::{
        self, Format, TableFile,
        receive::{TableBytes, receive},
    },
};

pub use work::run;

/// The kind of job that checks and runs imports.
pub const JOB: &str = "import_table";

/// What is uploaded, and where it belongs.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UploadParams {
    /// The estate; may be left out by who works in one only.
    pub estate_id: Option<EstateId>,
    /// What the table brings.
    pub kind: ImportKind,
    /// The file's name, for the register of imports.
    #[param(max_length = 200)]
    pub file_name: Option<String>,
}

/// Which template.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TemplateParams {
    /// For which import.
    pub kind: ImportKind,
    /// Which kind of file; `xlsx` when left out.
    pub format: Option<Format>,
    /// `zh` or `en` headings; by Accept-Language when left out.
    pub language: Option<String>,
}

/// An import with who uploaded it.
#[derive(Serialize, ToSchema)]
pub struct ImportLine {
    /// The run.
    #[serde(flatten)]
    pub run: ImportRun,
    /// Who uploaded the file.
    pub created_by_name: Option<String>,
}

/// A heading of the file and what it was taken for.
#[derive(Serialize, ToSchema)]
pub struct HeadingLine {
    /// As it stands in the file.
    pub heading: String,
    /// The column of the import in Chinese; absent when it is passed over.
    pub column: Option<String>,
}

/// A column that the import knows.
#[derive(Serialize, ToSchema)]
pub struct ImportColumn {
    /// Chinese heading; errors name their column by it.
    pub zh: &'static str,
    /// English heading.
    pub en: &'static str,
    /// Whether the file must have it.
    pub required: bool,
}

/// The first rows of a file, as they were read.
#[derive(Serialize, ToSchema)]
pub struct PreviewRow {
    /// Row of the file; the heading is row 1.
    pub row_no: i32,
    /// Its cells.
    pub cells: Vec<String>,
}

/// What an import would do: counts once it was checked, the headings, the first rows and the first errors.
#[derive(Serialize, ToSchema)]
pub struct ImportPreview {
    /// The run; `ready` when every row was checked.
    pub run: ImportRun,
    /// Its headings.
    pub headings: Vec<HeadingLine>,
    /// The columns that this kind of import knows, in the order of the template.
    pub columns: Vec<ImportColumn>,
    /// Its first twenty rows.
    pub rows: Vec<PreviewRow>,
    /// Its first hundred errors by row.
    pub errors: Vec<ErrorLine>,
}

/// A template to fill in
#[utoipa::path(tag = "estate", operation_id = "get_import_template", params(TemplateParams),
    responses(TableFile),
    extensions(("x-permission" = json!("import.run")), ("x-clauses" = json!(["POS-RECEPT-05", "DER-X-5"]))))]
#[get("/imports/template")]
pub async fn get_import_template(
    _guard: Guard<need::ImportRun>,
    query: ListQuery<TemplateParams>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let language = match query.filter.language.as_deref() {
        Some("en") => Language::En,
        Some(_) => Language::Zh,
        None => Language::of(request.headers()),
    };
    tables::template(query.filter.kind, query.filter.format.unwrap_or(Format::Xlsx), language)
}

/// Upload a table
///
/// The body is the file itself: CSV (UTF-8, GBK or UTF-16) or XLSX, told by its content. Its rows are put aside and
/// checked in the background; nothing else changes until the run is started. Sent again under the same
/// `Idempotency-Key`, it is the same run.
#[utoipa::path(tag = "estate", operation_id = "upload_import", params(UploadParams),
    request_body(content = TableBytes, content_type = "application/octet-stream", description = "The file"),
    responses((status = 201, description = "The run, being checked", body = ImportRun)),
    extensions(("x-permission" = json!("import.run")), ("x-clauses" = json!(["POS-RECEPT-05", "DER-X-5"]))))]
#[post("/imports")]
pub async fn upload_import(
    guard: Guard<need::ImportRun>,
    query: ListQuery<UploadParams>,
    upload: Upload,
    request: HttpRequest,
    payload: web::Payload,
    app: web::Data<App>,
) -> ApiResult<ImportRun> {
    let estate = guard.estate(query.filter.estate_id)?;
    let received = receive(request.headers(), payload, &app.shared.config, staging::MOST_MEGABYTES).await?;
    let mut work = app.begin_upload(&guard, &upload, received.hash()).await?;
    let run = staging::stage(&mut work, estate, &query.filter, received).await?;
    let payload = json!({"run": run.id});
    let now = work.now;
    jobs::enqueue(&mut work, JOB, &payload, Some(&format!("{JOB}:{}", run.id)), now, now).await?;
    work.record(run.uploaded());
    let answer = Answer::of(StatusCode::CREATED, &run)?;
    work.commit_with(answer.location(format!("/api/v1/imports/{}", run.id)))
        .await
}

/// One import, with its progress
#[utoipa::path(tag = "estate", operation_id = "get_import", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The run", body = ImportLine)),
    extensions(("x-permission" = json!("import.run")), ("x-clauses" = json!(["POS-RECEPT-05", "DER-X-5"]))))]
#[get("/imports/{id}")]
pub async fn get_import(
    guard: Guard<need::ImportRun>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<ImportLine> {
    let conn = &mut *app.conn().await?;
    let run = rows::find(conn, &guard.scope, (*id).into()).await?;
    let version = run.version;
    let people: Vec<EmployeeId> = run.created_by.into_iter().collect();
    let created_by_name = org::names(conn, &people).await?.into_values().next();
    Ok(Answer::ok(&ImportLine { run, created_by_name })?.version(version))
}

/// What an import would do
#[utoipa::path(tag = "estate", operation_id = "preview_import", params(("id" = Uuid, Path)),
    responses((status = 200, description = "Counts, headings, first rows and errors", body = ImportPreview)),
    extensions(("x-permission" = json!("import.run")), ("x-clauses" = json!(["POS-RECEPT-05", "DER-X-5"]))))]
#[get("/imports/{id}/preview")]
pub async fn preview_import(
    guard: Guard<need::ImportRun>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<ImportPreview> {
    let conn = &mut *app.conn().await?;
    let run = rows::find(conn, &guard.scope, (*id).into()).await?;
    let first: Vec<Staged> = rows::rows(conn, run.id, 0, 20).await?;
    let errors = rows::errors(conn, run.id, &staging::by_row(100)).await?;
    Answer::ok(&ImportPreview {
        headings: headings(&run)?,
        columns: columns(run.kind)
            .iter()
            .map(|column| ImportColumn {
                zh: column.zh,
                en: column.en,
                required: column.required,
            })
            .collect(),
        rows: first
            .into_iter()
            .map(|(row_no, cells)| PreviewRow { row_no, cells })
            .collect(),
        errors: errors.items,
        run,
    })
}

fn headings(run: &ImportRun) -> Result<Vec<HeadingLine>, Failure> {
    let found = Headers::find(run.kind, &run.headers)?;
    let taken = |at: usize| {
        columns(run.kind)
            .iter()
            .zip(found.places())
            .find(|(_, place)| **place == Some(at))
    };
    let lines = run.headers.iter().enumerate();
    Ok(lines
        .map(|(at, heading)| HeadingLine {
            heading: heading.clone(),
            column: taken(at).map(|(column, _)| column.zh.to_owned()),
        })
        .collect())
}

/// Start an import
///
/// Good rows go in, bad rows are reported; the same file again changes nothing. One that broke off goes on where it
/// stopped. New houses stand as drafts until the supervisor confirms the import.
#[utoipa::path(tag = "estate", operation_id = "start_import", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 200, description = "The run, waiting for its turn", body = ImportRun)),
    extensions(("x-permission" = json!("import.run")), ("x-clauses" = json!(["POS-RECEPT-05", "DER-X-5"]))))]
#[post("/imports/{id}/start")]
pub async fn start_import(
    guard: Guard<need::ImportRun>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<ImportRun> {
    let mut work = app.begin(&guard, &command).await?;
    rows::find(&mut work, &guard.scope, (*id).into()).await?;
    let run = rows::lock(&mut work, (*id).into()).await?;
    let step = run.start()?;
    rows::save(&mut work, &step.record).await?;
    let now = work.now;
    let payload = json!({"run": run.id});
    jobs::enqueue(
        &mut work,
        JOB,
        &payload,
        Some(&format!("{JOB}:{}:run", run.id)),
        now,
        now,
    )
    .await?;
    work.record(step.entry);
    work.answer(StatusCode::OK, &step.record).await
}

/// Give an import up before it runs
#[utoipa::path(tag = "estate", operation_id = "cancel_import", params(("id" = Uuid, Path)), request_body = NoBody,
    responses((status = 200, description = "The run", body = ImportRun)),
    extensions(("x-permission" = json!("import.run")), ("x-clauses" = json!(["POS-RECEPT-05"]))))]
#[post("/imports/{id}/cancel")]
pub async fn cancel_import(
    guard: Guard<need::ImportRun>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<ImportRun> {
    let mut work = app.begin(&guard, &command).await?;
    rows::find(&mut work, &guard.scope, (*id).into()).await?;
    let run = rows::lock(&mut work, (*id).into()).await?;
    let step = run.cancel(work.now)?;
    rows::save(&mut work, &step.record).await?;
    rows::clear(&mut work, run.id).await?;
    work.record(step.entry);
    work.answer(StatusCode::OK, &step.record).await
}

pub(super) fn configure(config: &mut Routes<'_>) {
    config
        .configure(lists::configure)
        .service(get_import_template)
        .service(upload_import)
        .service(get_import)
        .service(preview_import)
        .service(start_import)
        .service(cancel_import);
}
