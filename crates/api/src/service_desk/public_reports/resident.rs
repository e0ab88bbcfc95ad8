//! What a resident can reach without an account. Nothing here tells anything about anybody else.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, get, http::StatusCode, post, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::Permission,
    service_desk::public_reports::{NewReport, Progress, ReportKind, ResidentReport, TrackingCode},
    shared::{Problem, ProblemCode, Subject, SubjectKind, Text},
};
use wuye_persistence::{
    Conn, Failure,
    estates::{self, Estate},
    files, numbers, secrets,
    service_desk::public_reports::{self, Attempt},
    settings,
};

use super::{super::terms::Terms, limit::admit};
use crate::{
    Answer, ApiResult, App, Command,
    files::{Accept, incoming, keep},
};

/// The estate behind a QR code.
#[derive(Serialize, ToSchema)]
pub struct PublicEstate {
    /// Its name, so that residents see they are in the right place.
    name: String,
}

/// A report that was received.
#[derive(Serialize, ToSchema)]
pub struct ReceivedReport {
    /// Finds the answer; shown this once.
    tracking_code: String,
    received_at: DateTime<Utc>,
}

/// A photo that was received.
#[derive(Serialize, ToSchema)]
pub struct PublicPhoto {
    /// Name it in `file_ids` of the report.
    id: Uuid,
}

/// What a resident is told.
#[derive(Serialize, ToSchema)]
pub struct PublicReport {
    kind: ReportKind,
    received_at: DateTime<Utc>,
    progress: Progress,
    /// The same in plain words, Chinese.
    progress_zh: String,
    /// The same in plain words, English.
    progress_en: String,
    /// When it last moved.
    updated_at: DateTime<Utc>,
    /// The answer.
    reply: Option<String>,
}

/// Show the estate behind a QR code
///
/// Its name and nothing else.
#[utoipa::path(tag = "public", operation_id = "get_public_estate", params(("code" = String, Path)),
    responses((status = 200, description = "The estate", body = PublicEstate)),
    extensions(("x-permission" = json!("public")), ("x-clauses" = json!(["POS-RECEPT-07a"]))))]
#[get("/public/estates/{code}")]
pub async fn get_public_estate(code: web::Path<String>, app: web::Data<App>) -> ApiResult<PublicEstate> {
    let estate = estates::find_public(&mut *app.conn().await?, &code).await?;
    Answer::ok(&PublicEstate { name: estate.name })
}

/// Report something without an account
///
/// A repair, complaint, suggestion, praise or question. The tracking code in the answer is kept nowhere. Sent again under
/// the same `Idempotency-Key` the report stays one, and the answer is the same. Limited by address and estate; above that
/// 429 with Retry-After.
#[utoipa::path(tag = "public", operation_id = "create_public_report", params(("code" = String, Path)), request_body = NewReport,
    responses((status = 201, description = "Received", body = ReceivedReport)),
    extensions(("x-permission" = json!("public")), ("x-clauses" = json!(["POS-RECEPT-07a", "POS-RECEPT-03a"]))))]
#[post("/public/estates/{code}/reports")]
pub async fn create_public_report(
    code: web::Path<String>,
    request: HttpRequest,
    command: Command<NewReport>,
    app: web::Data<App>,
) -> ApiResult<ReceivedReport> {
    let mut conn = app.conn().await?;
    let estate = estates::find_public(&mut conn, &code).await?;
    let settings = settings::load(&conn, Some(estate.id.into())).await?;
    let code = code_for(&mut conn, &command, app.now()).await?;
    let known = public_reports::received(&mut conn, &code.digest()).await?;
    drop(conn);
    let what = if known.is_some() {
        Attempt::Look
    } else {
        Attempt::Report
    };
    admit(&app, &request, what, Some(estate.id.into()), &settings).await?;
    if let Some(at) = known {
        return received(&code, at);
    }
    match store(&app, &estate, &command, &code).await {
        // The same report came in on another way while this one was on its own.
        Err(Failure::Problem(problem)) if problem.code == ProblemCode::AlreadyDone => {
            let at = public_reports::received(&mut *app.conn().await?, &code.digest()).await?;
            received(&code, at.unwrap_or_else(|| app.now()))
        }
        stored => received(&code, stored?),
    }
}

fn received(code: &TrackingCode, received_at: DateTime<Utc>) -> ApiResult<ReceivedReport> {
    let received = ReceivedReport {
        tracking_code: code.to_string(),
        received_at,
    };
    Answer::of(StatusCode::CREATED, &received)
}

