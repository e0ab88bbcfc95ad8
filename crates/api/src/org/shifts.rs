//! Kinds of shifts of an estate.

use actix_web::{get, http::StatusCode, patch, post, web};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    org::ShiftKind,
    shared::{EstateId, ListRequest, Name, Page, ShortCode, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Failure, Rows, expect_version,
    org::shifts::{self, Shift},
};

use crate::{Answer, ApiResult, App, Command, Guard, ListQuery, list::NoSort};

/// Which shifts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ShiftQuery {
    /// Of this estate.
    estate_id: Option<EstateId>,
}

/// List shifts
#[utoipa::path(tag = "org", operation_id = "list_shifts", params(ShiftQuery),
    responses((status = 200, description = "The shifts", body = Page<Shift>)),
    extensions(("x-permission" = json!("roster.read")), ("x-clauses" = json!(["PROC-GUARDLEAD-5.9", "PROC-TECH-5.11"]))))]
#[get("/shifts")]
pub async fn list_shifts(
    guard: Guard<need::RosterRead>,
    list: ListQuery<ShiftQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<Shift>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// The shifts, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::RosterRead>,
    filter: &ShiftQuery,
    _: &ListRequest<NoSort>,
) -> Result<Rows<Shift>, Failure> {
    let estate = guard.estate_if_named(filter.estate_id)?;
    let shifts = shifts::list(&mut *app.conn().await?, &guard.scope, estate).await?;
    Ok(Rows::whole(shifts))
}

/// A kind of shift to be set up.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewShift {
    /// The estate; one's own when absent.
    estate_id: Option<EstateId>,
    /// Short code on the roster.
    code: ShortCode,
    /// Its name.
    name: Name,
    /// Begin, minutes after midnight.
    #[validate(range(min = 0, max = 1439))]
    #[schema(minimum = 0, maximum = 1439)]
    starts_minute: i32,
    /// End, minutes after midnight; not after the start means on the next day.
    #[validate(range(min = 0, max = 1440))]
    #[schema(minimum = 0, maximum = 1440)]
    ends_minute: i32,
    /// On the spot or on call.
    kind: ShiftKind,
}

/// Set up a shift
#[utoipa::path(tag = "org", operation_id = "create_shift", request_body = NewShift,
    responses((status = 201, description = "Set up", body = Shift)),
    extensions(("x-permission" = json!("roster.edit")), ("x-clauses" = json!(["PROC-GUARDLEAD-5.9"]))))]
#[post("/shifts")]
pub async fn create_shift(
    guard: Guard<need::RosterEdit>,
    command: Command<NewShift>,
    app: web::Data<App>,
) -> ApiResult<Shift> {
    let body = &command.body;
    let estate = guard.estate(body.estate_id)?;
    let mut work = app.begin(&guard, &command).await?;
    let row = Shift {
        id: Uuid::now_v7(),
        estate_id: estate.0,
        code: body.code.to_string(),
        name: body.name.to_string(),
        starts_minute: body.starts_minute,
        ends_minute: body.ends_minute,
        kind: body.kind.code().to_owned(),
        active: true,
        version: 1,
    };
    shifts::insert(&mut work, &row).await?;
    work.record(TrailEntry::new(SubjectKind::Shift, row.id, "created").estate(estate));
    work.commit_with(Answer::of(StatusCode::CREATED, &row)?.version(1))
        .await
}

/// What changes about a shift.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeShift {
    /// Its name.
    name: Option<Name>,
    /// Begin, minutes after midnight.
    #[validate(range(min = 0, max = 1439))]
    #[schema(minimum = 0, maximum = 1439)]
    starts_minute: Option<i32>,
    /// End, minutes after midnight.
    #[validate(range(min = 0, max = 1440))]
    #[schema(minimum = 0, maximum = 1440)]
    ends_minute: Option<i32>,
    /// Whether it can still be given out.
    active: Option<bool>,
}

/// Change a shift
///
/// The roster keeps the hours it was made with.
#[utoipa::path(tag = "org", operation_id = "change_shift", params(("id" = Uuid, Path)), request_body = ChangeShift,
    responses((status = 200, description = "Changed", body = Shift)),
    extensions(("x-permission" = json!("roster.edit")), ("x-clauses" = json!(["PROC-GUARDLEAD-5.9"]))))]
#[patch("/shifts/{id}")]
pub async fn change_shift(
    guard: Guard<need::RosterEdit>,
    id: web::Path<Uuid>,
    command: Command<ChangeShift>,
    app: web::Data<App>,
) -> ApiResult<Shift> {
    let expected = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let mut row = shifts::find(&mut work, &guard.scope, *id).await?;
    expect_version(row.version, expected)?;
    let before = serde_json::json!([row.name, row.starts_minute, row.ends_minute, row.active]);
    let ChangeShift {
        name,
        starts_minute,
        ends_minute,
        active,
    } = command.body;
    row.name = name.map_or(row.name, Into::into);
    row.starts_minute = starts_minute.unwrap_or(row.starts_minute);
    row.ends_minute = ends_minute.unwrap_or(row.ends_minute);
    row.active = active.unwrap_or(row.active);
    shifts::save(&mut work, &mut row).await?;
    let after = serde_json::json!([row.name, row.starts_minute, row.ends_minute, row.active]);
    work.record(
        TrailEntry::new(SubjectKind::Shift, row.id, "changed")
            .estate(row.estate_id.into())
            .changes(serde_json::json!({ "shift": [before, after] })),
    );
    let version = row.version;
    work.commit_with(Answer::of(StatusCode::OK, &row)?.version(version))
        .await
}
