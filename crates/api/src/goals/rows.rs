//! From a figure to the cases behind it.

use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use wuye_domain::{
    access::{Permission, need},
    goals::{Formula, Goal, GoalOptions},
    shared::{
        Page, Problem, Text,
        zone::{Tz, business_date},
    },
};
use wuye_persistence::{
    goals::{self, GoalSetRow},
    service_desk::measures::{self, FigurePart, FigureQuery, FigureRow},
};

use super::{figures::AsOf, readings};
use crate::{
    ApiError, ApiResult, App, Guard, ListParams, ListQuery,
    list::NoSort,
    tables::{self, ExportQuery, FormatParam},
};

/// Which rows of a figure.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RowFilter {
    /// Above or below the line, pending, or left out.
    pub(super) part: FigurePart,
    /// As they stood at the end of this day; today when left out.
    pub(super) as_of: Option<NaiveDate>,
}

/// The cases behind a figure
///
/// Only those the caller may see: a leader below the desk reads the figure of the estate, and the cases of their own line.
#[utoipa::path(tag = "goals", operation_id = "list_goal_rows", params(("id" = Uuid, Path), ListParams, RowFilter),
    responses((status = 200, description = "A page of cases, oldest first", body = Page<FigureRow>)),
    extensions(("x-permission" = json!("goal.read")), ("x-clauses" = json!(["GOAL-2", "GOAL-3"]))))]
#[get("/goals/{id}/rows")]
pub async fn list_goal_rows(
    guard: Guard<need::GoalRead>,
    id: web::Path<Uuid>,
    list: ListQuery<RowFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<FigureRow>> {
    let cases = guard.actor.scope(Permission::CaseRead)?;
    let mut conn = app.conn().await?;
    let (row, set) = goals::find_goal(&mut conn, &guard.scope, *id).await?;
    let (zone, options) = readings(&mut conn, &set).await?;
    let query = behind(
        &row.goal,
        &set,
        &list.filter,
        zone,
        &options,
        business_date(app.now(), zone),
    )?;
    list.page(measures::figure_rows(&mut conn, &cases, &query, &list.unsorted()).await?)
}

/// The cases behind a figure as a file
#[utoipa::path(tag = "goals", operation_id = "export_goal_rows", params(("id" = Uuid, Path), FormatParam, RowFilter),
    responses((status = 200, description = "The file, CSV or XLSX", content_type = "application/octet-stream", body = Vec<u8>)),
    extensions(("x-permission" = json!("goal.read")), ("x-clauses" = json!(["GOAL-2", "GOAL-3"]))))]
#[get("/goals/{id}/rows/export")]
pub async fn export_goal_rows(
    guard: Guard<need::GoalRead>,
    id: web::Path<Uuid>,
    query: ExportQuery<RowFilter, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let cases = guard.actor.scope(Permission::CaseRead)?;
    let mut conn = app.conn().await?;
    let (row, set) = goals::find_goal(&mut conn, &guard.scope, *id).await?;
    let (zone, options) = readings(&mut conn, &set).await?;
    let behind = behind(
        &row.goal,
        &set,
        &query.filter,
        zone,
        &options,
        business_date(app.now(), zone),
    )?;
    drop(conn);
    let of = (app.get_ref().clone(), cases);
    tables::export(query.format, query.language, query.unsorted(), move |request| {
        let (app, cases) = of.clone();
        async move { measures::figure_rows(&mut *app.conn().await?, &cases, &behind, &request).await }
    })
    .await
}

/// The query behind a goal's figure.
///
/// # Errors
/// `validation_failed` for goals that are not computed from cases.
pub(super) fn behind(
    goal: &Goal,
    set: &GoalSetRow,
    filter: &RowFilter,
    zone: Tz,
    options: &GoalOptions,
    today: NaiveDate,
) -> Result<FigureQuery, Problem> {
    let opinions = match goal.formula {
        Formula::ValidComplaints => false,
        Formula::HandlingRate => true,
        _ => {
            let words = Text::new("此目标没有明细记录", "no records stand behind this goal yet");
            return Err(Problem::field("/id", "no_rows", words));
        }
    };
    Ok(FigureQuery {
        estate: set.estate_id.into(),
        year: set.year,
        zone,
        as_of: AsOf { as_of: filter.as_of }.day(today)?,
        opinions,
        duplicates: options.count_duplicates,
        valid_only: options.valid_only,
        last: false,
        part: filter.part,
    })
}