/// The code of this report: the same again where the sender named a key.
async fn code_for<T>(conn: &mut Conn, command: &Command<T>, now: DateTime<Utc>) -> Result<TrackingCode, Failure> {
    let mut random = [0_u8; 32];
    getrandom::fill(&mut random).map_err(Failure::internal)?;
    let secret = secrets::get_or_set(conn, "tracking", &random, now).await?;
    // Without a key the code of a number that never comes again.
    let once = uuid::Uuid::new_v4().to_string();
    Ok(TrackingCode::of_key(
        &secret,
        command.key.as_ref().unwrap_or(&once),
        &command.hash,
    ))
}

async fn store(
    app: &App,
    estate: &Estate,
    command: &Command<NewReport>,
    code: &TrackingCode,
) -> Result<DateTime<Utc>, Failure> {
    let mut work = app.begin_open(Permission::ReportTriage, command).await?;
    let (id, now) = (estate.id.into(), work.now);
    let terms = Terms::of(&work, id).await?;
    let due_at = terms.acknowledge_due(now);
    let mut step = ResidentReport::receive(&command.body, id, String::new(), code, due_at, now)?;
    step.record.no = numbers::next(&mut work, id, "BS", terms.date(now)).await?;
    public_reports::insert(&mut work, &step.record).await?;
    let subject = Subject::new(SubjectKind::ResidentReport, step.record.id);
    files::attach_public(&mut work, subject, id, &command.body.file_ids, now).await?;
    work.record(step.entry);
    work.commit().await?;
    Ok(now)
}

/// Upload a photo for a report
///
/// Before the report, one photo per request, in the form field `file`. A photo that no report names is removed after a day.
#[utoipa::path(tag = "public", operation_id = "upload_public_photo", params(("code" = String, Path)),
    request_body(content = crate::files::UploadForm, content_type = "multipart/form-data"),
    responses((status = 201, description = "Received", body = PublicPhoto)),
    extensions(("x-permission" = json!("public")), ("x-clauses" = json!(["POS-RECEPT-07a"]))))]
#[post("/public/estates/{code}/photos")]
pub async fn upload_public_photo(
    code: web::Path<String>,
    request: HttpRequest,
    form: Multipart,
    app: web::Data<App>,
) -> ApiResult<PublicPhoto> {
    let mut conn = app.conn().await?;
    let estate = estates::find_public(&mut conn, &code).await?.id.into();
    let settings = settings::load(&conn, Some(estate)).await?;
    drop(conn);
    // Counted before the photo is read.
    admit(&app, &request, Attempt::Photo, Some(estate), &settings).await?;
    let file = keep(
        &app,
        incoming(&app, &request, form).await?,
        Accept::Pictures,
        Some(estate),
        None,
    )
    .await?;
    Answer::of(StatusCode::CREATED, &PublicPhoto { id: file.id })
}

/// Follow a report by its tracking code
///
/// How far it is in plain words, when it last moved, and the answer. Every wrong code gets the same 404.
#[utoipa::path(tag = "public", operation_id = "get_public_report", params(("tracking_code" = String, Path)),
    responses((status = 200, description = "How far it is", body = PublicReport)),
    extensions(("x-permission" = json!("public")), ("x-clauses" = json!(["POS-RECEPT-07a"]))))]
#[get("/public/reports/{tracking_code}")]
pub async fn get_public_report(
    tracking_code: web::Path<String>,
    request: HttpRequest,
    app: web::Data<App>,
) -> ApiResult<PublicReport> {
    let settings = settings::load(&*app.conn().await?, None).await?;
    // A wrong guess counts like a good one.
    admit(&app, &request, Attempt::Look, None, &settings).await?;
    let told = match TrackingCode::read(&tracking_code) {
        Some(code) => public_reports::told(&mut *app.conn().await?, &code.digest()).await?,
        None => None,
    };
    let told = told.ok_or_else(unknown_code)?;
    let Text { zh, en } = told.progress.title();
    Answer::ok(&PublicReport {
        kind: told.kind,
        received_at: told.received_at,
        progress: told.progress,
        progress_zh: zh.into_owned(),
        progress_en: en.into_owned(),
        updated_at: told.updated_at,
        reply: told.reply,
    })
}

fn unknown_code() -> Problem {
    Problem::new(
        ProblemCode::NotFound,
        Text::new(
            "没有这个查询码。请核对16位字母和数字。",
            "There is no such tracking code. Check its 16 letters and digits.",
        ),
    )
}
