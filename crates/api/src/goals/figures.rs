//! The figures of a year, computed on any day from the records as they stood.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wuye_domain::{
    access::need,
    goals::{Measurement, Stage, compute, month_ends},
    shared::{Problem, Text, zone::business_date},
};
use wuye_persistence::goals::{self, Measured};

use super::{
    dto::{GoalSetHead, GoalView},
    readings, sources,
};
use crate::{Answer, ApiResult, App, Guard, ListQuery};

/// On which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AsOf {
    /// As the records stood at the end of this day; today when left out.
    pub(super) as_of: Option<NaiveDate>,
}

impl AsOf {
    /// The day, never one that has not come.
    pub(super) fn day(&self, today: NaiveDate) -> Result<NaiveDate, Problem> {
        match self.as_of {
            Some(day) if day > today => Err(Problem::field(
                "?as_of",
                "in_future",
                Text::new("不能晚于今天", "must not lie after today"),
            )),
            Some(day) => Ok(day),
            None => Ok(today),
        }
    }
}

/// A goal with its figure on a day.
#[derive(Serialize, ToSchema)]
pub struct GoalFigure {
    goal: GoalView,
    /// Computed from the records on that day; provisional.
    figure: Measurement,
    /// What was signed for the year, when it was.
    signed: Option<Measured>,
}

/// Every goal of a year with its figure.
#[derive(Serialize, ToSchema)]
pub struct GoalFigures {
    set: GoalSetHead,
    as_of: NaiveDate,
    goals: Vec<GoalFigure>,
}

/// The figures of a year
///
/// Computed from the records of the estate, as they stood at the end of the day asked for. Ratios are compared exactly;
/// `value_e2` is rounded for showing. A goal whose records are not kept yet, or whose denominator is nought, is
/// `not_measurable` with its cause.
#[utoipa::path(tag = "goals", operation_id = "get_goal_figures", params(("id" = Uuid, Path), AsOf),
    responses((status = 200, description = "The figures", body = GoalFigures)),
    extensions(("x-permission" = json!("goal.read")), ("x-clauses" = json!(["GOAL-1", "GOAL-2", "GOAL-3", "GOAL-4", "GOAL-5", "GOAL-S2", "TERM-3"]))))]
#[get("/goal-sets/{id}/figures")]
pub async fn get_goal_figures(
    guard: Guard<need::GoalRead>,
    id: web::Path<Uuid>,
    query: ListQuery<AsOf>,
    app: web::Data<App>,
) -> ApiResult<GoalFigures> {
    let mut conn = app.conn().await?;
    let set = goals::find(&mut conn, &guard.scope, *id).await?;
    let (zone, options) = readings(&mut conn, &set).await?;
    let today = business_date(app.now(), zone);
    let as_of = query.filter.day(today)?;
    let sheet = goals::sheet(&mut conn, set.id).await?;
    let sources = sources(&mut conn, &guard.scope, &set, zone, &sheet).await?;
    let mut signed = goals::latest(&mut conn, &sheet.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let stage = Stage::provisional(set.year, as_of);
    let figures = sheet.into_iter().zip(&sources).map(|(row, sources)| GoalFigure {
        figure: compute(&row.goal, sources, &options, &stage),
        signed: signed
            .iter()
            .position(|m| m.goal_id == row.id)
            .map(|at| signed.swap_remove(at)),
        goal: row.into(),
    });
    let goals = figures.collect();
    Answer::ok(&GoalFigures {
        set: GoalSetHead::of(&set, today)?,
        as_of,
        goals,
    })
}

/// A figure at the end of a month.
#[derive(Serialize, ToSchema)]
pub struct TrendPoint {
    /// The last day of the month; of the running month, today.
    as_of: NaiveDate,
    figure: Measurement,
}

/// A goal over the months of its year.
#[derive(Serialize, ToSchema)]
pub struct GoalTrend {
    goal: GoalView,
    /// One point for each month begun.
    points: Vec<TrendPoint>,
}

/// A goal by month
///
/// Each point is the figure of the year so far, as the records stood at the end of that month.
#[utoipa::path(tag = "goals", operation_id = "get_goal_trend", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The trend", body = GoalTrend)),
    extensions(("x-permission" = json!("goal.read")), ("x-clauses" = json!(["GOAL-2", "GOAL-3", "GOAL-S2"]))))]
#[get("/goals/{id}/trend")]
pub async fn get_goal_trend(
    guard: Guard<need::GoalRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<GoalTrend> {
    let mut conn = app.conn().await?;
    let (row, set) = goals::find_goal(&mut conn, &guard.scope, *id).await?;
    let (zone, options) = readings(&mut conn, &set).await?;
    let sheet = [row];
    let sources = sources(&mut conn, &guard.scope, &set, zone, &sheet)
        .await?
        .pop()
        .unwrap_or_default();
    let [row] = sheet;
    let points = month_ends(set.year, business_date(app.now(), zone))
        .into_iter()
        .map(|as_of| TrendPoint {
            as_of,
            figure: compute(&row.goal, &sources, &options, &Stage::provisional(set.year, as_of)),
        })
        .collect();
    Answer::ok(&GoalTrend {
        goal: row.into(),
        points,
    })
}
