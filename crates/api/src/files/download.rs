//! Reading files back: only by those who may see a record they belong to.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue},
    web,
};
use object_store::path::Path;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, need},
    shared::{FileId, Problem},
};
use wuye_persistence::{Conn, Failure, files, files::File};

use super::store;
use crate::{ApiError, App, Guard, reactions};

/// Read a file
///
/// Photos are shown, everything else is saved. Open to whoever may open the files of a record it is attached to, and to whoever
/// uploaded it.
#[utoipa::path(tag = "files", operation_id = "get_file", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The file, as what it is", content_type = "*/*"),
        (status = 304, description = "The copy at hand is good")),
    extensions(("x-permission" = json!("file.read")), ("x-clauses" = json!(["PROC-RECEPT-5.3"]))))]
#[get("/files/{id}")]
pub async fn get_file(
    guard: Guard<need::FileRead>,
    id: web::Path<Uuid>,
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let file = visible(&mut *app.conn().await?, &guard.actor, (*id).into()).await?;
    let place = store::place(&file.sha256);
    serve(&app, &request, &file, &place, &file.media_type).await
}

/// Read the small picture of a photo
#[utoipa::path(tag = "files", operation_id = "get_thumbnail", params(("id" = Uuid, Path)),
    responses((status = 200, description = "A JPEG of at most 320 pixels", content_type = "image/jpeg"),
        (status = 304, description = "The copy at hand is good")),
    extensions(("x-permission" = json!("file.read")), ("x-clauses" = json!(["PROC-RECEPT-5.3"]))))]
#[get("/files/{id}/thumbnail")]
pub async fn get_thumbnail(
    guard: Guard<need::FileRead>,
    id: web::Path<Uuid>,
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let file = visible(&mut *app.conn().await?, &guard.actor, (*id).into()).await?;
    if !file.has_thumbnail {
        return Err(Problem::not_found().into());
    }
    let place = store::small_place(&file.sha256);
    serve(&app, &request, &file, &place, "image/jpeg").await
}

/// The file, if the actor uploaded it or may open the files of a record it is attached to.
async fn visible(conn: &mut Conn, actor: &Actor, id: FileId) -> Result<File, Failure> {
    let file = files::find(conn, id).await?;
    if file.created_by.is_some() && file.created_by == actor.employee.map(Into::into) {
        return Ok(file);
    }
    for subject in files::subjects(conn, id).await? {
        if reactions::may_open_files(conn, actor, subject).await.is_ok() {
            return Ok(file);
        }
    }
    Err(Problem::not_found().into())
}

async fn serve(
    app: &App,
    request: &HttpRequest,
    file: &File,
    place: &Path,
    media_type: &str,
) -> Result<HttpResponse, ApiError> {
    let tag = format!("\"{}\"", &file.sha256[..32]);
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::ETAG, tag.as_str()))
        .insert_header((header::CACHE_CONTROL, "private, max-age=31536000, immutable"))
        // Even shown by itself, nothing in it may run.
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header(disposition(file, media_type));
    let known = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag)) {
        return Ok(response.status(actix_web::http::StatusCode::NOT_MODIFIED).finish());
    }
    let bytes = store::get(&*app.shared.files, place).await?;
    let bytes = bytes.ok_or_else(|| Failure::Internal(format!("the bytes of file {} are gone", file.id)))?;
    Ok(response.content_type(media_type).body(bytes))
}

fn disposition(file: &File, media_type: &str) -> ContentDisposition {
    let shown = media_type.starts_with("image/");
    ContentDisposition {
        disposition: if shown {
            DispositionType::Inline
        } else {
            DispositionType::Attachment
        },
        parameters: vec![DispositionParam::FilenameExt(ExtendedValue {
            charset: Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: file.name.clone().into_bytes(),
        })],
    }
}
