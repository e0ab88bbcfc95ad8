//! The register of computers with their custodians (DER-COMPUTER-1).

use actix_web::{get, http::StatusCode, patch, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    org::ComputerPlace,
    shared::{EmployeeId, EstateId, ListRequest, Name, Note, Page, ShortCode, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure, Rows, expect_version,
    org::{
        computers::{self, Computer, ComputerFilter},
        employees,
    },
};

use super::common;
use crate::{Answer, ApiResult, App, Command, Guard, ListParams, ListQuery, list::NoSort};

/// A computer with its custodian's name.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComputerView {
    #[serde(flatten)]
    pub(super) computer: Computer,
    pub(super) custodian_name: String,
}

async fn views(conn: &mut Conn, rows: Vec<Computer>) -> Result<Vec<ComputerView>, Failure> {
    let names = common::names(conn, rows.iter().map(|row| Some(row.custodian_id))).await?;
    Ok(rows
        .into_iter()
        .map(|computer| ComputerView {
            custodian_name: names.get(&computer.custodian_id).cloned().unwrap_or_default(),
            computer,
        })
        .collect())
}

async fn view(conn: &mut Conn, row: Computer) -> Result<ComputerView, Failure> {
    let view = views(conn, vec![row]).await?.pop();
    view.ok_or_else(|| Failure::internal("one row in, one view out"))
}

/// Which computers.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ComputerQuery {
    /// In this estate.
    estate_id: Option<EstateId>,
    /// At this kind of place.
    place: Option<ComputerPlace>,
}

/// List computers
#[utoipa::path(tag = "accounts", operation_id = "list_computers", params(ListParams, ComputerQuery),
    responses((status = 200, description = "A page of computers", body = Page<ComputerView>)),
    extensions(("x-permission" = json!("computer.read")), ("x-clauses" = json!(["DER-COMPUTER-1"]))))]
#[get("/computers")]
pub async fn list_computers(
    guard: Guard<need::ComputerRead>,
    list: ListQuery<ComputerQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<ComputerView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of computers, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::ComputerRead>,
    filter: &ComputerQuery,
    request: &ListRequest<NoSort>,
) -> Result<Rows<ComputerView>, Failure> {
    let mut conn = app.conn().await?;
    let filter = ComputerFilter {
        estate: filter.estate_id,
        place: filter.place,
    };
    let rows = computers::list(&mut conn, &guard.scope, &filter, &request.unsorted()).await?;
    rows.then(async |rows| views(&mut conn, rows).await).await
}

/// A computer to be registered.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewComputer {
    /// The estate; one's own when absent.
    estate_id: Option<EstateId>,
    /// Inventory number.
    no: ShortCode,
    /// Where it stands.
    place: ComputerPlace,
    /// Who answers for it.
    custodian_id: EmployeeId,
    /// What is installed.
    #[serde(default)]
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    software: Vec<Name>,
    /// Remark.
    note: Option<Note>,
}

/// Register a computer
#[utoipa::path(tag = "accounts", operation_id = "create_computer", request_body = NewComputer,
    responses((status = 201, description = "Registered", body = ComputerView)),
    extensions(("x-permission" = json!("computer.edit")), ("x-clauses" = json!(["DER-COMPUTER-1"]))))]
#[post("/computers")]
pub async fn create_computer(
    guard: Guard<need::ComputerEdit>,
    command: Command<NewComputer>,
    app: web::Data<App>,
) -> ApiResult<ComputerView> {
    let body = &command.body;
    let estate = guard.estate(body.estate_id)?;
    let mut work = app.begin(&guard, &command).await?;
    employees::of_estate(&mut work, body.custodian_id, estate, "/custodian_id").await?;
    let now = work.now;
    let row = Computer {
        id: Uuid::now_v7(),
        estate_id: estate.0,
        no: body.no.to_string(),
        place: body.place.code().to_owned(),
        custodian_id: body.custodian_id.0,
        software: body.software.iter().map(ToString::to_string).collect(),
        note: body.note.as_ref().map(ToString::to_string),
        retired_on: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    computers::insert(&mut work, &row).await?;
    work.record(
        TrailEntry::new(SubjectKind::Computer, row.id, "registered")
            .estate(estate)
            .clauses(&["DER-COMPUTER-1"]),
    );
    let view = view(&mut work, row).await?;
    work.commit_with(Answer::of(StatusCode::CREATED, &view)?.version(1))
        .await
}

/// What changes about a computer.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeComputer {
    /// Where it stands.
    place: Option<ComputerPlace>,
    /// Who answers for it.
    custodian_id: Option<EmployeeId>,
    /// What is installed; replaces the list.
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    software: Option<Vec<Name>>,
    /// Remark.
    note: Option<Note>,
    /// The day it was taken out of use.
    retired_on: Option<NaiveDate>,
}

/// Change a computer
///
/// Custodian, place, software, or the day it was taken out of use.
#[utoipa::path(tag = "accounts", operation_id = "change_computer", params(("id" = Uuid, Path)), request_body = ChangeComputer,
    responses((status = 200, description = "Changed", body = ComputerView)),
    extensions(("x-permission" = json!("computer.edit")), ("x-clauses" = json!(["DER-COMPUTER-1"]))))]
#[patch("/computers/{id}")]
pub async fn change_computer(
    guard: Guard<need::ComputerEdit>,
    id: web::Path<Uuid>,
    command: Command<ChangeComputer>,
    app: web::Data<App>,
) -> ApiResult<ComputerView> {
    let expected = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let mut row = computers::find(&mut work, &guard.scope, *id).await?;
    expect_version(row.version, expected)?;
    let before = serde_json::to_value(&row).map_err(Failure::internal)?;
    let ChangeComputer {
        place,
        custodian_id,
        software,
        note,
        retired_on,
    } = command.body;
    if let Some(custodian) = custodian_id {
        employees::of_estate(&mut work, custodian, row.estate_id.into(), "/custodian_id").await?;
        row.custodian_id = custodian.0;
    }
    row.place = place.map_or(row.place, |place| place.code().to_owned());
    row.software = software.map_or(row.software, |all| all.into_iter().map(Into::into).collect());
    row.note = note.map(Into::into).or(row.note);
    row.retired_on = retired_on.or(row.retired_on);
    row.updated_at = work.now;
    computers::save(&mut work, &mut row).await?;
    work.record(
        TrailEntry::new(SubjectKind::Computer, row.id, "changed")
            .estate(row.estate_id.into())
            .changes(serde_json::json!({ "computer": [before, row] }))
            .clauses(&["DER-COMPUTER-1"]),
    );
    let version = row.version;
    let view = view(&mut work, row).await?;
    work.commit_with(Answer::of(StatusCode::OK, &view)?.version(version))
        .await
}
