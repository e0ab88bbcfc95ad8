//! Uploading: one file per request, read within bounds, looked into, stored under its hash.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, http::StatusCode, post, web};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::need,
    shared::{EmployeeId, EstateId, Problem, ProblemCode, Text},
};
use wuye_persistence::{files, files::File};

use super::{
    FileView,
    content::{self, Accept, Checked},
    store,
};
use crate::{
    ApiError, ApiResult, App, Guard, Upload,
    arrival::{Pace, announced_file},
    heavy::Turns,
};

/// A picture of 20 MB may unpack to 400.
static TURNS: Turns = Turns::new(2);

/// A file that came in, not yet looked into.
#[derive(Debug)]
pub struct Incoming {
    name: String,
    bytes: Vec<u8>,
}

/// The form of an upload.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the form")]
pub struct UploadForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Upload a file
///
/// One file in the form field `file`. Its type is found by looking into it: photos (JPEG, PNG, WebP) are written anew without
/// the place of the shot, PDF, DOCX and XLSX are kept as they are, everything else is refused. Attach it by its id when
/// the record is made; a file that belongs to nothing is removed after a day. Sent again under the same `Idempotency-Key`, it
/// is the same file.
#[utoipa::path(tag = "files", operation_id = "upload_file",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 201, description = "Stored", body = FileView)),
    extensions(("x-permission" = json!("file.create")), ("x-clauses" = json!(["PROC-RECEPT-5.3"]))))]
#[post("/files")]
pub async fn upload_file(
    guard: Guard<need::FileCreate>,
    upload: Upload,
    request: HttpRequest,
    form: Multipart,
    app: web::Data<App>,
) -> ApiResult<FileView> {
    let incoming = incoming(&app, &request, form).await?;
    let sent = Sha256::digest(&incoming.bytes);
    let (estate, by) = (guard.actor.home_estate(), guard.actor.employee);
    // The bytes go in first and under their hash: sent twice, they are there once.
    let file = put(&app, incoming, Accept::Documents, estate, by).await?;
    let mut work = app.begin_upload(&guard, &upload, &sent).await?;
    files::insert(&mut work, &file).await?;
    work.answer(StatusCode::CREATED, &FileView::from(file)).await
}

/// Reads the one file of a form, within the size and time allowed.
///
/// # Errors
/// `body_too_large`, `request_timeout`, `bad_request`, `validation_failed` without a file.
pub async fn incoming(app: &App, request: &HttpRequest, form: Multipart) -> Result<Incoming, ApiError> {
    let config = &app.shared.config;
    announced_file(request.headers(), config.file_limit, too_large)?;
    let pace = Pace::of_file(config);
    Ok(pace.all(read(form, config.file_limit, pace)).await?)
}

async fn read(mut form: Multipart, limit: u64, pace: Pace) -> Result<Incoming, Problem> {
    if let Some(field) = pace.next(&mut form).await? {
        let mut field = field.map_err(|_| unreadable())?;
        if field.name() != Some("file") {
            return Err(Problem::field(
                "/",
                "unknown_field",
                Text::new("表单只接受 file 字段", "the form takes the field file only"),
            ));
        }
        let name = field
            .content_disposition()
            .and_then(|says| says.get_filename())
            .map(plain_name);
        let mut bytes = Vec::new();
        while let Some(chunk) = pace.next(&mut field).await? {
            let chunk = chunk.map_err(|_| unreadable())?;
            if (bytes.len() + chunk.len()) as u64 > limit {
                return Err(too_large(limit));
            }
            bytes.extend_from_slice(&chunk);
        }
        return Ok(Incoming {
            name: name.unwrap_or_else(|| "file".to_owned()),
            bytes,
        });
    }
    let message = Text::new("请在 file 字段中给出文件", "give the file in the field file");
    Err(Problem::field("/file", "required", message))
}

/// Looks into a file and stores it: bytes first, then the row, so that a row never points to nothing.
///
/// # Errors
/// `file_refused`; `Unavailable` when the store cannot be reached.
pub async fn keep(
    app: &App,
    incoming: Incoming,
    accept: Accept,
    estate: Option<EstateId>,
    by: Option<EmployeeId>,
) -> Result<File, ApiError> {
    let file = put(app, incoming, accept, estate, by).await?;
    files::insert(&mut *app.conn().await?, &file).await?;
    Ok(file)
}

/// Looks into a file and puts its bytes into the store; its row is still to be written.
async fn put(
    app: &App,
    incoming: Incoming,
    accept: Accept,
    estate: Option<EstateId>,
    by: Option<EmployeeId>,
) -> Result<File, ApiError> {
    let Incoming { name, bytes } = incoming;
    let checked = TURNS.run(move || content::check(bytes, accept)).await??;
    let Checked {
        bytes,
        media_type,
        size,
        thumbnail,
    } = checked;
    let sha256: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let pixels = |of: fn((u32, u32)) -> u32| size.and_then(|size| i32::try_from(of(size)).ok());
    let file = File {
        id: Uuid::now_v7(),
        estate_id: estate.map(|id| id.0),
        name: with_ending(&name, media_type),
        media_type: media_type.to_owned(),
        size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        width: pixels(|(width, _)| width),
        height: pixels(|(_, height)| height),
        has_thumbnail: thumbnail.is_some(),
        created_by: by.map(|id| id.0),
        created_at: app.now(),
        sha256,
    };
    let objects = &*app.shared.files;
    store::put(objects, &store::place(&file.sha256), bytes).await?;
    if let Some(thumbnail) = thumbnail {
        store::put(objects, &store::small_place(&file.sha256), thumbnail).await?;
    }
    Ok(file)
}

/// The last part of a name, without anything that means something to a file system or a header.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '"' | '<' | '>' | ':' | '|' | '?' | '*' | ';'))
        // Marks of writing direction turn the ending of a name around for the eye.
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .take(100)
        .collect();
    if plain.trim_matches(['.', ' ']).is_empty() {
        "file".to_owned()
    } else {
        plain
    }
}

/// The name with the ending of what it really is.
fn with_ending(name: &str, media_type: &str) -> String {
    let ending = match media_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "application/pdf" => "pdf",
        kind if kind.ends_with("wordprocessingml.document") => "docx",
        _ => "xlsx",
    };
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}.{ending}")
}

fn too_large(limit: u64) -> Problem {
    let mb = limit / 1024 / 1024;
    Problem::new(
        ProblemCode::BodyTooLarge,
        wuye_domain::text!(
            "文件超过 {mb} MB。请缩小后再传。",
            "The file is over {mb} MB. Make it smaller and try again."
        ),
    )
}

fn unreadable() -> Problem {
    Problem::new(
        ProblemCode::BadRequest,
        Text::new(
            "表单无法读取，或没有传完。请以 multipart/form-data 重新上传。",
            "The form cannot be read or did not arrive whole. Upload it again as multipart/form-data.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_its_path_and_gets_the_ending_of_what_it_is() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("C:\\照片\\a\"b.jpg"), "ab.jpg");
        assert_eq!(plain_name(".."), "file");
        assert_eq!(with_ending("坏了.html", "image/jpeg"), "坏了.jpg");
    }
}
