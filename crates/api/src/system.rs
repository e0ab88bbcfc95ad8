//! The state of the server, its settings and the trail: what belongs to no context.

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    shared::{EstateId, Note, SETTINGS, SettingKey, Subject, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    settings,
    trail::{self, TrailLine},
};

use crate::{Answer, ApiResult, App, Command, Guard, ListQuery, routes::Routes};

/// The routes of this file.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(list_settings)
        .service(change_setting)
        .service(list_trail);
}

/// Alive
///
/// Answers as long as the process runs.
#[utoipa::path(tag = "system", operation_id = "healthz", responses((status = 200, description = "Alive", body = String, content_type = "text/plain")),
    extensions(("x-permission" = json!("public")), ("x-clauses" = json!([]))))]
#[get("/healthz")]
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok")
}

/// Ready
///
/// Answers 200 when the database can be used, 503 otherwise.
#[utoipa::path(tag = "system", operation_id = "readyz",
    responses((status = 200, description = "Ready", body = String, content_type = "text/plain")),
    extensions(("x-permission" = json!("public")), ("x-clauses" = json!([]))))]
#[get("/readyz")]
pub async fn readyz(app: web::Data<App>) -> Result<HttpResponse, crate::ApiError> {
    use diesel_async::SimpleAsyncConnection;
    app.conn().await?.batch_execute("SELECT 1").await?;
    Ok(HttpResponse::Ok().content_type("text/plain").body("ready"))
}

/// A setting with the value in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct Setting {
    key: SettingKey,
    value: i64,
    default: i64,
    min: i64,
    max: i64,
    title_zh: String,
    title_en: String,
    clauses: Vec<&'static str>,
}

/// Which settings.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SettingFilter {
    /// The estate; the company's values when absent.
    estate_id: Option<EstateId>,
}

/// List settings
#[utoipa::path(tag = "system", operation_id = "list_settings", params(SettingFilter),
    responses((status = 200, description = "All settings", body = Vec<Setting>)),
    extensions(("x-permission" = json!("setting.read")), ("x-clauses" = json!([]))))]
#[get("/settings")]
pub async fn list_settings(
    guard: Guard<need::SettingRead>,
    list: ListQuery<SettingFilter>,
    app: web::Data<App>,
) -> ApiResult<Vec<Setting>> {
    let estate = list.filter.estate_id.map(|id| guard.estate(Some(id))).transpose()?;
    let values = settings::load(&*app.conn().await?, estate).await?;
    let all: Vec<Setting> = SETTINGS
        .iter()
        .map(|setting| Setting {
            key: setting.key,
            value: values.get(setting.key),
            default: setting.default,
            min: setting.min,
            max: setting.max,
            title_zh: setting.title.zh.clone().into_owned(),
            title_en: setting.title.en.clone().into_owned(),
            clauses: setting.clauses.to_vec(),
        })
        .collect();
    Answer::ok(&all)
}

/// A new value for a setting.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSetting {
    /// Which one.
    key: SettingKey,
    /// For this estate; for the company when absent.
    #[serde(default)]
    estate_id: Option<EstateId>,
    /// Whole number within the setting's limits.
    value: i64,
    /// Why.
    reason: Note,
}

/// The value now in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedSetting {
    key: SettingKey,
    value: i64,
}

/// Change a setting
///
/// Takes effect at once; the old value stays on the trail.
#[utoipa::path(tag = "system", operation_id = "change_setting", request_body = ChangeSetting,
    responses((status = 200, description = "Changed", body = ChangedSetting)),
    extensions(("x-permission" = json!("setting.edit")), ("x-clauses" = json!([]))))]
#[post("/settings")]
pub async fn change_setting(
    guard: Guard<need::SettingEdit>,
    command: Command<ChangeSetting>,
    app: web::Data<App>,
) -> ApiResult<ChangedSetting> {
    let ChangeSetting {
        key,
        estate_id,
        value,
        reason,
    } = &command.body;
    let estate = if guard.scope.company() {
        *estate_id
    } else {
        Some(guard.estate(*estate_id)?)
    };
    let value = key.check(&(*value).into())?;
    let mut work = app.begin(&guard, &command).await?;
    let before = settings::load(&work, estate).await?.get(*key);
    let (by, now) = (work.actor.account.0, work.now);
    settings::set(&mut work, estate, *key, value, reason, by, now).await?;
    let mut entry = TrailEntry::new(SubjectKind::Setting, Uuid::nil(), "changed")
        .reason(Some(reason.as_str()))
        .changes(serde_json::json!({ key.code(): [before, value] }));
    entry.estate = estate;
    work.record(entry);
    work.answer(StatusCode::OK, &ChangedSetting { key: *key, value }).await
}

/// Which record.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TrailFilter {
    /// Kind of the record.
    kind: SubjectKind,
    /// Its id.
    id: Uuid,
}

/// History of a record
///
/// Who did what to it and when, oldest first. Lines of estates outside the caller's scope are left out.
#[utoipa::path(tag = "system", operation_id = "list_trail", params(TrailFilter),
    responses((status = 200, description = "The history", body = Vec<TrailLine>), (status = 404, description = "No such record, or not for the caller to know of")),
    extensions(("x-permission" = json!("trail.read")), ("x-clauses" = json!(["DER-X-2"]))))]
#[get("/trail")]
pub async fn list_trail(
    guard: Guard<need::TrailRead>,
    list: ListQuery<TrailFilter>,
    app: web::Data<App>,
) -> ApiResult<Vec<TrailLine>> {
    let mut conn = app.conn().await?;
    let subject = Subject::new(list.filter.kind, list.filter.id);
    crate::reactions::may_read(&mut conn, &guard.actor, subject).await?;
    Answer::ok(&trail::history_within(&mut conn, &guard.scope, subject).await?)
}
