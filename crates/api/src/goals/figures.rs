//! The figures of a year, computed on any day from the records as they stood.

use actix_web::{get, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wuye_domain::{
    access::{Scope, need},
    goals::{Figure, GoalOptions, Measurement, Sources, Stage, compute, differs, last_stage, month_ends},
    shared::{Problem, Text},
};
use wuye_persistence::{
    Conn, Failure,
    goals::{self, GoalRow, GoalSetRow, Measured},
};

use super::{
    dto::{GoalSetHead, GoalView},
    readings, sources,
};
use crate::{Answer, ApiError, ApiResult, App, Guard, ListQuery};

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
    pub(super) goal: GoalView,
    /// Computed from the records on that day; provisional.
    pub(super) figure: Measurement,
    /// What was signed for the year, when it was.
    pub(super) signed: Option<Measured>,
    /// Whether the records say something else today than what was signed: then it is measured again, with the reason.
    pub(super) changed_since_signed: bool,
}

/// Every goal of a year with its figure.
#[derive(Serialize, ToSchema)]
pub struct GoalFigures {
    set: GoalSetHead,
    as_of: NaiveDate,
    pub(super) goals: Vec<GoalFigure>,
}

impl GoalFigures {
    /// Computes them.
    pub(super) async fn of(
        conn: &mut Conn,
        scope: &Scope,
        set: &GoalSetRow,
        query: &AsOf,
        now: DateTime<Utc>,
    ) -> Result<Self, ApiError> {
        let (terms, options) = readings(conn, set).await?;
        let today = terms.date(now);
        let as_of = query.day(today)?;
        let sheet = goals::sheet(conn, set.id).await?;
        let sources = sources(conn, scope, set, terms.zone, &sheet).await?;
        let ids: Vec<Uuid> = sheet.iter().map(|row| row.id).collect();
        let mut signed = goals::latest(conn, &ids).await?;
        let stage = Stage::provisional(set.year, as_of);
        let last = last_stage(&set.set()?, today).ok();
        let figures = sheet.into_iter().zip(&sources).map(|(row, sources)| {
            let at = signed.iter().position(|measured| measured.goal_id == row.id);
            let signed = at.map(|at| signed.swap_remove(at));
            let changed = signed.as_ref().zip(last.as_ref());
            GoalFigure {
                figure: compute(&row.goal, sources, &options, &stage),
                changed_since_signed: changed
                    .is_some_and(|(signed, last)| moved(&row, sources, &options, last, signed)),
                signed,
                goal: row.into(),
            }
        });
        let goals = figures.collect();
        Ok(Self {
            set: GoalSetHead::of(set, today)?,
            as_of,
            goals,
        })
    }
}

/// Whether the final measurement would come out otherwise today.
fn moved(row: &GoalRow, sources: &Sources, options: &GoalOptions, last: &Stage, signed: &Measured) -> bool {
    let figure = signed.numerator.map(|numerator| Figure {
        numerator,
        denominator: signed.denominator,
    });
    differs(&compute(&row.goal, sources, options, last), figure, signed.pending)
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
    Answer::ok(&GoalFigures::of(&mut conn, &guard.scope, &set, &query.filter, app.now()).await?)
}

/// A figure at the end of a month.
#[derive(Serialize, ToSchema)]
pub struct TrendPoint {
    /// The last day of the month; of the running month, today.
    pub(super) as_of: NaiveDate,
    pub(super) figure: Measurement,
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
    let sheet = [row];
    let points = points(&mut conn, &guard.scope, &set, &sheet, app.now()).await?;
    let [row] = sheet;
    Answer::ok(&GoalTrend {
        goal: row.into(),
        points,
    })
}

/// The figures of one goal at the ends of the months.
pub(super) async fn points(
    conn: &mut Conn,
    scope: &Scope,
    set: &GoalSetRow,
    sheet: &[GoalRow; 1],
    now: DateTime<Utc>,
) -> Result<Vec<TrendPoint>, Failure> {
    let (terms, options) = readings(conn, set).await?;
    let sources = sources(conn, scope, set, terms.zone, sheet)
        .await?
        .pop()
        .unwrap_or_default();
    let figure = |as_of| {
        let stage = Stage::provisional(set.year, as_of);
        compute(&sheet[0].goal, &sources, &options, &stage)
    };
    let ends = month_ends(set.year, terms.date(now)).into_iter();
    Ok(ends
        .map(|as_of| TrendPoint {
            as_of,
            figure: figure(as_of),
        })
        .collect())
}
