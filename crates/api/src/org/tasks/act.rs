//! The assignee's side: taking a task on, doing it, reporting it done. A phone may send each of these late.

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;
use wuye_domain::{
    access::{Deed, Permission, need},
    org::tasks::{self as rules, CLAUSES, ReportDone, Task, TaskAction},
    shared::{FileId, Problem, Transition},
};
use wuye_persistence::{files, org::tasks};

use super::{TaskView, store, view_of};
use crate::{
    Answer, ApiResult, App, Command, Guard,
    late::{self, Happened, KeptNote, Outcome},
};

/// Accept a task
///
/// By the assignee or who acts for them. Sent late by a device and no longer fitting, it is kept as a note (202).
#[utoipa::path(tag = "org", operation_id = "accept_task", params(("id" = Uuid, Path)), request_body = Happened,
    responses((status = 200, description = "The task", body = TaskView),
        (status = 202, description = "Sent late and no longer fitting: kept as a note", body = KeptNote)),
    extensions(("x-permission" = json!("task.do")), ("x-clauses" = json!(CLAUSES))))]
#[post("/tasks/{id}/accept")]
pub async fn accept_task(
    guard: Guard<need::TaskDo>,
    id: web::Path<Uuid>,
    command: Command<Happened>,
    app: web::Data<App>,
) -> ApiResult<Outcome<TaskView>> {
    let said = Said::nothing(TaskAction::Accept, command.body.occurred_at);
    take(&app, &guard, *id, &command, said, rules::accept).await
}

/// Start a task
///
/// Or go on with one that came back. Sent late by a device and no longer fitting, it is kept as a note (202).
#[utoipa::path(tag = "org", operation_id = "start_task", params(("id" = Uuid, Path)), request_body = Happened,
    responses((status = 200, description = "The task", body = TaskView),
        (status = 202, description = "Sent late and no longer fitting: kept as a note", body = KeptNote)),
    extensions(("x-permission" = json!("task.do")), ("x-clauses" = json!(CLAUSES))))]
#[post("/tasks/{id}/start")]
pub async fn start_task(
    guard: Guard<need::TaskDo>,
    id: web::Path<Uuid>,
    command: Command<Happened>,
    app: web::Data<App>,
) -> ApiResult<Outcome<TaskView>> {
    let said = Said::nothing(TaskAction::Start, command.body.occurred_at);
    take(&app, &guard, *id, &command, said, rules::start).await
}

/// Report a task done
///
/// With what came of it and the evidence. It waits for the giver's word. Sent late by a device and no longer fitting, words
/// and files are kept as a note (202).
#[utoipa::path(tag = "org", operation_id = "report_task_done", params(("id" = Uuid, Path)), request_body = ReportDone,
    responses((status = 200, description = "The task", body = TaskView),
        (status = 202, description = "Sent late and no longer fitting: kept as a note", body = KeptNote)),
    extensions(("x-permission" = json!("task.do")), ("x-clauses" = json!(CLAUSES))))]
#[post("/tasks/{id}/report-done")]
pub async fn report_task_done(
    guard: Guard<need::TaskDo>,
    id: web::Path<Uuid>,
    command: Command<ReportDone>,
    app: web::Data<App>,
) -> ApiResult<Outcome<TaskView>> {
    let report = &command.body;
    let said = Said {
        words: Some(report.result.as_str()),
        file_ids: &report.file_ids,
        ..Said::nothing(TaskAction::ReportDone, report.occurred_at)
    };
    let rule = |task: &Task, deed: &Deed<'_>| rules::report_done(task, report, deed);
    take(&app, &guard, *id, &command, said, rule).await
}

/// What came in besides the deed itself.
struct Said<'a> {
    action: TaskAction,
    occurred_at: Option<DateTime<Utc>>,
    words: Option<&'a str>,
    file_ids: &'a [FileId],
}

impl Said<'_> {
    const fn nothing(action: TaskAction, occurred_at: Option<DateTime<Utc>>) -> Self {
        Self {
            action,
            occurred_at,
            words: None,
            file_ids: &[],
        }
    }
}

async fn take<T>(
    app: &App,
    guard: &Guard<need::TaskDo>,
    id: Uuid,
    command: &Command<T>,
    said: Said<'_>,
    rule: impl FnOnce(&Task, &Deed<'_>) -> Result<Transition<Task>, Problem>,
) -> ApiResult<Outcome<TaskView>> {
    let mut work = app.begin(guard, command).await?;
    // Whoever may read it learns whose it is; nobody else learns that it is there.
    let readable = guard.actor.scope(Permission::TaskRead)?;
    let task = tasks::find_for_change(&mut work, &readable, id.into()).await?;
    let deed = Deed::reported(&guard.actor, work.now, said.occurred_at)?;
    let by = guard.actor.employee;
    files::attach(&mut work, task.subject(), said.file_ids, "evidence", by, deed.now).await?;
    match rule(&task, &deed) {
        Ok(step) => {
            if let Some(hand) = task.hand(&guard.actor) {
                work.decides_as(&hand);
            }
            let saved = store(&mut work, step).await?;
            let view = view_of(&mut work, saved).await?;
            let version = view.version();
            let answer = Answer::ok(&Outcome::Done(Box::new(view)))?.version(version);
            work.commit_with(answer).await
        }
        Err(problem) if late::keeps(&problem, said.occurred_at) => {
            let note = rules::late_note(&task, said.action, said.words, &deed);
            late::keep(work, note, problem).await
        }
        Err(problem) => Err(problem.into()),
    }
}
