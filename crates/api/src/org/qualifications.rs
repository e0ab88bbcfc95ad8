//! What a technician may work on, by category of repairs.

use actix_web::{get, http::StatusCode, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Scope, need},
    shared::{EmployeeId, ListRequest, Name, Note, Page, Problem, ShortCode, SubjectKind, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure, Rows,
    org::{
        assignments::{self, Assignment},
        employees,
        qualifications::{self, Qualification},
    },
};

use super::common;
use crate::{ApiResult, App, Command, Guard, ListQuery, Work, list::NoSort};

/// A qualification with the person's name.
#[derive(Debug, Serialize, ToSchema)]
pub struct QualificationView {
    /// What the person may work on.
    #[serde(flatten)]
    pub qualification: Qualification,
    /// The person.
    pub employee_name: String,
}

async fn views(conn: &mut Conn, rows: Vec<Qualification>) -> Result<Vec<QualificationView>, Failure> {
    let names = common::names(conn, rows.iter().map(|row| Some(row.employee_id))).await?;
    Ok(rows
        .into_iter()
        .map(|qualification| QualificationView {
            employee_name: names.get(&qualification.employee_id).cloned().unwrap_or_default(),
            qualification,
        })
        .collect())
}

/// Which qualifications.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QualificationQuery {
    /// Of this person.
    employee_id: Option<EmployeeId>,
    /// For this category of repairs.
    category_code: Option<String>,
    /// In force on this day.
    on: Option<NaiveDate>,
}

/// List qualifications
#[utoipa::path(tag = "org", operation_id = "list_qualifications", params(QualificationQuery),
    responses((status = 200, description = "The qualifications", body = Page<QualificationView>)),
    extensions(("x-permission" = json!("roster.read")), ("x-clauses" = json!(["PROC-TECH-4.1"]))))]
#[get("/qualifications")]
pub async fn list_qualifications(
    guard: Guard<need::RosterRead>,
    list: ListQuery<QualificationQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<QualificationView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// The qualifications, for the list and for its file.
pub async fn page(
    app: &App,
    guard: &Guard<need::RosterRead>,
    filter: &QualificationQuery,
    _: &ListRequest<NoSort>,
) -> Result<Rows<QualificationView>, Failure> {
    let mut conn = app.conn().await?;
    let QualificationQuery {
        employee_id,
        category_code,
        on,
    } = filter;
    let people = employee_id.map(|id| vec![id]);
    let (people, category) = (people.as_deref(), category_code.as_deref());
    let rows = qualifications::list(&mut conn, &guard.scope, people, category, *on).await?;
    Ok(Rows::whole(views(&mut conn, rows).await?))
}

/// A qualification to be entered.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQualification {
    /// Who.
    employee_id: EmployeeId,
    /// Code of the repair category.
    category_code: ShortCode,
    /// Certificate or training behind it.
    evidence: Option<Name>,
    /// First day.
    valid_from: NaiveDate,
    /// First day after.
    valid_until: Option<NaiveDate>,
}

/// The person works below the caller. `unknown` is said of somebody who works in another estate.
async fn below(work: &mut Work, scope: &Scope, person: EmployeeId, unknown: Problem) -> Result<(), Failure> {
    let now = work.now;
    let today = common::today(work, None, now).await?;
    let held = assignments::of_employee(work, person, today).await?;
    if held.iter().any(|row| common::opens(scope, row)) {
        return Ok(());
    }
    let elsewhere = |row: &Assignment| row.estate_id.is_some_and(|estate| !scope.touches(estate.into()));
    let known = held.is_empty() || !held.iter().all(elsewhere);
    Err(if known { common::not_below() } else { unknown }.into())
}

/// Enter a qualification
#[utoipa::path(tag = "org", operation_id = "create_qualification", request_body = NewQualification,
    responses((status = 201, description = "Entered", body = QualificationView)),
    extensions(("x-permission" = json!("roster.edit")), ("x-clauses" = json!(["PROC-TECH-4.1"]))))]
#[post("/qualifications")]
pub async fn create_qualification(
    guard: Guard<need::RosterEdit>,
    command: Command<NewQualification>,
    app: web::Data<App>,
) -> ApiResult<QualificationView> {
    let mut work = app.begin(&guard, &command).await?;
    let body = &command.body;
    employees::status(&mut work, body.employee_id, "/employee_id").await?;
    let unknown = employees::unknown("/employee_id");
    below(&mut work, &guard.scope, body.employee_id, unknown).await?;
    let row = Qualification {
        id: Uuid::now_v7(),
        employee_id: body.employee_id.0,
        category_code: body.category_code.to_string(),
        evidence: body.evidence.as_ref().map(ToString::to_string).unwrap_or_default(),
        valid_from: body.valid_from,
        valid_until: body.valid_until,
        version: 1,
        created_at: work.now,
    };
    qualifications::insert(&mut work, &row).await?;
    work.record(TrailEntry::new(SubjectKind::Qualification, row.id, "entered"));
    let view = views(&mut work, vec![row]).await?.pop();
    let view = view.ok_or_else(|| Failure::internal("one row in, one view out"))?;
    work.answer(StatusCode::CREATED, &view).await
}

/// The end of a qualification.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndQualification {
    /// First day on which it holds no longer.
    valid_until: NaiveDate,
    /// Why.
    reason: Note,
}

/// End a qualification
#[utoipa::path(tag = "org", operation_id = "end_qualification", params(("id" = Uuid, Path)), request_body = EndQualification,
    responses((status = 200, description = "With its end", body = QualificationView)),
    extensions(("x-permission" = json!("roster.edit")), ("x-clauses" = json!(["PROC-TECH-4.1"]))))]
#[post("/qualifications/{id}/end")]
pub async fn end_qualification(
    guard: Guard<need::RosterEdit>,
    id: web::Path<Uuid>,
    command: Command<EndQualification>,
    app: web::Data<App>,
) -> ApiResult<QualificationView> {
    let mut work = app.begin(&guard, &command).await?;
    let mut row = qualifications::find(&mut work, *id).await?;
    below(&mut work, &guard.scope, row.employee_id.into(), Problem::not_found()).await?;
    row.valid_until = Some(command.body.valid_until);
    qualifications::save(&mut work, &mut row).await?;
    work.record(
        TrailEntry::new(SubjectKind::Qualification, row.id, "ended").reason(Some(command.body.reason.as_str())),
    );
    let view = views(&mut work, vec![row]).await?.pop();
    let view = view.ok_or_else(|| Failure::internal("one row in, one view out"))?;
    work.answer(StatusCode::OK, &view).await
}
