//! Other names of the company and its estates.

use actix_web::{delete, get, http::StatusCode, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    shared::{EstateId, ListRequest, Name, Page, Problem, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Failure, Rows,
    org::aliases::{self, NameAlias},
};

use crate::{
    ApiResult, App, Command, Guard, ListQuery,
    list::{NoFilter, NoSort},
};

/// List other names
///
/// What the papers call the company, the centre and the estates.
#[utoipa::path(tag = "org", operation_id = "list_name_aliases",
    responses((status = 200, description = "The names", body = Page<NameAlias>)),
    extensions(("x-permission" = json!("org.read")), ("x-clauses" = json!(["POS-CSCMGR-01", "POS-FINSUP-01"]))))]
#[get("/name-aliases")]
pub async fn list_name_aliases(
    guard: Guard<need::OrgRead>,
    list: ListQuery<NoFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<NameAlias>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// The names, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::OrgRead>,
    _: &NoFilter,
    _: &ListRequest<NoSort>,
) -> Result<Rows<NameAlias>, Failure> {
    Ok(Rows::whole(aliases::list(&mut *app.conn().await?, &guard.scope).await?))
}

/// Another name.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNameAlias {
    /// For this estate; for the company when absent.
    estate_id: Option<EstateId>,
    /// The name as the papers use it.
    alias: Name,
    /// What it stands for.
    meaning: Name,
}

/// Add another name
#[utoipa::path(tag = "org", operation_id = "create_name_alias", request_body = NewNameAlias,
    responses((status = 201, description = "Added", body = NameAlias)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["POS-CSCMGR-01"]))))]
#[post("/name-aliases")]
pub async fn create_name_alias(
    guard: Guard<need::OrgEdit>,
    command: Command<NewNameAlias>,
    app: web::Data<App>,
) -> ApiResult<NameAlias> {
    let estate = command.body.estate_id.map(|id| guard.estate(Some(id))).transpose()?;
    let mut work = app.begin(&guard, &command).await?;
    let row = NameAlias {
        id: Uuid::now_v7(),
        estate_id: estate.map(|id| id.0),
        alias: command.body.alias.to_string(),
        meaning: command.body.meaning.to_string(),
        source_clauses: Vec::new(),
    };
    aliases::insert(&mut work, &row).await?;
    let mut entry = TrailEntry::new(
        SubjectKind::Estate,
        estate.map_or(Uuid::nil(), |id| id.0),
        "alias_added",
    )
    .changes(serde_json::json!({ "alias": [null, row.alias] }));
    entry.estate = estate;
    work.record(entry);
    work.answer(StatusCode::CREATED, &row).await
}

/// Take another name away
#[utoipa::path(tag = "org", operation_id = "delete_name_alias", params(("id" = Uuid, Path)),
    responses((status = 200, description = "Taken away", body = NameAlias)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["POS-CSCMGR-01"]))))]
#[delete("/name-aliases/{id}")]
pub async fn delete_name_alias(
    guard: Guard<need::OrgEdit>,
    id: web::Path<Uuid>,
    command: Command<crate::NoBody>,
    app: web::Data<App>,
) -> ApiResult<NameAlias> {
    let mut work = app.begin(&guard, &command).await?;
    let row = aliases::delete(&mut work, *id).await?;
    if row.estate_id.is_some_and(|estate| !guard.scope.touches(estate.into())) {
        return Err(Problem::not_found().into());
    }
    let mut entry = TrailEntry::new(SubjectKind::Estate, row.estate_id.unwrap_or_default(), "alias_removed")
        .changes(serde_json::json!({ "alias": [row.alias, null] }));
    entry.estate = row.estate_id.map(Into::into);
    work.record(entry);
    work.answer(StatusCode::OK, &row).await
}
