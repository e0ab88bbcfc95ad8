//! How punctually tasks are done.

use actix_web::{get, web};
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wuye_domain::{
    access::{PostCode, need},
    org::tasks::{CLAUSES, Figures, OfMonth, OfPost, TaskFilter, statistics},
    shared::{EmployeeId, EstateId, zone::start_of},
};
use wuye_persistence::org::{names, tasks};

use crate::{Answer, ApiResult, App, Guard, ListQuery, terms::Terms};

/// Which tasks to count.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TaskPeriod {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
    /// First day due, in the estate's zone.
    from: Option<NaiveDate>,
    /// Last day due.
    until: Option<NaiveDate>,
    /// Only of this person.
    assignee_id: Option<EmployeeId>,
    /// Only of this post.
    post: Option<PostCode>,
}

/// The figures of one person.
#[derive(Serialize, ToSchema)]
pub struct TaskFiguresOfPerson {
    employee_id: EmployeeId,
    name: String,
    figures: Figures,
}

/// The figures of a period.
#[derive(Serialize, ToSchema)]
pub struct TaskStatistics {
    /// All tasks together.
    all: Figures,
    /// By person, those with most tasks first.
    people: Vec<TaskFiguresOfPerson>,
    /// By post, in the order of the chart.
    posts: Vec<OfPost>,
    /// By the month they fall due in, the oldest first.
    months: Vec<OfMonth>,
}

/// Figures of the tasks
///
/// On-time completion of the tasks due in a period, among those the caller may read: by person, post and month. Monthly
/// summary and appraisal take them from here.
#[utoipa::path(tag = "org", operation_id = "get_task_statistics", params(TaskPeriod),
    responses((status = 200, description = "The figures", body = TaskStatistics)),
    extensions(("x-permission" = json!("task.read")), ("x-clauses" = json!(CLAUSES))))]
#[get("/tasks/statistics")]
pub async fn get_task_statistics(
    guard: Guard<need::TaskRead>,
    list: ListQuery<TaskPeriod>,
    app: web::Data<App>,
) -> ApiResult<TaskStatistics> {
    let (period, mut conn) = (&list.filter, app.conn().await?);
    let estate = guard.estate(period.estate_id)?;
    let zone = Terms::of(&conn, estate).await?.zone;
    let filter = TaskFilter {
        assignee_id: period.assignee_id,
        post: period.post,
        due_from: period.from.map(|date| start_of(date, zone)),
        due_until: period.until.map(|date| start_of(date + TimeDelta::days(1), zone)),
        ..TaskFilter::default()
    };
    let counted = tasks::statistics(&mut conn, &guard.scope, estate, &filter).await?;
    let sums = statistics(&counted, zone, app.now());
    let people: Vec<EmployeeId> = sums.people.iter().map(|of| of.employee_id).collect();
    let names = names(&mut conn, &people).await?;
    Answer::ok(&TaskStatistics {
        all: sums.all,
        people: sums
            .people
            .into_iter()
            .map(|of| TaskFiguresOfPerson {
                employee_id: of.employee_id,
                name: names.get(&of.employee_id).cloned().unwrap_or_default(),
                figures: of.figures,
            })
            .collect(),
        posts: sums.posts,
        months: sums.months,
    })
}
