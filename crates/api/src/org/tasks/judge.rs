//! The giver's side: correcting a task, taking it as done, returning it, giving it up.

use actix_web::{patch, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Deed, need},
    org::{
        superior::Decider,
        tasks::{self as rules, CLAUSES, ChangeTask, ReturnTask, Task, whose_word},
    },
    shared::{Note, Problem},
};
use wuye_persistence::{
    Failure,
    accounts::version_conflict,
    org::{staff, tasks},
};

use super::{TaskView, keep};
use crate::{ApiResult, App, Command, Guard, Work, org::approver, terms::Terms};

/// The task, held until the transaction ends, and the caller as the one whose word on it counts.
async fn judged(work: &mut Work, guard: &Guard<need::TaskGive>, id: Uuid) -> Result<(Task, Decider), Failure> {
    let task = tasks::find_for_change(work, &guard.scope, id.into()).await?;
    let (zone, now) = (Terms::of(work, task.estate_id).await?.zone, work.now);
    let data = staff::load(work, task.estate_id, now).await?;
    let resolution = whose_word(&task, &data.staff(), zone).map_err(Problem::from)?;
    let by = approver::must_decide(work, &guard.actor, &resolution, &task.barred()).await?;
    work.decides_as(&by);
    Ok((task, by))
}

/// Change a task
///
/// Words, priority and, until it is reported done, the date; by the giver, before it ends.
#[utoipa::path(tag = "org", operation_id = "change_task", params(("id" = Uuid, Path)), request_body = ChangeTask,
    responses((status = 200, description = "The task", body = TaskView)),
    extensions(("x-permission" = json!("task.give")), ("x-clauses" = json!(CLAUSES))))]
#[patch("/tasks/{id}")]
pub async fn change_task(
    guard: Guard<need::TaskGive>,
    id: web::Path<Uuid>,
    command: Command<ChangeTask>,
    app: web::Data<App>,
) -> ApiResult<TaskView> {
    let expected = command.expected_version()?;
    let mut work = app.begin(&guard, &command).await?;
    let (task, by) = judged(&mut work, &guard, *id).await?;
    if task.version != expected {
        return Err(version_conflict().into());
    }
    let step = rules::change(&task, &command.body, &by, &Deed::now(&guard.actor, work.now))?;
    tasks::reindex(&mut work, &step.record).await?;
    keep(work, step).await
}

/// What is said at the closing.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseTask {
    /// A word on the work.
    note: Option<Note>,
}

/// Close a task
///
/// Reported done, and taken as done by the giver, by who acts for them, or, when they are gone, by whoever follows or
/// stands above. Never by the assignee.
#[utoipa::path(tag = "org", operation_id = "close_task", params(("id" = Uuid, Path)), request_body = CloseTask,
    responses((status = 200, description = "The task", body = TaskView)),
    extensions(("x-permission" = json!("task.give")), ("x-clauses" = json!(CLAUSES))))]
#[post("/tasks/{id}/close")]
pub async fn close_task(
    guard: Guard<need::TaskGive>,
    id: web::Path<Uuid>,
    command: Command<CloseTask>,
    app: web::Data<App>,
) -> ApiResult<TaskView> {
    let mut work = app.begin(&guard, &command).await?;
    let (task, by) = judged(&mut work, &guard, *id).await?;
    let note = command.body.note.as_ref();
    let step = rules::close(&task, note, &by, &Deed::now(&guard.actor, work.now))?;
    keep(work, step).await
}

/// Return a task
///
/// Reported done and not done: with what is missing, and another date where one is needed. The assignee goes on.
#[utoipa::path(tag = "org", operation_id = "return_task", params(("id" = Uuid, Path)), request_body = ReturnTask,
    responses((status = 200, description = "The task", body = TaskView)),
    extensions(("x-permission" = json!("task.give")), ("x-clauses" = json!(CLAUSES))))]
#[post("/tasks/{id}/return")]
pub async fn return_task(
    guard: Guard<need::TaskGive>,
    id: web::Path<Uuid>,
    command: Command<ReturnTask>,
    app: web::Data<App>,
) -> ApiResult<TaskView> {
    let mut work = app.begin(&guard, &command).await?;
    let (task, by) = judged(&mut work, &guard, *id).await?;
    let step = rules::return_to_work(&task, &command.body, &by, &Deed::now(&guard.actor, work.now))?;
    keep(work, step).await
}

/// Why a task is given up.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelTask {
    /// Why.
    reason: Note,
}

/// Cancel a task
///
/// By the giver, before it is reported done.
#[utoipa::path(tag = "org", operation_id = "cancel_task", params(("id" = Uuid, Path)), request_body = CancelTask,
    responses((status = 200, description = "The task", body = TaskView)),
    extensions(("x-permission" = json!("task.give")), ("x-clauses" = json!(CLAUSES))))]
#[post("/tasks/{id}/cancel")]
pub async fn cancel_task(
    guard: Guard<need::TaskGive>,
    id: web::Path<Uuid>,
    command: Command<CancelTask>,
    app: web::Data<App>,
) -> ApiResult<TaskView> {
    let mut work = app.begin(&guard, &command).await?;
    let (task, by) = judged(&mut work, &guard, *id).await?;
    let deed = Deed::now(&guard.actor, work.now);
    let step = rules::cancel(&task, &command.body.reason, &by, &deed)?;
    keep(work, step).await
}
