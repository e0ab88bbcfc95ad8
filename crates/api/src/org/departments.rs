//! Departments (ORG-3 to ORG-7): the five of the chart, and those the position texts add.

use actix_web::{get, http::StatusCode, patch, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    shared::{ListRequest, Name, Page, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Failure, Rows, expect_version,
    org::departments::{self, Department},
};

use crate::{
    Answer, ApiResult, App, Command, Guard, ListQuery,
    list::{NoFilter, NoSort},
};

/// List departments
///
/// All of them, in the order of the chart.
#[utoipa::path(tag = "org", operation_id = "list_departments",
    responses((status = 200, description = "The departments", body = Page<Department>)),
    extensions(("x-permission" = json!("org.read")), ("x-clauses" = json!(["ORG-3", "ORG-4", "ORG-5", "ORG-6", "ORG-7"]))))]
#[get("/departments")]
pub async fn list_departments(
    guard: Guard<need::OrgRead>,
    list: ListQuery<NoFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<Department>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// The departments, for the list and for its file.
pub(super) async fn page(
    app: &App,
    _: &Guard<need::OrgRead>,
    _: &NoFilter,
    _: &ListRequest<NoSort>,
) -> Result<Rows<Department>, Failure> {
    Ok(Rows::whole(departments::all(&mut *app.conn().await?).await?))
}

/// Other names for a department.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeDepartment {
    /// Name in Chinese.
    name_zh: Option<Name>,
    /// Name in English.
    name_en: Option<Name>,
    /// Other names it goes by; replaces the list.
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    aliases: Option<Vec<Name>>,
}

/// Rename a department
#[utoipa::path(tag = "org", operation_id = "change_department", params(("id" = Uuid, Path)), request_body = ChangeDepartment,
    responses((status = 200, description = "Changed", body = Department)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["ORG-3", "ORG-4", "ORG-5", "ORG-6", "ORG-7"]))))]
#[patch("/departments/{id}")]
pub async fn change_department(
    guard: Guard<need::OrgEdit>,
    id: web::Path<Uuid>,
    command: Command<ChangeDepartment>,
    app: web::Data<App>,
) -> ApiResult<Department> {
    let expected = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let mut row = departments::find(&mut work, *id).await?;
    expect_version(row.version, expected)?;
    let before = (row.name_zh.clone(), row.name_en.clone(), row.aliases.clone());
    let ChangeDepartment {
        name_zh,
        name_en,
        aliases,
    } = command.body;
    row.name_zh = name_zh.map_or(row.name_zh, Into::into);
    row.name_en = name_en.map_or(row.name_en, Into::into);
    row.aliases = aliases.map_or(row.aliases, |all| all.into_iter().map(Into::into).collect());
    departments::save(&mut work, &mut row).await?;
    let changes = serde_json::json!({
        "name_zh": [before.0, row.name_zh], "name_en": [before.1, row.name_en], "aliases": [before.2, row.aliases],
    });
    work.record(TrailEntry::new(SubjectKind::Department, row.id, "changed").changes(changes));
    let version = row.version;
    work.commit_with(Answer::of(StatusCode::OK, &row)?.version(version))
        .await
}
