//! From a figure to the cases behind it.

use actix_web::{get, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission, Scope, need},
    goals::{FigurePart, Stage, cases_in, last_stage},
    shared::{ListRequest, Page, Problem, Text},
};
use wuye_persistence::{
    Conn, Failure, Rows, goals,
    service_desk::measures::{self, FigureRow},
};

use super::{cases, figures::AsOf, readings};
use crate::{ApiError, ApiResult, App, Guard, ListParams, ListQuery};

/// Which rows of a figure.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RowFilter {
    /// Above or below the line, pending, or left out.
    part: FigurePart,
    /// As they stood at the end of this day; today when left out.
    as_of: Option<NaiveDate>,
    /// As the year's final measurement counts them: up to the cut-off, with nothing left out.
    #[serde(default)]
    last: bool,
}

/// The cases behind a figure
///
/// As many as the figure counts, by the same rules. What each is about is told where the caller may read the case: a
/// leader below the desk sees the figure of the estate, and the cases of their own line.
#[utoipa::path(tag = "goals", operation_id = "list_goal_rows", params(("id" = Uuid, Path), ListParams, RowFilter),
    responses((status = 200, description = "A page of cases, oldest first", body = Page<FigureRow>),
        (status = 409, description = "`last` before the year is over")),
    extensions(("x-permission" = json!("goal.read")), ("x-clauses" = json!(["GOAL-2", "GOAL-3"]))))]
#[get("/goals/{id}/rows")]
pub async fn list_goal_rows(
    guard: Guard<need::GoalRead>,
    id: web::Path<Uuid>,
    list: ListQuery<RowFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<FigureRow>> {
    let mut conn = app.conn().await?;
    let behind = Behind::of(&mut conn, &guard.actor, &guard.scope, *id, &list.filter, app.now()).await?;
    list.page(behind.page(&mut conn, &list.request.unsorted()).await?)
}

/// The cases behind one part of a figure, and which of them the caller may open.
#[derive(Clone)]
pub(super) struct Behind {
    ids: Vec<Uuid>,
    readable: Option<Scope>,
}

impl Behind {
    /// Counts them, by the rules that counted the figure.
    ///
    /// # Errors
    /// `validation_failed` for goals that are not computed from cases, and for days that have not come.
    pub(super) async fn of(
        conn: &mut Conn,
        actor: &Actor,
        scope: &Scope,
        goal: Uuid,
        filter: &RowFilter,
        now: DateTime<Utc>,
    ) -> Result<Self, ApiError> {
        let (row, set) = goals::find_goal(conn, scope, goal).await?;
        let (terms, options) = readings(conn, &set).await?;
        let today = terms.date(now);
        let day = AsOf { as_of: filter.as_of }.day(today)?;
        let stage = match filter.last {
            true => last_stage(&set.set()?, day)?,
            false => Stage::provisional(set.year, day),
        };
        let cases = cases(conn, scope, &set, terms.zone).await?;
        Ok(Self {
            ids: cases_in(&row.goal, filter.part, &cases, &options, &stage).ok_or_else(no_rows)?,
            readable: actor.scope(Permission::CaseRead).ok(),
        })
    }

    /// One page of them.
    pub(super) async fn page(&self, conn: &mut Conn, request: &ListRequest<()>) -> Result<Rows<FigureRow>, Failure> {
        measures::figure_rows(conn, self.readable.as_ref(), &self.ids, request).await
    }
}

fn no_rows() -> Problem {
    let words = Text::new("此目标没有明细记录", "no records stand behind this goal yet");
    Problem::field("/id", "no_rows", words)
}
