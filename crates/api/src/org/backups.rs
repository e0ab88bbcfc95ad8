//! The backup log: daily backups of the charging data and tests that they can be restored (DER-COMPUTER-4, DER-TICKET-7).

use actix_web::{get, http::StatusCode, post, web};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    org::BackupKind,
    shared::{EstateId, ListRequest, Name, Note, Page, Problem, ProblemCode, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::{
    Failure, Rows,
    org::backups::{self, BackupFilter, BackupRecord},
};

use crate::{ApiResult, App, Command, Guard, ListParams, ListQuery, list::NoSort};

/// Which lines of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BackupQuery {
    /// Of this kind.
    kind: Option<BackupKind>,
    /// That worked, or did not.
    succeeded: Option<bool>,
}

/// The backup log
#[utoipa::path(tag = "accounts", operation_id = "list_backup_records", params(ListParams, BackupQuery),
    responses((status = 200, description = "A page of the log", body = Page<BackupRecord>)),
    extensions(("x-permission" = json!("data_check.read")), ("x-clauses" = json!(["DER-COMPUTER-4", "DER-TICKET-7"]))))]
#[get("/backup-records")]
pub async fn list_backup_records(
    guard: Guard<need::DataCheckRead>,
    list: ListQuery<BackupQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<BackupRecord>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of the log, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::DataCheckRead>,
    filter: &BackupQuery,
    request: &ListRequest<NoSort>,
) -> Result<Rows<BackupRecord>, Failure> {
    let filter = BackupFilter {
        kind: filter.kind,
        succeeded: filter.succeeded,
    };
    backups::list(&mut *app.conn().await?, &guard.scope, &filter, &request.unsorted()).await
}

/// A backup, or a test of one, to be logged.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBackupRecord {
    /// The estate; one's own when absent.
    estate_id: Option<EstateId>,
    /// When it was made; now when absent.
    taken_at: Option<DateTime<Utc>>,
    /// Backup, or restore for a test.
    kind: BackupKind,
    /// Whether it worked.
    succeeded: bool,
    /// Where it lies.
    place: Name,
    /// Its size.
    #[validate(range(min = 0))]
    #[schema(minimum = 0)]
    size_bytes: Option<i64>,
    /// Remark; the cause of a failure.
    note: Option<Note>,
}

/// Log a backup
#[utoipa::path(tag = "accounts", operation_id = "create_backup_record", request_body = NewBackupRecord,
    responses((status = 201, description = "Logged", body = BackupRecord)),
    extensions(("x-permission" = json!("data_check.run")), ("x-clauses" = json!(["DER-COMPUTER-4", "DER-TICKET-7"]))))]
#[post("/backup-records")]
pub async fn create_backup_record(
    guard: Guard<need::DataCheckRun>,
    command: Command<NewBackupRecord>,
    app: web::Data<App>,
) -> ApiResult<BackupRecord> {
    let body = &command.body;
    let (person, estate) = (guard.person()?, guard.estate(body.estate_id)?);
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let taken_at = body.taken_at.unwrap_or(now);
    if taken_at > now + TimeDelta::minutes(5) {
        let words = Text::new("不能登记将来的备份", "a backup to come cannot be logged");
        return Err(Problem::field("/taken_at", "future", words).into());
    }
    let row = BackupRecord {
        id: Uuid::now_v7(),
        estate_id: Some(estate.0),
        taken_at,
        kind: body.kind.code().to_owned(),
        succeeded: body.succeeded,
        place: body.place.to_string(),
        size_bytes: body.size_bytes,
        note: body.note.as_ref().map(ToString::to_string),
        recorded_by: Some(person.0),
        verified_by: None,
        verified_at: None,
        version: 1,
        created_at: now,
    };
    backups::insert(&mut work, &row).await?;
    work.record(
        TrailEntry::new(
            SubjectKind::Backup,
            row.id,
            if row.succeeded { "logged" } else { "failure_logged" },
        )
        .estate(estate)
        .occurred_at(Some(taken_at))
        .changes(serde_json::json!({ "succeeded": [null, row.succeeded] }))
        .clauses(&["DER-COMPUTER-4", "DER-TICKET-7"]),
    );
    work.answer(StatusCode::CREATED, &row).await
}

/// Check a backup
///
/// By the finance supervisor, never by whoever logged it.
#[utoipa::path(tag = "accounts", operation_id = "verify_backup_record", params(("id" = Uuid, Path)), request_body = crate::NoBody,
    responses((status = 200, description = "Checked", body = BackupRecord)),
    extensions(("x-permission" = json!("data_check.approve")), ("x-clauses" = json!(["DER-COMPUTER-4"]))))]
#[post("/backup-records/{id}/verify")]
pub async fn verify_backup_record(
    guard: Guard<need::DataCheckApprove>,
    id: web::Path<Uuid>,
    command: Command<crate::NoBody>,
    app: web::Data<App>,
) -> ApiResult<BackupRecord> {
    let person = guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let mut row = backups::find(&mut work, &guard.scope, *id).await?;
    if row.recorded_by.is_some_and(|by| guard.actor.is(by.into())) {
        let words = Text::new(
            "须由登记人以外的人核对。",
            "Somebody other than who logged it checks it.",
        );
        return Err(Problem::new(ProblemCode::SelfApproval, words).into());
    }
    if row.verified_at.is_some() {
        let (action, state) = (
            Text::new("再次核对", "be checked again"),
            Text::new("已核对", "checked"),
        );
        return Err(Problem::wrong_state(&action, &state).into());
    }
    row.verified_by = Some(person.0);
    row.verified_at = Some(work.now);
    backups::save(&mut work, &mut row).await?;
    let mut entry = TrailEntry::new(SubjectKind::Backup, row.id, "verified").clauses(&["DER-COMPUTER-4"]);
    entry.estate = row.estate_id.map(Into::into);
    work.record(entry);
    work.answer(StatusCode::OK, &row).await
}
