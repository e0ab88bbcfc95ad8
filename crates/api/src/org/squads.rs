//! Squads (班组) of an estate.

use actix_web::{get, http::StatusCode, patch, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{PostCode, need},
    org::PostLevel,
    shared::{EstateId, ListRequest, Name, Page, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Failure, Rows, expect_version,
    org::squads::{self, Squad},
};

use super::common;
use crate::{Answer, ApiResult, App, Command, Guard, ListQuery, list::NoSort};

/// Which squads.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SquadQuery {
    /// Of this estate.
    estate_id: Option<EstateId>,
}

/// List squads
#[utoipa::path(tag = "org", operation_id = "list_squads", params(SquadQuery),
    responses((status = 200, description = "The squads", body = Page<Squad>)),
    extensions(("x-permission" = json!("org.read")), ("x-clauses" = json!(["PROC-GUARDLEAD-4.1", "PROC-CLEANLEAD-4.1"]))))]
#[get("/squads")]
pub async fn list_squads(
    guard: Guard<need::OrgRead>,
    list: ListQuery<SquadQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<Squad>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// The squads, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::OrgRead>,
    filter: &SquadQuery,
    _: &ListRequest<NoSort>,
) -> Result<Rows<Squad>, Failure> {
    let squads = squads::list(&mut *app.conn().await?, &guard.scope, filter.estate_id).await?;
    Ok(Rows::whole(squads))
}

/// A squad to be set up.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSquad {
    /// The estate; one's own when absent.
    estate_id: Option<EstateId>,
    /// Its name.
    name: Name,
    /// The post of its people.
    post: PostCode,
    /// First day.
    active_from: NaiveDate,
}

/// Set up a squad
#[utoipa::path(tag = "org", operation_id = "create_squad", request_body = NewSquad,
    responses((status = 201, description = "Set up", body = Squad)),
    extensions(("x-permission" = json!("org.propose")), ("x-clauses" = json!(["PROC-GUARDLEAD-4.1", "PROC-CLEANLEAD-4.1"]))))]
#[post("/squads")]
pub async fn create_squad(
    guard: Guard<need::OrgPropose>,
    command: Command<NewSquad>,
    app: web::Data<App>,
) -> ApiResult<Squad> {
    let body = &command.body;
    let estate = guard.estate(body.estate_id)?;
    if !common::reaches(&guard.scope, Some(estate), body.post, PostLevel::Staff) {
        return Err(common::not_below().into());
    }
    let mut work = app.begin(&guard, &command).await?;
    let row = Squad {
        id: Uuid::now_v7(),
        estate_id: estate.0,
        name: body.name.to_string(),
        post: body.post.code().to_owned(),
        active_from: body.active_from,
        active_until: None,
        version: 1,
    };
    squads::insert(&mut work, &row).await?;
    work.record(TrailEntry::new(SubjectKind::Squad, row.id, "created").estate(estate));
    work.commit_with(Answer::of(StatusCode::CREATED, &row)?.version(1))
        .await
}

/// What changes about a squad.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSquad {
    /// Its name.
    name: Option<Name>,
    /// First day on which it is no more.
    active_until: Option<NaiveDate>,
}

/// Change a squad
#[utoipa::path(tag = "org", operation_id = "change_squad", params(("id" = Uuid, Path)), request_body = ChangeSquad,
    responses((status = 200, description = "Changed", body = Squad)),
    extensions(("x-permission" = json!("org.propose")), ("x-clauses" = json!(["PROC-GUARDLEAD-4.1", "PROC-CLEANLEAD-4.1"]))))]
#[patch("/squads/{id}")]
pub async fn change_squad(
    guard: Guard<need::OrgPropose>,
    id: web::Path<Uuid>,
    command: Command<ChangeSquad>,
    app: web::Data<App>,
) -> ApiResult<Squad> {
    let expected = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let mut row = squads::find(&mut work, &guard.scope, *id).await?;
    expect_version(row.version, expected)?;
    let post = row.post.parse().map_err(wuye_persistence::Failure::from)?;
    if !common::reaches(&guard.scope, Some(row.estate_id.into()), post, PostLevel::Staff) {
        return Err(common::not_below().into());
    }
    let before = (row.name.clone(), row.active_until);
    let ChangeSquad { name, active_until } = command.body;
    row.name = name.map_or(row.name, Into::into);
    row.active_until = active_until.or(row.active_until);
    squads::save(&mut work, &mut row).await?;
    let changes = serde_json::json!({ "name": [before.0, row.name], "active_until": [before.1, row.active_until] });
    work.record(
        TrailEntry::new(SubjectKind::Squad, row.id, "changed")
            .estate(row.estate_id.into())
            .changes(changes),
    );
    let version = row.version;
    work.commit_with(Answer::of(StatusCode::OK, &row)?.version(version))
        .await
}
