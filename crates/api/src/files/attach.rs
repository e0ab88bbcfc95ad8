//! Files on records.

use actix_web::{get, http::StatusCode, post, web};
use serde::Deserialize;
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    shared::{FileId, ShortCode, Subject, SubjectKind, TrailEntry},
};
use wuye_persistence::files;

use super::FileView;
use crate::{Answer, ApiResult, App, Command, Guard, ListQuery, reactions};

/// Which record.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OfRecord {
    /// The kind of record.
    subject_kind: SubjectKind,
    /// The record.
    subject_id: Uuid,
}

/// Files to put on a record.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAttachments {
    /// The kind of record.
    subject_kind: SubjectKind,
    /// The record.
    subject_id: Uuid,
    /// Files uploaded before.
    #[validate(length(min = 1, max = 20))]
    #[schema(min_items = 1, max_items = 20)]
    file_ids: Vec<FileId>,
    /// What they show; `photo` when left out.
    purpose: Option<ShortCode>,
}

/// List the files of a record
#[utoipa::path(tag = "files", operation_id = "list_attachments", params(OfRecord),
    responses((status = 200, description = "Its files, in the order of attaching", body = Vec<FileView>), (status = 404, description = "No such record, or not for the caller to know of")),
    extensions(("x-permission" = json!("file.read")), ("x-clauses" = json!(["PROC-RECEPT-5.3"]))))]
#[get("/attachments")]
pub async fn list_attachments(
    guard: Guard<need::FileRead>,
    list: ListQuery<OfRecord>,
    app: web::Data<App>,
) -> ApiResult<Vec<FileView>> {
    let mut conn = app.conn().await?;
    let subject = Subject::new(list.filter.subject_kind, list.filter.subject_id);
    reactions::may_open_files(&mut conn, &guard.actor, subject).await?;
    let attached = files::attached(&conn, &[subject]).await?;
    Answer::ok(&attached.into_iter().map(FileView::from).collect())
}

/// Put files on a record
///
/// On any record the caller may read; the files must be the caller's own uploads.
#[utoipa::path(tag = "files", operation_id = "create_attachments", request_body = NewAttachments,
    responses((status = 201, description = "All files of the record", body = Vec<FileView>), (status = 404, description = "No such record, or not for the caller to know of")),
    extensions(("x-permission" = json!("file.create")), ("x-clauses" = json!(["PROC-RECEPT-5.3"]))))]
#[post("/attachments")]
pub async fn create_attachments(
    guard: Guard<need::FileCreate>,
    command: Command<NewAttachments>,
    app: web::Data<App>,
) -> ApiResult<Vec<FileView>> {
    let mut work = app.begin(&guard, &command).await?;
    let body = &command.body;
    let subject = Subject::new(body.subject_kind, body.subject_id);
    reactions::may_open_files(&mut work, &guard.actor, subject).await?;
    let purpose = body.purpose.as_ref().map_or("photo", |purpose| purpose.as_str());
    let now = work.now;
    files::attach(&mut work, subject, &body.file_ids, purpose, guard.actor.employee, now).await?;
    let entry = TrailEntry::new(subject.kind, subject.id, "files_attached");
    work.record(entry.changes(json!({ "file_ids": body.file_ids, "purpose": purpose })));
    let attached = files::attached(&work, &[subject]).await?;
    let views: Vec<FileView> = attached.into_iter().map(FileView::from).collect();
    work.answer(StatusCode::CREATED, &views).await
}
